"""Scores of forecasts against what happened: CRPS, pinball, Brier, coverage, PIT, their bands.

All are vectorised over forecasts. The CRPS of a forecast F and an outcome y is the integral of
``(F(x) - 1{x >= y})^2``, in the unit of y; smaller is better, for a point forecast it is the
absolute error.

Sources: Gneiting and Raftery (2007) for scores; Gneiting, Balabdaoui and Raftery (2007) for
"sharpness subject to calibration"; Baran and Lerch (2015) for the lognormal's CRPS; Marsaglia,
Tsang and Wang (2003) and Vrbik (2018) for the distribution of Kolmogorov's statistic.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.named import NamedTuple
from impactcalc.stats.normal import ndtr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

_SERIES = 101  # terms of Kolmogorov's series; odd, so that it ends from above
_SMALL_KS = 0.2  # below it the probability of a larger statistic is 1 to 1e-12
_SQRT_HALF = math.sqrt(0.5)
_INV_SQRT_PI = 1.0 / math.sqrt(math.pi)


class Band(NamedTuple):
    """Ends of a share's interval, both inside."""

    low: float
    high: float

    def holds(self, share: float) -> bool:
        """Whether a share lies in it."""
        return self.low <= share <= self.high


def _numbers(given: ArrayLike) -> Array:
    return np.asarray(given, dtype=np.float64)


def crps_sample(values: ArrayLike, actual: ArrayLike) -> Array:
    """CRPS of samples, exact for their step functions.

    Parameters
    ----------
    values
        Shape (..., m): equally likely values, in any order.
    actual
        Shape (...): what happened.

    Returns
    -------
    Array of shape (...): mean |x - y| - sum (2i - m - 1) x_(i) / m^2 over the sorted sample.

    Examples
    --------
    >>> crps_sample([[1.0, 3.0]], [2.0]).tolist()
    [0.5]
    """
    ordered = np.sort(_numbers(values), axis=-1)
    size = ordered.shape[-1]
    distance = np.abs(ordered - _numbers(actual)[..., np.newaxis])
    weights = 2.0 * np.arange(1, size + 1) - size - 1.0
    return np.asarray(distance.mean(axis=-1) - ordered @ weights / size**2)


def crps_quantiles(quantiles: ArrayLike, actual: ArrayLike) -> Array:
    """CRPS of laws by their quantiles at the levels (i - 1/2) / m, i = 1 .. m.

    Twice the mean pinball loss over the levels (midpoint rule): for a smooth law the error falls
    as 1/m^2, where that of `crps_sample` falls as 1/m.

    Parameters
    ----------
    quantiles
        Shape (..., m), rising.
    actual
        Shape (...).
    """
    known = _numbers(quantiles)
    size = known.shape[-1]
    levels = (np.arange(size) + 0.5) / size
    above = known - _numbers(actual)[..., np.newaxis]
    return np.asarray(2.0 * (above * ((above > 0) - levels)).mean(axis=-1))


def crps_normal(mean: ArrayLike, sd: ArrayLike, actual: ArrayLike) -> Array:
    """CRPS of the normal law: sd (z (2 Phi(z) - 1) + 2 phi(z) - 1/sqrt(pi)).

    Examples
    --------
    >>> round(float(crps_normal(0.0, 1.0, 0.0)), 6)
    0.233695
    """
    spread = _numbers(sd)
    z = (_numbers(actual) - _numbers(mean)) / spread
    density = np.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    return np.asarray(spread * (z * (2.0 * ndtr(z) - 1.0) + 2.0 * density - _INV_SQRT_PI))


def crps_lognormal(mu: ArrayLike, sigma: ArrayLike, actual: ArrayLike) -> Array:
    """CRPS of exp(mu + sigma z) at outcomes above 0.

    ``y (2 Phi(w) - 1) - 2 exp(mu + sigma^2/2) (Phi(w - sigma) + Phi(sigma/sqrt 2) - 1)`` with
    w = (ln y - mu) / sigma.
    """
    y = _numbers(actual)
    spread = _numbers(sigma)
    w = (np.log(y) - _numbers(mu)) / spread
    mean = np.exp(_numbers(mu) + spread * spread / 2.0)
    part = ndtr(w - spread) + ndtr(spread * _SQRT_HALF) - 1.0
    return np.asarray(y * (2.0 * ndtr(w) - 1.0) - 2.0 * mean * part)


def crps_exponential(mean: ArrayLike, actual: ArrayLike) -> Array:
    """CRPS of the exponential law at outcomes of 0 or more: y - 2 m F(y) + m/2.

    Examples
    --------
    >>> round(float(crps_exponential(2.0, 0.0)), 12)
    1.0
    """
    m, y = _numbers(mean), _numbers(actual)
    return np.asarray(y + 2.0 * m * np.expm1(-y / m) + m / 2.0)


