"""Who and which: number, customer, priority, status line and escalation level."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.block import Role
from impactcalc.intake.escalation.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.dates import find_stamps
from impactcalc.intake.escalation.sections import Topic, entry_state, is_entry_head
from impactcalc.intake.escalation.vocabulary import DIGITS, holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.statements import Statement

_TITLE_LINES = 4
_PRIORITY_BY_NUMBER = {0: "critical", 1: "critical", 2: "high", 3: "medium", 4: "low", 5: "low"}
_PRIORITY_WORDS = ("critical", "high", "medium", "low")
_HIGHEST_LEVEL = 9
_LONGEST_GRADE = 5  # "Sev-1"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}


@cache
def _id_pattern() -> re.Pattern[str]:
    """Compile a number as ticket systems write it: it holds a digit and no blank."""
    return re.compile(
        r"#?(?:[A-Za-z]{1,10}[ /-]?)?[A-Za-z0-9_]{0,30}[0-9][A-Za-z0-9_]{0,30}"
        r"(?:[-./][A-Za-z0-9]{1,30}){0,6}"
    )


@cache
def _named_id() -> re.Pattern[str]:
    """Compile a number after the word that names it: ``our case ESC-881``, ``(number 55-B)``."""
    return re.compile(
        r"\b(?:ticket|case|incident|escalation|reference|ref)\b[ :(]{0,3}"
        r"(?:(?:number|no|nr|id|ref|is)\b(?!-)[.: ]{0,2}){0,2}"
        r"(#?[A-Za-z]{0,10}[-/]?[A-Za-z0-9_]*[0-9][A-Za-z0-9_]*(?:[-/][A-Za-z0-9]+)*)",
        re.IGNORECASE,
    )


@cache
def _title_id() -> re.Pattern[str]:
    """Compile a number that opens a title: ``CE1004 - ...``, ``[INC-7] ...``."""
    return re.compile(
        r"[\[(]?((?:ESC|INC|CASE|CE|SR|PRB) [0-9]{3,}(?![0-9:./-])|"
        r"#?[A-Z]{1,10}[-_]?[0-9][A-Za-z0-9-]*|#[0-9]+|[0-9]{5,})[\])]?(?=[ :-]|$)"
    )


@cache
def _priority_pattern() -> re.Pattern[str]:
    """Compile ``P1``, ``Sev-2``, ``severity 3``, ``priority 1``."""
    return re.compile(r"\b(?:p|prio|priority|s|sev|severity)[ -]?([0-9])\b", re.IGNORECASE)


@cache
def _level_pattern() -> re.Pattern[str]:
    """Compile ``Level 2``, ``L3``, ``tier 2``, ``escalation level: 2`` in a sentence."""
    return re.compile(
        r"\b(?:escalation level|level|tier)(?: is| was| now| set| raised| to){0,4}[ :]{1,3}"
        r"(-?[0-9]+|[ivIV]{1,3})\b|\bL(-?[0-9])\b",
        re.IGNORECASE,
    )


@cache
def _status_sentence() -> re.Pattern[str]:
    """Compile ``the status today is "..."``."""
    return re.compile(
        r"\bstatus(?: today| now| currently| right now)? (?:is|remains)(?: now| currently)?:? "
        r"[\"']?([^\"'.;]{2,60})",
        re.IGNORECASE,
    )


def is_title(statement: Statement) -> bool:
    """Whether a statement is one of the first lines or a top heading."""
    return statement.order < _TITLE_LINES or (
        statement.role is Role.HEADING and statement.block.depth <= 1
    )


def id_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the ticket's number."""
    for statement in statements:
        text = statement.text
        if not statement.has_digits or statement.is_past:
            continue
        if statement.field == "id" and statement.start:
            match = _id_pattern().match(text, unquoted(statement, statement.start)[0])
            if match and not _is_date(text, match.start()):
                yield offer(statement, "id", match[0], Weight.STATED, match.span())
                continue
        if is_title(statement):
            match = _title_id().match(text)
            if match and _looks_like_id(match[1]) and not _is_date(text, match.start()):
                yield offer(statement, "id", match[1], Weight.LIKELY, match.span(1))
        yield from _in_head(statement)
        named = _may_name_id(statement.lower) and not statement.is_past
        for match in _named_id().finditer(text) if named else ():
            if statement.lower[: match.start()].endswith(_SUPPOSED_CASES):
                continue  # "in the worst case 300 users"
            if _looks_like_id(match[1]) and not _is_date(text, match.start(1)):
                yield offer(statement, "id", match[1], Weight.LIKELY, match.span(1))


