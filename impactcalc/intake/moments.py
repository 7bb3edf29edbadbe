"""The written moment: ISO dates and date-times to instants, or to the day that is known."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from impactcalc.domain.moment import Moment

_YEARS = range(1970, 2200)
_DATE = r"([0-9]{4})-[0-9]{2}-[0-9]{2}"
_CLOCK = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
_OFFSET = r"Z|UTC|[+-][0-9]{2}:?[0-9]{2}"
_EXAMPLE = "2024-01-22 or 2024-01-22T09:00Z"


def parse_moment(text: str, zone: tzinfo = UTC) -> Moment:
    """Read a date (some moment of that day) or a date-time with its offset.

    Parameters
    ----------
    text
        ``"2024-01-22"``, ``"2024-01-22T09:00Z"``, ``"2024-01-22 10:00:30+01:00"``.
    zone
        The zone of a bare date.

    Returns
    -------
    Moment
        An instant, or the interval from 0:00 of the day to 0:00 of the next.

    Raises
    ------
    ValueError
        When it is no such form, no date of the calendar, or a time without offset.

    Examples
    --------
    >>> parse_moment("2024-01-22T09:00+01:00").earliest.isoformat()
    '2024-01-22T08:00:00+00:00'
    """
    text = text.strip()
    found = re.fullmatch(rf"{_DATE}(?:[T ]\s*({_CLOCK})\s*({_OFFSET})?)?", text, re.IGNORECASE)
    if found is None:
        raise ValueError(f"'{text}' is no date; write e.g. {_EXAMPLE}")
    if int(found[1]) not in _YEARS:
        raise ValueError(
            f"'{text}' lies outside the years {_YEARS[0]} to {_YEARS[-1]}; check the year"
        )
    if found[2] and not found[3]:
        raise ValueError(f"'{text}' has no offset; write e.g. {text}Z for UTC, or {text}+01:00")
    day = _calendar_day(text)
    if not found[2]:
        return Moment(_midnight(day, zone), _midnight(day + timedelta(days=1), zone))
    offset = "+00:00" if found[3].upper() in {"Z", "UTC"} else found[3]
    try:
        instant = datetime.fromisoformat(f"{day.isoformat()}T{found[2]}{offset}")
    except ValueError:
        raise ValueError(f"'{text}' has no such time of day; write 00:00 to 23:59") from None
    return Moment(instant, instant)


def parse_span(text: str, zone: tzinfo = UTC) -> Moment:
    """Read a moment, or two with "to" between them: some moment from the first to the second.

    Raises
    ------
    ValueError
        As `parse_moment`, and when the second lies before the first.

    Examples
    --------
    >>> parse_span("2024-01-22T09:00Z to 2024-01-22T10:00Z").width_h
    1.0
    """
    first, between, second = text.partition(" to ")
    if not between:
        return parse_moment(text, zone)
    begin, end = parse_moment(first, zone).earliest, parse_moment(second, zone).latest
    if end < begin:
        raise ValueError(f"'{text}' runs backwards; swap the two moments")
    return Moment(begin, end)


def _calendar_day(text: str) -> date:
    """Read the ten characters of a date."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(f"'{text}' is no date of the calendar; check month and day") from None


def _midnight(day: date, zone: tzinfo) -> datetime:
    """Return 0:00 of a day in a zone."""
    return datetime.combine(day, time(), zone)


def is_bare_date(text: str) -> bool:
    """Tell whether the text names a day without a time.

    Examples
    --------
    >>> is_bare_date("2024-01-22"), is_bare_date("2024-01-22T09:00Z")
    (True, False)
    """
    return re.fullmatch(_DATE, text.strip()) is not None


def parse_zone(text: str) -> tzinfo:
    """Read the name of a time zone.

    Raises
    ------
    ValueError
        When there is none of that name; the nearest is named.

    Examples
    --------
    >>> parse_zone("UTC") is UTC
    True
    """
    name = text.strip()
    if name.upper() in {"UTC", "Z"}:
        return UTC
    import zoneinfo

    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(_unknown_zone(name)) from None


def _unknown_zone(name: str) -> str:
    """Say that there is no such zone, with the nearest one."""
    import zoneinfo
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(zoneinfo.available_timezones()), n=1)
    hint = f"did you mean '{near[0]}'?" if near else "write e.g. UTC or Europe/Berlin"
    return f"'{name}' is no time zone; {hint}"


def noon_or_instant(text: str, zone: tzinfo = UTC) -> datetime:
    """Read one instant: a date-time as it is, a bare date as its 12:00.

    Raises
    ------
    ValueError
        As `parse_moment`.

    Examples
    --------
    >>> noon_or_instant("2024-01-22").isoformat()
    '2024-01-22T12:00:00+00:00'
    """
    moment = parse_moment(text, zone)
    if moment.exact:
        return moment.earliest
    day = date.fromisoformat(text.strip())
    return datetime.combine(day, time(12), zone).astimezone(UTC)
