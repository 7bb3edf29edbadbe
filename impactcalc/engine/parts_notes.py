"""Notes on the ledgers' parts: what each rests on, and what the ones that are null miss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.sourced import Assumption
from impactcalc.models.churn import ESCALATED, ESCALATED_FROM, SPREAD, UNSTATED, mean_shift
from impactcalc.stats.distributions import Constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.domain.exposure import Exposure
    from impactcalc.domain.incident import Incident
    from impactcalc.engine.model import Model

_NOTHING = "not computed"
_OFF = "it is computed only where it is asked for"


def part_assumptions(model: Model) -> Iterator[Assumption]:
    """Give the rules and the gaps of productivity, backlog, churn and recovery cost."""
    business = model.scenario.business
    if business is None:
        raise AssertionError("asked for parts of a scenario without money")
    yield from _productivity(business)
    yield from _backlog(business, model)
    yield from _churn(business, model.scenario.incident)
    yield from _recovery_cost(business)


def _productivity(business: Exposure) -> Iterator[Assumption]:
    field = "customer.productivity_loss"
    if business.productivity is None:
        yield Assumption(field, _NOTHING, "default: no business.productivity", _OFF)
    elif business.users is None:
        why = "the number of users is not stated"
        yield Assumption(field, _NOTHING, "default: no business.users", why)
    else:
        yield Assumption(
            field,
            "users x dependency x wage x lost share over clock hours",
            "default: model",
            "no hour of the night is spared and no work is made up for: an upper view [A]",
        )


def _backlog(business: Exposure, model: Model) -> Iterator[Assumption]:
    field = "customer.backlog"
    if business.backlog is None:
        yield Assumption(field, _NOTHING, "default: no business.backlog", _OFF)
    elif business.backlog.cost is None:
        why = "the cost of working it off is not stated"
        yield Assumption(field, _NOTHING, "default: no business.backlog.cost", why)
    elif _nothing_deferred(model):
        yield Assumption(
            field,
            "0",
            business.deferred.source,
            "only demand that comes back has to be worked off, and none is said to",
        )


def _nothing_deferred(model: Model) -> bool:
    part = None if model.parts is None else model.parts.backlog
    return part is not None and isinstance(part.deferred, Constant) and not part.deferred.value


def _churn(business: Exposure, incident: Incident) -> Iterator[Assumption]:
    field = "provider.churn"
    if business.arr is None:
        why = "no recurring revenue is stated"
        yield Assumption(field, _NOTHING, "default: no business.arr", why)
        return
    stated = incident.sentiment
    sentiment = UNSTATED if stated is None else stated.value
    level = incident.escalation_level
    words = f"{sentiment} sentiment"
    if level is not None and level.value >= ESCALATED_FROM:
        words += f", escalated to level {level.value} (+{ESCALATED:g})"
    yield Assumption(
        field,
        f"log-odds of leaving {mean_shift(incident):+.1f} +- {SPREAD:g}: {words}",
        "default: no sentiment is stated" if stated is None else stated.source,
        "that such customers leave sooner is known, by how much is not: not fitted to your "
        "accounts; in some cases the customer is likelier to stay, and the loss is negative [A]",
    )


def _recovery_cost(business: Exposure) -> Iterator[Assumption]:
    field = "provider.recovery_cost"
    if business.recovery_cost is None:
        yield Assumption(field, _NOTHING, "default: no business.recovery_cost", _OFF)
        return
    yield Assumption(
        field,
        "the same people from the plan's start to full recovery",
        "default: model",
        "clock hours without a break; overtime begins once, not every day [A]",
    )
