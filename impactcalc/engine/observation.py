"""The observation in a trial: what was measured replaces what the text and the plan say.

Downtime of the period before the incident comes from the data where they cover it, and from the
stated ``to_date`` in proportion to the rest. Time that was measured as unknown before the incident
counts as down in the share p of the trials, p being the known share of bad time (MODEL.md section
4); inside the incident the model fills it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.engine.model import Earlier, Sight
from impactcalc.models.laws import sample
from impactcalc.models.observed import (
    Clocks,
    Record,
    compile_record,
    observed_downtime,
    watched_hours,
    weigh,
)
from impactcalc.models.outage import DowntimeHours
from impactcalc.stats.distributions import Constant

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from impactcalc.domain.observed import ObservedShare
    from impactcalc.engine.model import Contract, Model, Money, World
    from impactcalc.models.laws import Draw
    from impactcalc.models.observed import Watched
    from impactcalc.models.recovery.plan import CompiledPlan

    Array = NDArray[np.float64]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR_S = 3600.0


def sight(
    seen: ObservedShare, plan: CompiledPlan, contract: Contract | None, money: Money | None
) -> Sight:
    """Compile an observed share for a plan, a contract and money, each as far as there is one."""
    origin_ns = (plan.origin - _EPOCH) // timedelta(microseconds=1) * 1000
    first = 0.0 if contract is None else min(0.0, contract.start)
    record = compile_record(seen, origin_ns, plan.as_of, first)
    return Sight(
        record,
        None if money is None else weigh(record, money.clock),
        None if contract is None else _earlier(record, contract, plan.incident_started.low),
    )


def _earlier(record: Record, contract: Contract, started: float) -> Earlier:
    begin, now = contract.start, min(record.as_of, contract.end)
    length = started - begin
    first = max(begin, record.span[0])
    last = max(first, record.span[1])
    covered = max(0.0, min(last, started) - first)
    known = record.known_hours(begin, now) if now > begin else 0.0
    return Earlier(
        first,
        last,
        max(0.0, 1.0 - covered / length) if length > 0 else 1.0,
        {
            name: record.down_hours(name, begin, now) / known if known > 0 else 0.0
            for name in DowntimeHours._fields
        },
    )


def observed_losses(model: Model, money: Money, here: World, draw: Draw) -> dict[str, Array]:
    """Figures of money by trial, as `trial.outcome` keeps them."""
    watched, clocks = parts_of(model, here)
    hours = watched_hours(watched, clocks, here.shares, model.linear)
    per_hour = sample(money.per_day, draw("business/revenue")) / 24.0
    kept = hours.so_far + hours.to_come
    if hours.returned is not None:
        kept = kept - sample(money.deferred, draw("business/deferred")) * hours.returned
    # the "lost" amount is what the share at the start loses; without one nothing is lost at all
    initial = watched.initial()
    by_share = per_hour / np.where(initial > 0, initial, 1.0)
    rate = per_hour if money.business.reading.value.value == "exposed" else by_share
    found = {
        "exposed": per_hour * kept,
        "lost": by_share * kept,
        "already_lost": rate * hours.so_far,
        "avoidable": rate * hours.to_come,
    }
    if not isinstance(money.per_day, Constant):
        found["exposure_per_day"] = per_hour * 24.0
    return found


def parts_of(model: Model, here: World) -> tuple[Watched, Clocks]:
    """Give the observed incident and its clocks."""
    if here.watched is None or model.sight is None or model.sight.clocks is None:
        raise AssertionError("asked without observations")
    return here.watched, model.sight.clocks


def earlier_seconds(model: Model, here: World, draw: Draw) -> dict[str, Array]:
    """Seconds of downtime of the period before the incident, by reading."""
    dated = dated_seconds(model, here, draw)
    stated = stated_seconds(model, draw)
    return {name: seconds + stated for name, seconds in dated.items()}


def stated_seconds(model: Model, draw: Draw) -> Array | float:
    """Seconds of the stated earlier downtime that the data do not cover."""
    if model.contract is None or model.sight is None or model.sight.earlier is None:
        raise AssertionError("asked without a contract or observations")
    uncovered, law = model.sight.earlier.uncovered, model.contract.to_date
    if isinstance(law, Constant):
        return law.value * uncovered
    return sample(law, draw("sla/to-date")) * uncovered


def dated_seconds(
    model: Model, here: World, draw: Draw, until: Array | None = None
) -> dict[str, Array]:
    """Seconds of downtime before the incident that the data tell of, by reading.

    Parameters
    ----------
    model, here, draw
        The compiled scenario, a block of its trials, and their draws.
    until
        A moment by trial, hours since the origin, after which nothing is counted.
    """
    if model.contract is None or model.sight is None or model.sight.earlier is None:
        raise AssertionError("asked without a contract or observations")
    contract, record, earlier = model.contract, model.sight.record, model.sight.earlier
    begin = np.array([contract.start])
    low = np.clip(here.times.incident_started, contract.start, contract.end)
    low = np.minimum(low, np.maximum(model.plan.as_of, contract.start))
    low = low if until is None else np.minimum(low, np.maximum(until, contract.start))
    span = np.clip(low, earlier.first, earlier.last)
    missing = record.missing.revenue(span) - record.missing.revenue(np.array([earlier.first]))
    u = draw("sla/unknown")
    found = {}
    for name in DowntimeHours._fields:
        clock = record.down[name]
        down = clock.revenue(low) - clock.revenue(begin)
        unknown = np.where(u < earlier.down_prob[name], missing, 0.0)
        found[name] = (down + unknown) * _HOUR_S
    return found


def observed_detail(model: Model, here: World) -> dict[str, Array]:
    """Details of the lost share, and of what falls into the next period."""
    watched = here.watched
    if watched is None:
        raise AssertionError("asked without observations")
    now = np.array([model.plan.as_of])
    found = {
        "initial": watched.initial(),
        "now": watched.lost_share(now),
        "told": watched.model.lost_share(now, before=True),
    }
    if model.contract is not None:
        found |= _next_period(model.contract, here, watched)
    return found


def _next_period(contract: Contract, here: World, watched: Watched) -> dict[str, Array]:
    """Whether the incident outlasts the period, and the hours of downtime after its end."""
    low = np.maximum(here.times.incident_started, contract.end)
    last = max(float(here.end.max(initial=contract.end)), watched.record.as_of) + 1.0
    hours = observed_downtime(watched, low, last, contract.threshold)
    return {
        "next/outlasts": (here.end > contract.end).astype(np.float64),
        "next/hours": getattr(hours, contract.basis or "proportional"),
    }
