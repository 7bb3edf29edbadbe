"""A table that lies on its side: labels in one row, their values in the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.structure.block import Block, Role
from impactcalc.intake.escalation.structure.passages import join
from impactcalc.intake.escalation.words.labels import FIELD_BY_LABEL, field_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FEWEST = 3  # columns whose names announce facts


def upright(blocks: Sequence[Block]) -> list[Block]:
    """Turn each table of one row of labels and one of values into fields.

    A table of more rows tells of several things, and stays one.
    """
    result: list[Block] = []
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and blocks[end].role in {Role.ROW, Role.RULE}:
            end += 1
        rows = [block for block in blocks[at:end] if block.role is Role.ROW]
        if len(rows) == 2 and _is_lying(*rows):  # noqa: PLR2004 - labels and values
            result.extend(_fields(*rows))
        else:
            result.extend(blocks[at : max(end, at + 1)])
        at = max(end, at + 1)
    return result


def _is_lying(labels: Block, values: Block) -> bool:
    """Whether the cells of a row announce different facts that the next one gives."""
    known = {field for cell in labels.cells if (field := field_of(cell.text))}
    plain = not any(cell.text.lower() in FIELD_BY_LABEL for cell in values.cells)
    return len(known) >= _FEWEST and plain and len(values.cells) <= len(labels.cells)


def _fields(labels: Block, values: Block) -> Iterator[Block]:
    """Give one field a column."""
    for label, value in zip(labels.cells, values.cells, strict=False):
        if label.text and value.text:
            end = len(label.text)
            yield Block(
                Role.TEXT,
                join((label, value)),
                label_end=end,
                value_start=end + 1,
                after_blank=True,
            )
