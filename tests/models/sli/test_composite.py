"""What several promises make together, exactly."""

import json
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.models.sli.composite import availability_of

COMPOSITE = json.loads((Path(__file__).parents[2] / "data" / "slo" / "golden.json").read_text())[
    "composite"
]
PROMISES = [Fraction(target) for _, target in COMPOSITE["services"]]
SHARES = st.lists(st.fractions(0, 1, max_denominator=50), min_size=1, max_size=5)


def exact(name):
    return Fraction(COMPOSITE[name]["exact"])


def test_services_that_are_all_needed_multiply():
    assert availability_of(PROMISES) == exact("all_needed_independent")


def test_a_doubled_service_is_down_only_when_both_are():
    assert availability_of([PROMISES[0]] * 2, at_least=1) == exact("first_service_doubled")


def test_two_of_three_are_enough():
    assert availability_of([PROMISES[1]] * 3, at_least=2) == exact("two_of_three_of_second")


@given(SHARES, st.data())
def test_it_is_the_sum_over_all_states(services, data):
    needed = data.draw(st.integers(0, len(services)))
    total = Fraction(0)
    for state in product((True, False), repeat=len(services)):
        chance = Fraction(1)
        for up, share in zip(state, services, strict=True):
            chance *= share if up else 1 - share
        total += chance if sum(state) >= needed else 0
    assert availability_of(services, needed) == total


@pytest.mark.parametrize("needed", [-1, 3])
def test_a_number_that_cannot_be_needed_is_refused(needed):
    with pytest.raises(ValueError, match="services are needed; there are 2"):
        availability_of([Fraction(1), Fraction(1)], needed)


@pytest.mark.parametrize("share", [Fraction(-1, 10), Fraction(11, 10)])
def test_an_availability_that_cannot_be_is_refused(share):
    with pytest.raises(ValueError, match="0 to 1 is wanted"):
        availability_of([share])
