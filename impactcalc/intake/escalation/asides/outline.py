"""The outline of a text before its blocks are read: titles, their level, where parts end."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

SOFT = 8
"""Level of a title that only its words make one."""
REACH = 400
"""Lines of the longest part that a line of its own ends."""
_TITLE_WORDS = 16
_RULE = 3  # fewest characters
_RULES = frozenset("-=~^*_#+\u2500\u2550")


@cache
def _marker() -> re.Pattern[str]:
    """Compile bullets and list numbers."""
    return re.compile(r"[ \t]*(?:[-*+o\u2022>]|\(?(?:[0-9]{1,2}|[a-z])[.)])[ \t]+")


@cache
def _titled_rule() -> re.Pattern[str]:
    """Compile ``----- Attachment: old summary -----``; the rule behind may be missing."""
    return re.compile(
        r"[ \t]*([-=*#_~+<>])\1{2,}[ \t]*([^-=*#_~+<>\s].{0,150}?)[ \t]*[-=*#_~+<>]*$"
    )


def is_underline(text: str) -> bool:
    """Whether a line is a drawn rule."""
    words = text.strip()
    return len(words) >= _RULE and words[0] in _RULES and words == words[0] * len(words)


def rule_title(line: Line) -> str:
    """Give the words of a rule with a title; empty for any other line."""
    raw = line.raw.strip().lstrip("> ") if line.quoted else line.raw.strip()
    raw = raw.replace("8<", "--").replace(">8", "--") if "8" in raw[: _RULE + 1] else raw
    if raw[:_RULE] != raw[:1] * _RULE or raw[:1] not in _RULES | {">", "<"}:
        return ""
    if raw[0] == "#" != raw[-1]:
        return ""  # a heading of Markdown
    match = _titled_rule().match(raw)
    return match[2] if match and any(map(str.isalpha, match[2])) else ""


def indent(text: str) -> int:
    """Give the column of the first character."""
    return len(text) - len(text.lstrip())


def is_item(text: str) -> bool:
    """Whether a line opens with a bullet or a list number, or is a row of a table."""
    return text.lstrip()[:1] == "|" or _marker().match(text) is not None


def without_marker(text: str) -> str:
    """Leave bullet or number out."""
    match = _marker().match(text)
    return text[match.end() :] if match else text.strip()


def label_of(text: str) -> tuple[str, str]:
    """Part a line at the colon behind its label; a colon in brackets ends none.

    Examples
    --------
    >>> label_of("- Users (status: withdrawn): 900")
    ('Users (status: withdrawn)', '900')
    """
    words = without_marker(text)
    depth = 0
    for at, character in enumerate(words[:_LABEL]):
        depth += (character in "([") - (character in ")]")
        if character == ":" and depth <= 0 and words[at + 1 : at + 2] in {"", " ", "\t"}:
            return words[:at], words[at + 1 :].strip()
    return "", words


_LABEL = 120  # characters in which a label ends


def next_worded(lines: Sequence[Line], index: int, end: int) -> int:
    """Give the index of the next line with words; `end` when there is none."""
    while index < end and (not lines[index].text.strip() or is_underline(lines[index].text)):
        index += 1
    return index


def level_of(lines: Sequence[Line], index: int) -> int:
    """Give the level of a title; 0 when the line is none."""
    words = lines[index].text.strip()
    if not words or is_underline(words):
        return 0
    if marked := _marked_level(words):
        return marked
    if rule_title(lines[index]):
        return 1
    below = lines[index + 1].text if index + 1 < len(lines) else ""
    if is_underline(below) and words[0] not in "|+":
        return 1 if below.strip()[0] == "=" else 2
    return _soft_level(lines[index], words)


def _marked_level(words: str) -> int:
    """Give the level of a title of Markdown or a wiki."""
    if words[0] == "#" and words.lstrip("#")[:1] == " ":
        return len(words) - len(words.lstrip("#"))
    if words[0] == "h" and words[1:2] in "123456" and words[2:4] == ". ":
        return int(words[1])
    wiki = words[0] == words[-1] == "=" and len(words) - len(words.lstrip("=")) <= _MOST_MARKS
    return len(words) - len(words.lstrip("=")) if wiki else 0


_MOST_MARKS = 4  # equals signs before a title of a wiki; more draw a rule


def _soft_level(line: Line, words: str) -> int:
    """Give the level of a title that only its words make one."""
    if line.text[:1] in {" ", "\t"} or is_item(line.text) or len(words.split()) > _TITLE_WORDS:
        return 0
    raw = line.raw.strip()
    bold = raw[:1] == raw[-1:] == "*" and "*" not in words
    return SOFT if bold or words[-1] == ":" or (words.isupper() and ":" not in words) else 0


def section_end(lines: Sequence[Line], index: int) -> int:
    """Give the index behind the section that a title opens."""
    level = level_of(lines, index) or SOFT
    own = indent(lines[index].text)
    first = next_worded(lines, index + 1, len(lines))
    deeper = level == SOFT and first < len(lines) and indent(lines[first].text) > own
    above = first
    for at in range(first, min(first + REACH, len(lines))):
        text = lines[at].text
        if not text.strip() or is_underline(text):
            continue
        if 0 < (found := level_of(lines, at)) < SOFT and found <= level:
            return at
        if at > first and ((deeper and indent(text) <= own) or _closes(lines, at, above, level)):
            return at
        above = at
    return min(first + REACH, len(lines))


def _closes(lines: Sequence[Line], index: int, above: int, level: int) -> bool:
    """Whether a line in the left margin ends a section of list items.

    Parameters
    ----------
    lines, index
        The line.
    above
        Index of the line with words above it.
    level
        That of the section.
    """
    text, listed = lines[index].text, lines[above].text
    if text[0] in " \t" or is_item(text) or not (is_item(listed) or listed[0] in " \t"):
        return False
    label, value = label_of(text)
    if value and label and field_of(label):
        return True
    if level < SOFT:
        return False
    if label and level_of(lines, index) == SOFT:
        return topic_of(label) is not Topic.NONE and DIGITS.isdisjoint(label)
    return index > above + 1 and not _is_stage(text)


def _is_stage(text: str) -> bool:
    """Whether a line in the left margin may be the title of a stage: it holds a window."""
    return text.rstrip().endswith((":", ")")) and not DIGITS.isdisjoint(text)


def item_end(lines: Sequence[Line], index: int) -> int:
    """Give the index behind an item and what hangs below it."""
    own = indent(lines[index].text)
    numbered = without_number(lines[index].text)
    at = index + 1
    while at < len(lines):
        text = lines[at].text
        if text.strip():
            deeper = indent(text) > own
            below = numbered and indent(text) == own and is_item(text) and not without_number(text)
            if not (deeper or below):
                break
        at += 1
    while at > index + 1 and not lines[at - 1].text.strip():
        at -= 1
    return at


def without_number(text: str) -> str:
    """Give what stands behind the list number; empty without one."""
    words = text.lstrip().lstrip("(")
    digits = len(words) - len(words.lstrip("0123456789"))
    return (
        words[digits + 1 :].strip() if digits and words[digits : digits + 1] in {".", ")"} else ""
    )


def cut(line: Line, spans: Sequence[tuple[int, int]]) -> Line:
    """Leave stretches of its words out of a line."""
    dropped = {at for span in spans for at in range(*span)}
    origin = line.origin or tuple(range(len(line.text)))
    places = [at for at in range(len(line.text)) if at not in dropped]
    text = "".join(line.text[at] for at in places)
    return line._replace(text=text, origin=tuple(origin[at] for at in places))


def ends_part(text: str) -> bool:
    """Whether a line says that a part ends here: ``--- end of the capture ---``."""
    words = text.strip(_DECORATION).lower()
    whole = words.startswith("end ") and DIGITS.isdisjoint(words) and ":" not in words
    return whole and len(words.split()) <= _CLOSING


_DECORATION = " \t-=*#_~<>[]()."
_CLOSING = 6  # words of a line that ends a part
