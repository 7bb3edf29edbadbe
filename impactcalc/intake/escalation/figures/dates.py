"""A date or date-time in a sentence, by a closed list of forms."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.zones import ZONE_HOURS, zone_from
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds, joins_digits, word_set
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from impactcalc.domain.moment import Moment


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = (
    "(Jan|January|Feb|February|Mar|March|Apr|April|May|Jun|June|Jul|July|Aug|August"
    "|Sep|Sept|September|Oct|October|Nov|November|Dec|December)"
)
_MONTH_STARTS = word_set("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
_MARKS = ("-", "/", ".")
_YEAR = 4  # digits
_CLOCK_AFTER = 9  # characters after a date within which the colon of its time of day stands
_CLOCK_BEFORE = 30
_DAY_STARTS = frozenset("MTWFS")
_NOON = 12
_MOST = 40  # dates of one text; more is no sentence


class Stamp(NamedTuple):
    """A date found in a text.

    Parameters
    ----------
    start, end
        Where it stands.
    day
        The date; None when there is no such day, or when it has two readings.
    clock
        Time of day; None when not stated.
    zone
        Offset of the clock; None when not stated.
    yearless
        Whether the text leaves out the year; then `day` is in 1904 (a leap year) until
        `in_year_near` is asked.
    readings
        Both ISO dates of an ambiguous ``01/02/2024``.
    """

    start: int
    end: int
    day: date | None
    clock: time | None = None
    zone: timezone | None = None
    yearless: bool = False
    readings: tuple[str, ...] = ()

    def in_year_near(self, known: date) -> Stamp:
        """Give the year that puts a date without year closest to a known date."""
        if not self.yearless or self.day is None:
            return self
        years = (known.year - 1, known.year, known.year + 1)
        days = [day for year in years if (day := _day(year, self.day.month, self.day.day))]
        near = min(days, key=lambda day: abs(day - known), default=None)
        return Stamp(self.start, self.end, near, self.clock, self.zone)

    @property
    def exact(self) -> bool:
        """Whether clock and offset are both stated."""
        return self.clock is not None and self.zone is not None

    def iso(self) -> str | None:
        """Write date, or date-time with seconds and offset; None when there is no such day."""
        if self.day is None or self.yearless:
            return None
        if self.clock is None or self.zone is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.clock, self.zone).isoformat()

    def bounds(self) -> tuple[datetime, datetime] | None:
        """Give the instant twice, or the ends of the day in UTC when no instant is known."""
        if self.day is None or self.yearless:
            return None
        if self.clock is not None and self.zone is not None:
            instant = datetime.combine(self.day, self.clock, self.zone)
            return instant, instant
        midnight = datetime.combine(self.day, time(), UTC)
        return midnight, midnight + timedelta(days=1)

    def moment(self) -> Moment | None:
        """Give the instant, or the whole day in UTC when no instant is known."""
        from impactcalc.domain.moment import Moment  # only a forecast asks

        bounds = self.bounds()
        return None if bounds is None else Moment(*bounds)


def _day(year: int, month: int, day: int) -> date | None:
    """Give a date, None for 30 February."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


_FORMS = (
    r"(?<![0-9A-Za-z.-])([12][0-9]{3})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9-])",
    r"(?<![0-9.,])([0-9]{1,2})(?:st|nd|rd|th|\.)?(?: of)?[ /-]"
    + _MONTH
    + r"\b\.?,?(?:[ /-]'?([12][0-9]{3})\b|[/-]([0-9]{2})\b)?",
    r"\b" + _MONTH + r"\.? ([0-9]{1,2})(?:st|nd|rd|th)?\b(?:,? ([12][0-9]{3})\b)?",
    r"(?<![0-9.,/-])([0-9]{1,2})([./-])([0-9]{1,2})\2([12][0-9]{3})(?![0-9])",
)
"""Year first, day first with a name, month name first, all digits."""


@cache
def _pattern(form: int) -> re.Pattern[str]:
    """Compile the form with this number."""
    return re.compile(_FORMS[form])


def _possible_forms(text: str) -> Iterator[int]:
    """Tell which forms a text may hold: by the years at its marks, by the months that it names."""
    marks = [mark for mark in _MARKS if text.count(mark) > 1]
    places = [at for at, character in enumerate(text) if character in marks] if marks else []
    if any(_is_year(text[max(0, at - _YEAR) : at]) for at in places):
        yield 0
    if holds(text, _MONTH_STARTS):
        yield from (1, 2)
    if any(_is_year(text[at + 1 : at + 1 + _YEAR]) for at in places):
        yield 3


def _is_year(digits: str) -> bool:
    """Whether four characters may be a year."""
    return len(digits) == _YEAR and digits.isdigit()


