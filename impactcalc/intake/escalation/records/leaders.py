"""Labels that a sign of its own leads to their values: ``Account -> Alder``."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import compose
from impactcalc.intake.escalation.words.labels import field_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 3  # lines with known labels before the same sign


@cache
def _led() -> re.Pattern[str]:
    """Compile a label, the sign behind it, and where its value begins."""
    return re.compile(
        r"[ \t]*(?:[-*\u2022][ \t]+)?([A-Za-z\u00c0-\u017f][^|:=<>*\u2192\t]{0,44}?)[ \t]*"
        r"(->|=>|\u2192|>>|::|\*\+?(?= {1,40}\S|[ \t]*:)|~>|\|)[ \t]*:?[ \t]*(?=\S)"
    )


_ARROWS = frozenset("-=\u2192~")
_PLAIN = frozenset({"status", "priority", "customer", "service", "level"})


def _is_plain(match: re.Match[str]) -> bool:
    """Whether an arrow leads from one word that is a label: ``Status -> On hold``."""
    arrow = match[2][0] in _ARROWS and " " not in match[1].strip()
    return arrow and field_of(match[1]) in _PLAIN and match[2] not in match.string[match.end() :]


def with_leaders(lines: Sequence[Line]) -> Sequence[Line]:
    """Write labels with signs of their own as labels with colons."""
    matches = [_led().match(line.text) if line.text else None for line in lines]
    known = [match if match and field_of(match[1]) else None for match in matches]
    counts = Counter(match[2][0] for match in known if match)
    if not counts or (max(counts.values()) < _FEWEST and not _ARROWS & counts.keys()):
        return lines
    return [
        compose(line, match.span(1), ": ", (match.end(), len(line.text)))
        if match and (counts[match[2][0]] >= _FEWEST or _is_plain(match))
        else line
        for line, match in zip(lines, known, strict=True)
    ]
