"""What can be done, in rows and one sentence: the alternatives beside the base, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple
from impactcalc.report.escape import escape, shorten
from impactcalc.report.phrases import amount, amount_range, length, stated_amount

if TYPE_CHECKING:
    from impactcalc.domain.result import Alternative, Estimate, Summary

_NAME, _SPOKEN_NAME = 44, 40
NO_GAIN = "No step on the list surely saves more than it costs."


class ActionRow(NamedTuple):
    """One alternative.

    Parameters
    ----------
    name
        As the input has it.
    saves, span
        The customer's saving: average, and 9 in 10.
    odds
        In how many of 100 cases it pays, or, where that is not known, helps.
    cost, net
        What it costs, and the average saving less that; empty when no cost is stated.
    back
        After how many hours from the start all service is back: even chance.
    figure
        Distribution of the saving; None without money.
    tone
        Its colour: teal when it saves more than it costs on average, red when it saves less than
        nothing, else grey.
    """

    name: str
    saves: str
    span: str
    odds: str
    cost: str
    net: str
    back: str
    figure: Summary | None
    tone: str


def action_rows(estimate: Estimate) -> tuple[ActionRow, ...]:
    """Write every alternative in its rank: the largest average net saving first."""
    pays = pays_known(estimate)
    return tuple(_row(one, estimate.currency, pays=pays) for one in estimate.what_if)


def pays_known(estimate: Estimate) -> bool:
    """Tell whether the odds count the cost of every alternative."""
    return all(one.pays_prob is not None for one in estimate.what_if)


def _row(one: Alternative, currency: str | None, *, pays: bool) -> ActionRow:
    """Write one alternative."""
    chance = one.pays_prob if pays else one.better_prob
    saving, net = one.saving, one.net_saving
    return ActionRow(
        name=shorten(escape(one.name), _NAME),
        saves="" if saving is None else amount(saving, "mean", currency),
        span="" if saving is None else amount_range(saving, currency),
        odds="" if chance is None else in_hundred(chance),
        cost="" if one.cost is None else stated_amount(one.cost, currency),
        net="" if net is None else amount(net, "mean", currency),
        back=length(one.full_recovery_h, "p50"),
        figure=saving,
        tone=_tone(one),
    )


def _tone(one: Alternative) -> str:
    """Choose the colour of an alternative."""
    figure = one.saving if one.net_saving is None else one.net_saving
    if figure is not None and figure.mean > 0:
        return "teal"
    return "red" if one.saving is not None and one.saving.mean < 0 else "muted"


def in_hundred(chance: float) -> str:
    """Write a chance as a frequency; none and all only when they are exact.

    Examples
    --------
    >>> [in_hundred(p) for p in (0.0, 0.002, 0.734, 0.998, 1.0)]
    ['0 in 100', 'under 1 in 100', '73 in 100', 'over 99 in 100', '100 in 100']
    """
    count = round(100 * chance)
    if chance in {0.0, 1.0} or 0 < count < 100:  # noqa: PLR2004 - the edges of a percentage
        return f"{count} in 100"
    return "under 1 in 100" if count == 0 else "over 99 in 100"


def odds_heading(estimate: Estimate) -> str:
    """Head the column of the odds: "Pays in" counts the cost, "Helps in" does not."""
    return "Pays in" if pays_known(estimate) else "Helps in"


def actions_title(estimate: Estimate) -> str:
    """Head the table by what it can say."""
    money = any(one.saving is not None for one in estimate.what_if)
    return f"What to do, and {'what it saves' if money else 'when all service is back'}"


def action_sentence(estimate: Estimate) -> str:
    """Name the step that saves most; empty when there is none, no money to save, or all is over."""
    if not estimate.recovery.open:
        return ""
    known = [one for one in estimate.what_if if one.saving is not None]
    best = next((one for one in known if one.recommended), None)
    if best is None:
        return NO_GAIN if known else ""
    row = _row(best, estimate.currency, pays=pays_known(estimate))
    verb = odds_heading(estimate).removesuffix(" in").lower()
    joined = "but" if best.disagree else "and"
    often = f" {joined} {verb} in {row.odds.replace(' in ', ' of ')} cases" if row.odds else ""
    name = shorten(escape(best.name), _SPOKEN_NAME)
    return f"Best step: {name}; it saves {row.saves} on average{often}."
