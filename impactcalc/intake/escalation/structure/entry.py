"""An entry of a log, chat or transcript: when, who, what kind, and where its words begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from impactcalc.intake.escalation.figures.dates import Stamp


class Entry(NamedTuple):
    """The head of an entry.

    Parameters
    ----------
    stamp
        Its time, with its place in the line; `day` is None when only a time of day is written;
        None for a speaker without a time.
    start
        Where its words begin in the line.
    speaker
        Who says so, in small letters; empty when nobody is named.
    topic
        What its event word announces: PLAN, WORK, MOOD.
    label_end, value_start
        Of an event word that is a label, as ``STATUS``: its end and the value's begin.
    told
        Whether its event word is what happened: ``OPENED``, ``ESCALATED``.
    state
        Where in the line a word stands that tells the state of the incident: ``Monitoring``.
    """

    stamp: Stamp | None
    start: int
    speaker: str = ""
    topic: Topic = Topic.NONE
    label_end: int = 0
    value_start: int = 0
    told: bool = False
    state: tuple[int, int] = (0, 0)
