"""Risk measures against exact answers, and the properties that hold in every sample."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from impactcalc.stats.located import quantile_index, standard_error
from impactcalc.stats.normal import ndtri
from impactcalc.stats.risk import (
    LEVELS,
    exceedance_curve,
    expected_shortfall,
    figures,
    quantiles,
    stopping_errors,
)

U = (np.arange(2**20) + 0.5) / 2**20
SAMPLES = hnp.arrays(
    np.float64, st.tuples(st.just(16), st.integers(1, 40)), elements=st.floats(-1e6, 1e6)
)


def test_exponential_has_its_exact_value_at_risk_and_shortfall():
    values = -100 * np.log1p(-U)
    assert np.sort(values)[quantile_index(values.size, 95)] == pytest.approx(299.57322736, rel=1e-5)
    assert expected_shortfall(values) == pytest.approx(399.57322736, rel=1e-5)


def test_normal_100_15_has_its_exact_value_at_risk_and_shortfall():
    values = 100 + 15 * ndtri(U)
    assert np.sort(values)[quantile_index(values.size, 95)] == pytest.approx(124.67280440, rel=1e-6)
    assert expected_shortfall(values) == pytest.approx(130.94069211, rel=1e-6)


def test_an_atom_at_the_quantile_counts_in_part():
    # 4% lose 20,000, 6% lose 10,000, the others nothing: 4/5 x 20,000 + 1/5 x 10,000
    values = np.concatenate([np.full(4, 2e4), np.full(6, 1e4), np.zeros(90)])
    assert expected_shortfall(values) == pytest.approx(18_000)


def test_a_summary_has_the_shortfall_of_its_pooled_trials():
    values = np.random.default_rng(2).permutation(-100 * np.log1p(-U[::16]))
    found = figures(values.reshape(16, -1))
    assert found.expected_shortfall_95 == pytest.approx(399.57322736, rel=1e-3)
    assert found.errors["expected_shortfall_95"] == pytest.approx(
        np.std([expected_shortfall(row) for row in values.reshape(16, -1)], ddof=1) / 4, rel=0.01
    )


def test_the_exceedance_curve_counts_what_lies_above_not_at_a_loss():
    curve = dict(exceedance_curve(np.sort(np.array([0.0] * 60 + [10.0] * 40)), 3))
    assert curve == {0.0: 0.4, 10.0: 0.0}


def test_a_quantile_is_the_smallest_value_with_enough_below():
    sample = np.arange(1.0, 1601.0).reshape(16, 100)
    found = figures(sample)
    for level in LEVELS:
        assert found.quantiles[level] == 16 * level


def test_the_error_is_the_spread_of_replicates_over_4():
    rng = np.random.default_rng(5)
    sample = rng.normal(size=(16, 64))
    found = figures(sample)
    assert found.errors["mean"] == pytest.approx(sample.mean(axis=1).std(ddof=1) / 4)
    for name, place in (("p50", 31), ("p5", 3)):
        of_replicates = np.sort(sample, axis=1)[:, place]
        own = of_replicates.std(ddof=1) / 4
        assert own <= found.errors[name] < 1.5 * own


def test_a_quantile_of_one_draw_scatters_by_its_neighbours():
    # one point of each replicate in each cell: 16 shifted grids of 64 points
    shifts = np.random.default_rng(1).uniform(size=16)
    sample = (np.arange(64) + shifts[:, np.newaxis]) / 64
    ordered = np.sort(sample, axis=None)
    k = quantile_index(1024, 50)
    least = (ordered[k + 8] - ordered[k - 8]) / 8
    found = figures(sample)
    assert found.errors["p50"] == pytest.approx(least)
    assert found.errors["p50"] > np.sort(sample, axis=1)[:, 31].std(ddof=1) / 4


def test_an_atom_has_no_neighbours_to_scatter_by():
    sample = np.where(np.random.default_rng(2).uniform(size=(16, 64)) < 0.3, 1.0, 0.0)
    assert figures(sample).errors["p5"] == 0.0


def test_stopping_looks_at_mean_p95_and_shortfall():
    sample = np.random.default_rng(6).gamma(2.0, size=(16, 100))
    found, stopping = figures(sample), stopping_errors(sample)
    wanted = [found.errors[name] for name in ("mean", "p95", "expected_shortfall_95")]
    assert [error for _, error in stopping] == pytest.approx(wanted)
    assert stopping[0][0] == pytest.approx(found.mean)


def test_equal_replicates_have_no_error_even_where_their_mean_rounds():
    assert standard_error(np.full(16, 0.1)) == 0.0


@given(SAMPLES)
def test_shortfall_is_at_least_p95_at_least_the_median(sample):
    found = figures(sample)
    slack = 1e-9 * (1 + abs(sample).max())
    assert found.expected_shortfall_95 >= found.quantiles[95] - slack
    assert found.quantiles[95] >= found.quantiles[50] >= found.quantiles[5]


@given(SAMPLES)
def test_figures_do_not_depend_on_the_order_of_trials(sample):
    shuffled = sample[:, ::-1]
    first, second = figures(sample), figures(shuffled)
    assert first.quantiles == second.quantiles
    assert first.mean == pytest.approx(second.mean, abs=1e-9 * (1 + abs(sample).max()))


@given(SAMPLES)
def test_the_exceedance_curve_falls(sample):
    curve = exceedance_curve(np.sort(sample, axis=None))
    losses, shares = zip(*curve, strict=True)
    assert list(losses) == sorted(losses)
    assert list(shares) == sorted(shares, reverse=True)


def test_the_standard_deviation_is_that_of_all_trials():
    sample = 100 + 15 * ndtri(np.random.default_rng(5).random((16, 64)))
    assert figures(sample).sd == pytest.approx(np.std(sample), rel=1e-12)


def test_the_sample_is_not_changed():
    sample = np.random.default_rng(1).normal(size=(16, 8))
    before = sample.copy()
    figures(sample)
    stopping_errors(sample)
    assert np.array_equal(sample, before)


@given(st.integers(0, 2**32 - 1), st.sampled_from([513, 1024, 5000]), st.sampled_from([0, 1, 50]))
def test_bracketed_quantiles_are_those_of_the_sorted_sample(seed, count, decimals):
    # few decimals make many ties; sorted rows make every bracket miss
    rng = np.random.default_rng(seed)
    sample = np.round(rng.lognormal(0, 2, size=(4, count)), min(decimals, 12))
    sample[1].sort()
    sample[2] = sample[2, 0]
    ordered = np.sort(sample, axis=1)
    for level, value in quantiles(sample, LEVELS).items():
        assert np.array_equal(value, ordered[:, quantile_index(count, level)])
