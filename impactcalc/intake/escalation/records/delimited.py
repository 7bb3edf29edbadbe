"""Tables whose cells are parted by semicolons, commas or tabulators, as sheets export them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.dates import clock_at, find_stamps
from impactcalc.intake.escalation.figures.windows import find_span, is_all_window
from impactcalc.intake.escalation.records.columns import Columns, columns_of, is_header
from impactcalc.intake.escalation.records.composing import SIGNS, blank, compose, key_words, trimmed
from impactcalc.intake.escalation.states.states import state_of
from impactcalc.intake.escalation.structure.speakers import EVENTS, VERBS
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

Span = tuple[int, int]
_MARKS = (";", "\t", ",", "|")
_FEWEST_CELLS = 3
_DIGITS_OF_MOMENT = 6  # of a day or more
_FEWEST_PLANNED = 4  # cells of a step: number or name, window, action, state
_FEWEST_ROWS = 2
_SECTION = 2  # level of a heading


def with_delimited(lines: Sequence[Line]) -> Sequence[Line]:
    """Write exported tables as records, plans, or rows of a table with bars."""
    for mark in _MARKS:
        if sum(mark in line.text for line in lines) >= _FEWEST_ROWS:
            lines = _with_log(lines, mark) if mark in _LOGGED else lines
            lines = _with_mark(lines, mark)
    return lines


_LOGGED = ";,"  # marks between time, tag and words of a log
_FEWEST_LOGGED = 3


def _with_log(lines: Sequence[Line], mark: str) -> Sequence[Line]:
    """Write ``2026-03-02T10:04Z;FACT;two nodes are down`` with gaps, as other logs have them."""
    heads = {
        index: head
        for index, line in enumerate(lines)
        if _may_be_logged(line.text, mark) and (head := _head(line, mark))
    }
    if len(heads) < _FEWEST_LOGGED:
        return lines
    return [
        compose(line, *heads[index]) if index in heads else line for index, line in enumerate(lines)
    ]


def _may_be_logged(text: str, mark: str) -> bool:
    """Whether a line opens with a figure, in quotation marks or not, and has three cells."""
    return text.lstrip('"')[:1] in DIGITS and text.count(mark) > 1


def _head(line: Line, mark: str) -> list[Span | str]:
    """Give time, tag and words of a log's entry with gaps between; empty for any other row.

    Who wrote it may stand between time and tag, and is left out.
    """
    time, *cells = _cells(line.text, mark)
    words = line.text[slice(*time)]
    stamps = find_stamps(words)
    whole = bool(stamps) and (stamps[0].start, stamps[0].end) == (0, len(words))
    clocked = (whole and stamps[0].clock is not None) or _is_clock(words)
    at = next((at for at, cell in enumerate(cells[:2]) if _is_tag(line.text[slice(*cell)])), -1)
    if not clocked or at < 0 or at + 1 >= len(cells):
        return []
    rest: list[Span | str] = [(cells[at + 1][0], len(line.text.rstrip(' "')))]
    if '"' in line.text:
        rest = [part for cell in cells[at + 1 :] for part in (cell, " | ")][:-1]
    return [time, "  ", cells[at], "  ", *rest]


def _is_clock(words: str) -> bool:
    """Whether words are a time of day and nothing else: ``10:04``, ``10:04Z``."""
    stamp = clock_at(words, 0)
    return stamp is not None and not words[stamp.end :].strip("Zz ")


def _is_tag(word: str) -> bool:
    """Whether a cell is the tag of an entry: ``FACT``, ``plan``, ``opened``."""
    known = word.isupper() or word.lower() in EVENTS or word.lower() in VERBS
    return known and len(word.split()) < _FEWEST_CELLS


def _with_mark(lines: Sequence[Line], mark: str) -> Sequence[Line]:
    """Write the tables whose cells one mark parts."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        header = _cells(lines[index].text, mark) if mark in lines[index].text else []
        names = [lines[index].text[slice(*span)] for span in header]
        if paired := _paired(lines, index, mark):
            result.extend(paired)
            index += len(paired)
            continue
        drawn = mark == "|" and lines[index].text.lstrip()[:1] == mark  # a table of Markdown
        heads = not drawn and _heads(names)
        end = _end(lines, index, mark, len(header)) if heads else index
        if end - index >= _FEWEST_ROWS:
            rows = [(line, _cells(line.text, mark)) for line in lines[index:end]]
            result.extend(written(names, rows))
            result.append(blank(lines[end - 1]))
            index = end
        else:
            row = mark != "|" and len(header) >= _FEWEST_PLANNED and _is_planned(names)
            result.append(_barred(lines[index], header) if row else lines[index])
            index += 1
    return result


