"""Hostile text as name of anything, reason or file: literal in every form, never active.

A table of cases and forms. Each form is made of an estimate with the text in every place that the
input can fill, and compared with the same form of a harmless text of the same length.
"""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from impactcalc.domain.check import Check
from impactcalc.domain.result import Estimate, Question
from impactcalc.domain.sourced import Assumption, Caution, Sourced
from impactcalc.report.escape import escape
from impactcalc.report.export import to_document, to_json
from impactcalc.report.forms import render_forms
from impactcalc.report.narrative.headline import headline
from impactcalc.report.output import report_name
from impactcalc.report.terminal import render, summary_line
from impactcalc.report.width import width_of

Variant = Callable[[str], Estimate]
CASES = {
    "control characters": "a\x00b\x1b[31mred\x1b[0m\x07\x9b2J\x85z\x7f",
    "title of a terminal": "\x1b]0;owned\x07Stratton",
    "bidi overrides": "abc\u202edcba\u2066x\u2069\u200f\u061c",
    "lone surrogates": "x\ud800y\udfffz",
    "non-characters": "x\ufffey\uffffz\ufeff\u200b\u00ad",
    "a word of 220": "Donaudampf" * 22,
    "300 W": "W" * 300,
    "an address": "https://example.org/" + "path/" * 40,
    "markup of every kind": (
        "#let $x$ *b* _i_ <script>alert(1)</script> <b id=p> @ref // [c] \\ `r` </style> ]]> --> "
        '& &lt; " \' =HYPERLINK("http://c.example","x")'
    ),
    "a formula": '=HYPERLINK("http://c.example","x")',
    "a formula behind a semicolon": "x;=1+1;@SUM(A1)",
    "a number with a sign": "-2+3+cmd|' /C calc'!A0",
    "an at sign": "@SUM(1+1)*cmd|' /C calc'!A0",
    "office escapes": "_x0041_ _x001B_ &amp; &D&P",
    "templates": "{{7*7}} ${7*7} %s {0} #{1} <%= 1 %>",
    "lines": "first\n\nsecond\r\nthird\ttabbed\u2028fourth",
    "many scripts": "東京 إدارة Ёлка ไทย \N{PILE OF POO} e\u0301\u0301\u0301",
    "blanks": "   ",
}
HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ud800-\udfff\ufffe\uffff]"
)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def filled(estimate: Estimate, text: str) -> Estimate:
    """Put a text wherever the input can put one."""
    value = Sourced(text, f"{text}:4")  # a file may bear any name
    scenario = estimate.scenario
    incident = scenario.incident._replace(customer=value, service=value, id=value, priority=value)
    stages = tuple(
        stage._replace(name=f"{n}{text}", actions=(value,))
        for n, stage in enumerate(scenario.recovery.stages)
    )
    plan = scenario.recovery._replace(stages=stages)
    figures = {**scenario.figures, "recovery": {"stages": [{"name": value, "actions": [value]}]}}
    answers = tuple(
        one._replace(name=f"{text}{n}") for n, one in enumerate(estimate.recovery.stages)
    )
    return estimate._replace(
        scenario=scenario._replace(incident=incident, recovery=plan, figures=figures),
        recovery=estimate.recovery._replace(stages=answers),
        what_if=tuple(one._replace(name=text) for one in estimate.what_if),
        drivers=tuple(one._replace(input=text) for one in estimate.drivers),
        assumptions=(*estimate.assumptions, Assumption("incident.note", text, "default", text)),
        warnings=(Caution("", text, 3),),
        checks=(Check("listed twice", text, (3, 4)), Check("overdue", text, ())),
        questions=(Question("sla.downtime", text, text, 1e6, 0.5, text),),
    )


@cache
def forms(case: str) -> dict[str, bytes]:
    """Make every form with the text of a case; the case ``""`` is harmless."""
    made = render_forms(estimate_of(case), ("pdf", "png", "pptx", "xlsx", "html", "csv"))
    return made | {"json": to_json(to_document(estimate_of(case))).encode()}


@cache
def estimate_of(case: str) -> Estimate:
    return filled(SEED["seed"], CASES.get(case, "Harmless text"))


SEED: dict[str, Estimate] = {}


@pytest.fixture(autouse=True)
def _seed(seed_estimate: Estimate):
    SEED["seed"] = seed_estimate


