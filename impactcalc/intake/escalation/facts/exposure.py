"""Money: the revenue at risk, per day."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import (
    Candidate,
    Rate,
    Weight,
    doubtful,
    offer,
    renewed,
)
from impactcalc.intake.escalation.facts.periods import (
    NEAR,
    ODD,
    PERIODS,
    odd_period,
    period_of,
    periods,
)
from impactcalc.intake.escalation.figures.mention import Kind, Mention
from impactcalc.intake.escalation.figures.mentions import currency_of
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import ends_in, holds, may_hold
from impactcalc.units.dimension import DAY, YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_REVENUE = "revenue_at_risk_per_day"
_NOT_AT_RISK = (
    "arr",
    "annual recurring",
    "contract value",
    "fee",
    "credit",
    "goodwill",
    "overtime",
    "so far",
    "to date",
    "already lost",
    "lost since",
    "last year",
    "penalty",
    "in total",
    "press",
    "lifetime",
    "one-off",
    "refund",
    "budget",
    "license",
    "licence",
)
_PAYING = frozenset({"pay", "pays", "paying", "paid", "contract", "invoice"})
"""Words of what the customer pays."""
_NO_RISK = ("not at risk", "no risk", "not in danger")
_LEAVING_OUT = (" not counting", " excluding", " apart from", " besides", " on top of", " plus the")
"""What begins a clause of other money without a comma."""
_LOSING = (
    *("losing", "loses ", "lose ", "costs them", "costs the", "cost them", "worth", "at stake"),
    *("costing", "in jeopardy", "jeopardi", "in danger", "endanger", "on the line", "hangs on"),
    *("daily exposure at", "exposes it to", "exposes us to", "exposes them to", "exposed to"),
    *("hang on", "riding on", "revenue exposure", "imperil"),
)
_RISKING = ("they risk ", "we risk ", "customer risks ")
_NOTHING = ("none", "nil", "zero", "no revenue", "no direct revenue", "nothing")
_UNSAID = (
    "stated",
    "given",
    "known",
    "quantified",
    "named",
    "provided",
    "available",
    "yet",
    "told",
    "figure",
    "amount",
    "estimate",
    "number",
)
_OTHER_TOPICS = frozenset({Topic.PLAN, Topic.NEXT, Topic.CREDITS, Topic.HISTORY, Topic.SENTIMENT})
_MUCH, _MOST = 10**10, 10**13  # a day, in any currency
_ASIDE = frozenset({Topic.NEXT, Topic.CREDITS, Topic.SENTIMENT})
"""Topics of sections whose amounts only dispute others."""


def revenue_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the amount that the text calls at risk in this incident."""
    following = [*statements[1:], None]
    told = False  # whether an amount at risk stands above
    for statement, after in zip(statements, following, strict=False):
        aside = statement.topic in _OTHER_TOPICS and not statement.is_correction
        if statement.is_past or (aside and statement.topic not in _ASIDE):
            continue
        labelled = statement.field == "revenue"
        other = _is_other_money(statement.lower) or not statement.words.isdisjoint(_PAYING)
        if labelled and not statement.start and other and "at risk" not in statement.lower:
            continue  # a later sentence behind the label, about other money
        weight = _revenue_weight(statement, labelled=labelled)
        if weight is None and after is not None and _names_risk(after):
            weight = Weight.LIKELY
        if weight is None and told and _corrects_rate(statement):
            weight = Weight.STATED
        if weight is None:
            continue
        amounts = [
            rated
            for index, mention in enumerate(statement.mentions)
            if (rated := _at_risk(statement, index, mention, weight)) is not None
        ]
        good = [amount for amount in amounts if amount.value is not None]
        told = told or bool(good)
        figures = [amount.figure for amount in good if amount.figure is not None]
        newer = renewed(statement, figures) if statement.is_correction else None
        newest = [amount for amount in good if newer is not None and amount.figure is newer]
        if aside:
            yield from (
                one._replace(aside=True) for one in good[:1] if "at risk" in statement.lower
            )
            continue
        chosen = newest or good or amounts
        yield from chosen[:1]
        others = [one for one in good[1:] if not newest and next(periods(one.text), None)]
        others = [] if "cost" in statement.lower else others
        yield from (one._replace(weight=Weight.LIKELY) for one in others)
        if not amounts and labelled and statement.start and _says_nothing(statement):
            span = (statement.start, statement.stop)
            yield offer(statement, _REVENUE, (Decimal(0),), Weight.STATED, span)


