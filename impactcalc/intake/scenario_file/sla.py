"""The sla section: what was promised, by the contract's keys."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from functools import partial

from impactcalc.domain.contract import (
    CreditSchedule,
    CreditTier,
    Downtime,
    DowntimeRule,
    FurtherIncidents,
    PeriodKind,
    PeriodRule,
    Sla,
)
from impactcalc.domain.moment import Moment
from impactcalc.domain.quantity import Dimension
from impactcalc.domain.sourced import Sourced
from impactcalc.intake.moments import parse_moment, parse_zone
from impactcalc.intake.quantities import parse_positive_duration, parse_quantity, parse_share
from impactcalc.intake.scenario_file.business import zone_name
from impactcalc.intake.scenario_file.section import Section, choice, one_of
from impactcalc.units.duration import parse_duration
from impactcalc.units.money import Money, parse_money
from impactcalc.units.number import parse_count, parse_number

_CALENDAR = {
    kind.value: kind
    for kind in (PeriodKind.MONTH, PeriodKind.WEEK, PeriodKind.QUARTER, PeriodKind.YEAR)
}

_PERIOD = "no period is stated: the calendar month in which the incident started [A]"
_ZONE = "no zone is stated"
_TO_DATE = "no earlier downtime of this period is stated"
_EXCLUDED = "no agreed maintenance is stated"

_FURTHER = (
    "further incidents until the period's end: a Poisson count, even arrivals, total outages [A]"
)
_MOST_A_YEAR = 5000

_duration = partial(parse_quantity, dimension=Dimension.DURATION)


def map_sla(section: Section) -> Sla | None:
    """Map the section; None when the target is missing or refused (a problem by then)."""
    section.require("target", "99.9%")
    target = section.read("target", parse_target)
    zone = section.read_or("timezone", zone_name, "UTC", _ZONE)
    fee = section.read("monthly_fee", _amount)
    sla = Sla(
        target=target or Sourced(Decimal(1), section.node.source),
        period=_period(section, parse_zone(zone.value)),
        timezone=zone,
        downtime=_downtime(section),
        to_date=section.read_or("to_date", _duration, "0 min", _TO_DATE),
        excluded_s=section.read_or("excluded", parse_duration, "0 h", _EXCLUDED),
        credits=_credits(section),
        monthly_fee=Sourced(fee.value.amount, fee.source, fee.text) if fee else None,
        currency=fee.value.currency if fee else "",
        claim=section.read("claim", _words),
    )
    _note_defaults(section, sla)
    sla = sla._replace(further=_further(section))
    return sla if target is not None else None


def _note_defaults(section: Section, sla: Sla) -> None:
    """Note the readings that move the answer."""
    if not sla.period.stated:
        section.findings.assume("sla.period", "month", _PERIOD)
    if not sla.timezone.stated:
        section.findings.assume("sla.timezone", "UTC", _ZONE)
    if not section.has("to_date"):
        section.findings.assume("sla.to_date", "0 min", _TO_DATE)


def parse_target(text: str) -> Decimal:
    """Read a promised availability, above 0% and at most 100%.

    Examples
    --------
    >>> parse_target("99.9%")
    Decimal('0.999')
    """
    target = parse_share(text)
    if not target:
        raise ValueError(f"'{text}' lies outside (0%, 100%]; write e.g. 99.9%")
    return target


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; write a text or delete the line")
    return text.strip()


def _amount(text: str) -> Money:
    """Read money of 0 or more."""
    money = parse_money(text)
    if money.amount < 0:
        raise ValueError(f"'{text}' is negative; write 0 or more")
    return money


def _period(section: Section, zone: tzinfo) -> Sourced[PeriodRule]:
    """Read a calendar period, a length, or two ends."""
    node = section.node.get("period")
    if node is None or node.kind != "a mapping":
        return section.read_or("period", _period_rule, "month", _PERIOD)
    part = Section(section.findings, node, (*section.path, "period"), "sla.period")
    part.require("start", "2026-04-20T00:00Z")
    part.require("end", "2026-04-22T00:00Z")
    instant = partial(_midnight_or_instant, zone=zone)
    start, end = part.read("start", instant), part.read("end", instant)
    if start and end and end.value.earliest <= start.value.earliest:
        part.problem("end", f"'{end.text}' does not lie after the start '{start.text}'; mend one")
    rule = PeriodRule(
        PeriodKind.FIXED,
        start=start.value if start else None,
        end=end.value if end else None,
    )
    return Sourced(rule, node.source, f"{start.text} to {end.text}" if start and end else "")


def _midnight_or_instant(text: str, zone: tzinfo) -> Moment:
    """Read an instant; a bare date is its 0:00 in the contract's zone."""
    begin: datetime = parse_moment(text, zone).earliest.astimezone(UTC)
    return Moment(begin, begin)


