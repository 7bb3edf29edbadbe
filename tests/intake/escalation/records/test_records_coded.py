"""Frames, running numbers and codes of actions, in sentences of their own."""

from impactcalc.intake.escalation import read_escalation


def facts_of(text):
    return read_escalation(text).facts


FRAMED = """+------------------------------------------------------------------+
| REPORT                        Customer: Tarn Pumps                |
| Product: dosing console       State: Under repair                 |
| Opened: 03/06/2026 (dd/mm/yyyy)    Escalation level: Level 2      |
+------------------------------------------------------------------+

A1  CREW
    Four people.

A2  WHAT WE SEE
    A dose takes 40 s instead of 4 s.

A3  HOLD (hours 0-6)
    A3.1  Stop the nightly export
    A3.2  Print the dose lists

A4  REPAIR (hours 6-30)
    A4.1  Replace the index of the lists

A5  LATER (no date)
    A5.1  Watch the export

SIGNS   o = open   + = started   * = closed   (blank = no report)
    A3.1 *      A3.2 +      A4.1 o      A5.1
"""


def test_a_frame_holds_fields_and_codes_stand_for_their_actions():
    facts = facts_of(FRAMED)
    assert (facts.customer, facts.service) == ("Tarn Pumps", "dosing console")
    assert (facts.status, facts.created) == ("Under repair", "2026-06-03")
    assert [
        (one["name"], one["from_hours"], one["to_hours"], one["actions"]) for one in facts.stages
    ] == [
        ("HOLD", 0, 6, ["Stop the nightly export", "Print the dose lists"]),
        ("REPAIR", 6, 30, ["Replace the index of the lists"]),
        ("LATER", None, None, ["Watch the export"]),
    ]
    assert {one["action"]: one["state"] for one in facts.progress} == {
        "Stop the nightly export": "done",
        "Print the dose lists": "in_progress",
        "Replace the index of the lists": "not_started",
    }


ORDERS = """SITUATION REPORT 2

A. REF        OP 12/26
B. CUSTOMER   Skerry Ferries
C. STATUS     Recovering
D. INTENT
   D1. PHASE ONE, H+0 to H+3: (i) close the second gate (ii) add two readers
   D2. PHASE TWO, H+3 to H+20: (i) rebuild the pass list
E. EXECUTION
   REPORT 01 (0700Z): D1(i) complete. D1(ii) 1 of 2.
   REPORT 02 (0900Z): D1(ii) complete. D2(i) waiting for approval.
"""


def test_letters_number_sections_and_small_numerals_actions():
    facts = facts_of(ORDERS)
    assert (facts.customer, facts.status) == ("Skerry Ferries", "Recovering")
    assert [(one["name"], one["to_hours"], one["actions"]) for one in facts.stages] == [
        ("PHASE ONE", 3, ["close the second gate", "add two readers"]),
        ("PHASE TWO", 20, ["rebuild the pass list"]),
    ]
    assert {one["action"]: one["state"] for one in facts.progress} == {
        "close the second gate": "done",
        "add two readers": "done",
        "rebuild the pass list": "not_started",
    }


def test_numbers_in_brackets_stand_for_actions_in_later_messages():
    text = """Customer: Gorse Dairies
Plan:
  Stage A, 0 - 2 h
    [1] divert the milk orders
    [2] shorten the labels
  Stage B, 2 - 12 h
    [3] renew the label server

Status:
[1] is in place everywhere. [2] has not been started.
"""
    facts = facts_of(text)
    assert [one["actions"] for one in facts.stages] == [
        ["divert the milk orders", "shorten the labels"],
        ["renew the label server"],
    ]
    assert {one["action"]: one["state"] for one in facts.progress} == {
        "divert the milk orders": "done",
        "shorten the labels": "not_started",
    }


def test_a_level_is_no_number_of_a_case():
    assert facts_of("Escalation: L2 since Monday\nCustomer: Tarn Pumps").id is None


def test_brackets_behind_a_date_tell_which_figure_is_the_day():
    day = "Customer: Tarn\nOpened: 04/07/2026 ({})"
    assert facts_of(day.format("dd/mm/yyyy")).created == "2026-07-04"
    assert facts_of(day.format("mm/dd/yyyy")).created == "2026-04-07"
    assert facts_of(day.format("local time")).created is None


def test_a_raised_dot_between_digits_is_a_decimal_point():
    facts = facts_of("Customer: Tarn\nUptime SLA: 99\u00b75 %")
    assert facts.sla_objective == 0.995
