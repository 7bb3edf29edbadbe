"""The table of a history: its rows as text, from CSV or Parquet."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.intake.history.columns import find_columns
from impactcalc.intake.observation_file import find
from impactcalc.intake.tables.csv_file import open_csv, rows
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from impactcalc.intake.observation_file import Found

LARGEST = 50_000_000  # bytes: a history of a million incidents


class TextRow(NamedTuple):
    """One row: its line (its number in Parquet), its cells by role, and what is wrong with it."""

    line: int
    cells: Mapping[str, str]
    fault: str = ""


class TextTable(NamedTuple):
    """All rows of a history, and the file's own name of each role."""

    names: Mapping[str, str]
    rows: tuple[TextRow, ...]
    sha256: str
    parquet: bool = False


def read_table(name: str, asked: Mapping[str, str]) -> TextTable:
    """Read every row of a file as text.

    Parameters
    ----------
    name
        As the person wrote it; ``-``: standard input.
    asked
        Names of columns by role.

    Raises
    ------
    InputError
        When it is no table of incidents.
    """
    with tempfile.TemporaryDirectory(prefix="impactcalc-") as scratch:
        found = find(name, Path(scratch))
        if len(found) != 1 or len(found[0].paths) != 1:
            raise InputError(Problem("holds several files", "name one history", name))
        file = found[0]
        size = file.paths[0].stat().st_size
        if size > LARGEST:
            what = f"is too large for a history: {size / 1e6:,.0f} MB, the limit is 50 MB"
            raise InputError(Problem(what, "keep its newest incidents", name))
        digest = hashlib.sha256(file.paths[0].read_bytes()).hexdigest()
        if file.is_parquet:
            return _parquet(file, asked, digest)
        return _csv(file, asked, digest, Path(scratch))


def _csv(file: Found, asked: Mapping[str, str], digest: str, scratch: Path) -> TextTable:
    opened = open_csv(file.name, file.paths[0], scratch)
    names = find_columns(
        [each for each in opened.header if each], asked, file.name, opened.header_line
    )
    places = {role: opened.header.index(column) for role, column in names.items()}
    width = len(opened.header)
    found = []
    for row in rows(opened):
        if len(row.fields) != width:
            fault = f"{len(row.fields)} fields, the header has {width} columns"
            found.append(TextRow(row.line, {}, f"{fault}; remove or add a field"))
            continue
        cells = {role: row.fields[place].strip() for role, place in places.items()}
        found.append(TextRow(row.line, cells))
    return TextTable(names, tuple(found), digest)


def _parquet(file: Found, asked: Mapping[str, str], digest: str) -> TextTable:
    from impactcalc.intake.tables.database import database

    with database() as (connection, _):
        import duckdb

        from impactcalc.intake.tables.database import literal, quoted
        from impactcalc.intake.tables.table import damaged_parquet

        source = f"read_parquet({literal(str(file.paths[0]))})"
        try:
            described = connection.execute(f"describe select * from {source}").fetchall()  # noqa: S608 - the path is quoted
            names = find_columns([column[0] for column in described], asked, file.name, 0)
            chosen = ", ".join(f"cast({quoted(one)} as varchar)" for one in names.values())
            table = connection.execute(f"select {chosen} from {source}").fetchall()  # noqa: S608 - names are quoted
        except duckdb.Error as error:
            raise InputError(damaged_parquet(file.name, str(error))) from error
    return TextTable(names, tuple(_numbered(names, table)), digest, parquet=True)


def _numbered(names: Mapping[str, str], table: list[tuple[str | None, ...]]) -> Iterator[TextRow]:
    for number, values in enumerate(table, 1):
        cells = {role: (each or "").strip() for role, each in zip(names, values, strict=True)}
        yield TextRow(number, cells)
