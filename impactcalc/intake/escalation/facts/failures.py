"""The share of requests or messages that fail."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.facts.compared import is_usual_column
from impactcalc.intake.escalation.facts.failure_words import (
    every_nth,
    failing,
    fraction,
    in_every,
    some_of,
)
from impactcalc.intake.escalation.facts.ordinary import is_normal, is_normal_before
from impactcalc.intake.escalation.figures.mention import Kind, Mention
from impactcalc.intake.escalation.figures.spoken import NUMBER_WORDS
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.sentences import word_pattern
from impactcalc.intake.escalation.words.vocabulary import ends_in, folded, holds, may_hold, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

FIELD = "error_rate"
_TOPICS = frozenset({Topic.NONE, Topic.DESCRIPTION, Topic.PERFORMANCE, Topic.IMPACT})
_PARTS = {
    "half": Decimal(1) / 2,
    "third": Decimal(1) / 3,
    "quarter": Decimal(1) / 4,
    "fifth": Decimal(1) / 5,
    "sixth": Decimal(1) / 6,
    "eighth": Decimal(1) / 8,
    "seventh": Decimal(1) / 7,
    "ninth": Decimal(1) / 9,
    "tenth": Decimal(1) / 10,
    "two thirds": Decimal(2) / 3,
    "three quarters": Decimal(3) / 4,
}
_PART_WORDS = ("half", "third", "quarter", "fifth", "sixth", "eighth", "tenth", "seventh", "ninth")
_RATIOS = (" in ", " out of ", " of every ", " of each ")
_GROUPS = word_set(
    "nodes zones azs availability regions clusters sites stores branches shifts teams days nights "
    "data places countries tenants users agents people staff employees"
)
"""What a ratio may count that is no request: ``2 nodes in 3 zones``."""
_COMPARED = (" less", " more", " fewer", " cheaper", " faster", " slower", " higher", " lower")
_GROWN = ("increased", "rose", "grew", "up", "risen", "higher", "dropped", "fell", "down")
_NOT_REQUESTS = word_set(
    "cpu heap memory disk ratio hit hits capacity utilisation utilization usage budget sla uptime "
    "availability credit success succeed succeeds successful fee packet cache blocked receipts "
    "processed completed slower battery storage quota contract contractual agreement promise "
    "promised guarantee guaranteed penalty penalties refund discount survey voted poll"
)


_APPOSITIONS = ("that is", "i.e.", "which is", "this is", "that's", "about ", "roughly ")
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_ORDINALS |= {"seventh": 7, "ninth": 9, "twelfth": 12, "twentieth": 20}
_RATES = ("error ratio", "failure ratio")


def error_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the stated share of failing requests during the incident."""
    asked = False  # whether the sentence before asks, or speaks, of a share that fails
    last = -_SOON - 1  # the place of the last sentence that told a share
    for statement in statements:
        if statement.order - last <= _SOON and (newer := _newer_share(statement)) is not None:
            yield newer
        before, asked = asked, _asks(statement)
        aside = _is_aside(statement) and not statement.is_correction
        told = statement.topic in _TOPICS or statement.is_correction or aside
        told = told or (statement.topic is Topic.TECHNICAL and bool(statement.start))
        if not told or statement.role is Role.HEADING or statement.is_past or statement.is_mended:
            continue
        if statement.field == "errors" and statement.start:
            yield from (one._replace(aside=aside) for one in _labelled(statement))
            continue
        if statement.is_hypothetical or not _may_say_share(statement):
            continue
        found = [*_in_percent(statement), *_in_words(statement), *_corrected(statement)]
        if found and failing().search(statement.lower):
            last = statement.order
            yield found[0]._replace(aside=aside or statement.topic is Topic.TECHNICAL)
            yield from (one._replace(aside=True) for one in found[1:])
        elif before and not found:
            yield from _answered(statement)


def _is_aside(statement: Statement) -> bool:
    """Whether a share only disputes others: it stands among the terms."""
    named = statement.topic is Topic.CREDITS and statement.field == "errors"
    return named or statement.topic is Topic.ACCOUNT


