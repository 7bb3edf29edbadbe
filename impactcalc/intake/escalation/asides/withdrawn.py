"""Withdrawn parts: sections, stages, fields and rows that a text marks as no longer valid."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.asides.marks import (
    Mark,
    mark_of,
    opens_withdrawn,
    read_title,
    tells_withdrawn,
)
from impactcalc.intake.escalation.asides.outline import (
    REACH,
    SOFT,
    cut,
    ends_part,
    is_item,
    is_underline,
    item_end,
    label_of,
    level_of,
    next_worded,
    section_end,
    without_marker,
    without_number,
)
from impactcalc.intake.escalation.asides.part import Part
from impactcalc.intake.escalation.plan.legends import explains
from impactcalc.intake.escalation.states.state_labels import state_label
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

# Of these two values are told beside each other: what was so before belongs to the case.
_COMPARED = frozenset({"", "now", "normal", "errors", "subject"})
_LONGEST = 200  # characters of a title
_TITLE_WORDS = 14  # of a title without any sign of one
_HISTORIES = frozenset({"revision history", "version history", "document history", "revisions"})
_OF_ACTIONS = frozenset({Topic.PLAN, Topic.STATUS, Topic.NEXT})
_WITH_REMARK = 2  # lines of a field with a remark below it
_DECORATION = " \t*_#=-~[]<>()!"


def find_withdrawn(lines: Sequence[Line]) -> tuple[Sequence[Line], list[Part]]:
    """Find the withdrawn parts; remarks on withdrawn figures are cut out of their lines."""
    finder = _Finder(lines)
    at = 0
    while at < len(lines):
        found = list(finder.at(at))
        finder.parts.extend(found)
        at = max([at + 1, *(part.end for part in found)])
    return [_plain(lines, at) for at in range(len(lines))], [*finder.parts, *finder.outdone()]


class _Finder:
    """Goes over the lines, and keeps what several parts of the same name are called."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.parts: list[Part] = []
        self._named: dict[tuple[str, str], list[tuple[Mark, int]]] = {}
        self._title = -1  # index of the title of the section
        self._topic = Topic.NONE  # of that section

    def at(self, index: int) -> Iterator[Part]:
        """Give the part that a line opens, if it is withdrawn."""
        text = self.lines[index].text
        if not text.strip() or len(text) > _LONGEST or is_underline(text):
            return
        level = level_of(self.lines, index)
        label, value = label_of(text)
        if not is_item(text) and (part := self._pointed(index) or _stamped(self.lines, index)):
            yield part
        elif level and (level < SOFT or not value):
            yield from self._section(index)
        elif text.lstrip()[0] == "|":
            yield from self._row(index)
        elif label and field_of(read_title(label)[0]):
            yield from self._field(index)
        elif _is_title(text) or (is_item(text) and (not value or without_number(text))):
            yield from self._titled(index)
        elif is_item(text) and self._topic not in _OF_ACTIONS and _is_taken_back(text):
            yield Part(index, item_end(self.lines, index))

    def _pointed(self, index: int) -> Part | None:
        """Give the section above or below that a sentence sets aside."""
        words = self.lines[index].text
        place = tells_withdrawn(words) if ":" not in words.rstrip(": -=*") else ""
        if place == "above" and self._title >= 0:
            return Part(self._title, index + 1)
        if place != "below":
            return None
        below = next_worded(self.lines, index + 1, len(self.lines))
        if below < len(self.lines) and level_of(self.lines, below):
            return Part(index, section_end(self.lines, below))
        return None

    def _section(self, index: int) -> Iterator[Part]:
        """Give a section whose title, or first sentence, sets it aside."""
        name, mark = _title_of(self.lines[index].text)
        topic = topic_of(name)
        known = topic is not Topic.NONE
        if known and not _holds_window(name):
            self._title, self._topic = index, topic
        told = mark is Mark.WITHDRAWN or name in _HISTORIES or (known and self._is_told(index))
        if name and told:
            yield Part(index, section_end(self.lines, index))
        elif known or mark is not Mark.NONE:
            self._note("", name, mark, index)

    def _is_told(self, index: int) -> bool:
        """Whether the first sentence below a title sets the section aside."""
        below = next_worded(self.lines, index + 1, len(self.lines))
        words = self.lines[below].text if below < len(self.lines) else ""
        plain = bool(words) and not is_item(words) and ":" not in words
        return plain and not level_of(self.lines, below) and tells_withdrawn(words) == "here"

    def _titled(self, index: int) -> Iterator[Part]:
        """Give what hangs below a stage, or a title without any sign of one."""
        text = self.lines[index].text
        name, mark = _title_of(without_marker(text))
        if not name or mark is Mark.NONE:
            return
        end = self._end(index)
        if end > index + 1 and mark is Mark.WITHDRAWN:
            yield Part(index, end)
        elif end > index + 1:
            self._note("", name, mark, index)

    def _field(self, index: int) -> Iterator[Part]:
        """Give a field whose label, or the end of whose value, sets it aside."""
        label, value = label_of(self.lines[index].text)
        name, mark = read_title(label)
        field = field_of(name)
        end = item_end(self.lines, index)
        below = self.lines[index + 1].text.strip() if end == index + _WITH_REMARK else ""
        remark = below if below[:1] == "(" else ""
        told = field != "status" and (_ends_withdrawn(value) or _ends_withdrawn(remark))
        if mark is Mark.WITHDRAWN or told:
            yield Part(index, end)
        elif field not in _COMPARED:
            self._note(field, name, mark, index)

    def _row(self, index: int) -> Iterator[Part]:
        """Give a row of a table that one of its cells sets aside."""
        cells = [cell.strip() for cell in self.lines[index].text.strip().strip("|").split("|")]
        name, mark = read_title(cells[0])
        if (mark is Mark.WITHDRAWN and name) or any(map(_is_plain_mark, cells[1:])):
            yield Part(index, index + 1)
        elif (field := field_of(name)) not in _COMPARED:
            self._note(field, name, mark, index)

    def _note(self, field: str, name: str, mark: Mark, index: int) -> None:
        """Keep a part that may be one of several versions."""
        self._named.setdefault((field, name), []).append((mark, index))

    def _end(self, index: int) -> int:
        """Give the index behind what a line opens."""
        text = self.lines[index].text
        if text.lstrip()[:1] == "|":
            return index + 1
        label, value = label_of(text)
        whole = not is_item(text) and not (label and value)
        return (section_end if whole else item_end)(self.lines, index)

    def outdone(self) -> Iterator[Part]:
        """Give the older ones of parts of the same name, where another one is called valid."""
        for (field, name), several in self._named.items():
            planned = not field and topic_of(name) is Topic.PLAN
            gone = _outdone([mark for mark, _ in several], planned=planned)
            rest = [at for mark, at in several if mark not in gone and not self._is_left(at)]
            yield from (Part(at, self._end(at)) for mark, at in several if mark in gone)
            if planned and len(rest) > 1:
                yield from self._disputed(rest)

    def _is_left(self, index: int) -> bool:
        """Whether a line stands in a part that is withdrawn."""
        return any(part.begin <= index < part.end for part in self.parts)

    def _disputed(self, titles: Sequence[int]) -> Iterator[Part]:
        """Give plans of one name that have a stage in common, and no action."""
        parts = [
            Part(at, self._end(at), "stages")
            for at in titles
            if level_of(self.lines, at) < SOFT and not self.lines[at].quoted
        ]
        stages, actions = zip(*map(self._listed, parts), strict=True) if parts else ((), ())
        if len(parts) < len(titles) or not frozenset.intersection(*stages):
            return
        if not frozenset.intersection(*actions):
            yield from parts

    def _listed(self, part: Part) -> tuple[frozenset[str], frozenset[str]]:
        """Give the names of the numbered stages of a plan, and its other items."""
        items = [line.text for line in self.lines[part.begin : part.end] if is_item(line.text)]
        stages = (read_title(words)[0] for words in map(without_number, items) if words)
        return frozenset(stages), frozenset(one for one in items if not without_number(one))


