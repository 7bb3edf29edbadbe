"""Histories of state and grade: the newest counts, along arrows and over dated labels."""

import pytest

from impactcalc.intake.escalation import read_escalation


def fact(field, text):
    return getattr(read_escalation(f"{text}\n").facts, field)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Status at 09:00: Resolved\nStatus at 14:00: Reopened", "Reopened"),
        ("Status on 5 May 2026: Closed\nStatus on 4 May 2026: Open", "Closed"),
        ("Status: Open -> Resolved", "Resolved"),
        ("2026-02-04 08:15 UTC  status changed from In Progress to Resolved", "Resolved"),
    ],
)
def test_the_newest_state_counts(text, status):
    assert fact("status", text) == status


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("Priority: P3 -> P1", "critical"),
        ("2026-02-03 09:00 UTC  sev 2\n2026-02-03 11:30 UTC  severity lowered to 3", "medium"),
        ("Priority: hoch (2)", "high"),
        ("Priority: Urgent [1]", "critical"),
        ("Low priority for them, they said.", "low"),
        ("The matter has been given high priority.", "high"),
    ],
)
def test_a_grade_is_the_one_that_it_came_to(text, priority):
    assert fact("priority", text) == priority


@pytest.mark.parametrize(
    ("text", "number"), [("Bug 119284\nState: Active", "119284"), ("WORK ORDER WO-5561", "WO-5561")]
)
def test_a_number_stands_behind_what_it_counts(text, number):
    assert fact("id", text) == number


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("Eastmoor Prison Service: visitor booking down", "visitor booking"),
        ("Castlegate Museums - audio guide out of order in all houses.", "audio guide"),
        ("1. Prescription printing has failed since Monday.", "Prescription printing"),
    ],
)
def test_what_is_said_to_be_down_is_the_service(text, service):
    assert fact("service", text) == service


def test_today_with_its_date_is_the_day_of_what_happens():
    text = "New case today, 20 May 2026: Helix Biolabs reports that the registry cannot be opened."
    assert fact("created", text) == "2026-05-20"
    text = "As of today (12 June 2026) I am escalating this to you."
    assert fact("escalated", text) == "2026-06-12"


def test_a_level_may_be_a_word():
    assert fact("escalation_level", "Escalation tier: Two") == 2
