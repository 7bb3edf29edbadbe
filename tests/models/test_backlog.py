"""Backlog: what is deferred is worked off in the capacity that the usual load leaves."""

import numpy as np
import pytest

from impactcalc.models.backlog import COST, DEFERRED, UTILISATION, CompiledBacklog
from impactcalc.stats.distributions import Constant, Uniform


def test_deferred_hours_take_the_free_capacity():
    part = CompiledBacklog(Constant(0.5), Constant(0.6), Constant(300 * 24))
    # half of 4.8 h come back; at 60% load each takes 1.5 h; 300 an hour
    assert part.loss(np.array([4.8]), lambda _: np.array([0.5])) == pytest.approx([1080.0])


def test_what_is_not_deferred_is_no_backlog():
    part = CompiledBacklog(Constant(0.0), Constant(0.6), Constant(7200))
    assert part.loss(np.array([99.0]), lambda _: np.array([0.5])).tolist() == [0.0]


def test_its_work_equals_the_queue_that_it_empties():
    # a queue of q = d0 x hours of full work, served at rate 1/u of the usual load: it shrinks by
    # 1/u - 1 an hour of the clock, so it is empty after q/(1/u - 1)
    used, queue = 0.8, 0.3 * 7.0
    by_clock, step = 0.0, 1e-4
    while queue > 0:
        queue -= (1 / used - 1) * step
        by_clock += step
    part = CompiledBacklog(Constant(0.3), Constant(used), Constant(24.0))
    assert part.loss(np.array([7.0]), lambda _: np.array([0.5])) == pytest.approx(
        [by_clock], abs=2e-4
    )


def test_the_deferred_share_is_the_one_that_lowers_the_lost_revenue():
    part = CompiledBacklog(Uniform(0.0, 1.0), Uniform(0.0, 1.0), Uniform(0.0, 48.0))
    named = {DEFERRED: [0.2], UTILISATION: [0.5], COST: [0.75]}
    found = part.loss(np.array([10.0]), lambda name: np.array(named[name]))
    assert found == pytest.approx([0.2 * 10.0 * 1.0 * 1.5])
    assert DEFERRED not in part.names  # that draw is the revenue's