def _corrected(statement: Statement) -> Iterator[Candidate]:
    """Read ``correction on the error share, it is 11%, not 7%``."""
    if not (statement.is_correction and holds(statement.lower, ("share", "rate", "ratio"))):
        return
    shares = [one for one in statement.mentions if one.kind is Kind.SHARE]
    shares = [one for one in shares if not statement.denies(one)]
    if len(shares) == 1 and _NOT_REQUESTS.isdisjoint(statement.words):
        yield _candidate(statement, shares[0], Weight.LIKELY)


_SOON = 4  # statements after a share in which ``it`` still means that share
_RENEWED = frozenset({"now", "meanwhile", "measured", "counted", "checked", "really", "today"})
"""Words of a sentence that puts a newer share, or a better one, in place of the last."""


def _newer_share(statement: Statement) -> Candidate | None:
    """Read ``It is 17% now`` right after a share that fails, or ``we measured it, it is 9%``."""
    bare = statement.lower.startswith("now ")  # "now 9 %"
    if statement.words.isdisjoint(_RENEWED):
        return None
    if not (bare or {"it", "that", "share"} & statement.words):
        return None
    shares = [mention for mention in statement.mentions if mention.kind is Kind.SHARE]
    if len(shares) != 1 or not _NOT_REQUESTS.isdisjoint(statement.words):
        return None
    before = statement.lower[: shares[0].start].rstrip("~ ")
    if (
        not ends_in(before, ("it is", "it's", "that is", "share is", "is now", "it is now"))
        and before not in _BARE_NOW
    ):
        return None
    return _candidate(statement, shares[0], Weight.CORRECTED)


_BARE_NOW = frozenset({"now", "now at", "now about", "now roughly", "now around"})


def _asks(statement: Statement) -> bool:
    """Whether a sentence asks whether something fails, or for the share that does."""
    asks = statement.text.endswith("?") or holds(statement.lower, ("share of", "how many of"))
    return asks and failing().search(statement.lower) is not None


def _answered(statement: Statement) -> Iterator[Candidate]:
    """Take ``One in ten.`` as the answer to a question."""
    shares = [mention for mention in statement.mentions if mention.kind is Kind.SHARE]
    for mention in shares[:1]:
        yield _candidate(statement, mention, Weight.LIKELY)
    for value, start, end in () if shares else (*_ratios(statement), *_hundredths(statement)):
        yield offer(statement, FIELD, value, Weight.LIKELY, (start, end))
        return


def _hundredths(statement: Statement) -> Iterator[tuple[Decimal, int, int]]:
    """Read ``28 of 100``."""
    for part, whole in pairwise(statement.mentions):
        gap = statement.lower[part.end : whole.start]
        if gap in {" of ", " out of "} and whole.low in {100, 1000} and 0 < part.low < whole.low:
            yield part.low / whole.low, part.start, whole.end


def _may_say_share(statement: Statement) -> bool:
    """Whether a figure stands in a statement, or a number or a part in words."""
    return (
        statement.has_digits
        or may_hold(statement.lower, (*_PART_WORDS, "every "))
        or not NUMBER_WORDS.isdisjoint(statement.words)
    )


def _labelled(statement: Statement) -> Iterator[Candidate]:
    """Take the first share after ``Error rate:``, in figures or in words."""
    shares = [
        mention
        for mention in statement.mentions
        if mention.kind is Kind.SHARE and not is_usual_column(statement.column(mention))
    ]
    alone = [one for one in statement.mentions if one.bare and one.kind is Kind.COUNT]
    if not shares and len(alone) == 1 and 0 < alone[0].low < 1 and alone[0].high is None:
        shares = [alone[0]._replace(kind=Kind.SHARE)]  # "error_rate = 0.04"
    for mention in shares[:1]:
        yield _candidate(statement, mention, Weight.STATED)
    if not shares:
        yield from (one._replace(weight=Weight.STATED) for one in _in_words(statement))


