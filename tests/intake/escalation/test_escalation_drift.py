"""Layouts that drift from the house's: other marks, tables and heads of entries, plans in prose."""

import pytest

from impactcalc.intake.escalation import read_escalation

PLAN = "Plan\n----\n1. Now (0-2 hours)\n   - Drain the inbox\n   - Pause the crawler\n\n"


def facts(text):
    return read_escalation(text).to_document()["facts"]


def states(status):
    told = facts(f"{PLAN}Current Status\n--------------\n{status}\n")["progress"] or []
    return {one["action"]: one["state"] for one in told}


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        ("* (/) Drain the inbox", {"Drain the inbox": "done"}),
        ("* (x) Pause the crawler", {"Pause the crawler": "not_started"}),
        ("- The crawler is still running", {"Pause the crawler": "not_started"}),
        ("- Pausing the crawler: refused by the customer", {"Pause the crawler": "not_started"}),
        ("- The crawler was left on", {"Pause the crawler": "not_started"}),
        ("- Inbox backlog is gone", {"Drain the inbox": "done"}),
    ],
)
def test_marks_and_words_of_state(status, wanted):
    assert states(status) == wanted


def test_boxes_count_where_a_line_explains_them():
    text = PLAN.replace("- Drain", "[x] Drain").replace("- Pause", "[ ] Pause")
    told = facts(f"{text}([x] done, [ ] open)\n")["progress"]
    assert [one["state"] for one in told] == ["done", "not_started"]


ENTRIES = """Service status - customer view: Larch Savings
Component: Giro service

2026-02-03 14:00 UTC - Resolved
The filter has been removed.

2026-02-03 12:30 UTC - Identified
Within the next 2 hours we remove the filter, within the next 3 days we audit the rules.

2026-02-03 12:00 UTC - Investigating
4% of transfers fail. A transfer takes 9 s, usually 2 s.
"""


def test_entries_headed_by_date_and_state_are_read_newest_first():
    told = facts(ENTRIES)
    assert (told["customer"], told["status"]) == ("Larch Savings", "Resolved")
    assert told["progress"] == [{"action": "remove the filter", "state": "done"}]
    assert told["error_rate"] == 0.04
    assert (told["latency_normal_s"], told["latency_now_s"]) == (2, 9)


def test_columns_called_before_and_now_tell_the_pair():
    told = facts(
        "Figures\n-------\n| Measure | Before | Now |\n|---|---|---|\n"
        "| Export time | 30 s | 5 min |\n| Failed exports | 1 % | 14 % |\n"
    )
    assert (told["latency_normal_s"], told["latency_now_s"]) == (30, 300)
    assert told["error_rate"] == 0.14


def test_a_text_of_labels_and_semicolons_is_a_table():
    told = facts(
        "Ticket;LF-31\nCustomer;Linnet Foods\nSeverity;2\nStatus;Parked (legal)\n\n"
        "Plan\n0-3 h;restart the listener\n1-2 weeks;add a second listener\n"
    )
    assert (told["id"], told["customer"], told["status"]) == (
        "LF-31",
        "Linnet Foods",
        told["status"],
    )
    assert told["status"] == "Parked (legal)"
    assert [stage["to_hours"] for stage in told["stages"]] == [3, 336]


@pytest.mark.parametrize(
    ("text", "field", "wanted"),
    [
        ("Current state .. Parked", "status", "Parked"),
        ("The case has been open since 4 May 2026.", "created", "2026-05-04"),
        ("The contract (EUR 900 monthly) promises 99.9%.", "monthly_fee", 900),
        ("The contract caps credits at EUR 900 a month.", "monthly_fee", None),
        ("A look-up needs 20 s, on a good day 1.5 s.", "latency_normal_s", 1.5),
        ("Since Monday a scan takes 30 s, where they used to wait 2 s.", "latency_now_s", 30),
        ("Every ninth call fails.", "error_rate", 1 / 9),
        ("12 brokers, RF=3, 3 AZs", "nodes", 12),
        ("We handle it with high priority.", "priority", "high"),
        ("Roughly 700 nurses feel it.", "users_affected", 700),
        ("They risk 700 CHF per hour of fares.", "revenue_at_risk_per_day", 16800),
        ("Some 80 guests have seen it.", "users_affected", 80),
        ("1 in 4 log-ins shows a blank page.", "error_rate", 0.25),
        ("Our case NR-3315 is open.", "id", "NR-3315"),
        ("Three storage nodes of nine are rebuilding.", "nodes", None),
        ("The file list is slow, 15 to 20 seconds.", "latency_now_s", [15, 20]),
        ("We earn SEK 700 per month with them.", "monthly_fee", 700),
        ("On 4 May 2026 their head of sales escalated it.", "escalated", "2026-05-04"),
        ("They are worried. In one word: neutral.", "sentiment", "neutral"),
        ("First we read 900 clerks affected, but both were wrong.", "users_affected", None),
    ],
)
def test_a_phrase_tells_its_fact(text, field, wanted):
    value = facts(f"Notes\n=====\n\n{text}\n")[field]
    assert value == (pytest.approx(wanted) if isinstance(wanted, float) else wanted)


