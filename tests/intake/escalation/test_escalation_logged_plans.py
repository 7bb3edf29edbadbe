"""Plans in logs: a stage behind the tag of an entry, however the log parts its columns."""

from __future__ import annotations

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.figures.windows import find_span
from impactcalc.intake.escalation.states.state import State

_LOG = """INCIDENT LOG Q-77
Customer: Alder Mills
2026-05-02 10:00;OPENED;orders hang in the cold store
2026-05-02 10:05;FACT;40 of 900 clerks affected
2026-05-02 10:30;PLAN;Relief;0-4 h;drain node 2, warm the caches
2026-05-02 10:31;PLAN;Repair;4-24 h;replace the disk
2026-05-02 11:30;ACTION;node 2 drained
2026-05-02 12:30;STATE;Stable
"""
_STAGES = [
    {
        "name": "Relief",
        "from_hours": 0,
        "to_hours": 4,
        "actions": ["drain node 2", "warm the caches"],
    },
    {"name": "Repair", "from_hours": 4, "to_hours": 24, "actions": ["replace the disk"]},
]


@pytest.mark.parametrize("mark", [";", "\t", " | ", ",", "   "])
def test_a_log_parted_by_any_mark_tells_plan_state_and_progress(mark: str) -> None:
    facts = read_escalation(_LOG.replace(";", mark)).facts
    assert facts.stages == _STAGES
    assert facts.progress == [{"action": "drain node 2", "state": "done"}]
    assert (facts.status, facts.users_affected) == ("Stable", 40)


@pytest.mark.parametrize(
    "head",
    ["{} ({}): ", "{}, {}: ", "{} - {} - ", "{} | {} | "],
)
def test_the_name_of_a_stage_with_its_window_is_nobody_who_speaks(head: str) -> None:
    text = _LOG.replace(";", "  ")
    for name, window in (("Relief", "0-4 h"), ("Repair", "4-24 h")):
        text = text.replace(f"{name}  {window}  ", head.format(name, window))
    assert read_escalation(text).facts.stages == _STAGES


def test_cells_behind_the_window_are_actions_and_its_owner_is_none() -> None:
    text = (
        "10:00 [fact] the scanner is slow\n10:10 [plan] minutes 0-90 | restart the scanner gateway"
        " | mute the duplicate alarms\n10:11 [plan] 90 min - 12 h | load the backup | Mira Sand\n"
        "10:40 [did] scanner gateway restarted\n"
    )
    first = ["restart the scanner gateway", "mute the duplicate alarms"]
    assert read_escalation(text).facts.stages == [
        {"name": None, "from_hours": 0, "to_hours": 1.5, "actions": first},
        {"name": None, "from_hours": 1.5, "to_hours": 12, "actions": ["load the backup"]},
    ]


def test_minutes_by_their_numbers_count_from_nought() -> None:
    span = find_span("minutes 10 to 30")
    assert span is not None
    assert span.earliest is not None
    assert span.latest is not None
    assert (span.earliest.amount, span.latest.amount) == (600, 1800)


def test_semicolons_of_sentences_make_no_log() -> None:
    text = "Customer: Alder\n" + "2 nodes; one is down; the rest waits\n" * 4
    assert read_escalation(text).facts.customer == "Alder"


_HEAD = "INCIDENT LOG Q-77\nCustomer: Alder Mills\n"
_BEGIN = "10:00  OPENED  orders hang, 40 of 900 clerks affected\n"
_END = "10:50  ACTION  node 2 drained\n11:30  STATE   Stable\n"


@pytest.mark.parametrize(
    "plan",
    [
        (
            "10:30  PLAN    agreed with the customer:\n"
            "               Relief (0-4 h): drain node 2; warm the caches\n"
            "               Repair (4-24 h): replace the disk\n"
        ),
        (
            "10:30  PLAN    1) Relief, first 4 hours: drain node 2; warm the caches\n"
            "10:31  PLAN    2) Repair, 4 to 24 hours: replace the disk\n"
        ),
        (
            "10:30  PLAN/1  Relief (0-4 h): drain node 2; warm the caches\n"
            "10:31  PLAN/2  Repair (4-24 h): replace the disk\n"
        ),
        (
            "10:30  PLAN  Relief (within 4 h)\n       - drain node 2\n       - warm the caches\n"
            "10:31  PLAN  Repair (4-24 h)\n       - replace the disk\n"
        ),
    ],
    ids=["lines below", "list numbers", "numbered tags", "items below"],
)
def test_the_stages_of_an_entry_may_be_numbered_or_stand_below_it(plan: str) -> None:
    facts = read_escalation(_HEAD + _BEGIN + plan + _END).facts
    assert facts.stages == _STAGES
    assert (facts.status, facts.users_affected) == ("Stable", 40)


