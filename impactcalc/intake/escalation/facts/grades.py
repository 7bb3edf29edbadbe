"""How grave a case is: its priority."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.untold import is_untold
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_PRIORITY_BY_NUMBER = {0: "critical", 1: "critical", 2: "high", 3: "medium", 4: "low", 5: "low"}
_PRIORITY_WORDS = ("critical", "high", "medium", "low")
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


@cache
def _priority_pattern() -> re.Pattern[str]:
    """Compile ``P1``, ``Sev-2``, ``severity 3``, ``priority 1``."""
    return re.compile(r"\b(?:p|prio|priority|s|sev|severity)[ -]?([0-9])\b", re.IGNORECASE)


@cache
def _grade() -> re.Pattern[str]:
    """Compile ``Sev-2``, ``P1``, ``priority two``, ``severity is 3`` in a sentence."""
    return re.compile(
        r"\b(?:(?:[Ss][Ee][Vv](?:erity)?|[Pp]rio(?:rity)?)(?: is| was| now| has been| been| set|"
        r" (?:lower|rais|reduc|chang|mov|upgrad|downgrad|dropp)ed(?: from [a-zA-Z-]{0,4}[0-9])?"
        r"| to)*"
        r"[ :-]{0,2}(?:sev-?|Sev-?|SEV-?|[Pp])?[\"']?"
        r"([0-9]|one|two|three|four)|P[ -]?([0-9]))\b(?![.,]?[0-9%])"
    )


@cache
def _rated() -> re.Pattern[str]:
    """Compile ``we treat it as critical``, ``you class it as "high"``, ``with high priority``."""
    grade = r"(critical|high|medium|low|urgent|major|minor|normal)"
    return re.compile(
        r"\b(?:(?:treat|handl(?=ed|ing)|handle|class|classif(?:y|i)|rate|grade|rank|log|record|mark|run)"
        r"(?:s|ed|es|ing)?(?: (?:it|this|the case|the matter|the ticket|them))?(?: as|:)? (?:a )?"
        rf"|prio(?:rity)?(?: is| was set to|) |raised to |prio is |"
        rf"from (?:critical|high|medium|low) to )[\"']?{grade}\b(?! (?:on|in|for|"
        rf"number|time|cost))|(?:^|\b(?:with|at|has|as a|as|given|of|is|it's|is a) )(?:a )?{grade} "
        r"priority\b(?! (?:support|access|queue|boarding|list|pass|mail|lane|customers?))"
    )


def priority_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the priority; never the line on business impact."""
    for statement in statements:
        if statement.field == "priority" and statement.start:
            start = _changed_to(statement)
            yield from _labelled(statement, start)
        elif not statement.is_past and statement.topic is not Topic.IMPACT:
            yield from _priority_in_passing(statement)


def _labelled(statement: Statement, start: int) -> Iterator[Candidate]:
    """Take the grade behind a label; refuse what is no word, and one of two."""
    written = statement.text[start : statement.stop]
    if is_untold(written):
        return
    value = _priority(written)
    weight = Weight.STATED if statement.label.startswith("pr") else Weight.LIKELY
    found = offer(statement, "priority", value, weight, (start, statement.stop))
    other, beside = _other_grade(written, value)
    message = f"'{found.text}' may be {value} or {other}" if other else ""
    if not _is_word(value):
        yield doubtful(found, f"'{found.text}' is read as no priority")
    elif beside:
        yield doubtful(found, message)
    else:
        yield found._replace(note=message)


def _is_word(value: str) -> bool:
    """Whether a priority is one of few words in letters."""
    letters = value.replace(" ", "").replace("-", "")
    return letters.isalpha() and len(letters) > _SHORTEST and value.count(" ") < _LONGEST


_SHORTEST = 2  # letters of a grade
_LONGEST = 4  # words of a grade


def _other_grade(written: str, value: str) -> tuple[str, bool]:
    """Give the second grade of ``P1 / P3`` or ``2 - Medium``, and whether it is an alternative."""
    second = _alternative().search(written.partition("(")[0])
    other = _priority(second[2]) if second else ""
    return (other, second[1] != "-") if second and other != value else ("", False)


@cache
def _alternative() -> re.Pattern[str]:
    """Compile a second grade beside a first one: ``/ P3``, ``or low``, ``- high``."""
    return re.compile(
        r"([/|?-]|\bor\b) *((?:p|s|sev|severity|prio|priority)[ -]?[0-9]\b|[0-9]\b|"
        r"critical\b|high\b|medium\b|low\b)",
        re.IGNORECASE,
    )


def _changed_to(statement: Statement) -> int:
    """Give where the value of a label begins; of ``raised from SEV3 to SEV2`` the last one."""
    value = statement.text[statement.start : statement.stop].lower()
    if arrow := next((arrow for arrow in ARROWS if arrow in value), ""):
        return statement.start + value.rindex(arrow) + len(arrow)
    start, mark, _ = value.partition(" from ")
    if not mark or not holds(start, _CHANGES):
        return statement.start
    at = value.find(" to ", len(start))
    return statement.start + (at + len(" to ") if at > 0 else 0)


