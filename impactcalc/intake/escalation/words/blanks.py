"""What stands where nobody filled a value in: ``<status>``, ``XX``, ``YYYY-MM-DD``, ``tbd``.

Only a whole value, item or cell can be unfilled; markup inside a name is a part of it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BLANK = "\ue000"
"""Stands in the searched words for each character of a value that nobody filled in."""

UNIT = r"(?:hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|minutes?|min|(?:business|working) days?)"
PART = (
    r"(?:X{1,3}|Y{1,2}|[Nn]{1,2}|M|xx|yy|_+|\?+|TB[ACD]|tb[acd]|<[^<>0-9]{1,20}>"
    r"|\[[^\[\]0-9]{1,20}\])"
)
SPAN = rf"{PART}(?: ?(?:-|to) ?{PART})?"
WINDOW = rf"(?:(?:within|next|first|after|in|week|day|hour) (?:the )?){{0,2}}{SPAN}(?: ?{UNIT})?"
_YEAR = r"(?:y{2,4}|j{4}|20[0-9x]{2})"
_NOUNS = (
    r"name|customer|client|account|status|state|priority|severity|date|time|number|id|amount|value"
    r"|level|sentiment|mood|product|service|users?|figure|text|description|details|reason"
)
_GRADE = r"(?:(?:Level|Tier|Sev|Priority|[PLS])[ -]?)?"
_SCALES = (
    r"(?:critical|highest|high|medium|moderate|normal|lowest|low|urgent|blocker|major|minor)",
    r"(?:very )?(?:positive|neutral|negative|mixed|happy|unhappy|satisfied|angry|calm|good|bad)",
    r"(?:new|open|closed|resolved|pending|in progress|on hold|monitoring|mitigated|waiting|done)",
    r"(?:p|s|l|sev[- ]?|level |tier |priority )?[0-9]",
)
_NEXT = r"(?:,? (?:or|to|through) | ?[-/|,] ?|\.{2,3}| )"
"""What stands between two options."""
_OF = "(?:(?:one|any) of |between |from )?"
# A value that is no value, by its kind.
VALUES = {
    "angle": rf"{_GRADE}[~$\u20ac\u00a3]?"
    r"<(?![/!?])(?:[^<>=\"'0-9]|[0-9](?![0-9])){1,60}(?<![/\s])>",
    "square": rf"{_GRADE}[~$\u20ac\u00a3]?"
    r"\[ ?(?:\.{2,3}|[^\[\]/|]{1,40}[/|][^\[\]/|]{1,40}[/|][^\[\]]{1,60}|x{2,}|_+|\?+"
    r"|(?i:tb[acd]|n/a|to be [a-z ]{3,30}|(?:enter|insert|choose|select|fill|your|please|pick)"
    rf"\b[^\[\]]{{0,60}}|[a-z ]{{0,24}}\b(?:{_NOUNS}))) ?\]",
    "brace": r"[$#%]?\{{1,2}(?!quote|code|noformat|panel|color)[%=]? ?"
    r"[A-Za-z_][\w.\-]{0,40} ?[%]?\}{1,2}",
    "chevron": r"\u00ab[^\u00ab\u00bb]{1,40}\u00bb",
    "variable": r"%[A-Z_]{2,30}%|\$[A-Z_]{3,30}|@[A-Z_]{2,30}@|__[A-Z_]{2,30}__",
    "letters": rf"{_GRADE}"
    r"[~$\u20ac\u00a3]{0,2}"
    r"(?:X{2,}|x{2,}|N{2,3}|X|N|_+|\?+)(?:[.,][X_?]+)*[KMB]?%?"
    rf"|{SPAN} ?{UNIT}|(?i:between )?XX?(?: ?(?:-|to|and) ?)(?:XX?|YY?)",
    "date": rf"(?i:(?:{_YEAR}|[dmhst]{{2}}|xx)(?:[-./: T_]{{1,2}}(?:{_YEAR}|[dmhsxt]{{2}}|mmm"
    rf"|[0-9]{{2}}))*[-./: T_](?:{_YEAR}|[dmhsxt]{{2}}|mmm))(?: (?:UTC|[A-Z]{{3,4}}))?",
    "sheet": r"#(?:REF|DIV/0|VALUE|NAME|NUM|NULL|N/A|SPILL|CALC)[!?]?",
    "dots": r"\.{3,}|\u2026+",
    "words": r"[A-Za-z(][^|;:=\t]{1,60}?",
    # All that could be chosen: ``Low / Medium / High``.
    "choice": "(?i:" + "|".join(rf"{one}(?: ?[/|] ?{one}){{2,6}}" for one in _SCALES) + ")",
    # The ends of a scale, or its options, in brackets: ``Level [1-3]``, ``(P1, P2 or P3)``.
    "scale": rf"{_GRADE}[\[({{<] ?(?i:"
    + "|".join(rf"{one}(?:{_NEXT}{one}){{1,7}}" for one in _SCALES)
    + r") ?[\])}>]|(?i:"
    + "|".join(rf"{_OF}{one}(?:, {one}){{1,6}},? (?:or|and) {one}" for one in _SCALES)
    + rf"|(?:between|from) {_SCALES[-1]} (?:to|and) {_SCALES[-1]}"
    + "|"
    + "|".join(rf"{_OF}{one}(?:, {one}){{2,6}}|\[{one}\](?: ?\[{one}\]){{1,6}}" for one in _SCALES)
    + ")",
    # What a form asks of its writer; in a list it may be work to do.
    "orders": r"(?i:(?:please )?(?:enter|insert|fill in|specify|provide|choose|select|pick|add"
    rf"|type) (?:(?:an?|the|your|from|one of) )?(?:[a-z/]{{2,20}} ){{0,3}}(?:{_NOUNS}))",
}
_SCALE_FIRST = (
    *(
        "0",
        "1",
        "low",
        "high",
        "crit",
        "pos",
        "neg",
        "p1",
        "p0",
        "l1",
        "s1",
        "sev",
        "level",
        "tier",
    ),
    *("very", "new", "open", "minor", "major", "medium", "normal"),
)
# What a text in small letters must hold before a kind is looked for.
_CUES: dict[str, tuple[str, ...]] = {
    "words": (
        *("n/a", "n.a", "n/k", "tba", "tbc", "tbd", "t.b", "none yet", "nothing yet", "no data"),
        "no val",
        *("unknown", "unspec", "undefined", "(none)", "(empty)", "(blank)", "placeholder", "null"),
        *("one\n", "an item", "to be ", "not ", "lorem ipsum", " here", "click ", "tap "),
        *(": nan", "=nan", "= nan", "| nan", "  nan", "\tnan"),
    ),
    "angle": ("<",),
    "square": ("[",),
    "brace": ("{",),
    "chevron": ("\u00ab",),
    "variable": ("__", *(f"{sign}{letter}" for sign in "%$@" for letter in "abcdefilnoprstuv")),
    "letters": (
        *("xx", "nn\n", "nn ", "nn%", "__", "??", " x", "(x", "x%", "x-", "$x", "~x"),
        *("px\n", "lx\n"),
        *("p_\n", ": n\n", ": _\n", ": ?\n", "= n\n", "| n |", "| _ |", "| ? |"),
    ),
    "date": ("yyyy", "jjjj", "-mm", "/mm", ".mm", "dd/", "-xx", "/xx", ".xx", "hh:", "20xx"),
    "sheet": ("#ref", "#div", "#value", "#name", "#num", "#null", "#n/a", "#spill", "#calc"),
    "dots": ("...", "\u2026"),
    "choice": tuple(
        f"{mark}{word}"
        for mark in ("/", "/ ", "| ")
        for word in ("med", "high", "neu", "2", "p2", "s2", "l2", "sev", "level 2", "clos", "in p")
    ),
    "scale": (
        *(f"{bracket}{first}" for bracket in "[({<" for first in _SCALE_FIRST),
        *(" or ", " to ", " and ", ", "),
    ),
    "orders": (
        *("enter ", "insert ", "fill in ", "specify ", "provide ", "choose ", "select "),
        *(": pick ", ": add ", ": type "),
    ),
}
_UNSAID = frozenset(
    {
        *("n/a", "na", "n/k", "tba", "tbc", "tbd", "none yet", "nothing yet", "no data"),
        *("no value", "unknown", "unspecified", "undefined", "placeholder", "choose one"),
        *("select one", "pick one", "choose an item", "select an item", "(empty)", "(blank)"),
        "(none)",
        *(
            f"{denied} {known}"
            for denied in ("not", "not yet")
            for known in (
                *("known", "set", "provided", "available", "specified", "given", "stated"),
                *("filled", "filled in", "entered", "determined", "defined", "decided", "assigned"),
            )
        ),
        *(
            f"to be {known}"
            for known in (
                *("confirmed", "decided", "defined", "announced", "determined", "advised"),
                *("agreed", "completed", "clarified", "filled", "filled in", "provided"),
                *("supplied", "assessed", "checked"),
            )
        ),
    }
)
_AS_WRITTEN = frozenset({"null", "NULL", "nan", "NaN", "NAN"})  # "Null" may be somebody's name
_PROMPTS = (
    *("lorem ipsum", "click ", "tap ", "your ", "enter ", "insert ", "type ", "fill in "),
    *("please ", "add ", "specify ", "describe ", "select ", "choose "),
)


_SHORT = 7  # characters of letters with full stops between them


def _says_nothing(value: str) -> bool:
    """Whether words behind a label only say that the value is not told, or ask for it."""
    lower = value.lower().rstrip(". ")
    lower = lower.replace(".", "") if len(lower) < _SHORT else lower  # "t.b.d."
    if lower in _UNSAID or value in _AS_WRITTEN:
        return True
    asks = lower.endswith(" here") or " to enter " in lower or " to choose " in lower
    return lower.startswith(_PROMPTS) and (asks or lower.startswith("lorem ipsum"))


_REMARK = r"(?= (?:\(|- |\u2013)[^0-9|;\t]*(?:$|[|;\t]))"
"""Behind such a word the reason may follow: ``TBD (Anna asks)``; a guess in figures may, too."""

_TOLD = frozenset({"words", "orders", "scale"})
"""Kinds that elsewhere than behind the label of a fact mean something."""


def kinds_in(text: str) -> list[str]:
    """Name the kinds of unfilled values that a text may hold."""
    lower = f"{text.lower()}\n"
    return [kind for kind, cues in _CUES.items() if holds(lower, cues)]


def unfilled_spans(text: str, kinds: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Find the values of a line that nobody filled in.

    Parameters
    ----------
    text
        The line.
    kinds
        Those that the whole text may hold.
    """
    for kind in kinds:
        for match in _value(kind).finditer(text) if _may_hold(text, kind) else ():
            start, end = match.span("value")
            told = kind in _TOLD and not _is_of_fact(kind, text, start)
            if not told and not _is_meant(kind, text, match["value"]):
                yield start, _end_of_remark(text, end)


