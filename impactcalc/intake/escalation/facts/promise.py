"""What the contract promises: the availability."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.facts.nines import in_nines
from impactcalc.intake.escalation.facts.renewals import said_by_contract
from impactcalc.intake.escalation.figures.mention import Kind, Mention
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import ends_in, holds, may_hold, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from impactcalc.intake.escalation.structure.statements import Statement

_SLA = "sla_objective"
_LOWEST = Decimal("0.8")  # no contract promises less; smaller shares mean something else
_NEAR = 40  # characters before a figure
_LOWEST_BARE = 90
_WHOLE = 100
_CONTRACT_WORDS = (
    *("sla", "contract", "contractual", "contractually", "commitment", "committed"),
    *("guarantee", "guaranteed", "guarantees", "promise", "promised", "promises", "agreed"),
    *("agreement", "clause", "nines", "objective", "owe", "owed", "bought", "tier", "plan"),
    *("contracted", "availability", "owes", "bound", "entitled"),
)
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


def sla_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the contractual availability, not the measured one or an internal target."""
    yield from said_by_contract(statements)
    for statement in statements:
        labelled = statement.start > 0 and (statement.field == "sla" or _is_pair(statement))
        weak = not labelled and statement.words.isdisjoint(_CONTRACT_WORDS)
        terms = statement.topic is Topic.ACCOUNT and _is_bare_term(statement)
        if weak and not terms and not holds(statement.lower, (" on 9", "pay for", "service level")):
            continue
        aside = statement.topic in {Topic.PLAN, Topic.HISTORY, Topic.CREDITS}
        if aside and not labelled and not _names_promise(statement):
            continue
        if statement.is_past:
            continue
        weight = Weight.STATED if labelled else Weight.LIKELY
        shares = [
            mention
            for mention in statement.mentions
            if mention.kind is Kind.SHARE and (not labelled or mention.start >= statement.start - 1)
        ]
        named = [one for one in shares if _named().match(statement.lower, one.end)]
        called = [one for one in shares if _is_called_promised(statement, one)]
        in_label = _in_label(statement) if labelled else []
        shares = in_label or _of_pair(statement, shares) or named[:1] or called[:1] or shares
        shares = shares[:1] if terms else shares
        if not (labelled or terms or _is_promise(statement)):
            continue
        shares = shares or [bare for one in statement.mentions if (bare := _bare(statement, one))]
        found = [
            candidate
            for mention in shares
            if (candidate := _objective(statement, mention, weight)) is not None
        ]
        yield from found
        if labelled and found:
            yield from _disputing(statement, found[0])
        if not found:
            yield from in_nines(statement, weight, statement.start if labelled else 0)


def _disputing(statement: Statement, chosen: Candidate) -> Iterator[Candidate]:
    """Find another promise behind the label: ``99.9% uptime SLA (the contract says 99.5%)``."""
    for mention in () if _is_pair(statement) else statement.mentions:
        told = mention.start >= statement.start and mention is not chosen.figure
        if told and mention.kind is Kind.SHARE and holds(statement.clause(mention), _PROMISED):
            other = _objective(statement, mention, Weight.LIKELY)
            yield from [other] if other is not None else ()


def _is_bare_term(statement: Statement) -> bool:
    """Whether a clause among the terms is nothing but a share of time: ``99.9% availability,``."""
    if _bare_share().match(statement.lower):
        return True
    if not holds(statement.lower, ("uptime", "availability")):
        return False
    return _bare_term().search(statement.lower) is not None


@cache
def _bare_share() -> re.Pattern[str]:
    """Compile a share that is all that opens a sentence: ``99.95%; below that they get 5%``."""
    return re.compile(r"9[0-9](?:[.,][0-9]{1,4})? ?(?:%|per ?cent)(?: a month| monthly)?(?:[;.]|$)")


@cache
def _bare_term() -> re.Pattern[str]:
    """Compile ``uptime 99 %, met`` and ``99.9% availability``, with nothing else."""
    share = r"9[0-9](?:[.,][0-9]{1,4})? ?(?:%|per ?cent)"
    return re.compile(
        rf"(?:^|[,:;] )(?:(?:uptime|availability)(?: of)? {share}|{share} (?:uptime|availability))"
        r"(?:, (?:met|kept|breached|missed|at risk))?[ .]?(?:$|[,;])"
    )


def _is_called_promised(statement: Statement, mention: Mention) -> bool:
    """Whether the words right beside a share call it promised: ``a contractual 99.5%``."""
    before = statement.lower[: mention.start].rstrip("~ (:")
    after = statement.lower[mention.end :]
    return ends_in(before, _CALLED) or _is_promised(after)


_CALLED = (
    *("contractual", "agreed", "promised", "guaranteed", "contracted", "committed", "owed"),
    *(
        f"contract {verb}"
        for verb in ("asks for", "calls for", "demands", "requires", "stipulates", "says", "sets")
    ),
)


_AFTER = (*_CALLED, "in the contract", "what ")


