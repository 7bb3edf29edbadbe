"""Service credits: the bands of availability, and the share of the fee that each pays."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.figures.mention import Kind, Mention
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import holds, may_hold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_TIERS = "credit_tiers"
_LOWEST = Decimal("0.8")  # no contract promises less; smaller shares mean something else
_CREDIT_LABEL = frozenset({"credit", "credits", "service", "tiers", "bands", "sla"})
_OPENING_BAND = (*"0123456789<>\u2264", "below", "under", "less than", "from ", "between")
_CREDIT_WORDS = frozenset({"credit", "credits", "credited"})
_FALLING = frozenset({"less", "below", "under", "beneath", "short"})
_GIVING = (
    "give back",
    "pay back",
    "paid back",
    "gives back",
    "given back",
    "refund",
    "rebate",
    "of the fee",
    "of the monthly fee",
    *("% back", "per cent back", "percent back", "owed", "of the monthly charge"),
    *("of the charge", "of the invoice", "off the invoice", "of the month's fee"),
    *("deduct", "off the fee", "from the fee", "reduce", "discount"),
)


def tier_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the bands of availability with the share of the fee that each pays.

    All bands of a text make one candidate, highest limit first.
    """
    tiers: dict[Decimal, Decimal] = {}
    first: Candidate | None = None
    for limit, credit, found in _bands(statements):
        if limit > 1 or not 0 <= credit <= 1:
            yield doubtful(found, f"'{found.text}': a share above 100%")
            return
        if credit > 0:
            first = first or found
            if tiers.setdefault(limit, credit) != credit:
                first = first._replace(note=f"'{first.text}' against '{found.text}'")
    if first is None:
        return
    pairs = tuple((limit, tiers[limit]) for limit in sorted(tiers, reverse=True))
    if any(lower[1] < higher[1] for higher, lower in pairwise(pairs)):
        yield doubtful(first, f"'{first.text}': a lower availability would pay a smaller credit")
        return
    yield first._replace(value=pairs)


def _bands(statements: Sequence[Statement]) -> Iterator[tuple[Decimal, Decimal, Candidate]]:
    """Find upper limit and credit of each band, with a candidate that names its words."""
    within = False  # whether the lines above are a label of credits and its bands
    promised: Mention | None = None  # the last availability: "should it end below that"
    for statement in statements:
        above, promised = promised, _availability(statement) or promised
        spoken = statement.topic is Topic.CREDITS or not statement.words.isdisjoint(_CREDIT_WORDS)
        given = not statement.words.isdisjoint(_FALLING) and holds(statement.lower, _GIVING)
        within = within and statement.lower.startswith(_OPENING_BAND)
        within = within or _CREDIT_LABEL.issuperset(statement.words)
        if not (spoken or given or within) or statement.topic in {Topic.PLAN, Topic.HISTORY}:
            continue
        pairs = [*_below_that(statement, above)]
        pairs += _pairs(statement, pairs[0][1].end if pairs else 0)
        within = within or bool(pairs)
        for below, credit in pairs:
            span = (min(below.start, credit.start), max(below.end, credit.end))
            found = offer(statement, _TIERS, None, Weight.STATED, span)
            yield (max(below.values), credit.low, found)


def _availability(statement: Statement) -> Mention | None:
    """Give the first share of a statement that may be an availability."""
    shares = (one for one in statement.mentions if one.kind is Kind.SHARE)
    return next((one for one in shares if _LOWEST <= one.low < 1 and one.high is None), None)


def _below_that(statement: Statement, above: Mention | None) -> Iterator[tuple[Mention, Mention]]:
    """Pair the availability of the sentence before with the credit: ``below that, 5%``."""
    said = may_hold(statement.lower, _POINTING) and _pointing().search(statement.lower)
    after = [one for one in statement.mentions if said and one.start >= said.end()]
    if above is not None and after and after[0].kind is Kind.SHARE and after[0].low < _LOWEST:
        yield above._replace(start=after[0].start, end=after[0].end), after[0]


