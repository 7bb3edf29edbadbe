"""Tallies: figures of more trials than are kept, from counts inside brackets.

The first 2^20 trials are kept and bracket every quantile; all trials then run once more, in blocks,
and only counts and sums by bin inside the brackets are kept. So memory stays bounded whatever the
number of trials, and the pooled quantiles and the expected shortfall are those of all of them to
1/1,024 of a bracket, which is far below their own Monte Carlo error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.stats.located import standard_error
from impactcalc.stats.risk import LEVELS, Figures
from impactcalc.stats.streams import REPLICATES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

BINS = 1024
# a replicate's quantile strays 4 times as far as the pooled one: 6 standard deviations of it
_STRAY = 24.0


class Bracket:
    """One quantile's bracket: what lies below it, and sums by bin inside and above it.

    Parameters
    ----------
    low, high
        Bounds of the bracket, from the kept trials.
    """

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high
        self.below = np.zeros(REPLICATES)
        self.count = np.zeros((REPLICATES, BINS))
        self.sum = np.zeros((REPLICATES, BINS))
        self.sum_above = np.zeros(REPLICATES)

    def add(self, values: Array) -> None:
        """Count a block of shape (16, n)."""
        under, over = values < self.low, values > self.high
        self.below += np.count_nonzero(under, axis=1)
        self.sum_above += np.where(over, values, 0.0).sum(axis=1)
        rows, columns = np.nonzero(~(under | over))
        inside = values[rows, columns]
        width = self.high - self.low
        place = (inside - self.low) * (BINS / width) if width else np.zeros(inside.size)
        index = rows * BINS + np.minimum(place.astype(np.intp), BINS - 1)
        size = REPLICATES * BINS
        self.count += np.bincount(index, minlength=size).reshape(REPLICATES, BINS)
        self.sum += np.bincount(index, inside, minlength=size).reshape(REPLICATES, BINS)

    def value(self, percent: int, trials: int, rows: slice) -> tuple[float, float]:
        """Quantile of some replicates together, and the mean above it (atom counted in part)."""
        count, total = self.count[rows].sum(axis=0), self.sum[rows].sum(axis=0)
        rank = trials * percent / 100 - self.below[rows].sum()
        passed = np.cumsum(count)
        index = min(int(np.searchsorted(passed, rank - 1e-9)), BINS - 1)
        filled = np.flatnonzero(count)
        if filled.size and not count[index]:
            index = int(filled[np.argmin(np.abs(filled - index))])
        value = float(total[index] / count[index]) if filled.size else self.low
        tail = trials * (100 - percent) / 100
        rest = float(passed[index]) - rank  # of the quantile's own bin, counted in part
        above = rest * value + float(total[index + 1 :].sum() + self.sum_above[rows].sum())
        return value, above / tail

    def rank_error(self, percent: int, trials: int) -> float:
        """Error of the number of trials below the pooled quantile, as a distance (stats.located).

        Within a bin trials lie evenly; a bracket without width is an atom.
        """
        passed = np.concatenate(([0.0], np.cumsum(self.count.sum(axis=0))))
        rank = trials * percent / 100 - self.below.sum()
        edges = np.linspace(self.low, self.high, BINS + 1)
        index = min(int(np.searchsorted(passed[1:], rank - 1e-9)), BINS - 1)
        part = (rank - passed[index]) / max(passed[index + 1] - passed[index], 1.0)
        counts = self.below + self.count[:, :index].sum(axis=1) + self.count[:, index] * part
        ranks = max(2.0, REPLICATES * standard_error(counts))
        reach = max(ranks, 8.0)
        low, high = np.interp((rank - reach, rank + reach), passed, edges)
        return float(high - low) * ranks / (2.0 * reach)


class Tally:
    """Running figures of one quantity over more trials than are kept.

    Parameters
    ----------
    kept
        The first trials, shape (16, n): they set the brackets and are not counted.
    """

    def __init__(self, kept: Array) -> None:
        ordered = np.sort(kept, axis=None)
        last = ordered.size - 1
        self.points = 0
        self._pivot = float(ordered[last // 2])
        self._sums = np.zeros(REPLICATES)
        self._squares = 0.0
        self._low, self._high = np.inf, -np.inf
        self._brackets: dict[int, Bracket] = {}
        for percent in LEVELS:
            p = percent / 100
            stray = _STRAY * np.sqrt(p * (1 - p) * ordered.size) + 16
            place = p * last
            low = ordered[max(0, int(place - stray))]
            high = ordered[min(last, int(place + stray) + 1)]
            self._brackets[percent] = Bracket(float(low), float(high))

    def add(self, values: Array) -> None:
        """Count a block of shape (16, n)."""
        self.points += values.shape[1]
        away = values - self._pivot
        self._sums += away.sum(axis=1)
        self._squares += float(np.square(away).sum())
        self._low = min(self._low, float(values.min()))
        self._high = max(self._high, float(values.max()))
        for bracket in self._brackets.values():
            bracket.add(values)

    def figures(self) -> Figures:
        """Figures of all trials counted so far."""
        trials = REPLICATES * self.points
        means = self._pivot + self._sums / self.points
        mean = float(means.mean())
        variance = self._squares / trials - (mean - self._pivot) ** 2
        pooled = slice(0, REPLICATES)
        quantiles = {p: b.value(p, trials, pooled)[0] for p, b in self._brackets.items()}
        errors = {"mean": standard_error(means)}
        # as for kept trials (stats.located): the larger of two errors
        rows = [slice(r, r + 1) for r in range(REPLICATES)]
        for percent in (5, 50, 95):
            found = [self._brackets[percent].value(percent, self.points, row) for row in rows]
            ranks = self._brackets[percent].rank_error(percent, trials)
            errors[f"p{percent}"] = max(standard_error(np.array([v for v, _ in found])), ranks)
            if percent == LEVELS[-2]:
                shortfalls = np.array([shortfall for _, shortfall in found])
                errors["expected_shortfall_95"] = standard_error(shortfalls)
        return Figures(
            mean=min(max(mean, self._low), self._high),
            sd=float(np.sqrt(max(variance, 0.0))),
            quantiles=quantiles,
            expected_shortfall_95=self._brackets[95].value(95, trials, pooled)[1],
            errors=errors,
        )


class Count:
    """Running probability of an event, by replicate."""

    def __init__(self) -> None:
        self.points = 0
        self._hits = np.zeros(REPLICATES)

    def add(self, hits: NDArray[np.bool_]) -> None:
        """Count a block of shape (16, n)."""
        self.points += hits.shape[1]
        self._hits += np.count_nonzero(hits, axis=1)

    def shares(self) -> Array:
        """Share of trials in which the event happened, by replicate."""
        return self._hits / self.points
