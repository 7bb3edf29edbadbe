"""The incident table: when each began and ended, and which share of the service was lost."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from impactcalc.domain.observation import Episode, Observations, Remark, States, Window
from impactcalc.errors import InputError, Problem
from impactcalc.intake.instants import date_order, parse_instant
from impactcalc.intake.observation_file import FOREVER_NS
from impactcalc.intake.tables.cells import read_share
from impactcalc.intake.tables.explain import MOST_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from duckdb import DuckDBPyConnection

    from impactcalc.intake.read_options import ReadOptions
    from impactcalc.intake.tables.table import Table, TextRow

_WHOLE = Fraction(1)


def read_incidents(
    connection: DuckDBPyConnection, tables: Sequence[Table], options: ReadOptions
) -> Observations:
    """Read incident tables as one.

    An empty end is an incident that is still open; where a table has no lost share, every
    incident lost the whole service, which a remark says.

    Raises
    ------
    InputError
        With the first problems of all tables.
    """
    episodes: list[Episode] = []
    problems: list[Problem] = []
    remarks: list[Remark] = []
    for table in tables:
        if "lost_share" not in table.columns.names:
            what = "no column lost_share: every incident counts as a total outage"
            remarks.append(Remark(what, table.name))
        rows = list(table.text_rows(connection))
        if not rows:
            problems.append(Problem("no rows after the header: nothing to measure", "", table.name))
        order = next(filter(None, (date_order(row.cells.get("start", "")) for row in rows)), "")
        for row in rows:
            try:
                episodes.append(_episode(table, row, options.zone, order))
            except InputError as error:
                problems.extend(error.problems)
    if problems:
        raise InputError(*problems[:MOST_PROBLEMS])
    start = min(episode.start_ns for episode in episodes)
    ends = [episode.end_ns for episode in episodes if episode.end_ns < FOREVER_NS]
    last = max([*ends, options.as_of_ns or 0, *(episode.start_ns + 1 for episode in episodes)])
    files = tuple(table.name for table in tables)
    return Observations(
        States(tuple(episodes), Fraction(0)), Window(start, last), files, remarks=tuple(remarks)
    )


def _episode(table: Table, row: TextRow, zone: tzinfo | None, order: str) -> Episode:
    """Read one incident, or raise all its problems."""
    width = len(table.csv.header) if table.csv else row.fields
    if row.fields != width:
        what = f"{row.fields} fields, the header has {width} columns"
        raise InputError(table.place(row.line, what, "remove or add a field"))
    problems: list[Problem] = []
    names, cells = table.columns.names, row.cells
    read: dict[str, int] = {}
    for role in ("start", "end"):
        text = cells.get(role, "").strip()
        if not text and role == "start":
            problems.append(table.place(row.line, f"{names[role]} is empty", "write its time"))
        elif text:
            try:
                read[role] = parse_instant(text, zone, order)
            except ValueError as error:
                words, _, remedy = str(error).partition("; ")
                problems.append(table.place(row.line, words, remedy))
    share = _share(table, row, problems)
    start, end = read.get("start", 0), read.get("end", FOREVER_NS)
    if end < start:
        what = f"{names['end']} {cells['end']} lies before {names['start']} {cells['start']}"
        problems.append(table.place(row.line, what, "swap them"))
    if problems:
        raise InputError(*problems)
    return Episode(start, end, share)


def _share(table: Table, row: TextRow, problems: list[Problem]) -> Fraction | None:
    """Read the lost share; an empty cell: unknown."""
    name = table.columns.names.get("lost_share")
    if name is None:
        return _WHOLE
    try:
        return read_share(row.cells["lost_share"], name)
    except ValueError as error:
        words, _, remedy = str(error).partition("; ")
        problems.append(table.place(row.line, words, remedy))
        return None
