"""What to ask first, and what to know: questions, checks and warnings with their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.escape import escape, shorten
from impactcalc.report.narrative.labels import label, line_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from impactcalc.domain.result import Estimate


def open_points(estimate: Estimate) -> tuple[tuple[str, str], ...]:
    """Write what to ask, with why: the questions, else what is missing."""
    if estimate.questions:
        return tuple(
            (shorten(escape(one.ask), 90), shorten(escape(one.why), 120))
            for one in estimate.questions
        )
    return tuple(_missing(estimate))


def _missing(estimate: Estimate) -> Iterator[tuple[str, str]]:
    """Yield the answers that would change the estimate, the widest-reaching first."""
    sla, business = estimate.scenario.sla, estimate.scenario.business
    if len(estimate.lost_share.routes) > 1:
        yield "Which figure holds", "two figures disagree about the failing share"
    if _definition_decides(estimate):
        yield "The definition of downtime", "decides whether the SLA is broken"
    if business is None or business.revenue_at_risk is None:
        yield "Revenue a day", "turns time into money"
    elif not business.reading.stated:
        yield "Does the amount pass, or is it lost?", "two readings, both are shown"
    if sla is None:
        yield "The SLA", "target, period and definition of downtime"
    elif sla.monthly_fee is None:
        yield "The monthly fee", "turns the odds of a credit into money"
    if not estimate.scenario.incident.started.value.exact:
        yield "The hour it began", "the start is known to the day only"
    if estimate.lost_share.way == "priority":
        yield "The share that fails", "taken from the priority alone"


def _definition_decides(estimate: Estimate) -> bool:
    """Tell whether the unstated definition of downtime changes the chance of a breach."""
    if estimate.sla is None or estimate.sla.basis is not None:
        return False
    return len({one.breach_prob.value for one in estimate.sla.readings.values()}) > 1


def checks(estimate: Estimate, told: Collection[str] = frozenset()) -> tuple[tuple[str, str], ...]:
    """Write the checks of plan and text alone: pairs of a sentence and its lines.

    Those of the kinds ``told`` stand elsewhere already.
    """
    return tuple(
        (_sentence(one.message), line_words(one.lines))
        for one in estimate.checks
        if one.kind not in told
    )


def findings(estimate: Estimate) -> tuple[tuple[str, str], ...]:
    """Write checks and warnings with their lines, each sentence once: pairs of text and place."""
    lines: dict[str, list[int]] = {}
    for check in estimate.checks:
        lines.setdefault(_sentence(check.message), []).extend(check.lines)
    for caution in estimate.warnings:
        message = caution.message
        if caution.field:  # a path of the scenario file means nothing on a page
            message = message.replace(f"{caution.field}:", f"{label(caution.field)}:", 1)
        lines.setdefault(_sentence(message), []).extend([caution.line] * (caution.line > 0))
    return tuple((text, line_words(tuple(dict.fromkeys(found)))) for text, found in lines.items())


def _sentence(text: str) -> str:
    """Begin with a capital letter, as a sentence does."""
    shown = shorten(escape(text), 200)
    first = shown.partition(" ")[0]
    return shown[:1].upper() + shown[1:] if first.isalpha() else shown
