"""Where the plan's actions stand: what the status section says of each."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.block import Role
from impactcalc.intake.escalation.dates import find_stamps
from impactcalc.intake.escalation.matching import Matcher
from impactcalc.intake.escalation.sections import Topic
from impactcalc.intake.escalation.stages import Action, PlannedStage, leading_mark
from impactcalc.intake.escalation.state_words import EFFECTS
from impactcalc.intake.escalation.states import State, mark_state, state_of
from impactcalc.intake.escalation.vocabulary import DIGITS, holds, may_hold
from impactcalc.intake.escalation.wording import split_words, stem
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.statements import Statement

# What stands in a list below one of these is so far.
_LISTED = {
    **dict.fromkeys(("done", "completed", "finished"), State.DONE),
    **dict.fromkeys(("in work", "in progress", "ongoing"), State.IN_PROGRESS),
    **dict.fromkeys(("open", "pending", "to do", "not started"), State.NOT_STARTED),
}
_THINGS_TO_DO = frozenset({"action", "actions", "steps", "measures", "tasks", "items"})
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
    rank: tuple[int, int, str, int] = (0, 0, "", 0)


@cache
def _numbered() -> re.Pattern[str]:
    """Compile a label that numbers a stage or an action."""
    return re.compile(
        r"(?:(?P<kind>stage|phase|step|block|wave)|action|item|point|no\.?|#|nr\.?)? "
        r"?(?P<number>[0-9]{1,2}|[a-h])$"
    )


@cache
def _number_first() -> re.Pattern[str]:
    """Compile ``2 is done`` and ``Step 3 has started`` at the begin of a sentence."""
    return re.compile(
        r"(?P<kind>stage|phase|step)?[_ ]?#?(?P<number>[1-9])(?:(?: (?:is|was|has|are|been|now))*"
        r"(?= (?:not |done|started|running|complete|completed|finished|under|in progress|"
        r"open|pending|"
        r"blocked|waiting|begun|planned|scheduled)\b)| *[=:]+ *\"?)"
    )


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


@cache
def _ordinal_step() -> re.Pattern[str]:
    """Compile ``the third step``."""
    return re.compile(rf"\bthe ({'|'.join(_ORDINALS)}) (?:step|stage|phase)\b")


_NUMBERS = (*"123456789#", "stage", "phase", "step")
_ENDS = (",", ";", ":", ".", " and ", " but ", " while ", " whereas ", "\n", " - ")


@cache
def _clause_ends() -> re.Pattern[str]:
    """Compile where one clause ends and the next begins."""
    return re.compile(
        r"[,;:.](?=\s|$)| and (?=[a-z])| but | while | whereas |\n| - ", re.IGNORECASE
    )


_REST = (
    *("the rest", "remaining", "remainder", "the other", "second half"),
    *("follow", "still missing", "to come", "to go"),
)


@cache
def _rest_follows() -> re.Pattern[str]:
    """Compile words that say that a part is still missing."""
    return re.compile(
        r"\b(?:the rest|remaining|remainder|the others?|second half)\b|\bfollows?\b|\bto follow\b"
        r"|\bstill missing\b|\bto come\b|\bto go\b"
    )


def read_progress(
    statements: Sequence[Statement], stages: Sequence[PlannedStage]
) -> tuple[Progress, ...]:
    """Find what the text says of the actions, one entry each, in plan order.

    Parameters
    ----------
    statements
        All statements of the text.
    stages
        The plan.
    """
    reader = _Reader(stages)
    spoken: list[Progress] = [*reader.marked(statements)]
    for statement in _status_statements(statements, stages):
        spoken.extend(reader.read(statement))
    newest: dict[int, Progress] = {}
    for one in spoken:
        key = id(one.action)
        if key not in newest or one.rank >= newest[key].rank:
            newest[key] = one
    order = [id(action) for stage in stages for action in stage.actions]
    return tuple(newest[key] for key in order if key in newest)


def _status_statements(
    statements: Sequence[Statement], stages: Sequence[PlannedStage]
) -> Iterator[Statement]:
    """Give the statements that report: the status section, signs of a chat, or later sentences."""
    planned = _plan_orders(statements, stages)
    plan = [statement for statement in statements if statement.order in planned]
    last = max(planned, default=0)
    reported = any(
        statement.topic is Topic.STATUS and statement.label not in _STATUS_LINES
        for statement in statements
        if statement.role is not Role.HEADING and statement.order not in planned
    )
    for statement in statements:
        if statement.role in {Role.HEADING, Role.SPEAKER} or statement.order in planned:
            continue
        if statement.label in _STATUS_LINES or _only_supposes(statement):
            continue
        chat = statement.topic is Topic.PLAN and statement.role is Role.TEXT
        later = statement.order > last and (not reported or statement.said is not None)
        later = later or _is_newer(statement, plan)
        told = statement.topic in {Topic.NONE, Topic.DESCRIPTION} and later
        if statement.topic is Topic.STATUS or chat or told:
            yield statement


def _is_newer(statement: Statement, plan: Sequence[Statement]) -> bool:
    """Whether a statement stands above the plan but was written after it: in a newer mail."""
    if not plan:
        return False
    if statement.quoted != plan[-1].quoted:
        return statement.quoted < plan[-1].quoted
    return bool(plan[-1].when) and statement.when > plan[-1].when


def _only_supposes(statement: Statement) -> bool:
    """Whether a statement tells what would be: ``if the patch were deployed, ...``."""
    return "would" in statement.words or statement.lower.startswith("if ")


def _plan_orders(statements: Sequence[Statement], stages: Sequence[PlannedStage]) -> frozenset[int]:
    """Give the numbers of the statements that are the plan itself."""
    words: dict[int, list[str]] = {}
    for stage in stages:
        words.setdefault(stage.line, []).append(" ".join(stage.excerpt.split()))
        for action in stage.actions:
            words.setdefault(action.line, []).append(" ".join(action.excerpt.split()))
    return frozenset(
        statement.order
        for statement in statements
        for line in statement.passage.lines
        if line in words and holds(statement.passage.written(), words[line])
    )


def _explains_boxes(statement: Statement) -> bool:
    """Whether a statement tells what checkboxes mean: ``[x] done, [ ] open``."""
    lower = statement.lower
    return "legend" in lower or ("[x]" in lower and "[ ]" in lower)


class _Reader:
    """Reads statements one after another; keeps an action that waits for its state."""

    def __init__(self, stages: Sequence[PlannedStage]) -> None:
        self._stages = stages
        self._actions = [action for stage in stages for action in stage.actions]
        self._matcher = Matcher(self._actions)
        self._asked: Action | None = None

    def marked(self, statements: Sequence[Statement]) -> Iterator[Progress]:
        """Give the states that signs and checkboxes in the plan itself show."""
        legend = any(map(_explains_boxes, statements))
        for action in self._actions:
            state = mark_state(action.mark)
            if state is None and action.mark == "[ ]" and legend:
                state = State.NOT_STARTED
            if state is None and action.mark:
                state = state_of(action.mark, [])
            if state is not None:
                yield Progress(action, state, action.line, action.excerpt)

    def read(self, statement: Statement) -> Iterator[Progress]:
        """Give what one statement says of actions: of whole stages, else of single ones."""
        whole = list(self._of_number(statement)) or list(self._of_stages(statement))
        for rank, spoken in ((0, whole), (1, [] if whole else self._of_clauses(statement))):
            for action, state in spoken:
                line, excerpt = statement.passage.excerpt(0, len(statement.text))
                order = (rank, -statement.quoted, statement.when, statement.order)
                yield Progress(action, state, line, excerpt, order)

    def _of_clauses(self, statement: Statement) -> Iterator[tuple[Action, State]]:
        """Read clause by clause; one without a subject speaks of the action before it."""
        mark, start = leading_mark(statement.text)
        opening = [stamp.end for stamp in find_stamps(statement.text) if stamp.start <= start + 1]
        start = max([start, *opening])
        waiting, self._asked = self._asked, None
        shown = mark_state(mark)
        told: set[int] = set()
        for begin, end in _clauses(statement.text, start):
            found, sure = self._matcher.match(statement.text[begin:end])
            action = found or waiting
            if action is None:
                continue
            known = self._matcher.stems_of(action)
            clause = statement.lower[begin:end]
            state = shown or state_of(clause, known, sure=found is not None and not sure)
            if state is not None and not shown and _is_label(statement, begin, end, known, state):
                state = None  # "Throttling imports: not started", "Split the table: in progress"
            if state is None:
                waiting = found if found is not None and sure else waiting
            elif id(action) not in told:
                told.add(id(action))
                yield action, _unfinished(state, statement.lower[end:])
                waiting, shown = None, None
        if statement.text.rstrip().endswith("?"):
            self._asked = waiting
        elif waiting is not None and not told and statement.headings:
            listed = _LISTED.get(statement.headings[-1].lower().strip(" :."))
            if listed is not None and EFFECTS.isdisjoint(statement.words):
                yield waiting, listed

    def _of_number(self, statement: Statement) -> Iterator[tuple[Action, State]]:
        """Read ``2: in progress`` and ``Step 3: done``, which name a stage or action by number."""
        match = _numbered().match(statement.label) if statement.start else None
        start = statement.start
        if match is None and not statement.words.isdisjoint(_ORDINALS):
            yield from self._of_ordinal(statement)
            return
        if match is None and statement.lower.startswith(_NUMBERS):
            match = _number_first().match(statement.lower)
            start = match.end() if match else 0
        if match is None:
            return
        state = state_of(statement.lower[start:], [])
        kind, digits = match["kind"], match["number"]
        number = int(digits) if digits.isdigit() else ord(digits) - ord("a") + 1
        of_stage = bool(kind) or len(self._actions) == len(self._stages)
        if of_stage and 0 < number <= len(self._stages):
            chosen = self._stages[number - 1].actions
        else:
            chosen = tuple(self._actions[number - 1 : number]) if number else ()
        if state is not None:
            yield from ((action, state) for action in chosen)

    def _of_ordinal(self, statement: Statement) -> Iterator[tuple[Action, State]]:
        """Read ``nothing has been done for the third step``, in a plan of one action a stage."""
        match = _ordinal_step().search(statement.lower)
        state = state_of(statement.lower, []) if match else None
        number = _ORDINALS[match[1]] if match else 0
        if state is not None and number <= len(self._stages):
            yield from ((action, state) for action in self._stages[number - 1].actions)

    def _of_stages(self, statement: Statement) -> Iterator[tuple[Action, State]]:
        """Read ``all immediate and short-term actions completed``."""
        lower = statement.lower
        if statement.words.isdisjoint(_THINGS_TO_DO) or not re.search(
            r"\b(?:actions?|steps|measures|tasks|items)\b", lower
        ):
            return
        state = state_of(lower, [])
        named = [stage for stage in self._stages if stage.name and stage.name.lower() in lower]
        every = lower.startswith(("all ", "every ", "none of the ", "no ")) and not named
        if state is State.IN_PROGRESS or state is None or not (named or every):
            return
        for stage in named or self._stages:
            for action in stage.actions:
                yield action, state


def _is_label(
    statement: Statement, begin: int, end: int, known: Sequence[str], state: State
) -> bool:
    """Whether a clause only names an action, and a colon leads to its state.

    It names it by its ``-ing`` form, or in the words of the plan: ``Split the table``.
    """
    text = statement.text
    words = text[begin:end].split(maxsplit=2)
    if not words or text[end : end + 2] != ": " or DIGITS.intersection(text[begin:end]):
        return False
    if words[0].endswith("ing"):
        return state is State.IN_PROGRESS
    first = next(iter(split_words(statement.lower[begin:end])), "")
    ordered = bool(known) and stem(first) == known[0] and not words[0].endswith("ed")
    return ordered and state_of(statement.lower[end + 2 :], []) is not None


def _unfinished(state: State, rest: str) -> State:
    """Turn done into in progress when the words after it say that a part is still missing."""
    if state is State.DONE and holds(rest, _REST) and _rest_follows().search(rest):
        return State.IN_PROGRESS
    return state


def _clauses(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Cut a statement into clauses."""
    for match in _clause_ends().finditer(text, start) if may_hold(text.lower(), _ENDS) else ():
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)
