"""A block: a heading, an item, a field, a table row or a stretch of text, with its lines."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.labels import plain_label
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from impactcalc.intake.escalation.structure.entry import Entry
    from impactcalc.intake.escalation.structure.passages import Passage


class Role(enum.Enum):
    """What a line is in the layout of the text."""

    BLANK = "blank"
    RULE = "rule"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    SPEAKER = "speaker"
    TEXT = "text"

    __hash__ = object.__hash__  # members are looked up in sets all the time; by name is slow


class Block(NamedTuple):
    """A stretch of the layout.

    Parameters
    ----------
    role
        What it is.
    passage
        Its words, without marker, over all its lines.
    depth
        Column of its first character, so that items nest; headings: their level.
    marker
        Bullet, number or checkbox as written; ``"#"`` marks for headings.
    label_end, value_start
        Where a label before ``:`` ends and the value begins; 0 when there is none.
    cells
        Cells of a table row.
    after_blank
        Whether a blank line stands before it.
    entry
        Its time and speaker, if it is an entry of a log or chat.
    """

    role: Role
    passage: Passage
    depth: int = 0
    marker: str = ""
    label_end: int = 0
    value_start: int = 0
    cells: tuple[Passage, ...] = ()
    after_blank: bool = False
    entry: Entry | None = None

    @property
    def label(self) -> str:
        """The label in small letters; empty when there is none."""
        label = " ".join(self.passage.text[: self.label_end].lower().split())
        return plain_label(label) if label[1:2].isdigit() or label.endswith(".") else label

    @property
    def column(self) -> int:
        """Where its first line begins, also that of a heading, whose depth is its level."""
        text = self.passage.pieces[0][1].text
        return len(text) - len(text.lstrip())

    @property
    def last_line(self) -> str:
        """The words of its last line."""
        return self.passage.text[self.passage.pieces[-1][0] :]


SOFT_HEADING = 7
"""Level of a heading that only its words make one."""
