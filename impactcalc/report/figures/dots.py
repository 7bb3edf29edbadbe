"""The loss as twenty dots, each one chance in twenty."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from impactcalc.report.figures import style
from impactcalc.report.phrases import stated_amount

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from impactcalc.domain.result import Estimate

WIDTH_MM, HEIGHT_MM = 60.0, 49.0
_MARGINS_MM = (3.0, 6.0, 6.0, 4.5)
_BINS = (8, 10, 12)  # as many as let the dots be largest
_FAR = 3.0  # times P75: where a long tail is gathered in the last bin
_FILL = 0.94  # of a bin's width


def plot_loss_dots(estimate: Estimate, ax: Axes | None = None) -> Axes:
    """Plot the customer's loss over the whole incident as a quantile dot plot.

    Parameters
    ----------
    estimate
        The whole answer; its customer's total must exist.
    ax
        Where to plot; None makes a figure of 60 x 49 mm.

    Returns
    -------
    Axes
        x: loss in the estimate's currency; y: points above the axis.

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
        top = _top(min(total.p95, _FAR * total.p75) or total.p95)
        width, height = style.size_pt(ax)
        diameter, count = max(
            (_diameter(estimate.customer.dots, top, count, width, height), count) for count in _BINS
        )
        levels: Counter[int] = Counter()
        for place in _places(estimate.customer.dots, top, count):
            colour = style.RED if place == count - 1 else style.BLUE
            x, y = (place + 0.5) * top / count, (levels[place] + 0.5) * diameter
            ax.plot([x], [y], "o", markersize=diameter * _FILL, color=colour, mew=0, gid="dot")
            levels[place] += 1
        _median(ax, total.p50, height)
        _axes(ax, top, height, estimate)
    return ax


def _places(dots: tuple[float, ...], top: float, count: int) -> list[int]:
    """Give every dot its bin; the last one holds all that is more."""
    return [max(0, min(count - 1, int(dot / top * count))) for dot in dots]


def _diameter(
    dots: tuple[float, ...], top: float, count: int, width: float, height: float
) -> float:
    """Measure how large dots can be in so many bins without leaving the frame (points)."""
    tallest = max(Counter(_places(dots, top, count)).values(), default=1)
    return min(width / count, height / tallest)


def _top(most: float) -> float:
    """Choose a round end of the axis, at or above an amount: P95, less when the tail is long."""
    if most <= 0 or not math.isfinite(most):
        return 1.0
    step = style.round_step(most, 5)
    return math.ceil(most / step * (1 - 1e-9)) * step


def _median(ax: Axes, median: float, height: float) -> None:
    """Mark the even chance behind the dots."""
    ax.plot(
        [median] * 2, [0, height], color=style.INK, linewidth=0.7, dashes=(3, 2), zorder=1,
        gid="even-chance",
    )  # fmt: skip
    ax.annotate(
        "even chance", (median, height), xytext=(0, 2.5), textcoords="offset points",
        ha="center" if median > 0.2 * ax.get_xlim()[1] else "left", weight=600,
        fontsize=style.AXIS_PT, annotation_clip=False,
    )  # fmt: skip


def _axes(ax: Axes, top: float, height: float, estimate: Estimate) -> None:
    """Label the amounts; the last bin holds all that is more."""
    ax.set_xlim(0, top)
    ax.set_ylim(0, height)
    ax.set_yticks([])
    places = list(style.ticks(top))
    labels = [stated_amount(place, estimate.currency) for place in places]
    if places[-1] >= top * (1 - 1e-9):
        labels[-1] += "+"
    ax.set_xticks(places, labels=labels)
