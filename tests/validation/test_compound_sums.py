"""Sums of a random number of losses against Panjer's recursion, FFT and closed forms.

Counts come from the stream "count" by the inverse CDF, the k-th loss from its own stream "size/k".
Rows 8 to 11, 13, 21 and 22 of the validation cases, and MODEL.md section 4's check of the
convolution.
"""

import math

import numpy as np
import pytest
from scipy import stats

from impactcalc.stats.distributions import LogNormal, Tabulated
from impactcalc.stats.normal import ndtr, ndtri
from impactcalc.stats.risk import expected_shortfall
from impactcalc.stats.streams import Streams

POINTS = 2**13
MOST = 60
GRID = np.linspace(-6.5, 6.5, 4097)


def gamma(shape, scale):
    """Give a gamma law as the kernel holds any law: its quantiles at equal steps of z."""
    table = stats.gamma.ppf(ndtr(GRID), shape, scale=scale)
    return Tabulated(table, 0.0, math.inf).from_normal


def steps(probabilities, values):
    """Give a discrete law: the smallest value whose cumulative probability reaches u."""
    edges = np.cumsum(probabilities)

    def draw(z):
        return np.asarray(values)[np.searchsorted(edges, ndtr(z))]

    return draw


def poisson(rate):
    return np.concatenate((stats.poisson.pmf(np.arange(MOST), rate), [0.0]))


def drawn(probabilities, size, points=POINTS, together=np.add):
    """Draw the counts, and put the sizes of each trial together."""
    streams = Streams(1, ["count", *(f"size/{k}" for k in range(1, MOST))])
    edges = np.cumsum(probabilities)
    counts = np.searchsorted(edges, streams.draw("count", 0, points))
    total = np.zeros(counts.shape)
    for k in range(1, int(counts.max()) + 1):
        there = counts >= k
        loss = size(ndtri(streams.draw(f"size/{k}", 0, points)[there]))
        total[there] = together(total[there], loss)
    return total


def panjer(rate, severity, length):
    """Probabilities of a compound Poisson sum on a grid, severity from 0 on (Panjer 1981)."""
    found = np.zeros(length)
    found[0] = math.exp(rate * (severity[0] - 1.0))
    weighted = np.arange(len(severity)) * severity
    for x in range(1, length):
        reach = min(x, len(severity) - 1)
        found[x] = rate / x * weighted[1 : reach + 1] @ found[x - reach : x][::-1]
    return found


def test_ten_gamma_losses_a_year_have_their_exact_tail(wrong):
    exact = {"mean": 20.0, "var": 60.0, "p90": 30.295865, "p95": 33.794218, "p99": 40.811793}
    exact |= {"es90": 34.995887, "es95": 38.114426, "es99": 44.580948}
    assert wrong(drawn(poisson(10.0), gamma(2.0, 1.0)), exact, precision=2e-6) == []


def test_the_unbiased_grid_of_a_published_vignette_has_its_quantiles():
    # gamma(2, 1) on (0, 22) in steps of .5, means kept (local moment matching), then 10 a year
    at = np.arange(0.0, 22.5, 0.5)
    limited = 2 * stats.gamma.cdf(at, 3) + at * stats.gamma.sf(at, 2)  # E[min(X, x)]
    severity = np.zeros(at.size)
    severity[0] = 1.0 - limited[1] / 0.5
    severity[1:-1] = (2 * limited[1:-1] - limited[:-2] - limited[2:]) / 0.5
    severity[-1] = (limited[-1] - limited[-2]) / 0.5 - stats.gamma.sf(22, 2)
    severity /= severity.sum()
    total = drawn(poisson(10.0), steps(severity, at), 2**16)
    ordered = np.sort(total, axis=None)
    published = {25: 14.5, 50: 19.5, 75: 25.0, 90: 30.5, 95: 34.0, 97.5: 37.0, 99: 41.0}
    published |= {99.5: 43.5, 99.9: 49.5}
    found = {p: ordered[math.ceil(ordered.size * p / 100) - 1] for p in published}
    assert found == published
    exact, x = panjer(10.0, severity, 400), 0.5 * np.arange(400)
    for level, cte in ((90, 35.419054), (95, 38.549778), (99, 45.012942)):
        # the mean strictly above the quantile; the table's own recursion stops at 1e-7
        v, above = published[level], x > published[level]
        excess = ((x - v) * exact)[above].sum()
        assert v + excess / exact[above].sum() == pytest.approx(cte, rel=1e-5)
        # the shortfall counts a part of the atom at v
        shortfall = v + excess / (1 - level / 100)
        rows = np.array([expected_shortfall(row, level) for row in total])
        error = rows.std(ddof=1) / 4
        assert abs(expected_shortfall(total, level) - shortfall) < 4 * error < 0.01 * shortfall


