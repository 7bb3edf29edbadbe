"""Heads of logs and of quoted mails: title, tags, lists below an entry, and whose day is meant."""

from __future__ import annotations

import pytest

from impactcalc.intake.escalation import read_escalation

_GAPPED = """OUTAGE LOG 77-1203            Alder Money Transfers            priority 1

2026-06-02 09:10 UTC  opened      payout gateway reported slow by the customer
2026-06-02 09:30 UTC  impact      EUR 12,000 per day at risk; EUR 700 of refunds are in another case
2026-06-02 09:35 UTC  symptom     8% of the payouts expire
2026-06-02 09:45 UTC  plan        A. Relief (0-3 h)
                                     - move payouts to the second bank
                                     - silence the alarms
2026-06-02 09:45 UTC  plan        B. Repair (3-9 h)
                                     - renew the certificate
2026-06-02 10:10 UTC  escalated   Level 2, duty manager takes over
2026-06-02 10:40 UTC  progress    payouts moved to the second bank for 2 of 5 countries
2026-06-02 11:40 UTC  progress    payouts moved to the second bank for the remaining countries
2026-06-02 12:00 UTC  progress    certificate renewed for card payments, the rest follows tonight
"""


def test_that_a_log_with_a_gapped_title_and_lists_below_its_entries_is_read() -> None:
    facts = read_escalation(_GAPPED).facts
    assert facts.customer == "Alder Money Transfers"
    assert facts.service == "payout gateway"
    assert (facts.revenue_at_risk_per_day, facts.currency) == (12000, "EUR")
    assert facts.error_rate == pytest.approx(0.08)
    assert facts.stages == [
        {
            "name": "Relief",
            "from_hours": 0,
            "to_hours": 3,
            "actions": ["move payouts to the second bank", "silence the alarms"],
        },
        {"name": "Repair", "from_hours": 3, "to_hours": 9, "actions": ["renew the certificate"]},
    ]


def test_that_what_is_done_for_the_remaining_parts_is_done_and_a_rest_that_follows_is_not() -> None:
    progress = read_escalation(_GAPPED).facts.progress
    assert isinstance(progress, list)
    assert {"action": "move payouts to the second bank", "state": "done"} in progress
    assert {"action": "renew the certificate", "state": "in_progress"} in progress


def test_that_the_title_of_a_log_may_hold_fields_and_a_label_that_ends_the_name() -> None:
    facts = read_escalation(
        "INCIDENT LOG   Bank: Alder Savings Bank   Ref: ASB-12\n\n"
        "2026-06-02 09:10 UTC | OPENED    | transfer portal answers late\n"
        "2026-06-02 09:20 UTC | TRIAGE    | priority 1\n"
        "2026-06-02 09:30 UTC | ESCALATED | level 2\n"
    ).facts
    assert (facts.customer, facts.id) == ("Alder Savings Bank", "ASB-12")


def test_that_the_tag_of_an_entry_is_no_customer() -> None:
    facts = read_escalation(
        "2026-06-02 09:10 UTC | OPENED    | transfer portal answers late\n"
        "2026-06-02 09:20 UTC | CHECK     | priority 1\n"
    ).facts
    assert facts.customer is None


_QUOTED_HEADS = """From: Ida Holm
Date: Fri, 5 June 2026
Subject: RE: [AL-9] Alder Mills, slow labels

Priority 2 still.

> On 4 June 2026 Per Lind wrote:
>
> Escalated to Level 2 today.
>
>> On 3 June 2026 Eva Brandt wrote:
>>
>> I opened AL-9 today.
"""


def test_that_the_head_of_a_quoted_mail_dates_the_words_quoted_as_deep_as_it() -> None:
    facts = read_escalation(_QUOTED_HEADS).facts
    assert (facts.created, facts.escalated) == ("2026-06-03", "2026-06-04")


def test_that_the_head_above_a_quoted_mail_dates_the_words_quoted_below_it() -> None:
    text = _QUOTED_HEADS.replace("> On 4", "On 4").replace(">> On 3", "> On 3")
    facts = read_escalation(text.replace("wrote:\n>\n", "wrote:\n")).facts
    assert (facts.created, facts.escalated) == ("2026-06-03", "2026-06-04")


def test_that_a_plan_ends_at_the_next_paragraph_and_at_an_older_mail() -> None:
    facts = read_escalation(
        "Hello,\n\nnothing new today.\n\n"
        "> From: Ida Holm\n> Date: Thu, 4 Jun 2026 11:00:00 +0000\n>\n"
        "> What we agreed with them:\n>\n"
        "> Relief (0-4 h): restart the printers; empty the cache\n"
        "> Repair (4-24 h): replace the disk\n>\n"
        "> 300 clerks are affected. Printers came back within the hour.\n>\n"
        ">> From: Eva Brandt (Alder Mills)\n>> Date: Wed, 3 Jun 2026 07:48:00 +0000\n>>\n"
        ">> 12% of the label requests fail altogether.\n"
    ).facts
    assert isinstance(facts.stages, list)
    assert [stage["name"] for stage in facts.stages if isinstance(stage, dict)] == [
        "Relief",
        "Repair",
    ]
    assert (facts.users_affected, facts.error_rate) == (300, pytest.approx(0.12))
