"""The ranking of alternatives: by mean net saving, ties inside two errors by P(better)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple
from impactcalc.stats.located import standard_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

ERRORS = 2.0
"""Errors of their difference inside which two alternatives tie."""


class Standing(NamedTuple):
    """An alternative's mean net saving by replicate, shape (16,), and its chance to be better."""

    name: str
    means: Array
    better: float


def ranked(standings: Sequence[Standing]) -> Iterator[tuple[int, int, bool]]:
    """Yield index, rank from 1 and whether it ties, the best first.

    The best of those that are left and all that lie within two errors of it are one group: its
    members share a rank and stand in the order of P(better), then of their means and names. The
    error is that of the paired difference, so the order of the list plays no part.
    """
    left = sorted(
        range(len(standings)),
        key=lambda i: (-float(standings[i].means.mean()), standings[i].name),
    )
    rank = 1
    while left:
        group = [i for i in left if _ties(standings[left[0]], standings[i])]
        left = [i for i in left if i not in group]
        for index in sorted(group, key=lambda i: -standings[i].better):  # stable: means, names
            yield index, rank, len(group) > 1
        rank += len(group)


def _ties(best: Standing, other: Standing) -> bool:
    difference = best.means - other.means
    return bool(abs(difference.mean()) <= ERRORS * standard_error(difference))
