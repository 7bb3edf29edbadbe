"""Downtime under three readings: hand counts, ramps solved exactly, and the order of readings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.models import outage
from impactcalc.models.outage import Service, downtime, moment_of_downtime, pieces
from impactcalc.models.recovery.timeline import StageTimes, Timeline


def hours(*values):
    return np.array(values, dtype=np.float64)


def stage(finish, start=0.0, fallback=None, ready=None):
    finish = np.atleast_1d(np.asarray(finish, dtype=np.float64))
    times = StageTimes(np.full(finish.shape, float(start)), finish, finish)
    if fallback is not None:
        times.fallback = np.full(finish.shape, float(fallback))
        times.ready = np.full(finish.shape, float(ready))
        times.relapsed = np.ones(finish.shape, dtype=bool)
    return times


def service(stages, shares, initial=1.0, linear=None):
    count = stages[0].finish.size
    zero = np.zeros(count)
    return Service(
        Timeline(zero, zero, stages),
        shares,
        linear or [False] * len(stages),
        np.full(count, float(initial)),
    )


def test_steps_count_by_hand():
    # all down until 2, 60% lost until 10, 5% until 50
    of = downtime(service([stage(2), stage(10), stage(50)], [0.4, 0.55, 0.05]), hours(0), 720, 0.3)
    assert of.all_fail.tolist() == [2.0]
    assert of.threshold.tolist() == [10.0]
    assert of.proportional == pytest.approx([2 + 8 * 0.6 + 40 * 0.05])


def test_a_share_of_exactly_the_threshold_does_not_count():
    # 1 - 0.7 is above 0.3 in floating point
    of = downtime(service([stage(2), stage(16)], [0.7, 0.3]), hours(0), 720, 0.3)
    assert of.threshold.tolist() == [2.0]


def test_time_outside_the_period_does_not_count():
    run = service([stage(2), stage(10)], [0.4, 0.6])
    of = downtime(run, hours(5), 8, 0.3)
    assert of.all_fail.tolist() == [0.0]
    assert of.threshold.tolist() == [3.0]
    assert of.proportional == pytest.approx([3 * 0.6])


def test_a_period_that_ended_before_the_incident_has_no_downtime():
    of = downtime(service([stage(2)], [1.0]), hours(5), 3, 0.3)
    assert (of.all_fail[0], of.threshold[0], of.proportional[0]) == (0.0, 0.0, 0.0)


def test_a_ramp_crosses_the_threshold_where_it_is_solved():
    # 1 until 4, then down to 0 at 14: above 0.3 until 4 + 0.7 x 10
    of = downtime(service([stage(14, start=4)], [1.0], linear=[True]), hours(0), 720, 0.3)
    assert of.threshold == pytest.approx([11.0])
    assert of.all_fail == pytest.approx([4.0])
    assert of.proportional == pytest.approx([4 + 5])


def test_two_ramps_at_once_add_up():
    run = service([stage(10, start=0), stage(20, start=0)], [0.5, 0.5], linear=[True, True])
    # L = 1 - t/20 - t/40 until 10, then 0.5 - t/40: 0.3 at t = 8
    # (1 - 0.075 x 28/3 = 0.3)
    of = downtime(run, hours(0), 720, 0.3)
    assert of.threshold == pytest.approx([28 / 3])
    assert of.proportional == pytest.approx([0.5 * 5 + 0.5 * 10])


def test_a_relapse_takes_its_share_away_again():
    run = service([stage(2, fallback=5, ready=9), stage(20)], [0.7, 0.3])
    of = downtime(run, hours(0), 720, 0.3)
    assert of.all_fail == pytest.approx([2 + 4])
    assert of.threshold == pytest.approx([2 + 4])
    assert of.proportional == pytest.approx([2 + 3 * 0.3 + 4 + 11 * 0.3])


def test_an_initial_share_below_the_threshold_never_counts():
    of = downtime(service([stage(5)], [1.0], initial=0.2), hours(0), 720, 0.3)
    assert (of.all_fail[0], of.threshold[0]) == (0.0, 0.0)
    assert of.proportional == pytest.approx([1.0])


def test_many_stages_count_as_few_do():
    rng = np.random.default_rng(3)
    finishes = rng.uniform(0, 100, (12, 500))
    shares = list(rng.dirichlet(np.ones(12)))
    run = service([stage(f) for f in finishes], shares, 0.9)
    many = downtime(run, np.zeros(500), 80, 0.25)
    parts = pieces(run, np.zeros(500), 80)
    assert many.threshold == pytest.approx(outage.time_above(parts, 0.25 + 1e-12).sum(axis=0))
    few = outage._falls_few(list(finishes), shares, run.initial, (0.25,))
    assert np.minimum(few[0], 80) == pytest.approx(many.threshold)


@st.composite
def services(draw):
    count = draw(st.integers(1, 5))
    stages, linear = [], []
    for _ in range(count):
        start = draw(st.floats(0, 50))
        finish = start + draw(st.floats(0, 50))
        again = draw(st.booleans())
        stages.append(
            stage(finish, start, finish if again else None, finish + draw(st.floats(0, 30)))
            if again
            else stage(finish, start)
        )
        linear.append(draw(st.booleans()))
    parts = [draw(st.integers(0, 10)) for _ in range(count)]
    total = sum(parts) or 1
    shares = [p / total for p in parts] if sum(parts) else [1.0] + [0.0] * (count - 1)
    return service(stages, shares, draw(st.floats(0, 1)), linear)


@given(services(), st.floats(0, 60), st.floats(0, 120), st.floats(0.01, 0.95))
def test_all_fail_never_exceeds_threshold_or_proportional(run, low, high, threshold):
    of = downtime(run, hours(low), high, threshold)
    assert of.all_fail[0] <= of.threshold[0] + 1e-9
    assert of.all_fail[0] <= of.proportional[0] + 1e-9
    assert 0 <= of.proportional[0] <= max(high - low, 0.0) + 1e-9


@given(services(), st.floats(0.01, 0.95))
def test_downtime_agrees_with_a_fine_time_grid(run, threshold):
    of = downtime(run, hours(0), 150, threshold)
    t = (np.arange(30_000) + 0.5) / 200
    lost = np.array(run.lost_share(t[:, np.newaxis]))[:, 0]
    assert of.proportional[0] == pytest.approx(lost.mean() * 150, abs=0.05)
    assert of.threshold[0] == pytest.approx(np.mean(lost > threshold + 1e-9) * 150, abs=0.3)


@given(
    services(),
    st.floats(0.05, 0.9),
    st.sampled_from(["threshold", "proportional", "all_fail"]),
    st.floats(0.05, 0.95),
)
def test_the_moment_of_exhaustion_is_when_the_downtime_gets_there(run, threshold, reading, part):
    whole = getattr(downtime(run, hours(0), 150, threshold), reading)[0]
    if whole < 1e-3:
        return
    parts = pieces(run, hours(0), 150)
    moment = moment_of_downtime(parts, reading, threshold, hours(part * whole))[0]
    until = getattr(downtime(run, hours(0), float(moment), threshold), reading)[0]
    assert until == pytest.approx(part * whole, rel=1e-6, abs=1e-9)


def test_a_downtime_that_is_never_reached_has_no_moment():
    parts = pieces(service([stage(2)], [1.0]), hours(0), 720)
    assert moment_of_downtime(parts, "threshold", 0.3, hours(5.0)).tolist() == [np.inf]
