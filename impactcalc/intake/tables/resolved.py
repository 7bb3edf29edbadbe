"""The resolved table: a view of instants, latencies and statuses, whatever way they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.instants import date_order, parse_instant
from impactcalc.intake.tables.cells import read_number, read_status
from impactcalc.intake.tables.typed import typed
from impactcalc.intake.tables.walls import QUARTER_NS, shift_ns

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from duckdb import DuckDBPyConnection

    from impactcalc.intake.tables.table import Table


def materialise(connection: DuckDBPyConnection, table: Table, view: str, *, zoned: bool) -> None:
    """Make ``VIEW_typed``: a view of Parquet, a table of CSV (which is parsed once only)."""
    roles = [role for role in ("timestamp", "latency", "status") if role in table.columns.names]
    statement = typed(table, roles, zoned=zoned)
    if "status" not in roles:
        nothing = "cast(null as bigint) as status, cast(null as varchar) as status_odd"
        statement = f"select *, {nothing} from ({statement})"  # noqa: S608 - names are quoted
    kind = "view" if table.csv is None else "table"
    connection.execute(f"create or replace temp {kind} {view}_typed as {statement}")


def resolve_odd(
    connection: DuckDBPyConnection, table: Table, view: str, zone: tzinfo | None
) -> None:
    """Make ``VIEW`` (ns, latency, status) of ``VIEW_typed``: odd texts and wall times are read.

    Raises
    ------
    ValueError
        When a text cannot be read.
    """
    source, names = f"{view}_typed", table.columns.names
    texts = _odd_texts(connection, source, "timestamp")
    order = next(filter(None, map(date_order, texts)), "")
    columns = {"timestamp": "timestamp", "latency": "latency", "status": "status"}
    joins = ""
    readers: dict[str, Callable[[str], object]] = {
        "timestamp": lambda text: parse_instant(text, zone, order),
        "latency": lambda text: _float(read_number(text, names["latency"])),
        "status": lambda text: read_status(text, names["status"]),
    }
    for role, kind in (("timestamp", "bigint"), ("latency", "double"), ("status", "bigint")):
        found = texts if role == "timestamp" else _odd_texts(connection, source, role)
        if found:
            _map(connection, f"{view}_{role}", kind, [(t, readers[role](t)) for t in found])
            columns[role] = f"coalesce(t.{role}, {view}_{role}.value)"
            joins += f" left join {view}_{role} on t.{role}_odd = {view}_{role}.text"
    if zone is not None and _has_walls(connection, source):
        joins += _shift(connection, source, view, zone)
        columns["timestamp"] += f" + coalesce({view}_shift.value, 0)"
    chosen = (
        f"{columns['timestamp']} as ns, {columns['latency']} as latency, "
        f"{columns['status']} as status"
    )
    connection.execute(
        f"create or replace temp view {view} as select {chosen} from {source} t{joins}"  # noqa: S608 - ours
    )


def _float(value: object) -> float | None:
    """Return a number as a double; None stays None."""
    return None if value is None else float(value)  # type: ignore[arg-type]


def _odd_texts(connection: DuckDBPyConnection, source: str, role: str) -> list[str]:
    """List the distinct odd texts of a role."""
    found = connection.execute(
        f"select distinct {role}_odd from {source} where {role}_odd is not null"  # noqa: S608 - ours
    ).fetchall()
    return [row[0] for row in found]


def _map(
    connection: DuckDBPyConnection, name: str, kind: str, pairs: list[tuple[str, object]]
) -> None:
    """Keep what odd texts mean as a table."""
    connection.execute(f"create or replace temp table {name} (text varchar, value {kind})")
    texts, values = [list(column) for column in zip(*pairs, strict=True)]
    connection.execute(
        f"insert into {name} select unnest(cast(? as varchar[])), unnest(cast(? as {kind}[]))",
        [texts, values],
    )


def _has_walls(connection: DuckDBPyConnection, source: str) -> bool:
    """Tell whether a table has times without an offset."""
    found = connection.execute(f"select 1 from {source} where wall limit 1").fetchall()  # noqa: S608 - ours
    return bool(found)


def _shift(connection: DuckDBPyConnection, source: str, view: str, zone: tzinfo) -> str:
    """Keep the shift of every quarter of an hour as a table; return the join to it."""
    quarters = connection.execute(
        f"select distinct timestamp // {QUARTER_NS} from {source} "  # noqa: S608 - ours
        "where wall and timestamp is not null"
    ).fetchall()
    connection.execute(f"create or replace temp table {view}_shift (quarter bigint, value bigint)")
    connection.executemany(
        f"insert into {view}_shift values (?, ?)",  # noqa: S608 - ours
        [(quarter, shift_ns(quarter, zone)) for (quarter,) in quarters],
    )
    return (
        f" left join {view}_shift on t.wall and t.timestamp // {QUARTER_NS} = {view}_shift.quarter"
    )
