"""Plans whose lines hold both window and action, in lists, columns, chats and promises."""

import pytest

from impactcalc.intake.escalation import read_escalation


def stages(text):
    found = read_escalation(text).to_document()["facts"]["stages"] or []
    return [
        tuple(stage[key] for key in ("name", "from_hours", "to_hours", "actions"))
        for stage in found
    ]


@pytest.mark.parametrize(
    "line",
    [
        "- 0-2 h - rebuild the queue",
        "- 0-2h: rebuild the queue",
        "- rebuild the queue (0-2h)",
        "- rebuild the queue - 0 to 2 hours",
        "- rebuild the queue within 2 hours",
        "1) within the next 2 hours: rebuild the queue",
        "Now to 2 hours      rebuild the queue",
        "[ ] rebuild the queue  (first 2 hours)",
        "- now-2 h \u2013 rebuild the queue.",
    ],
)
def test_a_line_of_a_plan_may_hold_window_and_action(line):
    assert stages(f"Recovery plan\n\n{line}\n") == [(None, 0, 2, ["rebuild the queue"])]


def test_lines_with_the_same_window_are_one_stage():
    text = "Mitigation:\n - 0-1h - stop the importer\n - 0-1h - drain it\n - 1-6h - refill it\n"
    assert stages(text) == [
        (None, 0, 1, ["stop the importer", "drain it"]),
        (None, 1, 6, ["refill it"]),
    ]


def test_an_ordinal_before_the_action_names_the_stage():
    text = "Agreed:\n  first: stop the importer (within 2 hours)\n  then: refill it (1-2 days)\n"
    assert stages(text) == [
        ("first", 0, 2, ["stop the importer"]),
        ("then", 24, 48, ["refill it"]),
    ]


@pytest.mark.parametrize("window", ["By 24 Nov, 18:00", "until 3 May", "In January", "soon"])
def test_a_calendar_phrase_before_the_action_stays_as_the_name(window):
    assert stages(f"Plan\n====\n{window} - refill the queue\n") == [
        (window, None, None, ["refill the queue"])
    ]


def test_a_list_that_no_heading_calls_a_plan_needs_two_windows():
    assert stages("To do\n- stop it (0-2 h)\n- refill it (2-8 h)\n") == [
        (None, 0, 2, ["stop it"]),
        (None, 2, 8, ["refill it"]),
    ]
    assert stages("Symptoms\n- a replay takes a night (0-2 h)\n") == []


def test_a_chat_tells_windows_one_after_the_other():
    text = "10:08 ops: next 30 minutes: stop the importer. then until 4h: refill the queue."
    assert stages(text) == [
        (None, 0, 0.5, ["stop the importer"]),
        (None, 0, 4, ["refill the queue"]),
    ]


def test_a_promise_may_end_in_its_window():
    text = "We promised to stop the importer within 2 hours and to refill the queue within 3 days."
    assert stages(text) == [
        (None, 0, 2, ["stop the importer"]),
        (None, 0, 72, ["refill the queue"]),
    ]


def test_the_last_sentence_of_a_paragraph_may_announce_the_plan():
    text = "2026-03-11 09:30 CET - The owner called. Plan agreed:\n  Step 1 (0-6 h): stop it now\n"
    assert stages(text) == [("Step 1", 0, 6, ["stop it now"])]


def test_progress_may_name_stages_by_number():
    text = (
        "Plan\n| # | Action | Target |\n| 1 | Stop the importer | 0-2 h |\n"
        "| 2 | Refill the queue | 2-9 h |\n\nProgress\n1: done 13:05\n2: not started\n"
    )
    assert read_escalation(text).facts.progress == [
        {"action": "Stop the importer", "state": "done"},
        {"action": "Refill the queue", "state": "not_started"},
    ]


def test_a_verb_that_is_denied_has_not_happened():
    text = (
        "Plan:\n1. Immediate (0-4 hours):\n   - Restart the proxy\n\n"
        "Current Status:\n- The proxy was not restarted\n"
    )
    assert read_escalation(text).facts.progress == [
        {"action": "Restart the proxy", "state": "not_started"}
    ]


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        ("day 2-5", 24, 120),
        ("day 1", 0, 24),
        ("weeks 2 to 3", 168, 504),
        ("hours 4-8", 4, 8),
        ("00:30-01:30 h", 0.5, 1.5),
        ("+2h to +6h", 2, 6),
        ("T+2h to T+6h", 2, 6),
    ],
)
def test_days_are_counted_from_one_and_hours_from_zero(window, first, last):
    assert stages(f"Plan:\n- {window}: refill the queue\n") == [
        (None, first, last, ["refill the queue"])
    ]
