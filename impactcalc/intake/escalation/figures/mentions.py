"""The search for quantities in a text."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.bounds import bounded
from impactcalc.intake.escalation.figures.dates import clock_spans, find_stamps
from impactcalc.intake.escalation.figures.garbled import (
    is_booked,
    is_identifier,
    may_begin,
    unstated_spans,
)
from impactcalc.intake.escalation.figures.mention import Bound, Kind, Mention
from impactcalc.intake.escalation.figures.numerals import (
    SCALES,
    number_pattern,
    read_number,
)
from impactcalc.intake.escalation.figures.ranges import merged
from impactcalc.intake.escalation.figures.spoken import find_spoken, may_say_number
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds
from impactcalc.units.currency import CURRENCY_BY_SIGN, is_currency
from impactcalc.units.dimension import SECONDS_BY_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator


_MONEY_WORDS = {
    "dollar": "USD",
    "dollars": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "pound": "GBP",
    "pounds": "GBP",
    "yen": "JPY",
    "rupees": "INR",
    "franc": "CHF",
    "francs": "CHF",
    "quid": "GBP",
    "zloty": "PLN",
    "kronor": "SEK",
}
_LANDS = {
    "us": "USD",
    "american": "USD",
    "canadian": "CAD",
    "australian": "AUD",
    "singapore": "SGD",
    "swiss": "CHF",
    "british": "GBP",
    "japanese": "JPY",
}
"""Words that stand before the name of a currency: ``Canadian dollars``."""
_BUSINESS = frozenset({"business", "working", "work", "bank"})
_PER_MILLE = "\u2030"
_PERCENT = frozenset({"%", "percent", "pct", _PER_MILLE})


@cache
def _word_pattern(*, plain: bool) -> re.Pattern[str]:
    """Compile a unit, a magnitude or a currency; plain: ASCII, which compiles in a tenth."""
    if plain:
        return re.compile(r"[ -]?([%$]|[A-Za-z]+)")
    return re.compile(r"[ -]?([%\u2030\u20ac\u00a3\u00a5\u20b9$]|[A-Za-z\u00b5\u03bc]+)")


def _word_after(text: str, end: int) -> re.Match[str] | None:
    """Find the unit, magnitude or currency right after a number."""
    return _word_pattern(plain=text.isascii()).match(text, end)


_SIGN_ENDS = frozenset(sign[-1] for sign in CURRENCY_BY_SIGN) | frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)


@cache
def _sign_before() -> re.Pattern[str]:
    """Compile a currency right before a number: ``US$``, ``EUR``, a minus before or after it."""
    signs = "|".join(re.escape(sign) for sign in sorted(CURRENCY_BY_SIGN, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z$])(-?)({signs}|[A-Z]{{3}}) ?(-?)$")


@lru_cache(maxsize=4096)
def find_mentions(text: str) -> tuple[Mention, ...]:
    """Find the quantities of a text, from left to right; ranges are one mention.

    Digits of dates, times of day, versions and identifiers are no quantities.

    Examples
    --------
    >>> [(m.kind.name, str(m.low), m.high and str(m.high), m.unit)
    ...  for m in find_mentions("20-45 seconds (normally <2s), $75K daily, 99.9% on 7 nodes")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('TIME', '20', '45', 'seconds'), ('TIME', '2', None, 's'), ('MONEY', '75000', None, 'USD'),
     ('SHARE', '0.999', None, '%'), ('COUNT', '7', None, '')]
    """
    atoms = sorted(_atoms(text), key=lambda atom: atom.start)
    return tuple(bounded(atom, text) for atom in merged(atoms, text))


def _atoms(text: str) -> Iterator[Mention]:
    """Find single numbers with their units."""
    if not DIGITS.isdisjoint(text):
        numbers = list(number_pattern().finditer(text))
        masks = clock_spans(text, [match.end() for match in numbers])
        masks.extend((stamp.start, stamp.end) for stamp in find_stamps(text))
        masks.extend(unstated_spans(text))
        end = -1
        for match in numbers:
            if any(start < match.end() and match.start() < stop for start, stop in masks):
                continue
            atom = _atom(text, match, end)
            if atom is not None:
                end = atom.end
                yield atom
    units = list(_single_units(text)) if holds(text.lower(), PARTS) else []
    yield from units
    for said in find_spoken(text) if may_say_number(text) else ():
        span = (said.start, said.end)
        if any(unit.start <= said.start < unit.end for unit in units):
            continue  # "three quarters of a minute" is no three
        plain = Mention(Kind.COUNT, said.value, None, *span, bare=not said.scaled, in_words=True)
        yield _with_unit(text, plain)


PARTS = ("a second", "a minute", "half", "quarter")
"""What stands in a time of one unit or a part of one."""


@cache
def _single_unit() -> re.Pattern[str]:
    """Compile ``half a second``, and ``a second`` after a word that measures."""
    return re.compile(
        r"\b(?:an?|one) (?P<more>second|minute|hour) and a half\b"
        r"|\b(?P<quarter>(?:a )?quarter(?: of an |-| )hour)\b"
        r"|\b(?P<quarters>three[ -]quarters|a quarter) of an? (?P<fraction>second|minute|hour)\b"
        r"|\b(?P<half>half an? |half[ -])(?P<part>second|minute|hour)\b"
        r"|(?:(?<=than )|(?<=under )|(?<=below )|(?<=takes )|(?<=about )|(?<=within )|(?<=is ))"
        r"a (?P<whole>second|minute)\b"
    )


def _single_units(text: str) -> Iterator[Mention]:
    """Find ``half a second`` and ``less than a minute``."""
    for match in _single_unit().finditer(text):
        unit = match["part"] or match["whole"] or match["more"] or match["fraction"] or "hour"
        part = 4 if match["quarter"] or match["quarters"] else 2 if match["half"] else 1
        times = 3 if (match["quarters"] or "").startswith("three") else 1
        amount = SECONDS_BY_UNIT[unit] / part * (Decimal("1.5") if match["more"] else times)
        yield Mention(Kind.TIME, Decimal(amount), None, *match.span(), unit, in_words=True)


def _atom(text: str, match: re.Match[str], previous_end: int) -> Mention | None:
    """Read the number of a match with what stands before and after it."""
    start, end = match.span()
    before = text[max(0, start - 8) : start]
    sign = _sign_before().search(before) if before.rstrip("- \n")[-1:] in _SIGN_ENDS else None
    currency = _currency(sign[2]) if sign else ""
    if sign and currency:
        start -= len(sign[0])
        joined = bool(sign[1]) and start == previous_end  # the hyphen of a range
        start += joined
        negative = bool(sign[3]) or (bool(sign[1]) and not joined) or _is_negated(text, start)
    else:
        negative = before.endswith("-") and start - 1 != previous_end
        if _is_negated(text, start):
            return _negated(text, match)
        if not may_begin(text, start, previous_end, negative=negative):
            return None
        start -= negative
    if text.startswith((",-", ".-"), end) and not text[end + 2 : end + 3].isalnum():
        end += 2  # "8.750,- EUR"
    value = read_number(match[0], whole=bool(currency) or _money_follows(text, end))
    rated = bool(currency) and text[end : end + 1] == "/"  # "$18,000/hour"
    if (
        value is None
        or (is_identifier(text, end) and not rated)
        or (currency and _is_garbled(text, end))
    ):
        return None
    if sign and currency in _WORDS_TOO and value < _LEAST_OF_WORDS:
        currency, start = "", match.start()  # "TOP 1", "ALL 70 users"
    sign_of = -1 if negative else 1
    kind = Kind.MONEY if currency else Kind.COUNT
    atom = Mention(kind, sign_of * value, None, start, end, currency, bare=not currency)
    read = _with_unit(text, atom)
    if currency and is_booked(text, start, read.end):
        return read._replace(low=-abs(read.low))
    if read.kind is Kind.COUNT and read.bare:  # nobody counts thousandths of people
        whole = read_number(match[0], whole=True)
        read = read if whole is None else read._replace(low=sign_of * whole)
    return read


_DOLLARS = frozenset({"AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD"})
"""Currencies whose code often follows a plain dollar sign."""
_WORDS_TOO = frozenset({"TOP", "ALL", "TRY", "CUP", "PEN", "GEL", "SOS", "MOP"})
"""Codes of currencies that are words, or headings of minutes, in capitals."""
_LEAST_OF_WORDS = 100


def currency_of(word: str) -> str:
    """Give the code of a currency's sign, code or name; empty when it is none.

    Examples
    --------
    >>> currency_of("EUR"), currency_of("euros"), currency_of("per")
    ('EUR', 'EUR', '')
    """
    return _currency(word) or _MONEY_WORDS.get(word.lower(), "")


_NEGATING = ("minus ", "negative ")


def _is_negated(text: str, start: int) -> bool:
    """Whether a word says that the amount behind it is below zero; none does of a tolerance."""
    before = text[max(0, start - _TOLERANCE) : start].lower()
    return before.endswith(_NEGATING) and not before.endswith("plus or minus ")


_TOLERANCE = len("plus or minus ")


def _negated(text: str, match: re.Match[str]) -> Mention | None:
    """Read ``minus 12``."""
    value = read_number(match[0], whole=True)
    if value is None:
        return None
    start = text.rindex(" ", 0, match.start() - 1) + 1 if " " in text[: match.start() - 1] else 0
    read = _with_unit(text, Mention(Kind.COUNT, value, None, start, match.end(), bare=True))
    return read._replace(low=-read.low)


def _currency(word: str) -> str:
    """Give the code of a sign or code; empty when it is none."""
    return CURRENCY_BY_SIGN.get(word) or (word if is_currency(word) else "")


def _is_garbled(text: str, end: int) -> bool:
    """Whether letters that are no magnitude stick to an amount: ``$5OO,OOO`` is no 5 dollars."""
    if not text[end : end + 1].isalpha():
        return False
    word = _word_after(text, end)
    return word is None or not (word[1].lower() in SCALES or _currency(word[1]) or word[1] == "per")


def _money_follows(text: str, end: int) -> bool:
    """Whether a currency stands after a number."""
    word = _word_after(text, end)
    return word is not None and bool(_currency_at(text, word)[0])


def _currency_at(text: str, word: re.Match[str]) -> tuple[str, int, int]:
    """Give the code of a currency after a number, its magnitude, and where it ends.

    It is a sign, a code or a word: ``EUR``, ``TEUR``, ``euros``, ``Swiss francs``.
    """
    name, end = word[1], word.end(1)
    plain = currency_of(name)
    if plain:
        return plain, 1, end
    if name.lower() in _LANDS:
        following = _word_after(text, end)
        if following is not None and following[1].lower() in _MONEY_WORDS:
            return _LANDS[name.lower()], 1, following.end(1)
    if name[0] in _MAGNITUDES:
        sign = text[end : end + 1] if len(name) == 1 else name[1:]
        if code := _currency(sign):
            return code, _MAGNITUDES[name[0]], end + (len(name) == 1)
    return "", 1, end


_MAGNITUDES = {"k": 10**3, "K": 10**3, "t": 10**3, "T": 10**3, "M": 10**6}
"""Letters before a currency after the number: ``60 TEUR``."""


def _with_unit(text: str, atom: Mention) -> Mention:
    """Add magnitude, currency, percent sign or unit of time that follow a number."""
    atom = _scaled(text, atom)
    word = _word_after(text, atom.end)
    if word is None:
        return atom
    currency, magnitude, end = _currency_at(text, word)
    if text[end : end + 1].isdigit():  # the sign of the next amount
        return atom
    if currency and atom.kind is Kind.COUNT:
        low = atom.low * magnitude
        return atom._replace(kind=Kind.MONEY, low=low, unit=currency, end=end, bare=False)
    if currency and atom.kind is Kind.MONEY:  # "$900 CAD"; "$900 EUR" is anybody's guess
        told = currency == atom.unit or (atom.unit == "USD" and currency in _DOLLARS)
        return atom._replace(end=end, unit=currency if told else "")
    return _shared(text, atom, word) if atom.kind is Kind.COUNT else atom


def _shared(text: str, atom: Mention, word: re.Match[str]) -> Mention:
    """Turn a count into a share when a percent sign follows; not for percentage points."""
    name, end = word[1].lower(), word.end(1)
    if name == "per" and text[end : end + 5].lower() == " cent":
        name, end = "%", end + 5
    if name in {"per", "pro"} and text[end : end + 6].lower() == " mille":
        name, end = _PER_MILLE, end + 6
    if name not in _PERCENT:
        return _timed(text, atom, word)
    if text[end : end + 7].lower().strip().startswith("point"):
        return atom
    per = 1000 if name == _PER_MILLE else 100
    return atom._replace(kind=Kind.SHARE, low=atom.low / per, end=end, unit="%", bare=False)


def _scaled(text: str, atom: Mention) -> Mention:
    """Multiply by ``K``, ``million`` and the like; note a ``+``."""
    end = atom.end
    word = _word_after(text, end)
    if word is not None and text[end] != "-" and _is_scale(word[1], atom):
        end = word.end(1)
        atom = atom._replace(low=atom.low * SCALES[word[1].lower()], end=end, bare=False)
        if word[1].lower() in {"mio", "mrd", "mn", "bn"} and text[end : end + 1] == ".":
            atom = atom._replace(end=end + 1)
    if text[atom.end : atom.end + 1] == "+":
        atom = atom._replace(end=atom.end + 1, bound=Bound.LOWER)
    return atom


def _is_scale(word: str, atom: Mention) -> bool:
    """Whether a word is a magnitude: a small ``m`` after a bare number means minutes."""
    if word in {"m", "b"}:
        return atom.kind is Kind.MONEY
    return word.lower() in SCALES


def _timed(text: str, atom: Mention, word: re.Match[str]) -> Mention:
    """Give a count its unit of time; anything else stays a count."""
    name, end = word[1], word.end(1)
    lower = name.lower().replace("\u03bc", "\u00b5")
    if lower in _BUSINESS:
        days = _word_after(text, end)
        if days and days[1].lower() in {"day", "days", "d"}:
            return atom._replace(
                kind=Kind.BUSINESS_DAYS, end=days.end(1), unit="business days", bare=False
            )
    if lower in {"workday", "workdays"}:
        return atom._replace(kind=Kind.BUSINESS_DAYS, end=end, unit="business days", bare=False)
    calendar = _word_after(text, end) if lower in {"calendar", "full"} else None
    if calendar:
        lower, end = calendar[1].lower(), calendar.end(1)
    if len(name) == 1 and not name.islower() and name != "H":
        return atom
    seconds = SECONDS_BY_UNIT.get(lower)
    if seconds is None or (len(lower) == 1 and text[end : end + 1] in {"'", "/"}):
        return atom
    if text[atom.end] == "-" and lower in {"h", "s", "m", "d", "w", "y"}:
        return atom
    return atom._replace(kind=Kind.TIME, low=atom.low * seconds, end=end, unit=lower, bare=False)
