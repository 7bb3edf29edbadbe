"""A window of time in a plan: from, to, or a calendar phrase that has no hours."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from impactcalc.intake.escalation.mention import Bound, Kind, Mention
from impactcalc.intake.escalation.mentions import find_mentions
from impactcalc.intake.escalation.spoken import may_say_number
from impactcalc.intake.escalation.vocabulary import DIGITS, holds, lowered, word_set
from impactcalc.named import NamedTuple
from impactcalc.units.dimension import DAY, HOUR, MINUTE, MONTH, WEEK


class Edge(NamedTuple):
    """One end of a window.

    Parameters
    ----------
    amount
        Seconds, or a number of business days.
    business
        Whether `amount` counts business days.
    """

    amount: Decimal
    business: bool = False


class Span(NamedTuple):
    """A window as a plan states it.

    Parameters
    ----------
    earliest, latest
        Its ends, counted from the plan's start; None when not stated.
    start, end
        Where its words stand.
    calendar
        Whether the words are a calendar phrase that cannot be turned into hours.
    problem
        Why its ends were left out.
    """

    earliest: Edge | None
    latest: Edge | None
    start: int
    end: int
    calendar: bool = False
    problem: str = ""


_LONGEST = 3650 * DAY  # no plan looks further
_ZERO = Edge(Decimal(0))
_UPPER = frozenset({"within", "next", "first", "up", "under", "until", "max", "by"})
_LOWER = frozenset({"after", "from", "over", "beyond", "past", "later", "following", "than"})
_JOINTS = word_set(
    "in within during the next first from between up to after until by on onward onwards and "
    "later over "
    "under less more than at most max of for about approx approximately around roughly beyond t "
    "window timeframe time plus as coming following calendar further another or so ca"
)
_ONWARDS = ("+", "and later", "and beyond", "and more", "onward", "or more", "or later", "later")
_AFTER = ("on", "and later", "and beyond", "or later", "or more", "+", "after start", "later")
_SIGNS = frozenset("<>~\u2264\u2265")
_UNITS = {"hour": HOUR, "day": DAY, "week": WEEK, "month": MONTH, "hours": HOUR, "days": DAY}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "2nd": 2, "3rd": 3}


_CALENDAR_WORDS = word_set(
    "by until before after from on over during since later starting due end of early late no than "
    "not the this next coming following last today tonight tomorrow overnight asap as soon "
    "possible week month quarter year day weekend morning afternoon evening night season sprint "
    "release break holiday holidays summer winter spring autumn "
    "year-end month-end business hours close eob cob eod monday tuesday "
    "wednesday thursday friday saturday sunday q1 q2 q3 q4 date yet fixed timeline open tbd tbc to "
    "be defined agreed decided confirmed ongoing continuous continuously afterwards noon at latest "
    "midnight utc cet cest am pm in within soon eventually that till"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _may_be_calendar(words: str) -> bool:
    """Whether nothing but words of the calendar stands in a text."""
    return all(
        word in _CALENDAR_WORDS
        or word.startswith(_MONTHS)
        or word.strip("stndrh.:").replace(":", "").isdigit()
        for word in words.replace(",", " ").split()
    )


@cache
def _calendar() -> re.Pattern[str]:
    """Compile phrases of the calendar: nobody can turn them into hours from the plan's start."""
    return re.compile(
        r"(?:(?:by|until|till|before|after|from|in|on|over|during|since|later|starting|due|"
        r"end of|early|"
        r"late|"
        r"no later than|not before)\s+){0,4}(?:the |this |next |coming |following |last |early |"
        r"late |end of "
        r"(?:the |this |next )?){0,4}(?:today|tonight|tomorrow|overnight|asap|as soon as possible|"
        r"week|month|quarter|year|day|weekend|morning|afternoon|evening|night|season|sprint|"
        r"(?:(?:summer|winter|spring|autumn) )?break|"
        r"release|holidays?|year[- ]end|month[- ]end|business hours|close of business|eob|cob|eod|"
        r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|q[1-4]|"
        r"no date(?: yet)?|no fixed date|no timeline|date open|open|tbd|tbc|to be (?:defined|"
        r"agreed|"
        r"decided|confirmed)|after that|ongoing|continuous(?:ly)?|later|afterwards|soon|eventually|"
        r"(?:[0-9]{1,2}(?:st|nd|rd|th|\.)? )?(?:jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|"
        r"july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)|"
        r"[0-9]{1,2}:[0-9]{2}|noon|midnight)"
        r"(?:,? (?:night|morning|evening|afternoon|noon|week|month|at the latest|at|"
        r"[0-9]{1,2}:[0-9]{2}|[0-9]{1,4}|utc|cet|cest|[ap]m))*"
    )


_NOW = frozenset({"now", "right now", "right away", "at once", "immediately", "straight away"})