def _corrects_rate(statement: Statement) -> bool:
    """Whether a sentence corrects an amount with its period: ``correction: it is 40k a day``."""
    money = [mention for mention in statement.mentions if mention.kind is Kind.MONEY]
    paid = not statement.words.isdisjoint({"pay", "pays", "paid", "invoice", "price"})
    if not money or paid or not statement.is_correction or statement.is_hypothetical:
        return False
    later = [one.start for one in statement.mentions if one.start > money[0].start]
    stop = min(later, default=len(statement.text))
    after = statement.text[money[0].end : stop]
    return next(periods(after), None) is not None


def _names_risk(after: Statement) -> bool:
    """Whether a sentence calls the amount before it at risk: ``That is what is at risk.``."""
    pointing = (
        after.lower[after.start :].lstrip().startswith(("that is", "that's", "this is", "all"))
    )
    said = "at risk" in after.lower or "at stake" in after.lower
    return pointing and said and not after.has_figures


def _revenue_weight(statement: Statement, *, labelled: bool) -> Weight | None:
    """Tell how plainly a statement speaks of money at risk; None: not at all."""
    if labelled or "at risk" in statement.lower:
        return Weight.STATED
    named = holds(statement.lower, (*_LOSING, *_RISKING)) or _is_called_risk(statement.lower)
    return Weight.LIKELY if named and not statement.is_hypothetical else None


def _is_called_risk(lower: str) -> bool:
    """Whether words call an amount the risk, and not that of something else: ``risk is $9k``."""
    return holds(lower, ("risk", "exposure")) and _risk_is().search(lower) is not None


@cache
def _risk_is() -> re.Pattern[str]:
    """Compile the risk with its amount."""
    return re.compile(
        r"(?:^|[.,;:] |\b(?:the|their|our|its|daily|hourly|revenue|current|and|so) )"
        r"(?:risk|exposure)(?: is| comes to| stands at| amounts to|:) (?:now )?(?:about |around |"
        r"roughly |some )?~?(?:[a-z]{3} ?|[a-z]?[$\u20ac\u00a3\u00a5] ?)?[0-9]"
    )


def _says_nothing(statement: Statement) -> bool:
    """Whether a label's value is ``None``, and not ``none stated``."""
    value = statement.value.strip(" []()").lower()
    return value.startswith(_NOTHING) and not holds(value, _UNSAID)


def _at_risk(
    statement: Statement, index: int, mention: Mention, weight: Weight
) -> Candidate | None:
    """Make a candidate of one amount, unless its clause speaks of other money."""
    if mention.kind is not Kind.MONEY and not _is_amount(statement, mention):
        return None
    clause = statement.clause(mention, *_LEAVING_OUT)
    later = statement.mentions[index + 1 :]
    stop = later[0].start if later else len(statement.text)
    if _is_other_money(clause) or holds(statement.lower[mention.end : stop], _NO_RISK):
        return None
    found = offer(statement, _REVENUE, None, weight, (mention.start, stop))
    found = found._replace(text=_trimmed(statement, mention, stop))
    after = statement.text[mention.end : stop]
    if may_hold(after.lower(), ODD) and odd_period().search(after):
        return doubtful(found, f"'{found.text}': the period is no calendar time")
    period = (
        _interval(statement, index)
        or period_of(statement.text, mention.start, mention.end, stop)
        or _in_next_cell(after)
    )
    told = statement.start or "at risk" in clause
    if period == YEAR and "at risk" not in clause:
        return None  # what they earn a year is not what is at risk
    if period is None and (weight is Weight.LIKELY or not told):
        return None
    return _rated(statement, mention, period, found)


def _in_next_cell(after: str) -> Decimal | None:
    """Give the period that stands in a cell of its own, behind that of the amount."""
    match = _cell().match(after.lower())
    return PERIODS.get(match[1]) if match else None


@cache
def _cell() -> re.Pattern[str]:
    """Compile a cell of one word, behind a bar or a gap."""
    return re.compile(
        r"(?: {0,40}[|;] {0,40}| {2,80}|\t)(?:per |a )?([a-z]{1,12})(?: {0,40}[|;]|  |\t|$)"
    )


