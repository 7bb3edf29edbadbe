"""Observed incidents: answers computed by hand, and what holds for every trial."""

from datetime import UTC, datetime

import pytest

from impactcalc.domain.sourced import Sourced
from impactcalc.engine.simulate import simulate
from tests.engine.observed_case import (
    CASE,
    REPAIR,
    answer,
    case,
    kinds,
    money,
    seen,
    used,
)


def test_half_the_work_for_four_hours_and_then_recovery(build):
    found = answer(seen(case(build), (0, 4, 0.5)))
    assert money(found) == pytest.approx((2000, 1000, 3000))
    assert found.lost_share.way == "observed"
    assert found.lost_share.initial.p50 == found.lost_share.now.p50 == 0.5
    assert used(found) == pytest.approx({"all_fail": 0, "threshold": 240, "proportional": 120})
    readings = found.sla.readings
    assert readings["threshold"].downtime_s.p50 == pytest.approx(6 * 3600)
    # 0.1% of 31 days are 44 min 38.4 s
    assert readings["threshold"].exhausted_at == datetime(2026, 3, 11, 9, 44, 38, tzinfo=UTC)
    assert readings["proportional"].exhausted_at == datetime(2026, 3, 11, 10, 29, 17, tzinfo=UTC)
    assert readings["all_fail"].exhausted_at is None
    assert found.sla.coverage == pytest.approx(4 / (10 * 24 + 13))
    assert found.recovery.fan.p50[0] == 0.5


def test_lost_work_is_that_of_the_measured_share_and_of_the_model_in_gaps(build):
    pieces = ((0, 2, 0.5), (3, 4, 0.25))

    def with_work(scenario):
        work = build(
            CASE.format(
                started="2026-03-11T09:00Z", lost="20%", dependence=0, stages=f"    - {REPAIR}",
                profile="business-hours", deferred="0%", reading="lost", target="99.9%",
                period="month", downtime="threshold 30%", more="",
            ).replace("reading: lost", "users: 10, productivity: {dependency: 50%, wage: 20 USD/h}")
        )  # fmt: skip
        return scenario._replace(business=work.business)

    found = answer(with_work(seen(case(build), *pieces)))
    # 2 h at 50%, an unknown hour at the model's 20%, 3 h at 25%: whatever the hour of the day
    hours = 2 * 0.5 + 0.2 + 3 * 0.25
    assert found.customer.productivity_loss.mean == pytest.approx(10 * 0.5 * 20 * hours)


def test_the_lost_reading_divides_by_the_share_at_the_start(build):
    found = answer(seen(case(build, reading="lost"), (0, 1, 0.5), (1, 4, 0.25)))
    assert money(found) == pytest.approx((1000 + 3 * 500, 2 * 500, 3500))
    assert found.customer.readings["exposed"].mean == pytest.approx(500 + 750 + 500)


def test_in_a_gap_the_models_share_counts(build):
    pieces = ((0, 2, 0.5), (3, 4, 0.25))
    found = answer(seen(case(build), *pieces))
    assert money(found) == pytest.approx((1000 + 200 + 250, 500, 1950))
    assert used(found) == pytest.approx({"all_fail": 0, "threshold": 120, "proportional": 87})
    worse = answer(seen(case(build, lost="100%"), *pieces))
    assert money(worse) == pytest.approx((1000 + 1000 + 250, 500, 2750))
    assert used(worse) == pytest.approx({"all_fail": 60, "threshold": 180, "proportional": 135})
    gone = worse.sla.readings["all_fail"].exhausted_at
    assert gone == datetime(2026, 3, 11, 11, 44, 38, tzinfo=UTC)
    assert any("1 h of the incident" in one.value for one in found.assumptions)


def test_data_that_end_before_the_forecast_leave_the_rest_to_the_model(build):
    found = answer(seen(case(build), (0, 3, 0.5)))
    assert money(found) == pytest.approx((1500 + 200, 1000, 2700))


def test_data_that_end_before_the_incident_tell_of_the_period_alone(build):
    found = answer(seen(case(build), (-24, -2, 0.5)))
    assert money(found) == pytest.approx((800, 400, 1200))
    assert found.lost_share.way == "stated"
    assert used(found)["threshold"] == pytest.approx(22 * 60)
    assert "observations disagree" not in kinds(found)


def test_what_is_lost_falls_as_the_plan_restores(build):
    stages = (
        "{name: One, duration: 2 h, status: done, finished: 2026-03-11T11:00Z, restores: 60%}",
        "{name: Two, duration: 3 h, status: in_progress, elapsed: 2 h, restores: 30%}",
        "{name: Three, duration: 5 h, status: in_progress, elapsed: 2 h, restores: 10%}",
    )
    found = answer(seen(case(build, stages), (0, 4, 0.3)))
    assert money(found) == pytest.approx((1200, 300 + 2 * 75, 1650))


