"""What a plan leaves in doubt: a stage with two windows, one without a written action, a lost head.

A person has to look there; the reader names the line and takes no value that may be wrong.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.blanks import is_unfilled
from impactcalc.intake.escalation.words.sections import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.plan.stages import Action, PlannedStage
    from impactcalc.intake.escalation.structure.block import Block
    from impactcalc.intake.escalation.structure.statements import Statement

_UNWRITTEN = frozenset(
    {
        *("na", "?", "-", "--", "---", "todo", "none"),
    }
)
"""What stands where an action will be written."""


def without_doubts(stages: Sequence[PlannedStage]) -> list[PlannedStage]:
    """Leave out windows of which there are two, and actions that are not written yet."""
    kept: list[PlannedStage] = []
    written = (_with_one_window(_written(stage)) for stage in stages)
    for stage in filter(_says_anything, written):
        twin = next((at for at, one in enumerate(kept) if _is_twin(one, stage)), None)
        if twin is None:
            kept.append(stage)
        elif (kept[twin].earliest, kept[twin].latest) != (stage.earliest, stage.latest):
            problem = f"line {stage.line} gives it another window"
            kept[twin] = kept[twin]._replace(earliest=None, latest=None, problem=problem)
    return kept


def _says_anything(stage: PlannedStage) -> bool:
    """Whether a stage has a name, a window or an action."""
    return bool(stage.name or stage.earliest or stage.latest or stage.actions)


def _is_twin(one: PlannedStage, other: PlannedStage) -> bool:
    """Whether two stages are one that is written twice: they have one name and the same actions."""
    named = one.name is not None and one.name.casefold() == (other.name or "").casefold()
    return named and bool(one.actions) and _words(one.actions) == _words(other.actions)


def _words(actions: Sequence[Action]) -> list[str]:
    """Give the words of actions."""
    return [action.text.casefold() for action in actions]


def _written(stage: PlannedStage) -> PlannedStage:
    """Leave out a name and actions that are not written yet."""
    if stage.name and is_unfilled(stage.name):
        stage = stage._replace(name=None)
    written = tuple(one for one in stage.actions if not _is_unwritten(one.text))
    if len(written) == len(stage.actions):
        return stage
    return stage._replace(actions=written, problem="an action is not written")


def _is_unwritten(action: str) -> bool:
    """Whether an action is still to be written."""
    return action.strip().casefold() in _UNWRITTEN or is_unfilled(action)


def _with_one_window(stage: PlannedStage) -> PlannedStage:
    """Leave out the window of a stage that has another one in brackets in its name."""
    timed = stage.name is not None and (stage.earliest or stage.latest)
    bracket = _bracket().search(stage.name) if stage.name and timed else None
    span = find_span(bracket[1]) if bracket is not None else None
    if span is None or span.calendar:
        return stage
    return stage._replace(earliest=None, latest=None, problem="it has two windows")


@cache
def _bracket() -> re.Pattern[str]:
    """Compile a bracket with a figure."""
    return re.compile(r"\(([^()]*[0-9][^()]*)\)")


def unread_heads(
    statements: Sequence[Statement], stages: Sequence[PlannedStage]
) -> Iterator[tuple[int, str]]:
    """Give line and words of what looks like the head of a stage in the plan, and is none.

    One such head shifts all that follow.
    """
    read = {stage.line for stage in stages}
    read.update(action.line for stage in stages for action in stage.actions)
    names = tuple(stage.name for stage in stages if stage.name)
    seen: set[int] = set()
    for statement in statements:
        block = statement.block
        line = block.passage.excerpt(0, 1)[0]
        if statement.topic is Topic.PLAN and line not in read and line not in seen:
            seen.add(line)
            if _is_numbered_head(block) and not block.passage.text.startswith(names):
                yield line, block.passage.text


def _is_numbered_head(block: Block) -> bool:
    """Whether a block is numbered and heads others, or holds a bracket that is cut off."""
    text = block.passage.text
    numbered = block.marker[:1].isdigit() or _number().match(text) is not None
    if not numbered or block.role not in {Role.ITEM, Role.TEXT, Role.HEADING, Role.SPEAKER}:
        return False
    return text.endswith(":") or text.rfind("(") > text.rfind(")")


@cache
def _number() -> re.Pattern[str]:
    """Compile a list number that was not taken for one."""
    return re.compile(r"[0-9]{1,2}[.)] +[A-Z]")
