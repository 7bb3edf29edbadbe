"""The period of an amount of money: ``per hour``, ``a week``, ``monthly``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import folded
from impactcalc.units.dimension import DAY, HOUR, MINUTE, MONTH, SECOND, WEEK, YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

PERIODS = {
    "second": SECOND,
    "minute": MINUTE,
    "min": MINUTE,
    "hour": HOUR,
    "hr": HOUR,
    "h": HOUR,
    "hourly": HOUR,
    "day": DAY,
    "d": DAY,
    "daily": DAY,
    "week": WEEK,
    "wk": WEEK,
    "weekly": WEEK,
    "month": MONTH,
    "mo": MONTH,
    "monthly": MONTH,
    "year": YEAR,
    "yr": YEAR,
    "yearly": YEAR,
    "annual": YEAR,
    "annually": YEAR,
    "annum": YEAR,
    "stunde": HOUR,
    "tag": DAY,
    "woche": WEEK,
    "monat": MONTH,
}
NEAR = 48  # characters in which a period still belongs to its amount


@cache
def _period_pattern(*, plain: bool) -> re.Pattern[str]:
    """Compile ``per hour``, ``/day``, ``a week``, ``daily``, ``p.a.``; plain: small letters only.

    To disregard case more than doubles the time that compiling takes.
    """
    return re.compile(
        r"(?:(?:/ ?|\b(?:per|an?|each|every|per each|pro)[ -])(?:calendar |full |single )?"
        r"(second|minute|min|hour|hr|h|day|d|week|wk|month|mo|year|yr|annum|stunde|tag|woche|"
        r"monat)\b"
        r"|\b(hourly|daily|weekly|monthly|yearly|annual|annually)\b|\b(p\.a\.|pa\b)"
        r"|^ ?(p\.m\.)|-(?:a|per)-(hour|day|week|month|year)\b)",
        re.NOFLAG if plain else re.IGNORECASE,
    )


def periods(text: str, start: int = 0, stop: int | None = None) -> Iterator[re.Match[str]]:
    """Find the periods between two places of a text, in capitals or small letters."""
    plain = text.isascii()
    words = text.lower() if plain else text
    return _period_pattern(plain=plain).finditer(words, start, len(text) if stop is None else stop)


ODD = (
    *("business", "working", "trading", "match", "race", "banking", "shift", "event", "order"),
    *("incident", "transaction", "user", "customer", "store", "outage", "night", "weekend"),
)


@cache
def odd_period() -> re.Pattern[str]:
    """Compile periods that are no calendar time: nothing can be made of them."""
    return re.compile(
        r"\b(?:per|a|each|every) (?:business|working|trading|match|race|banking) ?-?day"
        r"|\bper (?:[a-z-]+ )?(?:shift|night|weekend|event|match|order|incident|transaction|"
        r"user|customer|store|outage)\b",
        re.IGNORECASE,
    )


def period_of(text: str, start: int, end: int, stop: int) -> Decimal | None:
    """Give the period that belongs to an amount at ``text[start:end]``, in seconds.

    Parameters
    ----------
    text
        The statement.
    start, end
        Where the amount stands.
    stop
        Where the next figure begins: words after it belong to that one.
    """
    after = text[end : min(stop, end + NEAR)]
    match = next(periods(after), None)
    if match is None:
        matches = list(periods(text[max(0, start - NEAR) : start]))
        match = matches[-1] if matches else None
    if match is None:
        return None
    if match[3]:
        return YEAR
    if match[4]:
        return MONTH  # "EUR 900 p.m." is no time of day
    return PERIODS[folded(match[1] or match[2] or match[5])]
