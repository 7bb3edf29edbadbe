"""Questions: what is worth asking, in which order, what it is worth, and whom to ask."""

import pytest

from impactcalc.analysis.decisions import decide
from impactcalc.engine.simulate import Effort
from impactcalc.usecases.estimate import read_example
from impactcalc.usecases.request import Request
from impactcalc.usecases.source import scenario_of

EFFORT = Effort(trials=2**14)


def fields(estimate):
    return [one.field for one in estimate.questions]


@pytest.fixture(scope="module")
def seed(stratton):
    return decide(stratton, EFFORT)


def changed(now, *settings):
    scenario = scenario_of(read_example(), Request(settings=settings), now)
    return decide(scenario, EFFORT)


@pytest.fixture(scope="module")
def now(stratton):
    return stratton.as_of.value


def test_the_contradiction_of_the_text_is_asked_first(seed):
    first = seed.questions[0]
    assert (first.field, first.ask) == ("incident.latency.increase", "Which figure holds")
    assert first.whom == "the engineers"


def test_at_most_five_are_asked_each_with_whom_to_ask(seed):
    assert len(seed.questions) == 5
    assert all(one.ask and one.why and one.whom for one in seed.questions)
    assert fields(seed)[1:3] == ["sla.downtime", "business.reading"]
    assert {"incident.started", "incident.cluster.tablets"} <= set(fields(seed))


def test_without_actions_that_cost_something_no_worth_is_shown(seed):
    assert [one.worth for one in seed.questions] == [None] * 5


def test_behind_the_contradiction_the_range_that_narrows_most_comes_first(seed):
    rest = [one.narrows for one in seed.questions[1:]]
    assert rest == sorted(rest, reverse=True)
    assert all(0 < narrows < 1 for narrows in rest)


def test_what_is_answered_is_asked_no_more(now):
    answered = changed(
        now,
        "sla.downtime=proportional",
        "business.reading=exposed",
        "incident.cluster.tablets=112",
        "incident.started=2024-01-22T10:00Z",
        "recovery.started=2024-01-23T08:00Z",
    )
    known = {"sla.downtime", "business.reading", "incident.cluster.tablets", "incident.started"}
    assert not known & set(fields(answered))
    assert "sla.monthly_fee" in fields(answered)


def test_an_answer_that_was_asked_for_narrows_the_range_about_as_promised(seed, now):
    asked = {one.field: one for one in seed.questions}["incident.started"]
    width = seed.customer.total.p95 - seed.customer.total.p5
    left = []
    for hour in range(0, 24, 3):
        total = changed(now, f"incident.started=2024-01-22T{hour:02}:30Z").customer.total
        left.append(total.p95 - total.p5)
    assert 1 - sum(left) / len(left) / width == pytest.approx(asked.narrows, abs=0.05)


def test_a_definition_that_decides_nothing_is_not_asked_for(now):
    settled = changed(now, "sla.target=1%")
    assert "sla.downtime" not in fields(settled)


MONEYLESS = """
impactcalc: 1
incident: {started: 2026-03-01T00:00Z, as_of: 2026-03-01T02:00Z, priority: high}
recovery: {stages: [{name: Mend, duration: 2 h to 9 h, status: in_progress}]}
sla: {target: 99%, downtime: all_fail}
"""


def test_without_money_the_revenue_is_asked_for_first(build):
    found = decide(build(MONEYLESS), EFFORT)
    assert fields(found)[0] == "business.revenue_at_risk"
    asks = {one.field: one for one in found.questions}
    assert asks["recovery.stages.Mend.duration"].ask == "How long will Mend still take?"
    assert asks["recovery.stages.Mend.elapsed"].ask == "Since when does Mend run?"


def test_without_a_contract_the_sla_is_asked_for(build):
    text = MONEYLESS.replace("sla: {target: 99%, downtime: all_fail}\n", "")
    found = decide(build(text + "business: {revenue_at_risk: 9 K EUR/day}\n"), EFFORT)
    assert fields(found)[0] == "sla.target"
    share = {one.field: one for one in found.questions}["incident.lost_share"]
    assert share.why == "it is taken from the priority alone"


ACTION = """
what_if:
  - {name: Team, scale: {recovery.stages.Mend.duration: 0.5}, cost: 2500 EUR}
"""
CLEAR = """
impactcalc: 1
incident: {started: 2026-03-01T00:00Z, as_of: 2026-03-01T00:00Z, lost_share: 'uniform(0%, 100%)'}
recovery: {dependence: 0, stages: [{name: Mend, duration: 10 h}]}
business: {currency: EUR, revenue_at_risk: 24 K EUR/day, reading: exposed}
sla: {target: 99%, downtime: all_fail}
"""


def test_the_worth_of_the_lost_share_is_the_exact_one(build):
    # the action saves 5 h x 1,000/h x L - 2,500, L uniform: E max(0, 5000 (L - 1/2)) = 625
    found = decide(build(CLEAR + ACTION), EFFORT)
    asked = {one.field: one for one in found.questions}
    assert asked["incident.lost_share"].worth == pytest.approx(625, rel=0.01)
    assert asked["sla.monthly_fee"].worth == 0.0


def test_a_dear_or_a_cheap_action_leaves_nothing_to_decide(build):
    for cost in ("5001 EUR", "1 EUR"):
        found = decide(build(CLEAR + ACTION.replace("2500 EUR", cost)), EFFORT)
        asked = {one.field: one for one in found.questions}
        assert asked["incident.lost_share"].worth == pytest.approx(0.0, abs=1e-9)


def test_the_worth_of_the_reading_counts_the_actions_under_both(build):
    # exposed: 5 h x 1,000 x L, 2,500 on average; lost: 5 h x 1,000 = 5,000; the cost is 3,000
    text = CLEAR.replace(", reading: exposed", "") + ACTION.replace("2500", "3000")
    found = decide(build(text), EFFORT)
    asked = {one.field: one for one in found.questions}
    # -500 or +2,000: with the answer 1,000 on average, without it 750
    assert asked["business.reading"].worth == pytest.approx(250, rel=0.01)
    assert fields(found)[0] in {"incident.lost_share", "business.reading"}
