"""Digits follow the simulation's error."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.domain.result import MonteCarloError, Probability, Summary
from impactcalc.report.rounding import digits, digits_of, half_width, percent_step
from impactcalc.units.rounding import significant


def figure(mean: float, error: float, factor: float = 1.0) -> Summary:
    errors = MonteCarloError(error, error, error, error, None)
    return Summary(mean, 1, 1, 1, 1, mean, 1, 1, 1, 1, None, errors, factor)


@pytest.mark.parametrize(
    ("value", "error", "shown"),
    [
        (27_432, 0, 2),
        (27_432, 1_000, 2),
        (27_432, 1_001, 1),
        (27_432, 90_000, 1),
        (0.0734, 1e-3, 2),
    ],
)
def test_the_last_digit_is_worth_at_least_the_error(value: float, error: float, shown: int) -> None:
    assert digits(value, error) == shown


@given(st.floats(1e-6, 1e12), st.floats(1e-9, 1e12))
def test_never_two_digits_when_the_second_is_noise(value: float, error: float) -> None:
    count = digits(value, error)
    assert count in {1, 2}
    if count == 2:
        step = Decimal(1).scaleb(significant(value, 2).adjusted() - 1)
        assert float(step) * 10.000001 >= error  # rounding up may add a digit: 99.6 -> 100
        assert 10.0 ** (math.floor(math.log10(value)) - 1) >= error * 0.999999


def test_figures_without_sense_are_shown_with_one_digit() -> None:
    assert [digits(bad, 1.0) for bad in (0.0, math.inf, math.nan)] == [1, 1, 1]
    assert digits(5.0, math.inf) == 1


def test_half_width_uses_student_and_the_factor_for_the_mean_alone() -> None:
    summary = figure(100.0, 2.0, factor=1.5)
    assert half_width(summary, "mean") == pytest.approx(1.5 * 2.13 * 2)
    assert half_width(summary, "p50") == pytest.approx(2.13 * 2)
    assert half_width(summary, "expected_shortfall_95") == 0


def test_quantiles_without_an_error_borrow_their_neighbours() -> None:
    errors = MonteCarloError(1, 2, 3, 4, 5)
    summary = Summary(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, errors)
    found = [half_width(summary, name) / 2.13 for name in ("p10", "p25", "p75", "p90", "p99")]
    assert found == pytest.approx([2, 3, 3, 4, 4])


def test_a_wide_error_takes_the_second_digit_away() -> None:
    assert digits_of(figure(27_432, 2_000), "mean") == 1


def test_probabilities_are_rounded_to_their_error() -> None:
    assert [percent_step(Probability(0.5, error)) for error in (0.0, 0.004, 0.01, 0.05)] == [
        1, 1, 5, 10,
    ]  # fmt: skip
