"""Printed forms: ticked options, characters in boxes, several fields on a line."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts_of(text):
    return read_escalation(text).facts


FORM = """\
SERVICE ESCALATION SHEET

 No.  [ 0 0 8 1 4 ]
 Customer ........: Wendover Mills
 System concerned : [ ] web shop   [x] weighing software   [ ] stores
 Priority ........: [ ] critical   [ ] high   [x] medium   [ ] low
 Level ...........: ( ) 1   ( ) 2   (x) 3
 Opened on .......: 6 May 2026, 7.40 am EDT
 2. Who is concerned?   [x] number known: 75 millers      [ ] not known
 3. Revenue at risk     [x] yes: $4,200 per day           [ ] no
 4. Agreed availability [ ] 99%   [ ] 99.9%   [x] 99.95%
 5. Monthly fee         US$ 3,000 [crossed out]   US$ 3,400
 6. Measures            legend: [x] finished   [/] begun   [ ] not begun
    A. First shift (0 to 8 hours)
       [x] Roll the scales back
       [/] Print missing slips
 7. How do they feel?   [ ] satisfied   [x] dissatisfied
"""


def test_the_ticked_option_is_the_value():
    facts = facts_of(FORM)
    assert (facts.service, facts.priority) == ("weighing software", "medium")
    assert (facts.escalation_level, facts.sla_objective) == (3, 0.9995)
    assert facts.sentiment == "negative"


def test_what_an_option_is_completed_with_is_the_value():
    facts = facts_of(FORM)
    assert (facts.users_affected, facts.revenue_at_risk_per_day) == (75, 4200)


def test_characters_in_boxes_are_a_word_and_what_is_crossed_out_does_not_count():
    facts = facts_of(FORM)
    assert (facts.id, facts.monthly_fee) == ("00814", 3400)
    assert facts.created == "2026-05-06T07:40:00-04:00"


def test_a_legend_and_the_boxes_of_a_plan_stay():
    states = {one["action"]: one["state"] for one in facts_of(FORM).progress}
    assert states == {"Roll the scales back": "done", "Print missing slips": "in_progress"}


def test_no_ticked_option_gives_no_value():
    facts = facts_of("Customer: Alder\nPriority: [ ] high  [ ] low\nLevel: [ ] 1  [ ] 2\n")
    assert (facts.priority, facts.escalation_level) == (None, None)


def test_options_below_their_question():
    facts = facts_of("Priority\n [ ] critical\n [x] high\n [ ] medium\nStatus: Open\n")
    assert (facts.priority, facts.status) == ("high", "Open")


@pytest.mark.parametrize("gap", ["      ", "\t\t", "  |  "])
def test_fields_side_by_side(gap):
    facts = facts_of(
        f"Customer: Ulvik Castings{gap}Our no.: 26-1140\nSeverity: Sev-1{gap}Level: 2\n"
        f"Opened 2026-10-05 09:12 UTC{gap}Escalated 2026-10-05 10:30 UTC\n"
    )
    assert (facts.customer, facts.id) == ("Ulvik Castings", "26-1140")
    assert (facts.priority, facts.escalation_level) == ("critical", 2)
    assert facts.created == "2026-10-05T09:12:00+00:00"
    assert facts.escalated == "2026-10-05T10:30:00+00:00"