@pytest.fixture(params=sorted(CASES))
def case(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def shown(case: str, most: int = 20) -> str:
    """The beginning of the text as every form shows it, before anything is cut."""
    return escape(CASES[case])[:most]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


class Page(HTMLParser):
    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.text = ""
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_screen_shows_it_and_nothing_acts(case: str):
    text = render(estimate_of(case), colour=False, unicode=True)
    assert not HARMFUL.search(text.replace("\n", ""))
    assert max(width_of(line) for line in text.splitlines()) <= 80
    assert shown(case, 8) in text
    ascii_only = render(estimate_of(case), colour=False, unicode=False)
    assert ascii_only.isascii()
    line = summary_line(estimate_of(case))
    assert len(line) <= 255
    assert not HARMFUL.search(line)
    assert "\n" not in line


def test_the_record_keeps_it_and_ends_no_script(case: str):
    data = forms(case)["json"]
    assert b"<" not in data
    document: dict[str, Any] = json.loads(data)
    kept = CASES[case].encode("utf-8", "replace").decode()
    assert document["what_if"][0]["name"] == kept


def test_the_table_shows_it_and_no_cell_is_a_formula(case: str):
    text = forms(case)["csv"].decode()
    assert not HARMFUL.search(text.replace("\r\n", ""))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert {len(row) for row in rows} == {6}
    for row in rows:
        for cell in row:
            for piece in cell.split(";"):  # as a spreadsheet of another country may
                start = piece.lstrip()[:1]
                number = re.fullmatch(r"-?\d[\d.]*(e[+-]\d+)?", cell)
                assert start not in {"=", "+", "-", "@", "\t"} or number, cell
    if shown(case):
        assert shown(case, 8) in text.replace('""', '"').replace("'", "") or "'" in shown(case)


def test_the_page_shows_it_and_has_no_other_element_for_it(case: str):
    page, plain = Page(forms(case)["html"]), Page(forms("")["html"])
    assert not HARMFUL.search(forms(case)["html"].decode())
    assert set(page.tags) == set(plain.tags)
    assert page.tags["script"] == 0
    for tag in ("table", "tr", "td", "th", "section", "figure", "style", "h1", "h2"):
        assert abs(page.tags[tag] - plain.tags[tag]) <= 4, tag
    assert shown(case) in " ".join(page.text.split())


def test_the_workbook_shows_it_and_computes_nothing_with_it(case: str):
    files, plain = parts(forms(case)["xlsx"]), parts(forms("")["xlsx"])
    assert set(files) == set(plain)
    count = Counter[str]()
    for name, data in files.items():
        root = ET.fromstring(data)
        assert not HARMFUL.search(data.decode().replace("\n", ""))
        for node in root.iter(f"{MAIN}f"):
            assert re.fullmatch(r"[A-Z$]+\d+[-*/][A-Z$]+\d+|SUM\([A-Z]\d+:[A-Z]\d+\)",
                                node.text or "")  # fmt: skip
            count[name] += 1
        assert b"hyperlink" not in data
    assert sum(count.values()) == sum(
        len(list(ET.fromstring(data).iter(f"{MAIN}f"))) for data in plain.values()
    )
    strings = ET.fromstring(files["xl/sharedStrings.xml"])
    texts = [node.text or "" for node in strings.iter(f"{MAIN}t")]
    wanted = shown(case, 12).replace("_x", "_x005F_x")
    assert any(wanted in text for text in texts)


def test_the_slides_show_it_and_stay_whole(case: str):
    from pptx import Presentation

    presentation = Presentation(io.BytesIO(forms(case)["pptx"]))
    assert len(presentation.slides) == 5
    words = ""
    for slide in presentation.slides:
        words += slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            if shape.has_text_frame:
                words += f" {shape.text_frame.text}"
    assert shown(case, 12) in words
    files, plain = parts(forms(case)["pptx"]), parts(forms("")["pptx"])
    assert set(files) == set(plain)
    for name, data in files.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(data)
            assert not HARMFUL.search(data.decode().replace("\n", ""))
        if name.endswith(".xlsx"):
            assert b"<f>" not in parts(data)["xl/worksheets/sheet1.xml"]
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in data


def test_the_brief_shows_it_on_as_many_pages(case: str):
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(forms(case)["pdf"]))
    assert len(reader.pages) <= len(PdfReader(io.BytesIO(forms("")["pdf"])).pages) + 1
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert "".join(shown(case, 5).split()) in text or case == "many scripts"
    annotations = [page.get("/Annots") for page in reader.pages]
    assert not any("URI" in str(one) for one in annotations)


def test_the_picture_has_the_page_s_size_and_its_description_is_plain_text(case: str):
    from PIL import Image

    with Image.open(io.BytesIO(forms("")["png"])) as plain:
        size = plain.size
    with Image.open(io.BytesIO(forms(case)["png"])) as picture:
        picture.load()
        assert picture.size == size
        words = str(picture.info["Description"])
        tones = np.asarray(picture.convert("L"))
    assert words == headline(estimate_of(case))
    assert not HARMFUL.search(words)
    assert tones.min() < 64  # ink on white
    assert tones.max() == 255


def test_files_have_a_name_that_every_system_takes(case: str):
    name = report_name(estimate_of(case))
    assert re.fullmatch(r"[\w\-\u0300-\u036f\u0e00-\u0e7f]+-2024-01-23", name)
    assert len(name) <= 80


def test_the_same_text_gives_the_same_bytes():
    first = forms("markup of every kind")
    again = render_forms(estimate_of("markup of every kind"), ("pptx", "xlsx", "html", "csv"))
    assert all(first[form] == data for form, data in again.items())
