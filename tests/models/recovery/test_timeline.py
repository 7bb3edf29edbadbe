"""The timeline of a plan, stage by stage, against the contract's words."""

from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import pytest
from scipy.stats import norm

from impactcalc.domain.incident import (
    Incident,
    RecoveryPlan,
    Shape,
    Stage,
    Status,
    Window,
)
from impactcalc.domain.moment import Moment
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.domain.sourced import Sourced
from impactcalc.models.recovery.draws import (
    common_draw_names,
    late_draw_names,
    stage_draw_names,
)
from impactcalc.models.recovery.plan import compile_plan
from impactcalc.models.recovery.timeline import timeline
from impactcalc.stats.streams import Streams

DAY = datetime(2026, 5, 4, tzinfo=UTC)
COUNT = 16 * 64
CHANCES = {"fails": 0, "retry": 0.6, "relapse": 0}


def at(hour, minute=0):
    return DAY.replace(hour=hour, minute=minute)


def exact(moment):
    return Sourced(Moment(moment, moment), "line 1")


def any_time_of(day):
    return Sourced(Moment(day, day.replace(day=day.day + 1)), "line 1")


def fixed(value, dimension=Dimension.SHARE):
    return Sourced(Quantity(Law.FIXED, (Decimal(str(value)),), dimension), "line 1")


def hours(*values):
    law = Law.FIXED if len(values) == 1 else Law.INTERVAL
    parameters = tuple(Decimal(str(v)) * 3600 for v in values)
    return Sourced(Quantity(law, parameters, Dimension.DURATION), "line 1")


def window(a, b):
    return Sourced(Window(Decimal(a) * 3600, Decimal(b) * 3600), "line 1")


def stage(name, **more):
    """Give a stage; chances as numbers, the rest as the domain has it."""
    chances = {key: fixed(more.pop(key, default)) for key, default in CHANCES.items()}
    status = Sourced(more.pop("status", Status.NOT_STARTED), "line 1")
    rest = {"window": None, "duration": None, "after": (), "restores": None} | more
    return Stage(name=name, source="line 1", status=status, **chances, **rest)


def plan_of(*stages):
    plan = RecoveryPlan(tuple(stages), Sourced(Decimal("0.5"), "line 1"))
    return compile_plan(Incident(exact(DAY)), plan, DAY)


def run(*stages, as_of=DAY, started=None, plan_started=None, rho="0.5"):
    incident = Incident(started or exact(DAY))
    plan = RecoveryPlan(tuple(stages), Sourced(Decimal(rho), "line 1"), plan_started)
    compiled = compile_plan(incident, plan, as_of)
    streams = Streams(1, names_of(compiled))
    return timeline(compiled, lambda name: streams.draw(name, 0, 64).ravel(), COUNT)


def names_of(compiled):
    return (
        *common_draw_names(compiled),
        *stage_draw_names(compiled),
        *late_draw_names(compiled),
    )


def test_a_stage_starts_when_those_before_it_are_over():
    first, second = run(
        stage("a", duration=hours(2)), stage("b", duration=hours(3), after=("a",))
    ).stages
    assert set(first.finish) == {2.0}
    assert (set(second.start), set(second.finish)) == ({2.0}, {5.0})


def test_a_stage_that_has_not_started_starts_now_at_the_earliest():
    (only,) = run(stage("a", duration=hours(3)), as_of=at(6)).stages
    assert (set(only.start), set(only.finish)) == ({6.0}, {9.0})


def test_a_ramp_of_a_window_begins_now_at_the_earliest_unless_it_is_under_way():
    late = stage("a", window=window(1, 9), shape=Shape.LINEAR)
    going = stage("b", window=window(1, 9), shape=Shape.LINEAR, status=Status.IN_PROGRESS)
    first, second = run(late, going, as_of=at(6)).stages
    assert set(first.start) == {6.0}
    assert set(second.start) == {0.0}
    assert first.finish.min() > 6.0


def test_a_window_ends_with_the_stage_before_it_and_says_how_often():
    before = stage("a", duration=hours(8))
    squeezed = stage("b", window=window(2, 6), after=("a",))
    _, times = run(before, squeezed, rho="0").stages
    law_at_8 = np.mean(times.no_time)
    assert set(times.finish[times.no_time]) == {8.0}
    assert times.finish[~times.no_time].min() > 8.0
    # ln 8 lies (ln 8 - mu)/sigma above the median: mu = ln sqrt(12), sigma = ln 3 / 1.349
    z = (np.log(8) - np.log(12) / 2) / (np.log(3) / 2 / 0.6744897501960817)
    assert law_at_8 == pytest.approx(norm.cdf(z), abs=0.01)


