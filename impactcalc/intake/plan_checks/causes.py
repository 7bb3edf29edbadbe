"""Causes without an action: what is named as the cause, and no step that treats it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from impactcalc.domain.check import Check
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import holds
from impactcalc.intake.escalation.words.wording import stems
from impactcalc.intake.plan_checks.families import FAMILIES, PREPARING, SOFTWARE, WATCHING
from impactcalc.intake.plan_checks.steps import (
    Step,
    begins,
    denies,
    is_usable,
    quoted,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.reading import Reading
    from impactcalc.intake.escalation.structure.statements import Statement
    from impactcalc.intake.plan_checks.families import Family

KIND = "cause without action"
_BECAUSE = ("caused by", "due to", "because of", "root cause", "the cause", "results from")
_SPEAKING = frozenset({Topic.CAUSE, Topic.TECHNICAL, Topic.DESCRIPTION, Topic.PERFORMANCE})
_SEEN = frozenset({Topic.NONE, Topic.DESCRIPTION})
_VAGUE = (
    "cluster clusters node nodes service server servers system application platform database "
    "customer user users traffic issue problem failure failing error cause hour minute second "
    "day peak production data multiple several affected affecting experiencing"
)
"""Words that a step may share with a cause of a known family without treating it."""

_TELLING = 2  # stems that a watching step must share with a cause of no family


_OVER = (
    *("ruled out", "excluded", "not the cause", "unlikely", "resolved", "fixed", "repaired"),
    *("healed", "mended", "is over", "are over", "was over", "cleared", "corrected", "no longer"),
    *("eliminated", "removed"),
)
"""Words after a cause that say it is over or denied."""


class _Cause:
    """A family that the text names as a cause: words of the first statement, lines, stems."""

    __slots__ = ("family", "lines", "stems", "words")

    def __init__(
        self, family: Family, words: str, lines: tuple[int, ...], stems: frozenset[str]
    ) -> None:
        self.family, self.words, self.lines, self.stems = family, words, lines, stems


def untreated_causes(
    reading: Reading, plan: Sequence[Step], following: Sequence[Step]
) -> Iterator[Check]:
    """Find causes for which no step is found that treats them.

    Parameters
    ----------
    reading
        The text.
    plan
        Actions of the plan; without any, nothing is said.
    following
        Next steps outside the plan.
    """
    if not plan:
        return
    named = [one for one in reading.statements if one.topic is Topic.CAUSE and is_usable(one)]
    spoken = [one for one in reading.statements if _gives_reason(one)]
    treating = [one for one in (*plan, *following) if one.acts]
    outside = _Outside(reading)
    known = (_VAGUE, reading.facts.service or "", reading.facts.customer or "")
    vague = frozenset(stems(" ".join(known)))
    by_line: dict[int, list[_Cause]] = {}
    for cause in _of_families(named, spoken, reading.statements, vague):
        by_line.setdefault(cause.lines[0], []).append(cause)
    for causes in by_line.values():  # a sentence may name several: treating one is enough
        if any(
            _is_treated(one, treating) or _is_treated(one, outside.than(one.family))
            for one in causes
        ):
            continue
        watching = _watching(causes[0], (*plan, *following))
        if watching or not _may_be_meant(causes[0], plan, reading, vague):
            yield _finding(causes[0], watching)
    for words, finding in _only_watched(named, plan, treating):
        if not outside.touches(words):
            yield finding


class _Outside:
    """Sentences outside plan and next steps that speak of treating something, read when asked."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @cached_property
    def _steps(self) -> tuple[Step, ...]:
        return tuple(one for one in told(self._reading) if one.acts)

    def than(self, family: Family) -> list[Step]:
        """Give those that do not merely name the cause itself."""
        naming = {
            one.passage.line
            for one in self._reading.statements
            if one.topic in _SEEN and _names(one.lower, family)
        }
        return [one for one in self._steps if one.line not in naming]

    def touches(self, words: frozenset[str]) -> bool:
        """Whether one shares a stem."""
        return any(not words.isdisjoint(one.stems) for one in self._steps)


def _gives_reason(statement: Statement) -> bool:
    """Whether a sentence outside the section of causes gives a reason."""
    return (
        statement.topic in {Topic.NONE, Topic.DESCRIPTION, Topic.PERFORMANCE, Topic.STATUS}
        and holds(statement.lower, _BECAUSE)
        and is_usable(statement)
    )


