"""Stages as terms: a name on one line, and its window on the indented line below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span, is_all_window
from impactcalc.intake.escalation.records.composing import blank, compose
from impactcalc.intake.escalation.words.vocabulary import DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_LONGEST_TERM = 5  # words
_LONGEST_WINDOW = 8  # words
_TERM = 8  # level of a heading below all others


def with_terms(lines: Sequence[Line]) -> Sequence[Line]:
    """Write a term with a window on the indented line below it as the heading of a stage."""
    result = list(lines)
    for number, line in enumerate(lines[:-1]):
        below = lines[number + 1].text
        if below[:1] not in {" ", "\t"} or not _is_term(line.text) or DIGITS.isdisjoint(below):
            continue
        window = _window(below)
        if window and not _heads_more(lines, number + 1):
            start = len(line.text) - len(line.text.lstrip())
            end = len(line.text.rstrip(" :"))
            result[number] = compose(line, (start, end), f" ({window})", level=_TERM)
            result[number + 1] = blank(lines[number + 1])
    return result


def _window(text: str) -> str:
    """Give the words of a line that is a window and nothing else; empty for any other."""
    words = text.strip(" \t.:()")
    span = find_span(words) if len(words.split()) <= _LONGEST_WINDOW else None
    whole = span is not None and not span.calendar and is_all_window(words, span)
    return words if whole else ""


def _heads_more(lines: Sequence[Line], number: int) -> bool:
    """Whether another window stands in the column of this one: the line above names the plan."""
    column = _column(lines[number].text)
    for line in lines[number + 1 :]:
        if not line.text.strip() or _column(line.text) < column:
            return False
        if _column(line.text) == column:
            return bool(_window(line.text))
    return False


def _column(text: str) -> int:
    """Give the column in which the words of a line begin."""
    return len(text) - len(text.lstrip())


def _is_term(text: str) -> bool:
    """Whether a line is a few words and no sentence."""
    words = text.strip(" :")
    return bool(words) and words[:1].isalpha() and len(words.split()) <= _LONGEST_TERM
