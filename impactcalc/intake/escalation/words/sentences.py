"""A sentence: where it begins and ends in a passage."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

_ABBREVIATIONS = word_set(
    "e.g i.e approx ca vs no incl excl etc resp mr mrs ms dr st inc ltd co corp max min est fig "
    "mio mrd cf jan feb mar apr jun jul aug sep sept oct nov dec"
)


_UNITS = frozenset({"ms", "min"})  # behind a figure


@cache
def word_pattern() -> re.Pattern[str]:
    """Compile a word of letters."""
    return re.compile(r"[^\W\d_]+")


@cache
def _sentence_end() -> re.Pattern[str]:
    """Compile where a sentence ends."""
    return re.compile(r"([.!?])[\"')\]]{0,2}\s+(?=\S)|\n")


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text into sentences, not after abbreviations or single letters.

    Examples
    --------
    >>> [("It is slow, e.g. at noon. We act."[a:b]) for a, b in
    ...  sentence_spans("It is slow, e.g. at noon. We act.")]
    ['It is slow, e.g. at noon.', 'We act.']
    """
    start = 0
    for match in _sentence_end().finditer(text):
        if match[1] == "." and _is_abbreviation(text[start : match.start()]):
            continue
        yield start, match.end() if match[1] is None else match.end(0) - _blanks(match[0])
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _blanks(ending: str) -> int:
    """Count the white space at the end of a sentence's end."""
    return len(ending) - len(ending.rstrip())


def _is_abbreviation(before: str) -> bool:
    """Whether the word before a full stop is an abbreviation, a letter or a list number."""
    words = before.split()
    if not words:
        return False
    word = words[-1].lstrip("(\"'").lower()
    unit = len(words) > 1 and words[-2][-1:].isdigit()  # "1.2 s.", "800 ms."
    if word in _ABBREVIATIONS:
        return not (unit and word in _UNITS)
    return len(word) == 1 and not unit and (word.isalpha() or len(words) == 1)