def _may_hold(text: str, kind: str) -> bool:
    """Whether a line may hold a kind of unfilled value."""
    lower = f"{text.lower()}\n"
    return holds(lower, _CUES[kind]) and (kind != "scale" or holds(lower, _RATINGS))


def _is_meant(kind: str, text: str, value: str) -> bool:
    """Whether a stretch is what somebody meant: an element with its end, a mail address."""
    if kind == "words":
        return not _says_nothing(value)
    if "<" not in value:
        return False
    words = value.partition("<")[2].rstrip(">").split()
    named = len(words) > 1 and all(word[:1].isupper() for word in words)
    if named and not any(_asking().fullmatch(word.lower()) for word in words):
        return True  # "<Alder Foods>"
    return f"</{words[0].lower()}" in text.lower() or "@" in value or "://" in value


@cache
def _asking() -> re.Pattern[str]:
    """Compile a word by which a template asks: ``<Customer Name>``, ``<Enter Here>``."""
    return re.compile(
        rf"(?:{_NOUNS}|not|to|tb[acd]|n/a|choose|select|enter|insert|your|pick|fill|add|here)[.:]?"
        r"|.*[/|].*"
    )


_RATED = frozenset({"level", "priority", "status", "sentiment"})
_RATINGS = (
    "level",
    "tier",
    "prio",
    "sev",
    "urgen",
    "status",
    "state",
    "sentiment",
    "mood",
    "satisf",
)
_MOODS = ("sentiment", "mood", "satisfaction")


