"""Actions that are named without their words: ``steps 1 and 2``, ``both``, ``all but the last``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.progress.quantifiers import (
    COUNTS,
    ORDER,
    by_number,
    by_order,
    goes_on,
    leaving_out,
    of_all,
)
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds, word_set
from impactcalc.intake.escalation.words.wording import stems
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from impactcalc.intake.escalation.plan.stages import Action, PlannedStage

_STAGE_WORDS = word_set(
    "stage phase step block wave actions action steps measures measure tasks task items item part "
    "work list things"
)
_MOST = 12  # words of a clause that names actions by their number


class Selected(NamedTuple):
    """What a clause selects.

    Parameters
    ----------
    actions
        The actions.
    rest
        Whether they are called the rest, which may also be a part of one action.
    without
        The words that leave actions out, which tell nothing of the state.
    """

    actions: tuple[Action, ...]
    rest: bool = False
    without: str = ""


_NOTHING = Selected(())


class Selector:
    """Finds actions by number, order, quantity or stage.

    Parameters
    ----------
    stages
        The plan.
    numbers
        The list numbers that stand before stages or actions in the plan.
    """

    def __init__(
        self, stages: Sequence[PlannedStage], numbers: Mapping[int, tuple[Action, ...]]
    ) -> None:
        self._stages = stages
        self._numbers = numbers
        self._actions = tuple(action for stage in stages for action in stage.actions)
        self._names = [(stage, frozenset(stems(stage.name or ""))) for stage in stages]

    def select(
        self,
        clause: str,
        told: Collection[int],
        last: Sequence[Action],
        find: Callable[[str], Action | None],
        *,
        first: bool,
    ) -> Selected:
        """Give the actions that a clause names without their words.

        Parameters
        ----------
        clause
            Its words, in small letters.
        told
            Actions that something was said of already, by identity: ``the rest`` are the others.
        last
            Actions that were spoken of last: ``both`` are these.
        find
            Finds the action that words speak of: ``all except the load tests``.
        first
            Whether it is the first clause with a subject in its sentence.
        """
        words = clause.strip(" -*")
        if not words or len(words) > _LONGEST:
            return _NOTHING
        return (
            self._excepted(words, find)
            or self._numbered(words)
            or self._ordered(words)
            or self._quantified(words, told, last, first=first)
            or self._staged(words)
            or _NOTHING
        )

    def _numbered(self, words: str) -> Selected | None:
        """Read ``steps 1 and 2``."""
        counted = holds(words[:_NEAR], COUNTS)
        if DIGITS.isdisjoint(words[:_NEAR]) and not (counted or words[1:2].isspace()):
            return None
        match = by_number().match(words)
        if match is None or (
            DIGITS.isdisjoint(match["numbers"]) and not match["kind"] and len(words) > 1
        ):
            return None
        kind = (match["kind"] or "").rstrip("s. ")
        found: list[Action] = []
        for number in _numbers_of(match["numbers"]):
            found.extend(self._of_number(number, kind))
        return Selected(tuple(found)) if found else None

    def of_number(self, number: int) -> tuple[Action, ...]:
        """Give the actions of a list number that stands before nothing but a state."""
        if not self._numbers and len(self._actions) == len(self._stages):
            return self._stages[number - 1].actions if 0 < number <= len(self._stages) else ()
        return self._of_number(number, "")

    def _of_number(self, number: int, kind: str) -> tuple[Action, ...]:
        """Give the actions of one number."""
        if kind in _STAGE_KINDS and 0 < number <= len(self._stages):
            return self._stages[number - 1].actions
        if kind not in _ACTION_KINDS and self._numbers:
            return self._numbers.get(number, ())
        return self._actions[number - 1 : number] if number else ()

    def _ordered(self, words: str) -> Selected | None:
        """Read ``the first two``, ``the last one``."""
        if not holds(words, ("first", "second", "third", "fourth", "fifth", "last", "final")):
            return None
        match = by_order().search(words)
        if match is None or match.start() > _NEAR + _NEAR:
            return None
        kind = (match["kind"] or "").rstrip("s")
        of_stage = kind in _STAGE_KINDS or (
            kind == "step" and len(self._stages) > 1 and not self._numbers
        )
        groups: Sequence[tuple[Action, ...]] = (
            [stage.actions for stage in self._stages]
            if of_stage or (kind == "step" and len(self._stages) > 1)
            else [(action,) for action in self._actions]
        )
        count = _count(match["count"])
        last = match["one"] in {"last", "final"}
        if last:
            chosen = groups[len(groups) - count :] if count <= len(groups) else ()
        else:
            begin = ORDER.index(match["one"])
            chosen = groups[begin : begin + count] if begin + count <= len(groups) else ()
        if match["two"] and not last:
            two = (
                len(groups) if match["two"] in {"last", "final"} else ORDER.index(match["two"]) + 1
            )
            chosen = [*chosen, *groups[two - 1 : two]]
        if not kind and count == 1 and not match["two"] and len(words.split()) > _MOST:
            return None
        found = tuple(action for group in chosen for action in group)
        return Selected(found) if found else None

    def _excepted(self, words: str, find: Callable[[str], Action | None]) -> Selected | None:
        """Read ``everything except the load tests``, ``all but the last``."""
        if words.startswith(_LEAVING_OUT):
            return self._apart(words, find)
        match = of_all(words)
        out = leaving_out().search(words) if match is not None else None
        if match is None or out is None:
            return None
        named = self._stage_in(match["things"] or "")
        pool: Sequence[Action] = self._actions if named is None else named.actions
        what, left_out = self._left_out(out["what"], find)
        kept = tuple(one for one in pool if id(one) not in left_out)
        return Selected(kept, without=out[0][: len(out[0]) - len(out["what"])] + what)

    def _apart(self, words: str, find: Callable[[str], Action | None]) -> Selected | None:
        """Read ``apart from the node restart nothing has been done``."""
        match = re.search(r",? (?=(?:everything|nothing|all|none|no)\b)", words)
        if match is None:
            return None
        what = words[: match.start()]
        lead = next(one for one in _LEAVING_OUT if what.startswith(one))
        _, left_out = self._left_out(what[len(lead) :].strip(), find)
        kept = tuple(one for one in self._actions if id(one) not in left_out)
        return Selected(kept, without=what) if left_out else None

    def _quantified(
        self, words: str, told: Collection[int], last: Sequence[Action], *, first: bool
    ) -> Selected | None:
        """Read ``both``, ``all immediate actions``, ``the rest``."""
        match = of_all(words)
        if match is None:
            return None
        how = match["how"]
        things = match["things"] or ""
        stages = self._stages_in(things)
        named = stages[0] if len(stages) == 1 else None
        pool = [action for stage in stages for action in stage.actions] or self._actions
        if match["count"] and how == "all" and _count(match["count"]) != len(pool):
            return None  # "all 8 are back": not the actions, of which there are four
        if not things and "else" not in how and not goes_on().match(match["left"]):
            return None
        if holds(how, ("else", "other", "rest", "remain")):
            return _others(pool, told, plain=bool(things) or "else" in how)
        if how in {"both", "neither"} and len(stages) != _TWO:
            return self._both(named, things, last)
        every = things and (stages or not self._is_adjective(things))
        alone = first and not things and how in {"everything", "all", "nothing", "none"}
        says = every or (alone and self._is_state(match["left"], words[match.end() :]))
        return Selected(tuple(pool)) if says else None

    def _both(
        self, named: PlannedStage | None, things: str, last: Sequence[Action]
    ) -> Selected | None:
        """Give the two actions of a stage, those spoken of last, or those of a plan of two."""
        if named is not None:
            return Selected(named.actions) if len(named.actions) == _TWO else None
        if len(last) == _TWO:
            return Selected(tuple(last))
        if len(self._actions) == _TWO and not self._is_adjective(things):
            return Selected(self._actions)
        return None

    def _left_out(
        self, what: str, find: Callable[[str], Action | None]
    ) -> tuple[str, frozenset[int]]:
        """Give what is left out, ``the last one``, ``the load tests``, by words and identity."""
        end = re.search(r" (?:is|are|have|has|was|were|done|completed?|finished) ", f"{what} ")
        what = what[: end.start()] if end else what
        chosen = self._numbered(what) or self._ordered(what)
        if chosen:
            return what, frozenset(map(id, chosen.actions))
        found = [find(part) for part in re.split(r" and |, ", what)]
        return what, frozenset(id(action) for action in found if action is not None)

    def _stage_in(self, words: str) -> PlannedStage | None:
        """Find the stage whose name stands in words: ``immediate actions``."""
        found = self._stages_in(words)
        return found[0] if len(found) == 1 else None

    def _stages_in(self, words: str) -> list[PlannedStage]:
        """Find the stages whose names stand in words: ``immediate and short-term actions``."""
        spoken = frozenset(stems(words)) if words else frozenset()
        return [stage for stage, name in self._names if name and name <= spoken]

    def _is_adjective(self, things: str) -> bool:
        """Whether more than a plain noun stands there: ``open support steps`` are others."""
        return len([word for word in things.split() if word not in _PLAIN]) > 0

    def _is_state(self, left: str, after: str) -> bool:
        """Whether nothing but a state follows: ``everything is done``."""
        words = f"{left}{after}".split()
        return 0 < len(words) <= _FEW and all(word.strip(".,!") in _STATE_WORDS for word in words)

    def _staged(self, words: str) -> Selected | None:
        """Read ``Contain: done``, ``the containment phase is finished``, ``repair is halfway``."""
        if all(not name for _, name in self._names):
            return None
        words = f"{words} "
        head = _stage_end().split(words, maxsplit=1)[0] if holds(words, _SAYING) else words
        spoken = [word for word in stems(head) if word not in _stage_stems()]
        if not spoken:
            return None
        for stage, name in self._names:
            if name and name - _stage_stems() and frozenset(spoken) == name - _stage_stems():
                return Selected(stage.actions)
        return None


_SAYING = (
    *(":", "(", " is ", " are ", " was ", " were ", " has ", " have ", " remain", " stand"),
    *(" will ", " still "),
)


@cache
def _stage_end() -> re.Pattern[str]:
    """Compile what ends the name of a stage of which something is said."""
    return re.compile(r"[:(]| (?:is|are|was|were|has|have|remains?|stands?|will|still) ")


def _others(pool: Sequence[Action], told: Collection[int], *, plain: bool) -> Selected | None:
    """Give the actions that nothing was said of; not plainly where they may be a part of one."""
    others = tuple(one for one in pool if id(one) not in told)
    return Selected(others, rest=not plain) if others and (told or plain) else None


@cache
def _stage_stems() -> frozenset[str]:
    """Give the stems of words that go with the name of a stage."""
    plain = " ".join(_STAGE_WORDS)
    return frozenset(stems(f"{plain} done finished complete completed open pending"))


def _numbers_of(words: str) -> list[int]:
    """Give the numbers of ``1 and 2``, ``4-6``, ``a, b``."""
    found: list[int] = []
    reach = False
    for match in re.finditer(r"[0-9]+|\b(?:[a-z]{3,5}|[a-h])\b|-|\bto\b|\bthrough\b", words):
        word = match[0]
        if word in COUNTS:
            word = str(COUNTS.index(word) + 1)
        if word in {"-", "to", "through"}:
            reach = True
            continue
        if len(word) > 1 and word.isalpha():
            continue  # "and"
        number = int(word) if word.isdigit() else ord(word) - ord("a") + 1
        if reach and found and found[-1] < number <= found[-1] + _MOST:
            found.extend(range(found[-1] + 1, number))
        found.append(number)
        reach = False
    return found


def _count(word: str | None) -> int:
    """Read how many; one when nothing is said."""
    if not word:
        return 1
    return int(word) if word.isdigit() else COUNTS.index(word) + 1


_STAGE_KINDS = word_set("stage phase wave block")
_ACTION_KINDS = word_set("action item point measure task")
_PLAIN = word_set("actions action steps step measures tasks items points things ones plan stages")
_STATE_WORDS = word_set(
    "is are was were has have been now done complete completed finished in place progress under "
    "way started begun not yet open pending so far still else of it them the plan running "
    "implemented executed closed had carried out already as planned on track also too ok"
)
_LONGEST = 160
_LEAVING_OUT = ("apart from", "except for", "other than", "aside from", "besides", "except")
_NEAR = 14
_TWO = 2
_FEW = 8
