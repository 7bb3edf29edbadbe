"""The plan's windows against each other: a stage that is to end before what it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.check import Check
from impactcalc.domain.incident import Status
from impactcalc.intake.plan_checks.steps import line_of, quoted
from impactcalc.units.duration import short_duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.domain.incident import RecoveryPlan, Stage

KIND = "plan windows"


def windows_apart(plan: RecoveryPlan) -> Iterator[Check]:
    """Find stages whose window ends before that of a stage that they wait for.

    Parameters
    ----------
    plan
        Its stages wait for one another as `Stage.after` says; a done stage holds nothing up.
    """
    stages = {stage.name: stage for stage in plan.stages}
    for stage in plan.stages:
        for name in stage.after:
            before = stages[name]
            if Status.DONE in {stage.status.value, before.status.value}:
                continue
            own, other = _end(stage), _end(before)
            if own is not None and other is not None and own < other:
                yield Check(
                    KIND,
                    f"{quoted(stage.name)} is planned to end after {short_duration(own)}, before "
                    f"{quoted(name)}, which it waits for, ends after {short_duration(other)}",
                    tuple(line for one in (before, stage) if (line := line_of(one.source))),
                )


def _end(stage: Stage) -> float | None:
    """Give the planned end in seconds; None when the text has none."""
    window = stage.window
    return None if window is None or window.value.latest_s is None else float(window.value.latest_s)
