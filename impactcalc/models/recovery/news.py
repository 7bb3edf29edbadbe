"""News since an earlier forecast, where the plan's start is known to an interval only.

A trial's rules condition each stage's own draw on what is known, given the start and the common
factor Z; of a start that differs by trial they do not condition Z, nor the start itself. Taken
anew at every update, the forecasts would not be coherent: a stage that is still open makes a later
start and a slow plan likelier. So an update weights start and Z by the probability of the news
since the first forecast, given both; with these weights its forecast is the first one conditional
on the news.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.stats.normal import ndtr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from impactcalc.models.recovery.plan import CompiledPlan, CompiledStage

    Array = NDArray[np.float64]

_LEAST = 1e-300


def news_weights(plan: CompiledPlan, begin: Array, z: Array) -> Array:
    """Probability of the news since `CompiledPlan.known_at`, given the plan's start and Z.

    Only stages with windows count, whose finish is not stated: each contributes
    P(open or done as it is now | as it was then).

    Parameters
    ----------
    plan
        The compiled plan; without ``known_at`` there are no news.
    begin, z
        Start of the plan in hours since the origin, and common factor, by trial.
    """
    weights = np.ones(begin.shape)
    then = plan.known_at
    if then is None:
        return weights
    for k, stage in enumerate(plan.stages):
        if not stage.windowed or stage.finished is not None or _was_done(stage, then):
            continue
        free = all(_was_done(plan.stages[j], then) for j in stage.after)
        below = _below(plan, stage, begin, z, then) if free else 0.0
        known = _now(plan, k, begin, z)
        if known is not None:
            weights = weights * known / np.maximum(1.0 - below, _LEAST)
    return weights


def _was_done(stage: CompiledStage, then: float) -> bool:
    """Whether a stage was known to be done at a moment."""
    if stage.open:
        return False
    if stage.finished is not None:
        return stage.finished.high <= then
    return stage.done_by is not None and stage.done_by <= then


def _now(plan: CompiledPlan, k: int, begin: Array, z: Array) -> Array | None:
    """Probability of what is known of a stage now; None where its own time says nothing."""
    stage = plan.stages[k]
    if stage.open:
        if any(plan.stages[j].open for j in stage.after):
            return None
        return 1.0 - _below(plan, stage, begin, z, plan.as_of)
    floor = plan.floor[k]
    low = 0.0 if floor is None else _below(plan, stage, begin, z, floor)
    return np.asarray(_below(plan, stage, begin, z, plan.cut[k]) - low)


def _below(plan: CompiledPlan, stage: CompiledStage, begin: Array, z: Array, t: float) -> Array:
    """Probability that a stage's own time ends by a moment, given the start and Z."""
    spent = t - begin
    score = np.where(spent > 0, stage.law.score(np.maximum(spent, 1e-12)), -math.inf)
    return ndtr((score - plan.factor.a * z) / plan.factor.b)
