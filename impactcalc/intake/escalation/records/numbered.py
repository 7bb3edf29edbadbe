"""Sections with running numbers or codes: ``D3  CONTAINMENT (hours 0-10)``, ``3. Contract``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import blank, compose
from impactcalc.intake.escalation.words.sections import Topic, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 4  # sections
_LEVEL = 2
_LONGEST = 60  # characters of a title


@cache
def _head() -> re.Pattern[str]:
    """Compile the number of a section, with or without a letter, and its title."""
    return re.compile(
        r"([A-Z]?)([0-9]{1,2})([.)])?(?:(?<=[.)])[ \t]|[ \t]{2})[ \t]{0,6}(?=[A-Z])(?!.*: )"
    )


def with_numbered(lines: Sequence[Line]) -> Sequence[Line]:
    """Write the titles of sections as headings, where their numbers run on from one."""
    lines = _with_lettered(lines)
    heads = dict(_running(lines)) or _dotted(lines)
    if len(heads) < _FEWEST:
        return lines
    result: list[Line] = []
    for index, line in enumerate(lines):
        start = heads.get(index, 0)
        if start and _is_title(line, start):
            result += [blank(line), compose(line, (start, len(line.text)), level=_LEVEL)]
        elif start:  # a paragraph that has a number and no title
            number, words = (0, line.text.index(" ")), (start, len(line.text))
            result += [blank(line), compose(line, number, level=_LEVEL), compose(line, words)]
        else:
            result.append(line)
    return result


def _running(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Give index and begin of the title of each head; deeper lines or blanks stand below it."""
    letter, number = "", 0
    for index, line in enumerate(lines[:-1]):
        match = _head().match(line.text) if line.text[:1].strip() else None
        if match is None or match[3] or len(line.text) - match.end() > _LONGEST:
            continue
        below = lines[index + 1].text
        if below[:1].strip() or int(match[2]) != number + 1 or (number and match[1] != letter):
            continue
        letter, number = match[1], number + 1
        yield index, match.end()


def _dotted(lines: Sequence[Line]) -> dict[int, int]:
    """Give index and begin of the title of each paragraph's number, where these are sections.

    Stages of a plan are numbered, too: sections speak of several topics.
    """
    heads: dict[int, int] = {}
    topics: set[Topic] = set()
    for index, line in enumerate(lines):
        alone = not index or not lines[index - 1].text.strip()
        match = _head().match(line.text) if alone and line.text[:1].isdigit() else None
        if match is None or not match[3] or int(match[2]) != len(heads) + 1:
            continue
        heads[index] = match.end()
        topics.add(
            topic_of(line.text[match.end() :]) if _is_title(line, match.end()) else Topic.NONE
        )
    return heads if len(topics - {Topic.NONE}) >= _FEWEST_TOPICS else {}


_FEWEST_TOPICS = 3


def _is_title(line: Line, start: int) -> bool:
    """Whether a few words without a full stop stand behind the number of a line."""
    return len(line.text) - start <= _LONGEST and line.text[-1] not in ".;,"


@cache
def _letter() -> re.Pattern[str]:
    """Compile the letter of a section, its title in capitals, and a wide gap before a value."""
    return re.compile(
        r"([A-Z])(?:\.[ \t]+|[ \t]{2,8})([A-Z]{2,20}(?: [A-Z]{2,20}){0,2})"
        r"(?:(?: {2,}|\t+)(?:\([^()]*\)$|(?=[^\s\[(]))|$)"
    )


def _with_lettered(lines: Sequence[Line]) -> Sequence[Line]:
    """Write ``E. STATUS   Recovering`` as a label with its value, ``H. INTENT`` as a heading."""
    matches = [
        _letter().match(line.text)
        if line.text[:1].isupper() and line.text[1:2] in {".", " "}
        else None
        for line in lines
    ]
    letters = "".join(match[1] for match in matches if match)
    running = letters in _ALPHABET or _is_gapped(letters)
    if len(letters) < _FEWEST or not running:
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


def _is_gapped(letters: str) -> bool:
    """Whether letters run from A with one left out, whose line has another form."""
    whole = _ALPHABET[: len(letters) + 1]
    return any(whole.replace(left, "") == letters for left in whole)


_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
