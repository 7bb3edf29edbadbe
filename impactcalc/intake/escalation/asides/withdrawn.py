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
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

# Of these two values are told beside each other: what was so before belongs to the case.
_COMPARED = frozenset({"", "now", "normal", "errors", "subject"})
_LONGEST = 200  # characters of a title
_TITLE_WORDS = 14  # of a title without any sign of one
_CLOSING = 6  # words of a line that ends a part
_OUTDONE = frozenset({Mark.OLD, Mark.EARLIER})
_DECORATION = " \t*_#=-~[]<>()!"


def find_withdrawn(lines: Sequence[Line]) -> tuple[Sequence[Line], list[Part]]:
    """Find the withdrawn parts; remarks on withdrawn figures are cut out of their lines."""
    finder = _Finder(lines)
    at = 0
    while at < len(lines):
        found = list(finder.at(at))
        finder.parts.extend(found)
        at = max([at + 1, *(part.end for part in found)])
    return [_plain(line) for line in lines], [*finder.parts, *finder.outdone()]


class _Finder:
    """Goes over the lines, and keeps what several parts of the same name are called."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.parts: list[Part] = []
        self._named: dict[tuple[str, str], list[tuple[Mark, Part]]] = {}

    def at(self, index: int) -> Iterator[Part]:
        """Give the part that a line opens, if it is withdrawn."""
        text = self.lines[index].text
        if not text.strip() or len(text) > _LONGEST or is_underline(text):
            return
        level = level_of(self.lines, index)
        label, value = label_of(text)
        if not is_item(text) and (part := _stamped(self.lines, index)):
            yield part
        elif level and (level < SOFT or not value):
            yield from self._section(index)
        elif text.lstrip()[0] == "|":
            yield from self._row(index)
        elif label and field_of(read_title(label)[0]):
            yield from self._field(index)
        elif _is_title(text) or (is_item(text) and (not value or without_number(text))):
            yield from self._titled(index)

    def _section(self, index: int) -> Iterator[Part]:
        """Give a section whose title, or first sentence, sets it aside."""
        name, mark = read_title(self.lines[index].text)
        known = topic_of(name) is not Topic.NONE
        if name and (mark is Mark.WITHDRAWN or (known and self._is_told(index))):
            yield Part(index, section_end(self.lines, index))
        elif known:
            end = section_end(self.lines, index) if mark in _OUTDONE else index + 1
            self._note(("", name), mark, Part(index, end))

    def _is_told(self, index: int) -> bool:
        """Whether the first sentence below a title sets the section aside."""
        below = next_worded(self.lines, index + 1, len(self.lines))
        words = self.lines[below].text if below < len(self.lines) else ""
        plain = bool(words) and not is_item(words) and ":" not in words
        return plain and not level_of(self.lines, below) and tells_withdrawn(words)

    def _titled(self, index: int) -> Iterator[Part]:
        """Give what hangs below a stage, or a title without any sign of one."""
        text = self.lines[index].text
        name, mark = read_title(without_marker(text))
        if mark is Mark.WITHDRAWN and name:
            end = (item_end if is_item(text) else section_end)(self.lines, index)
            if end > index + 1:
                yield Part(index, end)

    def _field(self, index: int) -> Iterator[Part]:
        """Give a field whose label, or the end of whose value, sets it aside."""
        label, value = label_of(self.lines[index].text)
        name, mark = read_title(label)
        field = field_of(name)
        part = Part(index, item_end(self.lines, index))
        if mark is Mark.WITHDRAWN or (field != "status" and _ends_withdrawn(value)):
            yield part
        else:
            self._note((field, name), mark, part)

    def _row(self, index: int) -> Iterator[Part]:
        """Give a row of a table that one of its cells sets aside."""
        cells = [cell.strip() for cell in self.lines[index].text.strip().strip("|").split("|")]
        name, mark = read_title(cells[0])
        part = Part(index, index + 1)
        if (mark is Mark.WITHDRAWN and name) or any(map(_is_plain_mark, cells[1:])):
            yield part
        else:
            self._note((field_of(name), name), mark, part)

    def _note(self, name: tuple[str, str], mark: Mark, part: Part) -> None:
        """Keep a part that may be one of several versions."""
        if name[0] not in _COMPARED or (name[1] and not name[0]):
            self._named.setdefault(name, []).append((mark, part))

    def outdone(self) -> Iterator[Part]:
        """Give the older ones of parts of the same name, where another one is called valid."""
        for (field, name), several in self._named.items():
            marks = [mark for mark, _ in several]
            newer = Mark.VALID in marks
            planned = not field and topic_of(name) is Topic.PLAN
            disputed = planned and marks.count(Mark.EARLIER) == len(marks) > 1
            for mark, part in several:
                older = mark is Mark.OLD and (newer or Mark.NONE in marks)
                if older or disputed or (mark is Mark.EARLIER and newer):
                    yield part._replace(disputed="stages" if disputed else "")


def _is_title(text: str) -> bool:
    """Whether a few words in the left margin name a section, without any sign of a title."""
    if text[0] in " \t" or is_item(text) or text.rstrip()[-1] == "." or ":" in text:
        return False
    return len(text.split()) <= _TITLE_WORDS and topic_of(read_title(text)[0]) is not Topic.NONE


@cache
def _ending() -> re.Pattern[str]:
    """Compile the remark at the end of a value: ``(superseded)``, ``- WITHDRAWN``."""
    return re.compile(r"[(\[]([^()\[\]]{4,80})[)\]][.\s]*$|(?: --? |, |; )([^()]{4,80})$")


def _ends_withdrawn(value: str) -> bool:
    """Whether a value ends in a remark that takes it back."""
    match = _ending().search(value)
    return match is not None and opens_withdrawn(match[1] or match[2])


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
        closing = lines[at].text.strip(_DECORATION).lower()
        if closing.startswith("end of ") and len(closing.split()) <= _CLOSING:
            return Part(index, at + 1)
    below = next_worded(lines, index + 1, len(lines))
    if below < len(lines) and level_of(lines, below):
        return Part(index, section_end(lines, below))
    return None


def _plain(line: Line) -> Line:
    """Cut brackets out of a title or field: a remark that its part is valid, a withdrawn figure."""
    text = line.text
    if "(" not in text or len(text) > _LONGEST:
        return line
    label, value = label_of(text)
    known = bool(label and value and field_of(read_title(label)[0]))
    in_columns = "|" in text or "  " in text.strip()
    if not known and (in_columns or is_item(text) or topic_of(read_title(text)[0]) is Topic.NONE):
        return line
    remarks = (match for match in _bracket().finditer(text) if _tells_validity(match[1]))
    figures = (match for match in _bracket().finditer(text) if known and _takes_back(match[1]))
    spans = [match.span() for match in (*remarks, *figures)]
    return cut(line, spans) if spans else line


@cache
def _bracket() -> re.Pattern[str]:
    """Compile words in brackets."""
    return re.compile(r" ?\(([^()]{3,120})\)")


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
        r"|^(?:replaces|supersedes|corrects|instead of)\b"
    )
