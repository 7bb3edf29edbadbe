"""A plan in two columns: ``(1) First 6 hours     Stop it``, ``0-2 h   - Stop it``.

Without numbers the second column is a list, and goes on below its first item.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span
from impactcalc.intake.escalation.records.composing import blank, compose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 2  # heads
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
    """Give the heads that stand together from here, with what is indented below them."""
    if _opening(lines[start].text) < 0:
        return []
    found = [lines[start]]
    for line in lines[start + 1 :]:
        head = _opening(line.text) >= 0
        deeper = len(line.text) - len(line.text.lstrip()) > len(found[0].text) // 4
        if not line.text.strip() or not (head or deeper):
            break
        found.append(line)
    return found


@cache
def _listed() -> re.Pattern[str]:
    """Compile the first column of a line whose second is an item of a list."""
    return re.compile(r"[ \t]*(?=[A-Za-z0-9(])((?:\S| (?! ))+?) {2,}(?=[-*\u2022] \S)")


def _opening(text: str) -> int:
    """Give where the words of a head begin, behind its number; -1 when a line is none."""
    match = _numbered().match(text)
    if match is not None:
        return match.end()
    match = _listed().match(text) if "  " in text else None
    span = find_span(match[1]) if match is not None else None
    return -1 if match is None or span is None or span.calendar else match.start(1)


def _column(group: Sequence[Line]) -> int:
    """Give where the second column begins; 0 where the lines have no two columns with windows."""
    texts = [line.text for line in group if _opening(line.text) >= 0]
    if len(texts) == len(group) and not _numbered().match(texts[0]):
        return 0  # steps of one line each
    gap = re.search(r"\S {3,}(?=\S)", texts[0])
    at = gap.end() if gap else 0
    if not at or len(texts) < _FEWEST:
        return 0
    aligned = all(text[at - 1] == " " < text[at] for text in texts if len(text) > at)
    below = all(
        not line.text[:at].strip() and line.text[at : at + 1].strip()
        for line in group
        if _opening(line.text) < 0
    )
    heads = [text[:at] for text in texts if len(text) > at]
    windows = sum(find_span(_numbered().sub("", head).strip()) is not None for head in heads)
    return at if aligned and below and len(heads) == len(texts) and windows >= _FEWEST else 0


def _written(group: Sequence[Line], column: int) -> Iterator[Line]:
    """Write a group anew."""
    for line in group:
        start = _opening(line.text)
        if start >= 0:
            yield blank(line)
            yield compose(line, (start, len(line.text[:column].rstrip())), level=_LEVEL)
        bare = line.text[column : column + 2] not in {"- ", "* ", "\u2022 "}
        yield compose(line, "- " if bare else "", (column, len(line.text)))
