"""Trials: one scenario compiled, and what a block of its trials gives."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.contract import Downtime
from impactcalc.engine.model import Contract, Further, Model, Money, World
from impactcalc.engine.places import places
from impactcalc.models import degradation
from impactcalc.models.budget import error_budget
from impactcalc.models.laws import hours_law, law_of, sample
from impactcalc.models.loss import lost_hours
from impactcalc.models.outage import Service
from impactcalc.models.recovery import plan as plans
from impactcalc.models.recovery.draws import (
    common_draw_names,
    late_draw_names,
    stage_draw_names,
)
from impactcalc.models.recovery.gating import gating
from impactcalc.models.recovery.timeline import timeline
from impactcalc.models.revenue import RevenueClock
from impactcalc.stats.distributions import Constant

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from impactcalc.domain.contract import Sla
    from impactcalc.domain.exposure import Exposure
    from impactcalc.domain.observed import ObservedShare
    from impactcalc.domain.scenario import Scenario
    from impactcalc.engine.model import Parts, Sight
    from impactcalc.models.degradation import LostShare
    from impactcalc.models.laws import Draw
    from impactcalc.models.observed import Watched
    from impactcalc.models.recovery.plan import CompiledPlan

    Array = NDArray[np.float64]

HOUR_S = 3600.0
SINGLE_DRAWS = (
    "business/revenue",
    "business/deferred",
    "sla/to-date",
    "sla/unknown",
    "sla/further/count",
)
"""Draws of which a scenario has one at most, whatever its plan; their order is their column's."""
AN_INSTANT_H = 1e-12
DEFAULT_THRESHOLD = 0.05
"""Share above which a moment counts in the threshold reading when none is stated [A]."""


def compile_model(scenario: Scenario) -> Model:
    """Compile a scenario: laws, clocks, periods and the evidence at ``as_of``.

    Raises
    ------
    ValueError
        When the parts contradict one another in a way that the file's own checks cannot see.
    """
    plan = plans.compile_plan(scenario.incident, scenario.recovery, scenario.as_of.value)
    money = None if scenario.business is None else _money(scenario.business, plan)
    contract = None if scenario.sla is None else _contract(scenario, plan)
    seen = scenario.incident.observed
    parts = _parts(scenario)
    return Model(
        scenario=scenario,
        plan=plan,
        gates=gating(scenario.recovery.stages),
        linear=tuple(stage.linear for stage in plan.stages),
        names=_names(scenario, plan, contract, parts),
        money=money,
        contract=contract,
        sight=None if seen is None else _sight(seen.value, plan, contract, money),
        parts=parts,
    )


def _names(
    scenario: Scenario, plan: CompiledPlan, contract: Contract | None, parts: Parts | None
) -> tuple[str | None, ...]:
    """Names of the draws by their column: a stated share, then time, then all else."""
    loss = degradation.draw_names(scenario.incident)
    stated = loss if scenario.incident.lost_share is not None else ()
    further = None if contract is None else contract.further
    return places(
        first=(*stated, *common_draw_names(plan)),
        stages=stage_draw_names(plan),
        single=(*SINGLE_DRAWS, *(() if stated else loss), *_part_names(parts)),
        further=() if further is None else _further_names(further),
        late=late_draw_names(plan),
    )


def _part_names(parts: Parts | None) -> tuple[str, ...]:
    if parts is None:
        return ()
    from impactcalc.engine.parts import draw_names

    return draw_names(parts)


def _further_names(further: Further) -> list[str]:
    return [
        f"sla/further/{index}/{what}"
        for index in range(further.numbers.size - 1)
        for what in ("arrival", "duration")
    ]


def _sight(
    seen: ObservedShare, plan: CompiledPlan, contract: Contract | None, money: Money | None
) -> Sight:
    """Compile what was measured; its modules are loaded for those who measure."""
    from impactcalc.engine.observation import sight

    return sight(seen, plan, contract, money)


def _parts(scenario: Scenario) -> Parts | None:
    """Compile the ledgers' other parts; their modules are loaded for those who ask for one."""
    business = scenario.business
    asked = business and (
        business.productivity or business.backlog or business.churn or business.recovery_cost
    )
    if business is None or not asked:
        return None
    from impactcalc.engine.parts import compile_parts

    parts = compile_parts(business, scenario.incident)
    return parts if any(parts) else None


def _money(business: Exposure, plan: CompiledPlan) -> Money | None:
    if business.revenue_at_risk is None:
        return None
    deferred = law_of(business.deferred.value)
    none_deferred = isinstance(deferred, Constant) and deferred.value == 0
    return_h = 0.0 if none_deferred else float(business.deferred_for_s.value / 3600)
    clock = RevenueClock(business.profile.value, business.timezone.value, plan.origin, return_h)
    return Money(business, law_of(business.revenue_at_risk.value), clock, deferred)


def _contract(scenario: Scenario, plan: CompiledPlan) -> Contract | None:
    sla = scenario.sla
    if sla is None:
        return None
    budget = error_budget(sla, scenario.incident.started.value)
    hour = timedelta(hours=1)
    start, end = (budget.start - plan.origin) / hour, (budget.end - plan.origin) / hour
    rule = None if sla.downtime is None else sla.downtime.value
    stated = rule is not None and rule.definition is Downtime.THRESHOLD
    threshold = DEFAULT_THRESHOLD
    if stated and rule is not None and rule.threshold is not None:
        threshold = float(rule.threshold)
    return Contract(
        sla=sla,
        budget=budget,
        start=start,
        end=end,
        threshold=threshold,
        to_date=law_of(sla.to_date.value),
        basis=None if rule is None else rule.definition.value,
        further=_further(sla, plan, start, end),
    )


