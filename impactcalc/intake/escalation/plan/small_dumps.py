"""A plan in records of keys and values, as YAML, TOML, JSON or a form writes them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span, length_of
from impactcalc.intake.escalation.plan.stages import (
    Action,
    Head,
    PlannedStage,
    action_of,
    blocks_of,
    leading_mark,
    split_actions,
    stage_of,
)
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.figures.span import Span
    from impactcalc.intake.escalation.structure.block import Block
    from impactcalc.intake.escalation.structure.passages import Passage
    from impactcalc.intake.escalation.structure.statements import Statement

_ROLES = {
    **dict.fromkeys(("name", "stage", "phase", "step", "title", "label", "wave", "block"), "name"),
    **dict.fromkeys(("window", "when", "time", "timeframe", "hours", "period", "timing"), "time"),
    **dict.fromkeys(("time frame", "time window", "due", "deadline", "timeline"), "time"),
    **dict.fromkeys(("duration", "horizon", "target", "time range"), "time"),
    **dict.fromkeys(("from", "start", "from hours", "begin", "starts", "not before"), "from"),
    **dict.fromkeys(("to", "until", "end", "to hours", "till", "ends"), "to"),
    **dict.fromkeys(("actions", "action", "do", "steps", "tasks", "what", "work"), "actions"),
    **dict.fromkeys(("measures", "todo", "activities", "task", "items", "content"), "actions"),
}
_TOPICS = frozenset({Topic.PLAN, Topic.NONE, Topic.DESCRIPTION, Topic.NEXT})
_NOTHING = word_set('~ null none - "" n/a')
_FEWEST = 2  # records


@cache
def _pair() -> re.Pattern[str]:
    """Compile a key and its value: ``window: 0-2 h``, ``"actions": ["a", "b"]``, ``to = 4``."""
    return re.compile(
        r"[\s{,\[(-]{0,12}\"?(?P<key>[A-Za-z][A-Za-z_ ]{1,20}?)(?:[._ ]?[0-9]{1,2})?\"?"
        r"[ \t]{0,20}[:=](?!=)[ \t]{0,20}"
        r"(?P<value>\[[^\[\]]{0,2000}\]|\"[^\"]{0,2000}\"(?=\s{0,9}(?:[,}\]]|$))|[^{}]{0,2000}?)"
        r"(?=,\s{0,9}\"?[A-Za-z_]{2,20}\"?\s{0,9}[:=]|\s{0,9}[}\]]{0,4},?\s{0,9}$)"
    )


@cache
def _section() -> re.Pattern[str]:
    """Compile the head of a section with the name of a stage: ``[plan.contain]``."""
    return re.compile(r"\[{1,2}(?:[A-Za-z_]{2,20}\.)?([A-Za-z0-9_ -]{1,30})\]{1,2}$")


class _Record:
    """One stage while its keys go by."""

    def __init__(self, where: Passage) -> None:
        self.where = where
        self.name: str | None = None
        self.span: Span | None = None
        self.ends: dict[str, str] = {}
        self.actions: list[Action] = []
        self.keys: set[str] = set()

    def finished(self) -> PlannedStage:
        """Give the stage."""
        span = self.span
        if span is None and self.ends.get("to"):
            first = self.ends.get("from", "0").strip(" +\"',")
            span = find_span(f"{_in_hours(first)} to {_in_hours(self.ends['to'])}")
        return stage_of(Head(self.name, span, self.where, None), self.actions)


def _in_hours(bound: str) -> str:
    """Write a bare number as hours: the key calls it so."""
    words = bound.strip(" +\"',")
    return f"{words} h" if words.replace(".", "").isdigit() else words


def stages_of_records(statements: Sequence[Statement]) -> list[PlannedStage]:
    """Read a plan whose stages are records: each with a key for the window and one for actions."""
    records: list[_Record] = []
    reader = _Reader(records)
    for block in blocks_of(statements, _TOPICS):
        if block.role in {Role.ROW, Role.SPEAKER}:
            continue
        for line in _lines(block):
            reader.enter(line, item=block.role is Role.ITEM)
    whole = [one for one in records if {"actions"} < one.keys]
    timed = [one for one in whole if not one.keys.isdisjoint({"time", "from", "to"})]
    return [one.finished() for one in whole] if len(timed) >= _FEWEST else []


def _lines(block: Block) -> Iterator[Passage]:
    """Give the lines of a block one by one."""
    passage = block.passage
    starts = [begin for begin, _, _ in passage.pieces]
    for begin, stop in zip(starts, (*starts[1:], len(passage.text)), strict=True):
        yield passage.part(begin, stop)


class _Reader:
    """Gathers records while the lines go by."""

    def __init__(self, records: list[_Record]) -> None:
        self._records = records
        self._role = ""
        self._title: Passage | None = None  # a line that may name the next record

    def enter(self, line: Passage, *, item: bool) -> None:
        """Take one line: keys with values, the name of a record, or one more action."""
        text = line.text
        section = _section().match(text)
        if section is not None:
            self._title, self._role = line.part(*section.span(1)), ""
            return
        known = False
        for match in _pair().finditer(text) if ":" in text or "=" in text else ():
            role = _ROLES.get(match["key"].replace("_", " ").strip().lower(), "")
            if role:
                known = True
                self._take(role, line, line.part(*match.span("value")))
        if known:
            return
        if text.endswith(":") and not item:
            self._title, self._role = line.part(0, len(text) - 1), ""
        elif self._role == "actions" and self._records:
            self._records[-1].actions.extend(_actions(line))

    def _take(self, role: str, line: Passage, value: Passage) -> None:
        """Note a value; a key that the record has already begins the next one."""
        last = self._records[-1] if self._records else None
        more = role == self._role == "actions"  # "action.2 = ..."
        if last is None or (not more and self._begins(role, last)):
            last = _Record(line)
            self._records.append(last)
        if last.name is None and self._title is not None and role != "name":
            title = self._title.written().strip(" \"'")
            last.name = None if title.isdigit() else title
        self._title = None
        last.keys.add(role)
        self._role = role
        words = value.text.partition(" #")[0].strip(" \"',")
        if words in _NOTHING:
            return
        if role == "name":
            plain = _plain(value)
            number = re.match(r"[0-9]{1,2}[.)]? *[-:]? +(?=[A-Za-z])", plain.text)  # "1 - Relief"
            last.name = plain.written(number.end() if number else 0) or None
        elif role == "time":
            last.span = find_span(words) or length_of(words)
            if last.name is None and last.span is not None and last.span.calendar:
                last.name = _plain(value).written()
        elif role == "actions":
            last.actions.extend(_actions(value))
        else:
            last.ends[role] = words

    def _begins(self, role: str, last: _Record) -> bool:
        """Whether a key begins the next record."""
        titled = self._title is not None and role != "actions" and "actions" in last.keys
        return role in last.keys or (role == "name" and bool(last.keys)) or titled


def _plain(value: Passage) -> Passage:
    """Leave out quotes and a remark at the end."""
    text = value.text.partition(" #")[0].rstrip(" \"',")
    return value.part(len(text) - len(text.lstrip(" \"'")), len(text))


def _actions(value: Passage) -> Iterator[Action]:
    """Cut the actions of a value: a list in brackets, or words as any other plan has them."""
    text = value.text
    if text.startswith("[") and not leading_mark(text)[0] and text[1:2].strip():
        for match in re.finditer(r"\"([^\"]{1,500})\"|'([^']{1,500})'|([^,\[\]\"']{1,500})", text):
            number = match.lastindex or 0
            if match[number].strip():
                yield action_of(value.part(*match.span(number)))
        return
    words = _plain(value)
    if words.text.strip("[]{}, "):
        yield from split_actions(words)
