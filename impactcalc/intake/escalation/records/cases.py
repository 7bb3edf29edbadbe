"""A table whose columns are cases: this one beside earlier ones, of which nothing is taken."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import compose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_CASE = r"(?:incident|case|outage|escalation|event|ticket|disruption|failure)"


@cache
def _own() -> re.Pattern[str]:
    """Compile the head of the column of this case: ``This incident``, ``INC-77 (current)``."""
    return re.compile(
        rf"(?:this|current|present|ongoing|new|today's) {_CASE}\b|\((?:current|this one|open)\)"
    )


@cache
def _other() -> re.Pattern[str]:
    """Compile the head of an earlier case's column: ``Incident of 4 March``, ``Last outage``."""
    return re.compile(
        rf"(?:previous|earlier|last|former|past|old|prior|first) (?:\w+ )?{_CASE}\b"
        rf"|{_CASE} (?:of|from|in|on) (?!today)|(?:20[0-9][0-9]|[a-z]{{3,9}}) {_CASE}\b.*\(closed"
        r"|\((?:closed|old|earlier|previous|last (?:year|month|week))\b"
    )


@cache
def _gap_cell() -> re.Pattern[str]:
    """Compile a cell between gaps."""
    return re.compile(r"\S(?:\S| (?! ))*")


@cache
def _bar_cell() -> re.Pattern[str]:
    """Compile a cell with the bar before it."""
    return re.compile(r"\|[^|]*(?!$)|^[^|]+")


def with_cases(lines: Sequence[Line]) -> Sequence[Line]:
    """Leave the columns of other cases out of a table that has one of this case."""
    result: list[Line] = []
    heads: list[tuple[int, int]] = []  # of the open table
    strange: frozenset[int] = frozenset()  # numbers of its columns to be left out
    for line in lines:
        cells = _cells(line.text)
        found = _strange(line.text, cells) if len(cells) > 2 or not heads else frozenset()  # noqa: PLR2004 - label and two cases
        if found:
            heads, strange = cells, found
        elif len(cells) < 2:  # noqa: PLR2004 - a row has a label and a value
            heads, strange = [], frozenset()
        result.append(_without(line, cells, heads, strange) if strange else line)
    return result


def _cells(text: str) -> list[tuple[int, int]]:
    """Give the stretches of a row's cells."""
    pattern = _bar_cell() if "|" in text else _gap_cell()
    return [match.span() for match in pattern.finditer(text)]


def _strange(text: str, cells: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Give the columns of other cases, if a line heads a table with one of this case."""
    names = [text[start:end].lower() for start, end in cells]
    own = [number for number, name in enumerate(names) if _own().search(name)]
    others = [number for number, name in enumerate(names) if _other().search(name)]
    return frozenset(others) if len(own) == 1 and own[0] not in others else frozenset()


def _without(
    line: Line,
    cells: Sequence[tuple[int, int]],
    heads: Sequence[tuple[int, int]],
    strange: frozenset[int],
) -> Line:
    """Leave out the cells that stand below the heads of other cases."""
    barred = "|" in line.text
    parts: list[tuple[int, int]] = []
    at = 0
    for number, (start, end) in enumerate(cells):
        column = number if barred else _column(start, heads)
        if column in strange:
            parts.append((at, start))
            at = end
    return compose(line, *parts, (at, len(line.text)))


def _column(start: int, heads: Sequence[tuple[int, int]]) -> int:
    """Give the column whose head begins nearest to where a cell begins; -1 for a label's."""
    if start < heads[0][0] - 1:
        return -1
    return min(range(len(heads)), key=lambda number: abs(heads[number][0] - start))
