"""Durations are exact seconds, and refused in any other dimension."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.units.dimension import SECONDS_BY_UNIT, dimension_of, split_rate, unit_seconds
from impactcalc.units.duration import exact_duration, parse_duration, short_duration

MILLISECONDS = st.integers(min_value=0, max_value=10**12).map(lambda n: Decimal(n) / 1000)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2 h", "7200"),
        ("2h", "7200"),
        ("45 min", "2700"),
        ("45 minutes", "2700"),
        ("5m", "300"),
        ("20 s", "20"),
        ("300 ms", "0.3"),
        ("50 \N{GREEK SMALL LETTER MU}s", "0.00005"),
        ("50 \N{MICRO SIGN}s", "0.00005"),
        ("1 w", "604800"),
        ("1 month", "2592000"),
        ("1 y", "31536000"),
        ("1.5 days", "129600"),
        ("1 h 30 min", "5400"),
        ("1h30m", "5400"),
        ("1 h, 30 min", "5400"),
        ("1 h and 30 min", "5400"),
        ("an hour", "3600"),
        ("one day", "86400"),
        ("5,000 ms", "5"),
        ("0 h", "0"),
        ("2 hrs.", "7200"),
    ],
)
def test_a_duration_is_read_exactly(text, seconds):
    assert parse_duration(text) == Decimal(seconds)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("6", "'6' has no unit.*6 h"),
        ("6 USD", "'6 USD' is an amount of money, a duration"),
        ("75 K USD/day", "is a rate of money, a duration"),
        ("5%", "is a percentage"),
        ("4:30", "minutes or hours.*4 h 30 min"),
        ("-2 h", "negative"),
        ("1e999 h", "1e999 h"),
        ("nan h", "cannot be read"),
        ("inf", "cannot be read"),
        ("1_000 s", "not a number"),
        ("2 hours 5", "cannot be read"),
        ("$5 h", "is an amount of money, a duration"),
        ("a banana", "cannot be read"),
        ("x5 h", "cannot be read"),
        ("1001 y", "too large"),
        ("", "cannot be read"),
    ],
)
def test_what_is_no_duration_is_refused_in_words(text, words):
    with pytest.raises(ValueError, match=words):
        parse_duration(text)


@pytest.mark.parametrize(
    ("seconds", "digits", "shown"),
    [
        (61_200, 2, "17 h"),
        (302_400, 2, "3.5 days"),
        (2700, 2, "45 min"),
        (0, 2, "0 ms"),
        (0.0004, 2, "0.4 ms"),
        (0.5, 2, "500 ms"),
        (1, 2, "1 s"),
        (59.4, 2, "59 s"),
        (59.7, 2, "1 min"),
        (3599, 2, "1 h"),
        (86_400 * 1.98, 1, "2 days"),
        (86_400 * 2, 2, "2 days"),
        (86_400 * 365 * 3, 2, "3 years"),
        (86_400 * 729.9, 2, "2 years"),
        (-3600, 2, "-1 h"),
        (61_440, 3, "17.1 h"),
    ],
)
def test_a_duration_is_written_short(seconds, digits, shown):
    assert short_duration(seconds, digits) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (2678.4, "44 min 38.4 s"),
        (0, "0 s"),
        (90_061, "1 d 1 h 1 min 1 s"),
        (3600, "1 h"),
        (-60, "-1 min"),
        (-0.0001, "0 s"),
        (Decimal("0.5"), "0.5 s"),
    ],
)
def test_a_duration_is_written_in_full(seconds, shown):
    assert exact_duration(seconds) == shown


def test_units_may_be_written_in_capitals_and_with_a_full_stop():
    assert unit_seconds("Hrs.") == 3600
    assert unit_seconds("bananas") is None


def test_a_rate_is_split_from_its_period():
    assert split_rate("5 USD an hour") == ("5 USD", Decimal(3600))
    assert split_rate("5 USD/banana") == ("5 USD/banana", None)
    assert split_rate("daily") == ("daily", None)


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("2 h", "a duration"),
        ("5 USD", "an amount of money"),
        ("$5", "an amount of money"),
        ("5 USD/h", "a rate of money"),
        ("5/h", "a rate"),
        ("5 per cent", "a percentage"),
        ("5 K", "a bare number"),
        ("x5", ""),
        ("5 x", ""),
        ("five", ""),
    ],
)
def test_the_dimension_of_a_text_is_named(text, dimension):
    assert dimension_of(text) == dimension


@given(MILLISECONDS)
def test_any_duration_in_full_reads_back(seconds):
    assert parse_duration(exact_duration(seconds)) == seconds


@given(
    st.decimals(min_value=0, max_value=900, allow_nan=False, places=4),
    st.sampled_from(sorted(SECONDS_BY_UNIT)),
)
def test_a_number_with_any_unit_is_the_product(number, unit):
    assert parse_duration(f"{number:f} {unit}") == number * SECONDS_BY_UNIT[unit]


@given(st.floats(min_value=0.001, max_value=1e9))
def test_a_short_duration_is_right_to_its_digits(seconds):
    number, unit = short_duration(seconds, 3).replace(",", "").split()
    assert float(number) * float(SECONDS_BY_UNIT[unit]) == pytest.approx(seconds, rel=0.006)


@given(st.text(max_size=60))
def test_any_text_is_a_duration_or_refused(text):
    try:
        seconds = parse_duration(text)
    except ValueError:
        return
    assert seconds >= 0
