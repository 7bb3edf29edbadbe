"""What a text sets aside is not read: withdrawn parts, other cases, captures, help text."""

import pytest

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


def test_the_case_alone_is_read_whole():
    assert_whole(house())


@pytest.mark.parametrize(
    "title",
    [
        "Action Plan (version 1, withdrawn on 4 June, do not use)",
        "Action Plan (superseded by the plan below)",
        "Action Plan - OBSOLETE",
        "ACTION PLAN [VOID]",
        "Withdrawn: Action Plan",
        "Action Plan of 3 June (draft, not agreed with the harbour)",
        "Superseded Action Plan",
        "Old Action Plan",
        "Recovery Plan of Monday (out of date)",
        "Action Plan (previous, overtaken by events)",
        "Action Plan (for the record only)",
        "Action Plan (first version, please ignore)",
        "Action Plan (cancelled, see the new one)",
        "Action Plan (revoked by the harbour board)",
        "Action Plan (copied from another ticket by mistake)",
        "Plan A (rejected)",
        "Action Plan (drill, not real)",
    ],
)
def test_a_plan_whose_title_sets_it_aside_gives_no_stages(title):
    assert_whole(house(between=f"\n{title}:\n{'-' * len(title)}\n{OTHER_PLAN}"))


def test_a_sentence_below_the_title_sets_the_plan_aside():
    told = "This plan was withdrawn on 4 June, see the next section."
    assert_whole(house(between=f"\nAction Plan (first):\n-------\n{told}\n{OTHER_PLAN}"))


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("The following plan is void and stays for the record:\n\n", ""),
        ("--- the following plan is void ---\n\n", ""),
        ("", "\n(The plan above was withdrawn on 4 June.)\n"),
    ],
)
def test_a_sentence_before_or_behind_sets_the_plan_aside(before, behind):
    plan = f"Action Plan:\n-----------\n{OTHER_PLAN}"
    assert_whole(house(between=f"\n{before}{plan}{behind}"))


@pytest.mark.parametrize(
    "mark", ["new", "revised", "replaces the plan above", "this one is valid", "supersedes it"]
)
def test_a_plan_without_a_mark_gives_way_to_the_newer_one(mark):
    text = house(between=f"\nAction Plan:\n-----------\n{OTHER_PLAN}")
    head, _, rest = text.rpartition("Action Plan:")
    assert_whole(f"{head}Action Plan ({mark}):{rest}")


def test_an_option_that_was_not_chosen_is_no_plan():
    option = "\nOption 2 (not chosen)\n- Immediate (0-1 h): sink the pontoon\n"
    assert_whole(house(between=option))


def test_figures_of_a_drill_or_of_older_versions_are_not_read():
    for title in ("Impact Assessment (drill of April)", "Version history", "Superseded figures"):
        assert_whole(
            house(between=f"\n{title}:\n-----\n{IMPACT.partition('---')[2]}".replace("640", "7"))
        )


def test_a_stamp_sets_aside_what_stands_up_to_its_end():
    stamped = (
        f"\n*** OBSOLETE - do not use ***\nAction Plan:\n-----\n{OTHER_PLAN}*** end of that ***\n"
    )
    assert_whole(house(between=stamped))


def test_a_version_gives_way_to_the_one_that_is_called_valid():
    first = f"\nAction Plan (version 1):\n-----------\n{OTHER_PLAN}"
    text = house(between=first)
    assert_whole(text.replace("Action Plan:", "Action Plan (version 2, agreed on 5 June):"))


def test_of_two_versions_without_a_verdict_none_is_taken():
    first = f"\nAction Plan (version 1):\n-----------\n{OTHER_PLAN}"
    read = document(house(between=first).replace("Action Plan:", "Action Plan (version 2):"))
    assert read["facts"]["stages"] is None
    assert "stages" in {warning["field"] for warning in read["warnings"]}


def test_of_two_plans_with_the_same_stages_and_other_words_none_is_taken():
    read = document(house(between=f"\nAction Plan (what sales wrote):\n-----\n{OTHER_PLAN}"))
    assert read["facts"]["stages"] is None
    told = [one["message"] for one in read["warnings"] if one["field"] == "stages"]
    assert any("one of several versions" in message for message in told)


