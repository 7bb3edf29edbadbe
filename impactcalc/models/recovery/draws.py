"""The plan's draws by name, in the order of what they move: the first columns are the most even.

A stage's duration weighs its own spread in hours times the share of the loss that waits for it.
Moments and the common factor come first, then the stages by that weight, each with its chances
(tries, relapse) behind its duration: so a change of a chance changes no column. The order is a
matter of accuracy alone: any order gives the same law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.incident import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.models.recovery.plan import CompiledPlan, CompiledStage
    from impactcalc.stats.distributions import Distribution

_CAP_H = 1000.0


def draw_names(plan: CompiledPlan, shares: Sequence[float]) -> tuple[str, ...]:
    """Names of the plan's draws that every trial rests on, the weightiest first.

    Parameters
    ----------
    plan
        The compiled plan.
    shares
        What each stage restores, by and large.
    """
    names = ["recovery/common"] if plan.factor.a else []
    if not plan.incident_started.exact:
        names.append("incident/started")
    if plan.plan_started is not None and not plan.plan_started.exact:
        names.append("recovery/started")
    waiting = _waiting_shares(plan, shares)
    weights = [
        _spread(stage.law) * share for stage, share in zip(plan.stages, waiting, strict=True)
    ]
    # stable: stages of equal weight keep the plan's order
    order = sorted(range(len(weights)), key=lambda index: -weights[index])
    for index in order:
        names += _of_duration(plan.stages[index])
        names += _of_chances(plan.stages[index])
    return tuple(names)


def late_draw_names(plan: CompiledPlan) -> tuple[str, ...]:
    """Names of the draws of third and later tries, which few trials reach."""
    most = max((stage.tries for stage in plan.stages), default=1)
    return tuple(
        f"recovery/{stage.name}/try{try_}"
        for try_ in range(3, most + 1)
        for stage in plan.stages
        if stage.may_fail and try_ <= stage.tries
    )


def _waiting_shares(plan: CompiledPlan, shares: Sequence[float]) -> list[float]:
    """Share of the loss that ends with a stage or with one that waits for it.

    A stage with a window waits only where its window is already over: half of it is counted.
    """
    waiting = [float(share) for share in shares]
    for index in reversed(plan.order):
        stage = plan.stages[index]
        if stage.timed:
            continue
        for before in stage.after:
            waiting[before] += waiting[index] * (0.5 if stage.windowed else 1.0)
    return waiting


def _of_duration(stage: CompiledStage) -> Iterator[str]:
    if stage.finished is None or not stage.finished.exact:
        yield f"recovery/{stage.name}/duration"
    if stage.status is Status.IN_PROGRESS and not stage.windowed and stage.elapsed is None:
        yield f"recovery/{stage.name}/start"


def _of_chances(stage: CompiledStage) -> Iterator[str]:
    name = f"recovery/{stage.name}"
    if stage.may_fail:
        yield from (f"{name}/tries", f"{name}/try2")
    if stage.may_relapse:
        yield from (f"{name}/relapse", f"{name}/redo")
    if stage.hand_over is not None:
        yield f"{name}/hand-over"


def _spread(law: Distribution) -> float:
    """Half the distance between the scores -1 and 1, in hours, at most 1,000."""
    low, high = law.from_normal(np.array([-1.0, 1.0]))
    return min(float(high - low) / 2, _CAP_H)
