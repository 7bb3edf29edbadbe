"""The number as machines write it: exact, with exponents; NaN and infinities are told apart."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

NAN, INFINITE, MINUS_INFINITE = "NaN", "+Inf", "-Inf"
_SPECIAL = {
    "nan": NAN, "inf": INFINITE, "+inf": INFINITE, "-inf": MINUS_INFINITE,
    "infinity": INFINITE, "+infinity": INFINITE, "-infinity": MINUS_INFINITE,
}  # fmt: skip
_LONGEST = 60


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


def parse_machine_number(text: str) -> int | Fraction | str:
    """Read a number exactly.

    Parameters
    ----------
    text
        Such as ``"29063"``, ``"1.26e+05"``, ``"NaN"`` or ``"+Inf"``.

    Returns
    -------
    int or Fraction or str
        A whole number as int; `NAN`, `INFINITE` or `MINUS_INFINITE` for what is no number.

    Raises
    ------
    ValueError
        When it is nothing of that kind.

    Examples
    --------
    >>> parse_machine_number("1.26e+05"), parse_machine_number("0.5"), parse_machine_number("nan")
    (126000, Fraction(1, 2), 'NaN')
    """
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST:
        return int(text)
    special = _SPECIAL.get(text.strip().lower())
    if special is not None:
        return special
    if len(text) > _LONGEST or not _number().fullmatch(text):
        raise ValueError(f"'{text[:_LONGEST]}' is no number")
    value = Fraction(text)
    return int(value) if value.denominator == 1 else value
