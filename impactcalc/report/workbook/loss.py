"""Sheet Loss: every amount in quantiles, the exceedance curve, what moves the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.report.escape import escape, shorten
from impactcalc.report.narrative import money
from impactcalc.report.number_format import axis_format
from impactcalc.report.workbook.sheet import BLUE, FONT, HAIR, MUTED, Column, Sheet, Styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.domain.result import Estimate, Summary

_STATS = ("mean", "sd", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p99",
          "expected_shortfall_95")  # fmt: skip
_HEADS = ("on average", "spread (sd)", "5%", "10%", "25%", "even chance", "75%", "90%", "95%",
          "99%", "average of the worst 1 in 20")  # fmt: skip
_COLUMNS = (
    Column("amount", "strong", 36),
    *(Column(head, "money", 13) for head in _HEADS),
    Column("simulation error of the average", "money", 16),
    Column("source", "muted", 14),
)
_MOST_POINTS, _NAME = 50, 90
_UNIT_STYLES = {"share": "share", "h": "hours", "s": "seconds", "per s": "rate", "count": "general",
                "factor": "general", "": "general"}  # fmt: skip


def write_loss(
    workbook: Any, worksheet: Any, styles: Styles, estimate: Estimate, footer: str
) -> None:
    """Write the sheet."""
    sheet = Sheet(worksheet, styles, [column.width for column in _COLUMNS])
    sheet.heading(money.dots_title(estimate) if estimate.currency else "No amount is stated",
                  "title", 24)  # fmt: skip
    for sentence in (money.exposure_sentence, money.routes_sentence, money.skew_sentence):
        if sentence(estimate):
            sheet.heading(sentence(estimate), "lead", 15)
    if estimate.currency:
        _amounts(sheet, estimate)
    else:
        sheet.step()
    _drivers(sheet, estimate)
    if len(estimate.customer.exceedance) > 1:
        _curve(workbook, sheet, estimate)
    sheet.printed(footer)


def _amounts(sheet: Sheet, estimate: Estimate) -> None:
    """Write each simulated amount in quantiles, at full precision."""
    sheet.heads(_COLUMNS)
    for label, figure in _figures(estimate):
        sheet.text(0, label, "strong")
        for column, name in enumerate(_STATS, 1):
            sheet.number(column, getattr(figure, name), "money")
        sheet.number(12, figure.mc_error.mean, "money")
        sheet.text(13, "simulated", "muted")
        sheet.step()
    sheet.step()


def _figures(estimate: Estimate) -> Iterator[tuple[str, Summary]]:
    """Yield every amount of both ledgers, and the loss by the other readings."""
    rows = (
        *money.customer_rows(estimate),
        *money.reading_rows(estimate),
        *money.route_rows(estimate),
    )
    for row in rows:
        if row.figure is not None:
            yield (
                f"{money.whole_label(estimate)} {row.label}" if row.level else row.label,
                row.figure,
            )
    for row in money.provider_rows(estimate):
        if row.figure is not None:
            yield f"Ours: {row.label}", row.figure


def _drivers(sheet: Sheet, estimate: Estimate) -> None:
    """Write what each uncertain input does to the answer; the swing is live."""
    if not estimate.drivers:
        return
    sheet.heading("What moves the answer: each uncertain input alone, at its P10 and P90")
    heads = (
        Column("input", "text", 36), Column("its unit", "text", 13),
        Column("at its P10", "general", 13), Column("answer there", "money", 13),
        Column("at its P90", "general", 13), Column("answer there", "money", 13),
        Column("swing", "money", 13), Column("share of the spread", "share", 13),
    )  # fmt: skip
    sheet.heads(heads)
    unit = "money" if estimate.customer.total is not None else "hours"
    for driver in estimate.drivers:
        sheet.text(0, shorten(escape(driver.input), _NAME), "strong")
        sheet.text(1, driver.unit)
        for column, end in ((2, driver.low), (4, driver.high)):
            sheet.number(column, end.at, _UNIT_STYLES.get(driver.unit, "money"))
            sheet.number(column + 1, end.value, unit)
        swing = driver.high.value - driver.low.value
        sheet.formula(6, f"={sheet.cell(5)}-{sheet.cell(3)}", swing, unit)
        sheet.number(7, driver.first_order, "share")
        sheet.text(13, "simulated", "muted")
        sheet.step()
    sheet.step()


def _curve(workbook: Any, sheet: Sheet, estimate: Estimate) -> None:
    """Write the chance of losing more than an amount, and its chart beside it."""
    sheet.heading("Chance of losing more than an amount")
    sheet.heads((Column("loss", "money", 36), Column("chance", "chance", 13)))
    top, points = sheet.row, estimate.customer.exceedance
    step = max(1, len(points) // _MOST_POINTS)
    for loss, prob in points[::step]:
        sheet.number(0, loss, "money")
        sheet.number(1, prob, "chance")
        sheet.step()
    chart = _chart(workbook, sheet, top, sheet.row - 1)
    sheet.worksheet.insert_chart(top - 1, 3, chart, _PLACE)


_PLACE = {
    "object_position": 1,
    "description": "Chance of losing more than an amount; the figures are in the table beside it.",
}


def _chart(workbook: Any, sheet: Sheet, first: int, last: int) -> Any:
    """Draw the exceedance curve."""
    font = {"name": FONT, "size": 9, "color": MUTED, "bold": False}
    chart = workbook.add_chart({"type": "scatter", "subtype": "straight"})
    chart.add_series(
        {
            "name": "chance of losing more",
            "categories": ["Loss", first, 0, last, 0],
            "values": ["Loss", first, 1, last, 1],
            "line": {"color": BLUE, "width": 2.25},
        }
    )
    chart.set_x_axis(
        {
            "name": "loss of the whole incident",
            "min": 0,
            "name_font": font,
            "num_font": font,
            "num_format": axis_format(sheet.styles.currency),
            "major_gridlines": {"visible": False},
            "line": {"color": MUTED},
        }
    )
    chart.set_y_axis(
        {
            "name": "chance of losing more",
            "min": 0,
            "max": 1,
            "name_font": font,
            "num_font": font,
            "num_format": "0%",
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": HAIR}},
        }
    )
    chart.set_title({"none": True})
    chart.set_legend({"none": True})
    chart.set_size({"width": 720, "height": 380})
    chart.set_chartarea({"border": {"none": True}})
    return chart
