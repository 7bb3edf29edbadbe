"""What changed since an earlier estimate, on a terminal: a bridge of bars, one line a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.narrative import changes
from impactcalc.report.terminal.table import Cell, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.domain.result import Estimate
    from impactcalc.report.terminal.ink import Ink

_BARS = 16
_COLUMNS = (
    Column("", 18, right=False),
    Column("", _BARS + 2, right=False),
    Column("average", 9),
    Column("end", 11),
    Column("", 0, right=False),
)


def bridge(estimate: Estimate, ink: Ink, width: int) -> Iterator[str]:
    """Yield the lines of the bridge; none without an earlier estimate.

    Parameters
    ----------
    estimate
        The whole answer.
    ink
        What the terminal can show.
    width
        Its columns.
    """
    rows, since = changes.change_rows(estimate), estimate.since
    if not rows or since is None:
        return
    yield ink.paint(ink.cut(changes.changes_heading(estimate), width), "bold")
    yield from ink.wrap(changes.changes_sentence(estimate), width)
    table = Table(ink, width, _COLUMNS)
    before, after = changes.ends(estimate)
    spans = _spans(since.before, [row.value for row in rows], since.after)
    mark = "█" if ink.unicode else "#"
    bars = [" " * low + mark * (high - low) for low, high in spans]
    yield table.head()
    yield table.row("then", bars[0], Cell(before, ("bold",)), "", "")
    for row, bar in zip(rows, bars[1:-1], strict=True):
        style = ("red",) if row.value > 0 else ("green",)
        yield table.row(row.label, Cell(bar, style), row.words, row.end, f" {row.note}")
    yield table.row("now", bars[-1], Cell(after, ("bold",)), "", "")
    said = "; ".join(changes.surprise_words(estimate))
    if said:
        yield from ink.wrap(f"Against the earlier forecast: {said}.", width)
    yield ""


def _spans(before: float, steps: list[float], after: float) -> list[tuple[int, int]]:
    """Lay every bar of a bridge out in `_BARS` columns: where it begins and ends.

    Examples
    --------
    >>> _spans(8.0, [8.0, -4.0], 12.0)
    [(0, 8), (8, 16), (12, 16), (0, 12)]
    """
    levels, at = [(0.0, before)], before
    for step in steps:
        levels.append((at, at + step))
        at += step
    levels.append((0.0, after))
    low = min(0.0, *(min(pair) for pair in levels))
    span = max(max(pair) for pair in levels) - low or 1.0
    columns = []
    for pair in levels:
        first, last = (round((one - low) / span * _BARS) for one in sorted(pair))
        thin = first == last and pair[0] != pair[1]
        first = min(first, _BARS - 1) if thin else first
        columns.append((first, first + 1 if thin else last))
    return columns
