"""The contract's slice: counted intervals gathered into the spans by which downtime counts.

A slice is judged by the events of all its known intervals; ``whole_slices`` asks besides that it
is known from end to end and that every interval with events is down. ``empty_slices: bad`` makes
the slices in which nothing was measured downtime (probes that must report), between the first and
the last measurement; otherwise they are neither up nor down. Slices count from the window's start.

Source: MODEL.md section 4; contracts, scenario file, trial 6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from impactcalc.domain.observation import Window
from impactcalc.models.sli.events import roomy
from impactcalc.models.sli.spans import Stretches, gaps
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from impactcalc.domain.observation import Counts
    from impactcalc.domain.service_level import Demand

_MOST_PIECES = 2_000_000


class Intervals(NamedTuple):
    """Stretches of a window with the events of the intervals that cover them.

    Parameters
    ----------
    time
        Disjoint and rising; ``row`` is -1 where no interval covers a silent stretch.
    good, valid
        Whole numbers, one a stretch; 0 in unknown time.
    known
        bool.
    """

    time: Stretches
    good: NDArray[Any]
    valid: NDArray[Any]
    known: NDArray[Any]


class Gathered(NamedTuple):
    """The slice of every stretch.

    Parameters
    ----------
    number
        Slices from the window's start.
    good, valid
        Events of the slice.
    complete
        bool: the slice is known from end to end.
    first
        Index of each slice's first stretch.
    """

    number: NDArray[Any]
    good: NDArray[Any]
    valid: NDArray[Any]
    complete: NDArray[Any]
    first: NDArray[Any]


def fitting_width(counts: Counts, demand: Demand) -> int | None:
    """Return the width of the contract's slices, if intervals can be gathered into them.

    None when the contract names none, when an interval is one, or when intervals are longer or
    do not divide them: then downtime counts by interval. Where whole slices alone count, an
    interval that is one must be whole, too (maintenance may cut it).
    """
    width, step = demand.down_slice_ns, counts.step_ns
    if width is None or width < step or width % step:
        return None
    if width == step:
        aligned = not ((counts.start_ns - demand.window.start_ns) % step).any()
        return width if demand.whole_slices and aligned else None
    return width


def intervals(counts: Counts, time: Stretches, demand: Demand) -> Intervals:
    """Look up the events of stretches; where silence is down, add the stretches without any.

    Parameters
    ----------
    counts, time
        The intervals, and their time inside the window.
    demand
        With the contract's rule.
    """
    known = np.asarray(counts.known[time.row], dtype=bool)
    good, valid = (array[time.row] for array in (counts.good, counts.valid))
    if not demand.silence_is_down:
        return Intervals(time, good, valid, known)
    width = fitting_width(counts, demand) or counts.step_ns
    told = np.flatnonzero(known)
    if not len(told):
        return Intervals(time, good, valid, known)
    inside = Window(int(time.start_ns[told[0]]), int(time.end_ns[told[-1]]))
    silent = _pieces(gaps(time, inside, demand.excluded), demand.window, width)
    places = np.searchsorted(time.start_ns, silent.start_ns)
    every = Stretches(*(np.insert(a, places, b) for a, b in zip(time, silent, strict=True)))
    seen = np.insert(known, places, values=False)
    good, valid = (np.insert(np.where(known, each, 0), places, 0) for each in (good, valid))
    return Intervals(every, good, valid, seen)


def _pieces(spans: Sequence[Window], window: Window, width_ns: int) -> Stretches:
    """Cut spans at the bounds of slices."""
    whole = sum(end - start for start, end in spans) // width_ns
    width = width_ns * max(1, -(-whole // _MOST_PIECES))
    starts, ends = [], []
    for start, end in spans:
        first = window.start_ns + ((start - window.start_ns) // width + 1) * width
        bounds = np.arange(first, end, width, dtype=np.int64)
        starts.append(np.concatenate([[start], bounds]))
        ends.append(np.concatenate([bounds, [end]]))
    if not starts:
        nothing = np.zeros(0, dtype=np.int64)
        return Stretches(nothing, nothing, nothing)
    start_ns = np.concatenate(starts)
    return Stretches(start_ns, np.concatenate(ends), np.full(len(start_ns), -1))


def between_known(found: Intervals) -> NDArray[Any]:
    """Tell which stretches lie between the first and the last known one: later silence is not told.

    Parameters
    ----------
    found
        The stretches.
    """
    told = np.flatnonzero(found.known)
    at = np.arange(len(found.known))
    if not len(told):
        return np.zeros(len(at), dtype=bool)
    return np.asarray((at >= told[0]) & (at <= told[-1]), dtype=bool)


def gather(found: Intervals, window: Window, width_ns: int) -> Gathered:
    """Gather stretches into slices: a stretch belongs to the slice in which it starts.

    Parameters
    ----------
    found
        At least one.
    window
        Slices count from its start.
    width_ns
        Of a slice.
    """
    start, end = found.time.start_ns, found.time.end_ns
    number = (start - window.start_ns) // width_ns
    first = np.concatenate([[0], np.flatnonzero(number[1:] != number[:-1]) + 1])
    members = np.diff(np.append(first, len(number)))
    good, valid = (
        np.add.reduceat(np.where(found.known, roomy(each, len(each)), 0), first)
        for each in (found.good, found.valid)
    )
    complete = np.add.reduceat(np.where(found.known, end - start, 0), first) >= width_ns
    good, valid, complete = (np.repeat(each, members) for each in (good, valid, complete))
    return Gathered(number, good, valid, complete, first)


def throughout(found: Gathered, row_down: NDArray[Any]) -> NDArray[Any]:
    """Tell which stretches belong to slices that are down from end to end.

    Parameters
    ----------
    found
        The slices.
    row_down
        bool, one a stretch: it is down by itself, or nothing was asked in it.
    """
    members = np.diff(np.append(found.first, len(found.number)))
    every = np.repeat(np.logical_and.reduceat(row_down, found.first), members)
    return np.asarray(every & found.complete, dtype=bool)
