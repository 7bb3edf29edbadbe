"""Exact quantiles of every replicate and of all trials together, from one shared bracket.

A comparison costs a fiftieth of a selection. So the first points of all replicates give a bracket
that holds the quantile of each replicate and the pooled one; what lies inside is picked out once
and selected from. Where a bracket misses, the row is selected whole: the result is always exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.float64]

_FEWEST = 256
_SHARE = 16
_NEIGHBOURS = 8
_SHARED, _ALONE = 3.0, 1.5
"""Half-widths of a bracket in standard deviations of the pilot's rank: for every row, for all."""


class Located(NamedTuple):
    """A quantile of each replicate, shape (16,), and of all trials.

    ``least`` is the smallest honest error of the pooled one: an eighth of the distance between its
    eighth neighbours, 0 at an atom. Every quantile lies at ``floor`` or above.
    """

    rows: Rows
    pooled: float
    least: float
    floor: float


def quantile_index(count: int, percent: int) -> int:
    """Index of the smallest x with share(<= x) >= percent, in a sorted sample of ``count``.

    Examples
    --------
    >>> quantile_index(100, 5), quantile_index(16, 50), quantile_index(3, 99)
    (4, 7, 2)
    """
    return max(0, -(-count * percent // 100) - 1)


def pilot_of(sample: Rows) -> Rows:
    """First points of every replicate, sorted together."""
    rows, count = sample.shape
    return np.sort(sample[:, : max(-(-_FEWEST // rows), count // _SHARE)], axis=None)


def locate(sample: Rows, pilot: Rows, percent: int) -> Located:
    """Find a quantile of each replicate and of all trials.

    Parameters
    ----------
    sample
        Shape (rows, n); not changed.
    pilot
        Of the same sample.
    percent
        1 to 99.

    Examples
    --------
    >>> sample = np.arange(3200.0).reshape(16, 200)
    >>> found = locate(sample, pilot_of(sample), 50)
    >>> found.rows[:2].tolist(), found.pooled
    ([99.0, 299.0], 1599.0)
    """
    rows, count = sample.shape
    kth, kth_of_all = quantile_index(count, percent), quantile_index(rows * count, percent)
    low, high = _bracket(pilot, percent, _SHARED)
    inside = sample >= low
    under = [count - int(np.count_nonzero(row)) for row in inside]
    inside &= sample <= high
    sizes = [int(np.count_nonzero(row)) for row in inside]
    part = sample.reshape(-1).compress(inside.reshape(-1))
    found, first = np.empty(rows), 0
    for row, size in enumerate(sizes):
        rank = kth - under[row]
        if 0 <= rank < size:
            found[row] = _selected(part[first : first + size], rank)
        else:
            found[row] = _selected(sample[row], kth)
        first += size
    pooled, least = _pooled(sample, part, kth_of_all - sum(under), kth_of_all)
    return Located(found, pooled, least, min(low, float(found.min())))


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
    return float(np.partition(values, rank)[rank])


def _pooled(sample: Rows, part: Rows, rank: int, kth: int) -> tuple[float, float]:
    """Give the pooled quantile and its smallest honest error; ``part`` is put in order."""
    if not 0 <= rank < part.size:
        part, rank = sample.flatten(), kth
    part.sort()
    below, above = rank - _NEIGHBOURS, rank + _NEIGHBOURS
    if below < 0 or above >= part.size:
        return float(part[rank]), 0.0
    return float(part[rank]), float(part[above] - part[below]) / _NEIGHBOURS


def worst(sample: Rows, floor: float) -> tuple[Rows, NDArray[np.intp]]:
    """Pick out what lies above ``floor``, with the replicate of each value."""
    above = sample > floor
    sizes = [np.count_nonzero(row) for row in above]
    replicates = np.repeat(np.arange(len(sizes)), sizes)
    return sample.reshape(-1).compress(above.reshape(-1)), replicates
