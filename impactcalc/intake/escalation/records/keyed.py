"""Rows that name each of their cells: ``stage=Contain;window=0-4 h;action=Stop it``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import compose, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 2  # rows, and cells of a row
_OF_PLANS = frozenset({"action", "actions", "task", "what", "measure", "activity", "todo"})


@cache
def _key() -> re.Pattern[str]:
    """Compile the name of a cell, and what parts it from the cell before."""
    return re.compile(r"(?:^\s*|[;,|]\s*|\s+)(?P<name>[A-Za-z_]\w{0,30})\s?=\s?")


def with_keyed(lines: Sequence[Line]) -> Sequence[Line]:
    """Write rows with the same names one below the other as a table, if they hold actions."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        names = _names(lines[index].text)
        end = index + 1
        while names and end < len(lines) and _names(lines[end].text) == names:
            end += 1
        is_plan = end - index >= _FEWEST and not _OF_PLANS.isdisjoint(names)
        result.extend(_table(lines[index:end]) if is_plan else lines[index:end])
        index = end
    return result


def _names(text: str) -> tuple[str, ...]:
    """Give the names of a row's cells; empty when a line is no such row."""
    if text.count("=") < _FEWEST or not text.strip()[:1].isalpha():
        return ()
    names = tuple(match["name"].lower() for match in _key().finditer(text))
    opens = _key().match(text) is not None and len(set(names)) == len(names) >= _FEWEST
    return names if opens else ()


def _table(rows: Sequence[Line]) -> Iterator[Line]:
    """Write rows with bars, below their names."""
    first = rows[0]
    head: list[tuple[int, int] | str] = ["| "]
    for match in _key().finditer(first.text):
        head += [match.span("name"), " | "]
    yield compose(first, *head)
    for row in rows:
        cells: list[tuple[int, int] | str] = ["| "]
        keys = [*_key().finditer(row.text)]
        ends = [match.start() for match in keys[1:]] + [len(row.text)]
        for match, end in zip(keys, ends, strict=True):
            cells += [trimmed(row.text, match.end(), end), " | "]
        yield compose(row, *cells)
