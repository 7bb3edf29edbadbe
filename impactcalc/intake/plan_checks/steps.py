"""A step: one thing that is planned, under way or done, wherever the text says so."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import holds
from impactcalc.intake.escalation.words.wording import split_words, stems_of
from impactcalc.intake.plan_checks.families import DOING, MENDING, TALKING, WATCHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.domain.scenario import Scenario
    from impactcalc.intake.escalation.reading import Reading
    from impactcalc.intake.escalation.states.states import State
    from impactcalc.intake.escalation.structure.statements import Statement

_LONGEST_QUOTE = 64
_TOLD = frozenset({Topic.STATUS, Topic.NONE, Topic.DESCRIPTION, Topic.PLAN})
_ASIDE = frozenset({Role.HEADING, Role.RULE, Role.SPEAKER})


class Step:
    """One step: a plain class, for a `NamedTuple` costs every estimate a quarter of a millisecond.

    Parameters
    ----------
    text
        As written.
    line
        Where it stands; 0 when nowhere.
    stage
        Number of its stage in plan order; -1 for a next step outside the plan.
    state
        What the text says of it; None when nothing.

    Attributes
    ----------
    words
        All its words in small letters, a verb and its particle joined (``failover``).
    stems
        Stems of its words that carry meaning, each once, in their order.

    Examples
    --------
    >>> Step("Implement network partition detection", 57).watches
    True
    >>> Step("Fail over to the second site", 3).words[:3]
    ('failover', 'over', 'to')
    """

    __slots__ = ("line", "stage", "state", "stems", "text", "words")

    def __init__(self, text: str, line: int, stage: int = -1, state: State | None = None) -> None:
        self.text, self.line, self.stage, self.state = text, line, stage, state
        self.words = tuple(split_words(text))
        self.stems = tuple(dict.fromkeys(stems_of(self.words)))

    @property
    def quote(self) -> str:
        """Its words in quotation marks, shortened."""
        return quoted(self.text)

    @property
    def watches(self) -> bool:
        """Whether it only watches."""
        return begins(self.words, WATCHING) and not begins(self.words, MENDING)

    @property
    def acts(self) -> bool:
        """Whether it changes something in the service."""
        return not self.watches and not begins(self.words, TALKING)


def begins(words: Sequence[str], beginnings: tuple[str, ...]) -> bool:
    """Whether one of the words has one of the beginnings."""
    for word in words:  # noqa: SIM110 - a generator would cost as much again
        if word.startswith(beginnings):
            return True
    return False


def quoted(text: str) -> str:
    """Put a text in quotation marks, at most so many characters of it."""
    shown = " ".join(text.split())
    if len(shown) > _LONGEST_QUOTE:
        shown = shown[: _LONGEST_QUOTE - 3].rstrip() + "..."
    return f"'{shown}'"


def line_of(source: str) -> int:
    """Line number that a source names, or 0."""
    before = source.rstrip("0123456789")
    digits = source[len(before) :]
    return int(digits) if digits and before.endswith(("line ", ":")) else 0


def planned(scenario: Scenario, reading: Reading | None) -> tuple[Step, ...]:
    """List the actions of the plan, with what the text says of each."""
    told = (
        {}
        if reading is None
        else {(one.action.line, one.action.text): one.state for one in reading.progress}
    )
    steps = []
    for number, stage in enumerate(scenario.recovery.stages):
        for action in stage.actions:
            line = line_of(action.source)
            steps.append(Step(action.value, line, number, told.get((line, action.value))))
    return tuple(steps)


def next_steps(reading: Reading) -> tuple[Step, ...]:
    """List the items of the section of next steps that are not the plan itself."""
    planned = {action.line for stage in reading.stages for action in stage.actions}
    return tuple(
        Step(statement.text.rstrip(" .;"), statement.passage.line)
        for statement in reading.statements
        if statement.topic is Topic.NEXT
        and statement.role is Role.ITEM
        and statement.passage.line not in planned
    )


def told(reading: Reading) -> Iterator[Step]:
    """List sentences outside plan and next steps that speak of treating something."""
    for statement in reading.statements:
        if statement.topic in _TOLD and statement.role not in _ASIDE and not statement.field:
            one = Step(statement.text, statement.passage.line)
            if begins(one.words, DOING):
                yield one


@cache
def _negation() -> re.Pattern[str]:
    """Compile words before a cause that deny it."""
    return re.compile(
        r"\b(?:no|not|never|without|exclud\w+|rul\w+ out|unlikely|nor|neither|instead of|"
        r"unrelated to|rather than)\b[^.;]{0,40}$"
    )


_NEGATIONS = (
    *("no", "never", "without", "exclud", "rul", "unlikely", "neither", "instead", "unrelated"),
    "rather",
)
"""One of these stands in every denial; asked before the pattern is compiled."""


def denies(before: str) -> bool:
    """Whether the words before a cause deny it.

    Examples
    --------
    >>> denies("there were no "), denies("after "), denies("we ruled out ")
    (True, False, True)
    """
    return holds(before, _NEGATIONS) and _negation().search(before) is not None


def is_usable(statement: Statement) -> bool:
    """Whether a statement speaks of this incident, of what is, and says something."""
    return (
        statement.role not in _ASIDE
        and bool(statement.value.strip())
        and not statement.is_past
        and not statement.is_hypothetical
        and not statement.is_instruction
    )
