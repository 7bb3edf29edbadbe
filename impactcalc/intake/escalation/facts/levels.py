"""Who deals with a case: the escalation level."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.facts.grades import ARROWS, NUMBERS, SUPPOSING, may_grade
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_HIGHEST_LEVEL = 9
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}


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
        if not labelled and (statement.is_past or not _may_level(statement)):
            continue
        if labelled:
            span = (statement.start, len(statement.text))
            word = _labelled_level(statement.value)
        elif (
            statement.order - spoken <= _NEAR
            or may_grade(statement)
            or _deals(statement)
            or (statement.lower.startswith(_ALONE) and _alone().match(statement.lower))
        ):
            match = _last_level(statement)
            span = match.span() if match else (0, 0)
            word = (match[1] or match[2]) if match else ""
        else:
            continue
        if labelled and _is_unclear(statement.value):
            found = offer(statement, "escalation_level", None, Weight.STATED, span)
            yield doubtful(found, f"'{found.text}' is read as no escalation level")
        elif word:
            yield _level(statement, word, span, Weight.STATED if labelled else Weight.LIKELY)


def _labelled_level(value: str) -> str:
    """Give the first level behind a label, or that to which it was raised."""
    arrow = next((arrow for arrow in ARROWS if arrow in value), " to " if " from " in value else "")
    match = re.search(
        r"-?\b[0-9]+\b|\b(?:[ivIV]{1,3}|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our)\b|(?<=[Ll])-?[0-9]\b",
        value.rpartition(arrow)[2] if arrow else value,
    )
    return match[0] if match else ""


def _is_unclear(value: str) -> bool:
    """Whether a label's value is a formula, a broken number, or two levels.

    Examples
    --------
    >>> [_is_unclear(one) for one in ("Level 2 / Level 3", "=2+1", "2.5", "L2 (was L1)", "2 of 3")]
    [True, True, True, False, False]
    """
    head = value.partition("(")[0].strip().lower()
    two = _two_levels().match(head)
    return (two is not None and two[1] != two[2]) or head.startswith(("=", "+", "@"))


@cache
def _two_levels() -> re.Pattern[str]:
    """Compile two levels side by side, or one with a fraction: ``level 2 or 3``, ``2.5``."""
    return re.compile(
        r"(?:level |lvl |tier |l)?([0-9])(?: ?(?:/|\||,|or|and|&|-) ?|[.](?=[0-9]))"
        r"(?:level |lvl |tier |l)?([0-9])(?![0-9:./-]| ?[a-z])"
    )


def is_bare_level(value: str) -> bool:
    """Whether the value of ``Escalation`` is a level, and no number of a case: ``2 (informed)``."""
    return len(value.partition("(")[0].strip(" L")) == 1


_ALONE = (
    *("ok", "so ", "this is ", "it is ", "that is ", "it's ", "now ", "currently ", "still "),
    *("escalation l", "level ", "lvl ", "l1", "l2", "l3", "l4", "l5"),
)


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
    return not SUPPOSING.isdisjoint(clause.split()) or (
        " if " in re.split(r"[,;.] ", after)[0] and "until" not in clause
    )


_NO_LONGER = (
    *("from", "from escalation", "no longer", "not", "had been", "formerly", "previously"),
    *("before:", "instead of", "rather than", "asked for", "asks for", "ask for", "asking for"),
    *("demanded", "demand", "demands", "insisted on", "requested", "wanted", "wants", "want"),
)
"""Words before a level that does not hold: it was left, or only asked for."""


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
    number = (_ROMAN.get(lower) or NUMBERS.get(lower)) if word.isalpha() else int(word)
    found = offer(statement, "escalation_level", number, weight, span)
    if number is None or not 0 <= number <= _HIGHEST_LEVEL:
        return doubtful(found, f"'{word}' is no escalation level")
    return (
        found if number else found._replace(note="an escalation begins at level 1 in most houses")
    )
