"""Strangers: what looks like stages and is none: rows of another table, a rota, a forecast."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.verbs import is_work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.plan.stages import PlannedStage

_FEWEST = 2  # stages with hours that make the plan without the others


def without_strangers(stages: Sequence[PlannedStage]) -> Sequence[PlannedStage]:
    """Leave out what stands before a plan and orders no work.

    One such stage would shift all others: each of their figures would stand in the wrong place.

    Parameters
    ----------
    stages
        What was read as the plan, in the order of the text.

    Returns
    -------
    Sequence of PlannedStage
        The same, when two stages with hours do not follow.
    """
    first = 0
    while first < len(stages) and _is_stranger(stages[first], stages[first + 1 :]):
        first += 1
    return stages[first:]


def orders_work(stages: Sequence[PlannedStage]) -> bool:
    """Whether some stages order work: ``0-8 h: Anna`` and ``0-6 h: rain`` do not.

    A plan has at least one action that opens with a verb of work; a rota, a forecast, a table of
    prices or response times has windows and none.
    """
    return any(_orders(action.text) for stage in stages for action in stage.actions)


def _is_stranger(stage: PlannedStage, rest: Sequence[PlannedStage]) -> bool:
    """Whether a stage has no window, or one behind what follows, and no action that is work."""
    timed = [one for one in rest if one.earliest or one.latest]
    if len(timed) < _FEWEST or any(_orders(action.text) for action in stage.actions):
        return False
    if not (stage.earliest or stage.latest):
        return True
    begin, end = stage.earliest, timed[0].latest
    if begin is None or end is None or begin.business != end.business:
        return False
    return begin.amount > end.amount


def _orders(action: str) -> bool:
    """Whether an action opens with a verb of work: ``Restart the nodes``."""
    first, _, object_ = _number().sub("", action).partition(" ")
    return bool(object_) and is_work(first.lower().strip(":,"))


@cache
def _number() -> re.Pattern[str]:
    """Compile the number or code of a task before its words: ``T-101: ``, ``CTASK0091 ``."""
    return re.compile(r"^[\[(#]?(?:[A-Z]+[-_ ]?)?[0-9]+[\])]?[.:)]? +")
