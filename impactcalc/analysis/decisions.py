"""The whole answer: what the engine simulates, and what helps to decide on the same trials."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from impactcalc.analysis.questions import Evidence, questions
from impactcalc.analysis.sensitivity import MOST, effects
from impactcalc.engine.simulate import Effort, answer, prepare, sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.analysis.whatif import Decision
    from impactcalc.domain.result import Comparison, Estimate
    from impactcalc.domain.scenario import Scenario, WhatIf


def decide(scenario: Scenario, effort: Effort) -> Estimate:
    """Answer a scenario with its drivers, alternatives and questions.

    Parameters
    ----------
    scenario
        The whole question.
    effort
        How much to compute.

    Raises
    ------
    InputError
        When the scenario's parts, or an alternative's, contradict one another, or the effort cannot
        be.
    """
    begun = time.perf_counter()
    model = prepare(scenario, effort)
    found = sample(model, effort)
    estimate = answer(model, found, effort, begun)
    measured = effects(model, found)
    estimate = estimate._replace(drivers=tuple(one.driver for one in measured[:MOST]))
    decisions: Sequence[Decision] = ()
    if scenario.what_if:
        from impactcalc.analysis.whatif import Base, compare

        outcome = compare(Base(model, found, effort.seed), scenario.what_if)
        decisions, warnings = outcome.decisions, (*estimate.warnings, *outcome.warnings)
        estimate = estimate._replace(what_if=outcome.alternatives, warnings=warnings)
    asked = questions(Evidence(estimate, model, found, measured, decisions))
    estimate = estimate._replace(questions=asked)
    run = estimate.run._replace(seconds=time.perf_counter() - begun)
    return estimate._replace(run=run)


def compare_with(scenario: Scenario, actions: Sequence[WhatIf], effort: Effort) -> Comparison:
    """Compare alternatives with a scenario, without the rest of its answer.

    Raises
    ------
    InputError
        As `decide`.
    """
    from impactcalc.analysis.comparison import comparison
    from impactcalc.analysis.whatif import Base, compare

    begun = time.perf_counter()
    model = prepare(scenario, effort)
    found = sample(model, effort)
    base = Base(model, found, effort.seed)
    return comparison(base, compare(base, actions), effort, begun)
