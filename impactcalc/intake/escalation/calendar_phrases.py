"""A phrase of the calendar: a moment that nobody can turn into hours from the plan's start."""

from __future__ import annotations

import re
from functools import cache

from impactcalc.intake.escalation.vocabulary import word_set

_WORDS = word_set(
    "by until till before after from in on over during since later starting due end of early late "
    "no than not the this next coming following last today tonight tomorrow overnight asap as "
    "soon possible week weeks month months quarter year day days weekend morning afternoon "
    "evening night season sprint release break holiday holidays summer winter spring autumn year- "
    "end month-end business working hours close eob cob eod monday tuesday wednesday thursday "
    "friday saturday sunday mon tue tues wed thu thurs fri sat sun q1 q2 q3 q4 h1 h2 date "
    "yet fixed timeline open tbd tbc to be defined agreed decided confirmed ongoing continuous "
    "continuously afterwards noon at latest midnight utc gmt cet cest bst est edt pst pdt jst "
    "local time am pm within eventually that mid mid-week midweek half first second third fourth "
    "beginning start middle maintenance change window freeze patch peak go-live audit launch "
    "shift calendar cw kw tba unscheduled undated a.s.a.p permanently permanent long-run run long "
    "lunch lunchtime breakfast dawn o'clock hrs christmas easter term semester fiscal financial "
    "set none deadline planned"
)
"""All words of which such phrases are made: whatever holds another word is none."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b(?!-))"
)
_LEAD = (
    r"(?:by|until|till|before|after|from|in|on|over|during|since|later|starting|due|at|"
    r"end of|early|late|mid|within|beginning of|start of|middle of|as of|"
    r"no later than|not later than|not before)"
)
_ARTICLE = (
    r"(?:the |this |next |coming |following |last |early |late |mid[- ]?|"
    r"(?:end|start|beginning|middle|close) of (?:the |this |next )?|"
    r"(?:first|second|third|fourth) (?:half|week|day|quarter) of (?:the |this |next )?|"
    r"first |second |third |fourth |1st |2nd |3rd )"
)
_NOUN = (
    r"(?:today|tonight|tomorrow|overnight|a\.?s\.?a\.?p\.?|as soon as possible|"
    r"weekend|week(?! [0-9])|midweek|month|quarter|year|(?:business |working )?day|mornings?|"
    r"afternoon|evening|nights?|season|sprint|lunch(?:time)?|dawn|"
    r"(?:(?:summer|winter|spring|autumn|christmas|easter) )?(?:break|holidays?)|"
    r"summer|winter|spring|autumn|christmas|easter|term|semester|"
    r"release|year[- ]end|month[- ]end|business(?: hours)?|eob|cob|eod|"
    r"(?:(?:maintenance|change|patch) )?window|(?:change )?freeze|go-live|audit|launch|shift|peak|"
    rf"{_WEEKDAY}|q[1-4]\b|h[12]\b|(?:calendar week|[ck]w) ?[0-9]{{1,2}}|"
    r"no (?:fixed |set )?(?:date|timeline|deadline)(?: yet| set)?|date open|open|tb[dca]|"
    r"unscheduled|undated|to be (?:defined|agreed|decided|confirmed)|after that|ongoing|"
    r"continuous(?:ly)?|later|afterwards|soon|eventually|permanently|permanent|long run|"
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4}|[0-9]{2})?(?![0-9])|"
    r"[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?(?![0-9])|"
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th|\.)? (?:of )?)?{_MONTH}|"
    r"[0-9]{1,2}[:.][0-9]{2}(?:h\b)?|[0-9]{1,2} ?[ap]m\b|noon|midnight)"
)
_TAIL = (
    r"(?:,? (?:(?:at|on|in|of|by) )?(?:night|morning|evening|afternoon|noon|midnight|week|month|"
    rf"at the latest|latest|lunchtime|the week|{_WEEKDAY}|{_MONTH}|[0-9]{{1,2}}[:.][0-9]{{2}}h?|"
    r"[0-9]{1,2} ?[ap]m|[0-9]{4}|[0-9]{1,2}(?:st|nd|rd|th)?(?! ?(?:h\b|hours?|min|days?|weeks?))|"
    r"utc|gmt|cest|cet|bst|e[sd]t|p[sd]t|jst|local time|hrs|next week|this week|[ap]m)(?![\w%]))*"
)


@cache
def _phrase() -> re.Pattern[str]:
    """Compile a phrase: prepositions, articles, a noun of the calendar, and what makes it exact."""
    return re.compile(rf"(?:{_LEAD}\s+){{0,4}}{_ARTICLE}{{0,4}}{_NOUN}{_TAIL}(?![\w-])")


def is_calendar(words: str) -> bool:
    """Whether a text in small letters is nothing but a phrase of the calendar.

    Examples
    --------
    >>> [is_calendar(words) for words in ("by tomorrow night", "after the season", "by the mill")]
    [True, True, False]
    """
    if not _may_be(words) or _full_date().match(words):
        return False
    match = _phrase().match(words)
    return match is not None and match.end() == len(words)


@cache
def _full_date() -> re.Pattern[str]:
    """Compile a full date that opens a text: it tells when something was, no word says until."""
    return re.compile(r"[0-9]{4}-|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2}|[0-9]{1,2} \w{3,9} [0-9]{4}")


def calendar_end(lower: str, start: int) -> int:
    """Give where the phrase ends that begins at a place in a text in small letters; 0 for none."""
    match = _phrase().match(lower, start)
    return match.end() if match else 0


def _may_be(words: str) -> bool:
    """Whether nothing but words of the calendar stands in a text."""
    return all(
        word in _WORDS
        or word.removeprefix("mid-").startswith(_MONTHS)
        or not word.strip("stndrhcwkap.:/-").replace(":", "").strip("./-0123456789")
        for word in words.replace(",", " ").split()
    )
