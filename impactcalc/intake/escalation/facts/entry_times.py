"""The time of an entry as a moment of the case: ``OPENED``, ``We escalate this``, ``at 06:55``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, offer
from impactcalc.intake.escalation.facts.dating import dated
from impactcalc.intake.escalation.facts.timing import document_day, is_known
from impactcalc.intake.escalation.figures.dates import clock_at, find_stamps, first_clock
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.figures.dates import Stamp
    from impactcalc.intake.escalation.structure.statements import Statement


def entry_date_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find what an entry or message opens or escalates at its own time."""
    above: Statement | None = None
    own = document_day(statements)
    for statement in statements:
        if not statement.is_past:
            if above is not None and above.role is Role.SPEAKER:
                yield from _below_head(statement)
            yield from _of_entry(statement)
            yield from _by_the_clock(statement, statement.said or own)
        above = statement


_THIS = tuple(
    f"{verb} {what}" for verb in ("escalate", "escalated") for what in ("this", "it", "the")
)


@cache
def _now_escalated() -> re.Pattern[str]:
    """Compile ``we escalate this`` in an entry that has its date above."""
    return re.compile(
        r"\b(?:we|i|customer|they)(?: now| hereby)? escalated? (?:this|it|the)\b", re.IGNORECASE
    )


@cache
def _happened() -> re.Pattern[str]:
    """Compile what opens an entry that opens or escalates a case."""
    return re.compile(
        r"(?:(?:case|ticket|incident|call|customer)(?: \S{0,20}[0-9]\S{0,20})? )?"
        r"(?:(?P<created>opened|created|raised|(?:open|reported|logged|registered)(?=\W))"
        r"|(?P<escalated>escalate[sd]|escalation|esc(?:al)?(?=\W)))\b"
        r"(?P<noun> (?:level|tier|path|contact|manager|team|lead|number|id)\b)?",
        re.IGNORECASE,
    )


_ASKED = ("opened ", "opens ", "raised ", "raises ", "for escalation", "escalation.", "escalates")


@cache
def _asked_for() -> re.Pattern[str]:
    """Compile ``we opened report 12`` and ``we asked for escalation`` in an entry."""
    return re.compile(
        r"\b(?:(?P<created>(?:open(?:s|ed)|rais(?:es|ed)) (?:(?:the |a |this |our )?"
        r"(?:report|case|ticket|incident)\b|#?[a-z]{0,6}[-/]?[0-9]{2,8}))"
        r"|(?P<escalated>(?:asked|called) for (?:an |the )?escalation|"
        r"escalates(?= (?:it|this|the case|to)\b|[.!]?$)))",
        re.IGNORECASE,
    )


def _of_entry(statement: Statement) -> Iterator[Candidate]:
    """Take the time of an entry for what it says: ``OPENED``, ``We escalate this.``."""
    entry = statement.block.entry
    told = None
    if entry is not None and statement.passage.pieces[0] == statement.block.passage.pieces[0]:
        told = _happened().match(statement.text)
        plain = told is not None and told[0].lower().split()[-1] in _PLAINLY
        told = told if entry.told or (plain and told and not told["noun"]) else None
    if told is None and entry is not None and holds(statement.lower, _ASKED):
        told = _asked_for().search(statement.text)
    match = told or (_now_escalated().search(statement.text) if _escalates(statement) else None)
    if match is None or find_stamps(statement.text) or first_clock(statement.text):
        return
    fact = "created" if told and told["created"] else "escalated"
    if statement.said is not None and entry is not None and entry.stamp is not None:
        yield from _said_then(statement, fact, Weight.STATED if entry.told else Weight.LIKELY)
        return
    for heading in reversed(statement.headings):
        for stamp in find_stamps(heading)[:1]:
            found = offer(statement, fact, stamp.iso(), Weight.LIKELY, match.span())
            if found.value is not None:
                yield found._replace(stamp=stamp)
            return


def _below_head(statement: Statement) -> Iterator[Candidate]:
    """Take the time in the head of a message that opens with what happened: ``Opened for ...``."""
    told = _happened().match(statement.text)
    said = statement.said
    if told is None or told["noun"] or said is None or not is_known(said) or said.clock is None:
        return
    if told[0].lower().split()[-1] not in _PLAINLY or find_stamps(statement.text):
        return
    if first_clock(statement.text) is not None or holds(statement.lower, _DAYS):
        return
    fact = "created" if told["created"] else "escalated"
    found = offer(statement, fact, said.iso(), Weight.LIKELY, told.span())
    yield found._replace(stamp=said)


_DAYS = ("today", "yesterday", "this morning", "last ", "earlier")
_PLAINLY = frozenset({"opened", "created", "raised", "escalated", "escalation"})
"""Verbs that need not be the event word of an entry."""


def _escalates(statement: Statement) -> bool:
    """Whether an entry may say that somebody escalates now."""
    return holds(statement.lower, _THIS)


def _said_then(statement: Statement, fact: str, weight: Weight) -> Iterator[Candidate]:
    """Take the time before an entry, with the day stated above it."""
    said, entry = statement.said, statement.block.entry
    if said is None or said.day is None or said.yearless or entry is None or entry.stamp is None:
        return
    line = statement.passage.pieces[0][1]
    words = line.excerpt(entry.stamp.start, entry.stamp.end)
    found = offer(statement, fact, said.iso(), weight, (0, len(statement.text)))
    yield found._replace(text=words, stamp=said)


@cache
def _at_clock() -> re.Pattern[str]:
    """Compile ``opened ... at 06:55``: a time of day without a date behind its verb."""
    return re.compile(
        r"\b(?:(?P<escalated>escalat(?:ed|ing)|(?:raised|declared|filed) (?:the|an) escalation)|"
        r"(?P<created>opened|created|raised|reported|logged))\b"
        r"(?:(?!\b(?:opened|created|raised|reported|logged|escalated)\b)[^.;]){0,70}?"
        r"(?<![0-9:])(?=[0-9]{1,2}:[0-9]{2})",
        re.IGNORECASE,
    )


@cache
def _clock_before() -> re.Pattern[str]:
    """Compile ``at 15:30 BST their director escalated it``: the time stands before its verb."""
    return re.compile(
        r"\b[Aa]t (?=[0-9]{1,2}:[0-9]{2}(?: [A-Z]{2,5})?,? (?:(?!and\b)[a-z']+ ){1,4}?"
        r"(?:(?P<escalated>escalated)|opened) (?:it|this|the|that|to)\b)"
    )


def _by_the_clock(statement: Statement, said: Stamp | None) -> Iterator[Candidate]:
    """Find ``opened at 06:55`` in a message of a known day, or in a text that gives its day."""
    if said is None or said.day is None or said.yearless or ":" not in statement.text:
        return
    behind = _clock_before().finditer(statement.text)
    for match in (*_at_clock().finditer(statement.text), *behind):
        clock = clock_at(statement.text, match.end())
        told = any(one.start <= match.end() < one.end + 2 for one in find_stamps(statement.text))
        earlier = "yesterday" in match[0].lower()
        if clock is None or told or earlier or not match.lastgroup:
            continue
        stamp = clock._replace(day=said.day, zone=clock.zone or said.zone)
        yield dated(statement, match.lastgroup, stamp, Weight.LIKELY, None)
