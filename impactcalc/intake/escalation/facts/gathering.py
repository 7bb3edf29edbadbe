"""The gathering of facts: candidates of every fact, one choice each."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.domain.sourced import Caution
from impactcalc.intake.escalation.facts import (
    case_state,
    customers,
    entry_times,
    exposure,
    failures,
    fees,
    grades,
    identity,
    latency,
    layout,
    levels,
    people,
    promise,
    sentiment,
    service,
    slowdown,
    tablets,
    tiers,
    timing,
)
from impactcalc.intake.escalation.facts.candidates import (
    Candidate,
    Choice,
    Weight,
    choose,
    close,
    equal,
    refuse,
    rival_cautions,
)
from impactcalc.intake.escalation.facts.denials import denial_cautions
from impactcalc.intake.escalation.facts.rivals import SAID_ONCE, same_day, same_instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_FINDERS: tuple[Callable[[Sequence[Statement]], Iterator[Candidate]], ...] = (
    identity.id_candidates,
    customers.customer_candidates,
    service.service_candidates,
    grades.priority_candidates,
    case_state.status_candidates,
    timing.date_candidates,
    entry_times.entry_date_candidates,
    people.user_candidates,
    exposure.revenue_candidates,
    promise.sla_candidates,
    latency.latency_candidates,
    slowdown.increase_candidates,
    failures.error_candidates,
    layout.layout_candidates,
    sentiment.sentiment_candidates,
    levels.level_candidates,
    fees.fee_candidates,
    fees.arr_candidates,
    tiers.tier_candidates,
    tablets.tablet_candidates,
)
# These find nothing in a statement without figures.
_IN_FIGURES = frozenset(
    {
        promise.sla_candidates,
        latency.latency_candidates,
        slowdown.increase_candidates,
        layout.layout_candidates,
        tablets.tablet_candidates,
        fees.fee_candidates,
        fees.arr_candidates,
    }
)
# One of several may be taken: the first is the one that the text puts forward.
_FIRST_COUNTS = frozenset(
    {"id", "customer", "service", "sentiment", "error_rate", latency.NORMAL, latency.NOW, "tablets"}
)
# Of these the first counts only until one is plainly stated: then two contradict each other.
_ONCE_STATED = frozenset({"customer", "sentiment", "error_rate"})
# In a log the first entry that tells these counts: what comes later is better already.
_OLDEST_COUNTS = _FIRST_COUNTS - {"sentiment"} | {"created", "escalated"}
# What the head of a form holds beside number and customer.
_FORM = ("priority", "status", "created", "escalated")
_MONEY = ("revenue_at_risk_per_day", "monthly_fee", "arr")
_FIGURES = frozenset(
    {
        *_MONEY,
        *(latency.NORMAL, latency.NOW, failures.FIELD, slowdown.INCREASE),
        *("users_affected", "sla_objective", "nodes", "zones", "replication_factor"),
    }
)


class Gathered:
    """The chosen candidate of each fact, with contradictions and warnings.

    `second` is the line where a second escalation begins in the same text; 0 when there is one.
    """

    def __init__(self) -> None:
        self.found: dict[str, Candidate] = {}
        self.contradictions: list[str] = []
        self.cautions: list[Caution] = []
        self.disputed: set[int] = set()
        self.second = 0


def gather(statements: Sequence[Statement], least: Weight = Weight.HINT) -> Gathered:
    """Let every finder offer candidates and choose one for each fact.

    Parameters
    ----------
    statements
        The text, taken apart.
    least
        Candidates of less weight do not count: in another language a likeness proves nothing.
    """
    offered: dict[str, list[Candidate]] = {}
    # An order to a program is no report: nothing is taken from it (``order_cautions`` names it);
    # but what stands behind the customer's label is their name, whatever it says.
    statements = [one for one in statements if one.field == "customer" or not one.is_instruction]
    figured = [statement for statement in statements if statement.has_figures]
    for finder in _FINDERS:
        for candidate in finder(figured if finder in _IN_FIGURES else statements):
            # A value without words in its line is nobody's.
            if candidate.text and candidate.weight >= least:
                offered.setdefault(candidate.field, []).append(candidate)
    _drop_names(offered)
    gathered = Gathered()
    gathered.second = identity.second_title(statements) or _second_case(offered)
    if gathered.second:
        message = (
            "a second escalation begins here: what only one of the two says is left out; "
            "read each from a file of its own"
        )
        gathered.cautions.append(Caution("", message, gathered.second))
    for name, candidates in offered.items():
        choice = _chosen(name, candidates)
        if gathered.second:
            choice = _of_both(name, candidates, gathered.second)
        if choice.found is not None:
            gathered.found[name] = choice.found
            gathered.cautions.extend(_said_beside(choice.found, candidates))
        if choice.contradiction:
            gathered.contradictions.append(name)
            gathered.disputed.update(caution.line for caution in choice.cautions)
        gathered.cautions.extend(choice.cautions)
    gathered.cautions.extend(denial_cautions(statements, gathered.found))
    _check_order(gathered)
    _check_times(gathered)
    _check_layout(gathered)
    _note_currency(gathered)
    return gathered


def _broken_off(found: Candidate) -> Iterator[Caution]:
    """Warn of an amount that breaks off behind its mark: ``$7,5``."""
    if found.text[-2:-1] in {".", ","} and _broken().search(found.text):
        yield Caution(found.field, f"'{found.text}' may be cut off", found.line)


@cache
def _broken() -> re.Pattern[str]:
    """Compile an amount of money with one digit behind the mark."""
    return re.compile(r"^[^0-9]{0,6}[$\u20ac\u00a3A-Z] ?[0-9]{1,3}[.,][0-9]$")


def _sameness(name: str) -> Callable[[Candidate, Candidate], bool]:
    """Give the rule by which two candidates of a fact agree."""
    by_value = _SAME.get(name, equal)
    return _ALIKE.get(name) or (lambda first, second: by_value(first.value, second.value))


def _drop_names(offered: dict[str, list[Candidate]]) -> None:
    """Leave out services that are the customer's own name: ``Marsh Exchange`` is no exchange."""
    words = {
        word for one in offered.get("customer", ()) for word in str(one.value).casefold().split()
    }
    if words and "service" in offered:
        offered["service"] = [
            one
            for one in offered["service"]
            if one.weight >= Weight.STATED
            or not words.issuperset(str(one.value).casefold().split())
        ]


