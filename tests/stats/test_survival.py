"""Censored fits against scipy's, lifelines' published numbers and the closed form of the update."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from impactcalc.stats.survival import Prior, fit_lognormal


def censored(seed, number, limit):
    """Lognormal durations, each seen until a time of its own."""
    rng = np.random.default_rng(seed)
    lengths = rng.lognormal(1.1, 1.1, number)
    seen = rng.exponential(limit, number)
    return np.minimum(lengths, seen), lengths <= seen


@pytest.mark.parametrize(
    ("seed", "number", "limit"), [(1, 20, 4), (2, 100, 6), (3, 1000, 9), (4, 60, 1)]
)
def test_a_censored_fit_equals_scipys(seed, number, limit):
    seen, ended = censored(seed, number, limit)
    data = stats.CensoredData.right_censored(seen, ~ended)
    sigma, _, scale = stats.lognorm.fit(data, floc=0)
    fit = fit_lognormal(np.log(seen), ended)
    assert fit.ended[0] == ended.sum() < number
    assert fit.mu[0] == pytest.approx(math.log(scale), abs=1e-4)
    assert fit.sigma[0] == pytest.approx(sigma, rel=1e-4)


def test_a_censored_fit_equals_that_of_lifelines():
    # LogNormalFitter of lifelines 0.30.3, computed once in an environment of its own
    seen = [0.7, 1.2, 1.9, 2.4, 3.1, 4.6, 5.5, 8.0, 9.5, 12.0]
    ended = [True, True, False, True, True, False, True, True, False, False]
    fit = fit_lognormal(np.log(seen), ended)
    assert fit.mu[0] == pytest.approx(1.646177719569177, rel=1e-4)
    assert fit.sigma[0] == pytest.approx(1.2115227922379914, rel=1e-4)


def test_a_fit_without_censoring_is_mean_and_standard_deviation_of_the_logarithms():
    logs = np.log([0.5, 1.0, 3.0, 9.0])
    fit = fit_lognormal(logs, np.ones(4, dtype=bool))
    assert (fit.mu[0], fit.sigma[0]) == pytest.approx((logs.mean(), logs.std()), rel=1e-14)


def test_the_update_is_the_closed_form_of_the_normal_inverse_gamma_law():
    logs, mu0, sd0, w = np.log([0.5, 1.0, 3.0, 9.0, 2.0]), math.log(4.0), 1.67, 5.0
    n, mean = logs.size, logs.mean()
    k = w + n
    square = w * sd0**2 + ((logs - mean) ** 2).sum() + w * n / k * (mean - mu0) ** 2
    found = fit_lognormal(logs, np.ones(n, dtype=bool), Prior(mu0, sd0, w)).predictive()
    assert found.middle[0] == pytest.approx((w * mu0 + n * mean) / k, rel=1e-13)
    assert found.scale[0] == pytest.approx(math.sqrt(square / k) * math.sqrt(1 + 1 / k), rel=1e-13)
    assert found.freedom[0] == k


def test_with_a_prior_running_durations_maximise_the_posterior():
    seen, ended = censored(5, 12, 3)
    prior = Prior(0.4, 1.2, 5.0)

    def loss(point):
        mu, sigma = point[0], math.exp(point[1])
        logs = np.log(seen)
        like = stats.norm.logpdf(logs[ended], mu, sigma).sum()
        like += stats.norm.logsf(logs[~ended], mu, sigma).sum()
        told = -prior.weight * math.log(sigma)
        told -= prior.weight / 2 * ((prior.mu - mu) ** 2 + prior.sigma**2) / sigma**2
        return -(like + told)

    best = optimize.minimize(
        loss, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12}
    )
    fit = fit_lognormal(np.log(seen), ended, prior)
    assert fit.mu[0] == pytest.approx(best.x[0], abs=1e-6)
    assert fit.sigma[0] == pytest.approx(math.exp(best.x[1]), rel=1e-6)


def test_without_a_prior_the_forecast_is_students_with_n_minus_1_degrees():
    logs = np.log([0.5, 1.0, 3.0, 9.0])
    found = fit_lognormal(logs, np.ones(4, dtype=bool)).predictive()
    assert found.freedom[0] == 3
    assert found.scale[0] == pytest.approx(logs.std(ddof=1) * math.sqrt(1.25), rel=1e-13)
    with pytest.raises(ValueError, match="takes two"):
        fit_lognormal(np.zeros(1), np.ones(1, dtype=bool)).predictive()


def test_nothing_ended_needs_a_prior_and_lengthens_it():
    running = np.log([50.0, 80.0])
    with pytest.raises(ValueError, match="nothing has ended"):
        fit_lognormal(running, np.zeros(2, dtype=bool))
    prior = Prior(math.log(4.0), 1.0)
    fit = fit_lognormal(running, np.zeros(2, dtype=bool), prior)
    assert fit.mu[0] > prior.mu + 0.5
    assert fit.predictive().freedom[0] == prior.weight


def test_rows_are_fitted_each_alone_and_unused_values_do_not_count():
    seen, ended = censored(6, 40, 4)
    logs = np.log(seen)
    used = np.ones((2, 40), dtype=bool)
    used[1, 25:] = False
    both = fit_lognormal(np.stack([logs, logs]), np.stack([ended, ended]), used=used)
    alone = [fit_lognormal(logs, ended), fit_lognormal(logs[:25], ended[:25])]
    assert both.mu.tolist() == pytest.approx([one.mu[0] for one in alone], rel=1e-10)
    assert both.sigma.tolist() == pytest.approx([one.sigma[0] for one in alone], rel=1e-10)
    assert both.ended.tolist() == [ended.sum(), ended[:25].sum()]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 30), st.floats(0.05, 20), st.floats(0.1, 100))
def test_scaling_all_durations_moves_the_middle_alone(seed, number, limit, factor):
    seen, ended = censored(seed, number, limit)
    prior, shift = Prior(0.3, 1.4), math.log(factor)
    one = fit_lognormal(np.log(seen), ended, prior)
    other = fit_lognormal(np.log(seen) + shift, ended, prior._replace(mu=prior.mu + shift))
    assert other.mu[0] == pytest.approx(one.mu[0] + shift, abs=1e-8)
    assert other.sigma[0] == pytest.approx(one.sigma[0], rel=1e-8)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 30), st.floats(0.05, 20))
def test_a_duration_that_runs_on_never_shortens_the_fit(seed, number, limit):
    seen, ended = censored(seed, number, limit)
    prior = Prior(0.3, 1.4)
    longer = np.where(ended, seen, 2 * seen)
    one, other = (fit_lognormal(np.log(x), ended, prior) for x in (seen, longer))
    assert other.mu[0] >= one.mu[0] - 1e-9


def test_equal_durations_have_next_to_no_spread():
    fit = fit_lognormal(np.full(6, 0.7), [True] * 5 + [False])
    assert fit.mu[0] == pytest.approx(0.7, abs=1e-5)
    assert 0 < fit.sigma[0] < 1e-4


@pytest.mark.parametrize("number", [3, 10, 50])
def test_the_forecasts_80_percent_interval_covers_80_percent_of_what_follows(number):
    rng = np.random.default_rng(number)
    logs = rng.normal(0.3, 1.1, (20_000, number + 1))
    found = fit_lognormal(logs[:, :-1], np.ones((20_000, number), dtype=bool)).predictive()
    reach = stats.t(number - 1).ppf(0.9) * found.scale
    inside = np.abs(logs[:, -1] - found.middle) <= reach
    assert 0.79 < inside.mean() < 0.81
