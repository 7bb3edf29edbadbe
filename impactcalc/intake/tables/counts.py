"""The counts: good and valid events per interval of one or several tables."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, Any

from impactcalc.domain.observation import MINUTE_NS, Counts, Observations, Remark, Window
from impactcalc.errors import InputError, Problem
from impactcalc.intake.instants import date_order, parse_instant
from impactcalc.intake.tables.cells import read_number
from impactcalc.intake.tables.database import engine, fetch
from impactcalc.intake.tables.explain import explain
from impactcalc.intake.tables.lines import lines_of
from impactcalc.intake.tables.typed import typed
from impactcalc.intake.tables.walls import apply_zone
from impactcalc.named import NamedTuple
from impactcalc.units.duration import exact_duration

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

    from impactcalc.intake.read_options import ReadOptions
    from impactcalc.intake.tables.table import Table

_ROLES = ("good", "total", "errors")
_SAFE = 2**62
_NONE = -(2**62)  # where a row has no plain value
_NAMED_LINES = 8
_COMMON_SHARE = 50  # one spacing in fifty makes a minute the step of a file with gaps


class _Rows(NamedTuple):
    """The rows of one table in the order of the file.

    ``values`` and ``present`` by role; counts are whole numbers over ``scale``.
    """

    start_ns: NDArray[Any]
    values: dict[str, NDArray[Any]]
    present: dict[str, NDArray[Any]]
    scale: int


def read_counts(
    connection: DuckDBPyConnection, tables: Sequence[Table], options: ReadOptions
) -> Observations:
    """Read tables of counts as one.

    Raises
    ------
    InputError
        With the problems of all tables.
    """
    import numpy as np

    read: list[_Rows] = []
    problems: list[Problem] = []
    for table in tables:
        try:
            read.append(_read_rows(connection, table, options.zone))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(*problems)
    scale = lcm(*(rows.scale for rows in read))
    parts = [(rows.start_ns, *_good_and_valid(rows, scale)) for rows in read]
    columns = (
        parts[0] if len(parts) == 1 else [np.concatenate(each) for each in zip(*parts, strict=True)]
    )
    kept, remarks = _last_of_each(columns[0], tables, [len(rows.start_ns) for rows in read])
    if kept is not None:
        columns = [column[kept] for column in columns]
    start, good, valid, known = columns
    step = step_of(start)
    if step != MINUTE_NS:
        words = exact_duration(step / 10**9)
        remarks.append(Remark(f"rows are {words} apart: each counts for {words}", tables[0].name))
    remarks.extend(_unmeasured(known, tables))
    counts = Counts(start, step, good, valid, known, scale)
    return Observations(
        counts,
        Window(int(start[0]), int(start[-1]) + step),
        tuple(table.name for table in tables),
        remarks=tuple(remarks),
    )


def _read_rows(connection: DuckDBPyConnection, table: Table, zone: tzinfo | None) -> _Rows:
    """Read one table; any row that is wrong ends in the explanation of all."""
    roles = [role for role in _ROLES if role in table.columns.names]
    statement = typed(table, ("timestamp", *roles), zoned=zone is not None)
    try:
        rows, odd = _fetch(connection, statement, roles, walls=zone is not None)
    except engine().Error as error:
        raise _unreadable(connection, table, zone, error) from error
    if not len(rows.start_ns):
        raise InputError(
            Problem("no rows after the header: nothing to measure", file=table.name)
            if table.csv
            else Problem("no rows: nothing to measure", file=table.name)
        )
    table.refuse_lost_rows(len(rows.start_ns))
    try:
        if odd:
            connection.execute(f"create or replace temp table counted as {statement}")
            rows = _with_odd(connection, table, rows, zone)
        start = apply_zone(rows.start_ns, rows.present["wall"], zone)
        _check(rows, start)
        _refuse_shares(rows, table)
    except ValueError as error:
        raise explain(connection, table, zone, str(error)) from error
    return rows._replace(start_ns=start)


def _unreadable(
    connection: DuckDBPyConnection, table: Table, zone: tzinfo | None, error: Exception
) -> InputError:
    """Explain a file whose rows could not be told apart."""
    from impactcalc.intake.tables.table import damaged_parquet

    if table.csv is None:
        return InputError(damaged_parquet(table.name, str(error)))
    return explain(connection, table, zone, f"cannot be read as CSV ({str(error)[:160]})")


def _fetch(
    connection: DuckDBPyConnection, statement: str, roles: Sequence[str], *, walls: bool
) -> tuple[_Rows, bool]:
    """Fetch the plain values in the order of the file, and tell whether any is missing."""
    import numpy as np

    chosen = ", ".join(f"coalesce({role}, {_NONE}) as {role}" for role in ("timestamp", *roles))
    wall = ", wall" if walls else ""
    arrays = fetch(connection, f"select {chosen}{wall} from ({statement})")  # noqa: S608 - roles are ours
    start = arrays["timestamp"]
    values = {role: arrays[role] for role in roles}
    present = {role: array != _NONE for role, array in values.items()}
    whole = (start != _NONE).all() and all(each.all() for each in present.values())
    present["wall"] = arrays["wall"] if walls else np.zeros(len(start), dtype=bool)
    return _Rows(start, values, present, 1), not whole


def _with_odd(
    connection: DuckDBPyConnection, table: Table, rows: _Rows, zone: tzinfo | None
) -> _Rows:
    """Read what is not plain by the grammar of cells.

    Raises
    ------
    ValueError
        When a cell cannot be read.
    """
    roles = ("timestamp", *rows.values)
    condition = " or ".join(f"{role}_odd is not null" for role in roles)
    listed = ", ".join(f"{role}_odd" for role in roles)
    odd = connection.execute(
        f"select rowid, {listed} from counted where {condition}"  # noqa: S608 - roles are ours
    ).fetchall()
    start = _odd_instants(rows, {row[0]: row[1] for row in odd if row[1] is not None}, zone)
    numbers = {
        role: {row[2 + place]: None for row in odd if row[2 + place] is not None}
        for place, role in enumerate(rows.values)
    }
    read = {
        role: {text: read_number(text, table.columns.names[role]) for text in texts}
        for role, texts in numbers.items()
    }
    scale = lcm(*(value.denominator for each in read.values() for value in each.values() if value))
    values = {role: _scaled(array, scale) for role, array in rows.values.items()}
    for place, role in enumerate(rows.values):
        for row in odd:
            text = row[2 + place]
            value = None if text is None else read[role][text]
            if value is not None:
                values[role][row[0]] = int(value * scale)
                rows.present[role][row[0]] = True
    return _Rows(start, values, rows.present, scale)


def _odd_instants(rows: _Rows, odd: dict[int, str], zone: tzinfo | None) -> NDArray[Any]:
    """Read the times that are not plain."""
    order = next(filter(None, map(date_order, odd.values())), "")
    read = {text: parse_instant(text, zone, order) for text in dict.fromkeys(odd.values())}
    start = rows.start_ns.copy()
    for number, text in odd.items():
        start[number] = read[text]
        rows.present["wall"][number] = False
    return start


def _scaled(array: NDArray[Any], scale: int) -> NDArray[Any]:
    """Multiply whole numbers; beyond 64 bits they become Python's own."""
    import numpy as np

    array = np.array(array)
    if scale == 1:
        return array
    if int(array.max(initial=0)) * scale >= _SAFE:
        array = array.astype(object)
    return array * scale


