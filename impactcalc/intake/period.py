"""The window's grammar: ``START/END``, ``2024-01``, ``30d``, ``month 2024-01 in ZONE``.

A calendar period belongs to a zone; its length is the elapsed time between its two local
midnights, so that days of 23 and 25 hours and half-hour shifts happen.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from impactcalc.domain.observation import SECOND_NS, Window
from impactcalc.intake.instants import midnight_ns, parse_instant
from impactcalc.intake.moments import parse_zone
from impactcalc.named import NamedTuple
from impactcalc.units.duration import parse_duration

if TYPE_CHECKING:
    from impactcalc.domain.observation import ObjectiveWindow

UNITS = ("day", "week", "month", "quarter", "year")
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
_EXAMPLES = "2024-01, 30d, 2024-01-22T00:00Z/2024-01-24T00:00Z or month 2024-01 in Europe/Berlin"


class Period(NamedTuple):
    """A window as asked; its bounds may depend on the data.

    Parameters
    ----------
    written
        As the person wrote it.
    window
        The bounds, when they are fixed.
    length_ns
        Of a rolling window.
    unit
        ``day`` to ``year`` of the calendar period that holds the end of the data.
    zone
        Of that calendar period.
    units
        Units in one calendar period.
    anchor
        Wall time at which the first of such periods starts; None: midnight of the unit's first
        day.
    """

    written: str
    window: Window | None = None
    length_ns: int = 0
    unit: str = ""
    zone: tzinfo = UTC
    units: int = 1
    anchor: datetime | None = None

    def resolve(self, span: Window | None, as_of_ns: int | None) -> Window:
        """Give the bounds.

        Parameters
        ----------
        span
            The data's own span; None without data.
        as_of_ns
            ``--as-of``, where rolling and open calendar periods end.

        Raises
        ------
        ValueError
            When the bounds depend on data and there is none.
        """
        if self.window is not None:
            return self.window
        end = as_of_ns if as_of_ns is not None else (span.end_ns if span else None)
        if end is None:
            raise ValueError(f"'{self.written}' needs data, or --as-of, to know its end")
        if self.length_ns:
            return Window(end - self.length_ns, end)
        moment = end if as_of_ns is not None else end - 1
        if self.anchor is not None:
            return anchored_window(self, moment)
        return calendar_window(self.unit, _local_day(moment, self.zone), self.zone)


def _local_day(moment_ns: int, zone: tzinfo) -> date:
    """Return the local date of an instant."""
    return datetime.fromtimestamp(moment_ns // SECOND_NS, UTC).astimezone(zone).date()


def parse_period(text: str, zone: tzinfo | None = None) -> Period:
    """Read a window.

    Parameters
    ----------
    text
        ``START/END`` (instants or dates, half-open), ``2024``, ``2024-Q1``, ``2024-01``,
        ``2024-W04``, ``2024-01-22``, a length (``30d``), or ``month``, ``week``, ``quarter``,
        ``year`` with a date and ``in ZONE``, both optional.
    zone
        Of dates and calendar periods; None: UTC.

    Raises
    ------
    ValueError
        When it is none of these, or runs backwards.

    Examples
    --------
    >>> window = parse_period("month 2024-03 in America/New_York").window
    >>> (window.end_ns - window.start_ns) // (3600 * SECOND_NS)
    743
    """
    plain = " ".join(text.split())
    if "/" in plain and " in " not in plain:
        return Period(plain, parse_span(plain, zone))
    named = re.fullmatch(
        r"(?:calendar )?(day|week|month|quarter|year)s?(?: (\S+))?(?: in (\S+))?",
        plain,
        re.IGNORECASE,
    )
    if named:
        unit, when, where = named[1].lower(), named[2], named[3]
        there = parse_zone(where) if where else zone or UTC
        if when is None:
            return Period(plain, unit=unit, zone=there)
        return Period(plain, calendar_window(unit, _day(when, text), there), zone=there)
    bare = re.fullmatch(r"(\S+)(?: in (\S+))?", plain)
    unit = _unit_of(bare[1]) if bare else ""
    if bare and unit:
        there = parse_zone(bare[2]) if bare[2] else zone or UTC
        return Period(plain, calendar_window(unit, _day(bare[1], text), there), zone=there)
    return _rolling(plain)


def _rolling(plain: str) -> Period:
    """Read a length; its window ends at ``--as-of`` or with the data."""
    try:
        seconds = parse_duration(plain)
    except ValueError:
        raise ValueError(f"'{plain}' is no window; write e.g. {_EXAMPLES}") from None
    if seconds <= 0:
        raise ValueError(f"'{plain}' is empty; write e.g. 30d")
    return Period(plain, length_ns=int(seconds * SECOND_NS))


def parse_span(text: str, zone: tzinfo | None = None) -> Window:
    """Read ``A/B``: two instants, or dates (their midnights); ``A/30d`` gives a length.

    Raises
    ------
    ValueError
        When a bound is no time or has no offset, or the span is empty or runs backwards.
    """
    first, slash, last = text.partition("/")
    if not slash or "/" in last:
        raise ValueError(f"'{text}' is no span; write START/END, e.g. 2024-01-22/2024-01-24")
    start = parse_bound(first, zone)
    try:
        end = start + int(parse_duration(last) * SECOND_NS)
    except ValueError:
        end = parse_bound(last, zone)
    if end <= start:
        what = "is empty" if end == start else "runs backwards"
        raise ValueError(f"'{text}' {what}; write the earlier bound first, the end is exclusive")
    return Window(start, end)


def parse_bound(text: str, zone: tzinfo | None = None) -> int:
    """Read one bound of a window: an instant, or a date (its midnight in the zone, else UTC)."""
    plain = text.strip()
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", plain):
        day = _day(plain, text)
        return midnight_ns(day.year, day.month, day.day, zone or UTC)
    return parse_instant(plain, zone)


def _unit_of(text: str) -> str:
    """Tell which calendar period a date without more names; empty when none."""
    shapes = {
        "year": r"[0-9]{4}",
        "quarter": r"[0-9]{4}-?Q[1-4]",
        "month": r"[0-9]{4}-[0-9]{2}",
        "week": r"[0-9]{4}-?W[0-9]{2}",
        "day": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    }
    return next(
        (unit for unit, shape in shapes.items() if re.fullmatch(shape, text, re.IGNORECASE)), ""
    )


def _day(text: str, whole: str) -> date:
    """Return the first day of what a date names: 2024, 2024-Q1, 2024-01, 2024-W04, 2024-01-22."""
    unit, digits = _unit_of(text), re.findall(r"[0-9]+", text)
    try:
        match unit:
            case "year":
                return date(int(text), 1, 1)
            case "quarter":
                return date(int(digits[0]), int(digits[1]) * 3 - 2, 1)
            case "month":
                return date(int(digits[0]), int(digits[1]), 1)
            case "week":
                return date.fromisocalendar(int(digits[0]), int(digits[1]), 1)
            case "day":
                return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{whole}' is no date of the calendar; check month and day") from None
    raise ValueError(f"'{text}' is no date; write e.g. 2024-01 or 2024-01-22")


def calendar_window(unit: str, day: date, zone: tzinfo, count: int = 1) -> Window:
    """Give the calendar period that holds a day, from local midnight to local midnight.

    Parameters
    ----------
    unit
        ``day``, ``week`` (from Monday), ``month``, ``quarter`` or ``year``.
    day
        A local day in it.
    zone
        Of the midnights.
    count
        Units that follow one another.
    """
    if unit in {"day", "week"}:
        length = 7 if unit == "week" else 1
        first = day - timedelta(days=day.weekday() if unit == "week" else 0)
        last = first + timedelta(days=length * count)
    else:
        months = _MONTHS_OF[unit]
        first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
        after = first.month - 1 + months * count
        last = date(first.year + after // 12, after % 12 + 1, 1)
    start, end = (midnight_ns(each.year, each.month, each.day, zone) for each in (first, last))
    return Window(start, end)


def anchored_window(period: Period, moment_ns: int) -> Window:
    """Give the calendar period that holds an instant, counted from the period's anchor.

    Examples
    --------
    >>> from impactcalc.intake.moments import parse_zone
    >>> noon = datetime(2022, 1, 1, 12)
    >>> period = Period("", unit="month", zone=parse_zone("America/New_York"), anchor=noon)
    >>> window = anchored_window(period, parse_instant("2024-03-20T00:00Z"))
    >>> (window.end_ns - window.start_ns) // (3600 * SECOND_NS)
    743
    """
    low, high = -1, 1
    while _anchored(period, high) <= moment_ns:
        low, high = high, 2 * high
    while _anchored(period, low) > moment_ns:
        low, high = 2 * low, low
    while high - low > 1:
        middle = (low + high) // 2
        if _anchored(period, middle) <= moment_ns:
            low = middle
        else:
            high = middle
    return Window(_anchored(period, low), _anchored(period, high))


def _anchored(period: Period, number: int) -> int:
    """Return the instant at which the period of a number from the anchor starts."""
    anchor, steps = period.anchor, number * period.units
    if anchor is None:
        raise AssertionError("a period without anchor is not counted")
    if period.unit in _MONTHS_OF:
        months = anchor.month - 1 + steps * _MONTHS_OF[period.unit]
        year, month = anchor.year + months // 12, months % 12 + 1
        last = calendar.monthrange(year, month)[1]
        wall = anchor.replace(year=year, month=month, day=min(anchor.day, last))
    else:
        wall = anchor + timedelta(days=steps * (7 if period.unit == "week" else 1))
    instant = wall.replace(tzinfo=period.zone).astimezone(UTC)  # fold 0: in a gap, its first moment
    return (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 1000


def objective_period(window: ObjectiveWindow) -> Period:
    """Turn the window of an objective into a period.

    Raises
    ------
    ValueError
        When its zone or its start cannot be read.
    """
    if window.rolling_s is not None:
        return Period("the objective's window", length_ns=int(window.rolling_s * SECOND_NS))
    anchor = datetime.fromisoformat(window.start) if window.start else None
    return Period(
        "the objective's window",
        unit=window.unit,
        zone=parse_zone(window.zone),
        units=window.units,
        anchor=None if anchor is None else anchor.replace(tzinfo=None),
    )


def midnights(window: Window, zone: tzinfo | None) -> list[int]:
    """List the local midnights inside a window, both ends included."""
    where = zone or UTC
    day, found = _local_day(window.start_ns, where), []
    while (instant := midnight_ns(day.year, day.month, day.day, where)) <= window.end_ns:
        if instant >= window.start_ns:
            found.append(instant)
        day += timedelta(days=1)
    return found
