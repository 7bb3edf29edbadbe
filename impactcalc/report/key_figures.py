"""The figures of the brief's top row, each with its strip: money, time, SLA, our credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.narrative import money, sla
from impactcalc.report.narrative.recovery import from_now
from impactcalc.report.narrative.unclear import no_revenue_reason, no_sla_reason
from impactcalc.report.phrases import Clock, amount, amount_range, length_range, minus

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate, Summary

Content = dict[str, object]


def strip(figure: Summary, top: float, low: float = 0.0) -> Content:
    """Place a distribution on a strip from `low`, at most 0, to `top`: fractions of its length."""
    names = ("p5", "p25", "p50", "p75", "p95")
    marks: Content = {name: _fraction(getattr(figure, name), low, top) for name in names}
    return marks | {"zero": _fraction(0.0, low, top)}


def _fraction(value: float, low: float, top: float) -> float:
    """Keep a mark inside its strip."""
    return max(0.0, min(1.0, (value - low) / (top - low))) if top > low else 0.0


def has_loss(estimate: Estimate) -> bool:
    """Tell whether there is a loss in money to plot."""
    total = estimate.customer.total
    return total is not None and total.p95 > 0


def key_figures(estimate: Estimate) -> list[Content]:
    """Write the figures of the top row: money, time, SLA, and our credits when a fee is stated."""
    clock = Clock.of(estimate)
    found = [*_money_figures(estimate), _time_figure(estimate, clock), _sla_figure(estimate)]
    ours = estimate.provider.total
    if ours is not None:
        alone = estimate.provider.churn is None and estimate.provider.recovery_cost is None
        label = "We owe in credits" if alone else "We owe or lose"
        found.append(_money_figure(label, ours, ours.p95, estimate.currency))
    return found


def _money_figures(estimate: Estimate) -> list[Content]:
    """Write the whole loss and what is still avoidable, on one scale."""
    figures, currency, ours = estimate.customer, estimate.currency, estimate.provider.total
    if figures.total is None:
        return [_figure("Customer's loss", "open", "muted", [no_revenue_reason(estimate)])]
    top = figures.total.p95
    whole = money.whole_label(estimate)
    label = f"{whole}, whole incident" if ours is None else f"{whole} in all"
    found = [_money_figure(label, figures.total, top, currency)]
    if figures.avoidable is not None and figures.already_lost is not None:
        avoidable = _money_figure(money.avoidable_label(estimate), figures.avoidable, top, currency)
        lost = amount(figures.already_lost, "p50", currency)
        avoidable["notes"] = [amount_range(figures.avoidable, currency), f"lost so far {lost}"]
        found.append(avoidable)
    return found


def _figure(
    label: str, value: str, tone: str, notes: list[str], marks: Content | None = None
) -> Content:
    """Lay out one figure of the top row."""
    return {"label": label, "value": value, "tone": tone, "notes": notes, "strip": marks}


def _money_figure(label: str, figure: Summary, top: float, currency: str | None) -> Content:
    notes = [amount_range(figure, currency), f"average {amount(figure, 'mean', currency)}"]
    shown = [minus(one) for one in (amount(figure, "p50", currency), *notes)]
    return _figure(label, shown[0], "blue", shown[1:], strip(figure, top))


def _time_figure(estimate: Estimate, clock: Clock) -> Content:
    """Write by when service is back."""
    promise, rest = estimate.promise, estimate.recovery.remaining_h
    value = clock.brief(promise.p50)
    if not estimate.recovery.open:
        notes = [f"after {length_range(estimate.recovery.full_recovery_h)}"]
        return _figure(f"Full service was back ({clock.zone_name})", value, "teal", notes)
    notes = [from_now(estimate), f"8 in 10 by {clock.brief(promise.p80)}"]
    label = f"Full service back ({clock.zone_name})"
    return _figure(label, value, "blue", notes, strip(rest, rest.p95))


def _sla_figure(estimate: Estimate) -> Content:
    """Write how often the SLA is broken, under each reading when the contract is silent."""
    answer = estimate.sla
    if answer is None:
        return _figure("SLA", "open", "muted", [no_sla_reason(estimate)])
    label = f"SLA {sla.target(answer)} broken"
    if answer.basis is None:  # of five figures each has room for so much alone
        five = estimate.provider.total is not None
        label = "SLA broken, by definition" if five else f"{label}, by definition"
    value = sla.broken_words(estimate)
    points = [one.breach_prob.value for one in answer.readings.values()]
    return _figure(
        label,
        value,
        "teal" if value == "0%" else "red",
        [f"{sla.allowed(answer)} allowed", sla.period_words(answer)],
        {"points": points if answer.breach_prob is None else [answer.breach_prob.value]},
    )
