"""Several fields on one line, with nothing but a wide gap between them."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.houses import KINDS_OF_TEXT
from impactcalc.intake.escalation.records.composing import compose
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 2  # fields
_CODE = 8  # characters in which a figure begins behind a label without a colon
_BARE = frozenset({"created", "escalated", "renewal", "level", "id", "priority"})
"""Facts whose labels need no colon before a figure: ``Level 2``."""
_BARS = (" | ", " \u2022 ")
_NAMED = frozenset({"status", "customer", "service"})
"""Facts whose labels need no colon between bars: ``priority high | state Mitigated``."""


@cache
def _gap() -> re.Pattern[str]:
    """Compile the gap between two fields."""
    return re.compile(r" {3,}|\t+| +[|\u2022] +")


@cache
def _labelled() -> re.Pattern[str]:
    """Compile a label with a colon, or a word right before a figure."""
    return re.compile(r"([A-Za-z][A-Za-z .#/()_-]{0,39}?) ?[:=] *(?=\S)|([A-Za-z]{4,12}) (?=\S)")


_BETWEEN = ("   ", "\t", " |", " \u2022", " / ")
"""One of these parts two fields; a line with a single field is none of several."""


def with_pairs(lines: Sequence[Line]) -> Sequence[Line]:
    """Write each field of a line that holds several as a line of its own."""
    result: list[Line] = []
    for line in _with_rows(lines):
        labelled = any(map(line.text.__contains__, (":", *_BARS)))
        may = labelled and any(map(line.text.__contains__, _BETWEEN))
        found = _fields(line.text) if may else []
        if not found and " / " in line.text:
            found = _halves(line.text)
        found = found if len(found) >= _FEWEST else []
        if not found and ": " in line.text:
            end, found = _behind_title(line.text)
            result.extend([compose(line, (0, end))] if found and end else [])
        result.extend(_written(line, found) if found else [line])
    return result


def _with_rows(lines: Sequence[Line]) -> Iterator[Line]:
    """Write ``Account   Alder   Case   A-7`` above such rows with a line for each field."""
    rows = [_row(line.text) for line in lines]
    for many, group in groupby(zip(lines, rows, strict=True), key=lambda pair: len(pair[1])):
        run = list(group)
        if many and _are_fields(run):
            for line, cells in run:
                yield from _written(line, list(zip(cells[::2], cells[1::2], strict=True)))
        else:
            yield from (line for line, _ in run)


@cache
def _cell() -> re.Pattern[str]:
    """Compile words that wide gaps or bars part from others, without the colon of a label."""
    return re.compile(r"[^\s|:][^\s|]*(?: [^\s|]+)*?(?= ?:?(?:  |[ \t]*[|\t]|[ \t]*$))")


def _row(text: str) -> list[tuple[int, int]]:
    """Give the cells of a line that may be labels with a value each; else none."""
    if "  " not in text.strip() and "|" not in text:
        return []
    cells = [match.span() for match in _cell().finditer(text)]
    words = [text[slice(*cell)] for cell in cells]
    even = len(cells) > _FEWEST and not len(cells) % 2
    if not even or any(map(_is_label, words[1::2])) or not any(map(field_of, words[::2])):
        return []
    return cells if all(DIGITS.isdisjoint(label) for label in words[::2]) else []


def _is_label(words: str) -> bool:
    """Whether words announce a fact, and do not state it: ``P1`` does."""
    return DIGITS.isdisjoint(words) and bool(field_of(words))


def _are_fields(run: Sequence[tuple[Line, list[tuple[int, int]]]]) -> bool:
    """Whether rows are fields side by side: most labels of each column announce facts."""
    labels = [[field_of(line.text[slice(*cell)]) for cell in row[::2]] for line, row in run]
    many = len(labels) >= _FEWEST
    return many and all(
        sum(map(bool, column)) * 2 > len(run) for column in zip(*labels, strict=True)
    )


@cache
def _in_halves() -> re.Pattern[str]:
    """Compile labels and as many values, with slashes between: ``Nodes / AZ    6 / 2``."""
    return re.compile(
        r"[ \t|]*([A-Za-z][\w .]{0,30}?) / ([A-Za-z][\w .]{0,30}?)"
        r"(?:[ \t]*[:=|][ \t]*|[ ]{2,40}|\t+)"
        r"([^/|]{1,60}?) / ([^/|]{1,60}?)[ \t|]*$"
    )


def _halves(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Find two labels of one place with two values; none unless both announce facts."""
    match = _in_halves().match(text)
    if match is None or not (field_of(match[1]) and field_of(match[2])):
        return []
    if field_of(match[1]) == field_of(match[2]):
        return []
    return [(match.span(1), match.span(3)), (match.span(2), match.span(4))]


def _fields(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Find the fields of a line: label and value of each; none unless every part is one."""
    found: list[tuple[tuple[int, int], tuple[int, int]]] = []
    known: set[str] = set()
    barred = max(map(text.count, _BARS)) > 1 and text.lstrip()[:1] != "|"
    for start, end in _parts(text):
        if not found and _is_kind_of_text(text[start:end]):
            continue
        match = _labelled().match(text, start, end)
        if match is None:
            return []
        field = field_of(match[1] or match[2])
        figure = text[match.end() : match.end() + _CODE]
        if not match[1] and not barred and DIGITS.isdisjoint(figure):
            return []
        if not match[1] and field not in (_BARE if not barred else _BARE | _NAMED):
            return []
        known.add(field)
        found.append((match.span(1 if match[1] else 2), (match.end(), end)))
    return found if known - {""} else []


_MARKS = (" - ", " / ", *_BARS)
_TITLED = frozenset({"status", "priority", "level", "id", "customer", "service", "created"})
_SHORT = 4  # words of the only field behind a title


def _behind_title(text: str) -> tuple[int, list[tuple[tuple[int, int], tuple[int, int]]]]:
    """Find the fields at the end of a line, and where the title before them ends.

    ``Alder Inns - till sync - priority: high - status: on hold`` is a title and two fields.
    """
    mark = next((mark for mark in _MARKS if mark in text), "")
    end = len(text.rstrip())
    found: list[tuple[tuple[int, int], tuple[int, int]]] = []
    while mark and end:
        start = text.rfind(mark, 0, end)
        begin = start + len(mark) if start >= 0 else len(text) - len(text.lstrip())
        match = _labelled().match(text, begin, end)
        if match is None or not match[1] or field_of(match[1]) not in _TITLED:
            break
        found.insert(0, (match.span(1), (match.end(), end)))
        end = max(start, 0)
    alone = len(found) == 1 and (
        not end or len(text[slice(*found[0][1])].split()) > _SHORT or text.rstrip().endswith(".")
    )
    return (0, []) if alone or text.lstrip()[:1] == "|" else (end, found)


def _is_kind_of_text(words: str) -> bool:
    """Whether words before the fields only say what text it is: ``INCIDENT LOG``."""
    return words.isupper() and KINDS_OF_TEXT.issuperset(words.lower().split())


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Cut a line at its wide gaps; the gap behind a colon parts nothing."""
    start = len(text) - len(text.lstrip())
    for match in _gap().finditer(text, start):
        before = text[start : match.start()]
        if before.rstrip().endswith((":", "=")) or text[match.end() : match.end() + 1] in ":=":
            continue
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _written(
    line: Line, found: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[Line]:
    """Write one line a field."""
    for label, value in found:
        yield compose(line, label, ": ", value)
