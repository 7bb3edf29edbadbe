"""The uncertain inputs: the draws of a model in words, with their values at P10 and P90."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.incident import Status
from impactcalc.models import degradation
from impactcalc.models.laws import law_of
from impactcalc.models.recovery.timeline import timeline
from impactcalc.named import NamedTuple
from impactcalc.stats.distributions import Z90

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from impactcalc.domain.quantity import Quantity
    from impactcalc.domain.sourced import Sourced
    from impactcalc.engine.model import Model
    from impactcalc.models.recovery.plan import CompiledStage, Span

    Array = NDArray[np.float64]
    Pair = tuple[float, float]

LEVELS = (0.1, 0.9)
_SCORES = np.array([-Z90, Z90])
_CHANCE = ("share", LEVELS)  # an input without a value of its own: its chance


class Input(NamedTuple):
    """One independent draw: its name, what it is in words, its unit, and its P10 and P90."""

    name: str
    words: str
    unit: str
    at: Pair


def inputs(model: Model) -> Iterator[Input]:
    """Yield the draws that the customer's loss and the recovery rest on."""
    stages = dict(_stage_inputs(model))
    for name in model.names:
        if name is None or name.startswith("sla/"):
            continue
        found = stages.get(name) or _other_input(model, name)
        if found is not None:
            yield found


def _other_input(model: Model, name: str) -> Input | None:
    head = name.partition("/")[0]
    if head == "loss":
        return _loss_input(model, name)
    if head in {"incident", "recovery"}:
        return _moment_input(model, name)
    if name == "business/revenue":
        return _revenue_input(model)
    if name == "business/deferred":
        return None
    return Input(name, _spelled(name), *_CHANCE)


def _spelled(name: str) -> str:
    """Write the last steps of a draw's name in words."""
    return name.rpartition("business/")[2].replace("/", ": ").replace("-", " ")


def _revenue_input(model: Model) -> Input | None:
    money = model.money
    if money is None:
        return None
    low, high = money.per_day.from_normal(_SCORES).tolist()
    if low == high:
        return None
    return Input("business/revenue", "revenue a day", money.business.currency, (low, high))


def _moment_input(model: Model, name: str) -> Input | None:
    plan = model.plan
    if name == "recovery/common":
        alone = len(plan.stages) == 1  # then there is nothing that it would go together with
        words = "how slow such repairs are" if alone else "all stages slow or fast together"
        return Input(name, words, *_CHANCE)
    if name == "incident/started":
        return Input(name, "time since the start", "h", _ago(plan.incident_started, plan.as_of))
    if name == "recovery/started" and plan.plan_started is not None:
        return Input(name, "time since the plan began", "h", _ago(plan.plan_started, plan.as_of))
    return None


def _ago(span: Span, now: float) -> Pair:
    """Hours between a moment and the forecast, at the moment's P10 and P90."""
    high = min(span.high, now)
    low, late = (span.low + (high - span.low) * level for level in LEVELS)
    return now - low, now - late


_ASSUMED: dict[str, tuple[str, str, Pair]] = {
    "point-reads": ("reads of single rows", "share", degradation.POINT_READS),
    "captive": ("users who wait however long", "share", degradation.CAPTIVE),
    "reads": ("reads in the work", "share", degradation.READS),
    "retry": ("failing writes that a retry saves", "share", degradation.RETRIED),
    "patience": ("impatience of the users", "per s", degradation.PATIENCE),
}
"""Draws of the lost share that are uniform between two assumed bounds."""


def _loss_input(model: Model, name: str) -> Input | None:
    """Describe a draw of the lost share; None for one that it does not rest on."""
    what = name.partition("/")[2]
    if what in _ASSUMED:
        words, unit, bounds = _ASSUMED[what]
        return Input(name, words, unit, _uniform(bounds))
    if what == "route":
        return Input(name, "route to the lost share", *_CHANCE)
    if what == "tablets-touched":
        return Input(name, "tablets that a query touches", "count", (1.0, 3.0))
    read = {
        "tablets": _tablets,
        "share": _share_input,
        "error-rate": _error_rate,
        "latency": _latency_now,
        "latency-normal": _latency_normally,
        "increase": _increase,
    }
    return read[what](model, name) if what in read else None


def _tablets(model: Model, name: str) -> Input | None:
    cluster = model.scenario.incident.cluster
    if cluster is None or cluster.tablets is not None:
        return None
    low, high = (math.log(bound) for bound in degradation.TABLET_COUNT)
    first, last = (math.exp(low + (high - low) * level) for level in LEVELS)
    return Input(name, "number of tablets", "count", (first, last))


