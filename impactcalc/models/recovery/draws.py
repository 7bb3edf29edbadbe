"""The plan's draws by name, in the plan's order: what comes later changes no name before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.incident import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.models.recovery.plan import CompiledPlan, CompiledStage


def common_draw_names(plan: CompiledPlan) -> tuple[str, ...]:
    """Names of the draws that all stages share: the common factor and uncertain moments."""
    names = ["recovery/common"] if plan.factor.a else []
    if not plan.incident_started.exact:
        names.append("incident/started")
    if plan.plan_started is not None and not plan.plan_started.exact:
        names.append("recovery/started")
    return tuple(names)


def stage_draw_names(plan: CompiledPlan) -> tuple[str, ...]:
    """Names of the stages' draws that every trial rests on, a stage after the other."""
    return tuple(
        name for stage in plan.stages for name in (*_of_duration(stage), *_of_chances(stage))
    )


def late_draw_names(plan: CompiledPlan) -> tuple[str, ...]:
    """Names of the draws of third and later tries, which few trials reach."""
    return tuple(
        f"recovery/{stage.name}/try{try_}"
        for stage in plan.stages
        if stage.may_fail and stage.further is None
        for try_ in range(3, stage.tries + 1)
    )


def _of_duration(stage: CompiledStage) -> Iterator[str]:
    if stage.finished is None or not stage.finished.exact:
        yield f"recovery/{stage.name}/duration"
    under_way = stage.status is Status.IN_PROGRESS or stage.followed
    if under_way and not stage.windowed and stage.elapsed is None:
        yield f"recovery/{stage.name}/start"


def _of_chances(stage: CompiledStage) -> Iterator[str]:
    name = f"recovery/{stage.name}"
    if stage.may_fail:
        if stage.further is None:
            yield from (f"{name}/tries", f"{name}/try2")
        else:
            yield f"{name}/further"
    if stage.may_relapse:
        yield from (f"{name}/relapse", f"{name}/redo")
    if stage.hand_over is not None:
        yield f"{name}/hand-over"