def _further(sla: Sla, plan: CompiledPlan, start: float, end: float) -> Further | None:
    """Compile further incidents over what is left of the period; None when nothing is."""
    first = max(plan.as_of, start)
    if sla.further is None or first >= end:
        return None
    law = hours_law(sla.further.duration)
    if sla.further.per_year <= 0:
        return None
    from impactcalc.models.projection import further_counts

    size = sla.further.monthly_size
    numbers = further_counts(
        float(sla.further.per_year), None if size is None else float(size), end - first
    )
    return Further(numbers, law, first, end)


def world(model: Model, draw: Draw, count: int, lost: LostShare | None = None) -> World:
    """Draw a block: timeline, lost share and what each stage gives back.

    ``lost`` is the block's lost share where it is known already.
    """
    times = timeline(model.plan, draw, count)
    if lost is None:
        lost = degradation.lost_share(model.scenario.incident, draw)
    if model.lost_factor != 1.0:
        lost = lost.times(model.lost_factor)
    shares = model.shares(lost.initial, lost.after)
    restoring = [s for s, gate in zip(times.stages, model.gates, strict=True) if gate]
    end, relief = restoring[0].ready, restoring[0].finish
    for stage in restoring[1:]:
        end = np.maximum(end, stage.ready)
        relief = np.minimum(relief, stage.finish)
    service = Service(times, shares, model.linear, lost.initial)
    return World(times, lost, shares, service, end, relief, _watched(model, service))


def _watched(model: Model, service: Service) -> Watched | None:
    if model.sight is None:
        return None
    from impactcalc.models.observed import watch

    return watch(model.sight.record, service)


def outcome(model: Model, here: World, draw: Draw) -> dict[str, Array]:
    """Figures of a block that every trial keeps: money, recovery and downtime."""
    started = here.times.incident_started
    found = {"full_recovery_h": here.end - started, "first_relief_h": here.relief - started}
    if not model.plan.incident_started.exact:
        found["end"] = here.end
    if model.kept:
        found |= {f"stage/{k}": stage.finish for k, stage in enumerate(here.times.stages)}
    if model.money is not None:
        found |= _losses(model, model.money, here, draw)
    if model.parts is not None:
        from impactcalc.engine.parts import part_losses

        found |= part_losses(model, model.parts, here, draw, found)
    if model.contract is not None:
        found |= _downtimes(model, model.contract, here, draw)
    return found


def _losses(model: Model, money: Money, here: World, draw: Draw) -> dict[str, Array]:
    if here.watched is not None and model.sight is not None:
        from impactcalc.engine.observation import observed_losses

        return observed_losses(model, money, here, draw)
    hours = lost_hours(here.times, here.shares, model.linear, money.clock, model.plan.as_of)
    if isinstance(money.per_day, Constant):
        per_hour: Array | float = money.per_day.value / 24.0
    else:
        per_hour = sample(money.per_day, draw("business/revenue")) / 24.0
    kept = hours.whole
    if hours.returned is not None:
        kept = kept - sample(money.deferred, draw("business/deferred")) * hours.returned
    initial = here.lost.initial
    exposed = money.business.reading.value == "exposed"
    rate = per_hour * initial if exposed else per_hour
    avoidable = np.maximum(hours.whole - hours.so_far, 0.0)
    if model.overlay is not None:
        from impactcalc.engine.overlay import changed_hours

        change = changed_hours(model, model.overlay, money, here)
        kept, avoidable = kept + change, avoidable + change
    found = {
        "exposed": per_hour * initial * kept,
        "lost": per_hour * kept,
        "already_lost": rate * hours.so_far,
        "avoidable": rate * avoidable,
    }
    if not isinstance(money.per_day, Constant):
        found["exposure_per_day"] = np.asarray(per_hour) * 24.0
    return found


def _downtimes(model: Model, contract: Contract, here: World, draw: Draw) -> dict[str, Array]:
    low = np.maximum(here.times.incident_started, contract.start)
    if model.overlay is None:
        hours = here.downtime(low, contract.end, contract.threshold)
    else:
        from impactcalc.engine.overlay import overlaid_downtime

        hours = overlaid_downtime(model.overlay, contract, here)
    found = {
        "all_fail": hours.all_fail * HOUR_S,
        "threshold": hours.threshold * HOUR_S,
        "proportional": hours.proportional * HOUR_S,
    }
    if here.watched is not None:
        from impactcalc.engine.observation import earlier_seconds

        found |= {f"before/{k}": v for k, v in earlier_seconds(model, here, draw).items()}
    elif not isinstance(contract.to_date, Constant):
        found["to_date"] = sample(contract.to_date, draw("sla/to-date"))
    if contract.further is not None:
        found |= _further_downtimes(contract, contract.further, here, draw)
    return found


def _further_downtimes(
    contract: Contract, further: Further, here: World, draw: Draw
) -> dict[str, Array]:
    """Seconds that further incidents add to each reading."""
    from impactcalc.models.projection import counts, further_downtime

    number = counts(further.numbers, draw("sla/further/count"))
    outages = []
    for index in range(int(number.max(initial=0))):
        arrival = draw(f"sla/further/{index}/arrival")
        start = further.first + (further.last - further.first) * arrival
        length = sample(further.duration, draw(f"sla/further/{index}/duration"))
        start = np.where(number > index, start, np.inf)
        outages.append((start, start + length))
    low = np.maximum(here.times.incident_started, contract.start)
    if here.watched is not None:
        low = np.maximum(low, further.first)  # what was measured is over by then
    span = (further.first, further.last)
    hours = further_downtime(here.ahead, low, span, contract.threshold, outages)
    return {f"further/{name}": getattr(hours, name) * HOUR_S for name in hours._fields}
