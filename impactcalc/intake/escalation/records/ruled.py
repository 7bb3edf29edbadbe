"""Tables whose columns are drawn: a line of dashes, with a gap at the end of each column."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import blank, compose
from impactcalc.intake.escalation.records.delimited import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

Span = tuple[int, int]
_FEWEST_COLUMNS = 2


@cache
def _ruler() -> re.Pattern[str]:
    """Compile a line that draws two columns or more."""
    return re.compile(r"[ \t]*(?:-{2,}|={2,})(?: {1,20}(?:-{2,}|={2,})){1,20} *$")


@cache
def _dashes() -> re.Pattern[str]:
    """Compile the dashes of one column."""
    return re.compile(r"-+|=+")


def with_ruled(lines: Sequence[Line]) -> Sequence[Line]:
    """Write tables with drawn columns as records, plans, or rows with bars."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        starts = _starts(lines[index].text)
        if not starts:
            result.append(lines[index])
            index += 1
            continue
        head = _header(lines, index)
        first = max(head, index) + 1
        if head > index:
            first += bool(_starts(lines[first].text)) if first < len(lines) else 0
        end = _end(lines, first)
        if head >= 0 and end > first:
            if head < index:
                result.pop()  # the header went by as an ordinary line
            table = [lines[head], *lines[first:end]]
            rows = [(line, _cells(line.text, starts)) for line in table]
            result.extend(written([line.text[slice(*span)] for line, span in _heads(rows)], rows))
            result.append(blank(lines[end - 1]))
            index = end
        else:
            fields = _fields(lines, index, starts)
            result.extend((blank(lines[index]), *fields))
            index += 1 + len(fields)
    return result


def _starts(text: str) -> list[int]:
    """Give where the columns begin that a line draws; empty when it draws none."""
    if text.count("--") + text.count("==") < _FEWEST_COLUMNS or not _ruler().match(text):
        return []
    return [match.start() for match in _dashes().finditer(text)]


def _header(lines: Sequence[Line], index: int) -> int:
    """Give the line with the names of the columns: above the ruler, else below it; -1 for none."""
    if index and lines[index - 1].text.strip() and not _starts(lines[index - 1].text):
        return index - 1
    below = index + 2 < len(lines) and _starts(lines[index + 2].text)
    return index + 1 if below and lines[index + 1].text.strip() else -1


def _fields(lines: Sequence[Line], index: int, starts: Sequence[int]) -> list[Line]:
    """Write the rows below a ruler as fields: two columns, no names above, and a ruler below."""
    end = _end(lines, index + 1)
    if len(starts) != _FEWEST_COLUMNS or end >= len(lines) or _starts(lines[end].text) != starts:
        return []
    rows = [(line, _cells(line.text, starts)) for line in lines[index + 1 : end]]
    if not all(begin < stop for _, cells in rows for begin, stop in cells):
        return []
    return [compose(line, cells[0], ": ", cells[1]) for line, cells in rows]


def _end(lines: Sequence[Line], start: int) -> int:
    """Give where the rows end: at a blank line, or at another ruler."""
    end = start
    while end < len(lines) and lines[end].text.strip() and not _starts(lines[end].text):
        end += 1
    return end


def _cells(text: str, starts: Sequence[int]) -> list[Span]:
    """Cut a row where the columns begin; a word that goes over an edge stays whole."""
    edges: list[int] = [min(len(text), len(text) - len(text.lstrip()))]
    for start in starts[1:]:
        edge = min(start, len(text))
        while edge < len(text) and edge > edges[-1] and text[edge - 1] != " ":
            edge -= 1
        edges.append(max(edge, edges[-1]))
    edges[0] = min(edges[0], starts[0])
    spans: list[Span] = []
    for begin, end in zip(edges, (*edges[1:], len(text)), strict=True):
        words = text[begin:end]
        first = begin + len(words) - len(words.lstrip())
        last = begin + len(words.rstrip())
        spans.append((first, last) if first < last else (begin, begin))
    return spans


def _heads(rows: Sequence[tuple[Line, Sequence[Span]]]) -> list[tuple[Line, Span]]:
    """Give the cells of the header with their line."""
    line, spans = rows[0]
    return [(line, span) for span in spans]
