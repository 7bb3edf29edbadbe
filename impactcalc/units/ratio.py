"""The ratio: exact from text, and percent for people; percent exists only in text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.units.dimension import PERCENT_WORDS, wrong_dimension
from impactcalc.units.number import split_number
from impactcalc.units.rounding import plain, significant

if TYPE_CHECKING:
    from fractions import Fraction

_HALF, _WHOLE = Decimal(50), Decimal(100)
_WANTED = ("a share", "35% or 0.35")


def parse_ratio(text: str) -> Decimal:
    """Read a ratio: a percentage, or a bare number of at most 1.

    The range is the caller's business (an increase may exceed 100%), but a bare number above 1
    is refused: nobody knows whether 35 is 35% or 3,500%.

    Parameters
    ----------
    text
        Such as ``"99.9%"`` or ``"0.999"``.

    Returns
    -------
    Decimal
        The exact ratio.

    Raises
    ------
    ValueError
        When the text is of another dimension, or a bare number above 1.

    Examples
    --------
    >>> parse_ratio("99.9%"), parse_ratio("0.999")
    (Decimal('0.999'), Decimal('0.999'))
    """
    written = split_number(text)
    if written.before:
        raise wrong_dimension(text, *_WANTED)
    if written.after.lower() in PERCENT_WORDS:
        return written.number.scaleb(-2)
    if written.after:
        raise wrong_dimension(text, *_WANTED)
    if abs(written.number) > 1:
        raise ValueError(
            f"'{written.text}' is above 1 and has no percent sign; "
            f"write {written.text}% or a share from 0 to 1, e.g. "
            f"{plain(min(written.number, _WHOLE).scaleb(-2))}"
        )
    return written.number


def parse_exact_ratio(text: str) -> Fraction:
    """Read a ratio that may also be written as a fraction of whole numbers.

    Parameters
    ----------
    text
        Such as ``"99.2%"``, ``"0.992"`` or ``"9999/10000"``.

    Raises
    ------
    ValueError
        As `parse_ratio`, and for a fraction over 0.

    Examples
    --------
    >>> parse_exact_ratio("9999/10000"), parse_exact_ratio("99.2%")
    (Fraction(9999, 10000), Fraction(124, 125))
    """
    from fractions import Fraction  # only contracts are written so

    found = re.fullmatch(r"\s*([0-9]{1,60})\s*/\s*([0-9]{1,60})\s*", text, re.ASCII)
    if found is None:
        return Fraction(parse_ratio(text))
    if not int(found[2]):
        raise ValueError(f"'{text.strip()}' divides by 0; write e.g. 9999/10000")
    return Fraction(int(found[1]), int(found[2]))


def percent(ratio: float, digits: int = 2) -> str:
    """Write a ratio as a percentage that never rounds to 0% or 100% what is neither.

    Above one half the distance from 1 decides, with one digit less: 99.95% is not "100%".

    Parameters
    ----------
    ratio
        The ratio; negative and above 1 are written too.
    digits
        Significant digits.

    Examples
    --------
    >>> percent(0.24), percent(0.999), percent(0.9123), percent(4)
    ('24%', '99.9%', '91%', '400%')
    """
    exact = Decimal(repr(float(ratio))) * 100
    shown = significant(exact, digits)
    if _HALF < exact < _WHOLE:
        rest = significant(_WHOLE - exact, max(1, digits - 1))
        finer = min(int(shown.as_tuple().exponent), int(rest.as_tuple().exponent))
        shown = exact.quantize(Decimal((0, (1,), finer)))
    return f"{plain(shown)}%"