def _is_promised(after: str) -> bool:
    """Whether words open with what makes the share before them the promise."""
    return holds(after, _AFTER) and _called_after().match(after) is not None


@cache
def _called_after() -> re.Pattern[str]:
    """Compile what makes the share before it the promise: ``promised``, ``in the contract``."""
    return re.compile(
        r" ?(?:(?:monthly )?(?:availability|uptime) )?(?:(?:is|was|were|are) )?"
        r"(?:promised|agreed|guaranteed|owed|contracted|contractual|"
        r"in the contract|what (?:they pay for|we promised|we owe))\b"
    )


def _names_promise(statement: Statement) -> bool:
    """Whether a sentence among credits gives the promise: ``The agreed availability is 99.9%``."""
    if statement.topic is not Topic.CREDITS or not holds(
        statement.lower, ("availability", "uptime")
    ):
        return False
    return _promise_named().search(statement.lower) is not None


@cache
def _promise_named() -> re.Pattern[str]:
    """Compile the promise by its name, with nothing but its share behind it."""
    return re.compile(
        rf"^(?:the )?(?:monthly )?(?:{'|'.join(_CALLED)}) (?:monthly )?(?:availability|uptime)"
        r"(?: level)?(?: is|:| of| stands at| amounts to) 9[0-9]"
        r"|\b(?:promised?|guaranteed?|agreed(?: on)?|owe) (?:[a-z]+ ){0,3}"
        r"(?:availability|uptime) of 9[0-9]"
    )


def _in_label(statement: Statement) -> list[Mention]:
    """Give the promise that a label names beside what was measured: ``Uptime (agreed: 99.5%)``."""
    if not holds(statement.label, _PROMISED) or "%" not in statement.label:
        return []
    return [
        one
        for one in statement.mentions
        if one.kind is Kind.SHARE and one.start < statement.start - 1
    ]


def _is_pair(statement: Statement) -> bool:
    """Whether a label names a pair of availabilities: ``Uptime measured / promised``."""
    return "/" in statement.label and holds(statement.label, ("availability", "uptime"))


def _of_pair(statement: Statement, shares: Sequence[Mention]) -> list[Mention]:
    """Read ``Availability, measured / promised: 98.7% / 99.9%`` in the order of its label."""
    names = statement.label.split("/")
    if len(names) != len(shares) or len(names) < 2:  # noqa: PLR2004 - a pair
        return []
    promised = [any(word in name for word in _PROMISED) for name in names]
    return [one for one, told in zip(shares, promised, strict=True) if told]


_PROMISED = (
    "promise",
    "contract",
    "agreed",
    "guarantee",
    "guaranteed",
    "committed",
    "owed",
    "target",
    "sla",
)
_PLAINLY = frozenset(_CONTRACT_WORDS) - word_set(
    "owe bound entitled bought tier plan availability objective"
)


def _is_promise(statement: Statement) -> bool:
    """Whether a sentence speaks of what was promised: by plain words, or by two weak ones."""
    if not statement.words.isdisjoint(_PLAINLY):
        return True
    if "service level" in statement.lower:
        return True
    told = may_hold(statement.lower, _ON_PLAN)
    return told and _on_plan().search(statement.lower) is not None


_ON_PLAN = ("%", "percent", "availability objective", "pay for")


_SELLERS = frozenset({"provider", "supplier"})


@cache
def _party() -> re.Pattern[str]:
    """Compile the party of a contract that promises; a hosting provider is another."""
    return re.compile(
        r"\b(?:the|this) (?:provider|supplier) (?:owes|shall|must|guarantees|undertakes|is bound)\b"
    )


@cache
def _on_plan() -> re.Pattern[str]:
    """Compile ``we owe them 99.9%``, ``they are on 99.9%``, ``the 99.9% plan``, ``gold tier``."""
    share = r"[0-9]{2}[.,]?[0-9]{0,4} ?(?:%|percent)"
    return re.compile(
        rf"\b(?:bound to|entitled to) (?:[a-z]+ ){{0,3}}{share}"
        rf"|\b(?:provider|supplier|vendor|carrier|hoster) (?:shall|must) (?:[a-z]+ ){{0,4}}{share}"
        rf"|\b(?:owe|owes|bought|are on|'re on|is on) (?:[a-z]+ ){{0,3}}{share}"
        rf"|{share} (?:plan|tier)\b"
        rf"|\btier\b[^.]{{0,20}}{share}|\bavailability objective\b|pay for\b"
        rf"|\((?:owed|promised|contract|agreed):? {share}"
    )


@cache
def _named() -> re.Pattern[str]:
    """Compile what names a share as the promise: ``99.0% uptime SLA respected so far``."""
    return re.compile(
        r" ?(?:monthly )?(?:uptime |availability )?(?:sla|slo|guarantee|commitment)\b"
    )


