"""The contract in rows and sentences: its budget, and each reading of downtime."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from impactcalc.domain.contract import Downtime
from impactcalc.domain.result import Probability
from impactcalc.named import NamedTuple
from impactcalc.report.narrative.unclear import begun, no_sla_reason
from impactcalc.report.phrases import (
    Clock,
    chance,
    joined,
    length,
    length_range,
    seconds,
)
from impactcalc.units.ratio import percent

if TYPE_CHECKING:
    from impactcalc.domain.result import DowntimeReading, Estimate, SlaAnswer, Summary

BUDGET_DIGITS = 3
TARGET_DIGITS = 6
_FULL_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_YEAR = 12
_LIKELY = 0.5
_NOTHING_S = 1e-6  # of a period's seconds: what floats leave of no downtime


class SlaRow(NamedTuple):
    """The contract under one reading of downtime, in words.

    Parameters
    ----------
    label
        The reading.
    so_far, whole, span
        Downtime at the moment of the forecast; over the whole period: even chance, 9 in 10.
    availability
        Of the whole period, even chance.
    broken
        Chance that the period ends below the target.
    certain
        Whether that chance is 0 or 1.
    in_force
        Whether the contract uses this reading.
    """

    label: str
    so_far: str
    whole: str
    span: str
    availability: str
    broken: str
    certain: bool
    in_force: bool


def sla_rows(estimate: Estimate) -> tuple[SlaRow, ...]:
    """Write the contract under each reading of downtime."""
    sla = estimate.sla
    if sla is None:
        return ()
    counted = counted_s(estimate, sla)
    return tuple(
        _row(key, reading, counted, in_force=key == sla.basis)
        for key, reading in sla.readings.items()
    )


def counted_s(estimate: Estimate, sla: SlaAnswer) -> float:
    """Length of the period in seconds, without the agreed maintenance."""
    contract = estimate.scenario.sla
    excluded = 0.0 if contract is None else float(contract.excluded_s.value)
    return (sla.period.end - sla.period.start).total_seconds() - excluded


def _whole(reading: DowntimeReading, counted: float) -> Summary:
    """Downtime of the whole period in seconds: what its availability leaves, earlier time too."""
    availability = reading.availability

    def lost(name: str) -> float:
        seconds_lost = (1.0 - float(getattr(availability, name))) * counted
        return seconds_lost if seconds_lost > _NOTHING_S else 0.0

    turned = {f"p{p}": lost(f"p{100 - p}") for p in (5, 10, 25, 50, 75, 90, 95)}
    error = availability.mc_error
    return reading.downtime_s._replace(
        **turned,
        mc_error=reading.downtime_s.mc_error._replace(
            p5=error.p95 * counted, p50=error.p50 * counted, p95=error.p5 * counted
        ),
    )


def _row(key: str, reading: DowntimeReading, counted: float, *, in_force: bool) -> SlaRow:
    whole = _whole(reading, counted)
    return SlaRow(
        label=reading_words(key, reading.threshold),
        so_far=seconds(reading.consumed_s),
        whole=length(whole, "p50", 1.0) if whole.p50 else "0 min",
        span=_span(whole),
        availability=_availability(reading.availability.p50),
        broken=chance(reading.breach_prob),
        certain=reading.breach_prob.value in {0.0, 1.0},
        in_force=in_force,
    )


def _span(whole: Summary) -> str:
    """Write the middle 9 in 10 of the downtime; a low end of nothing takes the high end's unit."""
    if whole.p95 <= 0:
        return "0 min"
    if whole.p5 <= 0:
        return joined("0", length(whole, "p95", 1.0))
    return length_range(whole, 1.0)


def _availability(ratio: float) -> str:
    """Write an availability to a hundredth of a percent, more only when it is close to 100%."""
    close = percent(ratio, 2)
    return f"{100 * ratio:.2f}%" if len(close) <= len("99.99%") and ratio < 1 else close


def reading_words(key: str, threshold: float | None = None) -> str:
    """Say what counts as downtime under a reading."""
    if key == Downtime.ALL_FAIL:
        return "only a total outage counts"
    if key == Downtime.THRESHOLD:
        level = "a set share" if threshold is None else percent(threshold)
        return f"time with over {level} failing counts"
    return "each failing share counts"


