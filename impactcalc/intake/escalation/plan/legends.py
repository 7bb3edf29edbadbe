"""A legend: what the boxes, letters and signs of a list of actions stand for."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.states.state_labels import mark_state, state_label
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from impactcalc.intake.escalation.states.states import State
    from impactcalc.intake.escalation.structure.statements import Statement

_FEWEST = 2  # signs that a legend explains
_LONGEST = 300  # characters
_NOTHING = ("nothing reported", "no report", "not reported", "unknown", "no information", "n/a")
_NAMED_SIGNS = {
    **dict.fromkeys(("green tick", "tick", "check", "check mark", "green check"), "\u2705"),
    **dict.fromkeys(("wrench", "spanner"), "\U0001f527"),
    **dict.fromkeys(("red square",), "\U0001f7e5"),
    **dict.fromkeys(("hourglass",), "\u23f3"),
    **dict.fromkeys(("red cross", "cross"), "\u274c"),
    **dict.fromkeys(("green circle",), "\U0001f7e2"),
    **dict.fromkeys(("yellow circle",), "\U0001f7e1"),
    **dict.fromkeys(("red circle",), "\U0001f534"),
    **dict.fromkeys(("white square", "empty square"), "\u2b1c"),
    **dict.fromkeys(("empty", "blank", "empty box", "no mark"), "blank"),
}


@cache
def _box_and_words() -> re.Pattern[str]:
    """Compile a sign in brackets and what it means: ``[x] done``, ``( ) = open``."""
    return re.compile(
        r"([\[(][ xX~/>!vVoO*+=.?-]?[\])])[ \"']*(?:=|:|-|means|is|stands for)? *"
        r"([^\[\](),;|]{2,30})"
    )


@cache
def _sign_and_words() -> re.Pattern[str]:
    """Compile a sign, letter or name of a sign and what it means: ``D = done``."""
    return re.compile(
        r"(?:^|[,;:(|/]|\band\b) *[\"'`]?([^\s,;:()|=\"'`]{1,2}|[a-z]+ ?[a-z]*)[\"'`]?"
        r" *(?:=|->|means|stands for|: ) *([^,;()|=]{2,30})"
    )


@cache
def _bare_sign_and_words() -> re.Pattern[str]:
    """Compile a sign right before what it means, in a legend: ``X finished, / in hand``."""
    return re.compile(r"(?:^|[,;]) *([^\s\w,;:()\[\]]|[a-z]) +([a-z][a-z ]{2,28})")


def read_legend(statements: Iterable[Statement]) -> dict[str, State | None]:
    """Find what signs stand for; None for one that is said to tell nothing.

    Parameters
    ----------
    statements
        All statements of the text.

    Returns
    -------
    dict
        By the sign in small letters: ``[x]``, ``d``; empty where the text has no legend.
    """
    found: dict[str, State | None] = {}
    for statement in statements:
        lower = statement.lower
        if len(lower) > _LONGEST:
            continue
        boxes = lower.count("[") + lower.count("(")
        told = lower.count("=") > 1 or holds(lower, ("legend", "key:", "means"))
        if boxes < _FEWEST and not told:
            continue
        pairs = {**_pairs(_box_and_words(), lower), **_signs(lower)}
        if len(pairs) >= _FEWEST:
            found.update(pairs)
    return found


_MEANING = ("=", "->", "means", "stands for", ": ", "[", "(")
"""One of these stands in whatever tells what one sign stands for."""


def explains(words: str) -> bool:
    """Whether words tell what signs stand for, and nothing else.

    Examples
    --------
    >>> explains("[x] done, [ ] open"), explains("x = done; o = open"), explains("[x] drain it")
    (True, True, False)
    """
    lower = words.lower()
    boxes = max(lower.count("["), lower.count("("))
    told = holds(lower, ("=", "legend")) or boxes > 1
    if len(lower) > _LONGEST or not told or sum(map(lower.count, _MEANING)) < _FEWEST:
        return False
    pairs = {**_pairs(_box_and_words(), lower), **_signs(lower)}
    return len(pairs) >= _FEWEST


def state_of_mark(mark: str, legend: Mapping[str, State | None]) -> State | None:
    """Give what a sign stands for: by the text's own legend, else as people use it.

    Parameters
    ----------
    mark
        ``[x]``, an emoji, a letter or the words of a cell, in small letters.
    legend
        What the text says of its signs.
    """
    for sign in signs_of(mark):
        if sign in legend:
            return legend[sign]
    return mark_state(mark) or state_label(mark)


def signs_of(mark: str) -> tuple[str, str, str]:
    """Give how a legend may write a mark: ``[x]`` or ``x``; an empty box is ``blank``.

    Examples
    --------
    >>> signs_of("[x]"), signs_of("[ ]")
    (('[x]', 'x', 'x'), ('[ ]', ' ', 'blank'))
    """
    bare = mark.strip("[]()")
    return mark, bare or mark, bare.strip() or "blank"


def _signs(lower: str) -> dict[str, State | None]:
    """Read ``D = done, W = being worked on``."""
    if not holds(lower, ("=", "means", "legend", "->")):
        return {}
    head, mark, rest = lower.partition("legend")
    if not mark:
        return _pairs(_sign_and_words(), head)
    rest = rest.lstrip(" :-")
    return {**_pairs(_bare_sign_and_words(), rest), **_pairs(_sign_and_words(), rest)}


def _pairs(pattern: re.Pattern[str], lower: str) -> dict[str, State | None]:
    """Give signs with the states that their explanations name."""
    pairs: dict[str, State | None] = {}
    for match in pattern.finditer(lower):
        words = match[2].strip(" .|\"'`")
        state = state_label(words)
        sign = _NAMED_SIGNS.get(match[1].strip(), match[1].strip())
        if state is not None:
            pairs[_box(sign)] = state
        elif words in _NOTHING:
            pairs[_box(sign)] = None
    return pairs


def _box(sign: str) -> str:
    """Write a box without blanks but the one that it may hold."""
    return f"{sign[0]} {sign[1]}" if sign in {"[]", "()"} else sign
