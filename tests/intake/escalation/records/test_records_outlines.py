"""Outlines, lists that are tables, terms with windows, halves of a place."""

from impactcalc.intake.escalation import read_escalation


def facts_of(text):
    return read_escalation(text).facts


OUTLINE = """\
* Escalation board                                   :retail:
** Customer: Cornbriar Grocers
   - case :: 9001-X
   - status :: Vendor engaged
   - opened :: <2026-08-20 Thu 16:30 UTC>
** Plan
*** Stopgap [0-12h]
    - [X] push the price changes by hand
*** Fix [12-96h]
    - [ ] compare shelf and till prices
"""


def test_stars_open_headings_where_items_have_another_mark():
    facts = facts_of(OUTLINE)
    assert (facts.id, facts.customer) == ("9001-X", "Cornbriar Grocers")
    assert facts.created == "2026-08-20T16:30:00+00:00"
    assert [(stage["name"], stage["to_hours"]) for stage in facts.stages] == [
        ("Stopgap", 12),
        ("Fix", 96),
    ]


def test_a_list_of_pairs_is_a_table_of_fields():
    facts = facts_of(
        ".. list-table::\n   :header-rows: 1\n\n   * - What\n     - Value\n"
        "   * - Users affected\n     - about 2,150\n   * - Renewal\n     - 2027-02-28\n"
    )
    assert (facts.users_affected, facts.renewal_date) == (2150, "2027-02-28")


def test_a_term_with_its_window_below_is_a_stage():
    facts = facts_of(
        "Plan\n~~~~\n\nContain\n    *0 to 1 hour*\n\n    - Lower the bit rate\n"
        "    - Close bidding later\n\nFix\n    *1 to 9 hours*\n\n    - Roll the servers back\n"
    )
    assert [(stage["name"], len(stage["actions"])) for stage in facts.stages] == [
        ("Contain", 2),
        ("Fix", 1),
    ]


def test_two_labels_of_one_place_have_a_value_each():
    facts = facts_of(
        "Customer: Alder\nOpened / escalated: 11.01.2026 / 13.01.2026\nNodes / AZ   6 / 2"
    )
    assert (facts.created, facts.escalated) == ("2026-01-11", "2026-01-13")
    assert (facts.nodes, facts.zones) == (6, 2)


def test_labels_between_bars_need_no_colon():
    facts = facts_of("Case 77-A/2026 | priority critical | state Rolling back | level 2\n")
    assert (facts.priority, facts.status, facts.escalation_level) == ("critical", "Rolling back", 2)
