"""The state in the head of a log entry: ``2026-03-08 21:40 UTC - Resolved``."""

from __future__ import annotations

import re
from functools import cache

from impactcalc.intake.escalation.words.vocabulary import DIGITS, word_set


@cache
def _words() -> re.Pattern[str]:
    """Compile the words of a head."""
    return re.compile(r"[a-z]+")


OPENING_STATES = frozenset({"investigating", "opened", "reported", "new"})
_ENTRY_STATES = OPENING_STATES | {
    *("resolved", "monitoring", "identified", "mitigated", "update", "in progress", "fixed"),
    *("closed", "completed", "fix deployed", "fix implemented", "partially resolved"),
}
_HEAD_WORDS = 4  # a zone among them; "08:59 Flush the shop cache: in progress" tells of work
_JOINTS = (" - ", ": ", " | ", " / ", "  ")


def entry_state(head: str) -> str:
    """Give the state in the head of a log entry: ``2026-03-08 21:40 UTC - Resolved``.

    Returns
    -------
    str
        In small letters; empty when there is none.
    """
    lower = head.lower()
    tag = lower[1:].partition("]")[0] if lower.startswith("[") else ""
    if tag in _ENTRY_STATES:
        return tag
    for joint in _JOINTS if not DIGITS.isdisjoint(head) else ():
        before, _, last = lower.rpartition(joint)
        short = len(_words().findall(before)) <= _HEAD_WORDS
        for state in (last if short else "", lower.partition(joint)[0]):
            if state.strip(" :.[]") in _ENTRY_STATES:
                return state.strip(" :.[]")
    return ""


def is_entry_state(word: str) -> bool:
    """Whether a word tells how far an incident is: ``monitoring``; ``update`` tells nothing."""
    return word in _STATE_WORDS


_STATE_WORDS = _ENTRY_STATES - {"update", "opened", "reported", "new"}


def is_entry_head(text: str) -> bool:
    """Whether a line is nothing but a date and a state: the head of a log entry."""
    state = entry_state(text)
    rest = text.lower().replace(state, "", 1) if state else ""
    return bool(rest) and all(map(_is_of_time, _words().findall(rest)))


_LATER = ("added", "edit")


def is_written_later(lower: str) -> bool:
    """Whether a label tells when a note was added: ``added 14:20``, ``edit 15:00 UTC``."""
    if not lower.startswith(_LATER):
        return False
    first, *others = _words().findall(lower)
    times = all(word in {"at", "on", "later"} or _is_of_time(word) for word in others)
    plain = first in {"added", "edit", "edited"} and times
    return plain and (any(map(str.isdigit, lower)) or others == ["later"])


def _is_of_time(word: str) -> bool:
    """Whether a word may stand in a date: a month, a zone, ``am``."""
    return word[:3] in _MONTHS or (len(word) <= _ZONE and word.endswith(("t", "tc", "z", "m")))


_ZONE = 4  # letters of the name of a time zone
_MONTHS = word_set("jan feb mar apr may jun jul aug sep oct nov dec")
