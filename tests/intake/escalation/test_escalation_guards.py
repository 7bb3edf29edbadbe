"""What a word beside a figure, a name or a report keeps from being believed."""

import pytest

from impactcalc.intake.escalation import read_escalation

PLAN = (
    "Plan\n- Relief (0-4 h): restart the hubs depot by depot\n"
    "- Cure (4-20 h): split the gateway into two pools; freeze the map\n"
    "- Hardening (after 7 days): add a template check; give each depot its own cache\n\nStatus\n"
)


def facts(text):
    return read_escalation(text).facts


def states(report):
    return {one.action.text: one.state.value for one in read_escalation(PLAN + report).progress}


@pytest.mark.parametrize(
    ("report", "state"),
    [
        ("hubs: three depots restarted", "in_progress"),
        ("the first depot is restarted", "in_progress"),
        ("hubs restarted in 4 depots", "in_progress"),
        ("all four depots have been restarted", "done"),
        ("hubs restarted in all depots", "done"),
        ("the last depot was restarted at noon", "done"),
        ("no depot restarted yet", "not_started"),
    ],
)
def test_some_of_the_units_that_an_action_takes_one_by_one_are_a_part(report, state):
    assert states(f"- {report}\n") == {"restart the hubs depot by depot": state}


@pytest.mark.parametrize(
    "report",
    [
        "Hardening: nothing has begun",
        "Hardening: none of the items has begun",
        "Hardening: neither item started",
        "Neither of the hardening actions has started",
    ],
)
def test_none_behind_the_name_of_a_stage_means_its_own_actions(report):
    assert states(f"- {report}\n") == {
        "add a template check": "not_started",
        "give each depot its own cache": "not_started",
    }


@pytest.mark.parametrize(
    ("report", "state"),
    [
        ("The split, three days later, is active for cards but not yet for debits", "in_progress"),
        ("The split is live for cards but not yet for debits", "in_progress"),
        ("The split has been tested in staging only", "not_started"),
        ("The split is done", "done"),
    ],
)
def test_a_verb_behind_an_article_is_a_thing(report, state):
    assert states(f"- {report}.\n") == {"split the gateway into two pools": state}


@pytest.mark.parametrize("words", ["not in place", "not in force", "not active"])
def test_what_is_not_in_place_has_not_begun(words):
    assert states(f"- freeze {words}, it needs a right from them\n") == {
        "freeze the map": "not_started"
    }


@pytest.mark.parametrize(
    "text",
    [
        "Escalated today. They asked for level 3, agreed on level 2.",
        "Escalated to level 2 (they demanded level 3).",
        "Escalation: level 2, before: level 1",
        "Level stays L2 then, no need for management.",
    ],
)
def test_a_level_that_was_only_asked_for_is_none(text):
    assert facts(text).escalation_level == 2
    assert facts(text).id is None


@pytest.mark.parametrize("words", ["sorry, typo: 1.9k", "typo, 1,900", "meant to say: 1900"])
def test_a_figure_without_a_noun_corrects_the_count_right_before(words):
    text = (
        f"Ann  10:05\n19k pet owners hit\n\nBob  10:06\nwith 41 practices?\n\nAnn  10:08\n{words}\n"
    )
    assert facts(text).users_affected == 1900


def test_a_figure_without_a_noun_corrects_no_count_before_another_figure():
    text = "Ann  10:05\n900 users are hit\nwe have 12 nodes\n\nAnn  10:08\nsorry, typo: 13\n"
    assert facts(text).users_affected == 900


@pytest.mark.parametrize("words", ["do not notice anything", "noticed nothing", "are not hit"])
def test_people_who_notice_nothing_are_not_affected(words):
    text = f"1,150 technicians cannot close their visits. The 310,000 households {words}."
    assert facts(text).users_affected == 1150


def test_nodes_that_bear_a_name_of_people_are_no_people():
    text = "Key figures\n  Brokers    9, in 3 zones\n  Affected   240 dispatchers\n"
    assert facts(text).users_affected == 240
    assert facts(text).nodes == 9


@pytest.mark.parametrize(
    "title", ["WEEKLY SERVICE REPORT", "Quarterly service review", "Service desk summary"]
)
def test_the_kind_of_a_text_is_no_service(title):
    assert facts(f"{title}\n\nThe rent portal is slow.\n").service == "rent portal"


def test_where_something_arrives_is_not_what_fails():
    text = "Positions reach the control centre too late. The Kafka cluster is full.\n"
    assert facts(text).service == "Kafka cluster"


@pytest.mark.parametrize("lead", ["which is an increase", "an increase", "that is a rise"])
def test_an_increase_may_stand_in_a_clause_of_its_own(lead):
    text = f"A job used to take 3 seconds, on Tuesday it took 90 seconds, {lead} of 2,900%."
    assert facts(text).latency_increase_percent == 2900


def test_an_availability_that_is_a_goal_of_our_own_is_not_the_promise():
    assert facts("The contract says three nines, our own goal is four nines.").sla_objective == (
        0.999
    )


@pytest.mark.parametrize("verb", ["turned down", "thrown out", "sent back", "denied", "mangled"])
def test_what_is_turned_down_fails(verb):
    assert facts(f"Three payments in ten are {verb}.").error_rate == 0.3


@pytest.mark.parametrize("when", ["on Friday", "on Monday evening", "this morning"])
def test_a_status_line_may_say_when(when):
    assert facts(f"Status {when}: contained.").status == "contained"


@pytest.mark.parametrize("words", ["I take over 918-KT", "Took over 918-KT", "picking up 918-KT"])
def test_who_takes_a_case_over_names_its_number(words):
    assert facts(f"morning all. {words}, sev2.").id == "918-KT"
    assert facts("I took over 3 shifts and 4471 calls.").id is None


def test_what_a_meeting_was_called_is_no_verdict_on_the_customer():
    text = "Mood\nMs Lee called the meeting useful but expects better notice. Overall: neutral.\n"
    assert facts(text).sentiment == "neutral"


@pytest.mark.parametrize("lead", ["Between 5,200 and", "Some 5,200 to", "5,200 to"])
def test_a_range_of_people_may_open_the_sentence(lead):
    assert facts(f"{lead} 5,600 students sat an examination.").users_affected == [5200, 5600]


@pytest.mark.parametrize(
    "words", ["takes 75 seconds now", "now takes 75 seconds", "needs 75 seconds"]
)
def test_what_used_to_be_done_within_a_time_is_normal(words):
    found = facts(f"A payment that used to be confirmed within 5 seconds {words}.")
    assert (found.latency_normal_s, found.latency_now_s) == (5, 75)


@pytest.mark.parametrize("than", ["less", "more", "cheaper", "faster"])
def test_a_share_by_which_two_things_differ_is_none_that_fails(than):
    assert facts(f"The damaged cable was replaced, 12% {than}.").error_rate is None
