"""The pictures of a backtest: PIT, coverage against nominal, the last forecasts and what happened.

Hue carries no meaning alone: asked times differ in line and mark, an outcome outside its range is
an open ring.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from impactcalc.report.backtest import BINS, pit_counts
from impactcalc.report.figures import style
from impactcalc.report.terminal.backtest import verdict_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from impactcalc.domain.backtest import Asked, Backtest, Shown

WIDTH_MM, HEIGHT_MM = 170.0, 150.0
_MM, _DPI = 25.4, 200
_LOOKS = (
    (style.BLUE, "-", "o"),
    (style.TEAL, "--", "s"),
    (style.RED, "-.", "^"),
    (style.INK, ":", "D"),
)
_NOMINAL = tuple(range(10, 100, 10))
_HOURS = (1 / 60, 1 / 6, 0.5, 1, 2, 5, 10, 24, 48, 24 * 7, 24 * 30, 24 * 90)
_FEW = 10


def plot_pit(found: Backtest, ax: Axes | None = None) -> Axes:
    """Plot where the outcomes fell in their forecasts: flat when the ranges are right.

    Parameters
    ----------
    found
        With forecasts.
    ax
        Where to plot; None makes a figure of 80 x 60 mm.

    Returns
    -------
    Axes
        x: share of the forecast below the outcome; y: forecasts, all asked times together.
    """
    with style.style():
        ax = style.canvas(ax, (80.0, 60.0), (12.0, 12.0, 4.0, 8.0))
        counts = [
            sum(each) for each in zip(*(pit_counts(one.pit) for one in found.asked), strict=True)
        ]
        places = [(place + 0.5) / BINS for place in range(BINS)]
        ax.bar(
            places, counts, 0.92 / BINS, color=style.PALE_BLUE, edgecolor=style.BLUE, linewidth=0.6,
            gid="pit",
        )  # fmt: skip
        mean = sum(counts) / BINS
        ax.axhline(mean, color=style.INK, linewidth=0.9, gid="even")
        ax.set_title("Where outcomes fell in their forecasts (line: even)", loc="left")
        ax.set_xlabel("share of the forecast below the outcome (PIT)", color=style.MUTED)
        ax.set_ylabel("forecasts, all asked times", color=style.MUTED)
        ax.set_xlim(0, 1)
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1], labels=["0", "25%", "50%", "75%", "100%"])
    return ax


def plot_coverage(found: Backtest, ax: Axes | None = None) -> Axes:
    """Plot how many ranges held against how many were said to.

    Parameters
    ----------
    found
        With forecasts.
    ax
        Where to plot; None makes a figure of 80 x 60 mm.

    Returns
    -------
    Axes
        x: percent that a central range is said to hold; y: percent that held, by asked time.
    """
    with style.style():
        ax = style.canvas(ax, (80.0, 60.0), (12.0, 12.0, 4.0, 8.0))
        ax.plot([0, 100], [0, 100], color=style.MUTED, linewidth=0.9, gid="nominal")
        several = [one for one in found.asked if one.n >= _FEW]
        for one, (colour, line, mark) in zip(several, _LOOKS * len(several), strict=False):
            ax.plot(
                _NOMINAL, [_held(one, level) for level in _NOMINAL], line, marker=mark,
                markersize=3, linewidth=1, color=colour, gid=f"held-{one.elapsed_h:g}",
                label=f"{_asked_words(found, one)}, {one.n}",
            )  # fmt: skip
        ax.set_title("Ranges that held, % (line: as said)", loc="left")
        ax.set_xlabel("said to hold, %", color=style.MUTED)
        ax.set_ylabel("held, %", color=style.MUTED)
        ax.set_xlim(0, 100)
        ax.set_ylim(0, 100)
        if several:
            ax.legend(loc="upper left", frameon=False, fontsize=style.AXIS_PT)
    return ax


def _held(one: Asked, percent: int) -> float:
    """Percent of the outcomes inside their central ranges."""
    inside = sum(abs(value - 0.5) <= percent / 200 + 1e-12 for value in one.pit)
    return 100.0 * inside / one.n


def _asked_words(found: Backtest, one: Asked) -> str:
    """Say when forecasts were made."""
    if found.own:
        return "all"
    return f"{one.elapsed_h:g} h in" if one.elapsed_h else "at start"


def plot_last(found: Backtest, ax: Axes | None = None) -> Axes:
    """Plot the newest forecasts, made at each incident's start, and what happened.

    Parameters
    ----------
    found
        With forecasts.
    ax
        Where to plot; None makes a figure of 170 x 70 mm.

    Returns
    -------
    Axes
        x: incidents by their start; y: hours, logarithmic.
    """
    with style.style():
        ax = style.canvas(ax, (WIDTH_MM, 70.0), (14.0, 12.0, 4.0, 8.0))
        for place, one in enumerate(found.last):
            _fan(ax, place, one)
        ax.set_yscale("log")
        _hours_axis(ax, found.last)
        ax.set_title(
            f"The last {len(found.last)}: 9 in 10 (thin), half (thick), even chance (dash); "
            "dot: what happened, ring: outside 9 in 10",
            loc="left",
        )
        words = "time left at the forecast" if found.own else "total length"
        ax.set_ylabel(words, color=style.MUTED)
        _dates_axis(ax, found.last)
    return ax


def _fan(ax: Axes, place: int, one: Shown) -> None:
    """Draw one forecast and its outcome."""
    low, lower, middle, upper, high = one.quantiles_h
    ax.plot([place, place], [low, high], color=style.MID_BLUE, linewidth=1, zorder=2)
    ax.plot(
        [place, place], [lower, upper], color=style.PALE_BLUE, linewidth=6, zorder=2.1,
        solid_capstyle="butt",
    )  # fmt: skip
    ax.plot(
        [place - 0.3, place + 0.3], [middle, middle], color=style.BLUE, linewidth=1.2, zorder=2.2
    )
    inside = low <= one.actual_h <= high
    ax.plot(
        [place], [one.actual_h], "o", markersize=4, color=style.INK if inside else style.RED,
        markerfacecolor=style.INK if inside else "white", zorder=3,
        gid="held" if inside else "missed",
    )  # fmt: skip


def _hours_axis(ax: Axes, last: Sequence[Shown]) -> None:
    """Label a logarithmic axis by lengths that people say."""
    from matplotlib.ticker import NullFormatter, NullLocator

    ends = [value for one in last for value in (*one.quantiles_h, one.actual_h)]
    if not ends:
        return
    low, high = min(ends) / 1.3, max(ends) * 1.3
    places = [hours for hours in _HOURS if low <= hours <= high]
    ax.set_ylim(low, high)
    ax.set_yticks(places, labels=[_said(hours) for hours in places])
    ax.yaxis.set_minor_locator(NullLocator())
    ax.yaxis.set_minor_formatter(NullFormatter())
    ax.grid(visible=True, axis="y")
    ax.set_axisbelow(True)


def _said(hours: float) -> str:
    """Write hours as minutes, hours or days."""
    if hours < 1:
        return f"{60 * hours:.0f} min"
    return f"{hours:g} h" if hours < 72 else f"{hours / 24:g} days"  # noqa: PLR2004


def _dates_axis(ax: Axes, last: Sequence[Shown]) -> None:
    """Name the day of every fifth incident."""
    places = range(0, len(last), 5)
    days = [datetime.fromtimestamp(last[place].start_s, UTC) for place in places]
    ax.set_xticks(list(places), labels=[f"{day.day} {day:%b %Y}" for day in days])
    ax.set_xlim(-0.8, max(len(last), 1) - 0.2)


def render_png(found: Backtest) -> bytes:
    """Draw the three pictures on one page, as PNG: the same bytes each time."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with style.style():
        figure = Figure(figsize=(WIDTH_MM / _MM, HEIGHT_MM / _MM), dpi=_DPI, facecolor="white")
        figure.text(0.09, 0.965, verdict_words(found), fontsize=9, weight=600)
        plot_pit(found, figure.add_axes((0.09, 0.58, 0.37, 0.32)))
        plot_coverage(found, figure.add_axes((0.59, 0.58, 0.38, 0.32)))
        plot_last(found, figure.add_axes((0.09, 0.07, 0.88, 0.36)))
        canvas: Any = FigureCanvasAgg(figure)
        buffer = io.BytesIO()
        canvas.print_png(buffer, metadata={"Software": None})
    return buffer.getvalue()
