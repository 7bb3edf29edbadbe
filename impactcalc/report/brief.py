"""The content of the two-page brief: what the template lays out, in words and fractions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.escape import escape
from impactcalc.report.narrative import findings, money, recovery, run, sla, sources
from impactcalc.report.narrative.headline import headline, second_sentence
from impactcalc.report.narrative.labels import source_file
from impactcalc.report.narrative.subject import customer, service, standing, title
from impactcalc.report.phrases import (
    Clock,
    amount,
    amount_range,
    chance,
    length,
    length_range,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from impactcalc.domain.result import Estimate, Summary

Content = dict[str, object]
_RESTS_ON = 8


def content(estimate: Estimate) -> Content:
    """Write everything that the template shows, but for the figures.

    Parameters
    ----------
    estimate
        The whole answer.

    Returns
    -------
    dict
        Of plain values; a part that does not exist is null or an empty list.
    """
    clock = Clock.of(estimate)
    return {
        "title": title(estimate),
        "customer": customer(estimate),
        "full_names": _full_names(estimate),
        "service": service(estimate, 40),
        "standing": standing(estimate),
        "as_of": clock.now(),
        "headline": headline(estimate),
        "sub": second_sentence(estimate),
        "warning": run.convergence_warning(estimate),
        "figures": _key_figures(estimate, clock),
        "fan": {"title": recovery.fan_title(estimate), "more": _more_stages(estimate)},
        "dots": _dots(estimate),
        "sla": _sla(estimate),
        "readings": _readings(estimate),
        "readings_title": money.readings_title(estimate),
        "ledgers": _ledgers(estimate),
        "exposure": money.exposure_sentence(estimate),
        "failing": recovery.failing_sentence(estimate),
        "source_file": source_file(estimate),
        "skew": money.skew_sentence(estimate),
        "sums": money.sum_note(estimate),
        "rests_on": _figure_rows(sources.key_rows(estimate, _RESTS_ON)),
        "assumptions": len(estimate.assumptions),
        "open": [list(pair) for pair in findings.open_points(estimate)],
        "findings": [list(pair) for pair in findings.findings(estimate)],
        "proof": _proof(estimate),
        "run": run.run_words(estimate),
    }


def _full_names(estimate: Estimate) -> list[list[str]]:
    """Write names that page 1 has to shorten in full for page 2."""
    incident = estimate.scenario.incident
    named = (("Customer", incident.customer), ("Service", incident.service))
    texts = [(label, escape(one.value)) for label, one in named if one is not None]
    return [[label, text[:400]] for label, text in texts if len(text) > 48]  # noqa: PLR2004


def strip(figure: Summary, top: float) -> Content:
    """Place a distribution on a strip from 0 to `top`: fractions of its length."""
    names = ("p5", "p25", "p50", "p75", "p95")
    return {name: _fraction(getattr(figure, name), top) for name in names}


def _fraction(value: float, top: float) -> float:
    """Keep a mark inside its strip."""
    return max(0.0, min(1.0, value / top)) if top > 0 else 0.0


def has_loss(estimate: Estimate) -> bool:
    """Tell whether there is a loss in money to plot."""
    total = estimate.customer.total
    return total is not None and total.p95 > 0


def _key_figures(estimate: Estimate, clock: Clock) -> list[Content]:
    """Write the figures of the top row: money, time, SLA, and our credits when a fee is stated."""
    found = [*_money_figures(estimate), _time_figure(estimate, clock), _sla_figure(estimate)]
    ours = estimate.provider.total
    if ours is not None:
        alone = estimate.provider.churn is None and estimate.provider.recovery_cost is None
        label = "We owe in credits" if alone else "We owe or lose"
        found.append(_money_figure(label, ours, ours.p95, estimate.currency))
    return found


def _money_figures(estimate: Estimate) -> list[Content]:
    """Write the whole loss and what is still avoidable, on one scale."""
    figures, currency = estimate.customer, estimate.currency
    if figures.total is None:
        return [_figure("Customer's loss", "open", "muted", ["no revenue figure is stated"])]
    top = figures.total.p95
    label = f"{money.whole_label(estimate)}, whole"
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
    return _figure(label, amount(figure, "p50", currency), "blue", notes, strip(figure, top))


def _time_figure(estimate: Estimate, clock: Clock) -> Content:
    """Write by when service is back."""
    promise, rest = estimate.promise, estimate.recovery.remaining_h
    value = clock.brief(promise.p50)
    if not estimate.recovery.open:
        notes = [f"after {length_range(estimate.recovery.full_recovery_h)}"]
        return _figure(f"Full service was back ({clock.zone_name})", value, "teal", notes)
    notes = [f"in {length(rest, 'p50')}", f"8 in 10 by {clock.brief(promise.p80)}"]
    label = f"Full service back ({clock.zone_name})"
    return _figure(label, value, "blue", notes, strip(rest, rest.p95))


def _sla_figure(estimate: Estimate) -> Content:
    """Write how often the SLA is broken, under each reading when the contract is silent."""
    answer = estimate.sla
    if answer is None:
        return _figure("SLA", "open", "muted", ["no SLA is stated"])
    silent = answer.basis is None
    value = sla.broken_words(estimate)
    points = [one.breach_prob.value for one in answer.readings.values()]
    return _figure(
        f"SLA {sla.target(answer)} broken" + (", by definition" if silent else ""),
        value,
        "teal" if value == "0%" else "red",
        [f"{sla.allowed(answer)} allowed", sla.period_words(answer)],
        {"points": points if answer.breach_prob is None else [answer.breach_prob.value]},
    )


def _more_stages(estimate: Estimate) -> str:
    """Say how many stages the figure leaves to page 2."""
    from impactcalc.report.figures.fan import shown_stages

    more = len(estimate.recovery.stages) - len(shown_stages(estimate))
    return f"; {more} more: page 2" if more else ""


def _dots(estimate: Estimate) -> Content | None:
    if not has_loss(estimate):
        return None
    return {
        "title": money.dots_title(estimate),
        "more": [list(pair) for pair in money.losing_more(estimate)],
    }


def _sla(estimate: Estimate) -> Content | None:
    if estimate.sla is None:
        return None
    basis = "" if estimate.sla.basis is not None else "; not defined in the text"
    earlier = sla.earlier_words(estimate)
    note = f"Downtime of this incident, even chance (9 in 10){basis}"
    return {
        "title": sla.sla_title(estimate),
        "note": f"{note}; {earlier}" if earlier else note,
        "credits": sla.credit_words(estimate),
    }


def _readings(estimate: Estimate) -> list[Content]:
    """Write how the loss moves with each open reading, on one scale."""
    if not has_loss(estimate):
        return []
    rows = money.reading_rows(estimate) + money.route_rows(estimate)
    used = money.reading_in_force(estimate)
    words = "" if used is None else money.READING_WORDS[used]
    top = max((row.figure.p95 for row in rows if row.figure is not None), default=0.0)
    return [
        {
            "label": row.label,
            "used": row.label == words,
            "value": row.middle,
            "range": row.span,
            "strip": strip(row.figure, top),
        }
        for row in rows
        if row.figure is not None
    ]


def _ledgers(estimate: Estimate) -> list[Content]:
    """Write both ledgers, one after the other, never added."""
    return [
        {"name": "Customer", "rows": _money_rows(money.customer_rows(estimate))},
        {"name": "We", "rows": _money_rows(money.provider_rows(estimate))},
    ]


def _money_rows(rows: Iterable[money.MoneyRow]) -> list[Content]:
    return [
        {
            "label": row.label,
            "level": row.level,
            "missing": row.missing,
            "cells": [row.middle, row.span, row.mean, row.worst],
        }
        for row in rows
    ]


def _figure_rows(rows: Iterable[sources.FigureRow]) -> list[Content]:
    return [
        {
            "label": row.label[:1].upper() + row.label[1:],
            "value": row.value,
            "source": row.source,
            "why": row.why,
            "stated": row.stated,
        }
        for row in rows
    ]


def _proof(estimate: Estimate) -> Content:
    """Write page 2: every figure with its source, plan and forecast, the SLA by reading."""
    return {
        "figures": _figure_rows(sources.figure_rows(estimate)),
        "stages": [
            [row.name, row.planned, row.status, row.restores, row.middle, row.span]
            for row in recovery.stage_rows(estimate, 44)
        ],
        "zone": Clock.of(estimate).zone_name,
        "sla": [
            [row.label, row.so_far, row.whole, row.span, row.availability, row.broken]
            for row in sla.sla_rows(estimate)
        ],
        "sla_title": sla.sla_heading(estimate),
        "trials": f"{estimate.run.trials:,}",
        "promise": _promise(estimate),
    }


def _promise(estimate: Estimate) -> Mapping[str, str]:
    """Write the moments that can be promised."""
    clock, promise = Clock.of(estimate), estimate.promise
    found = {
        "half of the cases": clock.zoned(promise.p50),
        "8 of 10": clock.zoned(promise.p80),
        "9 of 10": clock.zoned(promise.p90),
    }
    objectives = (
        ("Recovery objective (RTO) kept", estimate.recovery.rto_prob),
        ("Tolerable outage (MTPD) kept", estimate.recovery.mtpd_prob),
    )
    found.update({name: chance(prob) for name, prob in objectives if prob is not None})
    if promise.next_update is not None and estimate.recovery.open:
        found["next news, even chance"] = clock.zoned(promise.next_update)
    return found
