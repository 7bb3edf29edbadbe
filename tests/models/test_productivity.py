"""Productivity: users x dependency x wage x the integral of the lost share."""

import numpy as np
import pytest

from impactcalc.models.productivity import DEPENDENCY, WAGE, CompiledProductivity
from impactcalc.stats.distributions import Constant, Uniform


def draws(**values):
    named = {DEPENDENCY: values.get("dependency", [0.5]), WAGE: values.get("wage", [0.5])}
    return lambda name: np.array(named[name])


def test_the_loss_is_the_product_of_its_factors():
    part = CompiledProductivity(15_000, Constant(0.1), Constant(50 * 24))
    # 15,000 users, a tenth of their work, 50 an hour, 0.34 x 8 h
    found = part.loss(np.array([0.34 * 8, 0.0]), lambda _: np.array([0.2, 0.9]))
    assert found == pytest.approx([15_000 * 0.1 * 50 * 2.72, 0.0])


def test_each_factor_has_a_draw_of_its_own():
    part = CompiledProductivity(100, Uniform(0.0, 1.0), Uniform(0.0, 240.0))
    hours = np.ones(2)
    assert part.loss(hours, draws(dependency=[0.25, 0.75], wage=[0.5, 0.5])) == pytest.approx(
        [100 * 0.25 * 5, 100 * 0.75 * 5]
    )
    assert part.loss(hours, draws(dependency=[0.5, 0.5], wage=[0.1, 0.3])) == pytest.approx(
        [100 * 0.5 * 1, 100 * 0.5 * 3]
    )
    assert set(part.names) == {DEPENDENCY, WAGE}
