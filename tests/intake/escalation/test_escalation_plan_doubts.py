"""A hostile plan: told twice, with lost heads, empty stages, windows that cannot be."""

import pytest

from impactcalc.intake.escalation import read_escalation

HEAD = """CE2301 - Customer Escalation Summary

Customer: Quayside Opera

Action Plan:
-----------
"""


def planned(plan):
    reading = read_escalation(HEAD + plan)
    document = reading.to_document()["facts"]["stages"] or []
    stages = [
        (one["name"], one["from_hours"], one["to_hours"], len(one["actions"])) for one in document
    ]
    return stages, [one.message for one in reading.warnings if one.field == "stages"]


SOLD = "1. Immediate (0-4 hours):\n   - Sell seats by telephone\n"
MAP = "2. Short-term (4-24 hours):\n   - Redraw the seat map\n"


def test_a_plan_that_is_told_twice_in_the_same_words_is_one_plan():
    assert planned(f"{SOLD}{MAP}\nAction Plan:\n{SOLD}{MAP}") == (
        [("Immediate", 0, 4, 1), ("Short-term", 4, 24, 1)],
        [],
    )


def test_a_stage_that_is_told_again_with_another_window_has_none_and_both_lines_are_named():
    again = f"{SOLD}{MAP}".replace("0-4", "0-8").replace("4-24", "8-48")
    stages, warnings = planned(f"{SOLD}{MAP}\nAction Plan:\n-----------\n{again}")
    assert stages == [("Immediate", None, None, 1), ("Short-term", None, None, 1)]
    assert warnings == [
        "'Immediate (0-4 hours)': line 14 gives it another window; left out",
        "'Short-term (4-24 hours)': line 16 gives it another window; left out",
    ]


def test_a_stage_with_two_windows_in_brackets_has_none():
    stages, warnings = planned(f"{SOLD.replace('hours)', 'hours) (0-6 hours)')}{MAP}")
    assert stages[0][1:3] == (None, None)
    assert "two windows" in warnings[0]


def test_a_numbered_head_with_nothing_below_it_is_a_stage_without_actions():
    assert planned(f"1. Immediate (0-4 hours):\n{MAP}3. Long-term (2-5 days):\n") == (
        [("Immediate", 0, 4, 0), ("Short-term", 4, 24, 1), ("Long-term", 48, 120, 0)],
        [],
    )


@pytest.mark.parametrize("nothing", ["TBD", "N/A", "?", "to be defined"])
def test_an_action_that_is_not_written_is_none_and_its_stage_is_named(nothing):
    stages, warnings = planned(f"{SOLD}2. Short-term (4-24 hours):\n   - {nothing}\n")
    assert stages == [("Immediate", 0, 4, 1), ("Short-term", 4, 24, 0)]
    assert ["not written" in one for one in warnings] == [True]


@pytest.mark.parametrize(
    "lost", ["2. Short-term (4-2", "2. Short-term (until 25:61):\n   - Redraw the seat map\n"]
)
def test_a_head_in_the_plan_that_is_not_read_is_named(lost):
    stages, warnings = planned(f"{SOLD}{lost}")
    assert stages[0][:3] == ("Immediate", 0, 4)
    assert "looks like the head of a stage" in warnings[0]


def test_a_list_number_without_its_dot_is_no_part_of_the_name():
    assert planned(f"{SOLD}2 Short-term (4-24 hours)\n   - Redraw the seat map\n")[0] == [
        ("Immediate", 0, 4, 1),
        ("Short-term", 4, 24, 1),
    ]
