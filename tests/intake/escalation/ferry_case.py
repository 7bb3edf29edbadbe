"""One case of the house template, between and behind whose sections others may stand."""

from impactcalc.intake.escalation import read_escalation

HEAD = """CE3108 - Customer Escalation Summary
====================================

Customer: Tarn Ferries
Priority: High
Status: In Progress
Created: 2026-06-02
Escalated: 2026-06-03
"""
IMPACT = """
Impact Assessment:
-----------------
- Affected Users: 640 skippers
- Revenue Impact: $3,200 daily revenue at risk
- SLA Violation: 99.5% uptime SLA at risk
"""
PLAN = """
Action Plan:
-----------
1. Immediate (0-6 hours):
   - Restart the tide feed

2. Short-term (6-30 hours):
   - Widen the queue
"""
STAGES = [
    ("Immediate", 0, 6, ["Restart the tide feed"]),
    ("Short-term", 6, 30, ["Widen the queue"]),
]
TAIL = """
Current Status:
--------------
- Tide feed restarted

Customer Sentiment:
------------------
- Overall sentiment: Annoyed

Escalation Level: Level 2
"""
OTHER_PLAN = """1. Immediate (0-1 hours):
   - Sink the pontoon

2. Short-term (1-9 hours):
   - Dredge the basin
"""
OTHER_CASE = """CE2990 - Customer Escalation Summary
====================================
Customer: Tarn Ferries
Priority: Critical
Status: Closed
Created: 2025-01-07
Escalated: 2025-01-08
- Affected Users: ~9,000 passengers
- Revenue Impact: $70K daily revenue at risk
- SLA Violation: 99.9% uptime SLA violated
- Immediate (0-2 hours): Lower the ramp (completed)
- Overall sentiment: Delighted
Escalation Level: Level 4
"""
REST = {
    "id": "CE3108",
    "customer": "Tarn Ferries",
    "priority": "high",
    "status": "In Progress",
    "created": "2026-06-02",
    "escalated": "2026-06-03",
    "users_affected": 640,
    "revenue_at_risk_per_day": 3200,
    "sla_objective": 0.995,
    "nodes": None,
    "sentiment": "negative",
    "escalation_level": 2,
    "monthly_fee": None,
    "progress": [{"action": "Restart the tide feed", "state": "done"}],
}


def document(text):
    return read_escalation(text).to_document()


def facts(text):
    return document(text)["facts"]


def stages(text):
    return [
        (one["name"], one["from_hours"], one["to_hours"], one["actions"])
        for one in facts(text)["stages"] or ()
    ]


def assert_whole(text):
    """Nothing but the facts of the case itself is read."""
    found = facts(text)
    assert {name: found[name] for name in REST} == REST
    assert stages(text) == STAGES


def house(*, between="", after="", impact=IMPACT, head=HEAD):
    return head + impact + between + PLAN + TAIL + after
