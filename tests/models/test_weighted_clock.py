"""Weighted clocks against sums over a fine grid, and their steps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactcalc.domain.exposure import Profile
from impactcalc.models.revenue import RevenueClock, flat_clock
from impactcalc.models.weighted_clock import Steps, WeightedClock, steps

GRID = 200_000
SPAN = 60.0
TAU = 6.0


def busy():
    from datetime import UTC, datetime

    return RevenueClock(
        Profile("business-hours"), "UTC", datetime(2026, 3, 2, 5, 20, tzinfo=UTC), TAU
    )


step_functions = st.lists(
    st.tuples(st.floats(0.1, 8.0), st.floats(0.0, 1.0)), min_size=1, max_size=8
).map(
    lambda pairs: Steps(
        np.cumsum([width for width, _ in pairs]), np.array([weight for _, weight in pairs])
    )
)


@settings(max_examples=25, deadline=None)
@given(step_functions)
def test_its_three_sums_are_those_of_a_fine_grid(weights):
    clock = busy()
    edges = np.linspace(0.0, SPAN, GRID + 1)
    middle = 0.5 * (edges[1:] + edges[:-1])
    gained = np.diff(clock.revenue(edges)) * weights.value(middle)
    weighted = WeightedClock(clock, weights)
    revenue = np.concatenate(([0.0], np.cumsum(gained)))
    np.testing.assert_allclose(weighted.revenue(edges), revenue, atol=2e-3)
    area = np.concatenate(([0.0], np.cumsum(0.5 * (revenue[1:] + revenue[:-1]) * SPAN / GRID)))
    np.testing.assert_allclose(weighted.revenue_moment(edges), area, atol=1e-1)
    back = float((gained * np.exp(-(SPAN - middle) / TAU)).sum())
    assert float(weighted.returned(np.array([SPAN]))[0]) == pytest.approx(back, abs=2e-3)


@given(step_functions, st.floats(0.0, 30.0), st.floats(0.0, 30.0))
def test_the_rate_is_never_left_between_two_moments(weights, first, second):
    clock = flat_clock()
    low, high = sorted((first, second))
    found = WeightedClock(clock, weights).revenue(np.array([low, high]))
    assert -1e-12 <= found[1] - found[0] <= high - low + 1e-12


def test_a_weight_of_one_from_the_origin_on_changes_nothing():
    clock = busy()
    same = WeightedClock(clock, Steps(np.array([0.0]), np.array([1.0])))
    t = np.linspace(0.0, 300.0, 50)
    np.testing.assert_allclose(same.revenue(t), clock.revenue(t), rtol=1e-13, atol=1e-13)
    np.testing.assert_allclose(same.revenue_moment(t), clock.revenue_moment(t), rtol=1e-12)
    np.testing.assert_allclose(same.returned(t), clock.returned(t), rtol=1e-12, atol=1e-12)
    low, high = np.array([3.0]), np.array([20.0])
    np.testing.assert_allclose(same.mean_revenue(low, high), clock.mean_revenue(low, high))
    np.testing.assert_allclose(
        same.mean_deferred(low, low + 1, high), clock.mean_deferred(low, low + 1, high)
    )


def test_steps_join_what_touches_and_cut_what_lies_outside():
    found = steps(
        np.array([-5.0, 0.0, 2.0, 3.0, 9.0]),
        np.array([-4.0, 2.0, 3.0, 4.0, 12.0]),
        np.array([0.9, 0.5, 0.5, 0.25, 1.0]),
        (-1.0, 10.0),
    )
    assert found.at.tolist() == [-1.0, 0.0, 3.0, 4.0, 9.0, 10.0]
    assert found.weight.tolist() == [0.0, 0.5, 0.25, 0.0, 1.0, 0.0]
    assert found.cut(1.0).at.tolist() == [1.0, 3.0, 4.0, 9.0, 10.0]


def test_without_stretches_nothing_is_weighed():
    none = np.zeros(0)
    found = steps(none, none, none, (0.0, 5.0))
    assert WeightedClock(flat_clock(), found).revenue(np.array([9.0])).tolist() == [0.0]
    assert found.value(np.array([-1.0, 2.0])).tolist() == [0.0, 0.0]