def _of_families(
    named: Sequence[Statement],
    spoken: Sequence[Statement],
    everything: Sequence[Statement],
    vague: frozenset[str],
) -> Iterator[_Cause]:
    """Give every family that is named as a cause, with all lines that speak of it.

    ``vague`` are stems that do not tell this cause from others.
    """
    speaking = [one for one in everything if one.topic in _SPEAKING]
    reasons = "\n".join(one.lower for one in (*named, *spoken))
    for whole in FAMILIES:
        if next(_present(reasons, whole), None) is None:
            continue
        everywhere = "\n".join(one.lower for one in (*spoken, *speaking))
        family = whole._replace(causes=tuple(_present(everywhere, whole)))
        first = next((one for one in named if _names(one.lower, family)), None) or next(
            (one for one in spoken if _names(_reason(one), family)), None
        )
        if first is None:
            continue
        lines = [first.passage.line]
        known = set(stems(first.text if first.topic is Topic.CAUSE else _reason(first)))
        for one in speaking:
            if _names(one.lower, family):
                lines += [one.passage.line] if one.passage.line not in lines else []
                known |= set(stems(one.text)) if one.topic is Topic.CAUSE else set()
        yield _Cause(family, first.value, tuple(lines), frozenset(known - vague))


def _present(text: str, family: Family) -> Iterator[tuple[str, ...]]:
    """Give the phrases of a family that stand anywhere in a text: of most families none."""
    for phrase in family.causes:
        if phrase[0] in text and all(part in text for part in phrase):
            yield phrase


def _names(lower: str, family: Family) -> bool:
    """Whether words name a family's cause and neither deny it nor call it over."""
    for phrase in family.causes:
        if phrase[0] in lower and all(part in lower for part in phrase):
            at = lower.find(phrase[0])
            return not (denies(lower[:at]) or holds(lower[at:], _OVER))
    return False


def _reason(statement: Statement) -> str:
    """Give what stands after the word that gives a reason."""
    at = max(statement.lower.find(cue) for cue in _BECAUSE)
    return statement.lower[at:]


def _is_treated(cause: _Cause, steps: Sequence[Step]) -> bool:
    """Whether a step treats the family, or so much as shares a word with the cause."""
    return any(
        begins(one.words, cause.family.cures) or not cause.stems.isdisjoint(one.stems)
        for one in steps
    )


def _watching(cause: _Cause, steps: Sequence[Step]) -> list[Step]:
    """List the steps that only watch for the cause."""
    return [one for one in steps if one.watches and not cause.stems.isdisjoint(one.stems)]


def _may_be_meant(
    cause: _Cause, plan: Sequence[Step], reading: Reading, vague: frozenset[str]
) -> bool:
    """Whether an action that nothing else in the text explains may be meant for the cause.

    ``Book an engineer for the exchange`` names no fault: who wrote it knew which one.
    """
    explained = {
        stem
        for one in reading.statements
        if one.topic in _SPEAKING and one.passage.line not in cause.lines
        for stem in stems(one.text)
    } - vague
    return any(
        one.acts
        and not begins(one.words, SOFTWARE)
        and not begins(one.words[:1], PREPARING)
        and explained.isdisjoint(one.stems)
        for one in plan
    )


def _finding(cause: _Cause, watching: Sequence[Step]) -> Check:
    """Write the finding, with the steps that only watch."""
    words = f"no step found that treats {cause.family.name} ({quoted(cause.words)})"
    if watching:
        words += f": {watching[0].quote} only watches for it"
    lines = [*cause.lines, *(one.line for one in watching)]
    return Check(KIND, words, tuple(dict.fromkeys(line for line in lines if line)))


def _only_watched(
    named: Sequence[Statement], plan: Sequence[Step], treating: Sequence[Step]
) -> Iterator[tuple[frozenset[str], Check]]:
    """Find causes of no family that a step watches and none of the plan treats."""
    watching = [one for one in plan if one.watches]
    if not watching:
        return
    touched = {stem for one in treating for stem in one.stems}
    for cause in named:
        words = frozenset(stems(cause.text))
        seen = [one for one in watching if len(words.intersection(one.stems)) >= _TELLING]
        if not seen or words & touched or begins(tuple(cause.words), WATCHING):
            continue
        if not any(_names(cause.lower, family) for family in FAMILIES):
            text = (
                f"no step found that treats {quoted(cause.value)}: "
                f"{seen[0].quote} only watches for it"
            )
            yield words, Check(KIND, text, (cause.passage.line, seen[0].line))
