"""A heading that stands at the begin of its own paragraph: ``WHERE ARE WE? The cache is warm.``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span
from impactcalc.intake.escalation.structure.block import SOFT_HEADING, Block, Role
from impactcalc.intake.escalation.structure.joining import with_label
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CAPITALS = 4  # letters
_WORDS = 8
_OPENING = 60  # characters


@cache
def _capitals() -> re.Pattern[str]:
    """Compile words in capitals up to a mark that ends them: ``AND TODAY? ``, ``PLAN - ``."""
    return re.compile(r"([A-Z][A-Z0-9 '&/-]{2,48}?)(?:[?.:!]| -+) +(?=\S)")


@cache
def _emphasis() -> re.Pattern[str]:
    """Compile the emphasised words that open a raw line: ``**Where we are.** Two of ...``."""
    return re.compile(r"\s*(?:\*{1,3}|__|'{3})([^*_']{3,48}?)[.:?!]?(?:\*{1,3}|__|'{3})[.:?!]? +\S")


def run_in(blocks: Sequence[Block]) -> Iterator[Block]:
    """Part the headings from the paragraphs that they open."""
    for block in blocks:
        numbered = block.role is Role.ITEM and block.marker[:1].isdigit()
        cut = _cut(block) if (block.role is Role.TEXT or numbered) and block.entry is None else 0
        if not cut:
            yield block
            continue
        head = block.passage.part(0, cut)
        yield Block(Role.HEADING, head, SOFT_HEADING, after_blank=block.after_blank)
        yield with_label(Block(Role.TEXT, block.passage.part(cut), block.depth))


def _cut(block: Block) -> int:
    """Give where the paragraph begins behind its heading; 0 when it has none."""
    text = block.passage.text
    match = _capitals().match(text)
    if match is None:
        return _emphasised(block)
    letters = [character for character in match[1] if character.isalpha()]
    topic = topic_of(match[1])
    asked = text[match.end(1)] == "?"
    section = block.role is Role.ITEM and text[match.end(1)] == "."  # "4. STATE. The gates ..."
    if section and len(text[match.end() :].split()) > _WORDS // 2:
        return match.end()
    if len(letters) < _CAPITALS or len(match[1].split()) > _WORDS or field_of(match[1]):
        return 0
    own = text[match.end(1)] != ":" or block.after_blank
    return match.end() if asked or (topic is not Topic.NONE and own) else 0


def _emphasised(block: Block) -> int:
    """Give where the paragraph begins behind emphasised words that name a section."""
    raw = block.passage.pieces[0][1].raw
    if raw.lstrip()[:1] not in {"*", "_", "'"} or block.label_end:
        return 0
    match = _emphasis().match(raw)
    if match is None or topic_of(match[1]) is Topic.NONE or field_of(match[1]):
        return 0
    at = block.passage.text.find(match[1])
    end = at + len(match[1]) if 0 <= at < _OPENING else 0
    text = block.passage.text
    if text[end:].lstrip().startswith("(") and find_span(text[end:]) is not None:
        return 0  # "**Repair** (1 to 5 days)" is one heading
    while end and end < len(text) and not text[end].isalnum():
        end += 1
    return end
