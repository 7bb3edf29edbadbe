"""Which case: its number."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, offer
from impactcalc.intake.escalation.facts.levels import is_bare_level
from impactcalc.intake.escalation.figures.dates import find_stamps
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds, may_hold, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_TITLE_LINES = 4
_LONGEST_GRADE = 7  # "level 2"


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
        r"\b(?:ticket|case|incident|escalation|reference|ref)\b[ :(,]{0,3}"
        r"(?:(?:number|no|nr|id|ref|is)\b(?!-)[.: ]{0,2}){0,2}"
        r"(#?[A-Za-z]{0,10}[-/]?[A-Za-z0-9_]*[0-9][A-Za-z0-9_]*(?:[-/.][A-Za-z0-9]+)*)",
        re.IGNORECASE,
    )


@cache
def _title_id() -> re.Pattern[str]:
    """Compile a number that opens a title: ``CE1004 - ...``, ``[INC-7] ...``."""
    return re.compile(
        r"[\[(]?"
        r"((?:ESC|INC|CASE|CE|SR|PRB) [0-9]{3,}(?![0-9:./-])|"
        r"#?[A-Z]{1,10}[-_]?[0-9][A-Za-z0-9-]*|#[0-9]+|[0-9]{5,})[\])]?(?=[ :-]|$)"
    )


_WORK_ITEMS = (
    *("bug", "defect", "issue", "task", "story", "work", "job", "complaint", "request"),
    "problem",
)
_LONGEST_ITEM = max(map(len, _WORK_ITEMS))


@cache
def _work_item() -> re.Pattern[str]:
    """Compile what may stand before the number of a title: ``Bug 4711``, ``Task no. T-12``."""
    return re.compile(
        r"(?i:bug|defect|issue|task|story|work ?order|job|complaint|request|problem) "
        r"(?:no\.? |number )?(?=\S{0,8}[0-9])"
    )


def _title_number(text: str) -> re.Match[str] | None:
    """Find the number that opens a title, behind a word for what has it."""
    may_be = may_hold(text[:_LONGEST_ITEM].lower(), _WORK_ITEMS)
    item = _work_item().match(text) if may_be else None
    return _title_id().match(text, item.end() if item else 0)


def is_title(statement: Statement) -> bool:
    """Whether a statement is one of the first lines or a top heading."""
    return statement.order < _TITLE_LINES or (
        statement.role is Role.HEADING and statement.block.depth <= 1
    )


def second_title(statements: Sequence[Statement]) -> int:
    """Give the line of a title far below the top that names another case; 0 if none does.

    ``CE77 - Customer Escalation Summary`` below ``CE70 - Customer Escalation Summary``.
    """
    numbers: list[str] = []
    for statement in statements:
        number, dash, kind = statement.text.partition(" - ")
        titled = bool(dash) and kind.lower().endswith(_TITLES) and not statement.is_past
        if titled and _title_id().fullmatch(number):
            if numbers and number not in numbers:
                return statement.passage.line
            numbers.append(number)
        elif statement.field == "id" and not numbers and statement.order < _HEAD:
            numbers.append(statement.value.strip())
    return 0


_TITLES = ("escalation summary", "incident summary", "incident report", "escalation report")


def id_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the ticket's number."""
    asked = False  # "Do you have a case number?"
    for statement in statements:
        text = statement.text
        question, asked = asked, text.endswith("?") and holds(statement.lower, _ASKED)
        if not statement.has_digits or statement.is_past:
            continue
        if question:
            yield from _answer(statement)
        if statement.field == "id" and statement.start:
            match = _id_pattern().match(text, _behind_noun(statement))
            level = statement.label == "escalation" and is_bare_level(statement.value)
            named = match is not None and not (level or _is_labelled(match[0]))
            if match and named and not (_is_date(text, match.start()) or _is_grade(match[0])):
                yield offer(statement, "id", match[0], Weight.STATED, match.span())
                continue
        if is_title(statement):
            match = _title_number(text)
            named = match is not None and not match[1].lower().startswith(_NO_IDS)
            if match and named and _looks_like_id(match[1]) and not _is_date(text, 0):
                yield offer(statement, "id", match[1], Weight.LIKELY, match.span(1))
        yield from _in_head(statement)
        yield from _behind_its_name(statement)


def _behind_noun(statement: Statement) -> int:
    """Give where a label's number begins behind the word for it: ``Our reference: case 77/26``."""
    start = unquoted(statement, statement.start)[0]
    word = statement.text[start:].partition(" ")[0]
    named = word.lower() in _NAMING and not word.isupper()
    return start + len(word) + 1 if named else start


def _behind_its_name(statement: Statement) -> Iterator[Candidate]:
    """Find ``our case ESC-881``; not "in the worst case 300 users"."""
    named = _may_name_id(statement.lower)
    for match in _named_id().finditer(statement.text) if named else ():
        supposed = statement.lower[: match.start()].endswith(_SUPPOSED_CASES)
        is_id = _looks_like_id(match[1]) and not _is_date(statement.text, match.start(1))
        if is_id and not supposed:
            yield offer(statement, "id", match[1], Weight.LIKELY, match.span(1))


