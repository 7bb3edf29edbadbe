"""The instant: a written time as whole nanoseconds since 1970, exactly.

Instants are compared, never wall clocks: a time needs its offset, or a zone that the person
names; a wall time that the zone skips or repeats is refused.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache

from impactcalc.domain.observation import SECOND_NS

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_YEARS = range(1970, 2200)
_OLDEST_NS, _NEWEST_NS = 0, 7_258_118_400 * SECOND_NS  # 2200
_EPOCH_UNITS = (  # up to which size a number counts which unit
    (10**11, SECOND_NS),
    (10**14, 10**6),
    (10**17, 10**3),
    (10**20, 1),
)
_TIMES = "2024-01-22T09:00:00Z"


class AmbiguousDateError(ValueError):
    """A date such as 01/02/2024, whose order of day and month is not known."""


@cache
def _iso() -> re.Pattern[str]:
    """ISO 8601 and its cousins: blank for T, UTC for Z, ``+0100``, fractions of any length."""
    return re.compile(
        r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})"
        r"(?:(?:T|\s+)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,18}))?)?)?"
        r"\s*(Z|UTC|GMT|[+\u2212-][0-9]{2}(?::?[0-9]{2})?)?(?:\s*(?:UTC|GMT))?",
        re.IGNORECASE,
    )


@cache
def _slashed() -> re.Pattern[str]:
    """Dates that begin with day or month: 01/02/2024, 22.01.2024."""
    return re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})(.*)", re.DOTALL)


@cache
def _compact() -> re.Pattern[str]:
    """ISO 8601 without separators: 20240122T090000Z."""
    return re.compile(
        r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})?(Z|[+-][0-9]{2}:?[0-9]{2})?"
    )


def parse_instant(text: str, zone: tzinfo | None = None, order: str = "") -> int:
    """Read a time as nanoseconds since 1970.

    Parameters
    ----------
    text
        ISO 8601 with its offset, or a number: seconds below 1e11, milliseconds below 1e14,
        microseconds below 1e17, nanoseconds above.
    zone
        Of a time without offset; None: such a time is refused.
    order
        ``"dm"`` or ``"md"`` where a file shows how its dates begin; empty: unknown.

    Returns
    -------
    int
        UTC nanoseconds.

    Raises
    ------
    AmbiguousDateError
        For a date whose day and month may be swapped.
    ValueError
        When it is no time, has no offset, or is a wall time that does not exist or exists twice.

    Examples
    --------
    >>> parse_instant("2024-01-22T01:30:00-05:00") == parse_instant("1705905000")
    True
    """
    plain = text.strip()
    number = _epoch_number(plain)
    if number is not None:
        return number
    compact = _compact().fullmatch(plain)
    if compact:
        year, month, day, hour, minute, second, offset = compact.groups()
        plain = f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{offset or ''}"
    found = _iso().fullmatch(_ordered(plain, order))
    if found is None:
        raise ValueError(f"'{text}' is no time; write e.g. {_TIMES}")
    return _instant(text, found, zone)


def _epoch_number(plain: str) -> int | None:
    """Read a number of seconds, milliseconds, ...; None when it is no number."""
    whole, _, fraction = plain.partition(".")
    digits = whole.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or not (
        not fraction or (fraction.isascii() and fraction.isdigit())
    ):
        return None
    return epoch_ns(int(whole), int(fraction or 0), len(fraction), plain)


def epoch_ns(whole: int, fraction: int = 0, places: int = 0, written: str = "") -> int:
    """Turn a number since 1970 into nanoseconds; its size tells the unit.

    Raises
    ------
    ValueError
        When it is negative or lies after 2199.

    Examples
    --------
    >>> epoch_ns(1_705_881_600) == epoch_ns(1_705_881_600_000)
    True
    """
    unit = next((unit for below, unit in _EPOCH_UNITS if abs(whole) < below), 0)
    instant = whole * unit + fraction * unit // int(10**places)
    if not unit or not _OLDEST_NS <= instant < _NEWEST_NS:
        raise ValueError(f"'{written or whole}' is no time between 1970 and 2199; write {_TIMES}")
    return instant


def _ordered(plain: str, order: str) -> str:
    """Bring a date that begins with day or month into the order of ISO."""
    found = _slashed().fullmatch(plain)
    if found is None:
        return plain
    one, _, two, year, rest = found.groups()
    first, second = int(one), int(two)
    if not order:
        order = date_order(plain)
        if not order and first != second:
            raise AmbiguousDateError(_both_readings(plain, first, second, year))
    day, month = (first, second) if order == "dm" else (second, first)
    return f"{year}-{month:02d}-{day:02d}{rest}"


def _both_readings(plain: str, first: int, second: int, year: str) -> str:
    """Say what an ambiguous date may be, with both ways to write it."""
    when = plain.split(maxsplit=1)[0]
    ways = f"{year}-{first:02d}-{second:02d} or {year}-{second:02d}-{first:02d}"
    return f"'{when}' may be {second} {_MONTHS[first]} or {first} {_MONTHS[second]}; write {ways}"


_MONTHS = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def date_order(text: str) -> str:
    """Tell whether a date proves its order: ``"dm"``, ``"md"``, or empty when it does not.

    Examples
    --------
    >>> date_order("22/01/2024 09:00"), date_order("01/22/2024"), date_order("01/02/2024")
    ('dm', 'md', '')
    """
    found = _slashed().fullmatch(text.strip())
    if found is None:
        return ""
    first, second = int(found[1]), int(found[3])
    months = 12
    if first > months >= second:
        return "dm"
    return "md" if second > months >= first else ""


def _instant(text: str, found: re.Match[str], zone: tzinfo | None) -> int:
    """Build the instant of a matched time."""
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    if int(year) not in _YEARS:
        raise ValueError(f"'{text}' lies outside the years 1970 to 2199; check the year")
    try:
        wall = datetime(int(year), int(month), int(day))  # noqa: DTZ001 - the zone comes below
        wall += _time_of_day(int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        raise ValueError(f"'{text}' is no time of the calendar; check date and clock") from None
    nanoseconds = int((fraction or "0").ljust(9, "0")[:9])
    if offset is not None:
        return wall_ns(wall) - _offset_ns(offset, text) + nanoseconds
    if zone is None:
        raise ValueError(
            f"'{text}' has no time zone; say which: --tz UTC or --tz America/New_York, "
            "or write its offset"
        )
    return local_ns(wall, zone, text) + nanoseconds


def _time_of_day(hour: int, minute: int, second: int) -> timedelta:
    """Read a clock; 24:00 is the next day's 0:00 and 23:59:60 a leap second's end."""
    hours, minutes, seconds = 24, 60, 60
    if (hour, minute, second) != (hours, 0, 0) and (
        hour >= hours or minute >= minutes or second > seconds
    ):
        raise ValueError(hour)
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _offset_ns(offset: str, text: str) -> int:
    """Read Z, UTC, +01, +0100 or +01:00."""
    if offset.upper() in {"Z", "UTC", "GMT"}:
        return 0
    digits = offset[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    most_hours, most_minutes = 18, 59
    if hours > most_hours or minutes > most_minutes:
        raise ValueError(f"'{text}' has the offset {offset}, which no zone has; check it")
    sign = 1 if offset[0] == "+" else -1
    return sign * (hours * 60 + minutes) * 60 * SECOND_NS


def wall_ns(wall: datetime) -> int:
    """Return the nanoseconds since 1970 of a naive time, read as UTC."""
    return (wall.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND * 1000


def local_ns(wall: datetime, zone: tzinfo, text: str) -> int:
    """Return the instant of a wall time in a zone.

    Raises
    ------
    ValueError
        When the wall time does not exist in the zone, or exists twice.
    """
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return (first.astimezone(UTC) - _EPOCH) // _MICROSECOND * 1000
    exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall
    what = "exists twice" if exists else "does not exist"
    raise ValueError(f"'{text}' {what} in {zone} (clock change); write its offset")


def midnight_ns(year: int, month: int, day: int, zone: tzinfo) -> int:
    """Return the instant at which a local day begins: its midnight, or the first moment after.

    Examples
    --------
    >>> midnight_ns(2024, 1, 22, UTC) == parse_instant("2024-01-22T00:00Z")
    True
    """
    midnight = datetime(year, month, day, tzinfo=zone)  # fold 0: in a gap, its first moment
    return (midnight.astimezone(UTC) - _EPOCH) // _MICROSECOND * 1000
