"""Values that change while a case runs, and words that look like a value and are none."""

from __future__ import annotations

import pytest

from impactcalc.intake.escalation import read_escalation

_PLAN = """Plan
1. Relief (0-4 h)
   - pause the guest networks
   - merge the small tables
2. Repair (4-24 h)
   - split the booking table
   - move the archive to new disks

Status
"""


def _progress(status: str) -> dict[str, object]:
    """Give the states that a report under the plan tells."""
    return {one.action.text: one.state.value for one in read_escalation(_PLAN + status).progress}


@pytest.mark.parametrize(
    ("label", "value", "priority"),
    [
        ("Severity", "raised from SEV3 to SEV2, the fair opens today", "high"),
        ("Priority", "lowered from P1 to P3 at noon", "medium"),
        ("Priority", "P2, taken over from the night shift", "high"),
    ],
)
def test_a_changed_priority_is_the_one_that_it_was_changed_to(
    label: str, value: str, priority: str
) -> None:
    assert read_escalation(f"Customer: Alder Mills\n{label}: {value}\n").facts.priority == priority


def test_a_correction_of_an_amount_beats_the_amount_at_risk_above_it() -> None:
    text = "Revenue at risk is EUR 40,000 per day.\nCorrection from them: it is EUR 31,000 a day.\n"
    assert read_escalation(text).facts.revenue_at_risk_per_day == 31_000


@pytest.mark.parametrize(
    "other",
    [
        "Correction: they pay EUR 900 a month.",
        "Correction: the fee is EUR 900 a month.",
        "Correction: it could be EUR 90,000 a day if it lasts.",
    ],
)
def test_a_correction_of_other_money_leaves_the_amount_at_risk(other: str) -> None:
    text = f"Revenue at risk is EUR 40,000 per day.\n{other}\n"
    assert read_escalation(text).facts.revenue_at_risk_per_day == 40_000


@pytest.mark.parametrize("words", ["no revenue figure yet", "no figure, it is heat", "no estimate"])
def test_that_no_figure_was_given_is_no_zero(words: str) -> None:
    facts = read_escalation(f"Customer: Alder Mills\nRevenue at risk: {words}\n").facts
    assert facts.revenue_at_risk_per_day is None


def test_one_of_an_action_s_own_things_is_no_action_in_its_turn() -> None:
    told = _progress("guest networks: two of five paused\nguest networks: the last one is paused\n")
    assert "move the archive to new disks" not in told


def test_what_an_action_waits_for_is_not_told_of() -> None:
    told = _progress("The archive move is not started, waits for the split.\n")
    assert told == {"move the archive to new disks": "not_started"}


def test_an_agreement_that_promises_is_no_action_that_runs() -> None:
    text = "Plan\n1. Review (2-4 weeks)\n   - agree new limits for imports\n\nContract\n"
    text += "We pay you EUR 900 per month, and the agreement promises 99.5%.\n"
    assert read_escalation(text).facts.progress is None


def test_nodes_behind_their_label_may_have_their_zones_beside_them() -> None:
    facts = read_escalation("Customer: Alder\nBrewing nodes: 6 in 2 availability zones\n").facts
    assert (facts.nodes, facts.zones) == (6, 2)


def test_a_part_that_comes_back_empty_fails() -> None:
    assert read_escalation("One query in eight comes back empty.\n").facts.error_rate == 0.125
