"""The alternatives in words: what each saves, how often it is better, and which one to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from impactcalc.domain.result import Probability
from impactcalc.report.escape import escape, shorten
from impactcalc.report.phrases import amount, amount_range, in_hundred, stated_amount

if TYPE_CHECKING:
    from impactcalc.domain.result import Alternative, Comparison, Estimate, Summary

_LABEL_MOST = 30


class SavingRow(NamedTuple):
    """One alternative that has a saving in money.

    ``figure`` is its net saving, ``amounts`` the average of it and the middle 9 cases in 10,
    ``pays`` in how many of 100 cases the saving exceeds the cost.
    """

    name: str
    label: str
    figure: Summary
    mean: str
    middle: str
    span: str
    amounts: str
    pays: str
    cost: str
    recommended: bool
    tied: bool


def saving_rows(answer: Estimate | Comparison, most: int) -> tuple[SavingRow, ...]:
    """Write the alternatives that have a saving in money, the best first."""
    return tuple(
        _row(one, one.net_saving, answer.currency)
        for one in answer.what_if[:most]
        if one.net_saving is not None
    )


def _row(one: Alternative, figure: Summary, currency: str | None) -> SavingRow:
    mean, span = amount(figure, "mean", currency), amount_range(figure, currency)
    return SavingRow(
        name=one.name,
        label=shorten(escape(one.name), _LABEL_MOST),
        figure=figure,
        mean=mean,
        middle=amount(figure, "p50", currency),
        span=span,
        amounts=mean if span == mean else f"{mean} ({span})",
        pays=pays_words(one),
        cost="" if one.cost is None else stated_amount(one.cost, currency),
        recommended=one.recommended,
        tied=one.tied,
    )


def pays_words(one: Alternative) -> str:
    """Write in how many of 100 cases an alternative pays; empty when that is unknown."""
    if one.pays_prob is None:
        return ""
    return in_hundred(Probability(one.pays_prob, 0.0))
