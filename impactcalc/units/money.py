"""Money: an exact amount in one currency, and rates of it per day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from impactcalc.units.currency import (
    CURRENCY_BY_SIGN,
    currency_codes,
    currency_in,
    is_currency,
    sign_of,
)
from impactcalc.units.dimension import DAY, dimension_of, split_rate, wrong_dimension
from impactcalc.units.number import Written, split_magnitude, split_number
from impactcalc.units.rounding import plain, significant

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = [
    "CURRENCY_BY_SIGN",
    "Money",
    "is_currency",
    "parse_money",
    "parse_money_rate",
    "short_money",
]

_CODE_LENGTH = 3
_SHORT_FACTORS = ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K"), (1, ""))


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency.

    Parameters
    ----------
    amount
        In units of the currency; per day when it is a rate.
    currency
        ISO 4217 code.

    Examples
    --------
    >>> from decimal import Decimal
    >>> Money(Decimal(5), "USD") + Money(Decimal(2), "USD")
    Money(amount=Decimal('7'), currency='USD')
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        """Refuse amounts that are no number and codes that are no currency."""
        if not self.amount.is_finite():
            raise ValueError(f"{self.amount} is no amount of money; give a finite number")
        if not is_currency(self.currency):
            raise ValueError(unknown_currency(self.currency))

    def __add__(self, other: Money) -> Money:
        """Add two amounts of one currency."""
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added; convert one")
        return Money(self.amount + other.amount, self.currency)


def unknown_currency(code: str) -> str:
    """Say that `code` is no currency, with the nearest that is one.

    Examples
    --------
    >>> unknown_currency("USB")
    "'USB' is no currency; write an ISO 4217 code, e.g. USD"
    """
    from difflib import get_close_matches

    wanted = code.upper()
    near = get_close_matches(wanted, sorted(set(CURRENCY_BY_SIGN.values())), n=1)
    near = near or get_close_matches(wanted, sorted(currency_codes()), n=1)
    return f"'{code}' is no currency; write an ISO 4217 code, e.g. {near[0] if near else 'USD'}"


def parse_money(text: str) -> Money:
    """Read an amount of money.

    Parameters
    ----------
    text
        Such as ``"75 K USD"``, ``"USD 75 K"``, ``"$75K"``, ``"-€1.2M"``.

    Returns
    -------
    Money
        The exact amount.

    Raises
    ------
    ValueError
        When the text is of another dimension, or has no known currency.

    Examples
    --------
    >>> parse_money("$75K")
    Money(amount=Decimal('75000'), currency='USD')
    """
    if split_rate(text.strip())[1] is not None:
        raise wrong_dimension(text, "an amount of money", "75 K USD")
    return _parse(text, text, "an amount of money", "75 K USD")


def parse_money_rate(text: str) -> Money:
    """Read a rate of money, and return it per day.

    Parameters
    ----------
    text
        Such as ``"75 K USD/day"``, ``"$3,000 per hour"``, ``"2 M EUR monthly"``; a month has
        30 days, a year 365.

    Returns
    -------
    Money
        The amount per day, to 28 significant digits.

    Raises
    ------
    ValueError
        When the text is of another dimension, has no period, or no known currency.

    Examples
    --------
    >>> parse_money_rate("1 K USD/h")
    Money(amount=Decimal('24000'), currency='USD')
    """
    head, period = split_rate(text.strip())
    if period is None:
        if dimension_of(head) == "an amount of money":
            raise ValueError(
                f"'{head}' is an amount without a period, money per hour, day, week, month or "
                f"year is wanted, e.g. 75 K USD/day"
            )
        raise wrong_dimension(text, "money", "75 K USD/day")
    money = _parse(head, text, "money", "75 K USD/day")
    return Money(money.amount * DAY / period, money.currency)


def _parse(head: str, text: str, wanted: str, example: str) -> Money:
    """Read number, magnitude and currency; `text` is the whole, for messages."""
    written = split_number(head)
    factor, rest = split_magnitude(written.after)
    currency = _currency(written, rest)
    if currency is None:
        word = rest or written.before
        if currency_in(rest) and currency_in(written.before):
            raise ValueError(f"'{text.strip()}' names two currencies; keep one of them")
        if len(word) == _CODE_LENGTH and word.isupper():
            raise ValueError(f"'{text.strip()}': {unknown_currency(word)}")
        raise wrong_dimension(text, wanted, example)
    return Money(written.number * factor, currency)


def _currency(written: Written, rest: str) -> str | None:
    """Return the one currency that stands before or after; twice only when both agree."""
    found = {currency_in(word) for word in (written.before, rest) if word}
    return found.pop() if len(found) == 1 else None


def short_money(amount: float, currency: str, digits: int = 2) -> str:
    """Write an amount in few significant digits.

    Parameters
    ----------
    amount
        In units of `currency`.
    currency
        ISO code.
    digits
        Significant digits; zeros at the end of a fraction are left out.

    Examples
    --------
    >>> short_money(27_432, "USD"), short_money(1.23e6, "EUR"), short_money(-734, "USD")
    ('$27K', '€1.2M', '-$730')
    """
    value = significant(amount, digits)
    factor, letter = next(pair for pair in _SHORT_FACTORS if abs(value) >= pair[0] or pair[0] == 1)
    sign = "-" if value < 0 else ""
    return f"{sign}{sign_of(currency)}{plain(abs(value) / factor)}{letter}"