def test_a_bare_date_is_any_moment_of_that_day_up_to_the_forecast():
    times = run(stage("a", duration=hours(1)), started=any_time_of(DAY), as_of=at(12))
    assert times.incident_started.min() >= 0
    assert times.incident_started.max() <= 12
    assert times.incident_started.mean() == pytest.approx(6, abs=0.1)
    assert np.array_equal(times.plan_started, times.incident_started)


def test_the_plan_never_starts_before_the_incident():
    times = run(
        stage("a", duration=hours(1)),
        started=any_time_of(DAY),
        plan_started=any_time_of(DAY),
        as_of=at(20),
    )
    assert np.all(times.plan_started >= times.incident_started)
    assert times.plan_started.max() <= 20
    assert not np.array_equal(times.plan_started, times.incident_started)


def test_an_elapsed_time_fixes_the_start_whatever_comes_before():
    first = stage("a", duration=hours(20), status=Status.IN_PROGRESS, elapsed_s=elapsed(1))
    second = stage(
        "b", duration=hours(2, 9), after=("a",), status=Status.IN_PROGRESS, elapsed_s=elapsed(4)
    )
    _, times = run(first, second, as_of=at(10)).stages
    assert set(times.start) == {6.0}
    assert times.finish.min() > 10.0


def elapsed(h):
    return Sourced(Decimal(h) * 3600, "line 1")


def test_a_done_stage_ended_before_a_waiting_one_showed_its_start():
    done = stage("a", window=window(2, 9), status=Status.DONE)
    waiting = stage(
        "b", duration=hours(2, 9), after=("a",), status=Status.IN_PROGRESS, elapsed_s=elapsed(4)
    )
    first, _ = run(done, waiting, as_of=at(10)).stages
    assert first.finish.max() <= 6.0


def test_a_done_duration_without_a_finish_ended_evenly_between_its_start_and_now():
    (only,) = run(stage("a", duration=hours(2), status=Status.DONE), as_of=at(10)).stages
    assert (only.finish.min(), only.finish.max()) == (
        pytest.approx(0, abs=0.1),
        pytest.approx(10, abs=0.1),
    )
    assert only.finish.mean() == pytest.approx(5, abs=0.05)


def test_a_start_that_nobody_saw_lies_before_the_first_sighting():
    seen = stage("a", duration=hours(30), status=Status.IN_PROGRESS, seen=exact(at(3)))
    (only,) = run(seen, as_of=at(10)).stages
    assert only.start.max() <= 3.0
    assert only.start.mean() == pytest.approx(1.5, abs=0.05)


def test_every_further_try_costs_its_share_of_a_fresh_draw():
    (only,) = run(stage("a", duration=hours(10), fails=1, retry=0.5, max_tries=3)).stages
    assert set(only.finish) == {10 + 5 + 5}


def test_the_last_try_succeeds_and_one_try_never_fails():
    (only,) = run(stage("a", duration=hours(10), fails=1, max_tries=1)).stages
    assert set(only.finish) == {10.0}


def test_tries_fail_as_often_as_stated():
    (only,) = run(stage("a", duration=hours(10), fails=0.25, retry=1, max_tries=2)).stages
    assert np.mean(only.finish > 10) == pytest.approx(0.25, abs=0.01)


def test_a_relapse_waits_for_the_stage_to_be_done_again():
    first = stage("a", duration=hours(4), relapse=1)
    second = stage("b", duration=hours(1), after=("a",))
    one, two = run(first, second).stages
    assert (set(one.finish), set(one.fallback), set(one.ready)) == ({4.0}, {4.0}, {8.0})
    assert set(two.start) == {8.0}


def test_a_done_stage_falls_back_now():
    done = stage("a", duration=hours(4), status=Status.DONE, finished=exact(at(3)), relapse=1)
    (only,) = run(done, as_of=at(10)).stages
    assert (set(only.finish), set(only.fallback), set(only.ready)) == ({3.0}, {10.0}, {14.0})


def test_a_stage_under_way_does_not_wait_for_a_relapse():
    done = stage("a", duration=hours(4), status=Status.DONE, finished=exact(at(3)), relapse=1)
    going = stage(
        "b", duration=hours(9), after=("a",), status=Status.IN_PROGRESS, elapsed_s=elapsed(2)
    )
    _, times = run(done, going, as_of=at(10)).stages
    assert set(times.finish) == {17.0}


def test_a_hand_over_comes_before_the_start():
    handed = stage("b", duration=hours(3), after=("a",), hand_over=hours(0.5))
    _, times = run(stage("a", duration=hours(2)), handed).stages
    assert (set(times.start), set(times.finish)) == ({2.5}, {5.5})


def test_an_overdue_stage_makes_the_next_ones_later():
    plan = (
        stage("a", window=window(1, 4), status=Status.IN_PROGRESS),
        stage("b", window=window(8, 30)),
    )
    on_time, overdue = (run(*plan, as_of=at(h)).stages[1].finish for h in (1, 20))
    free = run(plan[0], stage("b", window=window(8, 30)), as_of=at(1), rho="0").stages[1].finish
    assert np.median(overdue) > np.median(on_time)
    assert np.median(free) < np.median(overdue)


