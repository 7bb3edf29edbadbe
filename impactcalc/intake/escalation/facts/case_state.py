"""The state of a case: the words of its status line."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, offer
from impactcalc.intake.escalation.facts.grades import ARROWS
from impactcalc.intake.escalation.facts.identity import unquoted
from impactcalc.intake.escalation.facts.literal import literal, marked
from impactcalc.intake.escalation.figures.dates import find_stamps, first_clock, sortable
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.entry_states import entry_state, is_entry_head
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.untold import is_untold
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement


@cache
def _said() -> re.Pattern[str]:
    """Compile ``the status today is on hold``, ``changed the status to Resolved``."""
    return re.compile(
        r"\bstatus(?: today| now| currently| right now)? (?:is|remains)(?: now| currently)?:? "
        r"[\"']?([^\"'.;]{2,60})|"
        r"\b(?:status|state)(?: (?:has been|was|is|now))?(?: set| changed| moved| went)?"
        r"(?: from [\"']?(?-i:[A-Z])[^\"'.;|]{1,30}?[\"']?)? to [\"']?"
        r"((?-i:[A-Z])[^\"'.;|]{1,40})|\bstate (?:is|remains)(?: now)? ((?-i:[A-Z])[^\"'.,;|"
        r"]{1,40})|"
        r"\| ?(?:state|status) ((?-i:[A-Z])[^|]{1,40}?) ?(?=\||$)|"
        r"\b(?:state|status):? (?:from )?(?-i:[A-Z])[A-Za-z -]{1,30} ?"
        r"(?:->|=>|\u2192) ?((?-i:[A-Z])[^\"'.;|]{1,40})|"
        r"\b(?:ticket|case|incident)(?: is)?(?: still)? currently "
        r"((?-i:[A-Z])[a-z]+(?: [A-Z]?[a-z]+)?)"
        r"(?= pending| until| while|[.,;]|$)",
        re.IGNORECASE,
    )


@cache
def _quoted() -> re.Pattern[str]:
    """Compile ``the ticket is currently "In repair"``, ``state of the case set to "Stable"``."""
    return re.compile(
        r"\b(?:status|state|ticket|case|portal|record|matter|it)\b[^\".]{0,48}?\b(?:is|as|says|"
        r"shows|"
        r"reads|at|to|status|state|marked|now|currently)(?: now| currently)?:? \""
        r"(?:(?:current )?(?:status|state): )?([^\"]{2,60}?)\.?\"",
        re.IGNORECASE,
    )


@cache
def _labelled() -> re.Pattern[str]:
    """Compile a label behind other words: ``Severity 2. State at this date: In repair``."""
    return re.compile(
        r"(?:^|[.;,|] +|\"|[0-9:]{4,8} +)(?:[Cc]urrent |[Cc]ase |[Tt]icket |[Oo]verall "
        r")?(?:[Ss]tatus|"
        r"[Ss]tate)(?: of (?:(?:the|this|our|your) )?(?:case|ticket|matter|incident|file|record|"
        r"escalation|complaint|dossier|fault|notice|request)| at (?:the date of this record|"
        r"the end of (?:the|this) [a-z]+|[0-9:]+)| for the (?:[a-z]+ )?page"
        r"| as of [0-9:.]+| today| now)?: \"?([A-Za-z][^\";.|]{1,60}?)(?= *(?:$|[\";.|]|  ))"
    )


@cache
def _headed() -> re.Pattern[str]:
    """Compile the state at the end of an entry's heading: ``4 May, 10:00 - State: In repair``."""
    return re.compile(
        r"[-,|] (?:[Cc]urrent |[Oo]verall |[Nn]ew )?(?:[Ss]tate|[Ss]tatus)(?: is)?: "
        r"([A-Za-z][^:.]{1,60})$"
    )


_CUES = ("status", "state", "currently", "portal", "marked")


def _in_passing(statement: Statement) -> re.Match[str] | None:
    """Find the words of a status in a sentence."""
    if not holds(statement.lower, _CUES):
        return None
    text = statement.text
    told = holds(statement.lower, ("status", "state", "portal", "currently", "marked"))
    quoted = _quoted().search(text) if '"' in text and told else None
    labelled = _labelled().search(text)
    if labelled and re.search(_FINITE, labelled[1]):
        labelled = None  # "State at 09:30: the restore is running"
    return quoted or labelled or _said().search(text)


_FINITE = r"\b(?:is|are|was|were|has|have|will)\b"


