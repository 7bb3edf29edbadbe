"""The actions of a stage, where one line or cell holds several of them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEWEST = 2  # words of an action
_NO_ACTION = word_set(
    "the a an their our its his her this that these those and or for with to in on at of from by "
    "which who so as but if because while where when until one both each all not i.e. e.g. etc"
)
"""Words that open no action: a comma before one of them parts no two actions."""


def parted(text: str) -> Iterator[tuple[int, int]]:
    """Cut ``restart the service, disable the preview`` into actions.

    Line breaks part actions, else semicolons, full stops, slashes, commas; a comma only where
    each piece may be an action of its own.

    Examples
    --------
    >>> [text[a:b] for text in ("drain it, warm the caches", "restart the proxy, the cache")
    ...  for a, b in parted(text)]
    ['drain it', 'warm the caches', 'restart the proxy, the cache']
    """
    if text[:1] in _OPENERS and (places := _lettered_places(text)):
        yield from places
        return
    mark = next((mark for mark in (" | ", "\n", ";", ". ", " / ", " + ") if mark in text), ", ")
    pieces = text.split(mark)
    if mark == ". " and not all(_is_sentence(piece) for piece in pieces):
        mark = ", "
        pieces = text.split(mark)
    if mark in {", ", " / ", " + "} and not all(_may_be_action(piece) for piece in pieces):
        pieces = [text]
    start = 0
    for number, piece in enumerate(pieces):
        if mark != " | " or number == 0 or _is_no_name(piece):
            yield start, start + len(piece)
        start += len(piece) + len(mark)


_OPENERS = frozenset("(a1")
"""What the first of several lettered or numbered actions opens with."""


@cache
def _letter() -> re.Pattern[str]:
    """Compile the letter or number of an action within a line: ``a) ``, ``(2) ``."""
    return re.compile(r"(?:^|[ ,;.])\(?([a-h]|[1-9])\) +")


def _lettered_places(text: str) -> list[tuple[int, int]]:
    """Give where the actions of ``a) stop it b) drain it`` stand; empty when they are no row."""
    marks = list(_letter().finditer(text))
    order = "".join(mark[1] for mark in marks)
    if not marks or marks[0].start() or not ("abcdefgh".startswith(order) or order in _COUNT):
        return []
    stops = [*(mark.start() for mark in marks[1:]), len(text)]
    return [(mark.end(), stop) for mark, stop in zip(marks, stops, strict=True)]


_COUNT = ("1", "12", "123", "1234", "12345", "123456", "1234567")


def _is_no_name(words: str) -> bool:
    """Whether the words of a cell behind the action are one more action, not who does it."""
    first = words.strip()[:1]
    return len(words.split()) >= _FEWEST and (first.islower() or len(words.split()) > _FEWEST)


def _is_sentence(words: str) -> bool:
    """Whether words between full stops may be an action each: a capital, more words behind it."""
    return len(words.split()) >= _FEWEST and words.lstrip()[:1].isupper()


def _may_be_action(words: str) -> bool:
    """Whether words between commas may be an action: a verb and an object, no list of things."""
    parts = re.sub(r"^\s*(?:and |then )+", "", words).lower().split()
    return len(parts) >= _FEWEST and parts[0] not in _NO_ACTION
