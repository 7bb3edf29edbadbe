"""The words of a service level: its sentences, and percentages with the digits that they carry."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import PurePath
from typing import TYPE_CHECKING

from impactcalc.domain.observation import Method
from impactcalc.units.duration import exact_duration, short_duration
from impactcalc.units.instant import instant_text
from impactcalc.units.money import short_money
from impactcalc.units.rounding import plain, significant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from impactcalc.domain.observation import Objective
    from impactcalc.domain.service_level import (
        Burn,
        BurnWindow,
        DowntimeAnswer,
        Occurrence,
        ServiceLevel,
    )

SECOND_NS, MINUTE_NS = 10**9, 60 * 10**9
_OF_EVENTS = {
    "all_fail": "all requests fail",
    "threshold": "more than {} fail",
    "proportional": "lost share counts",
}
_OF_STATES = {
    "all_fail": "total outage",
    "threshold": "more than {} lost",
    "proportional": "lost share counts",
}
_MOST_DECIMALS, _USUAL_DECIMALS = 9, 3
_QUANTILES = {"0.5": "half", "0.9": "9 of 10", "0.99": "99 of 100", "1": "all"}
_TIMES, _MOST_TIMES = 10, 9999  # the budget gone so many times over is said as such
_SHOWN_WINDOWS = {
    "5m": "5 min", "30m": "30 min", "1h": "1 h", "2h": "2 h", "6h": "6 h", "1d": "1 d", "3d": "3 d"
}  # fmt: skip


def percentage(ratio: Fraction, target: Fraction, move: float = 1e-5) -> str:
    """Write a ratio as a percentage: no finer than what one event or interval can move it.

    Digits are added only where the shown figure would else stand on the other side of the target,
    or be 100% though something failed.

    Parameters
    ----------
    ratio
        Exactly.
    target
        What it is compared with.
    move
        How far one event or interval moves it.

    Examples
    --------
    >>> percentage(Fraction(319, 320), Fraction(99, 100), 1 / 2880)
    '99.69%'
    >>> percentage(Fraction(99896, 100000), Fraction(999, 1000), 0.001)
    '99.896%'
    """
    exact = Decimal(ratio.numerator) / Decimal(ratio.denominator) * 100
    bound = Decimal(target.numerator) / Decimal(target.denominator) * 100
    decimals = min(
        _USUAL_DECIMALS, max(0, math.ceil(-math.log10(min(1.0, max(move, 1e-12)) * 100)))
    )
    while True:
        shown = exact.quantize(Decimal((0, (1,), -decimals)), ROUND_HALF_EVEN)
        right_side = (shown >= bound) == (ratio >= target)
        whole = shown == 100 and ratio != 1  # noqa: PLR2004 - percent
        if decimals >= _MOST_DECIMALS or (right_side and not whole):
            break
        decimals += 1
    text = f"{shown:f}"
    exactly = ratio in {target, Fraction(1)} and "." in text
    return (text.rstrip("0").rstrip(".") if exactly else text) + "%"


def reading_words(level: ServiceLevel, reading: str) -> str:
    """Name a reading of downtime."""
    words = _OF_STATES if level.occurrence is None else _OF_EVENTS
    threshold = Fraction(1, 20) if level.demand is None else level.demand.threshold
    return words[reading].format(f"{float(threshold) * 100:g}%")


def rule_words(level: ServiceLevel) -> str:
    """Say by which of the contract's counting rules downtime was counted; empty without any."""
    demand = level.demand
    if demand is None or level.downtime is None:
        return ""
    said = []
    width = demand.down_slice_ns
    if width is not None:
        kind = "whole slices" if demand.whole_slices else "slices"
        said.append(f"by {kind} of {exact_duration(width / SECOND_NS)}")
    if demand.min_consecutive > 1:
        said.append(f"in runs of at least {demand.min_consecutive}")
    if demand.min_events:
        said.append(f"with at least {demand.min_events} events")
    if demand.silence_is_down:
        said.append("silence as down")
    return f"Downtime counts {', '.join(said)}." if said else ""


