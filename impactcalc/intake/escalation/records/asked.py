"""Questions and answers on lines of their own: ``Q. What is it?`` and ``A. The till.`` below."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span
from impactcalc.intake.escalation.records.composing import blank, compose
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 4  # questions
_LEVEL = 2
_SHORT = 8  # words of an answer that is the value of what was asked for


@cache
def _mark() -> re.Pattern[str]:
    """Compile the letter of a question or an answer."""
    return re.compile(r"([QA])[0-9]{0,2}[.:)] +(?=\S)")


def with_asked(lines: Sequence[Line]) -> Sequence[Line]:
    """Write questions as headings, the long answers below them as text."""
    matches = [_mark().match(line.text) if line.text[:1] in {"Q", "A"} else None for line in lines]
    letters = [match[1] for match in matches if match]
    if letters.count("Q") < _FEWEST or letters.count("A") < _FEWEST:
        return lines
    result: list[Line] = []
    topic = Topic.NONE
    for line, match in zip(lines, matches, strict=True):
        if match is None:
            result.extend(_windows(line) if topic is Topic.PLAN else [line])
            continue
        words = (match.end(), len(line.text))
        question = line.text[match.end() :]
        if match[1] == "Q" and field_of(question):
            result.append(line)
        elif match[1] == "Q":
            topic = topic_of(question.rstrip("? ").lower())
            result += [blank(line), compose(line, words, level=_LEVEL)]
        elif len(question.split()) > _SHORT:
            result += [blank(line), compose(line, words)]
        else:
            result.append(line)
    return result


def _windows(line: Line) -> Iterator[Line]:
    """Write each sentence that opens with a window as an item of a list."""
    text = line.text.strip()
    start = len(line.text) - len(line.text.lstrip())
    head, found, _ = text.partition("): ")
    if found and "(" in head and find_span(head.rpartition("(")[2]) is not None:
        yield compose(line, "- ", (start, len(line.text)))
    else:
        yield line
