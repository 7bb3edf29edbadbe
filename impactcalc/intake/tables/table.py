"""The table: one file behind SQL, with its columns' types and the roles that they play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.intake.tables.columns import Columns, find_columns
from impactcalc.intake.tables.csv_file import CsvFile, open_csv, rows
from impactcalc.intake.tables.database import engine, literal, quoted
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

_BATCH = 10_000


class TextRow(NamedTuple):
    """One row as text, for messages.

    Parameters
    ----------
    line
        Line of a CSV file, from 1; number of the row in Parquet.
    cells
        Text by role; None for a missing field.
    fields
        Number of fields in the row; 0 in Parquet, where it cannot differ.
    """

    line: int
    cells: Mapping[str, str]
    fields: int = 0


class Table(NamedTuple):
    """One file, or several Parquet files that are read as one.

    Parameters
    ----------
    name
        As the person wrote it.
    source
        What stands after FROM.
    types
        SQL type by column.
    columns
        The roles.
    csv
        The file's dialect; None for Parquet.
    """

    name: str
    source: str
    types: Mapping[str, str]
    columns: Columns
    csv: CsvFile | None = None

    def place(self, line: int, message: str, remedy: str = "") -> Problem:
        """Say something about one row: by its line, or by its number in Parquet."""
        if self.csv is None:
            return Problem(f"row {line}: {message}", remedy, self.name)
        return Problem(message, remedy, self.name, line)

    def refuse_lost_rows(self, number: int) -> None:
        """Refuse a CSV file of which not every row was read.

        Raises
        ------
        InputError
            When the file holds another number of rows than `number`, as Python's reader counts.
        """
        if self.csv is None or number in {
            self.csv.line_ends - self.csv.header_line,
            self.csv.line_ends - self.csv.header_line + 1,
        }:
            return
        held = sum(1 for _ in rows(self.csv))
        if held != number:
            what = f"cannot be read safely: {number} rows of {held} were understood"
            raise InputError(Problem(what, "export it again as plain CSV", self.name))

    def text_rows(self, connection: DuckDBPyConnection) -> Iterator[TextRow]:
        """Yield every row as text, in the order of the file."""
        names = self.columns.names
        if self.csv is not None:
            places = {role: self.csv.header.index(name) for role, name in names.items()}
            for row in rows(self.csv):
                cells = {
                    role: row.fields[place]
                    for role, place in places.items()
                    if place < len(row.fields)
                }
                yield TextRow(row.line, cells, len(row.fields))
            return
        chosen = ", ".join(f"cast({quoted(name)} as varchar)" for name in names.values())
        cursor = connection.cursor()
        cursor.execute(f"select {chosen} from {self.source}")  # noqa: S608 - names are quoted
        number = 0
        while batch := cursor.fetchmany(_BATCH):
            for values in batch:
                number += 1
                cells = {role: each or "" for role, each in zip(names, values, strict=True)}
                yield TextRow(number, cells)


def csv_table(name: str, path: Path, asked: Mapping[str, str], scratch: Path) -> Table:
    """Open a CSV file as a table; `scratch` is a folder for a copy of it.

    Raises
    ------
    InputError
        When it is empty, no UTF-8, has no header, or lacks a column.
    """
    file = open_csv(name, path, scratch)
    columns = find_columns(file.header, asked, name, 0)
    if isinstance(columns, Problem):
        raise InputError(columns)
    fields = {f"c{number}": "VARCHAR" for number in range(len(file.header))}
    listed = ", ".join(f"'{field}': 'VARCHAR'" for field in fields)
    source = (
        f"read_csv({literal(str(file.even))}, auto_detect=false, header=false, "
        f"skip={file.header_line}, delim={literal(file.delimiter)}, quote='\"', escape='\"', "
        f"strict_mode=true, columns={{{listed}}})"
    )
    renamed = ", ".join(
        f"c{number} as {quoted(each or f'column {number + 1}')}"
        for number, each in enumerate(file.header)
    )
    types = dict.fromkeys((each for each in file.header if each), "VARCHAR")
    chosen = f"(select {renamed} from {source})"  # noqa: S608 - names are quoted
    return Table(name, chosen, types, columns, file)


def parquet_table(
    connection: DuckDBPyConnection, name: str, paths: Sequence[Path], asked: Mapping[str, str]
) -> Table:
    """Open Parquet files of one schema as a table; hive partitions are columns.

    Raises
    ------
    InputError
        When a file is damaged, or a column is missing.
    """
    listed = ", ".join(literal(str(path)) for path in paths)
    source = f"read_parquet([{listed}], hive_partitioning=true, union_by_name=true)"
    try:
        described = connection.execute(f"describe select * from {source}").fetchall()  # noqa: S608 - paths are quoted
    except engine().Error as error:
        raise InputError(damaged_parquet(name, str(error))) from error
    types = {column[0]: column[1] for column in described}
    columns = find_columns(list(types), asked, name, 0)
    if isinstance(columns, Problem):
        raise InputError(columns)
    return Table(name, source, types, columns)


def damaged_parquet(name: str, reason: str) -> Problem:
    """Say that a Parquet file cannot be read."""
    first = reason.splitlines()[0].split("Error: ", 1)[-1][:160]
    return Problem(f"is a damaged Parquet file ({first})", "export it again", name)
