"""The two ledgers in rows and sentences: the customer's loss, the provider's exposure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from impactcalc.domain.exposure import Reading
from impactcalc.report.escape import escape, shorten
from impactcalc.report.phrases import amount, amount_range, share, share_range, stated_amount

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate, Summary

READING_WORDS = {
    Reading.EXPOSED: "read as passing through",
    Reading.LOST: "read as already lost",
}
_FAR_ABOVE = 3.0
_UNSTATED = " is not stated"


class MoneyRow(NamedTuple):
    """One line of a ledger.

    Parameters
    ----------
    label
        What is counted.
    figure
        Its distribution; None when it is not computed.
    missing
        Why it is not computed; empty when it is.
    level
        0 a whole, 1 a part of it, 2 another reading of the whole.
    middle, span, mean, worst
        Even chance, 9 in 10, average, and the average of the worst 1 in 20, in words.
    """

    label: str
    figure: Summary | None
    missing: str
    level: int
    middle: str = ""
    span: str = ""
    mean: str = ""
    worst: str = ""


def row(
    label: str, figure: Summary | None, currency: str | None, level: int = 0, missing: str = ""
) -> MoneyRow:
    """Write one line of a ledger."""
    if figure is None:
        return MoneyRow(label, None, missing, level)
    return MoneyRow(
        label,
        figure,
        "",
        level,
        amount(figure, "p50", currency),
        amount_range(figure, currency),
        amount(figure, "mean", currency),
        amount(figure, "expected_shortfall_95", currency),
    )


def whole_label(estimate: Estimate) -> str:
    """Name the customer's total by what it holds."""
    customer = estimate.customer
    alone = customer.productivity_loss is None and customer.backlog is None
    return "Revenue loss" if alone else "Customer's loss"


def customer_rows(estimate: Estimate) -> tuple[MoneyRow, ...]:
    """Write the customer's ledger: whole, lost so far, still avoidable, other parts."""
    customer, currency = estimate.customer, estimate.currency
    if customer.total is None:
        return (row("Customer's loss", None, currency, missing=no_money_reason(estimate)),)
    parts = (
        ("lost so far", customer.already_lost),
        ("still avoidable", customer.avoidable),
        ("productivity", customer.productivity_loss),
        ("backlog", customer.backlog),
    )
    inner = tuple(row(label, part, currency, 1) for label, part in parts if part is not None)
    return (row(f"{whole_label(estimate)}, whole incident", customer.total, currency), *inner)


def no_money_reason(estimate: Estimate) -> str:
    """Say why there is no loss in money."""
    if estimate.scenario.business is None or estimate.customer.exposure_per_day is None:
        return "not computed: no revenue figure is stated"
    return "not computed"


def reading_rows(estimate: Estimate) -> tuple[MoneyRow, ...]:
    """Write the whole loss by both readings of the stated amount."""
    currency, readings = estimate.currency, estimate.customer.readings
    return tuple(
        row(words, readings[reading], currency, 2)
        for reading, words in READING_WORDS.items()
        if readings.get(reading) is not None
    )


def route_rows(estimate: Estimate) -> tuple[MoneyRow, ...]:
    """Write the whole loss by each of several ways to the lost share, alone."""
    routes = estimate.lost_share.routes
    return tuple(
        row(f"by {shorten(escape(one.name), 20)} alone", one.revenue_loss, estimate.currency, 2)
        for one in routes
        if one.revenue_loss is not None and len(routes) > 1
    )


def reading_in_force(estimate: Estimate) -> Reading | None:
    """Say which reading of the stated amount the figures use."""
    business = estimate.scenario.business
    if business is None or estimate.customer.total is None:
        return None
    return business.reading.value


def readings_title(estimate: Estimate) -> str:
    """Write what another reading of the stated amount would make of the loss."""
    used = reading_in_force(estimate)
    other = Reading.EXPOSED if used is Reading.LOST else Reading.LOST
    figure, total = estimate.customer.readings.get(other), estimate.customer.total
    if used is None or figure is None or total is None:
        return "What the loss would be by other readings"
    there, here = (amount(one, "p50", estimate.currency) for one in (figure, total))
    words = READING_WORDS[other].removeprefix("r")
    return f"R{words}: {there}, not {here}" if here != there else "Both readings give the same loss"


