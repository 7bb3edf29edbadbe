"""What a text withdraws is not read: plans, stages, fields, rows, figures."""

import pytest

from tests.intake.escalation.ferry_case import (
    IMPACT,
    OTHER_PLAN,
    PLAN,
    assert_whole,
    document,
    facts,
    house,
    stages,
)


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
