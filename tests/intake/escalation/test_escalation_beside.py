"""Figures beside others of their kind: which of them is the fact."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts(text):
    return read_escalation(f"Customer: Alder Foods\n\n{text}").to_document()["facts"]


@pytest.mark.parametrize(
    "sentence",
    [
        "About 320 editors are affected; the 4,000 readers of the archive notice nothing.",
        "The 4,000 readers of the archive notice nothing; 320 editors cannot work.",
        "320 clerks are affected, the 4,000 pensioners notice nothing.",
    ],
)
def test_those_who_notice_nothing_stand_beside_those_who_do(sentence):
    assert facts(sentence)["users_affected"] == 320


def test_people_who_are_not_affected_are_not_counted_whatever_else_is():
    assert facts("260 clerks in 14 branches are not affected.")["users_affected"] is None


@pytest.mark.parametrize(
    ("value", "users"),
    [
        ("not known, 52 field crews", None),
        ("unknown, estimated 1,400 members", 1400),
        ("not known exactly, about 90 clerks", 90),
    ],
)
def test_a_count_nobody_knows_is_none_unless_somebody_guesses(value, users):
    assert facts(f"People affected: {value}")["users_affected"] == users


def test_a_figure_that_is_withdrawn_does_not_count():
    told = facts(
        "The store runs on 10 storage nodes. The figure of 12 nodes in our letter is withdrawn."
    )
    assert told["nodes"] == 10


@pytest.mark.parametrize(
    "sentence",
    ["The agreed availability is 99.90%.", "We promise an availability of 99.9% a month."],
)
def test_the_promise_may_stand_above_the_credits_for_breaking_it(sentence):
    told = facts(
        f"Service credits\n{sentence}\n- 99.00% to below 99.90%: 10%\n- below 99.00%: 30%\n"
    )
    assert told["sla_objective"] == 0.999
    assert [one["credit"] for one in told["credit_tiers"]] == [0.1, 0.3]