def _second_case(offered: Mapping[str, Sequence[Candidate]]) -> int:
    """Find the line where a second escalation begins: a second number of a second customer.

    A number in a title counts where the fields of a form are filled in a second time as well: a
    title may name another case, too.
    """
    customer = _second_line(offered.get("customer", ()), Weight.STATED)
    if not customer:
        return 0
    again = sum(bool(_second_line(offered.get(name, ()), Weight.STATED)) for name in _FORM)
    number = _second_line(offered.get("id", ()), Weight.LIKELY if again >= _TWO else Weight.STATED)
    return min(number, customer) if number else 0


def _second_line(candidates: Sequence[Candidate], least: Weight) -> int:
    """Give the line of the first value that differs from the first one; 0 when all agree."""
    stated = [one for one in candidates if one.weight >= least]
    return next((one.line for one in stated if not equal(one.value, stated[0].value)), 0)


def _said_beside(found: Candidate, candidates: Sequence[Candidate]) -> Iterator[Caution]:
    """Warn of what another line says of the same fact, and of a figure that breaks off."""
    if found.field in SAID_ONCE and found.weight is Weight.STATED:
        yield from rival_cautions(found, candidates, same_day)
    if found.field in _FIGURES:
        yield from rival_cautions(found, candidates, _sameness(found.field))
        yield from _broken_off(found)


def _chosen(name: str, candidates: Sequence[Candidate]) -> Choice:
    """Choose one of a fact's candidates by the rules for that fact."""
    stated = name in _ONCE_STATED and any(one.weight >= Weight.STATED for one in candidates)
    strict = stated or name not in _FIRST_COUNTS
    newest = name not in _OLDEST_COUNTS
    return choose(name, candidates, strict=strict, newest=newest, same=_sameness(name))


def _of_both(name: str, candidates: Sequence[Candidate], second: int) -> Choice:
    """Choose what both of two escalations say; what only one says, or each in its way, is none."""
    first = _chosen(name, [one for one in candidates if one.line < second])
    other = _chosen(name, [one for one in candidates if one.line >= second])
    if first.found and other.found:
        if _sameness(name)(first.found, other.found):
            return first
        return refuse(name, first.found, [other.found])
    message = f"'{candidates[0].text}' is said of one of two escalations; left out"
    return Choice(None, cautions=(Caution(name, message, candidates[0].line),))


