"""The observed incident: what was measured up to the forecast, the model in gaps and after it.

Up to ``as_of`` L is the observed share, in unknown time the model's; after it
L(t) = L_last (1 - restored(t))/(1 - restored(as_of)), L_last the share of the last interval with
events. Sums over the measured time are laid out once (`models.weighted_clock`), so that a trial
costs the same whatever the number of intervals.

Source: contracts, "Meaning of a trial", 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.models.loss import lost_hours
from impactcalc.models.outage import DowntimeHours, Service, downtime, metered_downtime
from impactcalc.models.revenue import flat_clock
from impactcalc.models.weighted_clock import Steps, WeightedClock, steps
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from impactcalc.domain.observed import ObservedShare
    from impactcalc.models.clock import Clock
    from impactcalc.models.recovery.timeline import StageTimes

    Array = NDArray[np.float64]

_HOUR_NS = 3_600_000_000_000
_NOTHING_LEFT = 1e-9  # of the plan at the forecast: below it there is nothing to scale


class Record(NamedTuple):
    """What was measured, in hours since the origin.

    Parameters
    ----------
    as_of
        Moment of the forecast.
    share
        Observed lost share in known time, 0 elsewhere.
    known
        1 in known time up to ``as_of``, 0 elsewhere.
    unknown
        1 in unknown time up to ``as_of``, 0 elsewhere.
    down
        Hours that each reading counts, by its name.
    measured, missing
        Known and unknown hours.
    bad_end, bad_share
        Stretches in which anything was lost.
    last_share, last_end
        Of the last stretch with events; its end is minus infinity when there is none.
    idle
        Whether there is known time without events inside the incident.
    span
        First and last moment of the data.
    """

    as_of: float
    share: Steps
    known: Steps
    unknown: Steps
    down: Mapping[str, WeightedClock]
    measured: WeightedClock
    missing: WeightedClock
    bad_end: Array
    bad_share: Array
    last_share: float
    last_end: float
    idle: bool
    span: tuple[float, float]

    def gaps(self, low: float, high: float) -> float:
        """Unknown hours between two moments."""
        return _between(self.missing, low, high)

    def known_hours(self, low: float, high: float) -> float:
        """Known hours between two moments."""
        return _between(self.measured, low, high)

    def down_hours(self, reading: str, low: float, high: float) -> float:
        """Hours that a reading counts between two moments, of the known time."""
        return _between(self.down[reading], low, high)


def _between(clock: WeightedClock, low: float, high: float) -> float:
    found = clock.revenue(np.array([low, high]))
    return float(found[1] - found[0])


def compile_record(seen: ObservedShare, origin_ns: int, as_of: float, first: float) -> Record:
    """Lay the measured time out in hours.

    Parameters
    ----------
    seen
        The observed share.
    origin_ns
        Hour 0, UTC nanoseconds.
    as_of
        Moment of the forecast, hours since the origin.
    first
        Earliest moment that is asked for: the period's or the incident's start.
    """
    start, end = ((each - origin_ns) / _HOUR_NS for each in (seen.start_ns, seen.end_ns))
    bounds = (first, as_of)
    known = steps(start, end, np.ones(start.size), bounds)
    unknown = Steps(known.at, np.where(known.at < as_of, 1.0 - known.weight, 0.0))
    if unknown.at[-1] < as_of and unknown.weight[-1]:
        unknown = Steps(np.append(unknown.at, as_of), np.append(unknown.weight, 0.0))
    hours = flat_clock()
    bad = seen.lost_share > 0
    judged = np.flatnonzero(seen.judged & (start < as_of))
    last = int(judged[-1]) if judged.size else -1
    span = ((each - origin_ns) / _HOUR_NS for each in seen.span)
    return Record(
        as_of=as_of,
        share=steps(start, end, seen.lost_share, bounds),
        known=known,
        unknown=unknown,
        down={
            name: WeightedClock(hours, steps(start, end, weights, bounds))
            for name, weights in seen.readings.items()
        },
        measured=WeightedClock(hours, known),
        missing=WeightedClock(hours, unknown),
        bad_end=end[bad],
        bad_share=seen.lost_share[bad],
        last_share=float(seen.lost_share[last]) if judged.size else 0.0,
        last_end=float(end[last]) if judged.size else -np.inf,
        idle=bool((~seen.judged & (end > 0)).any()),
        span=(max(next(span), first), min(next(span), as_of)),
    )


class Clocks(NamedTuple):
    """The revenue clock where a share was observed, where time is unknown, and after as_of."""

    observed: WeightedClock
    unknown: WeightedClock
    future: WeightedClock


def weigh(record: Record, clock: Clock) -> Clocks:
    """Weigh a revenue clock, which knows no moments before the origin."""
    future = Steps(np.array([record.as_of]), np.ones(1))
    return Clocks(
        WeightedClock(clock, record.share.cut(0.0)),
        WeightedClock(clock, record.unknown.cut(0.0)),
        WeightedClock(clock, future),
    )


class Watched(NamedTuple):
    """An observed incident by trial.

    Parameters
    ----------
    record
        What was measured.
    model
        The service as the plan and the text have it: L in unknown time.
    future
        The same, scaled to the last observed share: L from ``as_of`` on.
    left
        1 - restored just before ``as_of``.
    """

    record: Record
    model: Service
    future: Service
    left: Array

    @property
    def started(self) -> Array:
        """Start of the incident, hours since the origin."""
        return self.model.times.incident_started

    def lost_share(self, t: Array) -> Array:
        """L at t, shape (n_trials,) or (k, n_trials); from the incident's start on."""
        record = self.record
        shape = np.broadcast(t, self.model.initial).shape
        t = np.broadcast_to(t, shape)
        before = np.where(
            record.known.value(t) > 0, record.share.value(t), self.model.lost_share(t)
        )
        return np.where(t < record.as_of, before, self.future.lost_share(t))

    def initial(self) -> Array:
        """L at the start: of the first stretch that lost anything, where the start is known."""
        record, model = self.record, self.model.initial
        if not record.bad_end.size:
            return model
        index = np.searchsorted(record.bad_end, self.started, side="right")
        found = record.bad_share[np.minimum(index, record.bad_end.size - 1)]
        some = (index < record.bad_end.size) & (record.known.value(self.started) > 0)
        return np.where(some, found, model)