def period_words(sla: SlaAnswer) -> str:
    """Name the contract's period: ``"January 2024"``, or its two dates."""
    start, end = sla.period.start, sla.period.end
    month_later = (start.year + start.month // _YEAR, start.month % _YEAR + 1)
    if start.day == end.day == 1 and (end.year, end.month) == month_later:
        return f"{_FULL_MONTHS[start.month - 1]} {start.year}"
    clock = Clock(start, start.tzinfo)
    return f"{clock.date(start)} to {clock.date(end - timedelta(seconds=1))}"


def allowed(sla: SlaAnswer) -> str:
    """Write the error budget of the period."""
    return seconds(sla.budget.allowed_s, BUDGET_DIGITS)


def target(sla: SlaAnswer) -> str:
    """Write the target as a percentage."""
    return percent(sla.target, TARGET_DIGITS)


def sla_heading(estimate: Estimate) -> str:
    """Name target, period and budget: ``"SLA 99.9%, January 2024: 44.6 min allowed"``."""
    sla = estimate.sla
    if sla is None:
        return begun(no_sla_reason(estimate))
    return f"SLA {target(sla)}, {period_words(sla)}: {allowed(sla)} allowed"


def sla_title(estimate: Estimate) -> str:
    """Write the finding of the SLA plot."""
    sla = estimate.sla
    if sla is None:
        return begun(no_sla_reason(estimate))
    values = [reading.breach_prob.value for reading in sla.readings.values()]
    if sla.breach_prob is not None:
        return f"SLA {target(sla)} broken in {chance(sla.breach_prob)} of the cases"
    if min(values) >= 0.99:  # noqa: PLR2004 - all readings agree
        return f"SLA {target(sla)}: broken by every definition of downtime"
    if max(values) == 0:
        return f"SLA {target(sla)}: kept by every definition of downtime"
    if max(values) >= 0.99:  # noqa: PLR2004 - the readings disagree fully
        return f"SLA {target(sla)}: intact or broken, by the definition of downtime"
    return f"SLA {target(sla)}: the definition of downtime decides"


def broken_words(estimate: Estimate) -> str:
    """Write the chance of a breach, or all three when the contract is silent."""
    sla = estimate.sla
    if sla is None:
        return "none stated"
    if sla.breach_prob is not None:
        return chance(sla.breach_prob)
    found = sorted(
        {(one.breach_prob.value, chance(one.breach_prob)) for one in sla.readings.values()}
    )
    words = list(dict.fromkeys(word for _, word in found))
    if len(words) <= 2:  # noqa: PLR2004 - "0% or 100%"
        return " or ".join(words)
    return f"{words[0]} to {words[-1]}"


def definition_sentence(estimate: Estimate) -> str:
    """Say what to find out before the call; empty unless the definition of downtime decides."""
    answer, rows = estimate.sla, sla_rows(estimate)
    if answer is None or answer.basis is not None:
        return ""
    chances = [one.breach_prob.value for one in answer.readings.values()]
    if min(chances, default=0.0) >= _LIKELY or max(chances, default=0.0) < _LIKELY:
        return ""
    ends = [one.availability.p50 for one in answer.readings.values()]
    low, high = rows[ends.index(max(ends))].whole, rows[ends.index(min(ends))].whole
    counted = "none" if low == "0 min" else low
    return (
        f"Before the call, find the contract's definition of downtime: {period_words(answer)} has "
        f"{counted} of it by one reading, {high} by another; {allowed(answer)} are allowed."
    )


def earlier_words(estimate: Estimate) -> str:
    """Say how the period's budget was used before this incident; empty when it was not."""
    sla = estimate.scenario.sla
    fixed = None if sla is None else sla.to_date.value.fixed
    if sla is None or fixed == 0:
        return ""
    if fixed is not None:
        return f"{seconds(float(fixed), BUDGET_DIGITS)} were used before it"
    return "some was used before it"


def credit_words(estimate: Estimate) -> str:
    """Say which credit is paid how often; empty when no tier is known or downtime is undefined."""
    sla = estimate.sla
    if sla is None or not sla.credit_tiers or sla.no_credit_prob is None:
        return ""
    shown = [
        (f"{percent(tier.credit, 3)} of the fee", tier.paid_prob)
        for tier in sla.credit_tiers
        if tier.paid_prob > 0
    ]
    if sla.no_credit_prob > 0:
        shown.insert(0, ("none", sla.no_credit_prob))
    odds = ", ".join(f"{words} in {chance(Probability(prob, 0.0))}" for words, prob in shown)
    return f"Credit: {odds} of the cases{_cap_words(estimate)}"


def _cap_words(estimate: Estimate) -> str:
    """Say what the contract pays at most."""
    contract = estimate.scenario.sla
    schedule = None if contract is None else contract.credits
    if schedule is None or schedule.cap is None:
        return ""
    return f"; at most {percent(float(schedule.cap), 3)} of the fee"