def _title_of(text: str) -> tuple[str, Mark]:
    """Part a title into its name and its mark; a legend behind it marks nothing."""
    name, mark = read_title(text)
    return (name, Mark.NONE) if mark is Mark.WITHDRAWN and _names_states(text) else (name, mark)


def _names_states(text: str) -> bool:
    """Whether a title tells of several states: ``[x] done [-] dropped``, ``open / cancelled``."""
    parts = _parting().split(text)
    return explains(text) or sum(state_label(part) is not None for part in parts if part) > 1


@cache
def _parting() -> re.Pattern[str]:
    """Compile what parts the states of a legend."""
    return re.compile(r"[;:()\[\]|/,=]+|\s{2,}| - | or ")


def _outdone(marks: Sequence[Mark], *, planned: bool) -> set[Mark]:
    """Tell which of the parts of one name are the older ones."""
    if Mark.VALID in marks:
        unmarked = {Mark.NONE} if planned else set()
        return {Mark.OLD, Mark.EARLIER} | unmarked
    return {Mark.OLD} if Mark.NONE in marks else set()


def _holds_window(name: str) -> bool:
    """Whether a title may be that of a stage: figures stand in it."""
    return not DIGITS.isdisjoint(name)


def _is_taken_back(text: str) -> bool:
    """Whether a bullet with figures ends in brackets that take it back."""
    if DIGITS.isdisjoint(text) or text.rstrip(" .")[-1:] not in {")", "]"}:
        return False
    return _ends_withdrawn(text)


