"""A date as a candidate: refused where no calendar has it, where it may be two, or was mended."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from impactcalc.intake.escalation.figures.dates import Stamp
    from impactcalc.intake.escalation.structure.statements import Statement

YEARS = range(1970, 2200)


def one_of(
    statement: Statement, fact: str, stamps: Sequence[Stamp], weight: Weight, known: date | None
) -> Candidate:
    """Make a candidate of the dates behind a label: the first, unless the second mends it."""
    first = dated(statement, fact, stamps[0], weight, known)
    if len(stamps) == 1:
        return first
    second = dated(statement, fact, stamps[1], weight, known)
    between = statement.lower[stamps[0].end : stamps[1].start]
    if first.value == second.value or second.value is None:
        return first
    if holds(between, _MENDED):
        return second
    if between.strip() in _EITHER:
        return doubtful(first, f"'{first.text}' or '{second.text}'")
    return first


_MENDED = ("correct", "should ", "recte", "->", "=>", "\u2192", "now ", "actually", "in fact")
"""Words after a date that put another one in its place."""
_EITHER = frozenset({"/", "or", "|", "and", "?", "-", ","})


def dated(
    statement: Statement, fact: str, stamp: Stamp, weight: Weight, known: date | None
) -> Candidate:
    """Make a candidate of a date; refuse 30 February, 25:61 and two readings."""
    if stamp.yearless and known is not None:
        stamp = stamp.in_year_near(known)
    if stamp.clock is not None and stamp.zone is None:
        stamp = stamp._replace(zone=statement.zone)
    found = offer(statement, fact, stamp.iso(), weight, (stamp.start, stamp.end))
    if stamp.readings:
        return doubtful(found, f"'{found.text}' may be {' or '.join(stamp.readings)}")
    if stamp.yearless:
        return doubtful(found, f"'{found.text}' has no year")
    if stamp.day is not None and stamp.day.year not in YEARS:
        return doubtful(found, f"'{found.text}' lies outside the years 1970 to 2199")
    if stamp.day is None:
        return doubtful(found, f"'{found.text}' is no day of the calendar")
    if stamp.clock is None and _clock().search(statement.text, stamp.start, stamp.end + _CLOSE):
        return doubtful(found, f"what stands beside '{found.text}' is no time of day")
    note = ""
    if stamp.clock is not None and stamp.zone is None:
        note = f"'{found.text}' has no time zone: only the day is kept; add +00:00"
    return found._replace(stamp=stamp, note=note)


_CLOSE = 10  # characters behind a date: ", at 25:61"


@cache
def _clock() -> re.Pattern[str]:
    """Compile a time of day, be it one or not."""
    return re.compile(r"(?<![0-9:+])[0-9]{1,2}:[0-9]{2}(?![0-9])")
