"""Which of several values counts: corrections, newer mail, other incidents, two escalations."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts(text):
    return read_escalation(text).facts


def test_a_correction_in_a_sentence_beats_the_label():
    text = (
        "Affected Users: 5,200 nurses\n\n"
        "Update: the number of affected nurses is 520, not 5,200 as first written.\n"
    )
    assert facts(text).users_affected == 520


def test_what_is_taken_back_does_not_count():
    text = "Last night they said 70 clerks were affected, please ignore that, it was a mistake."
    assert facts(text).users_affected is None
    text = "70 clerks are affected. Please ignore this, it was a mistake."
    assert facts(text).users_affected is None


@pytest.mark.parametrize(
    "sentence",
    [
        "In January 2025 an outage of the same portal hit 80,000 passengers.",
        "On 3 March 2025 the portal failed for 80,000 passengers, all were affected.",
        "Last winter a similar outage affected 80,000 passengers.",
        "Another customer has 80,000 passengers who are affected.",
    ],
)
def test_other_incidents_and_customers_do_not_count(sentence):
    assert facts(f"Created: 2026-07-01\n\n{sentence}\n").users_affected is None


@pytest.mark.parametrize(
    "older",
    [
        "> We lose 1.500 EUR per day. 40 employees affected.",
        ">> 40 employees affected.",
        "-----Original Message-----\nFrom: a customer\n\n40 employees affected.",
        "---------- Forwarded message ---------\n40 employees affected.",
    ],
)
def test_a_newer_mail_beats_what_it_quotes(older):
    reading = read_escalation(f"It is worse now: 55 employees affected.\n\n{older}\n")
    assert reading.facts.users_affected == 55
    assert not reading.contradictions


def test_a_forwarded_mail_alone_is_read():
    text = "See below.\n\n-----Original Message-----\n\n> Priority: P1\n> 40 employees affected.\n"
    assert (facts(text).users_affected, facts(text).priority) == (40, "critical")


def test_the_same_amount_in_two_currencies_is_a_contradiction():
    text = "Revenue Impact: $50,000 per day at risk\nRevenue at risk: EUR 50,000 per day\n"
    reading = read_escalation(text)
    assert reading.facts.revenue_at_risk_per_day is None
    assert reading.facts.currency is None
    assert reading.contradictions == ("revenue_at_risk_per_day",)


def test_an_amount_with_letters_among_its_digits_is_none():
    assert facts("Revenue at risk: $5OO,OOO per day").revenue_at_risk_per_day is None


def test_two_escalations_in_one_file_are_named_and_not_mixed():
    one = "Customer: {}\nTicket: {}\nPriority: High\n{} users affected. 3% of requests fail.\n\n"
    reading = read_escalation(one.format("Alder Mills", "AM-1", 20) + one.format("Birch", "B-2", 9))
    assert reading.facts.priority == "high"
    assert reading.facts.users_affected is None
    assert {"id", "customer", "users_affected"} <= set(reading.contradictions)
    assert any("second escalation" in one.message and one.line == 6 for one in reading.warnings)


def test_a_second_escalation_lends_nothing_to_the_first():
    text = "Customer: Alder\nTicket: A-1\n\nCustomer: Birch\nTicket: B-2\n12% of calls fail.\n"
    reading = read_escalation(text)
    assert reading.facts.error_rate is None
    assert any(one.field == "error_rate" for one in reading.warnings)


def _form(number: str, customer: str, status: str, day: str) -> str:
    head = f"{number} - Customer Escalation Summary\n=====================\n\n"
    return f"{head}Customer: {customer}\nStatus: {status}\nCreated: {day}\n\n"


def test_two_forms_whose_titles_hold_the_numbers_are_two_escalations():
    text = _form("KX2041", "Alder Mills", "Open", "2026-05-04") + _form(
        "KX2077", "Birch Dairies", "Monitoring", "2026-06-11"
    )
    reading = read_escalation(text + "12% of orders fail.\n")
    assert any("second escalation" in one.message and one.line == 8 for one in reading.warnings)
    assert reading.facts.error_rate is None


def test_another_case_in_a_title_is_no_second_escalation():
    text = _form("KX2041", "Alder Mills", "Open", "2026-05-04")
    reading = read_escalation(text + "KX1990 - the case before\n\nCustomer: Alder Mill Stores\n")
    assert not any("second escalation" in one.message for one in reading.warnings)
    assert reading.facts.id == "KX2041"
