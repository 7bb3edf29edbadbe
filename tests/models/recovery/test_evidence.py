"""What is known conditions all open stages: the posterior against rejection and closed forms."""

import numpy as np
import pytest
from scipy import stats

from impactcalc.models.recovery.evidence import CommonFactor, Evidence, Kind
from impactcalc.stats.streams import Streams

RNG = np.random.default_rng(11)
U = (np.arange(2**16) + 0.5) / 2**16


def test_without_evidence_the_common_factor_is_standard_normal():
    z = CommonFactor(0.5, []).draw(U)
    assert (z.mean(), z.std()) == (pytest.approx(0, abs=1e-9), pytest.approx(1, abs=1e-3))


def test_a_known_score_gives_the_normal_posterior():
    # Z | z_k = c is normal with mean a c and variance b^2
    factor = CommonFactor(0.36, [Evidence(Kind.EQUAL, 1.5)])
    z = factor.draw(U)
    assert z.mean() == pytest.approx(0.6 * 1.5, abs=1e-4)
    assert z.std() == pytest.approx(0.8, abs=1e-3)


@pytest.mark.parametrize("kind", [Kind.ABOVE, Kind.BELOW])
def test_a_bound_gives_the_posterior_that_rejection_gives(kind):
    bound, rho = 0.7, 0.5
    z = RNG.normal(size=2_000_000)
    score = np.sqrt(rho) * z + np.sqrt(1 - rho) * RNG.normal(size=z.size)
    kept = z[score > bound] if kind is Kind.ABOVE else z[score < bound]
    drawn = CommonFactor(rho, [Evidence(kind, bound)]).draw(U)
    for level in (5, 25, 50, 75, 95):
        assert np.percentile(drawn, level) == pytest.approx(np.percentile(kept, level), abs=0.01)


def test_open_stages_given_two_facts_agree_with_rejection():
    rho = 0.5
    a, b = np.sqrt(rho), np.sqrt(1 - rho)
    z = RNG.normal(size=3_000_000)
    first, second, third = (a * z + b * RNG.normal(size=z.size) for _ in range(3))
    kept = (first < -0.2) & (second > 0.8)
    factor = CommonFactor(rho, [Evidence(Kind.BELOW, -0.2), Evidence(Kind.ABOVE, 0.8)])
    streams = Streams(1, ["z", "e2", "e3"])
    u = {name: streams.draw(name, 0, 8192).ravel() for name in ("z", "e2", "e3")}
    drawn = factor.draw(u["z"])
    overdue, later = factor.above(drawn, u["e2"], 0.8), factor.free(drawn, u["e3"])
    for level in (10, 50, 90):
        assert np.percentile(overdue, level) == pytest.approx(
            np.percentile(second[kept], level), abs=0.01
        )
        assert np.percentile(later, level) == pytest.approx(
            np.percentile(third[kept], level), abs=0.01
        )


def test_a_done_stage_lies_below_its_bound_by_the_conditional_law():
    factor = CommonFactor(0.0, [])
    score = factor.below(np.zeros(U.size), U, -1.0)
    assert score.max() <= -1.0
    exact = stats.norm.ppf(0.5 * stats.norm.cdf(-1.0))
    assert np.median(score) == pytest.approx(exact, abs=1e-4)


def test_extreme_evidence_moves_the_table_to_the_mode():
    # Z | z_k = 12 with rho .5 has mean a 12 = 8.49: outside [-8, 8]
    z = CommonFactor(0.5, [Evidence(Kind.EQUAL, 12.0)]).draw(U)
    assert z.mean() == pytest.approx(np.sqrt(0.5) * 12, abs=1e-3)
    assert z.std() == pytest.approx(np.sqrt(0.5), abs=1e-3)


def test_independent_stages_learn_nothing_from_each_other():
    factor = CommonFactor(0.0, [Evidence(Kind.ABOVE, 2.0)])
    assert factor.free(factor.draw(U), U).mean() == pytest.approx(0, abs=1e-9)


def test_the_gaussian_copula_has_its_exact_rank_correlations():
    factor = CommonFactor(0.5, [])
    streams = Streams(2, ["z", "e1", "e2"])
    u = {name: streams.draw(name, 0, 4096).ravel() for name in ("z", "e1", "e2")}
    z = factor.draw(u["z"])
    x, y = factor.free(z, u["e1"]), factor.free(z, u["e2"])
    assert stats.spearmanr(x, y).statistic == pytest.approx(0.4825837395, abs=0.005)
    assert stats.kendalltau(x, y).statistic == pytest.approx(0.3333333333, abs=0.005)


def test_a_stage_done_since_a_moment_gives_the_posterior_that_rejection_gives():
    rho, low, high = 0.5, 0.3, 1.1
    z = RNG.normal(size=3_000_000)
    score = np.sqrt(rho) * z + np.sqrt(1 - rho) * RNG.normal(size=z.size)
    kept = (score > low) & (score < high)
    factor = CommonFactor(rho, [Evidence(Kind.BETWEEN, high, low)])
    streams = Streams(1, ["z", "e"])
    u = {name: streams.draw(name, 0, 8192).ravel() for name in ("z", "e")}
    drawn = factor.draw(u["z"])
    own = factor.between(drawn, u["e"], low, high)
    for level in (5, 25, 50, 75, 95):
        for found, true in ((drawn, z[kept]), (own, score[kept])):
            assert np.percentile(found, level) == pytest.approx(
                np.percentile(true, level), abs=0.01
            )
