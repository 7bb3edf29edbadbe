"""Loss in hours of mean revenue: hand counts and the properties of every trial."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.domain.exposure import Profile
from impactcalc.models.loss import lost_hours
from impactcalc.models.recovery.timeline import StageTimes, Timeline
from impactcalc.models.revenue import RevenueClock

ORIGIN = datetime(2026, 3, 6, tzinfo=UTC)
FLAT = RevenueClock(Profile("flat"), "UTC", ORIGIN)
DEFERRED = RevenueClock(Profile("flat"), "UTC", ORIGIN, 6.0)
OFFICE = RevenueClock(Profile("business-hours"), "Europe/Berlin", ORIGIN)


def stage(start, finish, fallback=None, ready=None):
    times = StageTimes(
        np.array([float(start)]), np.array([float(finish)]), np.array([float(finish)])
    )
    if fallback is not None:
        times.fallback, times.ready = np.array([float(fallback)]), np.array([float(ready)])
        times.relapsed = np.array([True])
    return times


def timeline(*stages, started=0.0):
    return Timeline(np.array([started]), np.array([started]), list(stages))


def test_each_share_waits_for_its_own_return():
    run = timeline(stage(0, 2), stage(2, 12))
    found = lost_hours(run, [0.6, 0.4], [False, False], FLAT, 5.0)
    assert found.whole == pytest.approx([0.6 * 2 + 0.4 * 12])
    assert found.so_far == pytest.approx([0.6 * 2 + 0.4 * 5])
    assert found.returned is None


def test_a_ramp_loses_its_middle():
    found = lost_hours(timeline(stage(4, 14)), [1.0], [True], FLAT, 6.0)
    assert found.whole == pytest.approx([9.0])
    # at 6: 4 hours whole, then two hours during which 20% comes back evenly
    assert found.so_far == pytest.approx([4 + 2 - 0.2])


def test_a_relapse_loses_its_share_again():
    run = timeline(stage(0, 2, fallback=5, ready=9))
    found = lost_hours(run, [1.0], [False], FLAT, 7.0)
    assert found.whole == pytest.approx([2 + 4])
    assert found.so_far == pytest.approx([2 + 2])


def test_time_counts_from_the_start_of_the_incident():
    found = lost_hours(timeline(stage(3, 10), started=3.0), [1.0], [False], FLAT, 8.0)
    assert found.whole == pytest.approx([7.0])
    assert found.so_far == pytest.approx([5.0])


def test_deferred_demand_comes_back_at_each_return():
    run = timeline(stage(0, 2), stage(2, 12))
    found = lost_hours(run, [0.6, 0.4], [False, False], DEFERRED, 5.0)
    by_hand = 0.6 * 6 * (1 - np.exp(-2 / 6)) + 0.4 * 6 * (1 - np.exp(-12 / 6))
    assert found.returned == pytest.approx([by_hand])


def test_after_a_relapse_each_absence_defers_by_its_own_return():
    run = timeline(stage(0, 2, fallback=5, ready=9))
    found = lost_hours(run, [1.0], [False], DEFERRED, 7.0)
    by_hand = 6 * (1 - np.exp(-2 / 6)) + 6 * (1 - np.exp(-4 / 6))
    assert found.returned == pytest.approx([by_hand])


CLOCKS = st.sampled_from([FLAT, DEFERRED, OFFICE])
MOMENTS = st.floats(0, 300)


@st.composite
def stages(draw):
    start, finish = sorted((draw(MOMENTS), draw(MOMENTS)))
    if draw(st.booleans()):
        return stage(start, finish, finish, finish + draw(st.floats(0, 100)))
    return stage(start, finish)


@given(CLOCKS, stages(), MOMENTS, st.booleans())
def test_what_is_lost_so_far_is_part_of_the_whole(clock, one, as_of, ramp):
    found = lost_hours(timeline(one), [1.0], [ramp], clock, as_of)
    assert -1e-9 <= found.so_far[0] <= found.whole[0] + 1e-9
    if found.returned is not None:
        assert -1e-9 <= found.returned[0] <= found.whole[0] + 1e-9


@given(CLOCKS, MOMENTS, MOMENTS, st.booleans())
def test_an_earlier_finish_never_loses_more(clock, a, b, ramp):
    early, late = sorted((a, b))
    by = [lost_hours(timeline(stage(0, end)), [1.0], [ramp], clock, 10.0) for end in (early, late)]
    assert by[0].whole[0] <= by[1].whole[0] + 1e-9
    assert by[0].so_far[0] <= by[1].so_far[0] + 1e-9
