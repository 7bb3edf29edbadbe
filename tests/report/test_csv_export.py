"""The long table: every figure of the record once, with its unit and source, and no formula."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from impactcalc.domain.result import Estimate
from impactcalc.report.csv_export import HEADER, render_csv, safe_text
from impactcalc.report.export import to_document, to_json

NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]\d+)?")
Variant = Callable[[str], Estimate]


def rows(estimate: Estimate) -> list[dict[str, str]]:
    text = render_csv(estimate).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def cell(estimate: Estimate, section: str, field: str, stat: str) -> dict[str, str]:
    found = [
        row for row in rows(estimate)
        if (row["section"], row["field"], row["stat"]) == (section, field, stat)
    ]  # fmt: skip
    assert len(found) == 1
    return found[0]


def numbers(node: Any) -> list[float]:
    """List the numbers of a document, in order."""
    if isinstance(node, dict):
        return [one for value in node.values() for one in numbers(value)]
    if isinstance(node, list):
        return [one for value in node for one in numbers(value)]
    return [float(node)] if isinstance(node, (int, float)) and not isinstance(node, bool) else []


def test_the_head_names_six_columns_and_lines_end_as_rfc_4180_wants(seed_estimate: Estimate):
    data = render_csv(seed_estimate)
    assert data.startswith(b"section,field,stat,value,unit,source\r\n")
    assert tuple(rows(seed_estimate)[0]) == HEADER
    assert data.count(b"\n") == data.count(b"\r\n")


def test_every_number_of_the_record_stands_in_the_table_at_full_precision(any_estimate: Estimate):
    document = json.loads(to_json(to_document(any_estimate)))
    del document["run"]["seconds"], document["assumptions"]
    written = [
        float(row["value"])
        for row in rows(any_estimate)
        if row["section"] != "assumptions" and NUMBER.fullmatch(row["value"])
    ]
    missing = set(numbers(document)) - set(written)
    assert not missing


def test_figures_have_their_unit_and_source(variant: Variant):
    seed = variant("seed")
    total = seed.customer.total
    assert total is not None
    row = cell(seed, "customer", "total", "p95")
    assert (float(row["value"]), row["unit"], row["source"]) == (total.p95, "USD", "simulated")
    assert cell(seed, "customer", "total", "mc_error.p50")["unit"] == "USD"
    assert cell(seed, "customer", "exposure_per_day", "value")["unit"] == "USD/day"
    assert cell(seed, "recovery", "full_recovery_h", "p50")["unit"] == "h"
    assert cell(seed, "sla", "readings.all_fail.breach_prob", "value")["unit"] == "ratio"
    assert cell(seed, "sla", "readings.all_fail.downtime_s", "p50")["unit"] == "s"
    assert cell(seed, "customer", "exceedance.3.loss", "value")["unit"] == "USD"
    assert cell(seed, "lost_share", "routes.1.revenue_loss", "p50")["unit"] == "USD"
    assert cell(seed, "scenario", "business.revenue_at_risk", "value")["source"] == "line 44"


def test_an_assumption_is_one_row_with_its_reason(seed_estimate: Estimate):
    found = [row for row in rows(seed_estimate) if row["section"] == "assumptions"]
    assert len(found) == len(seed_estimate.assumptions)
    assert all(row["source"].startswith(("default", "line", "'")) for row in found)


def test_the_same_answer_gives_the_same_bytes_however_long_it_took(seed_estimate: Estimate):
    slower = seed_estimate._replace(run=seed_estimate.run._replace(seconds=9.0))
    assert render_csv(slower) == render_csv(seed_estimate)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(1)", "'@SUM(1)"),
        ("  =1", "'=1"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("\N{FULLWIDTH EQUALS SIGN}1", "'\N{FULLWIDTH EQUALS SIGN}1"),
        ("x;=1", "x;'=1"),
        ("x; @y", "x; '@y"),
        ("a=1", "a=1"),
        ("half-done", "half-done"),
        ("\x1b[31m", "\\x1b[31m"),
        ("", ""),
    ],
)
def test_text_never_becomes_a_formula(text: str, shown: str):
    assert safe_text(text) == shown


def test_negative_numbers_are_left_alone(variant: Variant):
    row = cell(variant("closed"), "recovery", "remaining_h", "p50")
    assert row["value"] == "-3.0"
