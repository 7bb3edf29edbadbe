"""The answer's own arithmetic, on a scenario in which everything is certain."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from impactcalc.engine.simulate import simulate
from impactcalc.engine.trials import median_or_none

# half is lost from 0:00 to 4:00, a tenth of it until 10:00; asked at 6:00
CERTAIN = """
impactcalc: 1
incident: {started: 2026-03-01T00:00Z, as_of: 2026-03-01T06:00Z, lost_share: 50%}
recovery:
  stages:
    - {name: Repair, duration: 4 h, restores: 80%, status: done, finished: 2026-03-01T04:00Z}
    - {name: Clean, duration: 6 h, restores: 20%, status: in_progress, elapsed: 2 h}
    - {name: Watch, window: 20 h to 30 h, restores: 0%}
business: {currency: EUR, revenue_at_risk: 24 K EUR/day}
sla:
  target: 99.7%
  period: month
  timezone: Europe/Berlin
  downtime: proportional
  to_date: 30 min
  excluded: 3 h
  monthly_fee: 10 K EUR
  credits: [{below: 99.7%, credit: 10%}, {below: 99.5%, credit: 25%}]
  claim: 2 w after the period
"""
BERLIN = ZoneInfo("Europe/Berlin")
MONTH_S = 743 * 3600  # March 2026 in Berlin loses an hour


@pytest.fixture(scope="module")
def found(build):
    return simulate(build(CERTAIN), trials=256)


def test_the_period_and_its_budget_are_exact(found):
    assert found.sla.period.start == datetime(2026, 3, 1, tzinfo=BERLIN)
    assert found.sla.period.end == datetime(2026, 4, 1, tzinfo=BERLIN)
    assert found.sla.budget.allowed_s == pytest.approx((MONTH_S - 3 * 3600) * 0.003, rel=1e-12)


def test_what_is_consumed_is_what_failed_so_far_and_what_was_used_before(found):
    # 4 h at one half, 2 h at one tenth of it, 30 min before
    consumed = (4 * 0.5 + 2 * 0.1) * 3600 + 1800
    budget = found.sla.budget
    assert budget.consumed_s == pytest.approx(consumed)
    assert budget.remaining_s == pytest.approx(budget.allowed_s - consumed)
    passed = 7 * 3600  # since midnight in Berlin, 23:00 UTC
    assert found.sla.availability_to_date == pytest.approx(1 - consumed / passed)
    assert budget.burn_rate == pytest.approx((consumed / budget.allowed_s) / (passed / MONTH_S))
    assert found.sla.at_this_pace.availability == found.sla.availability_to_date
    assert not found.sla.at_this_pace.meets_target


def test_the_budget_is_gone_when_the_downtime_reaches_it(found):
    # 7,992 s are allowed, 1,800 used before: 6,192 s at one half take 12,384 s
    moment = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=12_384)
    assert found.sla.budget.exhausted_at == moment
    assert found.sla.readings["all_fail"].exhausted_at is None


def test_the_projection_counts_this_incident_once(found):
    whole = (4 * 0.5 + 6 * 0.1) * 3600
    reading = found.sla.readings["proportional"]
    assert reading.downtime_s.mean == pytest.approx(whole)
    availability = 1 - (whole + 1800) / (MONTH_S - 3 * 3600)
    assert found.sla.projected_availability.p50 == pytest.approx(availability)
    assert found.sla.projected_availability.expected_shortfall_95 is None
    assert found.sla.breach_prob.value == 1.0
    assert [tier.paid_prob for tier in found.sla.credit_tiers] == [1.0, 0.0]
    assert found.sla.no_credit_prob == 0.0
    assert found.provider.credits.mean == 1000.0


def test_a_claim_ends_local_weeks_after_the_period(found):
    assert found.sla.claim_by == datetime(2026, 4, 15, tzinfo=BERLIN).isoformat()


def test_promises_are_clock_times_in_the_contracts_zone(found):
    end = datetime(2026, 3, 1, 10, tzinfo=UTC)
    promise = found.promise
    assert (promise.p50, promise.p80, promise.p90, promise.next_update) == (end, end, end, end)
    assert promise.p50.utcoffset() == timedelta(hours=1)


def test_promises_rise_and_news_come_with_the_first_unfinished_stage(build):
    text = CERTAIN.replace("duration: 6 h", "duration: 3 h to 20 h").replace(
        "20 h to 30 h", "7 h to 9 h"
    )
    found = simulate(build(text), trials=4096)
    assert found.promise.p50 < found.promise.p80 < found.promise.p90
    firsts = [stage.finish_at["p50"] for stage in found.recovery.stages[1:]]
    assert found.promise.next_update == min(firsts)
    full = found.recovery.full_recovery_h
    assert found.promise.p90 == datetime(2026, 3, 1, tzinfo=UTC) + timedelta(
        seconds=round(full.p90 * 3600)
    )
    assert found.recovery.remaining_h.p50 == pytest.approx(full.p50 - 6)


def test_stages_show_their_plan_and_their_share(found):
    repair, clean, watch = found.recovery.stages
    assert watch.planned_at == (
        datetime(2026, 3, 1, 20, tzinfo=UTC),
        datetime(2026, 3, 2, 6, tzinfo=UTC),
    )
    assert repair.planned_at is None
    assert [round(s.restores, 12) for s in (repair, clean, watch)] == [0.8, 0.2, 0.0]
    assert (repair.finish_h.p50, clean.finish_h.p50) == (4.0, 10.0)
    assert (clean.critical_prob, clean.no_time_prob) == (1.0, 0.0)


def test_a_stage_runs_later_than_its_window_as_often_as_the_window_s_meaning_says(build):
    # a planned window is the middle half of the finish: a quarter of the cases runs later
    text = """
