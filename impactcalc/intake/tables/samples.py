"""The samples: latencies gathered into cells of good and valid, and their exact quantiles."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Any

from impactcalc.domain.observation import (
    MINUTE_NS,
    Counts,
    Observations,
    Remark,
    Samples,
    Window,
)
from impactcalc.errors import InputError, Problem
from impactcalc.intake.tables.database import engine, fetch
from impactcalc.intake.tables.explain import explain
from impactcalc.intake.tables.quantiles import Extent, Values, quantiles
from impactcalc.intake.tables.resolved import materialise, resolve_odd
from impactcalc.intake.tables.table import damaged_parquet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

    from impactcalc.intake.read_options import ReadOptions
    from impactcalc.intake.tables.table import Table

_SERVER_ERRORS = 500


def read_samples(
    connection: DuckDBPyConnection, tables: Sequence[Table], options: ReadOptions
) -> Observations:
    """Read tables of latency samples as one.

    A sample is good when its latency is present and at most the threshold, and its status is
    below 500; a row without latency is bad (a timeout has none).

    Raises
    ------
    InputError
        With the problems of all tables.
    """
    remarks = [remark for table in tables for remark in _unit_remarks(table)]
    try:
        try:
            views = _views(connection, tables, options, resolved=any(each.csv for each in tables))
            return _gather(connection, views, tables, options, remarks)
        except _OddError:  # in Parquet: only now is each odd text looked at
            views = _views(connection, tables, options, resolved=True)
            return _gather(connection, views, tables, options, remarks)
    except engine().Error as error:
        names = ", ".join(table.name for table in tables)
        raise InputError(damaged_parquet(names, str(error))) from error


class _OddError(Exception):
    """Some value is not plainly written."""


def _views(
    connection: DuckDBPyConnection,
    tables: Sequence[Table],
    options: ReadOptions,
    *,
    resolved: bool,
) -> str:
    """Return SQL of all tables as one: ns, latency in seconds, good, odd."""
    problems: list[Problem] = []
    views = []
    for number, table in enumerate(tables):
        try:
            views.append(_one(connection, table, options, f"samples_{number}", resolved=resolved))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(*problems)
    return f"({' union all '.join(f'select * from {view}' for view in views)})"  # noqa: S608 - ours


def _one(
    connection: DuckDBPyConnection,
    table: Table,
    options: ReadOptions,
    view: str,
    *,
    resolved: bool,
) -> str:
    """Make the view of one table."""
    if resolved:
        _resolve(connection, table, options, view)
        source = f"(select *, ns is null as odd from {view})"  # noqa: S608 - ours
    else:
        materialise(connection, table, view, zoned=options.zone is not None)
        odd = "timestamp is null or coalesce(timestamp_odd, latency_odd, status_odd) is not null"
        odd = odd if "status" in table.columns.names else odd.replace(", status_odd", "")
        walls = " or wall" if options.zone is not None else ""
        source = f"(select *, timestamp as ns, {odd}{walls} as odd from {view}_typed)"  # noqa: S608 - ours
    limit = _limit(table, options.threshold_s)
    good = "latency is not null"
    if limit is not None:
        good = f"coalesce(latency <= cast({limit!r} as {_real(table)}), false)"
    connection.execute(
        f"create or replace temp view {view}_judged as select ns, odd, "  # noqa: S608 - ours
        f"latency / {table.columns.per_second} as latency, "
        f"{good} and coalesce(status, 0) < {_SERVER_ERRORS} as good from {source}"
    )
    return f"{view}_judged"


def _resolve(connection: DuckDBPyConnection, table: Table, options: ReadOptions, view: str) -> None:
    """Read every odd text of a table; what is wrong is explained by line."""
    try:
        materialise(connection, table, view, zoned=options.zone is not None)
        resolve_odd(connection, table, view, options.zone)
        number, missing = connection.execute(
            f"select count(*), count(*) filter (ns is null) from {view}"  # noqa: S608 - ours
        ).fetchall()[0]
        table.refuse_lost_rows(number)
    except engine().Error as error:
        if table.csv is None:
            raise
        reason = f"cannot be read ({str(error)[:160]})"
        raise explain(connection, table, options.zone, reason) from error
    except ValueError as error:
        raise explain(connection, table, options.zone, str(error)) from error
    if missing:
        raise explain(connection, table, options.zone, "a time is missing")


def _real(table: Table) -> str:
    """Return the type in which latencies are compared: single precision where the file is."""
    return "FLOAT" if table.types[table.columns.names["latency"]] == "FLOAT" else "DOUBLE"


def _limit(table: Table, threshold_s: Fraction | None) -> float | None:
    """Return the threshold in the unit of the column."""
    return None if threshold_s is None else float(threshold_s * table.columns.per_second)


def _gather(
    connection: DuckDBPyConnection,
    relation: str,
    tables: Sequence[Table],
    options: ReadOptions,
    remarks: list[Remark],
) -> Observations:
    """Count samples per cell of the window, and take their quantiles."""
    import numpy as np

    files = tuple(table.name for table in tables)
    span: Window | None = None
    period = options.period
    if period is None or period.window is None:
        span = _span(connection, relation, files)
    window = span if period is None else period.resolve(span, options.as_of_ns)
    if window is None:
        raise AssertionError("samples without a window")
    cell = _cell(window, options)
    inside = f"ns >= {window.start_ns} and ns < {window.end_ns}"
    for out in options.excluded:
        inside += f" and not (ns >= {out.start_ns} and ns < {out.end_ns})"
    arrays = _cells(connection, relation, inside, (window.start_ns, cell))
    known = np.ones(len(arrays["cell"]), dtype=bool)
    start = arrays["cell"] * cell + window.start_ns
    cells = Counts(start, cell, arrays["good"], arrays["valid"], known)
    values = Values(connection, f"(select latency from {relation} where {inside})")  # noqa: S608 - ours
    found = {} if not len(start) else quantiles(values, _extent(arrays))
    span = span or (window if len(start) else _span(connection, relation, files))
    return Observations(
        Samples(cells, options.threshold_s, found), span, files, remarks=tuple(remarks)
    )


def _cells(
    connection: DuckDBPyConnection, relation: str, inside: str, grid: tuple[int, int]
) -> dict[str, NDArray[Any]]:
    """Count samples per cell: all, good, with a latency; and the outermost latencies.

    Raises
    ------
    _OddError
        When a value is not plainly written.
    """
    first, width = grid
    arrays = fetch(
        connection,
        f"select coalesce((ns - {first}) // {width}, -1) as cell, count(*) as valid, "  # noqa: S608 - numbers
        "count(*) filter (good) as good, count(*) filter (odd) as odd, count(latency) as present, "
        "coalesce(min(latency), 'inf') as least, coalesce(max(latency), '-inf') as most "
        f"from {relation} where ({inside}) or odd group by 1 order by 1",
    )
    if arrays["odd"].any():
        raise _OddError
    return arrays


def _extent(arrays: dict[str, NDArray[Any]]) -> Extent:
    """Return how many latencies there are, and the outermost ones."""
    return Extent(
        int(arrays["present"].sum()), float(arrays["least"].min()), float(arrays["most"].max())
    )


def _span(connection: DuckDBPyConnection, relation: str, files: tuple[str, ...]) -> Window:
    """Return the first sample's instant and the moment after the last one."""
    first, last, odd = connection.execute(
        f"select min(ns), max(ns), count(*) filter (odd) from {relation}"  # noqa: S608 - ours
    ).fetchall()[0]
    if odd:
        raise _OddError
    if first is None:
        what = "no rows after the header: nothing to measure"
        raise InputError(*(Problem(what, file=file) for file in files))
    return Window(first, last + 1)


def _cell(window: Window, options: ReadOptions) -> int:
    """Choose the widest cell that divides a minute, the slices and the burn windows."""
    as_of = options.as_of_ns if options.as_of_ns is not None else window.end_ns
    cell = gcd(MINUTE_NS, options.slice_ns, as_of - window.start_ns)
    return max(cell, 1)


def _unit_remarks(table: Table) -> list[Remark]:
    """Say which unit was taken where neither the column nor the person says one."""
    if table.columns.unit_stated:
        return []
    name = table.columns.names["latency"]
    words = f"column '{name}' does not say its unit: taken as seconds"
    return [Remark(f"{words} (else write --columns latency={name}:ms)", table.name)]
