"""The downtime of counted intervals under its three readings."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from impactcalc.domain.contract import Downtime
from impactcalc.models.sli.events import roomy
from impactcalc.models.sli.ledger import allowed_time, judged
from impactcalc.models.sli.ratios import RatioSum, ratio_sum

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

    from impactcalc.domain.observation import Counts
    from impactcalc.domain.service_level import Demand, DowntimeAnswer, TimeAccount
    from impactcalc.models.sli.spans import Stretches


class Judged(NamedTuple):
    """The stretches of a window with the events of the intervals that cover them.

    Parameters
    ----------
    time
        The stretches.
    good, valid
        Whole numbers, one a stretch.
    judged
        bool: the time is known, and there are at least max(1, min_events) events.
    lengths
        In units of ``unit_ns``, the largest that divides them all.
    """

    time: Stretches
    good: NDArray[Any]
    valid: NDArray[Any]
    judged: NDArray[Any]
    lengths: NDArray[Any]
    unit_ns: int


def judged_stretches(counts: Counts, time: Stretches, demand: Demand) -> Judged:
    """Look up which stretches of a window can be down."""
    good, valid, known = (array[time.row] for array in (counts.good, counts.valid, counts.known))
    enough = np.asarray(valid >= max(1, demand.min_events) * counts.scale, dtype=bool)
    lengths = time.end_ns - time.start_ns
    unit = 1
    if len(lengths):
        shortest, longest = int(lengths.min()), int(lengths.max())
        unit = shortest if shortest == longest else gcd(*map(int, np.unique(lengths)))
    return Judged(time, good, valid, known & enough, lengths // unit, unit)


class Lost(NamedTuple):
    """The stretches that a reading counts, whole or in part, and their lost shares."""

    sums: RatioSum
    places: NDArray[Any]


def lost(found: Judged, demand: Demand, reading: Downtime) -> Lost:
    """Give each stretch its lost share under a reading; those that lost nothing are left out.

    ``all_fail``: no event is good. ``threshold``: the bad share is strictly above it.
    ``proportional``: the bad share. Source: README of the fixtures, semantics 9.
    """
    if reading is Downtime.PROPORTIONAL:
        places = np.flatnonzero(found.judged & np.asarray(found.valid > found.good, dtype=bool))
        parts, wholes = (found.valid - found.good)[places], found.valid[places]
    else:
        down = found.judged & _down(found.good, found.valid, demand.threshold, reading)
        places = np.flatnonzero(in_long_runs(down, found.time, demand.min_consecutive))
        parts = wholes = np.ones(len(places), dtype=np.int64)
    return Lost(ratio_sum(parts, wholes, found.lengths[places]), places)


def _down(
    good: NDArray[Any], valid: NDArray[Any], threshold: Fraction, reading: Downtime
) -> NDArray[Any]:
    """Tell which intervals are down."""
    if reading is Downtime.ALL_FAIL:
        return np.asarray(good == 0, dtype=bool)
    scaled = roomy(valid, max(threshold.numerator, threshold.denominator))
    bad = (scaled - good) * threshold.denominator
    return np.asarray(bad > threshold.numerator * scaled, dtype=bool)


def in_long_runs(down: NDArray[Any], time: Stretches, least: int) -> NDArray[Any]:
    """Keep the down stretches of runs of at least `least` adjacent ones.

    Parameters
    ----------
    down
        bool, one a stretch.
    time
        A gap, or an excluded or unknown stretch, between two breaks a run.
    least
        Intervals in a run; 1 keeps all.
    """
    if least <= 1 or not down.any():
        return down
    breaks = np.ones(len(down), dtype=bool)
    breaks[1:] = ~down[1:] | ~down[:-1] | (time.start_ns[1:] != time.end_ns[:-1])
    run = np.cumsum(breaks) - 1
    members = np.bincount(run, weights=down).astype(np.int64)
    kept: NDArray[Any] = down & (members[run] >= least)
    return kept


def downtime(
    counts: Counts, time: Stretches, of_time: TimeAccount, demand: Demand
) -> dict[str, DowntimeAnswer]:
    """Judge the window under all three readings.

    Parameters
    ----------
    counts, time
        The intervals, and their time inside the window.
    of_time
        The window's account.
    demand
        Target, threshold, min_consecutive, min_events.
    """
    found = judged_stretches(counts, time, demand)
    return {
        reading.value: _judge(found, lost(found, demand, reading), of_time, demand)
        for reading in Downtime
    }


def _judge(found: Judged, counted: Lost, of_time: TimeAccount, demand: Demand) -> DowntimeAnswer:
    """Find the used time, and the ends of the intervals that exhaust and break the budget."""
    bound = allowed_time(of_time, demand.target) / found.unit_ns
    ends = found.time.end_ns
    exhausted, breached = (
        counted.sums.first_reaching(bound, beyond=beyond) for beyond in (False, True)
    )
    exhausted_ns = None if exhausted is None else int(ends[counted.places[exhausted - 1]])
    if not bound and len(ends):  # nothing is allowed: gone at the end of the first interval
        exhausted_ns = int(ends[0])
    breached_ns = None if breached is None else int(ends[counted.places[breached - 1]])
    used = counted.sums.whole() * found.unit_ns
    return judged(used, of_time, demand.target, exhausted_ns, breached_ns)
