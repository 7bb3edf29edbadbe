"""The downtime of counted intervals under its three readings."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Any

import numpy as np

from impactcalc.domain.contract import Downtime
from impactcalc.models.sli.contract_slices import (
    Gathered,
    Intervals,
    between_known,
    fitting_width,
    gather,
    intervals,
    throughout,
)
from impactcalc.models.sli.events import roomy
from impactcalc.models.sli.ledger import Used, allowed_time, judged
from impactcalc.models.sli.ratios import RatioSum, ratio_sum
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from numpy.typing import NDArray

    from impactcalc.domain.observation import Counts
    from impactcalc.domain.service_level import Demand, DowntimeAnswer, TimeAccount
    from impactcalc.models.sli.spans import Stretches


class Judged(NamedTuple):
    """The stretches of a window with the events that judge them.

    Parameters
    ----------
    rows
        The stretches by themselves.
    slices
        The contract's slices; None when each stretch is one.
    judged
        bool: the time is known, and there are at least max(1, min_events) events.
    silent
        bool: nothing was measured, and the contract counts that as down.
    lengths
        In units of ``unit_ns``, the largest that divides them all.
    """

    rows: Intervals
    slices: Gathered | None
    judged: NDArray[Any]
    silent: NDArray[Any]
    lengths: NDArray[Any]
    unit_ns: int

    @property
    def time(self) -> Stretches:
        """The stretches."""
        return self.rows.time

    @property
    def events(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Good and valid events: of a stretch's slice."""
        found = self.slices or self.rows
        return found.good, found.valid


def judged_stretches(counts: Counts, time: Stretches, demand: Demand) -> Judged:
    """Look up which stretches of a window can be down."""
    rows = intervals(counts, time, demand)
    width = fitting_width(counts, demand)
    slices = None
    if width is not None and len(rows.known):
        slices = gather(rows, demand.window, width)
    valid = (slices or rows).valid
    enough = np.asarray(valid >= max(1, demand.min_events) * counts.scale, dtype=bool)
    silent = np.zeros(len(enough), dtype=bool)
    if demand.silence_is_down:
        silent = np.asarray(valid == 0, dtype=bool) & between_known(rows)
    lengths = rows.time.end_ns - rows.time.start_ns
    unit = 1
    if len(lengths):
        shortest, longest = int(lengths.min()), int(lengths.max())
        unit = shortest if shortest == longest else gcd(*map(int, np.unique(lengths)))
    return Judged(rows, slices, rows.known & enough, silent, lengths // unit, unit)


class Lost(NamedTuple):
    """The stretches that a reading counts, whole or in part, and their lost shares."""

    sums: RatioSum
    places: NDArray[Any]


def lost(found: Judged, demand: Demand, reading: Downtime) -> Lost:
    """Give each stretch its lost share under a reading; those that lost nothing are left out.

    ``all_fail``: no event is good. ``threshold``: the bad share is strictly above it.
    ``proportional``: the bad share. Source: README of the fixtures, semantics 9.
    """
    good, valid = found.events
    if reading is Downtime.PROPORTIONAL:
        bad = found.judged & np.asarray(valid > good, dtype=bool)
        places = np.flatnonzero(bad | found.silent)
        silent = found.silent[places]
        parts = np.where(silent, 1, (valid - good)[places])
        wholes = np.where(silent, 1, valid[places])
    else:
        down = found.judged & _down(good, valid, demand.threshold, reading)
        if found.slices is not None and demand.whole_slices:
            down &= throughout(found.slices, _row_down(found.rows, demand, reading))
        number = None if found.slices is None else found.slices.number
        kept = in_long_runs(down | found.silent, found.time, demand.min_consecutive, number)
        places = np.flatnonzero(kept)
        parts = wholes = np.ones(len(places), dtype=np.int64)
    return Lost(ratio_sum(parts, wholes, found.lengths[places]), places)


def _row_down(rows: Intervals, demand: Demand, reading: Downtime) -> NDArray[Any]:
    """Tell which intervals are down by themselves, or had nothing to do."""
    down = _down(rows.good, rows.valid, demand.threshold, reading)
    idle = np.asarray(rows.valid == 0, dtype=bool)
    return np.asarray(down | idle, dtype=bool)


def _down(
    good: NDArray[Any], valid: NDArray[Any], threshold: Fraction, reading: Downtime
) -> NDArray[Any]:
    """Tell which intervals are down."""
    if reading is Downtime.ALL_FAIL:
        return np.asarray(good == 0, dtype=bool)
    scaled = roomy(valid, max(threshold.numerator, threshold.denominator))
    bad = (scaled - good) * threshold.denominator
    return np.asarray(bad > threshold.numerator * scaled, dtype=bool)


def in_long_runs(
    down: NDArray[Any], time: Stretches, least: int, number: NDArray[Any] | None = None
) -> NDArray[Any]:
    """Keep the down stretches of runs of at least `least` adjacent ones.

    Parameters
    ----------
    down
        bool, one a stretch.
    time
        A gap, or an excluded or unknown stretch, between two breaks a run.
    least
        Intervals, or slices, in a run; 1 keeps all.
    number
        The slice of each stretch: slices are counted then, and unknown time inside one that is
        down breaks no run. None: stretches are counted.
    """
    at = np.flatnonzero(down)
    if least <= 1 or not len(at):
        return down
    if number is None:
        apart = (np.diff(at) > 1) | (time.start_ns[at[1:]] != time.end_ns[at[:-1]])
        fresh = np.ones(len(at), dtype=bool)
    else:
        step = np.diff(number[at])
        apart, fresh = step > 1, np.concatenate([[True], step > 0])
    run = np.cumsum(np.concatenate([[False], apart]))
    members = np.bincount(run, weights=fresh)
    kept = np.zeros(len(down), dtype=bool)
    kept[at[members[run] >= least]] = True
    return kept


def downtime(
    found: Judged, counted: Mapping[Downtime, Lost], of_time: TimeAccount, demand: Demand
) -> dict[str, DowntimeAnswer]:
    """Judge the window under all three readings.

    Parameters
    ----------
    found
        The stretches.
    counted
        What each reading counts of them.
    of_time
        The window's account.
    demand
        Target, threshold, min_consecutive, min_events.
    """
    return {
        reading.value: _judge(found, lost_time, of_time, demand)
        for reading, lost_time in counted.items()
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
    unknown = counted.places[~found.rows.known[counted.places]]
    silent = int(found.lengths[unknown].sum()) * found.unit_ns
    return judged(Used(used, silent), of_time, demand.target, exhausted_ns, breached_ns)
