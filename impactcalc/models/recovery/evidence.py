"""What is known at the moment of the forecast, as evidence about the common factor Z.

The stages' normal scores are z_k = a Z + b e_k (a = sqrt(rho), b = sqrt(1 - rho)). Given Z they are
independent, so everything known conditions them through one posterior of Z, tabulated once.

Source: contracts, "Meaning of a trial", 1; the calibration that it mends is in the decision
records.
"""

from __future__ import annotations

import enum
import math
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.named import NamedTuple
from impactcalc.stats.distributions import Tabulated
from impactcalc.stats.normal import (
    interval_draw,
    log_interval,
    log_ndtr,
    ndtr,
    ndtri,
    upper_tail_draw,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_POINTS = 2001
_HALF_WIDTH = 8.0
_FAR = 6.0
_BEYOND = 1e4  # a score that stands for infinity
_KNOTS = 4096
_REACH = 6.5


class Kind(enum.Enum):
    """How a stage's score is known."""

    EQUAL = "equal"  # z_k = c
    ABOVE = "above"  # z_k > c: still open
    BELOW = "below"  # z_k < c: done, the moment unknown
    BETWEEN = "between"  # floor < z_k < c: done since it was last known to be open


class Evidence(NamedTuple):
    """One stage's score against a bound that is the same in all trials, and one below it."""

    kind: Kind
    bound: float
    floor: float = -math.inf


class CommonFactor:
    """The common factor Z of a plan under its evidence.

    Parameters
    ----------
    dependence
        rho in [0, 1).
    evidence
        What is known; an empty sequence leaves Z standard normal.

    Examples
    --------
    >>> alone = CommonFactor(0.5, [])
    >>> alone.draw(np.array([0.5])).tolist()
    [0.0]
    >>> late = CommonFactor(0.5, [Evidence(Kind.ABOVE, 2.0)])
    >>> bool(late.draw(np.array([0.5]))[0] > 0.8)
    True
    """

    def __init__(self, dependence: float, evidence: Sequence[Evidence]) -> None:
        self.a = math.sqrt(dependence)
        self.b = math.sqrt(1.0 - dependence)
        known = [e for e in evidence if math.isfinite(e.bound)]
        self._table = self._posterior(known) if known and dependence else None

    def draw(self, u: Array) -> Array:
        """Z at uniform draws, shape as ``u``."""
        z = ndtri(u)
        return z if self._table is None else self._table.from_normal(z)

    def free(self, z: Array, u: Array) -> Array:
        """Score of a stage about which nothing is known."""
        e = ndtri(u)
        return np.asarray(self.a * z + self.b * e) if self.a else e

    def above(self, z: Array, u: Array, bound: Array | float) -> Array:
        """Score of an open stage, given that it lies above ``bound``."""
        limit = (np.minimum(bound, _BEYOND) - self.a * z) / self.b
        return np.asarray(self.a * z + self.b * upper_tail_draw(limit, u))

    def below(self, z: Array, u: Array, bound: Array | float) -> Array:
        """Score of a done stage, given that it lies below ``bound``."""
        limit = (self.a * z - np.maximum(bound, -_BEYOND)) / self.b
        return np.asarray(self.a * z - self.b * upper_tail_draw(limit, 1.0 - u))

    def between(self, z: Array, u: Array, floor: Array | float, bound: Array | float) -> Array:
        """Score of a done stage that lies above ``floor`` and below ``bound``."""
        low = (np.minimum(floor, _BEYOND) - self.a * z) / self.b
        high = (np.maximum(bound, -_BEYOND) - self.a * z) / self.b
        return np.asarray(self.a * z + self.b * interval_draw(low, np.maximum(low, high), u))

    def _log_density(self, z: Array, known: Sequence[Evidence]) -> Array:
        log = -0.5 * z * z
        for item in known:
            gap = (item.bound - self.a * z) / self.b
            if item.kind is Kind.EQUAL:
                log = log - 0.5 * gap * gap
            elif item.kind is Kind.BETWEEN:
                log = log + log_interval((item.floor - self.a * z) / self.b, gap)
            else:
                log = log + log_ndtr(gap if item.kind is Kind.BELOW else -gap)
        return np.asarray(log)

    def _posterior(self, known: Sequence[Evidence]) -> Tabulated:
        centre = 0.0
        if any(abs(item.bound) > _FAR for item in known):
            reach = _HALF_WIDTH + max(abs(item.bound) for item in known)
            coarse = np.linspace(-reach, reach, _POINTS)
            centre = float(coarse[np.argmax(self._log_density(coarse, known))])
        grid = np.linspace(centre - _HALF_WIDTH, centre + _HALF_WIDTH, _POINTS)
        log = self._log_density(grid, known)
        density = np.exp(log - log.max())
        steps = 0.5 * (density[1:] + density[:-1])
        mass = np.concatenate(([0.0], np.cumsum(steps)))
        scores = ndtr(np.linspace(-_REACH, _REACH, _KNOTS + 1))
        quantiles = np.interp(scores, mass / mass[-1], grid)
        return Tabulated(quantiles, float(grid[0]), float(grid[-1]))
