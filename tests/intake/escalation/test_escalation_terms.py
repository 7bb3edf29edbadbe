"""Terms that stand alone, times that are sizes, and names that are corrected, in own sentences."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts_of(text):
    return read_escalation(text).facts


def test_an_availability_alone_among_the_terms_is_the_promise():
    text = "# Contract\n\n- uptime 99.5 %, met\n- EUR 640 a month\n\n# Notes\n\n- uptime 98 %\n"
    facts = facts_of(text)
    assert (facts.sla_objective, facts.monthly_fee, facts.currency) == (0.995, 640, "EUR")


def test_the_length_of_a_thing_is_no_response_time():
    text = "A recording of twelve minutes comes back after 3 hours (usually 6 minutes)."
    facts = facts_of(text)
    assert (facts.latency_normal_s, facts.latency_now_s) == (360, 10800)


def test_a_median_of_a_time_is_a_response_time():
    assert facts_of("A search takes a median of 9 s, normally 2 s.").latency_now_s == 9


def test_the_customer_is_whoever_is_called_so():
    text = "Marlin's clerks wait.\nA slip of ours: the customer is called Merlin Freight."
    assert facts_of(text).customer == "Merlin Freight"


@pytest.mark.parametrize(
    ("sentence", "share"),
    [
        ("Every fifth page shows no prices.", 0.2),
        ("Every fifth page shows no change.", None),
        ("6% never open.", 0.06),
    ],
)
def test_what_shows_nothing_fails(sentence, share):
    assert facts_of(f"# Symptoms\n\n{sentence}\n").error_rate == share


def test_entries_tell_when_a_report_was_opened_and_escalation_asked_for():
    text = """Course of events
2026.04.07 (Tue) 08:15 JST    We noticed it and opened report no. 4471.
2026.04.08 (Wed) 10:00 JST    We asked for escalation.
"""
    facts = facts_of(text)
    assert facts.created == "2026-04-07T08:15:00+09:00"
    assert facts.escalated == "2026-04-08T10:00:00+09:00"


def test_one_window_said_twice_is_one_window():
    text = """# Plan

Within the first two days we will stop the import and calculate the lists again. Between the third
and the seventh day, that is 72 to 168 hours from the start, it will bring back the old index.
"""
    assert [
        (one["from_hours"], one["to_hours"], one["actions"]) for one in facts_of(text).stages
    ] == [
        (0, 48, ["stop the import", "calculate the lists again"]),
        (72, 168, ["bring back the old index"]),
    ]
