"""The ranking: by mean net saving, then P(better); what the errors cannot tell apart ties."""

import itertools

import numpy as np
import pytest

from impactcalc.analysis.ranking import Standing, ranked

NOISE = np.tile([-1.0, 1.0], 8)  # standard error 0.258 over 16 replicates


def standing(name, mean, better=0.5, noise=0.0):
    return Standing(name, mean + noise * NOISE, better)


def order(standings):
    return [(standings[i].name, rank, tied) for i, rank, tied in ranked(standings)]


def test_the_larger_mean_comes_first():
    found = order([standing("a", 1.0), standing("b", 3.0), standing("c", -2.0)])
    assert found == [("b", 1, False), ("a", 2, False), ("c", 3, False)]


def test_inside_two_errors_of_the_difference_they_tie_and_the_likelier_one_leads():
    near = [standing("a", 1.0, 0.6), standing("b", 1.5, 0.9, noise=1.0)]
    assert order(near) == [("b", 1, True), ("a", 1, True)]
    near = [standing("a", 1.0, 0.95), standing("b", 1.5, 0.9, noise=1.0)]
    assert order(near) == [("a", 1, True), ("b", 1, True)]
    far = [standing("a", 1.0, 0.95), standing("b", 1.55, 0.9, noise=1.0)]  # 2 x 0.258 = 0.516
    assert order(far) == [("b", 1, False), ("a", 2, False)]


def test_noise_that_both_share_cancels():
    both = [standing("a", 1.0, noise=9.0), standing("b", 1.1, noise=9.0)]
    assert order(both) == [("b", 1, False), ("a", 2, False)]


def test_the_next_rank_counts_those_that_tie():
    found = order([standing("a", 0.0), standing("b", 0.0), standing("c", -1.0)])
    assert found == [("a", 1, True), ("b", 1, True), ("c", 3, False)]


@pytest.mark.parametrize("places", list(itertools.permutations(range(4))))
def test_the_order_of_the_list_plays_no_part(places):
    every = [
        standing("a", 1.0, 0.2, noise=0.4),
        standing("b", 1.1, 0.9),
        standing("c", 1.0, 0.9),
        standing("d", 0.9, 0.5),
    ]
    assert order([every[i] for i in places]) == order(every)


def test_nothing_is_ranked_without_alternatives():
    assert order([]) == []
