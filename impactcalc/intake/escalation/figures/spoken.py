"""Numbers in words: ``three hundred and fifty``, ``two and a half``, ``half a million``."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.sentences import word_pattern
from impactcalc.intake.escalation.words.vocabulary import folded
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNITS = {
    "zero": 0,
    "one": 1,
    "single": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_HUNDREDS = {"dozen": 12, "hundred": 100}
_SCALES = {
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
}
_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
_ARTICLES = frozenset({"a", "an"})
_EACH = frozenset({"every", "each"})
_MULTIPLES = _HUNDREDS | _SCALES

NUMBER_WORDS = frozenset((*_UNITS, *_TENS, *_MULTIPLES))
"""Words of which at least one stands in every number in words."""


class Spoken(NamedTuple):
    """A number in words.

    Parameters
    ----------
    value
        What it says.
    start, end
        Where it stands.
    scaled
        Whether it ends in a magnitude: ``four thousand``.
    """

    value: Decimal
    start: int
    end: int
    scaled: bool


def may_say_number(text: str) -> bool:
    """Whether a number in words may stand in a text."""
    return not text.isascii() or not NUMBER_WORDS.isdisjoint(word_pattern().findall(text.lower()))


def find_spoken(text: str) -> Iterator[Spoken]:
    """Find the numbers in words of a text, from left to right.

    Examples
    --------
    >>> [str(one.value) for one in find_spoken("a hundred and twenty or half a million of them")]
    ['120', '500000.0']
    >>> [str(one.value) for one in find_spoken("twenty-five, two and a half, ninety point five")]
    ['25', '2.5', '90.5']
    """
    parser = _Parser(text)
    at = 0
    while at < len(parser.words):
        found, following = parser.number(at)
        if found is not None:
            yield found
        at = max(following, at + 1)


class _Parser:
    """Reads numbers from the words of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = [match.span() for match in word_pattern().finditer(text)]
        self.words = [folded(text[start:end]) for start, end in self._places]

    def number(self, at: int) -> tuple[Spoken | None, int]:
        """Read the number that begins at a word, and give the word after it."""
        for read in (self._part_of_scale, self._sum):
            value, following = read(at)
            if value is not None:
                start, end = self._places[at][0], self._places[following - 1][1]
                scaled = self.words[following - 1] in _SCALES
                return Spoken(value, start, end, scaled), following
        return None, at + 1

    def _word(self, at: int) -> str:
        """Give a word that a blank or hyphen joins to the one before; empty when none does."""
        if at >= len(self.words):
            return ""
        if at and self._text[self._places[at - 1][1] : self._places[at][0]] not in {" ", "-"}:
            return ""
        return self.words[at]

    def _part_of_scale(self, at: int) -> tuple[Decimal | None, int]:
        """Read ``half a million``, ``a quarter of a million``, ``half a dozen``."""
        first = at + (self.words[at] in _ARTICLES)
        part = _PARTS.get(self.words[at] if first == at else self._word(first))
        if part is None:
            return None, at
        following = first + 1
        following += self._word(following) == "of"
        following += self._word(following) in _ARTICLES
        scale = _MULTIPLES.get(self._word(following))
        return (None, at) if scale is None else (part * scale, following + 1)

    def _sum(self, at: int) -> tuple[Decimal | None, int]:
        """Read ``two million three hundred thousand and forty``."""
        total, value, following = Decimal(0), None, at
        while True:
            group, after = self._group(following, first=following == at)
            if group is None:
                return (total if value is not None else None), following
            following = after
            value = group
            while (scale := _SCALES.get(self._word(following))) is not None:
                value, following = value * scale, following + 1
            total += value
            if self.words[following - 1] not in _SCALES:
                return total, following

    def _group(self, at: int, *, first: bool) -> tuple[Decimal | None, int]:
        """Read a number below a thousand: ``three hundred and five``, ``two and a half``."""
        following = at if first else at + (self._word(at) == "and")
        word = self.words[following] if first else self._word(following)
        if word in _ARTICLES and first and self._word(following + 1) in _MULTIPLES:
            value, following = Decimal(1), following + 1
        elif first and at and word in _MULTIPLES and self.words[at - 1] in _EACH:
            value = Decimal(1)  # "three in every hundred"
        else:
            plain, following = self._below_hundred(following, word)
            if plain is None:
                return None, at
            value = plain
        multiple = _HUNDREDS.get(self._word(following))
        if multiple is None:
            return self._fraction(value, following)
        value, following = value * multiple, following + 1
        joint = following + (self._word(following) == "and")
        rest, after = self._below_hundred(joint, self._word(joint))
        return (value, following) if rest is None else (value + rest, after)

    def _below_hundred(self, at: int, word: str) -> tuple[Decimal | None, int]:
        """Read ``seven``, ``forty``, ``forty-two``."""
        if word in _UNITS:
            return Decimal(_UNITS[word]), at + 1
        if word not in _TENS:
            return None, at
        unit = _UNITS.get(self._word(at + 1), 0)
        if 0 < unit < 10 and self._word(at + 1) != "single":  # noqa: PLR2004 - one digit
            return Decimal(_TENS[word] + unit), at + 2
        return Decimal(_TENS[word]), at + 1

    def _fraction(self, value: Decimal, at: int) -> tuple[Decimal, int]:
        """Add ``and a half``, or the digits after ``point``."""
        if [self._word(at + index) for index in range(3)] == ["and", "a", "half"]:
            return value + Decimal("0.5"), at + 3
        if self._word(at) != "point":
            return value, at
        digits = ""
        while (unit := _UNITS.get(self._word(at + 1 + len(digits)), 10)) < 10:  # noqa: PLR2004
            digits += str(unit)
        return (value + Decimal(f"0.{digits}"), at + 1 + len(digits)) if digits else (value, at)


@cache
def _figures_again() -> re.Pattern[str]:
    """Compile a number in words with its figures behind it, as contracts have it: ``six (6)``."""
    return re.compile(r"\b[a-z-]+ \(([0-9]{1,3})\)(?= (?:business |working )?[a-z]|$)")


def said_in_figures(lower: str) -> str:
    """Write ``within six (6) hours`` as ``within 6 hours``, every other character in its place.

    Examples
    --------
    >>> said_in_figures("within six (6) hours")
    'within       6 hours'
    """
    if " (" not in lower or not may_say_number(lower):
        return lower
    return _figures_again().sub(
        lambda match: (
            match[1].rjust(len(match[0]))
            if may_say_number(match[0].partition(" ")[0])
            else match[0]
        ),
        lower,
    )
