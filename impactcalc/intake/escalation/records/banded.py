"""A table of actions whose stages stand in lines of their own between the rows.

Below ``No.  Action  Owner  State`` a line ``Relief (0-6 hours)`` is the head of the rows under it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span, is_all_window
from impactcalc.intake.escalation.records.composing import (
    SIGNS,
    blank,
    compose,
    key_words,
    trimmed,
)
from impactcalc.intake.escalation.states.states import state_of
from impactcalc.intake.escalation.structure.rows import is_rule
from impactcalc.intake.escalation.words.vocabulary import word_set
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

Span = tuple[int, int]
_ACTIONS = word_set("action actions task tasks step steps measure measures what activity work")
_STATES = word_set("state status progress done result where stands standing")
_TIMES = word_set("window when time timeframe hours due period deadline from until date start end")
_NAME_WORDS = 3  # of a column
_BAND_WORDS = 9
_LOOKED_AT = 4  # lines below a header that tell whether its columns are drawn
_SLACK = 2  # columns by which a cell may stand beside that of the header
_DEEPER = "    "  # the actions stand below their bands


class _Table(NamedTuple):
    """How the rows below a header are cut, and which cells count."""

    cut: Callable[[str], list[Span]]
    action: int
    state: int


def with_banded(lines: Sequence[Line]) -> Sequence[Line]:
    """Write the bands as items of a list, and the rows as the actions below them."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        table = _table(lines, index)
        if table is None:
            result.append(lines[index])
            index += 1
            continue
        result.append(blank(lines[index]))
        index += 1
        while index < len(lines) and (written := _written(lines, index, table)):
            result.extend(written)
            index += 1
        result.append(blank(lines[index - 1]))
    return result


def _table(lines: Sequence[Line], index: int) -> _Table | None:
    """Read a header: a column of actions, none of times, and a band right below it."""
    text = lines[index].text
    mark = next((mark for mark in "|;\t" if mark in text), "")
    spans = _marked(text, mark) if mark else _gapped(text)
    if len(spans) < 2 or not _is_band_next(lines, index + 1, mark):  # noqa: PLR2004 - a table
        return None
    names = [set(re.findall(r"[a-z]+", key_words(text[slice(*span)]))) for span in spans]
    action = next((at for at, name in enumerate(names) if name & _ACTIONS), -1)
    plain = all(len(name) <= _NAME_WORDS and not name & _TIMES for name in names)
    if action < 0 or not plain:
        return None
    state = next((at for at, name in enumerate(names) if name & _STATES and at != action), -1)
    if mark:
        return _Table(lambda row: _marked(row, mark), action, state)
    starts = [begin for begin, _ in spans]
    drawn = _is_drawn([line.text for line in lines[index + 1 : index + 1 + _LOOKED_AT]], starts)
    return _Table(lambda row: _placed(row, starts), action, state) if drawn else None


def _is_drawn(texts: Sequence[str], starts: Sequence[int]) -> bool:
    """Whether there are rows of several cells, all of which begin where those of the header do."""
    rows = [row for text in texts if text.strip() and len(row := _gapped(text)) > 1]
    begins = [begin for row in rows for begin, _ in row]
    return bool(rows) and all(any(abs(one - at) <= _SLACK for at in starts) for one in begins)


def _placed(text: str, starts: Sequence[int]) -> list[Span]:
    """Give the cells of a row, each in the column of the header that is nearest to it."""
    cells: list[Span] = [(0, 0)] * len(starts)
    for span in _gapped(text):
        cells[min(range(len(starts)), key=lambda at: abs(starts[at] - span[0]))] = span
    return cells


def _indent(text: str) -> str:
    """Give the blanks before a line: a table below a numbered heading stands inside of it."""
    return text[: len(text) - len(text.lstrip())]


def _is_band_next(lines: Sequence[Line], index: int, mark: str) -> bool:
    """Whether the next line that holds words is a band."""
    while index < len(lines) and (not lines[index].text.strip() or is_rule(lines[index].text)):
        index += 1
    return index < len(lines) and bool(_band(lines[index].text, mark))


def _written(lines: Sequence[Line], index: int, table: _Table) -> list[Line]:
    """Write one line of a table anew; empty where the table ends."""
    line = lines[index]
    text = line.text
    if not text.strip():
        return [blank(line)] if _is_band_next(lines, index, "|;\t") else []
    if is_rule(text.strip()):
        return [blank(line)]
    band = _band(text, "|;\t")
    if band:
        return [compose(line, f"{_indent(text)}- ", *band)]
    spans = table.cut(text)
    words = [text[slice(*span)] for span in spans]
    if len(spans) <= table.action or not words[table.action]:
        return []
    if not any(words[: table.action]) and words[table.action][:1].islower():
        return [compose(line, f"{_indent(text)}{_DEEPER}  ", spans[table.action])]  # it goes on
    return [compose(line, f"{_indent(text)}{_DEEPER}", *_item(spans, words, table))]


def _item(spans: Sequence[Span], words: Sequence[str], table: _Table) -> Iterator[Span | str]:
    """Write a row as an item of a list: its number, the sign of its state, its action."""
    number = words[0].strip("#.()") if table.action else ""
    if number.replace(".", "").isdigit():
        yield from (spans[0], " " if words[0].endswith((".", ")")) else ". ")
    else:
        yield "- "
    told = words[table.state].lower() if 0 <= table.state < len(words) else ""
    state = state_of(told, []) if told else None
    if state is not None:
        yield SIGNS[state]
    yield spans[table.action]


def _band(text: str, marks: str) -> list[Span | str]:
    """Give the parts of a stage's title in a line that holds nothing else; empty for none."""
    start, end = trimmed(text, *_inner(text, marks))
    words = text[start:end]
    if not words or len(words.split()) > _BAND_WORDS or any(mark in words for mark in marks):
        return []
    if _is_window(words) or _is_window(words.rpartition("(")[2].rstrip("): ")):
        return [(start, end)]
    for mark in (", ", ": ", " - "):
        at = start + words.rfind(mark)
        if at > start and _is_window(text[at + len(mark) : end]):
            return [(start, at), f" ({text[at + len(mark) : end]})"]
    return []


def _is_window(words: str) -> bool:
    """Whether words are a window and nothing else."""
    span = find_span(words)
    return span is not None and is_all_window(words, span)


def _inner(text: str, marks: str) -> Span:
    """Leave out the marks at both ends of a line: the borders of empty cells."""
    edge = f" *{marks}"
    return len(text) - len(text.lstrip(edge)), len(text.rstrip(edge))


def _marked(text: str, mark: str) -> list[Span]:
    """Cut a row at its marks."""
    begin = text.find(mark) + 1 if text.lstrip()[:1] == mark == "|" else 0
    spans: list[Span] = []
    for piece in text[begin:].rstrip(" |").split(mark):
        spans.append(trimmed(text, begin, begin + len(piece)))
        begin += len(piece) + 1
    return spans


@cache
def _gap() -> re.Pattern[str]:
    """Compile the gap between two columns."""
    return re.compile(r" {2,}")


def _gapped(text: str) -> list[Span]:
    """Cut a row at its wide gaps."""
    start = len(text) - len(text.lstrip())
    spans: list[Span] = []
    for match in _gap().finditer(text, start):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    return spans
