"""The number of a printed page, as it stands on a line of its own or in a running head."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import DIGITS

if TYPE_CHECKING:
    from impactcalc.intake.escalation.text.lines import Line

_SHORT = 80  # characters of a page's number with what parts it from nothing
_FRAME = 3  # strokes on each side of a number
DECORATION = " \t\f-=*_#~<>[](){}|.:\u2022\u00b7+"
"""What is drawn around the words of a running head."""
LIST_MARKS = frozenset("-*+\u2022|")
"""What opens an item of a list, or a row."""


def is_listed(text: str) -> bool:
    """Whether a line is an item of a list or a row of a table."""
    words = text.lstrip()
    marked = words[:1] in LIST_MARKS and words[1:2] in {" ", "\t"}
    return marked or words[:1] == "|" or re.match(r"\(?[0-9]{1,2}[.)] ", words) is not None


_NUMBER = (
    r"(?:pages?|pag\.?|pg\.?|p\.|seite|blatt|sheet) ?(?:no\.? ?)?:? ?[0-9]{1,3}"
    r"(?P<of> ?(?:of|/|von|de|out of) ?[0-9]{1,3})?"
)


@cache
def _numbered() -> re.Pattern[str]:
    """Compile the number of a page, and nothing else."""
    return re.compile(_NUMBER)


@cache
def _signed() -> re.Pattern[str]:
    """Compile a line that only tells where a page ends: ``- 2 -``, ``(continued overleaf)``."""
    turned = r"(?:on|from|over|at)\b.{0,20}\b(?:page|sheet|leaf|side)(?: [0-9]{1,3})?"
    return re.compile(
        r"(?:[-~]{1,3}|[<=*]{2,3}) ?[0-9]{1,3} ?(?:[-~]{1,3}|[>=*]{2,3})"
        r"|(?:page|form) ?(?:break|feed)|end of page(?: [0-9]{1,3})?"
        r"|new page|next page|seitenumbruch|p\.?t\.?o\.?|please turn over"
        rf"|(?:continued|cont'?d\.?|cont\.|continues) (?:overleaf|{turned})"
    )


@cache
def head_parting() -> re.Pattern[str]:
    """Compile what parts the words of a running head."""
    return re.compile(r"[ \t]+-{1,3}(?:[ \t]+|$)|[ \t]*[|\u2022][ \t]*|[ \t]{3,}|\t+|-{3,}|={3,}")


def _parts(text: str) -> list[str]:
    """Part a running head, in small letters."""
    words = text.lower().strip(" \t\f-=*_#~<>[]{}|")
    words = words[1:-1] if words[:1] == "(" and words[-1:] == ")" else words
    return [one for part in head_parting().split(words) if (one := part.strip())]


def is_page_number(text: str) -> bool:
    """Whether a line numbers a page beyond doubt.

    Examples
    --------
    >>> all(map(is_page_number, ("Page 2 of 3", "-- CE7 -- page 1 / 3 --", "- 2 -", "Page 9")))
    True
    >>> any(map(is_page_number, ("- Scan page 1 of 3", "Log: page 2", "- page 2", "| page 2 |")))
    False
    """
    words = text.strip().lower()
    plain = words.strip(DECORATION) if len(words) < _SHORT else words
    framed = words[:_FRAME] == words[-_FRAME:] == words[0] * _FRAME and not words[0].isalnum()
    if framed and plain.isdecimal():
        return True
    if _signed().fullmatch(words) or (plain != "" and _signed().fullmatch(plain)):
        return True
    if DIGITS.isdisjoint(words) or (is_listed(text) and not words.endswith(" -")):
        return False
    parts = _parts(words)
    found = [match for part in parts if (match := _numbered().fullmatch(part)) is not None]
    return any(len(parts) == 1 or match["of"] for match in found)


def may_hold_page_number(text: str) -> bool:
    """Whether the number of a page may stand at an end of a line: others like it must follow."""
    parts = _parts(text) if not is_listed(text) and not DIGITS.isdisjoint(text) else []
    ends = (parts[0], parts[-1]) if len(parts) > 1 else ()
    return any(_numbered().fullmatch(end) or _share().fullmatch(end) for end in ends)


@cache
def _share() -> re.Pattern[str]:
    """Compile a page of so many: ``2/3``."""
    return re.compile(r"\(?[0-9]{1,2} ?(?:/|of) ?[0-9]{1,2}\)?")


def without_page_number(line: Line) -> Line | None:
    """Leave the number of its page out of a line; None when nothing is left."""
    text = line.text
    match = re.search(rf"(?i:{_NUMBER}|{_share().pattern})[ \t)\]|-]*$", text)
    end = len(text[: match.start()].rstrip(" \t|-([\u2022")) if match is not None else 0
    if not any(map(str.isalnum, text[:end])):
        return None
    origin = line.origin[:end] if line.origin is not None else None
    return line._replace(text=text[:end], origin=origin)