@cache
def _clock_pattern() -> re.Pattern[str]:
    """Compile a time of day with an optional zone: ``14:30 BST``, ``2.30 pm``."""
    return re.compile(
        r"(?<![0-9.,:])([0-9]{1,2})(?::|\.(?=[0-9]{2} ?[AaPp]\.?[Mm]\b))([0-5][0-9])"
        r"(?::([0-5][0-9])(?:[.,][0-9]{1,6})?)?(?![0-9]|:[0-9])(?: ?([AaPp])\.?[Mm]\b\.?)?"
        r"(?: ?(?:\(?(UTC|GMT)?([+-][0-9]{1,2}(?::?[0-9]{2})?)\)?|\(?([A-Z]{1,4})\b\)?))?"
    )


@cache
def _gap_after_date() -> re.Pattern[str]:
    """Compile what may stand between a date and its time of day."""
    return re.compile(
        r"(?:T(?=[0-9])|\) (?=at [0-9])|[ ,;|(]{0,3})"
        r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\)?,? )?"
        r"(?:at |@ ?|- )?"
    )


@cache
def _clock_before_date() -> re.Pattern[str]:
    """Compile a time of day that ends right before a date: ``14:30 UTC on 12 May``."""
    return re.compile(_clock_pattern().pattern + r",? (?:on )?$")


@cache
def _spelled_clock() -> re.Pattern[str]:
    """Compile clocks that their zone or half of the day tells: ``8.50 am EDT``, ``1000 UTC``."""
    zones = "|".join(ZONE_HOURS)
    return re.compile(
        r"([0-9]{1,2})(?:[.:h]?([0-5][0-9]))?()(?: ?([AaPp])\.?[Mm]\b\.?)?"
        r"(?: ?(?:hrs|hours|h|Uhr))?"
        rf"(?: ?\(?(UTC|GMT)?([+-][0-9]{{1,2}}(?::?[0-9]{{2}})?)\)?| ?\(?({zones})\b\)?)"
    )


@cache
def _short_clock_pattern() -> re.Pattern[str]:
    """Compile ``9 am`` and ``14 h 10``: clocks that only keep their digits from being read."""
    return re.compile(r"(?<![0-9.,:-])[0-9]{1,2} ?(?:[AaPp]\.?[Mm]\b|h ?[0-5][0-9]\b)")


@lru_cache(maxsize=4096)
def find_stamps(text: str) -> tuple[Stamp, ...]:
    """Find all dates of a text, each with the time of day that directly follows or precedes it.

    Examples
    --------
    >>> [stamp.iso() for stamp in find_stamps("opened 12 May 2026, 14:30 BST, due 30.06.2026")]
    ['2026-05-12T14:30:00+01:00', '2026-06-30']
    """
    if DIGITS.isdisjoint(text):
        return ()
    found: list[Stamp] = []
    for form in _possible_forms(text):
        for match in _pattern(form).finditer(text):
            if len(found) < _MOST and not any(
                stamp.start < match.end() and match.start() < stamp.end for stamp in found
            ):
                found.append(_with_clock(_stamp(form, match, text), text))
    return tuple(sorted(found, key=lambda stamp: stamp.start))


_HINT = 16  # characters behind a date in which its order may be told


def _order_of(text: str, end: int) -> str:
    """Give what stands first in a date as the brackets behind it say: ``d``, ``m``, or nothing."""
    behind = text[end : end + _HINT].lower().replace("-", "/")
    return "d" if "dd/mm" in behind else "m" if "mm/dd" in behind else ""


def _stamp(form: int, match: re.Match[str], text: str) -> Stamp:
    """Read one match of the form with this number."""
    span = match.span()
    if form == 0:
        year, _, month, day = match.groups()
        return Stamp(*span, _day(int(year), int(month), int(day)))
    if form in {1, 2}:
        day, name, year = (
            (match[1], match[2], match[3]) if form == 1 else (match[2], match[1], match[3])
        )
        if form == 1 and match[4]:
            year = f"20{match[4]}"
        known = _day(int(year or 1904), _MONTHS[name.lower()], int(day))
        return Stamp(*span, known, yearless=year is None)
    first, mark, second, year = match.groups()
    order = _order_of(text, match.end()) if mark != "." else "d"
    if order == "m":
        return Stamp(*span, _day(int(year), int(first), int(second)))
    return _digits(span, (int(first), int(second), int(year)), day_first=order == "d")