def _of_entry(statement: Statement) -> Iterator[Candidate]:
    """Take the event word of an entry that tells the state: ``20:05 | Monitoring | ...``."""
    entry, passage = statement.block.entry, statement.block.passage
    if entry is not None and entry.state[1] and statement.passage.pieces[0] == passage.pieces[0]:
        line = passage.pieces[0][1]
        words = line.excerpt(*entry.state)
        found = offer(statement, "status", words, Weight.HINT, (0, 1))
        yield found._replace(line=line.number, text=words)


def _noted_at(statement: Statement) -> str:
    """Give the moment in a label, ``Status at 14:00``, ``Status on 4 May``, as sortable text."""
    label = statement.label
    if not label.startswith(_NOTED) or DIGITS.isdisjoint(label) or not statement.start:
        return ""
    head = statement.text[: statement.start]
    clock = first_clock(head)
    stamps = find_stamps(head) or ([clock] if clock else [])
    return sortable(stamps[0]) if stamps else ""


_NOTED = ("status", "state", "current st", "case st", "ticket st")


def _as_noted(statement: Statement, noted: str) -> Iterator[Candidate]:
    """Take the state of a moment, if it is one and no sentence: the newest of them counts."""
    span = unquoted(statement, statement.start)
    words = statement.text[slice(*span)].rstrip(" .")
    span = (span[0], span[0] + len(words))
    if words and not re.search(_FINITE, words) and not _is_none(words):
        value = statement.passage.written(*span)
        yield offer(statement, "status", value, Weight.LIKELY, span)._replace(when=noted)


def _is_none(value: str) -> bool:
    """Whether what stands behind a label is no state: a code, a part of a country, a pointer."""
    lower = value.lower().strip(" .")
    return (
        is_untold(value) or not any(map(str.isalpha, value)) or lower in _COUNTRY or _is_code(value)
    )


_COUNTRY = word_set(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia "
    "hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts "
    "michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon "
    "pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming bavaria "
    "victoria"
)
"""Parts of countries: ``State: Texas`` is an address."""


def _is_code(value: str) -> bool:
    """Whether a value is the answer of a program: ``503 Service Unavailable``."""
    first = value.split(" ", 1)[0]
    return first.isdigit() and len(first) == len("503")


def _behind_label(statement: Statement) -> int:
    """Give where a value begins behind a second label: ``status   Current state: On hold``."""
    label, colon, _ = statement.value.partition(": ")
    again = bool(colon) and field_of(label) == "status"
    start = statement.start + len(label) + len(colon) if again else statement.start
    arrow = next((arrow for arrow in ARROWS if f" {arrow} " in statement.text[start:]), "")
    return statement.text.rindex(arrow) + len(arrow) if arrow else start  # "Open -> Resolved"


def _of_heading(statement: Statement) -> Iterator[Candidate]:
    """Take the state that the heading of a dated entry ends with."""
    if is_entry_head(statement.text):
        at = statement.lower.rindex(state := entry_state(statement.text))
        span = (at, at + len(state))
        told = state != "update" and statement.text[0] != "["
    else:
        match = _headed().search(statement.text) if "tat" in statement.text else None
        told = match is not None
        span = match.span(1) if match else (0, 0)
    if told and statement.when:
        yield offer(statement, "status", statement.passage.written(*span), Weight.HINT, span)


def status_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the words of the status line."""
    for statement in statements:
        yield from _of_entry(statement)
        label = statement.label.partition(" (")[0]  # "Status (C-77)"
        exact = statement.field == "status" and not any(map(str.isdigit, label))
        exact = exact and not (label != statement.label and re.search(_FINITE, statement.value))
        if exact and statement.start:
            start, end = unquoted(statement, _behind_label(statement))
            sentence = statement.text[:end].rstrip().endswith(".") and end > start + 1
            span = (start, len(statement.text[:end].rstrip()) - sentence)
            value = literal(statement, *span)
            if value and statement.role is not Role.HEADING and not _is_none(value):
                found = offer(statement, "status", value, Weight.STATED, span)
                yield found._replace(note=marked(statement, *span))
        elif noted := _noted_at(statement):
            yield from _as_noted(statement, noted)
        elif statement.role is Role.HEADING:
            yield from _of_heading(statement)
        elif not statement.is_past:
            match = _in_passing(statement)
            if match and match.lastindex:
                span = match.span(match.lastindex)
                value = statement.passage.written(*span)
                yield offer(statement, "status", value, Weight.LIKELY, span)
