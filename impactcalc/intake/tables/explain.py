"""The explanation: every problem of a table's rows with its line, the first twenty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.intake.instants import date_order, parse_instant
from impactcalc.intake.tables.cells import read_number, read_status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from duckdb import DuckDBPyConnection

    from impactcalc.intake.tables.table import Table, TextRow

MOST_PROBLEMS = 20
_COUNTS = ("good", "total", "errors")
_WITHOUT = "leave the cell empty if there is none: a timeout counts as bad"


def explain(
    connection: DuckDBPyConnection, table: Table, zone: tzinfo | None, reason: str
) -> InputError:
    """Find what is wrong with a table's rows.

    Parameters
    ----------
    connection, table
        What was read.
    zone
        Of times without an offset.
    reason
        What to say when every row looks right to this reader.

    Returns
    -------
    InputError
        With the first `MOST_PROBLEMS` problems.
    """
    found: list[Problem] = []
    try:
        for problem in _problems(table, connection, zone):
            found.append(problem)
            if len(found) == MOST_PROBLEMS:
                break
    except InputError as error:
        found.extend(error.problems)
    return InputError(*(found or [Problem(reason, "export it again", table.name)]))


def _problems(
    table: Table, connection: DuckDBPyConnection, zone: tzinfo | None
) -> Iterator[Problem]:
    """Yield every problem of every row."""
    order = ""
    for row in table.text_rows(connection):
        width = len(table.csv.header) if table.csv else row.fields
        if row.fields != width:
            yield table.place(row.line, *_wrong_width(row.fields, width))
            continue
        order = order or date_order(row.cells.get("timestamp", ""))
        for message in _row_problems(table, row, zone, order):
            words, _, remedy = message.partition("; ")
            yield table.place(row.line, words, remedy)


def _wrong_width(fields: int, width: int) -> tuple[str, str]:
    """Say that a row has too many or too few fields."""
    what = f"{fields} fields, the header has {width} columns"
    return what, "remove or add a field; quote a value that holds the delimiter"


def _row_problems(table: Table, row: TextRow, zone: tzinfo | None, order: str) -> Iterator[str]:
    """Yield ``what; remedy`` of every problem of one row."""
    names, cells = table.columns.names, row.cells
    try:
        if not cells["timestamp"].strip():
            yield f"{names['timestamp']} is empty; write the time of the row, or leave it out"
        else:
            parse_instant(cells["timestamp"], zone, order)
    except ValueError as error:
        yield str(error)
    yield from _count_problems(table, row)
    if table.columns.kind == "samples":
        yield from _sample_problems(table, row)


def _count_problems(table: Table, row: TextRow) -> Iterator[str]:
    """Yield what is wrong with the counts of one row."""
    if table.columns.kind != "counts":
        return
    names = table.columns.names
    read = {}
    for role in _COUNTS:
        if role in names:
            try:
                read[role] = read_number(row.cells[role], names[role])
            except ValueError as error:
                yield str(error)
    total = read.get("total")
    for role in ("good", "errors"):
        part = read.get(role)
        if total is not None and part is not None and part > total:
            hint = (
                f"if the columns are errors and total, write --columns errors={names['good']},"
                f"total={names['total']}"
                if role == "good"
                else "are the two columns swapped?"
            )
            yield (
                f"{names[role]} is {row.cells[role].strip()} but {names['total']} is "
                f"{row.cells['total'].strip()}; {hint}"
            )


def _sample_problems(table: Table, row: TextRow) -> Iterator[str]:
    """Yield what is wrong with latency and status of one row."""
    names = table.columns.names
    try:
        read_number(row.cells["latency"], names["latency"], _WITHOUT)
    except ValueError as error:
        yield str(error)
    if "status" in names:
        try:
            read_status(row.cells["status"], names["status"])
        except ValueError as error:
            yield str(error)
