"""What to ask first, and what to know: questions, checks and warnings with their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.escape import escape, shorten
from impactcalc.report.narrative.labels import label, line_words
from impactcalc.units.money import short_money

if TYPE_CHECKING:
    from collections.abc import Collection

    from impactcalc.domain.check import Check
    from impactcalc.domain.result import Estimate, Question

LEFT_OPEN = "left open"  # kind of a check
_LEAST_WORTH = 0.01  # of the loss: what an answer is worth below it decides nothing


def open_points(estimate: Estimate) -> tuple[tuple[str, str], ...]:
    """Write what to ask, with why, what the answer is worth, and whom to ask."""
    total = estimate.customer.total
    least = 0.0 if total is None else _LEAST_WORTH * abs(total.mean)
    return tuple(
        (shorten(escape(one.ask), 90), shorten(_reason(one, estimate.currency, least), 120))
        for one in estimate.questions
    )


def _reason(one: Question, currency: str | None, least: float) -> str:
    """Say why to ask: what the answer is worth stands there when it may change a decision."""
    amount = one.worth or 0.0
    told = amount > 0 and amount >= least
    worth = f"; worth {short_money(amount, currency or '', 2).strip()}" if told else ""
    whom = f" (ask {escape(one.whom)})" if one.whom else ""
    return f"{escape(one.why)}{worth}{whom}"


def checks(estimate: Estimate, told: Collection[str] = frozenset()) -> tuple[tuple[str, str], ...]:
    """Write the checks of plan and text alone: pairs of a sentence and its lines.

    Those of the kinds ``told`` stand elsewhere already.
    """
    return tuple(
        (_sentence(one.message), line_words(one.lines))
        for one in estimate.checks
        if one.kind not in told
    )


def left_open(estimate: Estimate) -> tuple[str, ...]:
    """Write what the text says of figures that could not be counted with."""
    return tuple(
        _sentence(one.message) + ("" if _names_lines(one) else f" ({line_words(one.lines)})")
        for one in estimate.checks
        if one.kind == LEFT_OPEN
    )


def _names_lines(check: Check) -> bool:
    """Whether the words of a check name its lines: both lines of a contradiction stand in it."""
    return check.kind == LEFT_OPEN and len(check.lines) != 1


def findings(estimate: Estimate) -> tuple[tuple[str, str], ...]:
    """Write checks and warnings with their lines, each sentence once: pairs of text and place."""
    lines: dict[str, list[int]] = {}
    for check in estimate.checks:
        shown = () if _names_lines(check) else check.lines
        lines.setdefault(_sentence(check.message), []).extend(shown)
    told = {check.message.partition(": ")[2] for check in estimate.checks}
    for caution in estimate.warnings:
        message = caution.message
        if message in told:  # with the name of its fact
            continue
        if caution.field:  # a path of the scenario file means nothing on a page
            message = message.replace(f"{caution.field}:", f"{label(caution.field)}:", 1)
        lines.setdefault(_sentence(message), []).extend([caution.line] * (caution.line > 0))
    return tuple((text, line_words(tuple(dict.fromkeys(found)))) for text, found in lines.items())


def _sentence(text: str) -> str:
    """Begin with a capital letter, as a sentence does."""
    shown = shorten(escape(text), 200)
    first = shown.partition(" ")[0]
    return shown[:1].upper() + shown[1:] if first.isalpha() else shown
