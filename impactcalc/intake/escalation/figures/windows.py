"""A window of time in a plan: from, to, or a calendar phrase that has no hours."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.calendar_phrases import is_calendar
from impactcalc.intake.escalation.figures.mention import Bound, Kind, Mention
from impactcalc.intake.escalation.figures.mentions import find_mentions
from impactcalc.intake.escalation.figures.span import Edge, Span
from impactcalc.intake.escalation.figures.spoken import may_say_number, said_in_figures
from impactcalc.intake.escalation.figures.unit_windows import worded_spans
from impactcalc.intake.escalation.words.sentences import word_pattern
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds, lowered, word_set
from impactcalc.units.dimension import DAY, HOUR, MINUTE, SECONDS_BY_UNIT, WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator


_LONGEST = 3650 * DAY  # no plan looks further
_ZERO = Edge(Decimal(0))
_UPPER = frozenset(
    {"within", "next", "first", "up", "under", "until", "till", "max", "by", "course", "latest"}
)
_UPPER_ENDS = frozenset({"max.", "maximum", "most"})
_LOWER = frozenset(
    {"after", "from", "over", "beyond", "past", "later", "following", "more", "longer"}
)
_JOINTS = word_set(
    "in within during the next first from between up to after until by on onward onwards and "
    "later over "
    "under less more than at most max of for about approx approximately around roughly beyond t "
    "no not than max. maximum till course longer "
    "before earlier sooner latest window timeframe time plus as coming following calendar further "
    "another or so ca"
)
_DENIED = frozenset({"no", "not"})
_BEFORE = frozenset(
    {"before", "earlier", "sooner", "until", "till", "within"}
)  # denied, they begin a window
_AHEAD = frozenset({"next", "coming", "first"})
_ONWARDS = (
    "+",
    "and later",
    "and after",
    "and beyond",
    "and more",
    "onward",
    "or more",
    "or later",
    "later",
)
_AFTER = (
    "on",
    "and later",
    "and after",
    "and beyond",
    "or later",
    "or more",
    "+",
    "after start",
    "later",
)
_LONGEST_LENGTH = 24  # characters
_NAMES = frozenset({"later", "beyond", "after", "over", "following", "further"})
_SIGNS = frozenset("<>~\u2264\u2265")

NOW = frozenset({"now", "right now", "right away", "at once", "immediately", "straight away"})


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
    return next(counted_spans(text), None) or _of_words(lowered(text))


_TIME_WORDS = frozenset(SECONDS_BY_UNIT) | {"workday", "workdays"}


def may_time(lower: str) -> bool:
    """Whether a figure may be a time: a unit stands there; letters beyond ASCII may part one.

    Examples
    --------
    >>> may_time("0-4h: drain"), may_time("version 7 of the index")
    (True, False)
    """
    return not lower.isascii() or not _TIME_WORDS.isdisjoint(word_pattern().findall(lower))


_SINGLE_WORDS = {"fortnight", "fortnights", "now", "once", "immediately", "away"}
_HOURS_WORDS = _TIME_WORDS | _SINGLE_WORDS


def may_state_hours(text: str) -> bool:
    """Whether a text may state a window in hours, with or without figures.

    Examples
    --------
    >>> may_state_hours("Right away: drain it"), may_state_hours("By Friday: drain it")
    (True, False)
    """
    lower = text.lower()
    return not lower.isascii() or not _HOURS_WORDS.isdisjoint(word_pattern().findall(lower))


def counted_spans(text: str) -> Iterator[Span]:
    """Find the windows in figures, from left to right."""
    coded = _of_codes(lowered(text))
    lower = plain_joints(said_in_figures(lowered(text)))
    if coded is not None:
        yield coded
    if lower.count(":") > 1 and " h" in lower and (clocked := _of_clocks(lower)) is not None:
        yield clocked
        return
    now = 0
    if not DIGITS.isdisjoint(lower) and holds(
        lower, ("now", "immediately", "at once", "start", "today")
    ):
        lower, now = _from_now(lower)
    if may_time(lower) and (not DIGITS.isdisjoint(lower) or may_say_number(lower)):
        for mention in find_mentions(lower):
            short = mention.kind is Kind.TIME and 0 < max(mention.values) < MINUTE
            if mention.kind in {Kind.TIME, Kind.BUSINESS_DAYS} and not short:
                span = _with_plus(lowered(text), _of_mention(lower, mention))
                if span is not None:
                    yield span if not now else span._replace(start=now - 1)
                now = 0


@cache
def _codes() -> re.Pattern[str]:
    """Compile ``D+1 to D+7``, ``H0-H4``, ``J+1 - J+3``: a unit's letter and how many passed."""
    return re.compile(
        r"\b(?P<unit>[hdjw])\+?(?P<first>[0-9]{1,3}) ?(?:-|to|until) ?"
        r"(?P=unit)\+?(?P<last>[0-9]{1,3})\b"
    )