def test_where_the_plan_has_nothing_left_nothing_is_to_come(build):
    done = "{name: Repair, duration: 2 h, status: done, finished: 2026-03-11T11:00Z}"
    found = answer(seen(case(build, (done,)), (0, 4, 0.3)))
    assert money(found) == pytest.approx((1200, 0, 1200))
    assert kinds(found) == ["observations disagree"]


def test_the_month_before_comes_from_the_data_by_each_reading(build):
    before = ((-225, -144, 0), (-144, -143.5, 1), (-143.5, -120, 0), (-120, -119, 0.1))
    pieces = (*before, (-119, 0, 0), (0, 4, 0.2))
    found = answer(seen(case(build, downtime="threshold 5%", more=", to_date: 10 min"), *pieces))
    assert used(found) == pytest.approx(
        {
            "all_fail": 30 + 10 * 24 / 249,
            "threshold": 90 + 240 + 10 * 24 / 249,
            "proportional": 36 + 48 + 10 * 24 / 249,
        }
    )
    shown = found.scenario.figures["sla"]["to_date"]
    assert shown == Sourced("1.52 h", "requests.csv, 9:00 to 13:00")
    assert float(found.scenario.sla.to_date.value.fixed) == pytest.approx(5400 + 600 * 24 / 249)
    gone = found.sla.budget.exhausted_at
    assert gone.date() == datetime(2026, 3, 6, tzinfo=UTC).date()


def test_without_a_definition_the_earlier_downtime_is_a_range(build):
    told = case(build)
    told = told._replace(sla=told.sla._replace(downtime=None))
    found = answer(seen(told, (-240, -239, 0.5), (-239, 0, 0), (0, 4, 0.2)))
    assert found.scenario.figures["sla"]["to_date"].value == "0 min to 1 h by the reading"
    assert found.sla.basis is None
    untouched = answer(seen(told, (0, 4, 0.2)))
    assert untouched.scenario.sla.to_date == told.sla.to_date


def test_a_stated_earlier_downtime_that_the_data_contradict_is_a_check(build):
    pieces = ((-249, -200, 0), (-200, -199, 1), (-199, 0, 0), (0, 4, 0.2))
    stated = case(build, more=", to_date: 10 min")
    found = answer(seen(stated, *pieces))
    assert used(found)["threshold"] == pytest.approx(60)
    assert [check.lines for check in found.checks] == [(11,)]
    assert "60 min" in found.checks[0].message
    near = answer(seen(case(build, more=", to_date: 40 min"), *pieces))
    assert near.checks == ()
    assert answer(seen(case(build), *pieces)).checks == ()  # nothing is stated


def test_unknown_time_before_the_incident_is_down_with_the_known_share(build):
    # of 249 h before it 100 are down and 20 unknown
    pieces = ((-249, -149, 1), (-129, 0, 0), (0, 4, 0))
    found = simulate(seen(case(build, downtime="all_fail"), *pieces), trials=2**14)
    chance = 100 / (249 - 20 + 4)
    hours = found.sla.readings["all_fail"].consumed_s / 3600
    assert hours == pytest.approx(100 + 20 * chance, rel=2e-3)
    spread = found.sla.projected_availability
    assert (spread.p5, spread.p95) == pytest.approx((1 - 120 / 744, 1 - 100 / 744))


def test_a_disagreement_of_more_than_twice_is_a_check_with_its_line(build):
    found = answer(seen(case(build), (0, 4, 0.5)))
    assert kinds(found) == ["observations disagree"]
    assert found.checks[0].lines == (3,)
    words = "say that 50% of the work fails now, the text and the plan 20% (median)"
    assert words in found.checks[0].message
    assert answer(seen(case(build), (0, 4, 0.4))).checks == ()
    assert kinds(answer(seen(case(build), (0, 4, 0.09)))) == ["observations disagree"]


def test_a_last_interval_unlike_the_hour_before_is_a_check(build):
    found = answer(seen(case(build), (0, 3.98, 0.2), (3.98, 4, 0)))
    assert kinds(found) == ["observations disagree", "last interval"]
    assert "lost 0%, the hour up to it 20%" in found.checks[1].message


def test_what_falls_into_the_next_period_is_a_check(build):
    period = "{start: 2026-03-01T00:00Z, end: 2026-03-11T14:00Z}"
    found = answer(seen(case(build, period=period, lost="50%"), (0, 4, 0.5)))
    assert kinds(found) == ["next period"]
    assert "in 100% of the trials" in found.checks[0].message
    assert "1 h of downtime" in found.checks[0].message
    assert found.sla.readings["threshold"].downtime_s.mean == pytest.approx(5 * 3600)
