"""A plan told in sentences: ``within the next 2 hours we deploy a fix``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.block import Role
from impactcalc.intake.escalation.sections import Topic
from impactcalc.intake.escalation.steps import promised, read_step
from impactcalc.intake.escalation.vocabulary import holds, word_set
from impactcalc.intake.escalation.windows import find_span, is_all_window, may_hold_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.passages import Passage
    from impactcalc.intake.escalation.stages import Action
    from impactcalc.intake.escalation.statements import Statement
from impactcalc.intake.escalation.stages import (
    Head,
    PlannedStage,
    add_step,
    split_actions,
    stage_of,
)

_WORK = word_set(
    "add alert apply archive audit automate block bypass change clean clear copy correct credit "
    "cut deploy disable double drain drop enable enlarge exclude export extend fail fix flush "
    "freeze halt halve import increase install introduce isolate limit lower merge migrate move "
    "patch pause pin purge raise rebalance reboot rebuild reconnect recover redeploy redirect "
    "reduce reindex reinstall remove renew repair replace replay reprocess rerun resend reset "
    "resize restart restore retire reroute roll rotate route scale separate shed shift shrink "
    "shut skip split stop suspend swap switch throttle tune turn unblock update upgrade vacuum "
    "warm withdraw"
)
"""Verbs that open an action behind ``and``."""
_LONGEST_WINDOW = 48  # characters before the colon


@cache
def _in_sentence() -> re.Pattern[str]:
    """Compile a window that opens a clause of a plan: ``within the next 2 hours we ...``."""
    return re.compile(
        r"(?:^|(?<=[,;:.] )|(?<=and )|(?<=then ))(?:in |within |after |from |between |during |"
        r"over |for )"
        r"(?:the )?(?:next |first |about |coming )*(?=[0-9a-z])",
        re.IGNORECASE,
    )


@cache
def _doer() -> re.Pattern[str]:
    """Compile who does it and will: words between the window and the action."""
    return re.compile(
        r"[\s:,-]*(?:(?:we|they|engineering|the team|our team|our engineers|support|the vendor)"
        r"(?: will| are going to| plan to| intend to|'ll| want to| shall)? |to )?",
        re.IGNORECASE,
    )


def stages_of_sentences(statements: Sequence[Statement]) -> list[PlannedStage]:
    """Read a plan told in sentences; at least two windows make it a plan."""
    stages: list[PlannedStage] = []
    for statement in statements:
        if statement.role in {Role.HEADING, Role.ROW, Role.SPEAKER} or statement.is_past:
            continue
        if not may_hold_span(statement.text):
            continue
        starts = [match.start() for match in _in_sentence().finditer(statement.text)]
        opening = _opening_window(statement) if not starts else None
        if opening is not None:
            starts = [opening]
        for number, start in enumerate(starts):
            stop = starts[number + 1] if number + 1 < len(starts) else len(statement.text)
            stage = _sentence_stage(statement, start, stop)
            if stage is not None:
                stages.append(stage)
        if not starts and "; " in statement.text:
            _add_listed(stages, statement)
        elif not starts:
            _add_promises(stages, statement)
    return stages if len(stages) > 1 else []


_PROMISES = ("promised", "agreed", "plan to", "intend to", "committed", "will ", "want to")


def _add_listed(stages: list[PlannedStage], statement: Statement) -> None:
    """Add what a sentence lists between semicolons: ``0-1h switch it; 1-4h repair it``."""
    start, steps = statement.start, []
    for piece in statement.text[start:].split("; "):
        steps.append(read_step(statement.passage.part(start, start + len(piece))))
        start += len(piece) + 2
    if len(steps) > 1 and all(step is not None and not step.span.calendar for step in steps):
        for step in steps:
            if step is not None:
                add_step(stages, step, "")


def _add_promises(stages: list[PlannedStage], statement: Statement) -> None:
    """Add what a sentence promises, each with a window of its own behind it."""
    if not holds(statement.lower, _PROMISES) or statement.topic is Topic.STATUS:
        return
    at = min(where for cue in _PROMISES if (where := statement.lower.find(cue)) >= 0)
    for step in promised(statement.passage, statement.text.find(" ", at) + 1):
        add_step(stages, step, "")


def _opening_window(statement: Statement) -> int | None:
    """Find where a sentence opens with a window and a colon: ``then until 4h: roll back``."""
    for begin in dict.fromkeys((0, statement.start)):
        text = statement.text[begin : begin + _LONGEST_WINDOW]
        lead = re.match(r"(?:and |then |next: |after that,? |finally,? )+", text.lower())
        start = lead.end() if lead else 0
        head, colon, _ = text[start:].partition(": ")
        span = find_span(head) if colon else None
        if span is not None and not span.calendar and is_all_window(head, span):
            return begin + start
    return None


def _sentence_stage(statement: Statement, start: int, stop: int) -> PlannedStage | None:
    """Read one clause ``within the next 2 hours we deploy a fix``."""
    clause = statement.text[start:stop]
    head = clause.split(":")[0] if ":" in clause else clause
    span = find_span(head)
    if span is None or span.start > 1 or span.calendar:
        return None
    begin = start + span.end
    doer = _doer().match(statement.text, begin)
    begin = doer.end() if doer else begin
    end = start + len(re.sub(r"(?:[\s,;.]|\b(?:and|then))+$", "", clause))
    if end <= begin:
        return None
    passage = statement.passage
    title = passage.part(start, start + span.end)
    return stage_of(Head(None, span, title, None), [*_actions(passage.part(begin, end))])


def _actions(passage: Passage) -> Iterator[Action]:
    """Cut the actions of a sentence, at an ``and`` too when a verb of work opens both sides."""
    cut = passage.text.find(" and ")
    sides = (passage.text[: max(0, cut)], passage.text[cut + len(" and ") :])
    joint = "," in passage.text or ";" in passage.text or cut < 0
    if joint or not all(map(_opens_with_work, sides)):
        yield from split_actions(passage)
        return
    yield from split_actions(passage.part(0, cut))
    yield from split_actions(passage.part(cut + len(" and ")))


def _opens_with_work(words: str) -> bool:
    """Whether words may be an action of their own: a verb of work and what it is done to."""
    first, _, rest = words.strip().lower().partition(" ")
    return first in _WORK and bool(rest)
