"""Observed incidents: answers computed by hand, and what holds for every trial."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactcalc.domain.observation import Counts, Observations, Window
from impactcalc.domain.sourced import Sourced
from impactcalc.engine.observed_budget import observed_consumption
from impactcalc.engine.sampling import block_draw
from impactcalc.engine.simulate import simulate
from impactcalc.engine.trial import compile_model, outcome, world
from impactcalc.models.measured import measured_share
from impactcalc.stats.streams import REPLICATES, Streams

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
START = datetime(2026, 3, 11, 9, tzinfo=UTC)
MINUTE_NS = 60 * 10**9
POINTS = 64

# 1,000 USD an hour; the incident runs from 9:00, the forecast is at 13:00, the repair ends at 15:00
CASE = """
impactcalc: 1
incident: {{started: {started}, as_of: 2026-03-11T13:00Z, lost_share: {lost}}}
recovery:
  started: 2026-03-11T09:00Z
  dependence: {dependence}
  stages:
{stages}
business: {{currency: USD, revenue_at_risk: 24 K USD/day, profile: {profile}, deferred: {deferred},
  deferred_for: 6 h, reading: {reading}}}
sla: {{target: {target}, period: {period}, downtime: {downtime}{more}}}
"""
REPAIR = "{name: Repair, duration: 6 h, status: in_progress, elapsed: 4 h}"


def case(build, stages=(REPAIR,), **changed):
    values = {
        "started": "2026-03-11T09:00Z",
        "lost": "20%",
        "dependence": 0,
        "profile": "flat",
        "deferred": "0%",
        "reading": "exposed",
        "target": "99.9%",
        "period": "month",
        "downtime": "threshold 30%",
        "more": "",
    }
    lines = "\n".join(f"    - {stage}" for stage in stages)
    return build(CASE.format(**(values | changed), stages=lines))


def seen(scenario, *pieces, of=100):
    """Add minutes of ``(first hour, last hour, lost share)``, hours counted from 9:00."""
    starts, shares = [], []
    for first, last, share in pieces:
        minutes = np.arange(round(first * 60), round(last * 60))
        starts.append(minutes)
        shares.append(np.full(minutes.size, round(share * of)))
    bad = np.concatenate(shares)
    origin = (START - EPOCH) // timedelta(microseconds=1) * 1000
    at = origin + np.concatenate(starts) * MINUTE_NS
    data = Counts(at, MINUTE_NS, of - bad, np.full(bad.size, of), np.ones(bad.size, dtype=bool))
    span = Window(int(at[0]), int(at[-1]) + MINUTE_NS)
    first = datetime(2026, 3, 1, tzinfo=UTC)
    window = Window(
        (first - EPOCH) // timedelta(microseconds=1) * 1000,
        (scenario.as_of.value - EPOCH) // timedelta(microseconds=1) * 1000,
    )
    rule = None if scenario.sla.downtime is None else scenario.sla.downtime.value
    share = measured_share(Observations(data, span, ("requests.csv",)), window, rule)
    observed = Sourced(share, "requests.csv, 9:00 to 13:00")
    return scenario._replace(incident=scenario.incident._replace(observed=observed))


def answer(scenario):
    return simulate(scenario, trials=1024)


def money(estimate):
    customer = estimate.customer
    return (
        customer.already_lost.mean,
        customer.avoidable.mean,
        customer.revenue_loss.mean,
    )


def used(estimate):
    return {name: reading.consumed_s / 60 for name, reading in estimate.sla.readings.items()}


def kinds(estimate):
    return [check.kind for check in estimate.checks]


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
    assert "100.0% of the trials" in found.checks[0].message
    assert "1 h of downtime" in found.checks[0].message
    assert found.sla.readings["threshold"].downtime_s.mean == pytest.approx(5 * 3600)


def block(model, points=POINTS):
    draw = block_draw(Streams(1, model.names), 0, points)
    here = world(model, draw, REPLICATES * points)
    return here, outcome(model, here, draw)


def test_with_a_drawn_start_the_observed_part_is_taken_from_it_on(build):
    drawn = seen(case(build, started="2026-03-11"), (-9, 0, 0), (0, 4, 0.5))
    model = compile_model(drawn)
    here, found = block(model)
    started = here.times.incident_started - 9.0
    assert started.min() < -5
    assert started.max() > 3
    lost = 0.5 * (4.0 - np.maximum(started, 0.0))
    np.testing.assert_allclose(found["already_lost"], 1000 * lost, rtol=1e-9)
    earlier = 0.5 * np.maximum(started, 0.0)
    np.testing.assert_allclose(found["before/proportional"], 3600 * earlier, atol=1e-6)
    assert answer(drawn).sla.readings["proportional"].consumed_s == pytest.approx(7200)


def test_measurements_take_the_place_of_no_random_number(build):
    scenario = case(build, ("{name: Repair, duration: 2 h to 30 h}",), lost="10% to 60%")
    plain, watched = compile_model(scenario), compile_model(seen(scenario, (0, 4, 0.5)))
    assert watched.names == plain.names


OPEN = (
    "{name: Contain, duration: 2 h to 30 h, restores: 55%}",
    "{name: Repair, duration: 1 h to 9 h, restores: 25%}",
    "{name: Rest, duration: 1 h to 40 h, shape: linear, restores: 20%}",
)


@pytest.mark.parametrize("reading", ["exposed", "lost"])
@pytest.mark.parametrize("stages", [OPEN[:2], OPEN[:2] + OPEN[2:]])
def test_the_models_own_path_gives_the_models_own_answer(build, stages, reading):
    if len(stages) == 2:
        stages = (stages[0], stages[1].replace("25%", "45%"))
    told = case(
        build,
        stages,
        lost="40%",
        dependence=0.5,
        profile="business-hours",
        deferred="30%",
        reading=reading,
        more=", future: {per_year: 40, duration: 0.5 h to 8 h}",
    )
    # before the forecast no stage is over: the share is the one told
    plain, watched = answer(told), answer(seen(told, (0, 4, 0.4)))
    for part in ("revenue_loss", "already_lost", "avoidable"):
        ours, theirs = getattr(watched.customer, part), getattr(plain.customer, part)
        assert ours[:10] == pytest.approx(theirs[:10], rel=1e-9)
    for name, theirs in plain.sla.readings.items():
        ours = watched.sla.readings[name]
        assert ours.availability[:10] == pytest.approx(theirs.availability[:10], rel=1e-12)
        assert ours.consumed_s == pytest.approx(theirs.consumed_s)
        assert ours.exhausted_at == theirs.exhausted_at
    assert watched.recovery.fan == plain.recovery.fan


def test_a_done_stages_path_gives_the_models_own_answer_too(build):
    stages = (
        "{name: One, window: 0 h to 3 h, status: done, finished: 2026-03-11T11:00Z, restores: 50%}",
        "{name: Two, duration: 3 h to 9 h, restores: 50%}",
    )
    told = case(build, stages, lost="60%", profile="business-hours", target="99.5%")
    plain, watched = answer(told), answer(seen(told, (0, 2, 0.6), (2, 4, 0.3)))
    assert watched.customer.total[:10] == pytest.approx(plain.customer.total[:10])
    assert watched.sla.readings["threshold"].exhausted_at == (
        plain.sla.readings["threshold"].exhausted_at
    )


def test_nothing_observed_means_nothing_lost(build):
    found = answer(seen(case(build, lost="90%"), (-5, 0, 0.3), (0, 4, 0)))
    assert money(found) == pytest.approx((0, 0, 0))
    assert found.customer.readings["lost"].mean == 0
    assert found.sla.readings["threshold"].downtime_s.mean == 0


RELAPSING = (
    "{name: Contain, window: 0 h to 4 h, restores: 50%, status: done, relapse: 40%}",
    "{name: Repair, duration: 2 h to 24 h, restores: 30%, status: in_progress, relapse: 30%}",
    "{name: Move, duration: 2 h to 9 h, restores: 20%, shape: linear, status: in_progress}",
)


@pytest.mark.parametrize("share", [0.0, 0.35, 0.9, 1.0])
def test_the_lost_share_stays_a_share_and_its_integrals_are_exact(build, share):
    told = case(build, RELAPSING, lost="20% to 90%", profile="business-hours", target="95%")
    pieces = ((-30, -20, 0.5), (-20, 0.5, 0), (0.5, 1.5, 1), (2.25, 3.0, 0.1), (3.5, 3.75, share))
    model = compile_model(seen(told, *pieces))
    here, found = block(model, 2)
    edges = np.linspace(0.0, 744.0, 744 * 120 + 1)
    middle = 0.5 * (edges[1:] + edges[:-1])
    share_lost = here.lost_share(middle[:, np.newaxis])
    assert share_lost.min() >= 0.0
    assert share_lost.max() <= 1.0 + 1e-12
    revenue = np.diff(model.money.clock.revenue(edges))
    exposed = 1000 * (revenue[:, np.newaxis] * share_lost).sum(axis=0)
    late = here.end < 700
    np.testing.assert_allclose(found["exposed"][late], exposed[late], rtol=2e-3, atol=15.0)
    now = middle < model.plan.as_of
    so_far = 1000 * (revenue[now, np.newaxis] * share_lost[now]).sum(axis=0)
    np.testing.assert_allclose(found["already_lost"], so_far, rtol=2e-3, atol=15.0)
    inside = middle < model.contract.end
    step = edges[1]
    for name, down in (
        ("all_fail", share_lost >= 1 - 1e-12),
        ("threshold", share_lost > 0.3 + 1e-12),
        ("proportional", share_lost),
    ):
        hours = down[inside].sum(axis=0) * step
        np.testing.assert_allclose(found[name] / 3600, hours, atol=0.05)


@pytest.mark.parametrize("target", ["99.9%", "98.5%", "98%", "95%"])
def test_the_budget_is_gone_when_a_fine_grid_says_so(build, target):
    told = case(build, RELAPSING, lost="20% to 90%", target=target)
    pieces = ((-30, -20, 0.5), (-20, 0.5, 0), (0.5, 1.5, 1), (2.25, 3.0, 0.1), (3.5, 3.75, 0.6))
    model = compile_model(seen(told, *pieces))
    draw = block_draw(Streams(1, model.names), 0, 2)
    here = world(model, draw, REPLICATES * 2)
    found = observed_consumption(model, model.contract, here, draw)
    edges = np.linspace(model.contract.start, model.contract.end, 744 * 120 + 1)
    middle, step = 0.5 * (edges[1:] + edges[:-1]), edges[1] - edges[0]
    before = np.where((middle >= -30) & (middle < -20), 0.5, 0.0)[:, np.newaxis]
    lost = np.where(middle[:, np.newaxis] < 0, before, here.lost_share(middle[:, np.newaxis]))
    allowed = float(model.contract.budget.allowed_s) / 3600
    for name, down in (
        ("all_fail", lost >= 1 - 1e-12),
        ("threshold", lost > 0.3 + 1e-12),
        ("proportional", lost),
    ):
        used_h = np.cumsum(down * step, axis=0)
        now = np.searchsorted(middle, model.plan.as_of)
        np.testing.assert_allclose(found[f"{name}/consumed"] / 3600, used_h[now], atol=0.05)
        gone = used_h[-1] > allowed + 0.05
        moments = edges[1:][np.argmax(used_h >= allowed, axis=0)]
        # at the grid's own errors, which a small lost share stretches
        slack = 0.05 if name != "proportional" else 1.0
        np.testing.assert_allclose(found[f"{name}/exhausted"][gone], moments[gone], atol=slack)
        never = used_h[-1] < allowed - 0.05
        assert np.isinf(found[f"{name}/exhausted"][never]).all()


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(1, 40), st.integers(0, 100)),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_was_measured_the_parts_of_the_loss_add_up(build, parts):
    pieces, at = [], -2.0
    for gap, minutes, share in parts:
        at += gap / 6
        pieces.append((at, at + minutes / 60, share / 100))
        at += minutes / 60
    model = compile_model(seen(case(build, OPEN, lost="20% to 90%"), *pieces))
    here, found = block(model, 4)
    assert (found["already_lost"] >= 0).all()
    assert (found["avoidable"] >= -1e-9).all()
    np.testing.assert_allclose(
        found["exposed"], found["already_lost"] + found["avoidable"], rtol=1e-9, atol=1e-9
    )
    assert (found["all_fail"] <= found["threshold"] + 1e-6).all()
    assert (found["all_fail"] <= found["proportional"] + 1e-6).all()
    t = np.linspace(0.0, 80.0, 400)[:, np.newaxis]
    share_lost = here.lost_share(t)
    assert ((share_lost >= 0) & (share_lost <= 1 + 1e-12)).all()
