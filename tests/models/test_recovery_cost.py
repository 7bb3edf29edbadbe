"""Recovery cost: people x hours x rate, dearer after the working day."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from impactcalc.models.recovery_cost import (
    OVERTIME,
    OVERTIME_AFTER,
    RATE,
    STAFF,
    CompiledRecoveryCost,
)
from impactcalc.stats.distributions import Constant, LogNormal, Uniform

PART = CompiledRecoveryCost(Constant(4), Constant(90 * 24), Constant(8), Constant(1.5))


def cost(part, *hours):
    return part.cost(np.array(hours), lambda _: np.full(len(hours), 0.5))


def test_overtime_begins_after_the_working_day():
    # 4 people at 90 an hour; 12 h: eight at the rate, four at half as much again
    assert cost(PART, 0.0, 5.0, 8.0, 12.0) == pytest.approx(
        [0, 4 * 90 * 5, 4 * 90 * 8, 4 * 90 * (8 + 1.5 * 4)]
    )


def test_the_mean_over_a_lognormal_length_is_that_of_quadrature():
    law = LogNormal(np.log(9.0), 1.1)
    u = (np.arange(200_000) + 0.5) / 200_000
    from impactcalc.models.laws import sample

    found = PART.cost(sample(law, u), lambda _: u).mean()

    def paid(z):
        hours = 9.0 * np.exp(1.1 * z)
        return np.exp(-z * z / 2) / np.sqrt(2 * np.pi) * (hours + 0.5 * max(hours - 8, 0))

    assert found == pytest.approx(4 * 90 * quad(paid, -9, 9, limit=400)[0], rel=1e-4)


@given(st.floats(0, 1e4), st.floats(0, 1e4))
def test_a_longer_recovery_is_never_cheaper(hours, more):
    short, long = cost(PART, hours, hours + more)
    assert long >= short


def test_each_figure_has_a_draw_of_its_own():
    part = CompiledRecoveryCost(Uniform(0, 10), Uniform(0, 240), Uniform(0, 20), Uniform(1.0, 2.0))
    named = {STAFF: [0.3], RATE: [0.5], OVERTIME_AFTER: [0.2], OVERTIME: [0.8]}
    found = part.cost(np.array([10.0]), lambda name: np.array(named[name]))
    assert found == pytest.approx([3 * 5 * (4 + 1.8 * 6)])
    assert set(part.names) == set(named)
