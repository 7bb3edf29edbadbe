"""Prerequisites: a step that rests on what the text says is not working, or on a later step."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.domain.check import Check
from impactcalc.intake.escalation.progress.matching import Matcher
from impactcalc.intake.escalation.states.states import State
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import holds, word_set
from impactcalc.intake.escalation.words.wording import split_words, stems
from impactcalc.intake.plan_checks.families import beginnings
from impactcalc.intake.plan_checks.steps import begins, is_usable, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from impactcalc.intake.escalation.reading import Reading
    from impactcalc.intake.escalation.structure.statements import Statement
    from impactcalc.intake.plan_checks.steps import Step

KIND = "prerequisite unmet"

_RESOURCES = beginnings("replica standby secondar follower backup snapshot mirror fallback spare")
"""What a step can rest on: beginnings of words."""

_BROKEN = (
    *("not serving", "not working", "not available", "unavailable", "not responding", "offline"),
    *("not replicating", "out of sync", "not in sync", "not synchron", "lagging", "unusable"),
    *("not usable", "not ready", "not reachable", "unreachable", "broken", "failing", "failed"),
    *("fails", "corrupt", "incomplete", "stopped", "are down", "is down", "missing", "disabled"),
    *("outdated", "behind", "cannot be used", "cannot serve", "not complete", "does not start"),
)
_SOUND = (
    *("healthy", "in sync", "caught up", "serving again", "back", "restored", "recovered"),
    *("repaired", "rebuilt", "working", "available", "verified", "intact", "fixed", "enabled"),
)
_REASONS = ("due to ", "because of ", "because ", "as long as ", "until ", "since ")
_NEW = beginnings("implement add deploy creat provision launch introduc build spin bring")
_USES = beginnings(
    "us rout rerout redirect failover switch promot activat recover mov send serv read offload "
    "restor"
)
_MENDS = beginnings(
    "repair fix rebuild resync reseed restart replac reconfigur reset correct synchron catch enabl "
    "reconnect recreat reinstall clean verif check test restor"
)
_OTHER = word_set("dedicated new second separate additional extra fresh another third")
_VAGUE = frozenset(stems("issue issues problem problems fault failure error trouble outage"))
_NEAR = 48  # characters between a thing and the words that it is broken
_WAITS = (
    *("depends on", "dependent on", "waits for", "has to wait for", "must wait for", "waiting for"),
    *("blocked by", "only after", "requires", "cannot start before"),
)


class _Broken:
    """A thing that does not work, with the reason that the text gives."""

    __slots__ = ("reason", "statement", "things")

    def __init__(
        self, statement: Statement, things: frozenset[str], reason: frozenset[str]
    ) -> None:
        self.statement, self.things, self.reason = statement, things, reason


def unmet_prerequisites(reading: Reading, plan: Sequence[Step]) -> Iterator[Check]:
    """Find steps that rest on what does not work, or that come before what they wait for."""
    broken = [one for statement in reading.statements if (one := _broken(statement))]
    for step in plan:
        if step.state is State.DONE:
            continue
        unmet = (
            thing
            for thing in broken
            if _rests_on(step, thing) and not _is_met(step, thing, plan, reading)
        )
        thing = next(unmet, None)
        if thing is not None:
            yield _finding(step, thing, plan)
    yield from _out_of_order(reading)


def _broken(statement: Statement) -> _Broken | None:
    """Read a sentence that says that something does not work."""
    lower = statement.lower
    if not holds(lower, _RESOURCES) or not holds(lower, _BROKEN) or not is_usable(statement):
        return None
    if statement.topic in {Topic.PLAN, Topic.NEXT}:
        return None
    at = min(at for phrase in _BROKEN if (at := lower.find(phrase)) >= 0)
    before = lower[max(0, at - _NEAR) : at]
    words = split_words(before)
    things = frozenset(
        one for one in _RESOURCES if _thing(words, (one,)) >= 0 and "no " + one not in before
    )
    if not things:
        return None
    reasons = [found + len(cue) for cue in _REASONS if (found := lower.find(cue, at)) >= 0]
    reason = frozenset(stems(lower[min(reasons) :])) - _VAGUE if reasons else frozenset()
    return _Broken(statement, things, frozenset(reason))


def _thing(words: Sequence[str], things: Iterable[str]) -> int:
    """Give where a word speaks of one of the things; -1 when none does."""
    beginnings = tuple(things)
    return next((at for at, word in enumerate(words) if word.startswith(beginnings)), -1)


def _rests_on(one: Step, thing: _Broken) -> bool:
    """Whether a step uses the thing, or makes more of its kind that the same reason stops."""
    at = _thing(one.words, thing.things)
    if at < 1 or "healthy" in one.words:
        return False
    verb = one.words[0]
    if verb.startswith(_NEW) or not _OTHER.isdisjoint(one.words[1:at]):
        return bool(thing.reason)
    if not verb.startswith(_USES):
        return False
    if verb.startswith(
        ("restor", "recover", "mov", "rout", "rerout", "send", "redirect", "switch")
    ):
        return any(word in {"from", "to", "onto", "over"} for word in one.words[1:at])
    return True


def _is_met(one: Step, thing: _Broken, plan: Sequence[Step], reading: Reading) -> bool:
    """Whether an earlier step mends the thing or its reason, or the text says it works again."""
    for other in plan:
        if other is one or not other.acts:
            continue
        mends = _thing(other.words, thing.things) >= 0 and begins(other.words, _MENDS)
        treats = not thing.reason.isdisjoint(other.stems)
        if (mends or treats) and (other.stage <= one.stage or other.state is State.DONE):
            return True
    return any(
        statement.topic is Topic.STATUS
        and holds(statement.lower, _SOUND)
        and _thing(statement.lower.split(), thing.things) >= 0
        for statement in reading.statements
    )


def _finding(one: Step, thing: _Broken, plan: Sequence[Step]) -> Check:
    """Write the finding; name the step that would meet it, if it comes later."""
    later = next(
        (
            other
            for other in plan
            if other.stage > one.stage and other.acts and not thing.reason.isdisjoint(other.stems)
        ),
        None,
    )
    line = thing.statement.passage.line
    words = f"what line {line} calls broken is needed by {one.quote}: "
    words += (
        f"{later.quote} comes later" if later is not None else "no step found before it that helps"
    )
    lines = sorted({line, one.line})
    return Check(KIND, words, tuple(line for line in lines if line))


@cache
def _waits() -> re.Pattern[str]:
    """Compile the words between what waits and what it waits for."""
    return re.compile(rf"\b(?:{'|'.join(_WAITS)})\b")


def _out_of_order(reading: Reading) -> Iterator[Check]:
    """Find what the text says must wait for a step of a later stage."""
    waiting = [
        one
        for one in reading.statements
        if one.topic in {Topic.STATUS, Topic.PLAN, Topic.NONE} and holds(one.lower, _WAITS)
    ]
    if not waiting:
        return
    actions = [action for stage in reading.stages for action in stage.actions]
    stage_of = {
        id(action): number
        for number, stage in enumerate(reading.stages)
        for action in stage.actions
    }
    matcher = Matcher(actions)
    for statement in waiting:
        found = _waits().search(statement.lower)
        if found is None or statement.is_hypothetical:
            continue
        first, sure = matcher.match(statement.text[: found.start()])
        second, certain = matcher.match(statement.text[found.end() :])
        if first is None or second is None or not (sure and certain):
            continue
        if stage_of[id(first)] < stage_of[id(second)]:
            yield Check(
                KIND,
                f"{quoted(first.text)} waits for {quoted(second.text)}, which the plan has later "
                f"({quoted(statement.text)})",
                tuple(sorted({first.line, second.line, statement.passage.line})),
            )
