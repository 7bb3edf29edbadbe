"""Threads of a chat: who and when in columns, and signs of state behind the words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import blank, compose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 2  # heads of messages
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@cache
def _head() -> re.Pattern[str]:
    """Compile who and when, and what is said behind a wide gap: ``sami  18:06   it hangs``."""
    return re.compile(
        r"[ \t]*([a-z][\w.-]{1,24}) {2,}([0-9]{1,2}:[0-9]{2}(?: (?:UTC|GMT|[A-Z]{2,4}T))?)"
        r"(?: {2,}|$)"
    )


@cache
def _numbered() -> re.Pattern[str]:
    """Compile a stage that a sign numbers: ``:one: _0-5 h_ : ``."""
    return re.compile(rf"[ \t]*:({'|'.join(_NUMBERS)}): +[_*]*([^:]{{2,60}}?)[_*]* *: +(?=\S)")


@cache
def _signed() -> re.Pattern[str]:
    """Compile words with a sign behind them."""
    return re.compile(r"(?<!\S)([^\s:=][^:=]{5,80}) (:[a-z][a-z_]{2,30}:)(?= |$)")


def with_threads(lines: Sequence[Line]) -> Sequence[Line]:
    """Write messages as entries of a talk, one line each."""
    if sum(_head().match(line.text) is not None for line in lines) < _FEWEST:
        return lines
    return [one for line in lines for one in _written(line)]


def _written(line: Line) -> Iterator[Line]:
    """Write a line anew: the head of a message, a reply, a numbered stage, or words."""
    text = line.text
    head = _head().match(text)
    if not text.strip() or text.lstrip()[0] == "\u21b3":
        yield blank(line)
    elif head is not None:
        yield blank(line)
        words = _in_front(line, head.end())
        if head.end() < len(text):
            yield compose(line, head.span(2), " ", head.span(1), ": ", *words)
        else:
            yield compose(line, head.span(1), " ", head.span(2))
    else:
        stage = _numbered().match(text)
        if stage is not None:
            number = f"{_NUMBERS.index(stage[1]) + 1}. "
            yield compose(line, number, stage.span(2), ": ", (stage.end(), len(text)))
        else:
            yield blank(line)
            yield compose(line, *_in_front(line, 0))


def _in_front(line: Line, start: int) -> list[tuple[int, int] | str]:
    """Put the sign behind the first words before them."""
    start += len(line.text[start:]) - len(line.text[start:].lstrip())
    match = _signed().match(line.text, start)
    if match is None:
        return [(start, len(line.text))]
    parts: list[tuple[int, int] | str] = [match.span(2), " ", match.span(1)]
    if line.text[match.end() :].strip():
        parts += [": ", (match.end() + 1, len(line.text))]
    return parts
