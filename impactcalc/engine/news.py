"""Draws of an update: start and common factor resampled by the probability of the news.

Given start and Z all other draws are independent of the news, so these columns alone are
rearranged, the same way in every block: systematic resampling within each replicate. Equal weights
leave every draw where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.models.recovery.news import news_weights
from impactcalc.models.recovery.timeline import begin_of
from impactcalc.stats.streams import REPLICATES, Streams

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from impactcalc.models.recovery.plan import CompiledPlan

    Array = NDArray[np.float64]

MOVED = ("incident/started", "recovery/started", "recovery/common")


class NewsStreams(Streams):
    """Streams of a plan with news since an earlier forecast.

    Parameters
    ----------
    seed, names
        As in `Streams`.
    plan
        The compiled plan; its ``known_at`` is not None.
    """

    def __init__(self, seed: int, names: Iterable[str | None], plan: CompiledPlan) -> None:
        super().__init__(seed, names)
        self._plan = plan
        self._orders: dict[tuple[int, int], NDArray[np.intp]] = {}

    def draw(self, name: str, start: int, count: int) -> NDArray[np.float64]:
        """Draws of every replicate; start and common factor as the news has them."""
        drawn = super().draw(name, start, count)
        if name not in MOVED:
            return drawn
        return np.take_along_axis(drawn, self._order(start, count), axis=1)

    def _order(self, start: int, count: int) -> NDArray[np.intp]:
        """Give the trials that stand in each place of a block, shape (16, count)."""
        found = self._orders.get((start, count))
        if found is None:
            plain = super().draw
            flat = count * REPLICATES
            begin, z = begin_of(self._plan, lambda name: plain(name, start, count).ravel(), flat)
            weights = news_weights(self._plan, begin, z).reshape(REPLICATES, count)
            keys = (z.reshape(REPLICATES, count), begin.reshape(REPLICATES, count))
            rows = [_resampled(*row) for row in zip(weights, *keys, strict=True)]
            found = self._orders[start, count] = np.stack(rows)
        return found


def _resampled(weights: Array, factor: Array, begin: Array) -> NDArray[np.intp]:
    """Choose for every place a trial, as often as its weight says.

    The trials are walked through by common factor and start: in their own order the net's regular
    pattern would meet the equal steps, and the choice would be biased.

    Examples
    --------
    >>> z, begin = np.array([3.0, 1.0, 2.0]), np.zeros(3)
    >>> _resampled(np.ones(3), z, begin).tolist()
    [0, 1, 2]
    >>> _resampled(np.array([0.0, 1.0, 1.0]), z, begin).tolist()
    [2, 1, 1]
    """
    count = weights.size
    order = np.lexsort((begin, factor))
    whole = np.cumsum(weights[order])
    if not whole[-1] > 0:
        return np.arange(count)  # nothing fits the news: the first forecast stays
    places = (np.arange(count) + 0.5) / count * whole[-1]
    chosen = np.minimum(np.searchsorted(whole, places), count - 1)
    found = np.empty(count, dtype=np.intp)
    found[order] = order[chosen]
    return found
