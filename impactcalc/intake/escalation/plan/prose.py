"""A plan told in sentences: ``within the next 2 hours we deploy a fix``."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.running import event_of
from impactcalc.intake.escalation.figures.windows import find_span, may_hold_span
from impactcalc.intake.escalation.plan.clauses import is_numbered, steps_in
from impactcalc.intake.escalation.plan.steps import is_hope, is_report
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.verbs import is_work
from impactcalc.intake.escalation.words.vocabulary import holds, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.plan.stages import Action
    from impactcalc.intake.escalation.plan.steps import Step
    from impactcalc.intake.escalation.structure.passages import Passage
    from impactcalc.intake.escalation.structure.statements import Statement
from impactcalc.intake.escalation.plan.stages import (
    Head,
    PlannedStage,
    split_actions,
    stage_of,
)

_FEWEST = 2
_HAPPENED = word_set("was were had did lost went saw came took ran fell rose has have been is are")
_PROMISES = (
    "promised",
    "agreed",
    "plan to",
    "plans to",
    "intend",
    "committed",
    "want to",
    "the plan",
    "proceed",
    "commit ",
)


def stages_of_sentences(statements: Sequence[Statement]) -> list[PlannedStage]:
    """Read a plan told in sentences; outside of a plan's section two windows make one."""
    stages: list[PlannedStage] = []
    planned, last = False, None
    for question, statement in pairwise((None, *statements)):
        if statement is None or (question is not None and _is_estimate(statement, question)):
            continue
        if statement.role in {Role.HEADING, Role.ROW, Role.SPEAKER} or statement.is_past:
            continue
        if statement.topic is Topic.CONTACT:
            continue  # whom to call after an hour
        if statement.role is Role.ITEM and not (
            statement.topic is Topic.PLAN or holds(statement.lower, (*_PROMISES, *_FUTURE))
        ):
            continue  # read as an entry of a list
        if statement.topic is Topic.PLAN and _denies(statement):
            continue
        goes_on = last is not None and statement.order == last + 1
        for step in _steps(statement, goes_on=goes_on):
            last = statement.order
            planned = planned or statement.topic is Topic.PLAN
            _add(stages, step)
    return stages if len(stages) > 1 or planned else []


def _is_estimate(statement: Statement, question: Statement) -> bool:
    """Whether an answer tells how long it lasts, and what nobody does: ``In 2 hours, I hope``."""
    asked = question.lower
    timed = asked.endswith("?") and holds(asked, ("when ", "how long", "how soon", "what time"))
    return timed and not any(map(is_work, statement.words))


def _denies(statement: Statement) -> bool:
    """Whether a paragraph opens by saying that there is no plan: ``Plan: none so far. ...``."""
    block = statement.block
    first = block.passage.text[block.value_start :].lstrip()[:_LONGEST_DENIAL].lower()
    return first.startswith(_DENIALS)


_DENIALS = ("none", "not yet", "no plan", "nothing", "tbd", "to be agreed", "to be defined")
_LONGEST_DENIAL = 16  # characters


def _steps(statement: Statement, *, goes_on: bool) -> list[Step]:
    """Give the steps of a sentence: what will be done, each with its window.

    Parameters
    ----------
    statement
        A sentence.
    goes_on
        Whether the sentence before it told a step.
    """
    plan = statement.topic is Topic.PLAN
    told = plan or _is_next(statement) or is_numbered(statement.text)
    said = statement.topic is not Topic.STATUS and not holds(statement.lower, _TERMS)
    strong = told or (said and holds(statement.lower, _PROMISES))
    told = strong or (said and holds(statement.lower, _FUTURE))
    if not (may_hold_span(statement.text) or told or goes_on):
        return []
    passage = statement.passage
    if statement.start and not (find_span(statement.label) or event_of(statement.label)):
        passage = passage.part(statement.start)
    steps = steps_in(passage, loose=told or goes_on, closing=told)
    if any(is_report(step.action.text) for step in steps[:1]):
        return []
    if not plan:
        steps = [step for step in steps if not _goes_with(step.action.text)]
        steps = [step for step in steps if not _tells(step.action.text)]
    if not (strong or goes_on) and all(step.span.calendar for step in steps):
        return []  # "my committee will remember this autumn"
    if plan or holds(statement.lower, _FUTURE):
        return steps
    return [
        step
        for step in steps
        if not (_is_past(step.action.text) or is_hope(statement.text, step.span))
    ]


_TERMS = ("renew", "availability", "uptime")
"""What a contract promises, and no plan."""
_FUTURE = (" will ", " would ", "'ll ", " shall ", "going to ", "'d ")


def _goes_with(action: str) -> bool:
    """Whether words go on with the time before them: ``After six years with you we are cross``."""
    first = action.lower().split(None, 1)[:1]
    return bool(first) and first[0] in _GOING_ON


_GOING_ON = word_set("with without of as since like under among despite ago later earlier")


def _tells(action: str) -> bool:
    """Whether words open with what is or was, and order nothing: ``have been your customer``."""
    first, second = [*action.lower().split()[:_FEWEST], "", ""][:_FEWEST]
    return first in _TELLING or (first, second) in {("have", "been"), ("have", "had")}


_TELLING = word_set("was were has had is are been")


def _is_next(statement: Statement) -> bool:
    """Whether a sentence, no item of a list, tells the next steps."""
    return statement.topic is Topic.NEXT and statement.role is Role.TEXT


def _is_past(action: str) -> bool:
    """Whether an action is told as one that happened: ``restarted it``."""
    first, *rest = action.lower().split()[:_FEWEST]
    return first.endswith("ed") or not _HAPPENED.isdisjoint((first, *rest))


def _add(stages: list[PlannedStage], step: Step) -> None:
    """Add the stage of one clause; the same window again is the same stage."""
    stage = stage_of(Head(step.name, step.span, step.title, None), [*_actions(step.action)])
    last = stages[-1] if stages else None
    if last is not None and last[:3] == stage[:3] and (stage.earliest or stage.latest):
        stages[-1] = last._replace(actions=(*last.actions, *stage.actions))
    else:
        stages.append(stage)


def _actions(passage: Passage) -> Iterator[Action]:
    """Cut the actions of a sentence, at an ``and`` too when a verb of work opens both sides."""
    passage = passage.part(_counting(passage.text))
    cut = passage.text.find(" and ")
    sides = (passage.text[: max(0, cut)], passage.text[cut + len(" and ") :])
    joint = "," in passage.text or ";" in passage.text or cut < 0
    if joint or not all(map(_opens_with_work, sides)):
        yield from split_actions(passage)
        return
    yield from split_actions(passage.part(0, cut))
    yield from split_actions(passage.part(cut + len(" and ")))


@cache
def _counted_things() -> re.Pattern[str]:
    """Compile what only says how many actions follow: ``do two things: ``."""
    return re.compile(
        r"(?:do|take|make|carry out) (?:the following|these|[a-z]+) "
        r"(?:[a-z]+ )?(?:things|steps|actions|measures): +"
    )


def _counting(words: str) -> int:
    """Give where the actions begin behind the words that only count them.

    Examples
    --------
    >>> "do two things: drain it, and patch it"[_counting("do two things: drain it") :]
    'drain it, and patch it'
    """
    match = _counted_things().match(words) if holds(words, ("s: ",)) else None
    return match.end() if match else 0


def _opens_with_work(words: str) -> bool:
    """Whether words may be an action of their own: a verb of work and what it is done to."""
    first, _, rest = words.strip().lower().partition(" ")
    return is_work(first) and bool(rest)
