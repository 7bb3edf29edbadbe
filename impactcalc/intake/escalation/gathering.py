"""The gathering of facts: candidates of every fact, one choice each."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.domain.sourced import Caution
from impactcalc.intake.escalation import (
    exposure,
    failures,
    identity,
    latency,
    layout,
    people,
    promise,
    sentiment,
    service,
    timing,
)
from impactcalc.intake.escalation.candidates import Candidate, Weight, choose, close, equal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from impactcalc.intake.escalation.statements import Statement

_FINDERS: tuple[Callable[[Sequence[Statement]], Iterator[Candidate]], ...] = (
    identity.id_candidates,
    identity.customer_candidates,
    service.service_candidates,
    identity.priority_candidates,
    identity.status_candidates,
    timing.date_candidates,
    people.user_candidates,
    exposure.revenue_candidates,
    promise.sla_candidates,
    latency.latency_candidates,
    latency.increase_candidates,
    failures.error_candidates,
    layout.layout_candidates,
    sentiment.sentiment_candidates,
    identity.level_candidates,
    exposure.fee_candidates,
    exposure.arr_candidates,
    promise.tier_candidates,
    layout.tablet_candidates,
)
# These find nothing in a statement without figures.
_IN_FIGURES = frozenset(
    {
        identity.id_candidates,
        people.user_candidates,
        promise.sla_candidates,
        promise.tier_candidates,
        latency.latency_candidates,
        latency.increase_candidates,
        layout.layout_candidates,
        layout.tablet_candidates,
        exposure.fee_candidates,
        exposure.arr_candidates,
    }
)
# One of several may be taken: the first is the one that the text puts forward.
_FIRST_COUNTS = frozenset(
    {"id", "customer", "service", "sentiment", "error_rate", latency.NORMAL, latency.NOW, "tablets"}
)
_MONEY = ("revenue_at_risk_per_day", "monthly_fee", "arr")


class Gathered:
    """The chosen candidate of each fact, with contradictions and warnings."""

    def __init__(self) -> None:
        self.found: dict[str, Candidate] = {}
        self.contradictions: list[str] = []
        self.cautions: list[Caution] = []
        self.disputed: set[int] = set()


def gather(statements: Sequence[Statement]) -> Gathered:
    """Let every finder offer candidates and choose one for each fact."""
    offered: dict[str, list[Candidate]] = {}
    figured = [statement for statement in statements if statement.has_figures]
    for finder in _FINDERS:
        for candidate in finder(figured if finder in _IN_FIGURES else statements):
            offered.setdefault(candidate.field, []).append(candidate)
    gathered = Gathered()
    for name, candidates in offered.items():
        strict = name not in _FIRST_COUNTS or (
            name == "customer" and any(one.weight >= Weight.STATED for one in candidates)
        )
        choice = choose(name, candidates, strict=strict, same=_SAME.get(name, equal))
        if choice.found is not None:
            gathered.found[name] = choice.found
        if choice.contradiction:
            gathered.contradictions.append(name)
            gathered.disputed.update(caution.line for caution in choice.cautions)
        gathered.cautions.extend(choice.cautions)
    _check_order(gathered)
    _note_currency(gathered)
    return gathered


def _same_people(first: object, second: object) -> bool:
    """Whether two counts agree: a number inside a range does."""
    if isinstance(first, tuple) and isinstance(second, Decimal):
        return bool(first[0] <= second <= first[1])
    if isinstance(second, tuple) and isinstance(first, Decimal):
        return bool(second[0] <= first <= second[1])
    return first == second


# Facts whose values may be the same without being equal.
_SAME: dict[str, Callable[[object, object], bool]] = {
    "users_affected": _same_people,
    "revenue_at_risk_per_day": close,
}


def _check_order(gathered: Gathered) -> None:
    """Warn when a case was escalated before it was opened."""
    opened, escalated = gathered.found.get("created"), gathered.found.get("escalated")
    if opened is None or escalated is None or not (opened.stamp and escalated.stamp):
        return
    first, second = opened.stamp.bounds(), escalated.stamp.bounds()
    if first is not None and second is not None and second[1] < first[0]:
        for name, one in (("created", opened), ("escalated", escalated)):
            message = f"escalated ({escalated.text}) before it was opened ({opened.text})"
            gathered.cautions.append(Caution(name, message, one.line))


def _note_currency(gathered: Gathered) -> None:
    """Take the currency from the recorded money: revenue at risk, else fee, else ARR."""
    for name in _MONEY:
        found = gathered.found.get(name)
        if found is not None and found.figure is not None and found.figure.unit:
            unit = found.rate.currency if found.rate is not None else found.figure.unit
            if unit:
                gathered.found["currency"] = Candidate(
                    "currency", unit, found.weight, found.line, found.text
                )
                return
