"""The same work listed twice: within the plan, or in the plan and among the next steps."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.domain.check import Check
from impactcalc.intake.escalation.words.vocabulary import DIGITS, may_hold
from impactcalc.intake.escalation.words.wording import stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.plan_checks.steps import Step

KIND = "listed twice"
_GOING_ON = frozenset(stems("complete finish continue conclude finalise finalize proceed"))
_EMPTY = frozenset(stems("process work task procedure step activity effort remaining"))
_NONE: frozenset[str] = frozenset()
_TELLING = 2


_UNTIL = (
    *(",", "(", ";", " before ", " by ", " after ", " until ", " till ", " when ", " once "),
    *(" as soon ", " if ", " this ", " tonight", " tomorrow", " today", " next ", " during "),
    *(" overnight", " at ", " on "),
)
"""One of these stands where a time or a condition begins; asked before the pattern is compiled."""


@cache
def _until() -> re.Pattern[str]:
    """Compile where a time or a condition begins: it is no part of the work."""
    return re.compile(
        r"[,(;]| (?:before|by|after|until|till|when|once|as soon as|if|this|tonight|tomorrow|today|"
        r"next|during|overnight|at [0-9]|on (?:[0-9]|mon|tue|wed|thu|fri|sat|sun|the [0-9]))"
        r"(?=\b|[0-9])",
        re.IGNORECASE,
    )


class _Work:
    """What a step does, without its time; it may only go on with work that is told elsewhere."""

    __slots__ = ("goes_on", "numbers", "stems")

    def __init__(self, stems: tuple[str, ...], numbers: frozenset[str], *, goes_on: bool) -> None:
        self.stems, self.numbers, self.goes_on = stems, numbers, goes_on


def repeated_work(plan: Sequence[Step], following: Sequence[Step]) -> Iterator[Check]:
    """Find steps that are the same work as an earlier one.

    Parameters
    ----------
    plan
        Actions of the plan, in order.
    following
        Next steps outside the plan.
    """
    works = [_work(one) for one in plan]
    for number, later in enumerate((*plan, *following)):
        inside = number < len(plan)
        mine = works[number] if inside else _work(later)
        before = number if inside else len(plan)
        same = [
            earlier
            for earlier, work in zip(plan[:before], works, strict=False)
            if _is_same(mine, work) and earlier.stage != later.stage
        ]
        where = "in two stages of the plan" if inside else "listed twice, counted once"
        if len(same) == 1:  # of several none is meant for sure
            yield Check(
                KIND,
                f"the same work {where}: {same[0].quote} and {later.quote}",
                tuple(line for line in (same[0].line, later.line) if line),
            )


def _work(one: Step) -> _Work:
    """Tell what a step does."""
    found = _until().search(one.text, 1) if may_hold(one.text.lower(), _UNTIL) else None
    text = one.text[: found.start()] if found else one.text
    words = tuple(dict.fromkeys(stems(text))) if found else one.stems
    numbers = frozenset(re.findall(r"[0-9]+", text)) if not DIGITS.isdisjoint(text) else _NONE
    goes_on = bool(words) and words[0] in _GOING_ON
    if goes_on:
        words = words[1:]
    return _Work(tuple(word for word in words if word not in _EMPTY), numbers, goes_on=goes_on)


def _is_same(later: _Work, earlier: _Work) -> bool:
    """Whether two are the same work: the words of one are all in the other."""
    if not later.stems or not earlier.stems or earlier.goes_on:
        return False
    if later.numbers != earlier.numbers and later.numbers and earlier.numbers:
        return False
    mine, other = set(later.stems), set(earlier.stems)
    if later.goes_on:
        if len(mine) == 1:
            return mine == {earlier.stems[0]}
        return mine <= other
    return (
        later.stems[0] == earlier.stems[0]
        and min(len(mine), len(other)) >= _TELLING
        and (mine <= other or other <= mine)
        and later.numbers == earlier.numbers
    )
