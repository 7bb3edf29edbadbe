"""How many things of a kind there are: what counts as many of them has reached all."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import DIGITS
from impactcalc.intake.escalation.words.wording import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_REPORTS = frozenset({Topic.STATUS, Topic.PLAN, Topic.NEXT, Topic.HISTORY})
_CHANCE = 12  # up to here two counts may be the same by chance


class Totals:
    """Finds how many things of a kind a text counts outside of its reports.

    Parameters
    ----------
    statements
        All statements of the text.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = statements

    def with_all(self, words: str) -> str:
        """Say ``all`` before the count of a clause where the text knows of no more.

        Parameters
        ----------
        words
            A clause in small letters: ``63 oversized batches split``.
        """
        if DIGITS.isdisjoint(words):
            return words
        match = _counted().match(words)
        if match is None or _number(match[1]) <= _CHANCE or not self._counts(match[1], match[2]):
            return words
        return f"all {words.lstrip()}"

    def _counts(self, number: str, things: str) -> bool:
        """Whether some statement beside the reports counts so many of these things."""
        known = frozenset(stems(things))
        return any(
            one.topic not in _REPORTS
            and number in one.lower
            and known.issubset(stems(one.text))
            and number in _first_number().findall(one.lower)[:1]
            for one in self._statements
            if one.has_digits
        )


def _number(figure: str) -> int:
    """Read a count."""
    return int(figure.replace(",", ""))


@cache
def _first_number() -> re.Pattern[str]:
    """Compile the figures of a statement."""
    return re.compile(r"[0-9][0-9,]*[0-9]|[0-9]")


@cache
def _counted() -> re.Pattern[str]:
    """Compile what opens a clause with a count of things: ``the 63 oversized batches``."""
    return re.compile(
        r"\W*(?:the )?([0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,9}) ((?:[a-z-]+ ){0,2}[a-z-]{2,}s)\b"
    )
