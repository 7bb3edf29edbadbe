"""A phrase of the calendar: a moment that nobody can turn into hours from the plan's start."""

from __future__ import annotations

import re
from functools import cache

from impactcalc.intake.escalation.words.vocabulary import DIGITS, word_set

_SMALL = word_set(
    "by until till before after from in on over during since starting due of the this these next "
    "coming following last early late no not than at as within around about between and or to "
    "through with a an our their same current some one two three first second third fourth fixed "
    "set yet be soonest latest half mid beginning start middle maintenance change patch calendar "
    "fiscal financial local time planned thing for whole once when commencing w/c earliest only "
    "rest long onward onwards new working business utc gmt cet cest bst est edt pst pdt jst am pm "
    "hrs o'clock if possible is sometime some towards"
)
"""Words that belong to phrases of the calendar and make none alone."""
_ANCHORS = word_set(
    "today tonight tomorrow overnight asap a.s.a.p week weekend month quarter year day night "
    "morning mornings afternoon evening season sprint sprints release releases break holiday "
    "holidays summer winter spring autumn christmas easter term semester year-end month-end close "
    "eob cob eod monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu "
    "thurs fri sat sun q1 q2 q3 q4 h1 h2 date tbd tbc tba defined agreed decided confirmed "
    "ongoing continuous continuously afterwards noon midnight later soon eventually that midweek "
    "mid-week window freeze peak go-live audit launch shift cw kw unscheduled undated scheduled "
    "permanently permanent long-run lunch lunchtime breakfast dawn deadline timeline open "
    "open-ended course point someday possible approval approved end follow hours half-term "
    "half-year half-time"
)
"""Words that tell of the calendar; that stand for a time."""


_DATE_NAMES = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january"),
    *("february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december", "mid"),
)
_SHORTEST_NAME = 3
_DATE_FIGURES = DIGITS | frozenset("-.:/ sthndrdamph")
"""What a figure of a date is written in: digits, marks, ``st``, ``nd``, ``rd``, ``th``, ``am``."""


def _is_dated(word: str) -> bool:
    """Whether a word, in small letters, is a figure or a name of a date."""
    figure = word[:1] in DIGITS and _DATE_FIGURES.issuperset(word)
    head = word.partition("-")[0].rstrip(".").removesuffix("day")  # "tues", "sept", "mid"
    named = len(head) >= _SHORTEST_NAME and any(name.startswith(head) for name in _DATE_NAMES)
    may_be = figure or named or word == "-" or word.startswith(("cw", "kw", "v"))
    return may_be and _dated().fullmatch(word) is not None


@cache
def _dated() -> re.Pattern[str]:
    """Compile a figure of a date, a time of day, a quarter or a release."""
    return re.compile(
        rf"{_MONTH}|mid-{_MONTH}|(?:{_DAY}-)?{_DAY}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|"
        r"[0-9]{1,2}(?:st|nd|rd|th)?|[0-9]{1,2}-[0-9]{1,2}|20[0-9]{2}|[0-9]{1,2}[:.][0-9]{2}h?|"
        r"[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}|[0-9]{1,2} ?[ap]m|[0-9]{1,2}h|"
        r"[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2}|[0-9]{4})?|[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?|"
        r"[ck]w[0-9]{1,2}|v?[0-9]{1,2}\.[0-9]{1,2}|-"
    )


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b(?!-))"
)
_DAY = r"(?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?"
_LEAD = (
    r"(?:by|until|till|before|after|from|in|on|over|during|since|later|starting|due|at|"
    r"end of|early|late|mid|within|beginning of|start of|middle of|as of|"
    r"some ?time(?: in)?|towards|no later than|not later than|not before)"
)
_ARTICLE = (
    r"(?:(?:the )?rest of (?:the )?|the |this |next |coming |following |last |early |late |"
    r"mid[- ]?|"
    r"(?:end|start|beginning|middle|close) of (?:the |this |next )?|"
    r"(?:first|second|third|fourth) (?:half|week|day|quarter) of (?:the |this |next )?|"
    r"first |second |third |fourth |1st |2nd |3rd )"
)
_NOUN = (
    r"(?:today|tonight|tomorrow|overnight|a\.?s\.?a\.?p\.?|as soon as possible|"
    r"weekend|week(?! [0-9])|midweek|month|quarter|year|(?:business |working )?day|mornings?|"
    r"afternoon|evening|nights?|season|sprint|lunch(?:time)?|dawn|"
    r"(?:(?:summer|winter|spring|autumn|christmas|easter) )?(?:break|holidays?)|"
    r"summer|winter|spring|autumn|christmas|easter|(?:half[- ])?term|semester|"
    r"release|year[- ]end|month[- ]end|business(?: hours)?|eob|cob|eod|"
    r"(?:(?:maintenance|change|patch) )?window|(?:change )?freeze|go-live|audit|launch|shift|peak|"
    rf"{_WEEKDAY}|q[1-4]\b|h[12]\b|(?:calendar week|[ck]w) ?[0-9]{{1,2}}|"
    r"no (?:fixed |set )?(?:date|timeline|deadline)(?: yet| set)?|date open|open|tb[dca]|"
    r"unscheduled|undated|to be (?:defined|agreed|decided|confirmed)|after that|ongoing|"
    r"continuous(?:ly)?|later|afterwards|soon|eventually|permanently|permanent|long run|"
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4}|[0-9]{2})?(?![0-9])|"
    r"[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?(?![0-9])|"
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th|\.)? (?:of )?)?{_MONTH}|"
    r"[0-9]{1,2}[:.][0-9]{2}(?:h\b)?|[0-9]{1,2} ?[ap]m\b|noon|midnight|"
    r"(?:(?<=by )|(?<=before )|(?<=after )|(?<=until )|(?<=till ))(?:closing|opening)(?: time)?)"
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
    return re.compile(
        rf"(?:{_LEAD}\s+){{0,4}}{_ARTICLE}{{0,4}}{_NOUN}{_TAIL}"
        r"(?: on(?:wards?)?(?= ?[:,;]| ?$))?(?![\w-])"
    )


