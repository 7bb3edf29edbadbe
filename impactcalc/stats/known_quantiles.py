"""Laws of which a few quantiles are known: values between and beyond them, and where outcomes fall.

Between two known quantiles the logarithm of the value is linear in the normal score of the level,
as a lognormal's is, and beyond the last ones the nearest line goes on; a law with a quantile of 0
or less is linear itself, and never below 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.stats.normal import ndtr, ndtri

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]


class KnownQuantiles:
    """Laws that are never negative, one a row, by their quantiles at the same levels.

    Parameters
    ----------
    levels
        Two or more in (0, 1), rising, shape (k,).
    values
        Shape (rows, k), not falling along a row.

    Examples
    --------
    >>> law = KnownQuantiles([0.1, 0.5, 0.9], [[1.0, 2.0, 4.0]])
    >>> law.values([0.5, 0.9]).round(12).tolist(), law.pit([2.0]).tolist()
    ([[2.0, 4.0]], [0.5])
    """

    def __init__(self, levels: ArrayLike, values: ArrayLike) -> None:
        self._z = ndtri(np.asarray(levels, dtype=np.float64))
        known = np.asarray(values, dtype=np.float64)
        self._logs: NDArray[np.bool_] = np.asarray((known > 0).all(axis=1))
        self._known = np.where(
            self._logs[:, np.newaxis], np.log(np.where(known > 0, known, 1.0)), known
        )

    def values(self, levels: ArrayLike) -> Array:
        """Quantiles at any levels in (0, 1), shape (rows, levels)."""
        z = ndtri(np.asarray(levels, dtype=np.float64))
        place = np.clip(np.searchsorted(self._z, z) - 1, 0, self._z.size - 2)
        low, high = self._known[:, place], self._known[:, place + 1]
        share = (z - self._z[place]) / (self._z[place + 1] - self._z[place])
        found = low + (high - low) * share
        logs = self._logs[:, np.newaxis]
        return np.where(logs, np.exp(np.where(logs, found, 0.0)), np.maximum(found, 0.0))

    def pit(self, actual: ArrayLike) -> Array:
        """Share of each law below its outcome; the middle where several levels have that value."""
        outcomes = np.asarray(actual, dtype=np.float64)
        with np.errstate(divide="ignore"):
            sought = np.where(self._logs, np.log(np.maximum(outcomes, 0.0)), outcomes)
        return np.array([self._level(row, float(x)) for row, x in enumerate(sought)])

    def _level(self, row: int, sought: float) -> float:
        known = self._known[row]
        first, last = (int(np.searchsorted(known, sought, side=side)) for side in ("left", "right"))
        if first < last:
            return float(ndtr((self._z[first] + self._z[last - 1]) / 2))
        place = min(max(first - 1, 0), known.size - 2)
        rise = known[place + 1] - known[place]
        if rise == 0:  # beyond an end where the law stands still
            return 0.0 if first == 0 else 1.0
        share = (sought - known[place]) / rise
        return float(ndtr(self._z[place] + share * (self._z[place + 1] - self._z[place])))
