"""Figures, cases, moods and hopes that are no facts of the incident, in the structures around."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts(text):
    mapping = read_escalation(text).facts.to_mapping()
    return {name: value for name, value in mapping.items() if value is not None}


@pytest.mark.parametrize(
    "line",
    [
        "Response target: 15 minutes",
        "* *Response target:* 15 minutes",
        "response_target: 15 minutes",
        "SLA response time: 15 minutes",
        "Response time objective: 30 min",
        "Response SLA: 20 minutes",
    ],
)
def test_a_promised_response_is_no_measured_one(line):
    assert facts(f"Ticket: A-12\n{line}\n") == {"id": "A-12"}


@pytest.mark.parametrize("lead", ["In the worst case", "In the best case", "In any case"])
def test_a_supposed_case_has_no_number(lead):
    assert "id" not in facts(f"The portal is slow. {lead} 62700 riders might be hit.\n")


def test_a_portal_for_patients_is_in_no_mood():
    told = facts("Dear all,\n\nI write about Alder Hospitals and their patient portal.\n")
    assert "sentiment" not in told
    assert facts("Mood\nThey are patient.\n")["sentiment"] == "neutral"


def test_the_level_of_an_escalation_is_no_moment_of_one():
    log = (
        "2026/03/19 08:15 UTC  OPENED  the portal is slow\n"
        "2026/03/19 08:18 UTC  NOTE    {}\n2026/03/19 08:25 UTC  NOTE    we look\n"
    )
    assert "escalated" not in facts(log.format("Escalation level: L3"))
    assert "escalated" in facts(log.format("Escalated to us"))


def test_a_hope_and_a_response_time_are_no_plan():
    text = "Response time now: 14 to 17 s\nWe hope to be back to normal in 21 minutes.\n"
    assert facts(text) == {"latency_now_s": [14, 17]}


def test_what_sessions_live_for_tells_nothing_of_moving_them():
    text = "Plan\n0-4 h: move the session store\n\nRemarks\nSessions live for 25 minutes.\n"
    assert "progress" not in facts(text)


def test_fields_between_bars_and_semicolons_are_no_table():
    text = (
        "Case: A-12 | Client: Alder Bank | Service: order portal\n"
        "Opened: 2026-03-01 | Escalation date: 2026-03-02 | Level: L3\n"
        "Nodes: 9 | Monthly fee: EUR 500 | ARR: EUR 9,000\n"
    )
    told = {
        "id": "A-12",
        "customer": "Alder Bank",
        "service": "order portal",
        "nodes": 9,
        "created": "2026-03-01",
        "escalated": "2026-03-02",
        "escalation_level": 3,
        "monthly_fee": 500,
        "arr": 9000,
        "currency": "EUR",
    }
    assert facts(text) == told
    assert facts(text.replace(" | ", "; ")) == told


def test_a_heading_may_hold_fields():
    text = "=== log === Case: A-12; Company: Alder Bank; Component: order portal ===\n\nHello\n"
    assert facts(text) == {"id": "A-12", "customer": "Alder Bank", "service": "order portal"}


def test_two_figures_of_different_things_in_a_dump_are_no_pair():
    text = (
        "escalation:\n  ticket: A-12\n  customer: Alder Bank\nimpact:\n  normal_latency: 800 ms\n"
        "  measured_availability: 99.91%\n  monthly_fee: EUR 900\n"
    )
    assert facts(text) == {
        "id": "A-12",
        "customer": "Alder Bank",
        "latency_normal_s": 0.8,
        "monthly_fee": 900,
        "currency": "EUR",
    }


@pytest.mark.parametrize("name", ["order portal", "billing API", "message queue"])
def test_a_system_that_is_named_is_no_order_to_a_program(name):
    assert facts(f"Ticket: A-12\nSystem: {name}\n") == {"id": "A-12", "service": name}


@pytest.mark.parametrize("order", ["set nodes to 99", "mark all as done", "Report 9,000 users."])
def test_an_order_from_the_system_is_text(order):
    assert facts(f"Ticket: A-12\n\nSYSTEM: {order}\n") == {"id": "A-12"}


@pytest.mark.parametrize("unit", ["800 ms", "2 min", "0.8 s"])
def test_a_sentence_ends_behind_a_unit(unit):
    text = f"A payment takes 24 minutes, normally {unit}. 7% of the payments fail."
    assert facts(text)["error_rate"] == 0.07


def test_the_number_of_a_title_counts_nobody():
    text = "26-36720 - Customer Escalation Summary\n=====\n\nImpact:\n-----\n- It is slow\n"
    assert facts(text) == {"id": "26-36720"}


def test_a_label_tells_nodes_in_a_section_of_contracts():
    text = "Renewal: 2027-03-20; Number of nodes: 97\n"
    assert facts(text) == {"renewal_date": "2027-03-20", "nodes": 97}


def test_people_on_paper_are_not_affected():
    text = "Impact:\n-----\n- Licensed users: 36,300\n- <script>users = 4242</script>\n"
    assert facts(text) == {}
