"""The name of a stage: its title without number, marks, and what only leads to the window."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.states.state_words import (
    DONE_WORDS,
    IN_PROGRESS_WORDS,
    NOT_STARTED_WORDS,
)
from impactcalc.intake.escalation.words.vocabulary import DIGITS, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

STATE_PHRASES = frozenset((*NOT_STARTED_WORDS, *IN_PROGRESS_WORDS, *DONE_WORDS)) - {"live", "half"}
"""Words that tell how far an action is."""
_LETTERS = frozenset("ABCDEFGHabcdefgh") | {"I", "II", "III", "IV", "V", "VI"}


_NUMBER_AT = 7  # characters within which the number before a name begins
_LEADS = (
    *("completed", "finished", "carried out", "done", " by", "lasting", "running", "due"),
    "starting",
)
"""Ends of what only leads to the window."""


def tidy(name: str) -> str | None:
    """Strip separators from a name; None when nothing is left."""
    words = " ".join(name.split())
    if not DIGITS.isdisjoint(words[:_NUMBER_AT]):
        words = _numbered().sub("", words)
    if words.lower().endswith(_LEADS) or not words.isascii():
        words = _to_be_done().sub("", words)
    bare = words.strip(' -:;,.()[]/|*_`\u2022"\u201c\u201d\u2013\u2014\u2192')
    head, dash, state = bare.rpartition(" - ")
    if dash and state.lower() in STATE_PHRASES:
        bare = head  # "Contain (0-2 h) - in progress"
    if bare in _LETTERS or bare.isdigit():
        return None  # "A  within 6 hours" is numbered, not named
    half = bare.count("(") > bare.count(")") and f"{bare})" in words
    return (f"{bare})" if half else bare.removesuffix(" ->")) or None


@cache
def _numbered() -> re.Pattern[str]:
    """Compile the number of a stage before its name: ``1 - Contain``, ``2) Repair``."""
    return re.compile(
        r"^(?:\(?[0-9]{1,2}(?:[.)]| [-\u2013])|[A-Z]\.[0-9]{1,2}\.?|[A-Z]{2,5}-[0-9]{1,4}) "
        r"(?=[A-Za-z])"
    )


def without_codes(names: Sequence[str | None]) -> list[str | None]:
    """Leave out what numbers the names in their order: ``A Contain``, ``B Repair``; ``C1``, ``C2``.

    Examples
    --------
    >>> without_codes(["A Contain", "B Repair"]), without_codes(["S1 - Stop it", "S2 - Mend it"])
    (['Contain', 'Repair'], ['Stop it', 'Mend it'])
    >>> without_codes(["A first aid", "Repair"])
    ['A first aid', 'Repair']
    """
    if len(names) < _FEWEST or not all(name and not name[1:2].isalpha() for name in names):
        return [*names]  # asked before the pattern is compiled
    found = [_code().match(name or "") for name in names]
    codes = [(one["letter"], one["number"]) for one in found if one is not None]
    first = codes[0][0] if codes else ""
    lettered = [(chr(ord("A") + at), "") for at in range(len(names))]
    numbered = [(first, str(at)) for at in range(1, len(names) + 1)]
    if codes not in (lettered, numbered):
        return [*names]
    return [one and one.string[one.end() :] for one in found]


_FEWEST = 2  # names that show an order


@cache
def _code() -> re.Pattern[str]:
    """Compile a letter, or a letter and a number, before a name."""
    return re.compile(r"(?P<letter>[A-Z])(?P<number>[0-9]?)(?:[.:)]| ?[-\u2013])? (?=[A-Za-z])")


@cache
def _to_be_done() -> re.Pattern[str]:
    """Compile what only leads to the window: ``Contain, to be finished within 3 hours``."""
    return re.compile(
        r"(?:^|[,.;:]? )(?:to be|is) (?:completed|finished|carried out|done)(?: by)?$|"
        r", (?:lasting|running|due|starting)$",
        re.IGNORECASE,
    )


_MOST_WORDS = 8  # of a name
_FINITE = word_set("was were are has have had is am shall will must would isn't we've we're i've")
_EVENTFUL = word_set("when once until till after before while if as what where how")


def may_name(name: str | None) -> bool:
    """Whether words may be the name of a stage: few, no half bracket, no sentence.

    Examples
    --------
    >>> may_name("Stop the damage"), may_name("when the frost is over")
    (True, True)
    >>> may_name("so this is where we stand"), may_name("Long term (late")
    (False, False)
    """
    words = (name or "").lower().split()
    if len(words) > _MOST_WORDS or any(
        (name or "").count(mark) != (name or "").count(other) for mark, other in ("()", "[]")
    ):
        return False
    return _FINITE.isdisjoint(words) or words[0] in _EVENTFUL