@cache
def _counted_unit() -> re.Pattern[str]:
    """Compile ``day 2-5``, ``weeks 1 to 2``, ``hours 0-4``."""
    return re.compile(
        r"\b(?P<unit>hour|day|week|month)s? (?P<first>[0-9]{1,3})"
        r"(?: ?(?:-|to|until|through) ?(?:(?:hour|day|week|month)s? )?(?P<last>[0-9]{1,3}))?\b"
        r"(?! ?(?:min|hour|day|week|month|h\b|d\b|:))"
    )


def _of_numbered(lower: str) -> Span | None:
    """Read ``from the second week on`` and ``day 2-5``."""
    match = _ordinal_unit().search(lower) if "from " in lower else None
    if match is None:
        return None if DIGITS.isdisjoint(lower) else _of_counted(lower)
    count = _ORDINALS.get(match["ordinal"] or "") or int(match["number"])
    unit = _UNITS[match["unit"] or match["unit2"]]
    return Span(Edge((count - 1) * unit) if count > 1 else _ZERO, None, *match.span())


@cache
def _onwards() -> re.Pattern[str]:
    """Compile words that leave a window open at its end: ``week 2 onwards``."""
    return re.compile(r" ?(?:\+|on ?wards?\b|and (?:later|beyond|after)\b|or later\b|on$)")


def _of_counted(lower: str) -> Span | None:
    """Read days by their numbers: day 2 begins after 24 hours; hours are counted from zero."""
    match = _counted_unit().search(lower)
    if match is None:
        return None
    unit, first = _UNITS[match["unit"]], int(match["first"])
    last = int(match["last"] or first)
    begin = first if match["unit"] == "hour" else max(0, first - 1)
    onwards = _onwards().match(lower, match.end())
    if onwards is not None and match["last"] is None:
        return Span(Edge(begin * unit) if begin else _ZERO, None, match.start(), onwards.end())
    if last <= begin:
        return None
    return Span(Edge(begin * unit) if begin else _ZERO, Edge(last * unit), *match.span())


@cache
def _single_unit() -> re.Pattern[str]:
    """Compile ``an hour``, ``the first week``, ``half an hour`` after a word that bounds it."""
    return re.compile(
        r"\b(?P<lead>within|in|next|first|after|up to)(?: the| next| first| about)*"
        r"(?P<half> half)?(?: an?| one)? (?P<unit>hour|day|week|month)\b"
    )


@cache
def _ordinal_unit() -> re.Pattern[str]:
    """Compile ``from the second week on``."""
    return re.compile(
        r"\bfrom (?:the )?(?:(?P<ordinal>first|second|third|fourth|fifth|2nd|3rd) (?P<unit>day|"
        r"week|month)"
        r"|(?P<unit2>day|week|month) (?P<number>[0-9]{1,2}))(?: on(?:wards?)?)?\b"
    )


@lru_cache(maxsize=4096)
def find_span(text: str) -> Span | None:
    """Find the window that some words state.

    Examples
    --------
    >>> span = find_span("0-90 minutes")
    >>> (span.earliest.amount, span.latest.amount) == (0, 5400)
    True
    >>> find_span("by tomorrow night").calendar, find_span("Repair the index")
    (True, None)
    """
    lower = lowered(text)
    if "+" in lower:
        lower = re.sub(r"\b[th]\+(?=[0-9])", "  ", lower)
        lower = re.sub(r"(?<![0-9a-z])\+(?=[0-9])", " ", lower)
    if lower.count(":") > 1 and " h" in lower and (clocked := _of_clocks(lower)) is not None:
        return clocked
    now = 0
    if not DIGITS.isdisjoint(lower) and holds(lower, ("now", "immediately", "start")):
        lower, now = _from_now(lower)
    if not DIGITS.isdisjoint(lower) or may_say_number(lower):
        for mention in find_mentions(lower):
            if mention.kind in {Kind.TIME, Kind.BUSINESS_DAYS}:
                span = _with_plus(lowered(text), _of_mention(lower, mention))
                return span if span is None or not now else span._replace(start=now - 1)
    return _of_words(lower)


def _with_plus(lower: str, span: Span | None) -> Span | None:
    """Take in the ``T+`` or ``+`` right before a window."""
    if span is None or "+" not in lower:
        return span
    lead = re.search(r"(?:\b[th])?\+$", lower[: span.start])
    return span if lead is None else span._replace(start=lead.start())


@cache
def _clocks() -> re.Pattern[str]:
    """Compile ``00:30-01:00 h``: hours and minutes from the plan's start."""
    return re.compile(
        r"\b([0-9]{2}):([0-5][0-9]) ?(?:-|to|until) ?([0-9]{2}):([0-5][0-9]) h(?:ours?|rs?)?\b"
    )


def _of_clocks(lower: str) -> Span | None:
    """Read hours and minutes that are called hours."""
    match = _clocks().search(lower)
    if match is None:
        return None
    first, last = (int(match[n]) * HOUR + int(match[n + 1]) * MINUTE for n in (1, 3))
    if last <= first:
        return Span(None, None, *match.span(), problem="the window runs backwards")
    return Span(Edge(first) if first else _ZERO, Edge(last), *match.span())


