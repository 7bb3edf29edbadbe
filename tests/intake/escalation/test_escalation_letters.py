"""Letters, notes and exported chats: who wrote is no customer, what only counts is no action."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts(text):
    return read_escalation(text).to_document()["facts"]


def progress(text):
    return {one["action"]: one["state"] for one in facts(text)["progress"] or []}


CHAT = (
    "Teams - channel export\nTeam: Key Accounts / Channel: Alder Inns\n\n"
    "[09:02] Ana (account)\nAlder is on the phone, the room booking service rejects keys. "
    "they have about 700 guests waiting right now, 12 inns\n\n"
    "[09:04] Ben (on call)\n6 percent of the bookings are declined although there is credit "
    "left\n\n"
    "[09:06] Ana (account)\nPlan:\n0-2 h: restart the key server\n2-8 h: refund failed bookings\n\n"
    "[09:40] Ben (on call)\nthe key server was restarted\n\n"
    "[09:41] Ana (account)\nand the refunds?\n\n"
    "[09:42] Ben (on call)\nlist is printed, nobody has refunded anything yet\n\n"
    "[09:45] Ana (account)\nLevel 3 in the tool. Their night manager is fuming\n"
)


def test_the_words_below_a_time_and_a_person_with_a_role_are_their_message():
    found = facts(CHAT)
    assert found["users_affected"] == 700
    assert found["error_rate"] == 0.06
    assert (found["sentiment"], found["escalation_level"]) == ("negative", 3)


def test_a_channel_is_named_after_the_customer_of_whom_its_messages_speak():
    assert facts(CHAT)["customer"] == "Alder Inns"
    other = "Team: Support / Channel: Night Watch\n\n[09:02] Ana (account)\nit is slow\n"
    assert facts(other)["customer"] is None


def test_what_nobody_has_done_is_not_started_whatever_else_was_done_for_it():
    found = progress(CHAT)
    assert found["restart the key server"] == "done"
    assert found["refund failed bookings"] == "not_started"


def test_people_whom_a_firm_only_has_are_not_affected():
    assert (
        facts("The firm has 700 guests a week. The booking API is slow.")["users_affected"] is None
    )


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Our reference: case 812/25", "812/25"),
        ("Reference: Ticket 60-1182", "60-1182"),
        ("Reference: CASE 60118", "CASE 60118"),
    ],
)
def test_the_word_for_a_number_is_no_part_of_it(line, number):
    assert facts(f"Alder Inns\n{line}\n\nThe booking API is slow.\n")["id"] == number


def test_neither_the_place_of_a_letter_nor_the_writer_of_notes_is_the_customer():
    letter = "Millbrook, 4 May 2026\n\nAlder Inns of Wales\nAttn. Dr Ada Poe\n\nIt is slow.\n"
    assert facts(letter)["customer"] == "Alder Inns of Wales"
    for notes in ("notes: Ada, typed live", "minutes: Ada, by hand"):
        call = f"call w/ Alder Inns (hotels), 4 May 2026, 15:00\n{notes}\n\nIt is slow.\n"
        assert facts(call)["customer"] == "Alder Inns"


def test_words_that_only_count_the_actions_are_none():
    found = facts(
        "We promised two steps. Within the first 6 hours we would do two things: drain the relay, "
        "and patch the router. Between 6 and 48 hours we would rewrite the seat query.\n\n"
        "The seat query has been rewritten and tested on our own machines; on your system the "
        "work has not started. About the router I have nothing to report.\n"
    )
    assert found["stages"][0]["actions"] == ["drain the relay", "patch the router"]
    assert found["progress"] == [{"action": "rewrite the seat query", "state": "not_started"}]


def test_what_runs_in_place_of_a_service_is_not_the_one_that_fails():
    text = "We are on the spare system today. Alder sells its rooms through our room platform.\n"
    assert facts(text)["service"] == "room platform"


def test_neither_complaints_nor_praise_is_neutral():
    assert facts("The customer is calm, no complaints and no praise.")["sentiment"] == "neutral"
    assert facts("The customer has no complaints.")["sentiment"] == "positive"


def test_how_somebody_rates_the_customer_is_a_verdict():
    text = "Mood:\n\nNobody shouted at us. The manager rates the customer as neutral.\n"
    assert facts(text)["sentiment"] == "neutral"


PROVIDER = (
    "Tarn & Orde Hosted Services\nClient Office\n\n5 May 2026\n\n{address}\n\nDear Ms Falk,\n\n"
    "You raised case 77-A with us on 2 May 2026, and on 4 May 2026 it came to my desk as a level 2 "
    "escalation. Your bakers work with our oven planning platform. Our engineers are on it.\n\n"
    "Yours sincerely,\nA. Orde\n"
)


@pytest.mark.parametrize(
    "address",
    [
        "Ms L. Falk, Managing Director\nAlder Bakeries",
        "Ms L. Falk\nHead of Operations\nAlder Bakeries",
        "Dr Falk\nAlder Bakeries\n12 Mill Lane",
    ],
)
def test_a_provider_writes_to_the_house_below_the_person_addressed(address):
    told = read_escalation(PROVIDER.format(address=address)).to_document()["facts"]
    assert told["customer"] == "Alder Bakeries"
    assert told["service"] == "oven planning platform"
    assert (told["created"], told["escalated"]) == ("2026-05-02", "2026-05-04")


@pytest.mark.parametrize("unit", ["Harbour Administration", "Accounts Department", "Yard Office"])
def test_a_department_below_the_house_is_no_customer(unit):
    told = facts(
        f"Ollerby Ferries\n{unit}, 9 Quay Parade\n\n5 May 2026\n\nDear Ms Falk,\n\n"
        "I write about your ticket service. It now needs 20 seconds to sell a ticket.\n\n"
        "Yours sincerely,\nA. Orde\n"
    )
    assert told["customer"] == "Ollerby Ferries"


def test_what_the_customer_pays_is_not_at_risk():
    told = facts(
        "What is at risk for you?\nI will not put a figure on that. I can tell you that we pay "
        "you EUR 9,000 per month.\n"
    )
    assert told["revenue_at_risk_per_day"] is None


def test_a_grade_that_is_so_now_takes_the_place_of_the_one_before():
    assert (
        facts("I have it as priority 2.\nNo, it says priority 1 now.\n")["priority"] == "critical"
    )


@pytest.mark.parametrize(
    ("words", "fact", "value"),
    [
        ("The contract asks for 99,7 % availability, May was at 99,93 %.", "sla_objective", 0.997),
        ("The contract demands 99.5 % availability, May was at 99.7 %.", "sla_objective", 0.995),
        ("this is L2 from now on. what is the plan?", "escalation_level", 2),
        ("it is L3 as of now", "escalation_level", 3),
        ("7 in 100 requests get a 404", "error_rate", 0.07),
        ("1 in 8 parcels is misrouted", "error_rate", 0.125),
        ("ticket TR-56, prio 1, came in on 18.05.2026", "created", "2026-05-18"),
    ],
)
def test_notes_tell_a_fact_in_plain_words(words, fact, value):
    assert facts(f"Notes\n\n- {words}\n")[fact] == value


def test_a_label_may_say_today_with_a_time_of_day():
    told = facts("HANDOVER   Thursday 12 March 2026, 07:00 UTC\n\nEscalated : today, 02:15 UTC\n")
    assert told["escalated"] == "2026-03-12T02:15:00+00:00"
    told = facts("HANDOVER   Thursday 12 March 2026\n\nIt was escalated yesterday at 02:15 UTC.\n")
    assert told["escalated"] is None
