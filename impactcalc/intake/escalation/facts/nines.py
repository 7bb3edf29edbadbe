"""An availability in nines: ``three nines``, ``three and a half nines``."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, offer
from impactcalc.intake.escalation.words.vocabulary import ends_in, folded, may_hold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.intake.escalation.structure.statements import Statement

_NINES = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


@cache
def _nines_pattern() -> re.Pattern[str]:
    """Compile ``three nines`` and ``three and a half nines``."""
    return re.compile(
        r"\b(one|two|three|four|five|six|[2-6])( and a half)?[ -]nines"
        r"(?: (five|and a half)\b)?",
        re.IGNORECASE,
    )


_INTERNAL = ("goal of", "target of", "goal is", "target is", "aim for", "internal", "ambition of")
"""Words before an availability that nobody promised."""


def in_nines(statement: Statement, weight: Weight, start: int) -> Iterator[Candidate]:
    """Find an availability in nines."""
    if not may_hold(statement.lower, ("nines",)):
        return
    match = _nines_pattern().search(statement.text, start)
    own = match is not None and ends_in(statement.lower[: match.start()].rstrip(), _INTERNAL)
    if match and not own:
        count = _NINES.get(folded(match[1])) or int(match[1])
        rest = Decimal(1).scaleb(-count)
        value = 1 - (rest / 2 if match[2] or match[3] else rest)
        yield offer(statement, "sla_objective", value, weight, match.span())
