"""The number: exact, ASCII digits after NFKC, with K, M and B.

The grammar is our own because the libraries that were tried drop K, M or the minus sign, and
because ``Decimal`` alone also takes ``1_0``, ``NaN``, ``1e999999999`` and the digits of other
scripts.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache

from impactcalc.named import NamedTuple

MAGNITUDES = {
    "": 1,
    "k": 10**3,
    "thousand": 10**3,
    "lakh": 10**5,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "million": 10**6,
    "crore": 10**7,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
}
"""Factor by word, in small letters."""

LONGEST_TEXT = 120
_MOST_DIGITS = 21
_TOO_LARGE = Decimal(10) ** _MOST_DIGITS
_MINUS_SIGNS = "-−‒–"  # noqa: RUF001 - what word processors make of a hyphen


class Written(NamedTuple):
    """A number as written, with the words around it.

    Parameters
    ----------
    before, after
        What stands before and after the digits, without blanks at the ends and without the sign.
    number
        The number, with its sign, before any K, M or B.
    text
        The whole text after NFKC, for messages.
    """

    before: str
    number: Decimal
    after: str
    text: str


@cache
def _number_pattern() -> re.Pattern[str]:
    """Compile the grammar: what stands before, sign, digits, what stands after."""
    grouped = r"[0-9]{1,3}(?P<group>[,'’ ])[0-9]{3}(?:(?P=group)[0-9]{3})*(?![0-9])"  # noqa: RUF001 - Swiss typography
    digits = rf"(?:{grouped}|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"
    sign = rf"[{_MINUS_SIGNS}+]"
    return re.compile(
        rf"(?P<sign>{sign})?\s*(?P<before>[^{_MINUS_SIGNS}+0-9.]*(?:(?<=Rs)\.)?)"
        rf"(?P<inner>{sign})?\s*(?P<number>{digits})(?P<after>.*)",
        re.DOTALL,
    )


def normalise(text: str) -> str:
    r"""Return NFKC of `text` without blanks at the ends, digits being 0 to 9 only.

    Raises
    ------
    ValueError
        For digits of other scripts, superscripts, fractions in one sign, control characters and
        texts longer than a quantity can be.

    Examples
    --------
    >>> normalise(" \N{FULLWIDTH DIGIT ONE}5,000 ")
    '15,000'
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"'{text[:20]}...' is too long ({len(text)} characters) for a quantity")
    if text.isascii():
        return text.strip()
    if any(unicodedata.category(character) == "No" for character in text):
        raise ValueError(f"'{text}' holds a digit that is not one of 0 to 9; write plain digits")
    plain = unicodedata.normalize("NFKC", text).strip()
    if any(character.isdigit() and character not in "0123456789" for character in plain):
        raise ValueError(f"'{text}' holds a digit that is not one of 0 to 9; write plain digits")
    return plain


def split_number(text: str) -> Written:
    """Find the one number of `text` and what stands around it.

    Raises
    ------
    ValueError
        When there is no number, a number with an exponent, a leading zero, or one of 10^21 or
        more; the words name the text.

    Examples
    --------
    >>> split_number("-$1,234.5 K")
    Written(before='$', number=Decimal('-1234.5'), after='K', text='-$1,234.5 K')
    """
    plain = normalise(text)
    simple = _split_simple(plain)
    if simple is not None:
        return simple
    match = _number_pattern().fullmatch(plain)
    if match is None or (match["sign"] and match["inner"]):
        raise ValueError(f"'{plain}' is not a number; write digits, e.g. 75, 1,234.5 or 75 K")
    _refuse_odd_spelling(plain, match["number"], match["after"])
    value = Decimal(re.sub(r"[^0-9.]", "", match["number"]))
    if value >= _TOO_LARGE:
        raise ValueError(f"'{plain}' is too large; 10^21 is the limit")
    negative = (match["sign"] or match["inner"] or "+") in _MINUS_SIGNS
    return Written(
        match["before"].strip(), -value if negative else value, match["after"].strip(), plain
    )


def _split_simple(plain: str) -> Written | None:
    """Split digits, with a point at most, from a word or percent sign, as nearly all are written.

    None for whatever the whole grammar has to judge: it compiles in 0.6 ms.
    """
    rest = plain.lstrip("0123456789.")
    digits, after = plain[: len(plain) - len(rest)], rest.strip()
    whole, _, fraction = digits.partition(".")
    counted = whole.isdigit() and (not fraction or fraction.isdigit()) and digits[-1] != "."
    named = not after or after[0] == "%" or (after[0].isalpha() and after[0] not in "eE")
    if not (counted and named) or len(whole) > _MOST_DIGITS or (whole[0] == "0" and whole != "0"):
        return None
    return Written("", Decimal(digits), after, plain)


def _refuse_odd_spelling(text: str, number: str, after: str) -> None:
    """Refuse what other readers take for another number than the person meant."""
    if re.match(r"0[0-9]", number):
        raise ValueError(
            f"'{text}' begins with a zero, which some programs read as octal; "
            f"write {number.lstrip('0') or '0'}"
        )
    if re.match(r"[eE][+-]?[0-9]", after):
        raise ValueError(f"'{text}' has an exponent; write the number in full, or with K, M or B")
    if re.match(r",[0-9]", after):
        raise ValueError(f"'{text}' has a decimal comma; write a point, e.g. 1.5")
    if re.match(r"[_.:,'’]?[0-9]", after):  # noqa: RUF001 - Swiss typography
        raise ValueError(f"'{text}' is not a number; write digits, e.g. 75, 1,234.5 or 75 K")


def split_magnitude(after: str) -> tuple[int, str]:
    """Take K, M, B or its word off the beginning of `after`; return its factor and the rest.

    Examples
    --------
    >>> split_magnitude("K USD/day"), split_magnitude("million"), split_magnitude("USD")
    ((1000, 'USD/day'), (1000000, ''), (1, 'USD'))
    """
    word = re.match(r"[A-Za-z]*", after)
    letters = word[0] if word else ""
    rest = after[len(letters) :]
    if letters and letters.lower() in MAGNITUDES:
        return MAGNITUDES[letters.lower()], rest.strip()
    return 1, after


def parse_number(text: str) -> Decimal:
    """Read a bare number.

    Parameters
    ----------
    text
        Such as ``"75"``, ``"1,234.5"``, ``"75 K"``, ``"1.2M"``, ``"2B"``, ``"3 million"``.

    Returns
    -------
    Decimal
        Its exact value.

    Raises
    ------
    ValueError
        When it is no number, or has a unit.

    Examples
    --------
    >>> parse_number("75 K"), parse_number("1.2M")
    (Decimal('75000'), Decimal('1200000.0'))
    """
    written = split_number(text)
    factor, rest = split_magnitude(written.after)
    if written.before or rest:
        raise ValueError(f"'{written.text}' is not a bare number; write e.g. 75, 1,234.5 or 75 K")
    return written.number * factor


def parse_count(text: str) -> int:
    """Read a whole number of things, 0 or more.

    Raises
    ------
    ValueError
        When it is no number, negative, or has a fraction.

    Examples
    --------
    >>> parse_count("15,000"), parse_count("1.5 K")
    (15000, 1500)
    """
    number = parse_number(text)
    if number < 0 or number != int(number):
        raise ValueError(f"'{text.strip()}' is not a whole number of 0 or more; write e.g. 15000")
    return int(number)
