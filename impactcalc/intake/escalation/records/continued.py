"""Rows of a plan that go on: below the action alone, or with marks for what stands above.

``Contain    0-2 h    drain it`` and, below its action, ``patch it``: both belong to one stage.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span, is_all_window
from impactcalc.intake.escalation.records.composing import compose
from impactcalc.intake.escalation.words.verbs import WORK
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_Cell = tuple[int, int]
_DITTO = frozenset({'"', "''", '-"-', "ditto", "do.", ",,", "\u3003", "idem"})
_FEWEST = 5  # blanks before a line that goes on below an action
_LONGEST = 48  # characters of a window
_SLACK = 1  # columns


class _Row(NamedTuple):
    """A row that tells a window, and an action behind it: where both stand, and the words."""

    text: str
    window: _Cell
    cells: Sequence[_Cell]  # behind the window: one of them is the action


def with_continued(lines: Sequence[Line]) -> Sequence[Line]:
    """Write before an action the window that the row above has; its other columns stay empty."""
    result: list[Line] = []
    above: _Row | None = None
    for line in lines:
        plain = _without_marks(line) if above is not None else line
        written = None if above is None else _below(plain, above)
        result.append(written or plain)
        if written is None and not _draws(line.text):
            above = _row(line.text)
    return result


def _draws(text: str) -> bool:
    """Whether a line only draws the grid of a table."""
    return bool(text.strip()) and not any(map(str.isalnum, text))


@cache
def _gap() -> re.Pattern[str]:
    """Compile what parts cells: a wide gap or a bar."""
    return re.compile(r" {2,}(?:\| *)?| ?\| *|\t+")


def _cells(text: str) -> list[_Cell]:
    """Give where the cells of a line begin and end."""
    start = len(text) - len(text.lstrip(" \t|"))
    cells: list[_Cell] = []
    for match in _gap().finditer(text, start):
        cells.append((start, match.start()))
        start = match.end()
    return [*cells, (start, len(text))] if start < len(text) else cells


def _row(text: str) -> _Row | None:
    """Read a row whose first or second cell is a window in hours."""
    cells = _cells(text)
    for number, (start, end) in enumerate(cells[:2]):
        words = text[start:end]
        words = f"{words} h" if number and words.replace("-", "", 1).isdigit() else words
        span = find_span(words) if end - start <= _LONGEST and number + 1 < len(cells) else None
        if span is not None and not span.calendar and is_all_window(words, span):
            return _Row(text, (start, end), cells[number + 1 :])
    return None


def _below(line: Line, above: _Row) -> Line | None:
    """Write a line that stands below the action of a row, if it is one more action."""
    first = len(line.text) - len(line.text.lstrip(" \t|"))
    under = (cell for cell in above.cells if abs(first - cell[0]) <= _SLACK)
    begin, end = next(under, (0, 0))
    if first < _FEWEST or begin == end:
        return None
    words, action = line.text[first:], above.text[begin:end]
    ordered = words.partition(" ")[0].lower().strip(" ;,.") in WORK
    if not (ordered or (words[:1].isupper() and action[:1].isupper())):
        return None  # the action goes on
    start, stop = above.window
    bar = "| " if "|" in above.text[stop:begin] else ""
    lead = bar.rjust(start) + above.text[start:stop]
    return compose(line, lead.ljust(first - len(bar)) + bar, (first, len(line.text)))


def _without_marks(line: Line) -> Line:
    """Leave out the marks that repeat the cells above: ``"  "  patch it``."""
    cells = _cells(line.text)
    marks = [cell for cell in cells if line.text[slice(*cell)].strip().lower() in _DITTO]
    if not marks:
        return line
    text = line.text
    for start, end in marks:
        text = text[:start] + " " * (end - start) + text[end:]
    return line._replace(text=text)
