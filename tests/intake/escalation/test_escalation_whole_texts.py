"""Texts of one kind from end to end: a log that tells everything, its measurements and deeds."""

import re

import pytest

from impactcalc.intake.escalation import read_escalation

_LOGBOOK = """{title}
Client: Orrin Ferries

08:20  Boarding passes take 14 s to print, usual is 2 s. One pass in ten fails.
08:40  The service runs on 5 nodes in 2 availability zones.
08:50  The harbour counts about 600 affected recipients.
09:00  Plan agreed:
       Contain (0-2 h)
         - Swap the card readers
         - Copy the ledgers
09:30  Swapping card readers: 40 of 300
09:50  Swapping card readers: 90 of 300
"""


@pytest.mark.parametrize("title", ["CONTROL ROOM LOG", "Bridge diary", "STATUS UPDATE", "Timeline"])
def test_what_calls_the_whole_text_a_log_is_no_section_on_progress(title):
    facts = read_escalation(_LOGBOOK.format(title=title)).facts
    assert (facts.latency_normal_s, facts.latency_now_s, facts.error_rate) == (2, 14, 0.1)
    assert (facts.nodes, facts.zones, facts.users_affected) == (5, 2, 600)


def test_a_deed_with_its_share_in_several_entries_of_a_log_is_nobody_who_speaks():
    progress = read_escalation(_LOGBOOK.format(title="SHIFT LOG")).facts.progress
    assert progress == [{"action": "Swap the card readers", "state": "in_progress"}]


_SHEET = """CONCESSION SHEET      week 8

Client      Thornvale Piers       Case        TP-118
Impact      1 - High              State       Under watch
Opened      3 June 2026           Level       2
"""


@pytest.mark.parametrize("gap", ["      ", " | "])
def test_two_labels_on_each_row_of_a_sheet_have_a_value_each(gap):
    facts = read_escalation(re.sub(" {2,}", gap, _SHEET)).facts
    assert (facts.customer, facts.id, facts.status) == ("Thornvale Piers", "TP-118", "Under watch")
    assert (facts.created, facts.escalation_level, facts.priority) == ("2026-06-03", 2, None)


@pytest.mark.parametrize(("usual", "nodes"), [("10", 10), ("12", None)])
def test_a_count_of_nodes_is_no_fact_where_two_columns_differ(usual, nodes):
    table = f"""
Measure           During the incident     Normal          Remark
Lookup time       2.5 s                   200 ms          target in the paper: 1 s
Nodes             10                      {usual}              spread over 14 toll areas
"""
    assert read_escalation(table).facts.nodes == nodes


def test_a_stage_of_a_plan_may_be_called_as_a_section_is():
    text = """## Plan
### Remove the cause (45 minutes-2 days)
- Rewrite the tariff conversion
### Impact control (3-5 days)
- Alert on late tariffs
"""
    names = [stage.name for stage in read_escalation(text).stages]
    assert names == ["Remove the cause", "Impact control"]


_MINUTES = """MINUTES of the quarterly talk

1. Situation
The loan ledger answers slowly to all who use it at the counters of the house, it takes
4.5 seconds, where 600 ms would be normal.

2. Agreement
The credit union sees EUR 31,000 of fee income at risk per day. The credit is 10% of the fee below
99.99%, 20% below 99.9% and 50% below 99.0%.
Status agreed: Under joint observation.

3. Measures
3.1 Relief, hours 0 to 6
    - Route the loans through the second ledger
    - Relax the duplicate check

4. State of the measures
The loans were routed through the second ledger at noon, as all of us have seen.
The relaxing of the duplicate check is under way.

5. The house is disappointed and reserves all its rights in this matter.
"""


def test_numbers_with_a_dot_and_a_title_open_sections_that_paragraphs_fill():
    facts = read_escalation(_MINUTES).facts
    assert (facts.latency_normal_s, facts.latency_now_s) == (0.6, 4.5)
    assert (facts.revenue_at_risk_per_day, facts.currency) == (31000, "EUR")
    assert facts.credit_tiers == [
        {"below": 0.9999, "credit": 0.1},
        {"below": 0.999, "credit": 0.2},
        {"below": 0.99, "credit": 0.5},
    ]
    assert (facts.status, facts.sentiment) == ("Under joint observation", "negative")
    assert facts.progress == [
        {"action": "Route the loans through the second ledger", "state": "done"},
        {"action": "Relax the duplicate check", "state": "in_progress"},
    ]


