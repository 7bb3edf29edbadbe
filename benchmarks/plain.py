"""Plain Monte Carlo: the reference incident r1 with numpy alone, as one would write it by hand.

Self-contained: no part of the package, pseudo-random draws, retries drawn on the trials that need
them, working blocks that fit the cache. It computes what the engine computes of r1 and nothing
less cleverly than plain Monte Carlo allows, so that a ratio to it is a fair one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

BLOCK = 8192
MORNING = (0.35, 0.3, 0.3, 0.3, 0.4, 0.6, 0.8, 1.0, 1.25, 1.45, 1.55, 1.6)
AFTERNOON = (1.55, 1.5, 1.45, 1.4, 1.35, 1.3, 1.2, 1.1, 1.0, 0.85, 0.65, 0.5)
PROFILE = np.array([*MORNING, *AFTERNOON])
STARTED_H = 9.0
PER_DAY = 75_000.0
Z95 = 1.6448536269514722
LOG_MEDIAN = (math.log(24.0) + math.log(168.0)) / 2
LOG_SD = (math.log(168.0) - math.log(24.0)) / (2 * Z95)
FAILS, MAX_TRIES = 0.2, 8
PERIOD_H = 720.0
FEE = 40_000.0
TIERS = ((0.95, 0.5), (0.99, 0.25), (0.999, 0.1))
"""Highest credit first."""


class Trials(NamedTuple):
    """Figures of r1 by trial: customer's loss, full recovery, availability, credit owed."""

    total: Array
    full_recovery_h: Array
    availability: Array
    credits: Array


class Answer(NamedTuple):
    """Mean, 95% quantile and mean of the worst 5%."""

    mean: float
    p95: float
    expected_shortfall_95: float


def _revenue_knots() -> tuple[Array, Array]:
    """Revenue passed at each full hour of a day, and the rate from there to the next."""
    rate = PROFILE / PROFILE.mean() * PER_DAY / 24.0
    return np.concatenate(([0.0], np.cumsum(rate)))[:24], rate


PASSED, RATE = _revenue_knots()


def revenue(hours: Array) -> Array:
    """Revenue that passes from the incident's start until ``hours`` later: exact."""
    at = hours + STARTED_H
    hour = at.astype(np.intp)
    day, of_day = hour // 24, hour % 24
    passed: Array = day * PER_DAY + PASSED[of_day] + RATE[of_day] * (at - hour)
    passed -= PASSED[int(STARTED_H)]
    return passed


def pert(rng: np.random.Generator, low: float, mode: float, high: float, count: int) -> Array:
    """Draws of a PERT: a beta with shapes 1 + 4 (m - a)/(b - a) and 1 + 4 (b - m)/(b - a)."""
    width = high - low
    shapes = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
    return low + width * rng.beta(*shapes, count)


def repair(rng: np.random.Generator, count: int) -> Array:
    """Length of the second stage with its failed tries; the last allowed one succeeds."""
    length = pert(rng, 4.0, 10.0, 24.0, count)
    failed = np.flatnonzero(rng.random(count) < FAILS)
    for _ in range(MAX_TRIES - 1):
        if not failed.size:
            break
        length[failed] += pert(rng, 4.0, 10.0, 24.0, failed.size)
        failed = failed[rng.random(failed.size) < FAILS]
    return length


def block(rng: np.random.Generator, count: int) -> Trials:
    """One block of trials."""
    relief = pert(rng, 0.5, 2.0, 4.0, count)
    repaired = relief + repair(rng, count)
    rest = repaired + rng.lognormal(LOG_MEDIAN, LOG_SD, count)
    total = 0.4 * revenue(relief) + 0.55 * revenue(repaired) + 0.05 * revenue(rest)
    availability = 1 - np.minimum(repaired, PERIOD_H) / PERIOD_H  # down while over 30% is lost
    share = np.zeros(count)
    for below, credit in reversed(TIERS):
        share[availability < below] = credit
    return Trials(total, rest, availability, FEE * share)


def simulate(rng: np.random.Generator, trials: int) -> Trials:
    """All trials, in blocks that stay in the cache."""
    sizes = [min(BLOCK, trials - first) for first in range(0, trials, BLOCK)]
    blocks = [block(rng, size) for size in sizes]
    return Trials(*(np.concatenate(parts) for parts in zip(*blocks, strict=True)))


def loss(rng: np.random.Generator, trials: int) -> Array:
    """The customer's loss alone, in blocks: the least that plain Monte Carlo must compute."""
    kept = np.empty(trials)
    for first in range(0, trials, BLOCK):
        count = min(BLOCK, trials - first)
        relief = pert(rng, 0.5, 2.0, 4.0, count)
        repaired = relief + repair(rng, count)
        rest = repaired + rng.lognormal(LOG_MEDIAN, LOG_SD, count)
        part = 0.4 * revenue(relief)
        part += 0.55 * revenue(repaired)
        part += 0.05 * revenue(rest)
        kept[first : first + count] = part
    return kept


def answer(sample: Array) -> Answer:
    """Figures of one sample, by one selection; ``sample`` is reordered."""
    kth = max(0, math.ceil(0.95 * sample.size) - 1)
    mean = float(sample.mean())
    sample.partition(kth)
    worst, p95 = sample[kth + 1 :], float(sample[kth])
    excess = float((worst - p95).sum()) / sample.size
    return Answer(mean, p95, p95 + excess / 0.05)
