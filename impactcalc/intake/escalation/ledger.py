"""The ledger of lines: what each line was good for."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from impactcalc.domain.sourced import Caution
from impactcalc.intake.escalation.reading import LineClass
from impactcalc.intake.escalation.structure.block import Block, Role
from impactcalc.intake.escalation.text.lines import LONGEST_SEARCHED
from impactcalc.intake.escalation.words.sections import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from impactcalc.intake.escalation.structure.statements import Statement
    from impactcalc.intake.escalation.text.lines import Line

USED = "used"
CONTEXT = "context"
HEADING = "heading"
NOT_UNDERSTOOD = "not understood"


def classify(
    lines: Sequence[Line],
    blocks: Sequence[Block],
    statements: Sequence[Statement],
    used: AbstractSet[int],
    folded: AbstractSet[int] = frozenset(),
) -> tuple[LineClass, ...]:
    """Tell for every line that is not blank what it was good for.

    Parameters
    ----------
    lines, blocks, statements
        The text and its structure.
    used
        Lines that a fact comes from.
    folded
        Lines whose words a record lent to others, as the header of a table does.
    """
    kinds = dict.fromkeys(folded, CONTEXT)
    kinds.update((line.number, CONTEXT) for line in lines if line.struck)
    for block in blocks:
        if _is_heading(block):
            kinds.update(dict.fromkeys(block.passage.lines, HEADING))
    for statement in statements:
        understood = (
            statement.topic is not Topic.NONE
            or bool(statement.field)
            or statement.role is Role.SPEAKER
        )
        for number in statement.passage.lines:
            if understood:
                kinds.setdefault(number, CONTEXT)
    kinds.update(dict.fromkeys(used, USED))
    numbers = [line.number for line in lines if line.raw.strip()]
    return tuple(map(LineClass, numbers, map(kinds.get, numbers, itertools.repeat(NOT_UNDERSTOOD))))


def _is_heading(block: Block) -> bool:
    """Whether a block only announces or draws."""
    if block.role in {Role.HEADING, Role.RULE}:
        return True
    return bool(block.label_end) and block.value_start >= len(block.passage.text)


def order_cautions(statements: Sequence[Statement]) -> Iterator[Caution]:
    """Warn of sentences that give orders to a program: they were read as text."""
    for statement in statements:
        if statement.is_instruction:
            message = "reads like an order to a program: taken as text, and as weak evidence"
            yield Caution("", message, statement.passage.line)


def line_cautions(lines: Sequence[Line]) -> Iterator[Caution]:
    """Warn of lines that are not searched, of hidden characters, and of foreign digits."""
    too_long = [line.number for line in lines if len(line.raw) > LONGEST_SEARCHED]
    if too_long:
        count = f"{len(too_long)} lines are" if len(too_long) > 1 else "one line is"
        yield Caution(
            "", f"{count} longer than {LONGEST_SEARCHED:,} characters and not searched", too_long[0]
        )
    struck = [line.number for line in lines if line.struck]
    if struck:
        count = f"{len(struck)} lines hold" if len(struck) > 1 else "one line holds"
        yield Caution("", f"{count} struck text, which is not read", struck[0])
    for line in [one for one in lines if one.hidden or not one.text.isascii()]:
        if line.hidden:
            names = ", ".join(f"U+{code:04X}" for code in line.hidden[:4])
            yield Caution("", f"invisible characters left out: {names}", line.number)
        if not line.text.isascii() and any(
            character.isdigit() and not character.isascii() for character in line.text
        ):
            yield Caution("", "digits of another script are not read", line.number)
