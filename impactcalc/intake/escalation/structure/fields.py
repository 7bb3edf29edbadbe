"""The fields of a line that holds several: ``Customer: A; Priority: High``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.labels import field_of

if TYPE_CHECKING:
    from impactcalc.intake.escalation.structure.block import Block


_HALVES = frozenset({"normal", "now"})
"""Facts whose single words explain the figure before them: ``12 s; normal: 2 s``."""
_FEWEST = 2  # fields in a heading that has other words before them


@cache
def _next_field() -> re.Pattern[str]:
    """Compile where a second field begins on the same line."""
    return re.compile(
        r"(?:[;|,/]\s+|={2,4}\s+|[ ]{2,60}|\t{1,20})(?=([A-Za-z][A-Za-z /]{1,30}?)\s*[:=]\s+)"
        rf"| (?=({'|'.join(_HEAD)}):\s+)"
    )


_HEAD = ("Customer", "Priority", "Status", "Created", "Escalated", "Escalation Level")
"""Labels of a ticket's head, where a second one may follow a lost line end."""
_OPENING = frozenset(label.lower() for label in _HEAD)
_SECOND = tuple(f" {label}" for label in _HEAD)


def fields_of(block: Block) -> list[tuple[int, int, int, int]]:
    """Find the fields of a line that holds several: begin, label's end, value, end."""
    text = block.passage.text
    last = max(text.rfind(":"), text.rfind("="))
    if not any(mark in text[:last] for mark in (*";|,/\t", "  ", *_SECOND)):
        return []
    starts = [(0, block.label_end, block.value_start)]
    ends: list[int] = []
    head = block.label in _OPENING
    for match in _next_field().finditer(text, block.value_start):
        name = match[1] or match[2]
        field = field_of(name) if head or match[1] else ""
        if field and (field not in _HALVES or " " in name):
            value = re.compile(r"\s*[:=]\s+").match(text, match.end() + len(name))
            if value is not None:
                ends.append(match.start())
                starts.append((match.end(), match.end() + len(name), value.end()))
    if not ends:
        return []
    if not block.label_end and len(ends) < _FEWEST:
        return []
    ends.append(len(text))
    return [(*start, end) for start, end in zip(starts, ends, strict=True)]
