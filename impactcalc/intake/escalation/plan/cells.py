"""A stage whose name, window and actions stand in cells behind the tag of a log's entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span, is_all_window
from impactcalc.intake.escalation.plan.steps import Step
from impactcalc.intake.escalation.plan.titles import STATE_PHRASES, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.structure.passages import Passage

_MARKS = (" | ", "\t", ";", "  ", " -- ", " > ", " / ", ",")
_LONGEST_NAME = 5  # words
_LONGEST_WINDOW = 48  # characters
_FEWEST = 3  # words of a cell behind the first action that is one more of them
_MOST_BEFORE = 1  # cells before the window: the name of the stage


def steps_of_entry(passage: Passage) -> list[Step]:
    """Read ``Contain | 0-2 h | pause the sync``, ``0-2 h;pause the sync;drop the queue``.

    Parameters
    ----------
    passage
        The words behind the tag.

    Returns
    -------
    list of Step
        One an action, all of one name and window; empty when no cell is a window alone.
    """
    for mark in _MARKS:
        if mark in passage.text:
            steps = _steps(_cells(passage, mark))
            if steps:
                return steps
    return []


def _cells(passage: Passage, mark: str) -> list[Passage]:
    """Cut words at a mark; empty cells are left out."""
    cells: list[Passage] = []
    start = 0
    most = _MOST_BEFORE + 1 if mark == "," else -1  # the commas of the actions part no cells
    for piece in passage.text.split(mark, most):
        if piece.strip():
            cells.append(_unboxed(passage.part(start, start + len(piece))))
        start += len(piece) + len(mark)
    return cells


def _unboxed(cell: Passage) -> Passage:
    """Leave out the brackets around a cell: ``[0-4 h]``."""
    text = cell.text
    boxed = len(text) > 2 and text[0] in '[("' and text[-1] in '])"' and "[" not in text[1:]  # noqa: PLR2004
    return cell.part(1, len(text) - 1) if boxed else cell


def _steps(cells: Sequence[Passage]) -> list[Step]:
    """Make the steps of cells of which one is a window."""
    spans = [find_span(cell.text) if len(cell.text) <= _LONGEST_WINDOW else None for cell in cells]
    found = [
        (at, span)
        for at, span in enumerate(spans)
        if span is not None and not span.calendar and is_all_window(cells[at].text, span)
    ]
    if len(found) != 1:
        return []
    at, span = found[0]
    before, after = cells[:at], cells[at + 1 :]
    if not after:  # "Contain | pause the sync | 0-2 h"
        before, after = before[:-1], before[-1:]
    if not after or len(before) > _MOST_BEFORE:
        return []
    name = tidy(before[0].written()) if before else None
    if name and len(name.split()) > _LONGEST_NAME:
        return []
    further = after[1:] if all(map(_may_be_action, after[1:])) else []
    return [Step(name or None, span, cells[at], cell) for cell in (after[0], *further)]


def _may_be_action(cell: Passage) -> bool:
    """Whether a cell is one more action, and not who does it or how far it is."""
    words = cell.text.lower()
    return len(words.split()) >= _FEWEST and words not in STATE_PHRASES


def cells_at_bars(passage: Passage) -> list[Passage]:
    """Cut the words of a line at its bars."""
    cells: list[Passage] = []
    start = 0
    for piece in passage.text.split(" | "):
        cells.append(passage.part(start, start + len(piece)))
        start += len(piece) + len(" | ")
    return cells
