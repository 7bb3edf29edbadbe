"""A sheet of two columns: what is told of stands on the left, what holds of it below each other.

A single known label before a gap is a field in any text; here the column makes fields of those
beside it, too: ``Moviegoers affected      ~21,000``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span
from impactcalc.intake.escalation.records.composing import compose
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.verbs import WORK
from impactcalc.intake.escalation.words.vocabulary import DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 2  # rows
_FIGURE = 10  # characters in which a figure begins: ``EUR 7``, ``about 21``


@cache
def _row() -> re.Pattern[str]:
    """Compile a few words without a figure, a wide gap, and words without another one."""
    return re.compile(
        r"[ \t]*([A-Za-z](?:[^\s:|=._]| (?! )){2,44}) {2,}([^\s:=|>.*-](?:\S| (?! )){0,200})$"
    )


def with_aligned(lines: Sequence[Line]) -> Sequence[Line]:
    """Write the rows of such a sheet as labels with colons."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        rows = list(_rows(lines, index))
        if len(rows) >= _FEWEST and _tells_facts(rows):
            result.extend(
                line if field_of(match[1]) else compose(line, match.span(1), ": ", match.span(2))
                for line, match in zip(lines[index:], rows, strict=False)
            )
        else:
            result.extend(lines[index : index + max(len(rows), 1)])
        index += max(len(rows), 1)
    return result


def _rows(lines: Sequence[Line], start: int) -> Iterator[re.Match[str]]:
    """Find the rows from here on whose columns begin below those of the first."""
    columns: tuple[int, int] | None = None
    for line in lines[start:]:
        match = _row().match(line.text) if "  " in line.text.strip() else None
        if match is None or columns not in {None, (match.start(1), match.start(2))}:
            return
        columns = match.start(1), match.start(2)
        yield match


def _tells_facts(rows: Sequence[re.Match[str]]) -> bool:
    """Whether rows are no steps or stages, and one has a known label or most hold figures."""
    heads = [row[1] for row in rows]
    firsts = {head.split()[0].lower() for head in heads} - {"time"}  # "Time now" is no work
    if not firsts.isdisjoint(WORK) or any(find_span(head) is not None for head in heads):
        return False
    figures = sum(not DIGITS.isdisjoint(row[2][:_FIGURE]) for row in rows)
    return any(map(field_of, heads)) or 2 * figures > len(rows)
