"""The contract's side of a service level: the credit that is due, and until when to claim it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from impactcalc.domain.observation import SECOND_NS, Counts, Histogram, Remark
from impactcalc.domain.service_level import CreditDue, ServiceLevel

if TYPE_CHECKING:
    from impactcalc.domain.contract import DowntimeRule, Sla
    from impactcalc.domain.observation import Observations


def with_contract(level: ServiceLevel, sla: Sla | None) -> ServiceLevel:
    """Add the credit that a contract pays for the availability in force.

    Parameters
    ----------
    level
        The judged measurements.
    sla
        The contract; None: no credit.

    Returns
    -------
    ServiceLevel
        With ``credit`` when the contract has credits and its definition of downtime is known.
    """
    if sla is None or level.demand is None or level.downtime is None:
        return level
    remarks = list(level.remarks)
    if sla.excluded_s.value:
        words = "sla.excluded does not say when: give the maintenance as --exclude START/END"
        remarks.append(Remark(words))
    rule = level.demand.rule
    if sla.credits is None or rule is None:
        return level._replace(remarks=tuple(remarks))
    from impactcalc.models.credit_exact import credit, paid

    availability = level.downtime[rule.definition.value].availability
    judged = credit(sla.credits, sla.target.value, availability)
    amount = None
    if sla.monthly_fee is not None:
        amount = judged.share * Fraction(sla.monthly_fee.value)
        if not paid(sla.credits, amount):
            remarks.append(Remark("the credit stays below the contract's minimum: nothing is paid"))
            judged, amount = judged._replace(share=Fraction(0)), Fraction(0)
    if judged.gap:
        remarks.append(
            Remark("this availability lies in a gap of the credit tiers: the tier above")
        )
    tier = Fraction(judged.tier.upper) if judged.tier else None
    claim = _claim_by(sla, level.demand.window.end_ns)
    currency = "" if amount is None else sla.currency
    due = CreditDue(judged.share, amount, tier, claim, currency)
    return level._replace(credit=due, remarks=tuple(remarks))


def counting_words(rule: DowntimeRule) -> str:
    """Write the counting rules of a contract; empty where it names none.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from impactcalc.domain.contract import Downtime, DowntimeRule
    >>> counting_words(DowntimeRule(Downtime.ALL_FAIL, slice_s=Decimal(60), min_consecutive=5))
    'slices of 1 min, runs of 5'
    """
    from impactcalc.units.duration import exact_duration

    said = []
    if rule.slice_s is not None or rule.whole_slices:
        kind = "whole slices" if rule.whole_slices else "slices"
        said.append(f"{kind} of {exact_duration(float(rule.slice_s or 60))}")
    if rule.min_consecutive > 1:
        said.append(f"runs of {rule.min_consecutive}")
    if rule.min_events:
        said.append(f"at least {rule.min_events} events")
    if rule.empty_slices == "bad":
        said.append("silence as downtime")
    return ", ".join(said)


def unfit_slices(observations: Observations, rule: DowntimeRule | None) -> str:
    """Say why downtime is not counted by the contract's slices; empty when it is."""
    data = observations.data
    if rule is None or rule.slice_s is None or not isinstance(data, Counts | Histogram):
        return ""
    width = int(rule.slice_s * SECOND_NS)
    if not width % data.step_ns:
        return ""
    from impactcalc.units.duration import exact_duration

    slices, step = (exact_duration(each / SECOND_NS) for each in (width, data.step_ns))
    return (
        f"slices of {slices} (the contract's) cannot be made of intervals of {step}: "
        "downtime counts by interval"
    )


def _claim_by(sla: Sla, end_ns: int) -> str | None:
    """Return the last moment of a claim such as ``30 d after the period``; other words as such."""
    if sla.claim is None:
        return None
    found = re.fullmatch(r"(.+?)\s+after\s+(?:the\s+)?period(?:'s end)?", sla.claim.value)
    if found is None:
        return sla.claim.value
    from impactcalc.units.duration import parse_duration

    try:
        seconds = parse_duration(found[1])
    except ValueError:
        return sla.claim.value
    last = datetime.fromtimestamp(end_ns // SECOND_NS + int(seconds), UTC)
    return last.isoformat().replace("+00:00", "Z")
