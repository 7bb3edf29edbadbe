"""The sum of ratios: weighted shares added with a known error, exactly where a bound is near.

A year of minutes has half a million denominators; their exact sum would have millions of digits.
Each share is cut to 60 binary places instead, so that a sum of n lies within n units of the last
place below the true one; only when a bound lies inside that span is the prefix added exactly.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from impactcalc.models.sli.events import roomy
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

PLACES = 60
_HALF = PLACES // 2
_SAFE = 2**62
_SMALL = 1 << 20  # a denominator that can be counted
_FEW = 400  # distinct denominators that are added exactly


class RatioSum(NamedTuple):
    """Running sums of ``weight * part / whole``.

    Parameters
    ----------
    parts, wholes
        Whole numbers, 0 <= part <= whole, whole > 0.
    weights
        Whole numbers, 0 or more.
    high, low
        Running sums of the first and second 30 binary places of each share, times its weight.
    reach
        Running sums of the weights of the shares that were cut: the largest error, in units of
        the last place.
    """

    parts: NDArray[Any]
    wholes: NDArray[Any]
    weights: NDArray[Any]
    high: NDArray[Any]
    low: NDArray[Any]
    reach: NDArray[Any]

    def below(self, number: int) -> Fraction:
        """Return a lower bound of the sum of the first `number` terms."""
        if not number:
            return Fraction(0)
        return Fraction(
            (int(self.high[number - 1]) << _HALF) + int(self.low[number - 1]), 1 << PLACES
        )

    def above(self, number: int) -> Fraction:
        """Return an upper bound of the same sum."""
        cut = int(self.reach[number - 1]) if number else 0
        return self.below(number) + Fraction(cut, 1 << PLACES)

    def exact(self, number: int) -> Fraction:
        """Return the same sum exactly; slow for many distinct denominators."""
        counted = self._counted(number)
        if counted is not None:
            return counted
        some = np.flatnonzero(self.parts[:number])
        order = some[np.argsort(self.wholes[some], kind="stable")]
        wholes, first = np.unique(self.wholes[order], return_index=True)
        if not len(first):
            return Fraction(0)
        weights = self.weights[order]
        products = roomy(self.parts[order], int(weights.max()) * len(order)) * weights
        sums = np.add.reduceat(products, first)
        return _tree(
            [Fraction(int(part), int(whole)) for part, whole in zip(sums, wholes, strict=True)]
        )

    def _counted(self, number: int) -> Fraction | None:
        """Add the same sum by counting, where denominators are small; None: they are not."""
        if object in (self.wholes.dtype, self.weights.dtype) or not number:
            return None
        wholes, weights = self.wholes[:number], self.weights[:number]
        if int(wholes.max()) > _SMALL:
            return None
        # weights that are no objects add up to less than 2^32 (`_heavy`), so that sums of parts
        # times weights stay below 2^52: exact as floats
        sums = np.bincount(wholes, weights=self.parts[:number] * weights)
        return _tree([Fraction(int(sums[at]), int(at)) for at in np.flatnonzero(sums)])

    def _few(self) -> bool:
        """Tell whether there are few enough denominators to add them exactly."""
        used = self.wholes[self.parts > 0]
        if used.dtype != object and len(used) and int(used.max()) <= _SMALL:
            return int(np.count_nonzero(np.bincount(used))) <= _FEW
        return len(np.unique(used)) <= _FEW

    def whole(self) -> Fraction:
        """Return the sum of all terms: exactly for few denominators, else to 60 places."""
        number = len(self.parts)
        if not number:
            return Fraction(0)
        if not int(self.reach[-1]):
            return self.below(number)
        if self._few():
            return self.exact(number)
        return (self.below(number) + self.above(number)) / 2

    def first_reaching(self, bound: Fraction, *, beyond: bool) -> int | None:
        """Return the number of terms after which the sum reaches a bound, or goes beyond it.

        Parameters
        ----------
        bound
            0 or more.
        beyond
            True: strictly above it; False: at least it.

        Returns
        -------
        int or None
            At least 1; None when the sum of all does not.
        """

        def holds(value: Fraction) -> bool:
            return value > bound if beyond else value >= bound

        possible = self._search(lambda number: holds(self.above(number)))
        surely = self._search(lambda number: holds(self.below(number)))
        if possible == surely:
            return None if surely > len(self.parts) else surely
        found = possible
        while found < surely and not holds(self.exact(found)):
            found = self._next(found)
        return None if found > len(self.parts) else found

    def _next(self, number: int) -> int:
        """Return the next number of terms whose sum differs."""
        later = np.flatnonzero((self.parts[number:] > 0) & (self.weights[number:] > 0))
        return number + int(later[0]) + 1 if len(later) else len(self.parts) + 1

    def _search(self, holds: Callable[[int], bool]) -> int:
        """Return the least number of terms, from 1, for which a monotone test holds."""
        low, high = 1, len(self.parts) + 1
        while low < high:
            middle = (low + high) // 2
            if holds(middle):
                high = middle
            else:
                low = middle + 1
        return low


def ratio_sum(parts: NDArray[Any], wholes: NDArray[Any], weights: NDArray[Any]) -> RatioSum:
    """Add weighted shares.

    Parameters
    ----------
    parts, wholes
        int64 or object, 0 <= part <= whole, whole > 0.
    weights
        int64, 0 or more.
    """
    if len(parts) and int(wholes.max()) >= 1 << _HALF + 2:
        parts, wholes = parts.astype(object), wholes.astype(object)
    weights = weights.astype(object) if _heavy(weights) else weights
    if not len(parts) or int(wholes.max()) == 1:  # nothing is cut
        none = np.zeros(len(parts), dtype=np.int64)
        return RatioSum(parts, wholes, weights, np.cumsum((parts << _HALF) * weights), none, none)
    first = (parts << _HALF) // wholes
    rest = (parts << _HALF) - first * wholes
    second = (rest << _HALF) // wholes
    left = (rest << _HALF) - second * wholes
    cut = np.where(np.asarray(left > 0, dtype=bool), weights, 0)
    return RatioSum(
        parts, wholes, weights,
        np.cumsum(first * weights), np.cumsum(second * weights), np.cumsum(cut),
    )  # fmt: skip


def _heavy(weights: NDArray[Any]) -> bool:
    """Tell whether 64 bits are too few for the running sums."""
    return len(weights) > 0 and (int(weights.max()) * len(weights)) << _HALF >= _SAFE


def _tree(terms: list[Fraction]) -> Fraction:
    """Add fractions pairwise, which keeps the numbers short for longest."""
    while len(terms) > 1:
        pairs = zip(terms[::2], [*terms[1::2], Fraction(0)], strict=False)
        terms = [one + other for one, other in pairs]
    return terms[0] if terms else Fraction(0)
