"""The standard normal distribution: quantile and distribution function, tails included.

``ndtri`` is Wichura's algorithm AS 241 (PPND16, Applied Statistics 37, 1988): relative error about
1e-16. ``ndtr`` is Cody's rational approximation of erfc (Math. Comp. 23, 1969): relative error
about 1e-15 down to z = -37.5. ``upper_tail_draw`` stays exact where both would underflow.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

_CENTRAL = 0.425
_FAR = 5.0
_CENTRE_A = (
    3.3871328727963666080e0,
    1.3314166789178437745e2,
    1.9715909503065514427e3,
    1.3731693765509461125e4,
    4.5921953931549871457e4,
    6.7265770927008700853e4,
    3.3430575583588128105e4,
    2.5090809287301226727e3,
)
_CENTRE_B = (
    1.0,
    4.2313330701600911252e1,
    6.8718700749205790830e2,
    5.3941960214247511077e3,
    2.1213794301586595867e4,
    3.9307895800092710610e4,
    2.8729085735721942674e4,
    5.2264952788528545610e3,
)
_NEAR_C = (
    1.42343711074968357734e0,
    4.63033784615654529590e0,
    5.76949722146069140550e0,
    3.64784832476320460504e0,
    1.27045825245236838258e0,
    2.41780725177450611770e-1,
    2.27238449892691845833e-2,
    7.74545014278341407640e-4,
)
_NEAR_D = (
    1.0,
    2.05319162663775882187e0,
    1.67638483018380384940e0,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9,
)
_FAR_E = (
    6.65790464350110377720e0,
    5.46378491116411436990e0,
    1.78482653991729133580e0,
    2.96560571828504891230e-1,
    2.65321895265761230930e-2,
    1.24266094738807843860e-3,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7,
)
_FAR_F = (
    1.0,
    5.99832206555887937690e-1,
    1.36929880922735805310e-1,
    1.48753612908506148525e-2,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15,
)
_ERF_A = (
    1.85777706184603153e-1,
    3.16112374387056560e0,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3,
)
_ERF_B = (
    1.0,
    2.36012909523441209e1,
    2.44024637934444173e2,
    1.28261652607737228e3,
    2.84423683343917062e3,
)
_ERFC_C = (
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594e0,
    6.61191906371416295e1,
    2.98635138197400131e2,
    8.81952221241769090e2,
    1.71204761263407058e3,
    2.05107837782607147e3,
    1.23033935479799725e3,
)
_ERFC_D = (
    1.0,
    1.57449261107098347e1,
    1.17693950891312499e2,
    5.37181101862009858e2,
    1.62138957456669019e3,
    3.29079923573345963e3,
    4.36261909014324716e3,
    3.43936767414372164e3,
    1.23033935480374942e3,
)
_ERFC_P = (
    1.63153871373020978e-2,
    3.05326634961232344e-1,
    3.60344899949804439e-1,
    1.25781726111229246e-1,
    1.60837851487422766e-2,
    6.58749161529837803e-4,
)
_ERFC_Q = (
    1.0,
    2.56852019228982242e0,
    1.87295284992346047e0,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3,
)
_ERF_BELOW, _ERFC_BELOW = 0.46875, 4.0
_SQRT_HALF = math.sqrt(0.5)
_INV_SQRT_PI = 1.0 / math.sqrt(math.pi)
_TAIL = -8.0  # below it the conditional draw works in logs
_SERIES = -20.0  # below it log_ndtr takes its asymptotic series


def _rising(x: NDArray[np.float64], coefficients: Sequence[float]) -> NDArray[np.float64]:
    """Polynomial with coefficients from the lowest power on (Horner, in place)."""
    return _falling(x, coefficients[::-1])


def _falling(x: NDArray[np.float64], coefficients: Sequence[float]) -> NDArray[np.float64]:
    """Polynomial with coefficients from the highest power on (Horner, in place)."""
    value = x * coefficients[0]
    value += coefficients[1]
    for coefficient in coefficients[2:]:
        value *= x
        value += coefficient
    return value


def ndtri(probability: ArrayLike) -> NDArray[np.float64]:
    """Quantile of the standard normal distribution.

    Parameters
    ----------
    probability
        In [0, 1], any shape; 0 and 1 give minus and plus infinity.

    Returns
    -------
    Array of the same shape (AS 241, PPND16).

    Examples
    --------
    >>> round(float(ndtri(0.975)), 12)
    1.95996398454
    """
    p = np.asarray(probability, dtype=np.float64)
    flat = p.ravel()
    q = flat - 0.5
    r = _CENTRAL * _CENTRAL - q * q
    z = q * _rising(r, _CENTRE_A) / _rising(r, _CENTRE_B)
    tail = np.flatnonzero(np.abs(q) > _CENTRAL)
    if tail.size:
        z[tail] = _ndtri_tail(flat[tail], q[tail])
    return z.reshape(p.shape)


def _ndtri_tail(p: NDArray[np.float64], q: NDArray[np.float64]) -> NDArray[np.float64]:
    smaller = np.where(q < 0, p, 1.0 - p)
    with np.errstate(divide="ignore", invalid="ignore"):
        r = np.sqrt(-np.log(smaller))
        near = np.minimum(r, _FAR) - 1.6
        size = _rising(near, _NEAR_C) / _rising(near, _NEAR_D)
        far = np.flatnonzero(r > _FAR)
        if far.size:
            beyond = r[far] - _FAR
            size[far] = _rising(beyond, _FAR_E) / _rising(beyond, _FAR_F)
    size[smaller == 0] = np.inf
    return np.where(q < 0, -size, size)


def ndtr(z: ArrayLike) -> NDArray[np.float64]:
    """Distribution function of the standard normal distribution.

    Parameters
    ----------
    z
        Any shape; infinities give 0 and 1.

    Returns
    -------
    Array of the same shape (Cody 1969); relative error about 1e-15 also in the lower tail.

    Examples
    --------
    >>> float(ndtr(0.0)), round(float(ndtr(-1.959963984540054)), 12)
    (0.5, 0.025)
    """
    given = np.asarray(z, dtype=np.float64)
    x = given.ravel() * _SQRT_HALF
    size = np.abs(x)
    half_erfc = np.empty_like(x)
    small = size <= _ERF_BELOW
    middle = np.flatnonzero(~small & (size <= _ERFC_BELOW))
    large = np.flatnonzero(size > _ERFC_BELOW)
    inner = np.flatnonzero(small)
    if inner.size:
        square = x[inner] ** 2
        erf = x[inner] * _falling(square, _ERF_A) / _falling(square, _ERF_B)
        half_erfc[inner] = 0.5 + 0.5 * erf
    if middle.size:
        y = size[middle]
        tail = 0.5 * _gaussian(y) * _falling(y, _ERFC_C) / _falling(y, _ERFC_D)
        half_erfc[middle] = np.where(x[middle] < 0, tail, 1.0 - tail)
    if large.size:
        y = size[large]
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            inverse = 1.0 / (y * y)
            series = inverse * _falling(inverse, _ERFC_P) / _falling(inverse, _ERFC_Q)
            tail = 0.5 * _gaussian(y) * (_INV_SQRT_PI - series) / y
        tail = np.where(np.isfinite(y), tail, 0.0)
        half_erfc[large] = np.where(x[large] < 0, tail, 1.0 - tail)
    return half_erfc.reshape(given.shape)


def _gaussian(y: NDArray[np.float64]) -> NDArray[np.float64]:
    """exp(-y^2) without the rounding of the square (Cody's split at 1/16)."""
    with np.errstate(invalid="ignore", under="ignore"):
        coarse = np.trunc(y * 16.0) / 16.0
        fine = (y - coarse) * (y + coarse)
        product: NDArray[np.float64] = np.exp(-coarse * coarse) * np.exp(-fine)
    return product


def log_ndtr(z: ArrayLike) -> NDArray[np.float64]:
    """Logarithm of `ndtr`, also where that underflows (asymptotic series below -20).

    Examples
    --------
    >>> round(float(log_ndtr(-40.0)), 4)
    -804.6084
    """
    given = np.asarray(z, dtype=np.float64)
    deep = given < _SERIES
    with np.errstate(divide="ignore"):
        value = np.log(ndtr(np.where(deep, 0.0, given)))
    y = np.where(deep, given, _SERIES)
    inverse = 1.0 / (y * y)
    terms = 1.0 - inverse * (1.0 - 3.0 * inverse * (1.0 - 5.0 * inverse * (1.0 - 7.0 * inverse)))
    far = -0.5 * y * y - np.log(-y * math.sqrt(2.0 * math.pi)) + np.log(terms)
    return np.where(deep, far, value)


def interval_draw(low: ArrayLike, high: ArrayLike, u: ArrayLike) -> NDArray[np.float64]:
    """Draw from the standard normal distribution between two bounds, by inverse CDF.

    ``ndtri(ndtr(low) + u (ndtr(high) - ndtr(low)))``, increasing in ``u``; mirrored where the
    interval lies above 0, so that the far tail keeps its digits, and never outside the bounds.

    Parameters
    ----------
    low, high
        Bounds, ``low <= high``; broadcast with ``u``.
    u
        Uniform draws in (0, 1).

    Examples
    --------
    >>> [round(float(interval_draw(a, b, 0.5)), 6) for a, b in ((-1, 1), (0, np.inf), (9, 10))]
    [0.0, 0.67449, 9.07578]
    """
    below, above, draw = np.broadcast_arrays(
        np.asarray(low, dtype=np.float64),
        np.asarray(high, dtype=np.float64),
        np.asarray(u, dtype=np.float64),
    )
    mirrored = below > 0
    first = np.where(mirrored, -above, below)
    second = np.where(mirrored, -below, above)
    share = np.where(mirrored, 1.0 - draw, draw)
    floor = ndtr(first)
    value = ndtri(np.clip(floor + share * (ndtr(second) - floor), 1e-300, 1.0 - 2.0**-53))
    return np.clip(np.where(mirrored, -value, value), below, above)


def log_interval(low: ArrayLike, high: ArrayLike) -> NDArray[np.float64]:
    """Logarithm of the standard normal probability between two bounds, exact in both tails.

    Examples
    --------
    >>> round(float(log_interval(-1.0, 1.0)), 6), round(float(log_interval(40.0, 41.0)), 3)
    (-0.381715, -804.608)
    """
    below, above = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    mirrored = below > 0
    near = log_ndtr(np.where(mirrored, -below, above))
    far = log_ndtr(np.where(mirrored, -above, below))
    return near + np.log1p(-np.exp(np.minimum(far - near, -1e-300)))


def upper_tail_draw(bound: ArrayLike, u: ArrayLike) -> NDArray[np.float64]:
    """Draw from the standard normal distribution above a bound, by inverse CDF.

    ``-ndtri(ndtr(-bound) (1 - u))``, increasing in ``u``; in logs (Newton on `log_ndtr`) where the
    bound lies above 8, so that nothing underflows.

    Parameters
    ----------
    bound
        Lower bound, minus infinity for none; broadcasts with ``u``.
    u
        Uniform draws in (0, 1).

    Examples
    --------
    >>> abs(round(float(upper_tail_draw(-np.inf, 0.5)), 12)), float(upper_tail_draw(50.0, 0.5)) > 50
    (0.0, True)
    """
    low, draw = np.broadcast_arrays(
        np.asarray(bound, dtype=np.float64), np.asarray(u, dtype=np.float64)
    )
    deep = low > -_TAIL
    if not deep.any():
        return -ndtri(ndtr(-low) * (1.0 - draw))
    value = np.empty(low.shape)
    shallow = ~deep
    value[shallow] = -ndtri(ndtr(-low[shallow]) * (1.0 - draw[shallow]))
    aim = log_ndtr(-low[deep]) + np.log1p(-draw[deep])
    guess = np.sqrt(low[deep] ** 2 - 2.0 * np.log1p(-draw[deep]))
    for _ in range(4):
        # d/dq log Phi(-q) is minus the hazard, for large q: q + 1/q - 2/q^3
        hazard = guess + 1.0 / guess - 2.0 / guess**3
        guess = guess + (log_ndtr(-guess) - aim) / hazard
    value[deep] = np.maximum(guess, low[deep])
    return value
