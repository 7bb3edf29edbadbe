"""Native charts: their data lie in an embedded workbook of our own making, where text is text."""

from __future__ import annotations

import io
import math
from copy import deepcopy
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from impactcalc.named import NamedTuple
from impactcalc.report.escape import escape
from impactcalc.report.figures.style import round_step
from impactcalc.report.slides.deck import HAIR, MUTED, Box, Page, describe, inches

if TYPE_CHECKING:
    from collections.abc import Sequence

_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 - a date of no meaning, the same each time
_AXIS_PT, _LABEL_PT = 11, 10.5
_MOST_LABELS, _MOST_STEPS = 6, 4
_LEVEL = "1000"  # of 60,000 a degree: at nought itself LibreOffice breaks words into letters


class Layer(NamedTuple):
    """One series: its name, its values, and its colour; None draws nothing."""

    name: str
    values: Sequence[float]
    colour: str | None


class Stack(NamedTuple):
    """Layers upon one another, a label a point, the format of the values, the axis's beginning."""

    labels: Sequence[str]
    layers: Sequence[Layer]
    number_format: str = "0%"
    low: float = 0.0


class Curve(NamedTuple):
    """One curve of shares over amounts."""

    name: str
    points: Sequence[tuple[float, float]]
    money_format: str
    colour: str


