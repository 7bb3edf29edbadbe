"""The cell: one written value of a table, exactly; each refusal says what to write instead."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache

MOST = 2**63  # counts and latencies from here on are refused
_NOT_MEASURED = frozenset({"", "nan"})
_EMPTY = "leave the cell empty if it was not measured: the time is then unknown"
_TIME_BELOW = "a time cannot be negative; leave the cell empty if there is none"
_STATUS_WORDS = {
    "ok": 200, "success": 200, "successful": 200, "passed": 200, "up": 200,
    "error": 500, "fail": 500, "failed": 500, "failure": 500, "timeout": 500, "down": 500,
}  # fmt: skip


@cache
def _number() -> re.Pattern[str]:
    """Compile the plain number: digits in groups, a fraction, a short exponent."""
    return re.compile(
        r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(\.[0-9]*)?([eE][+-]?[0-9]{1,2})?", re.ASCII
    )


def read_number(text: str, column: str, empty: str = _EMPTY) -> Fraction | None:
    """Read a number of 0 or more.

    Parameters
    ----------
    text
        The cell.
    column
        Its column's name, for messages.
    empty
        What a message says of a cell without a value.

    Returns
    -------
    Fraction or None
        Exactly; None for an empty cell and for NaN: not measured.

    Raises
    ------
    ValueError
        ``what is wrong; what to write instead``.

    Examples
    --------
    >>> read_number("1,250.5", "total"), read_number("NaN", "total")
    (Fraction(2501, 2), None)
    """
    plain = text.strip()
    if plain.lower() in _NOT_MEASURED:
        return None
    found = _number().fullmatch(plain) if plain.isascii() else None
    if found is None or not (found[2] or found[3] not in {None, "."}):
        raise ValueError(_no_number(plain, text, column, empty))
    value = Fraction(Decimal(plain.replace(",", "")))
    if value < 0:
        below = "counts cannot be negative, is this a counter's difference over a reset?"
        raise ValueError(f"{column} is {plain}; {below if empty == _EMPTY else _TIME_BELOW}")
    if value >= MOST:
        raise ValueError(f"{column} is {plain}, beyond what 64 bits hold; check the figure")
    return value


def _no_number(plain: str, text: str, column: str, empty: str) -> str:
    """Say why a text is no number."""
    if re.fullmatch(r"[+-]?[0-9.]+,[0-9]+", plain, re.ASCII):
        return f"{column} is '{text}', with a decimal comma; write a point, {_pointed(plain)}"
    if plain.lower().lstrip("+-") in {"inf", "infinity"}:
        return f"{column} is '{text}', not a finite number; {empty}"
    return f"{column} is '{text}', not a number; {empty}"


def _pointed(plain: str) -> str:
    """Write a number with a decimal comma as we read it."""
    whole, _, fraction = plain.rpartition(",")
    return f"{whole.replace('.', '')}.{fraction}"


def read_status(text: str, column: str) -> int | None:
    """Read an HTTP status: a number, ``5xx``, a status line, or ``ok`` and ``error``.

    Returns
    -------
    int or None
        The status; None for an empty cell.

    Raises
    ------
    ValueError
        When it is none of these.

    Examples
    --------
    >>> read_status("503 Service Unavailable", "status"), read_status("5xx", "status")
    (503, 500)
    """
    plain = text.strip()
    if plain.lower() in _NOT_MEASURED:
        return None
    found = re.match(r"([0-9]{1,9})(?:\.0*)?(?:\s.*)?$", plain, re.ASCII)
    if found:
        return int(found[1])
    family = re.fullmatch(r"([1-5])xx", plain, re.IGNORECASE | re.ASCII)
    if family:
        return int(family[1]) * 100
    if plain.lower() in _STATUS_WORDS:
        return _STATUS_WORDS[plain.lower()]
    raise ValueError(f"{column} is '{text}', no status; write a number such as 200, or ok or error")


def read_share(text: str, column: str) -> Fraction | None:
    """Read a lost share: ``35%`` or ``0.35``; None for an empty cell.

    Raises
    ------
    ValueError
        When it is no share, or outside 0% to 100%.

    Examples
    --------
    >>> read_share("35%", "lost_share")
    Fraction(7, 20)
    """
    from impactcalc.units.ratio import parse_ratio

    if not text.strip():
        return None
    try:
        share = Fraction(parse_ratio(text))
    except ValueError as error:
        raise ValueError(f"{column}: {error}") from None
    if not 0 <= share <= 1:
        raise ValueError(f"{column} is '{text}', outside 0% to 100%; write a share of the service")
    return share
