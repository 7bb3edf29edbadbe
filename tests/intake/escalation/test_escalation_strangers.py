"""What stands before a plan and orders no work is no stage of it."""

import pytest

from impactcalc.intake.escalation import read_escalation

PLAN = """
Phase      Window      Task                            Progress
---------  ----------  ------------------------------  --------
Contain    0-6 h       Pause the nightly import        100%
Cure       6-30 h      Rebuild the price index         0%
"""
MEASURES = """
Measure              Before   This week   Remark
-------------------  -------  ----------  ------------------
Till load            2 s      60 s        worst at noon
Receipts rejected    -        5%          sent again at night
"""


def names(text):
    return [stage.name for stage in read_escalation(text).stages]


def test_rows_of_a_table_of_measures_are_no_stages():
    reading = read_escalation("Customer: Alder\n" + MEASURES + PLAN)
    assert [stage.name for stage in reading.stages] == ["Contain", "Cure"]
    assert {one.action.text for one in reading.progress} == {
        "Pause the nightly import",
        "Rebuild the price index",
    }


def test_a_table_of_measures_alone_is_no_plan():
    assert names("Customer: Alder\n" + MEASURES) == []


@pytest.mark.parametrize("first", ["Today: Restart the tills", "Today: Tills on spare power"])
def test_a_first_stage_without_hours_stays_when_it_orders_work_or_stands_alone(first):
    plan = f"Plan\n- {first}\n- 0-6 h: Pause the nightly import\n"
    assert len(names("Customer: Alder\n\n" + plan)) == 2


def test_a_stage_without_hours_behind_the_others_stays():
    plan = "Plan\n- 0-6 h: Pause the import\n- 6-30 h: Rebuild the index\n- Later: New tills\n"
    assert len(names("Customer: Alder\n\n" + plan)) == 3