@cache
def _shaped_id() -> re.Pattern[str]:
    """Compile a number by its shape alone: ``INC-7731``, ``[26-0388]``, ``#4471``."""
    return re.compile(
        r"\[([A-Z0-9][\w/-]{0,30}[0-9])\]"
        r"|(?<![\w./-])(#?[A-Z]{2,10}[-_/]?[0-9]{2,12}(?:[-/][A-Za-z0-9]{1,12}){0,3}|#[0-9]{3,12}"
        r"|[0-9]{2}-[0-9]{4,8}|[0-9]{3,8}-[A-Z]{1,3})(?![\w-])"
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


@cache
def _opened_id() -> re.Pattern[str]:
    """Compile a number of letters and digits right behind its verb: ``opened 7741-TQ today``."""
    return re.compile(
        r"\b(?:opened|raised|logged|filed|registered|escalated|(?:take|taking|took) over|"
        r"(?:pick|picking|picked) up) "
        r"(#?[A-Z]{1,8}[-/]?[0-9]{2,8}(?:[-/][A-Z0-9]{1,8})?|#?[0-9]{2,8}[-/][A-Z]{1,6})(?![\w-])"
    )


_GIVEN = (" as ", " as:", " under", "number", "no.", "ref")
_OPENING = (
    *("opened ", "raised ", "logged ", "filed ", "registered ", "escalated ", " over ", " up "),
)
_NO_IDS = (
    *("utc", "utf", "iso", "sha", "aes", "rfc", "tls", "gmt", "q1", "q2", "q3", "q4", "covid"),
    *("cve", "cwe", "kb-", "kb4", "kb5", "isbn", "iban", "vat", "fw-", "sn-", "s/n", "gdpr"),
)
_OTHER_NUMBERS = word_set(
    "build version release room model part order flight invoice change serial firmware iban "
    "postcode zip contract policy asset licence article clause section bulletin advisory patch "
    "standard po quote shipment batch lot train gate bus route vessel unit machine device pump "
    "problem form vehicle phone tel fax bay well kiln"
)
"""Words before numbers of other things: ``Build 4471-K``."""
_HEAD = 8  # statements in which a number by its shape alone may be the ticket's


def _in_head(statement: Statement) -> Iterator[Candidate]:
    """Take a number that a verb gives, or one that only its shape tells, near the top."""
    given = statement.has_digits and may_hold(statement.lower, _GIVEN)
    for match in _given_id().finditer(statement.text) if given else ():
        if _looks_like_id(match[1]) and not _is_date(statement.text, match.start(1)):
            yield offer(statement, "id", match[1], Weight.LIKELY, match.span(1))
    opened = statement.has_digits and may_hold(statement.lower, _OPENING)
    for match in _opened_id().finditer(statement.text) if opened else ():
        yield offer(statement, "id", match[1], Weight.LIKELY, match.span(1))
    if statement.order >= _HEAD or statement.topic is Topic.PLAN:
        return
    for match in _shaped_id().finditer(statement.text):
        group = 1 if match[1] else 2
        word = match[group]
        before = statement.lower[: match.start(group)].rstrip().rpartition(" ")[2]
        named = _looks_like_id(word) and not word.lower().startswith(_NO_IDS)
        named = named and before not in _OTHER_NUMBERS
        if named and not _is_date(statement.text, match.start(group)):
            yield offer(statement, "id", word, Weight.HINT, match.span(group))


_SUPPOSED_CASES = tuple(f"{word} " for word in ("worst", "best", "any", "each", "every", "that"))
_ASKED = ("case number", "ticket number", "case id", "reference number", "a reference", "a case")


def _answer(statement: Statement) -> Iterator[Candidate]:
    """Take the number that answers a question for it: ``Yes, it is 60717.``."""
    for match in re.finditer(
        r"(?<![\w.,/-])#?[A-Z0-9]{0,10}-?[0-9]{4,12}(?![\w,/-])", statement.text
    ):
        if not _is_date(statement.text, match.start()):
            yield offer(statement, "id", match[0], Weight.LIKELY, match.span())
            return


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
    if _is_grade(word):
        return False
    shaped = "-" in word or "/" in word or "#" in word or (word[0].isalpha() and word[:1].isupper())
    return digits > 0 and (shaped or digits > 3)  # noqa: PLR2004 - up to 999 may be a count


def _is_grade(word: str) -> bool:
    """Whether a word is a level, priority or version: ``L2``, ``Sev-1``, ``level 2``."""
    return len(word) <= _LONGEST_GRADE and bool(
        re.fullmatch(r"(?:p|s|sev|l|v|level|tier|stage|prio)[ -]?[0-9]", word, re.IGNORECASE)
    )


def _is_labelled(word: str) -> bool:
    """Whether words are another label with its value: ``priority 1``."""
    label, blank, _ = word.partition(" ")
    return bool(blank) and field_of(label) not in {"", "id"}


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
