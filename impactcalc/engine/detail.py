"""Details: figures that need fewer trials than the answer, from the same first points.

Stage finishes, routes to the lost share, moments of exhaustion and the service fan come from the
first points of every replicate, so that they cost little when the answer needs many trials; their
errors are their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.engine.derived import READINGS
from impactcalc.engine.next_period import next_period_detail
from impactcalc.engine.sampling import block_draw, block_points
from impactcalc.engine.trial import AN_INSTANT_H, HOUR_S, world
from impactcalc.models.laws import sample
from impactcalc.models.loss import lost_hours
from impactcalc.models.outage import Service, downtime, moment_of_downtime, pieces
from impactcalc.models.recovery.shares import restored_shares
from impactcalc.stats.distributions import Constant
from impactcalc.stats.streams import REPLICATES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from impactcalc.engine.model import Contract, Model, World
    from impactcalc.engine.sampling import Sample
    from impactcalc.models.degradation import RouteShares
    from impactcalc.models.laws import Draw

    Array = NDArray[np.float64]

DETAIL_POINTS = 512
FAN_POINTS = 128
FAN_INSTANTS = 49
_KEPT_BYTES = 2**27


def detail(model: Model, found: Sample) -> dict[str, Array]:
    """Detailed figures by name, each of shape (16, n).

    Names: ``started``, ``initial``, ``now``, ``after``; ``route/<name>/initial|now|loss``;
    ``stage/<index>/finish|critical|no_time`` (hours since the origin, then 0 or 1);
    ``<reading>/consumed|exhausted``.
    """
    points = detail_points(model, found.points)
    size = block_points(model, points)
    kept: dict[str, Array] = {}
    for first in range(0, points, size):
        draw = block_draw(found.streams, first, size)
        here = world(model, draw, REPLICATES * size)
        for name, values in _figures(model, here, draw).items():
            into = kept.setdefault(name, np.empty((REPLICATES, points)))
            into[:, first : first + size] = values.reshape(REPLICATES, size)
    return kept


def detail_points(model: Model, points: int) -> int:
    """Points a replicate of the details: bounded by the memory that the stages take."""
    most = DETAIL_POINTS
    while most > 1 and most * REPLICATES * 8 * 3 * len(model.plan.stages) > _KEPT_BYTES:
        most //= 2
    return min(points, most)


def fan(model: Model, found: Sample, instants: Array) -> Array:
    """Share of service 1 - L at instants (hours since the origin), shape (n_instants, n_trials).

    Before the incident's start the service is whole.
    """
    points = min(FAN_POINTS, detail_points(model, found.points))
    draw = block_draw(found.streams, 0, points)
    here = world(model, draw, REPLICATES * points)
    t = instants[:, np.newaxis]
    started = here.times.incident_started
    return np.where(t < started, 1.0, 1.0 - here.lost_share(t))


def _figures(model: Model, here: World, draw: Draw) -> dict[str, Array]:
    found = {"started": here.times.incident_started}
    if here.watched is not None:
        from impactcalc.engine.observation import observed_detail

        found |= observed_detail(model, here)
    else:
        found |= _lost_share(model, here, draw)
    critical = _critical(model, here)
    for index, stage in enumerate(here.times.stages):
        found[f"stage/{index}/finish"] = stage.finish
        found[f"stage/{index}/critical"] = critical[index]
        share = here.shares[index]
        found[f"stage/{index}/share"] = np.broadcast_to(np.asarray(share), here.end.shape)
        if stage.no_time is not None:
            found[f"stage/{index}/no_time"] = stage.no_time.astype(np.float64)
    if model.contract is not None:
        found |= _consumed(model, model.contract, here, draw)
        if here.watched is None:
            found |= next_period_detail(model.contract, here)
    return found


def _consumed(model: Model, contract: Contract, here: World, draw: Draw) -> dict[str, Array]:
    """Seconds consumed and the moment of exhaustion, by the model or by what was measured."""
    if here.watched is None:
        return _consumption(model, contract, here, draw)
    from impactcalc.engine.observed_budget import observed_consumption

    return observed_consumption(model, contract, here, draw)


def _lost_share(model: Model, here: World, draw: Draw) -> dict[str, Array]:
    """Give the lost share that the text or the plan tells of."""
    found = {"initial": here.lost.initial, "now": here.service.lost_share(_now(model))}
    if here.lost.after is not None:
        found["after"] = here.lost.after
    for name, route in here.lost.routes.items():
        found |= _route(model, here, draw, name, route)
    return found


def _now(model: Model) -> Array:
    return np.array([model.plan.as_of])


def _route(
    model: Model, here: World, draw: Draw, name: str, route: RouteShares
) -> dict[str, Array]:
    """Give the answer if only this route to the lost share held."""
    stages = model.scenario.recovery.stages
    shares = restored_shares(stages, route.initial, route.after)
    service = Service(here.times, shares, model.linear, route.initial)
    found = {
        f"route/{name}/initial": route.initial,
        f"route/{name}/now": service.lost_share(_now(model)),
    }
    if model.money is not None:
        money = model.money
        hours = lost_hours(here.times, shares, model.linear, money.clock, model.plan.as_of)
        per_hour = sample(money.per_day, draw("business/revenue")) / 24.0
        kept = hours.whole
        if hours.returned is not None:
            kept = kept - sample(money.deferred, draw("business/deferred")) * hours.returned
        exposed = money.business.reading.value == "exposed"
        found[f"route/{name}/loss"] = per_hour * kept * (route.initial if exposed else 1.0)
    return found


def _critical(model: Model, here: World) -> list[Array]:
    """Whether each stage lies on the longest path to full recovery, by trial."""
    stages = here.times.stages
    count = here.end.size
    critical = [np.zeros(count, dtype=bool) for _ in stages]
    left = np.ones(count, dtype=bool)  # trials whose last stage is not found yet
    for index, gate in enumerate(model.gates):
        if gate:
            last = left & (stages[index].ready >= here.end)
            critical[index] |= last
            left &= ~last
    for index in reversed(model.plan.order):
        stage, times = model.plan.stages[index], stages[index]
        if not stage.open or stage.timed:
            continue  # it waits for nothing any more
        waits = times.no_time if stage.windowed else np.ones(count, dtype=bool)
        if waits is None:
            continue
        found = critical[index] & waits
        latest = np.full(count, -np.inf)
        for j in stage.after:
            latest = np.maximum(latest, stages[j].ready)
        begun = found & (latest >= model.plan.as_of if model.plan.stages[index].open else True)
        for j in stage.after:
            binding = begun & (stages[j].ready >= latest)
            critical[j] |= binding
            begun &= ~binding
    return [flags.astype(np.float64) for flags in critical]


def _consumption(model: Model, contract: Contract, here: World, draw: Draw) -> dict[str, Array]:
    """Seconds consumed at ``as_of`` and the moment of exhaustion, under each reading."""
    low = np.minimum(np.maximum(here.times.incident_started, contract.start), contract.end)
    now = min(model.plan.as_of, contract.end)
    so_far = downtime(here.service, np.minimum(low, now), now, contract.threshold)
    if isinstance(contract.to_date, Constant):
        before: Array | float = contract.to_date.value
    else:
        before = sample(contract.to_date, draw("sla/to-date"))
    allowed = float(contract.budget.allowed_s)
    parts = pieces(here.service, low, contract.end)
    # a budget of 0 is gone with the first moment of downtime, not before
    wanted = np.maximum((allowed - before) / HOUR_S, AN_INSTANT_H) + np.zeros_like(low)
    found = {}
    for reading in READINGS:
        consumed = getattr(so_far, reading) * HOUR_S + before
        moment = moment_of_downtime(parts, reading, contract.threshold, wanted)
        found[f"{reading}/consumed"] = consumed
        found[f"{reading}/exhausted"] = np.where(allowed < before, contract.start, moment)
    return found
