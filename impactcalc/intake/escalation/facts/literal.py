"""A value with its markup: behind a plain label, stars and links are what somebody typed."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.text.lines import split_lines

if TYPE_CHECKING:
    from impactcalc.intake.escalation.structure.statements import Statement

_ESCAPE = "\x1b"  # opens a terminal code, which nobody typed


def literal(statement: Statement, start: int, end: int) -> str:
    """Give a stretch of a value as it was typed, without invisible characters.

    In a text with markup its labels bear it, too (``**Status:** Open``), or stand in a list: there
    the marks are left out. Behind a plain label at the begin of a line they belong to the value:
    ``Status: **Open**``.
    """
    plain = statement.passage.written(start, end)
    line = statement.passage.pieces[0][1]
    label, _, told = line.text.partition(":")
    own = line.raw.startswith(f"{label}:") and label.casefold() == statement.label
    if line.origin is None or not own or line.struck or _ESCAPE in line.raw:
        return plain
    if split_lines(line.raw)[0].text != line.text:
        return plain  # a record has composed the line
    typed = line.raw[len(label) + 1 :].strip()
    while typed[1:] and typed[0] == typed[-1] == "'":
        typed = typed[1:-1]  # emphasis of a wiki, or a name in quotation marks
    value, told = statement.text[start:end], told.strip()
    if told == value or (told.startswith(f"{value}\n") and ":" not in told):
        return _shown(typed)
    if told[1:-1] == value:
        return _shown(typed[1:-1])  # without quotation marks
    inside = _shown(statement.passage.excerpt(start, end)[1])
    whole = inside[:1] == plain[:1] and inside[-1:] == plain[-1:] and "*" in inside
    return inside if whole else plain


def _shown(typed: str) -> str:
    """Leave out the characters that nobody sees, and collapse white space."""
    blank = (" " if one.isspace() else one for one in typed)
    return " ".join("".join(filter(_is_shown, blank)).split())


def _is_shown(character: str) -> bool:
    """Whether a character is seen."""
    return unicodedata.category(character) not in {"Cc", "Cf"}


def marked(statement: Statement, start: int, end: int) -> str:
    """Note that a value holds marks, which another reader may leave out; empty if it holds none."""
    same = literal(statement, start, end) == statement.passage.written(start, end)
    return "" if same else "the marks in this value are kept as typed"
