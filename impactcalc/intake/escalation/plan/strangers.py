"""Strangers: what looks like stages and is none: rows of another table, a rota, a forecast."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.states.state_labels import state_label
from impactcalc.intake.escalation.words.verbs import is_work
from impactcalc.intake.escalation.words.vocabulary import DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.plan.stages import Action, PlannedStage

_FEWEST = 2  # stages with hours that make the plan without the others


def without_strangers(stages: Sequence[PlannedStage]) -> Sequence[PlannedStage]:
    """Leave out what stands before a plan and orders no work, and a report behind it.

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
    return stages[first : _end(stages)]


def _end(stages: Sequence[PlannedStage]) -> int:
    """Give where a plan with hours ends: what comes behind has none and reports on it."""
    end = len(stages)
    while end and not (stages[end - 1].earliest or stages[end - 1].latest):
        end -= 1
    behind = stages[end:]
    if end < _FEWEST or orders_work(behind) or not any(map(_reports, behind)):
        return len(stages)
    return end


def _reports(stage: PlannedStage) -> bool:
    """Whether what looks like a stage tells how far something is: ``Agents upgraded: 94%``."""
    words = (stage.name or "").lower().split()
    told = bool(words) and words[-1].endswith("ed")
    return told or any(state_label(action.text) or _is_share(action) for action in stage.actions)


def _is_share(action: Action) -> bool:
    """Whether an action is nothing but a share: ``94%``, ``3 of 20``."""
    return re.fullmatch(r"[0-9]+ ?(?:%|(?:of|/) ?[0-9]+).{0,12}", action.text) is not None


def orders_work(stages: Sequence[PlannedStage]) -> bool:
    """Whether some stages order work: ``0-8 h: Anna`` and ``0-6 h: rain`` do not.

    A plan has at least one action that opens with a verb of work; a rota, a forecast, a table of
    prices or response times has windows and none.
    """
    return any(_orders(action.text) for stage in stages for action in stage.actions)


def is_grade(name: str | None) -> bool:
    """Whether a name is that of a grade, as in a table of response times: ``Sev 1``, ``P2``."""
    grade = (name or "").lower().rstrip("0123456789 -")
    return grade != (name or "").lower() and grade in {"p", "sev", "severity", "prio", "priority"}


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
    words = action if DIGITS.isdisjoint(action) else _number().sub("", action)
    first, _, object_ = words.partition(" ")
    return bool(object_) and is_work(first.lower().strip(":,"))


@cache
def _number() -> re.Pattern[str]:
    """Compile the number or code of a task before its words: ``T-101: ``, ``CTASK0091 ``."""
    return re.compile(r"^[\[(#]?(?:[A-Z]+[-_ ]?)?[0-9]+[\])]?[.:)]? +")
