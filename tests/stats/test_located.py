"""Quantiles by one shared bracket: those of the sorted sample, whatever the sample."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.stats.located import locate, locate_in_all, pilot_of, quantile_index, worst

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
        assert np.array_equal(found.rows, rows[:, quantile_index(count, level)])
        assert found.pooled == pooled[quantile_index(sample.size, level)]
        assert locate_in_all(sample, pilot, level) == found.pooled
        assert found.floor <= min(found.rows.min(), found.pooled)
    assert np.array_equal(sample, before)


def test_the_least_error_is_an_eighth_of_the_eighth_neighbours_distance():
    sample = np.random.default_rng(4).exponential(size=(16, 1024))
    ordered, kth = np.sort(sample, axis=None), quantile_index(sample.size, 95)
    exact = (ordered[kth + 8] - ordered[kth - 8]) / 8
    assert locate(sample, pilot_of(sample), 95).least == pytest.approx(exact, rel=1e-12)


def test_an_atom_has_no_least_error():
    sample = np.where(np.random.default_rng(4).random((16, 1024)) < 0.9, 0.0, 1.0)
    assert locate(sample, pilot_of(sample), 50).least == 0.0


@given(st.integers(0, 2**32 - 1), st.floats(-1, 20))
def test_the_worst_are_those_above_the_floor_row_by_row(seed, floor):
    sample = drawn(seed, 50, 1, "even")
    tail, replicates = worst(sample, floor)
    assert list(tail) == [x for row in sample for x in row if x > floor]
    assert list(replicates) == [k for k, row in enumerate(sample) for x in row if x > floor]