def routes_sentence(estimate: Estimate) -> str:
    """Say what each way to the failing share alone would give; empty when there is one way."""
    rows = route_rows(estimate)
    if not rows:
        return ""
    alone = ", ".join(f"{one.label} {one.middle}" for one in rows)
    return f"The input's figures disagree: {alone}."


def provider_rows(estimate: Estimate) -> tuple[MoneyRow, ...]:
    """Write the provider's ledger; what is not computed says why."""
    provider, currency = estimate.provider, estimate.currency
    credits_missing = "" if provider.credits is not None else no_credit_reason(estimate)
    rows = [row("Service credits", provider.credits, currency, missing=credits_missing)]
    others = (("Churn", provider.churn), ("Recovery cost", provider.recovery_cost))
    rows += [row(label, part, currency) for label, part in others if part is not None]
    missing = [label for label, part in others if part is None]
    if missing:
        label = missing[0] + "".join(f", {other.lower()}" for other in missing[1:])
        rows.append(row(label, None, currency, missing=_other_reason(estimate, missing)))
    if provider.total is not None and len(rows) > 1 and provider.total != provider.credits:
        rows.insert(0, row("Our exposure", provider.total, currency))
    return tuple(rows)


def provider_sentence(estimate: Estimate) -> str:
    """Say in one line why nothing of the provider's ledger is computed; empty when a part is."""
    rows = provider_rows(estimate)
    if any(one.figure is not None for one in rows):
        return ""
    reasons = list(dict.fromkeys(one.missing.removeprefix("not computed: ") for one in rows))
    unstated = [reason.removesuffix(_UNSTATED) for reason in reasons if reason.endswith(_UNSTATED)]
    if len(unstated) == len(reasons) > 1:
        return f"not computed: {' and '.join(unstated)} are not stated"
    return f"not computed: {'; '.join(reasons)}"


def no_credit_reason(estimate: Estimate) -> str:
    """Say why there is no credit in money."""
    sla = estimate.scenario.sla
    if sla is None or estimate.sla is None:
        return "not computed: no SLA is stated"
    if sla.monthly_fee is None:
        return "not computed: the monthly fee is not stated"
    if sla.credits is None:
        return "not computed: the credit tiers are not stated"
    return "not computed: the definition of downtime is not stated"


def _other_reason(estimate: Estimate, missing: list[str]) -> str:
    """Say why churn and recovery cost are missing."""
    business = estimate.scenario.figures.get("business")
    stated = isinstance(business, dict) and "arr" in business
    if "Churn" in missing and not stated:
        return "not computed: ARR is not stated"
    return "not computed in this version"


def exposure_sentence(estimate: Estimate) -> str:
    """Say what passes through the service and which share of it fails now."""
    per_day = estimate.customer.exposure_per_day
    if per_day is None:
        return ""
    passes = f"{stated_amount(per_day, estimate.currency)} a day"
    if reading_in_force(estimate) is Reading.LOST:
        return f"{passes} is read as what the outage at its start already loses."
    text = f"{passes} passes through the service"
    if not estimate.recovery.open:
        return f"{text}; service is back."
    now = estimate.lost_share.now
    if now.p95 <= 0:
        return f"{text}; none of it fails now."
    middle, span = share(now, "p50"), share_range(now)
    return f"{text}; {middle if middle == span else f'about {middle}'} of it fails now" + (
        "." if middle == span else f" ({span})."
    )


def skew_sentence(estimate: Estimate) -> str:
    """Explain an average that lies far above the even-chance figure; empty when it does not."""
    total = estimate.customer.total
    if total is None or total.p50 <= 0 or total.mean < _FAR_ABOVE * total.p50:
        return ""
    return (
        "The average lies far above the even-chance figure because a few cases run very long: "
        "use the even-chance figure to talk, the average to budget."
    )


def dots_title(estimate: Estimate) -> str:
    """Write the finding of the loss plot."""
    total = estimate.customer.total
    if total is None or total.p95 <= 0:
        return "No loss of revenue"
    return f"Half of such cases stay under {amount(total, 'p50', estimate.currency)}"


def losing_more(estimate: Estimate) -> tuple[tuple[str, str], ...]:
    """Write the chance of losing more than an amount: pairs of odds and amount."""
    total = estimate.customer.total
    if total is None:
        return ()
    odds = (("1 in 2", "p50"), ("1 in 4", "p75"), ("1 in 10", "p90"), ("1 in 20", "p95"))
    return tuple((words, amount(total, name, estimate.currency)) for words, name in odds)
