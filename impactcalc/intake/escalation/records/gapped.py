"""A numbered plan in two columns: ``(1) First 6 hours     Stop it``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span
from impactcalc.intake.escalation.records.composing import blank, compose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 2  # numbered lines
_LEVEL = 6  # of the headings that the first column becomes


@cache
def _numbered() -> re.Pattern[str]:
    """Compile a numbered line and the end of its first column."""
    return re.compile(r"[ \t]*\(?([0-9]{1,2})[.)] +(?=\S)")


def with_gapped(lines: Sequence[Line]) -> Sequence[Line]:
    """Write the first column of a numbered plan as headings, the second as lists."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        group = _group(lines, index)
        column = _column(group) if group else 0
        result.extend(_written(group, column) if column else [lines[index]])
        index += len(group) if column else 1
    return result


def _group(lines: Sequence[Line], start: int) -> list[Line]:
    """Give the numbered lines that stand together from here, with what is indented below them."""
    if not _number(lines[start]):
        return []
    found = [lines[start]]
    for line in lines[start + 1 :]:
        number = _number(line)
        deeper = len(line.text) - len(line.text.lstrip()) > len(found[0].text) // 4
        if not line.text.strip() or not (number or deeper):
            break
        found.append(line)
    return found


def _number(line: Line) -> int:
    """Give the number that opens a line; 0 when none does."""
    match = _numbered().match(line.text)
    return int(match[1]) if match else 0


def _column(group: Sequence[Line]) -> int:
    """Give where the second column begins; 0 where the lines have no two columns with windows."""
    texts = [line.text for line in group if _number(line)]
    gap = re.search(r"\S {3,}(?=\S)", texts[0])
    at = gap.end() if gap else 0
    if not at or len(texts) < _FEWEST:
        return 0
    aligned = all(text[at - 1] == " " < text[at] for text in texts if len(text) > at)
    below = all(
        not line.text[:at].strip() and line.text[at : at + 1].strip()
        for line in group
        if not _number(line)
    )
    heads = [text[:at] for text in texts if len(text) > at]
    windows = sum(find_span(_numbered().sub("", head).strip()) is not None for head in heads)
    return at if aligned and below and len(heads) == len(texts) and windows >= _FEWEST else 0


def _written(group: Sequence[Line], column: int) -> Iterator[Line]:
    """Write a group anew."""
    for line in group:
        match = _numbered().match(line.text)
        if match is not None:
            yield blank(line)
            yield compose(line, (match.end(), len(line.text[:column].rstrip())), level=_LEVEL)
        yield compose(line, "- ", (column, len(line.text)))
