"""Rows of tables: cells between bars and other marks, and columns that stand below each other."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span, is_all_window
from impactcalc.intake.escalation.structure.block import Block, Role
from impactcalc.intake.escalation.structure.joining import labelled
from impactcalc.intake.escalation.structure.passages import Passage, passage_of
from impactcalc.intake.escalation.words.labels import field_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_RULE_MARKS = frozenset("-=_*~#+|:.\u2500\u2501\u2550 ")
_SHORTEST_RULE = 3
_FEWEST_COLUMNS = 3  # two may be a label and its value
_DEEP = 6  # blanks before a line that goes on with a table
_REACH = 4  # lines


def in_table(block: Block, lines: Sequence[Line], index: int) -> Block:
    """Make a line a row where the lines beside it are drawn in the same columns."""
    mark = _parting(lines, index) if block.role is Role.TEXT else ""
    if mark:
        return row_of(lines[index], mark)
    if _may_align(block) and _is_aligned(lines, index):
        return _aligned_row(lines[index])
    return block


def is_rule(stripped: str) -> bool:
    """Whether a line only draws: a rule, the grid of a table."""
    return (
        len(stripped) >= _SHORTEST_RULE and _RULE_MARKS.issuperset(stripped)
    ) or stripped.startswith(("{|", "|}", "|-", "```"))


def _pieces(words: str, mark: str) -> list[str]:
    """Cut at a mark; a bar behind a backslash is a part of the words."""
    if mark != "|" or "\\|" not in words:
        return words.split(mark)
    return re.split(r"(?<!\\)\|", words)


def row_of(line: Line, mark: str = "") -> Block:
    """Cut a table row into cells."""
    text = line.text
    mark = mark or ("||" if "||" in text else "!!" if "!!" in text else "|")
    edge = " !|" if mark != "|" else " "  # an empty first cell between bars is a cell
    start = len(text) - len(text.lstrip(edge))
    if mark == "|" and text[start : start + 1] in {"|", "!"}:
        start += 1
    cells: list[Passage] = []
    for piece in _pieces(text[start:].rstrip(" |"), mark):
        dressed = _dress().match(piece) if mark == "||" and "=" in piece else None
        begin = start + (dressed.end() if dressed else 0)
        cells.append(passage_of(line, begin, start + len(piece)))
        start += len(piece) + len(mark)
    return Block(Role.ROW, passage_of(line), cells=tuple(cells))


@cache
def _dress() -> re.Pattern[str]:
    """Compile what a wiki says of a cell before its words: ``rowspan="2" | ``."""
    return re.compile(r"\s*(?:[a-z]{3,10} ?= ?(?:\"[^\"|]*\"|[^\s|]+) *){1,4}\|")


@cache
def _gap() -> re.Pattern[str]:
    """Compile the gap between columns."""
    return re.compile(r"[ ]{2,}|\t+")


def _may_align(block: Block) -> bool:
    """Whether a line may be a row of columns: also one with a rule below, as titles have it."""
    underlined = block.role is Role.HEADING and block.depth <= 2 and not block.marker  # noqa: PLR2004
    return block.role is Role.TEXT or (underlined and "  " in block.passage.text)


def _is_aligned(lines: Sequence[Line], index: int) -> bool:
    """Whether a line belongs to a table of aligned columns: three or more, twice in a row."""
    words = lines[index].text.strip()
    if "  " not in words and "\t" not in words:
        return False
    if ":" in words and (label := labelled(words)) and field_of(label):
        return False  # "Customer      :  Alder" is a label and its value
    columns = len(_gap().split(words))
    if columns < _FEWEST_COLUMNS:
        return columns > 1 and _goes_on(lines, index)
    near = (_beside(lines, index, step) for step in (-1, 1))
    if any(len(_gap().split(text)) == columns for text in near) or _goes_on(lines, index):
        return True
    return index + 1 < len(lines) and _goes_on(lines, index + 1)


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether a line has cells that begin where some of the lines above have theirs."""
    starts = _starts(lines[index].text)
    if starts[0] < _DEEP and len(starts) < _FEWEST_COLUMNS:
        return False
    above = (_starts(lines[at].text) for at in range(index - 1, max(-1, index - _REACH), -1))
    return any(len(ones) >= _FEWEST_COLUMNS and set(starts) <= set(ones) for ones in above)


def _starts(text: str) -> tuple[int, ...]:
    """Give the columns in which the cells of a line begin."""
    begin = len(text) - len(text.lstrip())
    return (begin, *(match.end() for match in _gap().finditer(text, begin)))


def _parting(lines: Sequence[Line], index: int) -> str:
    """Give the mark that parts the cells of a line and of one beside it; empty for none."""
    if _is_piped(lines, index):
        return "|"
    near = (lines[at].text for at in (index - 1, index + 1) if 0 <= at < len(lines))
    own, *beside = [lines[index].text, *near]
    cut = _cells_of_marks(own)
    if cut and any(map(_cells_of_marks, beside)):
        return ";"
    slashed = _slashes(own)
    return _SLASH if slashed and slashed in map(_slashes, beside) else ""


_SLASH = " / "


def _slashes(text: str) -> int:
    """Count the slashes that part a window from what stands beside it: ``Fix / 2-4 h / mend it``.

    They are none where no cell is a window alone.
    """
    if text.count(_SLASH) < _FEWEST_COLUMNS - 1:
        return 0
    cells = [cell.strip() for cell in text.split(_SLASH)]
    spans = ((cell, find_span(cell)) for cell in cells[:_FEWEST_COLUMNS])
    windows = [cell for cell, span in spans if span and is_all_window(cell, span)]
    return len(cells) - 1 if windows else 0


def _cells_of_marks(text: str) -> bool:
    """Whether semicolons without blanks part a line into three cells or more."""
    return text.count(";") >= _FEWEST_COLUMNS - 1 and "; " not in text


def _beside(lines: Sequence[Line], index: int, step: int) -> str:
    """Give the words of the line above or below, that of a drawn rule skipped."""
    at = index + step
    if 0 <= at < len(lines) and is_rule(lines[at].text.strip()):
        at += step
    return lines[at].text.strip() if 0 <= at < len(lines) else ""


def _is_piped(lines: Sequence[Line], index: int) -> bool:
    """Whether a line has cells between bars as the one beside it: ``Fix | 2 h | mend it``."""
    words = lines[index].text
    bars = _bars(words)
    if bars < _FEWEST_COLUMNS - 1 or (":" in words and field_of(labelled(words.strip()))):
        return False  # "Customer: Alder | Ticket: A-7" are fields
    near = (lines[at].text for at in (index - 1, index + 1) if 0 <= at < len(lines))
    return any(_bars(text) == bars for text in near)


def _bars(text: str) -> int:
    """Count the bars that part cells; cells may be empty: `` |  | stop it``."""
    return text.count("|") if " | " in text else 0


def _aligned_row(line: Line) -> Block:
    """Cut a line at its wide gaps."""
    cells: list[Passage] = []
    start = len(line.text) - len(line.text.lstrip())
    for match in _gap().finditer(line.text, start):
        cells.append(passage_of(line, start, match.start()))
        start = match.end()
    cells.append(passage_of(line, start))
    return Block(Role.ROW, passage_of(line), cells=tuple(cells))
