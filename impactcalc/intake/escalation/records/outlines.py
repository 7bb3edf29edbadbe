"""Outlines: headings that stars open, as outliners write them, and lists that are tables."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import blank, compose, trimmed
from impactcalc.intake.escalation.structure.block import SOFT_HEADING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 3  # headings with two stars or more
_LIST_TABLE = ".. list-table::"


@cache
def _starred() -> re.Pattern[str]:
    """Compile the stars of a heading: they open the line, and words follow them."""
    return re.compile(r"(\*{1,6}) (?=\S)")


@cache
def _cell() -> re.Pattern[str]:
    """Compile a cell of a list that is a table: ``* - label``, ``  - value``."""
    return re.compile(r"[ \t]*(\*)?[ \t]*-[ \t]+(?=\S)")


def with_outlines(lines: Sequence[Line]) -> Sequence[Line]:
    """Write stars as headings where items have another mark, and lists of pairs as fields."""
    if any(_LIST_TABLE in line.text for line in lines):
        lines = _with_list_tables(lines)
    heads = [_starred().match(line.text) if line.text[:1] == "*" else None for line in lines]
    deep = sum(bool(head and len(head[1]) > 1) for head in heads)
    others = any(line.text[:1] == " " and line.text.lstrip()[:2] == "- " for line in lines)
    if deep < _FEWEST or not others:
        return lines
    return [
        compose(line, (head.end(), _untagged(line.text)), level=len(head[1])) if head else line
        for line, head in zip(lines, heads, strict=True)
    ]


def _untagged(text: str) -> int:
    """Give where the words of a heading end, before its tags: ``Plan    :retail:``."""
    match = re.search(r" {2,}:[\w:@]+:$", text)
    return match.start() if match else len(text)


def _with_list_tables(lines: Sequence[Line]) -> list[Line]:
    """Write the rows of such a table that have two cells as labels with values."""
    result: list[Line] = []
    inside = False
    label: Line | None = None
    for line in lines:
        text = line.text
        if _LIST_TABLE in text:
            inside, label = True, None
            title = trimmed(text, text.index("::") + len("::"), len(text))
            result.append(blank(line))
            if text[slice(*title)].strip():
                result.append(compose(line, title, level=SOFT_HEADING))
            continue
        match = _cell().match(text) if inside else None
        if inside and text.strip() and match is None and not text.lstrip().startswith(":"):
            inside = text[0] in " \t"
        if match is None:
            result.append(blank(line) if inside and text.lstrip().startswith(":") else line)
        elif match[1]:
            label = line
            result.append(blank(line))
        elif label is not None:
            start = _cell().match(label.text)
            words = label.text[start.end() :] if start else ""
            result.append(compose(line, f"{words}: ", (match.end(), len(text))))
            label = None
        else:
            result.append(line)
    return result
