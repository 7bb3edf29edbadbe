"""Summaries: from arrays of trials to the figures of the result, each with its error."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.result import MonteCarloError, Probability, Summary
from impactcalc.stats.risk import figures, standard_error

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def summary(sample: Array, factor: float = 1.0, *, tail: bool = True) -> Summary:
    """Summary of a sample of shape (16, n).

    Parameters
    ----------
    sample
        Trials, finite.
    factor
        Widening of the half-width of mean and expected shortfall for heavy durations.
    tail
        False for availability, whose expected shortfall is null.
    """
    found = figures(sample)
    q = found.quantiles
    errors = found.errors
    return Summary(
        mean=found.mean,
        sd=found.sd,
        p5=q[5],
        p10=q[10],
        p25=q[25],
        p50=q[50],
        p75=q[75],
        p90=q[90],
        p95=q[95],
        p99=q[99],
        expected_shortfall_95=found.expected_shortfall_95 if tail else None,
        mc_error=MonteCarloError(
            mean=errors["mean"],
            p5=errors["p5"],
            p50=errors["p50"],
            p95=errors["p95"],
            expected_shortfall_95=errors["expected_shortfall_95"] if tail else None,
        ),
        half_width_factor=factor,
    )


def probability(hits: NDArray[np.bool_]) -> Probability:
    """Probability of an event from its occurrence by trial, shape (16, n)."""
    by_replicate = hits.mean(axis=1)
    return Probability(float(by_replicate.mean()), standard_error(by_replicate))


def median_or_none(moments: Array) -> float | None:
    """Median moment over trials; None when fewer than half of them ever get there."""
    flat = moments.ravel()
    reached = flat[np.isfinite(flat)]
    if 2 * reached.size < flat.size:
        return None
    kth = max(0, -(-flat.size // 2) - 1)
    value = float(np.partition(np.where(np.isfinite(flat), flat, np.inf), kth)[kth])
    return value if math.isfinite(value) else None


def half_width_factor(largest_log_sd: float) -> float:
    """Factor f = max(1, 0.9 x the largest log-sd of the open durations) (DESIGN.md section 5).

    Examples
    --------
    >>> half_width_factor(0.5), half_width_factor(2.0)
    (1.0, 1.8)
    """
    return max(1.0, 0.9 * largest_log_sd)
