"""Numbers are read exactly, or refused in words for a person."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.units.number import (
    MAGNITUDES,
    normalise,
    parse_count,
    parse_number,
    split_magnitude,
    split_number,
)

NUMBERS = st.decimals(
    min_value=0, max_value=10**20, allow_nan=False, allow_infinity=False, places=6
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("75", "75"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("15 000", "15000"),
        ("15'000", "15000"),
        (".5", "0.5"),
        ("0.5", "0.5"),
        ("75 K", "75000"),
        ("75k", "75000"),
        ("1.2M", "1200000"),
        ("2B", "2000000000"),
        ("3 million", "3000000"),
        ("2 bn", "2000000000"),
        ("-5", "-5"),
        ("\N{MINUS SIGN}5", "-5"),
        ("+5", "5"),
        ("\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT FIVE},000", "15000"),
        ("0", "0"),
    ],
)
def test_a_number_is_read_exactly(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not a number"),
        ("many", "not a number"),
        ("nan", "not a number"),
        (".nan", "not a number"),
        ("inf", "not a number"),
        ("-inf", "not a number"),
        ("1_000", "not a number"),
        ("1e999", "exponent"),
        ("1E-5", "exponent"),
        ("1,5", "decimal comma"),
        ("1.234,5", "decimal comma"),
        ("12,34", "decimal comma"),
        ("1.2.3", "not a number"),
        ("017500", "begins with a zero"),
        ("00", "write 0"),
        ("0x10", "not a bare number"),
        ("75 h", "not a bare number"),
        ("$75", "not a bare number"),
        ("--5", "not a number"),
        ("- $ -5", "not a number"),
        ("9" * 22, "too large"),
        ("\N{ARABIC-INDIC DIGIT FIVE}", "0 to 9"),
        ("\N{SUPERSCRIPT TWO}", "0 to 9"),
        ("\N{CIRCLED DIGIT ONE}5", "0 to 9"),
        ("\N{VULGAR FRACTION ONE HALF}", "0 to 9"),
        ("5" * 200, "too long"),
    ],
)
def test_what_is_no_number_is_refused_in_words(text, words):
    with pytest.raises(ValueError, match=words):
        parse_number(text)


def test_a_refusal_of_a_leading_zero_names_the_number_that_is_meant():
    with pytest.raises(ValueError, match=r"'017500' begins with a zero.*write 17500"):
        parse_number("017500")


@pytest.mark.parametrize(("text", "count"), [("15,000", 15000), ("1.5 K", 1500), ("0", 0)])
def test_a_count_is_a_whole_number(text, count):
    assert parse_count(text) == count


@pytest.mark.parametrize("text", ["2.5", "-1"])
def test_a_count_with_a_fraction_or_below_0_is_refused(text):
    with pytest.raises(ValueError, match="whole number of 0 or more"):
        parse_count(text)


def test_the_sign_may_stand_before_or_after_the_currency():
    assert split_number("-$5").number == split_number("$-5").number == Decimal(-5)


def test_a_magnitude_is_a_word_of_its_own():
    assert split_magnitude("Kwh") == (1, "Kwh")
    assert split_magnitude("K USD") == (1000, "USD")


@given(NUMBERS)
def test_any_number_written_with_thousands_commas_reads_back(number):
    assert parse_number(f"{number:,f}") == number


@given(NUMBERS, st.sampled_from(sorted(MAGNITUDES)))
def test_a_magnitude_multiplies(number, word):
    assert parse_number(f"{number:f} {word}") == number * MAGNITUDES[word]


@given(st.text(max_size=150))
def test_any_text_is_read_or_refused(text):
    try:
        number = parse_number(text)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - the words are the point
    else:
        assert number.is_finite()


@given(st.text(max_size=100))
def test_after_normalising_every_digit_is_ascii(text):
    try:
        plain = normalise(text)
    except ValueError:
        return
    assert all(character in "0123456789" for character in plain if character.isdigit())
    assert plain == unicodedata.normalize("NFKC", text).strip()
