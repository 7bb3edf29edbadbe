"""What a text sets aside is not read: other cases, captures, help text; a warning names it."""

import pytest

from impactcalc.intake.escalation import read_escalation
from tests.intake.escalation.ferry_case import (
    HEAD,
    IMPACT,
    OTHER_CASE,
    OTHER_PLAN,
    assert_whole,
    document,
    facts,
    house,
)


@pytest.mark.parametrize(
    "title",
    [
        "----- Attachment: old summary, closed in January, for comparison only -----",
        "===== Last year's case, pasted for comparison =====",
        "*** Appendix: summary of the closed case ***",
        "--- old ticket, not part of this escalation",
        "Attachment 2: escalation summary of last year (closed)",
        "APPENDIX C - RECORD OF THE PREVIOUS ESCALATION (CLOSED)",
        "For comparison, the closed case of January 2025:",
        "Previous escalation for comparison",
        "===== HISTORY: escalation of 2025 (resolved) =====",
        "----- Attached for information: CE2990 (closed) -----",
        "--8<-- summary of another customer's case --8<--",
    ],
)
def test_another_case_below_its_title_is_not_read(title):
    assert_whole(house(after=f"\n{title}\n\n{OTHER_CASE}"))


def test_another_case_may_stand_first_or_in_the_middle():
    other = f"\n===== previous case, closed, for comparison =====\n\n{OTHER_CASE}"
    assert_whole(f"{other}\n===== the present case =====\n\n{house()}")
    assert_whole(house(between=f"{other}\n===== end of the previous case =====\n"))


def test_a_sentence_announces_the_other_case():
    told = "\nThe summary of the earlier, closed case is pasted below for comparison.\n"
    assert_whole(house(head=HEAD + told, after=f"\n\n{OTHER_CASE}"))


def test_a_sentence_on_two_present_cases_sets_none_aside():
    told = "\nThe other ticket below has the same cause.\n"
    second = OTHER_CASE.replace("Tarn Ferries", "Marrow Mines").replace("Closed", "New")
    assert facts(house(head=HEAD + told, after=f"\n\n{second}"))["priority"] is None


def test_a_sentence_says_what_the_attached_summary_is():
    told = "\nAttached: the summary of CE2990 (closed last January), for the auditors.\n"
    assert_whole(house(head=HEAD + told, after=f"\n\n{OTHER_CASE}"))


def test_two_cases_of_which_none_is_set_aside_stay_two():
    second = OTHER_CASE.replace("Tarn Ferries", "Marrow Mines").replace("Closed", "New")
    assert facts(house(after=f"\n\n{second}"))["priority"] is None


def test_an_attachment_to_the_case_itself_is_read():
    text = house(after="\n----- Attachment: contract sheet -----\n\nMonthly fee: $5,500\n")
    assert facts(text)["monthly_fee"] == 5500


CAPTURE = """POST /v1/tides HTTP/1.1
Customer: load-test-7
Priority: u=3
Affected Users: 5

HTTP/1.1 503 Service Unavailable
Status: 503
Created: 1999-01-01
Escalation Level: Level 9
{"nodes": 44, "monthly_fee": 1}
"""
RECORD = '{"customer": "Demo", "priority": "low", "nodes": 44, "status": "closed"}\n'


def indented(text):
    return "".join(f"    {line}\n" if line else "\n" for line in text.splitlines())


