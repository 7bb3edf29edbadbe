"""An alternative: the model of a changed scenario, drawn with the base's names and evidence.

The common factor and every stage's score are drawn under the base's laws and evidence, so an action
never changes what is known; a changed law maps the same conditional draw (contracts, "Meaning of a
trial", 8). The base's columns are kept; draws that only the alternative has come behind them, so
neither other alternatives nor their order change a figure.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.incident import Status
from impactcalc.engine.overlay import compile_overlay
from impactcalc.engine.sampling import block_draw, block_points
from impactcalc.engine.trial import compile_model, outcome, world
from impactcalc.models.degradation import lost_share
from impactcalc.models.recovery.evidence import CommonFactor
from impactcalc.models.recovery.gating import gating
from impactcalc.models.recovery.shares import Division, divided_shares, restored_shares
from impactcalc.stats.streams import REPLICATES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from impactcalc.domain.contract import Sla
    from impactcalc.domain.incident import RecoveryPlan, Stage
    from impactcalc.domain.scenario import WhatIf
    from impactcalc.engine.model import Model
    from impactcalc.models.degradation import LostShare
    from impactcalc.models.recovery.plan import CompiledPlan
    from impactcalc.stats.streams import Streams

    Array = NDArray[np.float64]


def compile_alternative(base: Model, action: WhatIf) -> Model:
    """Compile an action's scenario under the base's evidence.

    Parameters
    ----------
    base
        The scenario as it stands, compiled.
    action
        What is changed.

    Raises
    ------
    ValueError
        When the changed scenario makes no sense: nothing is left that restores, parts contradict
        one another.
    """
    observed = base.scenario.incident.observed
    plan = action.scenario.recovery
    division = _division(plan, action)
    scenario = action.scenario._replace(
        recovery=without(plan, action.removed),
        incident=action.scenario.incident._replace(observed=observed),
    )
    model = compile_model(scenario)
    known = {None, *base.names}
    return model._replace(
        plan=_changed_plan(base, model, action),
        gates=_gates(model, division, len(action.added)),
        division=division,
        lost_factor=action.lost_share,
        overlay=compile_overlay(model, action),
        names=(*base.names, *(name for name in model.names if name not in known)),
    )


def _gates(model: Model, division: Division | None, added: int) -> tuple[bool, ...]:
    """Say which stages give service back: an added one does when it restores anything."""
    stages = model.scenario.recovery.stages
    shares = restored_shares(stages) if division is None else divided_shares(division)
    restoring = [bool(np.any(np.asarray(share) > 0)) for share in shares]
    if division is not None:
        return tuple(restoring)
    old = len(stages) - added
    return (*model.gates[:old], *restoring[old:])


def without(plan: RecoveryPlan, removed: tuple[str, ...]) -> RecoveryPlan:
    """Leave stages out: those that waited for one wait for what it waited for."""
    if not removed:
        return plan
    waits = {stage.name: stage.after for stage in plan.stages}

    def kept_after(names: tuple[str, ...], seen: frozenset[str] = frozenset()) -> tuple[str, ...]:
        found: list[str] = []
        for name in names:
            if name not in removed:
                found.append(name)
            elif name not in seen:
                found += kept_after(waits[name], seen | {name})
        return tuple(dict.fromkeys(found))

    stages = tuple(
        stage._replace(after=kept_after(stage.after))
        for stage in plan.stages
        if stage.name not in removed
    )
    if not stages:
        raise ValueError("no stage is left; keep one that gives service back")
    return plan._replace(stages=stages)


def _division(plan: RecoveryPlan, action: WhatIf) -> Division | None:
    """Say how shares are divided; None: as those of any other plan.

    The shares of the changed scenario count, for they may have been set.
    """
    if not action.removed and not any(share is not None for share in action.added.values()):
        return None
    stages = plan.stages[: len(plan.stages) - len(action.added)]
    kept = tuple(i for i, stage in enumerate(stages) if stage.name not in action.removed)
    new: list[Stage] = list(plan.stages[len(stages) :])
    gates = gating(new) if new else ()
    added = tuple(
        (0.0 if share is None and not gate else None if share is None else float(share))
        for share, gate in zip(action.added.values(), gates, strict=True)
    )
    return Division(stages, kept, added)


def _changed_plan(base: Model, model: Model, action: WhatIf) -> CompiledPlan:
    """Give a compiled plan the base's evidence, and its stages their pace and delay."""
    plan, factor = model.plan, base.plan.factor
    dependence = model.scenario.recovery.dependence.value
    if dependence != base.scenario.recovery.dependence.value:
        factor = CommonFactor(float(dependence), base.plan.evidence)
    stages = tuple(
        stage._replace(
            pace=float(action.scale.get(stage.name, 1)),
            delay=float(action.delay_s.get(stage.name, 0)) / 3600.0,
        )
        for stage in plan.stages
    )
    return plan._replace(factor=factor, stages=stages)


