"""Backlog: deferred demand that has to be worked off beside the usual load (MODEL.md section 3).

What is deferred needs t_b = d0 x integral of L dt x u/(1-u) hours of the capacity that the usual
utilisation u leaves. Demand that is lost is no backlog: it would be counted twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.models.laws import DAY_H, law_of, sample
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from impactcalc.domain.exposure import Exposure
    from impactcalc.models.laws import Draw
    from impactcalc.stats.distributions import Distribution

    Array = NDArray[np.float64]

DEFERRED = "business/deferred"  # the draw that lowers the lost revenue, too
UTILISATION = "business/backlog/utilisation"
COST = "business/backlog/cost"


class CompiledBacklog(NamedTuple):
    """Share of demand that is deferred, usual utilisation, and cost per day of working it off."""

    deferred: Distribution
    utilisation: Distribution
    cost: Distribution

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its draws."""
        return (COST, UTILISATION)

    def loss(self, outage_h: Array, draw: Draw) -> Array:
        """Money by trial; 0 where nothing is deferred.

        Parameters
        ----------
        outage_h
            Integral of L dt in hours, shape (n_trials,).
        draw
            Uniform draws by name, shape (n_trials,).
        """
        used = sample(self.utilisation, draw(UTILISATION))
        hours = sample(self.deferred, draw(DEFERRED)) * outage_h * used / (1.0 - used)
        return np.asarray(hours * sample(self.cost, draw(COST)) / DAY_H)


def compile_backlog(business: Exposure) -> CompiledBacklog | None:
    """Compile the part; None when it is not asked for, or its cost is not stated."""
    asked = business.backlog
    if asked is None or asked.cost is None:
        return None
    return CompiledBacklog(
        law_of(business.deferred.value),
        law_of(asked.utilisation.value),
        law_of(asked.cost.value),
    )
