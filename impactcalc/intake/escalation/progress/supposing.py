"""Sentences of a report that report nothing: demands, beliefs, questions to others, old stories."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import may_hold

if TYPE_CHECKING:
    from collections.abc import Iterator

_CUES = (
    *("assume", "suppose", "demand", "insist", "require", "request", "propose", "suggest"),
    *("recommend", "want", "ask", "would like", "wish", "complete when", "done when"),
    *("finished when", "closed when", "over when", "believe", "think", "fear", "doubt", "claim"),
    *("tell us", "let us know", "let me know", "last year", "years ago", "previous", "earlier in"),
    *("complain", "in 20", "in 19", "during the last", "the last time"),
)


def idle_spans(text: str) -> Iterator[tuple[int, int]]:
    """Give where sentences stand that tell of no progress of the plan.

    Examples
    --------
    >>> list(idle_spans("The owner demands that the pump be replaced. It was."))
    [(0, 44)]
    """
    lower = text.lower()
    if not may_hold(lower, _CUES):
        return
    start = 0
    for end in (*(match.end() for match in _ends().finditer(lower)), len(lower)):
        match = _idle().search(lower[start:end]) if may_hold(lower[start:end], _CUES) else None
        if match is not None:
            before = lower[start : start + match.start()]  # "the queue is clear, he wants ..."
            yield start + max(before.rfind(","), before.rfind(";")) + 1, end
        start = end


@cache
def _ends() -> re.Pattern[str]:
    """Compile where a sentence ends."""
    return re.compile(r"[.!?](?=\s|$)|\n")


@cache
def _idle() -> re.Pattern[str]:
    """Compile ``they insist that it be mended``, ``wants it mended``, ``tell us who mended it``."""
    somebody = r"(?:customers?|clients?|they|union|owners?|users?|board|tenants?|staff|he|she)"
    return re.compile(
        r"^\W*(?:it is |we |they |i )?(?:assumed?|supposed?) that\b|"
        r"\b(?:demand|insist|require|request|propose|suggest|recommend|ask)(?:s|ed|d)? that\b"
        r"[^;]* be [a-z]+|"
        r"^[^;]{0,40}\b(?:is|are|counts? as) (?:complete|done|finished|closed|over) "
        r"(?:only )?when\b|"
        rf"\b{somebody} (?:also |still |now )?(?:wants?|wanted|wish(?:es)?|would like|asks?|asked|"
        r"requests?|requested|demands?|demanded)\b(?! to\b)|"
        r"\b(?:believes?|thinks?|fears?|doubts?|claims?) (?:that )?(?:the|we|it|they|nobody|no)\b|"
        r"\bcomplain(?:s|ed|ing)? (?:that|about|of|because)\b|"
        r"\b(?:tell us|let (?:us|me) know|ask(?:s|ed)?) "
        r"(?:who|when|why|how|where|what|whether|if)\b|"
        r"\b(?:(?<!of )(?<!from )last year(?!'s|\u2019s)|years ago|"
        r"(?:in|since) (?:19|20)[0-9][0-9]|"
        r"(?:during|after|in) the (?:previous|last|earlier) (?:incident|outage|case|year))\b"
    )
