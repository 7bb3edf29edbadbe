"""Shapes of plans: what may name a stage, what hangs below a window, what is said twice."""

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.reading import plain_edge


def stages(text):
    return [
        (stage.name, [action.text for action in stage.actions])
        for stage in read_escalation(text).stages
    ]


def windows(text):
    return [
        (stage.name, *map(plain_edge, (stage.earliest, stage.latest)))
        for stage in read_escalation(text).stages
    ]


def test_a_sentence_before_a_list_names_no_stage():
    text = (
        "Subject: Kiln sensors late\n\nIt is the evening of day one, and this is how far we are "
        "with the list of this morning (below):\n- The importer was stopped at noon.\n\n"
        "> Plan\n> Contain (0-6 h)\n>   - stop the importer\n"
    )
    assert stages(text) == [("Contain", ["stop the importer"])]


@pytest.mark.parametrize("bracket", ["(-)", "(\u2013)", "(\u00e2\u20ac\u201c)", "[?]"])
def test_a_bracket_without_a_word_is_no_part_of_a_name(bracket):
    text = f"Plan\n1. Contain (0-6 h):\n   - stop it\n2. Long term {bracket}:\n   - split it\n"
    assert windows(text) == [("Contain", 0, 6), ("Long term", None, None)]


def test_a_name_keeps_both_of_its_brackets():
    text = "Plan\nContain (part one), 0-6 h:\n- stop it now\nRepair, 6-9 h:\n- mend it\n"
    assert stages(text)[0][0] == "Contain (part one)"


def test_a_plan_that_a_message_quotes_again_is_read_once():
    text = (
        "[09:05] Ada Quill\nPlan:\nnow - 45 min: drain the kiln, restart the feeder\n"
        "45 min - 8 h: replay lost batches\n\n[10:20] Ada Quill\n"
        "> Plan: now - 45 min: drain the kiln, restart the feeder\nkiln drained\n"
    )
    assert stages(text) == [
        (None, ["drain the kiln", "restart the feeder"]),
        (None, ["replay lost batches"]),
    ]


@pytest.mark.parametrize(
    "when", ["by half-term", "by the cup final", "some time in May", "towards the end of June"]
)
def test_a_time_that_no_hours_can_tell_names_its_stage(when):
    text = f"Plan:\n0-2 h: drain the kiln\n{when}: replace the feeder\n"
    assert windows(text) == [(None, 0, 2), (when, None, None)]


def test_a_label_of_time_beside_windows_is_a_stage():
    text = "Plan:\n0-2 h: drain the kiln\nat the next board meeting: choose a second site\n"
    assert stages(text)[1] == ("at the next board meeting", ["choose a second site"])


@pytest.mark.parametrize("bullet", ["- ", "* ", "", "1. "])
def test_lines_below_a_mere_window_are_actions_without_bullets(bullet):
    text = (
        f"we promised\n  {bullet}by tonight\n       kill the report query\n"
        f"  {bullet}within the next three days\n       add the missing depot index for them\n"
        "       send the report reads to the replica\n"
    )
    assert stages(text) == [
        ("by tonight", ["kill the report query"]),
        (
            None,
            ["add the missing depot index for them", "send the report reads to the replica"],
        ),
    ]


@pytest.mark.parametrize("box", ["[Contain | 0-3 h]", "(Contain; 0-3 h)", "{Contain: 0-3 h}"])
@pytest.mark.parametrize("label", ["Plan\n", "Action plan: "])
def test_a_stage_in_brackets_stands_before_its_actions(label, box):
    other = box.replace("Contain", "Repair").replace("0-3", "3-18")
    pad = " " * len(label) if label[-1] == " " else ""
    text = f"Ticket: 7\n{label}{box} Pin the cache; Block the bot\n{pad}{other} Rebuild the index\n"
    assert stages(text) == [
        ("Contain", ["Pin the cache", "Block the bot"]),
        ("Repair", ["Rebuild the index"]),
    ]


def test_what_somebody_heard_is_no_stage():
    text = (
        "Dear Ms Vail,\n\nThis is what will be done. Within six hours: pause the export. Between "
        "six and thirty hours: rebuild the index. I understand from this morning's call that the "
        "export was paused on Tuesday evening, and that the rebuild has been booked for "
        "Thursday night.\n"
    )
    assert stages(text) == [(None, ["pause the export"]), (None, ["rebuild the index"])]


def test_a_verb_and_what_it_is_done_to_are_no_phrase_of_the_calendar():
    text = "Plan\n- 0-2 h: drain it now\n- before anything else happens there: freeze releases\n"
    assert stages(text)[1] == ("before anything else happens there", ["freeze releases"])
