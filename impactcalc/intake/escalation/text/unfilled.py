"""The searched words without what nobody has filled in: a template states nothing."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.blanks import (
    PART,
    UNIT,
    WINDOW,
    kinds_in,
    masked,
    unfilled_spans,
)
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from impactcalc.intake.escalation.text.lines import Line


def without_blanks(lines: Sequence[Line]) -> Sequence[Line]:
    """Blank what is unfilled out of the searched words.

    Parameters
    ----------
    lines
        Lines as records leave them.
    """
    text = "\n".join(line.text for line in lines)
    kinds = kinds_in(text)
    if not (kinds or holds(text, _GAPS)):
        return lines
    return [_blanked(line, kinds) if line.text else line for line in lines]


def _blanked(line: Line, kinds: Iterable[str]) -> Line:
    """Blank a line."""
    line = _without_window(line)
    text = line.text
    for span in unfilled_spans(text, kinds):
        text = masked(text, *span)
    if holds(text, _GAPS) and not DIGITS.isdisjoint(text):
        for match in _figure().finditer(text):
            if _is_unfilled_figure(match[0]):
                text = masked(text, *match.span())
    for cues, pattern in ((("<",), _numbered_choice), (_HALVES, _half_figure), (_USUAL, _usual)):
        for match in pattern().finditer(text) if holds(text, cues) else ():
            text = masked(text, *match.span())
    return line if text == line.text else line._replace(text=text)


_GAPS = (
    *("XX", "xx", "__", "??", "X.", "X,", ".X", ",X", ".x", "X%", "x%", "_%"),
    *("MM", "DD", "mm", "dd"),
)


@cache
def _figure() -> re.Pattern[str]:
    """Compile digits with signs of a gap between them: ``~XX,000``, ``99.X%``, ``2026-XX-__``."""
    return re.compile(
        r"(?<![\w.,/\\@])(?:[A-Z]{1,10}[-_]?)?[~$\u20ac\u00a3]{0,3}(?:[0-9]{1,3}[.,])?"
        r"[0-9XxYMDd_?]+(?:[-./:,][0-9XxYMDd_?]+)*[KMBkmb]?%?(?![\w/])"
    )


def _is_unfilled_figure(token: str) -> bool:
    """Whether signs of a gap stand among the digits of a figure, a date or a number.

    Examples
    --------
    >>> [_is_unfilled_figure(one) for one in ("~XX,000", "99.X%", "2026-MM-DD", "INC00XXX")]
    [True, True, True, True]
    >>> [_is_unfilled_figure(one) for one in ("3X", "5XX", "1920x1080", "2.x", "XX-300")]
    [False, False, False, False, False]
    """
    if DIGITS.isdisjoint(token):
        return False
    return _gap().search(token) is not None and _named().fullmatch(token) is None


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(
        r"XX|xx|__|\?\?|X[.,]|[.,]X|_[.,]|[0-9][0-9][.,][x_]|[Xx]%|_%|\b(?:YYYY|MM|DD|dd|mm)\b"
    )


@cache
def _named() -> re.Pattern[str]:
    """Compile the classes of answers of web servers, and names of models: ``5XX``, ``XX-300``."""
    return re.compile(r"(?:HTTP[- ]?)?[1-5](?:XX|xx)|[A-Z]{0,4}XX-?[0-9]{2,5}")


@cache
def _numbered_choice() -> re.Pattern[str]:
    """Compile a choice of numbers that was not made: ``Level <1-3>``."""
    return re.compile(r"<[0-9]{1,3}(?: ?[-/|,] ?[0-9]{1,3})+>")


_HALVES = (
    *(f"{before}{bracket}" for before in ".," for bracket in "[<"),
    *(f"{bracket}{sign}" for bracket in "[<" for sign in "xXnN?_."),
)


@cache
def _half_figure() -> re.Pattern[str]:
    """Compile a figure of which some digits are not filled in: ``99.[x]%``, ``4<n>00``.

    ``4[1]`` and ``in 2019,[3]`` have a footnote.
    """
    gap = r"(?:\[(?:[xXnN?_.]{1,5}|[0-9]{3})\]|<(?:[xXnN?_.]{1,5}|[0-9]{3})>)"
    return re.compile(
        rf"(?<![\w.,])[~$\u20ac\u00a3]?[0-9]{{1,12}}(?:[.,]?{gap}|[.,][\[<][0-9][\]>](?=[0-9%]))[0-9]*%?"
    )


_USUAL = (
    "ormal",
    "sual",
    "ypical",
    "aseline",
    "nstead of",
    "ompared ",
    "p from ",
    "rom ",
    "gainst",
)


@cache
def _usual() -> re.Pattern[str]:
    """Compile a comparison without its figure: ``(normally <XX seconds>)``, ``up from XX s``."""
    figure = (
        r"(?:<[^<>()]{1,30}>|\[[^\[\]()]{1,30}\]|X{1,3}|xx|_{2,}|\?{2,}|(?i:tb[acd]|n/a|unknown))"
    )
    return re.compile(
        r"\(?\b(?i:normal(?:ly)?|usual(?:ly)?|typical(?:ly)?|baseline|instead of|compared to"
        r"|compared with|(?:up )?from|against):? (?:(?:about|around|under|below|is|was|are) |[<~])?"
        rf"{figure}(?![\w.,])(?: ?(?:[a-z]{{1,12}}|%))?\)?"
    )


def _without_window(line: Line) -> Line:
    """Leave an unfilled window out of a heading: ``(X-Y weeks)``; ``4-XX hours`` has a begin."""
    text = line.text
    if not holds(text, ("X", "xx", "TB", "tb", "_", "?", "<", "[", "Y", "N", "nn", "(n", "-n ")):
        return line
    place = list(line.origin or range(len(text)))
    for match in reversed([*_half_window().finditer(text)]):
        end = match.end("unit")
        text = text[: match.end("low")] + match["gap"] + match["unit"] + "+" + text[end:]
        kept = [*range(match.end("low")), *range(match.start("gap"), end), end - 1]
        place = [place[at] for at in kept] + place[end:]
    bracket = _bracket().search(text)
    if bracket and not (bracket["bullet"] and not bracket["colon"]):
        start, end = bracket.span("window")
        text, place = text[:start] + text[end:], place[:start] + place[end:]
    return line if text == line.text else line._replace(text=text, origin=tuple(place))


@cache
def _half_window() -> re.Pattern[str]:
    """Compile a window of which the end is not filled in."""
    return re.compile(
        rf"(?<![\w.,])(?P<low>[0-9]{{1,3}}) ?(?:-|to) ?{PART}(?P<gap> ?)(?P<unit>{UNIT})\b(?!\+)"
    )


@cache
def _bracket() -> re.Pattern[str]:
    """Compile a heading that ends in a window that is not filled in."""
    untold = r"(?i:n/a|to be [a-z]{5,12}|not (?:yet )?[a-z]{3,12}|\.\.\.|date)"
    begun = rf"{PART} ?(?:-|to) ?[0-9]{{1,3}} ?{UNIT}"
    return re.compile(
        r"^[ \t]*(?P<bullet>[-*\u2022+] )?.{0,80}?[\w)\]>*](?P<window> ?[(\[]"
        rf"(?:{WINDOW}|{begun}|{untold})[)\]])\*{{0,2}}(?P<colon>:?)[ \t]*$"
    )
