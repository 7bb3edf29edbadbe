"""The product that the heading of the cause names: ``1. Kafka Core Issue``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, offer
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import may_hold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.structure.statements import Statement


@cache
def _core_issue() -> re.Pattern[str]:
    """Compile the cause heading that names the product: ``1. Kafka Core Issue``."""
    return re.compile(r"^(.{2,60}?) (?:core |main |key )(?:issue|problem|fault)", re.IGNORECASE)


def product_of_cause(statements: Sequence[Statement]) -> Candidate | None:
    """Find the product that the cause's heading names."""
    for statement in statements:
        if statement.topic not in {Topic.CAUSE, Topic.TECHNICAL}:
            continue
        cued = may_hold(statement.lower, ("issue", "problem", "fault"))
        match = _core_issue().match(statement.text) if cued else None
        if match:
            name = statement.passage.written(*match.span(1))
            return offer(statement, "service", name, Weight.LIKELY, match.span(1))
    return None
