"""The error budget over time: availability by day above, what is left of the budget below."""

from __future__ import annotations

import io
from bisect import bisect_left, bisect_right
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from impactcalc.named import NamedTuple
from impactcalc.report.figures import style
from impactcalc.report.figures.clock_axis import set_clock_ticks
from impactcalc.report.level_words import percentage, reading_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from impactcalc.domain.service_level import History, ServiceLevel

WIDTH_MM, HEIGHT_MM = 170.0, 110.0
_DPI = 150
_SECOND_NS, _HOUR_NS = 10**9, 3600 * 10**9
_LOOKS = {
    "all_fail": (style.INK, "-", "s"),
    "threshold": (style.RED, "-", "o"),
    "proportional": (style.BLUE, "--", "^"),
}
_LIFTS = {"all_fail": 12, "threshold": 3, "proportional": -9}  # points, so that none covers one
_LATE = 0.7  # of the axis: from here on words stand to the left
_FAN_FLOOR, _FULL = -150.0, 108.0  # percent of the budget
_MM = 25.4


class Day(NamedTuple):
    """One day's availability of its known time; None where nothing is known."""

    middle_ns: int
    availability: float | None


def days_of(history: History, reading: str) -> list[Day]:
    """Divide a history at its zone's midnights.

    Parameters
    ----------
    history
        Its moments hold every midnight inside the window.
    reading
        Of downtime.
    """
    zone = history.zone or UTC
    moments = history.moments_ns
    bounds = [
        moments[0],
        *(each for each in moments[1:-1] if _is_midnight(each, zone)),
        moments[-1],
    ]
    days = []
    for start, end in pairwise(bounds):
        first, last = bisect_left(moments, start), bisect_left(moments, end)
        known = history.known_s[last] - history.known_s[first]
        used = history.used_s[reading][last] - history.used_s[reading][first]
        days.append(Day((start + end) // 2, 1 - used / known if known > 0 else None))
    return days


def _is_midnight(instant_ns: int, zone: tzinfo) -> bool:
    """Tell whether an instant is 0:00 in a zone."""
    local = _moment(instant_ns, zone)
    return instant_ns % _SECOND_NS == 0 and (local.hour, local.minute, local.second) == (0, 0, 0)


def _moment(instant_ns: int, zone: tzinfo) -> datetime:
    """Return an instant as local time."""
    return datetime.fromtimestamp(instant_ns // _SECOND_NS, UTC).astimezone(zone)


def plot_availability(level: ServiceLevel, ax: Axes | None = None) -> Axes:
    """Plot the availability of each day under every reading, with the target.

    Parameters
    ----------
    level
        With a history.
    ax
        Where to plot; None makes a figure of 170 x 110 mm.

    Returns
    -------
    Axes
        x: hours since the window's start; y: percent.
    """
    history, demand = level.history, level.demand
    if history is None or demand is None:
        raise ValueError("the level has no history; ask for it")
    with style.style():
        ax = style.canvas(ax, (WIDTH_MM, HEIGHT_MM), (16.0, 10.0, 30.0, 6.0))
        target = float(demand.target) * 100
        ax.axhline(target, color=style.MUTED, linewidth=0.8, linestyle=":", gid="target")
        for reading in history.used_s:
            colour, line, mark = _LOOKS[reading]
            days = [day for day in days_of(history, reading) if day.availability is not None]
            ax.plot(
                [_hours(history, day.middle_ns) for day in days],
                [100 * (day.availability or 0.0) for day in days],
                line, marker=mark, markersize=3, linewidth=1, color=colour,
                label=reading_words(level, reading), gid=f"days-{reading}",
            )  # fmt: skip
        ax.set_title(
            f"Availability by day, % (target {percentage(demand.target, demand.target)})",
            loc="left",
        )
        ax.legend(
            loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=3, frameon=False,
            fontsize=style.AXIS_PT, borderaxespad=0.0,
        )  # fmt: skip
        _time_axis(ax, history)
    return ax


def plot_budget(level: ServiceLevel, ax: Axes | None = None) -> Axes:
    """Plot what is left of the error budget under every reading, and where it is gone.

    Parameters
    ----------
    level
        With a history, and a target below 100%.
    ax
        Where to plot; None makes a figure of 170 x 110 mm.

    Returns
    -------
    Axes
        x: hours since the window's start; y: percent of the budget.
    """
    history, downtime = level.history, level.downtime
    if history is None or downtime is None:
        raise ValueError("the level has no history; ask for it")
    with style.style():
        ax = style.canvas(ax, (WIDTH_MM, HEIGHT_MM), (16.0, 10.0, 30.0, 6.0))
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        hours = [_hours(history, each) for each in history.moments_ns]
        told = _told(level, history)
        lowest = 0.0
        for reading, used in history.used_s.items():
            colour, line, _ = _LOOKS[reading]
            left = _left(level, reading, used[told])
            lowest = min(lowest, *left)
            ax.plot(hours[told], left, line, linewidth=1.2, color=colour, gid=f"left-{reading}")
            gone = downtime[reading].exhausted_ns
            if gone is not None:
                at = _hours(history, gone)
                late = at > _LATE * hours[-1]
                ax.plot([at], [0], "x", color=colour, markersize=6, gid=f"gone-{reading}")
                ax.annotate(
                    f"gone {_moment(gone, history.zone or UTC):%d %b %H:%M}", (at, 0),
                    xytext=(-5 if late else 5, _LIFTS[reading]), ha="right" if late else "left",
                    textcoords="offset points", fontsize=style.AXIS_PT, color=colour,
                )  # fmt: skip
        readings = _forecast_readings(level)
        for reading in readings:
            _fan(ax, level, history, reading, alone=len(readings) == 1)
        if level.demand is not None and level.demand.target == 1:
            ax.set_ylim(-_FULL, _FULL)
        elif level.outlook is not None:  # a fan far below nought leaves the past readable
            ax.set_ylim(max(ax.get_ylim()[0], min(_FAN_FLOOR, lowest * 1.1)), _FULL)
        ax.set_title(_budget_title(level), loc="left")
        _time_axis(ax, history)
    return ax


def _told(level: ServiceLevel, history: History) -> slice:
    """Choose the moments of the history that measurements tell of."""
    first = max(0, bisect_right(history.known_s, 0.0) - 1)
    if level.seen is None:
        return slice(first, None)
    return slice(first, bisect_right(history.moments_ns, level.seen.now_ns))


def _left(level: ServiceLevel, reading: str, used: Sequence[float]) -> list[float]:
    """Give what is left of the budget, in percent of it."""
    answer = None if level.downtime is None else level.downtime[reading]
    allowed = 0.0 if answer is None else float(answer.allowed) / _SECOND_NS
    return [100 * (1 - each / allowed) if allowed else 0.0 for each in used]


def _forecast_readings(level: ServiceLevel) -> Sequence[str]:
    """Choose whose fans are drawn: of the definition in force, else of all."""
    if level.outlook is None or level.demand is None:
        return ()
    rule = level.demand.rule
    return tuple(
        reading
        for reading in level.outlook.used_s
        if rule is None or rule.definition.value == reading
    )


def _fan(ax: Axes, level: ServiceLevel, history: History, reading: str, *, alone: bool) -> None:
    """Draw 9 cases in 10 (where it is alone), half of the cases, and the even chance."""
    ahead = level.outlook
    if ahead is None:
        return
    colour, _, _ = _LOOKS[reading]
    hours = [_hours(history, each) for each in ahead.moments_ns]
    paths = {name: _left(level, reading, used) for name, used in ahead.used_s[reading].items()}
    bands = (("p5", "p95", 0.12), ("p25", "p75", 0.18))
    for low, high, alpha in bands if alone else bands[1:]:
        ax.fill_between(
            hours, paths[high], paths[low], color=colour, alpha=alpha, linewidth=0,
            gid=f"fan-{reading}-{high}",
        )  # fmt: skip
    ax.plot(hours, paths["p50"], ":", linewidth=1.0, color=colour, gid=f"fan-{reading}-p50")


def _budget_title(level: ServiceLevel) -> str:
    """Name the lower picture, and what its shading is."""
    if level.demand is not None and level.demand.target == 1:
        return "No error budget: a target of 100% allows nothing"
    number = len(_forecast_readings(level))
    if not number:
        return "Error budget left, %"
    cases = "9 and 5 cases in 10" if number == 1 else "5 cases in 10"
    return f"Error budget left, %; shaded: forecast, {cases}"


def _hours(history: History, instant_ns: int) -> float:
    """Return the hours since the window's start."""
    return (instant_ns - history.moments_ns[0]) / _HOUR_NS


def _time_axis(ax: Axes, history: History) -> None:
    """Label the time by the clock of the zone."""
    first = _moment(history.moments_ns[0], history.zone or UTC)
    set_clock_ticks(ax, first, 0.0, _hours(history, history.moments_ns[-1]))
    ax.grid(visible=True, axis="y")
    ax.set_axisbelow(True)


def render_png(level: ServiceLevel) -> bytes:
    """Draw both pictures one above the other, as PNG: the same bytes each time."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with style.style():
        figure = _figure()
        upper, lower = _panels(figure)
        plot_availability(level, upper)
        plot_budget(level, lower)
        canvas: Any = FigureCanvasAgg(figure)
        buffer = io.BytesIO()
        canvas.print_png(buffer, metadata={"Software": None})
    return buffer.getvalue()


def _figure() -> Figure:
    """Make the page."""
    from matplotlib.figure import Figure

    return Figure(figsize=(WIDTH_MM / _MM, HEIGHT_MM / _MM), dpi=_DPI, facecolor="white")


def _panels(figure: Figure) -> Sequence[Axes]:
    """Make two panels of one width."""
    return [
        figure.add_axes((0.08, 0.58, 0.89, 0.34)),
        figure.add_axes((0.08, 0.10, 0.89, 0.34)),
    ]
