"""The alternatives in words: what each saves, how often it is better, and which one to choose."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from impactcalc.domain.result import Probability
from impactcalc.named import NamedTuple
from impactcalc.report.escape import escape, shorten
from impactcalc.report.phrases import amount, amount_range, in_hundred, stated_amount

if TYPE_CHECKING:
    from impactcalc.domain.result import Alternative, Comparison, Estimate, Summary

_LABEL_MOST, _SPOKEN_MOST = 30, 60
_ADVICE = "Take the average for a budget, the middle case for a promise."
_PAIR = 2


class SavingRow(NamedTuple):
    """One alternative that has a saving in money.

    ``figure`` is its net saving, ``dot`` the average of it (the middle case where it has none),
    ``amounts`` the average of it and the middle 9 cases in 10,
    ``pays`` in how many of 100 cases the saving exceeds the cost.
    """

    name: str
    label: str
    figure: Summary
    dot: float
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
        dot=figure.mean if math.isfinite(figure.mean) else figure.p50,
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


def sentences(answer: Estimate | Comparison) -> tuple[str, ...]:
    """Say which alternative to choose, what ties with it, and where averages mislead."""
    misleading = [_disagreement(one, answer) for one in answer.what_if]
    advice = "" if not any(misleading) else _ADVICE
    said = (_best(answer), _tie(answer), *misleading, advice)
    return tuple(sentence for sentence in said if sentence)


def _spoken(one: Alternative) -> str:
    """Name an alternative inside a sentence, where a long name has room."""
    return shorten(escape(one.name), _SPOKEN_MOST)


def _best(answer: Estimate | Comparison) -> str:
    """Say which alternative buys most; empty without money."""
    if not answer.what_if or answer.what_if[0].net_saving is None:
        return ""
    best = answer.what_if[0]
    if not best.recommended:
        return "No alternative is surely better, on average, than to leave things as they are."
    (row,) = saving_rows(answer, 1)
    cost = f" after its cost of {row.cost}" if row.cost else ""
    return f"{_spoken(best)} buys most: {row.mean} on average{cost}; it pays in {row.pays} cases."


def _tie(answer: Estimate | Comparison) -> str:
    """Say which alternatives cannot be told from the best one."""
    first = [_spoken(one) for one in answer.what_if if one.rank == 1]
    if len(first) < _PAIR or answer.what_if[0].net_saving is None:
        return ""
    names = f"{', '.join(first[:-1])} and {first[-1]}"
    return f"{names} tie: they differ by less than the simulation can tell."


def _disagreement(one: Alternative, answer: Estimate | Comparison) -> str:
    """Say when the mean and the median of a saving have different signs."""
    saving = one.saving
    if saving is None or not one.disagree or one.better_prob is None:
        return ""
    mean, middle = (amount(saving, name, answer.currency) for name in ("mean", "p50"))
    verb = "saves" if saving.mean > 0 else "costs"
    other = "costs" if saving.mean > 0 else "saves"
    better = in_hundred(Probability(one.better_prob, 0.0))
    return (
        f"{_spoken(one)} {verb} {mean.lstrip('-')} on average but "
        f"{other} {middle.lstrip('-')} in the middle case, better in {better}."
    )