def _in_percent(statement: Statement) -> Iterator[Candidate]:
    """Find ``12% of calls fail`` and ``error rate 8,5 %``; not what is called normal."""
    shares = [mention for mention in statement.mentions if mention.kind is Kind.SHARE]
    usual = [one for one in shares if _is_usual(statement, one)]
    known = any(_is_failing(statement, one) for one in usual)  # "0.1% errors is normal, now 22%"
    others = [one for one in shares if one not in usual]
    for mention in others:
        alone = known and len(others) == 1
        if not (_is_failing(statement, mention) or alone) or statement.denies(mention):
            continue
        if is_usual_column(statement.column(mention)):
            continue
        before = statement.lower[: mention.start].rstrip("~ ")
        rate = "rate" in before and re.search(r"\b(?:error|failure) rate", before)
        yield _candidate(statement, mention, Weight.STATED if rate else Weight.LIKELY)


def _is_usual(statement: Statement, mention: Mention) -> bool:
    """Whether a share is called normal: ``normally 0.1%``, ``0.1% errors is normal``."""
    words = set(statement.clause(mention).split())
    return is_normal(statement, mention) or not words.isdisjoint(_CALLED_NORMAL)


_CALLED_NORMAL = ("normal", "usual", "usually", "normally", "typical", "ordinary")


def _candidate(statement: Statement, mention: Mention, weight: Weight) -> Candidate:
    """Make a candidate; of ``rose from 1% to 12%`` the second figure, nothing above 100%."""
    value = mention.low if mention.high is None else mention.values
    if mention.high is not None and statement.lower[: mention.start].rstrip("~ ").endswith("from"):
        value = mention.high
    found = offer(statement, FIELD, value, weight, (mention.start, mention.end))
    if not all(0 <= share <= 1 for share in mention.values):
        return doubtful(found, f"'{found.text}' lies outside 0% to 100%")
    if isinstance(value, tuple) and value[1] < value[0]:
        return doubtful(found, f"the range '{found.text}' runs backwards")
    return found._replace(figure=mention)


def _is_failing(statement: Statement, mention: Mention) -> bool:
    """Whether the clause of a share says that this share fails."""
    start, end = statement.clause_span(mention)
    before = statement.lower[start : mention.start].rstrip("~ ")
    if before.endswith(" by") or ends_in(before, _GROWN):
        return False
    if statement.lower.startswith(_COMPARED, mention.end):
        return False  # "12% less"
    if before.endswith(" at") and not holds(before, ("rate", "error", "5xx", "50", "ratio")):
        return False  # "downloads stall at 99%"
    if _is_progress(statement, mention):
        return False
    clause = statement.lower[start:end]
    if " although " in clause or " though " in clause:
        clause = re.split(r" (?:al)?though ", clause)[0]
    for name in _RATES:
        clause = clause.replace(name, "error rate")
    told = statement.text[start : mention.start].strip() == "" and " of all" in clause
    if told or clause.strip().startswith(_APPOSITIONS):  # "..., that is about 15% of all uploads"
        clause = statement.lower[:end]
    others = _other_shares() if _is_of_requests(statement, mention) else _NOT_REQUESTS
    if not others.isdisjoint(re.findall(r"[a-z]+", clause)):
        return False
    return failing().search(clause) is not None


def _is_progress(statement: Statement, mention: Mention) -> bool:
    """Whether a share says how far a job is: ``resubmitting lost jobs: 70%``, ``40% through``."""
    if statement.lower.startswith(_FARTHER, mention.end):
        return True
    if _is_of_lost(statement.lower[: statement.clause_span(mention)[1]], mention.end):
        return True
    opens = not statement.text[statement.start : mention.start].strip(" ~")
    job = opens and statement.label.partition(" ")[0].endswith("ing")
    return job and failing().match(statement.label) is None


