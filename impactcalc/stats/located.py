"""Exact quantiles of all trials, with their errors from the replicates, by one bracket each.

A comparison costs a fiftieth of a selection. So the first points of all replicates give a bracket;
what lies inside is picked out and put in order. Where a bracket misses, the whole sample is sorted:
the result is always exact.

The error of a quantile is the larger of two that the replicates tell: s / 4 of their own quantiles,
and the error of the number of trials below the pooled one, at least two, as the distance of the
neighbours that lie as many ranks away. Where one draw decides, each replicate has one point in
every cell and the pooled quantile is one of 16 neighbours, which only the second sees; with few
points a replicate's quantile is coarse, which only the first sees. Of 30 quantiles over 400 seeds
the 95% half-width of either alone holds 83% to 97%, of the larger 92% to 99%.

Source: Serfling (1980), Approximation Theorems of Mathematical Statistics, 2.5 (Bahadur's
representation).
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.float64]

_FEWEST = 256
_SHARE = 16
_NEIGHBOURS = 8
_FEWEST_RANKS = 2.0
_SHARED, _ALONE = 3.0, 1.5
"""Half-widths of a bracket in standard deviations of the pilot's rank: for every row, for all."""


class Located(NamedTuple):
    """A quantile of all trials, its standard error, and what all that is beyond it lies above."""

    value: float
    error: float
    floor: float


def quantile_index(count: int, percent: int) -> int:
    """Index of the smallest x with share(<= x) >= percent, in a sorted sample of ``count``.

    Examples
    --------
    >>> quantile_index(100, 5), quantile_index(16, 50), quantile_index(3, 99)
    (4, 7, 2)
    """
    return max(0, -(-count * percent // 100) - 1)


def standard_error(replicate_figures: Rows) -> float:
    """Give s / sqrt(number of replicates); 0 when all replicates agree.

    Examples
    --------
    >>> standard_error(np.array([1.0, 3.0])), standard_error(np.array([0.1, 0.1, 0.1]))
    (1.0, 0.0)
    """
    away = replicate_figures - replicate_figures[0]
    if not away.any():
        return 0.0
    count = away.size
    spread = np.square(away - away.sum() / count).sum() / (count - 1)
    return float(np.sqrt(spread / count))


def pilot_of(sample: Rows) -> Rows:
    """First points of every replicate, sorted together."""
    rows, count = sample.shape
    return np.sort(sample[:, : max(-(-_FEWEST // rows), count // _SHARE)], axis=None)


def locate(sample: Rows, pilot: Rows, percent: int) -> Located:
    """Find a quantile of all trials and its standard error.

    Parameters
    ----------
    sample
        Shape (rows, n): replicates in rows; not changed.
    pilot
        Of the same sample.
    percent
        1 to 99.

    Examples
    --------
    >>> sample = np.arange(3200.0).reshape(200, 16).T
    >>> locate(sample, pilot_of(sample), 50).value
    1599.0
    """
    kth = quantile_index(sample.size, percent)
    low, high = _bracket(pilot, percent, _SHARED)
    inside = sample >= low
    under = [row.size - int(np.count_nonzero(row)) for row in inside]
    inside &= sample <= high
    sizes = [int(np.count_nonzero(row)) for row in inside]
    part, rank = sample.reshape(-1).compress(inside.reshape(-1)), kth - sum(under)
    if not 0 <= rank < part.size:
        part, rank, low = sample.reshape(-1), kth, -np.inf
        under, sizes = [0] * len(sample), [sample.shape[1]] * len(sample)
    ordered = np.sort(part)
    value = float(ordered[rank])
    ends = list(itertools.accumulate(sizes))
    parts = [part[end - size : end] for end, size in zip(ends, sizes, strict=True)]
    ranks = _rank_error(parts, value, under)
    error = max(_distance(ordered, rank, ranks), _spread(sample, parts, under, percent))
    return Located(value, error, min(low, value))


def _rank_error(parts: list[Rows], value: float, under: list[int]) -> float:
    """Give the standard error of the number of trials below a value, and of those not above it."""
    below = [u + np.count_nonzero(part < value) for u, part in zip(under, parts, strict=True)]
    upto = [u + np.count_nonzero(part <= value) for u, part in zip(under, parts, strict=True)]
    errors = (standard_error(np.array(counts, dtype=np.float64)) for counts in (below, upto))
    return max(_FEWEST_RANKS, len(parts) * max(errors))


def _spread(sample: Rows, parts: list[Rows], under: list[int], percent: int) -> float:
    """Give s / 4 of the replicates' own quantiles."""
    kth = quantile_index(sample.shape[1], percent)
    found = np.empty(len(sample))
    for row, (part, less) in enumerate(zip(parts, under, strict=True)):
        rank = kth - less
        inside = 0 <= rank < part.size
        found[row] = _selected(part, rank) if inside else _selected(sample[row], kth)
    return standard_error(found)


def _distance(ordered: Rows, rank: int, ranks: float) -> float:
    """Half the distance between the neighbours so many ranks below and above; 0 in an atom."""
    reach = max(int(np.ceil(ranks)), _NEIGHBOURS)
    low, high = max(rank - reach, 0), min(rank + reach, ordered.size - 1)
    if low == high:
        return 0.0
    return float(ordered[high] - ordered[low]) * ranks / (high - low)


def locate_in_all(sample: Rows, pilot: Rows, percent: int) -> float:
    """Find a quantile of all trials alone."""
    kth = quantile_index(sample.size, percent)
    low, high = _bracket(pilot, percent, _ALONE)
    values = sample.reshape(-1)
    inside = values >= low
    rank = kth - (values.size - int(np.count_nonzero(inside)))
    inside &= values <= high
    part = values.compress(inside)
    return _selected(part, rank) if 0 <= rank < part.size else _selected(values, kth)


def _bracket(pilot: Rows, percent: int, spread: float) -> tuple[float, float]:
    size = pilot.size
    place = percent / 100 * size
    margin = 2.0 + spread * float(np.sqrt(place * (1.0 - place / size)))
    first, last = int(place - margin), int(place + margin) + 1
    low = float(pilot[first]) if place > margin else -np.inf
    high = float(pilot[last]) if last < size else np.inf
    return low, high


def _selected(values: Rows, rank: int) -> float:
    if values[0] == values[-1] and np.all(values == values[0]):
        return float(values[0])  # an atom
    chosen = values.copy()
    chosen.partition(rank)
    return float(chosen[rank])


def worst(sample: Rows, floor: float) -> tuple[Rows, NDArray[np.intp]]:
    """Pick out what lies above ``floor``, with the replicate of each value."""
    above = sample > floor
    sizes = [np.count_nonzero(row) for row in above]
    replicates = np.repeat(np.arange(len(sizes)), sizes)
    return sample.reshape(-1).compress(above.reshape(-1)), replicates
