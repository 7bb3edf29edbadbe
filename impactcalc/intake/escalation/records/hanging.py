"""Plans and notes whose lines hang below the begin of a field's value.

``action_plan : [1] Relief (0-2 days)`` with its items below the bracket is a section of its own,
and so is ``work_notes :`` with entries of a log below the first one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import blank, compose, key_words
from impactcalc.intake.escalation.structure.block import SOFT_HEADING
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_TOPICS = frozenset({Topic.PLAN, Topic.STATUS})
_SLACK = 1  # columns by which a line may begin before the value


@cache
def _opening() -> re.Pattern[str]:
    """Compile a field's name and its colon, up to where the value begins."""
    return re.compile(r"[ \t]{0,4}([A-Za-z][\w./()-]{0,39}(?: [\w./()-]{1,20}){0,3})[ \t]*:[ \t]*")


def with_hanging(lines: Sequence[Line]) -> Sequence[Line]:
    """Write values of several lines as sections, below the fields of one line beside them."""
    result: list[Line] = []
    later: list[Line] = []
    found = False
    index = 0
    while index < len(lines):
        end, match = _section(lines, index)
        if match is not None:
            found = True
            later.extend(_written(lines[index:end], match))
        else:
            if not lines[index].text.strip():
                result.extend(later)
                later = []
            result.append(lines[index])
        index = end
    return [*result, *later] if found else lines


def _section(lines: Sequence[Line], start: int) -> tuple[int, re.Match[str] | None]:
    """Give where the lines end that hang below a value, and the field's name; None for none."""
    text = lines[start].text
    end = start + 1
    if end == len(lines) or ":" not in text or not _hangs(lines[end].text, 1):
        return end, None
    match = _opening().match(text)
    name = key_words(match[1]) if match is not None and match.end() < len(text) else ""
    if match is None or topic_of(name) not in _TOPICS or field_of(name):
        return end, None
    column = 1 if text[match.end() - 1] == "\t" else match.end() - _SLACK
    while end < len(lines) and _hangs(lines[end].text, column):
        end += 1
    return end, match if end > start + 1 else None


def _hangs(text: str, column: int) -> bool:
    """Whether the words of a line begin at a column or behind it."""
    words = text.lstrip()
    return bool(words) and len(text) - len(words) >= column


def _written(lines: Sequence[Line], match: re.Match[str]) -> Iterator[Line]:
    """Write a heading, and each line as far in as it stands behind the first."""
    yield blank(lines[0])
    yield compose(lines[0], match.span(1), level=SOFT_HEADING)
    for number, line in enumerate(lines):
        words = len(line.text) - len(line.text.lstrip()) if number else match.end()
        yield compose(line, (min(words, match.end()), len(line.text)))
    yield blank(lines[-1])
