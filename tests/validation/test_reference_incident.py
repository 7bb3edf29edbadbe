"""The reference incident as a whole, against MODEL.md section 7 and a quadrature of its own.

Three stages, retries, a daily sine of revenue and credit tiers: the engine draws the timeline, the
test integrates the sine exactly over it. The product's own revenue goes by hourly weights; its mean
under the hourly means of the sine is derived from the characteristic functions of the durations
(`revenue_by_quadrature`), and so is the published mean under the sine itself. Row 27.
"""

import functools
import math

import numpy as np
import pytest
from scipy import stats

OMEGA = 2 * math.pi / 24
SWING = 0.6
FEE = 40_000.0
POINTS = 2**15
HOURLY = [
    1 + SWING / OMEGA * (math.cos(OMEGA * hour) - math.cos(OMEGA * (hour + 1)))
    for hour in range(24)
]
"""Exact hourly means of 1 + 0.6 sin(2 pi t/24), t from 9:00."""

REFERENCE = f"""
impactcalc: 1
incident: {{started: 2026-03-01T09:00Z, as_of: 2026-03-01T09:00Z, lost_share: 100%}}
recovery:
  dependence: 0
  stages:
    - {{name: Relief, duration: "pert(0.5 h, 2 h, 4 h)", restores: 40%}}
    - {{name: Repair, duration: "pert(4 h, 10 h, 24 h)", restores: 55%, fails: 20%, retry: 100%,
       max_tries: 8}}
    - {{name: Rest, duration: 24 h to 168 h, restores: 5%}}
business:
  currency: USD
  revenue_at_risk: 75 K USD/day
  profile: [{", ".join(repr(HOURLY[(hour - 9) % 24]) for hour in range(24))}]
sla:
  target: 99.9%
  period: 30 d
  downtime: threshold 30%
  monthly_fee: 40 K USD
  credits: [{{below: 99.9%, credit: 10%}}, {{below: 99%, credit: 25%}}, {{below: 95%, credit: 50%}}]
"""


@pytest.fixture(scope="module")
def trials(run):
    return run(REFERENCE, POINTS)


def sine_revenue(t):
    """F(t) = 3125 (t + 0.6 (1 - cos(2 pi t/24)) 24/(2 pi)), in dollars."""
    return 3125 * (t + SWING / OMEGA * (1 - np.cos(OMEGA * t)))


def credit(downtime_h):
    """Tiers on $40K of 720 hours: above .72 h 10%, 7.2 h 25%, 36 h 50%."""
    return FEE * np.select([downtime_h > 36, downtime_h > 7.2, downtime_h > 0.72], [0.5, 0.25, 0.1])


def test_the_whole_loss_has_its_exact_figures(trials, wrong):
    ends = [trials[f"stage/{k}"] for k in range(3)]
    revenue = sum(
        share * sine_revenue(end) for share, end in zip((0.4, 0.55, 0.05), ends, strict=True)
    )
    down = trials["threshold"] / 3600
    assert np.allclose(down, ends[1], rtol=1e-12)  # the second stage ends the downtime
    assert wrong(revenue, {"mean": 51_271.3177}, precision=1e-9) == []
    assert wrong(credit(down), {"mean": 10_156.6296}, precision=1e-9) == []
    exact = {"mean": 61_427.947, "p50": 58_276.5, "p90": 79_881.6, "p95": 92_348.3}
    exact |= {"p99": 122_134.2, "es95": 111_866.87, "es99": 137_446.45}
    # the density jumps at the tiers: the table's quantiles are right to about 1e-5
    assert wrong(revenue + credit(down), exact, precision=1e-5) == []


def test_the_month_misses_each_tier_as_often_as_it_must(trials, wrong):
    down = trials["threshold"] / 3600
    exact = {"P<=7.2": 1 - 0.9819121, "P<=36": 1 - 0.02651571}
    assert wrong(down, exact, precision=1e-6) == []
    assert down.min() > 0.72


def test_the_last_stage_ends_when_it_must(trials, wrong):
    exact = {"mean": 91.887579, "p50": 80.09624, "p90": 152.52019, "p95": 184.98204}
    exact |= {"p99": 268.28744}
    assert wrong(trials["full_recovery_h"], exact, precision=1e-7) == []


