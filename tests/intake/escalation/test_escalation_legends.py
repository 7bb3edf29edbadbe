"""A legend in the title of a plan tells what its signs mean; it withdraws nothing."""

import pytest

from impactcalc.intake.escalation import read_escalation

STAGES = """

Contain (0-4 hours)
  [x] Close the gate
  [ ] Post a guard
Repair (4-24 hours)
  [ ] Replace the lock
"""


@pytest.mark.parametrize(
    "title",
    [
        "PLAN   [x] finished   [~] being worked on   [ ] not begun   [-] dropped",
        "Action Plan ([x] done, [ ] open, [-] cancelled)",
        "Plan - key: [x] done [ ] open [-] withdrawn",
        "## Plan  [x] done / [ ] to do / [-] rejected",
        "Action plan      [ ] open   [x] done   [-] no longer planned",
        "ACTION PLAN  (x = done, ~ = under way, - = cancelled)",
        "Plan of action - done [x], open [ ], dropped [-]",
        "Action Plan (done / in progress / cancelled)",
    ],
)
def test_a_legend_behind_the_title_of_a_plan_is_no_mark(title):
    facts = read_escalation(f"Customer: Orlo Port\n\n{title}{STAGES}").to_document()["facts"]
    assert [stage["actions"] for stage in facts["stages"]] == [
        ["Close the gate", "Post a guard"],
        ["Replace the lock"],
    ]
    assert facts["progress"][0] == {"action": "Close the gate", "state": "done"}


@pytest.mark.parametrize(
    "title",
    [
        "Action Plan (status: withdrawn)",
        "Action Plan [open questions, see below] - WITHDRAWN",
        "Action plan (withdrawn, see the one of May)",
        "Action Plan - cancelled on 4 May, not begun",
    ],
)
def test_a_plan_that_its_title_withdraws_is_left_out(title):
    assert read_escalation(f"Customer: Orlo Port\n\n{title}\n------{STAGES}").facts.stages is None
