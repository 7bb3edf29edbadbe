"""The address of a line in a numbered text, by which others refer to it: ``4.1(a) is done``."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.states.states import State, state_of
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.vocabulary import DIGITS, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.plan.stages import Action, PlannedStage
    from impactcalc.intake.escalation.structure.block import Block
    from impactcalc.intake.escalation.structure.statements import Statement

Address = tuple[str, ...]

_PATH = 2  # parts of an address that cannot be a mere number
_LEADING = word_set(
    "item items decision decisions clause clauses point points action actions step steps no nos "
    "paragraph para measure measures ad re number task tasks section on under work and or to "
    "commitment commitments undertaking"
)
"""Words before a number that make it an address."""


@cache
def _reference() -> re.Pattern[str]:
    """Compile what may be an address: ``4.1(a)``, ``2.1``, ``D1``, ``2b``, ``(b)``."""
    return re.compile(
        r"(?<![\w.,/:-])(?:([0-9]{1,2}(?:\.[0-9]{1,2}){0,2})(?: ?\(([a-z0-9]{1,3})\)|\.?([a-z])\b)?"
        r"|([a-z])\.?([0-9]{1,2})|\(([a-z])\))(?![\w%/]|[.,:][0-9])"
    )


@cache
def _parts() -> re.Pattern[str]:
    """Compile one part of a list mark."""
    return re.compile(r"[0-9]+|[a-z]+")


@cache
def _code() -> re.Pattern[str]:
    """Compile the code that opens a line: ``D1 ``, ``A2: ``."""
    return re.compile(r"([A-Z])([0-9]{1,2})[.):]? ")


@cache
def _turns() -> re.Pattern[str]:
    """Compile where a statement turns to another state."""
    return re.compile(
        r"; | while | whereas | but |\. "
        r"|(?:, and |, | and )(?=(?:(?:item|point|clause|action|step|measure) )?"
        r"(?:[0-9]{1,2}[.(a-z ]|\([a-z]\)|[a-z][0-9]))"
    )


class Addresses:
    """The actions of a plan by the addresses of their lines.

    Parameters
    ----------
    statements
        All of the text.
    stages
        The plan.
    """

    def __init__(self, statements: Sequence[Statement], stages: Sequence[PlannedStage]) -> None:
        wanted = {action.line for stage in stages for action in stage.actions}
        wanted.update(stage.line for stage in stages)
        self._lines = wanted  # of the plan itself
        by_line = dict(_by_line(statements, wanted))
        self._actions: dict[Address, list[Action]] = {}
        for stage in stages:
            own = by_line.get(stage.line, ())
            for action in stage.actions:
                address = by_line.get(action.line, ())
                for one in dict.fromkeys((address, own)):
                    if len(one) >= _PATH or (one and one[0].isalpha()):
                        self._actions.setdefault(one, []).append(action)
        self._actions.update(self._by_letter())

    def _by_letter(self) -> dict[Address, list[Action]]:
        """Give the actions of the last letters that no other address ends with: ``(b)``."""
        ends = Counter(address[-1] for address in self._actions)
        return {
            (end,): actions
            for address, actions in self._actions.items()
            if (end := address[-1]).isalpha() and ends[end] == 1
        }

    def told(self, statement: Statement) -> list[tuple[Action, State, bool]]:
        """Give the states of the actions that a statement names by address.

        Returns
        -------
        list
            Action, state, and that no whole stage is meant.
        """
        waiting = self._marked(statement) if self._actions else []
        if not self._actions or not (waiting or statement.has_digits or "(" in statement.text):
            return []
        found: list[tuple[Action, State, bool]] = []
        parent: Address = ()
        for piece in _turns().split(statement.lower):
            named, rest, parent = self._named(piece, parent)
            waiting.extend(named)
            state = state_of(rest, []) if waiting else None
            if state is not None:
                found.extend((action, state, False) for action in waiting)
                waiting = []
        return found

    def _marked(self, statement: Statement) -> list[Action]:
        """Give the actions whose address is the list mark of a report: ``1.2 is live``."""
        block = statement.block
        own = _own(block) if block.marker[:1].isdigit() or block.marker[:1] == "(" else ()
        opens = statement.passage.pieces[0][1:] == block.passage.pieces[0][1:]
        tells = len(own) >= _PATH or (own and own[0].isalpha())
        actions = self._actions.get(own, []) if tells and opens else []
        return [] if statement.passage.line in self._lines else list(actions)

    def _named(self, piece: str, parent: Address) -> tuple[list[Action], str, Address]:
        """Find the actions that a clause names; give the clause without addresses, and the parent.

        ``(b)`` behind ``4.1(a)`` stands below the same parent.
        """
        found: list[Action] = []
        rest: list[str] = []
        end = 0
        for match in _reference().finditer(piece):
            address: Address = tuple(_parts().findall(match[0]))
            if match[6] and parent:
                address = (*parent, match[6])
            known = self._actions.get(address)
            lettered = any(match[group] for group in (2, 3, 4))
            if known is None or not (lettered or _is_led(piece[: match.start()], bool(found))):
                continue
            parent = address[:-1]
            found.extend(known)
            rest.append(piece[end : match.start()])
            end = match.end()
        return found, " ".join((*rest, piece[end:])), parent


def _is_led(before: str, follows: bool) -> bool:
    """Whether a bare number is an address: it opens the clause, or a word announces it."""
    words = re.findall(r"[a-z]+", before)
    opens = not words or before.rstrip().endswith(":")
    return opens or words[-1] in _LEADING or (follows and before.rstrip().endswith(","))


def _by_line(statements: Sequence[Statement], wanted: set[int]) -> Iterator[tuple[int, Address]]:
    """Give the address of each wanted line: its own mark below those of the items above it."""
    above: list[tuple[int, Address]] = []
    last: Block | None = None
    for statement in statements:
        block = statement.block
        if block is last:
            continue
        last = block
        if block.role is Role.HEADING and not block.marker[:1].isalnum():
            above = []
        if block.role not in {Role.ITEM, Role.HEADING, Role.TEXT}:
            continue
        own = _own(block)
        above = [pair for pair in above if pair[0] < block.depth]
        path = own if len(own) >= _PATH else (*(above[-1][1] if above else ()), *own)
        if own:
            above.append((block.depth, path))
        for line in block.passage.lines:
            if line in wanted:
                yield line, path


def _own(block: Block) -> Address:
    """Give the parts of a block's own mark: ``4.1``, ``(a)``, ``D1``; none of a bullet or box."""
    mark = block.marker.lower()
    mark = mark if mark[1:2].isdigit() else mark.partition("[")[0]  # a box
    if mark:
        return tuple(_parts().findall(mark))
    code = _code().match(block.passage.text) if not DIGITS.isdisjoint(block.passage.text) else None
    return (code[1].lower(), code[2]) if code else ()