def _is_title(text: str) -> bool:
    """Whether a few words in the left margin name a section, without any sign of a title."""
    if text[0] in " \t" or is_item(text) or text.rstrip()[-1] == "." or ":" in text or "=" in text:
        return False
    name, _ = _title_of(text)
    titled = name.startswith(_CHOICES) or topic_of(name) is not Topic.NONE
    return titled and len(text.split()) <= _TITLE_WORDS


_CHOICES = ("plan ", "option ", "variant ", "alternative ", "proposal ")


@cache
def _ending() -> re.Pattern[str]:
    """Compile the remark at the end of a value: ``(superseded)``, ``- WITHDRAWN``."""
    return re.compile(
        r"[(\[]([^()\[\]]{4,80})[)\]][.\s]*$|(?: --? |, |; |#|//|<-+) ?([^()]{4,80})$"
    )


def _ends_withdrawn(value: str) -> bool:
    """Whether a value ends in a remark that takes it back."""
    opening = value[1:].partition(_CLOSED[value[0]])[0] if value[:1] in _CLOSED else ""
    match = _ending().search(value)
    if opening and opens_withdrawn(opening):
        return True
    if match is not None and opens_withdrawn(match[1] or match[2]):
        return True
    *_, before, last = ("", "", *value.lower().rstrip(".").split())
    return last in _TAKEN_BACK and before not in _SAYING


_GONE = "withdrawn|superseded|obsolete|outdated|old"
_CLOSED = {"(": ")", "[": "]"}
_TAKEN_BACK = frozenset({"superseded", "obsolete", "withdrawn", "outdated"})
_SAYING = frozenset({"", "not", "never", "is", "was", "are", "were", "be", "been", "now", "since"})


def _is_plain_mark(cell: str) -> bool:
    """Whether a cell sets its row aside; ``rejected`` may be the state of an action."""
    return cell.lower().startswith(_PLAIN) and mark_of(cell) is Mark.WITHDRAWN


_PLAIN = (
    "superseded",
    "obsolete",
    "void",
    "do not use",
    "no longer valid",
    "outdated",
    "not valid",
)


def _stamped(lines: Sequence[Line], index: int) -> Part | None:
    """Give the part that a line of nothing but a mark sets aside: ``*** OBSOLETE ***``."""
    words = lines[index].text.strip(_DECORATION)
    name, mark = read_title(words)
    if mark is not Mark.WITHDRAWN or name or ":" in words:
        return None
    for at in range(index + 1, min(index + REACH, len(lines))):
        if ends_part(lines[at].text):
            return Part(index, at + 1)
    below = next_worded(lines, index + 1, len(lines))
    if below < len(lines) and level_of(lines, below):
        return Part(index, section_end(lines, below))
    return None


def _plain(lines: Sequence[Line], index: int) -> Line:
    """Cut brackets out of a title or field: a remark that its part is valid, a withdrawn figure."""
    line = lines[index]
    text = line.text
    if not holds(text, ("(", "; ", " - ")) or len(text) > _LONGEST:
        return line
    label, value = label_of(text)
    known = bool(label and value and field_of(read_title(label)[0]))
    in_columns = "|" in text or "  " in text.strip()
    titled = (
        not in_columns
        and level_of(lines, index)
        and topic_of(read_title(text)[0]) is not Topic.NONE
    )
    if not (known or titled):
        return line
    remarks = (match for match in _bracket().finditer(text) if _tells_validity(match[1]))
    remarked = (*_bracket().finditer(text), *_clause().finditer(text)) if known else ()
    figures = (match for match in remarked if _takes_back(match[1]))
    spans = [match.span() for match in (*remarks, *figures)]
    return cut(line, spans) if spans else line


@cache
def _bracket() -> re.Pattern[str]:
    """Compile words in brackets."""
    return re.compile(r" ?\(([^()]{3,120})\)")


@cache
def _clause() -> re.Pattern[str]:
    """Compile a clause behind a figure: ``1,250 clerks; the count of 9,000 is obsolete``."""
    return re.compile(
        rf"(?<=[a-z0-9])(?:; | --? )((?:the|an?|our|their|{_GONE}):? [^;()]{{3,120}})$"
    )


def _tells_validity(words: str) -> bool:
    """Whether words in brackets only tell that their part is the valid one, or which it is."""
    name, mark = read_title(words)
    return not name and mark in {Mark.VALID, Mark.EARLIER}


def _takes_back(words: str) -> bool:
    """Whether words in brackets tell of a figure that does not hold: ``9,000 was withdrawn``."""
    return not DIGITS.isdisjoint(words) and _taken_back().search(words.lower()) is not None


@cache
def _taken_back() -> re.Pattern[str]:
    """Compile the end of a remark on a figure that does not hold."""
    return re.compile(
        r"\b(?:withdrawn|superseded|obsolete|outdated|retracted|no longer valid)\b[^0-9]{0,40}$"
        rf"|^(?:{_GONE}|replaces|supersedes|corrects|instead of)\b"
    )
