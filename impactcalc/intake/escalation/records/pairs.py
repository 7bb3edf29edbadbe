"""Several fields on one line, with nothing but a wide gap between them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.labels import field_of
from impactcalc.intake.escalation.records.composing import compose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.lines import Line

_FEWEST = 2  # fields
_BARE = frozenset({"created", "escalated", "renewal", "level", "id", "priority"})
"""Facts whose labels need no colon before a figure: ``Level 2``."""


@cache
def _gap() -> re.Pattern[str]:
    """Compile the gap between two fields."""
    return re.compile(r" {3,}|\t+| +\| +")


@cache
def _labelled() -> re.Pattern[str]:
    """Compile a label with a colon, or a word right before a figure."""
    return re.compile(
        r"([A-Za-z][A-Za-z .#/()_-]{0,39}?) ?[:=] *(?=\S)|([A-Za-z]{4,12}) (?=[A-Z]{0,5}-?[0-9])"
    )


def with_pairs(lines: Sequence[Line]) -> Sequence[Line]:
    """Write each field of a line that holds several as a line of its own."""
    result: list[Line] = []
    for line in lines:
        found = _fields(line.text) if ":" in line.text else []
        result.extend(_written(line, found) if len(found) >= _FEWEST else [line])
    return result


def _fields(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Find the fields of a line: label and value of each; none unless every part is one."""
    found: list[tuple[tuple[int, int], tuple[int, int]]] = []
    known: set[str] = set()
    for start, end in _parts(text):
        match = _labelled().match(text, start, end)
        if match is None:
            return []
        field = field_of(match[1] or match[2])
        if not match[1] and field not in _BARE:
            return []
        known.add(field)
        found.append((match.span(1 if match[1] else 2), (match.end(), end)))
    return found if known - {""} else []


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Cut a line at its wide gaps; the gap behind a colon parts nothing."""
    start = len(text) - len(text.lstrip())
    for match in _gap().finditer(text, start):
        before = text[start : match.start()]
        if before.rstrip().endswith((":", "=")) or text[match.end() : match.end() + 1] in ":=":
            continue
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _written(
    line: Line, found: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[Line]:
    """Write one line a field."""
    for label, value in found:
        yield compose(line, label, ": ", value)
