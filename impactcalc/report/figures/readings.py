"""The SLA under three readings of downtime, on one axis with the allowed downtime as a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from impactcalc.report.figures import style
from impactcalc.report.narrative.sla import allowed, sla_rows
from impactcalc.report.phrases import seconds

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from impactcalc.domain.result import DowntimeReading, Estimate, SlaAnswer
    from impactcalc.report.narrative.sla import SlaRow

WIDTH_MM, HEIGHT_MM = 88.0, 38.0
_MARGINS_MM = (40.5, 6.5, 14.0, 5.5)
_UNITS = ((60.0, "min", 3 * 3600.0), (3600.0, "h", 72 * 3600.0), (86400.0, "days", float("inf")))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Unit of the axis in seconds, its name, and the axis's end in that unit."""

    unit_s: float
    name: str
    end: float


def plot_sla_readings(estimate: Estimate, ax: Axes | None = None) -> Axes:
    """Plot this incident's downtime in the contract's period under each reading.

    Parameters
    ----------
    estimate
        The whole answer; its SLA must exist.
    ax
        Where to plot; None makes a figure of 88 x 38 mm.

    Returns
    -------
    Axes
        x: downtime in minutes, hours or days; y: one row a reading, the first on top.

    Raises
    ------
    ValueError
        When the estimate has no SLA.
    """
    sla = estimate.sla
    if sla is None:
        raise ValueError("the estimate has no SLA; nothing can be plotted")
    with style.style():
        ax = style.canvas(ax, (WIDTH_MM, HEIGHT_MM), _MARGINS_MM)
        scale = _scale(sla)
        _limit(ax, estimate, sla, scale)
        pairs = zip(sla_rows(estimate), sla.readings.values(), strict=True)
        for number, (row, reading) in enumerate(pairs):
            _reading(ax, -number, row, reading, scale)
        _axes(ax, scale, len(sla.readings))
    return ax


def _scale(sla: SlaAnswer) -> _Scale:
    """Choose unit and end of the axis from the longest forecast; a very long tail is cut."""
    ends = [min(one.downtime_s.p95, 2.5 * one.downtime_s.p75) for one in sla.readings.values()]
    longest = max(*ends, 2 * sla.budget.allowed_s, 60.0)
    unit, name, _ = next(entry for entry in _UNITS if longest <= entry[2])
    return _Scale(unit, name, 1.04 * longest / unit)


def left_before(estimate: Estimate, sla: SlaAnswer) -> tuple[float, str]:
    """Say what the incident may use: the allowed downtime less what was used before (s)."""
    contract = estimate.scenario.sla
    before = None if contract is None else contract.to_date.value.fixed
    if not before:
        return sla.budget.allowed_s, f"allowed: {allowed(sla)}"
    rest = max(0.0, sla.budget.allowed_s - float(before))
    return rest, f"left of {allowed(sla)}: {seconds(rest, 3)}"


def _limit(ax: Axes, estimate: Estimate, sla: SlaAnswer, scale: _Scale) -> None:
    """Draw the line that downtime must not cross."""
    limit, text = left_before(estimate, sla)
    x = limit / scale.unit_s
    ax.axvline(x, color=style.INK, linewidth=1.4, gid="allowed", zorder=1.5)
    near_left = x < 0.4 * scale.end
    ax.annotate(
        text, (x, 1), xycoords=ax.get_xaxis_transform(), xytext=(0, 3),
        textcoords="offset points", ha="left" if near_left else "right", weight=600,
        fontsize=style.AXIS_PT, annotation_clip=False,
    )  # fmt: skip


def _reading(ax: Axes, y: float, row: SlaRow, reading: DowntimeReading, scale: _Scale) -> None:
    """Draw one reading: 9 in 10, the middle half, the even chance, and its chance of a breach."""
    _words(ax, y, row)
    colour, pale = _colours(row)
    p5, p25, p50, p75, p95 = (
        getattr(reading.downtime_s, name) / scale.unit_s
        for name in ("p5", "p25", "p50", "p75", "p95")
    )
    if p95 <= 0:
        ax.plot([0], [y], "o", markersize=5, color=colour, clip_on=False, zorder=3, gid="median")
        return
    end = min(p95, scale.end)
    ax.plot([p5, end], [y, y], color=colour, linewidth=1, zorder=2, gid="nine-in-ten")
    ax.barh(
        y, min(p75, scale.end) - p25, 0.26, left=p25, color=pale, edgecolor=colour,
        linewidth=0.6, zorder=2, gid="half",
    )  # fmt: skip
    ax.plot([p50] * 2, [y - 0.19, y + 0.19], color=colour, linewidth=2, zorder=3, gid="median")
    if p95 > scale.end:
        ax.plot([scale.end], [y], marker=">", markersize=4, color=colour, clip_on=False)


def _colours(row: SlaRow) -> tuple[str, str]:
    """Red where the SLA may break, teal where it never does."""
    return (style.TEAL, style.PALE_TEAL) if row.broken == "0%" else (style.RED, style.PALE_RED)


def _words(ax: Axes, y: float, row: SlaRow) -> None:
    """Write the reading at the left, and its chance of a breach at the right."""
    place: dict[str, Any] = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points"}
    indent = -_MARGINS_MM[0] * style.PT_PER_MM
    ax.annotate(
        row.label, (0, y), xytext=(indent, 0.5), va="bottom", annotation_clip=False,
        weight=600 if row.in_force else 400, **place,
    )  # fmt: skip
    downtime = row.whole if row.whole == row.span else f"{row.whole} ({row.span})"
    ax.annotate(
        downtime, (0, y), xytext=(indent, -1), va="top", color=style.MUTED,
        fontsize=style.AXIS_PT, annotation_clip=False, **place,
    )  # fmt: skip
    ax.annotate(
        row.broken, (1, y), xytext=(_MARGINS_MM[2] * style.PT_PER_MM, 0), va="center", ha="right",
        weight=600, color=_colours(row)[0], annotation_clip=False, **place,
    )  # fmt: skip


def _axes(ax: Axes, scale: _Scale, rows: int) -> None:
    """Label the axis in one unit."""
    ax.set_xlim(0, scale.end)
    ax.set_ylim(-rows + 0.45, 0.55)
    ax.set_yticks([])
    places = list(style.ticks(scale.end, 4))
    labels = [f"{place:g}" for place in places]
    labels[0] = f"0 {scale.name}"
    ax.set_xticks(places, labels=labels)
    ax.grid(visible=True, axis="x")
    ax.set_axisbelow(True)
    ax.annotate(
        "broken in", (1, 1), xycoords="axes fraction",
        xytext=(_MARGINS_MM[2] * style.PT_PER_MM, 3), textcoords="offset points", ha="right",
        color=style.MUTED, fontsize=style.AXIS_PT, annotation_clip=False,
    )  # fmt: skip
