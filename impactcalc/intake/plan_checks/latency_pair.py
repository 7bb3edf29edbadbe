"""A stated percentage against the pair of response times, which say the same thing twice."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.domain.check import Check
from impactcalc.intake.plan_checks.steps import line_of
from impactcalc.units.duration import short_duration
from impactcalc.units.ratio import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.domain.incident import Latency
    from impactcalc.domain.quantity import Quantity
    from impactcalc.domain.sourced import Sourced

KIND = "percent against pair"
_TOLERANCE = Decimal("1.5")  # "by 400%" for "4 times" is 1.25, rounding of both the rest


def percentage_against_pair(latency: Latency | None) -> Iterator[Check]:
    """Find a percentage that the pair of response times does not give.

    The average rises to x = 1 + increase times the normal time d0. Where the slow ones take d, it
    does so when a share s of all is slow: x d0 = s d + (1 - s) d0, hence
    s = (x - 1) d0 / (d - d0) (MODEL.md section 1, way 3).

    Parameters
    ----------
    latency
        What the input says of response times.
    """
    if latency is None or latency.increase is None:
        return
    increase, normal, now = (_ends(one) for one in (latency.increase, latency.normal, latency.now))
    if increase is None or normal is None or now is None or min(*normal, *now) <= 0:
        return
    rise, usual = (increase[0] + increase[1]) / 2, normal[1]
    times = 1 + rise
    lines = tuple(
        line
        for one in (latency.increase, latency.now)
        if one is not None and (line := line_of(one.source))
    )
    told = f"{percent(float(rise))} more than {_seconds(normal)} is {_shown(times * usual)}"
    if times * _TOLERANCE < now[0] / usual:
        ends = sorted(rise * usual / (one - usual) for one in now)
        shares = " to ".join(dict.fromkeys(percent(float(one)) for one in ends))
        words = f"{told}, but slow ones take {_seconds(now)}: both hold only if {shares} are slow"
        yield Check(KIND, words, tuple(dict.fromkeys(lines)))
    elif not latency.normal_is_bound and times > _TOLERANCE * now[1] / normal[0]:
        words = f"{told}, but {_seconds(now)} is stated: one of the figures is not what it seems"
        yield Check(KIND, words, tuple(dict.fromkeys(lines)))


def _ends(one: Sourced[Quantity] | None) -> tuple[Decimal, Decimal] | None:
    """Give the smallest and the largest number of a quantity that is written in numbers."""
    if one is None or not one.value.parameters:
        return None
    return min(one.value.parameters), max(one.value.parameters)


def _seconds(ends: tuple[Decimal, Decimal]) -> str:
    """Write one time, or two."""
    return " to ".join(dict.fromkeys(_shown(one) for one in ends))


def _shown(seconds: Decimal) -> str:
    return short_duration(float(seconds))