def _is_of_fact(kind: str, text: str, start: int) -> bool:
    """Whether a value is the first one of its line, or stands behind the label of a fact.

    ``Failover: tbd`` tells how far an action is.
    """
    label = re.split(r"[|;\t]", text[:start].rstrip(" (_*\"':=|\t"))[-1].strip(" *_-\u2022")
    first = not label.rstrip("0123456789.)")
    if kind == "scale":  # "Failed requests: (1/8)" is a figure
        return field_of(label.lower()) in _RATED or label.lower().endswith(_MOODS)
    return field_of(label.lower()) != "" or (first and kind == "words")


def _end_of_remark(text: str, end: int) -> int:
    """Give where the reason ends that stands behind a word: ``n/a - see below``."""
    if not text.startswith((" (", " - "), end):
        return end
    ends = (text.find(mark, end) for mark in "|;\t")
    return min((at for at in ends if at >= 0), default=len(text))


@cache
def _value(kind: str) -> re.Pattern[str]:
    """Compile a kind of unfilled value between the ends of a field, cell or item."""
    remark = f"|{_REMARK}" if kind in {"words", "scale"} else ""
    item = r"^[ \t]{0,40}(?:[-*\u2022+]|[0-9]{1,2}[.)])?|" if kind != "orders" else ""
    return re.compile(
        rf"(?:{item}[:=|\t]| {{2}}(?! ))[ \t]{{0,9}}(?P<quote>[_*`\"'(]{{0,2}})"
        rf"(?P<value>{VALUES[kind]})[_*`\"')]{{0,2}}[.:]?[ \t]{{0,9}}(?=$|[|;\t]{remark})"
    )


def is_blank(words: str) -> bool:
    """Whether the searched words of a value are those that nobody filled in."""
    return BLANK in words and not words.strip(f" .()[]*-_`\"':0123456789{BLANK}")


def masked(text: str, start: int, end: int) -> str:
    """Put blanks in the place of characters."""
    return text[:start] + BLANK * (end - start) + text[end:]


def is_unfilled(words: str) -> bool:
    """Whether nobody filled a name or an action in.

    Examples
    --------
    >>> is_unfilled("<next action>"), is_unfilled("Delete <script> tags"), is_unfilled("TBD")
    (True, False, True)
    """
    left = words
    for span in unfilled_spans(words, kinds_in(words)):
        left = masked(left, *span)
    return is_blank(left)
