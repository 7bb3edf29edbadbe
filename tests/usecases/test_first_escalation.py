"""The bundled escalation, line by line: what each fact may move, and what it must not."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from impactcalc.usecases.estimate import estimate, record
from impactcalc.usecases.request import Request

SEED = str(Path(__file__).parents[2] / "scenarios" / "stratton.txt")
NOW = datetime(2026, 11, 25, tzinfo=UTC)
NUMBERS = ("sla", "recovery", "promise", "customer", "provider")


def answer(*settings, trials=4096):
    return record(estimate(SEED, Request(settings=settings, trials=trials), NOW))


@pytest.fixture(scope="module")
def seed():
    return answer(trials=2**15)


@pytest.mark.parametrize(
    "setting",
    [
        "incident.priority=low",
        "business.users=30000",
        "incident.escalation_level=3",
        "incident.sentiment=positive",
        "incident.cluster.nodes=9",
    ],
)
def test_labels_and_headcounts_move_no_number(setting):
    plain, changed = answer(), answer(setting)
    assert json.dumps({k: plain[k] for k in NUMBERS}) == json.dumps(
        {k: changed[k] for k in NUMBERS}
    )


def test_the_first_lines_are_its_identity_with_their_sources(seed):
    incident = seed["scenario"]["incident"]
    assert incident["id"] == {"value": "CE1004", "source": "line 1"}
    assert incident["customer"] == {"value": "Stratton", "source": "line 4"}
    assert seed["currency"] == "USD"
    assert seed["customer"]["exposure_per_day"] == 75_000


def test_the_hour_that_nobody_stated_is_an_assumption_and_no_midnight(seed):
    fields = {one["field"] for one in seed["assumptions"]}
    assert "incident.started" in fields
    assert seed["recovery"]["first_relief_h"]["sd"] > 1
    assert seed["as_of"].startswith("2024-01-23T12:00")


def test_first_relief_lies_before_the_forecast_and_the_end_after_it(seed):
    # 36 hours at most since the start of 22 January
    assert seed["recovery"]["first_relief_h"]["p99"] <= 36
    finishes = {stage["name"]: stage for stage in seed["recovery"]["stages"]}
    assert finishes["Immediate"]["status"] == "done"
    assert seed["promise"]["p50"] > "2024-01-23T16:00"
    assert seed["recovery"]["remaining_h"]["p5"] > 0


def test_service_at_the_forecast_is_better_than_at_its_worst(seed):
    fan = seed["recovery"]["fan"]
    now = next(i for i, at in enumerate(fan["at"]) if at >= "2024-01-23T12:00")
    assert fan["p50"][now] > min(fan["p50"])
    assert all(low <= high for low, high in zip(fan["p5"], fan["p95"], strict=True))


def test_what_prevents_gates_nothing():
    plain = answer()
    stages = plain["recovery"]["stages"]
    assert stages[2]["restores"] == 0
    longer = answer("recovery.stages.Long-term.window=10 d to 90 d")
    assert longer["customer"] == plain["customer"]
    assert longer["recovery"]["full_recovery_h"] == plain["recovery"]["full_recovery_h"]


def test_the_budget_is_exact_and_the_silent_contract_has_no_breach_of_its_own(seed):
    sla = seed["sla"]
    assert sla["budget"]["allowed_s"] == 2678.4
    assert sla["basis"] is None
    assert sla["breach_prob"] is None
    chance = {name: one["breach_prob"]["value"] for name, one in sla["readings"].items()}
    assert chance["all_fail"] == 0
    assert chance["proportional"] > 0.8
    assert chance["threshold"] > 0.8


def test_credits_and_churn_are_null_with_a_reason(seed):
    assert seed["provider"] == {
        "credits": None,
        "churn": None,
        "recovery_cost": None,
        "total": None,
    }
    fields = {one["field"] for one in seed["assumptions"]}
    assert {"provider.credits", "provider.churn"} <= fields


def test_both_readings_stand_side_by_side_and_the_lost_one_is_larger(seed):
    readings = seed["customer"]["readings"]
    assert readings["lost"]["mean"] > readings["exposed"]["mean"]
    assert seed["customer"]["total"] == readings["exposed"]


def test_two_routes_are_shown_with_a_check_between_them(seed):
    assert [one["name"] for one in seed["lost_share"]["routes"]] == ["tablets", "percentage"]
    (check,) = [one for one in seed["checks"] if one["kind"] == "two routes"]
    assert check["lines"] == [36, 13]
    whole = seed["customer"]["total"]["p50"]
    assert 4_700 < whole < 25_600
    losses = [one["revenue_loss"]["p50"] for one in seed["lost_share"]["routes"]]
    assert losses[1] < whole < losses[0]


def test_the_loss_never_exceeds_what_passes_through():
    found = answer(trials=2**14)
    days = found["recovery"]["full_recovery_h"]["p99"] / 24
    assert found["customer"]["total"]["p99"] <= 75_000 * days


def test_no_loss_without_a_lost_share():
    found = answer("incident.lost_share=0%")
    assert found["customer"]["total"]["p99"] == 0


def test_more_tablets_without_a_leader_lose_more():
    plain, more = answer(), answer("incident.cluster.leaderless_tablets=30")
    assert more["lost_share"]["initial"]["p50"] > plain["lost_share"]["initial"]["p50"]
