"""A quantity that a text mentions: money, time, share or count, with its place and its bounds."""

from __future__ import annotations

import enum
import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from impactcalc.intake.escalation.dates import clock_spans, find_stamps
from impactcalc.intake.escalation.numerals import (
    SCALES,
    WORDS,
    may_say_number,
    number_pattern,
    read_number,
    words_pattern,
)
from impactcalc.intake.escalation.vocabulary import DIGITS, folded
from impactcalc.units.currency import CURRENCY_BY_SIGN, is_currency
from impactcalc.units.dimension import SECONDS_BY_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Kind(enum.Enum):
    """What a mention measures."""

    MONEY = "money"
    TIME = "time"  # seconds
    BUSINESS_DAYS = "business days"
    SHARE = "share"  # ratio
    COUNT = "count"  # anything else

    __hash__ = object.__hash__  # members are looked up in sets all the time; by name is slow


class Bound(enum.Enum):
    """What the words around a figure make of it."""

    EXACT = ""
    ABOUT = "about"
    UPPER = "at most"
    LOWER = "at least"


class Mention(NamedTuple):
    """One quantity of a text.

    Parameters
    ----------
    kind
        What it measures.
    low, high
        Amount, seconds, days, ratio or count; `high` None unless a range is written. A range
        that runs backwards is kept as written.
    start, end
        Where it stands, sign and unit included.
    unit
        Currency code of money; else the unit's word in small letters.
    bound
        A sign or word right before (``<``, ``under``, ``about``) or a ``+`` right after.
    bare
        A number alone: no unit, no currency, no magnitude.
    in_words
        Written as ``three``.
    """

    kind: Kind
    low: Decimal
    high: Decimal | None
    start: int
    end: int
    unit: str = ""
    bound: Bound = Bound.EXACT
    bare: bool = False
    in_words: bool = False

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The figure, or both ends of the range."""
        return (self.low,) if self.high is None else (self.low, self.high)


_MONEY_WORDS = {
    "dollar": "USD",
    "dollars": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "pound": "GBP",
    "pounds": "GBP",
    "yen": "JPY",
    "rupees": "INR",
    "francs": "CHF",
}
_BUSINESS = frozenset({"business", "working", "work", "bank"})
_PER_MILLE = "\u2030"
_PERCENT = frozenset({"%", "percent", "pct", _PER_MILLE})
_BOUND_WORDS = {
    **dict.fromkeys(
        ("<", "<=", "\u2264", "under", "below", "up to", "max", "maximum"), Bound.UPPER
    ),
    **dict.fromkeys(("less than", "at most", "no more than", "never above"), Bound.UPPER),
    **dict.fromkeys(("not more than", "well under", "well below", "max."), Bound.UPPER),
    **dict.fromkeys((">", ">=", "\u2265", "over", "above", "more than", "at least"), Bound.LOWER),
    **dict.fromkeys(("minimum", "min.", "no less than", "upwards of"), Bound.LOWER),
    **dict.fromkeys(("~", "\u2248", "about", "around", "roughly", "circa", "ca."), Bound.ABOUT),
    **dict.fromkeys(("approximately", "approx.", "approx", "some", "nearly"), Bound.ABOUT),
    **dict.fromkeys(("almost", "an estimated", "estimated", "c."), Bound.ABOUT),
}
_LONGEST_BOUND = 3  # words


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
    return tuple(_bounded(atom, text) for atom in _merged(atoms, text))


def _atoms(text: str) -> Iterator[Mention]:
    """Find single numbers with their units."""
    if not DIGITS.isdisjoint(text):
        numbers = list(number_pattern().finditer(text))
        masks = clock_spans(text, [match.end() for match in numbers])
        masks.extend((stamp.start, stamp.end) for stamp in find_stamps(text))
        end = -1
        for match in numbers:
            if any(start < match.end() and match.start() < stop for start, stop in masks):
                continue
            atom = _atom(text, match, end)
            if atom is not None:
                end = atom.end
                yield atom
    for match in words_pattern().finditer(text) if may_say_number(text) else ():
        number = Decimal(WORDS[folded(match[1])])
        plain = Mention(
            Kind.COUNT, number, None, match.start(), match.end(), bare=True, in_words=True
        )
        yield _with_unit(text, plain)


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
        negative = bool(sign[3]) or (bool(sign[1]) and not joined)
    else:
        negative = before.endswith("-") and start - 1 != previous_end
        if not _may_begin(text, start, previous_end, negative=negative):
            return None
        start -= negative
    value = read_number(match[0], whole=bool(currency) or _money_follows(text, end))
    if value is None or _is_identifier(text, end):
        return None
    sign_of = -1 if negative else 1
    kind = Kind.MONEY if currency else Kind.COUNT
    atom = Mention(kind, sign_of * value, None, start, end, currency, bare=not currency)
    read = _with_unit(text, atom)
    if read.kind is Kind.COUNT and read.bare:  # nobody counts thousandths of people
        whole = read_number(match[0], whole=True)
        read = read if whole is None else read._replace(low=sign_of * whole)
    return read


def _currency(word: str) -> str:
    """Give the code of a sign or code; empty when it is none."""
    return CURRENCY_BY_SIGN.get(word) or (word if is_currency(word) else "")


def _may_begin(text: str, start: int, previous_end: int, *, negative: bool) -> bool:
    """Whether a number may begin here: not inside a word, an identifier or a path."""
    position = start - 1 if negative else start
    if position == 0:
        return True
    before = text[position - 1]
    if before == "-" and position - 1 == previous_end:
        return True
    return not (before.isalnum() or before in "_#/\\.-" or (negative and before in "%)"))


def _is_identifier(text: str, end: int) -> bool:
    """Whether letters and digits go on after a number: ``9f3c``, ``3-way``, ``8/10``."""
    rest = text[end : end + 3]
    return rest[:1] in {"/", "_", "\u00bd", "\u00bc", "\u00be"} or (
        rest[:1].isalpha() and rest[1:2].isdigit()
    )


def _money_follows(text: str, end: int) -> bool:
    """Whether a currency stands after a number."""
    word = _word_after(text, end)
    return word is not None and (bool(_currency(word[1])) or word[1].lower() in _MONEY_WORDS)


def _with_unit(text: str, atom: Mention) -> Mention:
    """Add magnitude, currency, percent sign or unit of time that follow a number."""
    atom = _scaled(text, atom)
    word = _word_after(text, atom.end)
    if word is None:
        return atom
    name, end = word[1], word.end(1)
    currency = _currency(name) or _MONEY_WORDS.get(name.lower(), "")
    if text[end : end + 1].isdigit():  # the sign of the next amount
        return atom
    if currency and atom.kind is Kind.COUNT:
        return atom._replace(kind=Kind.MONEY, unit=currency, end=end, bare=False)
    if currency and currency == atom.unit:
        return atom._replace(end=end)
    return _shared(text, atom, word) if atom.kind is Kind.COUNT else atom


def _shared(text: str, atom: Mention, word: re.Match[str]) -> Mention:
    """Turn a count into a share when a percent sign follows; not for percentage points."""
    name, end = word[1].lower(), word.end(1)
    if name == "per" and text[end : end + 5].lower() == " cent":
        name, end = "%", end + 5
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


def _merged(atoms: Sequence[Mention], text: str) -> Iterator[Mention]:
    """Join both ends of ranges: ``20-45 s``, ``between 4,000 and 6,500``, ``$50-80K``."""
    index = 0
    while index < len(atoms):
        first = atoms[index]
        second = atoms[index + 1] if index + 1 < len(atoms) else None
        joined = None
        if second is not None and _is_range(text, first, second):
            joined = _join(first, second)
        yield joined or first
        index += 2 if joined else 1


def _is_range(text: str, first: Mention, second: Mention) -> bool:
    """Whether the words between two figures make them the ends of a range."""
    gap = text[first.end : second.start].strip().lower()
    if gap in {"-", "to", "until", "till", "bis", "through", "..", "..."}:
        return not text[: first.start].lower().rstrip().endswith(("from version", "version"))
    if gap in {"and", "or"}:
        return "between" in text[max(0, first.start - 16) : first.start].lower() or (
            gap == "or" and first.bare and not first.in_words
        )
    return False


def _join(first: Mention, second: Mention) -> Mention | None:
    """Make one range of two figures; the first borrows unit and magnitude from the second."""
    if first.kind is Kind.MONEY and second.kind is Kind.COUNT:
        second = second._replace(kind=Kind.MONEY, unit=first.unit)
    if first.kind is Kind.COUNT and second.kind is Kind.MONEY:
        first = first._replace(kind=Kind.MONEY, unit=second.unit)
    factor = Decimal(1)
    if first.kind is second.kind:
        if first.kind is Kind.MONEY and first.unit != second.unit:
            return None
        lacks = first.low < _scale_of(second)
        if first.kind in {Kind.MONEY, Kind.COUNT} and lacks and _is_plain(first):
            factor = Decimal(_scale_of(second))
    elif first.kind is Kind.COUNT and first.bare:
        factor = _unit_factor(second)
    else:
        return None
    bare = first.bare and second.bare
    low = first.low * factor
    return second._replace(low=low, high=second.low, start=first.start, bare=bare)


def _is_plain(mention: Mention) -> bool:
    """Whether a figure was written without a magnitude of its own."""
    return _scale_of(mention) == 1


def _unit_factor(mention: Mention) -> Decimal:
    """Give what the second figure's unit makes of a bare first one."""
    if mention.kind is Kind.SHARE:
        return Decimal("0.01")
    return SECONDS_BY_UNIT.get(mention.unit, Decimal(1))


def _scale_of(mention: Mention) -> int:
    """Give the magnitude that a figure was written with: 1, a thousand, a million."""
    for scale in (10**9, 10**6, 10**3):
        if not mention.bare and mention.low >= scale and mention.low % scale == 0:
            return scale
    return 1


def _bounded(mention: Mention, text: str) -> Mention:
    """Read the sign or words before a figure: ``<``, ``under``, ``about``."""
    if mention.bound is not Bound.EXACT:
        return mention
    before = text[max(0, mention.start - 24) : mention.start].rstrip().lower()
    if not before:
        return mention
    if before.endswith(("->", "=>")):
        return mention
    for sign in ("<=", ">=", "<", ">", "~", "\u2264", "\u2265", "\u2248"):
        if before.endswith(sign):
            return mention._replace(
                bound=_BOUND_WORDS[sign], start=text.rindex(sign, 0, mention.start)
            )
    words = before.split()
    for count in range(min(_LONGEST_BOUND, len(words)), 0, -1):
        bound = _BOUND_WORDS.get(" ".join(words[-count:]))
        if bound is not None:
            return mention._replace(bound=bound)
    return mention
