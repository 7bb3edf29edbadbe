"""Money is exact, in one currency, and refused in any other dimension."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.units.currency import currency_codes, currency_in, is_currency, sign_of
from impactcalc.units.money import (
    CURRENCY_BY_SIGN,
    Money,
    parse_money,
    parse_money_rate,
    short_money,
)

AMOUNTS = st.decimals(min_value=0, max_value=10**15, allow_nan=False, places=2)
CODES = st.sampled_from(sorted(currency_codes()))


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("75 K USD", "75000", "USD"),
        ("USD 75 K", "75000", "USD"),
        ("75 K usd", "75000", "USD"),
        ("$75K", "75000", "USD"),
        ("75K$", "75000", "USD"),
        ("-$75K", "-75000", "USD"),
        ("€1.2 million", "1200000", "EUR"),
        ("1.2 M€", "1200000", "EUR"),
        ("A$500", "500", "AUD"),
        ("R$ 5", "5", "BRL"),
        ("Rs. 500", "500", "INR"),
        ("Rs 5 lakh", "500000", "INR"),
        ("\N{FULLWIDTH DOLLAR SIGN}5", "5", "USD"),
        ("$5 USD", "5", "USD"),
        ("12,500.50 CHF", "12500.5", "CHF"),
    ],
)
def test_an_amount_is_read_exactly(text, amount, currency):
    assert parse_money(text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "per_day"),
    [
        ("75 K USD/day", "75000"),
        ("75 K USD / d", "75000"),
        ("$3,000 per hour", "72000"),
        ("1 K USD/h", "24000"),
        ("7 K USD/week", "1000"),
        ("30 K USD/month", "1000"),
        ("$365K a year", "1000"),
        ("30 K USD monthly", "1000"),
        ("365 USD p.a.", "1"),
        ("2 USD/min", "2880"),
    ],
)
def test_a_rate_is_read_per_day(text, per_day):
    assert parse_money_rate(text) == Money(Decimal(per_day), "USD")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2 h", "'2 h' is a duration, an amount of money is wanted"),
        ("75", "has no unit"),
        ("75 K", "has no unit"),
        ("5%", "is a percentage"),
        ("75 K USD/day", "is a rate of money"),
        ("5/day", "is a rate, an amount"),
        ("75 K XYZ", "'XYZ' is no currency"),
        ("75 K USB", "'USB' is no currency.*USD"),
        ("75 QQQ", "'QQQ' is no currency"),
        ("$5 EUR", "two currencies"),
        ("5 bananas", "cannot be read as an amount"),
        ("1e309 USD", "1e309"),
        ("nan USD", "nan USD"),
        ("soon", "not a number"),
    ],
)
def test_what_is_no_money_is_refused_in_words(text, words):
    with pytest.raises(ValueError, match=words):
        parse_money(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5 h", "'5 h' is a duration, money is wanted, e.g. 75 K USD/day"),
        ("75 K USD", "is an amount without a period"),
        ("5 h/day", "is a rate, money is wanted"),
        ("75 K USD/fortnight", "cannot be read as money"),
        ("75 K XYZ/day", "'XYZ' is no currency"),
        (".inf", "'.inf' cannot be read as money"),
        ("1e309 USD/day", "1e309"),
    ],
)
def test_what_is_no_rate_of_money_is_refused_in_words(text, words):
    with pytest.raises(ValueError, match=words):
        parse_money_rate(text)


def test_two_currencies_are_not_added():
    with pytest.raises(ValueError, match="USD and EUR"):
        Money(Decimal(1), "USD") + Money(Decimal(1), "EUR")


def test_money_of_no_currency_or_no_number_cannot_be_made():
    with pytest.raises(ValueError, match="'XYZ' is no currency"):
        Money(Decimal(1), "XYZ")
    with pytest.raises(ValueError, match="finite"):
        Money(Decimal("NaN"), "USD")


@pytest.mark.parametrize(
    ("amount", "currency", "digits", "shown"),
    [
        (27_432, "USD", 2, "$27K"),
        (1.23e6, "EUR", 2, "€1.2M"),
        (-734, "USD", 2, "-$730"),
        (999.6, "USD", 2, "$1K"),
        (999_960, "USD", 3, "$1M"),
        (0, "USD", 2, "$0"),
        (5.44, "GBP", 2, "£5.4"),
        (1e15, "USD", 2, "$1,000T"),
        (27_432, "CHF", 3, "CHF 27.4K"),
        (27_432, "NZD", 1, "NZ$30K"),
        (75_000, "USD", 2, "$75K"),
    ],
)
def test_money_is_written_short(amount, currency, digits, shown):
    assert short_money(amount, currency, digits) == shown


@pytest.mark.parametrize("amount", [float("nan"), float("inf")])
def test_no_amount_that_is_no_number_is_written(amount):
    with pytest.raises(ValueError, match="finite"):
        short_money(amount, "USD")


def test_every_sign_stands_for_a_currency_and_reads_back():
    for sign, code in CURRENCY_BY_SIGN.items():
        assert is_currency(code)
        assert currency_in(sign) == code
        assert parse_money(f"{sign}5").currency == code
    assert sign_of("CHF") == "CHF "


@given(AMOUNTS, CODES)
def test_any_amount_written_with_its_code_reads_back(amount, code):
    assert parse_money(f"{amount:,f} {code}") == Money(amount, code)
    assert parse_money(f"{code} {amount:f}") == Money(amount, code)


@given(AMOUNTS, CODES)
def test_a_daily_rate_is_the_amount(amount, code):
    assert parse_money_rate(f"{amount:f} {code}/day") == Money(amount, code)


@given(st.floats(min_value=1e-6, max_value=9e11), CODES)
def test_short_money_reads_back_to_its_digits(amount, code):
    assert float(parse_money(short_money(amount, code, 3)).amount) == pytest.approx(
        amount, rel=0.006
    )
    assert short_money(-amount, code, 3) == "-" + short_money(amount, code, 3)


@given(st.text(max_size=60))
def test_any_text_is_money_or_refused(text):
    for parse in (parse_money, parse_money_rate):
        try:
            money = parse(text)
        except ValueError:
            continue
        assert money.amount.is_finite()
        assert is_currency(money.currency)
