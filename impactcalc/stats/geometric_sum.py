"""The sum of a geometric number of independent terms, by one uniform draw.

Tries that fail are made again: the time that they add is X_1 + ... + X_N with P(N >= n) = f^n up to
a cap. One draw for the whole sum, by its inverse CDF, keeps the common random numbers monotone and
leaves the even points of one column to what would take a column a try.

With G_n(x) the chance that at most n more terms come to more than x,

    G_0 = 0,    G_{n+1}(x) = f (P(X > x) + integral over X <= x of G_n(x - X) dP(X)),

the renewal equation cut at the cap. The integral is a Gauss-Legendre rule in the normal score of X,
its nodes crowded towards X = x, where a heavy tail has its one long term.

Source: Feller, An Introduction to Probability Theory and Its Applications II, chapter XI.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.stats.distributions import Constant
from impactcalc.stats.normal import ndtr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from impactcalc.stats.distributions import Distribution

    Array = NDArray[np.float64]

_REACH = 7.5  # scores of the grid; a term beyond has chance 3e-14
_KNOTS = 4096
_STEP = 8  # knots of the table to one of the equation
_SHARP = 1e-3
_CELLS = 1024
_NODES = 40
_LONGEST = 1e9
_NEGLIGIBLE = 1e-9
_ROOT_TWO_PI = 2.5066282746310002


class GeometricSum:
    """The sum of N independent terms, N geometric: P(N >= n) = fails^n for n <= most.

    Parameters
    ----------
    law
        Law of one term, >= 0.
    fails
        Chance of a further term, in (0, 1].
    most
        Largest number of terms, >= 1.

    Raises
    ------
    ValueError
        When ``fails`` is not in (0, 1], or ``most`` is below 1.

    Examples
    --------
    >>> from impactcalc.stats.distributions import Uniform
    >>> total = GeometricSum(Uniform(0.0, 1.0), 0.5, 2)
    >>> total.values(np.array([0.7])).tolist()
    [0.0]
    >>> np.round(total.exceedance([0.5, 1.5]), 3).tolist()  # of one or two terms
    [0.344, 0.031]
    """

    def __init__(self, law: Distribution, fails: float, most: int) -> None:
        if not 0 < fails <= 1:
            raise ValueError(f"chance of a further term is {fails}; above 0, at most 1 is wanted")
        if most < 1:
            raise ValueError(f"most is {most}; at least 1 term is wanted")
        self._fails, self._most = fails, most
        self._each = law.value if isinstance(law, Constant) else None
        if self._each is None:
            of = _on_a_lattice if _ends_sharply(law) else _by_renewal
            self._x, self._above = of(law, fails, most)

    def values(self, u: Array) -> Array:
        """Sum at the uniform draws ``u``, any shape: 0 where u >= fails, larger as u falls."""
        added = np.zeros(np.shape(u))
        some = u < self._fails
        if self._each is not None:
            for count in range(1, self._most + 1):
                added[u < self._fails**count] = count * self._each
        elif some.any():
            # the table falls with x; np.interp wants rising abscissae
            added[some] = np.interp(u[some], self._above[::-1], self._x[::-1])
        return added

    def exceedance(self, x: ArrayLike) -> Array:
        """P(sum > x), x >= 0; the share ``fails`` at 0 for a term that is never 0."""
        given = np.asarray(x, dtype=np.float64)
        if self._each is not None:
            count = np.floor(given / self._each) + 1
            return np.where(count <= self._most, self._fails**count, 0.0)
        return np.interp(given, self._x, self._above)


def _by_renewal(law: Distribution, fails: float, most: int) -> tuple[Array, Array]:
    """Knots of x and P(sum > x) there, from fails at the smallest term down to about 0."""
    fine = np.linspace(-_REACH, _REACH, _KNOTS + 1)
    # sums beyond a few terms are rare: what matters is that the grid reaches them
    knots = np.minimum(law.from_normal(fine), _LONGEST) * (1.0 + (most - 1.0) * ndtr(fine))
    x = knots[::_STEP]
    reached = law.score(x)
    one = ndtr(-reached)
    rest, mass = _terms_below(law, x, reached)
    above = fails * one
    table = _finer(above, fails)
    for count in range(2, most + 1):
        if fails**count < _NEGLIGIBLE:
            break
        inner = np.interp(rest, knots, table, left=fails)
        above = fails * (one + np.einsum("ik,ik->i", mass, inner))
        table = _finer(above, fails)
    return knots, table


def _finer(coarse: Array, first: float) -> Array:
    """Cubic between equally spaced knots (four-point Lagrange), never rising."""
    padded = np.concatenate(([first], coarse, [0.0]))
    part = (np.arange(_STEP) / _STEP)[:, np.newaxis]
    weights = (
        -part * (part - 1) * (part - 2) / 6,
        (part + 1) * (part - 1) * (part - 2) / 2,
        -(part + 1) * part * (part - 2) / 2,
        (part + 1) * part * (part - 1) / 6,
    )
    size = coarse.size - 1
    between = sum(w * padded[k : k + size] for k, w in enumerate(weights))
    fine = np.append(np.asarray(between).T.ravel(), coarse[-1])
    return np.asarray(np.minimum.accumulate(np.clip(fine, 0.0, first)))


def _terms_below(law: Distribution, x: Array, reached: Array) -> tuple[Array, Array]:
    """Give what a first term leaves of each x, and its chance, each of shape (n_x, n_nodes)."""
    node, weight = _rule()
    top = np.clip(reached, -_REACH, _REACH)
    length = top + _REACH
    score = top[:, np.newaxis] - length[:, np.newaxis] * node**2
    mass = np.exp(-0.5 * score * score) / _ROOT_TWO_PI
    mass *= length[:, np.newaxis] * (2.0 * node * weight)
    first = np.minimum(law.from_normal(score), _LONGEST)
    return np.maximum(x[:, np.newaxis] - first, 0.0), mass


@functools.cache
def _rule() -> tuple[Array, Array]:
    """Gauss-Legendre nodes and weights on (0, 1)."""
    index = np.arange(1, _NODES + 1)
    node = np.cos(np.pi * (index - 0.25) / (_NODES + 0.5))
    slope = node
    for _ in range(6):  # Newton's steps from a guess good to 1e-4
        before, here = np.ones(_NODES), node
        for degree in range(2, _NODES + 1):
            before, here = here, ((2 * degree - 1) * node * here - (degree - 1) * before) / degree
        slope = _NODES * (node * here - before) / (node * node - 1)
        node = node - here / slope
    return (1 + node) / 2, 1 / ((1 - node * node) * slope * slope)


def _ends_sharply(law: Distribution) -> bool:
    """Whether the density stops at the maximum: sums then have corners that no cubic follows."""
    return bool(ndtr(-law.score(0.99 * law.maximum)) > _SHARP) if law.maximum < _LONGEST else False


def _on_a_lattice(law: Distribution, fails: float, most: int) -> tuple[Array, Array]:
    """Knots and P(sum > x) of a bounded law by convolution of its mass at equal steps."""
    step = law.maximum / _CELLS
    edges = (np.arange(_CELLS + 2) - 0.5) * step
    one = np.diff(ndtr(law.score(np.clip(edges, 0.0, None))), prepend=0.0)[1:]
    one[0] += float(ndtr(law.score(0.0)))
    mass = fails * one
    for count in range(2, most + 1):
        if fails**count < _NEGLIGIBLE:
            break
        mass[0] += 1.0 - fails
        mass = fails * np.convolve(one, mass)
    above = np.cumsum(mass[::-1])[::-1]
    least = float(law.from_normal(np.full(1, -_REACH))[0])
    knots = np.maximum(np.arange(mass.size) * step, least)
    return knots, np.minimum.accumulate(np.minimum(above - mass / 2, fails))
