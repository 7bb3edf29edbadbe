r"""The typed column: SQL that reads what is plainly written, and keeps the text of what is odd.

Nothing is left to a sniffer. Each role becomes a value (null when it is not plain) and a text
``ROLE_odd`` (null when it is plain or empty), which Python reads by the same grammar that names
problems: DuckDB alone would take '0x10', '1_000' and '12.5' for whole numbers. The commonest form
stands first in each CASE: the others then cost nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.tables.database import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.tables.table import Table

_ZONED = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}(:\d{2})?)"
_NAIVE = r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?"
_LATENCY = r"\d{1,15}(\.\d*)?([eE][+-]?\d{1,2})?"
_WHOLE = r"\d{1,18}(\.0*)?"
_REAL = frozenset({"FLOAT", "DOUBLE"})
_ZONED_CLOCK = "TIMESTAMP WITH TIME ZONE"
_FINE_ZONED = frozenset({"TIMESTAMPTZ_NS", "TIMESTAMP_NS WITH TIME ZONE"})
_CLOCKS = frozenset({"TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "DATE", "TIMESTAMP_NS"})
_INTEGERS = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}
)


def typed(table: Table, roles: Sequence[str], *, zoned: bool) -> str:
    """Write the statement that reads a table's roles: ``ROLE`` and ``ROLE_odd`` each, and ``wall``.

    Parameters
    ----------
    table
        Whose columns play the roles.
    roles
        ``timestamp`` (ns since 1970; ``wall`` is true where that is a wall time whose zone must
        be applied), ``good``, ``total``, ``errors``, ``status`` (whole), ``latency`` (double).
    zoned
        Whether the person named a zone, so that times without an offset are read.
    """
    inner: list[str] = []
    outer: list[str] = ["wall"]
    for role in roles:
        name = table.columns.names[role]
        column, kind = quoted(name), table.types[name]
        text = column if kind == "VARCHAR" else f"cast({column} as varchar)"
        if role == "timestamp":
            inner += [
                f"{_instant(column, text, kind, zoned=zoned)} as timestamp",
                f"{_wall(text, kind, zoned=zoned)} as wall",
            ]
        else:
            value = _latency if role == "latency" else _whole
            inner.append(f"{value(column, text, kind)} as {role}")
        inner.append(f"{_raw(column, kind)} as {role}_raw")
        outer += [role, _odd(role)]
    return f"select {', '.join(outer)} from (select {', '.join(inner)} from {table.source})"  # noqa: S608 - names are quoted


def _raw(column: str, kind: str) -> str:
    """Give the value whose text is kept; NaN is no measurement and has none."""
    return f"nullif({column}, 'nan')" if kind in _REAL else column


def _odd(role: str) -> str:
    """Keep the text where there is one and it is not plain."""
    raw = f"cast({role}_raw as varchar)"
    text = f"case when trim({raw}) <> '' then {raw} end"
    return f"case when {role} is null then {text} end as {role}_odd"


def _instant(column: str, text: str, kind: str, *, zoned: bool) -> str:
    """Read the time: by its type, or by its text."""
    if kind == _ZONED_CLOCK:
        return f"epoch_us({column}) * 1000"
    if kind in _FINE_ZONED:
        return f"epoch_ns({column})"
    if kind in _CLOCKS:
        return f"epoch_ns(cast({column} as timestamp_ns))" if zoned else "cast(null as bigint)"
    if kind in _INTEGERS:
        return _epoch(f"cast({column} as bigint)")
    if kind in _REAL:
        whole = _epoch(f"cast({column} as bigint)")
        return f"case when {column} = trunc({column}) and abs({column}) < 9e18 then {whole} end"
    naive = (
        f"when regexp_full_match({text}, '{_NAIVE}') "
        f"then epoch_us(try_cast({text} as timestamp)) * 1000 "
    )
    return (
        f"case when strlen({text}) = 20 and suffix({text}, 'Z') "
        f"then epoch_us(try_cast({text} as timestamp)) * 1000 "
        f"when regexp_full_match({text}, '{_ZONED}') "
        f"then epoch_us(try_cast({text} as timestamptz)) * 1000 "
        f"when regexp_full_match({text}, '\\d{{9,18}}') "
        f"then {_epoch(f'try_cast({text} as bigint)')} {naive if zoned else ''}end"
    )


def _wall(text: str, kind: str, *, zoned: bool) -> str:
    """Tell where the time is a wall time."""
    if kind in _CLOCKS:
        return "true"
    is_text = kind not in {_ZONED_CLOCK, *_FINE_ZONED, *_INTEGERS, *_REAL}
    return (
        f"coalesce(regexp_full_match({text}, '{_NAIVE}'), false)" if zoned and is_text else "false"
    )


def _epoch(number: str) -> str:
    """Turn a number since 1970 into nanoseconds by its size."""
    return (
        f"case when {number} < 0 or {number} >= 7258118400000000000 then null "
        f"when {number} < 7258118400 then {number} * 1000000000 "
        f"when {number} < 100000000000 then null "
        f"when {number} < 7258118400000 then {number} * 1000000 "
        f"when {number} < 100000000000000 then null "
        f"when {number} < 7258118400000000 then {number} * 1000 "
        f"when {number} < 100000000000000000 then null else {number} end"
    )


def _whole(column: str, text: str, kind: str) -> str:
    """Read a count or a status: a whole number."""
    if kind in _INTEGERS:
        return f"cast({column} as bigint)"
    if kind in _REAL:
        return (
            f"case when {column} = trunc({column}) and abs({column}) < 9e18 "
            f"then cast({column} as bigint) end"
        )
    return (
        f"case when cast(try_cast({text} as bigint) as varchar) = {text} "
        f"then try_cast({text} as bigint) when regexp_full_match({text}, '{_WHOLE}') "
        f"then try_cast(split_part({text}, '.', 1) as bigint) end"
    )


def _latency(column: str, text: str, kind: str) -> str:
    """Read a latency: a finite double of 0 or more; anything else is odd."""
    if kind in _INTEGERS or kind in _REAL:
        return f"case when {column} >= 0 and {column} < 1e18 then cast({column} as double) end"
    return f"case when regexp_full_match({text}, '{_LATENCY}') then try_cast({text} as double) end"
