"""Labels on lines of their own, each with its value on the line below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import blank, compose
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 3  # labels with values below
_LONGEST_LABEL = 5  # words
_LONGEST_VALUE = 12  # words
_VALUED = (": ", "=", "|", ";", "\t", "  ", " - ")  # what parts a label from its value
_OTHERS = frozenset({"subject", "normal", "now"})  # what stands below may be a section


def with_stacked(lines: Sequence[Line]) -> Sequence[Line]:
    """Write each label together with the value below it."""
    fields = [_field(line.text) for line in lines]
    pairs = {
        number: below
        for number, field in enumerate(fields)
        if field and (below := _below(lines, fields, number))
    }
    if len({fields[number] for number in pairs}) < _FEWEST:
        return lines
    result = list(lines)
    for number, below in pairs.items():
        label, value = lines[number].text.strip(" \t:*"), lines[below]
        start = len(value.text) - len(value.text.lstrip())
        result[number] = blank(lines[number])
        result[below] = compose(value, f"{label}: ", (start, len(value.text)))
    return result


def _field(text: str) -> str:
    """Give the fact that a line announces which is nothing but a label."""
    words = text.strip(" \t:*")
    plain = words and words[-1] not in ".!?" and not holds(words, _VALUED)
    plain = plain and DIGITS.isdisjoint(words)  # "Level - 3" is a label with its value
    if not plain or len(words.split()) > _LONGEST_LABEL or not words[0].isalpha():
        return ""
    field = field_of(words)
    return "" if field in _OTHERS else field


def _below(lines: Sequence[Line], fields: Sequence[str], number: int) -> int:
    """Give the number of the line that holds the value of a label; 0 when there is none."""
    below = number + 1
    if below < len(lines) and not lines[below].text.strip():
        below += 1
    if below >= len(lines) or fields[below]:
        return 0
    text = lines[below].text.strip()
    sentence = text.endswith((".", "!")) and len(text.split()) > _LONGEST_LABEL - 2
    value = 0 < len(text.split()) <= _LONGEST_VALUE and not (sentence or text.endswith(":"))
    bulleted = text[:2] in {"- ", "* ", "\u2022 "} or text[:1] in "#|="
    drawn = len(text) > 1 and not any(map(str.isalnum, text))
    after = lines[below + 1].text.strip() if below + 1 < len(lines) else ""
    alone = not after or bool(fields[below + 1]) or _is_label(after)
    return below if value and alone and not (bulleted or drawn) else 0


def _is_label(words: str) -> bool:
    """Whether a line may be the next label, of whatever: a few words without a full stop."""
    return len(words.split()) <= _LONGEST_LABEL and words[-1] not in ".!?,;" and ": " not in words