def _bare(statement: Statement, mention: Mention) -> Mention | None:
    """Take ``SLA is 99.9`` for a percentage: nothing else between 90 and 100 follows the word."""
    before = statement.lower[max(0, mention.start - _NEAR) : mention.start]
    named = not {"sla", "uptime", "availability", "contract", "agreement"}.isdisjoint(
        re.findall(r"[a-z]+", before)
    )
    broken = statement.text[mention.end :].strip() in {".", ","} and mention.low % 1 == 0  # "99."
    broken = broken or mention.in_words
    if not named or broken or mention.kind is not Kind.COUNT or not mention.bare:
        return None
    if not _LOWEST_BARE <= mention.low < _WHOLE or mention.high is not None:
        return None
    return mention._replace(kind=Kind.SHARE, low=mention.low / _WHOLE, unit="%", bare=False)


def _objective(statement: Statement, mention: Mention, weight: Weight) -> Candidate | None:
    """Make a candidate of one share, unless it was measured or is a credit."""
    clause = statement.clause(mention, "  ", " / ")  # "agreed 99.5%   measured 99.1%"
    words = set(re.findall(r"[a-z]+", clause))
    supposed = "would" in words and weight is not Weight.STATED
    if supposed or statement.denies(mention) or _is_told_elsewhere(statement, clause):
        return None
    if _is_measured(statement, mention, clause, words):
        return None
    if words.intersection(_TIMES) and not words & {"uptime", "availability", "available"}:
        return None
    value = mention.low if mention.high is None else mention.high
    if value < _LOWEST or _is_of_price(statement, mention, clause):
        return None
    found = offer(statement, _SLA, value, weight, (mention.start, mention.end))
    if value > 1:
        return doubtful(found, f"'{found.text}' is above 100%")
    return found._replace(figure=mention)


def _is_of_price(statement: Statement, mention: Mention, clause: str) -> bool:
    """Whether a share is one of what is paid: ``liability is capped at 100 % of the fees``."""
    told = holds(clause, ("cap", "limit", "liab", "penalt"))
    return told and statement.lower.startswith(
        (" of the ", " of all", " of annual", " of one"), mention.end
    )


def _is_measured(
    statement: Statement, mention: Mention, clause: str, words: AbstractSet[str]
) -> bool:
    """Whether a share was measured, or is an internal target, by the words of its clause."""
    named = _is_pair(statement) or _named().match(statement.lower, mention.end) is not None
    if "us" not in words and holds(clause, _SELLERS) and _party().search(clause):
        words = words - _SELLERS  # "the provider owes 99.9%"
    measured = any(word in words if word.isalpha() else word in clause for word in _MEASURED)
    before = statement.lower[: mention.start].rstrip("~ ")
    return (
        (measured and not named)
        or _is_of_measured(statement)
        or before.endswith((" is at", " are at", " now at", " currently at", " was", " were"))
        or (before.rstrip()[-1:].isalpha() and _came_to().search(before[-_NEAR:]) is not None)
        or (
            statement.lower.startswith((" in ", " for ", " so far in "), mention.end)
            and _in_month().match(statement.lower, mention.end) is not None
        )
    )


@cache
def _in_month() -> re.Pattern[str]:
    """Compile what follows a share that was measured: ``99.93% in September``."""
    return re.compile(rf" (?:in|for|so far in) (?:{'|'.join(sorted(_MONTHS))})\b")


@cache
def _came_to() -> re.Pattern[str]:
    """Compile the words right before a share that was measured: ``October came out at``."""
    months = "|".join(sorted(_MONTHS | {"month", "quarter", "week"}))
    return re.compile(
        r"\b(?:(?:came|comes) (?:out |in )?(?:at|to)|reached|reaches|achieved|achieves|managed|saw"
        r"|(?:ended|ends|closed|closes|finished|landed|sat|sits) (?:up )?(?:at|on|with)|measured"
        rf"|(?:{months})(?: so far)?(?: (?:is|was|has|had|stands at|stood at|at|with))?)"
        r"(?: only| just| about| a)?$"
    )


def _is_told_elsewhere(statement: Statement, clause: str) -> bool:
    """Whether a share stands in an offer or on a web page, and in no contract."""
    return holds(clause, _OFFERS) or holds(statement.lower, _NO_CONTRACT)


_OFFERS = (
    *("sales deck", "brochure", "web page", "website", "web site", "slide", "pitch", "leaflet"),
    *("in the offer", "proposal", "advert", "marketing", "sales presentation", "sales promised"),
)
_NO_CONTRACT = (
    "not in the contract",
    "not in our contract",
    "not contractual",
    "not a contractual",
)


_SHOWN = (
    *("measured", "actual", "delivered", "internal", "achieved", "so far", "to date", "this month"),
    *("last ", "current", "rolling", "observed", "real", "ytd", "month to"),
)
"""Words of a label whose figure was measured, as the name of a month is."""
_MONTHS = word_set(
    "january february march april june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec"
)


def _is_of_measured(statement: Statement) -> bool:
    """Whether the label says that the figure was measured: ``Availability (measured)``."""
    label = statement.label.replace("contractual", "")  # "actual" stands in it
    told = holds(label, _SHOWN) or not _MONTHS.isdisjoint(re.findall(r"[a-z]+", label))
    return told and "/" not in statement.label
