"""The tornado: what each uncertain input, at its P10 and at its P90, does to the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.figures import style
from impactcalc.report.narrative.drivers import (
    driver_rows,
    middle_words,
    tick_unit,
    tick_words,
    tornado_middle,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from impactcalc.domain.result import Estimate
    from impactcalc.report.narrative.drivers import DriverRow

WIDTH_MM, HEIGHT_MM = 88.0, 48.0
MOST = 6
_MARGINS_MM = (41.0, 6.0, 4.0, 4.5)
_BAR, _FEW = 0.42, 4.0  # of a row; fewer rows are higher, their bars are not
_ROOM = 0.30  # of the span, at either side, for the words at the bars' ends


def plot_tornado(estimate: Estimate, ax: Axes | None = None) -> Axes:
    """Plot the mean answer with each uncertain input at its P10 and at its P90.

    Parameters
    ----------
    estimate
        The whole answer; it must have drivers.
    ax
        Where to plot; None makes a figure of 88 x 48 mm.

    Returns
    -------
    Axes
        x: mean loss in the estimate's currency, without money hours to full recovery; y: one row an
        input, the strongest on top.

    Raises
    ------
    ValueError
        When the estimate has no drivers.
    """
    rows = driver_rows(estimate, MOST)
    if not rows:
        raise ValueError("the estimate has no drivers; nothing can be plotted")
    with style.style():
        ax = style.canvas(ax, (WIDTH_MM, HEIGHT_MM), _MARGINS_MM)
        middle = tornado_middle(estimate)
        for number, row in enumerate(rows):
            _row(ax, -number, row, middle, _BAR * min(1.0, len(rows) / _FEW))
        _axes(ax, estimate, rows, middle)
    return ax


def _row(ax: Axes, y: float, row: DriverRow, middle: float, thick: float) -> None:
    """Draw one input: blue from the middle to its P10, red to its P90, words at the ends."""
    ends = ((row.low, row.low_at, style.MID_BLUE), (row.high, row.high_at, style.RED))
    for value, at, colour in ends:
        left, width = min(middle, value), abs(value - middle)
        name = "low" if colour == style.MID_BLUE else "high"
        bars = ax.barh(y, width, thick, left=left, color=colour, linewidth=0, gid=name)
        bars[0].set_gid(name)
        other = row.high if value == row.low else row.low
        outside = value < other or (value == other and name == "low")
        ax.annotate(
            at, (value, y), xytext=(-2.5 if outside else 2.5, 0), textcoords="offset points",
            ha="right" if outside else "left", va="center", fontsize=style.AXIS_PT,
            color=style.MUTED, annotation_clip=False,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip
    ax.annotate(
        row.label, (0, y), xycoords=ax.get_yaxis_transform(),
        xytext=(-_MARGINS_MM[0] * style.PT_PER_MM, 0), textcoords="offset points", va="center",
        annotation_clip=False,
    )  # fmt: skip


def _axes(ax: Axes, estimate: Estimate, rows: tuple[DriverRow, ...], middle: float) -> None:
    """Label the amounts, and the line of the answer itself."""
    values = [value for row in rows for value in (row.low, row.high)]
    low, high = min(middle, *values), max(middle, *values)
    span = (high - low) or abs(middle) or 1.0
    ax.set_xlim(low - _ROOM * span, high + _ROOM * span)
    ax.set_ylim(-len(rows) + 0.5, 0.6)
    ax.set_yticks([])
    left, right = ax.get_xlim()
    unit = tick_unit(estimate, right)
    places = [unit * place for place in style.ticks_between(left / unit, right / unit, 4)]
    ax.set_xticks(places, labels=[tick_words(estimate, place, unit) for place in places])
    ax.grid(visible=True, axis="x")
    ax.set_axisbelow(True)
    ax.axvline(middle, color=style.INK, linewidth=1.0, gid="middle", zorder=2.5)
    ax.annotate(
        f"average {middle_words(estimate)}", (middle, 1),
        xycoords=ax.get_xaxis_transform(), xytext=(0, 2.5), textcoords="offset points",
        ha="center", weight=600, fontsize=style.AXIS_PT, annotation_clip=False,
    )  # fmt: skip
