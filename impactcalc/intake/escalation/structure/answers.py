"""A value on the line below its label: ``## Customer`` and a name, or question and answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.structure.block import Block, Role
from impactcalc.intake.escalation.structure.passages import join
from impactcalc.intake.escalation.words.labels import field_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_FACTS = frozenset(
    {
        *("id", "customer", "service", "created", "escalated", "users", "revenue", "level"),
        *("sla", "fee", "arr", "renewal", "nodes", "zones", "errors", "normal", "now"),
    }
)
"""Facts that a few words give; sections are called like the others."""
_LONGEST = 8  # words of a value
_ASKED = ("q:", "q.", "a:", "a.")


def answered(blocks: Sequence[Block]) -> list[Block]:
    """Turn a short line below a known label into the value of a field."""
    result: list[Block] = []
    for index, block in enumerate(blocks):
        above = blocks[index - 1] if index else None
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        field = above is not None and _answers(block, above, after)
        result.append(_field(above, block) if above is not None and field else block)
    return result


def _answers(block: Block, above: Block, after: Block | None) -> bool:
    """Whether a block is the value of the label above it: short, and alone."""
    if above.label_end and above.value_start < len(above.passage.text):
        return False  # it has its value
    words = block.passage.text.split()
    if block.role not in {Role.TEXT, Role.ITEM} or not 0 < len(words) <= _LONGEST:
        return False
    if block.entry is not None:
        return False  # the answer of another speaker: see `questions`
    question = _plain(above)
    if field_of(question) not in _FACTS:
        return False
    if question.endswith("?"):
        return above.role is not Role.ROW
    alone = above.role is Role.HEADING or (
        above.role is Role.TEXT and len(above.passage.pieces) == 1 and block.depth > above.depth
    )
    followed = after is not None and after.role in {Role.TEXT, Role.ITEM} and not after.after_blank
    beside = followed and after is not None and field_of(_plain(after)) not in _FACTS
    return alone and not block.label_end and words[-1][-1] not in ":!?" and not beside


def _plain(block: Block) -> str:
    """Give the words of a block without what numbers a question, or the colon at their end."""
    text = block.passage.text
    start = 2 if text[:2].lower() in _ASKED else 0
    return text[start:].strip(" :")


def _field(label: Block, value: Block) -> Block:
    """Make one field of the label above and the value below."""
    text = value.passage.text
    start = 2 if text[:2].lower() in _ASKED else 0
    named = label.passage.part(2 if label.passage.text[:2].lower() in _ASKED else 0)
    end = len(named.text.rstrip(" :"))
    whole = join((named, value.passage.part(start)))
    return Block(
        Role.TEXT,
        whole,
        value.depth,
        label_end=end,
        value_start=len(named.text) + 1,
        after_blank=True,
    )
