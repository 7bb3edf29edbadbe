"""Productivity: the users' own work that fails with the service (MODEL.md section 3).

loss = users x dependency x wage x integral of L dt.
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

DEPENDENCY = "business/productivity/dependency"
WAGE = "business/productivity/wage"


class CompiledProductivity(NamedTuple):
    """Users, the share of their work that needs the service, and its wage per day."""

    users: float
    dependency: Distribution
    wage: Distribution

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its draws."""
        return (WAGE, DEPENDENCY)

    def loss(self, outage_h: Array, draw: Draw) -> Array:
        """Money lost by trial.

        Parameters
        ----------
        outage_h
            Integral of L dt in hours, shape (n_trials,).
        draw
            Uniform draws by name, shape (n_trials,).
        """
        per_hour = sample(self.wage, draw(WAGE)) / DAY_H
        return np.asarray(
            self.users * sample(self.dependency, draw(DEPENDENCY)) * per_hour * outage_h
        )


def compile_productivity(business: Exposure) -> CompiledProductivity | None:
    """Compile the part; None when it is not asked for, or the users are not stated."""
    asked, users = business.productivity, business.users
    if asked is None or users is None:
        return None
    return CompiledProductivity(
        float(users.value), law_of(asked.dependency.value), law_of(asked.wage.value)
    )
