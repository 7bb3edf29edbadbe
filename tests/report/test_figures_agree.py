"""One figure, one wording: every form read back, and its amounts, moments and chances compared.

The reader here knows nothing of how the forms are written: it takes the amounts that follow a label
in the text of a form, and the numbers of tables.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pypdf
import pytest
from pptx import Presentation

from impactcalc.domain.result import Estimate
from impactcalc.report.export import to_document
from impactcalc.report.forms import render_forms
from impactcalc.report.terminal import render

Variant = Callable[[str], Estimate]
CASES = ("seed USD", "seed JPY", "plain EUR", "defined EUR", "no money USD")
SIGNS = {"USD": "$", "EUR": "€", "JPY": "¥"}
STATS = ("p50", "p5", "p95", "mean")
SIZES = {"": 1, "K": 1_000, "M": 1_000_000}
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class Text(HTMLParser):
    """The text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.kept = ""
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.kept += f" {data}"


def slides(data: bytes) -> Iterator[str]:
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
        yield slide.notes_slide.notes_text_frame.text


def cells(data: bytes) -> list[list[Any]]:
    """Read the first sheet of a workbook as rows."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        strings = ["".join(node.itertext()) for node in
                   ET.fromstring(package.read("xl/sharedStrings.xml"))]  # fmt: skip
        sheet = ET.fromstring(package.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter(f"{MAIN}row"):
        values: list[Any] = []
        for cell in row.iter(f"{MAIN}c"):
            value = cell.findtext(f"{MAIN}v")
            if value is not None:
                text = cell.attrib.get("t") == "s"
                values.append(strings[int(value)] if text else float(value))
        rows.append(values)
    return rows


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    return {}


@pytest.fixture(params=CASES)
def read_back(request: pytest.FixtureRequest, variant: Variant, kept: dict[str, Any]) -> Any:
    """The record as plain values, the texts of the forms, the rows of the two tables."""
    case = request.param
    if case not in kept:
        name, _, code = case.rpartition(" ")
        estimate = variant(name)
        if estimate.currency is not None:
            estimate = estimate._replace(currency=code)
        made = render_forms(estimate, ("pdf", "html", "pptx", "xlsx", "csv"))
        texts = {
            "pdf": " ".join(
                page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made["pdf"])).pages
            ),
            "html": Text(made["html"].decode()).kept,
            "pptx": " ".join(slides(made["pptx"])),
            "terminal": render(estimate, width=100, colour=False, unicode=True),
        }
        table = list(csv.reader(io.StringIO(made["csv"].decode(), newline="")))
        kept[case] = (
            to_document(estimate),
            {form: re.sub(r"\s+", " ", text) for form, text in texts.items()},
            {tuple(row[:3]): row[3] for row in table},
            cells(made["xlsx"]),
            SIGNS[code],
        )
    return kept[case]


def amounts(text: str, label: str, sign: str) -> set[tuple[str, ...]]:
    """Collect the even chance, the range and the average behind each occurrence of a label."""
    one = rf"({re.escape(sign)}[\d.]+[KM]?)"
    row = rf"{re.escape(label)}:?\s+{one},?(?: 9 in 10)? {one} to {one}[, ·]*(?:average )?{one}"
    return {found.groups() for found in re.finditer(row, text, re.IGNORECASE)}


def bounds(token: str, sign: str) -> tuple[float, float]:
    """Give what a rounded amount may have been."""
    number, size = re.fullmatch(rf"{re.escape(sign)}([\d.]+)([KM]?)", token).groups()  # type: ignore[union-attr]
    whole = number.replace(".", "")
    digits = len(number.partition(".")[2])
    zeros = 0 if digits else len(whole) - len(whole.rstrip("0"))
    step = SIZES[size] * 10.0 ** (zeros - digits)
    value = float(number) * SIZES[size]
    return value - step / 2, value + step / 2


LABELS = (("total", "Revenue loss, whole incident"), ("already_lost", "lost so far"),
          ("avoidable", "still avoidable"))  # fmt: skip


def test_each_form_tells_the_same_amounts(read_back: Any) -> None:
    document, texts, table, rows, sign = read_back
    if document["customer"]["total"] is None:
        stated = r"[$€¥]\d[\d.]*[KM]?(?! a day)"  # a reason repeats what was stated
        assert not [form for form, text in texts.items() if re.search(stated + r"\b", text)]
        return
    for field, label in LABELS:
        figure = document["customer"][field]
        told = {form: amounts(text, label, sign) for form, text in texts.items()}
        assert all(told.values()), (label, told)
        (common,) = set().union(*told.values())
        for token, stat in zip(common, STATS, strict=True):
            low, high = bounds(token, sign)
            assert low <= figure[stat] <= high, (label, stat, token)
            assert float(table["customer", field, stat]) == figure[stat]
        row = next(one for one in rows if one and str(one[0]).lower() == label.lower())
        assert row[2:6] == pytest.approx([figure[stat] for stat in STATS], rel=1e-12)
        short = common[0] if common[1] == common[2] == common[0] else f"{common[0]} ({common[1]}"
        assert row[1].startswith(short)


def test_each_form_tells_the_same_moments(read_back: Any) -> None:
    document, texts, table, rows, _ = read_back
    for name, label in (("p50", "Half of the cases"), ("p80", "8 of 10"), ("p90", "9 of 10")):
        moment = datetime.fromisoformat(document["promise"][name])
        assert table["promise", name, "value"] == document["promise"][name]
        row = next(one for one in rows if one and str(one[0]).startswith(label))
        shown = row[1].removesuffix(" UTC")
        for form in ("html", "pptx", "terminal"):
            assert shown in texts[form], (form, shown)
        day, month, *clock = shown.split()
        assert (int(day), MONTHS.index(month) + 1) in {
            (one.day, one.month) for one in (moment, moment + timedelta(minutes=30))
        }
        if clock:
            hours, minutes = map(int, clock[-1].split(":"))
            near = moment.replace(hour=hours, minute=minutes, second=0, microsecond=0)
            apart = abs((near - moment).total_seconds())
            assert min(apart, 86_400 - apart) <= 1800


def test_each_form_tells_the_same_chances(read_back: Any) -> None:
    document, texts, table, rows, _ = read_back
    for name, label in (("all_fail", "only a total outage counts"),
                        ("proportional", "each failing share counts")):  # fmt: skip
        prob = document["sla"]["readings"][name]["breach_prob"]["value"]
        assert float(table["sla", f"readings.{name}.breach_prob", "value"]) == prob
        row = next(one for one in rows if one and str(one[0]).startswith(label))
        chance = re.search(r"(?:over |under )?\d+%", row[1])
        assert chance is not None
        for form in ("pdf", "html", "pptx", "terminal"):
            near = [text for text in texts[form].split(label)[1:] if chance[0] in text[:60]]
            assert near, (form, label, chance[0])
        number = int(re.findall(r"\d+", chance[0])[0]) / 100
        if "over" in chance[0]:
            assert number < prob < 1
        elif "under" in chance[0]:
            assert 0 < prob < number
        else:
            assert abs(prob - number) <= 0.025