@cache
def _shaped_id() -> re.Pattern[str]:
    """Compile a number by its shape alone: ``INC-7731``, ``[26-0388]``, ``#4471``."""
    return re.compile(
        r"\[([A-Z0-9][\w/-]{0,30}[0-9])\]"
        r"|(?<![\w./-])(#?[A-Z]{2,10}[-_/]?[0-9]{2,12}(?:[-/][A-Za-z0-9]{1,12}){0,3}|#[0-9]{3,12}"
        r"|[0-9]{2}-[0-9]{4,8})(?![\w-])"
    )


@cache
def _given_id() -> re.Pattern[str]:
    """Compile a number behind the verb that gives it: ``opened today as 26-0388``."""
    return re.compile(
        r"\b(?:(?:opened|logged|registered|filed|recorded|tracked|track|booked|raised|entered)\b"
        r"(?: (?:it|this|today|yesterday|on [0-9]{1,2} [a-z]{3,9}|now)){0,2} (?:as|under)"
        r"|(?:number|no\.|reference|ref\.?))(?: (?:number|no\.?|the number|is|was)){0,2}:? "
        r"(#?[a-z]{0,10}[-/]?[a-z0-9_]*[0-9][a-z0-9_]*(?:[-/][a-z0-9]+){0,4})(?![\w-])",
        re.IGNORECASE,
    )


_NO_IDS = ("utc", "utf", "iso", "sha", "aes", "rfc", "tls", "gmt", "q1", "q2", "q3", "q4", "covid")
_HEAD = 8  # statements in which a number by its shape alone may be the ticket's


def _in_head(statement: Statement) -> Iterator[Candidate]:
    """Take a number that a verb gives, or one that only its shape tells, near the top."""
    for match in _given_id().finditer(statement.text):
        if _looks_like_id(match[1]) and not _is_date(statement.text, match.start(1)):
            yield offer(statement, "id", match[1], Weight.LIKELY, match.span(1))
    if statement.order >= _HEAD or statement.topic is Topic.PLAN:
        return
    for match in _shaped_id().finditer(statement.text):
        group = 1 if match[1] else 2
        word = match[group]
        named = _looks_like_id(word) and not word.lower().startswith(_NO_IDS)
        if named and not _is_date(statement.text, match.start(group)):
            yield offer(statement, "id", word, Weight.HINT, match.span(group))


_SUPPOSED_CASES = tuple(f"{word} " for word in ("worst", "best", "any", "each", "every", "that"))
_NAMING = ("ticket", "case", "incident", "escalation", "reference", "ref")


def _may_name_id(lower: str) -> bool:
    """Whether a word that names a number may have one right after it."""
    if not lower.isascii():
        return True
    return any(_leads_to_digits(rest) for naming in _NAMING for rest in lower.split(naming)[1:])


_LEADS = frozenset({"number", "no", "nr", "id", "ref", "is"})


def _leads_to_digits(rest: str) -> bool:
    """Whether digits follow, with at most two small words before them: ``number is 7``."""
    for word in re.split(r"[ :(.]+", rest.lstrip(" :(."), maxsplit=3)[:3]:
        if not DIGITS.isdisjoint(word):
            return True
        if word not in _LEADS:
            return False
    return False


def _looks_like_id(word: str) -> bool:
    """Whether a word is a number of a ticket and no count: ``9f3c-17``, not ``3``."""
    digits = sum(character.isdigit() for character in word)
    if re.fullmatch(r"[A-Z][0-9]{1,2}", word):
        return False  # the line of a form
    if len(word) <= _LONGEST_GRADE and re.fullmatch(r"(?:p|s|sev|l|v)-?[0-9]", word, re.IGNORECASE):
        return False
    shaped = "-" in word or "/" in word or "#" in word or (word[0].isalpha() and word[:1].isupper())
    return digits > 0 and (shaped or digits > 3)  # noqa: PLR2004 - up to 999 may be a count


def _is_date(text: str, position: int) -> bool:
    """Whether a date begins here."""
    return any(stamp.start == position for stamp in find_stamps(text))


def unquoted(statement: Statement, start: int) -> tuple[int, int]:
    """Give the stretch of a value without quotation marks around it."""
    text = statement.text
    end = statement.stop
    while start < end and text[start].isspace():
        start += 1
    if text[start : start + 1] == '"' and text[end - 2 : end] == '",':
        end -= 1
    if end - start > 1 and text[start] == text[end - 1] and text[start] in "\"'":
        return start + 1, end - 1
    return start, end


