"""Checks of an incident under way: what is overdue, and what partial restorations tell."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.check import Check
from impactcalc.engine.notes import line_of
from impactcalc.models.recovery.overdue import overdue_stages
from impactcalc.stats.risk import quantiles
from impactcalc.units.duration import short_duration

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from impactcalc.domain.incident import Milestone
    from impactcalc.domain.result import Promise
    from impactcalc.domain.sourced import Sourced
    from impactcalc.engine.model import Model

    Array = NDArray[np.float64]

_HOUR = timedelta(hours=1)
_LEVELS = (50, 80)
_GOLDEN = 0.6180339887498949  # its multiples modulo 1 fill (0, 1) evenly: a quantile a trial
_DIGITS = 2


def under_way_checks(
    model: Model, promised: Promise, details: Mapping[str, Array]
) -> tuple[Check, ...]:
    """Flag overdue stages, and compare the newest partial restoration with the plan.

    Parameters
    ----------
    model
        The compiled scenario.
    promised
        When all is back by the plan.
    details
        Figures by name, of which ``started`` is used: hours since the origin, by trial.
    """
    return (*_overdue(model), *_milestone(model, promised, details["started"]))


def _overdue(model: Model) -> Iterator[Check]:
    plan = model.plan
    for one in overdue_stages(plan):
        if plan.overrun[one.place]:
            continue  # said already: it has outrun what is possible, not only what is likely
        stage = plan.stages[one.place]
        since = "after the plan's start" if stage.windowed else "after it began"
        yield Check(
            "overdue",
            f"{stage.name!r} is overdue: it is still open {_length(one.spent_h)} {since}, and 9 in "
            f"10 such stages end within {_length(one.late_h)}{_consequence(model, one.place)}",
            _lines(model.scenario.recovery.stages[one.place].source),
        )


def _consequence(model: Model, index: int) -> str:
    """Say what an overdue stage does to the stages that are still to come."""
    plan = model.plan
    if not any(stage.open for k, stage in enumerate(plan.stages) if k != index):
        return ""
    rho = plan.factor.a**2
    if not rho:
        return "; with a dependence of 0 the other stages are not moved by it"
    return f"; the other open stages are forecast later, too (dependence {rho:.2g})"


def _milestone(model: Model, promised: Promise, started: Array) -> Iterator[Check]:
    seen = model.scenario.incident.milestones
    if not seen or not _gates_open(model):
        return
    newest = max(seen, key=lambda one: one.value.at.middle)
    restored = newest.value.restored
    if restored is not None and restored >= 1:
        yield Check(
            "milestone",
            f"all service was back at {newest.text}, but the plan has an open stage that gives "
            "some of it back: close the stage, or mend the milestone",
            _lines(newest.source),
        )
    elif restored is None or restored > 0:
        yield _compared(model, promised, newest, started)


def _gates_open(model: Model) -> bool:
    """Whether a stage that gives service back is still open."""
    return any(
        stage.open for stage, gate in zip(model.plan.stages, model.gates, strict=True) if gate
    )


def _compared(model: Model, promised: Promise, seen: Sourced[Milestone], started: Array) -> Check:
    """Set the usual rest after a partial restoration beside the plan's forecast."""
    from impactcalc.models.recovery.milestone import rest_h

    as_of = model.plan.as_of
    at = (seen.value.at.middle - model.plan.origin) / _HOUR
    begun = started.ravel()
    begun = np.minimum(begun, at - 1.0 / 60.0)  # a minute at least: its logarithm is wanted
    u = np.asarray((np.arange(begun.size) + 0.5) * _GOLDEN % 1.0, dtype=np.float64)
    waited = np.full(begun.size, as_of - at)
    rest = rest_h(at - begun, waited, u) - waited
    by_level = quantiles(rest.reshape(1, -1), _LEVELS)
    half, most = (_length(float(by_level[level][0])) for level in _LEVELS)
    now = model.scenario.as_of.value
    planned = [_length((moment - now) / _HOUR) for moment in (promised.p50, promised.p80)]
    return Check(
        "milestone",
        f"{_part(seen.value)} was back at {seen.text}: after such a partial "
        f"restoration all is back in {half} from now in half of the cases, in {most} in 8 of 10; "
        f"the plan says {planned[0]} and {planned[1]}",
        _lines(seen.source),
    )


def _part(seen: Milestone) -> str:
    """Say how much was back."""
    return "Part of the service" if seen.restored is None else f"{float(seen.restored):.0%}"


def _length(hours: float) -> str:
    return short_duration(hours * 3600.0, _DIGITS) if hours > 0 else "0 min"


def _lines(source: str) -> tuple[int, ...]:
    line = line_of(source)
    return (line,) if line else ()
