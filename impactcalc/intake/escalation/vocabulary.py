"""A vocabulary: words that are looked up, written as one text."""

from __future__ import annotations


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
