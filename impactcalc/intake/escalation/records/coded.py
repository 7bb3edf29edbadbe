"""Actions with a code, and what is told of them by it: ``[2] drain it``, later ``[2] is done``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import blank, compose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 2  # actions with a code
_LONGEST = 90  # characters of an action
_LEVEL = 6  # of the heading that a coded line with a list of its own becomes
_CODE = r"[A-Z]{1,2}[0-9]{1,2}\.[0-9]{1,2}|[A-Z]{1,2}[0-9]{1,2}\([ivx]{1,4}\)|\[[0-9]{1,2}\]"


@cache
def _defined() -> re.Pattern[str]:
    """Compile a line that gives an action its code."""
    return re.compile(rf"([ \t]*)({_CODE})[ \t]+(?=[A-Za-z])")


@cache
def _told() -> re.Pattern[str]:
    """Compile a code where a sentence, a cell or an entry of a log begins."""
    return re.compile(
        rf"(?:(?<=^)|(?<=[.;:,] )|(?<=  )|(?<=\t))[ \t]*({_CODE})(?:[: \t]+(?=[^\s:])|$)"
    )


@cache
def _listed() -> re.Pattern[str]:
    """Compile a coded line with a window whose actions are numbered in the line itself."""
    return re.compile(r"([ \t]*)([A-Z]{1,2}[0-9]{1,2})[.:)]?[ \t]+([^()]{3,80}?):[ \t]+(?=\(i\) )")


@cache
def _numeral() -> re.Pattern[str]:
    """Compile the number of an action within a line."""
    return re.compile(r"\(([ivx]{1,4})\) ")


def with_coded(lines: Sequence[Line]) -> Sequence[Line]:
    """Write coded actions as items of lists, and their codes elsewhere as what they stand for."""
    names: dict[str, str] = {}
    written: list[tuple[Line, bool]] = []
    for line in lines:
        own = list(_items(line, names)) if line.text else []
        written.extend((one, True) for one in own)
        if not own:
            written.append((line, False))
    if len(names) < _FEWEST:
        return lines
    signs = _signs(lines)
    result: list[Line] = []
    for line, defines in written:
        result.extend([line] if defines else _resolved(line, names, signs))
    return result


def _items(line: Line, names: dict[str, str]) -> Iterator[Line]:
    """Write the actions that a line gives codes as items, and note the codes."""
    text = line.text
    listed = _listed().match(text) if "(i) " in text else None
    if listed is not None:
        yield blank(line)
        yield compose(line, listed.span(3), level=_LEVEL)
        marks = list(_numeral().finditer(text, listed.end()))
        ends = (*(mark.start() for mark in marks[1:]), len(text))
        for mark, end in zip(marks, ends, strict=True):
            stop = len(text[:end].rstrip(" ,;"))
            names[f"{listed[2]}({mark[1]})"] = text[mark.end() : stop]
            yield compose(line, "- ", (mark.end(), stop))
        return
    match = _defined().match(text)
    if match is None or match[2] in names or len(text) - match.end() > _LONGEST:
        return
    if text.rstrip()[-1:] in ".!?" or _told().search(text, match.end()):
        return  # a sentence tells of an action and gives no code
    names[match[2]] = text[match.end() :].strip()
    yield compose(line, match.span(1), "- ", (match.end(), len(text)))


def _resolved(line: Line, names: dict[str, str], signs: dict[str, str]) -> Iterator[Line]:
    """Write what a line tells by codes, one line a code."""
    text = line.text
    marks = [mark for mark in _told().finditer(text) if mark[1] in names] if text else []
    if not marks:
        yield line
        return
    lead = text[: marks[0].start(1)].strip()
    yield blank(line)
    if lead and lead[-1] != ":":
        yield compose(line, (0, marks[0].start(1)))
    ends = (*(mark.start(1) for mark in marks[1:]), len(text))
    for mark, end in zip(marks, ends, strict=True):
        said = text[mark.end() : end].strip()
        meant = signs.get(said)
        if meant is not None:
            yield compose(line, "- ", f"{names[mark[1]]}: {meant} ", (mark.end(), end))
        elif said:
            yield compose(line, "- ", f"{names[mark[1]]}: ", (mark.end(), end))


@cache
def _meant() -> re.Pattern[str]:
    """Compile a sign and what it means, up to a wide gap: ``o = open   + = started``."""
    return re.compile(r"(?<![^\s(])([^\w\s=]|[a-zA-Z]) ?= ?([a-z][a-z -]{2,24}?)(?=\s{2}|[,;)]|$)")


def _signs(lines: Sequence[Line]) -> dict[str, str]:
    """Read what a text says of its signs."""
    explained = (line.text for line in lines if line.text.count("=") >= _FEWEST)
    return {match[1]: match[2] for text in explained for match in _meant().finditer(text)}