def test_numbered_stages_between_blank_lines_are_no_sections():
    text = "Plan\n\n1. Contain (0-2 h)\n- Drain it all\n\n2. Repair (2-9 h)\n- Mend the shard\n\n"
    text += "3. Recovery (9-20 h)\n- Fill it again\n\n4. Follow-up (2-3 days)\n- Watch the shard\n"
    names = [stage.name for stage in read_escalation(text).stages]
    assert names == ["Contain", "Repair", "Recovery", "Follow-up"]


@pytest.mark.parametrize("noun", ["credit", "penalty", "discount"])
def test_what_the_contract_pays_is_no_failing_service(noun):
    assert read_escalation(f"The {noun} is 10% of the fee below 99.9%.").facts.service is None


_PRINTED = """LOAN REQUEST                                             Form 7-B

A  CUSTOMER
   Name ................. Saltmarsh Readers
   Ticket ............... 0007-4

B  CLASS                         (mark one with X)
   Severity ............. ( ) 1     (X) 2     ( ) 3
   Escalation ........... 2 (manager informed)

C  WHAT FAILS
   System ............... shelf finder

D  MOOD                          (mark one with X)
   ( ) satisfied   (X) neutral   ( ) dissatisfied
"""


def test_letters_before_titles_in_capitals_open_the_sections_of_a_form():
    facts = read_escalation(_PRINTED).facts
    assert (facts.customer, facts.id, facts.service) == (
        "Saltmarsh Readers",
        "0007-4",
        "shelf finder",
    )
    assert (facts.priority, facts.escalation_level, facts.sentiment) == ("high", 2, "neutral")


@pytest.mark.parametrize(("heading", "name"), [("Client details", "Alder Mills"), ("Caller", None)])
def test_a_name_is_that_of_its_section(heading, name):
    assert read_escalation(f"# INC-7\n\n## {heading}\n\nName: Alder Mills\n").facts.customer == name


@pytest.mark.parametrize("line", ["Clock: UTC", "All clocks UTC", "Zone: UTC", "Times: UTC"])
def test_a_zone_is_told_for_all_times_by_whatever_keeps_them(line):
    log = (
        f"{line}\n2026-09-19 07:58  OPENED  Cues reach us late.\n2026-09-19 08:40  NOTE  Two down."
    )
    assert read_escalation(log).facts.created == "2026-09-19T07:58:00+00:00"


@pytest.mark.parametrize(
    "answer",
    ["In 2 to 3 hours, I hope.", "Within 5 hours, we think.", "Within 5 hours you are back."],
)
def test_an_answer_that_estimates_the_end_is_no_stage(answer):
    talk = (
        "AGENT: Our plan. In the first 2 hours: roll back the build. From 2 to 10 hours: repair "
        f"the cache.\nCALLER: And when is it over?\nAGENT: {answer}\n"
    )
    assert len(read_escalation(talk).stages) == 2


def test_an_emphasised_name_with_its_window_behind_it_is_one_heading():
    text = "## Plan\n\n**Contain** (0-2 h)\n\n- Drain it\n\n**Repair** (2-5 days)\n\n- Mend it\n"
    assert [stage.name for stage in read_escalation(text).stages] == ["Contain", "Repair"]


@pytest.mark.parametrize("places", ["at 23 stations", "in 40 branches"])
def test_people_at_affected_places_are_counted_and_the_places_are_not(places):
    assert read_escalation(f"180 presenters {places} are affected.").facts.users_affected == 180


@pytest.mark.parametrize("mark", [">", "/", "\u203a"])
def test_a_path_ends_in_the_customer_and_a_message_head_names_its_writer(mark):
    text = (
        f"Teams {mark} Escalations {mark} Hartlane Playhouses\nPinned: ticket #1977\n\n"
        "[17:02] Bisi Oyelaran\nHartlane says the seat map hangs.\n\n"
        "[17:04] Bisi Oyelaran\n1 in 8 seat holds fails.\n"
    )
    assert read_escalation(text).facts.customer == "Hartlane Playhouses"


@pytest.mark.parametrize("mark", [">", "\u203a"])
def test_a_path_that_ends_in_one_word_names_nobody(mark):
    path = f"Intranet {mark} Service Management {mark} Stories"
    assert read_escalation(path).facts.customer is None