def remarks(base: Model, model: Model, action: WhatIf) -> tuple[str, ...]:
    """Say what is odd about an action: changes that do nothing, laws that cross the base's."""
    done = {stage.name for stage in model.plan.stages if stage.status is Status.DONE}
    idle = [name for name in (*action.scale, *action.delay_s) if name in done]
    found = [f"'{name}' is done: its time does not change any more" for name in idle]
    if model.sight is not None and action.lost_share != 1.0:
        found.append("the lost share is measured: a factor of the assumed one does nothing")
    laws = {stage.name: stage.law for stage in base.plan.stages if stage.open}
    found += [
        f"the new law of '{stage.name}' has another spread: it makes some cases longer, others "
        "shorter; judge by the average, not by how often it is better"
        for stage in model.plan.stages
        if stage.name in laws
        and stage.open
        and not math.isclose(laws[stage.name].log_sd, stage.law.log_sd, abs_tol=1e-9)
        and any("window" in path or "duration" in path for path in action.set)
    ]
    return tuple(found)


class Paired:
    """Draws of an alternative: the base's names from the base's columns, others from its own.

    Parameters
    ----------
    base
        Streams of the base's run.
    names
        Names of the base's draws.
    own
        Streams of the alternative alone.
    """

    def __init__(self, base: Streams, names: Iterable[str | None], own: Streams) -> None:
        self._base, self._own = base, own
        self._names = frozenset(name for name in names if name is not None)

    def block(self, first: int, size: int) -> Callable[[str], Array]:
        """Draws of one block by name, flat over replicates."""
        base, own = block_draw(self._base, first, size), block_draw(self._own, first, size)
        return lambda name: (base if name in self._names else own)(name)


class LostShares:
    """The base's lost share, block by block: it is the same for all that leave the incident alone.

    Parameters
    ----------
    base
        The scenario as it stands, compiled.
    streams
        Those of its run.
    points
        Points a replicate.
    """

    def __init__(self, base: Model, streams: Streams, points: int) -> None:
        self._base, self._streams = base, streams
        self._size = block_points(base, points)
        self._known: dict[int, LostShare] = {}

    def block(self, model: Model, first: int, size: int) -> LostShare | None:
        """Lost share of a block; None when the model's own must be drawn."""
        incident = self._base.scenario.incident
        if size != self._size or model.scenario.incident != incident:
            return None
        if first not in self._known:
            draw = block_draw(self._streams, first, size)
            found = lost_share(incident, draw)
            self._known[first] = found._replace(routes={})
        return self._known[first]


def changes_nothing(base: Model, model: Model, action: WhatIf) -> bool:
    """Whether an action's trials are those of the base, whatever clause of the contract judges."""
    edits = (action.scale, action.delay_s, action.added, action.removed)
    if any(edits) or model.overlay is not None or model.lost_factor != 1.0:
        return False
    here, there = base.scenario, model.scenario
    return (
        here.as_of.value == there.as_of.value
        and (here.incident, here.recovery) == (there.incident, there.recovery)
        and here.business == there.business
        and _without_clause(base) == _without_clause(model)
    )


def _without_clause(model: Model) -> tuple[Sla | None, float]:
    """Leave out which reading is in force, for all three are kept; but not its threshold."""
    if model.contract is None:
        return None, 0.0
    return model.contract.sla._replace(downtime=None), model.contract.threshold


def run_alternative(
    model: Model, draws: Paired, points: int, lost: LostShares | None = None
) -> dict[str, Array]:
    """Run an alternative's trials.

    Parameters
    ----------
    model
        Compiled by `compile_alternative`.
    draws
        Paired with those of the base.
    points
        Points a replicate.
    lost
        The base's lost shares, taken where the incident is the same.

    Returns
    -------
    Figures by name, each of shape (16, points).
    """
    if model.contract is not None and model.contract.basis is None:
        model = model._replace(contract=None)  # no reading is in force: none is asked for
    size = block_points(model, points)
    figures: dict[str, Array] = {}
    for first in range(0, points, size):
        draw = draws.block(first, size)
        known = None if lost is None else lost.block(model, first, size)
        found = outcome(model, world(model, draw, REPLICATES * size, known), draw)
        for name, values in found.items():
            into = figures.setdefault(name, np.empty((REPLICATES, points)))
            into[:, first : first + size] = values.reshape(REPLICATES, size)
    return figures
