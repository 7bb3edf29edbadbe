"""Plans: windows, headings, tables, sentences."""

from decimal import Decimal

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.figures.windows import find_span

HOUR = 3600


def stages(text):
    return read_escalation(text).to_document()["facts"]["stages"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("0-4 hours", 0, 4),
        ("0-30 minutes", 0, 0.5),
        ("90 minutes-24 hours", 1.5, 24),
        ("within 3 weeks", 0, 504),
        ("within the next 4 hours", 0, 4),
        ("first 60 min", 0, 1),
        ("in the next 24 hours", 0, 24),
        ("up to 12 hours", 0, 12),
        ("within the hour", 0, 1),
        ("within half an hour", 0, 0.5),
        ("now-2 h", 0, 2),
        ("now to 6 hours", 0, 6),
        ("T+4h to T+24h", 4, 24),
        ("1-2 weeks", 168, 336),
        ("1-3 months", 720, 2160),
        ("two to four weeks", 336, 672),
        ("after 7 days", 168, None),
        ("24+ hours", 24, None),
        ("> 24 h", 24, None),
        ("from the second week on", 168, None),
        ("from day 3 on", 48, None),
    ],
)
def test_a_window_is_turned_into_hours(text, low, high):
    span = find_span(text)
    assert span.earliest.amount == Decimal(str(low)) * HOUR
    ends = None if span.latest is None else span.latest.amount / HOUR
    assert ends == high


@pytest.mark.parametrize(
    "text",
    [
        "Today",
        "next week",
        "by tomorrow night",
        "after the season",
        "no date",
        "until Friday",
        "Q3",
    ],
)
def test_a_calendar_phrase_has_no_hours(text):
    span = find_span(text)
    assert span.calendar
    assert span.earliest is span.latest is None


@pytest.mark.parametrize("text", ["Repair", "4 nodes", "2 hours", "the index"])
def test_other_words_are_no_window(text):
    assert find_span(text) is None


def test_business_days_stay_business_days_and_zero_is_plain():
    text = "Action Plan:\n----\n1. Fix (0-2 business days):\n   - Mend it\n"
    (stage,) = stages(text)
    assert (stage["from_hours"], stage["to_hours"]) == (0, {"business_days": 2})


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("1. Immediate (0-4 hours):", "Immediate"),
        ("a) Hotfix - within 4 hours", "Hotfix"),
        ("* Within the next 4 hours", None),
        ("- Phase 1: Contain (0-4 h)", "Phase 1: Contain"),
        ("- 0-4 h: Containment", "Containment"),
        ("**Now (0-4 hours)**", "Now"),
    ],
)
def test_the_name_is_the_heading_without_number_and_window(heading, name):
    text = f"Recovery plan\n{heading}\n    - Restart the pods\n    - Watch the queue.\n"
    (stage,) = stages(text)
    assert (stage["name"], stage["to_hours"]) == (name, 4)
    assert stage["actions"] == ["Restart the pods", "Watch the queue"]


def test_a_wrapped_action_is_one_action():
    text = "Action Plan:\n----\n1. Now (0-1 h):\n   - Move the reporting jobs\n     to a replica\n"
    assert stages(text)[0]["actions"] == ["Move the reporting jobs to a replica"]


def test_a_table_gives_stages_with_their_columns_by_name():
    text = """## Plan

| Timeframe | What | Stage |
|---|---|---|
| 0-2 h | Block the client<br>Raise the quota | Contain |
| 2-12 h | Clean up; Report | Repair |
"""
    first, second = stages(text)
    assert first == {
        "name": "Contain",
        "from_hours": 0,
        "to_hours": 2,
        "actions": ["Block the client", "Raise the quota"],
    }
    assert (second["name"], second["actions"]) == ("Repair", ["Clean up", "Report"])


def test_columns_cut_by_wide_gaps_are_a_table():
    text = (
        "Plan\n"
        "Phase      Window     Actions\n"
        "Contain    0-1 h      Shed load; Block bots\n"
        "Repair     1-6 h      Fail over\n"
    )
    assert [(one["name"], one["to_hours"]) for one in stages(text)] == [
        ("Contain", 1),
        ("Repair", 6),
    ]


def test_a_plan_told_in_sentences_needs_two_windows():
    told = "Within 2 hours we restart the proxy, and within 3 days we replace it."
    assert [(one["to_hours"], one["actions"]) for one in stages(told)] == [
        (2, ["restart the proxy"]),
        (72, ["replace it"]),
    ]
    assert stages("Engineering says back to normal within 4 hours.") is None


def test_a_window_that_runs_backwards_is_left_out_with_a_warning():
    text = "Action Plan:\n----\n1. Fix (8-2 hours):\n   - Mend it\n"
    reading = read_escalation(text)
    assert reading.to_document()["facts"]["stages"][0]["from_hours"] is None
    assert [(one.field, one.line) for one in reading.warnings] == [("stages", 3)]
