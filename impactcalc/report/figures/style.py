"""The one style of all figures: palette, type, canvas, and how they are saved.

The palette keeps its differences under three kinds of colour blindness and in grey print; hue
never carries a meaning alone.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from contextvars import ContextVar
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes

INK, MUTED, HAIR, WASH = "#1B2733", "#5B6770", "#D5DBE0", "#F3F5F7"
BLUE, MID_BLUE, PALE_BLUE = "#0B4F7D", "#7FB0D3", "#CFE1EE"
RED, PALE_RED = "#B8420F", "#F6DCCF"
TEAL, PALE_TEAL = "#00695C", "#A8D5CE"
WINDOW = "#DDE3E8"
FONT = "Source Sans 3"
LABEL_PT, AXIS_PT = 7.5, 7.0
PT_PER_MM = 72 / 25.4
_MM_PER_INCH = 25.4

_STYLE = {
    "font.family": [FONT],
    "font.size": LABEL_PT,
    "text.color": INK,
    "text.parse_math": False,  # a dollar is a dollar
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.unicode_minus": False,
    "xtick.labelsize": AXIS_PT,
    "ytick.labelsize": AXIS_PT,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.major.size": 2.5,
    "xtick.major.width": 0.5,
    "ytick.major.size": 0,
    "grid.color": HAIR,
    "grid.linewidth": 0.5,
    "svg.fonttype": "none",
    "svg.hashsalt": "impactcalc",
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "path.simplify": True,
}


@cache
def _register_fonts() -> None:
    """Tell matplotlib of the bundled font, once a process."""
    from matplotlib import font_manager

    for name in ("SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf"):
        font_manager.fontManager.addfont(str(font_folder().joinpath(name)))


def font_folder() -> resources.abc.Traversable:
    """Find the folder of the bundled fonts."""
    return resources.files("impactcalc.report").joinpath("template", "fonts")


@contextlib.contextmanager
def style() -> Iterator[None]:
    """Draw in the house style inside a ``with`` block, whatever matplotlib's settings are.

    A letter that the bundled font lacks is no matter for a warning: text stays text in the SVG, and
    who shows it chooses the font.
    """
    import matplotlib as mpl

    _register_fonts()
    with mpl.rc_context(_STYLE), warnings.catch_warnings():  # type: ignore[arg-type]
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        yield


_lower_mm: ContextVar[float] = ContextVar("lower_mm", default=0.0)


@contextlib.contextmanager
def lowered(millimetres: float) -> Iterator[None]:
    """Make the figures inside a ``with`` block so much lower, for a lower page."""
    token = _lower_mm.set(millimetres)
    try:
        yield
    finally:
        _lower_mm.reset(token)


def canvas(
    ax: Axes | None, size_mm: tuple[float, float], margins_mm: tuple[float, float, float, float]
) -> Axes:
    """Take the given Axes, or make a figure without pyplot's global state.

    Parameters
    ----------
    ax
        Axes of the caller, or None.
    size_mm
        Width and height of a new figure.
    margins_mm
        Left, bottom, right, top around its Axes.
    """
    if ax is not None:
        _dress(ax)
        return ax
    from impactcalc.report.figures.shown import ShownFigure

    width, height = size_mm[0], size_mm[1] - _lower_mm.get()
    left, bottom, right, top = margins_mm
    figure = ShownFigure(width / _MM_PER_INCH, height / _MM_PER_INCH)
    return figure.add_axes(
        (
            left / width,
            bottom / height,
            (width - left - right) / width,
            (height - bottom - top) / height,
        )
    )


def _dress(ax: Axes) -> None:
    """Give Axes that were made in another style the spines and tick labels of this one."""
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set(edgecolor=MUTED, linewidth=0.5)
    ax.tick_params(
        colors=MUTED, labelsize=AXIS_PT, labelfontfamily=FONT, grid_color=HAIR, grid_linewidth=0.5,
        width=0.5,
    )  # fmt: skip
    ax.tick_params(axis="x", length=2.5)
    ax.tick_params(axis="y", length=0)


def size_pt(ax: Axes) -> tuple[float, float]:
    """Measure the Axes in points."""
    box = ax.get_position()
    width, height = ax.get_figure(root=True).get_size_inches()  # type: ignore[union-attr]
    return float(box.width * width * 72), float(box.height * height * 72)


def save_svg(ax: Axes) -> str:
    """Save the figure of the Axes as SVG: text as text, the same bytes each time."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    figure: Any = ax.get_figure(root=True)
    buffer, paper = io.StringIO(), figure.get_facecolor()
    with style():
        drawing: Any = FigureCanvasSVG(figure)
        figure.set_facecolor("none")  # it lies on a page that has a colour of its own
        drawing.print_svg(buffer, metadata={"Date": None, "Creator": None})
        figure.set_facecolor(paper)
    return buffer.getvalue()


def ticks(top: float, most: int = 5) -> Iterator[float]:
    """Yield round numbers from 0 to `top`: steps of 1, 2, 2.5 or 5 times a power of ten."""
    step = round_step(top, most)
    number = 0
    while number * step <= top * (1 + 1e-9):
        yield number * step
        number += 1


def ticks_between(low: float, high: float, most: int = 5) -> Iterator[float]:
    """Yield the round numbers from `low` to `high`, nought among them when it lies between."""
    import math

    step = round_step(high - low, most)
    for number in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1):
        yield number * step


def round_step(top: float, most: int = 5) -> float:
    """Choose the smallest round step that needs at most `most` steps to reach `top`.

    Examples
    --------
    >>> round_step(88_000), round_step(44.6), round_step(0)
    (20000.0, 10.0, 1.0)
    """
    if top <= 0:
        return 1.0
    import math

    power = 10.0 ** math.floor(math.log10(top / most))
    return next(
        factor * power
        for factor in (1, 2, 2.5, 5, 10, 20)
        if factor * power * most >= top * (1 - 1e-9)
    )
