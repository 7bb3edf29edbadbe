"""Derived figures: what the answer asks of a block of trials beyond what every trial keeps.

Values and events have names, so that the same definition serves trials that are kept and trials
that only run through a tally. Values: ``remaining``, ``since/<stage>``, ``<reading>/availability``,
``<reading>/credits``, ``comes_back`` and ``provider/total``. Events: ``rto``, ``mtpd``,
``<reading>/breach``, ``<reading>/below/<tier>``, ``<reading>/paid/<tier>`` and ``<reading>/none``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.models.credits import (
    NANOSECOND,
    bands,
    credit_owed,
    credit_share,
    paid_tier,
    rounded_downtime,
)
from impactcalc.stats.distributions import Constant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from impactcalc.domain.contract import CreditSchedule
    from impactcalc.engine.model import Contract, Model

    Array = NDArray[np.float64]
    Flags = NDArray[np.bool_]

READINGS = ("all_fail", "threshold", "proportional")
_SLACK_H = 1e-12


def value_names(model: Model) -> tuple[str, ...]:
    """Names of the derived values that an answer of this model holds."""
    names = ["remaining", *(f"since/{k}" for k in range(len(model.plan.stages)) if model.kept)]
    if model.contract is not None:
        names += [f"{reading}/availability" for reading in READINGS]
        if pays_money(model.contract):
            names += [f"{reading}/credits" for reading in READINGS]
    if comes_back(model):
        names.append("comes_back")
    if provider_parts(model):
        names.append("provider/total")
    return tuple(names)


def comes_back(model: Model) -> bool:
    """Whether any lost revenue comes back later."""
    return model.money is not None and model.money.clock.return_h > 0


def provider_parts(model: Model) -> tuple[str, ...]:
    """Names of the kept figures of the provider's ledger: what is there beside credits."""
    parts = model.parts
    if parts is None:
        return ()
    there = {"churn": parts.churn, "recovery_cost": parts.recovery_cost}
    return tuple(name for name, part in there.items() if part is not None)


def event_names(model: Model) -> tuple[str, ...]:
    """Names of the events that an answer of this model holds."""
    plan = model.scenario.recovery
    names = ["rto"] if plan.rto_s is not None else []
    names += ["mtpd"] if plan.mtpd_s is not None else []
    if model.contract is None:
        return tuple(names)
    schedule = model.contract.sla.credits
    tiers = range(0 if schedule is None else len(schedule.tiers))
    for reading in READINGS:
        names += [f"{reading}/breach", f"{reading}/none"]
        names += [f"{reading}/{what}/{tier}" for what in ("below", "paid") for tier in tiers]
    return tuple(names)


def pays_money(contract: Contract) -> bool:
    """Whether credits can be given in money."""
    return contract.sla.credits is not None and contract.sla.monthly_fee is not None


