"""Recovery cost: the people who mend, from the plan's start to full recovery (MODEL.md section 3).

cost = staff x rate x (hours up to overtime + factor x hours after it). The hours are clock hours
without a break: who works in shifts states more staff or a later overtime.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.models.laws import DAY_H, hours_law, law_of, sample
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from impactcalc.domain.exposure import Exposure
    from impactcalc.models.laws import Draw
    from impactcalc.stats.distributions import Distribution

    Array = NDArray[np.float64]

STAFF = "business/recovery-cost/staff"
RATE = "business/recovery-cost/rate"
OVERTIME_AFTER = "business/recovery-cost/overtime-after"
OVERTIME = "business/recovery-cost/overtime"


class CompiledRecoveryCost(NamedTuple):
    """People, rate per day of 24 h, hours until overtime, and the factor of the rate after it."""

    staff: Distribution
    rate: Distribution
    overtime_after: Distribution
    overtime: Distribution

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its draws."""
        return (STAFF, RATE, OVERTIME_AFTER, OVERTIME)

    def cost(self, work_h: Array, draw: Draw) -> Array:
        """Money by trial.

        Parameters
        ----------
        work_h
            Hours from the plan's start to full recovery, shape (n_trials,).
        draw
            Uniform draws by name, shape (n_trials,).
        """
        usual = np.minimum(work_h, sample(self.overtime_after, draw(OVERTIME_AFTER)))
        paid_h = usual + sample(self.overtime, draw(OVERTIME)) * (work_h - usual)
        per_hour = sample(self.rate, draw(RATE)) / DAY_H
        return np.asarray(sample(self.staff, draw(STAFF)) * per_hour * paid_h)


def compile_recovery_cost(business: Exposure) -> CompiledRecoveryCost | None:
    """Compile the part; None when it is not asked for."""
    asked = business.recovery_cost
    if asked is None:
        return None
    return CompiledRecoveryCost(
        law_of(asked.staff.value),
        law_of(asked.rate.value),
        hours_law(asked.overtime_after.value),
        law_of(asked.overtime.value),
    )
