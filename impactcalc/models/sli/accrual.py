"""The accrual: stretches of time and the share of each that counts, summed as floats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class Accrual(NamedTuple):
    """Disjoint rising stretches and the share of each that counts: for pictures and forecasts."""

    start_ns: NDArray[Any]
    end_ns: NDArray[Any]
    share: NDArray[np.float64]

    def upto(self, moments_ns: ArrayLike) -> NDArray[np.float64]:
        """Integrate the share of time up to each moment, in seconds; linear within a stretch."""
        at = np.asarray(moments_ns, dtype=float)
        if not len(self.start_ns):
            return np.zeros(at.shape)
        seconds = (self.end_ns - self.start_ns) / 1e9 * self.share
        reached = np.cumsum(seconds)
        times = np.column_stack([self.start_ns, self.end_ns]).ravel()
        values = np.column_stack([reached - seconds, reached]).ravel()
        return np.asarray(np.interp(at, times.astype(float), values))