def _paired(lines: Sequence[Line], start: int, mark: str) -> list[Line]:
    """Write rows of a label and a value each, which no header names, as fields."""
    rows: list[tuple[Line, list[Span]]] = []
    for line in lines[start:]:
        cells = _cells(line.text, mark) if mark in line.text else []
        if len(cells) != 2 or (mark == "," and not _is_quoted(line.text)):  # noqa: PLR2004 - a pair
            break
        if ": " in line.text[slice(*cells[0])]:
            break  # "Fee: CHF 2600; ARR: CHF 530000" are two fields
        rows.append((line, cells))
    known = sum(bool(field_of(key_words(line.text[slice(*cells[0])]))) for line, cells in rows)
    if known < _FEWEST_ROWS or known * 2 < len(rows) or mark in "|\t":
        return []
    if columns_of([line.text[slice(*cell)] for line, cells in rows[:1] for cell in cells]).value:
        return []
    return [compose(line, label, ": ", value) for line, (label, value) in rows]


def _is_quoted(text: str) -> bool:
    """Whether a row opens with a cell in quotation marks: a comma alone may part thousands."""
    return text.lstrip()[:1] == '"'


def _heads(names: Sequence[str]) -> bool:
    """Whether the cells of a row are the names of columns: of two, one for labels."""
    if len(names) >= _FEWEST_CELLS:
        return is_header(names)
    columns = columns_of(names)
    return (columns.label, columns.value) == (0, 1)


def _is_planned(cells: Sequence[str]) -> bool:
    """Whether one cell of a row is a window: the row is a step of a plan, no entry of a log."""
    if sum(map(str.isdigit, cells[0])) >= _DIGITS_OF_MOMENT:
        return False
    timed = (find_span(cell) for cell in cells if not DIGITS.isdisjoint(cell))
    windows = [span for span in timed if span is not None and not span.calendar]
    return len(windows) == 1 and any(
        is_all_window(cell, windows[0]) for cell in cells if not DIGITS.isdisjoint(cell)
    )


def _barred(line: Line, spans: Sequence[Span]) -> Line:
    """Write a row with bars between its cells."""
    parts = [part for span in spans for part in (span, " | ")]
    return compose(line, "| ", *parts[:-1], " |")


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


def written(names: Sequence[str], rows: Sequence[tuple[Line, Sequence[Span]]]) -> Iterator[Line]:
    """Write a table by what its columns are.

    Parameters
    ----------
    names
        The cells of its header.
    rows
        Each line with its cells, the header first.
    """
    columns = columns_of(names)
    if columns.value is not None and columns.label is not None:
        yield from _fields(columns, rows[1:])
    elif len(rows) == _FEWEST_ROWS and sum(bool(field_of(key_words(name))) for name in names) > 1:
        line, spans = rows[1]
        for name, span in zip(names, spans, strict=False):
            if span[0] < span[1]:
                yield compose(line, f"{key_words(name)}: ", span)
    else:
        yield from (_barred(line, spans) for line, spans in rows)


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
        if _is_legend(section) or not any(map(str.isalnum, words["value"])):
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