def pinball(quantile: ArrayLike, level: float, actual: ArrayLike) -> Array:
    """Pinball loss of a quantile at ``level`` in (0, 1): smallest in the mean for the true one.

    Examples
    --------
    >>> pinball(2.0, 0.9, [1.0, 3.0]).round(12).tolist()
    [0.1, 0.9]
    """
    short = _numbers(actual) - _numbers(quantile)
    return np.maximum(level * short, (level - 1.0) * short)


def brier(probability: ArrayLike, happened: ArrayLike) -> float:
    """Mean squared distance of probabilities from what happened (0 or 1).

    Examples
    --------
    >>> brier([0.5, 1.0], [True, True])
    0.125
    """
    told = _numbers(probability)
    return float(np.mean((told - _numbers(happened)) ** 2))


def coverage(low: ArrayLike, high: ArrayLike, actual: ArrayLike) -> float:
    """Share of the outcomes inside their intervals, ends included."""
    y = _numbers(actual)
    return float(np.mean(np.less_equal(low, y) & np.less_equal(y, high)))


def covered_by_pit(pit: ArrayLike, level: float) -> float:
    """Share of the outcomes inside their central intervals of ``level``, from their PIT.

    Examples
    --------
    >>> covered_by_pit([0.05, 0.1, 0.5, 0.95], 0.8)
    0.5
    """
    distance = np.abs(_numbers(pit) - 0.5)
    return float(np.mean(distance <= level / 2.0 + 1e-12))  # its ends are inside


def pit_sample(values: ArrayLike, actual: ArrayLike) -> Array:
    """Probability integral transform of outcomes under samples of shape (..., m).

    Equal values count half, and half a value is added at either end, so that the transform of a
    value drawn like the sample is uniform in the mean and never 0 or 1.

    Examples
    --------
    >>> pit_sample([[1.0, 2.0, 3.0]], [2.5]).tolist()
    [0.625]
    """
    known = _numbers(values)
    y = _numbers(actual)[..., np.newaxis]
    rank = (known < y).sum(axis=-1) + 0.5 * (known == y).sum(axis=-1)
    return np.asarray((rank + 0.5) / (known.shape[-1] + 1.0))


def ks_statistic(pit: ArrayLike) -> float:
    """Kolmogorov's statistic against the uniform law: the largest distance of the two.

    Examples
    --------
    >>> ks_statistic([0.5])
    0.5
    """
    ordered = np.sort(_numbers(pit))
    steps = np.arange(ordered.size + 1) / ordered.size
    return float(max((steps[1:] - ordered).max(), (ordered - steps[:-1]).max()))


def ks_p(pit: ArrayLike) -> float:
    """P value of Kolmogorov's test of uniformity, two-sided; nan for an empty sample.

    Kolmogorov's series at ``x + 1/(6 sqrt n) + (x - 1)/(4 n)``, x = sqrt(n) D (Vrbik 2018): within
    0.003 of the exact value from n = 10 on.
    """
    sample = _numbers(pit)
    if not sample.size:
        return math.nan
    root = math.sqrt(sample.size)
    x = root * ks_statistic(sample)
    x += 1.0 / (6.0 * root) + (x - 1.0) / (4.0 * sample.size)
    if x < _SMALL_KS:
        return 1.0
    k = np.arange(1, _SERIES + 1)
    terms = np.where(k % 2, 2.0, -2.0) * np.exp(-2.0 * (k * x) ** 2)
    return float(min(max(terms.sum(), 0.0), 1.0))


def binomial_band(number: int, share: float, level: float = 0.95) -> Band:
    """Central interval of the observed share of ``number`` trials that succeed with ``share``.

    Parameters
    ----------
    number
        Trials, at least 1.
    share
        True chance in (0, 1).
    level
        Chance that the observed share lies inside, at least.

    Returns
    -------
    Band
        The binomial quantiles at (1 - level)/2 and (1 + level)/2, over ``number``.

    Examples
    --------
    >>> binomial_band(100, 0.8)
    Band(low=0.72, high=0.88)
    """
    k = np.arange(number + 1)
    logs = np.cumsum(np.log(np.arange(1, number + 1)))
    factorial = np.concatenate(([0.0], logs))
    log = factorial[-1] - factorial - factorial[::-1]
    log = log + k * math.log(share) + (number - k) * math.log1p(-share)
    below = np.cumsum(np.exp(log))
    low, high = np.searchsorted(below, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return Band(float(low) / number, float(min(high, number)) / number)
