"""Struck text: what a writer has crossed out is no longer said."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds, word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Span = tuple[int, int]

_LONGEST = 20_000  # characters between two marks; further apart they do not belong together
_OVERLAYS = "\u0335\u0336\u0337\u0338"  # each crosses the character before it
_TAGS = ("<s>", "<s ", "<del", "<strike", "[s]", "[del]", "[strike]", "line-through")
# Signs of a tracker's markup, in which hyphens around words cross them out.
_TITLES = ("h1. ", "h2. ", "h3. ")
_TRACKER = (
    *("||", "{color", "{code", "{noformat", "{panel", "{quote"),
    *(f"\n{title}" for title in _TITLES),
)
_BEHIND_LABEL = (": -", "|-", "| -")
_BEFORE_HYPHEN = tuple(f"{one}- " for one in "0123456789%hdms")

# Strikes within a line, by what a text must hold before each is looked for.
_PATTERNS = {
    "~": r"(?<![^\s(|*_\"':>\[])~(?![\s~/])[^~\n]{1,300}(?<![\s(])~(?![\w~])",
    "{--": r"\{--(?!-)[^{}\n]{1,300}?--\}",
    "]#": r"\[(?:\.?line-through|\.strike)\]##?[^#\n]{1,300}##?",
    "tracker": r"(?<![^\s(|:])-(?![\s\-|])[^\n|]{1,300}?(?<![\s\-(])-(?![\w\-])",
    # Elsewhere hyphens set remarks off: a value does not begin with one, and like replaces like.
    "label": r"(?<=[:|] )-(?![\s\-|])[^\n|\-]{1,60}(?<![\s\-(])-(?= [\w$\u20ac\u00a3])"
    r"|(?<=\|)-(?![\s\-|])[^\n|\-]{1,60}(?<![\s\-(])-(?= [\w$\u20ac\u00a3])",
    "alike": r"(?<![^\s(|:])-(?![\s\-|])(?P<old>[^\n|]{1,40}?)(?<![\s\-(])- (?P<new>[^\n|]{1,40})",
}


def struck_places(text: str) -> Mapping[int, frozenset[int]]:
    r"""Give the struck characters of a text: number of the line, and places in it.

    The marks go with them, and one of the blanks around; so does what stands on the line without
    them if it has no words. Words that were crossed off a list because they are done stay.

    Parameters
    ----------
    text
        With line feeds at the ends of its lines.

    Examples
    --------
    >>> left = struck_places("P: ~~P3~~ P1\nAbout ~300 or ~400")
    >>> {number: sorted(places) for number, places in left.items()}
    {1: [3, 4, 5, 6, 7, 8, 9]}
    """
    spans = _merged(sorted(_spans(text)))
    if not spans:
        return {}
    places: dict[int, set[int]] = {}
    number, begin = 1, 0
    for start, end in spans:
        number += text.count("\n", begin, start)
        begin = text.rfind("\n", 0, start) + 1
        while begin <= end and start < end:
            stop = text.find("\n", start)
            stop = len(text) if stop < 0 else stop
            places.setdefault(number, set()).update(range(start - begin, min(end, stop) - begin))
            if stop >= end:
                break
            number, begin, start = number + 1, stop + 1, stop + 1  # noqa: PLW2901 - the next line
    lines = text.split("\n")
    return {number: _settled(lines[number - 1], found) for number, found in places.items()}


def _spans(text: str) -> Iterator[Span]:
    """Find every stretch that is struck, marks included."""
    if "~~" in text:
        yield from _between_tildes(text)
    if "<" in text or "[" in text:
        lower = text.lower()
        if holds(lower, _TAGS):
            yield from _between_tags(lower)
    if not text.isascii() and holds(text, _OVERLAYS):
        yield from (match.span() for match in _overlaid().finditer(text))
    for cue in ("{--", "]#", "~"):
        if cue in text and (cue != "~" or text.count("~") > 1):
            yield from (match.span() for match in _pattern(cue).finditer(text))
    yield from _between_hyphens(text)


def _between_tildes(text: str) -> Iterator[Span]:
    """Pair doubled tildes within a paragraph: ``~~old~~``; of ``{~~old~>new~~}`` the new stays."""
    opened = -1
    for match in _double_tilde().finditer(text):
        start, end = match.span()
        closes = not text[start - 1 : start].isspace() and start > 0
        if opened >= 0 and closes and _is_near(text, opened, start):
            cut = text.find("~>", opened, start) if text[opened - 1 : opened] == "{" else -1
            yield (opened - 1, cut + 2) if cut >= 0 else (opened, end)
            if cut >= 0:
                yield start, end + (text[end : end + 1] == "}")
            opened = -1
        else:
            opened = start if not text[end : end + 1].isspace() else -1


def _is_near(text: str, start: int, end: int) -> bool:
    """Whether two marks stand in one paragraph."""
    return end - start < _LONGEST and "\n\n" not in text[start:end]


def _between_tags(lower: str) -> Iterator[Span]:
    """Pair the tags that strike what stands between them."""
    unclosed: set[str] = set()
    end = 0
    for match in _opening().finditer(lower):
        closing = f"</{match['tag']}>" if match["tag"] else f"[/{match['code']}]"
        if match.start() < end or closing in unclosed or lower[match.start() - 1] == "`":
            continue
        close = lower.find(closing, match.end())
        if close < 0:
            unclosed.add(closing)
        elif close - match.end() < _LONGEST:
            end = close + len(closing)
            yield match.start(), end


def _between_hyphens(text: str) -> Iterator[Span]:
    """Find ``-old-`` where hyphens cross out."""
    if holds(text, _TRACKER) or text.startswith(_TITLES):
        yield from (match.span() for match in _pattern("tracker").finditer(text))
        return
    if holds(text, _BEHIND_LABEL):
        yield from (match.span() for match in _pattern("label").finditer(text))
    if holds(text, _BEFORE_HYPHEN):
        for match in _pattern("alike").finditer(text):
            if match["new"].translate(_SHAPE).startswith(match["old"].translate(_SHAPE)):
                yield match.start(), match.start("new") - 1


_SHAPE = str.maketrans("123456789", "0" * 9)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Join stretches that overlap."""
    found: list[Span] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _settled(line: str, struck: set[int]) -> frozenset[int]:
    """Decide what of a line is left out, its struck characters known."""
    left = "".join(one for place, one in enumerate(line) if place not in struck)
    words = _numbering().sub("", left).lower().replace("[x]", "done").translate(_SIGNS).split()
    told = {word for word in words if word not in _WHEN and DIGITS.isdisjoint(word)}
    if len(told) == 1 and told <= _DONE:  # crossed off a list, not taken back
        return frozenset(place for place in struck if line[place] in f"~{_OVERLAYS}")
    if "|" not in left and (not words or _DROPPED.issuperset(words)):
        return frozenset(range(len(line)))
    return frozenset(struck | _spare_blanks(line, struck))