def watch(record: Record, model: Service) -> Watched:
    """Join what was measured with the model's service by trial.

    Where the plan has nothing left to restore at ``as_of``, or no measurement lies inside the
    incident, the model's own share holds from then on.
    """
    now = np.array([record.as_of])
    whole = model._replace(initial=np.ones_like(model.initial))
    left = whole.lost_share(now, before=True)
    seen = (record.last_end > model.times.incident_started) & (left > _NOTHING_LEFT)
    scale = np.where(seen, record.last_share / np.where(seen, left, 1.0), model.initial)
    moments = [
        np.maximum(stage.fallback, record.as_of)
        for stage, _, _ in model.active()
        if stage.fallback is not None
    ]
    if moments:  # a relapse may take away more than what is lost now, but never more than all
        highest = np.max([whole.lost_share(t) for t in (now, *moments)], axis=0)
        scale = np.minimum(scale, 1.0 / np.maximum(highest, _NOTHING_LEFT))
    return Watched(record, model, model._replace(initial=scale), left)


class WatchedHours(NamedTuple):
    """Hours of mean revenue lost, by trial, the lost share counted in.

    ``returned`` is the demand of both that comes back later if all of it is deferred.
    """

    so_far: Array
    to_come: Array
    returned: Array | None


def watched_hours(
    here: Watched, clocks: Clocks, shares: list[Array | float], linear: tuple[bool, ...]
) -> WatchedHours:
    """Lost hours: measured, by the model in unknown time, and to come."""
    times, as_of, start = here.model.times, here.record.as_of, here.started
    gaps = lost_hours(times, shares, linear, clocks.unknown, as_of)
    future = lost_hours(times, shares, linear, clocks.future, as_of)
    now = np.array([as_of])
    measured = clocks.observed.revenue(now) - clocks.observed.revenue(start)
    model, scale = here.model.initial, here.future.initial
    returned = None
    if gaps.returned is not None and future.returned is not None:
        returned = _returned(here, clocks.observed)
        returned = returned + model * gaps.returned + scale * future.returned
    return WatchedHours(measured + model * gaps.whole, scale * future.whole, returned)


def _returned(here: Watched, observed: WeightedClock) -> Array:
    """Measured demand that comes back: with the stages that were open at ``as_of``.

    Each brings back its part of what they all restore; where none is left, all of it comes back
    at ``as_of``.
    """
    start, as_of = here.started, here.record.as_of
    back, rest = np.zeros_like(start), np.ones_like(start)
    left = np.where(here.left > _NOTHING_LEFT, here.left, 1.0)
    for stage, share, ramp in here.model.active():
        first, last = np.maximum(stage.start, as_of), np.maximum(stage.finish, as_of)
        part = share / left * _still_away(stage, as_of, ramp=ramp)
        away = (
            observed.mean_deferred(start, first, last) if ramp else observed.deferred(start, last)
        )
        back += part * away
        rest -= part
    return np.asarray(back + np.maximum(rest, 0.0) * observed.deferred(start, np.array([as_of])))


def _still_away(stage: StageTimes, t: float, *, ramp: bool) -> Array:
    """Share of a stage's part that is not back just before t."""
    away = np.asarray(stage.finish >= t, dtype=np.float64)
    if not ramp:
        return away
    width = stage.finish - stage.start
    part = (stage.finish - t) / np.where(width > 0, width, 1.0)
    return np.where(width > 0, np.clip(part, 0.0, 1.0), away)


def observed_downtime(here: Watched, low: Array, high: float, threshold: float) -> DowntimeHours:
    """Hours of downtime inside [low, high) under the three readings.

    Parameters
    ----------
    here
        The observed incident.
    low
        Later of the period's and the incident's start by trial.
    high
        End of the period, or ``as_of`` for what has been consumed.
    threshold
        Share of the ``threshold`` reading.
    """
    so_far = downtime_until(here, low, np.full_like(low, min(here.record.as_of, high)), threshold)
    later = np.maximum(low, here.record.as_of)
    to_come = downtime(here.future, later, max(high, here.record.as_of), threshold)
    if high <= here.record.as_of:
        return so_far
    return DowntimeHours(*(a + b for a, b in zip(so_far, to_come, strict=True)))


def downtime_until(here: Watched, low: Array, until: Array, threshold: float) -> DowntimeHours:
    """Hours of downtime inside [low, until), ``until`` at most ``as_of``."""
    record = here.record
    low = np.minimum(low, until)
    found = [
        record.down[name].revenue(until) - record.down[name].revenue(low)
        for name in DowntimeHours._fields
    ]
    if not record.gaps(float(low.min(initial=0.0)), record.as_of):
        return DowntimeHours(*found)
    gaps = metered_downtime(here.model, low, until, threshold, record.missing)
    return DowntimeHours(*(a + b for a, b in zip(found, gaps, strict=True)))
