"""Loss: the lost share over a timeline costs revenue, exactly and by trial (MODEL.md section 3).

Everything here is in hours of mean revenue for a lost share of 1 at the start: times L(0) and the
money that passes through in an hour it is the loss ("exposed" reading); times that money alone it
is the loss in the "lost" reading, where the stated amount is what the outage already loses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from impactcalc.models.clock import Clock
    from impactcalc.models.recovery.timeline import StageTimes, Timeline

    Array = NDArray[np.float64]


class LostHours(NamedTuple):
    """Hours of mean revenue lost with a lost share of 1, by trial.

    ``whole`` = ``so_far`` + what is still to come; ``returned`` is the demand of ``whole`` that
    comes back later if all of it is deferred.
    """

    whole: Array
    so_far: Array
    returned: Array | None


def lost_hours(
    times: Timeline,
    shares: Sequence[Array | float],
    linear: Sequence[bool],
    clock: Clock,
    as_of: float | Array,
) -> LostHours:
    """Lost hours of a timeline: each share waits for its own return.

    Parameters
    ----------
    times
        The timeline, hours since the origin.
    shares
        What each stage restores, adding up to 1; numbers or shape (n_trials,).
    linear
        Whether each stage restores evenly from its start to its finish.
    clock
        Antiderivatives of the revenue profile.
    as_of
        Moment that parts what is lost from what can be avoided; one, or one a trial.
    """
    start = times.incident_started
    at_now = clock.revenue(np.atleast_1d(np.asarray(as_of, dtype=np.float64)))
    ledger = _Ledger(clock, start, clock.revenue(start), as_of, at_now)
    whole = so_far = np.zeros_like(start)
    returned = np.zeros_like(start) if clock.return_h else None
    for stage, share, ramp in zip(times.stages, shares, linear, strict=True):
        if isinstance(share, float) and not share:
            continue
        away, away_now = (_ramp if ramp else _step)(stage, ledger)
        whole = whole + share * away
        so_far = so_far + share * away_now
        if returned is not None:
            returned += share * _returned(stage, clock, start, ramp=ramp)
    return LostHours(whole, so_far, returned)


class _Ledger(NamedTuple):
    """What all stages of a block share: the clock, and F at the start and at ``as_of``."""

    clock: Clock
    start: Array
    at_start: Array
    as_of: float | Array
    at_now: Array


def _step(stage: StageTimes, ledger: _Ledger) -> tuple[Array, Array]:
    back = ledger.clock.revenue(np.maximum(stage.finish, ledger.start))
    whole = back - ledger.at_start
    so_far = np.minimum(back, ledger.at_now) - ledger.at_start
    return _with_relapse(stage, ledger, whole, so_far)


def _ramp(stage: StageTimes, ledger: _Ledger) -> tuple[Array, Array]:
    clock, as_of = ledger.clock, ledger.as_of
    low, high = np.maximum(stage.start, ledger.start), np.maximum(stage.finish, ledger.start)
    mean = clock.mean_revenue(low, high)
    low_now, high_now = np.minimum(low, as_of), np.minimum(high, as_of)
    width = high - low
    before = np.where(width > 0, (high_now - low_now) / np.where(width > 0, width, 1.0), 1.0)
    mean_now = clock.mean_revenue(low_now, high_now) * before + ledger.at_now * (1.0 - before)
    mean_now = np.where(high <= as_of, mean, np.where(low >= as_of, ledger.at_now, mean_now))
    return _with_relapse(stage, ledger, mean - ledger.at_start, mean_now - ledger.at_start)


def _with_relapse(
    stage: StageTimes, ledger: _Ledger, whole: Array, so_far: Array
) -> tuple[Array, Array]:
    if stage.fallback is None or stage.relapsed is None or not stage.relapsed.any():
        return whole, so_far
    gone, back = ledger.clock.revenue(stage.fallback), ledger.clock.revenue(stage.ready)
    whole = whole + np.where(stage.relapsed, back - gone, 0.0)
    again = np.minimum(back, ledger.at_now) - np.minimum(gone, ledger.at_now)
    return whole, so_far + np.where(stage.relapsed, again, 0.0)


def _returned(stage: StageTimes, clock: Clock, start: Array, *, ramp: bool) -> Array:
    """Demand that comes back, each absence by its own return."""
    if ramp:
        returned = clock.mean_deferred(start, stage.start, stage.finish)
    else:
        returned = clock.deferred(start, stage.finish)
    if stage.fallback is None or stage.relapsed is None:
        return returned
    again = clock.deferred(stage.fallback, stage.ready)
    return returned + np.where(stage.relapsed, again, 0.0)
