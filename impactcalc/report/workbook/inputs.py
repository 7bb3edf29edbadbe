"""Sheet Inputs: every figure that the answer rests on, with its source and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.report.narrative.labels import source_file
from impactcalc.report.narrative.sources import figure_rows
from impactcalc.report.workbook.sheet import Column, Sheet, Styles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from impactcalc.domain.result import Estimate
    from impactcalc.report.narrative.sources import FigureRow

_COLUMNS = (
    Column("figure", "strong", 38),
    Column("value", "text", 44),
    Column("stated or assumed", "text", 16),
    Column("source", "text", 20),
    Column("why", "text", 70),
)


def write_inputs(
    workbook: Any, worksheet: Any, styles: Styles, estimate: Estimate, footer: str
) -> None:
    """Write the sheet."""
    del workbook
    sheet = Sheet(worksheet, styles, [column.width for column in _COLUMNS])
    file = source_file(estimate)
    sheet.heading(f"What the answer rests on; lines are those of {file or 'the text'}")
    sheet.heads(_COLUMNS)
    top = sheet.row
    rows = figure_rows(estimate)
    _rows(sheet, rows)
    worksheet.freeze_panes(top, 1)
    if rows:
        worksheet.autofilter(top - 1, 0, sheet.row - 1, len(_COLUMNS) - 1)
    sheet.printed(footer, repeat=(top - 1, top - 1))


def _rows(sheet: Sheet, rows: Iterable[FigureRow]) -> None:
    """Write one row a figure."""
    for row in rows:
        sheet.text(0, f"{row.label[:1].upper()}{row.label[1:]}", "strong")
        sheet.text(1, row.value)
        sheet.text(2, "stated" if row.stated else "assumed")
        sheet.text(3, row.source, "missing" if row.source == "missing" else "text")
        sheet.text(4, row.why, "muted")
        sheet.step()
