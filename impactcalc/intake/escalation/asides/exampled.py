"""Examples: the help text of a template, which shows what could be filled in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.asides.outline import cut, indent, label_of, without_marker
from impactcalc.intake.escalation.asides.part import Part
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_CUES = ("e.g.", "example", "for instance", "fill in", "fill out", 'like "', "delete this")
_BRACKETS = {"(": ")", "[": "]", "<": ">"}
_NOTES = tuple(f"note {to} {whom}" for to in ("for", "to") for whom in ("author", "the author"))
_MOST = 6  # lines of help in one bracket


@cache
def _shown() -> re.Pattern[str]:
    """Compile what opens a value that is only an example."""
    return re.compile(
        r"[(\[<{\"']{0,2}(?:e\.g\.|eg[:. ]|for (?:example|instance)\b|like [\"']"
        r"|example\b(?=[:,]? ?[\"'0-9$~\u20ac\u00a3]|: ))",  # a customer may be called Example
        re.IGNORECASE,
    )


@cache
def _hinted() -> re.Pattern[str]:
    """Compile a bracket that shows an example: ``(e.g. 15,000 users)``."""
    return re.compile(
        r" ?[(\[<](?:[^()\[\]<>]{0,40}[ ,:;])?"
        r"(?:e\.g\.|(?:for )?example\b|for instance\b)[^()\[\]<>]{0,200}[)\]>]",
        re.IGNORECASE,
    )


def find_exampled(lines: Sequence[Line]) -> tuple[Sequence[Line], list[Part]]:
    """Find lines of help; examples in labels and behind values are cut out of their lines."""
    written = [_without_hints(line) for line in lines]
    return written, list(_helping(written))


def _without_hints(line: Line) -> Line:
    """Cut the examples in brackets out of a field that we know."""
    if ":" not in line.text or not holds(line.text.lower(), _CUES):
        return line
    hints = list(_hinted().finditer(line.text))
    kept = line.text
    for hint in reversed(hints):
        kept = kept[: hint.start()] + kept[hint.end() :]
    label, value = label_of(kept)
    if not (hints and value and field_of(label)):
        return line
    return cut(line, [hint.span() for hint in hints])


def _helping(lines: Sequence[Line]) -> Iterator[Part]:
    """Give the lines that only help to fill in a form."""
    for at, line in enumerate(lines):
        text = line.text.strip()
        if not holds(text.lower(), _CUES):
            continue
        words = without_marker(text).lstrip("# ")
        label, value = label_of(text)
        bracket = _BRACKETS.get(words[:1])
        if label and field_of(label):
            whole = value[:1] in _BRACKETS and value[-1:] == _BRACKETS[value[:1]]
            if _shown().match(value) or (whole and _hinted().fullmatch(" " + value)):
                yield Part(at, at + 1)
        elif bracket and (end := _bracket_end(lines, at, bracket)):
            yield Part(at, end)
        elif (
            words.lower().startswith(_NOTES)
            or _quotes_field(words)
            or (
                _shown().match(words)
                and (_hangs(lines, at) or _quotes(words) or _names_field(words))
            )
        ):
            yield Part(at, at + 1)


def _bracket_end(lines: Sequence[Line], index: int, bracket: str) -> int:
    """Give the index behind a bracket that takes whole lines; 0 when it ends within one."""
    for at in range(index, min(index + _MOST, len(lines))):
        text = lines[at].text.strip()
        if text.endswith((bracket, f"{bracket}.")):
            return at + 1
        if bracket in text or not text:
            return 0
    return 0


def _hangs(lines: Sequence[Line], index: int) -> bool:
    """Whether a line hangs below a field that we know."""
    above = lines[index - 1].text if index else ""
    label, _ = label_of(above)
    return bool(label and field_of(label)) and indent(lines[index].text) >= indent(above)


def _names_field(words: str) -> bool:
    """Whether a filled in field stands behind the word that calls it an example."""
    label, value = label_of(words.partition(":")[2])
    return bool(label and value and field_of(label))


def _quotes_field(words: str) -> bool:
    """Whether a filled in field stands in quotation marks."""
    fields = [label_of(part) for part in words.split('"')[1::2]]
    return any(label and value and field_of(label) for label, value in fields)


def _quotes(words: str) -> bool:
    """Whether figures stand in quotation marks."""
    quoted = words.split('"')[1::2]
    return any(not DIGITS.isdisjoint(part) for part in quoted)
