"""A table of a terminal: columns of fixed width, the first one takes what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.report.terminal.ink import Ink

NARROW = 76  # below it, columns that can be missed are left out


class Column(NamedTuple):
    """One column.

    Parameters
    ----------
    head
        Its heading.
    width
        Columns of the terminal, with the gap before it; 0: all that is left.
    right
        Whether it is flush right; the first one never is.
    spare
        Whether a narrow terminal does without it.
    """

    head: str
    width: int = 0
    right: bool = True
    spare: bool = False


class Cell(NamedTuple):
    """The text of a cell, and the styles that it is painted in."""

    text: str
    styles: tuple[str, ...] = ()


class Table:
    """Columns laid out for one terminal."""

    def __init__(self, ink: Ink, width: int, columns: Sequence[Column]) -> None:
        self._ink = ink
        self._shown = [not (column.spare and width < NARROW) for column in columns]
        kept = [column for column, shown in zip(columns, self._shown, strict=True) if shown]
        rest = width - sum(column.width for column in kept)
        self._columns = [(column, column.width or rest) for column in kept]

    def head(self) -> str:
        """Write the headings."""
        text = "".join(self._fit(column, width, column.head) for column, width in self._columns)
        return self._ink.paint(text, "dim")

    def row(self, *cells: str | Cell) -> str:
        """Write one row: a cell for every column, also for those that are left out."""
        kept = [cell for cell, shown in zip(cells, self._shown, strict=True) if shown]
        return "".join(
            self._cell(column, width, cell)
            for (column, width), cell in zip(self._columns, kept, strict=True)
        )

    def _cell(self, column: Column, width: int, cell: str | Cell) -> str:
        if isinstance(cell, str):
            return self._fit(column, width, cell)
        return self._ink.paint(self._fit(column, width, cell.text), *cell.styles)

    def _fit(self, column: Column, width: int, text: str) -> str:
        """Pad a text to its column; a left one keeps a gap at both ends."""
        if not column.width:
            return self._ink.left(text, width - 1) + " "
        if column.right:
            return self._ink.right(text, width)
        return "  " + self._ink.left(text, width - 2)
