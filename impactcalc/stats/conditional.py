"""What one input says about a figure: conditional means over its bins, from trials already run.

The input's uniform draws are cut into 16 bins of equal chance; the means of the figure in each bin
are taken by replicate. Products of two *different* replicates' bin means have no bias from their
noise, where a square of one mean has: so an input without effect gets an index of 0, not of the
noise. The variance of the conditional mean inside a bin is added from the slope between its
neighbours: without it a curve that turns within few bins loses some of its index (a sine of two
periods 5% of it).

Source: Homma and Saltelli (1996) for the first-order index V(E[y|x]) / V(y); the replicate products
are those of MODEL.md section 5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.named import NamedTuple
from impactcalc.stats.located import quantile_index

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

BINS = 16
_CENTRES = (np.arange(BINS) + 0.5) / BINS
_WITHIN = 1.0 / 12.0  # variance of a straight line over a bin, in squares of its rise


class Ends(NamedTuple):
    """A figure's mean at the P10 and at the P90 of inputs, and the error of the difference."""

    low: Array
    high: Array
    error: Array


def bin_means(values: Array, u: Array) -> Array:
    """Means of a figure in each bin of an input, by replicate.

    Parameters
    ----------
    values
        Of the figure, shape (replicates, n).
    u
        Uniform draws of the input in (0, 1), same shape.

    Returns
    -------
    Shape (replicates, 16); an empty bin has its replicate's own mean.

    Examples
    --------
    >>> u = np.tile((np.arange(32) + 0.5) / 32, (2, 1))
    >>> bin_means(32 * u, u)[0, :3].tolist()
    [1.0, 3.0, 5.0]
    """
    rows = values.shape[0]
    place = (u * BINS).astype(np.intp)
    place += BINS * np.arange(rows)[:, np.newaxis]
    flat, size = place.ravel(), rows * BINS
    sums = np.bincount(flat, values.ravel(), size).reshape(rows, BINS)
    each = values.shape[1] / BINS
    if np.all(np.bincount(place[0], minlength=BINS) == each):  # even points fill all bins alike
        return np.asarray(sums / each)
    counts = np.bincount(flat, minlength=size).reshape(rows, BINS)
    if counts.all():
        return np.asarray(sums / counts)
    empty = counts == 0
    own = np.broadcast_to(values.mean(axis=1)[:, np.newaxis], sums.shape)
    return np.where(empty, own, sums / np.where(empty, 1, counts))


def first_order(means: Array, variance: float) -> Array:
    """First-order index of inputs, clipped to [0, 1].

    Parameters
    ----------
    means
        Of the figure by input, replicate and bin, shape (..., replicates, 16), from `bin_means`.
    variance
        Of the figure over all trials; 0 gives 0.

    Returns
    -------
    Shape (...).
    """
    if not variance > 0:
        return np.zeros(means.shape[:-2])
    centred = means - means.mean(axis=-1, keepdims=True)
    explained = _crossed(centred) + _WITHIN * _crossed(_slopes(means))
    return np.clip(explained / variance, 0.0, 1.0)


def _crossed(rows: Array) -> Array:
    """Mean over the bins of the products of two different replicates' entries."""
    count = rows.shape[-2]
    together = np.square(rows.sum(axis=-2)) - np.square(rows).sum(axis=-2)
    return np.asarray(together.mean(axis=-1) / (count * (count - 1)))


def _slopes(means: Array) -> Array:
    """Rise over each bin, from its neighbours; at the ends from the one that there is."""
    rises = np.diff(means, axis=-1)
    inner = 0.5 * (rises[..., 1:] + rises[..., :-1])
    return np.concatenate((rises[..., :1], inner, rises[..., -1:]), axis=-1)


def ends(means: Array) -> Ends:
    """Mean of the figure at the inputs' P10 and P90: between the middles of the bins around them.

    Parameters
    ----------
    means
        As of `first_order`.
    """
    lows, highs = _at(means, 0.1), _at(means, 0.9)
    error = np.std(highs - lows, axis=-1, ddof=1) / np.sqrt(means.shape[-2])
    return Ends(lows.mean(axis=-1), highs.mean(axis=-1), np.asarray(error))


def _at(means: Array, level: float) -> Array:
    """Read the bin means of every replicate at a level of the input."""
    after = int(np.searchsorted(_CENTRES, level))
    share = (level - _CENTRES[after - 1]) * BINS
    return np.asarray(means[..., after - 1] * (1.0 - share) + means[..., after] * share)


def narrowing(values: Array, u: Array) -> float:
    """Share by which the range P5 to P95 of a figure narrows on average once an input is known.

    Parameters
    ----------
    values
        Of the figure, shape (replicates, n).
    u
        Uniform draws of the input in (0, 1), same shape.

    Examples
    --------
    >>> u = np.tile((np.arange(3200) + 0.5) / 3200, (2, 1))
    >>> round(narrowing(u, u), 3)  # of a range of 0.9 each of 16 bins leaves 0.9 / 16
    0.938
    """
    pooled = values.ravel()
    whole = _width(pooled)
    if not whole > 0:
        return 0.0
    bins = (u.ravel() * BINS).astype(np.uint8)
    ordered = pooled[np.argsort(bins, kind="stable")]
    counts = np.bincount(bins, minlength=BINS)
    if np.all(counts == counts[0]):  # even points fill all bins alike
        left = float(_widths(ordered.reshape(BINS, -1)).mean())
    else:
        parts = np.split(ordered, np.cumsum(counts)[:-1])
        left = sum(part.size * _width(part) for part in parts if part.size) / pooled.size
    return max(0.0, 1.0 - left / whole)


def _width(sample: Array) -> float:
    """Distance of P95 and P5 of a sample of shape (n,)."""
    return float(_widths(sample[np.newaxis])[0])


def _widths(samples: Array) -> Array:
    """Distance of P95 and P5 of each row."""
    low, high = (quantile_index(samples.shape[1], percent) for percent in (5, 95))
    ordered = np.partition(samples, (low, high), axis=1)
    return np.asarray(ordered[:, high] - ordered[:, low])
