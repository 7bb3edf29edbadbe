"""What stands beside a fact and is another one: releases, shares of a job, second times."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts(text):
    return read_escalation(text).to_document()["facts"]


PLAN = "Relief (0-4 hours)\n* Stop it now\n* Drain the queue\nCure (4-20 hours)\n* Mend it"


@pytest.mark.parametrize("field", ["Release: 7.4", "Draw day: Saturday", "Fixed in: Q3"])
def test_a_field_above_a_plan_that_nothing_calls_one_is_no_stage(field):
    stages = facts(f"Customer: Alder\n{field}\n\n{PLAN}")["stages"]
    assert [stage["name"] for stage in stages] == ["Relief", "Cure"]


@pytest.mark.parametrize(
    "line",
    [
        "resubmitting lost jobs: 70% through",
        "Re-sending failed orders: 35 %",
        "The reprint of rejected forms is 40% done.",
    ],
)
def test_how_far_a_job_is_tells_no_share_of_failures(line):
    assert facts(f"Customer: Alder\n{line}\nOne order in forty is lost.")["error_rate"] == 0.025


def test_the_share_behind_a_time_is_that_of_failures():
    line = "Saving a form: 17 s, usually 1.2 s; 9% of the saves end in an error page"
    assert facts(line)["error_rate"] == 0.09


@pytest.mark.parametrize(
    ("words", "created", "escalated"),
    [
        (
            "it was opened today at 06:30 UTC and escalated at 17:45 UTC.",
            "2026-02-23T06:30:00+00:00",
            "2026-02-23T17:45:00+00:00",
        ),
        (
            "it was escalated at 17:45 UTC; the ticket had been opened at 06:30 UTC.",
            "2026-02-23T06:30:00+00:00",
            "2026-02-23T17:45:00+00:00",
        ),
        (
            "On 20 February 2026 we reported it. Yesterday (22 February 2026) it was escalated.",
            "2026-02-20",
            "2026-02-22",
        ),
        (
            "Our director escalated it today. On Friday, 20 February 2026, the case was opened.",
            "2026-02-20",
            "2026-02-23",
        ),
    ],
)
def test_each_verb_has_the_time_beside_it(words, created, escalated):
    found = facts(f"Sent: Monday, 23 February 2026 18:05\n\nDear all,\n{words}")
    assert (found["created"], found["escalated"]) == (created, escalated)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ('Status recorded for the weekly list: "Open, plan agreed".', "Open, plan agreed"),
        ("State noted in the minutes: On hold", "On hold"),
        ("2026-05-04 10:00 UTC | STATE | Status: Monitoring", "Monitoring"),
    ],
)
def test_a_status_may_be_written_down_somewhere_and_named_twice(line, status):
    assert facts(f"Customer: Alder\n{line}")["status"] == status


@pytest.mark.parametrize(
    "line",
    [
        "Availability        agreed 99.5 %  measured 99.61 % in July",
        "SLA check: the contract says 99.5 %, another 3 hours would breach it.",
    ],
)
def test_the_promise_stands_beside_what_was_measured_and_what_would_be(line):
    assert facts(f"Customer: Alder\n{line}")["sla_objective"] == 0.995


def test_a_label_with_a_full_stop_may_lead_to_its_value_by_dots():
    found = facts("1. CASE\n   Reference no. ........... 0071-664\n   Customer ........... Alder")
    assert (found["id"], found["customer"]) == ("0071-664", "Alder")