def _interval(statement: Statement, index: int) -> Decimal | None:
    """Give the time that stands as the period of an amount: ``every 15 minutes``."""
    mention, *later = statement.mentions[index : index + 2]
    if not later or later[0].kind is not Kind.TIME or later[0].high is not None:
        return None
    gap = statement.lower[mention.end : later[0].start].rstrip()
    if not (len(gap) < NEAR and (ends_in(gap, _EACH) or gap.endswith("/"))):
        return None
    odd = statement.lower[later[0].end :].lstrip(" -").startswith(("shift", "slot", "block"))
    return None if odd else later[0].low  # "per eight-hour shift": nobody knows how many a day


_EACH = ("every", "per", "each", "pro")


_LENDERS = ("credit union", "credit card", "credit bank", "credit office", "letters of credit")
"""Who or what gives credit, and is none."""


def _is_other_money(clause: str) -> bool:
    """Whether the words around an amount name other money, or what might be."""
    for lender in _LENDERS if "credit" in clause else ():
        clause = clause.replace(lender, "")
    words = set(re.findall(r"[a-z]+", clause))
    if words & {"could", "might", "would", "potentially", "theoretically"}:
        return True
    if "at risk" not in clause and holds(clause, ("pay you ", "pay us ", "pays us ")):
        return True
    if "at risk" in clause:
        words -= {"fee", "budget", "license", "licence", "penalty", "press"}
        clause = clause.replace("fee", "")
    return any(word in words if word.isalpha() else word in clause for word in _NOT_AT_RISK)


def _trimmed(statement: Statement, mention: Mention, stop: int) -> str:
    """Give the written amount with its period."""
    match = next(periods(statement.text, mention.end, min(stop, mention.end + NEAR)), None)
    return statement.passage.excerpt(mention.start, match.end() if match else mention.end)[1]


def _is_amount(statement: Statement, mention: Mention) -> bool:
    """Whether a figure without currency is an amount: large, and with a period."""
    if mention.kind is not Kind.COUNT or not _speaks_of_risk(statement, mention):
        return False
    if statement.field == "revenue" and (_is_labelled_amount(statement, mention)):
        return True
    period = next(periods(statement.text[mention.end : mention.end + 14].strip()), None)
    return period is not None and period.start() == 0


def _speaks_of_risk(statement: Statement, mention: Mention) -> bool:
    """Whether a figure stands behind the label of money at risk, or beside these words."""
    return statement.field == "revenue" or "at risk" in statement.clause(mention)


def _is_labelled_amount(statement: Statement, mention: Mention) -> bool:
    """Whether the label of a bare figure gives its period: ``Revenue at risk (EUR/day): 8500``."""
    alone = statement.value.strip(" .") == statement.text[mention.start : mention.end]
    label = statement.text[: statement.start]
    return alone and next(periods(label), None) is not None


def _currency_of(statement: Statement, mention: Mention) -> str:
    """Give the currency of an amount; of a bare one the only one that the statement names."""
    if _is_money(mention):
        return mention.unit
    named = set(filter(None, map(currency_of, _currencies().findall(statement.text))))
    return named.pop() if len(named) == 1 else ""


@cache
def _currencies() -> re.Pattern[str]:
    """Compile what may name a currency: a sign, a code, a word."""
    return re.compile(r"[A-Za-z]?[$\u20ac\u00a3\u00a5]|[A-Za-z]+")


def _rated(
    statement: Statement, mention: Mention, period: Decimal | None, found: Candidate
) -> Candidate:
    """Turn amount and period into a rate; refuse what cannot be."""
    if mention.kind is Kind.COUNT:
        unknown = re.match(r" ?([A-Z]{3})\b", statement.text[mention.end :])
        if unknown:
            return doubtful(found, f"'{unknown[1]}' is no currency that we know")
    if any(amount < 0 for amount in mention.values):
        return doubtful(found, f"'{found.text}' is below zero")
    if mention.high is not None and mention.high < mention.low:
        return doubtful(found, f"the range '{found.text}' runs backwards")
    if mention.low == 0 and mention.high is None:
        period = period or DAY  # nothing is nothing in every period
    if period is None:
        return doubtful(found, f"'{found.text}' is money without a period: per hour, day, month?")
    rate = Rate(mention.low, mention.high, _currency_of(statement, mention), period)
    most = max(rate.per_day())
    if most > _MOST:
        return doubtful(found, f"'{found.text}' is more than the world earns")
    note = found.note if rate.currency else "no currency is stated"
    note = f"'{found.text}' is more than any firm earns a day" if most > _MUCH else note
    return found._replace(value=rate.per_day(), figure=mention, note=note, rate=rate)


def _is_money(mention: Mention) -> bool:
    """Whether a figure carries a currency."""
    return mention.kind is Kind.MONEY
