"""The slides: five findings with native charts, sources in the notes, words for every shape."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pptx import Presentation

from impactcalc.domain.result import Estimate
from impactcalc.report.brief import content
from impactcalc.report.escape import breadth
from impactcalc.report.slides import render_slides

Variant = Callable[[str], Estimate]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def opened(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


def shapes_of(shapes: Any) -> Iterator[Any]:
    """Yield every shape, those inside groups too."""
    for shape in shapes:
        yield shape
        if shape.shape_type == 6:
            yield from shapes_of(shape.shapes)


def words_of(slide: Any) -> str:
    """All text of a slide."""
    texts = []
    for shape in shapes_of(slide.shapes):
        if shape.has_text_frame:
            texts.append(shape.text_frame.text)
        if getattr(shape, "has_table", False) and shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return " ".join(" ".join(texts).split())


def charts(presentation: Any) -> list[Any]:
    return [
        shape.chart
        for slide in presentation.slides
        for shape in slide.shapes
        if getattr(shape, "has_chart", False) and shape.has_chart
    ]


def embedded(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return [parts.read(name) for name in parts.namelist() if name.endswith(".xlsx")]


def sheet(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode()


def test_there_are_five_slides_whose_titles_are_sentences(any_estimate: Estimate):
    presentation = opened(render_slides(any_estimate))
    titles = [slide.shapes.title.text_frame.text for slide in presentation.slides]
    assert len(titles) == 5
    assert all(title.endswith((".", "?")) for title in titles)
    assert titles[0] == content(any_estimate)["headline"]
    assert presentation.slide_width / presentation.slide_height == pytest.approx(16 / 9, rel=1e-3)
    inside_the_frame(presentation)


def content_of(estimate: Estimate) -> dict[str, Any]:
    return content(estimate)


def inside_the_frame(presentation: Any) -> None:
    """No shape leaves its slide."""
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= -1
            assert shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width + 1, shape.name
            assert shape.top + shape.height <= presentation.slide_height, shape.name


def test_the_figures_are_those_of_the_brief(seed_estimate: Estimate):
    presentation, words = opened(render_slides(seed_estimate)), content_of(seed_estimate)
    first = words_of(presentation.slides[0])
    for one in words["figures"]:
        assert one["value"] in first
        assert all(note in first for note in one["notes"])
    money = words_of(presentation.slides[2])
    assert all(cell in money for cell in words["ledgers"][0]["rows"][0]["cells"][:3])
    last = words_of(presentation.slides[4])
    assert all(row["source"] in last for row in words["rests_on"])


def test_every_shape_says_what_it_shows(seed_estimate: Estimate):
    presentation = opened(render_slides(seed_estimate))
    for slide in presentation.slides:
        for shape in slide.shapes:
            (node,) = shape.element.xpath("./*[1]/p:cNvPr")
            assert "descr" in node.attrib, shape.name
            if shape.shape_type != 1:  # a bar of colour says nothing
                assert node.attrib["descr"]


def test_the_notes_hold_figures_and_sources(seed_estimate: Estimate):
    notes = [slide.notes_slide.notes_text_frame.text
             for slide in opened(render_slides(seed_estimate)).slides]  # fmt: skip
    assert all(notes)
    assert "Stated revenue: 75 K USD/day (line 44)" in notes[0]
    assert "planned 23 Jan 04:00 to 24 Jan 00:00" in notes[1]
    assert "Customer: revenue loss, whole incident: $19K" in notes[2]
    assert "each failing share counts" in notes[3]
    assert "Short-term: 4 h to 24 h" in notes[4]


def test_charts_are_native_and_hold_the_results(seed_estimate: Estimate):
    fan, curve, tornado, bars = charts(opened(render_slides(seed_estimate)))
    assert [plot.__class__.__name__ for plot in fan.plots] == ["AreaPlot", "LinePlot"]
    base, low, half, high = [series.values for series in fan.plots[0].series]
    truth, count = seed_estimate.recovery.fan, len(base)
    assert list(base) == pytest.approx(truth.p5[:count])
    levels = [list(base)]
    for band in (low, half, high):
        levels.append([below + more for below, more in zip(levels[-1], band, strict=True)])
    for level, wanted in zip(levels, (truth.p5, truth.p25, truth.p75, truth.p95), strict=True):
        assert level == pytest.approx(wanted[:count])
    assert list(fan.plots[1].series[0].values) == pytest.approx(truth.p50[:count])
    _, prob = seed_estimate.customer.exceedance[0]
    assert next(iter(curve.plots[0].series[0].iter_values())) == pytest.approx(prob)
    low, high = seed_estimate.drivers[0].low.value, seed_estimate.drivers[0].high.value
    base, below, above = (series.values[0] for series in tornado.plots[0].series)
    assert (base, base + below + above) == pytest.approx((min(low, high), max(low, high)))
    assert base + below == pytest.approx(seed_estimate.customer.total.mean)
    _, start, middle, end = (series.values[3] for series in bars.plots[0].series)
    downtime = seed_estimate.sla.readings["proportional"].downtime_s
    assert start * 86400 == pytest.approx(downtime.p5)
    assert (start + middle) * 86400 == pytest.approx(downtime.p50)
    assert (start + middle + end) * 86400 == pytest.approx(downtime.p95)
    assert seed_estimate.sla.budget.allowed_s / 86400 == pytest.approx(
        bars.plots[0].series[0].values[0]
    )


def test_an_axis_of_bars_ends_at_a_round_value_in_few_steps(seed_estimate: Estimate):
    _, _, *bars = charts(opened(render_slides(seed_estimate)))
    assert len(bars) == 2
    for chart in bars:
        axis = chart.value_axis
        ends = [sum(values) for values in zip(*(one.values for one in chart.plots[0].series),
                                              strict=True)]  # fmt: skip
        assert max(ends) <= axis.maximum_scale < max(ends) + axis.major_unit
        assert axis.maximum_scale / axis.major_unit <= 5


def test_moments_below_the_recovery_stand_level_and_are_few(seed_estimate: Estimate):
    fan = charts(opened(render_slides(seed_estimate)))[0]
    axis = fan.category_axis._element
    (skip,) = axis.xpath("./c:tickLblSkip/@val")
    assert len(fan.plots[0].categories) / int(skip) <= 6
    (turned,) = axis.xpath("./c:txPr/a:bodyPr/@rot")
    assert abs(int(turned)) < 60_000  # a degree
    assert {label[-2:] for label in map(str, fan.plots[0].categories)} <= {"00", "15", "30", "45"}


def test_a_long_name_of_a_stage_is_whole_beside_the_recovery(seed_estimate: Estimate):
    name = "Replace the certificate chain"
    recovery = seed_estimate.recovery
    named = tuple(stage._replace(name=name) for stage in recovery.stages)
    estimate = seed_estimate._replace(recovery=recovery._replace(stages=named))
    slide = opened(render_slides(estimate)).slides[1]
    assert f"all is back when {name} ends." in slide.shapes.title.text_frame.text
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    assert [row.cells[0].text for row in table.rows][1:] == [name] * (len(table.rows) - 1)


def test_a_name_of_wide_letters_leaves_the_title_two_lines(seed_estimate: Estimate):
    recovery = seed_estimate.recovery
    named = tuple(stage._replace(name="W" * 300) for stage in recovery.stages)
    estimate = seed_estimate._replace(recovery=recovery._replace(stages=named))
    title = opened(render_slides(estimate)).slides[1].shapes.title.text_frame.text
    assert breadth(title) <= 115


def test_an_input_that_moves_next_to_nothing_takes_no_bar(seed_estimate: Estimate):
    first, *others = seed_estimate.drivers
    (low, high) = (first.low.value, first.high.value)
    weak = first._replace(input="weak", high=first.high._replace(value=low + 0.01 * (high - low)))
    estimate = seed_estimate._replace(drivers=(first, weak, *others))
    tornado = charts(opened(render_slides(estimate)))[2]
    assert not [label for label in map(str, tornado.plots[0].categories) if "weak" in label]


def test_embedded_workbooks_hold_the_numbers_and_no_formula(variant: Variant):
    workbooks = embedded(render_slides(variant("seed")))
    assert len(workbooks) == 4
    for workbook in workbooks:
        xml = sheet(workbook)
        assert "<f>" not in xml
        rows = list(ET.fromstring(xml).iter(f"{MAIN}row"))
        assert len(rows) > 3


def test_without_money_and_sla_the_slides_say_so(variant: Variant):
    presentation = opened(render_slides(variant("neither")))
    titles = [slide.shapes.title.text_frame.text for slide in presentation.slides]
    assert titles[2] == "No revenue figure is stated, so the loss is not computed."
    assert "Customer's loss: not computed: no revenue figure" in words_of(presentation.slides[2])
    assert len(charts(presentation)) == 2  # the recovery, and what moves its end


def xml_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist()
                if name.endswith(".xml")}  # fmt: skip


def test_without_an_sla_the_slide_of_steps_holds_more_of_them(variant: Variant):
    estimate = variant("many actions")._replace(sla=None)
    count = len(estimate.what_if)
    slide = opened(render_slides(estimate)).slides[3]
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    shown = len(table.rows) - 1
    assert 4 < shown <= 11
    assert (f"; {count - shown} more in the record" in words_of(slide)) == (count > shown)
    inside_the_frame(opened(render_slides(estimate)))


def test_foreign_text_is_literal(variant: Variant):
    data = render_slides(variant("hostile"))
    first = words_of(opened(data).slides[0])
    assert "#let $x$ *b* <b> \\ @ref // [c]" in first
    for xml in xml_of(data).values():
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]|_x00[01]", xml)


def test_two_runs_give_the_same_bytes(seed_estimate: Estimate, monkeypatch: pytest.MonkeyPatch):
    first = render_slides(seed_estimate)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert render_slides(seed_estimate) == first
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {info.date_time[:3] for info in parts.infolist()} == {(1980, 1, 1)}
        assert b"2024-01-23T12:00:00Z" in parts.read("docProps/core.xml")
        assert b"0B4F7D" in parts.read("ppt/theme/theme1.xml")
