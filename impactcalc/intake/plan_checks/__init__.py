"""Plan against causes, text against itself: what the plan forgets and what does not fit.

Six questions, one module each, asked of a scenario and, where it came from a text, of its words:

* `left_open`: does the text speak of a figure without telling which?
* `causes`: is a cause named that no step treats?
* `prerequisites`: does a step rest on what the text says does not work?
* `repeats`: does the same work stand in two places?
* `latency_pair`: do the stated percentage and the pair of response times say the same?
* `windows`: does a stage end before the one that it waits for?

They fail closed: what is found is worded "no step found that ...", what is not found proves
nothing. The tables (`families`) know how people write, and no document. ``docs/plan-checks.md``
counts and judges the findings on the sample documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.plan_checks.latency_pair import percentage_against_pair
from impactcalc.intake.plan_checks.left_open import facts_left_open
from impactcalc.intake.plan_checks.repeats import repeated_work
from impactcalc.intake.plan_checks.steps import next_steps, planned
from impactcalc.intake.plan_checks.windows import windows_apart

if TYPE_CHECKING:
    from impactcalc.domain.check import Check
    from impactcalc.domain.scenario import Scenario
    from impactcalc.intake.escalation.reading import Reading
    from impactcalc.intake.plan_checks.steps import Step


def plan_checks(scenario: Scenario, reading: Reading | None = None) -> tuple[Check, ...]:
    """Check a plan against the causes, and a text against itself.

    Parameters
    ----------
    scenario
        The question; the actions of its stages are the plan.
    reading
        The text that it came from; None for a scenario file, which names no causes.

    Returns
    -------
    tuple of Check
        Each with the lines that it rests on; the gravest kinds first.
    """
    plan = planned(scenario, reading)
    found: list[Check] = []
    following: tuple[Step, ...] = ()
    if reading is not None:
        from impactcalc.intake.plan_checks.causes import untreated_causes
        from impactcalc.intake.plan_checks.prerequisites import unmet_prerequisites

        following = next_steps(reading)
        found += facts_left_open(reading, scenario)
        found += untreated_causes(reading, plan, following)
        found += unmet_prerequisites(reading, plan)
    found += windows_apart(scenario.recovery)
    found += percentage_against_pair(scenario.incident.latency)
    found += repeated_work(plan, following)
    return tuple(found)
