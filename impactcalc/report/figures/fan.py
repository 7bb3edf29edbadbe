"""The recovery fan: share of work that succeeds, and below it each stage, plan against forecast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from impactcalc.report.escape import breadth
from impactcalc.report.figures import style
from impactcalc.report.figures.clock_axis import hourly, hours_between, set_clock_ticks
from impactcalc.report.narrative.recovery import shown_stages
from impactcalc.report.narrative.subject import stage_name

if TYPE_CHECKING:
    from datetime import datetime

    from matplotlib.axes import Axes
    from matplotlib.transforms import Transform

    from impactcalc.domain.result import Estimate, StageAnswer

WIDTH_MM, HEIGHT_MM = 114.0, 66.0
MOST_STAGES = 7
_MARGINS_MM = (30.0, 6.0, 3.5, 4.5)
_SECOND_LINE_MM = 3.0
_GUTTER_MM = (12.0, 32.0)  # left of the axis: as wide as the longest name of a stage needs
_MM_PER_LETTER = 1.35
_NAME = 25
_DONE_PT = 34.0  # width of the tick and the word
_ROWS_AT_EASE = 4
_COARSE_BELOW = 0.45  # floor of the axis, as a share


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things lie: y data are shares above the floor, stage rows below it."""

    first: datetime
    now: float
    end: float
    floor: float
    row: float  # height of a stage row in shares
    gutter: float  # mm left of the axis


def plot_recovery_fan(estimate: Estimate, ax: Axes | None = None) -> Axes:
    """Plot the share of work that succeeds over time, with the plan and its forecast below.

    Parameters
    ----------
    estimate
        The whole answer.
    ax
        Where to plot; None makes a figure of 114 x 66 mm.

    Returns
    -------
    Axes
        x: hours since the fan's first moment, labelled by the clock; y: share of work.
    """
    with style.style():
        stages = shown_stages(estimate, MOST_STAGES)
        frame = _frame(estimate, stages)
        bottom = _MARGINS_MM[1] + (_SECOND_LINE_MM if hourly(frame.end) else 0.0)
        margins = (frame.gutter, bottom, *_MARGINS_MM[2:])
        ax = style.canvas(ax, (WIDTH_MM, HEIGHT_MM), margins)
        _bands(ax, estimate, frame)
        names = row_names(estimate, stages)
        for number, (stage, name) in enumerate(zip(stages, names, strict=True)):
            _stage(ax, stage, name, frame, frame.floor - (number + 0.9) * frame.row)
        _now(ax, frame, len(stages))
        _axes(ax, frame, len(stages))
    return ax


def row_names(estimate: Estimate, stages: list[StageAnswer]) -> list[str]:
    """Name the rows; names that look alike when shortened are told by their place in the plan."""
    names = [stage_name(stage.name, _NAME) for stage in stages]
    if len(set(names)) == len(names):
        return names
    places = {id(stage): place for place, stage in enumerate(estimate.recovery.stages, 1)}
    return [f"{places[id(one)]} {stage_name(one.name, _NAME - 3)}" for one in stages]


def _gutter(names: list[str]) -> float:
    """Choose the space for the names of the stages, in mm."""
    low, high = _GUTTER_MM
    longest = max(map(breadth, names), default=0)
    return max(low, min(high, 2.0 + _MM_PER_LETTER * longest))


def _frame(estimate: Estimate, stages: list[StageAnswer]) -> _Frame:
    fan = estimate.recovery.fan
    first = fan.at[0].astimezone(estimate.promise.p50.tzinfo)
    now = max(0.0, hours_between(first, estimate.as_of))
    end = _end(estimate, stages, first, now)
    low = min((p for p, hour in zip(fan.p5, fan.hours, strict=True) if hour <= end), default=0.5)
    floor = min(0.9, max(0.0, int(low * 10 + 1e-9) / 10))
    # rows take 5 mm each of a 61 mm frame, less when there are many
    share = min(0.55, 0.082 * len(stages)) if len(stages) > _ROWS_AT_EASE else 0.082 * len(stages)
    row = (1 - floor) * share / (1 - share) / max(1, len(stages))
    return _Frame(first, now, end, floor, row, _gutter(row_names(estimate, stages)))


def _end(estimate: Estimate, stages: list[StageAnswer], first: datetime, now: float) -> float:
    """Choose the last hour: the promised moments, and plan and forecast of nearby stages."""
    last = hours_between(first, estimate.recovery.fan.at[-1])
    sure = hours_between(first, max(estimate.promise.p90, estimate.as_of))
    want = [sure * 1.15, now * 1.2, 4.0]
    for stage in stages:
        ends = [stage.finish_at["p75"]]
        ends += [stage.planned_at[1]] if stage.planned_at is not None else []
        want += [hours_between(first, moment) * 1.08 for moment in ends]
    near = [hour for hour in want if hour <= max(3 * sure, 24.0)]
    return min(max(near), last) if last > 0 else max(near)


