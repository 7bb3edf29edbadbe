"""The topic of a block: that of its table, or of the nearest heading that is a section's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span, is_all_window
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.structure.block import Block

_TAGS = 2  # cells and words in which the tag of an entry stands


def table_topic(header: Block) -> Topic:
    """Tell what a table is about, if one of the cells of its header says that it pays credits."""
    topics = {topic_of(cell.text) for cell in header.cells}
    return Topic.CREDITS if len(header.cells) > 1 and Topic.CREDITS in topics else Topic.NONE


def is_of_plan(row: Block) -> bool:
    """Whether one of the first cells of a row is the tag of a plan: ``22:20 | PLAN | ...``."""
    tags = [cell.text for cell in row.cells[:_TAGS]]
    return len(row.cells) > len(tags) - 1 and any(
        len(tag.split()) <= _TAGS and "plan" in tag.lower() and topic_of(tag) is Topic.PLAN
        for tag in tags
    )


_OF_STAGES = frozenset({Topic.PLAN, Topic.NEXT, Topic.DESCRIPTION, Topic.CONTACT})
"""What titles of stages below a plan's heading may seem to be: ``Repair (owner: Raj, 2-9 h)``."""


def nearest(above: Sequence[tuple[int, str]]) -> Topic:
    """Give the topic of the nearest heading or item that has one."""
    planned = any(topic_of(words) is Topic.PLAN and not is_stage(words) for _, words in above)
    stages = _OF_STAGES if planned else {Topic.PLAN}
    for _, words in reversed(above):
        head = words.rpartition(" - ")[0] if " - " in words and is_stage(words) else ""
        topic = topic_of(head or words)  # "Contain (0-2 h) - in progress"
        dated = planned and topic in _STAGED and words[-1:] in {")", "]"}
        if topic is not Topic.NONE and not ((topic in stages or dated) and is_stage(words)):
            return topic
    return Topic.NONE


_STAGED = frozenset({Topic.CAUSE, Topic.IMPACT, Topic.TECHNICAL, Topic.PERFORMANCE})
"""Sections whose words may name a stage, too: ``Remove the cause (2-9 h)``."""


def is_stage(title: str) -> bool:
    """Whether a title is that of a stage and no section: ``Repair (4-36 h)``, not ``Plan``."""
    if DIGITS.isdisjoint(title) or "plan" in title.lower():
        return False
    span = find_span(title)
    return span is not None and not span.calendar


def ends_in_window(line: str) -> bool:
    """Whether a line names a stage and its window in brackets: ``Contain (0-4 h)``."""
    at = line.rfind("(")
    if at < 1 or line[-1:] != ")" or len(line.split()) > _TITLE_WORDS:
        return False
    span = find_span(line[at + 1 : -1])
    return span is not None and is_all_window(line[at + 1 : -1], span)


_TITLE_WORDS = 8  # of a stage, its window with them


def names_stage(title: str) -> bool:
    """Whether a title is a word that names stages as well as plans: ``Repair``, ``Recovery``."""
    return title.strip(" :#*").lower() in _BARE_STAGES


_BARE_STAGES = frozenset({"repair", "recovery", "mitigation", "remediation", "corrective"})


def announces_plan(block: Block, following: Block) -> bool:
    """Whether a line announces the plan below it: ``On the board in the hall we agreed on:``."""
    text = block.passage.text
    if not text.endswith(":") or block.role is not Role.TEXT or len(block.passage.pieces) > 1:
        return False
    listed = following.role in {Role.ITEM, Role.ROW} or following.depth > block.depth
    return (
        listed
        and ". " not in text
        and len(text.split()) <= _SENTENCE_WORDS
        and topic_of(text) is Topic.PLAN
    )


_SENTENCE_WORDS = 14  # of a line that announces a plan


def calls_plan(label: str) -> bool:
    """Whether a label in small letters calls its value the plan: ``action plan``, ``measures``."""
    return ("plan" in label or label in _PLANS) and topic_of(label) is Topic.PLAN


_PLANS = frozenset({"measures", "actions", "agreed", "promised", "proposal", "roadmap"})
