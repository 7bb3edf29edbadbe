"""Lognormal fits to durations, some of which are still running, with or without a prior.

A duration that is still running is right-censored: it is longer than it has lasted so far. Leaving
such rows out, or counting them as ended, makes the fit too short.

Many fits are made at once: a fit is a row of a matrix. In Olsen's coordinates a = mu/sigma,
b = 1/sigma the logarithm of the likelihood is concave, so Newton's method finds its one maximum.

Sources: Olsen (1978), Note on the uniqueness of the maximum likelihood estimator for the Tobit
model, for the coordinates; Gelman et al., Bayesian Data Analysis, section 3.3, for the update of
a normal-inverse-gamma prior, whose marginal is Student's t.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.named import NamedTuple
from impactcalc.stats.normal import log_ndtr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

PRIOR_WEIGHT = 5.0
"""Ended incidents that a prior counts for (MODEL.md section 2) [A]."""

_LEAST_SD = 1e-6
_MOST_STEPS = 200
_PRECISION = 1e-12
_LOG_SQRT_TAU = 0.5 * math.log(2.0 * math.pi)


class Prior(NamedTuple):
    """What is known of log durations before any of them: mean, sd and the rows that it counts for.

    The pair (mean, variance) has a normal-inverse-gamma law with kappa = nu = ``weight``.
    """

    mu: float
    sigma: float
    weight: float = PRIOR_WEIGHT


class LogFit(NamedTuple):
    """Fits of log durations, one a row.

    Parameters
    ----------
    mu, sigma
        Shape (rows,): the most likely values, of the posterior where there is a prior.
    ended
        Shape (rows,): how many durations of the row have ended.
    prior
        What was known before; None: nothing.
    """

    mu: Array
    sigma: Array
    ended: NDArray[np.intp]
    prior: Prior | None

    def predictive(self) -> StudentFit:
        """Forecast of the next log duration: Student's t.

        With a prior of weight w: k = nu = w + n, scale s sqrt(1 + 1/k); without: k = n,
        nu = n - 1 and s^2 with the divisor n - 1. n counts the durations that have ended: one
        that runs on moves the fit, but adds no degree of freedom.

        Raises
        ------
        ValueError
            Without a prior when a row has fewer than two ended durations.
        """
        n = self.ended.astype(np.float64)
        if self.prior is not None:
            k = nu = self.prior.weight + n
            spread = self.sigma
        else:
            if n.size and n.min() < 2:  # noqa: PLR2004 - a spread takes two
                raise ValueError("a spread takes two ended durations; give a prior")
            k, nu = n, n - 1.0
            spread = self.sigma * np.sqrt(n / nu)
        return StudentFit(self.mu, spread * np.sqrt(1.0 + 1.0 / k), nu)


class StudentFit(NamedTuple):
    """Student's t for log durations, one a row: middle, scale, degrees of freedom."""

    middle: Array
    scale: Array
    freedom: Array


class _Sums(NamedTuple):
    """What the ended durations and the prior tell, about the centre of each row."""

    weight: Array
    first: Array
    second: Array


