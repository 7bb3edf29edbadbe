"""The plan: its stages with window and actions, from a list, a table or sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import may_state_hours
from impactcalc.intake.escalation.plan.doubts import without_doubts
from impactcalc.intake.escalation.plan.legends import explains
from impactcalc.intake.escalation.plan.lists import Lists
from impactcalc.intake.escalation.plan.stages import (
    PlannedStage,
    blocks_of,
)
from impactcalc.intake.escalation.plan.strangers import is_grade, orders_work, without_strangers
from impactcalc.intake.escalation.plan.table import stages_of_tables
from impactcalc.intake.escalation.plan.titles import without_codes
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.structure.statements import Statement


def read_plan(statements: Sequence[Statement]) -> tuple[PlannedStage, ...]:
    """Find the stages of the plan; empty when the text has none."""
    stages = stages_of_tables(statements)
    if not stages:
        stages = _wider(_from_lists(statements, frozenset({Topic.PLAN})), statements)
    if not _has_hours(stages):
        from impactcalc.intake.escalation.plan.prose import stages_of_sentences

        told = _fuller(stages_of_sentences(statements), _from_elsewhere(statements))
        stages = told if _has_hours(told) or not stages else stages
    graded = any(is_grade(stage.name) for stage in stages)
    sure = (
        orders_work(stages)
        and not graded
        and not any(holds(one.lower, _NO_PLAN) for one in statements)
    )
    if not (sure or _is_called_plan(stages, statements)):
        return ()
    once = without_doubts(_told_once(stages))
    named = [one for one in once if not (one.name or "").startswith(_REPORTED)]
    kept = without_strangers(_without_owners(_without_speakers(named, statements)))
    names = without_codes([stage.name for stage in kept])
    return tuple(stage._replace(name=name) for stage, name in zip(kept, names, strict=True))


_REPORTED = ("As of ", "as of ")  # what opens a report: "As of this evening: the cable is in"
_FEWEST_TURNS = 3  # lines that one speaker opens


def _without_speakers(
    stages: list[PlannedStage], statements: Sequence[Statement]
) -> list[PlannedStage]:
    """Leave out names that open several lines before a gap: who says it."""
    turns = Counter(
        one.passage.text.partition("  ")[0] for one in statements if "  " in one.passage.text
    )
    return [
        stage._replace(name=None) if turns[stage.name or ""] >= _FEWEST_TURNS else stage
        for stage in stages
    ]


def _without_owners(stages: list[PlannedStage]) -> list[PlannedStage]:
    """Leave out names where one returns with another window behind others: who does it."""
    last: dict[str, int] = {}  # where each name stood last
    back = False
    for at, stage in enumerate(stages):
        if stage.name:
            back = back or last.get(stage.name, at) < at - 1
            last[stage.name] = at
    plain = all(map(str.istitle, last))
    return [stage._replace(name=None) for stage in stages] if back and plain else stages


def _is_called_plan(stages: Sequence[PlannedStage], statements: Sequence[Statement]) -> bool:
    """Whether one of some stages stands under a heading that calls it a plan."""
    lines = {stage.line for stage in stages}
    return any(
        one.topic is Topic.PLAN and one.passage.excerpt(0, 1)[0] in lines for one in statements
    )


def _told_once(stages: Sequence[PlannedStage]) -> list[PlannedStage]:
    """Leave out what says an earlier stage again, as a quoted message does."""
    kept: list[PlannedStage] = []
    for stage in stages:
        if not any(_says_again(stage, earlier) for earlier in kept):
            kept.append(stage)
    return kept


def _says_again(stage: PlannedStage, earlier: PlannedStage) -> bool:
    """Whether a stage has the window of an earlier one, and no action that it had not."""
    window = (stage.earliest, stage.latest)
    if window != (earlier.earliest, earlier.latest) or stage.name not in {None, earlier.name}:
        return False
    known = {action.text.lower() for action in earlier.actions}
    return bool(stage.actions) and all(one.text.lower() in known for one in stage.actions)


def _wider(stages: list[PlannedStage], statements: Sequence[Statement]) -> list[PlannedStage]:
    """Give a list that goes on under other headings, where what stands there are stages, too.

    Each further one has a name, a window that ends, and an action; those of the plan stay.
    """
    if not _has_hours(stages):
        return stages
    wide = _from_lists(statements, _PLANLESS | {Topic.PLAN}, named=False)
    known = {(stage.line, stage.name) for stage in stages}
    more = [stage for stage in wide if (stage.line, stage.name) not in known]
    whole = len(wide) - len(more) == len(stages)
    sure = all(stage.name and stage.latest and stage.actions for stage in more)
    return wide if more and whole and sure else stages


def _fuller(told: list[PlannedStage], listed: list[PlannedStage]) -> list[PlannedStage]:
    """Give the plan of a list where it says more than sentences do."""
    counts = [
        (
            len(one),
            sum(len(stage.actions) for stage in one),
            sum(stage.name is not None for stage in one),
        )
        for one in (listed, told)
    ]
    return listed if counts[0] > counts[1] or not told else told


def _has_hours(stages: Sequence[PlannedStage]) -> bool:
    """Whether any stage of a plan has a window in hours."""
    return any(stage.earliest or stage.latest for stage in stages)


_UNWRITTEN = ("plan has not been", "plan is not", "for reference only")
_NO_PLAN = (
    "no plan",
    "no recovery plan",
    "no action plan",
    "plan is open",
    "without a plan",
    *_UNWRITTEN,
)
"""Words that deny a plan which no heading calls one."""
OWNERS = frozenset(
    {"owner", "owners", "responsible", "lead", "assignee", "assigned to", "who", "team", "led by"}
)
"""Labels of a line that stands between the title of a stage and its actions."""
_OPEN_TOPICS = (Topic.NEXT, Topic.NONE, Topic.DESCRIPTION, Topic.IMPACT)
_PLANLESS = frozenset({*_OPEN_TOPICS, Topic.ACCOUNT, Topic.STATUS, Topic.CREDITS})
_FEWEST = 2  # windows that make a list a plan which no heading calls one


def _from_elsewhere(statements: Sequence[Statement]) -> list[PlannedStage]:
    """Read a list under another heading, if at least two of its entries have hours."""
    if not any(may_state_hours(one.text) for one in statements):
        return []
    stages = _from_lists(statements, _PLANLESS)
    timed = [stage for stage in stages if stage.earliest or stage.latest]
    headed = [stage for stage in stages if len(stage.actions) >= _FEWEST or stage.name]
    planned = len(timed) >= _FEWEST or (timed and len(headed) >= _FEWEST)
    return stages if planned else []


def _from_lists(
    statements: Sequence[Statement], topics: frozenset[Topic], *, named: bool | None = None
) -> list[PlannedStage]:
    """Read headings of stages with the items below them, and lines that are stages themselves."""
    blocks = [
        one
        for one in blocks_of(statements, topics)
        if not (explains(one.passage.text) or (one.label in OWNERS and one.role is Role.TEXT))
    ]
    lists = Lists(named=Topic.PLAN in topics if named is None else named)
    for index, block in enumerate(blocks):
        lists.enter(block, blocks[index + 1] if index + 1 < len(blocks) else None)
    lists.close()
    return [stage for stage in lists.stages if stage.actions or stage.earliest or stage.latest]
