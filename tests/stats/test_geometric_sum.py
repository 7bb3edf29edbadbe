"""Sums of a geometric number of independent terms, against closed forms and quadrature."""

import itertools
from typing import NamedTuple

import numpy as np
import pytest
from scipy import integrate, signal, special, stats

from impactcalc.stats.distributions import Constant, LogNormal, Normal, Uniform, pert
from impactcalc.stats.geometric_sum import GeometricSum


class Exponential(NamedTuple):
    """A law with known sums, which the product does not have."""

    mean: float
    log_sd: float = 0.0
    maximum: float = np.inf

    def from_normal(self, z):
        return -self.mean * special.log_ndtr(-z)

    def score(self, x):
        return special.ndtri(-np.expm1(-np.maximum(x, 0.0) / self.mean))


def exceedance(total, x, points=200_001):
    """Share of u in (0, 1) whose sum lies above x."""
    u = (np.arange(points) + 0.5) / points
    sums = total.values(u)
    return np.array([(sums > value).mean() for value in np.atleast_1d(x)])


def test_a_geometric_number_of_exponential_terms_is_exponential():
    # tries of Exp(10) with success .8: given one more try, the rest is Exp(12.5) by memorylessness
    total = GeometricSum(Exponential(10.0), 0.2, 60)
    share = np.array([0.19, 0.1, 0.05, 0.01, 1e-3, 1e-5])
    exact = -12.5 * np.log(share / 0.2)
    assert total.values(share) == pytest.approx(exact, rel=1e-4)


def test_the_published_p95_of_geometric_retries_comes_out():
    # 37.44665342 with the first try: first + rest = 37.4467 has chance .05
    total = GeometricSum(Exponential(10.0), 0.2, 60)
    edges = np.linspace(0.0, 37.44665342, 40_001)
    first = np.exp(-(edges[:-1] + edges[1:]) / 2 / 10.0) * np.diff(edges) / 10.0
    rest = total.exceedance(37.44665342 - (edges[:-1] + edges[1:]) / 2)
    late = float((first * rest).sum()) + np.exp(-3.744665342)
    assert late == pytest.approx(0.05, abs=2e-6)


@pytest.mark.parametrize("fails", [0.05, 0.5, 0.95, 1.0])
def test_two_uniform_terms_make_a_triangle(fails):
    total = GeometricSum(Uniform(0.0, 1.0), fails, 2)
    x = np.array([0.1, 0.5, 0.9, 1.0, 1.3, 1.9])
    two = np.where(x <= 1, 1 - x**2 / 2, (2 - x) ** 2 / 2)
    exact = fails * ((1 - fails) * np.maximum(1 - x, 0) + fails * two)
    # 1e-4 for the corner at 1, where the lattice is half a cell wide
    assert total.exceedance(x) == pytest.approx(exact, abs=2.5e-4 * fails**2 + 2e-5)


@pytest.mark.parametrize("sigma", [0.3, 1.44, 2.2])
def test_two_lognormal_terms_agree_with_quadrature(sigma):
    law = LogNormal(np.log(8.0), sigma)
    total = GeometricSum(law, 0.3, 2)
    exact_law = stats.lognorm(sigma, scale=8.0)
    for z in (-1.0, 0.0, 1.0, 2.5, 4.0):
        x = 8.0 * np.exp(sigma * z) * 1.7
        edges = special.ndtri(exact_law.cdf(x))
        inner, _ = integrate.quad(
            lambda s, x=x: stats.norm.pdf(s) * exact_law.sf(x - 8.0 * np.exp(sigma * s)),
            -9.0,
            edges,
            points=[edges - 1e-2, edges - 1e-4] if edges > -8 else None,
            limit=400,
        )
        two = inner + exact_law.sf(x)
        exact = 0.3 * (0.7 * exact_law.sf(x) + 0.3 * two)
        assert float(total.exceedance(np.array([x]))[0]) == pytest.approx(exact, rel=2e-3, abs=2e-6)


