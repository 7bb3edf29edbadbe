"""A table that sets this case beside earlier ones: only what is told of this one counts."""

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.records.cases import with_cases
from impactcalc.intake.escalation.text.lines import split_lines

SHEET = """\
Customer: Kelvedon Print

Figures                     {own:<18} {other}
-------------------------   ----------------   -------------------
Page build takes            14 s               8 s
Page build normally         3 s                3 s
Editors affected            220                75
Revenue at risk per day     EUR 9,000          EUR 2,500
"""
BARS = """\
Customer: Kelvedon Print

| Figures | {other} | {own} |
|---|---|---|
| Page build takes | 8 s | 14 s |
| Page build normally | 3 s | 3 s |
| Editors affected | 75 | 220 |
| Revenue at risk per day | EUR 2,500 | EUR 9,000 |
"""


@pytest.mark.parametrize("text", [SHEET, BARS], ids=["sheet", "bars"])
@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("this incident", "incident of 9 May (closed)"),
        ("Current outage", "Previous outage"),
        ("P-12 (current)", "P-3 (last year)"),
    ],
)
def test_the_columns_of_earlier_cases_are_left_out(text, own, other):
    reading = read_escalation(text.format(own=own, other=other))
    assert reading.facts.users_affected == 220
    assert reading.facts.revenue_at_risk_per_day == 9000
    assert (reading.facts.latency_normal_s, reading.facts.latency_now_s) == (3, 14)
    assert not reading.warnings


def test_a_label_column_needs_no_head():
    text = (
        "                    Earlier incident    This incident\n"
        "Users affected      75                  220\n"
        "Failing builds      3 %                 9 %\n"
    )
    facts = read_escalation(text).facts
    assert facts.users_affected == 220
    assert facts.error_rate == 0.09


@pytest.mark.parametrize(("one", "other"), [("Portal", "Mail"), ("Now", "Last week")])
def test_columns_that_are_no_cases_stay(one, other):
    head = f"| Figures | {one} | {other} |\n|---|---|---|\n"
    lines = split_lines(head + "| Users affected | 75 | 220 |\n")
    assert [line.text for line in with_cases(lines)] == [line.text for line in lines]
