"""Digits that state no quantity: hidden, inside a formula, or broken."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Iterator

# What must stand in a text before the pattern of such a stretch is compiled.
_STRETCHES = {
    "<!--": r"<!--.{0,2000}?(?:-->|$)",
    "out:": r"\[(?:crossed|struck) out: [^\]]{0,100}\]",
    "{{": r"\{\{[^{}]{0,200}\([^{}]{0,200}\}\}",
    "${": r"\$\{[^{}]{0,200}\}?",
    "$(": r"\$\([^\s)]{0,200}\)*",
    "<%": r"<%.{0,200}?%>",
    "(": r"(?<![\w)\]])[=@+-]+[A-Za-z][A-Za-z.]{1,20}\([^()]{0,200}\)",
    "=": r"(?<![\w)\]\"'=<>!] )(?<![\w)\]\"'=<>!])=\s?(?:\$?[A-Z]{1,3}\$?)?[0-9][0-9.,]*"
    r"(?:\s?[-+*/^&]\s?(?:\$?[A-Z]{1,3}\$?)?[0-9][0-9.,]*)+",
}
_MISREAD = "\u00c2\u00c3\u00e2\u20ac\u201a\u00af\u2030\ufffd"
"""Letters that bytes of UTF-8 become when they are read in another encoding."""


def unstated_spans(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches whose digits state nothing.

    Examples
    --------
    >>> [list(unstated_spans(one)) for one in ("${8,100} 1,800", "=SUM(4;5)", "l,800", "1,8OO")]
    [[(0, 8)], [(0, 9)], [(0, 5)], [(0, 5)]]
    """
    for cue in _STRETCHES:
        if cue in text:
            yield from (match.span() for match in _stretch(cue).finditer(text))
    if holds(text, _RECKONING):
        yield from (match.span() for match in _reckoned().finditer(text))
    if _may_be_spoilt(text):
        yield from (match.span() for match in _spoilt().finditer(text))
    if text.endswith(","):
        yield from (match.span() for match in _broken_off().finditer(text))
    if holds(text, "OolI") and _touches_letter(text):
        yield from (match.span() for match in _with_letters().finditer(text))
    if not text.isascii() and holds(text, _MISREAD):
        yield from (match.span() for match in _misread().finditer(text))


@cache
def _broken_off() -> re.Pattern[str]:
    """Compile a number that breaks off before its thousands: ``1,``."""
    return re.compile(r"(?<![\w.,])[0-9]{1,3}(?:,[0-9]{3})*,$")


_RECKONING = (" x ", " + ", " * ", "^", "\u00d7", " . ", "%")


@cache
def _reckoned() -> re.Pattern[str]:
    """Compile two numbers that are one to be reckoned, or fell apart: ``2 x 40``, ``99 . 5``."""
    number = r"[0-9][0-9.,]{0,12}"
    return re.compile(
        rf"(?<![\w.,]){number}(?: ?[\u00d7^] ?| [x*+.] ){number}"
        r"|(?<![\w.,])[0-9]{1,2} [0-9]{1,2}[.,][0-9]{1,3} ?%"
    )


def _may_be_spoilt(text: str) -> bool:
    """Whether marks stand in a text that stand for digits, or letters beyond ASCII."""
    return not text.isascii() or holds(text, ("#", "XX", "xx", "**", "?", "%2", "&", ",*"))


@cache
def _spoilt() -> re.Pattern[str]:
    """Compile a number whose other digits are masked or lost: ``1,XXX``, ``$2#``, ``1?800``."""
    number, lost = r"[0-9][0-9.,]{0,12}", r"(?:[#?\ufffd]|[Xx*]{2,6}|[^\W\d_a-zA-Z])"
    return re.compile(
        rf"(?<![\w.,]){number}(?<=[.,]){lost}+"
        rf"|(?<![\w.,]){number}[#\ufffd]+(?:[.,]?{lost}*)"
        rf"|(?<![\w.,]){number}(?:\?|\*\*|&#?\w{{1,8}};|%[0-9A-F]{{2}}){number}"
        rf"|(?:[#?*\ufffd]|(?<!\w)[^\W\d_a-zA-Z]),[0-9]{{3}}(?![0-9])"
    )


def _touches_letter(text: str) -> bool:
    """Whether one of the letters stands right behind a digit, or before a comma and a digit."""
    return any(
        before.isdigit() or (after == "," and behind.isdigit())
        for before, letter, after, behind in zip(
            " " + text, text, text[1:] + "  ", text[2:] + "  ", strict=False
        )
        if letter in "OolI"
    )


@cache
def _stretch(opening: str) -> re.Pattern[str]:
    """Compile one kind of stretch."""
    return re.compile(_STRETCHES[opening])


@cache
def _with_letters() -> re.Pattern[str]:
    """Compile a number in which letters stand for digits: ``1,8OO``, ``l,800``."""
    return re.compile(
        r"(?<![\w.,])(?:[0-9][0-9.,]{0,12})?[OolI]{1,3}(?:,[0-9OolI]{3})+(?!\w)"
        r"|(?<![\w.,])[0-9][0-9.,]{0,12}[OolI]{1,6}(?:[.,][0-9OolI]{1,6})?(?!\w)"
    )


@cache
def _misread() -> re.Pattern[str]:
    """Compile digits with misread bytes between them."""
    return re.compile(rf"[0-9][0-9.,']{{0,12}}[{_MISREAD}\x80-\xa0]+ ?[0-9][0-9.,']{{0,12}}")


def may_begin(text: str, start: int, previous_end: int, *, negative: bool) -> bool:
    """Whether a number may begin here: not inside a word, an identifier or a path."""
    position = start - 1 if negative else start
    if position == 0:
        return True
    before = text[position - 1]
    if text[max(0, position - 2) : position] == "..":  # the dots that lead to a value
        return True
    if before == "-" and position - 1 == previous_end:
        return True
    return not (before.isalnum() or before in "_#/\\.-\ufffd" or (negative and before in "%)"))


def is_identifier(text: str, end: int) -> bool:
    """Whether letters and digits go on after a number: ``9f3c``, ``3-way``, ``8/10``."""
    rest = text[end : end + 3]
    if rest[:1] == "/" and rest[1:2].islower():  # "40k/day"
        return False
    return (
        rest[:1] in {"/", "_"}
        or (rest[:1].isalpha() and rest[1:2].isdigit())
        or rest[:1].isdigit()  # of another script
        or rest[:1] in _EAST_ASIAN
    )


_EAST_ASIAN = frozenset("\u4e07\u842c\u5104\u4ebf\u5343\u767e\ub9cc\uc5b5\ucc9c")
"""Signs of ten thousand and the like behind a number."""


def is_booked(text: str, start: int, end: int) -> bool:
    """Whether an amount stands in brackets as bookkeepers write one below zero.

    Examples
    --------
    >>> is_booked("Fee: ($7,500)", 6, 12), is_booked("a fee ($7,500)", 7, 13)
    (True, False)
    """
    before = text[: start - 1].rstrip().lower() if text[start - 1 : start] == "(" else ""
    return before.endswith((":", "estimated", "approx.")) and text[end : end + 1] == ")"
