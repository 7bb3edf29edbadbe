"""What the customer pays: the monthly fee and the annual recurring revenue."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.facts.periods import period_of
from impactcalc.intake.escalation.figures.mention import Kind, Mention
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import ends_in, holds
from impactcalc.units.dimension import MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_EARNING = ("we receive ", "we earn ", "we bill ", "we charge ", "we invoice ")
_BRINGING = (
    "contract says",
    "contract:",
    "brings",
    "is worth",
    "costs",
    "earns",
    "contract is",
    "contract of",
    "contract at",
)
_NO_PRICE = ("risk", "credit", "cap", "penalt", "limit", "los")
_PAYING = frozenset(
    {
        "contract",
        "earn",
        "receive",
        "bill",
        "charge",
        "invoice",
        "mrr",
        "pay",
        "pays",
        "paying",
        *("fee", "subscription", "invoiced", "billed", "invoice", "plan", "retainer", "recurring"),
        *("charged", "payment", "spend"),
    }
)


def fee_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find what the customer pays a month."""
    for statement in statements:
        labelled = statement.field == "fee" and statement.start > 0
        terms = statement.field == "sla" and statement.start > 0
        terms = terms or (statement.topic is Topic.ACCOUNT and _is_bare_price(statement))
        if not (labelled or terms) and statement.words.isdisjoint(_PAYING):
            continue
        if statement.is_past or statement.is_hypothetical:
            continue
        for index, mention in enumerate(statement.mentions):
            if mention.kind is not Kind.MONEY or mention.start < statement.start - 1:
                continue
            later = statement.mentions[index + 1 :]
            stop = later[0].start if later else len(statement.text)
            period = period_of(statement.text, mention.start, mention.end, stop)
            clause = statement.clause(mention)
            paid = holds(clause, _PAID) or _is_monthly_price(statement, mention)
            paid = paid or holds(clause, _EARNING) or _is_contract_price(statement, mention, clause)
            if _is_of_year(statement, mention):
                continue  # "Subscription: ARR EUR 96,000"
            if re.search(r"\bmrr\b|\bmonthly recurring revenue\b", clause):
                paid, period = True, MONTH  # monthly by its name
            if labelled or ((paid or terms) and period == MONTH):
                weight = Weight.STATED if labelled else Weight.LIKELY
                if period in {None, MONTH}:
                    yield _amount(statement, "monthly_fee", mention, weight)
                break


def _is_bare_price(statement: Statement) -> bool:
    """Whether a statement among the terms is an amount a month and nothing else."""
    money = [one for one in statement.mentions if one.kind is Kind.MONEY]
    if len(money) != 1 or statement.start:
        return False
    rest = statement.lower[: money[0].start] + statement.lower[money[0].end :]
    return rest.strip(" .;/") in {"a month", "per month", "monthly", "each month", "month"}


def _is_of_year(statement: Statement, mention: Mention) -> bool:
    """Whether the words right before an amount call it a year's: ``ARR EUR 900``, ``annual``."""
    before = statement.lower[: mention.start].rstrip(" :(=~").rpartition(" ")[2]
    return before.strip("(") in _OF_YEAR


_OF_YEAR = frozenset({"arr", "annual", "annually", "yearly"})
_PAID = ("pay", "fee", "subscription", "charge", "billed", "invoice", "month plan", "retainer")


@cache
def _monthly_price() -> re.Pattern[str]:
    """Compile ``monthly invoice`` with what may stand between it and the amount."""
    return re.compile(
        r"\bmonthly (?:[a-z]+ )?(?:fee|charge|invoice|price|rate|subscription|payment|bill|spend)"
        r"(?: \([^()]{1,20}\))?(?: (?:is|of|at|was|amounts to|stands at|comes to))?:? \(?$"
    )


def _is_monthly_price(statement: Statement, mention: Mention) -> bool:
    """Whether ``monthly invoice`` or the like stands right before an amount."""
    before = statement.lower[: mention.start]
    return before.rstrip(" :").endswith("(fee)") or _monthly_price().search(before) is not None


def _is_contract_price(statement: Statement, mention: Mention, clause: str) -> bool:
    """Whether the contract is said to cost or bring an amount: ``contract (EUR 900 monthly)``."""
    named = statement.lower[: mention.start].rstrip("( ").endswith("contract")
    named = named or (statement.start > 0 and statement.label in {"plan", "package"})
    named = named or ("contract" in clause and holds(clause, _BRINGING))
    named = named or ("contract says" in statement.lower and "availability" in statement.lower)
    return named and not holds(clause, _NO_PRICE)


def arr_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the annual recurring revenue, only where it is called that."""
    for statement in statements:
        named = statement.field == "arr" or "(arr)" in statement.label
        labelled = named and statement.start > 0
        if not (labelled or "recurring revenue" in statement.lower or "arr" in statement.words):
            continue
        if statement.is_past and "arr" not in statement.words:
            continue
        money = [one for one in map(partial(_priced, statement), statement.mentions) if one]
        for mention in sorted(money, key=lambda one: not _is_behind_name(statement, one)):
            clause = statement.clause(mention)
            called = "recurring revenue" in clause or re.search(r"\barr\b", clause)
            behind = statement.lower.startswith((" (arr)", " (arr,"), mention.end)
            if (labelled or called or behind) and not _is_of_month(statement, mention):
                weight = Weight.STATED if labelled else Weight.LIKELY
                yield _amount(statement, "arr", mention, weight)
                break


def _is_behind_name(statement: Statement, mention: Mention) -> bool:
    """Whether an amount stands right behind the name: ``ARR: CHF 530,000``."""
    return statement.lower[: mention.start].rstrip(" :=~").endswith("arr")


def _is_of_month(statement: Statement, mention: Mention) -> bool:
    """Whether an amount is one a month, by the words right behind it."""
    return statement.lower.startswith((" per month", "/month", " a month", " monthly"), mention.end)


def _priced(statement: Statement, mention: Mention) -> Mention | None:
    """Give an amount; of ``USD 2.1M, ARR 420,000`` the second one in the only currency named."""
    if mention.kind is Kind.MONEY:
        return mention
    before = statement.lower[: mention.start].rstrip(" :=~")
    units = {one.unit for one in statement.mentions if one.kind is Kind.MONEY}
    plain = mention.kind is Kind.COUNT and not mention.in_words and mention.low >= _LEAST
    if not (plain and ends_in(before, ("arr",)) and len(units) == 1):
        return None
    return mention._replace(kind=Kind.MONEY, unit=units.pop())


_LEAST = 1000  # of a currency; no less recurs a year


_MOST = 10**13  # in any currency


def _amount(statement: Statement, field: str, mention: Mention, weight: Weight) -> Candidate:
    """Make a candidate of one plain amount."""
    found = offer(statement, field, mention.low, weight, (mention.start, mention.end))
    if mention.low < 0:
        return doubtful(found, f"'{found.text}' is below zero")
    if mention.high is not None:
        return doubtful(found, f"'{found.text}' is a range")
    if mention.low > _MOST:
        return doubtful(found, f"'{found.text}' is more than the world earns")
    return found._replace(figure=mention)
