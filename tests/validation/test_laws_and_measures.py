"""Laws, quantiles and shortfalls of single losses against their exact figures.

Rows 1, 2, 4, 6, 7, 14, 15, 20 and 26 of the validation cases; README.md beside this file says where
the other rows live.
"""

import math
from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import pytest
from scipy import integrate, stats

from impactcalc.domain.contract import PeriodKind, PeriodRule, Sla
from impactcalc.domain.moment import Moment
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.domain.sourced import Sourced
from impactcalc.models.budget import error_budget
from impactcalc.stats.distributions import Z95, LogNormal, Normal, pert
from impactcalc.stats.normal import ndtr, ndtri
from impactcalc.stats.risk import expected_shortfall, quantiles
from impactcalc.stats.streams import Streams

POINTS = 2**14


def score(name="loss"):
    return ndtri(Streams(1, [name]).draw(name, 0, POINTS))


def test_a_lognormal_loss_has_its_exact_tail(wrong):
    law = LogNormal.from_quantiles(24, 168, Z95)
    exact = {"mean": 75.63761527, "p50": 63.49803147, "p99": 251.40818017}
    exact |= {"es95": 221.00227830, "es99": 313.02761602}
    assert wrong(law.from_normal(score()), exact) == []


def test_the_published_shortfall_of_a_lognormal_is_its_integral():
    # E[X | X > q] = mean ndtr(sigma - z)/5%, and by quadrature over the tail's probabilities
    law = LogNormal.from_quantiles(24, 168, Z95)
    closed = law.mean * float(ndtr(law.sigma - Z95)) / 0.05
    tail, _ = integrate.quad(lambda u: float(law.from_normal(ndtri(u))), 0.95, 1.0, limit=200)
    assert closed == pytest.approx(221.00227830, rel=1e-10)
    assert tail / 0.05 == pytest.approx(221.00227830, rel=1e-6)


def test_the_sum_of_two_exponentials_has_the_tail_of_its_gamma(wrong, exponential):
    streams = Streams(1, ["first", "second"])
    scores = [ndtri(streams.draw(name, 0, POINTS)) for name in ("first", "second")]
    parts = [exponential(5.0).from_normal(z) for z in scores]
    exact = {"mean": 10.0, "p95": 23.71932259, "es95": 29.58981666}
    exact |= {"p99": 33.19176034, "es99": 38.84635180}
    assert wrong(parts[0] + parts[1], exact) == []


def test_a_pareto_loss_with_an_infinite_third_moment_has_its_exact_tail(wrong):
    u = Streams(1, ["loss"]).draw("loss", 0, POINTS)
    lomax = 100.0 * ((1.0 - u) ** (-1.0 / 3.0) - 1.0)
    exact = {"mean": 50.0, "p95": 171.44176166, "es95": 307.16264249}
    assert wrong(lomax, exact) == []


def test_a_pert_duration_has_its_exact_figures(wrong):
    exact = {"mean": 12.5 / 6, "sd": 0.65843128, "p5": 1.03520670, "p50": 2.06366603}
    exact |= {"p95": 3.19916289, "es95": 3.39911021}
    # the table is linear between knots: 2e-7 of the range
    assert wrong(pert(0.5, 2, 4).from_normal(score()), exact, precision=1e-6) == []


def test_the_published_annual_losses_of_riskquant():
    def annual(rate, low, high):
        return rate * LogNormal.from_quantiles(low, high, Z95).mean

    assert annual(0.1, 1e5, 1e6) == pytest.approx(40_400.128269457266, rel=1e-12)
    assert annual(0.01, 1e6, 1e7) == pytest.approx(40_400, rel=5e-4)
    assert annual(0.10, 1e7, 1e9) == pytest.approx(26_639_800, rel=5e-8)
    assert annual(0.05, 5e6, 5e7) == pytest.approx(1_010_000, rel=5e-3)


def test_the_published_aggregate_loss_by_normal_and_lognormal():
    # Loss Models, examples 9.3 and 9.4: counts 6.7 (sd 2.3), losses 179,247 (sd 52,141)
    mean = 6.7 * 179_247
    sd = math.sqrt(6.7 * 52_141**2 + 2.3**2 * 179_247**2)
    assert (mean, sd) == (pytest.approx(1_200_954.9), pytest.approx(433_797.38, rel=1e-8))
    sigma = math.sqrt(math.log1p((sd / mean) ** 2))
    normal = Normal(mean, sd).score(1.4 * mean)
    lognormal = LogNormal(math.log(mean) - sigma**2 / 2, sigma).score(1.4 * mean)
    for published, score_ in ((0.134063, normal), (0.127997, lognormal)):
        assert float(ndtr(-score_)) == pytest.approx(published, rel=5e-6)


def test_the_published_quantiles_and_tails_of_a_discrete_loss():
    # Loss Data Analytics 10.3.4: P(1) = .75, P(3) = .2, P(4) = .05
    losses = np.repeat([1.0, 3.0, 4.0], [150, 40, 10])
    found = quantiles(losses.reshape(1, -1), (60, 90, 95, 96))
    assert {level: float(value[0]) for level, value in found.items()} == {
        60: 1.0, 90: 3.0, 95: 3.0, 96: 4.0,
    }  # fmt: skip
    assert expected_shortfall(losses, 90) == pytest.approx(3.5, rel=1e-12)
    assert expected_shortfall(losses, 95) == pytest.approx(4.0, rel=1e-12)


@pytest.mark.parametrize(("target", "minutes"), [("0.999", "43.2"), ("0.9995", "21.6"),
                                                 ("0.9999", "4.32")])  # fmt: skip
def test_thirty_days_allow_the_published_downtime_exactly(target, minutes):
    nothing = Sourced(Quantity(Law.FIXED, (Decimal(0),), Dimension.DURATION), "default")
    sla = Sla(
        target=Sourced(Decimal(target), "line 1"),
        period=Sourced(PeriodRule(PeriodKind.ROLLING, Decimal(30 * 86_400)), "line 2"),
        timezone=Sourced("UTC", "default"),
        downtime=None,
        to_date=nothing,
        excluded_s=Sourced(Decimal(0), "default"),
    )
    start = datetime(2026, 3, 1, tzinfo=UTC)
    assert error_budget(sla, Moment(start, start)).allowed_s == Decimal(minutes) * 60


def test_vulnerability_is_the_chance_that_a_threat_exceeds_the_controls(wrong):
    streams = Streams(1, ["threat", "control"])
    threat = pert(0.3, 0.6, 0.9).from_normal(ndtri(streams.draw("threat", 0, POINTS)))
    control = pert(0.2, 0.5, 0.8).from_normal(ndtri(streams.draw("control", 0, POINTS)))
    assert wrong(np.where(threat > control, 0.0, 1.0), {"P<=0": 0.7255327980}) == []
    # the published value is the double integral over both laws
    a, b = (stats.beta(3, 3, low, 0.6) for low in (0.3, 0.2))
    exact, _ = integrate.quad(lambda x: a.pdf(x) * b.cdf(x), 0.3, 0.9, epsabs=1e-12, points=[0.8])
    assert exact == pytest.approx(0.7255327980, abs=1e-9)
