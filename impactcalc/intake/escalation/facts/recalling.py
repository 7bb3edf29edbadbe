"""The recall of what is long over: sentences about another year, or taken back by the next one."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.timing import reference_day
from impactcalc.intake.escalation.figures.dates import find_stamps
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.structure.tenor import reconsiders, retracts
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_SOON = 4  # statements in which a chat corrects a figure
_LONG_AGO = 60  # days before the text; an incident does not last so long
_STARTS = ("january", "february", "march", "april", "may", "june", "july", "august")
_MONTHS = (*_STARTS, "september", "october", "november", "december")


_EVENTS = frozenset({"outage", "incident", "fault", "failure", "breakdown", "crash"})


@cache
def _month_of_year() -> re.Pattern[str]:
    """Compile ``in 2024``, ``of January 2025``, ``back in May 2023``, ``the 2024 outage``."""
    return re.compile(
        rf"\b(?:(?:in|of|during|from) (?:early |late |mid-)?(?:({'|'.join(_MONTHS)}),? )?"
        rf"|(?:the|our|their) (?=[0-9]{{4}} (?:{'|'.join(_EVENTS)})\b))"
        r"((?:19|20)[0-9]{2})\b(?![-/.][0-9])"
    )


def mark_recalled(statements: Sequence[Statement]) -> None:
    """Mark the statements about incidents of the past, and those that the next one takes back.

    Parameters
    ----------
    statements
        All of a text; ``is_past`` of some is set.
    """
    known = _newest_day(statements)
    older = _older_cases(statements)
    previous: Statement | None = None
    figured = -_SOON - 1  # the place of the last statement with figures
    renewed: Statement | None = None  # "No, wait, ...": what follows in that breath corrects
    for statement in statements:
        dated = statement.field in {"created", "escalated", "renewal"}
        if not dated and _is_long_ago(statement, known):
            statement.is_past = True
        if older and not older.isdisjoint((statement.text, *statement.headings)):
            statement.is_past = True
        if previous is not None and previous.block is statement.block:
            if retracts(statement.lower) and not statement.has_digits:
                previous.is_past = True
            if reconsiders(statement.lower) and previous.has_figures:
                renewed = statement
        if statement.has_figures and statement.role is not Role.SPEAKER:
            mended = renewed is not None and statement.block is renewed.block
            soon = statement.order - figured <= _SOON and reconsiders(statement.lower)
            if mended or soon:
                statement.is_correction = True
            figured = statement.order
        previous = statement


_CASES = ("incident", "case", "ticket", "outage", "event", "escalation")


@cache
def _case_opens() -> re.Pattern[str]:
    """Compile a line that opens the tale of one case: ``Incident 0612-44: slow search``."""
    return re.compile(
        rf"(?:{'|'.join(_CASES)})(?: no\.?)? "
        r"(#?[a-z]{0,8}[-/]?[0-9][a-z0-9/-]{1,16})(?:[:,]| -|$)",
        re.IGNORECASE,
    )


def _older_cases(statements: Sequence[Statement]) -> set[str]:
    """Give the headings of days with other, older cases: a history tells of several."""
    told: dict[str, tuple[date, str]] = {}
    for statement in statements:
        opens = statement.has_digits and statement.lower.startswith(_CASES)
        dated = opens and any(map(find_stamps, statement.headings))
        match = _case_opens().match(statement.text) if dated else None
        for heading in reversed(statement.headings) if match else ():
            days = [stamp.day for stamp in find_stamps(heading) if stamp.day]
            if match and days:
                told.setdefault(heading, (days[0], match[1]))
                break
    if len({number for _, number in told.values()}) < _SEVERAL:
        return set()
    newest = max(day for day, _ in told.values())
    return {heading for heading, (day, _) in told.items() if day < newest}


_SEVERAL = 2  # numbers of cases


def _newest_day(statements: Sequence[Statement]) -> date | None:
    """Give the newest day on which the case was opened or escalated, or the text was written."""
    days = [
        stamp.day
        for statement in statements
        if statement.field in {"created", "escalated"}
        for stamp in find_stamps(statement.text)
        if stamp.day is not None and not stamp.yearless
    ]
    own = reference_day(statements)
    return max((*days, *([own] if own else ())), default=None)


def _is_long_ago(statement: Statement, known: date | None) -> bool:
    """Whether a sentence tells of a day or month long before the text was written.

    In a text without a date, an outage "in March 2021" is another one than that of the text.
    """
    if known is None:
        another = not statement.words.isdisjoint(_EVENTS)
        return another and _month_of_year().search(statement.lower) is not None
    if not statement.has_digits or statement.words.isdisjoint(_TELLING):
        return False
    days = [stamp.day for stamp in find_stamps(statement.text) if not stamp.yearless and stamp.day]
    if days:
        return all((known - day).days > _LONG_AGO for day in days)
    if not holds(statement.lower, (" 19", " 20")):
        return False
    for match in _month_of_year().finditer(statement.lower):
        month = _MONTHS.index(match[1]) + 1 if match[1] else known.month
        if (known - date(int(match[2]), month, 1)).days > _LONG_AGO:
            return True
    return False


_TELLING = frozenset(
    [
        "outage",
        "outages",
        "incident",
        "incidents",
        "problem",
        "problems",
        "lasted",
        "lost",
        "cost",
        "hit",
        "failed",
        "happened",
        "was",
        "were",
        "had",
        "saw",
        "suffered",
        "affected",
        "took",
        "fault",
        "failure",
    ]
)
