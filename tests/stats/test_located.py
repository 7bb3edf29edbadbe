"""Quantiles by one shared bracket: those of the sorted sample, whatever the sample."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.stats.located import (
    _rank_error,
    locate,
    locate_in_all,
    pilot_of,
    quantile_index,
    worst,
)

LEVELS = (1, 5, 10, 25, 50, 75, 90, 95, 99)


def drawn(seed, count, decimals, kind):
    rng = np.random.default_rng(seed)
    sample = np.round(rng.lognormal(0, 2, size=(16, count)), decimals)
    if kind == "sorted":  # the first points lie at one end: every bracket misses
        sample.sort(axis=1)
    elif kind == "rows apart":
        sample += 1e3 * np.arange(16)[:, np.newaxis]
    elif kind == "one value a row":
        sample[:] = sample[:, :1]
    elif kind == "mostly nothing":
        sample[rng.random(sample.shape) < 0.97] = 0.0
    return sample


@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([1, 2, 7, 40, 600, 2048]),
    st.sampled_from([0, 1, 12]),
    st.sampled_from(["even", "sorted", "rows apart", "one value a row", "mostly nothing"]),
)
def test_located_quantiles_are_those_of_the_sorted_sample(seed, count, decimals, kind):
    sample = drawn(seed, count, decimals, kind)
    before, pilot = sample.copy(), pilot_of(sample)
    rows, pooled = np.sort(sample, axis=1), np.sort(sample, axis=None)
    for level in LEVELS:
        found = locate(sample, pilot, level)
        assert found.value == pooled[quantile_index(sample.size, level)]
        assert locate_in_all(sample, pilot, level) == found.value
        assert found.floor <= found.value
        own = np.std(rows[:, quantile_index(count, level)], ddof=1) / 4
        assert found.error >= own * (1 - 1e-9)
    assert np.array_equal(sample, before)


def test_the_error_is_at_least_two_ranks():
    # one point of every replicate in every cell, as where one draw decides: all counts agree
    offsets = (np.arange(16) + 0.5)[:, np.newaxis] / 16
    sample = (np.arange(1024) + offsets) / 1024
    assert locate(sample, pilot_of(sample), 50).error == pytest.approx(2 / sample.size, rel=1e-9)


def test_the_error_of_independent_trials_is_that_of_the_textbook():
    # sd of a quantile: sqrt(p (1 - p) / N) / f; exponential: f = 1 - p
    rng = np.random.default_rng(4)
    for percent in (5, 50, 95):
        p = percent / 100
        exact = np.sqrt(p * (1 - p) / (16 * 1024)) / (1 - p)
        found = [
            locate(sample, pilot_of(sample), percent).error
            for sample in rng.exponential(size=(60, 16, 1024))
        ]
        assert 0.97 * exact < np.mean(found) < 1.15 * exact  # the larger of two: a little above


def test_the_counts_below_tell_what_the_replicates_own_quantiles_do_not():
    # every replicate one point a cell, at a random place in it: its own median moves by a 16th of
    # what the pooled one does, which is the eighth or ninth of 16 places
    rng = np.random.default_rng(8)
    found, errors = [], []
    for _ in range(300):
        sample = (np.arange(64) + rng.random((16, 1))) / 64.0
        located = locate(sample, pilot_of(sample), 50)
        found.append(located.value)
        errors.append(located.error)
    assert np.mean(errors) >= np.std(found)


def test_the_rank_error_is_that_of_the_number_below_in_all_replicates():
    # four replicates with 10, 14, 10 and 14 trials below: sd 2.309, of the sum 2 x 2.309
    parts = [np.full(k, 0.5) for k in (4, 8, 4, 8)]
    assert _rank_error(parts, 1.0, [6, 6, 6, 6]) == pytest.approx(2 * np.std([0, 4, 0, 4], ddof=1))


def test_an_atom_at_the_value_counts_on_either_side():
    # as many not above the value in every replicate, but not as many below it
    parts = [np.repeat([0.5, 1.0], (k, 12 - k)) for k in (2, 8, 2, 8)]
    assert _rank_error(parts, 1.0, [0] * 4) == pytest.approx(2 * np.std([0, 6, 0, 6], ddof=1))


def test_an_atom_has_no_error():
    sample = np.where(np.random.default_rng(4).random((16, 1024)) < 0.9, 0.0, 1.0)
    assert locate(sample, pilot_of(sample), 50).error == 0.0


def test_an_atom_that_ends_at_the_quantile_has_one():
    sample = np.where(np.random.default_rng(4).random((16, 1024)) < 0.9, 0.0, 1.0)
    assert locate(sample, pilot_of(sample), 90).error > 0.0


@given(st.integers(0, 2**32 - 1), st.floats(-1, 20))
def test_the_worst_are_those_above_the_floor_row_by_row(seed, floor):
    sample = drawn(seed, 50, 1, "even")
    tail, replicates = worst(sample, floor)
    assert list(tail) == [x for row in sample for x in row if x > floor]
    assert list(replicates) == [k for k, row in enumerate(sample) for x in row if x > floor]
