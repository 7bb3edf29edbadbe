"""The dimension of a written quantity: duration, money, rate of money, share or bare number.

Here live the names of the units of time, so that a refusal can name both dimensions: the one that
is written and the one that is wanted.
"""

from __future__ import annotations

import re
from decimal import Decimal

from impactcalc.units.currency import currency_in
from impactcalc.units.number import Written, split_magnitude, split_number

SECOND = Decimal(1)
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY
MONTH = 30 * DAY
YEAR = 365 * DAY

SECONDS_BY_UNIT = {
    name: seconds
    for seconds, names in (
        (SECOND / 1_000_000, "us µs microsecond microseconds"),
        (SECOND / 1000, "ms msec msecs millisecond milliseconds"),
        (SECOND, "s sec secs second seconds"),
        (MINUTE, "m min mins minute minutes"),
        (HOUR, "h hr hrs hour hours"),
        (DAY, "d day days"),
        (WEEK, "w wk wks week weeks"),
        (MONTH, "mo mos month months"),
        (YEAR, "y yr yrs year years annum"),
    )
    for name in names.split()
}
"""Exact seconds by unit, in small letters; a month has 30 days, a year 365."""

PERIOD_BY_ADVERB = {
    "hourly": HOUR,
    "daily": DAY,
    "weekly": WEEK,
    "monthly": MONTH,
    "yearly": YEAR,
    "annually": YEAR,
    "annual": YEAR,
    "p.a.": YEAR,
    "pa": YEAR,
}
PERCENT_WORDS = ("%", "percent", "per cent", "pct")


def unit_seconds(word: str) -> Decimal | None:
    """Return the seconds of a unit of time in words, None when it is none.

    Examples
    --------
    >>> unit_seconds("Hours"), unit_seconds("USD")
    (Decimal('3600'), None)
    """
    word = word.strip().rstrip(".").lower()
    return SECONDS_BY_UNIT.get("µs" if word == "μs" else word)


def split_rate(text: str) -> tuple[str, Decimal | None]:
    """Take ``/day``, ``per day``, ``a day`` or ``daily`` off the end of `text`.

    Returns
    -------
    tuple
        The text before it, and the period in seconds (None when there is none).

    Examples
    --------
    >>> split_rate("75 K USD/day"), split_rate("75 K USD")
    (('75 K USD', Decimal('86400')), ('75 K USD', None))
    """
    found = re.fullmatch(r"(.*?)(?:\s*/\s*|\s+(?:per|an?|each|every|in)\s+)([A-Za-z]+)\.?", text)
    if found and (seconds := unit_seconds(found[2])):
        return found[1].strip(), seconds
    head, _, last = text.rpartition(" ")
    if head and (period := PERIOD_BY_ADVERB.get(last.lower())):
        return head.strip(), period
    return text, None


def dimension_of(text: str) -> str:
    """Name the dimension of a written quantity, as words with an article; empty when unclear.

    Examples
    --------
    >>> dimension_of("2 h"), dimension_of("75 K USD/day"), dimension_of("soon")
    ('a duration', 'a rate of money', '')
    """
    head, period = split_rate(text)
    try:
        written = split_number(head)
    except ValueError:
        return ""
    if period is not None:
        return "a rate of money" if _has_currency(written) else "a rate"
    if written.after.lower() in PERCENT_WORDS:
        return "a percentage"
    if not written.before and unit_seconds(written.after):
        return "a duration"
    if _has_currency(written):
        return "an amount of money"
    return "" if written.before or split_magnitude(written.after)[1] else "a bare number"


def _has_currency(written: Written) -> bool:
    """Tell whether a currency's code or sign stands before or after the number."""
    rest = split_magnitude(written.after)[1]
    return currency_in(written.before) is not None or currency_in(rest) is not None


def wrong_dimension(text: str, wanted: str, example: str) -> ValueError:
    """Build the refusal of a text in another dimension, naming both.

    Examples
    --------
    >>> print(wrong_dimension("2 h", "money", "75 K USD/day"))
    '2 h' is a duration, money is wanted, e.g. 75 K USD/day
    """
    text = text.strip()
    found = dimension_of(text)
    if found == "a bare number":
        return ValueError(f"'{text}' has no unit, {wanted} is wanted, e.g. {example}")
    if found:
        return ValueError(f"'{text}' is {found}, {wanted} is wanted, e.g. {example}")
    return ValueError(f"'{text}' cannot be read as {wanted}; write e.g. {example}")
