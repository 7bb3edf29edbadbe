"""The label of a stated mood, and the words behind it that are not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.facts.moods import TONES
from impactcalc.intake.escalation.words.untold import is_untold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.intake.escalation.structure.statements import Statement

_SUMMING = frozenset({"verdict", "overall"})  # these may lead to other things than a mood
_OF_MOODS = frozenset({"overall sentiment", "sentiment", "customer sentiment", "overall mood"})
VERDICT_LABELS = _SUMMING | _OF_MOODS
_FEW_WORDS = 2
_SHORTEST = 4  # letters of a word that the end of a text cut off


def unread_verdicts(statement: Statement) -> Iterator[Candidate]:
    """Refuse a stated mood in words that are not read: the tone of other lines is not it."""
    if statement.label not in _OF_MOODS or not is_unknown_mood(statement.value):
        return
    span = (statement.start, len(statement.text))
    found = offer(statement, "sentiment", statement.value, Weight.STATED, span)
    yield doubtful(found, f"'{statement.value}' is no mood that is read")


def is_unknown_mood(verdict: str) -> bool:
    """Whether a verdict is a word or two of which none is known, nor the beginning of a known.

    Examples
    --------
    >>> [is_unknown_mood(one) for one in ("Zufrieden", "angry", "tbd", "Dissati")]
    [True, False, False, False]
    """
    words = verdict.casefold().strip(" .!").split()
    if not 0 < len(words) <= _FEW_WORDS or not all(map(str.isalpha, words)) or is_untold(verdict):
        return False
    cut = [word for word in words if len(word) >= _SHORTEST]
    return TONES.keys().isdisjoint(words) and not any(
        known.startswith(word) for word in cut for known in TONES
    )
