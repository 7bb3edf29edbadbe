"""Rounding for people: to significant digits, without zeros at the end."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal


def significant(value: float | Decimal, digits: int) -> Decimal:
    """Round to `digits` significant digits.

    Raises
    ------
    ValueError
        When the value is not finite or `digits` is below 1.

    Examples
    --------
    >>> significant(27_432, 2), significant(0, 2)
    (Decimal('2.7E+4'), Decimal('0'))
    """
    exact = Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise ValueError(f"{value} cannot be shown; a finite number is needed")
    if digits < 1:
        raise ValueError(f"{digits} significant digits cannot be shown; at least 1 is needed")
    if not exact:
        return Decimal(0)
    return exact.quantize(Decimal((0, (1,), exact.adjusted() - digits + 1)), ROUND_HALF_EVEN)


def plain(value: Decimal) -> str:
    """Write a number with thousands commas and without zeros at the end of its fraction.

    Examples
    --------
    >>> plain(Decimal("2.7E+4")), plain(Decimal("3.50"))
    ('27,000', '3.5')
    """
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
