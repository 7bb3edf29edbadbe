"""The alternatives side by side: what each saves, with its interval and its chance to pay."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from impactcalc.report.figures import style
from impactcalc.report.narrative.what_if import saving_rows
from impactcalc.report.phrases import stated_amount

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from impactcalc.domain.result import Comparison, Estimate
    from impactcalc.report.narrative.what_if import SavingRow

WIDTH_MM, ROW_MM = 88.0, 8.0
MOST = 8
_MARGINS_MM = (38.0, 6.0, 13.0, 5.5)
_DPI = 200
_PAD_INCHES = 0.12
_FAR = 3.0  # times the widest middle half: where a long tail is cut


def plot_savings(answer: Estimate | Comparison, ax: Axes | None = None) -> Axes:
    """Plot the net saving of every alternative, the best on top.

    Parameters
    ----------
    answer
        An estimate or a comparison; its alternatives must save money.
    ax
        Where to plot; None makes a figure 88 mm wide with 8 mm a row.

    Returns
    -------
    Axes
        x: net saving in the currency, positive is better; y: one row an alternative: 9 cases in 10,
        the middle half, the average as a dot, and in how many cases it pays.

    Raises
    ------
    ValueError
        When no alternative has a saving in money.
    """
    rows = saving_rows(answer, MOST)
    if not rows:
        raise ValueError("no alternative saves money; nothing can be plotted")
    height = _MARGINS_MM[1] + _MARGINS_MM[3] + ROW_MM * len(rows)
    with style.style():
        ax = style.canvas(ax, (WIDTH_MM, height), _MARGINS_MM)
        low, high = _ends(rows)
        for number, row in enumerate(rows):
            _row(ax, -number, row, (low, high))
        _axes(ax, answer, (low, high), len(rows))
    return ax


def _ends(rows: tuple[SavingRow, ...]) -> tuple[float, float]:
    """Choose the axis: all means and middle halves, tails as far as they are not very long."""
    means = [row.dot for row in rows]
    halves = [(row.figure.p25, row.figure.p75) for row in rows]
    low = min(0.0, *means, *(p25 for p25, _ in halves))
    high = max(0.0, *means, *(p75 for _, p75 in halves))
    reach = _FAR * max(high - low, 1e-9)
    low = max(min(low, *(row.figure.p5 for row in rows)), low - reach)
    high = min(max(high, *(row.figure.p95 for row in rows)), high + reach)
    pad = 0.04 * (high - low) or 1.0
    return low - pad, high + pad


def _row(ax: Axes, y: float, row: SavingRow, ends: tuple[float, float]) -> None:
    """Draw one alternative."""
    worse = row.dot < 0
    colour, pale = (style.RED, style.PALE_RED) if worse else (style.TEAL, style.PALE_TEAL)
    figure = row.figure
    low, high = max(figure.p5, ends[0]), min(figure.p95, ends[1])
    ax.plot([low, high], [y, y], color=colour, linewidth=1, gid="nine-in-ten")
    ax.barh(
        y, figure.p75 - figure.p25, 0.34, left=figure.p25, color=pale, edgecolor=colour,
        linewidth=0.6, zorder=2,
    )  # fmt: skip
    ax.plot([row.dot], [y], "o", markersize=4, color=colour, zorder=3, gid="mean")
    _words(ax, y, row, colour)


def _words(ax: Axes, y: float, row: SavingRow, colour: str) -> None:
    """Write the name and the amounts at the left, the chance to pay at the right."""
    place: dict[str, Any] = {
        "xycoords": ax.get_yaxis_transform(),
        "textcoords": "offset points",
        "annotation_clip": False,
    }
    indent = -_MARGINS_MM[0] * style.PT_PER_MM
    ax.annotate(
        row.label, (0, y), xytext=(indent, 0.5), va="bottom",
        weight=600 if row.recommended else 400, **place,
    )  # fmt: skip
    ax.annotate(
        row.amounts, (0, y), xytext=(indent, -1), va="top", color=style.MUTED,
        fontsize=style.AXIS_PT, **place,
    )  # fmt: skip
    ax.annotate(
        row.pays, (1, y), xytext=(_MARGINS_MM[2] * style.PT_PER_MM, 0), va="center", ha="right",
        weight=600, color=colour, **place,
    )  # fmt: skip


def _axes(ax: Axes, answer: Estimate | Comparison, ends: tuple[float, float], rows: int) -> None:
    """Label the amounts; nothing saved is a line."""
    low, high = ends
    ax.set_xlim(low, high)
    ax.set_ylim(-rows + 0.4, 0.55)
    ax.set_yticks([])
    places = list(style.ticks_between(low, high, 4))
    ax.set_xticks(places, labels=[stated_amount(place, answer.currency) for place in places])
    ax.grid(visible=True, axis="x")
    ax.set_axisbelow(True)
    ax.axvline(0, color=style.INK, linewidth=1.0, gid="nothing", zorder=1.5)
    ax.annotate(
        "pays in", (1, 1), xycoords="axes fraction",
        xytext=(_MARGINS_MM[2] * style.PT_PER_MM, 3), textcoords="offset points", ha="right",
        color=style.MUTED, fontsize=style.AXIS_PT, annotation_clip=False,
    )  # fmt: skip
    ax.annotate(
        "saves, less its cost", (0, 1), xycoords="axes fraction",
        xytext=(-_MARGINS_MM[0] * style.PT_PER_MM, 3), textcoords="offset points",
        color=style.MUTED, fontsize=style.AXIS_PT, annotation_clip=False,
    )  # fmt: skip


def render_png(answer: Estimate | Comparison) -> bytes:
    """Draw the savings as a picture on white: the same bytes each time."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with style.style():
        figure: Any = plot_savings(answer).get_figure(root=True)
        canvas: Any = FigureCanvasAgg(figure)
        buffer = io.BytesIO()
        canvas.print_figure(
            buffer, dpi=_DPI, format="png", facecolor="white", metadata={"Software": None},
            bbox_inches="tight", pad_inches=_PAD_INCHES,
        )  # fmt: skip
    return buffer.getvalue()
