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
        ("13:05 changed state New => Assigned\n13:40 changed state Assigned => On hold", "On hold"),
        ("status -> Escalated to vendor", "Escalated to vendor"),
        ("Saint-Aubin Hospital - bed plan - priority: critical - status: on hold", "on hold"),
        ("Ticket currently Suspended pending parts.", "Suspended"),
        ("2026-02-04 08:15 UTC  status changed from In Progress to Resolved", "Resolved"),
    ],
)
def test_the_newest_state_counts(text, status):
    assert fact("status", text) == status


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("Priority: P3 -> P1", "critical"),
        ("We agreed to raise it from high to critical.", "critical"),
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


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ('"Client","Milltown Foods"\n"Esc level","2"\n"Status","Escalated"', "Milltown Foods"),
        ("SITE: Tidewater Aquarium, Pier 4\nSTATUS: Dispatched", "Tidewater Aquarium"),
        ("Castlegate Museums - audio guide out of order. Ongoing.", "Castlegate Museums"),
        ("Dear Ms Orde,\nVale of Orrin Council: planning portal down", "Vale of Orrin Council"),
        (
            "09:02 Ana: morning\n09:03 Rolf: yes, Lind Sawmills confirmed the saw is back.",
            "Lind Sawmills",
        ),
        ("*Rosewell Bakeries* :rotating_light: SEV1 :rotating_light:", "Rosewell Bakeries"),
        ("1. Who is complaining? Northmere Ambulance Trust.", "Northmere Ambulance Trust"),
        ("\u3010Customer\u3011 Nagoya Ceramics\n\u3010Status\u3011 Open", "Nagoya Ceramics"),
    ],
)
def test_a_customer_stands_in_many_forms(text, customer):
    assert fact("customer", text) == customer


def test_rows_of_markup_are_labels_and_values():
    rows = {"Ticket": "INC-20817", "Customer": "Tamar Buses", "State": "Open", "Priority": "2"}
    text = "\n".join(f"<tr><td>{one}</td><td>{two}</td></tr>" for one, two in rows.items())
    assert fact("customer", text) == "Tamar Buses"
    assert fact("priority", text) == "high"


def test_an_entry_that_escalates_gives_its_time():
    text = (
        "2 April 2026\n07:05 UTC Grant Mills opens the case\n12:00 UTC workaround sent\n"
        "15:30 UTC Grant Mills escalates to the account team"
    )
    assert fact("escalated", text) == "2026-04-02T15:30:00+00:00"


def test_what_an_escalation_replaces_dates_no_case():
    text = "K-0099 (opened 12.04.2026; supersedes K-0071 opened 02.01.2026)"
    assert fact("created", text) == "2026-04-12"
    text = "Escalation raised by the plant manager: 2026-04-12 09:00 CEST"
    assert fact("escalated", text) == "2026-04-12T09:00:00+02:00"


def test_what_is_down_may_stand_before_where():
    text = "Door control at Ostrander County Jail is down."
    assert fact("service", text) == "Door control"


def test_a_level_alone_is_that_of_now():
    assert fact("escalation_level", "Now at level 2.") == 2


def test_an_escalation_with_its_number_is_opened_and_escalated():
    text = "Reason: escalation 9917, opened 5 August 2026, escalated 6 August 2026"
    assert fact("created", text) == "2026-08-05"
    assert fact("escalated", text) == "2026-08-06"


@pytest.mark.parametrize(
    "announced",
    ["We will now do the following:", "Therefore:", "We are going to do this:", "What follows:"],
)
def test_a_plan_below_the_head_of_an_update_is_a_plan_and_the_head_is_no_stage(
    announced: str,
) -> None:
    text = (
        f"Identified - 4 May 2026, 10:40 UTC\nTwo caches are full.\n{announced}\n"
        "- within 2 hours: empty the caches\n- within 24 hours: double the caches\n\n"
        "Monitoring - 4 May 2026, 13:00 UTC\nThe caches have been emptied.\n"
    )
    reading = read_escalation(text)
    ends = [stage.latest.amount for stage in reading.stages if stage.latest]
    assert ends == [2 * 3600, 24 * 3600]
    assert reading.facts.progress == [{"action": "empty the caches", "state": "done"}]