def fit_lognormal(
    logs: ArrayLike, ended: ArrayLike, prior: Prior | None = None, used: ArrayLike | None = None
) -> LogFit:
    """Fit lognormal laws to durations, some of which are still running.

    Without running durations and with a prior (mu0, sd0) of weight w this is the closed form
    m = (w mu0 + n ybar)/k, nu s^2 = w sd0^2 + sum (y - ybar)^2 + (w n/k)(ybar - mu0)^2 with
    k = nu = w + n; a running one multiplies the likelihood by its chance to last so long.

    Parameters
    ----------
    logs
        Shape (n,) or (rows, n): logarithms of durations, or of what has been seen of them.
    ended
        The same shape: whether it has ended.
    prior
        What is known before; None: maximum likelihood.
    used
        The same shape: False leaves a value out; None: all are used.

    Raises
    ------
    ValueError
        Without a prior when nothing has ended in a row.

    Examples
    --------
    >>> fit = fit_lognormal(np.log([1.0, 2.0, 4.0]), [True, True, True])
    >>> np.exp(fit.mu).round(12).tolist(), fit.sigma.round(4).tolist()
    ([2.0], [0.566])
    """
    values = np.atleast_2d(np.asarray(logs, dtype=np.float64))
    over = np.atleast_2d(np.asarray(ended, dtype=bool))
    taken = np.ones(values.shape, dtype=bool) if used is None else np.atleast_2d(np.asarray(used))
    number = np.count_nonzero(over & taken, axis=1)
    if prior is None and not number.all():
        raise ValueError("nothing has ended; a fit takes an ended duration or a prior")
    centre, sums = _sums(values, over & taken, prior)
    running = _packed(values - centre[:, np.newaxis], taken & ~over)
    mu = sums.first / sums.weight
    sigma = np.sqrt(sums.second / sums.weight - mu * mu)
    rows = np.flatnonzero(np.isfinite(running).any(axis=1))
    if rows.size:
        part = _Sums(*(each[rows] for each in sums))
        mu[rows], sigma[rows] = _newton(part, running[rows], mu[rows], sigma[rows])
    return LogFit(centre + mu, sigma, number, prior)


def _sums(values: Array, over: NDArray[np.bool_], prior: Prior | None) -> tuple[Array, _Sums]:
    """Add up the ended durations and the prior's pseudo-observations, about their mean."""
    weight, mu, sd = (0.0, 0.0, 0.0) if prior is None else (prior.weight, prior.mu, prior.sigma)
    total = over.sum(axis=1) + weight
    centre = (np.where(over, values, 0.0).sum(axis=1) + weight * mu) / total
    apart = np.where(over, values - centre[:, np.newaxis], 0.0)
    second = (apart**2).sum(axis=1) + weight * (sd**2 + (mu - centre) ** 2)
    # equal durations have no spread: a point would be infinitely likely
    second = np.maximum(second, total * _LEAST_SD**2)
    return centre, _Sums(total, np.zeros_like(total), second)


def _packed(values: Array, running: NDArray[np.bool_]) -> Array:
    """Put each row's running durations side by side; minus infinity where a row has fewer."""
    most = int(np.count_nonzero(running, axis=1).max(initial=0))
    order = np.argsort(~running, axis=1, kind="stable")[:, :most]
    chosen = np.take_along_axis(values, order, axis=1)
    return np.where(np.take_along_axis(running, order, axis=1), chosen, -np.inf)


def _newton(sums: _Sums, running: Array, mu: Array, sigma: Array) -> tuple[Array, Array]:
    """Maximise each row's likelihood in a = mu/sigma and b = 1/sigma."""
    a, b = mu / sigma, 1.0 / sigma
    there = np.isfinite(running)
    c = np.where(there, running, 0.0)
    for _ in range(_MOST_STEPS):
        q = a[:, np.newaxis] - b[:, np.newaxis] * c
        # phi/Phi in logs, its slope: what a running duration adds
        ratio = np.where(there, np.exp(-0.5 * q * q - _LOG_SQRT_TAU - log_ndtr(q)), 0.0)
        bend = -ratio * (q + ratio)
        slope_a = b * sums.first - a * sums.weight + ratio.sum(axis=1)
        slope_b = sums.weight / b - b * sums.second + a * sums.first - (c * ratio).sum(axis=1)
        aa = -sums.weight + bend.sum(axis=1)
        ab = sums.first - (c * bend).sum(axis=1)
        bb = -sums.weight / b**2 - sums.second + (c * c * bend).sum(axis=1)
        scale = aa * bb - ab * ab
        step_a, step_b = (
            (ab * slope_b - bb * slope_a) / scale,
            (ab * slope_a - aa * slope_b) / scale,
        )
        # far from the maximum a whole step may leave b > 0: at most half of b, or twice
        damp = np.minimum(1.0, 0.5 * b / np.maximum(np.abs(step_b), 1e-300))
        a, b = a + damp * step_a, b + damp * step_b
        if np.all(np.abs(step_b) <= _PRECISION * b) and np.all(
            np.abs(step_a) <= _PRECISION * (1.0 + np.abs(a))
        ):
            break
    return a / b, 1.0 / b
