"""Ratios are exact; percent exists only in text and never lies at the ends."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.units.ratio import parse_ratio, percent
from impactcalc.units.rounding import plain, significant


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("99.9%", "0.999"),
        ("99.9 %", "0.999"),
        ("0.999", "0.999"),
        ("5 per cent", "0.05"),
        ("5 percent", "0.05"),
        ("-10%", "-0.1"),
        ("400%", "4"),
        ("1", "1"),
        ("0", "0"),
    ],
)
def test_a_ratio_is_read_exactly(text, ratio):
    assert parse_ratio(text) == Decimal(ratio)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("99.9", "'99.9' is above 1 and has no percent sign; write 99.9%"),
        ("1.3", "above 1"),
        ("-2", "above 1"),
        ("2 h", "'2 h' is a duration, a share is wanted"),
        ("$5%", "a share is wanted"),
        ("nan", "not a number"),
        ("many", "not a number"),
    ],
)
def test_what_is_no_ratio_is_refused_in_words(text, words):
    with pytest.raises(ValueError, match=words):
        parse_ratio(text)


@pytest.mark.parametrize(
    ("ratio", "digits", "shown"),
    [
        (0.24, 2, "24%"),
        (0.999, 2, "99.9%"),
        (0.9995, 2, "99.95%"),
        (0.9123, 2, "91%"),
        (0.9123, 3, "91.2%"),
        (0.05123, 2, "5.1%"),
        (0.5, 2, "50%"),
        (0.501, 2, "50%"),
        (0.00949, 2, "0.95%"),
        (0, 2, "0%"),
        (1, 2, "100%"),
        (4, 2, "400%"),
        (-0.2, 2, "-20%"),
        (0.999, 1, "99.9%"),
    ],
)
def test_a_ratio_is_written_as_percent(ratio, digits, shown):
    assert percent(ratio, digits) == shown


@given(st.floats(min_value=1e-9, max_value=1 - 1e-9), st.integers(1, 4))
def test_what_is_neither_0_nor_1_is_never_written_so(ratio, digits):
    assert percent(ratio, digits) not in {"0%", "100%"}


@given(st.decimals(min_value=0, max_value=100, allow_nan=False, places=6))
def test_any_percentage_reads_back(number):
    assert parse_ratio(f"{number:f}%") == number / 100


@given(st.floats(min_value=1e-6, max_value=1))
def test_a_percentage_is_right_to_its_digits(ratio):
    assert float(parse_ratio(percent(ratio, 3))) == pytest.approx(ratio, rel=0.006)


def test_rounding_refuses_what_cannot_be_shown():
    with pytest.raises(ValueError, match="finite"):
        significant(float("nan"), 2)
    with pytest.raises(ValueError, match="at least 1"):
        significant(1.0, 0)


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (0, 2, "0"),
        (1234.5, 2, "1,200"),
        (0.0012345, 3, "0.00123"),
        (2.5, 1, "2"),
        (-9.96, 2, "-10"),
    ],
)
def test_rounding_keeps_significant_digits(value, digits, shown):
    assert plain(significant(value, digits)) == shown
