"""Student's t against the normal score, and the law of a duration whose logarithm has it.

T(z) = F_nu^-1(Phi(z)): with it a draw, a bound and a common factor of normal scores work for
Student's t as for the normal. Its tails keep their digits, as a survival is summed from its end.

Source: with T = sqrt(nu) tan(theta), the density of theta is proportional to cos(theta)^(nu-1).
"""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.named import NamedTuple
from impactcalc.stats.normal import log_ndtr, ndtri

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

_EVEN, _GRADED, _STEP, _FINER = 3000, 5000, 0.005, 0.2  # the tail of few degrees is long
_LEAST = 1e-290
_GAUSS_X = (-0.8611363115940526, -0.3399810435848563, 0.3399810435848563, 0.8611363115940526)
_GAUSS_W = (0.3478548451374538, 0.6521451548625461, 0.6521451548625461, 0.3478548451374538)


class StudentTable(NamedTuple):
    """T(z) at knots from z = 0 on; T(-z) = -T(z)."""

    scores: Array
    values: Array

    def value(self, z: ArrayLike) -> Array:
        """T at normal scores, any shape."""
        given = np.asarray(z, dtype=np.float64)
        return np.copysign(np.interp(np.abs(given), self.scores, self.values), given)

    def score(self, t: ArrayLike) -> Array:
        """Find the normal scores of values of T, any shape."""
        given = np.asarray(t, dtype=np.float64)
        return np.copysign(np.interp(np.abs(given), self.values, self.scores), given)


@functools.lru_cache(maxsize=1024)
def student_table(freedom: float) -> StudentTable:
    """Tabulate T(z) for ``freedom`` > 0 degrees: relative error below 1e-5 up to |z| = 6.5.

    Examples
    --------
    >>> round(float(student_table(4.0).value(1.959963984540054)), 4)
    2.7764
    """
    gaps = _gaps()
    width, middle = gaps[:-1] - gaps[1:], 0.5 * (gaps[:-1] + gaps[1:])
    mass = np.zeros(width.size)
    for x, weight in zip(_GAUSS_X, _GAUSS_W, strict=True):
        mass += weight * np.exp((freedom - 1.0) * np.log(np.sin(middle + 0.5 * width * x)))
    mass *= 0.5 * width
    # beyond the last knot sin(gap) is the gap itself
    above = np.cumsum(np.append(gaps[-1] ** freedom / freedom, mass[::-1]))[::-1]
    survival = above / (2.0 * above[0])
    values = math.sqrt(freedom) / np.tan(gaps)
    values[0] = 0.0
    kept = survival > _LEAST
    scores = -ndtri(survival[kept])
    scores[0] = 0.0
    return StudentTable(scores, values[kept])


def _gaps() -> Array:
    """Knots as distances pi/2 - theta, falling: even ones, then ever finer towards the tail."""
    even = np.linspace(0.5 * math.pi, _FINER, _EVEN, endpoint=False)
    return np.concatenate((even, _FINER * np.exp(-_STEP * np.arange(_GRADED))))


class LogStudent(NamedTuple):
    """exp(middle + scale T), T Student's t, cut at ``horizon``: what lies beyond counts as it.

    Without the cut it has no mean, whatever the degrees of freedom.

    Examples
    --------
    >>> law = LogStudent(math.log(4.0), 1.4, 9.0, 2160.0)
    >>> round(float(law.from_normal(np.zeros(1))[0]), 12), law.maximum
    (4.0, 2160.0)
    """

    middle: float
    scale: float
    freedom: float
    horizon: float

    @property
    def log_sd(self) -> float:
        """Standard deviation of the logarithm; of few degrees of freedom the scale itself."""
        nu = self.freedom
        return self.scale * (math.sqrt(nu / (nu - 2.0)) if nu > 2.0 else 1.0)  # noqa: PLR2004

    @property
    def maximum(self) -> float:
        """The cut."""
        return self.horizon

    @property
    def share_cut(self) -> float:
        """Chance of what lies beyond the cut."""
        score = self._table.score((math.log(self.horizon) - self.middle) / self.scale)
        return float(np.exp(log_ndtr(-score)))

    @property
    def _table(self) -> StudentTable:
        return student_table(self.freedom)

    def from_normal(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Value at the normal score z."""
        logs = self.middle + self.scale * self._table.value(z)
        return np.asarray(np.exp(np.minimum(logs, math.log(self.horizon))))

    def score(self, x: ArrayLike) -> NDArray[np.float64]:
        """Give ndtri(CDF(x)): infinite from the cut on."""
        given = np.asarray(x, dtype=np.float64)
        with np.errstate(divide="ignore"):
            t = (np.log(np.maximum(given, 0.0)) - self.middle) / self.scale
        inside = np.where(given > 0.0, self._table.score(t), -np.inf)
        return np.where(given >= self.horizon, np.inf, inside)
