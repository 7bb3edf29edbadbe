"""How grave a case is, and who deals with it: priority and escalation level."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_PRIORITY_BY_NUMBER = {0: "critical", 1: "critical", 2: "high", 3: "medium", 4: "low", 5: "low"}
_PRIORITY_WORDS = ("critical", "high", "medium", "low")
_HIGHEST_LEVEL = 9
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


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


@cache
def _level_pattern() -> re.Pattern[str]:
    """Compile ``Level 2``, ``L3``, ``tier 2``, ``escalation level: 2`` in a sentence."""
    return re.compile(
        r"\b(?:escalation level|esc\. lvl|level|tier|lvl)(?: is| was| now| set| raised| to){0,4}[ "
        r":]{1,3}"
        r"(-?[0-9]+|[ivIV]{1,3}|one|two|three|four)\b(?! (?:support|sensor|crossing|cache))|"
        r"\bL(-?[0-9])\b(?! (?:cache|support|team|engineer|network|switch|header|miss))",
        re.IGNORECASE,
    )


def priority_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the priority; never the line on business impact."""
    for statement in statements:
        if statement.field == "priority" and statement.start:
            start = _changed_to(statement)
            value = _priority(statement.text[start : statement.stop])
            span = (start, statement.stop)
            weight = Weight.STATED if statement.label.startswith("pr") else Weight.LIKELY
            if value:
                yield offer(statement, "priority", value, weight, span)
        elif not statement.is_past and statement.topic is not Topic.IMPACT:
            yield from _priority_in_passing(statement)


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
    return re.compile(r"(?:\W{0,3}|\s*[^\W\d]{1,20} [(\[-] ?)([0-9])\b(?![.,]?[0-9%])")


def _may_grade(statement: Statement) -> bool:
    """Whether ``sev`` or ``prio`` stands in a statement, or a figure after a ``P``."""
    numbered = statement.has_digits or not statement.words.isdisjoint(_NUMBERS)
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


def _is_only_named(lower: str, grade: re.Match[str]) -> bool:
    """Whether a grade is that of another day, is supposed, or is told what it means."""
    before = re.split(r"[,;:.] ", lower[: grade.start()])[-1]
    if before.endswith(_OF_THEN) or not _SUPPOSING.isdisjoint(before.split()):
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
    for match in _grade().finditer(statement.text) if _may_grade(statement) else ():
        number = match[1] or match[2]
        value = _PRIORITY_BY_NUMBER.get(_NUMBERS.get(number) or int(number), "")
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


_DEALS = (
    *("stays at l", "remains at l", "stays on l", "remains on l", "stays l", "remains l"),
    *("stay at l", "stay on l", "remain at l", "remain on l", "leave it at l", "leave it on l"),
    *("level stays", "level remains", "keep level", "keep it at l", "level is"),
    "escalat",
    "priorit",
    "prio ",
    "sev",
    "duty manager",
    "lvl",
    "in the tool",
)
_NEAR = 2  # statements in which an escalation is spoken of