def _period_rule(text: str) -> PeriodRule:
    if text in _CALENDAR:
        return PeriodRule(_CALENDAR[text])
    try:
        return PeriodRule(PeriodKind.ROLLING, length_s=parse_positive_duration(text))
    except ValueError as error:
        names = ", ".join(_CALENDAR)
        raise ValueError(f"{error}; or write one of {names}") from None


def _downtime(section: Section) -> Sourced[DowntimeRule] | None:
    """Read the short or the long form of the contract's definition."""
    node = section.node.get("downtime")
    if node is None:
        return None
    if node.kind != "a mapping":
        return section.read("downtime", _short_downtime)
    part = Section(section.findings, node, (*section.path, "downtime"), "sla.downtime")
    part.require("definition", "threshold")
    definition = part.read("definition", choice(Downtime))
    threshold = part.read("threshold", _threshold)
    if definition is None:
        return None
    if definition.value is Downtime.THRESHOLD and not part.has("threshold"):
        part.problem("definition", "needs a threshold; write e.g. threshold: 5%")
    if definition.value is not Downtime.THRESHOLD and threshold is not None:
        part.caution("threshold", f"is not used by the definition '{definition.value}'")
        threshold = None
    rule = _long_rule(part, definition.value, threshold.value if threshold else None)
    return Sourced(rule, node.source, definition.text)


def _long_rule(part: Section, definition: Downtime, threshold: Decimal | None) -> DowntimeRule:
    """Read the fields that apply to observations."""
    slice_s = part.read("slice", parse_positive_duration)
    consecutive = part.read_or("min_consecutive", _positive_count, "1", "no run is stated")
    events = part.read_or("min_events", parse_count, "0", "no least number is stated")
    whole = part.read_or("whole_slices", _yes_or_no, "no", "not stated")
    empty = part.read_or(
        "empty_slices", one_of("excluded", "good", "bad"), "excluded", "not stated"
    )
    clause = part.read("source", _words)
    for key in ("slice", "min_consecutive", "min_events", "whole_slices", "empty_slices"):
        if part.has(key):
            part.caution(key, "applies to observations alone; give them with --observations")
            break
    return DowntimeRule(
        definition=definition,
        threshold=threshold,
        slice_s=slice_s.value if slice_s else None,
        min_consecutive=consecutive.value,
        min_events=events.value,
        whole_slices=whole.value,
        empty_slices=empty.value,
        clause=clause.value if clause else "",
    )


def _yes_or_no(text: str) -> bool:
    """Read a truth value."""
    return one_of("yes", "no", "true", "false")(text.lower()) in {"yes", "true"}


def _positive_count(text: str) -> int:
    count = parse_count(text)
    if not count:
        raise ValueError(f"'{text}' is not possible here; write 1 or more")
    return count


def _threshold(text: str) -> Decimal:
    """Read a share that can be exceeded."""
    share = parse_share(text)
    if share == 1:
        raise ValueError(f"'{text}' can never be exceeded; write less than 100%, or all_fail")
    return share


def _short_downtime(text: str) -> DowntimeRule:
    """Read ``all_fail``, ``proportional`` or ``threshold 30%``."""
    word, _, rest = text.strip().partition(" ")
    definition = choice(Downtime)(word)
    if definition is Downtime.THRESHOLD:
        if not rest:
            raise ValueError(f"'{text}' needs its share; write e.g. threshold 5%")
        return DowntimeRule(definition, _threshold(rest))
    if rest:
        raise ValueError(f"'{text}': {word} takes no share; write {word} alone")
    return DowntimeRule(definition)


def _credits(section: Section) -> CreditSchedule | None:
    """Read tiers or a multiplier, with cap, minimum and rounding."""
    cap = section.read("cap", parse_share)
    minimum = section.read("minimum", _amount)
    rounding = section.read("rounding", _step)
    tiers, multiplier = _tiers_or_multiplier(section)
    if not section.has("credits"):
        for key in ("cap", "minimum"):
            if section.has(key):
                section.caution(key, "is not used: no credits are stated")
        if rounding is None:
            return None
    return CreditSchedule(
        tiers=tiers,
        multiplier=multiplier,
        cap=cap.value if cap else None,
        minimum=minimum.value.amount if minimum else None,
        rounding=rounding.value if rounding else None,
    )


