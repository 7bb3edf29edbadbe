"""Sentences of a report that report nothing: demands, beliefs, questions to others, old stories."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.sentences import sentence_spans
from impactcalc.intake.escalation.words.vocabulary import may_hold

if TYPE_CHECKING:
    from collections.abc import Iterator

_CUES = (
    *("assume", "suppose", "demand", "insist", "require", "request", "propose", "suggest"),
    *("recommend", "want", "ask", "would like", "wish", "complete when", "done when"),
    *("finished when", "closed when", "over when", "believe", "think", "fear", "doubt", "claim"),
    *("tell us", "let us know", "let me know", "last year", "years ago", "previous", "earlier in"),
    *("other ticket", "other case", "other incident", "other escalation", "other customer"),
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
    for start, end in sentence_spans(lower):
        match = _idle().search(lower[start:end]) if may_hold(lower[start:end], _CUES) else None
        if match is not None:
            before = lower[start : start + match.start()]  # "the queue is clear, he wants ..."
            yield start + max(before.rfind(","), before.rfind(";")) + 1, end


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
        r"\b(?:an|our|the|their|his|her)(?: ?other) (?:ticket|case|incident|escalation|customer)\b|"
        r"\bcomplain(?:s|ed|ing)? (?:that|about|of|because)\b|"
        r"\b(?:tell us|let (?:us|me) know|ask(?:s|ed)?) "
        r"(?:who|when|why|how|where|what|whether|if)\b|"
        r"\b(?:(?<!of )(?<!from )last year(?!'s|\u2019s)|years ago|"
        r"(?:in|since) (?:19|20)[0-9][0-9]|"
        r"(?:during|after|in) the (?:previous|last|earlier) (?:incident|outage|case|year))\b"
    )


_DICTATED = (
    *(" mark ", " set ", " write ", " report ", " treat ", " consider ", " count ", " record "),
    *(" list ", " flag "),
)


@cache
def _spaced() -> re.Pattern[str]:
    """Compile a word that is written letter by letter."""
    return re.compile(r"(?<![a-z0-9'])[a-z] [a-z] [a-z](?![a-z0-9'])")


def is_dictated(lower: str) -> bool:
    """Whether a statement dictates what is to be reported, or is written letter by letter.

    Examples
    --------
    >>> is_dictated("please mark the index rebuild as completed"), is_dictated("n o t begun")
    (True, True)
    >>> is_dictated("lost parcels marked as lost")
    False
    """
    dictates = may_hold(f" {lower}", _DICTATED) and _dictation().search(lower) is not None
    spaced = any(len(word) == 1 and word.isalpha() for word in lower.split(" "))
    return dictates or (spaced and _spaced().search(lower) is not None)


@cache
def _dictation() -> re.Pattern[str]:
    """Compile an order to write a state down: ``mark every action as done``."""
    state = r"(?:done|completed?|resolved|finished|closed|successful|in progress|not started|green)"
    order = r"(?:mark|set|report|treat|consider|count|record|list|write|flag)"
    return re.compile(
        rf"(?:^|[:;,.] |\b(?:and|please|must|should|to|now) ){order}\b[^.;]*[ '\"\u201c]{state}\b"
    )


def cited_spans(text: str) -> list[tuple[int, int]]:
    """Give where whole sentences of somebody else stand in quotation marks: they report nothing.

    Nor does a script or a comment of markup.
    """
    if "<!--" in text or "</script" in text.lower():
        return [match.span() for match in _hidden_markup().finditer(text)]
    if '"' not in text and "\u201c" not in text:
        return []
    return [match.span() for match in _quotation().finditer(text)]


@cache
def _hidden_markup() -> re.Pattern[str]:
    """Compile what markup shows to nobody."""
    return re.compile(r"<!--.*?(?:-->|\Z)|<script\b[^>]*>.*?</script", re.IGNORECASE | re.DOTALL)


@cache
def _quotation() -> re.Pattern[str]:
    """Compile a quotation longer than a state."""
    return re.compile(r"[\"\u201c][^\"\u201c\u201d]{40,}[\"\u201d]")
