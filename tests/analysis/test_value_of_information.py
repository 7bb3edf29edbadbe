"""What an answer is worth: exact values of normal savings, and nothing where nothing changes."""

import numpy as np
import pytest
from scipy import stats

from impactcalc.analysis.value_of_information import worth_of_either, worth_of_knowing
from impactcalc.stats.conditional import narrowing
from impactcalc.stats.normal import ndtri
from impactcalc.stats.streams import REPLICATES, Streams


def draws(points=1024, seed=1):
    streams = Streams(seed, ["x", "y", "z"])
    return [streams.draw(name, 0, points) for name in "xyz"]


def exact(mean, sd):
    """E max(0, m + s X) - max(0, m), X standard normal."""
    z = mean / sd
    return sd * stats.norm.pdf(z) + mean * stats.norm.cdf(z) - max(0.0, mean)


@pytest.mark.parametrize(("mean", "sd"), [(0, 1), (0.5, 1), (-0.5, 1), (-1, 1), (300, 900)])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_worth_of_one_normal_saving_is_the_exact_one(mean, sd, seed):
    x, y, _ = draws(seed=seed)
    net = mean + sd * ndtri(x) + 2 * sd * ndtri(y)
    found = worth_of_knowing([net], x)
    # 16 bins lose at most a few hundredths of a standard deviation of what is known
    assert found.value == pytest.approx(exact(mean, sd), abs=0.012 * sd)
    assert found.shown == found.value


def test_an_input_that_moves_nothing_is_worth_nothing():
    x, y, z = draws()
    heavy = np.exp(1.5 * ndtri(y)) - 2.5  # about as good as nothing done, and very noisy
    found = [worth_of_knowing([heavy, -heavy], u) for u in (x, z)]
    assert [one.shown for one in found] == [0.0, 0.0]
    assert all(abs(one.value) < 0.02 for one in found)


def test_the_noise_of_the_bins_is_no_gain():
    # maxima of binned means of the same trials would give .03 of a standard deviation here
    rng = np.random.default_rng(1)
    values = []
    for _ in range(60):
        u = rng.random((REPLICATES, 256))
        values.append(worth_of_knowing([rng.standard_normal(u.shape)], u).value)
    assert abs(np.mean(values)) < 4 * np.std(values) / np.sqrt(len(values)) + 1e-3
    assert np.mean(values) < 0.01


def test_an_answer_that_changes_no_decision_is_worth_nothing():
    x, y, _ = draws()
    sure = 10 + ndtri(x) + ndtri(y)  # better in every bin
    assert worth_of_knowing([sure], x).value == 0.0
    assert worth_of_knowing([sure, sure - 5], x).shown == 0.0


def test_the_choice_between_two_actions_counts():
    # the difference of the two is 2 x: knowing x is worth E|x| = 2 phi(0) over the mean of either
    x, y, _ = draws()
    level = 50 + ndtri(y)
    found = worth_of_knowing([level + ndtri(x), level - ndtri(x)], x)
    assert found.value == pytest.approx(2 * stats.norm.pdf(0), abs=0.01)


def test_units_scale_and_the_order_of_actions_plays_no_part():
    x, y, _ = draws()
    first, second = ndtri(x) + ndtri(y), 0.3 - ndtri(x)
    one = worth_of_knowing([first, second], x)
    assert worth_of_knowing([second, first], x) == one
    assert worth_of_knowing([1000 * first, 1000 * second], x).value == pytest.approx(
        1000 * one.value
    )


def test_either_reading_equally_likely_is_worth_the_regret_it_saves():
    assert worth_of_either([-1000.0, 200.0], [3000.0, 100.0]) == 600.0  # 1,600 against 1,000
    assert worth_of_either([-5.0], [-1.0]) == 0.0
    assert worth_of_either([5.0], [1.0]) == 0.0


# how much an answer narrows


def test_the_range_narrows_by_what_is_exact_for_a_straight_line():
    x, _, _ = draws()
    assert narrowing(3 * x, x) == pytest.approx(1 - 1 / 16, abs=1e-3)


def test_the_range_of_a_sum_narrows_to_that_of_the_rest():
    x, y, _ = draws(4096)
    whole = 2 * 1.6448536 * np.sqrt(2)
    middle = [ndtri(np.array([(k + 0.5) / 16]))[0] for k in range(16)]
    inner = np.var(middle)  # what a bin leaves of x itself
    left = 2 * 1.6448536 * np.sqrt(1 + 1 - inner)
    assert narrowing(ndtri(x) + ndtri(y), x) == pytest.approx(1 - left / whole, abs=0.02)


def test_an_input_without_effect_narrows_nothing():
    x, y, _ = draws()
    assert narrowing(ndtri(y), x) < 0.03
    assert narrowing(np.ones_like(x), x) == 0.0


def test_uneven_bins_are_weighed_by_their_size():
    u = np.array([[0.01] * 90 + [0.99] * 10])
    values = np.array([[float(k) for k in range(90)] + [1000.0] * 10])
    # nine tenths of the trials keep P5 to P95 of 0 .. 89, one tenth keeps nothing
    assert narrowing(values, u) == pytest.approx(1 - 0.9 * 81 / 996)
