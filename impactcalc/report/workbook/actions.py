"""Sheet Actions: what was compared, what the plan does, what to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.report.escape import escape, shorten
from impactcalc.report.narrative.findings import open_points
from impactcalc.report.narrative.labels import source_words
from impactcalc.report.narrative.recovery import STATUS_WORDS
from impactcalc.report.number_format import change_axis_format
from impactcalc.report.phrases import amount, amount_range
from impactcalc.report.workbook.sheet import BLUE, FONT, HAIR, MUTED, Column, Sheet, Styles

if TYPE_CHECKING:
    from impactcalc.domain.result import Alternative, Estimate

_COLUMNS = (
    Column("action", "strong", 40),
    Column("in short: saves on average (9 in 10)", "text", 30),
    Column("saves, even chance", "money", 14),
    Column("saves on average", "money", 14),
    Column("9 in 10: from", "money", 14),
    Column("9 in 10: to", "money", 14),
    Column("cost", "money", 14),
    Column("net on average", "money", 14),
    Column("better in", "chance", 12),
    Column("pays in", "chance", 12),
    Column("SLA broken in", "chance", 12),
    Column("full recovery, even chance", "hours", 14),
    Column("source", "muted", 14),
)
_NAME = 80  # characters; the record has all of them


def write_actions(
    workbook: Any, worksheet: Any, styles: Styles, estimate: Estimate, footer: str
) -> None:
    """Write the sheet."""
    sheet = Sheet(worksheet, styles, [column.width for column in _COLUMNS])
    sheet.heading("What could be done", "title", 24)
    if estimate.what_if:
        _compared(workbook, sheet, estimate)
    else:
        words = "No action was compared: state some under what_if in a scenario file"
        sheet.heading(f"{words} (impactcalc read TEXT -o case.yaml writes one).", "lead", 15)
    sheet.step()
    _plan(sheet, estimate)
    _questions(sheet, estimate)
    sheet.printed(footer)


def _compared(workbook: Any, sheet: Sheet, estimate: Estimate) -> None:
    """Write each alternative; its net saving is saving minus cost, live."""
    sheet.heads(_COLUMNS)
    first = sheet.row
    for one in estimate.what_if:
        _alternative(sheet, one, estimate.currency)
        sheet.step()
    if any(one.saving is not None for one in estimate.what_if):
        place = {"object_position": 1, "description": "What each action saves on average."}
        chart = _chart(workbook, sheet, (first, sheet.row - 1), _largest(estimate))
        sheet.worksheet.insert_chart(sheet.row + 1, 0, chart, place)
        sheet.step(18)


def _alternative(sheet: Sheet, one: Alternative, currency: str | None) -> None:
    sheet.text(0, _short(one.name), "strong")
    saving, cost = one.saving, one.cost or 0.0
    if saving is None:
        sheet.text(1, "no amount is stated", "missing")
    else:
        mean, span = amount(saving, "mean", currency), amount_range(saving, currency)
        sheet.text(1, mean if mean == span else f"{mean} ({span})")
        for column, value in enumerate((saving.p50, saving.mean, saving.p5, saving.p95), 2):
            sheet.number(column, value, "money")
        sheet.number(6, cost, "money")
        net = f"={sheet.cell(3)}-{sheet.cell(6)}"
        sheet.formula(7, net, saving.mean - cost, "money")
    sheet.number(8, one.better_prob, "chance")
    sheet.number(9, one.pays_prob, "chance")
    sheet.number(10, None if one.breach_prob is None else one.breach_prob.value, "chance")
    sheet.number(11, one.full_recovery_h.p50, "hours")
    sheet.text(12, "simulated", "muted")


def _short(name: str) -> str:
    """Cut the middle out of a name that would fill a table of its own."""
    return shorten(escape(name), _NAME)


def _largest(estimate: Estimate) -> float:
    """Give the size of the largest average saving, or of what the worst action loses."""
    return max(abs(one.saving.mean) for one in estimate.what_if if one.saving is not None)


def _chart(workbook: Any, sheet: Sheet, rows: tuple[int, int], largest: float) -> Any:
    """Draw the average saving of each action as a bar."""
    first, last = rows
    font = {"name": FONT, "size": 9, "color": MUTED, "bold": False}
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "saves on average",
            "categories": ["Actions", first, 0, last, 0],
            "values": ["Actions", first, 3, last, 3],
            "fill": {"color": BLUE},
            "gap": 60,
        }
    )
    chart.set_x_axis(
        {
            "num_format": change_axis_format(sheet.styles.currency, largest),
            "num_font": font,
            "major_gridlines": {"visible": True, "line": {"color": HAIR}},
            "line": {"none": True},
        }
    )
    chart.set_y_axis(
        {
            "reverse": True,
            "num_font": font,
            "line": {"color": MUTED},
            "label_position": "low",  # a bar to the left would lie over its own name
        }
    )
    chart.set_title({"name": "saves on average", "name_font": font, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_size({"width": 720, "height": 320})
    chart.set_chartarea({"border": {"none": True}})
    return chart


def _plan(sheet: Sheet, estimate: Estimate) -> None:
    """Write what the plan's stages do, each action with its line."""
    stages = [stage for stage in estimate.scenario.recovery.stages if stage.actions]
    if not stages:
        return
    sheet.heading("What the plan does")
    heads = (Column("action", "text", 40), Column("stage", "text", 30), Column("state", "text", 14),
             Column("source", "muted", 14))  # fmt: skip
    sheet.heads(heads)
    for stage in stages:
        for action in stage.actions:
            sheet.text(0, _short(action.value), "strong")
            sheet.text(1, _short(stage.name))
            sheet.text(2, STATUS_WORDS.get(stage.status.value, stage.status.value))
            sheet.text(3, source_words(action.source), "muted")
            sheet.step()
    sheet.step()


def _questions(sheet: Sheet, estimate: Estimate) -> None:
    """Write what to ask, and why."""
    points = open_points(estimate)
    if not points:
        return
    sheet.heading("Ask first")
    for ask, why in points:
        sheet.text(0, ask, "strong")
        sheet.text(1, why)
        sheet.step()