@pytest.mark.parametrize("most", [1, 2, 3, 7])
def test_sums_of_pert_terms_agree_with_convolution(most):
    law = pert(4.0, 10.0, 24.0)
    beta = stats.beta(2.2, 3.8, loc=4.0, scale=20.0)
    step = 0.002
    edges = np.arange(0.0, 24.0 + step, step)
    one = np.diff(beta.cdf(edges))  # mass of each cell, at its middle
    total = np.zeros(1)
    sums, exact = np.array([1.0]), {}
    for count in range(1, most + 1):
        sums = signal.fftconvolve(sums, one)
        chance = 0.2**count * (0.8 if count < most else 1.0)
        grown = np.zeros(sums.size)
        grown[: total.size] = total
        total = grown
        middle = (np.arange(sums.size) + count / 2) * step
        for x in (5.0, 11.0, 20.0, 31.0, 47.0):
            exact[x] = exact.get(x, 0.0) + chance * sums[middle > x].sum()
    found = GeometricSum(law, 0.2, most)
    for x, share in exact.items():
        assert float(found.exceedance(np.array([x]))[0]) == pytest.approx(share, abs=2e-5)


@pytest.mark.parametrize(
    ("law", "mean"),
    [(pert(4.0, 10.0, 24.0), 34 / 3), (LogNormal(1.0, 1.0), np.exp(1.5)), (Normal(5.0, 1.0), 5.0)],
)
def test_the_mean_is_the_expected_number_times_the_mean_of_one(law, mean):
    total = GeometricSum(law, 0.4, 3)
    u = (np.arange(2**20) + 0.5) / 2**20
    expected = (0.4 + 0.4**2 + 0.4**3) * mean
    assert total.values(u).mean() == pytest.approx(expected, rel=2e-4)


def test_nothing_is_added_where_the_draw_is_not_below_the_chance():
    total = GeometricSum(LogNormal(0.0, 1.0), 0.25, 3)
    assert total.values(np.array([0.25, 0.3, 0.999])).tolist() == [0.0, 0.0, 0.0]
    assert (total.values(np.array([0.2499, 1e-9])) > 0).all()


def test_a_constant_term_is_counted():
    total = GeometricSum(Constant(6.0), 0.5, 3)
    u = np.array([0.75, 0.5, 0.4, 0.25, 0.2, 0.125, 0.1, 1e-6])
    assert total.values(u).tolist() == [0.0, 0.0, 6.0, 6.0, 12.0, 12.0, 18.0, 18.0]


def test_counted_terms_exceed_as_often_as_they_are_made():
    total = GeometricSum(Constant(6.0), 0.5, 3)
    x = [0.0, 5.9, 6.0, 11.9, 12.0, 17.9, 18.0]
    assert total.exceedance(x).tolist() == [0.5, 0.5, 0.25, 0.25, 0.125, 0.125, 0.0]


def test_a_smaller_chance_never_makes_a_sum_larger():
    u = (np.arange(4096) + 0.5) / 4096
    law = LogNormal(2.0, 1.3)
    sums = [GeometricSum(law, fails, 4).values(u) for fails in (0.1, 0.2, 0.2001, 0.6, 0.99)]
    for fewer, more in itertools.pairwise(sums):
        assert (fewer <= more + 1e-9 * more).all()


def test_more_tries_never_make_a_sum_smaller():
    u = (np.arange(4096) + 0.5) / 4096
    sums = [GeometricSum(pert(1.0, 2.0, 4.0), 0.5, most).values(u) for most in (1, 2, 3, 8)]
    for fewer, more in itertools.pairwise(sums):
        assert (fewer <= more * (1 + 1e-4)).all()


def test_a_bounded_term_bounds_the_sum():
    total = GeometricSum(Uniform(1.0, 2.0), 0.9, 3)
    assert total.values(np.array([1e-12]))[0] <= 6.0
    assert total.values(np.array([0.9 - 1e-12]))[0] >= 1.0


@pytest.mark.parametrize("fails", [0.0, 1.01, -0.1, np.nan])
def test_a_chance_that_cannot_be_is_refused(fails):
    with pytest.raises(ValueError, match="chance"):
        GeometricSum(Uniform(0.0, 1.0), fails, 2)


def test_at_least_one_term_is_wanted():
    with pytest.raises(ValueError, match="most"):
        GeometricSum(Uniform(0.0, 1.0), 0.5, 0)
