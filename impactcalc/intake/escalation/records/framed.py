"""Fields in a frame: bars at both ends of each line, wide gaps between the fields."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import blank, compose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_EDGES = 2  # bars of a line in a frame: more of them part the columns of a table


@cache
def _gap() -> re.Pattern[str]:
    """Compile the gap between two fields."""
    return re.compile(r" {2,}|\t+")


def with_framed(lines: Sequence[Line]) -> Sequence[Line]:
    """Write each field in a frame as a line of its own; a line without fields loses its bars."""
    result: list[Line] = []
    inside = False
    for number, line in enumerate(lines):
        text = line.text.strip()
        if _is_edge(text):
            following = lines[number + 1].text if number + 1 < len(lines) else ""
            inside = _is_framed(following)
            result.append(blank(line))
        elif inside and _is_framed(text):
            result.extend(_parts(line))
        else:
            inside = False
            result.append(line)
    return result


def _is_edge(text: str) -> bool:
    """Whether a line is the upper or lower edge of a frame."""
    return len(text) > _EDGES and text[0] == text[-1] == "+" and not text.strip("+-=")


def _is_framed(text: str) -> bool:
    """Whether nothing but the frame draws bars in a line."""
    words = text.strip()
    return words.count("|") == _EDGES and words[0] == words[-1] == "|"


def _parts(line: Line) -> Iterator[Line]:
    """Cut a line in a frame at its wide gaps, if a field stands on it."""
    start = line.text.index("|") + 1
    end = line.text.rindex("|")
    start += len(line.text[start:end]) - len(line.text[start:end].lstrip())
    end = len(line.text[:end].rstrip())
    cuts = list(_gap().finditer(line.text, start, end)) if ":" in line.text else []
    for cut in cuts:
        if line.text[start : cut.start()].endswith(":"):
            continue
        yield compose(line, (start, cut.start()))
        start = cut.end()
    yield compose(line, (start, end))
