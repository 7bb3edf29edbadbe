"""The bridge: from an earlier answer to today's, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple
from impactcalc.report.figures import style
from impactcalc.report.narrative import changes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from impactcalc.domain.result import Estimate

WIDTH_MM, HEIGHT_MM = 88.0, 42.0
_MARGINS_MM = (25.0, 6.0, 2.0, 2.0)
_BAR = 0.56
_ROOM = 0.22  # of the span, to the right, for the words at the bars' ends


class _Bar(NamedTuple):
    """One bar: its label, where it begins and ends, its words, colour and name in the file."""

    label: str
    begin: float
    end: float
    words: str
    colour: str
    name: str


def plot_changes(estimate: Estimate, ax: Axes | None = None) -> Axes:
    """Plot how the mean answer came from an earlier estimate to today's.

    Parameters
    ----------
    estimate
        The whole answer; it must have been compared with an earlier one (``--since``).
    ax
        Where to plot; None makes a figure of 88 x 42 mm.

    Returns
    -------
    Axes
        x: mean loss in the estimate's currency, without money hours to full recovery; y: the
        earlier answer, the parts in the bridge's order, today's answer, from top to bottom.

    Raises
    ------
    ValueError
        When the estimate was compared with none.
    """
    bars = _bars(estimate)
    if not bars:
        raise ValueError("the estimate was compared with no earlier one; nothing can be plotted")
    with style.style():
        ax = style.canvas(ax, (WIDTH_MM, HEIGHT_MM), _MARGINS_MM)
        _axes(ax, estimate, bars)
        for number, bar in enumerate(bars):
            _draw(ax, -number, bar)
        for number, bar in enumerate(bars[:-1]):  # the level that the next part begins at
            level = bar.end
            ax.plot(
                (level, level), (-number - _BAR / 2, -number - 1 + _BAR / 2),
                color=style.MUTED, linewidth=0.5, zorder=1,
            )  # fmt: skip
    return ax


def _bars(estimate: Estimate) -> tuple[_Bar, ...]:
    """Lay the bars out: both answers from 0, every part from where the one before it ended."""
    since, rows = estimate.since, changes.change_rows(estimate)
    if since is None or not rows:
        return ()
    before, after = changes.ends(estimate)
    then = changes.moment(estimate)
    bars = [_Bar(then, 0.0, since.before, before, style.INK, "before")]
    level = since.before
    for row in rows:
        colour = style.RED if row.value > 0 else style.TEAL
        bars.append(_Bar(row.label, level, level + row.value, row.words, colour, "part"))
        level += row.value
    return (*bars, _Bar("now", 0.0, since.after, after, style.INK, "after"))


def _draw(ax: Axes, y: float, bar: _Bar) -> None:
    """Draw one bar with its words at its right end, and its label at the left edge."""
    left, right = sorted((bar.begin, bar.end))
    drawn = ax.barh(y, right - left, _BAR, left=left, color=bar.colour, linewidth=0)
    drawn[0].set_gid(bar.name)
    ax.annotate(
        bar.words, (right, y), xytext=(2.5, 0), textcoords="offset points", va="center",
        fontsize=style.AXIS_PT, weight=600 if bar.name != "part" else 400, annotation_clip=False,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
    )  # fmt: skip
    ax.annotate(
        bar.label, (0, y), xycoords=ax.get_yaxis_transform(),
        xytext=(-_MARGINS_MM[0] * style.PT_PER_MM, 0), textcoords="offset points", va="center",
        annotation_clip=False,
    )  # fmt: skip


def _axes(ax: Axes, estimate: Estimate, bars: tuple[_Bar, ...]) -> None:
    """Label the amounts, from 0."""
    values = [value for bar in bars for value in (bar.begin, bar.end)]
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0
    ax.set_xlim(low, high + _ROOM * span)
    ax.set_ylim(-len(bars) + 0.5, 0.6)
    ax.set_yticks([])
    places = list(style.ticks_between(low, high, 4))
    ax.set_xticks(places, labels=[changes.value_words(estimate, place, 3) for place in places])
    ax.grid(visible=True, axis="x")
    ax.set_axisbelow(True)
