"""A sentence that denies what another line states: ``No revenue is at risk``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.domain.sourced import Caution
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from impactcalc.intake.escalation.facts.candidates import Candidate
    from impactcalc.intake.escalation.structure.statements import Statement

_CUES = ("at risk", "affected")
_DENYING = ("no ", "nobody", "not at risk")
_ASIDE = frozenset({Topic.PLAN, Topic.NEXT, Topic.HISTORY, Topic.CREDITS})


def denial_cautions(
    statements: Sequence[Statement], found: Mapping[str, Candidate]
) -> Iterator[Caution]:
    """Warn of a figure of people or money where a sentence says that there are none."""
    for statement in statements:
        if statement.topic in _ASIDE or not holds(statement.lower, _CUES) or statement.is_past:
            continue
        may_deny = holds(statement.lower, _DENYING) and not statement.is_hypothetical
        match = _denied().search(statement.lower) if may_deny else None
        name = str(match.lastgroup) if match else ""
        stated = found.get(name)
        if match and stated is not None and stated.line != statement.passage.line:
            said = statement.passage.excerpt(*match.span())[1]
            message = f"line {statement.passage.line} says '{said}': '{stated.text}' is taken"
            yield Caution(name, message, statement.passage.line)
            yield Caution(name, message, stated.line)


@cache
def _denied() -> re.Pattern[str]:
    """Compile the denials, each under the name of what it denies."""
    return re.compile(
        r"\b(?P<revenue_at_risk_per_day>no (?:direct )?(?:revenue|money|turnover|sales) "
        r"(?:(?:is|are|was) )?at risk|(?:revenue|money) is not at risk)\b"
        r"|\b(?P<users_affected>(?:nobody|no one|no (?!other\b|longer\b)[a-z]+) "
        r"(?:is|are|was|were) affected)\b"
    )
