"""What an action lays over the lost share: a part saved meanwhile, and a planned total outage.

From its moment on relief leaves L (1 - share); during the outage L is 1. Both are exact: what is
lost after a moment is the whole less what is lost until it, and L (1 - share) lies above a
threshold where L lies above threshold / (1 - share).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.engine.model import Overlay
from impactcalc.models.loss import lost_hours
from impactcalc.models.outage import DowntimeHours, downtime

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from impactcalc.domain.scenario import WhatIf
    from impactcalc.engine.model import Contract, Model, Money, World

    Array = NDArray[np.float64]

_NEVER = np.inf
_ABOVE_ALL = 2.0


def compile_overlay(model: Model, action: WhatIf) -> Overlay | None:
    """Compile what an action lays over the lost share; None without.

    Raises
    ------
    ValueError
        When the scenario holds what is not computed under one, or the outage has begun already.
    """
    if action.relief is None and action.outage is None:
        return None
    parts = model.parts
    if model.sight is not None:
        raise ValueError("relief and outage are not computed beside measurements; leave one out")
    if model.money is not None and model.money.clock.return_h:
        raise ValueError("relief and outage are not computed with deferred demand; leave one out")
    if parts is not None and (parts.productivity or parts.backlog):
        raise ValueError("relief and outage change revenue alone; leave productivity, backlog out")
    names = [stage.name for stage in model.plan.stages]
    relief, now = action.relief, model.plan.as_of
    needs = None
    if relief is not None and relief.needs:
        if relief.needs not in names:
            raise ValueError(f"relief needs '{relief.needs}', which is removed")
        needs = names.index(relief.needs)
    return Overlay(
        share=0.0 if relief is None else float(relief.share),
        ready=_NEVER if relief is None else now + float(relief.ready_s) / 3600.0,
        needs=needs,
        outage=_outage(model, action),
    )


def _outage(model: Model, action: WhatIf) -> tuple[float, float]:
    outage, now = action.outage, model.plan.as_of
    if outage is None:
        return now, now
    start = now if outage.at is None else _hours(model, outage.at)
    if start < now:
        raise ValueError("the planned outage lies before the forecast; give a later moment")
    return start, start + float(outage.lasts_s) / 3600.0


def _hours(model: Model, moment: datetime) -> float:
    return (moment - model.plan.origin).total_seconds() / 3600.0


def _from(overlay: Overlay, here: World) -> Array:
    """Moment from which relief works, by trial."""
    ready = np.full(here.end.shape, overlay.ready)
    if overlay.needs is None:
        return ready
    return np.asarray(np.maximum(ready, here.times.stages[overlay.needs].ready))


def changed_hours(model: Model, overlay: Overlay, money: Money, here: World) -> Array:
    """Lost hours at a lost share of 1 that the overlay adds or saves, by trial."""
    begin = _from(overlay, here)
    start, end = overlay.outage

    def until(moment: Array) -> Array:
        """Lost hours until a moment, under the relief."""
        whole = _lost_until(model, money, here, moment)
        if not overlay.share:
            return whole
        before = _lost_until(model, money, here, np.minimum(moment, begin))
        return np.asarray(before + (1.0 - overlay.share) * (whole - before))

    forever = np.full(begin.shape, 1e9)
    change = np.asarray(until(forever) - _lost_until(model, money, here, forever))
    if end > start:
        clock = money.clock
        low = np.maximum(np.full(begin.shape, start), here.times.incident_started)
        high = np.maximum(np.full(begin.shape, end), low)
        initial = np.maximum(here.lost.initial, 1e-12)
        total = (clock.revenue(high) - clock.revenue(low)) / initial
        change = change + total - (until(high) - until(low))
    return np.asarray(change)


def _lost_until(model: Model, money: Money, here: World, moment: Array) -> Array:
    """Lost hours of the plan itself until a moment, by trial."""
    return lost_hours(here.times, here.shares, model.linear, money.clock, moment).so_far


def overlaid_downtime(overlay: Overlay, contract: Contract, here: World) -> DowntimeHours:
    """Downtime inside the contract's period under the overlay."""
    low = np.minimum(np.maximum(here.times.incident_started, contract.start), contract.end)
    first, last = (np.full(low.shape, bound) for bound in overlay.outage)
    first, last = (np.clip(bound, low, contract.end) for bound in (first, last))
    parts = (
        _relieved(overlay, contract, here, low, first),
        _relieved(overlay, contract, here, last, np.full(low.shape, contract.end)),
    )
    planned = last - first
    return DowntimeHours(*(sum(each) + planned for each in zip(*parts, strict=True)))


def _relieved(
    overlay: Overlay, contract: Contract, here: World, low: Array, high: Array
) -> DowntimeHours:
    """Downtime inside [low, high) under the relief alone."""
    if not overlay.share:
        return downtime(here.service, low, high, contract.threshold)
    begin = np.clip(_from(overlay, here), low, high)
    before = downtime(here.service, low, begin, contract.threshold)
    left = 1.0 - overlay.share
    bound = contract.threshold / left if left > 0 else _NEVER
    after = downtime(here.service, begin, high, bound if bound < 1.0 else _ABOVE_ALL)
    return DowntimeHours(
        before.all_fail,
        before.threshold + after.threshold,
        before.proportional + left * after.proportional,
    )