def _bands(ax: Axes, estimate: Estimate, frame: _Frame) -> None:
    """Draw 9 cases in 10, half of the cases, and the even chance."""
    fan = estimate.recovery.fan
    hours = [hours_between(frame.first, moment) for moment in fan.at]
    wide, half = style.PALE_BLUE, style.MID_BLUE
    ax.fill_between(hours, fan.p5, fan.p95, color=wide, linewidth=0, gid="nine-in-ten")
    ax.fill_between(hours, fan.p25, fan.p75, color=half, linewidth=0, gid="half")
    ax.plot(hours, fan.p50, color=style.BLUE, linewidth=1.6, gid="even-chance")


def _stage(ax: Axes, stage: StageAnswer, name: str, frame: _Frame, y: float) -> None:
    """Draw one stage: planned window in grey, forecast finish as whisker, box and circle."""
    bar = frame.row * 0.6
    gates = stage.restores > 0
    ax.annotate(
        name, (0, y), xytext=(-frame.gutter * style.PT_PER_MM, 0), textcoords="offset points",
        xycoords=ax.get_yaxis_transform(), va="center", annotation_clip=False,
        color=style.INK if gates else style.MUTED,
    )  # fmt: skip
    if stage.planned_at is not None:
        start, end = (hours_between(frame.first, moment) for moment in stage.planned_at)
        ax.barh(y, end - start, bar, left=start, color=style.WINDOW, linewidth=0, gid="window")
    if stage.status == "done":
        _done(ax, stage, frame, y)
        return
    p10, p25, p50, p75, p90 = (
        hours_between(frame.first, stage.finish_at[key])
        for key in ("p10", "p25", "p50", "p75", "p90")
    )
    colour = style.BLUE if gates else style.MID_BLUE
    ax.plot([p10, min(p90, frame.end)], [y, y], color=colour, linewidth=1, gid="whisker")
    ax.plot(
        [p25, min(p75, frame.end)], [y, y], color=colour, linewidth=3.4,
        solid_capstyle="butt", gid="box",
    )  # fmt: skip
    if p90 > frame.end:
        ax.plot([frame.end], [y], marker=">", markersize=4, color=colour, clip_on=False)
    ax.plot([p50], [y], marker="o", markersize=5, mfc="white", mec=colour, mew=1.2, gid="median")


def _done(ax: Axes, stage: StageAnswer, frame: _Frame, y: float) -> None:
    """Mark a finished stage by a tick and the word."""
    window = hours_between(frame.first, stage.planned_at[1]) if stage.planned_at else 0.0
    finish = hours_between(frame.first, stage.finish_at["p50"])
    x = max(0.0, min(max(window, finish), frame.end))
    per_hour = style.size_pt(ax)[0] / frame.end
    if -_DONE_PT < (frame.now - x) * per_hour < _DONE_PT:
        x = frame.now  # the word would lie on the line of the present
    to_left = (frame.end - x) * per_hour < _DONE_PT
    ax.annotate(
        "done", (x, y), xytext=(-5 if to_left else 13, 0), textcoords="offset points",
        va="center", ha="right" if to_left else "left", color=style.TEAL, weight=600,
        fontsize=style.AXIS_PT, annotation_clip=False,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
    )  # fmt: skip
    if not to_left:
        tick = [(-0.5, 0.0), (-0.1, -0.45), (0.6, 0.5)]
        ax.plot(
            [x], [y], marker=tick, markersize=6, color=style.TEAL, mew=1.3, fillstyle="none",
            linestyle="none", clip_on=False,
            transform=ax.transData + _shift(ax, 7),
        )  # fmt: skip


def _shift(ax: Axes, points: float) -> Transform:
    """Shift to the right by points."""
    from matplotlib.transforms import ScaledTranslation

    figure = ax.get_figure(root=True)
    assert figure is not None  # noqa: S101 - Axes that are drawn have a figure
    return ScaledTranslation(points / 72, 0, figure.dpi_scale_trans)


def _now(ax: Axes, frame: _Frame, rows: int) -> None:
    """Mark the moment of the forecast across fan and stages."""
    low = frame.floor - (rows + 0.4) * frame.row
    ax.plot([frame.now] * 2, [low, 1.0], color=style.INK, linewidth=0.7, dashes=(3, 2), gid="now")
    ax.annotate(
        "now", (frame.now, 1.0), xytext=(0, 2.5), textcoords="offset points", ha="center",
        weight=600, fontsize=style.AXIS_PT, annotation_clip=False,
    )  # fmt: skip


def _axes(ax: Axes, frame: _Frame, rows: int) -> None:
    """Label both axes; y is labelled above the floor alone."""
    set_clock_ticks(ax, frame.first, 0.0, frame.end)
    ax.set_ylim(frame.floor - (rows + 0.4) * frame.row, 1.0 + 0.01 * (1 - frame.floor))
    step = 0.1 if frame.floor > _COARSE_BELOW else 0.2
    count = round((1 - frame.floor) / step)
    shares = [1 - i * step for i in range(count + 1)]
    ax.set_yticks(shares, labels=[f"{share:.0%}" for share in shares])
    ax.hlines(shares, 0, frame.end, color=style.HAIR, linewidth=0.5, zorder=0.5)
