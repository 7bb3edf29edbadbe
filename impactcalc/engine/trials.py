"""Trials: what the answer asks of a run, whether its trials are kept or only tallied."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.result import MonteCarloError, Probability, Summary
from impactcalc.engine.derived import Derived
from impactcalc.stats.risk import Figures, figures, probability_error

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from impactcalc.engine.model import Model
    from impactcalc.engine.sampling import Sample

    Array = NDArray[np.float64]

HEAVY_LOG_SD = 4.0
"""Log-sd of an open duration from which no mean can be shown: it is e^8 = 3,000 medians, carried by
one trial in 30,000."""
_BOUNDED = ("availability", "credits")


class Trials:
    """A run of a model, asked for summaries and probabilities by name.

    Parameters
    ----------
    model, sample
        The compiled scenario and its run.
    log_sd
        Largest log-sd of the open durations.
    """

    def __init__(self, model: Model, sample: Sample, log_sd: float) -> None:
        self.model, self.sample = model, sample
        self.kept = Derived(model, sample.figures)
        self.factor = half_width_factor(log_sd)
        self.heavy = log_sd >= HEAVY_LOG_SD
        self._done: list[tuple[Array, Figures]] = []

    def summary(self, name: str) -> Summary:
        """Summary of a kept or derived figure."""
        tally = self.sample.tallies.get(name)
        found = self._figures(name) if tally is None else tally.figures()
        what = name.rpartition("/")[2]
        bounded = what in _BOUNDED or name in {"all_fail", "threshold", "proportional"}
        return summary_of(
            found,
            self.factor,
            tail=what != "availability",
            mean=bounded or not self.heavy or not found.sd,
        )

    def _figures(self, name: str) -> Figures:
        """Figures of kept trials; a quantity that equals an earlier one has its figures."""
        values = self.kept.values(name)
        for earlier, found in self._done:
            if earlier[0, 0] == values[0, 0] and np.array_equal(earlier, values):
                return found
        found = figures(values)
        if name in self.sample.figures:  # others would have to be kept for it
            self._done.append((values, found))
        return found

    def probability(self, name: str) -> Probability:
        """Probability of a derived event."""
        count = self.sample.counts.get(name)
        shares = self.kept.event(name).mean(axis=1) if count is None else count.shares()
        return Probability(float(shares.mean()), probability_error(shares, self.sample.trials))


def summary(sample: Array, factor: float = 1.0) -> Summary:
    """Summary of a sample of shape (16, n), finite."""
    return summary_of(figures(sample), factor)


def summary_of(
    found: Figures, factor: float = 1.0, *, tail: bool = True, mean: bool = True
) -> Summary:
    """Summary from figures.

    Parameters
    ----------
    found
        Figures of a sample.
    factor
        Widening of the half-width of mean and expected shortfall for heavy durations.
    tail
        False for availability, whose expected shortfall is null.
    mean
        False where the mean is astronomically heavy: it, the standard deviation and the expected
        shortfall become infinite, which the document writes as null.
    """
    q, errors = found.quantiles, found.errors
    shown = 0.0 if mean else math.inf
    return Summary(
        mean=found.mean + shown,
        sd=found.sd + shown,
        p5=q[5],
        p10=q[10],
        p25=q[25],
        p50=q[50],
        p75=q[75],
        p90=q[90],
        p95=q[95],
        p99=q[99],
        expected_shortfall_95=found.expected_shortfall_95 + shown if tail else None,
        mc_error=MonteCarloError(
            mean=errors["mean"] + shown,
            p5=errors["p5"],
            p50=errors["p50"],
            p95=errors["p95"],
            expected_shortfall_95=errors["expected_shortfall_95"] + shown if tail else None,
        ),
        half_width_factor=factor,
    )


def half_width_factor(largest_log_sd: float) -> float:
    """Factor f = max(1, 0.9 x the largest log-sd of the open durations) (DESIGN.md section 5).

    Examples
    --------
    >>> half_width_factor(0.5), half_width_factor(2.0)
    (1.0, 1.8)
    """
    return max(1.0, 0.9 * largest_log_sd)


def median_or_none(moments: Array) -> float | None:
    """Median moment over trials; None when fewer than half of them ever get there."""
    flat = moments.ravel()
    reached = np.isfinite(flat)
    if 2 * np.count_nonzero(reached) < flat.size:
        return None
    kth = max(0, -(-flat.size // 2) - 1)
    return float(np.partition(np.where(reached, flat, np.inf), kth)[kth])
