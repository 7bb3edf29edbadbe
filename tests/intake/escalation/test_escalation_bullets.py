"""Bullets of every sort, with and without a gap, and signs of state that open a line."""

import pytest

from impactcalc.intake.escalation import read_escalation

TEXT = """Customer: Alder Tiles

What we have promised:

Relief, first 5 hours
{0}Switch off the preview
{0}Double the number of kiln workers
Repair, 5-30 hours
{0}Rebuild the order index
"""
ACTIONS = [
    ["Switch off the preview", "Double the number of kiln workers"],
    ["Rebuild the order index"],
]
BULLETS = [
    *("- ", "-", "* ", "\u2022 ", "\u2022", "\u30fb", "\u00b7 ", "\u25aa ", "\u25c6 ", "\u2219 "),
    *("\u25cf ", "\u27a4 ", "\u2794 ", "\u25ba ", "\u2023 ", "\u2192 ", "+ ", "o ", "\u2013 "),
]


@pytest.mark.parametrize("bullet", BULLETS)
def test_any_bullet_opens_an_action(bullet):
    stages = read_escalation(TEXT.format(bullet)).stages
    assert [stage.name for stage in stages] == ["Relief", "Repair"]
    assert [[one.text for one in stage.actions] for stage in stages] == ACTIONS


@pytest.mark.parametrize(
    ("sign", "state"),
    [
        ("\u2705 ", "done"),
        ("\u2714 ", "done"),
        ("\u2610 ", "not_started"),
        ("\u23f3 ", "in_progress"),
    ],
)
def test_a_sign_of_state_opens_an_action_and_tells_how_far_it_is(sign, state):
    reading = read_escalation(TEXT.format(sign))
    assert [[one.text for one in stage.actions] for stage in reading.stages] == ACTIONS
    assert {one.state.value for one in reading.progress} == {state}


@pytest.mark.parametrize("line", ["-5 degrees in the store", "-v is the flag", "\u2022", "-"])
def test_a_dash_before_a_figure_or_a_flag_is_no_bullet(line):
    text = f"Customer: Alder Tiles\n\nPlan\n- 0-4 h: Pause the kilns\n\nNotes\n{line}\n"
    assert [stage.name for stage in read_escalation(text).stages] == [None]
