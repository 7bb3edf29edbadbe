"""What is told of a contract: its renewal, and what it says in the sentence behind."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, offer
from impactcalc.intake.escalation.figures.mention import Kind
from impactcalc.intake.escalation.words.vocabulary import holds, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


def said_by_contract(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Give the shares that open what a contract says: ``... contract ends in May. It says 99.9%``.

    The sentence before speaks of the contract, and ``it`` means that.
    """
    for statement in statements:
        match = _it_says().match(statement.lower) if statement.lower.startswith("it ") else None
        if match is None or not holds(_sentence_before(statement), _PAPERS):
            continue
        share = [one for one in statement.mentions if one.start == match.end()]
        for one in share:
            if one.kind is Kind.SHARE and one.high is None and _LOWEST <= one.low < 1:
                span = (one.start, one.end)
                yield offer(statement, "sla_objective", one.low, Weight.LIKELY, span)


def _sentence_before(statement: Statement) -> str:
    """Give the sentence of its paragraph before a statement, in small letters."""
    before = statement.block.passage.text.lower().partition(statement.lower)[0]
    return before.rstrip(" .").rpartition(". ")[2]


_PAPERS = ("contract", "agreement", " sla")
_LOWEST = Decimal("0.9")  # no contract promises less


@cache
def _it_says() -> re.Pattern[str]:
    """Compile ``it says`` before a share."""
    return re.compile(
        r" *it (?:says|states|reads|asks for|calls for|demands|requires|sets|gives|stands at) "
        r"(?=[0-9])"
    )
