"""A keyed order of the trials: what lets many accounts share Sobol columns and stay independent.

Two accounts on one column with different digital shifts are dependent: the spread of a sum comes
out wrong by up to 17%. So an account's own draws keep their column, but in an order of the points
that its name fixes, one order a replicate for all its columns: each account stays jointly Sobol,
and accounts are independent of one another. Causes that accounts share keep the plain order.

Source: the random permutation of a quasi-Monte Carlo point set (Spanier 1995, "padding"; Owen 1997
for its use across independent groups of variables).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.digests import blake2b
from impactcalc.stats.streams import REPLICATES

if TYPE_CHECKING:
    from numpy.typing import NDArray


class TrialOrder:
    """The order of the trials of one account, for a number of points that all accounts share.

    Parameters
    ----------
    seed
        Seed of the run.
    account
        The account's own name.
    points
        Points a replicate.

    Examples
    --------
    >>> order = TrialOrder(1, "north", 8)
    >>> draws = np.arange(16 * 8.0).reshape(16, 8)
    >>> bool((np.sort(order.apply(draws), axis=1) == draws).all())
    True
    """

    def __init__(self, seed: int, account: str, points: int) -> None:
        self._order = np.stack([_permutation(seed, r, account, points) for r in range(REPLICATES)])

    def apply(self, draws: NDArray[np.float64]) -> NDArray[np.float64]:
        """Put draws of shape (16, points) into the account's order.

        Raises
        ------
        ValueError
            When there are not as many points as the order was made for.
        """
        if draws.shape != self._order.shape:
            raise ValueError(f"draws have shape {draws.shape}; {self._order.shape} is wanted")
        return np.take_along_axis(draws, self._order, axis=1)


def _permutation(seed: int, replicate: int, account: str, points: int) -> NDArray[np.intp]:
    digest = blake2b(f"{seed}|{replicate}|{account}".encode(), digest_size=16).digest()
    keyed = np.random.Philox(key=int.from_bytes(digest, "little"))
    return np.random.Generator(keyed).permutation(points)