@pytest.mark.parametrize(
    "row",
    ['"2026-05-02 {0}","{1}","{2}"', "{0}Z;{1};{2}", "2026-05-02 {0};a.reed;{1};{2}"],
    ids=["quoted", "times alone", "with an author"],
)
def test_an_exported_log_may_quote_its_cells_or_name_an_author(row: str) -> None:
    mark = row.rpartition("{1}")[2].partition("{2}")[0]
    rows = (
        ("10:00", "OPENED", "orders hang"),
        ("10:30", "PLAN", mark.join(("Relief", "0-4 h", "drain node 2; warm the caches"))),
        ("10:31", "PLAN", mark.join(("Repair", "4-24 h", "replace the disk"))),
        ("11:30", "STATE", "Stable"),
    )
    facts = read_escalation(_HEAD + "".join(row.format(*one) + "\n" for one in rows)).facts
    assert facts.stages == _STAGES
    assert facts.status == "Stable"


_HUNG = """10:00  Ticket FH-22 opened.
10:20  {}
       {}
         - block the scraper
         - start the spare nodes
       {}
         - reload the price list
       {}
         - replace the card readers
10:50  Scraper blocked.
11:00  1 of 3 spare nodes started.
11:30  All spare nodes started.
"""


@pytest.mark.parametrize(
    ("opening", "heads", "names"),
    [
        (
            "Plan agreed with the shore office:",
            ("Relief (0-1 h)", "Repair (1-12 h)", "After the Easter traffic"),
            ["Relief", "Repair", "After the Easter traffic"],
        ),
        (
            "Rina: here is the plan:",
            ("Relief (within 1 hour)", "Repair (1-12 h)", "Later"),
            ["Relief", "Repair", "Later"],
        ),
        (
            "Plan for the day:",
            ("Relief, 0-1 h:", "Repair, 1-12 h:", "Prevention, later this month:"),
            ["Relief", "Repair", "Prevention"],
        ),
    ],
)
def test_all_stages_that_hang_below_one_entry_belong_to_its_plan(
    opening: str, heads: tuple[str, ...], names: list[str]
) -> None:
    reading = read_escalation(_HUNG.format(opening, *heads))
    assert [stage.name for stage in reading.stages] == names
    assert [len(stage.actions) for stage in reading.stages] == [2, 1, 1]
    assert [one.latest.amount for one in reading.stages if one.latest] == [3600, 12 * 3600]
    states = {one.action.text: one.state for one in reading.progress}
    assert states == {"block the scraper": State.DONE, "start the spare nodes": State.DONE}


@pytest.mark.parametrize("line", ["Ferry office:", "northern district"])
def test_a_line_below_an_action_that_heads_no_work_is_no_stage(line: str) -> None:
    below = "            - Marta Arden, duty phone" if line != "northern district" else ""
    text = (
        "10:20  Our plan:\n       Relief (0-1 h)\n         - block the scraper in the\n"
        f"       {line}\n{below}\n       Repair (1-12 h)\n         - reload the price list\n"
    )
    assert [stage.name for stage in read_escalation(text).stages] == ["Relief", "Repair"]


def test_a_logged_action_with_its_state_is_told_and_no_further_action():
    text = (
        "2026/04/13 08:52 UTC  PLAN       0 to 6 hours: flush the price cache\n"
        "2026/04/13 08:58 UTC  PLAN       next quarter: restart the quota service\n"
        "2026/04/13 08:59 UTC  WORK       Flush the price cache: in progress\n"
        "2026/04/13 09:04 UTC  WORK       The quota service has not been restarted yet\n"
    )
    reading = read_escalation(text)
    assert [len(stage.actions) for stage in reading.stages] == [1, 1]
    assert [one.state.value for one in reading.progress] == ["in_progress", "not_started"]
