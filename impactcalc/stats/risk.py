"""Risk measures of a simulated sample, with their Monte Carlo errors.

A sample is an array of shape (16, n): replicates in rows, trials in columns; losses are positive.
Figures come from the pooled sample, never from means of replicate quantiles; their standard
errors from the 16 replicates: ``mc_error`` = s / 4, s the standard deviation (ddof 1) of what each
replicate says: of a mean its own mean, of a quantile the share of its trials below the pooled one
(`stats.located`), of the expected shortfall its excess over the pooled quantile.

Sources: Rockafellar and Uryasev (2002) for expected shortfall with an atom at the quantile;
L'Ecuyer and Lemieux (2002) for errors from independent randomisations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.named import NamedTuple
from impactcalc.stats.located import (
    locate,
    locate_in_all,
    pilot_of,
    quantile_index,
    standard_error,
    worst,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from impactcalc.stats.located import Located

    Rows = NDArray[np.float64]

LEVELS = (5, 10, 25, 50, 75, 90, 95, 99)
"""The percents of every summary."""

_WITH_ERRORS = (5, 50, 95)
_SMALL = 512
_PILOT = 256
_PILOT_SHARE = 16
_WORST = 0.05

T15_975 = 2.131449545559323
"""97.5% quantile of Student's t with 15 degrees of freedom: the half-width's factor."""


class Figures(NamedTuple):
    """Figures of one sample: mean, sd, quantiles by percent and expected shortfall, with errors.

    ``errors`` has the keys "mean", "p5", "p50", "p95" and "expected_shortfall_95".
    """

    mean: float
    sd: float
    quantiles: dict[int, float]
    expected_shortfall_95: float
    errors: dict[str, float]


def quantiles(sample: NDArray[np.float64], percents: Sequence[int]) -> dict[int, Rows]:
    """Exact quantiles along the last axis of a sample of shape (rows, n); it is not changed.

    Each is found among the few values inside a bracket that the row's first points give: a
    comparison costs a fiftieth of a selection. Where the bracket misses, the row is selected whole.

    Examples
    --------
    >>> {p: q.tolist() for p, q in quantiles(np.arange(200.0).reshape(2, 100), (50, 95)).items()}
    {50: [49.0, 149.0], 95: [94.0, 194.0]}
    """
    count = sample.shape[-1]
    if count <= _SMALL:
        ordered = np.sort(sample, axis=-1)
        return {p: ordered[..., quantile_index(count, p)].copy() for p in percents}
    pilot = np.sort(sample[:, : max(_PILOT, count // _PILOT_SHARE)], axis=-1)
    return {p: _bracketed(sample, pilot, quantile_index(count, p)) for p in percents}


def _bracketed(sample: NDArray[np.float64], pilot: NDArray[np.float64], kth: int) -> Rows:
    """Value at the sorted place ``kth`` of each row."""
    rows, count = sample.shape
    size = pilot.shape[-1]
    place = (kth + 0.5) * size / count
    margin = 2.0 + 1.5 * float(np.sqrt(place * (1.0 - place / size)))
    first, last = int(place - margin), int(place + margin) + 1
    low = pilot[:, first] if first >= 0 and place > margin else np.full(rows, -np.inf)
    high = pilot[:, last] if last < size else np.full(rows, np.inf)
    under = sample < low[:, np.newaxis]
    inside = sample <= high[:, np.newaxis]
    inside &= ~under
    found = np.empty(rows)
    for row in range(rows):
        rank = kth - int(np.count_nonzero(under[row]))
        if low[row] == high[row] and 0 <= rank < np.count_nonzero(inside[row]):
            found[row] = low[row]
            continue
        part = sample[row][inside[row]]
        if not 0 <= rank < part.size:
            part, rank = sample[row].copy(), kth
        part.partition(rank)
        found[row] = part[rank]
    return found


def expected_shortfall(values: NDArray[np.float64], percent: int = 95) -> float:
    """Mean of the worst (100 - percent)% of a sample exactly.

    Examples
    --------
    >>> expected_shortfall(np.arange(1.0, 11.0), 75)
    9.2
    """
    row = np.asarray(values, dtype=np.float64).reshape(1, -1)
    value = quantiles(row, (percent,))[percent]
    excess = np.maximum(row - value, 0.0).mean()
    return float(value[0] + excess / ((100 - percent) / 100))


def probability_error(shares: NDArray[np.float64], trials: int) -> float:
    """Give the standard error of a probability from the shares of the replicates.

    At least one trial in all, unless the event always or never happened: replicates that rest on
    one draw may agree by their evenness alone.

    Examples
    --------
    >>> probability_error(np.full(16, 0.25), 1600), probability_error(np.zeros(16), 1600)
    (0.000625, 0.0)
    """
    certain = np.all(shares == 0.0) or np.all(shares == 1.0)
    return 0.0 if certain else max(standard_error(shares), 1.0 / trials)


def figures(sample: NDArray[np.float64]) -> Figures:
    """Every figure of a summary, and its Monte Carlo error.

    Parameters
    ----------
    sample
        Shape (16, n), finite; not changed.

    Examples
    --------
    >>> found = figures(np.arange(320.0).reshape(16, 20))
    >>> found.mean, found.quantiles[50], found.expected_shortfall_95
    (159.5, 159.0, 311.5)
    """
    low, high = float(sample.min()), float(sample.max())
    if low == high:
        errors = dict.fromkeys(("mean", "p5", "p50", "p95", "expected_shortfall_95"), 0.0)
        return Figures(low, 0.0, dict.fromkeys(LEVELS, low), low, errors)
    means = sample.mean(axis=1)
    pilot = pilot_of(sample)
    shared = {percent: locate(sample, pilot, percent) for percent in _WITH_ERRORS}
    shortfall = _shortfall(sample, shared[95])
    errors = {"mean": standard_error(means), "expected_shortfall_95": shortfall.error}
    errors |= {f"p{percent}": found.error for percent, found in shared.items()}
    mean = float(means.mean())
    away = sample.reshape(-1) - mean
    return Figures(
        mean=min(max(mean, low), high),
        sd=float(np.sqrt(np.square(away, out=away).mean())),
        quantiles={
            percent: shared[percent].value
            if percent in shared
            else locate_in_all(sample, pilot, percent)
            for percent in LEVELS
        },
        expected_shortfall_95=shortfall.value,
        errors=errors,
    )


def stopping_errors(sample: NDArray[np.float64]) -> list[tuple[float, float]]:
    """(figure, mc_error) of mean, P95 and expected shortfall: what decides when to stop.

    A figure whose replicates are all equal has error 0.
    """
    means = sample.mean(axis=1)
    p95 = locate(sample, pilot_of(sample), 95)
    shortfall = _shortfall(sample, p95)
    return [
        (float(means.mean()), standard_error(means)),
        (p95.value, p95.error),
        (shortfall.value, shortfall.error),
    ]


class _Shortfall(NamedTuple):
    value: float
    error: float


def _shortfall(sample: NDArray[np.float64], p95: Located) -> _Shortfall:
    """Mean of the worst 5% exactly, v + E[(x - v)+] / 5%; an atom at v counts in part.

    Its error from the replicates' excess over the pooled v: that v of their own would be a little
    better for each changes nothing in the first order (Rockafellar and Uryasev 2002).
    """
    tail, replicates = worst(sample, p95.floor)
    beyond = np.maximum(tail - p95.value, 0.0)
    excess = np.bincount(replicates, beyond, minlength=len(sample)) / (_WORST * sample.shape[1])
    return _Shortfall(p95.value + float(excess.mean()), standard_error(excess))


def exceedance_curve(
    ordered: NDArray[np.float64], points: int = 41
) -> tuple[tuple[float, float], ...]:
    """Pairs (x, share of trials above x), x at equal steps of probability and into the tail.

    Parameters
    ----------
    ordered
        The pooled sample, sorted, shape (n,).
    points
        Steps of probability.

    Examples
    --------
    >>> exceedance_curve(np.arange(1.0, 101.0), 3)[0]
    (1.0, 0.99)
    """
    shares = np.concatenate((np.linspace(0.0, 0.98, points), (0.99, 0.995, 0.999)))
    index = np.minimum((shares * ordered.size).astype(np.intp), ordered.size - 1)
    losses = ordered[index]
    # not np.unique: it loads numpy.ma, a third of numpy's own start
    losses = losses[np.append(True, np.diff(losses) > 0)]
    above = 1.0 - np.searchsorted(ordered, losses, side="right") / ordered.size
    return tuple(zip(losses.tolist(), above.tolist(), strict=True))
