"""Fields between tags: ``<state>Awaiting vendor</state>``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import blank, compose, key_words
from impactcalc.intake.escalation.words.labels import field_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST_KNOWN = 3


@cache
def _element() -> re.Pattern[str]:
    """Compile an element that holds words and no other one."""
    return re.compile(r"<([A-Za-z][\w.:-]{0,59})(?: [^<>]{0,200})?>([^<>]{1,2000})</\1>")


@cache
def _tag() -> re.Pattern[str]:
    """Compile a tag."""
    return re.compile(r"</?[A-Za-z!?][^<>]{0,200}>")


def with_markup(lines: Sequence[Line]) -> Sequence[Line]:
    """Write elements as labels with values, if at least three of them announce facts."""
    found = [list(_element().finditer(line.text)) if "</" in line.text else [] for line in lines]
    known = {field_of(_name(match)) for matches in found for match in matches}
    known |= {
        field_of(cells[0][2]) for cells in found if len(cells) == _PAIR and _is_cell(cells[0])
    }
    known -= {""}
    if len(known) < _FEWEST_KNOWN:
        return lines
    result: list[Line] = []
    for line, matches in zip(lines, found, strict=True):
        row = _row().fullmatch(line.text.strip()) if "<t" in line.text else None
        if row is not None and field_of(row[1]):
            result.append(compose(line, row.span(1), ": ", row.span(2)))
        elif matches:
            result.extend(_fields(line, matches))
        else:
            result.append(line if _tag().sub("", line.text).strip() else blank(line))
    return result


_PAIR = 2  # cells: a label and its value


def _is_cell(match: re.Match[str]) -> bool:
    """Whether an element is a cell of a table."""
    return match[1].lower() in {"td", "th"}


@cache
def _row() -> re.Pattern[str]:
    """Compile a row of a label and a value: ``<tr><td>State</td><td>Open</td></tr>``."""
    cell = r"<t[dh](?: [^<>]{0,200})?>([^<>]{1,400})</t[dh]>"
    return re.compile(rf"(?:<tr(?: [^<>]{{0,200}})?>)?{cell}{cell}(?:</tr>)?", re.IGNORECASE)


def _name(match: re.Match[str]) -> str:
    """Give the name of an element without its name space."""
    return key_words(match[1].rpartition(":")[2])


def _fields(line: Line, matches: Sequence[re.Match[str]]) -> Iterator[Line]:
    """Write one line an element."""
    for match in matches:
        yield compose(line, f"{_name(match)}: ", match.span(2))