_POINTING = ("below ", "under ", "short", "miss", "less than ")


@cache
def _pointing() -> re.Pattern[str]:
    """Compile what points at the availability of the sentence before."""
    return re.compile(
        r"\b(?:below|under|less than) (?:that|this|it)\b|\bshort of (?:that|this|it)\b"
        r"|\b(?:miss(?:es|ed)?) (?:that|this|it)\b"
    )


def _pairs(statement: Statement, start: int) -> Iterator[tuple[Mention, Mention]]:
    """Pair each band with its credit from a place on, inside a table row or a clause."""
    shares = [
        mention
        for mention in statement.mentions
        if mention.kind is Kind.SHARE and mention.start >= start and not _is_cap(statement, mention)
    ]
    shares = sorted([*shares, *_spoken(statement, start)], key=lambda one: one.start)
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
            yield max(pending, key=lambda band: max(band.values)), mention
            pending = []
        elif not _LOWEST <= mention.low < 1:  # an availability is no credit
            waiting = mention


def _spoken(statement: Statement, start: int) -> Iterator[Mention]:
    """Find a credit told as a part: ``a quarter under 99 %``, ``half of the fee below 95 %``."""
    if not holds(statement.lower, tuple(_PARTS)):
        return
    for match in _part().finditer(statement.lower, start):
        yield Mention(Kind.SHARE, 1 / Decimal(_PARTS[match[1]]), None, *match.span(1), "%")


_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}


@cache
def _part() -> re.Pattern[str]:
    """Compile a part of the fee beside the band for which it is given."""
    return re.compile(
        r"\b(half|third|quarter|fifth|tenth)\b(?= (?:of (?:the|a) (?:monthly |month's )?"
        r"(?:fee|charge|invoice) )?(?:under|below|beneath|if|when|for)\b)"
    )


def _goes_to(statement: Statement, mention: Mention) -> bool:
    """Whether the upper end of a band follows its lower one: ``98.0% to below 99.0%``."""
    after = statement.lower[mention.end :].lstrip()
    return after.startswith(("to below", "to under", "to less than", "and below", "but below"))


def _is_band(statement: Statement, mention: Mention) -> bool:
    """Whether a share limits availability: ``below 99.9%``, ``99.0% - 99.9%``."""
    if mention.high is not None:
        return min(mention.values) >= _LOWEST
    before = statement.lower[max(0, mention.start - 14) : mention.start]
    promised = before.endswith(("not less than ", "no less than "))  # and no limit of a band
    before = "" if promised else before
    if _before_band().search(before) or _before_credit().match(statement.text, mention.end):
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


@cache
def _before_band() -> re.Pattern[str]:
    """Compile the words right before a limit, or its name in a record."""
    return re.compile(
        r"(?:(?:below|under|less than|<=?|but|from|at least|>=?|to|above|and)|"
        r"\b(?:below|under|lt|threshold|limit|availability|uptime|band)[\"']? ?[:=] ?[\"']?)\s*$"
    )


@cache
def _before_credit() -> re.Pattern[str]:
    """Compile the mark between a limit and its credit: ``99.5%: 5%``."""
    return re.compile(r"[\"']? ?(?::|->|=>|=|\u2192) ?[\"']?[0-9]{1,2}(?:[.,][0-9]+)? ?%")


def _is_cap(statement: Statement, mention: Mention) -> bool:
    """Whether a share caps the credits."""
    before = statement.lower[max(0, mention.start - 28) : mention.start]
    after = statement.lower[mention.end : mention.end + 24]
    return bool(
        re.search(r"\b(?:cap|capped|maximum|max\.?|limited|up to|at most)\b[^,;]*$", before)
        or re.match(r" ?(?:cap\b|maximum|max\b|of the (?:monthly )?fee at most)", after)
    )
