"""What the contract promises: availability and the credits below it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.mention import Kind, Mention
from impactcalc.intake.escalation.sections import Topic
from impactcalc.intake.escalation.vocabulary import folded, may_hold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.statements import Statement

_SLA = "sla_objective"
_TIERS = "credit_tiers"
_LOWEST = Decimal("0.8")  # no contract promises less; smaller shares mean something else
_NEAR = 40  # characters before a figure
_LOWEST_BARE = 90
_WHOLE = 100
_NINES = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_CONTRACT_WORDS = (
    "sla",
    "contract",
    "contractual",
    "contractually",
    "commitment",
    "committed",
    "guarantee",
    "guaranteed",
    "guarantees",
    "promise",
    "promised",
    "promises",
    "agreed",
    "agreement",
    "nines",
)
_CREDIT_WORDS = frozenset({"credit", "credits"})
_MEASURED = (
    "measured",
    "actual",
    "actually",
    "achieved",
    "currently",
    "so far",
    "to date",
    *("internal", "internally", "own target", "our own", "dashboard", "delivered", "got"),
    "this month",
    "last month",
    "last quarter",
    "down to",
    "dropped to",
    "fell to",
    "right now",
    "success",
    "credit",
    "credits",
    "refund",
    "budget",
    "competitor",
    "competitors",
    "provider",
    "supplier",
    "hoster",
    "upstream",
    "rival",
    "elsewhere",
)
_TIMES = ("response", "respond", "resolution", "resolved", "answered", "within", "latency")


@cache
def _nines_pattern() -> re.Pattern[str]:
    """Compile ``three nines`` and ``three and a half nines``."""
    return re.compile(
        r"\b(one|two|three|four|five|six|[2-6])( and a half)?[ -]nines\b", re.IGNORECASE
    )


def sla_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the contractual availability, not the measured one or an internal target."""
    for statement in statements:
        labelled = statement.field == "sla" and statement.start > 0
        if not labelled and statement.words.isdisjoint(_CONTRACT_WORDS):
            continue
        if statement.topic in {Topic.PLAN, Topic.HISTORY, Topic.CREDITS} and not labelled:
            continue
        if statement.is_past or (not labelled and "would" in statement.words):
            continue
        weight = Weight.STATED if labelled else Weight.LIKELY
        shares = [mention for mention in statement.mentions if mention.kind is Kind.SHARE]
        shares = shares or [bare for one in statement.mentions if (bare := _bare(statement, one))]
        found = [
            candidate
            for mention in shares
            if (candidate := _objective(statement, mention, weight)) is not None
        ]
        yield from found
        if not found:
            yield from _in_nines(statement, weight)


@cache
def _named() -> re.Pattern[str]:
    """Compile what names a share as the promise: ``99.0% uptime SLA respected so far``."""
    return re.compile(
        r" ?(?:monthly )?(?:uptime |availability )?(?:sla|slo|guarantee|commitment)\b"
    )


def _bare(statement: Statement, mention: Mention) -> Mention | None:
    """Take ``SLA is 99.9`` for a percentage: nothing else between 90 and 100 follows the word."""
    before = statement.lower[max(0, mention.start - _NEAR) : mention.start]
    named = not {"sla", "uptime", "availability"}.isdisjoint(re.findall(r"[a-z]+", before))
    if not named or mention.kind is not Kind.COUNT or not mention.bare or mention.in_words:
        return None
    if not _LOWEST_BARE <= mention.low < _WHOLE or mention.high is not None:
        return None
    return mention._replace(kind=Kind.SHARE, low=mention.low / _WHOLE, unit="%", bare=False)


def _objective(statement: Statement, mention: Mention, weight: Weight) -> Candidate | None:
    """Make a candidate of one share, unless it was measured or is a credit."""
    clause = statement.clause(mention)
    words = set(re.findall(r"[a-z]+", clause))
    named = _named().match(statement.lower, mention.end) is not None
    measured = any(word in words if word.isalpha() else word in clause for word in _MEASURED)
    if statement.denies(mention) or (measured and not named):
        return None
    before = statement.lower[: mention.start].rstrip("~ ")
    if before.endswith((" is at", " are at", " now at", " currently at", " was")):
        return None
    if words.intersection(_TIMES) and not words & {"uptime", "availability", "available"}:
        return None
    value = mention.low if mention.high is None else mention.high
    if value < _LOWEST:
        return None
    found = offer(statement, _SLA, value, weight, (mention.start, mention.end))
    if value > 1:
        return doubtful(found, f"'{found.text}' is above 100%")
    return found._replace(figure=mention)


def _in_nines(statement: Statement, weight: Weight) -> Iterator[Candidate]:
    """Find an availability in nines."""
    if not may_hold(statement.lower, ("nines",)):
        return
    match = _nines_pattern().search(statement.text)
    if match:
        count = _NINES.get(folded(match[1])) or int(match[1])
        rest = Decimal(1).scaleb(-count)
        value = 1 - (rest / 2 if match[2] else rest)
        yield offer(statement, _SLA, value, weight, match.span())


def tier_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the bands of availability with the share of the fee that each pays.

    All bands of a text make one candidate, highest limit first.
    """
    tiers: dict[Decimal, tuple[Decimal, Decimal]] = {}
    first: Candidate | None = None
    for statement in statements:
        if statement.topic is not Topic.CREDITS and statement.words.isdisjoint(_CREDIT_WORDS):
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
