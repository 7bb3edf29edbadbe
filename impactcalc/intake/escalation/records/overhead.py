"""Labels side by side, each with its value right below: ``Case   Customer`` above ``A-7   Alder``.

A table with several rows below its header is none: which of its rows counts is for others to say.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import blank, compose, key_words
from impactcalc.intake.escalation.words.labels import field_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

Span = tuple[int, int]
_FEWEST = 2  # labels that announce facts


@cache
def _words() -> re.Pattern[str]:
    """Compile words with single blanks between them: a wide gap ends them."""
    return re.compile(r"[^\s|]+(?: [^\s|]+)*")


def with_overhead(lines: Sequence[Line]) -> Sequence[Line]:
    """Write each label together with the value that stands below it."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        labels = _labels(lines[index].text)
        below = _below(lines, index + 1) if labels else 0
        pairs = _pairs(labels, _cells(lines[below].text)) if below else []
        if pairs:
            text = lines[index].text
            result.extend(
                compose(lines[below], f"{key_words(text[slice(*label)].rstrip(' :'))}: ", value)
                for label, value in pairs
            )
            result.append(blank(lines[below]))
            index = below
        else:
            result.append(lines[index])
        index += 1
    return result


def _cells(text: str) -> list[Span]:
    """Give where the words of a line stand that wide gaps part."""
    return [match.span() for match in _words().finditer(text)]


def _labels(text: str) -> list[Span]:
    """Give where the labels of a line stand; empty when most of its cells are none."""
    spans = _cells(text) if "  " in text.strip() else []
    known = {field_of(text[slice(*span)].rstrip(" :")) for span in spans} - {""}
    return spans if len(known) >= _FEWEST and len(known) * 2 > len(spans) else []


def _below(lines: Sequence[Line], index: int) -> int:
    """Give the number of the only row below labels; 0 when there is none, or there are more."""
    if index < len(lines) and _is_drawn(lines[index].text):
        index += 1
    if index >= len(lines) or not lines[index].text.strip() or _labels(lines[index].text):
        return 0
    after = lines[index + 1].text if index + 1 < len(lines) else ""
    alone = not after.strip() or _is_drawn(after) or len(_cells(after)) == 1 or _labels(after)
    return index if alone else 0


def _is_drawn(text: str) -> bool:
    """Whether a line only draws."""
    return bool(text.strip()) and not any(map(str.isalnum, text))


def _pairs(labels: Sequence[Span], values: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Give each value with the label above it; none unless all begin or end below theirs."""
    pairs: list[tuple[Span, Span]] = []
    for value in values:
        over = [one for one in labels if one[0] == value[0] or one[1] == value[1]]
        if len(over) != 1:
            return []
        pairs.append((over[0], value))
    return pairs if len(pairs) >= _FEWEST else []
