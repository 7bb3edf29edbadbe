"""The contract's answer: availability, breach, budget and credits under each reading."""

from __future__ import annotations

import re
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from impactcalc.domain.result import (
    Budget,
    DowntimeReading,
    Pace,
    Period,
    SlaAnswer,
    TierChance,
)
from impactcalc.engine.derived import READINGS, pays_money
from impactcalc.engine.trials import median_or_none
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    import numpy as np
    from numpy.typing import NDArray

    from impactcalc.domain.contract import CreditSchedule
    from impactcalc.engine.model import Contract, Model
    from impactcalc.engine.trials import Trials

    Array = NDArray[np.float64]

_CLAIM = r"\s*(\d{1,4}) ?(d|days?|w|weeks?) after the period(?: ends)?\s*"


class Case(NamedTuple):
    """A contract and the trials that it judges.

    ``details`` are the details of `detail.detail`, by name.
    """

    contract: Contract
    trials: Trials
    details: Mapping[str, Array]


def sla_answer(case: Case) -> SlaAnswer:
    """Give everything that the contract says about this incident."""
    model, contract = case.trials.model, case.contract
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
        coverage=_coverage(model, contract),
        at_this_pace=_pace(model, contract, in_force),
        readings=readings,
    )


def zone_of(name: str) -> tzinfo:
    """Time zone by its IANA name; the commonest needs no database."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def _reading(case: Case, name: str) -> DowntimeReading:
    contract, trials = case.contract, case.trials
    schedule = contract.sla.credits
    moment = median_or_none(case.details[f"{name}/exhausted"])
    return DowntimeReading(
        availability=trials.summary(f"{name}/availability"),
        breach_prob=trials.probability(f"{name}/breach"),
        downtime_s=trials.summary(name),
        consumed_s=float(case.details[f"{name}/consumed"].mean()),
        exhausted_at=None if moment is None else instant(trials.model, contract, moment),
        credits=trials.summary(f"{name}/credits") if pays_money(contract) else None,
        credit_tiers=() if schedule is None else _tier_chances(trials, schedule, name),
        no_credit_prob=None if schedule is None else trials.probability(f"{name}/none").value,
        threshold=contract.threshold if name == "threshold" else None,
    )


def instant(model: Model, contract: Contract, hours: float) -> datetime:
    """Clock time of a moment in hours since the origin, to the second, in the contract's zone."""
    moment = model.plan.origin + timedelta(seconds=round(hours * 3600.0))
    return moment.astimezone(zone_of(contract.sla.timezone.value))


def _tier_chances(trials: Trials, schedule: CreditSchedule, reading: str) -> tuple[TierChance, ...]:
    return tuple(
        TierChance(
            below=float(tier.upper),
            credit=float(tier.credit),
            prob=trials.probability(f"{reading}/below/{index}").value,
            paid_prob=trials.probability(f"{reading}/paid/{index}").value,
        )
        for index, tier in enumerate(schedule.tiers)
    )


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


def _coverage(model: Model, contract: Contract) -> float | None:
    """Known share of the period so far; None without observations, or before the period."""
    passed = elapsed_s(model, contract) / 3600.0
    if model.sight is None or passed <= 0:
        return None
    return min(
        1.0, model.sight.record.known_hours(contract.start, contract.start + passed) / passed
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
    found = re.fullmatch(_CLAIM, claim.value, re.IGNORECASE)
    if found is None:
        return claim.value
    days = int(found[1]) * (7 if found[2].lower().startswith("w") else 1)
    # local days, so that the time of day holds across a change of the clock
    return (contract.budget.end.astimezone(zone) + timedelta(days=days)).isoformat()
