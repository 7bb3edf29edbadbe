"""Distributions against scipy and the exact answers of the validation table (MODEL.md, 7)."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from impactcalc.stats.distributions import (
    Z90,
    Z95,
    Constant,
    LogitNormal,
    LogNormal,
    Normal,
    Uniform,
    pert,
    triangular,
)
from impactcalc.stats.normal import ndtri
from impactcalc.stats.risk import expected_shortfall

U = (np.arange(2**20) + 0.5) / 2**20


def test_lognormal_between_24_and_168_has_its_exact_moments_and_tail():
    law = LogNormal.from_quantiles(24, 168, Z95)
    values = law.from_normal(ndtri(U))
    assert law.mean == pytest.approx(75.63761527, rel=1e-9)
    assert np.median(values) == pytest.approx(63.49803147, rel=1e-6)
    assert float(law.from_normal(ndtri(0.99))) == pytest.approx(251.40818017, rel=1e-9)
    assert expected_shortfall(values) == pytest.approx(221.00227830, rel=2e-4)


def test_pert_4_10_24_has_its_exact_figures():
    values = pert(4, 10, 24).from_normal(ndtri(U))
    assert values.mean() == pytest.approx(11.33333333, rel=1e-6)
    assert values.std() == pytest.approx(3.64277933, rel=1e-6)
    for p, exact in ((0.05, 5.91408567), (0.5, 11.01998970), (0.95, 17.83102035)):
        assert float(pert(4, 10, 24).from_normal(ndtri(p))) == pytest.approx(exact, abs=5e-6)
    assert expected_shortfall(values) == pytest.approx(19.20265010, rel=1e-5)


@pytest.mark.parametrize(
    ("low", "mode", "high"), [(0.5, 2, 4), (1, 1, 2), (3, 9, 9), (0, 0.01, 50)]
)
def test_pert_agrees_with_the_beta_distribution(low, mode, high):
    a = 1 + 4 * (mode - low) / (high - low)
    law = stats.beta(a, 6 - a, low, high - low)
    z = np.linspace(-6.2, 6.2, 2001)
    assert np.max(np.abs(pert(low, mode, high).from_normal(z) - law.ppf(stats.norm.cdf(z)))) < (
        1e-6 * (high - low)
    )


def test_triangular_agrees_with_scipy():
    law = stats.triang(0.25, 1, 4)
    z = np.linspace(-6.0, 6.0, 2001)
    exact = law.ppf(stats.norm.cdf(z))
    assert np.max(np.abs(triangular(1, 2, 5).from_normal(z) - exact)) < 1e-5


def test_a_share_between_25_and_60_percent_is_logit_normal():
    law = LogitNormal.from_quantiles(0.25, 0.60, Z95)
    values = law.from_normal(ndtri(U))
    assert np.mean(values <= 0.25) == pytest.approx(0.05, abs=2e-6)
    assert np.mean(values > 0.60) == pytest.approx(0.05, abs=2e-6)
    assert 0 < values.min() < values.max() < 1


def test_normal_is_cut_where_the_quantity_ends():
    law = Normal(0.5, 1.0, 0.0, 1.0)
    assert law.from_normal(np.array([-9.0, 0.0, 9.0])).tolist() == [0.0, 0.5, 1.0]


def test_median_and_p90_make_a_lognormal():
    law = LogNormal(math.log(6), math.log(20 / 6) / Z90)
    assert float(law.from_normal(ndtri(0.9))) == pytest.approx(20, rel=1e-12)


LAWS = st.sampled_from(
    [
        LogNormal.from_quantiles(2, 9, Z95),
        LogitNormal.from_quantiles(0.2, 0.7, Z95),
        Normal(10, 2),
        Uniform(1, 4),
        pert(0.5, 2, 4),
        triangular(1, 2, 5),
    ]
)


@given(LAWS, st.floats(-3.5, 3.5))
def test_the_score_undoes_the_quantile(law, z):
    assert float(law.score(law.from_normal(np.array([z])))[0]) == pytest.approx(z, abs=1e-4)


@given(LAWS, st.floats(-6, 6), st.floats(0, 3))
def test_every_law_rises_with_z(law, z, more):
    low, high = law.from_normal(np.array([z, z + more]))
    assert low <= high


def test_the_score_is_infinite_outside_the_support():
    law = pert(4, 10, 24)
    assert law.score(np.array([3.0, 30.0])).tolist() == [-np.inf, np.inf]
    assert LogNormal(0, 1).score(np.array([0.0]))[0] == -np.inf
    assert Constant(2.0).score(np.array([1.0, 3.0])).tolist() == [-np.inf, np.inf]
    assert Uniform(1, 2).score(np.array([0.0, 3.0])).tolist() == [-np.inf, np.inf]


def test_a_lognormal_without_spread_is_a_constant():
    law = LogNormal(math.log(3), 0.0)
    assert law.maximum == pytest.approx(3)
    assert law.score(np.array([2.0, 4.0])).tolist() == [-np.inf, np.inf]