def outlook_words(level: ServiceLevel) -> str:
    """Say how likely the budget is broken at the period's end; empty where the data reach it."""
    ahead, demand = level.outlook, level.demand
    if demand is None or level.seen is None:
        return ""
    rule = demand.rule
    asked = list(level.downtime or ()) if rule is None else [rule.definition.value]
    shown = [name for name in asked if ahead is not None and name in ahead.breach_prob]
    end = instant_text(demand.window.end_ns)[:16].replace("T", " ")
    if ahead is None or not shown:
        return f"No incident was seen: nothing tells how the period ends at {end} UTC."
    source = _incidents(ahead.incidents) if ahead.observed else "with the incidents of sla.future"
    chances = [
        chance_words(ahead.breach_prob[name])
        + (f" if {reading_words(level, name)}" if rule is None else "")
        for name in shown
    ]
    pace = ""
    if level.pace is not None:
        share = percentage(level.pace.availability, demand.target, time_move(level))
        pace = f"; at this pace {share}, {'met' if level.pace.meets_target else 'missed'}"
    return f"Broken at {end} UTC, {source}: {', '.join(chances)}{pace}."


def _incidents(number: int) -> str:
    """Say what the outlook rests on."""
    if not number:
        return "without an incident so far"
    return f"by the {'one incident' if number == 1 else f'{number} incidents'} seen so far"


def chance_words(chance: float) -> str:
    """Write a chance in whole percent; certain ones in words.

    Examples
    --------
    >>> chance_words(1.0), chance_words(0.0), chance_words(0.002), chance_words(0.456)
    ('already certain', 'less than 1%', 'less than 1%', '46%')
    """
    if chance >= 1:
        return "already certain"
    low, high = 0.01, 0.99
    if chance < low:
        return "less than 1%"
    return "more than 99%" if chance > high else f"{chance:.0%}"


def time_move(level: ServiceLevel) -> float:
    """Return how far one minute of downtime moves an availability."""
    return MINUTE_NS / level.time.counted if level.time is not None else 1e-5


def event_share(events: Occurrence, target: Fraction) -> str:
    """Write the share of good events."""
    if events.sli is None:
        return "-"
    return percentage(events.sli, target, float(1 / events.valid))


def used_words(answer: DowntimeAnswer) -> str:
    """Say how much of the budget is used."""
    if answer.consumed_share is None:
        return "unused" if answer.meets_target else "broken"
    share = float(answer.consumed_share)
    if share >= _TIMES:
        times = f"{min(share, _MOST_TIMES):,.0f}x"
        return times if "," in times else f"{times} used"
    shown = f"{share:.0%} used"
    if answer.consumed_share < 1 and shown == "100% used":
        return ">99% used"
    return "<1% used" if shown == "0% used" and share else shown


def head_words(level: ServiceLevel) -> str:
    """Say what was measured, when, and how much of the time is known."""
    if level.demand is None:
        return ""
    window = level.demand.window
    bounds = " to ".join(
        instant_text(each)[:16].replace("T", " ") for each in (window.start_ns, window.end_ns)
    )
    names = ", ".join(PurePath(name).name or name for name in level.files)
    text = f"{names} · {bounds} UTC"
    time = level.time
    if time is None:
        return text
    if level.coverage is None:
        return f"{text} · nothing of it counts"
    busy = [
        ("measured" if not level.occurrence else "with traffic", time.known - time.idle),
        ("idle", time.idle if level.occurrence else 0),
        ("unknown", time.unknown),
        ("excluded", time.excluded),
    ]
    parts = ", ".join(f"{_minutes(each)} {name}" for name, each in busy if each)
    whole = _minutes(window.end_ns - window.start_ns)
    return f"{text} · {whole} minutes: {parts} (coverage {_coverage(level.coverage)})"


def _minutes(nanoseconds: int) -> str:
    """Write a time in minutes."""
    return (
        f"{nanoseconds / MINUTE_NS:,.4g}"
        if nanoseconds % MINUTE_NS
        else f"{nanoseconds // MINUTE_NS:,}"
    )


def _coverage(share: Fraction) -> str:
    """Write a coverage, never as 100% when something is missing."""
    return "100%" if share == 1 else percentage(share, Fraction(1), 1e-4)


