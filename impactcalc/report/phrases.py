"""Figures in words: amounts, lengths, moments, shares and chances, rounded by their error."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple
from impactcalc.report.rounding import PROSE_DIGITS, digits_of, percent_step
from impactcalc.units.duration import short_duration
from impactcalc.units.instant import MONTHS
from impactcalc.units.money import short_money
from impactcalc.units.ratio import percent

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from impactcalc.domain.result import Estimate, Probability, Summary

HOUR_S = 3600.0
MINUS = "\N{MINUS SIGN}"
NO_FIGURE = "beyond any figure"
_SMALL_CHANGE = 10.0  # below it a second digit would be cents
_QUARTER_WITHIN = timedelta(hours=6)
_HOUR_WITHIN = timedelta(hours=96)


def amount(summary: Summary, name: str, currency: str | None) -> str:
    """Write one figure of a money distribution: ``"$27K"``."""
    value: float | None = getattr(summary, name)
    if value is None or not math.isfinite(value):
        return NO_FIGURE
    digits = digits_of(summary, name) if abs(value) >= _SMALL_CHANGE else 1
    return short_money(value, currency or "", digits).strip()


def amount_range(summary: Summary, currency: str | None) -> str:
    """Write the middle 9 cases in 10 of an amount: ``"$10K to $88K"``, ``"CHF 10K to 88K"``."""
    low, high = amount(summary, "p5", currency), amount(summary, "p95", currency)
    if low == high:
        return low
    code = f"{currency} "  # a sign is written twice, a code of three letters once
    return f"{low} to {high.removeprefix(code) if low.startswith(code) else high}"


def stated_amount(value: float, currency: str | None) -> str:
    """Write an amount that a person stated, in up to three digits."""
    return short_money(value, currency or "", 3).strip()


def length(summary: Summary, name: str, unit_s: float = HOUR_S) -> str:
    """Write one figure of a duration's distribution: ``"17 h"``; `unit_s` is its unit in s."""
    value: float | None = getattr(summary, name)
    if value is None or not math.isfinite(value):
        return NO_FIGURE
    return seconds(value * unit_s, digits_of(summary, name))


def length_range(summary: Summary, unit_s: float = HOUR_S) -> str:
    """Write the middle 9 cases in 10 of a duration's distribution: ``"10 h to 6 days"``."""
    low, high = length(summary, "p5", unit_s), length(summary, "p95", unit_s)
    return joined(low, high)


def joined(low: str, high: str) -> str:
    """Join the ends of a range; a unit that both share is written once: ``"10 to 40 h"``.

    Examples
    --------
    >>> joined("10 h", "40 h"), joined("10 h", "6 days"), joined("2 h", "2 h")
    ('10 to 40 h', '10 h to 6 days', '2 h')
    """
    if low == high:
        return low
    first, _, unit = low.partition(" ")
    return f"{first} to {high}" if unit and high.endswith(f" {unit}") else f"{low} to {high}"


def signed(words: str, value: float) -> str:
    r"""Write the sign of a change before its size; nothing at all has none.

    Examples
    --------
    >>> signed("3 h", 3.0), signed("$0", 0.0), signed("$12K", -12_000.0) == "\N{MINUS SIGN}$12K"
    ('+3 h', '$0', True)
    """
    return f"{MINUS if value < 0 else '+'}{words}" if value else words


def minus(words: str) -> str:
    r"""Write the sign of amounts below nought as paper has it.

    Examples
    --------
    >>> minus("-$9K to $19K") == "\N{MINUS SIGN}$9K to $19K"
    True
    """
    return words.replace("-", MINUS)


def seconds(value: float, digits: int = PROSE_DIGITS) -> str:
    """Write a duration; nothing at all is ``"0 min"``, not ``"0 ms"``."""
    return short_duration(value, digits) if value else "0 min"


def share(summary: Summary, name: str) -> str:
    """Write one figure of a distribution of ratios: ``"24%"``."""
    return percent(getattr(summary, name), digits_of(summary, name))


