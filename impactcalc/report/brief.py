"""The content of the two-page brief: what the template lays out, in words and fractions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.escape import escape, shorten
from impactcalc.report.key_figures import Content, has_loss, key_figures, strip
from impactcalc.report.narrative import (
    actions,
    changes,
    drivers,
    findings,
    money,
    recovery,
    run,
    sla,
    sources,
)
from impactcalc.report.narrative.headline import headline, second_sentence
from impactcalc.report.narrative.labels import source_file
from impactcalc.report.narrative.subject import customer, service, standing, title
from impactcalc.report.narrative.track_record import track_record_words
from impactcalc.report.phrases import Clock, chance, minus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from impactcalc.domain.result import Estimate

_RESTS_ON = 8
_FULL_NAME, _SHORT_VALUE = 160, 64
_MOST_ACTIONS, _ALL_ACTIONS = 4, 24  # on page 1, and in all


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
        "figures": key_figures(estimate),
        "fan": {"title": recovery.fan_title(estimate), "more": _more_stages(estimate)},
        "dots": _dots(estimate),
        "sla": _sla(estimate),
        "readings": _readings(estimate),
        "readings_title": money.readings_title(estimate),
        "ledgers": _ledgers(estimate),
        "ours": money.provider_brief(estimate),
        "actions": _actions(estimate),
        "drivers": _drivers(estimate),
        "changes": _changes(estimate),
        "exposure": money.exposure_sentence(estimate),
        "failing": recovery.failing_sentence(estimate),
        "source_file": source_file(estimate),
        "skew": money.skew_sentence(estimate),
        "sums": money.sum_note(estimate),
        "rests_on": _figure_rows(sources.key_rows(estimate, _RESTS_ON), _SHORT_VALUE),
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


def _more_stages(estimate: Estimate) -> str:
    """Say how many stages the figure leaves to page 2."""
    from impactcalc.report.figures.fan import MOST_STAGES

    more = len(estimate.recovery.stages) - min(MOST_STAGES, len(estimate.recovery.stages))
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


def _drivers(estimate: Estimate) -> Content | None:
    """Write the finding of the plot of the inputs that move the answer most."""
    if not estimate.drivers:
        return None
    return {"title": drivers.tornado_title(estimate), "note": drivers.tornado_note(estimate)}


def _changes(estimate: Estimate) -> Content | None:
    """Write what changed since an earlier estimate, part by part; None when nothing was asked."""
    rows = changes.change_rows(estimate)
    if not rows:
        return None
    said = changes.surprise_words(estimate)
    return {
        "title": changes.changes_heading(estimate),
        "note": changes.changes_sentence(estimate),
        "rows": [[row.label, row.words, row.end, row.note] for row in rows],
        "surprises": f"Against the earlier forecast: {'; '.join(said)}." if said else "",
    }


def _actions(estimate: Estimate) -> Content | None:
    """Write what can be done, on one scale; None when nothing was asked."""
    found = actions.action_rows(estimate)
    if not found:
        return None
    shown, rest = found[:_MOST_ACTIONS], found[_MOST_ACTIONS:_ALL_ACTIONS]
    figures = [row.figure for row in (*shown, *rest) if row.figure is not None]
    top = max((one.p95 for one in figures), default=0.0)
    low = min((one.p5 for one in figures), default=0.0)
    return {
        "title": actions.actions_title(estimate),
        **_steps(shown, actions.odds_heading(estimate), min(0.0, low), top),
        "more": len(found) - len(shown),
        "rest": _steps(rest, actions.odds_heading(estimate), min(0.0, low), top) if rest else None,
        "untold": len(found) - len(shown) - len(rest),
    }


def _steps(rows: Sequence[actions.ActionRow], odds: str, low: float, top: float) -> Content:
    """Lay steps out on one scale; a column that is empty is left out."""
    columns = {
        "On average": [row.saves for row in rows],
        "9 in 10": [row.span for row in rows],
        odds: [row.odds for row in rows],
        "Cost": [row.cost for row in rows],
        "Net": [row.net for row in rows],
    }
    if all(row.figure is None for row in rows):
        columns = {"Cost": columns["Cost"], "All back after": [row.back for row in rows]}
    shown = {head: cells for head, cells in columns.items() if any(cells)}
    return {
        "heads": list(shown),
        "rows": [
            {
                "name": row.name,
                "strip": None if row.figure is None else strip(row.figure, top, low),
                "cells": [minus(cells[number]) for cells in shown.values()],
                "tone": row.tone,
            }
            for number, row in enumerate(rows)
        ],
    }


def _money_rows(rows: Iterable[money.MoneyRow]) -> list[Content]:
    return [
        {
            "label": row.label,
            "level": row.level,
            "missing": row.missing,
            "cells": [minus(one) for one in (row.middle, row.span, row.mean, row.worst)],
        }
        for row in rows
    ]


def _figure_rows(rows: Iterable[sources.FigureRow], most: int = _FULL_NAME) -> list[Content]:
    """Lay figures out; `most` characters for a value."""
    return [
        {
            "label": row.label[:1].upper() + row.label[1:],
            "value": shorten(row.value, most),
            "source": row.source,
            "why": row.why,
            "stated": row.stated,
        }
        for row in rows
    ]


def _proof(estimate: Estimate) -> Content:
    """Write page 2: every figure with its source, plan and forecast, the SLA by reading."""
    return {
        "figures": _figure_rows(sources.proof_rows(estimate)),
        "stages": [
            [row.name, row.planned, row.status, row.restores, row.middle, row.span, row.later]
            for row in recovery.stage_rows(estimate, _FULL_NAME)
        ],
        "zone": Clock.of(estimate).zone_name,
        "sla": [
            [row.label, row.so_far, row.whole, row.span, row.availability, row.broken]
            for row in sla.sla_rows(estimate)
        ],
        "sla_title": sla.sla_heading(estimate),
        "trials": f"{estimate.run.trials:,}",
        "promise": _promise(estimate),
        "track_record": _track_record(estimate),
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


def _track_record(estimate: Estimate) -> str:
    """Write how earlier forecasts met what came true, as a sentence."""
    words = track_record_words(estimate)
    return f"{words[:1].upper()}{words[1:]}."
