"""Plans in the layouts of trackers, minutes, sheets and forms; and what only looks like a plan."""

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


_TWO = [
    ("Contain", 0, 2, ["stop the feed", "call the vet"]),
    ("Repair", 2, 24, ["exchange the feed computer"]),
]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Sub-tasks:\n- FER-78 [Contain, 0-2 h] stop the feed\n"
            "- FER-79 [Contain, 0-2 h] call the vet\n"
            "- FER-80 [Repair, 2-24 h] exchange the feed computer"
        ),
        (
            "PLAN\nTask number | Stage | Window | Short description\n"
            "CTASK11 | Contain | 0-2 h | stop the feed\nCTASK12 | Contain | 0-2 h | call the vet\n"
            "CTASK13 | Repair | 2-24 h | exchange the feed computer"
        ),
        (
            "Child links:\n8842 | Task | Contain 0-2h | stop the feed | Active\n"
            "8843 | Task | Contain 0-2h | call the vet | New\n"
            "8844 | Task | Repair 2-24h | exchange the feed computer | New"
        ),
        (
            "stage_1_name: Contain\nstage_1_window: 0 to 2 hours\n"
            "stage_1_actions: stop the feed; call the vet\nstage_2_name: Repair\n"
            "stage_2_window: 2 to 24 hours\nstage_2_actions: exchange the feed computer"
        ),
        (
            "Plan\nContain\nWindow: 0-2 h\n- stop the feed\n- call the vet\n"
            "Repair\nWindow: 2-24 h\n- exchange the feed computer"
        ),
        (
            "Recovery actions:\nContain (owner: Dana; window: 0-2 h)\n- stop the feed\n"
            "- call the vet\nRepair (owner: Raj; window: 2-24 h)\n- exchange the feed computer"
        ),
        (
            "Plan\n1) [0-2h] Contain: stop the feed; call the vet\n"
            "2) [2-24h] Repair: exchange the feed computer"
        ),
        (
            "Plan: (1) 0-2 h, Contain: stop the feed, call the vet; "
            "(2) 2-24 h, Repair: exchange the feed computer."
        ),
        "Plan\n0-2h Contain\nstop the feed\ncall the vet\n2-24h Repair\nexchange the feed computer",
        (
            "Plan:\n- Contain, 0 to 2 hours\n  1 stop the feed\n  2 call the vet\n"
            "- Repair, 2 to 24 hours\n  1 exchange the feed computer"
        ),
        (
            "Plan\nStream | Start | End | Work\nContain | 0 h | 2 h | stop the feed; call the vet\n"
            "Repair | 2 h | 24 h | exchange the feed computer"
        ),
        (
            "Plan\nPhase | Window | Actions\nContain | 0-2 h | stop the feed\n"
            " | | call the vet\nRepair | 2-24 h | exchange the feed computer"
        ),
        (
            "## Plan\n| Phase | When | What |\n|---|---|---|\n"
            "| 1 - Contain | 0-2 h | stop the feed<br>call the vet |\n"
            "| 2 - Repair | 2-24 h | exchange the feed computer |"
        ),
    ],
)
def test_stages_are_the_same_in_each_layout_of_a_tracker(text):
    assert stages(text) == _TWO


def test_the_owner_and_the_state_beside_a_stage_are_no_part_of_its_name_or_action():
    minuted = stages(
        "Decisions\n1. Contain, 0-3 h, owner Maria: shut valve 7\n2. Mend, 3-24 h: x y"
    )
    assert minuted[0] == ("Contain", 0, 3, ["shut valve 7"])
    told = "PLAN: contain 0-2h (done): stop turbine 3 | repair 2-16h (open): swap the encoder"
    assert stages(told) == [
        ("contain", 0, 2, ["stop turbine 3"]),
        ("repair", 2, 16, ["swap the encoder"]),
    ]
    owned = "Plan\nPhase 1: Triage (0-1 hour)\nOwner: Dana\nActions:\n  - pin the version"
    assert stages(owned) == [("Phase 1: Triage", 0, 1, ["pin the version"])]


def test_the_cell_of_a_drawn_table_goes_on_in_the_next_line():
    text = (
        "+---------+--------+--------------------+\n| Stage   | Window | Actions            |\n"
        "+---------+--------+--------------------+\n| Contain | 0-2 h  | Take the tills off |\n"
        "|         |        | the shared switch  |\n| Mend    | 2-9 h  | Reload the prices  |\n"
        "+---------+--------+--------------------+"
    )
    assert stages(text)[0] == ("Contain", 0, 2, ["Take the tills off the shared switch"])