def _is_of_lost(clause: str, end: int) -> bool:
    """Whether a share is one of lost things, to which something else happens.

    Examples
    --------
    >>> _is_of_lost("a third of the lost orders were replayed", 7)
    True
    >>> _is_of_lost("a third of the damaged labels were rejected", 7)
    False
    """
    lead = _of().match(clause, end)
    match = failing().match(clause, lead.end()) if lead else None
    named = match is not None and _thing().match(clause, match.end()) is not None
    return match is not None and named and failing().search(clause, match.end()) is None


@cache
def _of() -> re.Pattern[str]:
    """Compile what leads to the things that a share is of: `` of the``."""
    return re.compile(r" of (?:the |all |our |their )*")


@cache
def _thing() -> re.Pattern[str]:
    """Compile the thing behind a word of failure, that a share is of: `` readings``."""
    return re.compile(r" [a-z-]")


_FARTHER = (" through", " done", " complete", " finished", " of the way", " ready", " so far")


def _is_of_requests(statement: Statement, mention: Mention) -> bool:
    """Whether a share is one of requests, by the words behind it: ``6% of queries``."""
    behind = word_pattern().findall(statement.lower[mention.end : mention.end + _NEXT])[:_FOUR]
    return behind[:1] == ["of"] and len(behind) > 1 and _NOT_REQUESTS.isdisjoint(behind)


_FOUR = 4  # words


def _in_words(statement: Statement) -> Iterator[Candidate]:
    """Find ``one bid in twenty was lost`` and ``a fifth of the orders fails``."""
    for value, start, end in (*_ratios(statement), *_parts(statement)):
        clause = statement.lower[start:].split(";")[0]
        before = statement.lower[:start]
        if _is_of_lost(clause, clause.find(" of ")):
            continue  # "a third of the lost orders were replayed"
        near = failing().search(clause) or failing().search(before)
        if near is None or "penalt" in before or _other_shares().intersection(clause.split()):
            continue
        usual = any(one.end <= start for one in statement.mentions) or "every " in before
        if usual and is_normal_before(before):
            continue  # "every fourth fails, before it was one in a thousand"
        if 0 < value < 1:
            yield offer(statement, FIELD, value, Weight.LIKELY, (start, end))


def _ratios(statement: Statement) -> Iterator[tuple[Decimal, int, int]]:
    """Read ``1 in 8``, ``one bid in twenty``, ``3 out of 10``: value and place."""
    if not may_hold(statement.lower, _RATIOS):
        return
    for part, whole in pairwise(statement.mentions):
        plain = part.kind is whole.kind is Kind.COUNT and part.high is whole.high is None
        if not plain or not 0 < part.low < whole.low:
            continue
        gap = statement.lower[part.end : whole.start]
        after = word_pattern().findall(statement.lower, whole.end, whole.end + _NEXT)
        if in_every().match(gap) and _GROUPS.isdisjoint(after[:1]):
            yield part.low / whole.low, part.start, whole.end


_NEXT = 24  # characters after a ratio in which the next word stands


def _parts(statement: Statement) -> Iterator[tuple[Decimal, int, int]]:
    """Read ``7 of 10 calls``, ``a fifth of the orders``, ``every tenth call``."""
    lower = statement.lower
    cued = (
        (every_nth, "every " in lower),
        (some_of, " of " in lower and statement.has_digits),
        (fraction, may_hold(lower, _PART_WORDS)),
    )
    for pattern in (compiled() for compiled, is_cued in cued if is_cued):
        for match in pattern.finditer(lower):
            value = _share(match)
            if value is not None:
                yield value, *match.span()


@cache
def _other_shares() -> frozenset[str]:
    """Give the words of other shares; "one in five requests ends with a memory error" is none."""
    return _NOT_REQUESTS - {"memory", "cpu", "disk", "cache"}


def _share(match: re.Match[str]) -> Decimal | None:
    """Compute the share of a match."""
    if match.re is some_of():
        return Decimal(match[1]) / int(match[2]) if int(match[2]) else None
    if match.re is fraction():
        return _PARTS[folded(match[1] or match[2]).replace("-", " ")]
    nth = int(match[1]) if match[1] else _ORDINALS[folded(match[2])]
    return Decimal(1) / nth if nth else None
