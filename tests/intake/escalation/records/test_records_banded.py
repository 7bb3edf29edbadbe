"""Tables of actions whose stages stand in lines of their own between the rows."""

import pytest

from impactcalc.intake.escalation import read_escalation

STAGES = [("Relief", ["Drain the queue", "Pause the sync"]), ("Cure", ["Split the shard"])]
STATES = {
    "Drain the queue": "done",
    "Pause the sync": "in_progress",
    "Split the shard": "not_started",
}


def stages(text):
    return [
        (stage.name, [action.text for action in stage.actions])
        for stage in read_escalation(text).stages
    ]


def states(text):
    return {one.action.text: one.state.value for one in read_escalation(text).progress}


@pytest.mark.parametrize(
    ("relief", "cure"),
    [
        ("Relief (0-6 h)", "Cure (6-48 hours)"),
        ("Relief, first 6 hours", "Cure, 6 to 48 hours"),
        ("Relief: 0-6 h", "Cure: 6-48 h"),
        ("Relief - within 6 hours", "Cure - after 6 hours"),
    ],
)
@pytest.mark.parametrize("heading", ["4. Action list", "## Measures", "What we do about it"])
def test_a_band_between_the_rows_heads_those_below_it(heading, relief, cure):
    text = (
        f"{heading}\n\n   No.  Action              Owner    State\n   {relief}\n"
        "   1    Drain the queue     Ann      done\n   2    Pause the sync      Bob      3 of 7\n"
        f"   {cure}\n   3    Split the shard     Ann      not started\n\n5. Mood\n   Calm.\n"
    )
    assert stages(text) == STAGES
    assert states(text) == STATES


@pytest.mark.parametrize(
    "text",
    [
        (
            "| # | Measure | Who | Done |\n|---|---|---|---|\n| **Relief (0-6 h)** | | | |\n"
            "| 1 | Drain the queue | A | yes, done |\n| 2 | Pause the sync | B | in progress |\n"
            "| **Cure (6-48 h)** | | | |\n| 3 | Split the shard | Ann | not started |\n"
        ),
        (
            "No;Action;Owner;State\nRelief (0-6 hours);;;\n1;Drain the queue;Ann;done\n"
            "2;Pause the sync;Bob;half done\nCure (6-72 hours);;;\n3;Split the shard;Ann;open\n"
        ),
        (
            "Task                 Owner    Status\n-------------------  -------  ---------\n"
            "Relief, first 6 hours\nDrain the queue      Ann      done\n"
            "Pause the sync       Bob      in progress\n\nCure, 6 to 48 hours\n"
            "Split the shard      Ann      open\n"
        ),
    ],
)
def test_bands_stand_in_tables_of_any_drawing(text):
    assert stages(text) == STAGES
    assert states(text) == STATES


def test_a_report_by_number_beats_the_state_in_the_table():
    text = (
        "Action list\n\nNo.  Action            Owner   State\nRelief (0-6 hours)\n"
        "1    Drain the queue   Ann     1 of 3 hosts\nCure (6-72 hours)\n"
        "2    Split the shard   Bob     not started\n\nAddendum, 6 November 2026, 14:30 UTC\n"
        "Action 1 is complete. Action 2 has begun.\n"
    )
    assert states(text) == {"Drain the queue": "done", "Split the shard": "in_progress"}


def test_a_legend_beside_a_heading_is_no_header_of_a_table():
    text = (
        "6. Measures            legend: [x] finished   [/] begun   [ ] not begun\n"
        "   Relief (0 to 6 hours)\n      [x] Drain the queue\n      [/] Pause the sync\n"
        "   Cure (6 to 48 hours)\n      [ ] Split the shard\n"
    )
    assert stages(text) == STAGES


@pytest.mark.parametrize("mark", ["*Relief (first 6 hours)*", "Relief (first 6 hours)"])
def test_the_hashes_of_a_tracker_mark_items(mark):
    text = (
        f"Comments\n\nAnn Lee - 14/Oct/2026 11:52 UTC\nPlan:\n{mark}\n# Drain the queue\n"
        "# Pause the sync\n*Cure (6 to 12 hours)*\n# Split the shard\n\n"
        "Ann Lee - 14/Oct/2026 12:40 UTC\nThe queue is drained. The sync is paused for Europe, "
        "America follows.\nThe shard has not been touched.\n"
    )
    assert stages(text) == STAGES
    assert states(text) == STATES


def test_a_line_above_several_windows_names_the_plan_and_no_stage():
    text = (
        "promised\n next 6 h\n   * drain the queue\n 6 h - 3 days\n   * split the shard\n"
        "\nmood: calm\n"
    )
    assert stages(text) == [(None, ["drain the queue"]), (None, ["split the shard"])]


def test_a_postscript_speaks_of_the_numbers_in_the_table():
    text = (
        "4 Actions\n\n   Nr   What                Who     Status\n   At once (0-4 h)\n"
        "   4.1  Drain the queue     Ann     2 of 6\n   This week (4-72 h)\n"
        "   4.2  Split the shard     Bob     not begun\n\n"
        "Postscript, 14 January 2027, 15:00 UTC: 4.1 is complete. 4.2 has begun.\n"
    )
    assert states(text) == {"Drain the queue": "done", "Split the shard": "in_progress"}