@pytest.mark.parametrize(
    ("lines", "window"),
    [
        ("J+0 to J+1: stop the printers\nJ+1 to J+3: reload the firmware", (24, 72)),
        ("D+0 - D+4 Freeze the timetable\nD+4 - D+14 Publish the timetable", (96, 336)),
        ("W+0 to W+1: stop the printers\nW+1 to W+2: reload the firmware", (168, 336)),
        (
            "Soon (0 \u00e0 4 h) : stop the desks\nLater (4 \u00e0 24 h) : reload the tariff",
            (4, 24),
        ),
        ("0 bis 4 h: stop the desks\n4 bis 24 h: reload the tariff", (4, 24)),
    ],
)
def test_windows_are_read_in_the_habits_of_several_languages(lines, window):
    assert stages(f"Plan\n{lines}")[1][1:3] == window


def test_names_that_could_head_a_plan_stay_stages_beside_others():
    text = "Contain: stop the lifts (0-1 h)\nRepair: replace the relay (1-8 h)"
    assert [name for name, *_ in stages(text)] == ["Contain", "Repair"]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Plan\nPhase      Hours   Action\nContain    0-2     Stop the feed\n"
            "                   Call the vet\nRepair     2-24    Exchange the feed computer"
        ),
        (
            "Action items\nAI-1 Contain / 0-2 h / Priya: Stop the feed\n"
            "AI-2 Contain / 0-2 h / Lewis: Call the vet\n"
            "AI-3 Repair / 2-24 h / Priya: Exchange the feed computer"
        ),
        (
            "Stage     : Contain\nTimeframe : 0-2 hours\n"
            "Tasks     : a) Stop the feed b) Call the vet\n"
            "Stage     : Repair\nTimeframe : 2-24 hours\nTasks     : a) Exchange the feed computer"
        ),
        (
            "plan[0].name=Contain\nplan[0].window=0-2h\n"
            "plan[0].actions=Stop the feed; Call the vet\n"
            "plan[1].name=Repair\nplan[1].window=2-24h\nplan[1].actions=Exchange the feed computer"
        ),
        (
            "Plan\n* Contain\n  Window: 0-2 h\n  Actions: Stop the feed; Call the vet\n"
            "* Repair\n  Window: 2-24 h\n  Actions: Exchange the feed computer"
        ),
        (
            "PLAN STAGES\n1 Contain   T+0    T+2h    Stop the feed\n"
            "2 Contain   T+0    T+2h    Call the vet\n"
            "3 Repair    T+2h   T+24h   Exchange the feed computer"
        ),
        (
            "Plan in brief:\n0-2h Contain (Stop the feed; Call the vet) -> "
            "2-24h Repair (Exchange the feed computer)"
        ),
        (
            "Steps\nContain. Window: 0-2 h. Action: Stop the feed. Action: Call the vet.\n"
            "Repair. Window: 2-24 h. Action: Exchange the feed computer."
        ),
        (
            "| Work item | Horizon | Stage |\n|---|---|---|\n| Stop the feed | 0-2 h | Contain |\n"
            "| Call the vet | 0-2 h | Contain |\n| Exchange the feed computer | 2-24 h | Repair |"
        ),
        (
            "Plan\nHour 0-2, Contain, Stop the feed, Call the vet\n"
            "Hour 2-24, Repair, Exchange the feed computer"
        ),
        (
            "Sub-tasks\nContain (0-2 h)\n  OPS-41   Done          Stop the feed\n"
            "  OPS-42   In Progress   Call the vet\nRepair (2-24 h)\n"
            "  OPS-43   To Do         Exchange the feed computer"
        ),
    ],
)
def test_stages_are_the_same_in_each_layout_of_a_sheet(text):
    named = [
        (name, first, last, [a.lower() for a in told]) for name, first, last, told in stages(text)
    ]
    assert named == [
        (name, first, last, [a.lower() for a in told]) for name, first, last, told in _TWO
    ]


def test_a_contract_numbers_its_measures_and_says_the_hours_twice():
    text = (
        "REMEDIATION SCHEDULE\nB.1 Immediate Measures (within four (4) hours): the Supplier shall"
        " suspend the feed.\nB.2 Later Measures (within three (3) days): the Supplier shall reload"
        " the prices."
    )
    assert stages(text) == [
        ("Immediate Measures", 0, 4, ["suspend the feed"]),
        ("Later Measures", 0, 72, ["reload the prices"]),
    ]


