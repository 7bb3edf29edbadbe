"""The renewal of a contract, told from talks about it and from that of other things."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import holds, word_set

if TYPE_CHECKING:
    from impactcalc.intake.escalation.figures.dates import Stamp
    from impactcalc.intake.escalation.structure.statements import Statement


@cache
def is_renewal() -> re.Pattern[str]:
    """Compile words after a date that make it the renewal: ``that is also the renewal date``."""
    return re.compile(
        r"[^.;0-9]{0,30}\b(?:is|as) (?:also )?(?:the|their|its|our) renewal\b|,? (?:when|on which) "
        r"(?:the|their|our|this|it) ?(?:contract|agreement|subscription)? ?"
        r"(?:is (?:up|due) for renewal|renews)\b"
    )


def is_about(statement: Statement, verb: re.Match[str], stamp: Stamp) -> bool:
    """Whether the words beside a renewal and a date tell of talks, or that it was moved."""
    words = statement.lower[max(0, verb.start() - _CLOSE // 2) : stamp.start]
    after = statement.lower[stamp.end : stamp.end + _CLOSE]
    if not statement.words.isdisjoint(_RENEWED_THINGS):
        return True
    ahead = words.rstrip().endswith((" before", " until", " by"))
    return ahead or holds(words, _TALKS) or holds(after, ("extended", "postponed", "was moved"))


_CLOSE = 40  # characters after a date that still speak of it
_RENEWED_THINGS = word_set(
    "certificate certificates token tokens domain lease passport passports visa permit permits "
    "insurance registration tls ssl"
)
_TALKS = ("talk", "discussion", "meeting", "negotiat", "decision", "offer", "quote", "notice")