def test_the_products_revenue_is_that_of_its_hourly_weights(trials):
    # F at whole hours is the sine's, straight in between
    knots = np.arange(0.0, 24 * 2000)
    table = sine_revenue(knots)
    by_hand = sum(
        share * np.interp(trials[f"stage/{k}"], knots, table)
        for k, share in enumerate((0.4, 0.55, 0.05))
    )
    assert trials["exposed"].max() < table[-1]
    assert np.allclose(trials["exposed"], by_hand, rtol=1e-11)


@functools.cache
def gauss_points():
    """Give the nodes and weights of 400 Gauss points on [-1, 1]."""
    return np.polynomial.legendre.leggauss(400)


def of_pert(frequency, low, mode, high):
    """E[exp(i w D)] of a PERT duration, by 400 Gauss points over its beta density."""
    alpha = 1 + 4 * (mode - low) / (high - low)
    nodes, weights = gauss_points()
    t = low + (high - low) * (nodes + 1) / 2
    density = stats.beta.pdf(t, alpha, 6 - alpha, low, high - low) * (high - low) / 2
    return complex(np.sum(weights * density * np.exp(1j * frequency * t)))


def of_lognormal(function):
    """Mean of a function of a duration with 5% below 24 h and above 168 h, by quadrature over z."""
    mu, sigma = math.log(24 * 168) / 2, math.log(168 / 24) / (2 * stats.norm.ppf(0.95))
    z = np.linspace(-8, 8, 100_001)
    values = function(np.exp(mu + sigma * z)) * stats.norm.pdf(z)
    return complex(np.sum(values) * (z[1] - z[0]))


def characteristic(frequency):
    """E[exp(i w T)] of the three finishes: for sums of independent durations they multiply."""
    first = of_pert(frequency, 0.5, 2, 4)
    one_try = of_pert(frequency, 4, 10, 24)
    tries = [0.8 * 0.2 ** (n - 1) for n in range(1, 8)] + [0.2**7]
    second = first * sum(p * one_try**n for n, p in enumerate(tries, 1))
    return np.array([first, second, second * of_lognormal(lambda t: np.exp(1j * frequency * t))])


def revenue_by_quadrature(harmonics):
    """Mean revenue loss under the rate 3125 (1 + 0.6 Im sum of b e^(ikwt)), k = 1 + 24 m.

    F(t) = 3125 (t + 0.6 (1/w - sum of b cos(kwt)/(kw))) with F(0) = 0, for the sine alone and for
    its hourly means: both pass through the same points at whole hours, whose mean is 1/w.
    """
    tries = sum(0.2**n for n in range(8))
    ends = np.cumsum([12.5 / 6, 34 / 3 * tries, of_lognormal(lambda t: t).real])
    swing = np.full(3, 1 / OMEGA)
    for k, b in harmonics.items():
        swing -= b * characteristic(k * OMEGA).real / (k * OMEGA)
    return float(np.array([0.4, 0.55, 0.05]) @ (3125 * (ends + SWING * swing)))


def test_the_published_mean_revenue_is_its_quadrature():
    assert revenue_by_quadrature({1: 1.0}) == pytest.approx(51_271.3177, abs=1e-3)


def test_the_products_mean_revenue_is_that_of_the_hourly_means(trials, wrong):
    # e^(iwt) by its hourly means, each held for an hour, has the harmonics k = 1 + 24 m with
    # b = (sin(pi/24)/pi)^2 24^2/k
    harmonics = {
        k: (math.sin(math.pi / 24) / math.pi) ** 2 * 24**2 / k
        for k in (1 + 24 * m for m in range(-4, 5))
    }
    # their sum at half past an hour is the straight line between its ends
    swing = sum(b * math.cos(k * OMEGA * 7.5) / (k * OMEGA) for k, b in harmonics.items())
    middle = sine_revenue(np.array([7.0, 8.0])).mean()
    assert 3125 * (7.5 + SWING * (1 / OMEGA - swing)) == pytest.approx(middle, rel=1e-4)
    exact = revenue_by_quadrature(harmonics)
    assert exact != pytest.approx(51_271.3177, abs=1e-3)
    assert wrong(trials["exposed"], {"mean": exact}, precision=1e-6) == []