def may_hold_span(text: str) -> bool:
    """Whether a window in hours, days, weeks or months may stand in a text."""
    return (
        not DIGITS.isdisjoint(text)
        or holds(text.lower(), ("hour", "day", "week", "month"))
        or may_say_number(text)
    )


def _from_now(lower: str) -> tuple[str, int]:
    """Write ``now to 4 hours`` as ``  0 to 4 hours``, every character in its place.

    Returns
    -------
    tuple
        The words, and where ``now`` stood, counted from 1; 0 when there was none.
    """
    now = re.search(r"\b(now|immediately|start)(?= ?(?:-|to|until) ?[0-9])", lower)
    if now is None:
        return lower, 0
    zero = "0".rjust(len(now[1]))
    return lower[: now.start()] + zero + lower[now.end() :], now.start() + 1


def _of_mention(lower: str, mention: Mention) -> Span | None:
    """Read a range, ``within n``, ``after n``."""
    business = mention.kind is Kind.BUSINESS_DAYS
    start, end = _wide(lower, mention)
    low = Edge(mention.low, business) if mention.low else _ZERO
    if max(mention.values) > (_LONGEST / DAY if business else _LONGEST):
        return Span(None, None, start, end, problem="the window is longer than ten years")
    if mention.high is not None:
        high = Edge(mention.high, business)
        if mention.low < 0 or mention.high < mention.low:
            return Span(None, None, start, end, problem="the window runs backwards")
        return Span(low, high, start, end)
    if mention.low < 0:
        return Span(None, None, start, end, problem="the window lies before the plan")
    bound = _bound_of(lower, mention, start)
    if bound is Bound.LOWER:
        return Span(low, None, start, end)
    return Span(_ZERO, low, start, end) if bound is Bound.UPPER else None


def _bound_of(lower: str, mention: Mention, start: int) -> Bound:
    """Tell whether a single figure ends a window (``within``) or begins it (``after``, ``+``)."""
    before = lower[start : mention.start].replace("(", " ").split()
    if mention.bound is Bound.LOWER or not _LOWER.isdisjoint(before):
        return Bound.LOWER
    if lower[mention.end :].removeprefix(" ").startswith(_ONWARDS):
        return Bound.LOWER
    if mention.bound is Bound.UPPER or _UPPER.intersection(before) or before[-1:] == ["in"]:
        return Bound.UPPER
    return Bound.EXACT


def _wide(lower: str, mention: Mention) -> tuple[int, int]:
    """Take in the small words around a figure that belong to the window."""
    start, end = mention.start, mention.end
    while word := _last_word(lower[:start]):
        if word not in _JOINTS and word not in _SIGNS:
            break
        start = lower.rindex(word, 0, start)
    if lower[end:].lstrip().startswith(_AFTER):
        after = re.match(
            r"\s*(?:onwards?|on\b|and later|and beyond|or later|or more|\+|after start|later\b)+",
            lower[end:],
        )
        end += after.end() if after else 0
    return start, end


def _last_word(before: str) -> str:
    """Give the word or sign that ends a text, behind a blank or a bracket; empty for others."""
    words = before.rstrip()
    if words.endswith("("):
        return ""
    word = words.replace("(", " ").rsplit(None, 1)[-1:]
    return word[0] if word else ""


def _of_words(lower: str) -> Span | None:
    """Read a window without figures: ``within the hour``, ``from the second week on``."""
    timed = holds(lower, ("hour", "day", "week", "month"))
    numbered = _of_numbered(lower) if timed else None
    if numbered is not None:
        return numbered
    match = _single_unit().search(lower) if timed else None
    if match and (match["lead"] != "next" or match["unit"] == "hour"):  # "next week": calendar
        amount = Edge(_UNITS[match["unit"]] / (2 if match["half"] else 1))
        if match["lead"] == "after":
            return Span(amount, None, *match.span())
        return Span(_ZERO, amount, *match.span())
    return _of_calendar(lower)


def _of_calendar(lower: str) -> Span | None:
    """Read ``now``, or a phrase of the calendar that has no hours."""
    words = lower.strip(" ()")
    if words in _NOW:
        start = lower.index(words)
        return Span(_ZERO, None, start, start + len(words))
    if words.replace(":", "").isdigit():
        return None  # a time of day alone is when something happened
    match = _calendar().match(words) if _may_be_calendar(words) else None
    if match and match.end() == len(words):
        start = len(lower) - len(lower.lstrip(" ()"))
        return Span(None, None, start, start + match.end(), calendar=True)
    return None


def is_all_window(text: str, span: Span) -> bool:
    """Whether a stretch holds nothing but the window."""
    rest = text[: span.start] + " " + text[span.end :]
    return not "".join(rest.split()).strip("().,:;-+")
