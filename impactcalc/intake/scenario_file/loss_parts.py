"""The business section's other parts: productivity, backlog, churn and recovery cost."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from impactcalc.domain.exposure import Backlog, Churn, Productivity, RecoveryCost
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.domain.sourced import Sourced
from impactcalc.intake.document import Node
from impactcalc.intake.quantities import parse_positive_duration, parse_quantity
from impactcalc.intake.scenario_file.section import Section

if TYPE_CHECKING:
    from collections.abc import Callable

    from impactcalc.domain.exposure import Exposure

_DEPENDENCY = "no share of the users' work is stated [A]"
_WAGE = "no wage is stated; it can dwarf all else: worth asking [A]"
_UTILISATION = "no usual utilisation is stated [A]"
_BASE = "no chance of leaving without the incident is stated [A]"
_HORIZON = "no time ahead is stated [A]"
_STAFF = "no number of people is stated [A]"
_RATE = "no rate is stated [A]"
_OVERTIME_AFTER = "no working day is stated [A]"
_OVERTIME = "no overtime rate is stated [A]"
_HOURS_A_DAY = 24

T = TypeVar("T")

share = partial(parse_quantity, dimension=Dimension.SHARE)
rate = partial(parse_quantity, dimension=Dimension.MONEY_RATE)
money = partial(parse_quantity, dimension=Dimension.MONEY)
increase = partial(parse_quantity, dimension=Dimension.INCREASE)
duration = partial(parse_quantity, dimension=Dimension.DURATION)
count = partial(parse_quantity, dimension=Dimension.COUNT)


def with_parts(section: Section, exposure: Exposure) -> Exposure:
    """Add what ``business`` says of the parts; each is off unless written, churn unless ``arr`` is.

    Parameters
    ----------
    section
        ``business``.
    exposure
        What was read of it so far.
    """
    arr = section.read("arr", money)
    found = exposure._replace(
        productivity=_productivity(section.section("productivity")),
        backlog=_backlog(section.section("backlog")),
        arr=arr,
        churn=_churn(section, stated=arr is not None),
        recovery_cost=_recovery_cost(section.section("recovery_cost")),
    )
    _warn_of_gaps(section, found)
    return found


def _warn_of_gaps(section: Section, found: Exposure) -> None:
    """Warn of parts that are asked for, but lack what they are computed from."""
    gaps = (
        ("productivity", found.productivity is not None and not section.has("users"), "users: 500"),
        ("backlog", found.backlog is not None and found.backlog.cost is None, "cost: 300 USD/h"),
        ("churn", found.churn is not None and not section.has("arr"), "arr: 1.2 M USD"),
    )
    for key, missing, example in gaps:
        if missing:
            section.caution(
                key, f"cannot be computed without {example.split(':')[0]}: write e.g. {example}"
            )


def missing_currency(exposure: Exposure) -> tuple[str, str]:
    """Name the first default amount, and an example of it, for inputs without any currency."""
    if exposure.productivity is not None and not exposure.productivity.wage.stated:
        return "productivity", "wage: 50 USD/h"
    if exposure.recovery_cost is not None and not exposure.recovery_cost.rate.stated:
        return "recovery_cost", "rate: 90 USD/h"
    return "", ""


def _productivity(part: Section | None) -> Productivity | None:
    if part is None:
        return None
    return Productivity(
        _or_assumed(part, "dependency", share, "10%", _DEPENDENCY), _hourly(part, "wage", 50, _WAGE)
    )


def _backlog(part: Section | None) -> Backlog | None:
    if part is None:
        return None
    utilisation = _or_assumed(part, "utilisation", _utilisation, "60%", _UTILISATION)
    return Backlog(utilisation, part.read("cost", rate))


def _churn(section: Section, *, stated: bool) -> Churn | None:
    """Map ``churn``; its defaults hold where the recurring revenue alone is stated."""
    part = section.section("churn")
    if part is None:
        if not stated:
            return None
        empty = Node(MappingProxyType({}), section.node.source)
        part = Section(section.findings, empty, (*section.path, "churn"), "business.churn")
    return Churn(
        _or_assumed(part, "base", share, "8%", _BASE),
        _or_assumed(part, "horizon", parse_positive_duration, "1 y", _HORIZON),
    )


def _recovery_cost(part: Section | None) -> RecoveryCost | None:
    if part is None:
        return None
    overtime = _or_assumed(part, "overtime", increase, "150%", _OVERTIME)
    if overtime.value.fixed is not None and overtime.value.fixed < 1:
        part.caution(
            "overtime", f"'{overtime.text}' makes overtime cheaper than the usual rate: is it 150%?"
        )
    return RecoveryCost(
        _or_assumed(part, "staff", count, "4", _STAFF),
        _hourly(part, "rate", 90, _RATE),
        _or_assumed(part, "overtime_after", duration, "8 h", _OVERTIME_AFTER),
        overtime,
    )


def _or_assumed(
    part: Section, key: str, parse: Callable[[str], T], default: str, why: str
) -> Sourced[T]:
    """Read a value, or take a default and say so among the assumptions."""
    if not part.has(key):
        part.findings.assume(part.label_of(key), default, why)
    return part.read_or(key, parse, default, why)


def _hourly(part: Section, key: str, amount: int, why: str) -> Sourced[Quantity]:
    """Read a rate of money, or take a default an hour in whatever currency the input has."""
    found = part.read(key, rate)
    if found is not None:
        return found
    if not part.has(key):
        part.findings.default((*part.path, key), f"{amount}/h", why)
        part.findings.assume(part.label_of(key), f"{amount}/h", why)
    per_day = (Decimal(amount * _HOURS_A_DAY),)
    return Sourced(Quantity(Law.FIXED, per_day, Dimension.MONEY_RATE), f"default: {why}")


def _utilisation(text: str) -> Quantity:
    """Read a share below 100%: a full queue never empties."""
    quantity = share(text)
    if quantity.parameters and max(quantity.parameters) == 1:
        raise ValueError(f"'{text}' leaves no capacity to work a backlog off; write less than 100%")
    return quantity
