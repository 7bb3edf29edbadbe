"""Windows in running text: where each stands in a sentence, hours and calendar phrases alike."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.calendar_phrases import calendar_end
from impactcalc.intake.escalation.figures.span import Span
from impactcalc.intake.escalation.figures.unit_windows import worded_spans
from impactcalc.intake.escalation.figures.windows import (
    at_once,
    counted_spans,
    may_hold_span,
)
from impactcalc.intake.escalation.words.vocabulary import holds, lowered, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEADS = word_set(
    "by until till rest before after from in on over during starting due no not end early late "
    "next coming following this later today tonight tomorrow overnight asap mid as at throughout "
    "eod eob cob monday tuesday wednesday thursday friday saturday sunday beginning within with "
    "once"
)
"""Words that open a phrase of the calendar in a sentence."""
_ALONE = word_set(
    "today tonight tomorrow overnight asap eod eob cob monday tuesday wednesday thursday friday "
    "saturday sunday"
)
"""Words that are a window without any other."""
_LONGEST_EVENT = 60  # characters


@cache
def _words() -> re.Pattern[str]:
    """Compile where a word begins."""
    return re.compile(r"(?<![\w'-])[a-z]+")


def windows_in(text: str) -> list[Span]:
    """Find the windows of a text, from left to right; none overlaps another.

    A phrase as ``after the harvest`` counts where a clause or the text begins with it.

    Examples
    --------
    >>> text = "in the next 2 hours we drain it, by Friday we refill it"
    >>> [(text[one.start : one.end], one.calendar) for one in windows_in(text)]
    [('in the next 2 hours', False), ('by Friday', True)]
    """
    lower = lowered(text)
    found = list(counted_spans(text)) if may_hold_span(text) else []
    found.extend(worded_spans(lower))
    found.extend(at_once(lower))
    found.extend(_calendar_spans(lower))
    found.extend(_due_spans(lower))
    found.extend(_event_spans(lower, found))
    found.sort(key=lambda span: (span.start, -span.end))
    kept: list[Span] = []
    for span in found:
        if kept and kept[-1].calendar and not span.calendar and _adjoin(text, kept[-1], span):
            kept.pop()  # "Today, 0-5 h": the name of a stage
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _adjoin(text: str, first: Span, second: Span) -> bool:
    """Whether nothing but a comma or a bracket stands between two windows."""
    between = text[first.end : second.start]
    return second.start >= first.end and between.strip(" ") in {",", "(", "[", "-", ", ("}


@cache
def _event() -> re.Pattern[str]:
    """Compile an event that opens a clause: ``after the harvest peak: ``, ``once it is up, we``."""
    return re.compile(
        r"(?:^|(?<=[.;:,] )|(?<=and )|(?<=then ))"
        r"(?:after|before|once|until|as soon as|following|when|upon|by(?! hand\b| mail\b| phone\b"
        r"| e-?mail\b| the way\b| the \w+ team\b| itself\b| default\b| us\b| you\b| them\b))"
        r"(?! that\b| which\b| (?:[a-z]+ing)\b)(?: [\w'&/-]+){1,9}?"
        r"(?= ?:(?: |$)| - |, | (?:we|they|engineering|the team|our team|our engineers|"
        r"your engineers|i) )"
    )


_EVENTS = ("after", "before", "once", "until", "as soon", "following", "when", "upon", "by ")


def event_of(text: str) -> Span | None:
    """Read a text that is an event and nothing else: ``After the harvest peak``.

    Examples
    --------
    >>> event_of("After the harvest peak").calendar, event_of("Purge the cache after it")
    (True, None)
    """
    lower = lowered(text).strip()
    if not lower.startswith(_EVENTS) or len(lower) > _LONGEST_EVENT:
        return None
    match = _event().match(lower + ": ")
    if match is None or match.end() != len(lower):
        return None
    start = len(text) - len(text.lstrip())
    return Span(None, None, start, start + match.end(), calendar=True)


def _apart(other: Span, start: int, end: int) -> bool:
    """Whether a window lies outside of an event, or is a phrase of the calendar it begins with."""
    inside = other.calendar and other.start >= start and other.end < end
    return inside or other.end <= start or other.start >= end


def _event_spans(lower: str, others: Sequence[Span]) -> Iterator[Span]:
    """Find events that open a clause and hold no other window."""
    for match in _event().finditer(lower) if holds(lower, _EVENTS) else ():
        start, end = match.span()
        if all(_apart(other, start, end) for other in others):
            yield Span(None, None, start, end, calendar=True)


@cache
def _due() -> re.Pattern[str]:
    """Compile a label of a date by which something is done."""
    return re.compile(
        r"\b(?:due(?: date| by)?|eta|deadline|target(?: date)?)(?: ?[:=])? (?=[0-9a-z])"
    )


def _due_spans(lower: str) -> Iterator[Span]:
    """Find dates behind a label that calls them due."""
    for match in (
        _due().finditer(lower) if holds(lower, ("due", "eta", "deadline", "target")) else ()
    ):
        stop = calendar_end(lower, match.end())
        if stop:
            yield Span(None, None, match.end(), stop, calendar=True)


def _calendar_spans(lower: str) -> Iterator[Span]:
    """Find phrases of the calendar: ``by Friday``, ``next week``, ``tomorrow morning``."""
    end = 0
    for match in _words().finditer(lower):
        if match.start() < end or match[0] not in _LEADS:
            continue
        stop = calendar_end(lower, match.start())
        phrase = lower[match.start() : stop]
        if stop and (" " in phrase or phrase in _ALONE):
            end = stop
            yield Span(None, None, match.start(), stop, calendar=True)
