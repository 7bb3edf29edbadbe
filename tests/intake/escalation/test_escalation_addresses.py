"""Numbered texts: clauses that others refer to, headings inside paragraphs, labels in sentences."""

import pytest

from impactcalc.intake.escalation import read_escalation

PLAN = """\
4 Remedy
4.1 First aid (0-3 hours)
    (a) purge the cache
    (b) restart the gateway
4.2 Repair (3-24 hours)
    (a) patch the driver
    (b) replay lost orders

5 Progress
"""


def facts(text):
    return read_escalation(text).to_document()["facts"]


def states(text):
    return {one["action"]: one["state"] for one in facts(text)["progress"] or []}


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        ("5.1 4.1(a) was completed on 3 May.", {"purge the cache": "done"}),
        ("Clause 4.2 (b) has not commenced.", {"replay lost orders": "not_started"}),
        (
            "4.1(a) and (b) are done, 4.2(a) is under way.",
            {
                "purge the cache": "done",
                "restart the gateway": "done",
                "patch the driver": "in_progress",
            },
        ),
        (
            "Nothing has been done under 4.2.",
            {"patch the driver": "not_started", "replay lost orders": "not_started"},
        ),
        ("Version 4.1 of the client is done.", {}),
        ("It took 4.2 hours, which is done.", {}),
    ],
)
def test_a_clause_is_spoken_of_by_its_number(status, wanted):
    assert states(f"{PLAN}{status}\n") == wanted


def test_letters_and_numbers_make_an_address_together():
    text = (
        "Plan\n1) First aid (0-3 h)\n   a) purge the cache\n   b) restart the gateway\n"
        "2) Repair (3-24 h)\n   a) patch the driver\n\nProgress\n1a done, 1b running and 2a open.\n"
    )
    assert list(states(text).values()) == ["done", "in_progress", "not_started"]


def test_decisions_of_minutes_are_spoken_of_by_their_numbers():
    text = (
        "Minutes, 4 May 2026\n\n2. Decisions\n"
        "2.1 Within 6 hours: drain the feed; pause the exports.\n"
        "2.2 6 to 30 hours: rebuild the stock index.\n\n3. Follow-up\n"
        "3.1 Decision 2.1 has been carried out.\n3.2 2.2 is under way.\n"
    )
    assert list(states(text).values()) == ["done", "done", "in_progress"]


SECTIONS = """\
{0} Within 2 hours we drain the inbox, within 2 days we split the queue.

{1} The inbox has been drained. The queue is being split.

{2} They are furious with us.
"""


@pytest.mark.parametrize(
    "heads",
    [
        ("WHAT WILL WE DO?", "AND TODAY?", "HOW ARE THEY?"),
        ("THE PLAN.", "WHERE WE ARE.", "MOOD."),
        ("PLAN -", "STATUS OF WORK -", "SENTIMENT -"),
        ("**The plan.**", "**Where we are.**", "**Mood.**"),
    ],
)
def test_a_heading_may_open_its_own_paragraph(heads):
    told = facts(SECTIONS.format(*heads))
    assert [stage["actions"] for stage in told["stages"]] == [
        ["drain the inbox"],
        ["split the queue"],
    ]
    assert [one["state"] for one in told["progress"]] == ["done", "in_progress"]
    assert told["sentiment"] == "negative"


def test_an_acronym_opens_no_section():
    told = facts("API. It fails.\n\nETA? Nobody knows.\n\nStatus\n------\n- all quiet\n")
    assert told["progress"] is None


def test_a_label_inside_a_paragraph_gives_its_fact():
    told = facts("It was classed as Severity 2. State: On hold. Customer: Larkfield Dairies.")
    assert (told["status"], told["customer"]) == ("On hold", "Larkfield Dairies")


def test_letters_of_a_list_are_spoken_of_in_a_newer_mail():
    text = (
        "Item (a) is finished, item (b) is at two of four sites, item (c) has not begun.\n\n"
        "-----Original Message-----\nSent: 4 August 2026 09:30 +0100\n\nWhat we agreed:\n"
        "(a) 0-3 hours: reset the gateway\n(b) 3-24 hours: replace the certificates\n"
        "(c) after 5 days: move the scanners\nA scan takes 9 s instead of 0.5 s.\n"
    )
    assert list(states(text).values()) == ["done", "in_progress", "not_started"]
    assert facts(text)["latency_now_s"] == 9


def test_a_date_has_the_verb_behind_it():
    text = (
        "On 2 October 2026 we reported to you that the tills fail, and we asked on 6 October 2026 "
        "for an escalation."
    )
    told = facts(text)
    assert (told["created"], told["escalated"]) == ("2026-10-02", "2026-10-06")
