"""Raw captures: requests, answers, records of a test and excerpts of logs inside a report."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.asides.outline import (
    REACH,
    ends_part,
    indent,
    is_item,
    is_underline,
    label_of,
    level_of,
    rule_title,
)
from impactcalc.intake.escalation.asides.part import Part, parts_in
from impactcalc.intake.escalation.words.labels import field_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 3  # fields that a report states outside of its captures
_WORDS = 25  # of a line that announces a capture
_OPENING = 6  # words of a line that begins one
_FENCES = {
    "```": "```",
    "~~~": "~~~",
    "{code": "{code",
    "{noformat": "{noformat",
    "[code": "[/code",
    "<pre": "</pre",
}
_OPENED = tuple(_FENCES)


@cache
def _announcing() -> re.Pattern[str]:
    """Compile what announces a capture."""
    raw = "requests?|responses?|answers?|output|payload|messages?|body|logs?|data|dump|records?"
    return re.compile(
        r"\b(?:captur(?:e|ed|es)|requests? and (?:answers?|responses?|repl(?:y|ies))|payloads?|"
        rf"samples?|examples?|dummy|demo|sandbox|raw (?:http |json |xml )?(?:{raw}|lines)|"
        r"log (?:excerpts?|extracts?|lines|says|shows)|(?:test|training)[ -][a-z]{3,20}|"
        r"stack ?traces?|headers? as (?:sent|received)|"
        r"(?:excerpts?|extracts?|lines) (?:of|from) (?:the |our |their )?(?:[a-z]+ ){0,2}logs?|"
        r"(?:response|request|answer|message) (?:body|headers?)|"
        r"headers? of (?:the|a)|(?:console )?output of|console output|packet dump|runbook|"
        r"verbatim|staging [a-z]{3,20}|(?:client|server|app|gateway) (?:sends|answers|returns)|"
        r"(?:the|this|our|last|full|failing|failed|rejected|offending) (?:api )?"
        r"(?:request|call|json|xml|yaml)|requests?(?: \([^()]{1,60}\))?:$)\b"
    )


@cache
def _http() -> re.Pattern[str]:
    """Compile the first line of a request or answer, or a call of curl."""
    return re.compile(
        r"[ \t]*(?:[<>$] )?(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \S{1,200} HTTP/[0-9]"
        r"|HTTP/[0-9.]{1,3} [1-5][0-9]{2}\b|curl (?:-|http))"
    )


def find_captured(lines: Sequence[Line]) -> tuple[Sequence[Line], list[Part]]:
    """Find the captures; where little is stated outside of them, they are the text itself."""
    parts = [*parts_in(len(lines), lambda at: _end_of(lines, at))]
    return lines, parts if parts and _tells_enough(lines, parts) else []


def _tells_enough(lines: Sequence[Line], parts: Sequence[Part]) -> bool:
    """Whether the report states some facts outside of its captures."""
    inside = {at for part in parts for at in range(part.begin, part.end)}
    found: set[str] = set()
    for at, line in enumerate(lines):
        if at in inside or ":" not in line.text:
            continue
        label, value = label_of(line.text)
        if label and value and (field := field_of(label)):
            found.add(field)
            if len(found) > _FEWEST:
                return True
    return False


def _end_of(lines: Sequence[Line], index: int) -> int:
    """Give the index behind the capture that a line opens or announces; 0 when it does not."""
    text = lines[index].text
    if not text.strip():
        return 0
    if _http().match(text):
        return _http_end(lines, index)
    if text.lstrip().startswith(_OPENED):
        return _fence_end(lines, index) if _is_machine(lines, index) else 0
    title = rule_title(lines[index]).lower()
    opening = title or (text.strip(" []<>(){}").lower() if text.lstrip()[0] in "[<({" else "")
    if opening.startswith(("begin ", "start of ")) and len(opening.split()) <= _OPENING:
        return _closed(lines, index, exact=True)
    return _block_end(lines, index) if _announces(lines, index, title) else 0


def _announces(lines: Sequence[Line], index: int, title: str) -> bool:
    """Whether a line announces a capture below it."""
    text = lines[index].text
    if len(text.split()) > _WORDS or _announcing().search(text.lower()) is None:
        return False
    return bool(title or text.rstrip()[-1] in ":)" or level_of(lines, index))


def _block_end(lines: Sequence[Line], index: int) -> int:
    """Give the index behind the fenced or indented block below what announces it."""
    below = index + 1
    while below < len(lines) and not lines[below].text.strip():
        below += 1
    if below == len(lines):
        return 0
    if lines[below].raw.lstrip().startswith(_OPENED) and (end := _fence_end(lines, below)):
        return end
    if is_underline(lines[below].text):
        return 0
    if "8<" in lines[below].raw:
        return _cut_end(lines, below)
    return _closed(lines, index) or _open_end(lines, below, indent(lines[index].text))


def _cut_end(lines: Sequence[Line], index: int) -> int:
    """Give the index behind the second of two lines that cut a part out: ``---8<---``."""
    for at in range(index + 1, min(index + REACH, len(lines))):
        if "8<" in lines[at].raw and rule_title(lines[at]) == rule_title(lines[index]):
            return at + 1
    return 0


def _open_end(lines: Sequence[Line], index: int, own: int) -> int:
    """Give the index behind a block that nothing closes: indented, or of braces."""
    text = lines[index].text
    if indent(text) > own and not is_item(text):
        return _closing(lines, _indented_end(lines, index, own))
    if text.lstrip()[:1] in {"{", "<"} or text[:2] in {"[{", '["'}:
        return _paragraph_end(lines, index)
    return 0


def _is_machine(lines: Sequence[Line], index: int) -> bool:
    """Whether a fenced block holds what programs write."""
    language = lines[index].raw.strip(" `~{}").rpartition(":")[2].lower()
    first = next((one.text.strip() for one in lines[index + 1 :] if one.text.strip()), "")
    return language in _LANGUAGES or first[:1] in {"{", "<"} or _http().match(first) is not None


_LANGUAGES = frozenset(("json", "xml", "yaml", "http", "console", "bash", "sh", "shell", "sql"))


def _fence_end(lines: Sequence[Line], index: int) -> int:
    """Give the index behind a fenced block; 0 when its fence is never closed."""
    fence = next(mark for mark in _FENCES if lines[index].raw.lstrip().startswith(mark))
    for at in range(index + 1, len(lines)):
        if lines[at].raw.lstrip().startswith(_FENCES[fence]):
            return at + 1
    return 0


def _indented_end(lines: Sequence[Line], index: int, own: int) -> int:
    """Give the index behind the lines that stand deeper than a column."""
    at = index
    while at < len(lines) and (not lines[at].text.strip() or indent(lines[at].text) > own):
        at += 1
    while not lines[at - 1].text.strip():
        at -= 1
    return at


def _paragraph_end(lines: Sequence[Line], index: int) -> int:
    """Give the index of the blank line below."""
    at = index
    while at < len(lines) and lines[at].text.strip():
        at += 1
    return at


def _http_end(lines: Sequence[Line], index: int) -> int:
    """Give the index behind a request or answer: its head, its body, and the answer to it."""
    if closed := _closed(lines, index):
        return closed
    own = indent(lines[index].text)
    if own:
        return _closing(lines, _indented_end(lines, index, own - 1))
    at = index
    while at < len(lines):
        at = _paragraph_end(lines, at)
        below = at
        while below < len(lines) and not lines[below].text.strip():
            below += 1
        if below == len(lines):
            break
        text = lines[below].text
        if not (text[:1] in "{[<" or _http().match(text)):
            break
        at = below
    return at


def _closing(lines: Sequence[Line], end: int) -> int:
    """Take the line that says where a capture ends in: ``End of the capture.``."""
    at = end
    while at < len(lines) and not lines[at].text.strip():
        at += 1
    return at + 1 if at < len(lines) and ends_part(lines[at].text) else end


def _closed(lines: Sequence[Line], index: int, *, exact: bool = False) -> int:
    """Give the index behind the line that ends a capture, before the next title; 0 without one."""
    for at in range(index + 1, min(index + REACH, len(lines))):
        text = lines[at].text
        if ends_part(text):
            return at + 1
        drawn = at + 1 < len(lines) and is_underline(lines[at + 1].text) and text.strip()
        if drawn and not exact:
            return 0
    return 0
