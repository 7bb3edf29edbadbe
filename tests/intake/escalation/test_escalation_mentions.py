"""Quantities in sentences."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.intake.escalation.figures.mention import Bound, Kind
from impactcalc.intake.escalation.figures.mentions import find_mentions
from impactcalc.intake.escalation.figures.numerals import read_number


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("$75K", Kind.MONEY, "75000", None),
        ("EUR 40k weekly", Kind.MONEY, "40000", None),
        ("1.250,50 EUR", Kind.MONEY, "1250.50", None),
        ("45.000 EUR", Kind.MONEY, "45000", None),
        ("CHF 48'000", Kind.MONEY, "48000", None),
        ("between $50K and $80K", Kind.MONEY, "50000", "80000"),
        ("$50-80K", Kind.MONEY, "50000", "80000"),
        ("USD 20,000 to 30,000", Kind.MONEY, "20000", "30000"),
        ("3 to 5 million EUR", Kind.MONEY, "3000000", "5000000"),
        ("$80K-$50K", Kind.MONEY, "80000", "50000"),
        ("-$75K", Kind.MONEY, "-75000", None),
        ("Rs 12,50,000", Kind.MONEY, "1250000", None),
        ("INR 4.2 lakh", Kind.MONEY, "420000", None),
        ("12 000 riders", Kind.COUNT, "12000", None),
        ("1.2M users", Kind.COUNT, "1200000", None),
        ("15.000 users", Kind.COUNT, "15000", None),
        ("5 000 to 7 000 users", Kind.COUNT, "5000", "7000"),
        ("8,5 %", Kind.SHARE, "0.085", None),
        ("99.95 percent", Kind.SHARE, "0.9995", None),
        ("10-20%", Kind.SHARE, "0.1", "0.2"),
        ("20-45 seconds", Kind.TIME, "20", "45"),
        ("90 minutes-24 hours", Kind.TIME, "5400", "86400"),
        ("30m-4h", Kind.TIME, "1800", "14400"),
        ("two to four weeks", Kind.TIME, "1209600", "2419200"),
        ("2-5 business days", Kind.BUSINESS_DAYS, "2", "5"),
        ("180 ms", Kind.TIME, "0.180", None),
    ],
)
def test_a_quantity_is_read_exactly(text, kind, low, high):
    (mention,) = find_mentions(text)
    assert (mention.kind, mention.low) == (kind, Decimal(low))
    assert mention.high == (None if high is None else Decimal(high))


@pytest.mark.parametrize(
    "text",
    [
        "IDP-4031",
        "version 26.2.1",
        "CE1004",
        "on 2026-04-20",
        "at 09:10",
        "at 14 h 10",
        "12 May 2026",
        "v3/tickets",
        "case 5520-B"[:9] + "x",
    ],
)
def test_digits_of_names_dates_and_clocks_are_no_quantities(text):
    assert [m for m in find_mentions(text) if not m.bare or m.kind is not Kind.COUNT] == []


def test_words_before_a_figure_bound_it():
    bounds = {
        "<2s": Bound.UPPER,
        "under 5 seconds": Bound.UPPER,
        "never above 1.5 s": Bound.UPPER,
        "at least 3 h": Bound.LOWER,
        "10k+ users": Bound.LOWER,
        "around 300 ms": Bound.ABOUT,
        "300 ms": Bound.EXACT,
    }
    assert {text: find_mentions(text)[0].bound for text in bounds} == bounds


@given(st.integers(0, 10**9))
def test_separators_of_several_languages_give_the_same_number(number):
    for mark in (",", "'", " "):
        assert read_number(f"{number:,}".replace(",", mark)) == number
    assert read_number(f"{number:,}".replace(",", "."), whole=True) == number


@given(st.text(alphabet="0123456789.,' $€%KMhs-+~<toand\n", max_size=60))
def test_any_text_is_scanned_without_an_exception(text):
    for mention in find_mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