def _workbook(columns: Sequence[tuple[str, Sequence[object]]]) -> bytes:
    """Write columns with their heads into a sheet, without guessing at what a text may be."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    no_guesses = dict.fromkeys(
        ("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False
    )
    workbook = Workbook(buffer, {"in_memory": True, **no_guesses})
    workbook.set_properties({"created": _CREATED})
    sheet = workbook.add_worksheet("Sheet1")
    for x, (head, values) in enumerate(columns):
        sheet.write_string(0, x, head)
        for y, value in enumerate(values, 1):
            if isinstance(value, str):
                sheet.write_string(y, x, value)
            else:
                sheet.write_number(y, x, value)
    workbook.close()
    return buffer.getvalue()


class _Categories(CategoryChartData):
    """Chart data whose workbook is ours."""

    @property
    def xlsx_blob(self) -> bytes:
        """Write the embedded workbook: categories in column A, a series a column."""
        names = [str(one.label) for one in self.categories]
        return _workbook([("", names), *((one.name, list(one.values)) for one in self)])


class _Points(XyChartData):
    """Chart data of one curve whose workbook is ours."""

    @property
    def xlsx_blob(self) -> bytes:
        """Write the embedded workbook: x in column A, y in column B."""
        curve = self[0]
        return _workbook([("x", list(curve.x_values)), (curve.name, list(curve.y_values))])


def area_chart(page: Page, box: Box, stack: Stack, alt: str) -> None:
    """Draw bands upon one another; the first layer is a base, the last one a line over them."""
    chart = _stacked(page, XL_CHART_TYPE.AREA_STACKED, box, stack, alt)
    _as_line(chart, stack.layers[-1].colour)
    chart.value_axis.maximum_scale = 1.0
    _skip(chart.category_axis, max(1, -(-len(stack.labels) // _MOST_LABELS)))
    _upright(chart.category_axis)
    _legend(chart, hidden=(0, len(stack.layers) - 2))


def bar_chart(page: Page, box: Box, stack: Stack, alt: str) -> None:
    """Draw bars of layers, the first label on top."""
    chart = _stacked(page, XL_CHART_TYPE.BAR_STACKED, box, stack, alt)
    chart.plots[0].gap_width, chart.plots[0].overlap = 55, 100
    axis = chart.category_axis
    axis.reverse_order = True
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.tick_labels.font.size = Pt(_LABEL_PT)
    _scale(chart.value_axis, stack)
    chart.has_legend = False


def _stacked(page: Page, kind: Any, box: Box, stack: Stack, alt: str) -> Any:
    """Add a chart of layers upon one another."""
    data: Any = _Categories(number_format=stack.number_format)  # type: ignore[no-untyped-call]
    data.categories = [escape(label) for label in stack.labels]
    for layer in stack.layers:
        data.add_series(layer.name, layer.values)
    chart = _added(page, kind, box, data, alt)
    for made, layer in zip(chart.plots[0].series, stack.layers, strict=True):
        _paint(made.format, layer.colour)
    _value_axis(chart.value_axis, stack.number_format, stack.low)
    _text_axis(chart.category_axis)
    return chart


def curve_chart(page: Page, box: Box, curve: Curve, alt: str) -> None:
    """Draw one curve."""
    data: Any = _Points(number_format=curve.money_format)  # type: ignore[no-untyped-call]
    series = data.add_series(curve.name, number_format="0%")
    for x, y in curve.points:
        series.add_data_point(x, y)
    chart = _added(page, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, box, data, alt)
    line = chart.plots[0].series[0]
    line.smooth = False
    line.format.line.color.rgb = RGBColor.from_string(curve.colour)
    line.format.line.width = Pt(2.5)
    chart.has_legend = False
    _value_axis(chart.value_axis, "0%", 0.0)
    chart.value_axis.maximum_scale = 1.0
    _text_axis(chart.category_axis, curve.money_format)
    chart.category_axis.minimum_scale = 0.0
    chart.category_axis.has_major_gridlines = False


def _added(page: Page, kind: Any, box: Box, data: Any, alt: str) -> Any:
    """Add a chart, described."""
    frame = page.shapes.add_chart(kind, *inches(box), data)
    describe(frame, alt)
    frame.chart.has_title = False
    frame.chart.font.size = Pt(_AXIS_PT)
    return frame.chart


def _paint(form: Any, colour: str | None) -> None:
    """Fill a series, or leave it invisible."""
    form.line.fill.background()
    if colour is None:
        form.fill.background()
        return
    form.fill.solid()
    form.fill.fore_color.rgb = RGBColor.from_string(colour)


def _as_line(chart: Any, colour: str | None) -> None:
    """Move the last series of an area chart into a line chart on the same axes."""
    area = chart._chartSpace.xpath(".//c:areaChart")[0]  # noqa: SLF001 - the library draws one kind
    moved = area.xpath("./c:ser")[-1]
    line = parse_xml(
        f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/>'
        "</c:lineChart>"
    )
    area.remove(moved)
    for old in moved.xpath("./c:spPr"):
        moved.remove(old)
    style = parse_xml(
        f'<c:spPr {nsdecls("c", "a")}><a:ln w="31750"><a:solidFill><a:srgbClr val="{colour}"/>'
        "</a:solidFill></a:ln></c:spPr>"
    )
    moved.insert(moved.index(moved.xpath("./c:tx")[0]) + 1, style)
    moved.insert(moved.index(style) + 1, parse_xml(
        f'<c:marker {nsdecls("c")}><c:symbol val="none"/></c:marker>'
    ))  # fmt: skip
    moved.append(parse_xml(f'<c:smooth {nsdecls("c")} val="0"/>'))
    line.append(moved)
    line.append(parse_xml(f'<c:marker {nsdecls("c")} val="1"/>'))
    for axis in area.xpath("./c:axId"):
        line.append(deepcopy(axis))
    area.addnext(line)


def _value_axis(axis: Any, number_format: str, low: float) -> None:
    """Dress the axis of values."""
    _text_axis(axis, number_format)
    axis.minimum_scale = low
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(HAIR)
    axis.format.line.fill.background()


def _text_axis(axis: Any, number_format: str | None = None) -> None:
    """Dress an axis: muted labels of our format."""
    font = axis.tick_labels.font
    font.size, font.color.rgb = Pt(_AXIS_PT), RGBColor.from_string(MUTED)
    if number_format is not None:
        axis.tick_labels.number_format = number_format
        axis.tick_labels.number_format_is_linked = False
    axis.format.line.color.rgb = RGBColor.from_string(MUTED)


def _skip(axis: Any, count: int) -> None:
    """Label and tick every so many points alone."""
    element = axis._element  # noqa: SLF001 - no public way
    before = element.xpath("./c:noMultiLvlLbl")
    for tag in ("tickLblSkip", "tickMarkSkip"):
        node = parse_xml(f'<c:{tag} {nsdecls("c")} val="{count}"/>')
        if before:
            before[0].addprevious(node)
        else:
            element.append(node)


def _upright(axis: Any) -> None:
    """Write labels level: those that find no room are left out, none is turned."""
    for body in axis._element.xpath("./c:txPr/a:bodyPr"):  # noqa: SLF001 - no public way
        body.set("rot", _LEVEL)
        body.set("vert", "horz")


def _scale(axis: Any, stack: Stack) -> None:
    """End an axis of bars at a round value, in few enough steps for their labels."""
    sums = [sum(values) for values in zip(*(layer.values for layer in stack.layers), strict=True)]
    long = "] " in stack.number_format  # a code of three letters stands before the amount
    step = round_step(max(sums, default=0.0), _MOST_STEPS - long)
    axis.major_unit = step
    axis.maximum_scale = step * max(1, math.ceil(max(sums, default=0.0) / step - 1e-9))


def _legend(chart: Any, hidden: Sequence[int]) -> None:
    """Put the legend below, without the series that draw nothing or say the same twice."""
    chart.has_legend = True
    legend = chart.legend
    legend.position, legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    legend.font.size, legend.font.color.rgb = Pt(_AXIS_PT), RGBColor.from_string(MUTED)
    place = legend._element.xpath("./c:legendPos")[0]  # noqa: SLF001 - no public way
    for number in reversed(hidden):
        place.addnext(parse_xml(
            f'<c:legendEntry {nsdecls("c")}><c:idx val="{number}"/><c:delete val="1"/>'
            "</c:legendEntry>"
        ))  # fmt: skip
