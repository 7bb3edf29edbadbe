"""Assignments: exports of ticket systems as ``name=value``, and the boxes of wikis."""

from impactcalc.intake.escalation import read_escalation


def facts_of(text):
    return read_escalation(text).facts


EXPORT = """\
number=PRB0031177
company=Alder & Finch Opticians
cmdb_ci=lens ordering portal
priority=3 - Moderate
state="On Hold"
opened_at=2026-05-04 08:15 UTC
u_escalation_level=2
short_description=Orders hang in the basket
description=An order takes 20 s since Monday, before that 3 s.
 About 310 opticians are affected.
u_revenue_at_risk=EUR 70,000 per week
u_plan=
 Relief, 0-6 hours
 [x] Restart the basket service
 [ ] Raise the session limit
 Cure, 6 hours to 4 days
 [ ] Rewrite the basket query
u_plan_legend=[x] done, [ ] not started
work_notes=
 04.05.2026 11:20 session limit raised
"""


def test_names_with_values_are_facts():
    facts = facts_of(EXPORT)
    assert facts.id == "PRB0031177"
    assert facts.customer == "Alder & Finch Opticians"
    assert facts.service == "lens ordering portal"
    assert facts.priority == "medium"
    assert facts.status == "On Hold"
    assert facts.escalation_level == 2
    assert facts.users_affected == 310
    assert facts.revenue_at_risk_per_day == 10_000
    assert (facts.latency_normal_s, facts.latency_now_s) == (3, 20)


def test_values_of_several_lines_keep_their_lists():
    facts = facts_of(EXPORT)
    assert [stage["name"] for stage in facts.stages] == ["Relief", "Cure"]
    assert facts.stages[0]["actions"] == ["Restart the basket service", "Raise the session limit"]
    states = {one["action"]: one["state"] for one in facts.progress}
    assert states["Restart the basket service"] == "done"
    assert states["Raise the session limit"] == "done"  # the newer note


def test_the_line_of_a_fact_is_that_of_the_text():
    reading = read_escalation(EXPORT)
    lines = {one.field: (one.line, one.text) for one in reading.provenance}
    assert lines["customer"] == (2, "Alder & Finch Opticians")
    assert lines["status"] == (5, "On Hold")
    assert lines["users_affected"][0] == 10


def test_the_box_of_a_wiki_is_a_record():
    facts = facts_of(
        "{{Infobox case\n| number = ESC 0412\n| customer= Larkmoor Ferries\n"
        "| state   = Workaround active\n| level = Level 3\n}}\n'''Tickets''' print slowly.\n"
    )
    assert (facts.id, facts.customer) == ("ESC 0412", "Larkmoor Ferries")
    assert (facts.status, facts.escalation_level) == ("Workaround active", 3)


def test_equations_in_prose_are_no_fields():
    facts = facts_of(
        "We set retries=3 and timeout=5 s.\nstatus=200 came back for most calls.\n"
        "The filter a=b was left out.\n"
    )
    assert facts.status is None
