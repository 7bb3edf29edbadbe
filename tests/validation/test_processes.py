"""Outages that come and go over a month of 720 hours, against renewal theory and queues.

Rows 16 and 17 of the validation cases: alternating exponential times up and down (Takacs), and
overlapping outages (M/G/inf). Each interval has streams of its own.
"""

import math

import numpy as np
import pytest
from scipy import integrate, stats

from impactcalc.engine.simulate import simulate
from impactcalc.stats.distributions import pert
from impactcalc.stats.normal import ndtri
from impactcalc.stats.streams import Streams

MONTH = 720.0
POINTS = 2**13


def alternating(exponential, up, down, points):
    """Downtime within the month, up at its start."""
    streams = Streams(1, [f"{way}/{k}" for k in range(1, 128) for way in ("up", "down")])
    clock = np.zeros((16, points))
    total = np.zeros((16, points))
    k = 0
    while float(clock.min()) < MONTH:
        k += 1
        clock += exponential(up).from_normal(ndtri(streams.draw(f"up/{k}", 0, points)))
        begun = np.minimum(clock, MONTH)
        clock += exponential(down).from_normal(ndtri(streams.draw(f"down/{k}", 0, points)))
        total += np.minimum(clock, MONTH) - begun
    return total


@pytest.mark.parametrize(
    ("times", "points", "exact"),
    [
        ((240, 0.5), 2**13, {"P<=0.72": 0.3098353143, "P<=7.2": 0.9989153217, "mean": 1.49584416}),
        (
            (1000, 4),
            2**14,
            {"P<=0.72": 0.5466560930, "P<=7.2": 0.8574440136, "P<=36": 0.9995017485}
            | {"mean": 2.85265313},
        ),
        (
            (100, 2),
            2**15,
            {"P<=0.72": 0.0037088603, "P<=7.2": 0.1752782950, "P<=36": 0.9919648258}
            | {"mean": 14.07920031},
        ),
    ],
    ids=["240-0.5", "1000-4", "100-2"],
)
def test_alternating_exponential_times_have_their_exact_downtime(
    wrong, exponential, times, points, exact
):
    up, down = times
    # the mean in closed form, from the Markov chain with rates 1/up and 1/down
    share, pace = down / (up + down), 1 / up + 1 / down
    closed = share * (MONTH - -math.expm1(-MONTH * pace) / pace)
    assert closed == pytest.approx(exact["mean"], rel=1e-8)
    assert wrong(alternating(exponential, up, down, points), exact) == []


RATE, LENGTH = 3 / MONTH, 34 / 3
LONGEST = 24.0


def overlapping(points):
    """Incidents from 24 h before the month on, so that it begins in the steady state.

    Returns the incidents open at its middle, the hours with any open, and how often none turned
    to some.
    """
    parts = [f"{what}/{k}" for k in range(60) for what in ("at", "length")]
    streams = Streams(1, ["count", *parts])
    window = MONTH + LONGEST
    edges = stats.poisson.cdf(np.arange(40), RATE * window)
    counts = np.searchsorted(edges, streams.draw("count", 0, points))
    most = int(counts.max())
    begin = np.full((most, 16, points), np.inf)
    end = np.full((most, 16, points), np.inf)
    for k in range(most):
        there = counts > k
        begin[k][there] = window * streams.draw(f"at/{k}", 0, points)[there] - LONGEST
        score = ndtri(streams.draw(f"length/{k}", 0, points)[there])
        end[k][there] = begin[k][there] + pert(4, 10, LONGEST).from_normal(score)
    middle = ((begin <= MONTH / 2) & (end > MONTH / 2)).sum(axis=0).astype(float)
    order = np.argsort(begin, axis=0)
    begin, end = (np.take_along_axis(x, order, axis=0) for x in (begin, end))
    covered = np.full((16, points), -np.inf)  # up to here the hours are counted
    down, busy = np.zeros((16, points)), np.zeros((16, points))
    for first, last in zip(begin, end, strict=True):
        here = np.isfinite(first)
        free = np.where(here, np.maximum(first, covered), 0.0)
        until = np.where(here, np.maximum(last, covered), 0.0)
        down += np.clip(until, 0, MONTH) - np.clip(free, 0, MONTH)
        busy += here & (first > covered) & (first >= 0) & (first < MONTH)
        covered = np.where(here, np.maximum(covered, last), covered)
    return middle, down, busy


def test_overlapping_outages_have_their_exact_downtime(wrong):
    middle, down, busy = overlapping(POINTS)
    load = RATE * LENGTH
    idle = math.exp(-load)
    assert idle == pytest.approx(0.9538754017, abs=1e-10)
    assert wrong(middle, {"P<=0": idle, "mean": load}, precision=1e-7) == []
    two = 1 - idle * (1 + load)
    assert two == pytest.approx(0.0010804821, abs=1e-10)
    hit = np.where(middle >= 2, 0.0, 1.0)
    assert wrong(hit, {"P<=0": two}, roughest=0.1) == []
    assert wrong(down, {"mean": 33.20971076}, precision=1e-7) == []
    # busy periods begin at the rate of incidents times the chance of finding none open
    assert wrong(busy, {"mean": 3 * idle}, precision=1e-7) == []
    assert 33.20971076 / (3 * idle) == pytest.approx(11.60518823, rel=1e-9)
    assert down.mean() / busy.mean() == pytest.approx(11.60518823, rel=2e-3)


FURTHER = """
impactcalc: 1
incident: {started: 2026-03-01T09:00Z, as_of: 2026-03-01T09:00Z, lost_share: 100%}
recovery: {stages: [{name: Repair, duration: 1 h}]}
sla:
  target: 99.9%
  period: 30 d
  downtime: threshold 30%
  future: {per_year: 365, duration: "pert(4 h, 10 h, 24 h)"}
"""


def test_further_incidents_of_the_product_overlap_as_a_queue_that_begins_empty(build):
    # some are open at t with the chance 1 - exp(-rate x integral of P(D > u) over [0, t]); the
    # first hour is this incident's own
    rate = 1 / 24
    law = stats.beta(2.2, 3.8, 4, 20)
    u = np.linspace(0, LONGEST, 24_001)
    open_time = integrate.cumulative_trapezoid(law.sf(u), u, initial=0)
    busy = -np.expm1(-rate * open_time)
    early = np.interp(1.0, u, integrate.cumulative_trapezoid(busy, u, initial=0))
    whole = integrate.trapezoid(busy, u) + (MONTH - LONGEST) * busy[-1]
    assert open_time[-1] == pytest.approx(LENGTH, rel=1e-6)
    exact = 1 - (1 + whole - early) / MONTH
    for name, reading in simulate(build(FURTHER), trials=2**16, seed=1).sla.readings.items():
        found = reading.availability
        assert abs(found.mean - exact) < 4 * found.mc_error.mean < 0.001, name
        assert reading.breach_prob.value == 1.0
