"""The two ledgers in rows and sentences: the customer's loss, the provider's exposure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.exposure import Reading
from impactcalc.named import NamedTuple
from impactcalc.report.escape import escape, shorten
from impactcalc.report.narrative.unclear import no_revenue_reason, no_sla_reason
from impactcalc.report.phrases import amount, amount_range, share, share_range, stated_amount

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def revenue_alone(estimate: Estimate) -> bool:
    """Tell whether the customer's ledger holds lost revenue and nothing else."""
    customer = estimate.customer
    return customer.productivity_loss is None and customer.backlog is None


def whole_label(estimate: Estimate) -> str:
    """Name the customer's total by what it holds."""
    return "Revenue loss" if revenue_alone(estimate) else "Customer's loss"


def avoidable_label(estimate: Estimate) -> str:
    """Name what can still be avoided: only revenue is split at the moment of the forecast."""
    return "Still avoidable" if revenue_alone(estimate) else "Revenue still avoidable"


def customer_rows(estimate: Estimate) -> tuple[MoneyRow, ...]:
    """Write the customer's ledger: whole, lost so far, still avoidable, other parts."""
    customer, currency = estimate.customer, estimate.currency
    others = (("productivity", customer.productivity_loss), ("backlog", customer.backlog))
    whole = f"{whole_label(estimate)}, whole incident"
    if customer.total is None:
        missing = row("Customer's loss", None, currency, missing=no_money_reason(estimate))
        inner = [(label, part, 0) for label, part in others]
        return (missing, *_computed(inner, currency))
    alone = revenue_alone(estimate)
    revenue = "" if alone else "revenue "
    inner = [
        (f"{revenue}lost so far", customer.already_lost, 1),
        (f"{revenue}still avoidable", customer.avoidable, 1),
        ("less what comes back", customer.comes_back, 1),
    ]
    if not alone:
        inner.insert(0, ("revenue, whole incident", customer.revenue_loss, 1))
    inner += [(label, part, 1) for label, part in others]
    return (row(whole, customer.total, currency), *_computed(inner, currency))


def _computed(
    parts: Sequence[tuple[str, Summary | None, int]], currency: str | None
) -> tuple[MoneyRow, ...]:
    """Write the rows of the parts that are computed, each with its level."""
    return tuple(
        row(label, part, currency, level) for label, part, level in parts if part is not None
    )


def sum_note(estimate: Estimate) -> str:
    """Say why the shown parts do not add up; empty where no parts are shown."""
    rows = [one for one in customer_rows(estimate) if one.figure is not None]
    if len(rows) < 2 or all(one.middle == one.mean for one in rows):  # noqa: PLR2004 - whole, part
        return ""
    return "Averages add up to the whole; even-chance figures do not."


def no_money_reason(estimate: Estimate) -> str:
    """Say why there is no loss in money."""
    if estimate.scenario.business is None or estimate.customer.exposure_per_day is None:
        return f"not computed: {no_revenue_reason(estimate)}"
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
    figure, total = estimate.customer.readings.get(other), estimate.customer.revenue_loss
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
    """Write the provider's ledger; what is not computed says why, unless nobody asked for it."""
    provider, currency = estimate.provider, estimate.currency
    whole = provider.total is not None and provider.total != provider.credits
    level = 1 if whole else 0
    missing = "" if provider.credits is not None else no_credit_reason(estimate)
    rows = [row("Our exposure", provider.total, currency)] if whole else []
    rows.append(row("Service credits", provider.credits, currency, level, missing=missing))
    unstated = "" if provider.churn is not None else "not computed: ARR is not stated"
    rows.append(row("Churn", provider.churn, currency, level, missing=unstated))
    if provider.recovery_cost is not None:
        rows.append(row("Recovery cost", provider.recovery_cost, currency, level))
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


def provider_brief(estimate: Estimate) -> str:
    """Say in one line what the provider's ledger holds, for pages without room for its table."""
    missing = provider_sentence(estimate)
    if missing:
        return missing
    rows = [one for one in provider_rows(estimate) if one.figure is not None]
    said = [
        f"{one.label[:1].lower()}{one.label[1:]} {one.middle} ({one.span}), average {one.mean}"
        for one in rows
    ]
    return "; ".join(said)


def no_credit_reason(estimate: Estimate) -> str:
    """Say why there is no credit in money."""
    sla = estimate.scenario.sla
    if sla is None or estimate.sla is None:
        return f"not computed: {no_sla_reason(estimate)}"
    if sla.monthly_fee is None:
        return "not computed: the monthly fee is not stated"
    if sla.credits is None:
        return "not computed: the credit tiers are not stated"
    return "not computed: the definition of downtime is not stated"


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
    if now.p50 <= 0:
        return f"{text}; in half of the cases or more none of it fails now ({span})."
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
    if not total.sd:
        return f"Every such case costs {amount(total, 'p50', estimate.currency)}"
    return f"Half of such cases stay under {amount(total, 'p50', estimate.currency)}"


def losing_more(estimate: Estimate) -> tuple[tuple[str, str], ...]:
    """Write the chance of losing more than an amount: pairs of chance and amount.

    None where every trial costs the same: nobody loses more than that. Of amounts that are one when
    rounded the first stands alone.
    """
    total = estimate.customer.total
    if total is None or not total.sd:
        return ()
    odds = (("50%", "p50"), ("25%", "p75"), ("10%", "p90"), ("5%", "p95"))
    found: dict[str, str] = {}
    for words, name in odds:
        found.setdefault(amount(total, name, estimate.currency), words)
    return tuple((words, sum_) for sum_, words in found.items())


def losing_more_sentence(estimate: Estimate) -> str:
    """Say in one line how often the loss exceeds which amount; empty without a loss."""
    total = estimate.customer.total
    if total is None or total.p95 <= 0:
        return ""
    if not total.sd:
        return f"{dots_title(estimate)}."
    said = [f"{amount} {odds}" for odds, amount in losing_more(estimate)]
    return f"Chance of losing more than {', '.join(said)}."