def _step(text: str) -> Decimal:
    """Read a step of availability."""
    step = parse_share(text)
    if not step:
        raise ValueError(f"'{text}' is no step; write e.g. 0.1%")
    return step


def _tiers_or_multiplier(section: Section) -> tuple[tuple[CreditTier, ...], Decimal | None]:
    node = section.node.get("credits")
    if node is None or node.kind != "a mapping":
        tiers = [(part, _tier(part)) for part in section.sections("credits")]
        _judge_order([(part, tier) for part, tier in tiers if tier is not None])
        return tuple(tier for _, tier in tiers if tier is not None), None
    part = Section(section.findings, node, (*section.path, "credits"), "sla.credits")
    part.require("multiplier", "10")
    multiplier = part.read("multiplier", _multiplier)
    return (), multiplier.value if multiplier else None


def _multiplier(text: str) -> Decimal:
    value = parse_number(text)
    if value <= 0:
        raise ValueError(f"'{text}' pays nothing; write a number above 0, e.g. 10")
    return value


def _tier(part: Section) -> CreditTier | None:
    """Read one band; its bounds are exact ratios."""
    part.require("credit", "10%")
    credit = part.read("credit", parse_share)
    upper_key = _one_of_two(part, "below", "up_to")
    lower_key = _one_of_two(part, "from", "above")
    if upper_key is None and not any(map(part.has, ("below", "up_to"))):
        part.findings.problem(part.label, part.node, "has no upper bound; write e.g. below: 99.9%")
    upper = part.read(upper_key, parse_target) if upper_key else None
    lower = part.read(lower_key, parse_share) if lower_key else None
    if credit is None or upper is None or upper_key is None:
        return None
    if lower is not None and lower_key is not None and lower.value >= upper.value:
        part.problem(lower_key, f"'{lower.text}' does not lie below '{upper.text}'; swap them")
    return CreditTier(
        upper=upper.value,
        credit=credit.value,
        upper_inclusive=upper_key == "up_to",
        lower=lower.value if lower else None,
        lower_inclusive=lower_key != "above",
        source=part.node.source,
    )


def _one_of_two(part: Section, one: str, other: str) -> str | None:
    """Return the key that is written; both together are a problem."""
    if part.has(one) and part.has(other):
        part.problem(other, f"{one} and {other} are both written; keep one of them")
        return None
    return one if part.has(one) else other if part.has(other) else None


def _judge_order(tiers: list[tuple[Section, CreditTier]]) -> None:
    """Refuse short tiers of which a worse one pays less; warn of long ones, and of equal bounds."""
    ordered = sorted(tiers, key=lambda pair: -pair[1].upper)
    for (upper, above), (part, tier) in itertools.pairwise(ordered):
        if tier.lower is None and above.lower is None and tier.upper == above.upper:
            part.caution("below", "two credit tiers have this bound; the larger credit is paid")
        elif tier.credit < above.credit and tier.lower is None and above.lower is None:
            better, worse = (one.node for one in (upper, part))
            later = max(upper, part, key=lambda one: one.node.line)
            later.problem(
                "credit",
                f"below {better['below'].text} gives {better['credit'].text} but below "
                f"{worse['below'].text}, a worse month, gives {worse['credit'].text}; a worse "
                "month cannot earn less, swap the credits?",
            )
        elif tier.credit < above.credit:
            shown = part.node["credit"].text
            part.caution(
                "credit",
                f"the credit falls to '{shown}' where availability is lower; the largest credit "
                "of the tiers that hold is paid",
            )


def _further(section: Section) -> FurtherIncidents | None:
    """Read the incidents expected besides this one; both of their keys are needed."""
    part = section.section("future")
    if part is None:
        return None
    part.require("per_year", "6")
    part.require("duration", "0.5 h to 8 h")
    per_year, duration = part.read("per_year", _rate), part.read("duration", _duration)
    if per_year is None or duration is None:
        return None
    words = f"{per_year.text} a year of {duration.text}"
    section.findings.assume("sla.future", words, _FURTHER, per_year.source)
    return FurtherIncidents(per_year.value, duration.value)


def _rate(text: str) -> Decimal:
    """Read a mean number of incidents a year."""
    rate = parse_number(text)
    if not 0 <= rate <= _MOST_A_YEAR:
        raise ValueError(f"'{text}' lies outside 0 to {_MOST_A_YEAR:,} a year; write e.g. 6")
    return rate
