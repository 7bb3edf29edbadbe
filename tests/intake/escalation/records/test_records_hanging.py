"""Values whose lines hang below their begin: the plan and the notes of an exported case."""

from __future__ import annotations

import pytest

from impactcalc.intake.escalation import read_escalation

_STAGES = [
    {
        "name": "Relief",
        "from_hours": 0,
        "to_hours": 4,
        "actions": ["drain node 2", "warm the caches"],
    },
    {"name": "Repair", "from_hours": 4, "to_hours": 24, "actions": ["replace the disk"]},
]
_PROGRESS = [
    {"action": "drain node 2", "state": "done"},
    {"action": "warm the caches", "state": "in_progress"},
]
_PLANS = {
    "numbers in brackets": (
        "[1] Relief (0-4 h)\n    - drain node 2\n    - warm the caches\n"
        "[2] Repair (4-24 h)\n    - replace the disk"
    ),
    "numbers": (
        "1. Relief (0-4 h)\n   * drain node 2\n   * warm the caches\n"
        "2. Repair (4-24 h)\n   * replace the disk"
    ),
    "one line a stage": (
        "Relief (0-4 h): drain node 2; warm the caches\nRepair (4-24 h): replace the disk"
    ),
}


def _field(name: str, value: str, column: int = 22) -> str:
    """Write a field whose lines stand below each other."""
    first, *others = value.split("\n")
    head = f"{name:{column - 2}}: {first}"
    return "\n".join((head, *(" " * column + line for line in others))) + "\n"


@pytest.mark.parametrize("plan", _PLANS.values(), ids=list(_PLANS))
@pytest.mark.parametrize("name", ["u_action_plan", "Recovery plan", "Remediation_Plan__c"])
def test_a_plan_that_hangs_below_its_field_is_read(name: str, plan: str) -> None:
    notes = "2026-05-02 11:30  node 2 drained\n2026-05-02 12:00  caches: warming is under way"
    text = (
        _field("number", "CS0048")
        + _field("account", "Alder Mills")
        + _field(name, plan)
        + _field("work_notes", notes)
        + _field("u_users_affected", "40")
        + _field("u_customer_mood", "Angry")
    )
    facts = read_escalation(text).facts
    assert facts.stages == _STAGES
    assert facts.progress == _PROGRESS
    assert (facts.users_affected, facts.sentiment) == (40, "negative")


def test_a_status_of_two_lines_stays_one_value() -> None:
    text = _field("Status", "Stable, but slow in\nthe mornings") + _field("Customer", "Alder Mills")
    facts = read_escalation(text).facts
    assert (facts.status, facts.customer) == ("Stable, but slow in the mornings", "Alder Mills")


def test_the_list_mark_of_a_note_names_the_action_with_its_number() -> None:
    text = (
        "number: CS0048\naction_plan:\n  [1] Relief | within 6 hours\n      1.1 Drain node 2\n"
        "      1.2 Warm the caches\n  [2] Repair | within 2 days\n      2.1 Replace the disk\n"
        "work_notes:\n  2026-05-02 12:00 UTC (a.reed)\n    1.2 is live in all halls.\n"
        "  2026-05-02 11:00 UTC (a.reed)\n    1.1 done at 10:50. 1.2 is live in one of 4 halls.\n"
    )
    facts = read_escalation(text).facts
    assert facts.progress == [
        {"action": "Drain node 2", "state": "done"},
        {"action": "Warm the caches", "state": "done"},
    ]


def test_numbered_comments_with_times_are_no_actions() -> None:
    text = (
        "Plan:\n* Relief (0-4 h): drain node 2\n\nComments:\n"
        "  [2] 2026-05-02 11:30  a.reed\n      Node 2 drained.\n"
        "  [1] 2026-05-02 10:10  a.reed\n      The vendor was informed.\n"
    )
    facts = read_escalation(text).facts
    assert facts.stages == [
        {"name": "Relief", "from_hours": 0, "to_hours": 4, "actions": ["drain node 2"]}
    ]


def test_lines_behind_a_tabulator_hang_below_a_value_behind_one() -> None:
    text = (
        "number:\tCS1\nplan:\tRelief (0-4 h): drain node 2; warm the caches\n"
        "\tRepair (4-24 h): replace the disk\nwork notes:\tnode 2 drained\n"
        "\tcaches: warming is under way\nstate:\tOpen\n"
    )
    facts = read_escalation(text).facts
    assert facts.stages == _STAGES
    assert facts.progress == _PROGRESS
    assert facts.status == "Open"
