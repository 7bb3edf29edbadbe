"""Tallies give the figures that keeping every trial would give."""

import numpy as np
import pytest

from impactcalc.engine.tally import BINS, Count, Tally
from impactcalc.stats.located import standard_error
from impactcalc.stats.risk import LEVELS, figures

RNG = np.random.default_rng(7)


def tallied(sample, kept, size=64):
    tally = Tally(sample[:, :kept])
    for start in range(0, sample.shape[1], size):
        tally.add(sample[:, start : start + size])
    return tally.figures()


@pytest.mark.parametrize("sigma", [0.3, 1.5])
def test_a_tally_agrees_with_the_whole_sample(sigma):
    sample = RNG.lognormal(2.0, sigma, size=(16, 8192))
    exact, tally = figures(sample), Tally(sample[:, :1024])
    tally.add(sample)
    found = tally.figures()
    assert found.mean == pytest.approx(exact.mean, rel=1e-12)
    assert found.sd == pytest.approx(exact.sd, rel=1e-9)
    for level in LEVELS:
        bracket = tally._brackets[level]
        bin_width = (bracket.high - bracket.low) / BINS
        assert abs(found.quantiles[level] - exact.quantiles[level]) <= bin_width
    assert found.expected_shortfall_95 == pytest.approx(exact.expected_shortfall_95, rel=1e-3)
    for name, error in exact.errors.items():
        assert found.errors[name] == pytest.approx(error, rel=0.05)


def test_an_atom_keeps_its_exact_value():
    sample = np.where(RNG.uniform(size=(16, 4096)) < 0.07, 20_000.0, 0.0)
    exact, found = figures(sample), tallied(sample, 512)
    assert found.quantiles == exact.quantiles
    assert found.expected_shortfall_95 == pytest.approx(exact.expected_shortfall_95)


def test_a_constant_is_a_constant():
    found = tallied(np.full((16, 256), 3.5), 64)
    assert (found.mean, found.sd, found.quantiles[50]) == (3.5, 0.0, 3.5)
    assert set(found.errors.values()) == {0.0}


def test_the_size_of_the_blocks_does_not_matter():
    sample = RNG.gamma(2.0, size=(16, 2048))
    one, other = tallied(sample, 256, 2048), tallied(sample, 256, 16)
    assert one.quantiles == pytest.approx(other.quantiles)
    assert one.mean == pytest.approx(other.mean)


def test_a_count_is_the_share_of_trials():
    hits = RNG.uniform(size=(16, 512)) < 0.25
    count = Count()
    count.add(hits[:, :128])
    count.add(hits[:, 128:])
    assert count.shares() == pytest.approx(hits.mean(axis=1))
    assert standard_error(count.shares()) == pytest.approx(standard_error(hits.mean(axis=1)))