def _check(rows: _Rows, start: NDArray[Any]) -> None:
    """Refuse missing times, negative counts, and parts above their whole.

    Raises
    ------
    ValueError
        In words that only help when the explanation finds nothing.
    """
    if (start < 0).any():
        raise ValueError("a time is missing")
    for role, array in rows.values.items():
        if ((array < 0) & rows.present[role]).any():
            raise ValueError("a count is negative")
        if role != "total" and "total" in rows.values:
            both = rows.present[role] & rows.present["total"]
            if ((array > rows.values["total"]) & both).any():
                raise ValueError("a part is above its total")


def _refuse_shares(rows: _Rows, table: Table) -> None:
    """Refuse a ratio between 0 and 1 beside whole totals: a gauge, not a count.

    Raises
    ------
    InputError
        Naming the first row that holds a share.
    """
    if rows.scale == 1 or "total" not in rows.values or len(rows.start_ns) <= 1:
        return
    whole = (rows.values["total"] % rows.scale == 0).astype(bool)
    for role in ("good", "errors"):
        if role not in rows.values:
            continue
        array, present = rows.values[role], rows.present[role]
        shares = present & (array % rows.scale != 0).astype(bool)
        if shares.any() and whole.all() and (array[present] <= rows.scale).all():
            first = int(shares.argmax())
            name, value = table.columns.names[role], float(array[first]) / rows.scale
            what = f"{name} is {value:g}, a share beside a whole {table.columns.names['total']}"
            remedy = "export the numbers of events themselves, not their ratio"
            raise InputError(table.place(lines_of(table, [first])[0], what, remedy))


