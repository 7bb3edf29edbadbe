"""The workbook: six sheets, numbers that are the record's, formulas that are true arithmetic."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from impactcalc.domain.contract import CreditSchedule
from impactcalc.domain.result import Alternative, Driver, DriverEnd, Estimate
from impactcalc.domain.since import Change, Since
from impactcalc.report.narrative.actions import action_rows
from impactcalc.report.workbook import render_workbook
from impactcalc.report.workbook.sheet import Styles

Variant = Callable[[str], Estimate]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEETS = ["Answer", "Inputs", "Recovery", "Loss", "Actions", "Run"]


class Cell(NamedTuple):
    """What a cell shows, and the formula behind it."""

    value: str | float | None
    formula: str | None


Grid = dict[str, Cell]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def sheets(data: bytes) -> dict[str, Grid]:
    """Read every sheet: cells by name."""
    files = parts(data)
    strings = [
        "".join(node.text or "" for node in item.iter(f"{MAIN}t"))
        for item in ET.fromstring(files["xl/sharedStrings.xml"])
    ]
    names = [node.attrib["name"] for node in ET.fromstring(files["xl/workbook.xml"]).iter()
             if node.tag == f"{MAIN}sheet"]  # fmt: skip
    return {
        name: grid(files[f"xl/worksheets/sheet{number}.xml"], strings)
        for number, name in enumerate(names, 1)
    }


def grid(xml: bytes, strings: list[str]) -> Grid:
    cells: Grid = {}
    for node in ET.fromstring(xml).iter(f"{MAIN}c"):
        value, formula = node.find(f"{MAIN}v"), node.find(f"{MAIN}f")
        if value is None or value.text is None:
            continue
        text = node.attrib.get("t") == "s"
        shown = strings[int(value.text)] if text else float(value.text)
        cells[node.attrib["r"]] = Cell(shown, None if formula is None else formula.text)
    return cells


def computed(formula: str, cells: Grid) -> float:
    """Work a formula out from the cells that it names."""

    def number(name: str) -> float:
        value = cells[name.replace("$", "")].value
        assert isinstance(value, float)
        return value

    if total := re.fullmatch(r"SUM\(([A-Z])(\d+):([A-Z])(\d+)\)", formula):
        column, first, _, last = total.groups()
        return sum(number(f"{column}{row}") for row in range(int(first), int(last) + 1))
    found = re.fullmatch(r"([A-Z]\d+)([-*/])([A-Z]\d+)", formula)
    assert found is not None, formula
    left, sign, right = number(found[1]), found[2], number(found[3])
    return {"-": left - right, "*": left * right, "/": left / right if right else 0.0}[sign]


def beside(cells: Grid, label: str) -> list[Cell]:
    """Give the cells of the row that begins with a label."""
    row = next(name[1:] for name, cell in cells.items() if name[0] == "A" and cell.value == label)
    return [cells[f"{letter}{row}"] for letter in "ABCDEFGHIJKLMN" if f"{letter}{row}" in cells]


def compared(estimate: Estimate) -> Estimate:
    """Give the estimate alternatives, drivers and changes."""
    saving, whole = estimate.customer.avoidable, estimate.recovery.full_recovery_h
    assert saving is not None
    one = Alternative("=1+1", {}, saving, 0.93, 900.0, None, None, whole, None, 7000.0)
    return estimate._replace(
        what_if=(one, one._replace(name="Free", cost=None, breach_prob=None)),
        drivers=(Driver("@x", DriverEnd(0.1, 900.0), DriverEnd(0.5, 4100.0), 0.5),),
        changes=(Change("time", 120.5, "a day", 3.0), Change("news", -20.25, "done")),
        since=Since(
            "r.json",
            estimate.as_of - timedelta(days=1),
            "0.1.0",
            "customer.total",
            1000.0,
            1100.25,
            (),
        ),
    )


def test_there_are_six_sheets_in_order(any_estimate: Estimate):
    assert list(sheets(render_workbook(any_estimate))) == SHEETS


def test_every_formula_gives_the_value_that_is_stored_with_it(any_estimate: Estimate):
    estimate = any_estimate
    if estimate.customer.avoidable is not None:
        estimate = compared(estimate)
    for cells in sheets(render_workbook(estimate)).values():
        for cell in cells.values():
            if cell.formula is not None:
                assert cell.value == pytest.approx(computed(cell.formula, cells), abs=1e-9)


def test_the_figures_are_the_records_at_full_precision(seed_estimate: Estimate):
    total = seed_estimate.customer.total
    assert total is not None
    row = beside(sheets(render_workbook(seed_estimate))["Answer"], "Revenue loss, whole incident")
    assert row[1].value == "$19K ($5.6K to $58K)"
    assert [cell.value for cell in row[2:6]] == [total.p50, total.p5, total.p95, total.mean]
    assert row[-1].value == "simulated"


def test_the_net_saving_and_minutes_over_the_allowed_are_live(seed_estimate: Estimate):
    found = sheets(render_workbook(compared(seed_estimate)))
    saving = seed_estimate.customer.avoidable
    assert saving is not None
    row = beside(found["Actions"], "=1+1")
    net = [cell for cell in row if cell.formula is not None]
    assert [cell.value for cell in net] == [saving.mean - 900.0]
    answer = found["Answer"]
    over = [cell for cell in answer.values() if cell.formula and re.match(r"C\d+-F", cell.formula)]
    assert len(over) == 3
    assert over[0].value == pytest.approx(-44.64)
    assert beside(answer, "now")[2].value == pytest.approx(1100.25)
    assert beside(answer, "time")[2].value == 120.5


@pytest.mark.parametrize(
    ("cap", "amounts"), [(None, [4000.0, 10_000.0]), ("0.2", [4000.0, 8000.0])]
)
def test_a_tier_in_money_is_fee_times_share_at_most_the_cap(
    variant: Variant, cap: str | None, amounts: list[float]
):
    estimate = variant("defined")
    contract = estimate.scenario.sla
    assert contract is not None
    fee = contract.target._replace(value=Decimal(40_000))
    schedule = CreditSchedule(cap=None if cap is None else Decimal(cap))
    stated = contract._replace(monthly_fee=fee, credits=schedule)
    scenario = estimate.scenario._replace(sla=stated)
    answer = sheets(render_workbook(estimate._replace(scenario=scenario)))["Answer"]
    paid = [cell.value for cell in answer.values() if cell.formula and "*" in cell.formula]
    assert paid == amounts


def test_text_is_never_a_formula_a_link_or_a_number(variant: Variant):
    data = render_workbook(compared(variant("hostile")))
    cells = sheets(data)["Actions"]
    assert next(cell for cell in cells.values() if cell.value == "=1+1").formula is None
    assert not [name for name in parts(data) if "hyperlink" in name.lower()]
    for name, xml in parts(data).items():
        if name.startswith("xl/worksheets/"):
            assert b"hyperlink" not in xml
            assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", xml)


def test_missing_parts_say_why(variant: Variant):
    answer = sheets(render_workbook(variant("no money")))["Answer"]
    row = beside(answer, "Customer's loss")
    assert row[1].value == "not computed: no revenue figure is stated"
    assert row[-1].value == "missing"


def test_every_input_has_its_source(seed_estimate: Estimate):
    cells = sheets(render_workbook(seed_estimate))["Inputs"]
    rows = [int(name[1:]) for name in cells if name[0] == "A" and int(name[1:]) > 2]
    assert len(rows) > 10
    assert all(cells[f"D{row}"].value for row in rows)


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("USD", "[$$-409]#,##0;-[$$-409]#,##0"),
        ("EUR", "[$€-409]#,##0;-[$€-409]#,##0"),
        ("CHF", "[$CHF-409] #,##0;-[$CHF-409] #,##0"),
        (None, "#,##0"),
    ],
)
def test_amounts_are_formatted_by_their_currency(code: str | None, wanted: str):
    assert Styles(None, code).money() == wanted


def test_a_currency_without_cents_shows_none():
    assert Styles(None, "JPY").money(cents=True) == Styles(None, "JPY").money()
    assert "0.00" in Styles(None, "GBP").money(cents=True)


def test_no_dollar_stands_in_a_workbook_of_euros(seed_estimate: Estimate):
    data = render_workbook(seed_estimate._replace(currency="EUR"))
    styles = parts(data)["xl/styles.xml"].decode()
    assert "[$€-409]" in styles
    assert "[$$" not in styles


def test_charts_are_native_and_described(seed_estimate: Estimate):
    files = parts(render_workbook(compared(seed_estimate)))
    assert len([name for name in files if name.startswith("xl/charts/chart")]) == 3
    drawings = [xml for name, xml in files.items() if name.startswith("xl/drawings/drawing")]
    assert len(drawings) == 3
    assert all(b'descr="' in xml for xml in drawings)


def test_a_step_is_told_as_in_the_brief_by_its_average_and_how_often_it_pays(
    seed_estimate: Estimate,
):
    row, step = action_rows(seed_estimate)[0], seed_estimate.what_if[0]
    cells = beside(sheets(render_workbook(seed_estimate))["Actions"], step.name)
    assert cells[1].value == f"{row.saves} ({row.span})"
    assert step.pays_prob in {cell.value for cell in cells}


def test_a_saving_below_nought_keeps_its_sign_and_its_name_beside_the_chart(
    seed_estimate: Estimate,
):
    charts = [xml.decode() for name, xml in parts(render_workbook(compared(seed_estimate))).items()
              if name.startswith("xl/charts/chart") and b"barChart" in xml]  # fmt: skip
    (bars,) = charts
    assert '<c:tickLblPos val="low"/>' in bars
    codes = re.findall(r'formatCode="([^"]*)" sourceLinked="0"', bars)
    assert [code for code in codes if ";-" in code]  # a section for what is below nought


def test_an_inputs_ends_are_written_in_its_unit(seed_estimate: Estimate):
    ends = DriverEnd(1.186761015321, 900.0), DriverEnd(33.204300234038, 4100.0)
    estimate = seed_estimate._replace(drivers=(Driver("repair", *ends, 0.5, "h"),))
    files = parts(render_workbook(estimate))
    number = SHEETS.index("Loss") + 1
    cells = ET.fromstring(files[f"xl/worksheets/sheet{number}.xml"])
    (node,) = (one for one in cells.iter(f"{MAIN}c")
               if one.findtext(f"{MAIN}v", "").startswith("1.18676"))  # fmt: skip
    styles = ET.fromstring(files["xl/styles.xml"])
    formats = {one.attrib["numFmtId"]: one.attrib["formatCode"]
               for one in styles.iter(f"{MAIN}numFmt")}  # fmt: skip
    used = next(iter(styles.iter(f"{MAIN}cellXfs")))[int(node.attrib["s"])].attrib["numFmtId"]
    assert formats[used] == '#,##0.0" h"'


def test_without_money_no_table_of_amounts_stands_empty(variant: Variant):
    found = sheets(render_workbook(variant("no money")))
    texts = {cell.value for cell in found["Loss"].values()}
    assert "No amount is stated" in texts
    assert "spread (sd)" not in texts
    assert "monthly fee" not in {cell.value for cell in found["Answer"].values()}


def test_a_long_plan_does_not_cut_the_chart_in_print(seed_estimate: Estimate):
    few, stages = parts(render_workbook(seed_estimate)), seed_estimate.recovery.stages
    many = seed_estimate.recovery._replace(stages=stages * 14)
    long = parts(render_workbook(seed_estimate._replace(recovery=many)))
    assert b"rowBreaks" not in few["xl/worksheets/sheet3.xml"]
    assert b"rowBreaks" in long["xl/worksheets/sheet3.xml"]


def test_two_runs_give_the_same_bytes(seed_estimate: Estimate, monkeypatch: pytest.MonkeyPatch):
    first = render_workbook(seed_estimate)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert render_workbook(seed_estimate) == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {info.date_time[:3] for info in package.infolist()} == {(1980, 1, 1)}
    assert b"2024-01-23T12:00:00Z" in parts(first)["docProps/core.xml"]
