from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.models.sli.ratios import ratio_sum

terms = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 50), st.integers(0, 90)).map(
        lambda each: (min(each[0], each[1]), each[1], each[2])
    ),
    min_size=1,
    max_size=30,
)


def built(rows):
    columns = zip(*rows, strict=True)
    return ratio_sum(*(np.array(column, dtype=np.int64) for column in columns))


def prefixes(rows):
    sums, total = [], Fraction(0)
    for part, whole, weight in rows:
        total += Fraction(part * weight, whole)
        sums.append(total)
    return sums


@given(terms)
def test_bounds_hold_the_exact_sum_of_every_prefix(rows):
    found = built(rows)
    for number, exact in enumerate(prefixes(rows), 1):
        assert found.below(number) <= exact <= found.above(number)
        assert found.exact(number) == exact
    assert found.whole() == prefixes(rows)[-1]


@given(terms, st.data())
def test_the_first_term_that_reaches_a_bound_is_found_also_exactly_at_it(rows, data):
    found, sums = built(rows), prefixes(rows)
    bound = data.draw(
        st.sampled_from([*sums, sums[-1] + Fraction(1, 2**80), sums[0] - Fraction(1, 2**80)])
    )
    reaching = next((n for n, each in enumerate(sums, 1) if each >= bound), None)
    beyond = next((n for n, each in enumerate(sums, 1) if each > bound), None)
    assert found.first_reaching(bound, beyond=True) == beyond
    if bound > 0:
        assert found.first_reaching(bound, beyond=False) == reaching


def test_many_denominators_are_added_to_sixty_places():
    numbers = np.arange(1, 2001, dtype=np.int64)
    found = ratio_sum(np.ones(2000, dtype=np.int64), numbers, np.ones(2000, dtype=np.int64))
    exact = sum(Fraction(1, int(each)) for each in numbers)
    assert abs(found.whole() - exact) < Fraction(2000, 2**60)
    assert found.exact(2000) == exact


def test_heavy_weights_do_not_overflow():
    parts, wholes = np.array([2**40, 1]), np.array([2**41 + 1, 3])
    found = ratio_sum(parts, wholes, np.array([2**50, 2**50]))
    exact = 2**50 * (Fraction(2**40, 2**41 + 1) + Fraction(1, 3))
    assert found.below(2) <= exact <= found.above(2)
    assert found.whole() == exact


def test_nothing_adds_up_to_nothing():
    none = np.array([], dtype=np.int64)
    found = ratio_sum(none, none, none)
    assert found.whole() == 0
    assert found.first_reaching(Fraction(1), beyond=False) is None


def test_weights_too_heavy_for_floats_are_added_exactly():
    rows = [(3, 7, 2**52 + 1), (2, 7, 2**53 + 1), (5, 6, 2**52 - 1)]
    found = built(rows)
    assert found.exact(3) == prefixes(rows)[-1]
    assert found.whole() == prefixes(rows)[-1]