_ORDERS = word_set("freeze audit launch close open follow shift break peak end release")
"""Words that are verbs, too, before several of something."""
_PAIR = 2  # words
_MARKS = str.maketrans(",()", "   ")
_MOST_WORDS = 9
_HOUSE_HOURS = frozenset({"closing", "opening"})
_BOUNDING = frozenset({"by", "before", "after", "until", "till"})
"""Words before the hour at which a house opens or closes; ``opening time: 4 s`` is a figure."""
_ALONE = word_set(
    "today tonight tomorrow overnight asap a.s.a.p weekend monday tuesday wednesday thursday "
    "friday saturday sunday mon tue tues wed thu thurs fri sat sun q1 q2 q3 q4 tbd tbc tba "
    "ongoing continuous continuously afterwards noon midnight later soon eventually midweek "
    "unscheduled undated permanently permanent open open-ended someday eob cob eod year-end "
    "month-end january february march april june july august september october november december"
)
"""Words that are a phrase by themselves."""


def is_calendar(words: str) -> bool:
    """Whether a text in small letters is nothing but a phrase of the calendar.

    Examples
    --------
    >>> [is_calendar(words) for words in ("by tomorrow night", "after the season", "by the mill")]
    [True, True, False]
    """
    parts = words.translate(_MARKS).split()
    if not 0 < len(parts) <= _MOST_WORDS or _is_full_date(words):
        return False
    if parts[0] in _ORDERS and parts[-1].endswith("s") and len(parts) == _PAIR:
        return False  # "freeze releases"
    told = False
    for part in parts:
        if part in _ANCHORS:
            told = told or part != "hours" or "business" in parts
        elif part in _HOUSE_HOURS and parts[0] in _BOUNDING:
            told = True
        elif part not in _SMALL:
            word = part if part[-1:] == "." and part[:1].isdigit() else part.strip(".")
            if not _is_dated(word):
                return False
            told = told or not word.isdigit() or not {"am", "pm"}.isdisjoint(parts)
    return told and (len(parts) > 1 or words in _ALONE or _is_dated(words))


def _is_full_date(words: str) -> bool:
    """Whether words open with a full date."""
    return words[:1] in DIGITS and _full_date().match(words) is not None


@cache
def _full_date() -> re.Pattern[str]:
    """Compile a full date that opens a text: it tells when something was, no word says until."""
    return re.compile(r"[0-9]{4}-|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2}|[0-9]{1,2} \w{3,9} [0-9]{4}")


def calendar_end(lower: str, start: int) -> int:
    """Give where the phrase ends that begins at a place in a text in small letters; 0 for none."""
    match = _phrase().match(lower, start)
    if match is None:
        return 0
    end = match.end()
    return end - 1 if lower[end - 1] == "." and lower[end - 2].isalpha() else end
