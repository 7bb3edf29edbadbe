"""One sheet of the workbook: cells by style, tables, and what a printer needs.

Text is always written as text: no cell of ours is a formula, a link or a number because of what
somebody called his service.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from impactcalc.named import NamedTuple
from impactcalc.report.escape import escape
from impactcalc.report.number_format import money_format
from impactcalc.report.width import width_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

INK, MUTED, BLUE, RED = "#1B2733", "#5B6770", "#0B4F7D", "#B8420F"
MID_BLUE, PALE_BLUE, HAIR, WASH = "#7FB0D3", "#CFE1EE", "#D5DBE0", "#F3F5F7"
FONT = "Calibri"
_LONGEST_TEXT = 32_767  # characters that a cell holds
_EARLIEST = datetime(1900, 3, 1)  # noqa: DTZ001 - a spreadsheet knows no zones
_SMALL = 100  # amounts below it show hundredths
_LINE_PT, _MOST_LINES, _FILL = 13.5, 30, 1.12  # a row's line; of a column's width, what fills it
_BASE = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
_STYLES: Mapping[str, Mapping[str, object]] = {
    "text": {"text_wrap": True},
    "line": {},
    "indent": {"indent": 1},
    "strong": {"bold": True},
    "title": {"bold": True, "font_size": 14, "text_wrap": True},
    "lead": {"font_color": MUTED, "text_wrap": True},
    "part": {"bold": True, "font_size": 11, "font_color": BLUE},
    "head": {
        "bold": True, "font_color": MUTED, "bottom": 1, "bottom_color": MUTED, "text_wrap": True,
        "valign": "bottom",
    },
    "head indent": {
        "bold": True, "font_color": MUTED, "bottom": 1, "bottom_color": MUTED, "text_wrap": True,
        "valign": "bottom", "align": "left", "indent": 2,
    },
    "head right": {
        "bold": True, "font_color": MUTED, "bottom": 1, "bottom_color": MUTED, "text_wrap": True,
        "valign": "bottom", "align": "right",
    },
    "muted": {"font_color": MUTED, "text_wrap": True, "indent": 2},
    "right": {"align": "right"},
    "missing": {"font_color": RED, "text_wrap": True},
    "share": {"num_format": "0.0%"},
    "chance": {"num_format": "0.0%"},
    "availability": {"num_format": "0.000%"},
    "below": {"num_format": "0.000%", "align": "left"},
    "hours": {"num_format": '#,##0.0" h"'},
    "hours fine": {"num_format": '#,##0.00" h"'},
    "hours finest": {"num_format": '0.0000" h"'},
    "seconds": {"num_format": '#,##0.0##" s"'},
    "rate": {"num_format": '0.00"/s"'},
    "minutes": {"num_format": '#,##0.0" min"'},
    "times": {"num_format": '#,##0.0" x"'},
    "count": {"num_format": "#,##0", "align": "left"},
    "accuracy": {"num_format": "0.00%", "align": "left"},
    "general": {"num_format": "#,##0.0"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "right"},
    "date": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
}  # fmt: skip


class Column(NamedTuple):
    """A column of a table: its heading, the style of its cells, and its width in characters."""

    head: str
    style: str
    width: float


class Styles:
    """The formats of one workbook, made when they are first used."""

    def __init__(self, workbook: Any, currency: str | None) -> None:
        self._workbook = workbook
        self._made: dict[str, Any] = {}
        self.currency = currency

    def __getitem__(self, name: str) -> Any:
        """Give the format of a style; ``"money"`` and ``"cents"`` depend on the currency."""
        if name not in self._made:
            money = {"money": False, "cents": True}.get(name)
            extra = _STYLES[name] if money is None else {"num_format": self.money(cents=money)}
            self._made[name] = self._workbook.add_format({**_BASE, **extra})
        return self._made[name]

    def money(self, *, cents: bool = False) -> str:
        """Write the number format of amounts."""
        return money_format(self.currency, cents=cents)


class Sheet:
    """A worksheet, written from top to bottom."""

    def __init__(self, worksheet: Any, styles: Styles, widths: Sequence[float]) -> None:
        self.worksheet = worksheet
        self.styles = styles
        self.row = 0
        self._widths = widths
        self._last = len(widths) - 1
        self._lines = 1  # of the present row
        for column, width in enumerate(widths):
            worksheet.set_column(column, column, width)

    def heading(self, text: str, style: str = "part", height: float | None = None) -> None:
        """Write a text over the whole width."""
        self.worksheet.merge_range(self.row, 0, self.row, self._last, "", self.styles[style])
        self.text(0, text, style)
        if height is not None:
            self.worksheet.set_row(self.row, height)
        self._lines = 1
        self.row += 1

    def heads(self, columns: Sequence[Column]) -> None:
        """Write the headings of a table; those of numbers stand to the right."""
        for number, column in enumerate(columns):
            if column.style == "muted":
                self.text(number, column.head, "head indent")
                continue
            aside = column.style not in {"text", "line", "muted", "strong"}
            self.text(number, column.head, "head right" if aside else "head")
        self.step()

    def text(self, column: int, text: str, style: str = "text") -> None:
        """Write foreign or own text, as text and nothing else."""
        shown = escape(text)[:_LONGEST_TEXT]
        if style != "line":
            room = max(1.0, self._widths[column] * _FILL)
            self._lines = max(self._lines, math.ceil(width_of(shown) / room))
        self.worksheet.write_string(self.row, column, shown, self.styles[style])

    def number(self, column: int, value: float | None, style: str) -> None:
        """Write a number; what is none, or beyond any number, stays empty."""
        if value is None or not math.isfinite(value):
            self.worksheet.write_blank(self.row, column, None, self.styles["line"])
            return
        if style == "money" and 0 < abs(value) < _SMALL:
            style = "cents"
        self.worksheet.write_number(self.row, column, value, self.styles[style])

    def formula(self, column: int, formula: str, value: float, style: str) -> None:
        """Write arithmetic of visible cells together with its value."""
        self.worksheet.write_formula(self.row, column, formula, self.styles[style], value)

    def moment(
        self, column: int, moment: datetime | None, zone: Any, style: str = "moment"
    ) -> None:
        """Write a moment in a zone; before spreadsheets count days it is a text."""
        if moment is None:
            self.text(column, "", "line")
            return
        local = moment.astimezone(zone or UTC).replace(tzinfo=None)
        if local < _EARLIEST:
            self.text(column, f"{local:%Y-%m-%d %H:%M}", "line")
            return
        whole = local.replace(second=0, microsecond=0)
        self.worksheet.write_datetime(self.row, column, whole, self.styles[style])

    def cell(self, column: int, *, fixed: bool = False) -> str:
        """Name a cell of the present row: ``"B7"``, or ``"$B$7"``."""
        letter = chr(ord("A") + column)
        return f"${letter}${self.row + 1}" if fixed else f"{letter}{self.row + 1}"

    def step(self, rows: int = 1) -> None:
        """Go on to a later row; the present one is as high as its longest text needs."""
        if self._lines > 1:
            self.worksheet.set_row(self.row, min(self._lines, _MOST_LINES) * _LINE_PT)
        self._lines = 1
        self.row += rows

    def printed(
        self, footer: str, *, repeat: tuple[int, int] | None = None, pages: int = 0
    ) -> None:
        """Lay the sheet out for paper: landscape, one page wide, heads repeated."""
        sheet = self.worksheet
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)
        sheet.fit_to_pages(1, pages)
        sheet.set_footer(f"&L&8{footer}&R&8&A, page &P of &N")
        if repeat is not None:
            sheet.repeat_rows(*repeat)