class Derived:
    """Derived figures of some trials.

    Parameters
    ----------
    model
        The compiled scenario.
    figures
        What every trial keeps, by name, each of shape (16, n).
    """

    def __init__(self, model: Model, figures: Mapping[str, Array]) -> None:
        self._model, self._figures = model, figures
        self._totals: dict[str, Array] = {}
        self._paid: dict[str, NDArray[np.intp]] = {}

    def values(self, name: str) -> Array:
        """Give a figure by its name, shape (16, n)."""
        found = self._figures.get(name)
        if found is not None:
            return found
        head, _, what = name.partition("/")
        if head == "since":
            return self._figures[f"stage/{what}"] - self._started()
        alone = {
            "remaining": self._remaining,
            "comes_back": self._comes_back,
            "provider": self._provider_total,
        }
        if head in alone:
            return alone[head]()
        contract = self._contract()
        if what == "availability":
            return np.asarray(1.0 - self.total_downtime(head) / float(contract.budget.length_s))
        return self._credits(contract, head)

    def event(self, name: str) -> Flags:
        """Whether an event happened, shape (16, n)."""
        head, _, what = name.partition("/")
        plan = self._model.scenario.recovery
        if head in {"rto", "mtpd"}:
            objective = plan.rto_s if head == "rto" else plan.mtpd_s
            limit = 0.0 if objective is None else float(objective.value / 3600)
            return np.asarray(self._figures["full_recovery_h"] <= limit + _SLACK_H)
        what, _, tier = what.partition("/")
        judged: dict[str, Callable[[str, int], Flags]] = {
            "breach": self._breached,
            "none": self._nothing_paid,
            "below": self._below,
            "paid": self._tier_paid,
        }
        return judged[what](head, int(tier or 0))

    def end(self) -> Array:
        """Full recovery in hours since the origin."""
        end = self._figures.get("end")
        if end is None:
            end = self._figures["full_recovery_h"] + self._model.plan.incident_started.low
        return end

    def _remaining(self) -> Array:
        """Full recovery, counted from the forecast."""
        return np.maximum(self.end() - self._model.plan.as_of, 0.0)

    def _comes_back(self) -> Array:
        """Revenue that comes back later: the loss before deferral less the loss after it."""
        if self._model.money is None:
            raise KeyError("the scenario has no revenue")
        figures = self._figures
        after = figures[self._model.money.business.reading.value.value]
        return np.asarray(figures["already_lost"] + figures["avoidable"] - after)

    def _provider_total(self) -> Array:
        """Sum of the provider's parts by trial; credits under the reading in force alone."""
        parts = [self._figures[name] for name in provider_parts(self._model)]
        contract = self._model.contract
        if contract is not None and contract.basis is not None and pays_money(contract):
            parts.append(self._credits(contract, contract.basis))
        return np.asarray(sum(parts))

    def total_downtime(self, reading: str) -> Array:
        """Seconds of downtime of the whole period, rounded as the contract says."""
        total = self._totals.get(reading)
        if total is None:
            contract = self._contract()
            before = self._before(contract, reading)
            length = contract.budget.length_s
            own = self._figures[reading]
            further = self._figures.get(f"further/{reading}")
            if further is not None:
                own = own + further
            total = np.minimum(own + before, float(length))
            schedule = contract.sla.credits
            step = None if schedule is None else schedule.rounding
            total = self._totals[reading] = rounded_downtime(total, length, step)
        return total

    def _before(self, contract: Contract, reading: str) -> Array | float:
        """Seconds of this period before the incident; measured, the readings differ."""
        measured = self._figures.get(f"before/{reading}")
        if measured is not None:
            return measured
        if isinstance(contract.to_date, Constant):
            return contract.to_date.value
        return self._figures["to_date"]

    def _started(self) -> Array | float:
        span = self._model.plan.incident_started
        if span.exact:
            return span.low
        return np.asarray(self._figures["end"] - self._figures["full_recovery_h"])

    def _contract(self) -> Contract:
        contract = self._model.contract
        if contract is None:
            raise KeyError("the scenario has no contract")
        return contract

    def _breached(self, reading: str, _tier: int) -> Flags:
        """Availability below the target, to a nanosecond of downtime."""
        allowed = float(self._contract().budget.allowed_s)
        return np.asarray(self.total_downtime(reading) > allowed + NANOSECOND)

    def _below(self, reading: str, tier: int) -> Flags:
        contract, schedule = self._contract(), self._schedule()
        bound = float((1 - schedule.tiers[tier].upper) * contract.budget.length_s)
        return np.asarray(self.total_downtime(reading) > bound + NANOSECOND)

    def _tier_paid(self, reading: str, tier: int) -> Flags:
        return np.asarray(self._paid_tiers(reading) == tier)

    def _nothing_paid(self, reading: str, _tier: int) -> Flags:
        schedule = self._contract().sla.credits
        if schedule is None or schedule.multiplier is not None:
            return ~self._breached(reading, 0)
        return np.asarray(self._paid_tiers(reading) < 0)

    def _schedule(self) -> CreditSchedule:
        schedule = self._contract().sla.credits
        if schedule is None:
            raise KeyError("the contract has no credits")
        return schedule

    def _paid_tiers(self, reading: str) -> NDArray[np.intp]:
        paid = self._paid.get(reading)
        if paid is None:
            contract, schedule = self._contract(), self._schedule()
            total = self.total_downtime(reading)
            paid = paid_tier(bands(schedule, contract.budget.length_s), total)
            if pays_money(contract) and schedule.minimum is not None:
                paid = np.where(self._credits(contract, reading) > 0, paid, -1)
            self._paid[reading] = paid
        return paid

    def _credits(self, contract: Contract, reading: str) -> Array:
        schedule, fee = self._schedule(), contract.sla.monthly_fee
        total = self.total_downtime(reading)
        share = credit_share(schedule, contract.sla, contract.budget.length_s, total)
        return credit_owed(schedule, 0.0 if fee is None else float(fee.value), share)
