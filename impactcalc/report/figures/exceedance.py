"""The exceedance curve: the chance of losing more than an amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.figures import style
from impactcalc.report.phrases import amount, stated_amount

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from impactcalc.domain.result import Estimate, Summary

WIDTH_MM, HEIGHT_MM = 88.0, 40.0
_MARGINS_MM = (9.0, 6.0, 4.0, 2.5)
_WORDS_PT = 92.0  # the longest words beside a mark
_LINE_PT, _CLEAR_PT = 9.0, 6.0
_LIFT_PT = {"p50": 3.0, "p90": 15.0, "p95": 5.0}
_ABOVE_PT, _HIGHEST_PT = {"p90": 11.0, "p95": 2.0}, 28.0  # above a curve that falls slowly
_BELOW_PT = {"p90": 13.0, "p95": 2.0}  # above the axis, for words below a steep curve
_MARKS = ((0.5, "p50"), (0.1, "p90"), (0.05, "p95"))
_FAR = 4.0  # times P95: where a long tail is cut


def plot_exceedance(estimate: Estimate, ax: Axes | None = None) -> Axes:
    """Plot the share of cases in which the customer's loss is above an amount.

    Parameters
    ----------
    estimate
        The whole answer; its customer's total must exist.
    ax
        Where to plot; None makes a figure of 88 x 40 mm.

    Returns
    -------
    Axes
        x: loss in the estimate's currency; y: share of cases.

    Raises
    ------
    ValueError
        When the estimate has no loss in money.
    """
    total = estimate.customer.total
    if total is None:
        raise ValueError("the estimate has no loss in money; nothing can be plotted")
    with style.style():
        ax = style.canvas(ax, (WIDTH_MM, HEIGHT_MM), _MARGINS_MM)
        end = _end(total)
        losses = [0.0, *(loss for loss, _ in estimate.customer.exceedance)]
        shares = [1.0, *(share for _, share in estimate.customer.exceedance)]
        ax.fill_between(losses, shares, color=style.PALE_BLUE, linewidth=0)
        ax.plot(losses, shares, color=style.BLUE, linewidth=1.6, gid="curve")
        named: set[str] = set()  # an amount that is another one when rounded has no words
        for share, name in _MARKS:
            ax.plot(
                [getattr(total, name)], [share], "o", markersize=4, color=style.BLUE,
                gid=f"mark-{name}",
            )  # fmt: skip
            words = amount(total, name, estimate.currency)
            if words not in named:
                _mark(ax, estimate, total, share, name)
            named.add(words)
        ax.set_xlim(0, end)
        ax.set_ylim(0, 1.0)
        places = list(style.ticks(end))
        ax.set_xticks(places, labels=[stated_amount(x, estimate.currency) for x in places])
        ax.set_yticks([0, 0.25, 0.5, 0.75, 1.0], labels=["0%", "25%", "50%", "75%", "100%"])
        ax.grid(visible=True, axis="y")
        ax.set_axisbelow(True)
    return ax


def _end(total: Summary) -> float:
    """Choose where the axis ends: P99, or earlier when the tail is very long."""
    return min(total.p99, _FAR * total.p95) or 1.0


def _mark(ax: Axes, estimate: Estimate, total: Summary, share: float, name: str) -> None:
    """Read one point of the curve off in words, where the curve does not run through them."""
    loss, end = getattr(total, name), _end(total)
    text = f"{share:.0%}: more than {amount(total, name, estimate.currency)}"
    lift = _LIFT_PT[name]
    width, height = style.size_pt(ax)
    at_edge = (1 - loss / end) * width < _WORDS_PT
    place, shift, side = (loss, share), (5.0, lift), "left"
    over = _share(estimate, end * (1 - _WORDS_PT / width)) - share  # the curve at the words' begin
    lifted = max(lift, over * height + _ABOVE_PT.get(name, _HIGHEST_PT))
    if at_edge and lifted > max(lift, _HIGHEST_PT):
        low = _BELOW_PT.get(name, share * height - _LINE_PT)
        clear = _loss(estimate, (low + _LINE_PT) / height)  # the curve at the top of the words
        place, shift, side = (min(loss, clear), low / height), (-_CLEAR_PT, 0.0), "right"
    elif at_edge:
        place, shift, side = (end, share), (0.0, lifted), "right"
    ax.annotate(
        text, place, xytext=shift, textcoords="offset points", ha=side, va="bottom",
        fontsize=style.AXIS_PT,
    )  # fmt: skip


def _share(estimate: Estimate, loss: float) -> float:
    """Read the share of cases above a loss off the curve; to the left of it all are."""
    shares = [share for one, share in estimate.customer.exceedance if one >= loss]
    return max(shares, default=0.0)


def _loss(estimate: Estimate, share: float) -> float:
    """Read the smallest loss at which no more than a share of the cases lies above it."""
    losses = [loss for loss, one in estimate.customer.exceedance if one <= share]
    return min(losses, default=0.0)
