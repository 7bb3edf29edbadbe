"""The observed budget: what has been consumed, and when it was or will be gone.

Consumption never falls, so that the moment at which it reaches a bound is found by halving, and
at last on the straight line between two moments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.engine.observation import dated_seconds, stated_seconds
from impactcalc.engine.trial import AN_INSTANT_H, HOUR_S
from impactcalc.models.observed import downtime_until
from impactcalc.models.outage import DowntimeHours, moment_of_downtime, pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from impactcalc.engine.model import Contract, Model, World
    from impactcalc.models.laws import Draw
    from impactcalc.models.observed import Watched

    Array = NDArray[np.float64]

_HALVINGS = 24
"""Of a month 0.2 s are left, in which consumption is a straight line unless an edge lies there."""


def observed_consumption(
    model: Model, contract: Contract, here: World, draw: Draw
) -> dict[str, Array]:
    """Seconds consumed at ``as_of`` and the moment of exhaustion, under each reading."""
    watched = here.watched
    if watched is None:
        raise AssertionError("asked without observations")
    stated = stated_seconds(model, draw) + np.zeros(here.end.shape)

    def used(until: Array) -> dict[str, Array]:
        """Seconds consumed up to a moment at most ``as_of``, without the stated ones."""
        dated = dated_seconds(model, here, draw, until)
        hours = _incident(contract, watched, until)
        return {name: dated[name] + getattr(hours, name) * HOUR_S for name in dated}

    now = np.full(here.end.shape, max(contract.start, min(model.plan.as_of, contract.end)))
    so_far, nothing = used(now), np.zeros_like(now)
    allowed = float(contract.budget.allowed_s)
    wanted = np.maximum(allowed - stated, AN_INSTANT_H * HOUR_S)
    low = np.maximum(np.maximum(here.times.incident_started, contract.start), model.plan.as_of)
    ahead = pieces(watched.future, np.minimum(low, contract.end), contract.end)
    found = {}
    for name in DowntimeHours._fields:
        missing = (wanted - so_far[name]) / HOUR_S
        later = moment_of_downtime(ahead, name, contract.threshold, missing)
        gone = missing <= 0
        if gone.any():
            earlier = _reaching(used, name, wanted, (contract.start, nothing), (now, so_far[name]))
            later = np.where(gone, earlier, later)
        found[f"{name}/consumed"] = so_far[name] + stated
        found[f"{name}/exhausted"] = np.where(allowed < stated, contract.start, later)
    return found


def _incident(contract: Contract, watched: Watched, until: Array) -> DowntimeHours:
    """Hours of this incident's downtime inside the period, up to a moment at most ``as_of``."""
    until = np.minimum(until, watched.record.as_of)
    low = np.maximum(watched.started, contract.start)
    return downtime_until(watched, low, until, contract.threshold)


def _reaching(
    used: Callable[[Array], dict[str, Array]],
    name: str,
    wanted: Array,
    start: tuple[float, Array],
    now: tuple[Array, Array],
) -> Array:
    """First moment at which as much is used.

    Parameters
    ----------
    used
        Seconds used up to a moment, by reading.
    name
        The reading.
    wanted
        Seconds; where more than ``now`` tells of, ``now``'s moment is given.
    start, now
        A moment and the seconds used by then.
    """
    (low, at_low), (high, at_high) = start, now
    low_moment, high_moment = np.full_like(wanted, low), high
    for _ in range(_HALVINGS):
        middle = 0.5 * (low_moment + high_moment)
        at_middle = used(middle)[name]
        reached = at_middle >= wanted
        high_moment = np.where(reached, middle, high_moment)
        at_high = np.where(reached, at_middle, at_high)
        low_moment = np.where(reached, low_moment, middle)
        at_low = np.where(reached, at_low, at_middle)
    rise = at_high - at_low
    share = np.where(rise > 0, (wanted - at_low) / np.where(rise > 0, rise, 1.0), 1.0)
    return np.asarray(low_moment + np.clip(share, 0.0, 1.0) * (high_moment - low_moment))
