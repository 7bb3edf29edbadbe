"""The whole loss: every part of both ledgers, summed by trial and never across them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import expit, logit
from scipy.stats import norm

from impactcalc.engine import sampling
from impactcalc.engine.derived import Derived
from impactcalc.engine.simulate import simulate
from impactcalc.engine.trial import compile_model

FIXED = """
impactcalc: 1
incident: {{started: 2026-05-04T00:00Z, as_of: 2026-05-04T06:00Z, lost_share: 40%{incident}}}
recovery:
  stages:
    - {{name: Contain, duration: 4 h, restores: 50%, status: done, finished: 2026-05-04T04:00Z}}
    - {{name: Repair, duration: 8 h, restores: 50%, status: in_progress, elapsed: 2 h}}
business:
  currency: EUR
  {business}
sla:
  target: 99.5%
  period: 30 d
  downtime: proportional
  monthly_fee: 18 K EUR
  credits: [{{below: 99.5%, credit: 10%}}]
"""
ALL = """revenue_at_risk: 24 K EUR/day
  deferred: {deferred}
  users: 1000
  productivity: {{dependency: 20%, wage: 30 EUR/h}}
  backlog: {{utilisation: 75%, cost: 100 EUR/h}}
  arr: 1 M EUR
  churn: {{base: 10%, horizon: 2 y}}
  recovery_cost: {{staff: 3, rate: 80 EUR/h, overtime_after: 10 h, overtime: 200%}}"""
HOURS = 0.4 * (4 + 0.5 * 8)  # integral of L: 4 h whole, 8 h half


def text(business, incident=""):
    return FIXED.format(business=business, incident=incident)


def everything(deferred="0%", incident=""):
    return text(ALL.format(deferred=deferred), incident)


def assumed(answer, field):
    return [one for one in answer.assumptions if one.field == field]


def test_parts_that_are_certain_are_what_a_hand_counts(build):
    answer = simulate(build(everything("50%")), trials=256)
    customer, provider = answer.customer, answer.provider
    assert customer.productivity_loss.p50 == pytest.approx(1000 * 0.2 * 30 * HOURS)
    assert customer.backlog.p50 == pytest.approx(0.5 * HOURS * 3 * 100)
    assert provider.recovery_cost.p5 == pytest.approx(3 * 80 * (10 + 2 * 2))
    # half of the demand comes back, faded by 6 h
    back = 0.5 * 0.4 * 0.5 * sum(6 * (1 - math.exp(-t / 6)) for t in (4, 12)) * 1000
    assert customer.comes_back.p50 == pytest.approx(back)
    assert customer.revenue_loss.p50 == pytest.approx(1000 * HOURS - back)
    assert customer.total.p50 == pytest.approx(
        1000 * HOURS - back + 1000 * 0.2 * 30 * HOURS + 0.5 * HOURS * 3 * 100
    )
    # before deferral: 4 h whole and 2 h half are lost by 06:00, 6 h half are to come
    assert customer.already_lost.p50 == pytest.approx(1000 * 0.4 * 5)
    assert customer.avoidable.p50 == pytest.approx(1000 * 0.4 * 3)


def test_the_backlog_is_of_the_very_demand_that_comes_back(build, trials_of):
    figures = trials_of(build(everything("uniform(20%, 80%)")))
    before = figures["already_lost"] + figures["avoidable"]
    ratio = figures["backlog"] / (before - figures["exposed"])
    assert ratio.max() == pytest.approx(ratio.min())
    assert figures["backlog"].max() > 3 * figures["backlog"].min()


def test_people_are_paid_from_the_plan_s_start(build):
    later = everything().replace("recovery:", "recovery:\n  started: 2026-05-04T03:00Z")
    answer = simulate(build(later), trials=64)
    # the second stage is over 12 h after the incident's start: 9 h of work
    assert answer.provider.recovery_cost.p50 == pytest.approx(3 * 80 * 9)


def test_churn_is_that_of_quadrature(build):
    negative = everything(incident=", sentiment: negative, escalation_level: 3")
    found = simulate(build(negative), trials=2**14).provider.churn

    def lost(e):
        return norm.pdf(e) * (0.9**2 - (1 - expit(logit(0.1) + 1.0 + 0.4 * e)) ** 2)

    assert found.mean == pytest.approx(1e6 * quad(lost, -8, 8)[0], abs=4 * found.mc_error.mean)
    assert found.mc_error.mean < 1e-3 * found.mean
    assert found.p90 == pytest.approx(
        1e6 * (0.9**2 - (1 - expit(logit(0.1) + 1.0 + 0.4 * norm.ppf(0.9))) ** 2), rel=1e-3
    )


def test_each_ledger_is_summed_by_trial_and_neither_with_the_other(build, trials_of):
    scenario = build(everything("20%").replace("8 h, restores", "2 h to 30 h, restores"))
    model, figures = compile_model(scenario), trials_of(scenario)
    total = figures["exposed"] + figures["productivity"] + figures["backlog"]
    assert figures["total"] == pytest.approx(total, rel=1e-12)
    derived = Derived(model, figures)
    owed = derived.values("proportional/credits")
    assert derived.values("provider/total") == pytest.approx(
        owed + figures["churn"] + figures["recovery_cost"], rel=1e-12
    )
    answer = simulate(scenario, trials=4096)
    provider = answer.provider
    assert provider.total.mean == pytest.approx(
        provider.credits.mean + provider.churn.mean + provider.recovery_cost.mean
    )
    parts = (provider.credits, provider.churn, provider.recovery_cost)
    assert provider.total.p95 < sum(part.p95 for part in parts)  # percentiles do not add up


def test_the_accuracy_watches_the_whole(build):
    scenario = build(everything().replace("8 h, restores", "1 h to 90 h, restores"))
    answer = simulate(scenario, accuracy=0.005)
    total = answer.customer.total
    assert answer.run.converged
    assert total.mc_error.mean <= 0.005 * total.mean
    assert total.mc_error.p95 <= 0.005 * total.p95


def test_what_is_not_asked_for_is_null_and_says_what_it_takes(build):
    answer = simulate(build(text("revenue_at_risk: 24 K EUR/day")), trials=64)
    assert answer.customer.productivity_loss is answer.customer.backlog is None
    assert answer.provider.churn is answer.provider.recovery_cost is None
    assert answer.customer.total == answer.customer.revenue_loss
    assert answer.provider.total == answer.provider.credits
    assert answer.customer.comes_back is None
    needed = {
        "customer.productivity_loss": "business.productivity",
        "customer.backlog": "business.backlog",
        "provider.churn": "business.arr",
        "provider.recovery_cost": "business.recovery_cost",
    }
    for field, key in needed.items():
        (one,) = assumed(answer, field)
        assert (one.value, one.source) == ("not computed", f"default: no {key}")


def test_parts_that_the_inputs_cannot_support_say_what_is_missing(build):
    lame = "revenue_at_risk: 24 K EUR/day\n  productivity: {}\n  backlog: {}\n  churn: {base: 5%}"
    answer = simulate(build(text(lame)), trials=64)
    assert answer.customer.productivity_loss is answer.customer.backlog is None
    assert answer.provider.churn is None
    for field, key in (
        ("customer.productivity_loss", "business.users"),
        ("customer.backlog", "business.backlog.cost"),
        ("provider.churn", "business.arr"),
    ):
        (one,) = assumed(answer, field)
        assert (one.value, one.source) == ("not computed", f"default: no {key}")


def test_defaults_are_the_model_s_and_are_assumptions(build):
    asked = "users: 100\n  productivity: {}\n  arr: 1 M EUR\n  recovery_cost: {}"
    answer = simulate(build(text(asked)), trials=4096)
    assert answer.customer.productivity_loss.p50 == pytest.approx(100 * 0.1 * 50 * HOURS)
    assert answer.provider.recovery_cost.p50 == pytest.approx(4 * 90 * (8 + 1.5 * 4))
    after = expit(logit(0.08) + 0.2)
    assert answer.provider.churn.p50 == pytest.approx(1e6 * (after - 0.08), rel=0.02)
    said = {one.field: one.value for one in answer.assumptions}
    assert said["business.productivity.wage"] == "50/h"
    assert said["business.productivity.dependency"] == "10%"
    assert said["business.churn.base"] == "8%"
    assert said["business.recovery_cost.overtime"] == "150%"
    assert "neutral sentiment" in said["provider.churn"]


def test_without_revenue_the_other_parts_stand_and_no_total_is_given(build):
    answer = simulate(
        build(text("users: 10\n  productivity: {dependency: 50%, wage: 20 EUR/h}")), trials=64
    )
    assert answer.customer.productivity_loss.p50 == pytest.approx(10 * 0.5 * 20 * HOURS)
    assert answer.customer.total is None
    assert answer.customer.revenue_loss is None


def test_nothing_deferred_is_no_backlog_and_says_so(build):
    answer = simulate(build(everything("0%")), trials=64)
    assert answer.customer.backlog.mean == 0
    (said,) = assumed(answer, "customer.backlog")
    assert said.value == "0"


def test_parts_move_no_other_figure(build):
    plain = simulate(build(text("revenue_at_risk: 24 K EUR/day")), trials=512)
    whole = simulate(build(everything()), trials=512)
    assert whole.customer.revenue_loss == plain.customer.revenue_loss
    assert whole.provider.credits == plain.provider.credits
    assert whole.recovery == plain.recovery


def test_more_trials_than_are_kept_tell_the_same_whole(build, monkeypatch):
    scenario = build(everything("20%").replace("8 h, restores", "2 h to 30 h, restores"))
    kept = simulate(scenario, trials=2**16)
    monkeypatch.setattr(sampling, "CAP_TRIALS", 2**14)
    beyond = simulate(scenario, trials=2**16)
    for one, other in (
        (kept.customer.total, beyond.customer.total),
        (kept.customer.comes_back, beyond.customer.comes_back),
        (kept.provider.total, beyond.provider.total),
        (kept.provider.churn, beyond.provider.churn),
    ):
        assert other.mean == pytest.approx(one.mean, rel=1e-9)
        assert other.p95 == pytest.approx(one.p95, rel=1e-3)


@given(
    lost=st.floats(0.01, 0.99),
    deferred=st.floats(0, 1),
    plan=st.tuples(st.sampled_from(["0%", "30%"]), st.sampled_from(["step", "linear"])),
)
def test_hours_of_outage_are_those_of_proportional_downtime(build, trials_of, lost, deferred, plan):
    relapse, shape = plan
    found = text(
        f"revenue_at_risk: 24 K EUR/day\n  deferred: {deferred:.6f}\n  users: 1\n"
        "  productivity: {dependency: 100%, wage: 1 EUR/h}"
    )
    found = found.replace("40%", f"{lost:.6f}").replace("period: 30 d", "period: 20000 d")
    found = found.replace("elapsed: 2 h", f"elapsed: 2 h, relapse: {relapse}, shape: {shape}")
    figures = trials_of(build(found.replace("8 h, restores", "2 h to 30 h, restores")), points=16)
    assert figures["productivity"] == pytest.approx(figures["proportional"] / 3600, rel=1e-9)
    assert (figures["total"] >= figures["exposed"]).all()
    assert np.isfinite(figures["total"]).all()
