"""The heading of a stage: its title, and what stands below or behind it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.running import event_of
from impactcalc.intake.escalation.figures.windows import find_span, is_all_window
from impactcalc.intake.escalation.plan.columns import names_time
from impactcalc.intake.escalation.plan.stages import (
    Head,
    leading_mark,
    name_and_span,
)
from impactcalc.intake.escalation.plan.steps import is_graded
from impactcalc.intake.escalation.plan.titles import may_name, tidy
from impactcalc.intake.escalation.structure.block import Block, Role
from impactcalc.intake.escalation.structure.joining import with_label
from impactcalc.intake.escalation.structure.topics import calls_plan
from impactcalc.intake.escalation.words.entry_states import is_entry_head
from impactcalc.intake.escalation.words.verbs import is_work

if TYPE_CHECKING:
    from impactcalc.intake.escalation.structure.passages import Passage


def is_no_stage(text: str) -> bool:
    """Whether a line with a time states no window: a grade, or a change by so much.

    Examples
    --------
    >>> is_no_stage("Extend running exams by 30 minutes"), is_no_stage("Extend it within 2 hours")
    (True, False)
    """
    return is_graded(text) or _changes_by(text)


def _changes_by(text: str) -> bool:
    """Whether a line orders to change something by so much: ``Extend the exams by 30 minutes``."""
    return " by " in text and _change().match(text.lower()) is not None


@cache
def _change() -> re.Pattern[str]:
    """Compile work that changes something by an amount of time."""
    return re.compile(
        r"(?:extend|lengthen|shorten|increase|raise|reduce|cut|lower|delay|postpone|prolong|shift|"
        r"move|push|widen|double)[a-z]*\b.{1,80} by (?:[0-9]|an? |one |two |three |half )"
    )


def head_of(block: Block, following: Block | None, *, inside: bool) -> Head | None:
    """Read a block as the heading of a stage, if it is one."""
    worded = block.role in {Role.HEADING, Role.ITEM, Role.TEXT} and block.passage.text
    if not worded or _changes_by(block.passage.text):
        return None
    title, rest = _title_and_rest(block)
    boxed = bool(_box_end(block.passage.text)) and (rest is not None or _windowed(block))
    if (leading_mark(block.passage.text)[0] and not boxed) or not title.text:
        return None
    has_children = _is_left_empty(block, following) or _has_children(block, following)
    if not has_children and (inside or rest is None):
        return None  # an action, whatever window it names
    name, span = name_and_span(title)
    if following is not None and following.role is Role.TEXT and span is None:
        has_children = False
    told = has_children and name is None and rest is not None and _told_below(rest, following)
    if has_children and name is None and rest is not None:  # "0-4 h: Containment"
        name, rest = tidy(rest.written()), None
    if told or not may_name(name) or is_entry_head(title.text):
        return None  # "within 2 h: stop it" above "-> done"; "Identified - 23 April 2026"
    alone = span is None or rest is None
    if (not has_children and (inside or alone)) or (block.role is Role.TEXT and span is None):
        return None
    return Head(name, span, title, rest)


def _has_children(block: Block, following: Block | None) -> bool:
    """Whether actions stand below a title."""
    return following is not None and (
        (following.role is Role.ITEM and following.depth > block.depth)
        or (block.role is not Role.ITEM and following.role is Role.ITEM)
        or _has_text_below(block, following)
        or heads_flat_text(block, following)
        or _opens_flat_list(block, following)
        or (following.role is Role.ROW and is_window(block.passage.text))
    )


def _is_left_empty(block: Block, following: Block | None) -> bool:
    """Whether nothing stands below a numbered title that announces it: ``2. Repair (4-24 h):``."""
    text = block.passage.text
    if block.role is not Role.ITEM or not (block.marker[:1].isdigit() and text.endswith("):")):
        return False
    beside = following is None or following.role is Role.HEADING or following.marker[:1].isdigit()
    return beside and (following is None or following.depth <= block.depth) and is_window(text)


def _told_below(rest: Passage, following: Block | None) -> bool:
    """Whether what stands below an action tells how far it is."""
    first, _, object_ = rest.text.partition(" ")
    if following is None or not object_ or not is_work(first.lower()):
        return False
    return not is_work(following.passage.text.partition(" ")[0].lower())


def _has_text_below(block: Block, following: Block) -> bool:
    """Whether lines of text without bullets stand below a heading: deeper than it."""
    column = 0 if block.role is Role.HEADING else block.depth
    return following.role is Role.TEXT and (
        following.depth > column or (block.role is Role.HEADING and not following.label_end)
    )


def heads_flat_text(block: Block, following: Block) -> bool:
    """Whether a line that is a window, or ends in one in brackets, heads the line below it."""
    text, below = block.passage.text, following.passage.text
    if block.role is not Role.TEXT or following.role is not Role.TEXT or following.after_blank:
        return False
    if following.depth != block.depth or following.label_end or is_window(below):
        return False
    titled = text.endswith((")", "):")) and "(" in text and block.after_blank
    if is_window(text) or (titled and is_window(text[text.rindex("(") :])):
        return True
    name, span = name_and_span(block.passage)  # "0-2 h Contain"
    alone = span is not None and not span.calendar and name is not None and name.isalpha()
    return alone and find_span(below) is None


def is_window(text: str) -> bool:
    """Whether a line is a window, or ends in one in brackets."""
    span = find_span(text.rstrip(":")) or event_of(text.rstrip(":"))
    inner = text.rstrip(": ")
    if span is not None and is_all_window(text, span):
        return True
    opening = inner.rfind("(") if inner.endswith(")") else -1
    return opening > 0 and is_window(inner[opening + 1 : -1])


def _opens_flat_list(block: Block, following: Block) -> bool:
    """Whether a numbered heading stands at the depth of the bullets below it."""
    if block.role is not Role.ITEM or following.role is not Role.ITEM:
        return False
    lettered = block.marker[:1].isdigit() and following.marker.strip("()").isalpha()
    numbered = block.marker[:1].isalnum() and not following.marker[:1].isalnum()
    numbered = numbered or lettered
    text = block.passage.text
    closed = not text[-1:].isalnum() or is_window(text)
    return numbered and following.depth == block.depth and closed


def _box_end(text: str) -> int:
    """Give where the brackets around the title of a line close: ``[Contain | 0-3 h] stop it``."""
    close = _BOXES.get(text[:1], "")
    at = text.find(close) if close else 0
    return at if text[at + 1 : at + 2] in {"", " ", ":"} else 0


def _windowed(block: Block) -> bool:
    """Whether a window alone stands behind a title in brackets: ``[Contain] 0 h - 8 h``."""
    text = block.passage.text
    return is_window(text[_box_end(text) + 1 :].strip(" :-"))


_BOXES = {"[": "]", "(": ")", "{": "}", "<": ">"}


def _title_and_rest(block: Block) -> tuple[Passage, Passage | None]:
    """Cut a block into the stage's title and the actions after a colon or its brackets."""
    text = block.passage.text
    if (close := _box_end(text)) and name_and_span(block.passage.part(1, close))[1] is not None:
        rest = block.passage.part(close + 1)
        return block.passage.part(1, close), rest if rest.text.strip(" :-") else None
    if close and _windowed(block):
        return block.passage, None
    if block.label_end:
        rest = block.passage.part(block.value_start)
        if not rest.text:
            return block.passage.part(0, block.label_end), None
        span = find_span(rest.text)
        if span is not None and is_all_window(rest.text, span):
            return rest if names_time(block.label) else block.passage, None
        if name_and_span(block.passage.part(0, block.label_end))[1] is not None:
            return block.passage.part(0, block.label_end), rest
    return block.passage.part(0, len(text.rstrip(" :-"))), None


def behind_heading(block: Block) -> Block:
    """Give the words behind ``Plan: `` as a line of their own."""
    if not (block.label_end and calls_plan(block.label)):
        return block
    rest = block.passage.part(block.value_start)
    if not rest.text:
        return block
    column = block.depth + block.value_start
    return with_label(block._replace(passage=rest, depth=column, label_end=0, value_start=0))


@cache
def _task() -> re.Pattern[str]:
    """Compile the code of a task before the brackets of its stage: ``OPS-78 [Contain, 0-4 h] ``."""
    return re.compile(r"#?[A-Z]{0,10}[-_ ]?[0-9]{1,8} +(?=[\[(])")


_BULLETS = frozenset({"\u2022 ", "\u2023 ", "\u25aa ", "\u25b8 ", "- ", "* "})


def behind_code(block: Block) -> Block:
    """Leave out a bullet of its own in a message, and a task's code before name and window."""
    if block.role is Role.TEXT and block.passage.text[:2] in _BULLETS:
        return block._replace(passage=block.passage.part(2), label_end=0, value_start=0)
    code = _task().match(block.passage.text) if not block.label_end else None
    return block if code is None else block._replace(passage=block.passage.part(code.end()))
