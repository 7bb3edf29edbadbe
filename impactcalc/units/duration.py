"""The duration: exact seconds from text, and the forms in which people read them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

from impactcalc.units.dimension import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    YEAR,
    unit_seconds,
    wrong_dimension,
)
from impactcalc.units.number import normalise, split_number
from impactcalc.units.rounding import plain, significant

_WANTED = ("a duration (ms, s, min, h, d, w, month, y)", "6 h")
_LONGEST = 1000 * YEAR
_SHORT_UNITS = (
    (SECOND / 1000, "ms", "ms", SECOND),
    (SECOND, "s", "s", MINUTE),
    (MINUTE, "min", "min", HOUR),
    (HOUR, "h", "h", 2 * DAY),
    (DAY, "day", "days", 2 * YEAR),
)


def parse_duration(text: str) -> Decimal:
    """Read a duration of 0 or more.

    Parameters
    ----------
    text
        Such as ``"2 h"``, ``"45 min"``, ``"1 h 30 min"``, ``"7 days"``, ``"an hour"``; a month has
        30 days, a year 365.

    Returns
    -------
    Decimal
        Exact seconds.

    Raises
    ------
    ValueError
        When the text is of another dimension, negative, or longer than 1,000 years.

    Examples
    --------
    >>> parse_duration("2 h"), parse_duration("1 h 30 min")
    (Decimal('7200'), Decimal('5400'))
    """
    plain_text = normalise(text)
    number, _, unit = plain_text.partition(" ")
    parts = [plain_text]  # "2 h", as nearly all are written
    if not (number.isdigit() and unit.isalpha()):
        plain_text = re.sub(r",?\s+and\s+|,\s+", " ", plain_text)
        article = re.fullmatch(r"(?:an?|one)\s+([A-Za-z]+)", plain_text)
        if article and (seconds := unit_seconds(article[1])):
            return seconds
        parts = re.findall(r"[^A-Za-zµμ]+[A-Za-zµμ]+\.?", plain_text)
    if not parts or "".join(parts) != plain_text:
        raise _refusal(plain_text)
    total = sum((_one(part, plain_text) for part in parts), Decimal(0))
    if total > _LONGEST:
        raise ValueError(f"'{plain_text}' is too large; 1,000 years is the limit")
    return total


def _one(part: str, text: str) -> Decimal:
    """Read one number with its unit; `text` is the whole, for messages."""
    written = split_number(part)
    seconds = unit_seconds(written.after)
    if seconds is None or written.before:
        raise _refusal(text)
    if written.number < 0:
        raise ValueError(f"'{text}' is negative; a duration is 0 or more, e.g. 6 h")
    return written.number * seconds


def _refusal(text: str) -> ValueError:
    """Say why `text` is no duration."""
    clock = re.fullmatch(r"([0-9]{1,3}):([0-5][0-9])", text)
    if clock:
        return ValueError(
            f"'{text}' could be minutes or hours; write a duration with its units, "
            f"e.g. {int(clock[1])} h {int(clock[2])} min"
        )
    return wrong_dimension(text, *_WANTED)


def short_duration(seconds: float, digits: int = 2) -> str:
    """Write a duration in one unit and few significant digits.

    Parameters
    ----------
    seconds
        The duration.
    digits
        Significant digits; zeros at the end of a fraction are left out.

    Examples
    --------
    >>> short_duration(61_200), short_duration(302_400), short_duration(2700)
    ('17 h', '3.5 days', '45 min')
    """
    exact = Decimal(repr(float(seconds)))
    for unit, one, many, below in _SHORT_UNITS:
        if abs(exact) >= below:
            continue
        shown = significant(exact / unit, digits)
        if abs(shown) * unit < below:
            return f"{plain(shown)} {one if abs(shown) == 1 else many}"
        exact = shown * unit  # 59.7 s to two digits is 1 min, not 0.99 min
    return f"{plain(significant(exact / YEAR, digits))} years"


def exact_duration(seconds: float | Decimal) -> str:
    """Write a duration in full, to the millisecond.

    Examples
    --------
    >>> exact_duration(2678.4), exact_duration(0)
    ('44 min 38.4 s', '0 s')
    """
    exact = seconds if isinstance(seconds, Decimal) else Decimal(repr(float(seconds)))
    rest = abs(exact).quantize(Decimal("0.001"), ROUND_HALF_EVEN)
    words = []
    for unit, name in ((DAY, "d"), (HOUR, "h"), (MINUTE, "min")):
        whole, rest = divmod(rest, unit)
        if whole:
            words.append(f"{plain(whole)} {name}")
    if rest or not words:
        words.append(f"{plain(rest)} s")
    sign = "-" if exact < 0 and words != ["0 s"] else ""
    return sign + " ".join(words)
