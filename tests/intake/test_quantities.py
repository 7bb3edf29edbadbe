"""Quantities are read to exact parameters in the dimension's unit, or refused in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.domain.incident import Window
from impactcalc.domain.quantity import Dimension, Law
from impactcalc.intake.quantities import (
    parse_positive_duration,
    parse_quantity,
    parse_share,
    parse_window,
)

D, S, M, R = Dimension.DURATION, Dimension.SHARE, Dimension.MONEY, Dimension.MONEY_RATE


@pytest.mark.parametrize(
    ("text", "dimension", "law", "numbers"),
    [
        ("2 h", D, Law.FIXED, ["7200"]),
        ("20 s to 45 s", D, Law.INTERVAL, ["20", "45"]),
        ("20 to 45 s", D, Law.INTERVAL, ["20", "45"]),
        ("2 h to 2 h", D, Law.FIXED, ["7200"]),
        ("normal(20 s, 45 s)", D, Law.NORMAL, ["20", "45"]),
        ("normal(20, 45 s)", D, Law.NORMAL, ["20", "45"]),
        ("uniform(0 h, 4 h)", D, Law.UNIFORM, ["0", "14400"]),
        ("pert(0.5 h, 2 h, 4 h)", D, Law.PERT, ["1800", "7200", "14400"]),
        ("pert(1,000 s, 2,000 s, 3,000 s)", D, Law.PERT, ["1000", "2000", "3000"]),
        ("PERT( 1 h,2 h,4 h )", D, Law.PERT, ["3600", "7200", "14400"]),
        ("triangular(1 h, 2 h, 4 h)", D, Law.TRIANGULAR, ["3600", "7200", "14400"]),
        ("lognormal(3 h, 12 h)", D, Law.LOGNORMAL, ["10800", "43200"]),
        ("uniform(2 h, 2 h)", D, Law.FIXED, ["7200"]),
        ("35%", S, Law.FIXED, ["0.35"]),
        ("0.35", S, Law.FIXED, ["0.35"]),
        ("35% to 80%", S, Law.INTERVAL, ["0.35", "0.8"]),
        ("35 to 80%", S, Law.INTERVAL, ["0.35", "0.8"]),
        ("0.35 to 0.8", S, Law.INTERVAL, ["0.35", "0.8"]),
        ("uniform(0%, 100%)", S, Law.UNIFORM, ["0", "1"]),
        ("normal(20%, 45%)", S, Law.NORMAL, ["0.2", "0.45"]),
        ("400%", Dimension.INCREASE, Law.FIXED, ["4"]),
        ("200% to 600%", Dimension.INCREASE, Law.INTERVAL, ["2", "6"]),
        ("75 K USD/day", R, Law.FIXED, ["75000"]),
        ("50 K to 80 K USD/day", R, Law.INTERVAL, ["50000", "80000"]),
        ("$50K to $80K/day", R, Law.INTERVAL, ["50000", "80000"]),
        ("5 K USD", M, Law.FIXED, ["5000"]),
        ("6", Dimension.COUNT, Law.FIXED, ["6"]),
        ("2 to 6", Dimension.COUNT, Law.INTERVAL, ["2", "6"]),
    ],
)
def test_a_quantity_is_read_exactly(text, dimension, law, numbers):
    quantity = parse_quantity(text, dimension)
    assert quantity.law is law
    assert quantity.parameters == tuple(map(Decimal, numbers))
    assert quantity.dimension is dimension
    assert quantity.currency == ("USD" if dimension in {M, R} else "")


def test_a_history_names_its_category_in_small_letters():
    quantity = parse_quantity("history( Data  Loss )", D)
    assert (quantity.law, quantity.category, quantity.fixed) == (Law.HISTORY, "data loss", None)


@pytest.mark.parametrize(
    ("text", "dimension", "words"),
    [
        ("prt(1 h, 2 h, 4 h)", D, "'prt'; did you mean 'pert'"),
        ("gibberish(1 h)", D, "write one of"),
        ("pert(2 h, 1 h, 4 h)", D, "runs backwards"),
        ("pert(1 h, 2 h)", D, "has 2 numbers, pert takes 3; write pert"),
        ("uniform(1 h)", D, "has 1 numbers, uniform takes 2"),
        ("45 s to 20 s", D, "runs backwards"),
        ("0 s to 45 s", D, r"write uniform\(0 s, 45 s\)"),
        ("1 s to 2 s to 3 s", D, "more than two ends"),
        ("1% to 2% to 3%", S, "more than two ends.*35% to 80%"),
        ("lognormal(0 h, 4 h)", D, "median of 0"),
        ("35% to 100%", S, r"write uniform\(35%, 100%\)"),
        ("130%", S, "'130%' lies outside 0% to 100%"),
        ("-10%", S, "'-10%' lies outside"),
        ("35", S, "write 35%"),
        ("-5%", Dimension.INCREASE, "'-5%' is negative"),
        ("-5 USD", M, "'-5 USD' is negative"),
        ("-1", Dimension.COUNT, "negative"),
        ("6", D, "has no unit"),
        ("2 h to 4 USD", D, "'4 USD' is an amount of money, a duration"),
        ("5 h", R, "'5 h' is a duration, money is wanted"),
        ("50 to 80 K USD/day", R, "does K belong to both"),
        ("5 USD to 6 EUR", M, "is in EUR and USD"),
        ("nan to 4 h", D, "'nan' cannot be read"),
        ("history(database)", S, "a history holds durations"),
        ("history()", D, "names no category"),
    ],
)
def test_what_is_no_quantity_is_refused_in_words(text, dimension, words):
    with pytest.raises(ValueError, match=words):
        parse_quantity(text, dimension)


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("0 h to 4 h", Window(Decimal(0), Decimal(14400))),
        ("4 to 24 h", Window(Decimal(14400), Decimal(86400))),
        ("1 to 7 days", Window(Decimal(86400), Decimal(604800))),
        ("168 h to unknown", Window(Decimal(604800), None)),
        ("4 h to 4 h", Window(Decimal(14400), Decimal(14400))),
    ],
)
def test_a_window_has_two_ends(text, window):
    assert parse_window(text) == window


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("24 h to 4 h", "'24 h to 4 h' runs backwards; write 4 h to 24 h"),
        ("4 h", "is no window"),
        ("pert(1 h, 2 h, 4 h)", "is no window"),
        ("0 h to 0 h", "has no length"),
        ("0 h to unknown", "says nothing"),
        ("unknown to 4 h", "cannot be read"),
        ("4 USD to 24 h", "is an amount of money"),
        ("4-24 h", "is no window"),
    ],
)
def test_what_is_no_window_is_refused_in_words(text, words):
    with pytest.raises(ValueError, match=words):
        parse_window(text)


def test_an_exact_share_and_a_positive_duration():
    assert parse_share("60%") == Decimal("0.6")
    assert parse_positive_duration("8 h") == 28800
    with pytest.raises(ValueError, match="has no length"):
        parse_positive_duration("0 h")


POSITIVE = st.decimals(min_value=1, max_value=1000, allow_nan=False, places=2)


@given(POSITIVE, POSITIVE, st.sampled_from(["s", "min", "h", "days"]))
def test_an_interval_is_read_in_order_or_refused(one, other, unit):
    low, high = sorted((one, other))
    quantity = parse_quantity(f"{low} {unit} to {high} {unit}", D)
    assert quantity.parameters == parse_quantity(f"{low} to {high} {unit}", D).parameters
    if low < high:
        assert quantity.law is Law.INTERVAL
        with pytest.raises(ValueError, match="backwards"):
            parse_quantity(f"{high} {unit} to {low} {unit}", D)
    else:
        assert quantity.law is Law.FIXED


@given(st.text(max_size=60), st.sampled_from(list(Dimension)))
def test_any_text_is_a_quantity_or_refused(text, dimension):
    try:
        quantity = parse_quantity(text, dimension)
    except ValueError:
        return
    assert all(number.is_finite() and number >= 0 for number in quantity.parameters)
