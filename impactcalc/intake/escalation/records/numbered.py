"""Sections with running numbers or codes before a wide gap: ``D3  CONTAINMENT (hours 0-10)``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import blank, compose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 4  # sections
_LEVEL = 2
_LONGEST = 60  # characters of a title


@cache
def _head() -> re.Pattern[str]:
    """Compile the number of a section, with or without a letter, and its title."""
    return re.compile(r"([A-Z]?)([0-9]{1,2})[ \t]{2,8}(?=[A-Z])(?!.*: )")


def with_numbered(lines: Sequence[Line]) -> Sequence[Line]:
    """Write the titles of sections as headings, where their numbers run on from one."""
    lines = _with_lettered(lines)
    heads = dict(_running(lines))
    if len(heads) < _FEWEST:
        return lines
    result: list[Line] = []
    for index, line in enumerate(lines):
        start = heads.get(index, 0)
        if start:
            result += [blank(line), compose(line, (start, len(line.text)), level=_LEVEL)]
        else:
            result.append(line)
    return result


def _running(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Give index and begin of the title of each head; deeper lines or blanks stand below it."""
    letter, number = "", 0
    for index, line in enumerate(lines[:-1]):
        match = _head().match(line.text) if line.text[:1].strip() else None
        if match is None or len(line.text) - match.end() > _LONGEST:
            continue
        below = lines[index + 1].text
        if below[:1].strip() or int(match[2]) != number + 1 or (number and match[1] != letter):
            continue
        letter, number = match[1], number + 1
        yield index, match.end()


@cache
def _letter() -> re.Pattern[str]:
    """Compile the letter of a section, its title in capitals, and a wide gap before a value."""
    return re.compile(r"([A-Z])\.[ \t]+([A-Z]{2,20}(?: [A-Z]{2,20}){0,2})(?:(?: {2,}|\t+)(?=\S)|$)")


def _with_lettered(lines: Sequence[Line]) -> Sequence[Line]:
    """Write ``E. STATUS   Recovering`` as a label with its value, ``H. INTENT`` as a heading."""
    matches = [_letter().match(line.text) if line.text[1:2] == "." else None for line in lines]
    letters = "".join(match[1] for match in matches if match)
    if len(letters) < _FEWEST or letters not in _ALPHABET:
        return lines
    result: list[Line] = []
    for line, match in zip(lines, matches, strict=True):
        if match is None:
            result.append(line)
            continue
        result.append(blank(line))
        if match.end() < len(line.text):
            result.append(compose(line, match.span(2), ": ", (match.end(), len(line.text))))
        else:
            result.append(compose(line, match.span(2), level=_LEVEL))
    return result


_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
