"""The recovery's answer: relief, full recovery, stages, fan, and the times to promise."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from impactcalc.domain.result import Fan, Promise, RecoveryAnswer, StageAnswer
from impactcalc.engine.detail import FAN_INSTANTS, fan
from impactcalc.engine.sla_answer import zone_of
from impactcalc.engine.summary import probability, summary
from impactcalc.stats.risk import quantiles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo
    from decimal import Decimal

    from numpy.typing import NDArray

    from impactcalc.domain.result import Probability
    from impactcalc.domain.sourced import Sourced
    from impactcalc.engine.sampling import Sample
    from impactcalc.engine.trial import Model

    Array = NDArray[np.float64]

_STAGE_CLOCK = (10, 25, 50, 75, 90)
_FURTHEST = timedelta(days=365_000)


class Clock:
    """Clock times of moments in hours since the origin, in the zone that the reader uses."""

    def __init__(self, model: Model) -> None:
        self._origin = model.plan.origin
        self.zone: tzinfo = zone_of(_zone_name(model))

    def at(self, hours: float) -> datetime:
        """Clock time to the second; a moment past a thousand years stands at that bound."""
        reach = timedelta(seconds=round(min(hours, _FURTHEST.total_seconds() / 3600) * 3600))
        return (self._origin + reach).astimezone(self.zone)


def _zone_name(model: Model) -> str:
    if model.contract is not None:
        return model.contract.sla.timezone.value
    return "UTC" if model.money is None else model.money.business.timezone.value


def ends(model: Model, found: Sample) -> Array:
    """Full recovery in hours since the origin, shape (16, n)."""
    end = found.figures.get("end")
    if end is None:
        end = found.figures["full_recovery_h"] + model.plan.incident_started.low
    return end


class Forecast(NamedTuple):
    """A model, its trials and their details: what the recovery's answer is made from.

    Parameters
    ----------
    model, found, details
        The compiled scenario, its sample and `detail.detail`.
    factor
        Widening of half-widths of means.
    """

    model: Model
    found: Sample
    details: Mapping[str, Array]
    factor: float

    def finish(self, index: int) -> tuple[Array, Array]:
        """Finish of a stage in hours since the origin, and since the incident's start."""
        kept = self.found.figures.get(f"stage/{index}")
        if kept is None:
            finish = self.details[f"stage/{index}/finish"]
            return finish, finish - self.details["started"]
        span = self.model.plan.incident_started
        if span.exact:
            return kept, kept - span.low
        figures = self.found.figures
        return kept, kept - (figures["end"] - figures["full_recovery_h"])


def recovery_answer(forecast: Forecast) -> RecoveryAnswer:
    """When service is back, stage by stage."""
    model, found, factor = forecast.model, forecast.found, forecast.factor
    full = found.figures["full_recovery_h"]
    remaining = np.maximum(ends(model, found) - model.plan.as_of, 0.0)
    plan = model.scenario.recovery
    clock = Clock(model)
    gates_open = [
        stage.open for stage, gate in zip(model.plan.stages, model.gates, strict=True) if gate
    ]
    return RecoveryAnswer(
        first_relief_h=summary(found.figures["first_relief_h"], factor),
        full_recovery_h=summary(full, factor),
        rto_prob=_kept(full, plan.rto_s),
        mtpd_prob=_kept(full, plan.mtpd_s),
        stages=tuple(_stage(forecast, index, clock) for index in range(len(model.plan.stages))),
        fan=_fan(model, found, clock),
        remaining_h=summary(remaining, factor),
        open=any(gates_open) or bool((remaining > 0).any()),
    )


def promise(forecast: Forecast) -> Promise:
    """Clock times at P50, P80 and P90 of full recovery, and when news can be expected."""
    clock = Clock(forecast.model)
    clock_h = quantiles(ends(forecast.model, forecast.found).reshape(1, -1), (50, 80, 90))
    unfinished = [
        float(quantiles(forecast.finish(index)[0].reshape(1, -1), (50,))[50][0])
        for index, stage in enumerate(forecast.model.plan.stages)
        if stage.open
    ]
    return Promise(
        p50=clock.at(float(clock_h[50][0])),
        p80=clock.at(float(clock_h[80][0])),
        p90=clock.at(float(clock_h[90][0])),
        next_update=clock.at(min(unfinished)) if unfinished else None,
    )


def _kept(full: Array, objective: Sourced[Decimal] | None) -> Probability | None:
    if objective is None:
        return None
    return probability(full <= float(objective.value / 3600) + 1e-12)


def _stage(forecast: Forecast, index: int, clock: Clock) -> StageAnswer:
    finish, since_start = forecast.finish(index)
    stage, details = forecast.model.plan.stages[index], forecast.details
    clock_h = quantiles(finish.reshape(1, -1), _STAGE_CLOCK)
    no_time = details.get(f"stage/{index}/no_time")
    return StageAnswer(
        name=stage.name,
        finish_h=summary(since_start, forecast.factor),
        critical_prob=float(details[f"stage/{index}/critical"].mean()),
        status=stage.status.value,
        restores=float(details[f"stage/{index}/share"].mean()),
        finish_at={f"p{level}": clock.at(float(clock_h[level][0])) for level in _STAGE_CLOCK},
        planned_at=_planned(forecast.model, index, clock),
        no_time_prob=0.0 if no_time is None else float(no_time.mean()),
    )


def _planned(model: Model, index: int, clock: Clock) -> tuple[datetime, datetime] | None:
    """Clock times of the plan's own window; of a plan with an unknown start, from its middle."""
    window = model.scenario.recovery.stages[index].window
    if window is None or window.value.latest_s is None:
        return None
    span = model.plan.plan_started or model.plan.incident_started
    begin = (span.low + min(span.high, max(model.plan.as_of, span.low))) / 2
    bounds = (window.value.earliest_s, window.value.latest_s)
    first, last = (clock.at(begin + float(s) / 3600.0) for s in bounds)
    return first, last


def _fan(model: Model, found: Sample, clock: Clock) -> Fan:
    """Quantiles of the share of service at instants from the start to the likely end."""
    middle = model.scenario.incident.started.value.middle
    begin = (middle - model.plan.origin) / timedelta(hours=1)
    last = float(quantiles(ends(model, found).reshape(1, -1), (90,))[90][0])
    last = max(last, model.plan.as_of, begin + 1.0)
    grid = np.sort(np.append(np.linspace(begin, last, FAN_INSTANTS), model.plan.as_of))
    grid = grid[np.append(True, np.diff(grid) > 0) & (grid >= begin)]
    by_level = quantiles(fan(model, found, grid), (5, 25, 50, 75, 95))
    lines = {level: tuple(values.tolist()) for level, values in by_level.items()}
    return Fan(
        hours=tuple((grid - begin).tolist()),
        p5=lines[5],
        p25=lines[25],
        p50=lines[50],
        p75=lines[75],
        p95=lines[95],
        at=tuple(clock.at(float(h)) for h in grid),
    )