def test_a_line_that_ends_in_a_colon_amid_sentences_goes_on_below():
    text = (
        "Engineering has promised two things. In the first 8 hours: return the topics to the old"
        " version. Between 8 and 96 hours:\nspread the topics over all of the brokers."
    )
    assert [one[1:] for one in stages(text)] == [
        (0, 8, ["return the topics to the old version"]),
        (8, 96, ["spread the topics over all of the brokers"]),
    ]


def test_two_verbs_of_work_are_two_actions_and_a_compound_verb_is_one():
    text = "Plan: in the first 2 hours we stop the sorter and hand-sort the parcels."
    assert stages(text) == [(None, 0, 2, ["stop the sorter", "hand-sort the parcels"])]


@pytest.mark.parametrize(
    "text",
    [
        (
            "+0h to +2h   Contain: stop the feed; call the vet\n"
            "+2h to +9d Repair: exchange the computer"
        ),
        (
            "[14:05] @dana: plan we gave them:\n[14:05] @dana: \u2022 Contain 0-2h: stop the feed, "
            "call the vet\n[14:05] @dana: \u2022 Repair 2-216h: exchange the computer"
        ),
        (
            "Plan: Contain within 2 h (stop the feed, call the vet), "
            "Repair 2-216 h (exchange the computer)."
        ),
        (
            "Mitigation plan:\nContain -> [0-2 h] -> stop the feed, call the vet\n"
            "Repair -> [2-216 h] -> exchange the computer"
        ),
        (
            "Plan_Stage: Contain; Plan_Window: 0-2 h; Plan_Actions: stop the feed, call the vet\n"
            "Plan_Stage: Repair; Plan_Window: 2-216 h; Plan_Actions: exchange the computer"
        ),
        (
            "Plan\nContain (0-2 h) - in progress\n  stop the feed - done\n  call the vet - open\n"
            "Repair (2-216 h)\n  exchange the computer"
        ),
        (
            "Plan\nStage     When      Who    What\nContain   0-2 h     Jo     Stop the feed\n"
            "                           Call the vet\n"
            "Repair    2-216 h   Eva    Exchange the computer"
        ),
    ],
)
def test_stages_are_the_same_in_chats_strings_and_rows_that_go_on(text):
    named = [
        (name, first, last, [a.lower() for a in told]) for name, first, last, told in stages(text)
    ]
    assert named == [
        ("Contain", 0, 2, ["stop the feed", "call the vet"]),
        ("Repair", 2, 216, ["exchange the computer"]),
    ]


def test_the_name_of_a_row_whose_window_stands_last_is_its_first_cell():
    text = (
        "Contain | open the gates; print the lists | 0-2 h | Ann | done\n"
        "Repair | rebuild the ticket index | 2-8 h | Bob | running"
    )
    assert stages(text) == [
        ("Contain", 0, 2, ["open the gates", "print the lists"]),
        ("Repair", 2, 8, ["rebuild the ticket index"]),
    ]


def test_the_number_of_the_next_promise_is_no_part_of_an_action():
    text = (
        "We shall (1) within 2 hours open the gates, (2) within 8 hours rebuild the index and"
        " (3) within 3 weeks mirror the index."
    )
    assert [actions for *_, actions in stages(text)] == [
        ["open the gates"],
        ["rebuild the index"],
        ["mirror the index"],
    ]


def test_the_clock_in_a_date_parts_no_name_from_its_action():
    text = "Plan\nBy 24 Nov, 18:00 - open a waiting room\nWithin 3 days - tune the pool"
    assert stages(text)[0] == ("By 24 Nov, 18:00", None, None, ["open a waiting room"])


def test_a_name_in_brackets_before_its_window_heads_the_bullets_below():
    text = (
        "Customer: Hale Mill\n\nResolution plan:\n[Contain] 0 h - 8 h\n  * restart the workers\n"
        "  * skip doubles\n[Improve] 10 - 15 business days\n  * give each mill a queue"
    )
    assert stages(text) == [
        ("Contain", 0, 8, ["restart the workers", "skip doubles"]),
        ("Improve", {"business_days": 10}, {"business_days": 15}, ["give each mill a queue"]),
    ]
