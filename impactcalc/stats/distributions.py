"""Distributions as maps from the normal score z to a value, all increasing in z.

A draw is ``from_normal(z)`` with z standard normal: inverse CDF sampling, so common random numbers
survive every edit, and a Gaussian copula has z already. ``score(x)`` is the inverse,
``ndtri(CDF(x))``: it turns what is known about a duration into evidence about z.

Sources: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions (lognormal,
logit-normal, triangular); Malcolm et al. (1959) for PERT: Beta(1 + 4 (m-a)/(b-a),
1 + 4 (b-m)/(b-a)) on [a, b].
"""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Protocol

import numpy as np

from impactcalc.named import NamedTuple
from impactcalc.stats.normal import ndtr, ndtri

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Z90 = 1.2815515655446004  # ndtri(0.90)
Z95 = 1.6448536269514722  # ndtri(0.95)
Z75 = 0.6744897501960817  # ndtri(0.75)
_KNOTS = 4096
_REACH = 6.5  # of the table over z
_HALF = 0.5


class Distribution(Protocol):
    """What the engine asks of a distribution."""

    @property
    def log_sd(self) -> float:
        """Standard deviation of the logarithm; 0 for a bounded or constant law."""
        ...

    @property
    def maximum(self) -> float:
        """Upper end of the support."""
        ...

    def from_normal(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Value at the normal score z, any shape."""
        ...

    def score(self, x: ArrayLike) -> NDArray[np.float64]:
        """Give ndtri(CDF(x)) of the value x: infinite outside the support."""
        ...


class Constant(NamedTuple):
    """One value.

    Examples
    --------
    >>> Constant(2.0).from_normal(np.zeros(2)).tolist()
    [2.0, 2.0]
    """

    value: float
    log_sd: float = 0.0

    @property
    def maximum(self) -> float:
        """The value."""
        return self.value

    def from_normal(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give the value for every z."""
        return np.full(np.shape(z), self.value)

    def score(self, x: ArrayLike) -> NDArray[np.float64]:
        """Minus infinity below the value, plus infinity from it on: no information about z."""
        return np.where(np.asarray(x, dtype=np.float64) < self.value, -np.inf, np.inf)


class LogNormal(NamedTuple):
    """exp(mu + sigma z).

    Examples
    --------
    >>> law = LogNormal.from_quantiles(24.0, 168.0, Z95)
    >>> round(law.mean, 8), round(math.exp(law.mu), 8)
    (75.63761527, 63.49803147)
    """

    mu: float
    sigma: float

    @classmethod
    def from_quantiles(cls, low: float, high: float, z: float) -> LogNormal:
        """Law with ``low`` and ``high`` at the normal scores -z and z."""
        mu = (math.log(low) + math.log(high)) / 2
        return cls(mu, (math.log(high) - math.log(low)) / (2 * z))

    @property
    def log_sd(self) -> float:
        """Sigma."""
        return self.sigma

    @property
    def maximum(self) -> float:
        """Infinity, or the value when sigma is 0."""
        return math.inf if self.sigma else math.exp(self.mu)

    @property
    def mean(self) -> float:
        """exp(mu + sigma^2 / 2)."""
        return math.exp(self.mu + self.sigma**2 / 2)

    def from_normal(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """exp(mu + sigma z): exact in both tails."""
        value: NDArray[np.float64] = np.exp(self.mu + self.sigma * z)
        return value

    def score(self, x: ArrayLike) -> NDArray[np.float64]:
        """(ln x - mu) / sigma."""
        given = np.asarray(x, dtype=np.float64)
        if not self.sigma:
            return Constant(math.exp(self.mu)).score(given)
        with np.errstate(divide="ignore"):
            value: NDArray[np.float64] = (np.log(np.maximum(given, 0.0)) - self.mu) / self.sigma
        return value


class LogitNormal(NamedTuple):
    """1 / (1 + exp(-(mu + sigma z))): a share in (0, 1)."""

    mu: float
    sigma: float
    log_sd: float = 0.0
    maximum: float = 1.0

    @classmethod
    def from_quantiles(cls, low: float, high: float, z: float) -> LogitNormal:
        """Law with the shares ``low`` and ``high`` at the normal scores -z and z.

        Examples
        --------
        >>> law = LogitNormal.from_quantiles(0.25, 0.6, Z95)
        >>> [round(float(x), 12) for x in law.from_normal(np.array([-Z95, Z95]))]
        [0.25, 0.6]
        """
        a, b = math.log(low / (1 - low)), math.log(high / (1 - high))
        return cls((a + b) / 2, (b - a) / (2 * z))

    def from_normal(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Logistic function of mu + sigma z."""
        return np.asarray(1.0 / (1.0 + np.exp(-(self.mu + self.sigma * z))))

    def score(self, x: ArrayLike) -> NDArray[np.float64]:
        """(logit x - mu) / sigma."""
        given = np.asarray(x, dtype=np.float64)
        return np.asarray((np.log(given) - np.log1p(-given) - self.mu) / self.sigma)


class Normal(NamedTuple):
    """mu + sigma z, kept inside [low, high] (no negative time, no share above 1)."""

    mu: float
    sigma: float
    low: float = 0.0
    high: float = math.inf
    log_sd: float = 0.0

    @property
    def maximum(self) -> float:
        """Upper end of the support."""
        return self.high

    def from_normal(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mu + sigma z, clipped."""
        return np.clip(self.mu + self.sigma * z, self.low, self.high)

    def score(self, x: ArrayLike) -> NDArray[np.float64]:
        """(x - mu) / sigma."""
        given = np.asarray(x, dtype=np.float64)
        return np.where(given < self.low, -np.inf, (given - self.mu) / self.sigma)


class Uniform(NamedTuple):
    """Uniform on [low, high].

    Examples
    --------
    >>> float(Uniform(1.0, 3.0).from_normal(np.zeros(1))[0]), float(Uniform(1.0, 3.0).score(2.0))
    (2.0, 0.0)
    """

    low: float
    high: float
    log_sd: float = 0.0

    @property
    def maximum(self) -> float:
        """Upper end of the support."""
        return self.high

    def from_normal(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Low + (high - low) ndtr(z)."""
        return self.low + (self.high - self.low) * ndtr(z)

    def score(self, x: ArrayLike) -> NDArray[np.float64]:
        """Give ndtri of the share of the way from low to high."""
        share = (np.asarray(x, dtype=np.float64) - self.low) / (self.high - self.low)
        return ndtri(np.clip(share, 0.0, 1.0))


class Tabulated(NamedTuple):
    """A bounded law by a table of its quantiles over z (4,097 equal steps on [-6.5, 6.5]).

    Linear between the knots: error about 2e-7 of the range.
    """

    table: NDArray[np.float64]
    minimum: float
    maximum: float
    log_sd: float = 0.0

    def from_normal(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Read the table at z; beyond 6.5 its end."""
        place = np.clip((z + _REACH) * (_KNOTS / (2 * _REACH)), 0.0, _KNOTS - 1e-9)
        index = place.astype(np.intp)
        low = self.table[index]
        return np.asarray(low + (self.table[index + 1] - low) * (place - index))

    def score(self, x: ArrayLike) -> NDArray[np.float64]:
        """Read the table backwards; infinite outside the support."""
        given = np.asarray(x, dtype=np.float64)
        grid = np.linspace(-_REACH, _REACH, _KNOTS + 1)
        return np.asarray(
            np.where(
                given <= self.minimum,
                -np.inf,
                np.where(given >= self.maximum, np.inf, np.interp(given, self.table, grid)),
            )
        )


@functools.cache
def triangular(low: float, mode: float, high: float) -> Tabulated:
    """Triangular law on [low, high] with its mode.

    Examples
    --------
    >>> law = triangular(0.0, 1.0, 4.0)
    >>> round(float(law.from_normal(ndtri(np.array([0.25])))[0]), 4)
    1.0
    """
    u = ndtr(np.linspace(-_REACH, _REACH, _KNOTS + 1))
    peak = (mode - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - u) * (high - low) * (high - mode))
    return Tabulated(np.where(u < peak, rising, falling), low, high)


_GAUSS_X = (-0.8611363115940526, -0.3399810435848563, 0.3399810435848563, 0.8611363115940526)
_GAUSS_W = (0.3478548451374538, 0.6521451548625461, 0.6521451548625461, 0.3478548451374538)


@functools.cache
def pert(low: float, mode: float, high: float) -> Tabulated:
    """PERT law: Beta(1 + 4 (m-a)/(b-a), 1 + 4 (b-m)/(b-a)) on [a, b].

    The CDF is integrated over 4,096 cosine-spaced cells by four-point Gauss rules, then turned
    into quantiles at equal steps of z.

    Examples
    --------
    >>> law = pert(4.0, 10.0, 24.0)
    >>> [round(float(x), 5) for x in law.from_normal(ndtri(np.array([0.05, 0.5, 0.95])))]
    [5.91409, 11.01999, 17.83102]
    """
    a = 4.0 * (mode - low) / (high - low)
    b = 4.0 * (high - mode) / (high - low)
    edges = np.linspace(0.0, math.pi, _KNOTS + 1)
    half = edges[1] / 2
    middle = edges[:-1] + half
    mass = np.zeros(_KNOTS)
    for x, w in zip(_GAUSS_X, _GAUSS_W, strict=True):
        angle = middle + half * x
        s = np.sin(angle / 2) ** 2
        c = np.cos(angle / 2) ** 2
        mass += w * s**a * c**b * np.sin(angle)
    upper = np.cumsum(mass[::-1])[::-1]
    total = upper[0]
    below = np.concatenate(([0.0], np.cumsum(mass))) / total
    above = np.concatenate((upper, [0.0])) / total
    # the score of each knot from its nearer end, so that both tails keep their digits
    z = np.where(below < _HALF, ndtri(below), -ndtri(np.minimum(above, 1.0)))
    z[0], z[-1] = -40.0, 40.0
    knots = low + (high - low) * np.sin(edges / 2) ** 2
    grid = np.linspace(-_REACH, _REACH, _KNOTS + 1)
    return Tabulated(np.interp(grid, z, knots), low, high)
