"""The normal distribution against scipy's, tails included."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, special

from impactcalc.stats.normal import (
    interval_draw,
    log_interval,
    log_ndtr,
    ndtr,
    ndtri,
    upper_tail_draw,
)


def test_distribution_function_keeps_its_digits_down_to_minus_37():
    z = np.linspace(-37.0, 9.0, 20_001)
    assert np.max(np.abs(ndtr(z) / special.ndtr(z) - 1.0)) < 2e-13


def test_distribution_function_at_infinity():
    assert ndtr(np.array([-np.inf, np.inf, -50.0, 50.0])).tolist() == [0.0, 1.0, 0.0, 1.0]


def test_quantile_agrees_with_scipy_from_1e_300_to_1_minus_1e_15():
    p = np.concatenate(
        [10.0 ** -np.linspace(0.31, 300, 5001), 1 - 10.0 ** -np.linspace(0.31, 15, 501)]
    )
    assert np.max(np.abs(ndtri(p) - special.ndtri(p)) / (1 + np.abs(special.ndtri(p)))) < 3e-15


def test_quantile_of_0_and_1_is_infinite():
    assert ndtri(np.array([0.0, 1.0])).tolist() == [-np.inf, np.inf]


def test_logarithm_goes_on_where_the_probability_underflows():
    z = np.linspace(-120.0, 5.0, 4001)
    assert np.max(np.abs(log_ndtr(z) / special.log_ndtr(z) - 1.0)) < 1e-8


@given(st.floats(-30, 60), st.floats(1e-6, 1 - 1e-6))
def test_a_draw_above_a_bound_has_the_conditional_law(bound, u):
    x = float(upper_tail_draw(bound, u))
    assert x >= bound
    # P(X > x | X > bound) = 1 - u, in logs
    aim = special.log_ndtr(-bound) + np.log1p(-u)
    assert abs(special.log_ndtr(-x) - aim) < 1e-8 * max(1.0, abs(aim)) + 1e-9


@given(st.floats(-5, 40), st.floats(0.01, 0.98))
def test_a_draw_above_a_bound_rises_with_u(bound, u):
    assert upper_tail_draw(bound, u) <= upper_tail_draw(bound, u + 0.01)


def test_bounds_near_and_far_can_be_mixed():
    bounds, u = np.array([-1.0, 0.5, 20.0]), np.array([0.1, 0.7, 0.9])
    alone = [float(upper_tail_draw(b, v)) for b, v in zip(bounds, u, strict=True)]
    assert upper_tail_draw(bounds, u) == pytest.approx(alone)
    assert alone[1] == pytest.approx(special.ndtri(special.ndtr(0.5) + 0.7 * special.ndtr(-0.5)))


def test_shapes_are_kept():
    assert ndtri(np.full((2, 3), 0.5)).shape == (2, 3)
    assert ndtr(np.zeros((2, 3))).shape == (2, 3)
    assert upper_tail_draw(np.array([0.0, 9.0]), np.array([0.5, 0.5])).shape == (2,)


@given(st.floats(-20, 20), st.floats(1e-3, 12), st.floats(1e-3, 1 - 1e-3))
def test_a_draw_between_two_bounds_has_the_conditional_law(low, width, u):
    high = low + width
    x = float(interval_draw(low, high, u))
    assert low <= x <= high
    # P(low < X < x) = u P(low < X < high), from the nearer tail, so that no digit is lost
    mirrored = low > 0
    tail = special.ndtr(-np.array([x, low, high]) if mirrored else np.array([x, low, high]))
    share = (tail[0] - tail[1]) / (tail[2] - tail[1])
    assert share == pytest.approx(u, abs=1e-6)


def test_far_beyond_all_digits_a_draw_stays_between_its_bounds():
    x = interval_draw(np.array([60.0, -61.0]), np.array([61.0, -60.0]), np.array([0.5, 0.5]))
    assert (x >= [60.0, -61.0]).all()
    assert (x <= [61.0, -60.0]).all()


@pytest.mark.parametrize(
    ("low", "high"), [(-1.0, 1.0), (2.0, 2.01), (-9.0, -8.0), (8.0, 9.0), (-3.0, 30.0)]
)
def test_the_log_probability_of_an_interval_is_that_of_quadrature(low, high):
    # integral of the density, scaled by its largest value on the interval
    near = min(max(low, 0.0), high)
    scaled = integrate.quad(lambda x: np.exp((near * near - x * x) / 2), low, high)[0]
    exact = np.log(scaled / np.sqrt(2 * np.pi)) - near * near / 2
    assert float(log_interval(low, high)) == pytest.approx(exact, rel=1e-9)