def test_gamma_losses_at_2_5_a_year_have_bahnemanns_distribution(wrong):
    exact = {"mean": 3000.0, "var": 4.8e6, "skew": 0.912871, "P<=0": 0.08208500}
    at = (500, 1000, 2000, 3000, 5000, 8000, 10_000)
    shares = (0.10955001, 0.18672473, 0.37552914, 0.56127746, 0.82728343, 0.97233340, 0.99343773)
    exact |= {f"P<={x}": share for x, share in zip(at, shares, strict=True)}
    exact |= {"p95": 7105.182041, "es95": 8541.862878}
    assert wrong(drawn(poisson(2.5), gamma(3.0, 400.0)), exact, precision=2e-6) == []


@pytest.mark.parametrize(
    ("counts", "sizes", "mean", "pmf"),
    [
        ((0.6, 0.3, 0.1), (0.4, 0.5, 0.1), 0.85, (0.6, 0.12, 0.166, 0.07, 0.033, 0.01, 0.001)),
        (
            poisson(1.75),
            (0.2, 0.4, 0.2, 0.15, 0.05),
            4.2875,
            (0.17377394, 0.06082088, 0.13228541, 0.10463726, 0.11703680),
        ),
    ],
    ids=["4.1", "4.4"],
)
def test_discrete_losses_have_bahnemanns_probabilities(wrong, counts, sizes, mean, pmf):
    total = drawn(counts, steps(sizes, np.arange(1.0, len(sizes) + 1)), 2**14)
    assert wrong(total, {"mean": mean}) == []
    for value, share in enumerate(pmf):
        # as a share of zeros: P(total = value)
        hit = np.where(total == value, 0.0, 1.0)
        assert wrong(hit, {"P<=0": share}, precision=1e-7) == []


def test_discrete_losses_have_bahnemanns_tail(wrong):
    total = drawn(poisson(1.75), steps((0.2, 0.4, 0.2, 0.15, 0.05), np.arange(1.0, 6.0)), 2**14)
    exact = {"mean": 4.2875, "var": 12.6875, "P<=5": 0.68180284, "P<=10": 0.93946280}
    assert wrong(total, exact) == []


def test_two_gamma_losses_a_year_have_the_published_tail(wrong):
    size = gamma(math.log(1000) - 0.405, 1 / 0.81)
    exact = {"P<=2": 0.1361652, "p90": 32.63546, "es90": 40.97784}
    assert wrong(drawn(poisson(2.0), size, 2**14), exact, precision=2e-6) == []


def test_three_lognormal_losses_a_year_have_their_exact_tail(wrong):
    # mean 10, coefficient of variation 1.5
    sigma = math.sqrt(math.log1p(1.5**2))
    size = LogNormal(math.log(10) - sigma**2 / 2, sigma).from_normal
    exact = {"mean": 30.0, "p95": 86.77385, "es95": 124.56817}
    exact |= {"p99": 144.14717, "es99": 195.25798}
    assert wrong(drawn(poisson(3.0), size, 2**15), exact, precision=1e-7) == []


def test_the_largest_of_two_losses_a_year_has_its_exact_quantiles(wrong):
    law = LogNormal.from_quantiles(24, 168, 1.6448536269514722)
    largest = drawn(poisson(2.0), law.from_normal, 2**14, np.maximum)
    assert wrong(largest, {"p95": 201.11594396, "p99": 291.08709037}) == []
    # P(largest <= x) = exp(-2 P(X > x)) at the published quantiles
    for level, x in ((0.95, 201.11594396), (0.99, 291.08709037)):
        above = float(ndtr(-law.score(x)))
        assert math.exp(-2 * above) == pytest.approx(level, rel=1e-9)


def test_geometric_counts_of_exponential_outages_breach_the_months_budget(wrong, exponential):
    # 99.9% of 720 h is .72 h, .30 h are used; the current outage, and geometric counts (mean 2.3)
    again = 2.3 / 3.3
    counts = np.concatenate(([0.0], (1 - again) * again ** np.arange(MOST)))
    downtime = 0.30 + drawn(counts, exponential(0.25).from_normal, 2**14)
    exact = {"mean": 1.125, "p95": 2.7714791257, "P<=0.72": 1 - 0.6010417321}
    assert wrong(downtime, exact) == []
