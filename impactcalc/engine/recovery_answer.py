"""The recovery's answer: relief, full recovery, stages, fan, and the times to promise."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.result import Fan, Probability, Promise, RecoveryAnswer, StageAnswer
from impactcalc.engine.detail import FAN_INSTANTS, fan
from impactcalc.engine.sla_answer import zone_of
from impactcalc.engine.trials import summary
from impactcalc.models.recovery.overdue import overdue_stages
from impactcalc.named import NamedTuple
from impactcalc.stats.risk import probability_error, quantiles

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime, tzinfo

    from numpy.typing import NDArray

    from impactcalc.domain.result import Summary
    from impactcalc.engine.model import Model
    from impactcalc.engine.trials import Trials

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


class Forecast(NamedTuple):
    """The trials of a model and their details: what the recovery's answer is made from."""

    trials: Trials
    details: Mapping[str, Array]

    @property
    def model(self) -> Model:
        """The compiled scenario."""
        return self.trials.model

    def finish(self, index: int) -> Array:
        """Finish of a stage in hours since the origin: of the trials that are kept."""
        kept = self.trials.sample.figures.get(f"stage/{index}")
        return self.details[f"stage/{index}/finish"] if kept is None else kept

    def finish_since_start(self, index: int) -> Summary:
        """Finish of a stage in hours since the incident's start."""
        if self.model.kept:
            return self.trials.summary(f"since/{index}")
        return summary(self.finish(index) - self.details["started"], self.trials.factor)


def recovery_answer(forecast: Forecast) -> RecoveryAnswer:
    """When service is back, stage by stage."""
    model, trials = forecast.model, forecast.trials
    plan = model.scenario.recovery
    clock = Clock(model)
    gates_open = [
        stage.open for stage, gate in zip(model.plan.stages, model.gates, strict=True) if gate
    ]
    remaining = trials.summary("remaining")
    late = {one.place for one in overdue_stages(model.plan)}
    return RecoveryAnswer(
        first_relief_h=trials.summary("first_relief_h"),
        full_recovery_h=trials.summary("full_recovery_h"),
        rto_prob=None if plan.rto_s is None else trials.probability("rto"),
        mtpd_prob=None if plan.mtpd_s is None else trials.probability("mtpd"),
        stages=tuple(
            _stage(forecast, index, clock, late) for index in range(len(model.plan.stages))
        ),
        fan=_fan(trials, clock),
        remaining_h=remaining,
        open=any(gates_open) or remaining.p99 > 0,
    )


def promise(forecast: Forecast) -> Promise:
    """Clock times at P50, P80 and P90 of full recovery, and when news can be expected.

    News is the end of any unfinished stage: by ``next_update`` there is some in half of the trials.
    """
    clock = Clock(forecast.model)
    clock_h = quantiles(forecast.trials.kept.end().reshape(1, -1), (50, 80, 90))
    unfinished = [
        forecast.finish(index)
        for index, stage in enumerate(forecast.model.plan.stages)
        if stage.open
    ]
    return Promise(
        p50=clock.at(float(clock_h[50][0])),
        p80=clock.at(float(clock_h[80][0])),
        p90=clock.at(float(clock_h[90][0])),
        next_update=clock.at(_median_of_first(unfinished)) if unfinished else None,
    )


def _median_of_first(finishes: Sequence[Array]) -> float:
    """Median over trials of the earliest of some moments."""
    first = finishes[0]
    for finish in finishes[1:]:
        first = np.minimum(first, finish)
    return float(quantiles(first.reshape(1, -1), (50,))[50][0])


def _stage(forecast: Forecast, index: int, clock: Clock, late: Collection[int]) -> StageAnswer:
    finish = forecast.finish(index)
    stage, details = forecast.model.plan.stages[index], forecast.details
    clock_h = quantiles(finish.reshape(1, -1), _STAGE_CLOCK)
    no_time = details.get(f"stage/{index}/no_time")
    plan = _planned(forecast.model, index)
    return StageAnswer(
        name=stage.name,
        finish_h=forecast.finish_since_start(index),
        critical_prob=float(details[f"stage/{index}/critical"].mean()),
        status=stage.status.value,
        restores=float(details[f"stage/{index}/share"].mean()),
        finish_at={f"p{level}": clock.at(float(clock_h[level][0])) for level in _STAGE_CLOCK},
        planned_at=None if plan is None else (clock.at(plan[0]), clock.at(plan[1])),
        no_time_prob=0.0 if no_time is None else float(no_time.mean()),
        overdue=index in late,
        late_prob=None if plan is None else _late(finish, plan[1]),
    )


def _late(finish: Array, planned_h: float) -> Probability:
    """Probability that a stage ends after the end of its planned window, in hours since origin."""
    shares = (finish > planned_h).reshape(finish.shape[0], -1).mean(axis=1)
    return Probability(float(shares.mean()), probability_error(shares, finish.size))


def _planned(model: Model, index: int) -> tuple[float, float] | None:
    """Plan's own window in hours since the origin; with an unknown start, from its middle."""
    window = model.scenario.recovery.stages[index].window
    if window is None or window.value.latest_s is None:
        return None
    span = model.plan.plan_started or model.plan.incident_started
    begin = (span.low + min(span.high, max(model.plan.as_of, span.low))) / 2
    bounds = (window.value.earliest_s, window.value.latest_s)
    first, last = (begin + float(s) / 3600.0 for s in bounds)
    return first, last


def _fan(trials: Trials, clock: Clock) -> Fan:
    """Quantiles of the share of service at instants from the start to the likely end."""
    model = trials.model
    middle = model.scenario.incident.started.value.middle
    begin = (middle - model.plan.origin) / timedelta(hours=1)
    last = float(quantiles(trials.kept.end().reshape(1, -1), (90,))[90][0])
    last = max(last, model.plan.as_of, begin + 1.0)
    grid = np.sort(np.append(np.linspace(begin, last, FAN_INSTANTS), model.plan.as_of))
    grid = grid[np.append(True, np.diff(grid) > 0) & (grid >= begin)]
    by_level = quantiles(fan(model, trials.sample, grid), (5, 25, 50, 75, 95))
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