def _good_and_valid(rows: _Rows, scale: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return good, valid and whether both are known; 0 where they are not."""
    import numpy as np

    factor = scale // rows.scale
    values, present = rows.values, rows.present
    if "total" not in values:
        good, errors = (_scaled(values[role], factor) for role in ("good", "errors"))
        known = present["good"] & present["errors"]
        valid = good + errors
    else:
        part = "good" if "good" in values else "errors"
        known = present[part] & present["total"]
        valid = _scaled(values["total"], factor)
        good = _scaled(values[part], factor)
        good = good if part == "good" else valid - good
    return np.where(known, good, 0), np.where(known, valid, 0), known


def _last_of_each(
    start: NDArray[Any], tables: Sequence[Table], lengths: Sequence[int]
) -> tuple[NDArray[Any] | None, list[Remark]]:
    """Sort by instant; of equal instants keep the last row, and say so; None: all as they are."""
    import numpy as np

    if (start[1:] > start[:-1]).all():
        return None, []
    order = np.argsort(start, kind="stable")
    again = np.zeros(len(start), dtype=bool)
    again[1:] = start[order][1:] == start[order][:-1]
    last = np.ones(len(start), dtype=bool)
    last[:-1] = ~again[1:]
    doubled = np.sort(order[again])
    remarks: list[Remark] = []
    late = int((start[1:] < start[:-1]).sum())
    begin = 0
    for table, length in zip(tables, lengths, strict=True):
        inside = doubled[(doubled >= begin) & (doubled < begin + length)] - begin
        if len(inside):
            own = start[begin : begin + length]
            remarks.append(_twice(table, inside, elsewhere=len(np.unique(own)) == length))
        begin += length
    if late:
        words = "row stands" if late == 1 else "rows stand"
        remarks.append(
            Remark(f"{late} {words} after a later one; order does not matter", tables[0].name)
        )
    return order[last], remarks


def _twice(table: Table, rows: NDArray[Any], *, elsewhere: bool) -> Remark:
    """Say which instants stand twice; the last row in the file, or of the last file, wins."""
    lines = lines_of(table, [int(row) for row in rows[:_NAMED_LINES]])
    listed = ", ".join(map(str, lines)) + (", ..." if len(rows) > len(lines) else "")
    what = "1 timestamp occurs" if len(rows) == 1 else f"{len(rows)} timestamps occur"
    unit = ("line" if table.csv else "row") + ("s" if len(lines) > 1 else "")
    message = f"{what} twice; the last row in the file counts ({unit} {listed})"
    if elsewhere:
        message = (
            f"{what} in an earlier file, too; the rows here count ({unit} {listed}): parts of one "
            "service have to be added up before"
        )
    return Remark(message, table.name, lines[0] if table.csv else 0)


def _unmeasured(known: NDArray[Any], tables: Sequence[Table]) -> list[Remark]:
    """Say how many rows hold no measurement."""
    missing = int((~known).sum())
    if not missing:
        return []
    words = "row has" if missing == 1 else "rows have"
    return [
        Remark(f"{missing} {words} an empty or NaN count: not measured, unknown", tables[0].name)
    ]


def step_of(start_ns: NDArray[Any]) -> int:
    """Give the length of one interval: the median spacing of the rows, a minute for one row.

    A file of minutes with many gaps stays one of minutes: when a minute occurs between its rows
    and every spacing is a multiple of it, the median would only measure the gaps.

    Parameters
    ----------
    start_ns
        Strictly rising.
    """
    import numpy as np

    if len(start_ns) <= 1:
        return MINUTE_NS
    spacing = np.diff(start_ns)
    minutes = int((spacing == MINUTE_NS).sum())
    if minutes * _COMMON_SHARE >= len(spacing) and not (spacing % MINUTE_NS).any():
        return MINUTE_NS
    middle = (len(spacing) - 1) // 2
    return int(np.partition(spacing, middle)[middle])
