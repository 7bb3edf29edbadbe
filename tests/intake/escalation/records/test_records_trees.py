"""Nested dumps: YAML and JSON of escalations, also where they are not quite valid."""

import json

from impactcalc.intake.escalation import read_escalation


def facts_of(text):
    return read_escalation(text).facts


YAML = """\
# written by the exporter
incident:
  reference: "INC-2291"
  account: Merrowbank Ferries
  product: boarding gate   # not the web shop
  severity: 2
  state: ~
metrics:
  gate_scan:
    normal: 400 ms
    now: 9 s
  replica_lag: {normal: 1 s, now: 30 s}
  failing: one scan in eight
business:
  people_affected: {affected: 640, licensed: 2100}
  revenue_at_risk:
    amount: 5,500
    currency: GBP
    per: day
  earlier_incidents:
    - {date: 2026-01-04, users: 4000}
plan:
  - stage: Now
    when: first 3 hours
    tasks:
      - task: Reboot the gate controllers
        status: done
      - Send staff with hand scanners
  - stage: Later
    from_h: 72
    to_h: 240
    tasks:
      - Replace the card readers
progress:
  - {at: "09:10", running: "hand scanners, 4 of 9 sent with staff"}
"""
JSON = """\
{
  "ticket": {
    "id": "ZD-88213",
    "requester": {"name": "Ottilie Brandt", "organization": "Halmere Rail Freight"},
    "priority": "urgent",
    "createdAt": "2026-03-04T07:12:00Z",
    "custom_fields": [
      {"name": "Users affected", "value": 740},
      {"name": "Revenue at risk", "value": "EUR 12,000 per day"}
    ]
  }
}
"""


def test_nested_names_are_facts():
    facts = facts_of(YAML)
    assert (facts.id, facts.customer) == ("INC-2291", "Merrowbank Ferries")
    assert (facts.service, facts.priority) == ("boarding gate", "high")
    assert facts.status is None
    assert facts.users_affected == 640
    assert (facts.revenue_at_risk_per_day, facts.currency) == (5500, "GBP")
    assert (facts.latency_normal_s, facts.latency_now_s) == (0.4, 9)
    assert facts.error_rate == 0.125


def test_lists_of_maps_are_stages_with_states():
    facts = facts_of(YAML)
    windows = [(one["name"], one["from_hours"], one["to_hours"]) for one in facts.stages]
    assert windows == [("Now", 0, 3), ("Later", 72, 240)]
    states = {one["action"]: one["state"] for one in facts.progress}
    assert states == {
        "Reboot the gate controllers": "done",
        "Send staff with hand scanners": "in_progress",
    }


def test_a_figure_in_a_map_keeps_its_line():
    lines = {one.field: one.line for one in read_escalation(YAML).provenance}
    assert lines["revenue_at_risk_per_day"] == 17
    assert lines["users_affected"] == 15


def test_names_and_values_in_maps_are_fields():
    facts = facts_of(JSON)
    assert (facts.id, facts.customer) == ("ZD-88213", "Halmere Rail Freight")
    assert facts.created == "2026-03-04T07:12:00+00:00"
    assert (facts.users_affected, facts.revenue_at_risk_per_day) == (740, 12_000)


def test_an_id_of_somebody_is_not_that_of_the_ticket():
    facts = facts_of(
        "escalation:\n  customer:\n    id: C-9917\n    name: Vantor Mills\n"
        "  assignee:\n    id: 4411\n  ref: E-77\n  level: 2\n"
    )
    assert (facts.id, facts.customer, facts.escalation_level) == ("E-77", "Vantor Mills", 2)


def test_prose_with_colons_is_no_dump():
    text = (
        "to be clear: we wait.\nnote: the line is busy.\nfor now: nothing.\nand: no.\nso: it is.\n"
    )
    assert read_escalation(text).facts.status is None


def test_numbered_fields_and_credits_are_read_with_a_brace_on_each_line():
    fields = [{"id": 1, "name": "Users affected", "value": 740}]
    credit = [{"below": "99.9%", "credit": "5%"}, {"below": "99.0%", "credit": "10%"}]
    record = {
        "ticket": {"id": "ZD-4471", "status": "open", "custom_fields": fields},
        "sla": {"availability": "99.9%", "credits": credit},
    }
    facts = facts_of(json.dumps(record, indent=2))
    assert facts.users_affected == 740
    assert [tier["credit"] for tier in facts.credit_tiers] == [0.05, 0.1]