def test_a_circle_is_refused():
    with pytest.raises(ValueError, match="circle"):
        run(
            stage("a", duration=hours(1), after=("b",)), stage("b", duration=hours(1), after=("a",))
        )


def test_a_stage_without_a_length_is_refused():
    with pytest.raises(ValueError, match="neither window nor duration"):
        run(stage("a"))


def test_a_known_finish_and_a_single_try_need_no_draw():
    done = stage("a", duration=hours(1, 4), status=Status.DONE, finished=exact(DAY))
    assert names_of(plan_of(done)) == ("recovery/common",)
    tried = stage("a", duration=hours(1, 4), fails=0.3, relapse=0.1, max_tries=4)
    kept = ("duration", "further", "relapse", "redo")
    assert names_of(plan_of(tried)) == ("recovery/common", *(f"recovery/a/{x}" for x in kept))


def test_tries_of_an_uncertain_chance_have_a_draw_each():
    chance = Sourced(Quantity(Law.UNIFORM, (Decimal("0.1"), Decimal("0.4")), Dimension.SHARE), "x")
    tried = stage("a", duration=hours(1, 4), max_tries=4)._replace(fails=chance)
    kept = ("duration", "tries", "try2", "try3", "try4")
    assert names_of(plan_of(tried)) == ("recovery/common", *(f"recovery/a/{x}" for x in kept))
    assert "recovery/a/fails" not in names_of(plan_of(tried))


def test_stages_have_their_draws_in_the_order_of_the_plan():
    later, sooner = stage("b", duration=hours(1, 4), after=("a",)), stage("a", duration=hours(4, 9))
    assert names_of(plan_of(later, sooner))[1:] == ("recovery/b/duration", "recovery/a/duration")


def test_a_stage_known_to_be_open_later_ended_between_the_two_moments():
    # F = P25-P75 window of 2 to 10 h; open at 4 h, done by 9 h: its law between, nothing else
    law = norm(loc=(np.log(2) + np.log(10)) / 2, scale=np.log(5) / (2 * norm.ppf(0.75)))
    first = stage(
        "First",
        window=window(2, 10),
        status=Status.DONE,
        open_at=exact(at(4)),
        done_by=exact(at(9)),
    )
    times = run(first, as_of=at(20), rho="0")
    finish = np.sort(times.stages[0].finish)
    low, high = law.cdf(np.log([4.0, 9.0]))
    for level in (0.1, 0.5, 0.9):
        exact_h = np.exp(law.ppf(low + level * (high - low)))
        assert np.quantile(finish, level) == pytest.approx(exact_h, rel=0.01)


def test_a_stage_that_only_waited_when_it_was_open_says_nothing_of_its_own_time():
    before = stage("Before", window=window(1, 3), status=Status.DONE, open_at=exact(at(5)))
    after = stage(
        "After", window=window(2, 10), status=Status.DONE, open_at=exact(at(5)), after=("Before",)
    )
    times = run(before, after, as_of=at(20), rho="0")
    own = times.stages[1].finish[times.stages[1].finish > times.stages[0].finish]
    assert times.stages[0].finish.min() >= 5
    assert (own < 20).all()
    law = norm(loc=(np.log(2) + np.log(10)) / 2, scale=np.log(5) / (2 * norm.ppf(0.75)))
    waited = np.mean(times.stages[1].finish == times.stages[0].finish)
    u = (np.arange(4096) + 0.5) / 4096
    f1 = norm(loc=(np.log(1) + np.log(3)) / 2, scale=np.log(3) / (2 * norm.ppf(0.75)))
    low, high = f1.cdf(np.log([5.0, 20.0]))
    ends = np.exp(f1.ppf(low + u * (high - low)))
    assert waited == pytest.approx(np.mean(law.cdf(np.log(ends)) / law.cdf(np.log(20.0))), abs=0.02)


def test_a_duration_under_way_before_ended_by_its_own_law():
    done = stage(
        "Only",
        duration=hours(4, 40),
        status=Status.DONE,
        open_at=exact(at(6)),
        done_by=exact(at(18)),
        elapsed_s=Sourced(Decimal(5 * 3600), "line 1"),
    )
    times = run(done, as_of=at(22), rho="0").stages[0]
    law = norm(loc=(np.log(4) + np.log(40)) / 2, scale=np.log(10) / (2 * norm.ppf(0.95)))
    low, high = law.cdf(np.log([5.0, 17.0]))  # begun at 1:00
    exact_h = 1 + np.exp(law.ppf(low + 0.5 * (high - low)))
    assert np.unique(times.start) == pytest.approx([1.0])
    assert np.median(times.finish) == pytest.approx(exact_h, rel=0.01)
