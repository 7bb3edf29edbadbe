"""A vocabulary: words that are looked up, written as one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

DIGITS = frozenset("0123456789")
"""The digits that figures are written in; ``DIGITS.isdisjoint(text)`` is the cheapest question."""


def word_set(words: str) -> frozenset[str]:
    """Make a set of the words of a text.

    Examples
    --------
    >>> sorted(word_set("user users"))
    ['user', 'users']
    """
    return frozenset(words.split())


def lowered(text: str) -> str:
    r"""Write a text in small letters, each character in its place.

    Examples
    --------
    >>> len("\u0130.lower()".lower()) == len("\u0130.lower()"), len(lowered("\u0130"))
    (False, 1)
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := one.lower()) == 1 else one for one in text)


def folded(word: str) -> str:
    r"""Fold a word that a caseless pattern took: it takes the Turkish letters for an ``i``, too.

    Examples
    --------
    >>> folded("F\u0130VE"), folded("s\u0131x")
    ('five', 'six')
    """
    return word.casefold().replace("i\u0307", "i").replace("\u0131", "i")


def holds(text: str, cues: Iterable[str]) -> bool:
    """Whether any of the cues stands in a text; asked before a pattern is compiled or run."""
    return any(map(text.__contains__, cues))


def may_hold(lower: str, cues: Iterable[str]) -> bool:
    r"""Whether a pattern that needs one of the cues, in any case, may match.

    Letters beyond ASCII may equal an ASCII one without regard to case, so such a text always may.

    Examples
    --------
    >>> may_hold("no figure", ["nines"]), may_hold("three nine\u017f", ["nines"])
    (False, True)
    """
    return not lower.isascii() or holds(lower, cues)


def ends_in(text: str, endings: Iterable[str]) -> bool:
    """Whether a text ends in one of some words, as whole words.

    Examples
    --------
    >>> ends_in("which rose", ["rose"]), ends_in("primrose", ["rose"]), ends_in("rose", ["rose"])
    (True, False, True)
    """
    known = tuple(endings)
    return text.endswith(known) and any(
        text.endswith(one) and not is_word_part(text[: len(text) - len(one)][-1:]) for one in known
    )


def is_word_part(character: str) -> bool:
    """Whether a character joins the one beside it to a word; none at an end of the text."""
    return character.isalnum() or character == "_"


def joins_digits(text: str, mark: str) -> bool:
    """Whether a mark stands between two digits, as the colon of a time of day does.

    Examples
    --------
    >>> joins_digits("at 14:30", ":"), joins_digits("opened: 14", ":")
    (True, False)
    """
    left, *rest = text.split(mark)
    for right in rest:
        if left[-1:].isdigit() and right[:1].isdigit():
            return True
        left = right
    return False
