"""What an action needs before it begins: a design, a ticket, parts; to have it is no progress."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import word_set
from impactcalc.intake.escalation.words.wording import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

_PREPARATIONS = word_set(
    "design designs concept script scripts ticket spec specification slides order quote approval "
    "change request pr branch parts hardware material planning preparation preparations estimate "
    "survey offer contract date appointment slot draft tests pull merge invitation invite "
    "job jobs procedure runbook macro"
)


def is_preparation(clause: str, known: Sequence[str]) -> bool:
    """Whether a clause only says that something is ready that the action needs.

    Examples
    --------
    >>> [is_preparation(words, ["purg"]) for words in ("purge script written", "table purged")]
    [True, False]
    """
    words = [word for word in _words().findall(clause) if word not in {"the", "a", "our"}]
    if words and stem(words[0]) in known and words[1:2] and words[1] in _PREPARATIONS:
        words = words[1:]  # "purge script written"
    named = words[0].removesuffix("s") in _PREPARATIONS if words else False
    named = named or (bool(words) and words[0] in _PREPARATIONS)
    return named and stem(words[0]) not in known and stem(words[0]) not in map(stem, words[1:])


@cache
def _words() -> re.Pattern[str]:
    """Compile the words of a clause."""
    return re.compile(r"[a-z]+")
