"""What the text speaks of without telling it: why there is no revenue figure, or no SLA."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.narrative.labels import line_words

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate


def no_revenue_reason(estimate: Estimate) -> str:
    """Say why no revenue at risk is known."""
    lines = _lines_about(estimate, "revenue_at_risk_per_day")
    return f"the revenue at risk is unclear ({lines})" if lines else "no revenue figure is stated"


def no_sla_reason(estimate: Estimate) -> str:
    """Say why no SLA is known."""
    lines = _lines_about(estimate, "sla_objective")
    return f"the SLA is unclear ({lines})" if lines else "no SLA is stated"


def _lines_about(estimate: Estimate, fact: str) -> str:
    """Name the lines of the warnings about a fact; empty when there are none."""
    found = (one.line for one in estimate.warnings if one.field == fact and one.line)
    return line_words(tuple(dict.fromkeys(found)))


def begun(reason: str) -> str:
    """Begin a sentence with a reason."""
    return reason[:1].upper() + reason[1:]
