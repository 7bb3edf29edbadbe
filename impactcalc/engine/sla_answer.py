"""The contract's answer: availability, breach, budget and credits under each reading."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from impactcalc.domain.result import (
    Budget,
    DowntimeReading,
    Pace,
    Period,
    SlaAnswer,
    Summary,
    TierChance,
)
from impactcalc.engine.detail import READINGS
from impactcalc.engine.summary import median_or_none, probability, summary
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
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from numpy.typing import NDArray

    from impactcalc.domain.contract import CreditSchedule
    from impactcalc.engine.trial import Contract, Model

    Array = NDArray[np.float64]

_CLAIM = re.compile(
    r"\s*(\d{1,4}) ?(d|days?|w|weeks?) after the period(?: ends)?\s*", re.IGNORECASE
)


def total_downtime(contract: Contract, figures: Mapping[str, Array], reading: str) -> Array:
    """Seconds of downtime of the whole period, rounded as the contract says; shape (16, n)."""
    before: Array | float
    if isinstance(contract.to_date, Constant):
        before = contract.to_date.value
    else:
        before = figures["to_date"]
    length = contract.budget.length_s
    total = np.minimum(figures[reading] + before, float(length))
    schedule = contract.sla.credits
    return rounded_downtime(total, length, None if schedule is None else schedule.rounding)


def breaches(contract: Contract, downtime_s: Array) -> NDArray[np.bool_]:
    """Whether the availability falls below the target, to a nanosecond of downtime."""
    return np.asarray(downtime_s > float(contract.budget.allowed_s) + NANOSECOND)


class Case(NamedTuple):
    """A contract and the trials that it judges.

    Parameters
    ----------
    model, contract
        The compiled scenario.
    figures, details
        Trials by name, from `sampling.run` and `detail.detail`.
    factor
        Widening of half-widths of means.
    """

    model: Model
    contract: Contract
    figures: Mapping[str, Array]
    details: Mapping[str, Array]
    factor: float


def sla_answer(case: Case) -> SlaAnswer:
    """Give everything that the contract says about this incident."""
    model, contract = case.model, case.contract
    zone = zone_of(contract.sla.timezone.value)
    readings = {name: _reading(case, name) for name in READINGS}
    basis = contract.basis
    in_force = None if basis is None else readings[basis]
    schedule = contract.sla.credits
    return SlaAnswer(
        target=float(contract.sla.target.value),
        period=Period(contract.budget.start.astimezone(zone), contract.budget.end.astimezone(zone)),
        basis=basis,
        availability_to_date=_to_date(model, contract, in_force),
        projected_availability=None if in_force is None else in_force.availability,
        breach_prob=None if in_force is None else in_force.breach_prob,
        budget=_budget(model, contract, in_force),
        credits=None if in_force is None else in_force.credits,
        credit_tiers=None if in_force is None or schedule is None else in_force.credit_tiers,
        no_credit_prob=None if in_force is None else in_force.no_credit_prob,
        claim_by=_claim_by(contract, zone),
        coverage=None,
        at_this_pace=_pace(model, contract, in_force),
        readings=readings,
    )


def zone_of(name: str) -> tzinfo:
    """Time zone by its IANA name."""
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def _reading(case: Case, name: str) -> DowntimeReading:
    contract = case.contract
    total = total_downtime(contract, case.figures, name)
    length = float(contract.budget.length_s)
    hits = breaches(contract, total)
    tiers, none = _tier_chances(contract, total, hits)
    moment = median_or_none(case.details[f"{name}/exhausted"])
    return DowntimeReading(
        availability=summary(1.0 - total / length, case.factor, tail=False),
        breach_prob=probability(hits),
        downtime_s=summary(case.figures[name], case.factor),
        consumed_s=float(case.details[f"{name}/consumed"].mean()),
        exhausted_at=None if moment is None else instant(case.model, contract, moment),
        credits=_credits(contract, total, case.factor),
        credit_tiers=tiers,
        no_credit_prob=none,
        threshold=contract.threshold if name == "threshold" else None,
    )


def instant(model: Model, contract: Contract, hours: float) -> datetime:
    """Clock time of a moment in hours since the origin, to the second, in the contract's zone."""
    moment = model.plan.origin + timedelta(seconds=round(hours * 3600.0))
    return moment.astimezone(zone_of(contract.sla.timezone.value))


def _tier_chances(
    contract: Contract, total: Array, hits: NDArray[np.bool_]
) -> tuple[tuple[TierChance, ...], float | None]:
    schedule = contract.sla.credits
    if schedule is None:
        return (), None
    if schedule.multiplier is not None:
        return (), 1.0 - float(hits.mean())
    length = contract.budget.length_s
    found = bands(schedule, length)
    paid = paid_tier(found, total)
    fee = contract.sla.monthly_fee
    if fee is not None and schedule.minimum is not None:
        share = credit_share(schedule, contract.sla, length, total)
        paid = np.where(credit_owed(schedule, float(fee.value), share) > 0, paid, -1)
    chances = tuple(
        TierChance(
            below=float(tier.upper),
            credit=float(tier.credit),
            prob=float((total > float((1 - tier.upper) * length) + NANOSECOND).mean()),
            paid_prob=float((paid == index).mean()),
        )
        for index, tier in enumerate(schedule.tiers)
    )
    return chances, float((paid < 0).mean())


def _credits(contract: Contract, total: Array, factor: float) -> Summary | None:
    schedule: CreditSchedule | None = contract.sla.credits
    fee = contract.sla.monthly_fee
    if schedule is None or fee is None:
        return None
    share = credit_share(schedule, contract.sla, contract.budget.length_s, total)
    return summary(credit_owed(schedule, float(fee.value), share), factor)


def elapsed_s(model: Model, contract: Contract) -> float:
    """Seconds of the period that have passed at ``as_of``."""
    now = min(max(model.plan.as_of, contract.start), contract.end)
    return (now - contract.start) * 3600.0


def _to_date(model: Model, contract: Contract, reading: DowntimeReading | None) -> float | None:
    passed = elapsed_s(model, contract)
    if reading is None or passed <= 0:
        return None
    return max(0.0, 1.0 - reading.consumed_s / passed)


def _budget(model: Model, contract: Contract, reading: DowntimeReading | None) -> Budget:
    allowed = float(contract.budget.allowed_s)
    if reading is None:
        return Budget(allowed, None, None, None, None, None)
    passed = elapsed_s(model, contract)
    whole = (contract.end - contract.start) * 3600.0
    rate = None
    if allowed > 0 and passed > 0:
        rate = (reading.consumed_s / allowed) / (passed / whole)
    return Budget(
        allowed_s=allowed,
        consumed_s=reading.consumed_s,
        remaining_s=allowed - reading.consumed_s,
        burn_rate=rate,
        exhausted_at=reading.exhausted_at,
        breached_at=reading.exhausted_at,
    )


def _pace(model: Model, contract: Contract, reading: DowntimeReading | None) -> Pace | None:
    passed = elapsed_s(model, contract)
    if reading is None or passed <= 0:
        return None
    availability = max(0.0, 1.0 - reading.consumed_s / passed)
    return Pace(availability, availability >= float(contract.sla.target.value))


def _claim_by(contract: Contract, zone: tzinfo) -> str | None:
    claim = contract.sla.claim
    if claim is None:
        return None
    found = _CLAIM.fullmatch(claim.value)
    if found is None:
        return claim.value
    days = int(found[1]) * (7 if found[2].lower().startswith("w") else 1)
    # local days, so that the time of day holds across a change of the clock
    return (contract.budget.end.astimezone(zone) + timedelta(days=days)).isoformat()
