"""The clock: antiderivatives of a revenue rate, and the means and returns that follow from them.

With r the relative revenue rate, F' = r, G' = F and H(x) the demand up to x that comes back, faded
by exp(-(x-t)/tau). Source: MODEL.md section 3; contracts, "Meaning of a trial", 5.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


class Clock(ABC):
    """A revenue rate over time, in hours since an origin, known by its antiderivatives."""

    @property
    @abstractmethod
    def return_h(self) -> float:
        """Time constant tau of deferred demand in hours; 0 when none comes back."""

    @abstractmethod
    def revenue(self, t: Array) -> Array:
        """F(t) in hours of mean revenue."""

    @abstractmethod
    def revenue_moment(self, t: Array) -> Array:
        """G(t), an antiderivative of F."""

    @abstractmethod
    def returned(self, t: Array) -> Array:
        """H(t) = integral up to t of r(x) exp(-(t-x)/tau) dx, in hours of mean revenue."""

    def mean_revenue(self, start: Array, finish: Array) -> Array:
        """Mean of F over [start, finish]; F at the middle when they lie within 1e-6 h."""
        width = finish - start
        narrow = width < 1e-6  # noqa: PLR2004 - the contract's own bound
        area = self.revenue_moment(finish) - self.revenue_moment(start)
        middle = self.revenue(0.5 * (start + finish))
        return np.where(narrow, middle, area / np.where(narrow, 1.0, width))

    def deferred(self, start: Array, back: Array) -> Array:
        """Integral from start to back of r(t) exp(-(back-t)/tau) dt: what comes back of it.

        Zero where ``back`` lies before ``start``.
        """
        if not self.return_h:
            return np.zeros(np.broadcast(start, back).shape)
        later = np.maximum(back, start)
        gone = self.returned(start) * np.exp(-(later - start) / self.return_h)
        return np.asarray(self.returned(later) - gone)

    def mean_deferred(self, start: Array, ramp_start: Array, ramp_end: Array) -> Array:
        """Mean of `deferred` over moments of return in [ramp_start, ramp_end].

        From H' = r - H/tau, so the integral of H is tau (F - H) between the bounds.
        """
        if not self.return_h:
            return np.zeros(ramp_end.shape)
        low, high = np.maximum(ramp_start, start), np.maximum(ramp_end, start)
        width = ramp_end - ramp_start
        narrow = width < 1e-6  # noqa: PLR2004 - the contract's own bound
        f = self.revenue(high) - self.revenue(low)
        h = self.returned(high) - self.returned(low)
        fade = np.exp(-(low - start) / self.return_h) - np.exp(-(high - start) / self.return_h)
        area = self.return_h * (f - h) - self.returned(start) * self.return_h * fade
        middle = self.deferred(start, 0.5 * (ramp_start + ramp_end))
        return np.where(narrow, middle, area / np.where(narrow, 1.0, width))
