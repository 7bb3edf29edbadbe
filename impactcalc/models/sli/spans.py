"""The span: unions, cuts and lengths of half-open spans of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from impactcalc.domain.observation import Window
from impactcalc.domain.service_level import TimeAccount
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from impactcalc.domain.observation import Counts


def union(spans: Iterable[Window], window: Window) -> tuple[Window, ...]:
    """Merge spans that overlap or touch, clipped to a window.

    Examples
    --------
    >>> union([Window(5, 9), Window(0, 3), Window(2, 4)], Window(1, 8))
    (Window(start_ns=1, end_ns=4), Window(start_ns=5, end_ns=8))
    """
    merged: list[Window] = []
    for span in sorted(spans):
        start, end = max(span.start_ns, window.start_ns), min(span.end_ns, window.end_ns)
        if start >= end:
            continue
        if merged and start <= merged[-1].end_ns:
            merged[-1] = Window(merged[-1].start_ns, max(end, merged[-1].end_ns))
        else:
            merged.append(Window(start, end))
    return tuple(merged)


def length(spans: Iterable[Window]) -> int:
    """Add the lengths of disjoint spans."""
    return sum(span.end_ns - span.start_ns for span in spans)


class Stretches(NamedTuple):
    """Disjoint stretches of measured time in rising order: the intervals, clipped and cut.

    Parameters
    ----------
    start_ns, end_ns
        int64.
    row
        Index of the interval that covers each.
    """

    start_ns: NDArray[Any]
    end_ns: NDArray[Any]
    row: NDArray[Any]


def stretches(counts: Counts, window: Window, excluded: Sequence[Window]) -> Stretches:
    """Cut the intervals' time to a window without its excluded spans.

    Parameters
    ----------
    counts
        Intervals ``[start, start + step)``; the next one's start ends one that is longer.
    window
        Half-open.
    excluded
        Disjoint, inside the window, rising.
    """
    start, end = counts.start_ns, counts.start_ns + counts.step_ns
    if len(start) > 1:
        end = np.concatenate([np.minimum(end[:-1], start[1:]), end[-1:]])
    row = np.arange(len(start))
    start, end = np.maximum(start, window.start_ns), np.minimum(end, window.end_ns)
    for span in excluded:
        start, end, row = _without(start, end, row, span)
    kept = start < end
    if kept.all():
        return Stretches(start, end, row)
    return Stretches(start[kept], end[kept], row[kept])


def _without(
    start: NDArray[Any], end: NDArray[Any], row: NDArray[Any], span: Window
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Cut one span out of stretches; one that reaches over it falls in two."""
    over = (start < span.start_ns) & (end > span.end_ns)
    before = np.where((start < span.start_ns) & (end > span.start_ns), span.start_ns, end)
    after = np.where((start >= span.start_ns) & (start < span.end_ns), span.end_ns, start)
    if not over.any():
        return after, np.where(start < span.start_ns, before, end), row
    at = np.flatnonzero(over)
    starts = np.insert(after, at + 1, span.end_ns)
    ends = np.insert(np.where(start < span.start_ns, before, end), at + 1, end[at])
    return starts, ends, np.insert(row, at + 1, row[at])


def gaps(time: Stretches, window: Window, excluded: Iterable[Window]) -> tuple[Window, ...]:
    """Return the spans of a window that neither a stretch nor excluded time covers.

    Examples
    --------
    >>> time = Stretches(np.array([2, 6]), np.array([4, 7]), np.array([0, 1]))
    >>> gaps(time, Window(0, 10), [Window(8, 20)])
    (Window(start_ns=0, end_ns=2), Window(start_ns=4, end_ns=6), Window(start_ns=7, end_ns=8))
    """
    starts = np.maximum(np.concatenate([[window.start_ns], time.end_ns]), window.start_ns)
    ends = np.minimum(np.concatenate([time.start_ns, [window.end_ns]]), window.end_ns)
    at = np.flatnonzero(starts < ends)
    start, end, row = starts[at], ends[at], at
    for span in union(excluded, window):
        start, end, row = _without(start, end, row, span)
    kept = start < end
    return tuple(map(Window, start[kept].tolist(), end[kept].tolist()))


def account(
    counts: Counts, time: Stretches, window: Window, excluded: Sequence[Window]
) -> TimeAccount:
    """Divide a window's time into known (idle is part of it), unknown and excluded."""
    lengths = time.end_ns - time.start_ns
    known = counts.known[time.row]
    idle = known & (counts.valid[time.row] == 0).astype(bool)
    measured, out = int(lengths[known].sum()), length(excluded)
    unknown = window.end_ns - window.start_ns - out - measured
    return TimeAccount(measured, int(lengths[idle].sum()), unknown, out)
