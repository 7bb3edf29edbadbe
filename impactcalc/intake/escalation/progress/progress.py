"""Where the plan's actions stand: what the status section says of each."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.plan.legends import explains, read_legend, signs_of, state_of_mark
from impactcalc.intake.escalation.progress.addresses import Addresses
from impactcalc.intake.escalation.progress.supposing import is_dictated
from impactcalc.intake.escalation.progress.telling import Teller
from impactcalc.intake.escalation.progress.totals import Totals
from impactcalc.intake.escalation.states.state_labels import state_label
from impactcalc.intake.escalation.states.states import State, state_of
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import holds, word_set
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from impactcalc.intake.escalation.plan.stages import Action, PlannedStage
    from impactcalc.intake.escalation.structure.statements import Statement

_OLDEST = 1_000_000  # mails ago: whatever is told later is newer than a sign in the plan
_STATUS_LINES = frozenset({"status", "state", "current state", "current status"})


class Progress(NamedTuple):
    """What the text says of one action.

    Parameters
    ----------
    action
        The action of the plan.
    state
        How far it is.
    line, excerpt
        Where the text says so, and its words.
    rank
        Newer and more particular statements have higher ranks.
    """

    action: Action
    state: State
    line: int
    excerpt: str
    rank: tuple[int, str, bool, int] = (-_OLDEST, "", False, 0)


class Told(NamedTuple):
    """What the text says of all actions.

    Parameters
    ----------
    progress
        One entry for each of which it says something, in plan order.
    disputed
        Two entries each for one of which two lines of the same list say different things.
    """

    progress: tuple[Progress, ...] = ()
    disputed: tuple[tuple[Progress, Progress], ...] = ()


def read_progress(statements: Sequence[Statement], stages: Sequence[PlannedStage]) -> Told:
    """Find what the text says of the actions.

    Parameters
    ----------
    statements
        All statements of the text.
    stages
        The plan.
    """
    actions = [action for stage in stages for action in stage.actions]
    if not actions:
        return Told()
    legend = read_legend(statements)
    spoken = [*_marked(statements, actions, legend)]
    reports, others = _reports(statements, stages)
    told = _tell(statements, stages, reports, legend)
    plain = {one.passage.line for one in reports if one.topic in {Topic.STATUS, Topic.PLAN}}
    if others and not any(one.line in plain for one in told):
        told = _tell(statements, stages, sorted((*reports, *others), key=_order), legend)
    spoken.extend(told)
    newest: dict[int, Progress] = {}
    for one in spoken:
        key = id(one.action)
        if key not in newest or one.rank >= newest[key].rank:
            newest[key] = one
    disputed = _disputes(told, newest, statements)
    kept = (newest[id(one)] for one in actions if id(one) in newest and id(one) not in disputed)
    return Told(tuple(kept), tuple(disputed.values()))


def _disputes(
    told: Sequence[Progress], newest: Mapping[int, Progress], statements: Sequence[Statement]
) -> dict[int, tuple[Progress, Progress]]:
    """Give by action two items of one undated list that cannot both hold."""
    plain = {one.passage.line for one in statements if _is_undated_item(one)}
    found: dict[int, tuple[Progress, Progress]] = {}
    for one in told:
        last = newest[id(one.action)]
        if (
            _cannot_both_hold(one.state, last.state)
            and one.line != last.line
            and {one.line, last.line} <= plain
        ):
            found.setdefault(id(one.action), (one, last))
    return found


def _cannot_both_hold(first: State, last: State) -> bool:
    """Whether an action cannot be so far and then so far: what goes on may be done below."""
    far = {State.NOT_STARTED: 0, State.IN_PROGRESS: 1, State.DONE: 2}
    return far[first] > far[last] or far[last] - far[first] == far[State.DONE]


def _is_undated_item(statement: Statement) -> bool:
    """Whether a statement is one of a list in which none is told to be newer than another."""
    item = statement.role is Role.ITEM and statement.topic is Topic.STATUS
    return item and not statement.when and not holds(statement.lower, _NEWER)


_NEWER = ("now", "meanwhile", "since", "later", "today", "yesterday", "update", "correct", "then ")


def _order(statement: Statement) -> int:
    """Give the place of a statement in the text."""
    return statement.order


def _tell(
    statements: Sequence[Statement],
    stages: Sequence[PlannedStage],
    reports: Sequence[Statement],
    legend: Mapping[str, State | None],
) -> list[Progress]:
    """Give what reports tell, in the order of the text."""
    numbers = _numbers_of(statements, stages, reports)
    teller = Teller(stages, numbers, legend, Totals(statements))
    addresses = Addresses(statements, stages)
    spoken: list[Progress] = []
    answered = _answered(statements, stages)
    for statement in reports:
        if statement.order in answered:
            teller.ask(answered[statement.order])
        line, excerpt = statement.passage.excerpt(0, len(statement.text))
        for action, state, whole in addresses.told(statement) or teller.read(statement):
            order = statement.order if _in_order(statement) else -statement.order
            rank = (-statement.quoted, statement.when, not whole, order)
            spoken.append(Progress(action, state, line, excerpt, rank))
    return spoken


def _answered(
    statements: Sequence[Statement], stages: Sequence[PlannedStage]
) -> dict[int, tuple[Action, ...]]:
    """Give the actions right below which, in a quoted mail, somebody wrote an answer."""
    lines: dict[int, list[Action]] = {}
    for stage in stages:
        for action in stage.actions:
            lines.setdefault(action.line, []).append(action)
    return {
        below.order: tuple(lines[above.passage.line])
        for above, below in pairwise(statements)
        if above.quoted > below.quoted and above.passage.line in lines
    }


def _in_order(statement: Statement) -> bool:
    """Whether what stands below is newer; not under ``Comments (newest first)``."""
    return not any(holds(heading.lower(), _NEWEST_FIRST) for heading in statement.headings)


_NEWEST_FIRST = (
    "newest first",
    "latest first",
    "recent first",
    "newest on top",
    "latest on top",
)


def _reports(
    statements: Sequence[Statement], stages: Sequence[PlannedStage]
) -> tuple[list[Statement], list[Statement]]:
    """Give the statements of the status section and of a chat, and those that may report, too."""
    planned = _plan_orders(statements, stages)
    plan = [statement for statement in statements if statement.order in planned]
    last = max(planned, default=0)
    reports: list[Statement] = []
    others: list[Statement] = []
    above = ""
    for statement in statements:
        above = statement.lower if _is_head(statement) else above
        if statement.role in {Role.HEADING, Role.SPEAKER} or statement.order in planned:
            continue
        if statement.label in _STATUS_LINES or _only_supposes(statement):
            continue
        if statement.is_instruction or is_dictated(statement.lower):
            continue
        if statement.text[-1:] != "." and explains(statement.block.passage.text):
            continue
        chat = statement.topic is Topic.PLAN and statement.role is Role.TEXT
        newer = _is_newer(statement, plan)
        goes_on = bool(reports) and _goes_on(reports[-1], statement)
        if statement.topic is Topic.STATUS or chat or goes_on:
            reports.append(statement)
        elif _may_report(statement, above) and (newer or statement.order > last):
            (reports if newer or statement.said is not None else others).append(statement)
    return reports, others


def _goes_on(before: Statement, statement: Statement) -> bool:
    """Whether a line belongs to the paragraph of a report right above it; no field does."""
    if statement.field:
        return False
    text = before.role is statement.role is Role.TEXT and statement.topic is Topic.NONE
    return text and statement.passage.lines[0] - before.passage.lines[-1] in {0, 1}


def _is_head(statement: Statement) -> bool:
    """Whether a statement may be the head of those below: a heading, or a few words alone."""
    if statement.role is Role.HEADING:
        return True
    few = statement.role is Role.TEXT and len(statement.text) < _LONGEST_HEAD
    return few and statement.text[-1:].isalnum() and len(statement.text.split()) <= _FEW


_LONGEST_HEAD = 40
_FEW = 4  # words of a head


def _may_report(statement: Statement, head: str) -> bool:
    """Whether a statement outside a status section may tell of progress: not below ``Costs``."""
    may = statement.topic in {Topic.NONE, Topic.DESCRIPTION, Topic.PLAN}
    return may and _IDLE_HEADS.isdisjoint(re.findall(r"[a-z]+", head))


_IDLE_HEADS = word_set(
    "criteria definition options alternatives costs cost budget warranty assumptions assumption "
    "expectations rules policy glossary lessons history risks contacts terms background "
    "prerequisites dependencies scope requirements"
)
"""Words in headings below which actions are spoken of, but not how far they are."""


def _is_newer(statement: Statement, plan: Sequence[Statement]) -> bool:
    """Whether a statement stands above the plan but was written after it: in a newer mail."""
    if not plan:
        return False
    if statement.quoted != plan[-1].quoted:
        return statement.quoted < plan[-1].quoted
    return bool(plan[-1].when) and statement.when > plan[-1].when


def _only_supposes(statement: Statement) -> bool:
    """Whether a statement tells what would be: ``if the patch were deployed, ...``.

    What would come of an action tells why it waits: ``not before noon, it would lock the doors``.
    """
    supposed = "would" in statement.words and "would" in statement.lower.partition(",")[0]
    return supposed or statement.lower.startswith("if ")


def _plan_orders(statements: Sequence[Statement], stages: Sequence[PlannedStage]) -> frozenset[int]:
    """Give the numbers of the statements that are the plan itself."""
    words: dict[int, list[str]] = {}
    for stage in stages:
        words.setdefault(stage.line, []).append(" ".join(stage.excerpt.split()))
        for action in stage.actions:
            words.setdefault(action.line, []).append(" ".join(action.excerpt.split()))
    return frozenset(statement.order for statement in statements if _is_planned(statement, words))


def _is_planned(statement: Statement, words: Mapping[int, Sequence[str]]) -> bool:
    """Whether a statement holds words of the plan that stand in one of its lines."""
    here = [one for line in statement.passage.lines for one in words.get(line, ())]
    return bool(here) and holds(statement.passage.written(), here)


def _explains_boxes(statement: Statement) -> bool:
    """Whether a statement tells what checkboxes mean: ``[x] done, [ ] open``."""
    lower = statement.lower
    return "legend" in lower or ("[x]" in lower and "[ ]" in lower)


def _marked(
    statements: Sequence[Statement], actions: Sequence[Action], legend: Mapping[str, State | None]
) -> Iterator[Progress]:
    """Give the states that signs and checkboxes in the plan itself show."""
    explained = any(map(_explains_boxes, statements))
    for action in actions:
        state = state_of_mark(action.mark, legend) if action.mark else None
        if state is None and legend.keys().isdisjoint(signs_of(action.mark)):
            if action.mark == "[ ]" and explained:
                state = State.NOT_STARTED
            elif action.mark:
                state = state_of(action.mark, [])
        if state is not None:
            yield Progress(action, state, action.line, action.excerpt)


def _numbers_of(
    statements: Sequence[Statement], stages: Sequence[PlannedStage], told: Sequence[Statement]
) -> dict[int, tuple[Action, ...]]:
    """Give what a bare number stands for: a numbered action, a stage, or an action in its turn."""
    actions = [action for stage in stages for action in stage.actions]
    marks = {
        statement.passage.line: int(digits)
        for statement in statements
        if statement.block.marker and (digits := statement.block.marker.strip("().[] ")).isdigit()
    }
    of_actions: dict[int, list[Action]] = {}
    for stage in stages:
        for action in stage.actions:
            if action.line in marks and (action.line != stage.line or len(stage.actions) == 1):
                of_actions.setdefault(marks[action.line], []).append(action)
    if of_actions and all(len(found) == 1 for found in of_actions.values()):
        return {number: tuple(found) for number, found in of_actions.items()}
    highest = max((number for one in told for number in _bare_numbers(one)), default=0)
    if len(stages) < highest <= len(actions):
        return {number: (action,) for number, action in enumerate(actions, start=1)}
    headed = any(stage.line in marks for stage in stages)
    if headed or len(stages) == len(actions):
        return {number: stage.actions for number, stage in enumerate(stages, start=1)}
    return {}


@cache
def _bare_number() -> re.Pattern[str]:
    """Compile a number that stands for something: ``1, 2 and 3 are done``, ``open: 4``."""
    return re.compile(
        r"(?:^|[:,;] |\band )([0-9]{1,2})(?=$|[,.;:]| and |"
        r" (?:is|are|was|has|done|in progress|not)\b)"
    )


def _bare_numbers(statement: Statement) -> Iterator[int]:
    """Give the numbers that stand for an action or a stage in a report."""
    marker = statement.block.marker.strip("().[] ")
    if marker.isdigit() and state_label(statement.text) is not None:
        yield int(marker)
    if statement.has_digits:
        yield from (int(match[1]) for match in _bare_number().finditer(statement.lower))
