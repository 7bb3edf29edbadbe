"""Exports of spreadsheets: sections, single records, plans with codes."""

from impactcalc.intake.escalation import read_escalation


def facts_of(text):
    return read_escalation(text).facts


SECTIONS = """\
section;no;field;value;state
head;;ticket no.;0051177;
head;;customer;"Brackwater Dairies; North";
head;;status;In work;
impact;;people;1.150 drivers;
impact;;loading list now;3,5 s;
impact;;loading list usual;0,5 s;
plan;1;At once (0-4 h);Print the lists by hand;D
plan;1;At once (0-4 h);Stop the price import;W
plan;2;This week (1-3 days);Repair the price import;N
legend;;D;done;
legend;;W;being worked on;
legend;;N;not begun;
"""


def test_rows_of_sections_are_labels_with_values():
    facts = facts_of(SECTIONS)
    assert (facts.id, facts.customer) == ("0051177", "Brackwater Dairies; North")
    assert (facts.status, facts.users_affected) == ("In work", 1150)
    assert (facts.latency_normal_s, facts.latency_now_s) == (0.5, 3.5)


def test_rows_of_a_plan_are_actions_with_the_states_of_the_legend():
    facts = facts_of(SECTIONS)
    assert [(one["name"], one["to_hours"]) for one in facts.stages] == [
        ("At once", 4),
        ("This week", 72),
    ]
    assert [one["state"] for one in facts.progress] == ["done", "in_progress", "not_started"]


def test_one_row_below_the_names_of_facts_is_a_record():
    facts = facts_of(
        "number,customer,priority,state,opened_at\n"
        'INC0077,"Fennick, Sons & Co",2 - High,Resolved,2026-02-03 10:00 UTC\n'
    )
    assert (facts.id, facts.customer) == ("INC0077", "Fennick, Sons & Co")
    assert (facts.priority, facts.status) == ("high", "Resolved")


def test_a_sentence_with_commas_is_no_row():
    facts = facts_of("It is slow, wide, and late.\nStatus, they say, is fine.\n")
    assert facts.status is None


def test_two_fields_on_a_line_are_no_label_and_value():
    text = "Prio: P2; Nodes: 3\nMonthly subscription: CHF 2600; ARR: CHF 530000\nAZs: 3; RF: 3\n"
    facts = read_escalation(text).facts
    assert (facts.monthly_fee, facts.arr) == (2600, 530000)
