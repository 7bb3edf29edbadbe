"""Which lines head a section, and which ones only look so."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts(text):
    return read_escalation(text).facts


def stages(text):
    return [
        (stage.name, [action.text for action in stage.actions])
        for stage in read_escalation(text).stages
    ]


def states(text):
    return {one.action.text: one.state.value for one in read_escalation(text).progress}


@pytest.mark.parametrize(
    "body", ["Finance Department", "Contracts Office", "Account Team", "Technical Unit"]
)
def test_the_department_of_a_letterhead_heads_no_section(body):
    text = (
        f"Alder Foods\n{body}\n\n4 May 2026\n\nDear Sir,\n\nWe opened case 77-B on 2 May 2026. "
        "Your desk treats it as priority 2.\n\nWithin 24 hours: drain the queue. Within 3 "
        "days: split the shard.\n\nThe queue has been drained. We are disappointed.\n"
    )
    assert facts(text).priority == "high"
    assert facts(text).sentiment == "negative"
    assert states(text) == {"drain the queue": "done"}


@pytest.mark.parametrize(
    "heading",
    [
        "What the night shift did",
        "What our team has done",
        "What ops did so far",
        "What I did",
        "Already there",
    ],
)
def test_a_heading_about_what_somebody_did_opens_the_report(heading):
    text = (
        "Plan\n A. Relief, first 4 h\n    - drain the queue\n B. Cure, 4 h to 30 h\n"
        f"    - split the shard\n\n{heading}\n * queue drained at 04:05\n"
        " * splitting the shard is under way\n"
    )
    assert states(text) == {"drain the queue": "done", "split the shard": "in_progress"}


@pytest.mark.parametrize("mark", ["1.", "2)", "3"])
def test_a_short_numbered_line_heads_the_paragraph_below_it(mark):
    text = (
        f"Minutes of the call with Alder Foods\n\n{mark} Impact\n   75 drivers are affected, no "
        "shop is without bread.\n   Revenue at risk: USD 4,000 per day.\n\n9. Mood\n   They were "
        "angry about the silence.\n"
    )
    assert facts(text).users_affected == 75
    assert facts(text).revenue_at_risk_per_day == 4000
    assert facts(text).sentiment == "negative"


def test_a_wrapped_item_goes_on_below_its_number():
    text = "Plan\n0-4 h:\n1. Move the whole archive of the old\n   Hamburg cluster to the new one\n"
    assert stages(text) == [
        (None, ["Move the whole archive of the old Hamburg cluster to the new one"])
    ]


@pytest.mark.parametrize("heading", ["Key figures", "Environment", "Contract", "Problem"])
def test_a_table_with_windows_and_measures_is_a_plan_below_any_heading(heading):
    text = (
        f"{heading}\n  Brokers   9\n\n  Stage    Window     Measure\n"
        "  -------  ---------  --------\n"
        "  Contain  0-8 h      Drain the queue\n                      Pause the sync\n"
        "  Repair   1-3 weeks  Split the shard\n"
    )
    assert stages(text) == [
        ("Contain", ["Drain the queue", "Pause the sync"]),
        ("Repair", ["Split the shard"]),
    ]


def test_a_table_of_times_in_a_report_is_no_plan():
    text = "Status\n\n| When | What |\n|---|---|\n| 2 h | queue drained |\n| 4 h | shard split |\n"
    assert stages(text) == []


@pytest.mark.parametrize(
    "title", ["Weekly report, week 38 (14 to 18 September)", "Report - 3 to 7 May"]
)
def test_the_dates_of_a_title_are_no_stage(title):
    text = (
        f"{title}\n\nUptime 99.95% promised, 99.81% in week 38.\n\n0-4 h: drain the queue\n"
        "4-20 h: split the shard\n"
    )
    assert stages(text) == [(None, ["drain the queue"]), (None, ["split the shard"])]


def test_a_week_of_the_year_is_no_window_in_hours():
    text = "Plan\n- Relief (0-4 h)\n  - drain the queue\n- Move (in week 41)\n  - split the shard\n"
    assert [stage.latest for stage in read_escalation(text).stages][1:] == [None]


@pytest.mark.parametrize(
    "clause", ["availability 99.5 %", "99.5 % uptime", "uptime of 99.5 per cent"]
)
def test_a_clause_of_the_terms_may_be_the_promise(clause):
    text = f"Contract\nMs Lee recalled: monthly fee GBP 2,300, {clause}, renewal on 1 April 2027.\n"
    assert facts(text).sla_objective == 0.995


@pytest.mark.parametrize("heading", ["agreed", "the plan", "actions"])
def test_a_short_line_above_deeper_ones_goes_on_with_no_sentence(heading):
    text = (
        "call with Alder Foods, 4 May 2027, twenty minutes, notes typed afterwards\n"
        "money: 2,600 EUR a day at risk. SLA 99.9\n"
        f"{heading}\n next 2 h\n  - drain the queue\n 2-20 h\n  - split the shard\nmood: tense\n"
    )
    assert stages(text) == [(None, ["drain the queue"]), (None, ["split the shard"])]


def test_the_words_of_a_wrapped_sentence_head_nothing():
    text = (
        "They asked twice for a status and for the\nplan\n  - drain the queue\n"
        "and did not get any of it.\n"
    )
    assert stages(text) == []