def _digits(span: tuple[int, int], parts: tuple[int, int, int], *, day_first: bool) -> Stamp:
    """Read ``dd.mm.yyyy``; with other marks only what has one reading."""
    first, second, year = parts
    by_day, by_month = _day(year, second, first), _day(year, first, second)
    if day_first or by_month is None or by_day == by_month:
        return Stamp(*span, by_day)
    if by_day is None:
        return Stamp(*span, by_month)
    return Stamp(*span, None, readings=(by_day.isoformat(), by_month.isoformat()))


def _with_clock(stamp: Stamp, text: str) -> Stamp:
    """Add the time of day that stands right after the date, or right before it."""
    match = None
    day = text[stamp.end + 1 :].lstrip("(")[:1] in _DAY_STARTS  # a weekday before the time of day
    after = text[stamp.end : stamp.end + _CLOCK_AFTER + 4 * day]
    if ":" in after or ("." in after and "m" in after.lower()):
        gap = _gap_after_date().match(text, stamp.end)
        match = _clock_pattern().match(text, gap.end() if gap else stamp.end)
    if match is None and text[stamp.end : stamp.end + 1] in {" ", ","}:
        gap = _gap_after_date().match(text, stamp.end)
        match = _spelled_clock().match(text, gap.end() if gap else stamp.end)
    begin = max(0, stamp.start - _CLOCK_BEFORE)
    if match is None and _may_be_clock(text[begin : stamp.start]):
        match = _clock_before_date().search(text, begin, stamp.start)
    if match is None:
        return stamp
    clock, zone = _clock(match)
    start, end = min(stamp.start, match.start()), max(stamp.end, _clock_end(match))
    return Stamp(start, end, stamp.day, clock, zone, stamp.yearless, stamp.readings)


def _clock_end(match: re.Match[str]) -> int:
    """Give where a time of day ends: capitals that name no zone do not belong to it."""
    if match[7] and match[7] not in ZONE_HOURS and not match[5]:
        return max(match.end(group) for group in (2, 3, 4) if match[group])
    return match.end()


def clock_at(text: str, start: int) -> Stamp | None:
    """Read the time of day that stands alone at a place: ``10:31 JST``.

    Returns
    -------
    Stamp or None
        Without a day; None when no time of day begins there.

    Examples
    --------
    >>> clock_at("at 10:31 PLAN", 3).end, clock_at("at noon", 3)
    (8, None)
    """
    match = _clock_pattern().match(text, start)
    clock, zone = _clock(match) if match else (None, None)
    if match is None or clock is None:
        return None
    return Stamp(start, _clock_end(match), None, clock, zone)


def first_clock(text: str) -> Stamp | None:
    """Read the first time of day of a text, without a day."""
    match = _clock_pattern().search(text) if ":" in text else None
    return clock_at(text, match.start()) if match else None


def _clock(match: re.Match[str]) -> tuple[time | None, timezone | None]:
    """Read time of day and offset of a match."""
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    half = (match[4] or "").lower()
    if half:
        if not 0 < hour <= _NOON:
            return None, None
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        clock = time(hour, minute, second)
    except ValueError:
        return None, None
    return clock, zone_from(match[6], match[7] or match[5])


def clock_spans(text: str, ends: Iterable[int]) -> list[tuple[int, int]]:
    """Give where times of day stand, so that their digits are no quantities.

    Parameters
    ----------
    text
        A sentence.
    ends
        Where its numbers end.
    """
    spans: list[tuple[int, int]] = []
    if _may_be_clock(text):
        spans.extend(match.span() for match in _clock_pattern().finditer(text))
    if any(_may_be_short_clock(text[end : end + 4].lower()) for end in ends):
        spans.extend(match.span() for match in _short_clock_pattern().finditer(text))
    return spans


def _may_be_clock(text: str) -> bool:
    """Whether digits may be ``14:30`` or ``2.30 pm``."""
    return joins_digits(text, ":") or (
        joins_digits(text, ".") and holds(text.lower(), ("am", "pm", "a.m", "p.m"))
    )


def _may_be_short_clock(rest: str) -> bool:
    """Whether what follows a number may make it ``9 am`` or ``14 h 10``."""
    words = rest.removeprefix(" ")
    return words.startswith(("am", "pm", "a.m", "p.m")) or (
        words.startswith("h") and words[1:].lstrip()[:1].isdigit()
    )


def sortable(stamp: Stamp) -> str:
    """Write a time so that later ones sort behind earlier ones.

    Examples
    --------
    >>> [sortable(stamp) for stamp in find_stamps("4 May 2026, 09:30 and 5 May 2026")]
    ['2026-05-04T09:30:00', '2026-05-05T']
    """
    day = stamp.day.isoformat() if stamp.day is not None else ""
    return f"{day}T{stamp.clock.isoformat() if stamp.clock else ''}"
