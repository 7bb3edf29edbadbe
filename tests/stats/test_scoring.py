"""Scores against their definitions by quadrature, and against scipy's distributions."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from impactcalc.stats import scoring


def by_definition(law, actual):
    """Integral of (F - 1{x >= y})^2."""
    under, _ = integrate.quad(lambda x: law.cdf(x) ** 2, -np.inf, actual, limit=400)
    over, _ = integrate.quad(lambda x: law.sf(x) ** 2, actual, np.inf, limit=400)
    return under + over


@pytest.mark.parametrize("actual", [0.2, 1.0, 7.5])
def test_closed_forms_equal_their_definition(actual):
    lognormal = by_definition(stats.lognorm(0.9, scale=math.exp(0.4)), actual)
    assert float(scoring.crps_lognormal(0.4, 0.9, actual)) == pytest.approx(lognormal, rel=1e-7)
    normal = by_definition(stats.norm(1.5, 2.5), actual)
    assert float(scoring.crps_normal(1.5, 2.5, actual)) == pytest.approx(normal, rel=1e-7)
    exponential = by_definition(stats.expon(scale=3.0), actual)
    assert float(scoring.crps_exponential(3.0, actual)) == pytest.approx(exponential, rel=1e-7)


@given(
    st.lists(st.floats(-50, 50), min_size=1, max_size=12),
    st.floats(-60, 60),
)
def test_a_samples_score_is_the_mean_distance_less_half_the_mean_distance_of_pairs(values, actual):
    sample = np.array(values)
    pairs = np.abs(sample[:, None] - sample[None, :]).mean()
    expected = np.abs(sample - actual).mean() - pairs / 2
    assert float(scoring.crps_sample(sample, actual)) == pytest.approx(expected, abs=1e-10)


def test_samples_are_scored_row_by_row():
    rows, actual = np.array([[3.0, 1.0], [5.0, 5.0]]), np.array([2.0, 2.0])
    assert scoring.crps_sample(rows, actual).tolist() == [0.5, 3.0]


def test_quantiles_score_a_smooth_law_with_an_error_of_one_over_m_squared():
    def error(m):
        known = stats.norm.ppf((np.arange(m) + 0.5) / m)
        return abs(
            float(scoring.crps_quantiles(known, 0.7)) - float(scoring.crps_normal(0, 1, 0.7))
        )

    assert error(400) < 2e-4
    assert error(400) < error(100) / 4


def test_a_point_forecast_scores_its_absolute_error():
    assert float(scoring.crps_sample([[4.0]], [1.5])[0]) == 2.5
    assert float(scoring.crps_quantiles([[4.0]], [1.5])[0]) == 2.5


def test_the_pinball_loss_is_least_at_the_quantile():
    rng = np.random.default_rng(1)
    sample = rng.lognormal(size=20_000)
    places = np.quantile(sample, [0.85, 0.9, 0.95])
    losses = [scoring.pinball(place, 0.9, sample).mean() for place in places]
    assert losses[1] < losses[0]
    assert losses[1] < losses[2]


def test_the_brier_score_of_a_fair_coin_is_a_quarter():
    assert scoring.brier(np.full(10, 0.5), np.arange(10) % 2) == 0.25
    assert scoring.brier([0.2, 0.9], [0, 1]) == pytest.approx((0.04 + 0.01) / 2)


def test_coverage_counts_the_ends():
    assert scoring.coverage([0, 0, 0], [1, 1, 1], [0.0, 1.0, 1.5]) == pytest.approx(2 / 3)
    assert scoring.covered_by_pit([0.25, 0.75, 0.76, 0.2], 0.5) == 0.5


def test_the_transform_of_a_sample_counts_equal_values_half():
    assert scoring.pit_sample([[1.0, 2.0, 3.0]], [2.0])[0] == pytest.approx(0.5)
    assert scoring.pit_sample([[1.0, 2.0, 3.0]], [0.0])[0] == pytest.approx(0.125)
    assert scoring.pit_sample([[1.0, 2.0, 3.0]], [9.0])[0] == pytest.approx(0.875)


@pytest.mark.parametrize("number", [10, 40, 300])
@pytest.mark.parametrize("power", [0.7, 0.9, 1.0, 1.2])
def test_the_test_of_uniformity_agrees_with_scipys_exact_one(number, power):
    sample = np.random.default_rng(number).random(number) ** power
    expected = stats.kstest(sample, "uniform", method="exact")
    assert scoring.ks_statistic(sample) == pytest.approx(expected.statistic, abs=1e-15)
    assert scoring.ks_p(sample) == pytest.approx(expected.pvalue, abs=3e-3)


def test_no_forecasts_have_no_p_value_and_even_ones_the_highest():
    assert math.isnan(scoring.ks_p([]))
    assert scoring.ks_p((np.arange(50) + 0.5) / 50) == 1.0


@pytest.mark.parametrize("number", [1, 29, 170, 679, 5000])
@pytest.mark.parametrize("share", [0.5, 0.8, 0.9])
def test_the_band_is_the_binomial_laws(number, share):
    low, high = stats.binom(number, share).interval(0.95)
    band = scoring.binomial_band(number, share)
    assert (band.low * number, band.high * number) == pytest.approx((low, high))
    assert band.holds(band.low)
    assert not band.holds(band.high + 1e-9)
