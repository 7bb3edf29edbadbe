"""Outage: the lost share over a timeline counts as downtime under each reading, exactly.

L(t) = L(0) (1 - restored(t)) is a step function with ramps. ``all_fail`` counts the time with
L = 1, ``threshold`` that with L above a share, ``proportional`` L times time; all inside
[start, end) of the contract's period and from the incident's start on. Shares are compared with a
slack of 1e-12, because 1 - 0.7 > 0.3 in floating point.

Source: contracts, "Meaning of a trial", 4 and 6.
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

SLACK = 1e-12
_NO_TIME = 1e-300  # hours: nothing can be divided by less
_FEW = 6  # stages up to which comparing all pairs beats sorting


class DowntimeHours(NamedTuple):
    """Hours of downtime by trial under the three readings."""

    all_fail: Array
    threshold: Array
    proportional: Array


class Service(NamedTuple):
    """What the service gives over a timeline.

    Parameters
    ----------
    times
        The timeline, hours since the origin.
    shares
        What each stage restores, adding up to 1; numbers or shape (n_trials,).
    linear
        Whether each stage restores evenly from its start to its finish.
    initial
        L(0), shape (n_trials,).
    """

    times: Timeline
    shares: Sequence[Array | float]
    linear: Sequence[bool]
    initial: Array

    def active(self) -> list[tuple[StageTimes, Array | float, bool]]:
        """Stages that restore anything."""
        return [
            (stage, share, ramp)
            for stage, share, ramp in zip(self.times.stages, self.shares, self.linear, strict=True)
            if not (isinstance(share, float) and share == 0)
        ]

    def lost_share(self, t: Array, *, before: bool = False) -> Array:
        """L at t, shape (n_trials,) or (k, n_trials); ``before``: its limit from the left."""
        gone: Array = np.ones(np.broadcast(t, self.initial).shape)
        for stage, share, ramp in self.active():
            gone -= share * _back(stage, t, ramp=ramp, before=before)
        return np.asarray(self.initial * np.maximum(gone, 0.0))


def downtime(service: Service, low: Array, high: Array | float, threshold: float) -> DowntimeHours:
    """Hours of downtime inside [low, high) under the three readings.

    Parameters
    ----------
    service
        L over time.
    low
        Later of the period's and the incident's start by trial, hours since the origin.
    high
        End of the period (or ``as_of``, for what has been consumed); one, or one a trial.
    threshold
        Share above which a moment counts in the ``threshold`` reading.
    """
    low = np.minimum(low, high)
    active = service.active()
    if any(ramp or stage.fallback is not None for stage, _, ramp in active):
        return _by_pieces(service, low, high, threshold)
    return _by_steps(service, low, high, threshold)


def _by_steps(service: Service, low: Array, high: Array | float, threshold: float) -> DowntimeHours:
    """Only steps, each up for good: L falls, so each reading ends at one moment."""
    active = service.active()
    finishes = [stage.finish for stage, _, _ in active]
    shares = [share for _, share, _ in active]
    proportional = np.zeros_like(low)
    for finish, share in zip(finishes, shares, strict=True):
        proportional += share * (np.clip(finish, low, high) - low)
    proportional *= service.initial
    falls = _falls_few if len(active) <= _FEW else _falls_many
    bounds = (1.0 - 2 * SLACK, threshold + SLACK)
    ends = falls(finishes, shares, service.initial, bounds)
    spans = [np.where(end > low, np.minimum(end, high) - low, 0.0) for end in ends]
    return DowntimeHours(spans[0], spans[1], proportional)


def _falls_few(
    finishes: list[Array],
    shares: Sequence[Array | float],
    initial: Array,
    bounds: tuple[float, ...],
) -> list[Array]:
    """Moment from which L stays at or below each bound; minus infinity: always."""
    ends = [np.where(initial <= bound, -np.inf, np.inf) for bound in bounds]
    for finish in finishes:
        gone: Array = np.ones_like(initial)
        for other, share in zip(finishes, shares, strict=True):
            gone -= share * (other <= finish)
        left = initial * gone
        for i, bound in enumerate(bounds):
            ends[i] = np.minimum(ends[i], np.where(left <= bound, finish, np.inf))
    return ends


def _falls_many(
    finishes: list[Array],
    shares: Sequence[Array | float],
    initial: Array,
    bounds: tuple[float, ...],
) -> list[Array]:
    """As `_falls_few`, by sorting: for plans of many stages."""
    at = np.stack(finishes)
    weights = np.stack([np.broadcast_to(np.asarray(s), initial.shape) for s in shares])
    order = np.argsort(at, axis=0, kind="stable")
    at = np.take_along_axis(at, order, axis=0)
    left = initial * (1.0 - np.cumsum(np.take_along_axis(weights, order, axis=0), axis=0))
    ends = []
    for bound in bounds:
        low_enough = left <= bound
        first = np.argmax(low_enough, axis=0)
        end = np.take_along_axis(at, first[np.newaxis], axis=0)[0]
        end = np.where(low_enough.any(axis=0), end, np.inf)
        ends.append(np.where(initial <= bound, -np.inf, end))
    return ends


class Pieces(NamedTuple):
    """L between neighbouring breakpoints, shape (k, n_trials): straight from left to right."""

    start: Array
    width: Array
    left: Array
    right: Array


def pieces(service: Service, low: Array, high: Array | float) -> Pieces:
    """L on [low, high) in straight pieces, exact."""
    points = [low, np.broadcast_to(high, low.shape)]
    for stage, _, ramp in service.active():
        points.append(stage.finish)
        if ramp:
            points.append(stage.start)
        if stage.fallback is not None:
            points += [stage.fallback, stage.ready]
    at = np.sort(np.clip(np.stack(points), low, high), axis=0)
    left = service.lost_share(at[:-1])
    right = service.lost_share(at[1:], before=True)
    return Pieces(at[:-1], at[1:] - at[:-1], left, right)


def time_above(parts: Pieces, bound: float) -> Array:
    """Time within each piece during which L > bound, shape as the pieces; L never rises in one."""
    if parts.left.max(initial=0.0) <= bound:
        return np.zeros_like(parts.width)
    drop = parts.left - parts.right
    falls = drop > SLACK
    crossing = np.where(falls, (parts.left - bound) / np.where(falls, drop, 1.0), 1.0)
    share = np.where(parts.left > bound, np.where(parts.right > bound, 1.0, crossing), 0.0)
    return np.asarray(parts.width * np.clip(share, 0.0, 1.0))


def _by_pieces(
    service: Service, low: Array, high: Array | float, threshold: float
) -> DowntimeHours:
    parts = pieces(service, low, high)
    proportional = (0.5 * (parts.left + parts.right) * parts.width).sum(axis=0)
    return DowntimeHours(
        time_above(parts, 1.0 - 2 * SLACK).sum(axis=0),
        time_above(parts, threshold + SLACK).sum(axis=0),
        proportional,
    )


def metered_downtime(
    service: Service, low: Array, high: Array | float, threshold: float, meter: Clock
) -> DowntimeHours:
    """As `downtime`, of the time that a meter counts: the gaps between measurements.

    Parameters
    ----------
    service, low, high, threshold
        As of `downtime`.
    meter
        A clock whose revenue is the counted time.
    """
    parts = pieces(service, np.minimum(low, high), high)
    begin, end = parts.start, parts.start + parts.width
    at_begin, at_end = meter.revenue(begin), meter.revenue(end)

    def above(bound: float) -> Array:
        until = meter.revenue(begin + time_above(parts, bound))
        return np.asarray((until - at_begin).sum(axis=0))

    # by parts: L falls from left to right evenly, so the meter's mean over the piece is enough
    fallen = (parts.left - parts.right) * (at_end - meter.mean_revenue(begin, end))
    proportional = (parts.left * (at_end - at_begin) - fallen).sum(axis=0)
    return DowntimeHours(above(1.0 - 2 * SLACK), above(threshold + SLACK), proportional)


def moment_of_downtime(parts: Pieces, reading: str, threshold: float, wanted: Array) -> Array:
    """Moment at which the downtime since the first piece reaches ``wanted`` hours.

    Parameters
    ----------
    parts
        L in pieces, from `pieces`.
    reading
        "all_fail", "threshold" or "proportional".
    threshold
        Share of the ``threshold`` reading.
    wanted
        Hours, shape (n_trials,); 0 or less: the first moment.

    Returns
    -------
    Hours since the origin, infinite where the downtime never gets there.
    """
    if reading == "proportional":
        spent = 0.5 * (parts.left + parts.right) * parts.width
    else:
        spent = time_above(parts, 1.0 - 2 * SLACK if reading == "all_fail" else threshold + SLACK)
    total = np.cumsum(spent, axis=0)
    reached = total >= wanted
    index = np.argmax(reached, axis=0)[np.newaxis]

    def pick(values: Array) -> Array:
        return np.asarray(np.take_along_axis(values, index, axis=0)[0])

    missing = np.maximum(wanted - (pick(total) - pick(spent)), 0.0)
    if reading == "proportional":
        inside = _time_to_lose(pick(parts.left), pick(parts.right), pick(parts.width), missing)
    else:
        inside = missing  # L never rises inside a piece: it is above the bound at its beginning
    moment = pick(parts.start) + inside
    return np.where(reached.any(axis=0), moment, np.inf)


def _time_to_lose(left: Array, right: Array, width: Array, missing: Array) -> Array:
    """Smallest x with left x - (left - right) x^2 / (2 width) = missing."""
    curve = (left - right) / np.maximum(width, 1e-300)
    root = np.sqrt(np.maximum(left * left - 2.0 * curve * missing, 0.0))
    return np.asarray(2.0 * missing / np.maximum(left + root, 1e-300))


def _back(stage: StageTimes, t: Array, *, ramp: bool, before: bool) -> Array:
    """Share of the stage's part that is back at t."""
    back: Array = np.asarray(_reached(t, stage.finish, before=before), dtype=np.float64)
    if ramp:
        width = stage.finish - stage.start
        takes = width > _NO_TIME
        risen = np.clip((t - stage.start) / np.where(takes, width, 1.0), 0.0, 1.0)
        back = np.where(takes, risen, back)
    if stage.fallback is None or stage.relapsed is None:
        return back
    fell = _reached(t, stage.fallback, before=before) & stage.relapsed
    away = fell & ~_reached(t, stage.ready, before=before)
    return np.where(away, 0.0, back)


def _reached(t: Array, moment: Array, *, before: bool) -> NDArray[np.bool_]:
    return np.asarray(t > moment if before else t >= moment)
