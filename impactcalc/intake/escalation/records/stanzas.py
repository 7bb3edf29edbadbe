"""Stages as blocks of fields: ``Phase: Relief``, ``Window: 0-4 h``, ``Actions:`` above a list."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import (
    TELLING,
    blank,
    compose,
    key_words,
    trimmed,
)
from impactcalc.intake.escalation.records.entries import Entry, give
from impactcalc.intake.escalation.records.schedules import (
    holds_schedule,
    is_stage,
    role_of,
    schedule_lines,
)
from impactcalc.intake.escalation.structure.topics import names_stage
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_SECTION = 2  # level of a heading
_LONGEST_NAME = 60  # characters
_NAME_WORDS = 4
_BELOW_NAME = frozenset({"window", "from", "to"})


@cache
def _field() -> re.Pattern[str]:
    """Compile the name of a field: ``From:``, ``- Window:``, ``action.2 =``."""
    return re.compile(
        r"[ \t]*(?:[-*] +)?(?:[a-z_]{1,20}[\[.][0-9]{1,2}\]?\.)?"
        r"([A-Za-z][A-Za-z_]{0,20}(?:[ ._][A-Za-z0-9]{1,10}){0,2})[ \t]*"
        r"(?:[:=](?:[ \t]+|$)|=)"
    )


@cache
def _item() -> re.Pattern[str]:
    """Compile what stands before an item of a list: a mark, a number, or blanks."""
    return re.compile(r"[ \t]*(?:[-*+\u2022o]|[0-9]{1,2}[.)])[ \t]+|[ \t]+")


def with_stanzas(lines: Sequence[Line]) -> Sequence[Line]:
    """Write stages whose name, window and actions are fields as headings with lists."""
    lines = [one for line in lines for one in _parted(line)]
    result: list[Line] = []
    index = 0
    while index < len(lines):
        block = _Block(lines, index)
        result.extend(block.lines() if block.is_plan else lines[index : block.end])
        index = block.end
    return result


@cache
def _inner() -> re.Pattern[str]:
    """Compile the name of a field within a line: ``, Window:``, `` | Actions:``."""
    return re.compile(r"(?:^|[,;|.])[ \t]*(?:[-*] +)?([A-Za-z][A-Za-z _]{0,20}):[ \t]+")


def _parted(line: Line) -> Iterator[Line]:
    """Write the fields of a stage that stand on one line, one line each."""
    text = line.text
    marks = list(_inner().finditer(text)) if text.count(": ") > 1 else []
    roles = [role_of(mark[1]) for mark in marks]
    lead = text[: marks[0].start()].strip(" \t#*-") if marks else ""
    named = len(lead.split()) <= _NAME_WORDS and not lead.endswith(":")
    if not {"actions"} < set(roles) or _BELOW_NAME.isdisjoint(roles) or not named:
        yield line
        return
    if lead:
        yield compose(line, "Stage: ", (text.index(lead), text.index(lead) + len(lead)))
    ends = (*(mark.start() for mark in marks[1:]), len(text))
    for mark, end in zip(marks, ends, strict=True):
        yield compose(line, (mark.start(1), end))


def _above(lines: Sequence[Line], index: int) -> str:
    """Give the words of the last line above one that has words."""
    above = (lines[at].text.strip(" \t#:") for at in range(index - 1, -1, -1))
    return next((words for words in above if words), "").lower()


class _Block:
    """The stages that stand one below the other from a line on.

    Attributes
    ----------
    stages
        Each with its fields below.
    end
        Where they end; the next line where there are none.
    """

    def __init__(self, lines: Sequence[Line], start: int) -> None:
        self.stages: list[Entry] = []
        self.end = start + 1
        self._lines = lines
        self._topic = Topic.NONE
        self._role = ""  # of the last field
        self._known: set[str] = set()  # roles of the fields of the last stage
        self._apart = False  # whether a blank line or a rule stands before this one
        for index in range(start, len(lines)):
            text = lines[index].text
            if not text.strip(" \t-=_*~"):
                self._apart = bool(self.stages)
            elif self._enter(index, _field().match(text)):
                self.end = index + 1
                self._apart = False
            elif self._apart or not self.stages or not _is_remark(text):
                break
            if not self.stages:
                break
        if self.stages and not is_stage(self.stages[-1]):
            last = self.stages.pop().line
            self.end = max(start + 1, lines.index(last, start))
        if self.stages:
            self._topic = topic_of(_above(lines, start))

    @property
    def is_plan(self) -> bool:
        """Whether there are several stages, with windows and actions."""
        return holds_schedule(self.stages, self._topic)

    def lines(self) -> Iterator[Line]:
        """Write the stages as headings with lists."""
        yield compose(self.stages[0].line, "Plan", level=_SECTION)
        yield from schedule_lines(self.stages, _SECTION + 1)
        yield blank(self._lines[self.end - 1])

    def _enter(self, index: int, match: re.Match[str] | None) -> bool:
        """Take a line: a field, an item below the last one, or the name of a stage."""
        line = self._lines[index]
        role = role_of(match[1]) if match else ""
        if match is not None and role and (self.stages or role != "state"):
            field = Entry(line, 0, key=match[1])
            give(field, match.end())
            return self._take(field, role)
        name = Entry(line, 0, key="name")
        valued = match is not None and match.end() < len(line.text)
        name.value = None if valued else _name(self._lines[index : index + 2])
        outside = bool(self.stages) and _column(line.text) < _column(
            self.stages[-1].below[-1].line.text
        )
        if name.value is not None and outside:
            return self._take(name, "name")
        if self._role == "actions" and (mark := _item().match(line.text)):
            action = Entry(line, 0, listed=True)
            action.value = trimmed(line.text, mark.end(), len(line.text))
            self.stages[-1].below[-1].below.append(action)
            return True
        return name.value is not None and self._take(name, "name")

    def _take(self, field: Entry, role: str) -> bool:
        """Take a field; one that the stage has already begins the next, if the stage is whole."""
        known = self._known
        again = role in known and role != self._role
        ends = (self._apart, "actions" in known, role == "name")
        if not known or again or (role != "state" and sum(ends) > 1):
            if known and not is_stage(self.stages[-1]):
                return False
            self.stages.append(Entry(field.line, 0, listed=True))
            self._known = set()
        self.stages[-1].below.append(field)
        self._known.add(role)
        self._role = role
        return True


def _column(text: str) -> int:
    """Give the column in which a line begins."""
    return len(text) - len(text.lstrip(" \t"))


def _name(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Give where a line is the name of a stage, as the window or actions below it tell."""
    text = lines[0].text.rstrip(" :")
    words = text.lstrip(" #*-\u2022")
    match = _field().match(lines[-1].text)
    below = role_of(match[1]) if match else ""
    counted = below == "name" and role_of(words) == "name"  # "Stage 2" above "Name: Relief"
    if not (counted or below in _BELOW_NAME) or not words or words[-1] in ".!?,;":
        return None
    plain = topic_of(words.lower()) is Topic.NONE or names_stage(words)
    named = len(words) < _LONGEST_NAME and plain
    return (len(text) - len(words), len(text)) if named else None


def _is_remark(text: str) -> bool:
    """Whether a line is a field that tells no fact: who does it, or what it costs."""
    match = _field().match(text)
    name = key_words(match[1]) if match else ""
    plain = bool(name) and not role_of(name) and field_of(name) not in TELLING
    return plain and topic_of(name) in {Topic.NONE, Topic.CONTACT}
