"""Whole texts of more houses, and words that look like a fact of the case and are another's."""

import pytest

from impactcalc.intake.escalation import read_escalation

_TEXTS = [
    (
        (
            "| Field | Value |\n"
            "|---|---|\n"
            "| Number | INC-20931 |\n"
            "| Company | Tolland Ice Rinks |\n"
            "| Caller | Edwin Moss |\n"
            "| Business service | ticket turnstile controller |\n"
            "| Priority | 2 - High |\n"
            "| State | Work in progress |\n"
            "| Opened | 2026-01-20 18:05:00 UTC |\n"
            "| Escalated | 2026-01-20 20:00:00 UTC |\n"
            "| Escalation level | L2 |\n"
        ),
        {
            "customer": "Tolland Ice Rinks",
            "id": "INC-20931",
            "priority": "high",
            "created": "2026-01-20T18:05:00+00:00",
            "escalated": "2026-01-20T20:00:00+00:00",
            "escalation_level": 2,
            "status": "Work in progress",
            "service": "ticket turnstile controller",
        },
    ),
    (
        (
            "= Maison Verlaine: order hub rejects orders =\n\n"
            "'''Case''' 44-0917, '''priority''' 1, '''level''' 3\n\n"
            "== What happened ==\n"
            "On 11 May 2026 Maison Verlaine opened the case. The order hub rejects one order "
            "in nine. On 12 May 2026 their CFO escalated it to our board.\n\n"
            "== State ==\n"
            "'''Status:''' Degraded\n\n"
            "== Mood ==\n"
            "The CFO is courteous, but the buyers are furious.\n"
        ),
        {
            "customer": "Maison Verlaine",
            "id": "44-0917",
            "priority": "critical",
            "status": "Degraded",
            "escalation_level": 3,
            "sentiment": "negative",
            "created": "2026-05-11",
            "escalated": "2026-05-12",
            "service": "order hub",
        },
    ),
    (
        (
            "Duty log, control room support, 30 March 2026 (times BST)\n\n"
            "22:10 Kestrel County Fire Service opens KC/118: crew paging system silent in "
            "two stations. P1\n"
            "22:25 Pages take 4 min instead of 5 s\n"
            "23:00 escalated to level 2 by the duty officer\n"
            "23:40 Status now: Stabilised\n"
            "23:50 Duty officer calm and factual\n"
        ),
        {
            "customer": "Kestrel County Fire Service",
            "id": "KC/118",
            "priority": "critical",
            "status": "Stabilised",
            "escalation_level": 2,
            "sentiment": "neutral",
            "created": "2026-03-30T22:10:00+01:00",
            "escalated": "2026-03-30T23:00:00+01:00",
            "service": "crew paging system",
        },
    ),
    (
        (
            "To: escalation-desk@vendor.example\n"
            "From: Oona Platt <oona@vendor.example>\n"
            "Subject: FW: Blackmere Water / BW-2207 / P3\n"
            "Date: Wed, 5 Aug 2026 11:00 +0100\n\n"
            "Hello desk,\n\n"
            "please see below. I have escalated BW-2207 today, level 1 for the time being, "
            "level 2 if they call again.\n"
            "Blackmere Water opened the ticket on 3 August. Priority 3, they would like "
            "priority 1.\n"
            'The ticket is currently "Pending vendor".\n'
            "Their head of networks is losing patience.\n\n"
            "Oona\n\n"
            "-----Original Message-----\n"
            "From: Piet Marsh, Blackmere Water\n"
            "Sent: Tuesday, 4 August 2026 16:20\n"
            "To: support@vendor.example\n"
            "Subject: still no pump data\n\n"
            "Two days now. Priority 1 please!\n"
        ),
        {
            "customer": "Blackmere Water",
            "id": "BW-2207",
            "priority": "medium",
            "status": "Pending vendor",
            "escalation_level": 1,
            "created": "2026-08-03",
            "escalated": "2026-08-05",
            "sentiment": "negative",
        },
    ),
    (
        (
            "GREYFRIARS HOSTELS - ESCALATION GH-77\n\n"
            "What: key code service sends codes late\n"
            "Severity: SEV2 (customer says SEV1)\n"
            "Opened: 1 Apr 2026 by night porter\n"
            "Escalated: 2 Apr 2026 (level 2; was level 1 until 2 Apr)\n"
            "State: Open\n"
            "Contract: renews 1 Dec 2026\n"
            "Feeling: the owner is at the end of his patience\n"
        ),
        {
            "id": "GH-77",
            "priority": "high",
            "status": "Open",
            "escalation_level": 2,
            "created": "2026-04-01",
            "escalated": "2026-04-02",
            "renewal_date": "2026-12-01",
            "sentiment": "negative",
            "service": "key code service",
        },
    ),
]
_ALONE = [
    (
        "customer",
        (
            "Runbook: restart of the Payment Gateway\n\n"
            "1. Drain Node A\n"
            "2. Restart Node B\n"
            "3. Tell Ana Reed"
        ),
        None,
    ),
    (
        "customer",
        (
            "STATUS PAGE\n\n"
            "Monday, 4 May 2026\n"
            "10:00 UTC Investigating - Login Service is slow\n"
            "11:00 UTC Identified - a bad release\n"
            "12:00 UTC Resolved - Login Service works"
        ),
        None,
    ),
    (
        "status",
        ("We changed the state of the load balancer to drained. The status of the plan is good."),
        None,
    ),
    ("status", "What is the status of the rebuild?\nIt is at 40%.", None),
    ("escalation_level", "Support level 2 is open all night. Water level 3 was reached.", None),
    ("escalated", "If it is not solved by 6 May 2026 it will be escalated.", None),
    ("id", "Call us at 0800-4471. Room 22-B. Build 4471-K of the app is fine.", None),
    (
        "sentiment",
        "The patch was well received by the cluster. Load is good. Latency is bad.",
        None,
    ),
    ("renewal_date", "The TLS certificate renews on 4 May 2026.", None),
    (
        "renewal_date",
        ("They pay EUR 900 a month until 31 January 2027, when the contract is up for renewal."),
        "2027-01-31",
    ),
    ("renewal_date", "Contract end / renewal: 31 Jan 2027", "2027-01-31"),
    (
        "renewal_date",
        ("The agreement comes up for renewal on 31 January 2027; talks begin on 1 November 2026."),
        "2027-01-31",
    ),
    (
        "renewal_date",
        "Renewal talks on 1 November 2026, renewal itself 31 January 2027.",
        "2027-01-31",
    ),
    ("renewal_date", "Renewal is in January, the date is open. Talks on 1 November 2026.", None),
    (
        "renewal_date",
        "The contract will be renewed on 31 January 2027 or not at all.",
        "2027-01-31",
    ),
    ("renewal_date", "31 January 2027 is the renewal date.", "2027-01-31"),
]


@pytest.mark.parametrize(("text", "wanted"), _TEXTS)
def test_a_desk_writes_as_it_likes(text, wanted):
    facts = read_escalation(text).facts
    assert {name: getattr(facts, name) for name in wanted} == wanted


@pytest.mark.parametrize(("name", "text", "wanted"), _ALONE)
def test_words_of_another_thing_are_no_fact_of_the_case(name, text, wanted):
    assert getattr(read_escalation(text).facts, name) == wanted
