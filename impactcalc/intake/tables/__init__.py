"""The tables of observations: CSV and Parquet of counts, latency samples and incidents.

`read_tables` is the door; DuckDB reads files of every size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.intake.tables.counts import read_counts
from impactcalc.intake.tables.database import database
from impactcalc.intake.tables.incidents import read_incidents
from impactcalc.intake.tables.samples import read_samples
from impactcalc.intake.tables.table import Table, csv_table, parquet_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from impactcalc.domain.observation import Observations
    from impactcalc.intake.read_options import ReadOptions

__all__ = ["read_tables"]

_READERS = {"counts": read_counts, "samples": read_samples, "incidents": read_incidents}
_WORDS = {"counts": "counts", "samples": "latency samples", "incidents": "incidents"}


def read_tables(
    csv: Sequence[tuple[str, Path]],
    parquet: Sequence[tuple[str, Sequence[Path]]],
    options: ReadOptions,
) -> Observations:
    """Read tables of one kind as one.

    Parameters
    ----------
    csv
        Name as the person wrote it, and where the plain text lies, for each CSV file.
    parquet
        The same for each Parquet file, or each folder or pattern of Parquet files.
    options
        What the person says about them.

    Raises
    ------
    InputError
        With the problems of all files at once.
    """
    with database() as (connection, scratch):
        tables = _open(connection, scratch, csv, parquet, options)
        kinds = list(dict.fromkeys(table.columns.kind for table in tables))
        if len(kinds) > 1:
            words = " and ".join(_WORDS[kind] for kind in kinds)
            raise InputError(Problem(f"{words} cannot be read as one", "give one kind at a time"))
        return _READERS[kinds[0]](connection, tables, options)


def _open(
    connection: DuckDBPyConnection,
    scratch: Path,
    csv: Sequence[tuple[str, Path]],
    parquet: Sequence[tuple[str, Sequence[Path]]],
    options: ReadOptions,
) -> list[Table]:
    """Open every file, or raise the problems of all."""
    tables: list[Table] = []
    problems: list[Problem] = []
    for name, path in csv:
        try:
            tables.append(csv_table(name, path, options.columns, scratch))
        except InputError as error:
            problems.extend(error.problems)
    for name, paths in parquet:
        try:
            tables.append(parquet_table(connection, name, paths, options.columns))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(*problems)
    return tables
