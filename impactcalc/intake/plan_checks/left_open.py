"""Facts that the text speaks of and that were left open: two values, or one that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.check import Check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from impactcalc.domain.scenario import Scenario
    from impactcalc.intake.escalation.reading import Reading

KIND = "left open"

# The facts that the answer counts with, what is worth most first: name, and whether it is known.
_COUNTED: dict[str, tuple[str, Callable[[Scenario], object]]] = {
    "revenue_at_risk_per_day": (
        "revenue at risk",
        lambda scenario: scenario.business and scenario.business.revenue_at_risk,
    ),
    "sla_objective": ("SLA", lambda scenario: scenario.sla),
    "created": ("created", lambda scenario: scenario.incident.started.stated),
    "error_rate": ("error rate", lambda scenario: scenario.incident.error_rate),
    "latency_now_s": (
        "response time now",
        lambda scenario: scenario.incident.latency and scenario.incident.latency.now,
    ),
    "latency_normal_s": (
        "response time normally",
        lambda scenario: scenario.incident.latency and scenario.incident.latency.normal,
    ),
    "monthly_fee": ("monthly fee", lambda scenario: scenario.sla and scenario.sla.monthly_fee),
    "credit_tiers": ("credit tiers", lambda scenario: scenario.sla and scenario.sla.credits),
    "users_affected": (
        "users affected",
        lambda scenario: scenario.business and scenario.business.users,
    ),
    "stages": ("plan", lambda _: False),  # each warning is about one of its windows
}


def facts_left_open(reading: Reading, scenario: Scenario) -> Iterator[Check]:
    """Find the facts that a person has to decide before they count.

    Parameters
    ----------
    reading
        The text; its warnings say why a fact was left open.
    scenario
        What the answer counts with: a fact that was given otherwise (``--set``) is not open.
    """
    for field, (name, known) in _COUNTED.items():
        if known(scenario):
            continue
        lines: dict[str, list[int]] = {}
        for caution in reading.warnings:
            if caution.field == field:
                lines.setdefault(caution.message, []).append(caution.line)
        for message, found in lines.items():
            yield Check(KIND, f"{name}: {message}", tuple(filter(None, found)))
