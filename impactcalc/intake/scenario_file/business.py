"""The business section: the money that hangs on the service."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from impactcalc.domain.exposure import Exposure, Profile, Reading
from impactcalc.domain.quantity import Dimension
from impactcalc.domain.sourced import Sourced
from impactcalc.intake.moments import parse_zone
from impactcalc.intake.quantities import parse_positive_duration, parse_quantity
from impactcalc.intake.scenario_file.section import Section, choice, nearest
from impactcalc.units.currency import is_currency
from impactcalc.units.money import unknown_currency
from impactcalc.units.number import parse_count, parse_number

if TYPE_CHECKING:
    from datetime import tzinfo
    from decimal import Decimal

_HOURS = (24, 168)
_PARTS = ("productivity", "backlog", "arr", "churn", "recovery_cost")
_PROFILES = ("flat", "business-hours")

_READING = "an amount 'at risk' is taken as what passes through the service; both are shown [A]"
_PROFILE = "no profile is stated: revenue flows evenly"
_ZONE = "no zone is stated"
_DEFERRED = "no return of lost demand is stated [A]"
_DEFERRED_FOR = "a weak default [A]"

_share = partial(parse_quantity, dimension=Dimension.SHARE)
_rate = partial(parse_quantity, dimension=Dimension.MONEY_RATE)


def map_business(section: Section) -> Exposure:
    """Map ``business``; its currency may be settled by other sections, and is empty then."""
    stated = section.read("currency", parse_currency)
    reading = section.read_or("reading", choice(Reading), "exposed", _READING)
    revenue = section.read("revenue_at_risk", _rate)
    if revenue is not None and not reading.stated:
        section.findings.assume("business.reading", "exposed", _READING)
    exposure = Exposure(
        currency=stated.value if stated else "",
        revenue_at_risk=revenue,
        reading=reading,
        profile=_profile(section),
        timezone=section.read_or("timezone", zone_name, "UTC", _ZONE),
        deferred=section.read_or("deferred", _share, "0%", _DEFERRED),
        deferred_for_s=section.read_or(
            "deferred_for", parse_positive_duration, "6 h", _DEFERRED_FOR
        ),
        users=section.read("users", parse_count),
    )
    _note_defaults(section, exposure)
    if not any(section.has(key) for key in _PARTS):
        return exposure
    from impactcalc.intake.scenario_file.loss_parts import with_parts

    return with_parts(section, exposure)


def _note_defaults(section: Section, exposure: Exposure) -> None:
    """Note the readings that move the loss."""
    if exposure.revenue_at_risk is None:
        return
    if not exposure.profile.stated:
        section.findings.assume("business.profile", "flat", _PROFILE)
    if not exposure.deferred.stated:
        section.findings.assume("business.deferred", "0%", _DEFERRED)
    elif not exposure.deferred_for_s.stated and exposure.deferred.value.fixed != 0:
        section.findings.assume("business.deferred_for", "6 h", _DEFERRED_FOR)


def parse_currency(text: str) -> str:
    """Read an ISO 4217 code.

    Examples
    --------
    >>> parse_currency("USD")
    'USD'
    """
    if not is_currency(text):
        raise ValueError(unknown_currency(text))
    return text


def zone_name(text: str) -> str:
    """Read the name of a time zone.

    Examples
    --------
    >>> zone_name("UTC")
    'UTC'
    """
    zone: tzinfo = parse_zone(text)
    return str(zone) if text.strip().upper() != "Z" else "UTC"


def _profile(section: Section) -> Sourced[Profile]:
    """Read a name, 24 or 168 weights."""
    node = section.node.get("profile")
    if node is None or node.kind != "a list":
        return section.read_or("profile", _named_profile, "flat", _PROFILE)
    weights = _weights(section)
    if len(node.items) not in _HOURS:
        what = f"has {len(node.items)} weights; write 24 (hours of the day) or 168 (of the week)"
        section.problem("profile", what)
    elif len(weights) == len(node.items) and not any(weights):
        section.problem("profile", "has no weight above 0; write at least one")
    return Sourced(Profile("weights", weights), node.source, f"{len(node.items)} weights")


def _named_profile(text: str) -> Profile:
    if text not in _PROFILES:
        near = nearest(text, _PROFILES)
        hint = f"did you mean '{near}'?" if near else "write flat, business-hours or a list"
        raise ValueError(f"'{text}' is no profile; {hint}")
    return Profile(text)


def _weights(section: Section) -> tuple[Decimal, ...]:
    """Read the numbers of a list."""
    found = []
    for number, node in enumerate(section.items_of("profile"), 1):
        label = f"{section.label_of('profile')}.{number}"
        if node.text is None:
            section.findings.problem(label, node, f"is {node.kind}; a number is wanted")
            continue
        weight = section.read_node(label, node, _weight)
        if weight is not None:
            found.append(weight.value)
    return tuple(found)


def _weight(text: str) -> Decimal:
    weight = parse_number(text)
    if weight < 0:
        raise ValueError(f"'{text}' is negative; write 0 or more")
    return weight
