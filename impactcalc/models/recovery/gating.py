"""Which stages give service back: those that do more than prevent or watch (MODEL.md section 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.domain.incident import Stage

PREVENTING_STEMS = (
    "upgrad", "monitor", "detect", "alert", "alarm", "review", "train", "post-mortem",
    "postmortem", "healing", "document", "audit", "rehears", "runbook", "dashboard", "checklist",
)  # fmt: skip
"""Beginnings of words of actions that prevent or watch [A]."""

REPAIRING_STEMS = (
    "restart", "repair", "restor", "fix", "rebuild", "replac", "failover", "roll", "revert",
    "recover", "reroute",
)  # fmt: skip
"""Beginnings of a leading verb that mends, whatever its object [A]."""


def prevents_or_watches(action: str) -> bool:
    """Whether an action only prevents or watches.

    Examples
    --------
    >>> prevents_or_watches("Add comprehensive monitoring")
    True
    >>> prevents_or_watches("Restart the monitoring agents")
    False
    """
    words = action.casefold().replace(",", " ").split()
    if not words or words[0].startswith(REPAIRING_STEMS):
        return False
    return any(word.startswith(PREVENTING_STEMS) for word in words)


def gating(stages: Sequence[Stage]) -> tuple[bool, ...]:
    """Which stages give service back; all of them when none would."""
    gates = tuple(_gates(stage) for stage in stages)
    return gates if any(gates) else (True,) * len(stages)


def _gates(stage: Stage) -> bool:
    if stage.restores is not None:
        return stage.restores.value > 0
    actions = [action.value for action in stage.actions]
    return not actions or not all(prevents_or_watches(action) for action in actions)
