"""What looks like a plan, a stage or an action and is none."""

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.reading import plain_edge


def stages(text):
    return [
        (
            stage.name,
            *map(plain_edge, (stage.earliest, stage.latest)),
            [action.text for action in stage.actions],
        )
        for stage in read_escalation(text).stages
    ]


def test_what_only_goes_on_behind_a_comma_is_no_action_of_its_own():
    text = "Plan\n0-4 h: turn the reports on, one by one\n4-24 h: Umleitung, i.e. redirect calls"
    assert [actions for *_, actions in stages(text)] == [
        ["turn the reports on, one by one"],
        ["Umleitung, i.e. redirect calls"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Shift rota\n0-8 h: Anna\n8-16 h: Bert\n16-24 h: Cem",
        "Age of open tickets\n0-2 h | 14\n2-8 h | 31\n8-24 h | 12",
        "Latency by age of the connection\n0-2 h: 300 ms\n2-8 h: 900 ms\n8-24 h: 4 s",
        "Escalation matrix\n0-1 h: duty engineer\n1-4 h: team lead\n4-8 h: head of operations",
        "Impact forecast\n0-4 h: 200 people stranded\n4-12 h: the whole terminal blocked",
        "Weather: 0-6 h rain; 6-24 h snow; 24-72 h frost.",
        "Tide table\n0-6 h falling\n6-12 h rising",
        "Terms\nInitial term: 0-12 months, fee 3,000 EUR\nSecond term: 12-24 months, 3,300 EUR",
        "Targets\nPriority | Response | Resolution\nP1 | 15 min | 4 h\nP2 | 1 h | 8 h",
        "Parking: first 2 hours free, next 3 hours 4 EUR.",
        "0-4 h of outage: 5 % of the fee\n4-12 h of outage: 10 % of the fee",
        "Plan: none so far. We will send one within 4 hours.",
        "Plan: to be agreed. Within 2 hours we will call you, within 4 hours we will write.",
    ],
)
def test_windows_beside_what_orders_no_work_are_no_plan(text):
    assert stages(text) == []


def test_a_plan_that_is_called_so_needs_no_verb_of_work():
    text = "Plan:\nStage 1 (0-6 h): new fans in cabinet 4\nStage 2 (6-48 h): a second cooling loop"
    assert [actions for *_, actions in stages(text)] == [
        ["new fans in cabinet 4"],
        ["a second cooling loop"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "P1: answer within 15 min, restore within 4 h\nP2: answer within 1 h, restore within 8 h",
        "Staffing: hours 0-8 two engineers, hours 8-16 one engineer, hours 16-24 on call.",
        "Observed: 0-10 min slow, 10-30 min errors, 30-60 min down.",
        "Their own fallback: 0-2 h write dockets; 2-24 h type them in. We have no plan yet.",
    ],
)
def test_promises_of_a_grade_and_what_was_observed_are_no_plan(text):
    assert stages(text) == []