def test_one_stage_of_a_plan_is_withdrawn():
    third = "\n3. Long-term (1-2 weeks) - WITHDRAWN:\n   - Move the pier\n"
    assert_whole(house().replace(PLAN, PLAN + third))


def test_a_withdrawn_last_section_ends_before_the_fields_below_it():
    void = "\nMood of the skippers (void):\n-----\n- Overall sentiment: Delighted\n"
    text = house()
    assert_whole(text.replace("\nEscalation Level", f"{void}\nEscalation Level"))


@pytest.mark.parametrize(
    "line",
    [
        "Affected Users (first count, withdrawn): 7,000 skippers",
        "Revenue Impact (version 1, superseded): $90,000 per day at risk",
        "Revenue Impact: $90,000 per day at risk (obsolete)",
        "Revenue Impact: $90,000 per day at risk - WITHDRAWN",
        "[VOID] Revenue Impact: $90,000 per day at risk",
        "Old Revenue Impact: $90,000 per day at risk",
        "Affected Users: 7,000 skippers -- superseded, see the next line",
        "SLA Violation (old contract, no longer in force): 99.99% uptime SLA",
        "Monthly fee (draft contract, never signed): $4,000",
        "Affected Users: 7,000 skippers  # old value, do not use",
        "Affected Users: 7,000 skippers <-- superseded",
        "Affected Users: 7,000 skippers *superseded*",
        "Affected Users (test entry): 9,999",
        "Affected Users (wrong ticket): 7,000",
        "Crossings take 90 seconds (normally 1 second) [withdrawn, measured on a test rig]",
    ],
)
def test_a_field_that_is_marked_so_is_not_read(line):
    assert_whole(house(impact=IMPACT.replace("- Affected", f"- {line}\n- Affected")))


def test_a_count_in_brackets_that_was_withdrawn_disturbs_none():
    told = "640 skippers (an earlier count of 7,000 was withdrawn)"
    assert_whole(house(impact=IMPACT.replace("640 skippers", told)))


def test_a_clause_that_takes_another_figure_back_disturbs_none():
    told = "640 skippers; the count of 7,000 is obsolete"
    assert_whole(house(impact=IMPACT.replace("640 skippers", told)))


def test_a_remark_on_the_line_below_sets_a_field_aside():
    lines = "- Affected Users: 7,000 skippers\n  (withdrawn, see the next line)\n- Affected"
    assert_whole(house(impact=IMPACT.replace("- Affected", lines)))


def test_the_mark_may_stand_before_the_value():
    lines = "- Revenue Impact: (withdrawn) $90,000 per day\n- Affected"
    assert_whole(house(impact=IMPACT.replace("- Affected", lines)))


def test_rows_of_a_table_are_withdrawn_each_on_its_own():
    rows = ("Affected users (withdrawn) | 900", "Affected users | 40", "Level | 2")
    table = "\n".join(f"| {row} |" for row in ("Field | Value", "---|---", *rows))
    assert facts(f"# Ticket LIB-7\n\n{table}\n")["users_affected"] == 40


def test_two_figures_without_a_verdict_stay_a_contradiction():
    text = house(impact=IMPACT.replace("Revenue Impact", "Revenue Impact (version 2)"))
    first = "- Revenue Impact (version 1): $90,000 per day at risk\n- Affected"
    read = document(text.replace("- Affected", first))
    assert "revenue_at_risk_per_day" in read["contradictions"]


@pytest.mark.parametrize(
    "line",
    [
        "- Rejected bookings: 12 a day",
        "- The obsolete chart client was withdrawn and replaced last week",
        "- Old berths, do not use: 4 and 5",
        "- Void tickets (invalid): 31",
        "- Pontoon rebuilt (old one discarded)",
        "- Request rejected: 6 per second",
    ],
)
def test_such_words_about_other_things_set_nothing_aside(line):
    read = document(house(between=f"\nTechnical Details:\n---\n{line}\n"))
    assert not [one for one in read["warnings"] if "aside" in one["message"]]


def test_a_withdrawn_case_keeps_its_status():
    assert facts("Ticket: T-1\nStatus: Withdrawn\n")["status"] == "Withdrawn"


def test_an_action_keeps_its_words():
    plan = "Plan:\n1. Now (0-2 hours):\n   - Replace the obsolete client (do not use version 3)\n"
    assert stages(plan)[0][3] == ["Replace the obsolete client (do not use version 3)"]


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
