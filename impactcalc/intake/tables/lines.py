"""The line: where a row of a table stands in its file."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from impactcalc.intake.tables.csv_file import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.tables.table import Table


def lines_of(table: Table, numbers: Sequence[int]) -> list[int]:
    """Return the lines of rows (Parquet: the rows' numbers), from 1.

    Parameters
    ----------
    table
        The file.
    numbers
        Rows after the header, from 0, rising.
    """
    if table.csv is None:
        return [number + 1 for number in numbers]
    wanted, found = set(numbers), []
    for number, row in enumerate(islice(rows(table.csv), max(numbers) + 1)):
        if number in wanted:
            found.append(row.line)
    return found