def _priority(value: str) -> str:
    """Give the word for a written priority.

    Examples
    --------
    >>> _priority("P1 / Sev-1"), _priority("3 - Moderate"), _priority("Urgent"), _priority("High")
    ('critical', 'medium', 'urgent', 'high')
    """
    match = None
    if not DIGITS.isdisjoint(value):
        match = _priority_pattern().search(value) or _bare_number().match(value)
    if match:
        return _PRIORITY_BY_NUMBER.get(int(match[1]), value.strip().lower())
    words = re.findall(r"[a-z]+", value.lower())
    known = [word for word in words if word in _PRIORITY_WORDS]
    if known:
        return str(known[0])
    return str(re.split(r"[,;(/-]", value.strip().lower())[0]).strip()


@cache
def _bare_number() -> re.Pattern[str]:
    """Compile a number at the begin of a grade, or in brackets behind one word: ``hoch (2)``."""
    return re.compile(r"(?:(?!\s*-[0-9])\W{0,3}|\s*[^\W\d]{1,20} [(\[-] ?)([0-9])\b(?![.,]?[0-9%])")


def may_grade(statement: Statement) -> bool:
    """Whether ``sev`` or ``prio`` stands in a statement, or a figure after a ``P``."""
    numbered = statement.has_digits or not statement.words.isdisjoint(NUMBERS)
    return (numbered and holds(statement.lower, ("sev", "prio"))) or any(
        rest.lstrip(" -")[:1].isdigit() for rest in statement.text.split("P")[1:]
    )


_GRADES = (*_PRIORITY_WORDS, "urgent", "major", "minor", "normal")
_RATING = (
    *("priorit", "treat", "prio ", "rate", "class", "raised to ", "handle", "grade", "rank"),
    *("log", "record", "mark", "run ", " to critical", " to high", " to medium", " to low"),
)
_CHANGES = (
    *("upgraded", "downgraded", "raised", "lowered", "changed", "bumped", "promoted", "make it"),
    *(
        "s now",
        "a now",
        " now a p",
        "p1 now",
        "p2 now",
        ", not ",
        "instead of",
        "rather than",
        "correct the ticket",
        "no longer",
        "made it",
        "agreed on",
        "is correct",
    ),
)


SUPPOSING = frozenset({"if", "unless", "would", "could", "might", "threatens", "otherwise"})


def _is_only_named(lower: str, grade: re.Match[str]) -> bool:
    """Whether a grade is that of another day, is supposed, or is told what it means."""
    before = re.split(r"[,;:.] ", lower[: grade.start()])[-1]
    if before.endswith(_OF_THEN) or not SUPPOSING.isdisjoint(before.split()):
        return True
    return _means().match(lower, grade.end()) is not None


_OF_THEN = ("last week's ", "yesterday's ", "last month's ", "last year's ", "previous ", "every ")


@cache
def _means() -> re.Pattern[str]:
    """Compile what tells the meaning of a grade: ``A P1 call has a target of``."""
    return re.compile(
        r"s?(?: (?:calls?|tickets?|cases?|incidents?|issues?|faults?))?"
        r" (?:definition|means|target|requires?|(?:has|have) a target|must be|"
        r"is defined|response)\b"
    )


ARROWS = ("->", "=>", "\u2192", ">>")
_NO_MORE = ("not ", "not a ", "instead of ", "rather than ", "no longer ", "no longer a ")


@cache
def _given_up() -> re.Pattern[str]:
    """Compile what stands before a grade that was, or that somebody only names or wants."""
    return re.compile(
        r"\b(?:called|calls?|lists?|listed|said|says|came in|entered|opened|filed|was|were|been|"
        r"formerly|previously|before|from|asks? for|asked for|wants?|wanted|demands?|demanded|"
        r"requested|would like|first|initially)(?: (?:it|this|a|as|at|to be|the ticket|on|still|"
        r"had|only)){0,3} [\"']?$"
    )


def _priority_in_passing(statement: Statement) -> Iterator[Candidate]:
    """Find ``sev1`` or ``we treat it as critical`` in a sentence; a change beats what stood."""
    changed = holds(statement.lower, _CHANGES)
    found: tuple[str, tuple[int, int]] | None = None
    left = True
    for match in _grade().finditer(statement.text) if may_grade(statement) else ():
        number = match[1] or match[2]
        value = _PRIORITY_BY_NUMBER.get(NUMBERS.get(number) or int(number), "")
        before = statement.lower[: match.start()]
        if not value or before.endswith(_NO_MORE) or _is_only_named(statement.lower, match):
            continue
        given_up = _given_up().search(before) is not None
        after = statement.lower[match.end() :]
        changed = changed or before.rstrip().endswith(ARROWS) or after.startswith(" now")
        given_up = given_up and not after.startswith(" now")
        if found is None or (left and not given_up) or (changed and not given_up):
            found, left = (value, match.span()), given_up
    if (
        found is None
        and not statement.words.isdisjoint(_GRADES)
        and holds(statement.lower, _RATING)
    ):
        rated = _rated().search(statement.lower)
        found, left = ((rated[1] or rated[2], rated.span()) if rated else None), False
    if found is not None:
        weight = Weight.CORRECTED if changed and statement.has_digits else Weight.LIKELY
        weight = Weight.HINT if left else weight
        yield offer(statement, "priority", found[0], weight, found[1])
