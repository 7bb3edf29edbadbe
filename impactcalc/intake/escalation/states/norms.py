"""What holds in general, or ought to: ``filters are cleaned weekly``, which tells of no work."""

from __future__ import annotations

import re
from functools import cache

from impactcalc.intake.escalation.states.state_patterns import later
from impactcalc.intake.escalation.words.vocabulary import may_hold, word_set

_CUES = (
    *("must", "may ", "shall ", "should", "ought", "within ", "nobody", "no one", "no-one"),
    *(" a day", " a week", " a month", " a year", " per ", "every ", "each ", "ly", "default"),
)
_AT_ONE_TIME = word_set("has have had was were been now since being already today yesterday")
"""Words with which a clause tells what happened, however often."""


def is_norm(clause: str, rest: str) -> bool:
    """Whether a clause tells a rule, a habit or a promise of how work is done.

    Parameters
    ----------
    clause, rest
        Its words, in small letters, and those that are not the action's own: ``twice a day`` may
        be part of what is to be done.

    Examples
    --------
    >>> is_norm("filters are cleaned weekly", "are cleaned weekly"), is_norm("weekly reset", "")
    (True, False)
    >>> is_norm("keys must not be copied", ""), is_norm("faults are repaired within 4 hours", "")
    (True, True)
    """
    if not may_hold(clause, _CUES):
        return False
    if _rule().search(clause) or (_ought().search(clause) and not later().search(clause)):
        return True
    usual = _promise().search(clause) or _habit().search(" ".join(rest.split()))
    return bool(usual) and _AT_ONE_TIME.isdisjoint(re.findall(r"[a-z]+", rest))


@cache
def _rule() -> re.Pattern[str]:
    """Compile what is forbidden: ``must not``, ``nobody may``."""
    return re.compile(
        r"\b(?:must|may|shall|should) (?:not|never|only|always)\b|"
        r"\b(?:nobody|no[ -]one|none) (?:may|must|shall|should)\b"
    )


@cache
def _ought() -> re.Pattern[str]:
    """Compile what ought to be: ``should be greased``."""
    return re.compile(r"\b(?:should|ought to) (?:be|have been) (?:[a-z]+ly )?[a-z]+(?:ed|en|t)\b")


@cache
def _promise() -> re.Pattern[str]:
    """Compile a promise of how fast it goes: ``are repaired within 4 hours``."""
    return re.compile(r"\b(?:is|are) (?:[a-z]+ ){0,2}?(?:within|in under|in less than) [0-9a-z]")


@cache
def _habit() -> re.Pattern[str]:
    """Compile how often something is done: ``twice a day``, ``every night``, ``weekly``."""
    period = r"(?:hour|day|night|week|month|year|quarter|season|morning|evening|shift)"
    return re.compile(
        rf"\b(?:is|are) [a-z ]{{0,40}}?"
        rf"(?:\b(?:once|twice|[a-z0-9]+ times) (?:a|per|each|every) {period}\b|"
        rf"\b(?:every|each) (?:other |second |[0-9]+ )?{period}s?\b|"
        r"(?<!in )\b(?:hourly|daily|nightly|weekly|monthly|quarterly|yearly|annually|regularly|"
        r"usually|normally|automatically|routinely|by default)\b)"
    )
