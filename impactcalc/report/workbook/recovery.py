"""Sheet Recovery: the plan against its forecast, and the share of work that succeeds over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.report.narrative import recovery
from impactcalc.report.phrases import Clock
from impactcalc.report.workbook.sheet import (
    BLUE,
    FONT,
    HAIR,
    MID_BLUE,
    MUTED,
    PALE_BLUE,
    Column,
    Sheet,
    Styles,
)

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate

_STAGES = (
    Column("stage", "strong", 34),
    Column("state", "text", 18),
    Column("restores", "share", 14),
    Column("planned from", "moment", 18),
    Column("planned by", "moment", 18),
    Column("even chance", "moment", 18),
    Column("8 in 10: from", "moment", 18),
    Column("8 in 10: to", "moment", 18),
    Column("chance that it decides the end", "chance", 14),
    Column("chance to end later than planned", "chance", 14),
    Column("source", "muted", 26),
)
_FAN = ("moment", "hours since the start", "bad case, 1 in 20", "1 in 4 is worse", "even chance",
        "1 in 4 is better", "good case, 1 in 20")  # fmt: skip
_BANDS = ("5 to 25", "25 to 75", "75 to 95")
_MOST_POINTS, _TITLE = 60, 200
_NAME = 90  # characters: three lines of the column
_STAGES_ABOVE = 14  # stages that leave room for the chart on their printed page


def write_recovery(
    workbook: Any, worksheet: Any, styles: Styles, estimate: Estimate, footer: str
) -> None:
    """Write the sheet."""
    sheet = Sheet(worksheet, styles, [column.width for column in _STAGES])
    zone = Clock.of(estimate).zone_name
    sheet.heading(recovery.fan_title(estimate, _TITLE), "title", 24)
    sheet.heading(f"The plan and its forecast; all times {zone}")
    sheet.heads(_STAGES)
    _stages(sheet, estimate)
    sheet.step()
    sheet.heading("Share of the work that succeeds, by moment")
    chart_row = sheet.row
    if len(estimate.recovery.stages) > _STAGES_ABOVE:  # the chart would be cut at a page's end
        worksheet.set_h_pagebreaks([chart_row - 1])
    sheet.step(19)
    first, last = _fan(sheet, estimate)
    if last > first:
        floor = min(0.9, int(min(estimate.recovery.fan.p5) * 10) / 10)
        worksheet.insert_chart(chart_row, 0, _chart(workbook, first, last, floor), _PLACE)
    sheet.printed(footer)


_PLACE = {
    "object_position": 1,
    "description": "Share of the work that succeeds over time: nine cases in ten, half of the "
    "cases, and the even chance. The figures are in the table below.",
}


def _stages(sheet: Sheet, estimate: Estimate) -> None:
    """Write one row a stage."""
    zone = Clock.of(estimate).zone
    rows = recovery.stage_rows(estimate, _NAME)
    for row, stage in zip(rows, estimate.recovery.stages, strict=True):
        planned = stage.planned_at or (None, None)
        sheet.text(0, row.name, "strong")
        sheet.text(1, row.status)
        sheet.number(2, stage.restores, "share")
        moments = (*planned, *(stage.finish_at[key] for key in ("p50", "p10", "p90")))
        for column, moment in enumerate(moments, 3):
            sheet.moment(column, moment, zone)
        sheet.number(8, stage.critical_prob, "chance")
        if stage.late_prob is not None:
            sheet.number(9, stage.late_prob.value, "chance")
        sheet.text(10, "plan; forecast simulated", "muted")
        sheet.step()


def _fan(sheet: Sheet, estimate: Estimate) -> tuple[int, int]:
    """Write the curve and, as live differences, the bands of its chart; first and last row."""
    fan, zone = estimate.recovery.fan, Clock.of(estimate).zone
    for column, head in enumerate((*_FAN, *(f"band {band}" for band in _BANDS))):
        sheet.text(column, head, "head" if column == 0 else "head right")
    sheet.step()
    first = sheet.row
    for i in _points(len(fan.hours)):
        sheet.moment(0, fan.at[i], zone, "date")
        sheet.number(1, fan.hours[i], "hours")
        shares = (fan.p5[i], fan.p25[i], fan.p50[i], fan.p75[i], fan.p95[i])
        for column, share in enumerate(shares, 2):
            sheet.number(column, share, "share")
        ends = ((2, 3, fan.p5, fan.p25), (3, 5, fan.p25, fan.p75), (5, 6, fan.p75, fan.p95))
        for column, (low, high, below, above) in enumerate(ends, 7):
            formula = f"={sheet.cell(high)}-{sheet.cell(low)}"
            sheet.formula(column, formula, above[i] - below[i], "share")
        sheet.step()
    return first, sheet.row - 1


def _points(count: int) -> list[int]:
    """Choose evenly spaced points of the curve, few enough for a chart."""
    return list(range(0, count, max(1, -(-count // _MOST_POINTS))))


def _chart(workbook: Any, first: int, last: int, floor: float) -> Any:
    """Draw the fan: a base without fill, three bands on it, and the even chance as a line."""
    chart = workbook.add_chart({"type": "area", "subtype": "stacked"})
    times = ["Recovery", first, 1, last, 1]
    series = (("", 2, None), ("9 cases in 10", 7, PALE_BLUE), ("half of the cases", 8, MID_BLUE),
              ("9 cases in 10, upper part", 9, PALE_BLUE))  # fmt: skip
    for name, column, colour in series:
        chart.add_series(
            {
                "name": name or "base",
                "categories": times,
                "values": ["Recovery", first, column, last, column],
                "fill": {"none": True} if colour is None else {"color": colour},
                "border": {"none": True},
            }
        )
    line = workbook.add_chart({"type": "line"})
    line.add_series(
        {
            "name": "even chance",
            "categories": times,
            "values": ["Recovery", first, 4, last, 4],
            "line": {"color": BLUE, "width": 2},
        }
    )
    chart.combine(line)
    _dress(chart, last - first, floor)
    return chart


def _dress(chart: Any, points: int, floor: float) -> None:
    """Give a chart axes, legend and size."""
    font = {"name": FONT, "size": 9, "color": MUTED, "bold": False}
    chart.set_x_axis(
        {
            "name": "hours since the start",
            "name_font": font,
            "num_font": font,
            "num_format": "0",
            "interval_unit": max(1, points // 8),
            "interval_tick": max(1, points // 8),
            "line": {"color": MUTED},
            "position_axis": "on_tick",
        }
    )
    chart.set_y_axis(
        {
            "min": floor,
            "max": 1,
            "num_format": "0%",
            "num_font": font,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": HAIR}},
        }
    )
    chart.set_legend({"position": "bottom", "font": font, "delete_series": [0, 3]})
    chart.set_size({"width": 900, "height": 360})
    chart.set_chartarea({"border": {"none": True}})