def _same_people(first: object, second: object) -> bool:
    """Whether two counts agree: a number inside a range does."""
    if isinstance(first, tuple) and isinstance(second, Decimal):
        return bool(first[0] <= second <= first[1])
    if isinstance(second, tuple) and isinstance(first, Decimal):
        return bool(second[0] <= first <= second[1])
    return first == second


def _same_rate(first: Candidate, second: Candidate) -> bool:
    """Whether two rates agree: the same amount a day to 1%, in the same currency."""
    units = {one.rate.currency for one in (first, second) if one.rate and one.rate.currency}
    return len(units) < _TWO and close(first.value, second.value)


def _same_money(first: Candidate, second: Candidate) -> bool:
    """Whether two amounts agree, in the same currency."""
    units = {one.figure.unit for one in (first, second) if one.figure and one.figure.unit}
    return len(units) < _TWO and first.value == second.value


_TWO = 2  # currencies, sides or fields that differ


# Facts whose values may be the same without being equal.
_SAME: dict[str, Callable[[object, object], bool]] = {
    "users_affected": _same_people,
}
# Facts whose candidates say more than their values.
_ALIKE: dict[str, Callable[[Candidate, Candidate], bool]] = {
    "created": same_instant,
    "escalated": same_instant,
    "revenue_at_risk_per_day": _same_rate,
    "monthly_fee": _same_money,
    "arr": _same_money,
}


def _check_order(gathered: Gathered) -> None:
    """Warn when a case was escalated before it was opened."""
    opened, escalated = gathered.found.get("created"), gathered.found.get("escalated")
    if opened is None or escalated is None or not (opened.stamp and escalated.stamp):
        return
    first, second = opened.stamp.bounds(), escalated.stamp.bounds()
    if first is None or second is None:
        return
    late = (second[1] - first[0]).days > _LONGEST_CASE
    if second[1] < first[0] or late:
        for name, one in (("created", opened), ("escalated", escalated)):
            when = "years after" if late else "before"
            message = f"escalated ({escalated.text}) {when} it was opened ({opened.text})"
            gathered.cautions.append(Caution(name, message, one.line))


_LONGEST_CASE = 2 * 365  # days from opening a case to its escalation


def _check_times(gathered: Gathered) -> None:
    """Leave out response times of which the normal one is the longer: one of them is no such."""
    usual, now = gathered.found.get(latency.NORMAL), gathered.found.get(latency.NOW)
    if usual is None or now is None or not (usual.figure and now.figure):
        return
    if max(now.figure.values) >= max(usual.figure.values):
        return
    message = f"normal ('{usual.text}') would be longer than now ('{now.text}'); left out"
    for name, one in ((latency.NORMAL, usual), (latency.NOW, now)):
        if one.weight <= min(usual.weight, now.weight):
            del gathered.found[name]
            gathered.cautions.append(Caution(name, message, one.line))


def _check_layout(gathered: Gathered) -> None:
    """Warn of more zones, or more copies of all data, than there are nodes."""
    nodes = gathered.found.get("nodes")
    for name in ("zones", "replication_factor"):
        other = gathered.found.get(name)
        if nodes is None or other is None or int(str(other.value)) <= int(str(nodes.value)):
            continue
        message = f"line {other.line} says '{other.text}', with '{nodes.text}': that cannot be"
        cautions = (Caution(field, message, other.line) for field in (name, "nodes"))
        gathered.cautions.extend(cautions)


def _note_currency(gathered: Gathered) -> None:
    """Take the currency from the recorded money: revenue at risk, else fee, else ARR."""
    without = ""  # the first amount whose currency is not told
    for name in _MONEY:
        found = gathered.found.get(name)
        if found is None or found.figure is None:
            continue
        unit = found.rate.currency if found.rate is not None else found.figure.unit
        if unit:
            gathered.found["currency"] = Candidate(
                "currency", unit, found.weight, found.line, found.text
            )
            if without:
                message = f"'{without}' has no currency; that of '{found.text}' is taken"
                gathered.cautions.append(Caution("currency", message, found.line))
            return
        without = without or found.text
