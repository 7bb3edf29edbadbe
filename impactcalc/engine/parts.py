"""The parts of both ledgers beside lost revenue and credits, compiled and by trial.

They are loaded for scenarios that ask for one of them. Each is summed with the others of its ledger
by trial (`total`, ``provider/total``), never by percentile, and never with the other ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.engine.model import Parts
from impactcalc.models.backlog import compile_backlog
from impactcalc.models.churn import compile_churn
from impactcalc.models.loss import lost_hours
from impactcalc.models.productivity import compile_productivity
from impactcalc.models.recovery_cost import compile_recovery_cost
from impactcalc.models.revenue import flat_clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from impactcalc.domain.exposure import Exposure
    from impactcalc.domain.incident import Incident
    from impactcalc.engine.model import Model, World
    from impactcalc.models.laws import Draw

    Array = NDArray[np.float64]


def compile_parts(business: Exposure, incident: Incident) -> Parts:
    """Compile what the inputs support of productivity, backlog, churn and recovery cost."""
    return Parts(
        compile_productivity(business),
        compile_backlog(business),
        compile_churn(business, incident),
        compile_recovery_cost(business),
    )


def draw_names(parts: Parts) -> tuple[str, ...]:
    """Names of the parts' draws."""
    return tuple(name for part in parts if part is not None for name in part.names)


def part_losses(
    model: Model, parts: Parts, here: World, draw: Draw, found: Mapping[str, Array]
) -> dict[str, Array]:
    """Figures of the parts by trial, and the customer's total where revenue is one of them.

    Parameters
    ----------
    model, parts, here, draw
        The compiled scenario, its parts, a block of its trials, and their draws.
    found
        Figures of money that are computed already.
    """
    losses: dict[str, Array] = {}
    if parts.productivity is not None or parts.backlog is not None:
        hours = outage_hours(model, here)
        if parts.productivity is not None:
            losses["productivity"] = parts.productivity.loss(hours, draw)
        if parts.backlog is not None:
            losses["backlog"] = parts.backlog.loss(hours, draw)
        if model.money is not None:
            losses["total"] = sum(losses.values(), found[model.money.business.reading.value.value])
    if parts.churn is not None:
        losses["churn"] = parts.churn.loss(draw)
    if parts.recovery_cost is not None:
        work_h = np.maximum(here.end - here.times.plan_started, 0.0)
        losses["recovery_cost"] = parts.recovery_cost.cost(work_h, draw)
    return losses


def outage_hours(model: Model, here: World) -> Array:
    """Integral of L dt over the whole incident in hours, measured where it was."""
    if here.watched is not None and model.sight is not None:
        from impactcalc.models.observed import watched_hours, weigh

        clocks = weigh(model.sight.record, flat_clock())
        hours = watched_hours(here.watched, clocks, here.shares, model.linear)
        return hours.so_far + hours.to_come
    clock, as_of = flat_clock(), model.plan.as_of
    return here.lost.initial * lost_hours(here.times, here.shares, model.linear, clock, as_of).whole
