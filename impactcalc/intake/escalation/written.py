"""The written form of exact figures, in the scenario file's grammar: nothing is rounded."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.units.dimension import DAY, HOUR, MINUTE, MONTH, WEEK, YEAR

if TYPE_CHECKING:
    from collections.abc import Callable

    from impactcalc.intake.escalation.facts.candidates import Rate

_MILLI = Decimal("0.001")
_FACTORS = ((Decimal(10) ** 6, " M"), (Decimal(10) ** 3, " K"))
_PERIODS = {HOUR: "hour", DAY: "day", WEEK: "week", MONTH: "month", YEAR: "year"}
_SHORT = 3  # digits after the point that a magnitude may keep
_DIGITS = Decimal("1e-6")  # of a percentage that was said in words: "a third"


def plain(number: Decimal) -> str:
    """Write a number without exponent or trailing zeros.

    Examples
    --------
    >>> plain(Decimal("75000.0")), plain(Decimal("1E+2")), plain(Decimal("0.50"))
    ('75000', '100', '0.5')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def duration_text(seconds: Decimal) -> str:
    """Write a duration in the largest unit that holds it whole.

    Parameters
    ----------
    seconds
        The duration.

    Examples
    --------
    >>> [duration_text(Decimal(s)) for s in ("0", "14400", "5400", "0.0022")]
    ['0 h', '4 h', '90 min', '2.2 ms']
    """
    for unit, name in ((HOUR, "h"), (MINUTE, "min")):  # 0 is "0 h"
        if seconds % unit == 0:
            return f"{plain(seconds / unit)} {name}"
    if 0 < seconds < 1:
        return f"{plain(seconds / _MILLI)} ms"
    return f"{plain(seconds)} s"


def seconds_text(seconds: Decimal) -> str:
    """Write a response time in seconds or milliseconds."""
    if 0 < seconds < 1:
        return f"{plain(seconds / _MILLI)} ms"
    return f"{plain(seconds)} s"


def share_text(ratio: Decimal) -> str:
    """Write a ratio in percent.

    Examples
    --------
    >>> share_text(Decimal("0.9995")), share_text(Decimal(1) / 3)
    ('99.95%', '33.333333%')
    """
    percent = ratio * 100
    rounded = percent.quantize(_DIGITS)
    return f"{plain(rounded if percent.as_tuple().exponent < -12 else percent)}%"  # type: ignore[operator]  # noqa: PLR2004 - endless digits come from words


def money_text(amount: Decimal, currency: str) -> str:
    """Write an amount with K or M where that shortens it.

    Examples
    --------
    >>> money_text(Decimal(75000), "USD"), money_text(Decimal("1250.50"), "EUR")
    ('75 K USD', '1250.5 EUR')
    """
    for factor, letter in _FACTORS:
        short = amount / factor
        if amount >= factor and short == round(short, _SHORT):
            return f"{plain(short)}{letter} {currency}"
    return f"{plain(amount)} {currency}"


def rate_text(rate: Rate) -> str:
    """Write money per period as it was stated; minutes and seconds become hours.

    Parameters
    ----------
    rate
        One amount or two, in a known currency.
    """
    factor, period = Decimal(1), rate.period_s
    if period not in _PERIODS:
        factor, period = HOUR / period, HOUR

    def one(amount: Decimal) -> str:
        return f"{money_text(amount * factor, rate.currency)}/{_PERIODS[period]}"

    if rate.high is None:
        return one(rate.low)
    return range_text((rate.low, rate.high), one)


def range_text(values: tuple[Decimal, ...], write: Callable[[Decimal], str]) -> str:
    """Write one value, or a range; a range from 0 is uniform, for no interval begins there.

    Examples
    --------
    >>> range_text((Decimal(20), Decimal(45)), seconds_text)
    '20 s to 45 s'
    >>> range_text((Decimal(0), Decimal("0.05")), share_text)
    'uniform(0%, 5%)'
    """
    low, high = values[0], values[-1]
    if low == high:
        return write(low)
    if low == 0:
        return f"uniform({write(low)}, {write(high)})"
    return f"{write(low)} to {write(high)}"
