"""The comparison: the base's own figures beside those of its alternatives."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from impactcalc.analysis.sensitivity import MOST, effects
from impactcalc.analysis.whatif import breach
from impactcalc.domain.result import BaseFigures, Comparison
from impactcalc.engine.simulate import run_of
from impactcalc.engine.trials import Trials
from impactcalc.models.recovery.plan import largest_open_log_sd

if TYPE_CHECKING:
    from impactcalc.analysis.whatif import Base, Outcome
    from impactcalc.domain.scenario import Scenario
    from impactcalc.engine.simulate import Effort


def comparison(base: Base, outcome: Outcome, effort: Effort, begun: float) -> Comparison:
    """Lay the alternatives beside the base, with what moves it.

    ``begun`` is the clock at the start of the work.
    """
    model, scenario = base.model, base.model.scenario
    trials = Trials(model, base.found, largest_open_log_sd(model.plan))
    money = model.money
    best = next((one.name for one in outcome.alternatives if one.recommended), None)
    return Comparison(
        title=_title(scenario),
        as_of=scenario.as_of.value,
        currency=scenario.currency,
        base=BaseFigures(
            revenue_loss=None
            if money is None
            else trials.summary(money.business.reading.value.value),
            total=None if model.total is None else trials.summary(model.total),
            full_recovery_h=trials.summary("full_recovery_h"),
            breach_prob=breach(trials),
        ),
        what_if=outcome.alternatives,
        recommended=best,
        warnings=(*scenario.cautions, *outcome.warnings),
        drivers=tuple(one.driver for one in effects(model, base.found)[:MOST]),
        run=run_of(scenario, base.found, effort, time.perf_counter() - begun),
    )


def _title(scenario: Scenario) -> str:
    """Write the customer and the incident's number, as far as they are known."""
    known = (scenario.incident.customer, scenario.incident.id)
    return " · ".join(one.value for one in known if one is not None)
