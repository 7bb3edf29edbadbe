"""Rows and headings of a plan that end up in one stage, and labels that are no state."""

import pytest

from impactcalc.intake.escalation import read_escalation


def stages(text):
    return [
        (stage.name, [action.text for action in stage.actions])
        for stage in read_escalation(text).stages
    ]


def states(text):
    return {one.action.text: one.state.value for one in read_escalation(text).progress}


def test_rows_with_the_same_window_are_one_stage():
    text = (
        "## Plan\n\n| # | When | What | Where we are |\n|---|---|---|---|\n"
        "| 1 | 0-6 h | Drain the queue | done |\n| 1 | 0-6 h | Freeze the release | |\n"
        "| 2 | after 7 days | Split the shard | not started |\n"
        "| 2 | after 7 days | Retire the old host | 3 of 7 hosts |\n"
    )
    assert stages(text) == [
        (None, ["Drain the queue", "Freeze the release"]),
        (None, ["Split the shard", "Retire the old host"]),
    ]
    assert states(text) == {
        "Drain the queue": "done",
        "Split the shard": "not_started",
        "Retire the old host": "in_progress",
    }


def test_an_empty_first_cell_moves_no_cell():
    text = (
        "## Plan\n\n| Phase | Window | Action | State |\n|---|---|---|---|\n"
        "| Relief | 0-6 h | Drain the queue | done |\n"
        "|  | next quarter | Split the shard | not started |\n"
    )
    assert stages(text) == [("Relief", ["Drain the queue"]), ("next quarter", ["Split the shard"])]


@pytest.mark.parametrize("name", ["Repair", "Recovery", "Follow-up", "Cure"])
def test_the_name_of_a_stage_opens_no_section_of_its_own(name):
    text = f"Plan\nContain, 0-6 h:\n- Drain the queue\n{name}, 6-60 h:\n- Split the shard\n"
    assert stages(text) == [("Contain", ["Drain the queue"]), (name, ["Split the shard"])]


@pytest.mark.parametrize("order", ["Split the shard", "Roll back the driver", "Shut the old farm"])
@pytest.mark.parametrize(("words", "state"), [("not started", "not_started"), ("done", "done")])
def test_an_action_in_the_words_of_the_plan_tells_no_state_before_its_colon(order, words, state):
    text = f"Plan\n0-6 h:\n- {order}\n\nProgress\n- {order}: {words}\n"
    assert states(text) == {order: state}


@pytest.mark.parametrize("gap", ["", "    "])
def test_slashes_around_a_window_part_the_cells_of_a_row_however_long_it_is(gap):
    text = (
        f"Plan:\nRelief{gap} / 0-6 h{gap} / Drain the queue of the southern depot; freeze it all\n"
        f"Repair{gap} / 6-60 h{gap} / Split the shard\n"
    )
    first = ["Drain the queue of the southern depot", "freeze it all"]
    assert stages(text) == [("Relief", first), ("Repair", ["Split the shard"])]


@pytest.mark.parametrize(
    ("heads", "names"),
    [
        (("A  within 6 hours", "B  after the harvest"), (None, "after the harvest")),
        (("Relief   first 6 hours", "Care   next quarter"), ("Relief", "Care")),
        (("1. Within 6 hours", "2. After the harvest"), (None, "After the harvest")),
    ],
)
@pytest.mark.parametrize("indent", ["", "   "])
def test_a_letter_numbers_a_stage_and_a_gap_parts_name_and_window(heads, names, indent):
    lines = ["Plan"]
    for head, action in zip(heads, ("Drain the queue", "Split the shard"), strict=True):
        lines += [head, f"{indent}- {action}"]
    assert stages("\n".join(lines)) == [
        (names[0], ["Drain the queue"]),
        (names[1], ["Split the shard"]),
    ]