def priority_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the priority; never the line on business impact."""
    for statement in statements:
        if statement.field == "priority" and statement.start:
            value = _priority(statement.value)
            span = (statement.start, statement.stop)
            weight = Weight.STATED if statement.label.startswith("pr") else Weight.LIKELY
            if value:
                yield offer(statement, "priority", value, weight, span)
        elif not statement.is_past and statement.topic is not Topic.IMPACT:
            yield from _priority_in_passing(statement)


def _priority(value: str) -> str:
    """Give the word for a written priority.

    Examples
    --------
    >>> _priority("P1 / Sev-1"), _priority("3 - Moderate"), _priority("Urgent"), _priority("High")
    ('critical', 'medium', 'urgent', 'high')
    """
    match = None
    if not DIGITS.isdisjoint(value):
        match = _priority_pattern().search(value) or re.match(r"\W{0,3}([0-9])\b", value)
    if match:
        return _PRIORITY_BY_NUMBER.get(int(match[1]), value.strip().lower())
    words = re.findall(r"[a-z]+", value.lower())
    known = [word for word in words if word in _PRIORITY_WORDS]
    if known:
        return str(known[0])
    return str(re.split(r"[,;(/-]", value.strip().lower())[0]).strip()


def _may_grade(statement: Statement) -> bool:
    """Whether ``sev`` or ``prio`` stands in a statement, or a figure after a ``P``."""
    return holds(statement.lower, ("sev", "prio")) or any(
        rest.lstrip(" -")[:1].isdigit() for rest in statement.text.split("P")[1:]
    )


_GRADES = (*_PRIORITY_WORDS, "urgent", "major", "minor", "normal")
_RATING = (" priority", "treat", "priority ", "prio ", "rated ", "classified as ", "raised to ")


def _priority_in_passing(statement: Statement) -> Iterator[Candidate]:
    """Find ``sev1`` or ``we treat it as critical`` in a sentence."""
    text = statement.text
    match = None
    if statement.has_digits and _may_grade(statement):
        match = re.search(r"\b(?:[Ss][Ee][Vv](?:erity)?|P|[Pp]rio(?:rity)?)[ -]?([0-9])\b", text)
    if match and int(match[1]) in _PRIORITY_BY_NUMBER:
        value = _PRIORITY_BY_NUMBER[int(match[1])]
        yield offer(statement, "priority", value, Weight.LIKELY, match.span())
    if statement.words.isdisjoint(_GRADES) or not holds(statement.lower, _RATING):
        return
    match = re.search(
        r"\b(?:treat(?:ed|ing)? (?:it|this|the case) as|prio(?:rity)?(?: is| was set to|)|rated|"
        r"classified as|raised to|prio is) (critical|high|medium|low|urgent|major|minor|normal)\b",
        statement.lower,
    )
    match = match or re.search(
        r"\b(?:with|at|has|as a) (critical|high|medium|low|urgent) priority\b", statement.lower
    )
    if match:
        yield offer(statement, "priority", match[1], Weight.LIKELY, match.span())


def status_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the words of the status line."""
    for statement in statements:
        exact = statement.field == "status" and not any(map(str.isdigit, statement.label))
        if exact and statement.start:
            span = unquoted(statement, statement.start)
            value = statement.passage.written(*span)
            if value and statement.role is not Role.HEADING:
                yield offer(statement, "status", value, Weight.STATED, span)
        elif statement.role is Role.HEADING and is_entry_head(statement.text):
            at = statement.lower.rindex(state := entry_state(statement.text))
            span = (at, at + len(state))
            value = statement.passage.written(*span)
            if statement.when and state != "update" and statement.text[0] != "[":
                yield offer(statement, "status", value, Weight.HINT, span)
        elif "status" in statement.lower and statement.role is not Role.HEADING:
            match = _status_sentence().search(statement.text)
            if match:
                value = statement.passage.written(*match.span(1))
                yield offer(statement, "status", value, Weight.LIKELY, match.span(1))


def level_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the escalation level."""
    for statement in statements:
        labelled = statement.field == "level" and statement.start > 0
        if not labelled and "level" not in statement.lower and " L" not in f" {statement.text}":
            continue
        if labelled:
            match = re.search(r"-?\b[0-9]+\b|\b[ivIV]{1,3}\b|(?<=[Ll])-?[0-9]\b", statement.value)
            span = (statement.start, len(statement.text))
            word = match[0] if match else ""
        elif "escalat" in statement.lower:
            match = _level_pattern().search(statement.text)
            span = match.span() if match else (0, 0)
            word = (match[1] or match[2]) if match else ""
        else:
            continue
        if word:
            yield _level(statement, word, span, Weight.STATED if labelled else Weight.LIKELY)


def _level(statement: Statement, word: str, span: tuple[int, int], weight: Weight) -> Candidate:
    """Make a candidate of a level in digits or Roman numerals."""
    number = _ROMAN.get(word.lower()) if word.isalpha() else int(word)
    found = offer(statement, "escalation_level", number, weight, span)
    if number is None or not 0 <= number <= _HIGHEST_LEVEL:
        return doubtful(found, f"'{word}' is no escalation level")
    return found