_COUNTED_ON = ("+", "h0", "d0", "j0", "w0")


def _of_codes(lower: str) -> Span | None:
    """Read units that are counted from the plan's start: with a plus, or from nought."""
    match = _codes().search(lower) if holds(lower, _COUNTED_ON) else None
    if match is None or not ("+" in match[0] or match["first"] == "0"):
        return None
    unit = {"h": HOUR, "w": WEEK}.get(match["unit"], DAY)
    first, last = int(match["first"]) * unit, int(match["last"]) * unit
    return (
        Span(Edge(first) if first else _ZERO, Edge(last), *match.span()) if last > first else None
    )


@cache
def _joint_pattern() -> re.Pattern[str]:
    """Compile what people write for ``to`` between two figures, and the marks of a plan's start."""
    return re.compile(
        r"(?P<to>(?<=[0-9a-z]) ?(?:\u00e0|bis|through|thru|\u2192|[-=]>|\.{2,3}|/) ?"
        r"(?=\+?[0-9]|hour|[th]\+)|"
        r"(?<=now) ?\+ ?(?=[0-9])|(?<=today) ?\+ ?(?=[0-9]))"
        r"|(?P<start>\b[th]\+(?=[0-9])|(?<![0-9a-z])\+(?=[0-9]))"
        r"|(?P<zero>\bt0\b)|(?P<up>\bfrom [0-9.]{1,5} ?[a-z]{0,7} up to (?=[0-9]))"
    )


def plain_joints(lower: str) -> str:
    """Write ``T+2h -> T+4h`` as ``2h to 4h``, every other character in its place."""
    if not holds(lower, ("+", "thr", "\u00e0", "bis", "\u2192", ">", "..", "/", "t0", " up to ")):
        return lower

    def plain(match: re.Match[str]) -> str:
        size = len(match[0])
        if match["up"]:
            return match[0].replace(" up to ", "   -   ")
        return {"to": "-", "start": " ", "zero": "0"}[str(match.lastgroup)].center(size)

    return _joint_pattern().sub(plain, lower)


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
        r"\b([0-9]{1,2}):([0-5][0-9]) ?(?:-|to|until) ?([0-9]{1,2}):([0-5][0-9]) h(?:ours?|rs?)?\b"
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
    now = re.search(
        r"\b((?:right )?now|immediately|at once|start|today)(?= *(?:-|to|until) *[0-9])", lower
    )
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
    ahead = not _AHEAD.isdisjoint(before) and "after" not in before  # "over the next 10 days"
    ahead = ahead or before[-2:] == ["the", "following"]
    denied = not _DENIED.isdisjoint(before)  # "no later than 8 hours"
    if denied and not _BEFORE.isdisjoint(before):
        return Bound.LOWER
    upper = mention.bound is Bound.UPPER or not _UPPER.isdisjoint(before) or before[-1:] == ["in"]
    upper = upper or not _UPPER_ENDS.isdisjoint(before[-1:]) or "less" in before
    if ahead or denied or (upper and _LOWER.isdisjoint(before)):
        return Bound.UPPER
    then = _then(lower, mention.end) if _LOWER.isdisjoint(before) else None
    if "course" in before or (then is not None and not then[0].startswith(" after")):
        return Bound.UPPER
    if mention.bound is Bound.LOWER or not _LOWER.isdisjoint(before):
        return Bound.LOWER
    if lower[mention.end :].removeprefix(" ").startswith(_ONWARDS):
        return Bound.LOWER
    return Bound.UPPER if upper else Bound.EXACT


def _then(lower: str, end: int) -> re.Match[str] | None:
    """Find the words behind a length that make it an end."""
    opens = lower.startswith((" at ", " max", " from ", " of ", " after "), end)
    return _by_then().match(lower, end) if opens else None


