"""Margins: what mail and export programs put before every line, or below every line.

A text may be quoted by bars or initials, stand in a deep margin, or have each of its line ends
doubled. None of it was written by the people whose words are read.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.text.logs import LONG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 12  # lines with words
_PARTED = 2  # doubled blank lines that show where single ones were


def without_margins(lines: Sequence[Line]) -> Sequence[Line]:
    r"""Leave out what stands before every line, and the blank line below every line.

    Examples
    --------
    >>> from impactcalc.intake.escalation.text.lines import split_lines
    >>> text = "\n".join(f"AB> line {number}" for number in range(12))
    >>> without_margins(split_lines(text))[3].text
    'line 3'
    """
    if len(lines) >= LONG:
        return lines
    worded = [line for line in lines if line.text.strip()]
    if len(worded) < _FEWEST:
        return lines
    lines = _single(lines) if 2 * len(worded) < len(lines) + 2 else lines
    mark = _mark([line.text for line in worded])
    if mark:
        lines = [_behind(line, len(mark), quoted=1) for line in lines]
    deep = min(_depth(line.text) for line in lines if line.text.strip())
    return [_behind(line, deep) for line in lines] if deep else lines


def _single(lines: Sequence[Line]) -> Sequence[Line]:
    """Leave one of two line ends out, where all were doubled: blank lines come in odd numbers."""
    runs = [
        (blank, list(group)) for blank, group in groupby(lines, lambda one: not one.text.strip())
    ]
    inner = runs[runs[0][0] : len(runs) - runs[-1][0]]
    gaps = [len(group) for blank, group in inner if blank]
    alone = all(blank or len(group) == 1 for blank, group in inner)
    if not alone or any(gap % 2 == 0 for gap in gaps) or sum(gap > 1 for gap in gaps) < _PARTED:
        return lines
    return [
        line for blank, group in runs for line in (group[len(group) // 2 + 1 :] if blank else group)
    ]


def _depth(text: str) -> int:
    """Give how many blanks open a line."""
    return len(text) - len(text.lstrip(" "))


def _mark(texts: Sequence[str]) -> str:
    """Give the mark of a quotation that opens every line: ``| ``, ``AB> ``; empty for none."""
    match = _quoted().match(texts[0])
    if match is None:
        return ""
    mark = match[0]
    every = all(text.startswith(mark) for text in texts)
    rows = sum("|" in text[len(mark) :] for text in texts) if mark[-1] == "|" else 0
    return mark if every and 3 * rows < len(texts) else ""


@cache
def _quoted() -> re.Pattern[str]:
    """Compile marks of a quotation other than a plain angle."""
    return re.compile(r" {0,8}(?:[A-Za-z]{0,4}>|[|:](?!\w))")


def _behind(line: Line, cut: int, quoted: int = 0) -> Line:
    """Leave a margin out of the words of a line, with the blank behind its mark."""
    cut = min(cut, len(line.text))
    origin = line.origin or tuple(range(len(line.text)))
    return line._replace(text=line.text[cut:], origin=origin[cut:], quoted=line.quoted + quoted)
