"""The questions: which unknown is worth asking for, what the answer is worth, and whom to ask.

Ranked: first a contradiction of the input and what a whole ledger waits for; then by what the
answer is worth before the actions are chosen, then by how much it narrows the range of what it
concerns. At most five.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from impactcalc.analysis.askable import CONTRACT, CUSTOMER, ENGINEERS, Ask, ask_about
from impactcalc.analysis.sensitivity import POINTS, draws, wanted
from impactcalc.domain.result import Question
from impactcalc.named import NamedTuple
from impactcalc.stats.conditional import narrowing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from impactcalc.analysis.sensitivity import Effect
    from impactcalc.analysis.whatif import Decision
    from impactcalc.domain.result import Estimate
    from impactcalc.engine.model import Model
    from impactcalc.engine.sampling import Sample

    Array = NDArray[np.float64]
    Ranked = tuple[int, Question]
    """A question behind its class: 0 before 1 before 2."""

MOST = 5
NARROWING_POINTS = 256
"""Points a replicate that place a range to about two hundredths, for a tenth of a millisecond."""
_ROUTE = "loss/route"
_LEAST = 0.01  # of a range: what narrows it less is not worth asking


class Evidence(NamedTuple):
    """What questions are priced by: the answer, its trials, its effects, and the decisions."""

    estimate: Estimate
    model: Model
    found: Sample
    effects: Sequence[Effect]
    decisions: Sequence[Decision]


def questions(evidence: Evidence) -> tuple[Question, ...]:
    """Ask at most five questions, the first one first."""
    asked = [*_about_inputs(evidence), *_about_the_contract(evidence), *_about_money(evidence)]

    def place(one: Ranked) -> tuple[float, float, float]:
        order, question = one
        # what no figure can be put on comes last
        narrows = -1.0 if question.narrows is None else question.narrows
        return order, -(question.worth or 0.0), -narrows

    return tuple(question for _, question in sorted(asked, key=place)[:MOST])


def _question(ask: Ask, worth: float | None, narrows: float | None) -> Question:
    return Question(ask.field, ask.ask, ask.why, worth, narrows, ask.whom)


def _about_inputs(evidence: Evidence) -> Iterator[Ranked]:
    """Price the strongest inputs that somebody can tell, and the two routes if they disagree."""
    _, values = wanted(evidence.model, evidence.found)
    few = values[:, :NARROWING_POINTS]
    asked = 0
    for effect in evidence.effects:
        name = effect.input.name
        ask = _which_figure() if name == _ROUTE else ask_about(evidence.model, name)
        if ask is None or asked >= MOST:
            continue
        asked += 1
        points = values.shape[1] if evidence.decisions else few.shape[1]
        u = draws(evidence.found, name, points)
        worth = None
        if evidence.decisions:
            worth = _worth(evidence.decisions, u)
        narrows = narrowing(few, u[:, :NARROWING_POINTS])
        if worth or narrows > _LEAST or name == _ROUTE:
            yield (0 if name == _ROUTE else 2, _question(ask, worth, narrows))


def _worth(decisions: Sequence[Decision], u: Array) -> float:
    """Price knowing an input; the prices are loaded for those who have actions."""
    from impactcalc.analysis.value_of_information import worth_of_knowing

    return worth_of_knowing([one.net[:, :POINTS] for one in decisions], u).shown


def _which_figure() -> Ask:
    why = "two figures disagree about the failing share"
    return Ask("incident.latency.increase", "Which figure holds", why, ENGINEERS)


def _about_the_contract(evidence: Evidence) -> Iterator[Ranked]:
    estimate = evidence.estimate
    nothing = 0.0 if evidence.decisions else None  # no action of the customer's hangs on it
    contract, sla = estimate.scenario.sla, estimate.sla
    if contract is None or sla is None:
        ask = Ask("sla.target", "The SLA", "target, period and definition of downtime", CONTRACT)
        yield (1, _question(ask, nothing, None))
        return
    if sla.basis is None:
        chances = [one.breach_prob.value for one in sla.readings.values()]
        if len(set(chances)) > 1:
            why = "decides whether the SLA is broken"
            ask = Ask("sla.downtime", "The definition of downtime", why, CONTRACT)
            yield (2, _question(ask, nothing, _narrowed_chance(chances)))
    if contract.monthly_fee is None:
        why = "turns the odds of a credit into money"
        ask = Ask("sla.monthly_fee", "The monthly fee", why, CONTRACT)
        yield (2, _question(ask, nothing, None))


def _narrowed_chance(chances: Sequence[float]) -> float:
    """Share by which the spread of "broken or not" narrows once the reading is known.

    Each reading is equally likely before; the spread is the standard deviation of yes or no.
    """
    middle = sum(chances) / len(chances)
    whole = math.sqrt(middle * (1.0 - middle))
    left = sum(math.sqrt(chance * (1.0 - chance)) for chance in chances) / len(chances)
    return max(0.0, 1.0 - left / whole) if whole else 0.0


def _about_money(evidence: Evidence) -> Iterator[Ranked]:
    estimate = evidence.estimate
    business = estimate.scenario.business
    if business is None or business.revenue_at_risk is None:
        unclear = any(one.field == "revenue_at_risk_per_day" for one in estimate.warnings)
        why = f"{'the text leaves it unclear; it ' if unclear else ''}turns time into money"
        ask = Ask("business.revenue_at_risk", "Revenue a day", why, CUSTOMER)
        yield (1, _question(ask, None, None))
        return
    readings = [one for one in estimate.customer.readings.values() if one is not None]
    if business.reading.stated or not readings:
        return
    widths = [one.p95 - one.p5 for one in readings]
    whole = max(one.p95 for one in readings) - min(one.p5 for one in readings)
    narrows = max(0.0, 1.0 - sum(widths) / len(widths) / whole) if whole > 0 else 0.0
    why = "two readings, both are shown"
    ask = Ask("business.reading", "Does the amount pass, or is it lost?", why, CUSTOMER)
    yield (2, _question(ask, _worth_of_reading(evidence.decisions), narrows))


def _worth_of_reading(decisions: Sequence[Decision]) -> float | None:
    """Price the reading of the stated amount; None without decisions."""
    if not decisions:
        return None
    from impactcalc.analysis.value_of_information import worth_of_either

    here = [float(one.net.mean()) for one in decisions]
    return worth_of_either(here, [one.other_reading for one in decisions])
