"""The plan: its stages with window and actions, from a list, a table or sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.legends import explains
from impactcalc.intake.escalation.plan_lists import Lists
from impactcalc.intake.escalation.plan_records import stages_of_records
from impactcalc.intake.escalation.plan_sentences import stages_of_sentences
from impactcalc.intake.escalation.plan_table import stages_of_tables
from impactcalc.intake.escalation.sections import Topic
from impactcalc.intake.escalation.stages import (
    PlannedStage,
    blocks_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.statements import Statement


def read_plan(statements: Sequence[Statement]) -> tuple[PlannedStage, ...]:
    """Find the stages of the plan; empty when the text has none."""
    stages = (
        stages_of_tables(statements)
        or stages_of_records(statements)
        or _from_lists(statements, frozenset({Topic.PLAN}))
    )
    if not _has_hours(stages):
        told = stages_of_sentences(statements) or _from_elsewhere(statements)
        stages = told if _has_hours(told) or not stages else stages
    return tuple(stages)


def _has_hours(stages: Sequence[PlannedStage]) -> bool:
    """Whether any stage of a plan has a window in hours."""
    return any(stage.earliest or stage.latest for stage in stages)


_PLANLESS = frozenset(
    {Topic.NEXT, Topic.NONE, Topic.DESCRIPTION, Topic.IMPACT, Topic.ACCOUNT, Topic.STATUS}
)
_FEWEST = 2  # windows that make a list a plan which no heading calls one


def _from_elsewhere(statements: Sequence[Statement]) -> list[PlannedStage]:
    """Read a list under another heading, if at least two of its entries have hours."""
    stages = _from_lists(statements, _PLANLESS)
    timed = [stage for stage in stages if stage.earliest or stage.latest]
    headed = [stage for stage in stages if len(stage.actions) >= _FEWEST or stage.name]
    planned = len(timed) >= _FEWEST or (timed and len(headed) >= _FEWEST)
    return stages if planned else []


def _from_lists(statements: Sequence[Statement], topics: frozenset[Topic]) -> list[PlannedStage]:
    """Read headings of stages with the items below them, and lines that are stages themselves."""
    blocks = [one for one in blocks_of(statements, topics) if not explains(one.passage.text)]
    lists = Lists(named=Topic.PLAN in topics)
    for index, block in enumerate(blocks):
        lists.enter(block, blocks[index + 1] if index + 1 < len(blocks) else None)
    lists.close()
    return [stage for stage in lists.stages if stage.actions or stage.earliest or stage.latest]