def _error_rate(model: Model, name: str) -> Input | None:
    return _stated(name, "rate of errors", "share", model.scenario.incident.error_rate)


def _latency_now(model: Model, name: str) -> Input | None:
    latency = model.scenario.incident.latency
    return None if latency is None else _stated(name, "response time now", "s", latency.now)


def _uniform(bounds: Pair) -> Pair:
    low, high = (bounds[0] + (bounds[1] - bounds[0]) * level for level in LEVELS)
    return low, high


def _stated(name: str, words: str, unit: str, figure: Sourced[Quantity] | None) -> Input | None:
    """Describe a stated range; None for a stated value."""
    if figure is None or figure.value.fixed is not None:
        return None
    low, high = law_of(figure.value).from_normal(_SCORES).tolist()
    return Input(name, words, unit, (low, high))


def _share_input(model: Model, name: str) -> Input | None:
    stated = model.scenario.incident.lost_share
    if stated is not None:
        return _stated(name, "lost share at the start", "share", stated)
    return Input(name, "lost share, by the priority alone", *_CHANCE)


def _latency_normally(model: Model, name: str) -> Input | None:
    latency = model.scenario.incident.latency
    if latency is None or latency.normal is None:
        return None
    words, quantity = "response time normally", latency.normal.value
    if quantity.fixed is not None and latency.normal_is_bound:
        top = float(quantity.parameters[0])
        return Input(name, words, "s", _uniform((top / 4, top)))
    return _stated(name, words, "s", latency.normal)


def _increase(model: Model, name: str) -> Input | None:
    """Describe how many times the average has grown."""
    latency = model.scenario.incident.latency
    if latency is None or latency.increase is None:
        return None
    quantity = latency.increase.value
    if quantity.fixed is None:
        low, high = (1.0 + law_of(quantity).from_normal(_SCORES)).tolist()
    else:
        spread = math.exp(Z90 * degradation.INCREASE_LOG_SD)
        middle = 1.0 + float(quantity.parameters[0])
        low, high = middle / spread, middle * spread
    return Input(name, "times that the average has grown", "factor", (low, high))


def _stage_inputs(model: Model) -> Iterator[tuple[str, Input]]:
    """Yield the draws of the stages."""
    lengths = _lengths(model)
    for index, stage in enumerate(model.plan.stages):
        name = f"recovery/{stage.name}"
        for what, words, unit, at in _of_stage(stage, lengths.get(index)):
            yield f"{name}/{what}", Input(f"{name}/{what}", f"{words} ({stage.name})", unit, at)


def _of_stage(stage: CompiledStage, length: Pair | None) -> Iterator[tuple[str, str, str, Pair]]:
    """Yield what a stage's draws mean: draw, words, unit and ends."""
    if length is not None:
        words = {
            Status.DONE: "time until it was done",
            Status.IN_PROGRESS: "remaining repair time",
            Status.NOT_STARTED: "time until it is done",
        }
        yield "duration", words[stage.status], "h", length
    chance = _CHANCE[1]
    yield "start", "since when it runs", "share", chance
    yield "further", "failed tries", "share", chance
    yield "tries", "failed tries", "share", chance
    yield "relapse", "falling back", "share", chance
    yield "redo", "time to do it again", "share", chance
    if stage.hand_over is not None:
        low, high = stage.hand_over.from_normal(_SCORES).tolist()
        yield "hand-over", "hand-over", "h", (low, high)


def _lengths(model: Model) -> dict[int, Pair]:
    """Hours that each stage takes at its own P10 and P90, all other draws in their middle.

    Of an open stage they count from the forecast, of a done one from the incident's start.
    """
    plan = model.plan
    count = 2 * len(plan.stages)
    own = {f"recovery/{stage.name}/duration": index for index, stage in enumerate(plan.stages)}

    def draw(name: str) -> Array:
        u = np.full(count, 0.5)
        if name in own:
            u[2 * own[name] : 2 * own[name] + 2] = LEVELS
        return u

    times = timeline(plan, draw, count)
    found = {}
    for index, stage in enumerate(plan.stages):
        mine = slice(2 * index, 2 * index + 2)
        since = plan.as_of if stage.open else times.incident_started[mine]
        low, high = (times.stages[index].finish[mine] - since).tolist()
        found[index] = (low, high)
    return found