impactcalc: 1
incident: {started: 2026-03-01T00:00Z, as_of: 2026-03-01T00:00Z, lost_share: 50%}
recovery:
  stages:
    - {name: Repair, window: 4 h to 24 h, restores: 100%}
    - {name: Talk, duration: 3 h, restores: 0%}
sla: {target: 99.9%}
"""
    repair, talk = simulate(build(text), trials=8192).recovery.stages
    assert repair.late_prob.value == pytest.approx(0.25, abs=4 * repair.late_prob.mc_error + 1e-4)
    assert 0 < repair.late_prob.mc_error < 0.01
    assert talk.late_prob is None


@pytest.mark.parametrize(("window", "late"), [("1 h to 3 h", 1.0), ("1 h to 5 h", 0.0)])
def test_a_finish_that_is_known_ran_later_or_did_not(build, window, late):
    stage = build(CERTAIN.replace("duration: 4 h, restores", f"window: {window}, restores"))
    found = simulate(stage, trials=256).recovery.stages[0].late_prob
    assert found == (late, 0.0)


def test_the_fan_shows_service_over_the_clock(found):
    fan = found.recovery.fan
    assert fan.hours[0] == 0.0
    assert fan.at[0] == datetime(2026, 3, 1, tzinfo=UTC)
    now = fan.hours.index(6.0)
    assert fan.p50[now] == pytest.approx(0.9)
    assert fan.p5[0] == pytest.approx(0.5)
    assert fan.p95[-1] == pytest.approx(1.0)
    assert list(fan.hours) == sorted(fan.hours)


def test_the_fan_of_a_bare_date_counts_from_its_noon(build):
    text = CERTAIN.replace("started: 2026-03-01T00:00Z", "started: 2026-02-28")
    fan = simulate(build(text), trials=256).recovery.fan
    assert fan.hours[0] == 0.0
    assert fan.at[0] == datetime(2026, 2, 28, 12, tzinfo=UTC)


def test_the_customers_ledger_splits_at_the_forecast(found):
    customer = found.customer
    assert customer.exposure_per_day == 24_000
    assert customer.already_lost.mean == pytest.approx(1000 * (4 * 0.5 + 2 * 0.1))
    assert customer.avoidable.mean == pytest.approx(1000 * 4 * 0.1)
    assert customer.total.mean == pytest.approx(2600)
    assert customer.readings["lost"].mean == pytest.approx(5200)
    assert set(np.round(customer.dots, 6)) == {2600.0}


def test_dots_are_the_middles_of_twenty_slices(build):
    text = CERTAIN.replace("duration: 6 h", "duration: 3 h to 20 h")
    customer = simulate(build(text), trials=2**14).customer
    assert len(customer.dots) == 20
    assert list(customer.dots) == sorted(customer.dots)
    assert customer.dots[9] < customer.total.p50 < customer.dots[10]
    assert customer.dots[0] < customer.total.p5 < customer.dots[1]


def test_an_uncertain_amount_is_shown_by_its_mean(build):
    text = CERTAIN.replace("24 K EUR/day", "12 K to 48 K EUR/day")
    customer = simulate(build(text), trials=2**14).customer
    sigma = np.log(2) / 1.6448536269514722
    assert customer.exposure_per_day == pytest.approx(24_000 * np.exp(sigma**2 / 2), rel=1e-3)
    assert customer.exposure.p50 == pytest.approx(24_000, rel=1e-2)


def test_the_lost_reading_is_the_total_when_it_is_in_force(build):
    customer = simulate(
        build(CERTAIN.replace("EUR/day}", "EUR/day, reading: lost}")), trials=64
    ).customer
    assert customer.total == customer.readings["lost"]


def test_a_median_moment_needs_half_of_the_trials():
    assert median_or_none(np.array([[1.0, 2.0, 3.0, np.inf]])) == 2.0
    assert median_or_none(np.array([[1.0, 2.0, np.inf, np.inf]])) == 2.0
    assert median_or_none(np.array([[1.0, np.inf, np.inf, np.inf]])) is None


ROUTES = """
impactcalc: 1
incident:
  started: 2026-03-01T00:00Z
  as_of: 2026-03-01T06:00Z
  latency: {normal: 2 s, now: 20 s to 45 s, increase: 400%}
  cluster: {tablets: 112, leaderless_tablets: 15}
recovery:
  stages:
    - {name: Repair, duration: 4 h, restores: 75%, status: done, finished: 2026-03-01T04:00Z}
    - {name: Clean, duration: 6 h, restores: 25%, status: in_progress, elapsed: 2 h}
business: {currency: EUR, revenue_at_risk: 24 K EUR/day}
"""


def test_each_route_alone_has_its_own_share_now_and_its_own_loss(build):
    found = simulate(build(ROUTES), trials=2**13)
    assert [route.name for route in found.lost_share.routes] == ["tablets", "percentage"]
    for route in found.lost_share.routes:
        assert route.now.p50 == pytest.approx(route.initial.p50 / 4)
        # 4 h of the whole share and 6 h of a quarter of it, 1,000 an hour
        assert route.revenue_loss.p50 == pytest.approx(5500 * route.initial.p50)
    tablets, percentage = found.lost_share.routes
    assert tablets.revenue_loss.p50 > found.customer.total.p50 > percentage.revenue_loss.p50
    assert found.lost_share.now.p50 == pytest.approx(found.lost_share.initial.p50 / 4)


def test_in_the_lost_reading_a_route_moves_no_money(build):
    text = ROUTES.replace("EUR/day}", "EUR/day, reading: lost}")
    routes = simulate(build(text), trials=256).lost_share.routes
    assert [round(route.revenue_loss.p50, 6) for route in routes] == [5500.0, 5500.0]