def level_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the escalation level."""
    spoken = -_NEAR - 1
    for statement in statements:
        if "escalat" in statement.lower:
            spoken = statement.order
        bare = statement.label == "escalation" and is_bare_level(statement.value)
        labelled = (statement.field == "level" or bare) and statement.start > 0
        if not labelled and not _may_level(statement):
            continue
        if labelled:
            match = re.search(
                r"-?\b[0-9]+\b|\b(?:[ivIV]{1,3}|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our)\b|(?<=[Ll])-?[0-9]\b",
                statement.value,
            )
            span = (statement.start, len(statement.text))
            word = match[0] if match else ""
        elif (
            statement.order - spoken <= _NEAR
            or _may_grade(statement)
            or _deals(statement)
            or _alone().match(statement.lower)
        ):
            match = _last_level(statement)
            span = match.span() if match else (0, 0)
            word = (match[1] or match[2]) if match else ""
        else:
            continue
        if word:
            yield _level(statement, word, span, Weight.STATED if labelled else Weight.LIKELY)


def is_bare_level(value: str) -> bool:
    """Whether the value of ``Escalation`` is a level, and no number of a case: ``2 (informed)``."""
    return len(value.partition("(")[0].strip(" L")) == 1


@cache
def _alone() -> re.Pattern[str]:
    """Compile a statement about nothing else: ``Level 2 as of now.``."""
    return re.compile(
        r"(?:ok(?:ay)?[,.] |so )?(?:(?:this|it|that) is |it's )?"
        r"(?:(?:now|currently|still) (?:at |on |in )?(?:level|lvl) [1-5][.!]?$|"
        r"(?:(?:escalation )?(?:level|lvl) |l)[1-5]"
        r"(?: (?:as of|from) (?:now|today)(?: on)?| now| it is|, please| please)[.!]?$)"
    )


def _last_level(statement: Statement) -> re.Match[str] | None:
    """Find the level of a sentence; of ``raised from level 1 to level 3`` the one it came to."""
    found = [*_level_pattern().finditer(statement.text)]
    if len(found) == 1 and (came := _came_to(statement.text, found[0])) is not None:
        return came
    if len({one[0].lower() for one in found}) > _STEPS:
        return None  # who deals with each level, not which it is
    held = (one for one in found if not _is_left(statement.lower, one))
    return next(held, None)


_STEPS = 2  # levels of one sentence; more are a ladder


def _is_left(lower: str, level: re.Match[str]) -> bool:
    """Whether a level holds no more, or not yet: ``raised from``, ``only if``, ``was L1 until``."""
    before, after = lower[: level.start()].rstrip(" ("), lower[level.end() :]
    if before.endswith(_NO_LONGER) or _may_come().match(after):
        return True
    clause = re.split(r"[,;.:] ", before)[-1]
    return not _SUPPOSING.isdisjoint(clause.split()) or (
        " if " in re.split(r"[,;.] ", after)[0] and "until" not in clause
    )


_NO_LONGER = (
    *("from", "from escalation", "no longer", "not", "had been", "formerly", "previously"),
    *("before:", "instead of", "rather than", "asked for", "asks for", "ask for", "asking for"),
    *("demanded", "demand", "demands", "insisted on", "requested", "wanted", "wants", "want"),
)
"""Words before a level that does not hold: it was left, or only asked for."""
_SUPPOSING = frozenset({"if", "unless", "would", "could", "might", "threatens", "otherwise"})


@cache
def _may_come() -> re.Pattern[str]:
    """Compile what stands behind a level that is not yet, or no more."""
    return re.compile(
        r",? (?:only |would|could|might|if|comes? next|follows|is next|until|before(?!:)|at first|"
        r"(?:is|was) the next)\b"
    )


def _came_to(text: str, level: re.Match[str]) -> re.Match[str] | None:
    """Find the second figure of ``from level 1 to 2``."""
    return _to_figure().match(text, level.end()) if " from " in text[: level.start()] else None


@cache
def _to_figure() -> re.Pattern[str]:
    """Compile the level behind ``from level 1``."""
    return re.compile(r" to ([0-9])\b()")


def _may_level(statement: Statement) -> bool:
    """Whether a word for a level stands in a statement."""
    said = f" {statement.text}"
    return holds(statement.lower, ("level", "tier", "lvl")) or " L" in said or "(L" in said


def _deals(statement: Statement) -> bool:
    """Whether a statement tells who deals with the case."""
    return holds(statement.lower, _DEALS)


def _level(statement: Statement, word: str, span: tuple[int, int], weight: Weight) -> Candidate:
    """Make a candidate of a level in digits or Roman numerals."""
    lower = word.lower()
    number = (_ROMAN.get(lower) or _NUMBERS.get(lower)) if word.isalpha() else int(word)
    found = offer(statement, "escalation_level", number, weight, span)
    if number is None or not 0 <= number <= _HIGHEST_LEVEL:
        return doubtful(found, f"'{word}' is no escalation level")
    return found
