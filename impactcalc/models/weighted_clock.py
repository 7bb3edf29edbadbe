"""The weighted clock: a revenue rate times a step function of time, integrated exactly.

With w constant between its steps, F_w(t) = sum of w_i (F(b_i) - F(a_i)), and G_w and H_w follow
from the antiderivatives of the clock beneath in the same way. Sums are kept at the steps, so that
a look-up costs one search however many steps there are. Weights are an observed lost share, or 1
where time is unknown or yet to come. Over a flat clock F_w counts hours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.models.clock import Clock
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


class Steps(NamedTuple):
    """A step function: ``weight[i]`` on [at[i], at[i+1]), the last one for good, 0 before.

    ``at`` rises strictly, in hours since the origin.
    """

    at: Array
    weight: Array

    def value(self, t: Array) -> Array:
        """Weight at each moment."""
        index = np.searchsorted(self.at, t, side="right") - 1
        return np.where(index < 0, 0.0, self.weight[np.maximum(index, 0)])

    def cut(self, low: float) -> Steps:
        """Leave out what lies before a moment, which must not lie before the first step."""
        first = int(np.searchsorted(self.at, low, side="right")) - 1
        at = self.at[first:].copy()
        at[0] = low
        return Steps(at, self.weight[first:])


def steps(start: Array, end: Array, weight: Array, bounds: tuple[float, float]) -> Steps:
    """Step function that is 0 outside some stretches.

    Parameters
    ----------
    start, end, weight
        Disjoint rising stretches.
    bounds
        First moment of the function, and the moment from which it is 0.

    Examples
    --------
    >>> found = steps(np.array([1.0]), np.array([2.0]), np.array([0.5]), (0.0, 9.0))
    >>> found.at.tolist(), found.weight.tolist()
    ([0.0, 1.0, 2.0], [0.0, 0.5, 0.0])
    """
    first, last = bounds
    start, end = np.clip(start, first, last), np.clip(end, first, last)
    some = start < end
    start, end, weight = start[some], end[some], weight[some]
    gap = np.append(end[:-1] < start[1:], True) if start.size else np.zeros(0, dtype=bool)
    at = np.concatenate(([first], start, end[gap]))
    values = np.concatenate(([0.0], weight, np.zeros(np.count_nonzero(gap))))
    order = np.argsort(at, kind="stable")
    return _merged(at[order], values[order])


def _merged(at: Array, weight: Array) -> Steps:
    """Keep the last of steps at one moment, and only those that change the weight."""
    last = np.append(np.diff(at) > 0, True)
    at, weight = at[last], weight[last]
    changes = np.append(True, np.diff(weight) != 0)
    return Steps(at[changes], weight[changes])


class WeightedClock(Clock):
    """A clock that runs as fast as the one beneath, times a step function.

    Parameters
    ----------
    clock
        The clock beneath; moments before 0 only where it is flat.
    weights
        The step function.

    Examples
    --------
    >>> from impactcalc.models.revenue import flat_clock
    >>> half = Steps(np.array([1.0, 3.0]), np.array([0.5, 0.0]))
    >>> WeightedClock(flat_clock(), half).revenue(np.array([0.0, 2.0, 9.0])).tolist()
    [0.0, 0.5, 1.0]
    """

    def __init__(self, clock: Clock, weights: Steps) -> None:
        self._clock, self._at, self._weight = clock, weights.at, weights.weight
        self._f = clock.revenue(self._at)
        width = np.diff(self._at)
        rises = np.diff(self._f) * self._weight[:-1]
        self._sum = np.concatenate(([0.0], np.cumsum(rises)))
        self._g = clock.revenue_moment(self._at)
        bends = np.diff(self._g) - self._f[:-1] * width
        areas = self._sum[:-1] * width + self._weight[:-1] * bends
        self._area = np.concatenate(([0.0], np.cumsum(areas)))
        self._h = clock.returned(self._at) if clock.return_h else np.zeros_like(self._at)
        self._faded = self._decayed(width) if clock.return_h else self._h

    @property
    def return_h(self) -> float:
        """Time constant of the clock beneath."""
        return self._clock.return_h

    def revenue(self, t: Array) -> Array:
        """F_w(t); 0 at the first step and before."""
        index, late = self._place(t)
        gained = self._clock.revenue(late) - self._f[index]
        return np.asarray(self._sum[index] + self._weight[index] * gained)

    def revenue_moment(self, t: Array) -> Array:
        """G_w(t), the antiderivative of F_w that is 0 at the first step."""
        index, late = self._place(t)
        since = late - self._at[index]
        bend = self._clock.revenue_moment(late) - self._g[index] - self._f[index] * since
        return np.asarray(self._area[index] + self._sum[index] * since + self._weight[index] * bend)

    def returned(self, t: Array) -> Array:
        """H_w(t)."""
        index, late = self._place(t)
        fade = np.exp(-(late - self._at[index]) / self.return_h)
        gained = self._clock.returned(late) - self._h[index] * fade
        return np.asarray(self._faded[index] * fade + self._weight[index] * gained)

    def _place(self, t: Array) -> tuple[NDArray[np.intp], Array]:
        """Step that holds each moment, and the moment, not before the first step."""
        late = np.maximum(t, self._at[0])
        return np.searchsorted(self._at, late, side="right") - 1, late

    def _decayed(self, width: Array) -> Array:
        """H_w at the steps, by its recursion."""
        fade = np.exp(-width / self.return_h)
        gains = self._weight[:-1] * (self._h[1:] - self._h[:-1] * fade)
        values = [0.0]
        for rate, gain in zip(fade.tolist(), gains.tolist(), strict=True):
            values.append(values[-1] * rate + gain)
        return np.array(values)