@pytest.mark.parametrize(
    "text",
    [
        (
            "Plan (owner / due / task)\nMarta / 2 h / stop the feed\nJon / 24 h / call the vet\n"
            "Marta / 2 weeks / exchange the computer"
        ),
        (
            "Plan\nSTEP   WHEN         WHO     WHAT\n1      2 h          Marta   stop the feed\n"
            "2      24 h         Jon     call the vet\n"
            "3      2 weeks      Marta   exchange the computer"
        ),
        (
            "Plan agreed: (a) within 2 h: stop the feed; (b) within 24 h: call the vet; "
            "(c) within 2 weeks: exchange the computer."
        ),
    ],
)
def test_owners_numbers_and_letters_name_no_stage(text):
    assert stages(text) == [
        (None, 0, 2, ["stop the feed"]),
        (None, 0, 24, ["call the vet"]),
        (None, 0, 336, ["exchange the computer"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Escalation rules: after 1 hour call the duty manager; after 4 hours call the director.",
        "Timeline so far\n0-1 h: restarted the server without success\n1-3 h: replaced its disk",
        "Error budget burn: 0-1 h 2 %, 1-6 h 5 %, 6-72 h 10 %.",
    ],
)
def test_whom_to_call_and_what_was_tried_are_no_plan(text):
    assert stages(text) == []


@pytest.mark.parametrize(
    "behind",
    [
        "Response targets\n- P1 within 1 h\n- P2 within 4 h",
        "Next update in 2 hours",
        "Latency: 0-2 h 300 ms, 2-8 h 900 ms",
    ],
)
def test_what_stands_in_the_column_of_the_bullets_behind_a_plan_is_no_action(behind):
    text = f"Recovery plan\nContain (0-2 h)\n- open the gates\nRepair (2-8 h)\n- mend it\n{behind}"
    assert [actions for *_, actions in stages(text)] == [["open the gates"], ["mend it"]]


@pytest.mark.parametrize(
    "text",
    [
        "Sev 1 | 0-1 h | Call the director\nSev 2 | 1-4 h | Call the manager",
        (
            "Recipe of last year (for reference only)\nStage 1 (0-2 h): restart the gate server\n"
            "Stage 2 (2-8 h): rebuild the ticket index"
        ),
    ],
)
def test_grades_and_what_is_shown_for_reference_are_no_plan(text):
    assert stages(text) == []


def test_who_speaks_names_no_stage_and_a_report_of_the_evening_is_none():
    talk = (
        "HALE   Do you have a number?\nMOSS   44-2.\nHALE   Shall I read out the plan?\n"
        "MOSS   Please.\nHALE   Within the next 2 hours: restart the gateway. Between 2 and 20"
        " hours: restore the files."
    )
    assert [name for name, *_ in stages(talk)] == [None, None]
    listed = (
        "We agreed on:\n\n    by Friday      replace the cables\n"
        "    0 - 48 h       update it all\n"
        "\n"
        "As of this evening: all readers are on the new cables."
    )
    assert [name for name, *_ in stages(listed)] == ["by Friday", None]


EMPTY_STAGE = """\
Action Plan:
1. Immediate (0-3 hours):
   - Close the valve

2. Short-term (3-20 hours):

3. Long-term (1-2 weeks):
"""


def test_a_stage_without_actions_is_a_stage():
    assert stages(EMPTY_STAGE + "   - Replace the pump\n") == [
        ("Immediate", 0, 3, ["Close the valve"]),
        ("Short-term", 3, 20, []),
        ("Long-term", 168, 336, ["Replace the pump"]),
    ]


@pytest.mark.parametrize("rest", ["", "\nCurrent Status:\n- Valve closed\n"])
def test_the_last_stage_may_have_no_actions_yet(rest):
    names = [stage[0] for stage in stages(EMPTY_STAGE + rest)]
    assert names == ["Immediate", "Short-term", "Long-term"]


@pytest.mark.parametrize("codes", [("A", "B"), ("M1", "M2"), ("A.", "B."), ("S1 -", "S2 -")])
def test_what_numbers_the_stages_is_no_part_of_their_names(codes):
    first, second = codes
    text = (
        f"Measures\n    {first}  Relief (0-2 h)\n       - Open the sluice\n"
        f"    {second}  Repair (2-30 h)\n       - Weld the gate\n"
    )
    assert [stage[0] for stage in stages(text)] == ["Relief", "Repair"]


def test_letters_that_are_in_no_order_are_part_of_the_names():
    text = "Plan\nT Relief (0-2 h)\n - Open the sluice\nA Repair (2-30 h)\n - Weld the gate\n"
    assert [stage[0] for stage in stages(text)] == ["T Relief", "A Repair"]


LEVEL = """\
Action Plan:
1. Immediate (0-2 hours):
- Pin the driver
- Extend the running exams by 30 minutes
2. Short-term (2-36 hours):
- Suspend the updates in the evening
- Test the driver
"""


@pytest.mark.parametrize("indent", ["- ", "   - ", "   "])
def test_bullets_below_a_numbered_stage_are_its_actions_whatever_time_they_name(indent):
    assert stages(LEVEL.replace("- ", indent)) == [
        ("Immediate", 0, 2, ["Pin the driver", "Extend the running exams by 30 minutes"]),
        ("Short-term", 2, 36, ["Suspend the updates in the evening", "Test the driver"]),
    ]
