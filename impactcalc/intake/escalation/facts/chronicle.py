"""The chronicle: when each statement was said, by its own time and the day stated above it."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.timing import reference_day
from impactcalc.intake.escalation.figures.dates import Stamp, find_stamps, first_clock
from impactcalc.intake.escalation.figures.zones import zone_of
from impactcalc.intake.escalation.structure.block import SOFT_HEADING, Role
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time, timezone

    from impactcalc.intake.escalation.structure.statements import Statement

_HEAD = 6  # statements in which a text gives its day
_DATE_LABELS = frozenset({"date", "sent", "written", "dated", "date of call", "call date", "day"})
_NO_DAY = frozenset({"created", "escalated", "renewal"})
_ROLLED = timedelta(hours=6)  # a clock that goes back so far has passed midnight
_FEW = 6  # words beside a date in a line that only separates days


_LONGEST_ZONE = 4  # letters


def _may_zone(statement: Statement) -> bool:
    """Whether a zone may be told: its capitals stand beside a word for time."""
    if holds(statement.text, ("UTC", "GMT", "T)")):
        return True
    if not holds(f" {statement.lower}", (" time", "(time", " clock", " zone")):
        return False
    words = statement.text.replace("(", " ").replace(":", " ").split()
    return any(word.isupper() and len(word.strip(").,;")) <= _LONGEST_ZONE for word in words)


@cache
def _zone_words() -> re.Pattern[str]:
    """Compile the zone of all times of a text: ``all times UTC``, ``times are JST``."""
    return re.compile(
        r"\b(?:[Tt]ime(?:s|stamps?| ?zone)?|[Cc]locks?|[Zz]one(?= ?:))\b"
        r"(?: are| is| in| given| shown| all| local| :|:){0,3} "
        r"\(?(UTC[+-][0-9]{1,2}(?::?[0-9]{2})?|[A-Z]{1,4})\b|\((UTC|GMT|[A-Z]{2,3}T)\)|"
        r"\b(UTC|GMT) times?\b"
    )


class _Clock:
    """The day, zone and last time of day of one mail or chat.

    Times without a day get that of the line above which gives one, and pass midnight with it.

    Parameters
    ----------
    known
        A day whose year the dates without one share.
    """

    def __init__(self, known: date | None) -> None:
        self.known = known
        self.day: date | None = None
        self.zone: timezone | None = None
        self.last: time | None = None
        self.nights = 0
        self.yearless = False
        self.said: Stamp | None = None

    def set(self, stamp: Stamp) -> None:
        """Take over a stated day."""
        self.day, self.last, self.nights = stamp.day, stamp.clock, 0
        self.yearless = stamp.yearless
        self.zone = stamp.zone or self.zone

    def place(self, stamp: Stamp) -> Stamp:
        """Give the time of an entry its day and zone."""
        if stamp.day is not None and not stamp.yearless:
            self.set(stamp)
        elif stamp.day is not None:
            known = self.day or self.known
            stamp = stamp.in_year_near(known) if known is not None else stamp
            self.set(stamp)
        elif stamp.clock is not None:
            self._pass_midnight(stamp.clock)
        day = stamp.day
        if day is None and self.day is not None:
            day = self.day + timedelta(days=self.nights)
        zone = stamp.zone or (self.zone if stamp.clock is not None else None)
        self.zone = stamp.zone or self.zone
        yearless = stamp.yearless or (stamp.day is None and self.yearless)
        self.said = stamp._replace(day=day, zone=zone, yearless=yearless)
        return self.said

    def _pass_midnight(self, clock: time) -> None:
        """Count a night when the clock goes back by many hours."""
        if self.last is not None and _hours(self.last) - _hours(clock) > _ROLLED:
            self.nights += 1
        self.last = clock


def _hours(clock: time) -> timedelta:
    """Give a time of day as the span since midnight."""
    return timedelta(hours=clock.hour, minutes=clock.minute)


def place_in_time(statements: Sequence[Statement]) -> None:
    """Note for each statement when it was said, as far as the text tells.

    Parameters
    ----------
    statements
        All of a text, in its order; ``said`` of some is set.
    """
    clocks: dict[int, _Clock] = {}
    known = reference_day(statements)
    stated: timezone | None = None
    for index, statement in enumerate(statements):
        depth = statement.quoted
        if depth not in clocks:
            above = clocks.get(depth - 1) if depth else None
            clocks[depth] = _Clock(known)
            if above is not None:
                clocks[depth].zone = above.zone
        clock = clocks[depth]
        stated = _note_zone(clock, statement) or stated
        entry = statement.block.entry
        if entry is not None and entry.stamp is not None:
            if statement.block.passage.pieces[0] == statement.passage.pieces[0]:
                statement.said = clock.place(entry.stamp)
            else:
                statement.said = clock.said
            continue
        own = _own_stamp(statement)
        if own is not None:
            below = statements[min(index + 1, len(statements) - 1)].quoted
            _enter(clock, clocks, statement, own, below)
        elif _closes(statement):
            clock.said = None
        statement.said = clock.said
    for statement in statements:
        statement.zone = stated


def _enter(
    clock: _Clock, clocks: dict[int, _Clock], statement: Statement, own: Stamp, below: int
) -> None:
    """Take the day of a line that gives one; the head of a mail or message dates what follows.

    The words of an older mail stand as deep as the line below its head: a mail program quotes
    them below the head, and people who quote by hand quote the head with them.
    """
    if statement.label in _DATE_LABELS:
        clock.set(own)
        clock.said = own
        for deeper in [depth for depth in clocks if depth > statement.quoted]:
            del clocks[deeper]
    elif _introduces(statement):  # "On 3 March, Ann wrote:" stands above the older mail
        depth = below if below == statement.quoted > 0 else statement.quoted + 1
        older = clocks.setdefault(depth, _Clock(own.day))
        older.set(own)
        older.said = own
    elif statement.role is Role.SPEAKER or (
        statement.role is Role.HEADING and own.clock is not None
    ):
        clock.place(own)
    else:
        clock.set(own)
        if statement.role is Role.HEADING:
            clock.said = None  # a day's heading ends what was said before it


def _introduces(statement: Statement) -> bool:
    """Whether a line stands above an older mail: ``On 3 March, Ann wrote:``, ``schrieb Ann:``."""
    return statement.lower.endswith(":") and holds(statement.lower, ("wrote", "schrieb"))


def _closes(statement: Statement) -> bool:
    """Whether a heading ends the chat or log above it."""
    block = statement.block
    if block.role is not Role.HEADING or block.entry is not None:
        return False
    return block.depth < SOFT_HEADING or block.after_blank


def _own_stamp(statement: Statement) -> Stamp | None:
    """Give the day of a line that dates what follows: a date field, a title, a separator."""
    if statement.role is Role.SPEAKER:
        return _of_speaker(statement)
    if not statement.has_digits or statement.field in _NO_DAY:
        return None
    stamps = [one for one in find_stamps(statement.text[:_LONGEST]) if not one.yearless]
    if not stamps or stamps[0].day is None:
        return None
    if statement.label in _DATE_LABELS or _introduces(statement):
        return stamps[0]
    telling = len(stamps) > 1 or not statement.words.isdisjoint(_TELLING)
    return stamps[0] if not telling and _dates_the_rest(statement, stamps[0]) else None


def _dates_the_rest(statement: Statement, own: Stamp) -> bool:
    """Whether a date stands in the head of a text, or alone in its line."""
    beside = statement.text[: own.start] + statement.text[own.end :]
    alone = len(beside.split()) <= _FEW and not any(map(str.isdigit, beside))
    whole = statement.block.passage.text == statement.text
    return statement.order < _HEAD or (alone and whole and not statement.field)


_LONGEST = 200  # characters in which the day of a text stands
_TELLING = frozenset(
    ("opened", "escalated", "raised", "reported", "renewal", "renews", "since", "due", "until")
)


def _of_speaker(statement: Statement) -> Stamp | None:
    """Give the time in the head of a message, with or without a day."""
    stamps = find_stamps(statement.text)
    if stamps and stamps[0].day is not None:
        return stamps[0]
    return first_clock(statement.text)


def _note_zone(clock: _Clock, statement: Statement) -> timezone | None:
    """Take the zone that a line states for all times, and give it."""
    if not holds(statement.lower, (*_KEEPING, "(utc)", "(gmt)", "t)", "utc", "gmt")):
        return None
    match = _zone_words().search(statement.text) if _may_zone(statement) else None
    zone = zone_of(next(group for group in match.groups() if group)) if match else None
    if zone is not None:
        clock.zone = zone
    return zone if holds(statement.lower, _KEEPING) else None


_KEEPING = ("time", "clock", "zone")
"""Words of a line that states the zone of all times."""