_SIGNS = str.maketrans(dict.fromkeys("()[]{}<>:;.,-*+#_=\u2022\u2192\u2013\u2014/\"'", " "))
_WHEN = word_set("at on utc cet gmt")
_DONE = word_set("done complete completed finished \u2713 \u2714 \u2705")
_DROPPED = word_set(
    "cancelled canceled dropped obsolete removed superseded deleted withdrawn moved postponed no "
    "longer not needed valid planned any more anymore struck void"
)


@cache
def _numbering() -> re.Pattern[str]:
    """Compile the number of a list's item."""
    return re.compile(r"^\s{0,20}[0-9]{1,2}[.)](?=\s|$)")


def _spare_blanks(line: str, struck: set[int]) -> set[int]:
    """Find the blanks that would stand doubled, or before a closing mark."""
    spare: set[int] = set()
    for place in sorted(struck):
        if place + 1 in struck:
            continue
        start = place
        while start - 1 in struck or start - 1 in spare:
            start -= 1
        before, after = line[start - 1 : start] if start else "", line[place + 1 : place + 2]
        if after == " " and before in _OPENING:
            spare.add(place + 1)
        elif before == " " and after in _CLOSING:
            spare.add(start - 1)
    return spare


_OPENING = {"", " ", "(", "[", "*", "_", '"', "'"}
_CLOSING = {"", ")", "]", ",", ".", ";", ":", "!"}


@cache
def _pattern(strike: str) -> re.Pattern[str]:
    """Compile one kind of strike."""
    return re.compile(_PATTERNS[strike])


@cache
def _double_tilde() -> re.Pattern[str]:
    return re.compile(r"(?<!~)~~(?!~)")


@cache
def _opening() -> re.Pattern[str]:
    """Compile the tags that strike, in small letters."""
    return re.compile(
        r"<(?P<tag>s|del|strike|(?:span|div|p|font|b|i|em|strong)(?=\s[^<>]{0,300}line-through))"
        r"(?:\s[^<>]{0,400})?>|\[(?P<code>s|del|strike)\]"
    )


@cache
def _overlaid() -> re.Pattern[str]:
    """Compile characters with a stroke through them, and the blanks between such."""
    struck = rf"[^\n{_OVERLAYS}][\u0300-\u0334\u0339-\u036f]{{0,3}}[{_OVERLAYS}]"
    return re.compile(
        rf"(?=\w|.[^\n]{struck}){struck}(?:{struck}|[ \t]{{1,3}}(?={struck})){{0,500}}"
    )
