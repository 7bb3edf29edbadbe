"""Turns of a talk in columns: who speaks in front of a wide gap, again and again."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import compose
from impactcalc.intake.escalation.structure.speakers import read_turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_SPEAKERS = 2


@cache
def _gap() -> re.Pattern[str]:
    """Compile a name and what is said behind a gap: ``ORDE   How many are there?``."""
    return re.compile(r"([A-Z][\w.'-]{0,20}(?: [A-Z][\w.'-]{0,20}){0,2})(?: {2,12}|\t+)(?=\S)")


def with_turns(lines: Sequence[Line]) -> Sequence[Line]:
    """Write a colon behind who speaks, where names before a gap come again and again."""
    written = [_written(line) for line in lines]
    turns = {index for index, *_ in read_turns(written, _SPEAKERS)}
    return [one if index in turns else lines[index] for index, one in enumerate(written)]


def _written(line: Line) -> Line:
    """Write a line as a turn, if a name and a gap open it."""
    match = _gap().match(line.text)
    if match is None:
        return line
    return compose(line, match.span(1), ": ", (match.end(), len(line.text)))
