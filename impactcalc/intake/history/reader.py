"""The reader of histories: from rows of text to incidents, and to rows that are skipped."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING

from impactcalc.domain.incident_history import IncidentHistory, PastIncident, SkippedRow
from impactcalc.errors import InputError, Problem
from impactcalc.intake.history.table import read_table
from impactcalc.intake.instants import date_order, parse_instant
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

    from impactcalc.intake.history.table import TextRow, TextTable

LONGEST_S = 365 * 86400.0
"""Longer ones are taken for a mistake in one of their two times."""

MOST_PROBLEMS = 20
_MEMORY = "memory"
_SECOND_NS = 10**9
_NO_ZONE = "has no time zone"


@dataclass(frozen=True, slots=True)
class HistoryOptions:
    """What a person says about a history.

    Parameters
    ----------
    columns
        Names of columns by role: start, end, category, impact, stage, id, evidence.
    zone
        Of times without an offset; None: UTC, as long as no time of the file has an offset.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo | None = None


class _Clock(NamedTuple):
    """How the times of a file are read: its zone by role, and the order of day and month."""

    zones: Mapping[str, tzinfo | None]
    order: str


class _RefusedError(ValueError):
    """A row that cannot be used, with the reason."""


def read_history(name: str, options: HistoryOptions) -> IncidentHistory:
    """Read a history of incidents; a row that cannot be used is skipped and listed.

    Parameters
    ----------
    name
        CSV or Parquet file as the person wrote it; ``-``: standard input.
    options
        What the person says about it.

    Raises
    ------
    InputError
        When it is no table of incidents, or no row can be used: then with the first problems.
    """
    table = read_table(name, options.columns)
    clock, remarks = _clock(table, options)
    kept: list[PastIncident] = []
    skipped: list[SkippedRow] = []
    lines: dict[tuple[str, str], int] = {}
    for row in table.rows:
        try:
            kept.append(_incident(table, row, clock, lines))
        except _RefusedError as reason:
            skipped.append(SkippedRow(row.line, str(reason)))
    kept, stale = _without_stale(kept)
    skipped = sorted((*skipped, *stale))
    if not kept:
        raise InputError(*_problems(name, table, skipped))
    kept.sort(key=lambda one: one.start_s)  # stable
    return IncidentHistory(name, tuple(kept), tuple(skipped), remarks, table.sha256)


def _problems(name: str, table: TextTable, skipped: Sequence[SkippedRow]) -> list[Problem]:
    """Say why nothing can be used: the first rows, each with its reason."""
    if not skipped:
        return [Problem("no rows after the header: no incident to learn from", "", name)]
    found = [
        Problem(f"row {row.line}: {row.why}", "", name)
        if table.parquet
        else Problem(row.why, "", name, row.line)
        for row in skipped[:MOST_PROBLEMS]
    ]
    more = len(skipped) - len(found)
    rest = f" (and {more} more rows)" if more else ""
    return [*found, Problem(f"no row can be used{rest}", "mend one, or give another file", name)]


def _clock(table: TextTable, options: HistoryOptions) -> tuple[_Clock, tuple[str, ...]]:
    """Find how the times are to be read; what is assumed is a remark."""
    texts = [row.cells.get(role, "") for row in table.rows for role in ("start", "end")]
    order = next(filter(None, map(date_order, texts)), "")
    if options.zone is not None:
        return _Clock(dict.fromkeys(("start", "end"), options.zone), order), ()
    named = {role: table.names[role].lower().endswith("utc") for role in ("start", "end")}
    if all(named.values()):
        return _Clock(dict.fromkeys(named, UTC), order), ()
    if any(_has_offset(text, order) for text in texts):
        return _Clock({role: UTC if utc else None for role, utc in named.items()}, order), ()
    bare = next((text for text in texts if text and not text.replace(".", "").isdigit()), "")
    words = f"times have no offset ('{bare}'): read as UTC; --tz names another zone"
    return _Clock(dict.fromkeys(named, UTC), order), ((words,) if bare else ())


def _has_offset(text: str, order: str) -> bool:
    """Tell a time that says its offset; numbers since 1970 say nothing."""
    if not text or text.replace(".", "").isdigit():
        return False
    try:
        parse_instant(text, None, order)
    except ValueError:
        return False
    return True


def _incident(
    table: TextTable, row: TextRow, clock: _Clock, lines: dict[tuple[str, str], int]
) -> PastIncident:
    """Read one incident, or refuse its row with all that is wrong with it."""
    if row.fault:
        raise _RefusedError(row.fault)
    cells = row.cells
    if cells.get("evidence", "").lower() == _MEMORY:
        raise _RefusedError("its evidence is memory: never used for a fit")
    key = (cells.get("id", ""), cells.get("stage", ""))
    if key[0] and lines.setdefault(key, row.line) != row.line:
        what = f"id '{key[0]}' stands already on line {lines[key]}"
        raise _RefusedError(f"{what}; keep one of them")
    start = _second(table, cells, "start", clock)
    end = _second(table, cells, "end", clock) if cells["end"] else None
    if start is None:
        raise _RefusedError(f"{table.names['start']} is empty; write its time")
    if end is not None:
        _check_length(table, cells, end - start)
    return PastIncident(start, end, _labels(cells), row.line, key[0])


def _second(table: TextTable, cells: Mapping[str, str], role: str, clock: _Clock) -> float | None:
    """Read a time in seconds since 1970; None for an empty cell."""
    text = cells[role]
    if not text:
        return None
    try:
        return parse_instant(text, clock.zones[role], clock.order) / _SECOND_NS
    except ValueError as error:
        words = str(error)
        if _NO_ZONE in words:
            words = f"'{text}' {_NO_ZONE}, other times of this file have: write its offset"
        raise _RefusedError(f"{table.names[role]}: {words}") from None


def _check_length(table: TextTable, cells: Mapping[str, str], length_s: float) -> None:
    """Refuse an incident that ends before it starts, at once, or after more than a year."""
    start, end = (f"{table.names[role]} {cells[role]}" for role in ("start", "end"))
    if length_s < 0:
        raise _RefusedError(f"{end} lies before {start}; swap them")
    if length_s == 0:
        raise _RefusedError(f"{end} is its start, too: it has no length; correct one of them")
    if length_s > LONGEST_S:
        days = f"{length_s / 86400:,.0f} days"
        raise _RefusedError(f"from {start} to {end} are {days}; more than a year is no incident")


def _without_stale(
    kept: Sequence[PastIncident],
) -> tuple[list[PastIncident], list[SkippedRow]]:
    """Take out what has been open for more than a year: its end was forgotten."""
    newest = max((one.end_s or one.start_s for one in kept), default=0.0)
    fresh, stale = [], []
    for one in kept:
        if one.end_s is None and newest - one.start_s > LONGEST_S:
            days = f"{(newest - one.start_s) / 86400:,.0f} days"
            why = f"has no end, {days} after its start: is it forgotten? write its end"
            stale.append(SkippedRow(one.line, why))
        else:
            fresh.append(one)
    return fresh, stale


def _labels(cells: Mapping[str, str]) -> tuple[str, ...]:
    """Collect category, impact and stage in small letters; a category also by its parts."""
    found: dict[str, None] = {}
    for role in ("category", "impact", "stage"):
        text = " ".join(cells.get(role, "").lower().split())
        if not text:
            continue
        found[text] = None
        if role == "category" and "/" in text:
            found |= dict.fromkeys(part.strip() for part in text.split("/") if part.strip())
    return tuple(found)