def share_range(summary: Summary) -> str:
    """Write the middle 9 cases in 10 of a distribution of ratios: ``"9% to 47%"``."""
    low, high = share(summary, "p5"), share(summary, "p95")
    return low if low == high else f"{low} to {high}"


def chance(probability: Probability) -> str:
    """Write a probability; 0% and 100% only when no trial says otherwise.

    Examples
    --------
    >>> from impactcalc.domain.result import Probability
    >>> [chance(Probability(p, 0.0)) for p in (0.0, 0.002, 0.734, 0.9993, 1.0)]
    ['0%', 'under 1%', '73%', 'over 99%', '100%']
    """
    step = percent_step(probability)
    shown = round(100 * probability.value / step) * step
    if probability.value in {0.0, 1.0}:
        return f"{shown}%"
    if shown < step:
        return f"under {step}%"
    return f"over {100 - step}%" if shown > 100 - step else f"{shown}%"


def in_hundred(probability: Probability) -> str:
    """Write a probability as a frequency: ``"73 of 100"``."""
    return chance(probability).replace("%", " of 100")


class Clock(NamedTuple):
    """Moments in the contract's zone, no finer than the forecast's distance gives reason for.

    Parameters
    ----------
    as_of
        The moment of the forecast.
    zone
        The zone in which all moments are written.
    """

    as_of: datetime
    zone: tzinfo | None

    @classmethod
    def of(cls, estimate: Estimate) -> Clock:
        """Take the moment of the forecast, and the zone of the promised moments."""
        zone = estimate.promise.p50.tzinfo
        return cls(estimate.as_of.astimezone(zone), zone)

    @property
    def zone_name(self) -> str:
        """Name the zone: ``"UTC"``, ``"CET"``, ``"UTC+04"``."""
        name = self.as_of.tzname() or "UTC"
        return f"UTC{name}" if name[0] in "+-" else name

    def brief(self, moment: datetime) -> str:
        """Write ``"24 Jan 05:00"``, or the date alone when it is more than four days away."""
        near = self._rounded(moment.astimezone(self.zone))
        day = self.date(near, year=near.year != self.as_of.year)
        return f"{day} {near:%H:%M}" if abs(moment - self.as_of) < _HOUR_WITHIN else day

    def exact(self, moment: datetime) -> str:
        """Write a moment that is known, to the minute: ``"24 Jan 05:12"``."""
        near = moment.astimezone(self.zone)
        return f"{self.date(near, year=near.year != self.as_of.year)} {near:%H:%M}"

    def full(self, moment: datetime) -> str:
        """Write ``"24 Jan 2024 05:00 UTC"``, or the date alone when it is far away."""
        near = self._rounded(moment.astimezone(self.zone))
        if abs(moment - self.as_of) >= _HOUR_WITHIN:
            return self.date(near)
        return f"{self.date(near)} {near:%H:%M} {self.zone_name}"

    def zoned(self, moment: datetime) -> str:
        """Write ``"24 Jan 05:00 UTC"``, or the date alone when it is far away."""
        text = self.brief(moment)
        return f"{text} {self.zone_name}" if ":" in text else text

    def now(self) -> str:
        """Write the moment of the forecast to the minute."""
        return f"{self.date(self.as_of)} {self.as_of:%H:%M} {self.zone_name}"

    def date(self, moment: datetime, *, year: bool = True) -> str:
        """Write ``"24 Jan 2024"``; the month in letters, never 01/02."""
        day = f"{moment.day} {MONTHS[moment.month - 1]}"
        return f"{day} {moment.year}" if year else day

    def _rounded(self, moment: datetime) -> datetime:
        """Round to a quarter of an hour within six hours, to the hour within four days."""
        away = abs(moment - self.as_of)
        if away >= _HOUR_WITHIN:
            return moment
        step = 15 if away < _QUARTER_WITHIN else 60
        whole = moment.replace(second=0, microsecond=0, minute=0)
        minutes = (moment - whole) / timedelta(minutes=1)
        return whole + timedelta(minutes=round(minutes / step) * step)
