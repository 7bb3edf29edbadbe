"""Tables whose cells are parted by semicolons, commas or tabulators, as sheets export them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.labels import field_of
from impactcalc.intake.escalation.records.columns import Columns, columns_of, is_header
from impactcalc.intake.escalation.records.composing import SIGNS, blank, compose, key_words, trimmed
from impactcalc.intake.escalation.sections import Topic, topic_of
from impactcalc.intake.escalation.states import state_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.lines import Line

Span = tuple[int, int]
_MARKS = (";", "\t", ",", "|")
_FEWEST_CELLS = 3
_FEWEST_ROWS = 2
_SECTION = 2  # level of a heading


def with_delimited(lines: Sequence[Line]) -> Sequence[Line]:
    """Write exported tables as records, plans, or rows of a table with bars."""
    mark = next((mark for mark in _MARKS if _is_frequent(lines, mark)), "")
    if not mark:
        return lines
    result: list[Line] = []
    index = 0
    while index < len(lines):
        header = _cells(lines[index].text, mark) if mark in lines[index].text else []
        names = [lines[index].text[slice(*span)] for span in header]
        drawn = mark == "|" and lines[index].text.lstrip()[:1] == mark  # a table of Markdown
        heads = len(header) >= _FEWEST_CELLS and is_header(names) and not drawn
        end = _end(lines, index, mark, len(header)) if heads else index
        if end - index >= _FEWEST_ROWS:
            rows = [(line, _cells(line.text, mark)) for line in lines[index:end]]
            result.extend(_written(names, rows))
            result.append(blank(lines[end - 1]))
            index = end
        else:
            result.append(lines[index])
            index += 1
    return result


def _is_frequent(lines: Sequence[Line], mark: str) -> bool:
    """Whether a mark stands twice in at least two lines."""
    rows = 0
    for line in lines:
        rows += line.text.count(mark) >= _FEWEST_CELLS - 1
        if rows >= _FEWEST_ROWS:
            return True
    return False


def _end(lines: Sequence[Line], start: int, mark: str, cells: int) -> int:
    """Give where the rows end that have about as many cells as their header."""
    index = start
    while index < len(lines) and lines[index].text.strip():
        count = len(_cells(lines[index].text, mark))
        if count < 2 or count > cells:  # noqa: PLR2004 - a row has a name and a value
            break
        index += 1
    return index


def _cells(text: str, mark: str) -> list[Span]:
    """Cut a row at its marks; none inside of quotation marks."""
    spans: list[Span] = []
    start = 0
    quoted = False
    for at, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif character == mark and not quoted:
            spans.append(trimmed(text, start, at))
            start = at + 1
    spans.append(trimmed(text, start, len(text)))
    return spans


def _written(names: Sequence[str], rows: Sequence[tuple[Line, Sequence[Span]]]) -> Iterator[Line]:
    """Write a table by what its columns are."""
    columns = columns_of(names)
    if columns.value is not None and columns.label is not None:
        yield from _fields(columns, rows[1:])
    elif len(rows) == _FEWEST_ROWS and sum(bool(field_of(key_words(name))) for name in names) > 1:
        line, spans = rows[1]
        for name, span in zip(names, spans, strict=False):
            if span[0] < span[1]:
                yield compose(line, f"{key_words(name)}: ", span)
    else:
        for line, spans in rows:
            parts = [part for span in spans for part in (span, " | ")]
            yield compose(line, "| ", *parts[:-1], " |")


def _fields(columns: Columns, rows: Sequence[tuple[Line, Sequence[Span]]]) -> Iterator[Line]:
    """Write rows that hold a label and a value each, under the names of their sections."""
    legend = _legend(columns, rows)
    section = stage = ""
    for line, spans in rows:
        cells = {name: spans[at] for name, at in columns.places() if at < len(spans)}
        words = {name: line.text[slice(*span)] for name, span in cells.items()}
        if not {"label", "value"} <= words.keys():
            continue  # a short row
        if words.get("section") and words["section"] != section:
            section, stage = words["section"], ""
            yield blank(line)
            yield compose(line, cells["section"], level=_SECTION)
        if _is_legend(section) or not words["value"]:
            continue
        if topic_of(section) is Topic.PLAN:
            if words["label"] and words["label"] != stage:
                stage = words["label"]
                yield compose(line, cells["label"], level=_SECTION + 1)
            told = words.get("state", "")
            state = state_of(legend.get(told.lower(), told).lower(), []) if told else None
            yield compose(line, f"- {SIGNS[state] if state else ''}", cells["value"])
        elif words["label"]:
            yield compose(line, f"{key_words(words['label'])}: ", cells["value"])
        else:
            yield compose(line, f"{key_words(section)}: ", cells["value"])


def _is_legend(section: str) -> bool:
    """Whether a section tells what codes mean."""
    return section.lower().strip(" :") in {"legend", "key", "codes", "legende", "state codes"}


def _legend(columns: Columns, rows: Sequence[tuple[Line, Sequence[Span]]]) -> dict[str, str]:
    """Give the words behind the codes of states."""
    if columns.section is None or columns.label is None or columns.value is None:
        return {}
    most = max(columns.section, columns.label, columns.value)
    return {
        line.text[slice(*spans[columns.label])].lower(): line.text[slice(*spans[columns.value])]
        for line, spans in rows
        if most < len(spans) and _is_legend(line.text[slice(*spans[columns.section])])
    }
