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


@pytest.mark.parametrize(
    ("sentence", "share"),
    [
        ("5% of jobs end at a white page.", 0.05),
        ("12% of price lists contain `#N/A`.", 0.12),
        ("Lectures end at noon for 40% of the courses.", None),
    ],
)
def test_what_ends_at_an_error_fails_and_what_ends_at_noon_does_not(sentence, share):
    assert facts(sentence)["error_rate"] == share


@pytest.mark.parametrize(
    "sentences",
    [
        "The app runs on a cluster of 18 nodes. Its pods sit on all 6 reserved nodes now.",
        "The cluster has 18 nodes. The 4 spare nodes are idle.",
        "The archive is kept on 18 storage nodes.",
    ],
)
def test_nodes_of_a_kind_are_a_part_of_the_cluster(sentences):
    assert facts(sentences)["nodes"] == 18


def test_emphasis_between_single_underscores_is_no_part_of_a_figure():
    told = facts("Answers take *90 seconds*; the usual value is _3 seconds_.")
    assert (told["latency_now_s"], told["latency_normal_s"]) == (90, 3)


def test_a_talk_tells_the_usual_time_when_asked_for_it():
    told = facts(
        "CALL\nAgent: Hello. Is it slow?\nCaller: A quote takes 3 minutes.\n"
        "Agent: How long is it on a normal day?\nCaller: Under ten seconds.\n"
        "Agent: Thank you.\nCaller: We wait.\n"
    )
    assert (told["latency_now_s"], told["latency_normal_s"]) == (180, 10)


@pytest.mark.parametrize(
    ("mood", "wanted"),
    [
        ("Mood: their head of retail has seen worse, and better. Neutral.", "neutral"),
        ("Mood: they were unhappy on Monday. Positive.", "positive"),
        ("Status\n- Cache rebuilt.\n- He called, he is running out of patience.", "negative"),
    ],
)
def test_a_word_of_its_own_is_the_verdict_and_patience_may_be_lost(mood, wanted):
    assert facts(mood)["sentiment"] == wanted


def test_a_level_on_which_they_stay_is_the_level():
    assert facts("We stay on level 2 for now.")["escalation_level"] == 2


def test_what_customers_have_been_for_years_is_no_stage():
    told = facts("We have been your customer for eleven years and would like to remain so.")
    assert told["stages"] is None


PLAN = "Action Plan:\n1. Now (0-4 h):\n   - Send corrected offers\n   - Replace the broker\n\n"


def test_those_elsewhere_are_the_part_that_is_missing():
    told = facts(f"{PLAN}Current Status:\n- Corrected offers sent to Bath, those for York written")
    assert [one["state"] for one in told["progress"]] == ["done"]
    told = facts(f"{PLAN}Current Status:\n- Corrected offers sent to A, those for B being written")
    assert [one["state"] for one in told["progress"]] == ["in_progress"]


def test_what_nobody_can_say_is_no_report():
    told = facts(f"{PLAN}Current Status:\nWhether the broker will be replaced I cannot say.")
    assert told["progress"] is None