@pytest.mark.parametrize(
    "capture",
    [
        f"Request and answer as captured:\n\n{indented(CAPTURE)}\nEnd of the capture.\n",
        f"Raw request and response:\n\n{indented(CAPTURE)}",
        f"Request of the test tenant:\n```http\n{CAPTURE}```\n",
        CAPTURE,
        f"Sample record of the product:\n```\n{RECORD}```\n",
        f"{{code:json}}\n{RECORD}{{code}}\n",
        f"Body of a test order:\n\n{indented(RECORD)}",
        "Order of the demo system:\n\n    customer: Demo\n    nodes: 44\n    status: closed\n",
        "--- begin payload ---\nCustomer: Demo\nPriority: low\nNodes: 44\n--- end payload ---\n",
        f"What the client sends:\n\n{indented(CAPTURE)}",
        "Response body (demo):\n<pre>\nCustomer: Demo\nNodes: 44\n</pre>\n",
        "Manifest of the staging cluster:\n\n    nodes: 44\n    replication_factor: 9\n",
        "Headers as sent:\n\n    Customer: Demo\n    Priority: u=5\n    Status: sent\n",
        "[begin of e-mail header]\nPriority: low\nCustomer: x\n[end of e-mail header]\n",
        "Log excerpt, as captured:\n\n    10:01 status: CLOSED nodes=44\n\nEnd of log.\n",
    ],
)
def test_a_capture_inside_a_report_is_not_read(capture):
    assert_whole(house(between=f"\nTechnical Details:\n-----------------\n{capture}\n"))


@pytest.mark.parametrize(
    "text",
    [
        "```\nTicket: T-8\nCustomer: Orla Baths\nPriority: P1\nAffected users: 31\n```\n",
        "As captured:\n\n    Customer: Orla Baths\n    Priority: P1\n    Affected users: 31\n",
        'Raw dump:\n{"customer": "Orla Baths", "priority": "P1", "affected_users": 31}\n',
    ],
)
def test_a_text_that_is_nothing_but_a_dump_is_read(text):
    found = facts(text)
    assert (found["customer"], found["priority"], found["users_affected"]) == (
        "Orla Baths",
        "critical",
        31,
    )


@pytest.mark.parametrize(
    "line",
    [
        '(Fill in all fields. Example: "Affected Users: 15,000", "$75K daily revenue at risk".)',
        'Give one figure a line, for example "Affected Users: 15,000".',
        "# Example: Revenue Impact: $75K daily revenue at risk",
        "Note for the author: give money per day, e.g. $75K daily revenue at risk.",
        'Example: "Revenue Impact: $75K daily revenue at risk"',
    ],
)
def test_help_of_a_template_is_not_read(line):
    assert_whole(house(between=f"\n{line}\n"))


def test_examples_below_beside_and_in_labels_are_not_read():
    below = IMPACT.replace("skippers\n", "skippers\n  Example: ~15,000 concurrent users\n")
    assert_whole(house(impact=below))
    assert_whole(house(impact=IMPACT.replace("Impact:", "Impact (e.g. $75K daily):")))
    assert_whole(house(impact=IMPACT.replace("skippers", "skippers (format: e.g. 15,000)")))


@pytest.mark.parametrize(
    "value", ["e.g. 15,000 users", "(Example: 15,000)", "[number, for example 15,000]", "<e.g. 9>"]
)
def test_a_value_that_is_only_an_example_is_none(value):
    assert facts(house(impact=IMPACT.replace("640 skippers", value)))["users_affected"] is None


def test_what_is_set_aside_is_named_and_context():
    read = document(house(between=f"\nAction Plan (void):\n-----------\n{OTHER_PLAN}"))
    [warning] = [one for one in read["warnings"] if "aside" in one["message"]]
    assert warning["line"] == 16
    assert "'Action Plan (void):' (to line 22)" in warning["message"]
    kinds = {one["line"]: one["class"] for one in read["lines"]}
    assert kinds[19] == "context"


def test_a_text_full_of_marks_is_read_in_time():
    text = "".join(f"Old plan {n}:\nSample {n}:\n- Users (old): {n}\n" for n in range(650))
    assert read_escalation(text).lines


@pytest.mark.parametrize("name", ["Example", "Example Ltd.", "Example Bakery of Hull"])
def test_a_customer_may_be_called_example(name):
    assert read_escalation(f"Customer: {name}\n40 users affected\n").facts.customer is not None
