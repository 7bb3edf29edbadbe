"""Stages that are still open beyond the P90 of their own forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.incident import Status
from impactcalc.named import NamedTuple
from impactcalc.stats.distributions import Z90

if TYPE_CHECKING:
    from impactcalc.models.recovery.plan import CompiledPlan, CompiledStage


class Overdue(NamedTuple):
    """A stage by its place in the plan.

    ``spent_h``: hours that it has run; ``late_h``: those within which 9 in 10 such stages end.
    """

    place: int
    spent_h: float
    late_h: float


def overdue_stages(plan: CompiledPlan) -> tuple[Overdue, ...]:
    """Find the open stages that have run longer than their P90, in plan order.

    A window counts from the plan's start, a duration from the stage's own. A stage whose
    predecessors are open cannot be overdue: its lateness is theirs.
    """
    found = []
    for place, stage in enumerate(plan.stages):
        spent = _spent(plan, stage)
        late = float(stage.law.from_normal(np.array([Z90]))[0])
        if spent is not None and spent > late:
            found.append(Overdue(place, spent, late))
    return tuple(found)


def _spent(plan: CompiledPlan, stage: CompiledStage) -> float | None:
    """Hours that a stage has certainly run; None where that is not known or says nothing."""
    if not stage.open:
        return None
    if stage.windowed:
        begin = plan.plan_started or plan.incident_started
        waits = any(plan.stages[before].open for before in stage.after)
        return None if waits else plan.as_of - min(begin.high, plan.as_of)
    if stage.timed:
        return stage.elapsed
    under_way = stage.status is Status.IN_PROGRESS and stage.seen is not None
    return plan.as_of - stage.seen.high if under_way and stage.seen is not None else None
