"""Windows that name a unit: ``day 2-5``, ``from the second week on``, ``within the hour``."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.span import Edge, Span
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds
from impactcalc.units.dimension import DAY, HOUR, MINUTE, MONTH, WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator

_ZERO = Edge(Decimal(0))
_UNITS = {
    "minute": MINUTE,
    "hour": HOUR,
    "day": DAY,
    "week": WEEK,
    "month": MONTH,
    "fortnight": 2 * WEEK,
}
_COUNTS = {
    word: number
    for number, words in enumerate(
        (
            *("first 1st one", "second 2nd two", "third 3rd three", "fourth 4th four"),
            *("fifth 5th five", "sixth 6th six", "seventh seven", "eighth eight", "ninth nine"),
            *("tenth ten", "eleventh eleven", "twelfth twelve"),
        ),
        1,
    )
    for word in words.split()
}
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "twelfth", "1st", "2nd", "3rd", "4th", "5th"),
)
_ORDINAL = "|".join(_ORDINALS)
_NUMBER = "[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve"
_UPPER = frozenset(
    {
        "by the end of",
        "until the end of",
        "before the end of",
        "up to and including",
        "by",
        "until",
        "till",
        "up to",
        "before",
        "to",
        "within",
    }
)
_LONGEST_PLAN = 16  # weeks; a week of a higher number is one of the calendar
_ELAPSED = frozenset({"minute", "hour"})  # counted from nought, days from one
_LOWER = frozenset({"after", "past"})
_FROM = frozenset({"from", "starting", "not before"})


def worded_spans(lower: str) -> Iterator[Span]:
    """Find windows that name a unit, from left to right; text in small letters."""
    if not holds(lower, ("hour", "day", "week", "month", "minute", "fortnight")):
        return
    found: list[Span] = []
    if _counts_units(lower):
        found.extend(span for match in _counted().finditer(lower) if (span := _of_counted(match)))
    if holds(lower, _ORDINALS):
        found.extend(_of_ordinal(match) for match in _ordinal().finditer(lower))
    if holds(lower, _SINGLE):
        found.extend(_of_single(match) for match in _single().finditer(lower))
    yield from sorted(found, key=lambda span: (span.start, -span.end))


_UNIT_ENDS = tuple(f"{unit}{ending}" for unit in _UNITS for ending in ("", "s"))
_NUMBER_STARTS = DIGITS | frozenset(word[0] for word in _NUMBER.split("|")[1:])
_SINGLE = (
    *("within", "inside", "up to", "first", "next", " coming", " following", " a ", " an ", " one"),
    " half",
)
"""What stands before a single unit."""


def _counts_units(lower: str) -> bool:
    """Whether a figure, or a word that may be one, stands right behind a unit."""
    return any(
        unit.endswith(_UNIT_ENDS) and figure[:1] in _NUMBER_STARTS
        for unit, figure in pairwise(lower.split(" "))
    )


@cache
def _counted() -> re.Pattern[str]:
    """Compile ``day 2-5``, ``from hour 3 to hour 24``, ``weeks 1 to 2``, ``by day 3``."""
    return re.compile(
        r"(?:\b(?P<lead>"
        r"(?:by|until|before) the end of|up to and including|not before|starting|from|between|by|"
        r"until|till|up to|before|after|past|in|during|over|to|"
        r"within) (?:the )?)?(?<!calendar )\b(?P<unit>minute|hour|day|week|month)s? "
        rf"(?P<first>{_NUMBER})"
        r"(?: ?(?:-|to|until|through|thru|and|->|\u2192|\.\.) ?"
        r"(?:(?:minute|hour|day|week|month)s? )?"
        rf"(?P<last>{_NUMBER}))?\b(?! ?(?:min|hour|day|week|month|h\b|d\b|:[0-9]|[ap]m\b))"
        r"(?P<on> ?(?:\+|on ?wards?\b|and (?:later|beyond|after|on)\b|or later\b|on\b))?"
    )


def _of_counted(match: re.Match[str]) -> Span | None:
    """Read days by their numbers: day 2 begins after 24 hours; hours and minutes from zero."""
    unit, first = _UNITS[match["unit"]], _count(match["first"])
    last = _count(match["last"] or match["first"])
    begin = first if match["unit"] in _ELAPSED else max(0, first - 1)
    low = Edge(begin * unit) if begin else _ZERO
    if unit == WEEK and first > _LONGEST_PLAN:
        return Span(None, None, *match.span(), calendar=True)  # "in week 38" of the year
    if match["on"] is not None and match["last"] is None:
        return Span(low, None, *match.span())
    if match["last"] is None and match["lead"] in _UPPER:
        return Span(_ZERO, Edge(first * unit), *match.span())
    if match["last"] is None and match["lead"] in _LOWER:
        return Span(Edge(first * unit), None, *match.span())
    if match["last"] is None and match["lead"] in _FROM:
        return Span(low, None, *match.span())
    return Span(low, Edge(last * unit), *match.span()) if last > begin else None


def _count(words: str) -> int:
    """Read a small number in digits or words."""
    return _COUNTS[words] if words in _COUNTS else int(words)


@cache
def _ordinal() -> re.Pattern[str]:
    """Compile ``from the second week on``, ``in the second week``."""
    return re.compile(
        rf"(?:^|\b(?P<lead>(?:by|until|before) the end of|"
        r"from|between|in|during|by|until|after|within) )"
        rf"(?:the )?(?P<ordinal>{_ORDINAL})(?: (?:to|and) (?:the )?(?P<last>{_ORDINAL}))? "
        r"(?P<unit>hour|day|week|month)(?: on(?:wards?)?)?\b"
    )


def _of_ordinal(match: re.Match[str]) -> Span:
    """Read units by their ordinal: the second week begins after one week."""
    unit, count = _UNITS[match["unit"]], _COUNTS[match["ordinal"]]
    low = Edge((count - 1) * unit) if count > 1 else _ZERO
    if match["last"]:
        return Span(low, Edge(_COUNTS[match["last"]] * unit), *match.span())
    if match["lead"] == "after":
        return Span(Edge(count * unit), None, *match.span())
    if match["lead"] in _UPPER:
        return Span(_ZERO, Edge(count * unit), *match.span())
    if match["lead"] == "from" or match[0].endswith(("on", "onward", "onwards")):
        return Span(low, None, *match.span())
    return Span(low, Edge(count * unit), *match.span())


@cache
def _single() -> re.Pattern[str]:
    """Compile ``an hour``, ``the first week``, ``half an hour`` after a word that bounds it."""
    return re.compile(
        r"\b(?:(?P<lead>within|inside|up to)(?: the| next| first| coming| about| around)*"
        r"|(?P<after>after|in|over|during|for)(?: the)?(?: about| around)*"
        r"(?: next| first| coming| following| an?(?= )| one| half)"
        r"|(?P<lone>first|next(?! day| week| month)))"
        r"(?P<half> half(?: of)?)?(?: the| an?| one)? "
        r"(?P<business>(?:business|working) )?(?P<unit>minute|hour|day|week|month|fortnight)\b"
    )


def _of_single(match: re.Match[str]) -> Span:
    """Read one unit, or half of it."""
    halved = match["half"] or " half" in match[0]
    amount = Edge(Decimal(_UNITS[match["unit"]]) / (2 if halved else 1))
    if match["business"]:
        amount = Edge(Decimal("0.5") if halved else Decimal(1), business=True)
    if match["after"] == "after":
        return Span(amount, None, *match.span())
    return Span(_ZERO, amount, *match.span())
