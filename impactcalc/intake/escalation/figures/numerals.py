"""A number in digits, as people of several countries write it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

SCALES = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mm": 10**6,
    "mio": 10**6,
    "mil": 10**6,
    "million": 10**6,
    "millions": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "mrd": 10**9,
    "billion": 10**9,
    "billions": 10**9,
    "bln": 10**9,
    "mln": 10**6,
    "trillion": 10**12,
    "trillions": 10**12,
    "tn": 10**12,
    "trn": 10**12,
    "quadrillion": 10**15,
    "lakh": 10**5,
    "crore": 10**7,
    "dozen": 12,
}
"""Words of magnitude; ``m`` counts as a million after money or a count only."""

_GROUP = 3  # digits between thousands separators
_LONGEST = 24  # digits; more is no amount of anything


@cache
def number_pattern() -> re.Pattern[str]:
    """Compile what a number looks like; blanks group thousands only.

    Every repeat begins with a separator, so the pattern cannot backtrack far.
    """
    return re.compile(
        r"(?:[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?"
        r"|[0-9]+(?:[.,'][0-9]+)*)"
    )


def read_number(digits: str, *, whole: bool = False) -> Decimal | None:
    """Read a number with the separators of several languages.

    Parameters
    ----------
    digits
        What `number_pattern` found.
    whole
        Whether a lone point with three digits after it groups thousands (money and people come
        in no thousandths, response times do).

    Returns
    -------
    Decimal or None
        None when the text is no number (a version, a broken grouping).

    Examples
    --------
    >>> [str(read_number(t)) for t in ("1,234.5", "1.250,50", "12 000", "48'000", "8,5", "26.2.1")]
    ['1234.5', '1250.50', '12000', '48000', '8.5', 'None']
    """
    if len(digits) > _LONGEST:
        return None
    plain = digits.replace(" ", "").replace("'", "")
    if "," in plain and "." in plain:
        return _two_separators(plain)
    for mark in ",.":
        if mark in plain:
            return _one_separator(plain, mark, groups=mark == "," or whole)
    return Decimal(plain)


def _two_separators(plain: str) -> Decimal | None:
    """Read a number with points and commas: the last of them is the decimal mark."""
    decimal = max(plain.rfind(","), plain.rfind("."))
    mark, other = plain[decimal], "," if plain[decimal] == "." else "."
    whole, fraction = plain[:decimal], plain[decimal + 1 :]
    if mark in whole or not _grouped(whole.split(other)):
        return None
    return Decimal(whole.replace(other, "") + "." + fraction)


def _one_separator(plain: str, mark: str, *, groups: bool) -> Decimal | None:
    """Read a number with one kind of mark: groups of three are thousands if `groups`."""
    parts = plain.split(mark)
    if len(parts) > 2 or (groups and len(parts[1]) == _GROUP):  # noqa: PLR2004 - one mark: 2 parts
        if _grouped(parts):
            return Decimal("".join(parts))
        if len(parts) > 2:  # noqa: PLR2004
            return None
    return Decimal(f"{parts[0]}.{parts[1]}")


def _grouped(parts: list[str]) -> bool:
    """Whether the parts are thousands, or lakhs and crores (groups of two before the last)."""
    first, *rest = parts
    if not 0 < len(first) <= _GROUP or first == "0" or not rest:
        return len(parts) == 1
    return len(rest[-1]) == _GROUP and {len(part) for part in rest[:-1]} <= {_GROUP, 2}