def slice_words(level: ServiceLevel) -> str:
    """Say how many slices of time were good, three ways to count the empty ones."""
    slices = level.slices
    if slices is None or level.demand is None or slices.sli_empty_good is None:
        return ""
    target = level.demand.target
    move = 1 / max(1, slices.good + slices.bad + slices.empty)
    width = short_duration(slices.slice_ns / SECOND_NS)
    text = f"Slices of {width}: {slices.good:,} good, {slices.bad:,} bad, {slices.empty:,} empty"
    ways = (
        ("empty left out", slices.sli_empty_excluded),
        ("empty good", slices.sli_empty_good),
        ("empty bad", slices.sli_empty_bad),
    )
    shown = [
        f"{percentage(value, target, move)}{f' ({name})' if slices.empty else ''}"
        for name, value in (ways if slices.empty else ways[:1])
        if value is not None
    ]
    return f"{text}: {', '.join(shown)}{_slices_verdict(level, move)}"


def _slices_verdict(level: ServiceLevel, move: float) -> str:
    """Say whether slices meet the target; empty where the objective counts events."""
    met, slices, demand = level.slices_meet_target, level.slices, level.demand
    if met is None or slices is None or demand is None:
        return ""
    mean, target = "", percentage(demand.target, demand.target)
    if demand.method is Method.RATIO_TIMESLICES and slices.ratio_empty_excluded is not None:
        share = percentage(slices.ratio_empty_excluded, demand.target, move)
        mean = f"; mean of their ratios {share}"
    return f"{mean}; target {target} {'met' if met else 'missed'}"


def burn_words(burn: Burn) -> str:
    """Say how fast the budget goes."""
    rates = ", ".join(
        f"{_SHOWN_WINDOWS[name]} {_rate(each)}" for name, each in burn.windows.items()
    )
    return f"Burn rate at {instant_text(burn.as_of_ns)[:16].replace('T', ' ')} UTC: {rates}"


def _rate(window: BurnWindow) -> str:
    """Write one burn rate."""
    rate = window.burn_rate
    return "-" if rate is None else plain(significant(float(rate), 2))


def alert_words(burn: Burn, clock: Callable[[int | None], str]) -> Iterator[str]:
    """Say which alerts fire, and when each would first have fired."""
    firing = [alert for alert in burn.alerts if alert.firing]
    names = ", ".join(f"{float(alert.factor):g} over {alert.long}" for alert in firing)
    yield f"Alerts that fire now: {names}" if firing else "No alert would fire now."
    fired = [
        f"{float(alert.factor):g} over {alert.long} and {alert.short} at "
        f"{clock(alert.first_fired_ns)}"
        for alert in burn.alerts
        if alert.first_fired_ns is not None
    ]
    if fired:
        yield f"Would first have fired: {'; '.join(fired)}"


def latency_words(level: ServiceLevel) -> str:
    """Say how many events were fast enough, and how slow the slow ones are."""
    latency = level.latency
    if latency is None or not latency.quantiles_s:
        return ""
    shown = ", ".join(
        f"{words} within {short_duration(latency.quantiles_s[level], 3)}"
        for level, words in _QUANTILES.items()
        if level in latency.quantiles_s
    )
    least, most = latency.good_at_least, latency.good_at_most
    if latency.threshold_s is None or least is None or most is None:
        return f"Latency: {shown}"
    count = (
        f"{float(least):,.12g}" if least == most else f"{float(least):,.12g} to {float(most):,.12g}"
    )
    return f"Latency: {count} within {exact_duration(float(latency.threshold_s))}; {shown}"


def credit_words(level: ServiceLevel) -> str:
    """Say what the contract pays."""
    credit = level.credit
    if credit is None:
        return ""
    if not credit.share:
        return "Credit: none"
    amount = f", {short_money(float(credit.amount), credit.currency, 3)}" if credit.amount else ""
    claim = f"; claim by {credit.claim_by}" if credit.claim_by else ""
    return f"Credit: {float(credit.share) * 100:g}% of the fee{amount}{claim}"


def objective_words(objective: Objective) -> str:
    """Say what one objective asks."""
    service = f" of {objective.service}" if objective.service else ""
    window = ""
    if objective.window is not None and objective.window.rolling_s is not None:
        window = f" over {short_duration(float(objective.window.rolling_s))}"
    elif objective.window is not None:
        window = f" each {objective.window.unit} in {objective.window.zone}"
    target = percentage(objective.target, objective.target)
    name = f"Objective '{objective.name}'" if objective.name else "Objective"
    return f"{name}{service}: {target}{window}, {objective.method.value}"
