"""Whom and what an estimate is about, in words that fit a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from impactcalc.report.escape import escape, shorten

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate
    from impactcalc.domain.sourced import Sourced

_SEPARATOR = " · "


def words(value: Sourced[str] | None, most: int = 60) -> str:
    """Write a name of the input; empty when the input has none."""
    return shorten(escape(value.value), most) if value is not None else ""


def opening(name: str, most: int) -> str:
    """Keep the first whole words of a name.

    Examples
    --------
    >>> opening("Consolidated Analytics of the North", 24), opening("Stratton", 24)
    ('Consolidated Analytics…', 'Stratton')
    """
    if len(name) <= most:
        return name
    start = name[:most].rsplit(" ", 1)[0].rstrip(" ,;&")
    return (
        re.sub(r"\s+(?:and|of|the|for|de|des|du|la|le|der|die|das|von|und|y|del)$", "", start) + "…"
    )


def customer(estimate: Estimate, most: int = 60) -> str:
    """Name the customer, else ``"The customer"``."""
    return words(estimate.scenario.incident.customer, most) or "The customer"


def title(estimate: Estimate, most: int = 36) -> str:
    """Name the escalation: ``"Stratton · CE1004"``."""
    incident = estimate.scenario.incident
    names = (words(incident.customer, most), words(incident.id, most // 2))
    return _SEPARATOR.join(name for name in names if name) or "Escalation"


def service(estimate: Estimate, most: int = 60) -> str:
    """Name the service; empty when the input does not."""
    return words(estimate.scenario.incident.service, most)


def standing(estimate: Estimate) -> str:
    """Say priority and level, as far as they are stated: ``"Priority high, level 2"``."""
    incident = estimate.scenario.incident
    parts = []
    if incident.priority is not None:
        parts.append(f"priority {words(incident.priority, 20)}")
    if incident.escalation_level is not None:
        parts.append(f"level {incident.escalation_level.value}")
    text = _SEPARATOR.join(parts)
    return text[:1].upper() + text[1:]


def stage_name(name: str, most: int = 28) -> str:
    """Name a stage of the plan."""
    return shorten(escape(name), most) or "(no name)"
