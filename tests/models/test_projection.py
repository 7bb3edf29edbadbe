"""Further incidents until the period's end: exact convolution, overlaps, cuts."""

import numpy as np
import pytest
from scipy import stats

from impactcalc.models.outage import Service, downtime
from impactcalc.models.projection import (
    counts,
    further_counts,
    further_downtime,
    negative_binomial_distribution,
    poisson_distribution,
)
from impactcalc.models.recovery.timeline import StageTimes, Timeline
from impactcalc.stats.located import standard_error
from impactcalc.stats.risk import figures
from impactcalc.stats.streams import REPLICATES, Streams

POINTS = 4096


def over_at(finish, initial=1.0):
    finish = np.atleast_1d(np.asarray(finish, dtype=np.float64))
    zero = np.zeros(finish.shape)
    stage = StageTimes(zero, finish, finish)
    return Service(Timeline(zero, zero, [stage]), [1.0], [False], np.full(finish.shape, initial))


def one(*values):
    return np.array(values, dtype=np.float64)


def test_the_poisson_distribution_is_scipys():
    found = poisson_distribution(2.5)
    exact = stats.poisson(2.5).cdf(np.arange(found.size))
    assert found == pytest.approx(exact, abs=1e-12)
    assert counts(found, np.array([1e-9, 0.5, 1 - 2**-33])).tolist()[:2] == [0, 2]


@pytest.mark.parametrize(("mean", "size"), [(14.4, 6.2), (0.3, 0.5), (100.0, 3.0), (2.3, 1.0)])
def test_the_negative_binomial_distribution_is_scipys(mean, size):
    found = negative_binomial_distribution(mean, size)
    exact = stats.nbinom(size, size / (size + mean)).cdf(np.arange(found.size))
    assert found == pytest.approx(exact, abs=1e-11)
    assert found[-1] > 1 - 2**-33


def test_a_large_size_is_the_poisson_law():
    found = negative_binomial_distribution(2.5, 1e9)
    assert found[:10] == pytest.approx(poisson_distribution(2.5)[:10], abs=1e-8)


@pytest.mark.parametrize(("months", "size"), [(0.25, 5.0), (1.0, 5.0), (3.0, 15.0)])
def test_the_size_grows_with_whole_months_and_is_kept_within_one(months, size):
    found = further_counts(120.0, 5.0, months * 730.0)
    exact = stats.nbinom(size, size / (size + 10.0 * months))
    assert found == pytest.approx(exact.cdf(np.arange(found.size)), abs=1e-11)
    plain = further_counts(120.0, None, months * 730.0)
    assert plain == pytest.approx(poisson_distribution(10.0 * months), abs=1e-12)


def test_outages_that_overlap_count_once():
    run = over_at(2.0)
    outages = [(one(10), one(14)), (one(12), one(20)), (one(np.inf), one(np.inf))]
    added = further_downtime(run, one(0), (5.0, 100.0), 0.3, outages)
    assert [total.tolist() for total in added] == [[10.0], [10.0], [10.0]]


def test_what_this_incident_loses_already_is_not_counted_again():
    # half is lost until 12: all_fail counts the whole outage, proportional the other half of it
    run = over_at(12.0, initial=0.5)
    added = further_downtime(run, one(0), (5.0, 100.0), 0.3, [(one(10), one(14))])
    assert added.all_fail.tolist() == [4.0]
    assert added.threshold.tolist() == [2.0]
    assert added.proportional.tolist() == [3.0]


def test_outages_are_cut_at_the_periods_end():
    added = further_downtime(over_at(2.0), one(0), (5.0, 100.0), 0.3, [(one(98), one(130))])
    assert added.all_fail.tolist() == [2.0]


def test_the_order_of_the_outages_does_not_matter():
    outages = [(one(30), one(50)), (one(10), one(40)), (one(60), one(61))]
    first = further_downtime(over_at(15.0), one(0), (5.0, 100.0), 0.3, outages)
    turned = further_downtime(over_at(15.0), one(0), (5.0, 100.0), 0.3, outages[::-1])
    assert first.threshold.tolist() == turned.threshold.tolist() == [50 - 15 + 1]


def test_the_exact_projection_of_geometric_counts_and_exponential_outages():
    # MODEL.md section 4: 720 h, .30 h used at 400 h, counts of mean 2.3 with this incident's own
    # exponential of mean .25 h; exact by convolution alone, cutting and overlaps differ by 2e-4
    mean, length = 2.3, 0.25
    rest = np.arange(400.0)
    distribution = 1 - (mean / (1 + mean)) ** (rest + 1)
    streams = Streams(1, ["own", "count", *(f"{w}{i}" for i in range(60) for w in "ad")])

    def draw(name):
        return streams.draw(name, 0, POINTS).ravel()

    own = -length * np.log1p(-draw("own"))
    number = counts(distribution, draw("count"))
    outages = []
    for i in range(int(number.max())):
        start = np.where(number > i, 400 + 320 * draw(f"a{i}"), np.inf)
        outages.append((start, start - length * np.log1p(-draw(f"d{i}"))))
    run = over_at(400 + own)
    low = np.full(own.shape, 400.0)
    before = downtime(run, low, 720.0, 0.3).all_fail
    added = further_downtime(run, low, (400.0, 720.0), 0.3, outages).all_fail
    final = (0.30 + before + added).reshape(REPLICATES, POINTS)
    hits = (final > 0.72).mean(axis=1)
    assert hits.mean() == pytest.approx(0.6010417321, abs=4 * standard_error(hits) + 3e-4)
    found = figures(final)
    assert found.mean == pytest.approx(1.125, abs=4 * found.errors["mean"] + 2e-3)
    assert found.quantiles[95] == pytest.approx(2.7714791257, abs=4 * found.errors["p95"] + 5e-3)
