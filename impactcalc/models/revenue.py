"""Revenue over time: exact antiderivatives of the hour-of-week profile in its time zone.

With r the relative revenue rate (mean 1), F' = r and G' = F: a share of service that is away from S
to T costs F(T) - F(S) hours of mean revenue; given back evenly over [S, T] it costs on average
(G(T) - G(S))/(T - S) - F(S). Deferred demand comes back by H(x) = integral of
r(t) exp(-(x-t)/tau). All three are exact, never a time grid.

Source: MODEL.md section 3; contracts, "Meaning of a trial", 5.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.exposure import Profile
from impactcalc.models.clock import Clock

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_WEEK_H = 168
_FIRST_REACH_H = 24.0 * 60
_LAST_REACH_H = 24.0 * 366 * 30
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONDAY_OFFSET_H = 72  # 1970-01-01 was a Thursday
_FINE_S = (3600, 900, 60)
_OPENS, _CLOSES, _BUSY = 8, 18, 3.0  # business-hours: Monday to Friday, local time


class RevenueClock(Clock):
    """Relative revenue over time, from an origin on.

    Parameters
    ----------
    profile
        24 or 168 weights by local hour, or none (flat); divided by their plain mean.
    timezone
        IANA name of the zone of the weights.
    origin
        Hour 0, UTC.
    return_h
        Time constant tau of deferred demand in hours; 0: none comes back.

    Examples
    --------
    >>> from impactcalc.domain.exposure import Profile
    >>> clock = RevenueClock(Profile("flat"), "UTC", datetime(2024, 1, 1, tzinfo=UTC))
    >>> clock.revenue(np.array([2.0])).tolist()
    [2.0]
    """

    def __init__(
        self, profile: Profile, timezone: str, origin: datetime, return_h: float = 0.0
    ) -> None:
        self._weights = _weekly(profile)
        self._zone = timezone
        self._origin = origin
        self._tau = return_h
        self._reach = 0.0
        self._step = self._first = 0.0
        self._rate: Array = np.ones(1)
        self._f: Array = np.zeros(2)
        self._g: Array = np.zeros(2)
        self._h: Array = np.zeros(2)

    @property
    def return_h(self) -> float:
        """Time constant tau of deferred demand in hours; 0 when none comes back."""
        return self._tau

    def revenue(self, t: Array) -> Array:
        """F(t) in hours of mean revenue since the origin; F(0) = 0, t >= 0."""
        if self._weights is None:
            return t
        index, rest = self._cells(t)
        return np.asarray(self._f[index] + self._rate[index] * rest)

    def revenue_moment(self, t: Array) -> Array:
        """G(t), the antiderivative of F with G(0) = 0."""
        if self._weights is None:
            return np.asarray(0.5 * t * t)
        index, rest = self._cells(t)
        slope = self._f[index] + 0.5 * self._rate[index] * rest
        return np.asarray(self._g[index] + rest * slope)

    def returned(self, t: Array) -> Array:
        """H(t) = integral from 0 to t of r(x) exp(-(t-x)/tau) dx, in hours of mean revenue."""
        tau = self._tau
        if self._weights is None:
            return np.asarray(tau * -np.expm1(-t / tau))
        index, rest = self._cells(t)
        decay = np.exp(-rest / tau)
        return np.asarray(self._h[index] * decay + self._rate[index] * tau * (1.0 - decay))

    def _cells(self, t: Array) -> tuple[NDArray[np.intp], Array]:
        latest = float(np.max(t)) if t.size else 0.0
        if latest >= self._reach:
            self._extend(latest)
        place = (t - self._first) / self._step
        index = np.minimum(place.astype(np.intp), self._rate.size - 1)
        return index, t - (self._first + index * self._step)

    def _extend(self, latest: float) -> None:
        """Lay the table out to twice the latest moment; past 30 years the mean rate holds."""
        reach = max(self._reach, _FIRST_REACH_H)
        while reach <= latest and reach < _LAST_REACH_H:
            reach *= 2
        self._reach = math.inf if reach >= _LAST_REACH_H else reach
        weights = self._weights
        if weights is None:
            raise AssertionError("a flat profile needs no table")
        start_s = int((self._origin - _EPOCH) / timedelta(seconds=1))
        changes, offsets = _offsets(self._zone, start_s, int(reach))
        step = next(s for s in _FINE_S if s == _FINE_S[-1] or not any(o % s for o in offsets))
        first = start_s - start_s % step
        cells = int(reach * 3600 / step) + 2
        edges = first + step * np.arange(cells, dtype=np.int64)
        local = edges + np.asarray(offsets)[np.searchsorted(changes, edges, side="right") - 1]
        rate = weights[(local // 3600 + _MONDAY_OFFSET_H) % _WEEK_H]
        self._step = step / 3600
        self._first = (first - (self._origin - _EPOCH) / timedelta(seconds=1)) / 3600
        self._rate = np.append(rate, 1.0)  # past the table
        self._lay_out()

    def _lay_out(self) -> None:
        step, rate = self._step, self._rate[:-1]
        f = np.concatenate(([0.0], np.cumsum(rate * step)))
        at_origin = f[0] + rate[0] * -self._first
        self._f = f - at_origin
        rises = step * (self._f[:-1] + 0.5 * rate * step)
        g = np.concatenate(([0.0], np.cumsum(rises)))
        rest = -self._first
        self._g = g - rest * (self._f[0] + 0.5 * rate[0] * rest)
        if self._tau:
            self._h = self._decayed(rate)

    def _decayed(self, rate: Array) -> Array:
        """H at the knots, by its recursion; H(0) = 0 at the origin, inside the first cell."""
        tau, step = self._tau, self._step
        decay = math.exp(-step / tau)
        gain = rate * tau * (1.0 - decay)
        values = np.empty(rate.size + 1)
        # before the origin nothing was lost: the first knot is set so that H(origin) = 0
        rest = -self._first
        values[0] = -rate[0] * tau * math.expm1(rest / tau)
        for i in range(rate.size):
            values[i + 1] = values[i] * decay + gain[i]
        return values


def _weekly(profile: Profile) -> Array | None:
    """Weights of the 168 hours from Monday 0 h with mean 1; None: flat."""
    if profile.name == "business-hours":
        day = np.where((np.arange(24) >= _OPENS) & (np.arange(24) < _CLOSES), _BUSY, 1.0)
        weights = np.concatenate((np.tile(day, 5), np.ones(48)))
    elif profile.weights:
        weights = np.array([float(w) for w in profile.weights])
        weights = np.tile(weights, _WEEK_H // weights.size)
    else:
        return None
    weights /= weights.mean()
    return None if np.all(weights == weights[0]) else weights


def _offsets(zone_name: str, start_s: int, reach_h: int) -> tuple[NDArray[np.int64], list[int]]:
    """Seconds (UTC) from which each offset of the zone holds, and the offsets."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(zone_name)

    def offset(second: int) -> int:
        moment = _EPOCH + timedelta(seconds=second)
        shift = moment.astimezone(zone).utcoffset()
        return 0 if shift is None else int(shift.total_seconds())

    day = 86_400
    low = start_s - day
    changes, offsets = [low], [offset(low)]
    for high in range(low + day, start_s + (reach_h + 48) * 3600, day):
        if offset(high) != offsets[-1]:
            a, b = high - day, high
            while b - a > 1:
                middle = (a + b) // 2
                a, b = (a, middle) if offset(middle) != offsets[-1] else (middle, b)
            changes.append(b)
            offsets.append(offset(b))
    return np.array(changes, dtype=np.int64), offsets


def flat_clock() -> RevenueClock:
    """Clock whose revenue is time itself, in hours.

    Examples
    --------
    >>> flat_clock().revenue(np.array([-2.0, 3.5])).tolist()
    [-2.0, 3.5]
    """
    return RevenueClock(Profile("flat"), "UTC", _EPOCH)
