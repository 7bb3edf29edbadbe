"""The tablets of a cluster: how many there are, lack a leader, or are corrupted."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight
from impactcalc.intake.escalation.facts.layout import TOPICS, count_of, is_part
from impactcalc.intake.escalation.figures.mention import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement


@cache
def _tablets() -> re.Pattern[str]:
    """Compile counts of tablets: leaderless, corrupted, and all of them."""
    return re.compile(
        r" (?P<lost>leaderless |)(?:tablets?|shards?|partitions?)\b(?P<rest>[^.;]{0,60})"
    )


def tablet_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find how many tablets there are, lack a leader, or are corrupted."""
    for statement in statements:
        if statement.topic not in TOPICS or statement.is_past or "tablet" not in statement.lower:
            continue
        for mention in statement.mentions:
            if mention.kind is not Kind.COUNT or mention.high is not None:
                continue
            match = _tablets().match(statement.lower, mention.end)
            if match and "tablet" in match[0] and not is_part(statement, mention, ""):
                field = _tablet_field(statement, match)
                yield count_of(statement, field, mention, Weight.LIKELY, match.start("rest"))


def _tablet_field(statement: Statement, match: re.Match[str]) -> str:
    """Tell what the tablets of a match have in common."""
    rest = match["rest"] + " " + statement.label
    if match["lost"] or re.search(r"\b(?:leader(?:s|less)?|election)\b", match["rest"]):
        return "leaderless_tablets"
    if "corrupt" in rest:
        return "corrupt_tablets"
    return "tablets"
