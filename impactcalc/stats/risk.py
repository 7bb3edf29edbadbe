"""Risk measures of a simulated sample, with their Monte Carlo errors.

A sample is an array of shape (16, n): replicates in rows, trials in columns; losses are positive.
Figures come from the pooled sample, never from means of replicate quantiles; their standard
errors from the 16 replicates: ``mc_error`` = s / 4, s the standard deviation (ddof 1) of the
replicates' own figures.

A quantile that rests on one draw alone has one point of each replicate in every 16th of its sample:
the pooled quantile is then one of 16 neighbours and scatters more than s / 4 says. So its error is
at least an eighth of the distance between the eighth neighbours on either side (coverage of 400
seeds .86 to .92 without, .97 to .99 with; elsewhere s / 4 is the larger).

Sources: Rockafellar and Uryasev (2002) for expected shortfall with an atom at the quantile;
L'Ecuyer and Lemieux (2002) for errors from independent randomisations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Rows = NDArray[np.float64]

LEVELS = (5, 10, 25, 50, 75, 90, 95, 99)
"""The percents of every summary."""

_SMALL = 512
_PILOT = 256
_PILOT_SHARE = 16
_WORST = 0.05
_NEIGHBOURS = 8

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


def quantile_index(count: int, percent: int) -> int:
    """Index of the smallest x with share(<= x) >= percent, in a sorted sample of ``count``.

    Examples
    --------
    >>> quantile_index(100, 5), quantile_index(16, 50), quantile_index(3, 99)
    (4, 7, 2)
    """
    return max(0, -(-count * percent // 100) - 1)


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


def _bracketed(
    sample: NDArray[np.float64], pilot: NDArray[np.float64], kth: int, gaps: Rows | None = None
) -> Rows:
    """Value at the sorted place ``kth`` of each row.

    ``gaps`` receives the distance between the eighth neighbours on either side; 0 at an atom.
    """
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
        if gaps is not None:
            gaps[row] = _gap(part, rank)
    return found


def _gap(part: NDArray[np.float64], rank: int) -> float:
    """Distance between the eighth neighbours of a rank; 0 where there are not as many."""
    below, above = rank - _NEIGHBOURS, rank + _NEIGHBOURS
    if below < 0 or above >= part.size:
        return 0.0
    # what lies below the rank is below it already
    lower = np.partition(part[:rank], below)[below]
    upper = np.partition(part[rank + 1 :], _NEIGHBOURS - 1)[_NEIGHBOURS - 1]
    return float(upper - lower)


def pooled_quantiles(
    pooled: NDArray[np.float64], percents: Sequence[int]
) -> dict[int, tuple[float, float]]:
    """Quantiles of a pooled sample of shape (n,), each with its smallest honest error."""
    row, count = pooled.reshape(1, -1), pooled.size
    pilot = np.sort(row[:, : max(_PILOT, count // _PILOT_SHARE)], axis=-1)
    found = {}
    for percent in percents:
        gap = np.zeros(1)
        value = _bracketed(row, pilot, quantile_index(count, percent), gap)
        found[percent] = (float(value[0]), float(gap[0]) / _NEIGHBOURS)
    return found


def shortfall_above(sample: NDArray[np.float64], p95: Rows) -> Rows:
    """Mean of the worst 5% exactly, along the last axis: v + E[(x - v)+] / 5%.

    ``p95`` are the rows' own 95% quantiles v; an atom at v counts in part.
    """
    excess = np.maximum(sample - p95[:, np.newaxis], 0.0).mean(axis=1)
    return np.asarray(p95 + excess / _WORST)


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


def standard_error(replicate_figures: NDArray[np.float64]) -> float:
    """Give s / sqrt(number of replicates); 0 when all replicates agree."""
    first = replicate_figures.flat[0]
    if np.all(replicate_figures == first):
        return 0.0
    return float(np.std(replicate_figures, ddof=1) / np.sqrt(replicate_figures.size))


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
    by_replicate = quantiles(sample, (5, 50, 95))
    pooled = pooled_quantiles(sample.ravel(), LEVELS)
    errors = {
        "mean": standard_error(means),
        "expected_shortfall_95": standard_error(shortfall_above(sample, by_replicate[95])),
    }
    for percent, of_replicates in by_replicate.items():
        errors[f"p{percent}"] = max(standard_error(of_replicates), pooled[percent][1])
    p95 = np.array([pooled[95][0]])
    mean = float(means.mean())
    return Figures(
        mean=min(max(mean, low), high),
        sd=float(sample.std()),
        quantiles={percent: value for percent, (value, _) in pooled.items()},
        expected_shortfall_95=float(shortfall_above(sample.reshape(1, -1), p95)[0]),
        errors=errors,
    )


def stopping_errors(sample: NDArray[np.float64]) -> list[tuple[float, float]]:
    """(figure, mc_error) of mean, P95 and expected shortfall: what decides when to stop.

    A figure whose replicates are all equal has error 0.
    """
    means = sample.mean(axis=1)
    p95 = quantiles(sample, (95,))[95]
    shortfall = shortfall_above(sample, p95)
    pooled_p95, least = pooled_quantiles(sample.ravel(), (95,))[95]
    pooled_shortfall = shortfall_above(sample.reshape(1, -1), np.array([pooled_p95]))
    return [
        (float(means.mean()), standard_error(means)),
        (pooled_p95, max(standard_error(p95), least)),
        (float(pooled_shortfall[0]), standard_error(shortfall)),
    ]


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
