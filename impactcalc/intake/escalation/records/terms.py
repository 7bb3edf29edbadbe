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
        window = below.strip(" \t.:()")
        span = find_span(window) if len(window.split()) <= _LONGEST_WINDOW else None
        if span is not None and not span.calendar and is_all_window(window, span):
            start = len(line.text) - len(line.text.lstrip())
            end = len(line.text.rstrip(" :"))
            result[number] = compose(line, (start, end), f" ({window})", level=_TERM)
            result[number + 1] = blank(lines[number + 1])
    return result


def _is_term(text: str) -> bool:
    """Whether a line is a few words and no sentence."""
    words = text.strip(" :")
    return bool(words) and words[:1].isalpha() and len(words.split()) <= _LONGEST_TERM