@cache
def _by_then() -> re.Pattern[str]:
    """Compile words behind a length that make it an end: ``36 hours at the latest``."""
    return re.compile(
        r" (?:at the latest|at most|max(?:imum|\.)?|"
        r"from (?:now|today|(?:the |this )?(?:start|notice|letter|receipt))|"
        r"(?:of|after) (?:the |this )?(?:start|call|approval|go-ahead|sign-off|kick-off|today|"
        r"escalation|ticket|notice|letter|(?:receipt|signature)(?: of (?:the |this )?\w+)?))\b"
    )


def _wide(lower: str, mention: Mention) -> tuple[int, int]:
    """Take in the small words around a figure that belong to the window."""
    start, end = mention.start, mention.end
    while word := _last_word(lower[:start]):
        if word not in _JOINTS and word not in _SIGNS:
            break
        if mention.high is not None and word in _NAMES:
            break  # "Later 3-6 weeks"
        start = lower.rindex(word, 0, start)
    then = _then(lower, end)
    if then is not None:
        return start, then.end()
    if lower[end:].lstrip().startswith(_AFTER):
        after = re.match(
            r"\s*(?:onwards?|on\b|and (?:later|after|beyond)|or later|or more|"
            r"\+|after start|later\b)+",
            lower[end:],
        )
        end += after.end() if after else 0
    return start, end


_BLANKS = str.maketrans('(["', "   ")


def _last_word(before: str) -> str:
    """Give the word or sign that ends a text, behind a blank or a bracket; empty for others."""
    words = before.rstrip()
    if words.endswith(("(", "[", '"')):
        return ""
    word = words.translate(_BLANKS).rsplit(None, 1)[-1:]
    return word[0] if word else ""


def _of_words(lower: str) -> Span | None:
    """Read a window without figures: ``within the hour``, ``from the second week on``."""
    worded = next(worded_spans(lower), None)
    return worded or _of_calendar(lower)


def _of_calendar(lower: str) -> Span | None:
    """Read ``now``, or a phrase of the calendar that has no hours."""
    words = lower.strip(" ()")
    if words in NOW:
        start = lower.index(words)
        return Span(_ZERO, None, start, start + len(words))
    if words.replace(":", "").isdigit():
        return None  # a time of day alone is when something happened
    if is_calendar(words):
        start = len(lower) - len(lower.lstrip(" ()"))
        return Span(None, None, start, start + len(words), calendar=True)
    return None


@cache
def _at_once() -> re.Pattern[str]:
    """Compile words for the plan's start."""
    return re.compile(r"\b(?:right now|right away|straight away|at once|immediately|now)\b")


def at_once(lower: str) -> Iterator[Span]:
    """Find the words for the plan's start in a text in small letters."""
    if holds(lower, NOW):
        for match in _at_once().finditer(lower):
            yield Span(_ZERO, None, *match.span())


def length_of(text: str) -> Span | None:
    """Read a text that is a length and nothing else as what is done by then: ``30 days``.

    Examples
    --------
    >>> length_of("30 days").latest.amount / DAY, length_of("30 days later"), length_of("30 ms")
    (Decimal('30'), None, None)
    """
    words = lowered(text).strip(" ()[].,;:~").removeprefix("t+").strip()
    short = len(words) < _LONGEST_LENGTH
    mentions = find_mentions(words) if short and may_time(words) else ()
    if len(mentions) != 1 or mentions[0].high is not None:
        return None
    length = mentions[0]
    timed = length.kind is Kind.BUSINESS_DAYS or (
        length.kind is Kind.TIME and length.low >= MINUTE and length.low <= _LONGEST
    )
    if not timed or length.low <= 0 or (length.start, length.end) != (0, len(words)):
        return None
    start = len(text) - len(text.lstrip(" ()[].,;:~"))
    edge = Edge(length.low, length.kind is Kind.BUSINESS_DAYS)
    return Span(_ZERO, edge, start, len(text.rstrip(" ()[].,;:~")))


def is_all_window(text: str, span: Span) -> bool:
    """Whether a stretch holds nothing but the window."""
    rest = text[: span.start] + " " + text[span.end :]
    return not "".join(rest.split()).strip("().,:;-+")
