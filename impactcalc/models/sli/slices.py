"""The time slice: spans of equal width, each good, bad or empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.service_level import TimeSlices
from impactcalc.models.sli.events import only, roomy
from impactcalc.models.sli.ratios import ratio_sum

if TYPE_CHECKING:
    from fractions import Fraction

    from impactcalc.domain.observation import Counts, Window


def time_slices(counts: Counts, window: Window, width_ns: int, target: Fraction) -> TimeSlices:
    """Judge the slices of a window, counted from its start.

    Parameters
    ----------
    counts
        The intervals of the window without what is excluded; those of unknown time are left out.
    window
        Half-open; its last slice may be shorter.
    width_ns
        Of a slice.
    target
        A slice is good when good / valid >= target; one without events is empty.
    """
    number = -(-(window.end_ns - window.start_ns) // width_ns)
    busy = counts.known & np.asarray(counts.valid > 0, dtype=bool)
    measured = counts if busy.all() else only(counts, busy)
    if not len(measured.start_ns):
        return TimeSlices(width_ns, target, 0, 0, number, target * 0)
    place = (measured.start_ns - window.start_ns) // width_ns
    first = np.concatenate([[0], np.flatnonzero(place[1:] != place[:-1]) + 1])
    good, valid = (
        np.add.reduceat(roomy(each, len(each)), first) for each in (measured.good, measured.valid)
    )
    most = max(target.numerator, target.denominator)
    reached = roomy(good, most) * target.denominator >= roomy(valid, most) * target.numerator
    kept = int(reached.sum())
    total = ratio_sum(good, valid, np.ones(len(first), dtype=np.int64)).whole()
    return TimeSlices(width_ns, target, kept, len(first) - kept, number - len(first), total)
