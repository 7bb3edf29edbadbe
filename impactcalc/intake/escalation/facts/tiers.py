"""Service credits: the bands of availability, and the share of the fee that each pays."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.figures.mention import Kind, Mention
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_TIERS = "credit_tiers"
_LOWEST = Decimal("0.8")  # no contract promises less; smaller shares mean something else
_CREDIT_LABEL = frozenset({"credit", "credits", "service", "tiers", "bands", "sla"})
_OPENS_BAND = frozenset("0123456789<>\u2264")
_CREDIT_WORDS = frozenset({"credit", "credits"})
_GIVING = ("give back", "pay back", "paid back", "gives back", "given back", "refund", "rebate")


def tier_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the bands of availability with the share of the fee that each pays.

    All bands of a text make one candidate, highest limit first.
    """
    tiers: dict[Decimal, tuple[Decimal, Decimal]] = {}
    first: Candidate | None = None
    within = False  # whether the lines above are a label of credits and its bands
    for statement in statements:
        spoken = statement.topic is Topic.CREDITS or not statement.words.isdisjoint(_CREDIT_WORDS)
        given = "below" in statement.words and holds(statement.lower, _GIVING)
        within = _CREDIT_LABEL.issuperset(statement.words) or (
            within and statement.text[:1] in _OPENS_BAND
        )
        if not (spoken or given or within):
            continue
        if statement.topic in {Topic.PLAN, Topic.HISTORY}:
            continue
        for below, credit in _pairs(statement):
            span = (min(below.start, credit.start), max(below.end, credit.end))
            found = offer(statement, _TIERS, None, Weight.STATED, span)
            limit = below.low if below.high is None else below.high
            if limit > 1 or not 0 <= credit.low <= 1:
                yield doubtful(found, f"'{found.text}': a share above 100%")
                return
            if credit.low > 0:
                first = first or found
                tiers.setdefault(limit, (limit, credit.low))
    if first is not None:
        yield first._replace(value=tuple(tiers[limit] for limit in sorted(tiers, reverse=True)))


def _pairs(statement: Statement) -> Iterator[tuple[Mention, Mention]]:
    """Pair each band with its credit, inside a table row or a clause."""
    shares = [
        mention
        for mention in statement.mentions
        if mention.kind is Kind.SHARE and not _is_cap(statement, mention)
    ]
    pending: list[Mention] = []
    waiting: Mention | None = None
    for mention in shares:
        if _is_band(statement, mention):
            if waiting is not None and _goes_to(statement, mention):
                continue  # "3%: 98% to below 99%": the band's upper end counts
            if waiting is not None:
                yield mention, waiting
                waiting = None
            else:
                pending.append(mention)
        elif pending:
            yield max(pending, key=lambda band: band.values[-1]), mention
            pending = []
        else:
            waiting = mention


def _goes_to(statement: Statement, mention: Mention) -> bool:
    """Whether the upper end of a band follows its lower one: ``98.0% to below 99.0%``."""
    after = statement.lower[mention.end :].lstrip()
    return after.startswith(("to below", "to under", "to less than", "and below", "but below"))


def _is_band(statement: Statement, mention: Mention) -> bool:
    """Whether a share limits availability: ``below 99.9%``, ``99.0% - 99.9%``."""
    if mention.high is not None:
        return mention.low >= _LOWEST
    before = statement.lower[max(0, mention.start - 12) : mention.start]
    if re.search(r"(?:below|under|less than|<=?|but|from|at least|>=?|to|above|and)\s*$", before):
        return mention.low >= _LOWEST
    if statement.text[mention.start] in "<>\u2264\u2265":
        return mention.low >= _LOWEST
    after = statement.lower[mention.end : mention.end + 24]
    if re.match(r" ?(?:uptime|availability|or (?:less|lower)|to\b|and\b|-)", after):
        return mention.low >= _LOWEST
    cells = statement.block.cells
    if len(cells) > 1:
        return mention.start < statement.start and mention.low >= _LOWEST
    return False


def _is_cap(statement: Statement, mention: Mention) -> bool:
    """Whether a share caps the credits."""
    before = statement.lower[max(0, mention.start - 28) : mention.start]
    after = statement.lower[mention.end : mention.end + 24]
    return bool(
        re.search(r"\b(?:cap|capped|maximum|max\.?|limited|up to|at most)\b[^,;]*$", before)
        or re.match(r" ?(?:cap\b|maximum|max\b|of the (?:monthly )?fee at most)", after)
    )