@pytest.mark.parametrize(
    ("title", "name", "service"),
    [
        ("# Larch Savings: giro transfers", "Larch Savings", "giro transfers"),
        ("Escalation brief: Larch Savings (case LS-4)", "Larch Savings", None),
        ("MEMORANDUM", None, None),
    ],
)
def test_a_title_names_customer_and_thing(title, name, service):
    told = facts(f"{title}\n\nNothing more is known.\n")
    assert (told["customer"], told["service"]) == (name, service)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Impatient and angry at first, but I would call it neutral.", "neutral"),
        (
            "Shift leads are angry, but the overall relationship is good. Overall: neutral.",
            "neutral",
        ),
    ],
)
def test_what_sums_the_mood_up_decides(words, wanted):
    assert facts(f"Mood\n----\n{words}\n")["sentiment"] == wanted


def test_and_parts_two_actions_of_a_plan_in_prose():
    told = facts(
        "Plan\n----\nWithin the first 3 hours we reroute calls and disable the beep. "
        "Between 3 hours and 2 days we replace the tone and ring files.\n"
    )
    assert [stage["actions"] for stage in told["stages"]] == [
        ["reroute calls", "disable the beep"],
        ["replace the tone and ring files"],
    ]


def test_a_week_onwards_has_no_end():
    told = facts("Plan\n----\n1. **0-3 h**: roll it back\n2. **Week 2 onwards**: test each card\n")
    assert [(one["from_hours"], one["to_hours"]) for one in told["stages"]] == [(0, 3), (168, None)]


def test_a_miscounted_number_gives_way_to_its_correction():
    text = "- Affected Users: 900 clerks\n\nAffected are 70 clerks, the 900 was a counting error.\n"
    assert facts(f"Impact\n------\n{text}")["users_affected"] == 70


def test_the_middle_of_a_huge_text_is_left_out_with_a_warning():
    kinds = [f"{a}{b} of lane{c}" for a in "abcdefghij" for b in "klmnopqrst" for c in "uvwxyz"]
    lines = [f"Heap {kind} {verb} 7 MB" for verb in ("holds", "keeps", "owns") for kind in kinds]
    lines = [line + " of pages that nobody reads" * 4 for line in lines]
    text = "\n".join(["Customer: Linnet Foods", *lines[:900], "Priority: P2", *lines[900:]])
    reading = read_escalation(text + "\nStatus: Parked since 3 May\n").to_document()
    told = reading["facts"]
    assert (told["customer"], told["priority"]) == ("Linnet Foods", "high")
    assert told["status"] == "Parked since 3 May"
    assert any("searched at both ends" in one["message"] for one in reading["warnings"])


def test_definitions_of_a_wiki_stand_below_their_terms():
    text = (
        "== Plan ==\n; Now (0 to 1 hour)\n: Roll it back\n; Next (1 to 9 hours)\n: Mend the check\n"
    )
    told = facts(text)["stages"]
    assert [(one["name"], one["actions"]) for one in told] == [
        ("Now", ["Roll it back"]),
        ("Next", ["Mend the check"]),
    ]


def test_a_step_is_told_by_its_number_in_words():
    text = "Plan\n----\n1. 0-2 h: drain it\n2. 2-9 h: mend the check\n\nStatus\n------\n"
    told = facts(f"{text}- Nothing has been done for the second step.\n")["progress"]
    assert told == [{"action": "mend the check", "state": "not_started"}]


def test_weeks_later_open_a_stage_of_their_own():
    told = facts("Plan:\n- 0-3 hours: drain it\n- 2 weeks later: split the base\n")["stages"]
    assert [(one["from_hours"], one["to_hours"]) for one in told] == [(0, 3), (336, None)]


def test_the_label_of_an_action_is_no_state():
    assert states("- Pausing the crawler: waits for legal") == {"Pause the crawler": "not_started"}


def test_the_date_of_a_title_is_no_window():
    told = facts(
        "Call notes - Linnet Foods - 4 May 2026\n\n- they opened it on 1 May 2026 and escalated it "
        "today\n\nwhat we told them\n * within the next 2 hours\n     - drain the inbox\n"
        " * after the summer break\n     - retire the inbox\n"
    )
    assert [stage["name"] for stage in told["stages"]] == [None, "after the summer break"]
    assert (told["created"], told["escalated"]) == ("2026-05-01", "2026-05-04")
