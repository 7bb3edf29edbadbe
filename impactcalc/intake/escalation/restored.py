"""Partial restorations that a text tells of: when some of the service was seen to be back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import may_hold, word_set
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.figures.dates import Stamp
    from impactcalc.intake.escalation.structure.statements import Statement

_CUES = ("partial", "restored", "recovered", "back", "again")
_TOPICS = frozenset({Topic.NONE, Topic.STATUS, Topic.DESCRIPTION, Topic.PERFORMANCE})
_OTHERWISE = word_set(
    "not never no will would should may might expect expected expects aim target eta plan planned "
    "until before once when if unless rolled fell"
)


class Restored(NamedTuple):
    """Some of the service was back: when, how much of it (None: not said), and on which line."""

    at: datetime
    share: Decimal | None
    line: int


@cache
def _told() -> re.Pattern[str]:
    """Compile the words of a partial restoration."""
    work = r"(?:traffic|service|services|capacity|requests|users|customers|throughput|reads|writes)"
    back = r"(?:restored|recovered|back(?! ?log| ?up| ?end)|served again|healthy again)"
    return re.compile(
        rf"\b(?P<share>[0-9]{{1,2}}) ?(?:%|percent\b)(?: of)?(?: the| our| all)?(?: {work})?"
        rf"(?: (?:is|are|was|were|has been|have been))?(?: now| already)? {back}\b"
        rf"|\bpartial(?:ly)? (?:{work} )?(?:restored|restoration|recovered|recovery|back)\b"
    )


@cache
def _clock() -> re.Pattern[str]:
    return re.compile(r"\bat ([01]?[0-9]|2[0-3])[:.]([0-5][0-9]) ?(?:utc|gmt|z)\b")


def partial_restorations(
    statements: Sequence[Statement], dated: Sequence[tuple[Stamp, int]]
) -> tuple[Restored, ...]:
    """Find where a text says that part of the service was back at a stated moment.

    Parameters
    ----------
    statements
        All that the text says.
    dated
        Dates that tell how far the story has come, with their lines.

    Returns
    -------
    tuple of Restored
        Those with a moment to the minute; a clock alone is one of the newest dated day.
    """
    stamps = {line: stamp for stamp, line in dated if stamp.exact}
    newest = max((stamp.day for stamp, _ in dated if stamp.day is not None), default=None)
    found = []
    for statement in statements:
        if not (stamps or statement.has_digits):
            continue  # no moment is told
        told = _match(statement)
        if told is None:
            continue
        line, _ = statement.passage.excerpt(*told.span())
        clock = _clock().search(statement.lower)
        if line in stamps:
            moment = stamps[line].moment()
            at = None if moment is None else moment.earliest
        elif clock is not None and newest is not None:
            at = datetime.combine(newest, time(int(clock[1]), int(clock[2])), UTC)
        else:
            at = None
        if at is not None:
            found.append(Restored(at, _share(told), line))
    return tuple(found)


def _match(statement: Statement) -> re.Match[str] | None:
    """Find the words in a statement that tells of this incident, and of what has been."""
    if statement.topic not in _TOPICS or not may_hold(statement.lower, _CUES):
        return None
    if statement.is_past or statement.is_hypothetical or statement.words & _OTHERWISE:
        return None
    return _told().search(statement.lower)


def _share(told: re.Match[str]) -> Decimal | None:
    share = told["share"]
    return Decimal(share) / 100 if share and int(share) else None
