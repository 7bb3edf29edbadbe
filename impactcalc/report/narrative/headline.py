"""The headline: at most 25 words that answer how much, how long and what the SLA says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.escape import breadth
from impactcalc.report.narrative.money import revenue_alone
from impactcalc.report.narrative.subject import customer, opening
from impactcalc.report.narrative.unclear import begun, no_revenue_reason
from impactcalc.report.phrases import Clock, amount, amount_range, in_hundred
from impactcalc.units.ratio import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.domain.result import Estimate, Probability, SlaAnswer

MOST_WORDS = 25
MOST_CHARACTERS = 135  # two lines of the brief
_MOST_BELOW = 250  # two lines of the smaller type below
_LONG_NAME = 60
_SHORT_NAME = 22
_CERTAIN = 0.99


def headline(estimate: Estimate) -> str:
    """Write the finding in one or two sentences.

    Parameters
    ----------
    estimate
        The whole answer.

    Returns
    -------
    str
        At most 25 words and 135 characters; the fullest wording that fits.
    """
    wordings = tuple(_wordings(estimate))
    return next((text for text in wordings if _fits(text)), wordings[-1])


def no_money(estimate: Estimate) -> str:
    """Say that there is no figure of money, and why."""
    return f"{begun(no_revenue_reason(estimate))}."


def _fits(text: str) -> bool:
    return len(text.split()) <= MOST_WORDS and breadth(text) <= MOST_CHARACTERS


def _wordings(estimate: Estimate) -> Iterator[str]:
    """Yield the finding in ever fewer words."""
    seconds = dict.fromkeys((_second_clause(estimate), _second_clause(estimate, short=True)))
    name = customer(estimate, _LONG_NAME)
    for who in (name, opening(name, _SHORT_NAME), "The customer"):
        for second in seconds:
            for unit in (" of revenue", "") if revenue_alone(estimate) else ("",):
                yield f"{_first_clause(estimate, who, unit)} {second}".strip()
    yield _first_clause(estimate, "The customer", "")


def _first_clause(estimate: Estimate, name: str, unit: str) -> str:
    """Say what it costs, or, without money, when it is over."""
    if estimate.customer.total is None:
        return _time_clause(estimate)
    if estimate.customer.total.p95 <= 0:
        return f"{name} loses no revenue by the figures stated."
    whole = amount(estimate.customer.total, "p50", estimate.currency)
    if not estimate.recovery.open:
        return f"{name} lost about {whole}{unit}; service is back."
    return f"{name} stands to lose about {whole}{unit}{_so_far(estimate, whole)}."


def _so_far(estimate: Estimate, whole: str) -> str:
    """Say how much of it is lost already."""
    lost = estimate.customer.already_lost
    if lost is None:
        return ""
    so_far = amount(lost, "p50", estimate.currency)
    if not revenue_alone(estimate):
        return f", {so_far} of revenue already lost" if lost.p50 > 0 else ""
    if lost.p50 <= 0:
        return ", none of it lost yet"
    return (
        ", nearly all of it already lost" if so_far == whole else f", {so_far} of it already lost"
    )


def _second_clause(estimate: Estimate, *, short: bool = False) -> str:
    """Say what the contract says; without a contract, when it is over."""
    if estimate.sla is not None:
        return sla_clause(estimate.sla, estimate)
    return (
        no_money(estimate)
        if estimate.customer.total is None
        else _time_clause(estimate, short=short)
    )


def _time_clause(estimate: Estimate, *, short: bool = False) -> str:
    """Say when service is back; in short without the year."""
    if not estimate.recovery.open:
        return "Service is fully restored."
    clock, middle = Clock.of(estimate), estimate.promise.p50
    if short:
        return f"Half of such cases are back by {clock.zoned(middle)}."
    moment = clock.full(middle)
    return f"Half of such cases are fully back by {moment}."


def sla_clause(sla: SlaAnswer, estimate: Estimate) -> str:
    """Say whether the SLA is broken, or that its wording decides."""
    name = f"{percent(sla.target, 6)} SLA"
    if sla.breach_prob is not None:
        return _odds_clause(name, sla.breach_prob, _already(sla, estimate))
    chances = [reading.breach_prob for reading in sla.readings.values()]
    if not chances:
        return f"What the {name} says is open."
    lowest = min(chances, key=lambda chance: chance.value)
    highest = max(chances, key=lambda chance: chance.value)
    if highest.value == 0:
        return f"The {name} holds by every definition of downtime."
    if lowest.value >= _CERTAIN:
        return f"The {name} is broken by every definition of downtime."
    return f"Whether the {name} is broken hangs on one clause."


def _odds_clause(name: str, breach: Probability, already: bool) -> str:
    """Say how often the SLA is broken."""
    if breach.value == 1:
        return (
            f"The {name} is already broken."
            if already
            else f"The {name} breaks in every simulated case."
        )
    if breach.value == 0:
        return f"The {name} holds in every simulated case."
    return f"The {name} breaks in {in_hundred(breach)} cases."


def _already(sla: SlaAnswer, estimate: Estimate) -> bool:
    """Tell whether the breach lies in the past."""
    broken = sla.budget.breached_at
    return broken is not None and broken <= estimate.as_of


def second_sentence(estimate: Estimate) -> str:
    """Write the line below the headline: what to do, to ask, or how wide it is; when it is over."""
    from impactcalc.report.narrative.actions import action_sentence
    from impactcalc.report.narrative.sla import definition_sentence

    total = estimate.customer.total
    first = action_sentence(estimate)
    if not first and total is not None:
        asked = definition_sentence(estimate)
        first = asked if len(f"{asked} {_promise(estimate)}") <= _MOST_BELOW else ""
    parts = [first] if first else []
    if not parts and total is not None and total.p95 > 0:
        middle = amount(total, "p50", estimate.currency)
        mean = amount(total, "mean", estimate.currency)
        parts.append(
            f"Half of such cases cost less than {middle}, 9 in 10 "
            f"{_between(amount_range(total, estimate.currency))}; the average is {mean}."
        )
    if total is None and estimate.sla is not None:
        parts.append(no_money(estimate))
    parts.append(_promise(estimate))
    return " ".join(parts)


def _between(text: str) -> str:
    """Put a range behind a verb."""
    low, to, high = text.partition(" to ")
    return f"between {low} and {high}" if to else f"about {low}"


def _promise(estimate: Estimate) -> str:
    """Say by when service is back in half and in 8 of 10 cases."""
    clock, promise = Clock.of(estimate), estimate.promise
    if not estimate.recovery.open:
        return f"Service was fully back by {clock.full(promise.p50)}."
    half, eight = clock.brief(promise.p50), clock.full(promise.p80)
    if estimate.customer.total is None:  # the headline has told the even chance
        nine = clock.full(promise.p90)
        return f"Service is fully back by {eight} in 8 of 10 cases, by {nine} in 9 of 10."
    return f"Service is fully back by {half} in half of the cases, by {eight} in 8 of 10."


def summary_line(estimate: Estimate, most: int = 255) -> str:
    """Write headline and figures on one line for a ticket's summary field.

    Parameters
    ----------
    estimate
        The whole answer.
    most
        Characters that the field takes.
    """
    parts = [headline(estimate), *_figures(estimate)]
    line = parts[0]
    for part in parts[1:]:
        line = f"{line} {part}" if len(line) + len(part) < most else line
    return line[:most]


def _figures(estimate: Estimate) -> Iterator[str]:
    """Yield the figures that the summary line has room for, most wanted first."""
    clock, total = Clock.of(estimate), estimate.customer.total
    if estimate.recovery.open:
        yield f"Fully back: 8 in 10 by {clock.full(estimate.promise.p80)}."
    if total is not None and total.p95 > 0:
        yield f"Loss, 9 in 10: {amount_range(total, estimate.currency)}."
    yield f"As of {clock.now()}."
