"""The column: which one of a table plays which role, by its name.

Well-known names are found whatever their case, blanks and brackets; others are named by
``--columns role=NAME``.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from impactcalc.errors import Problem
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROLES = (
    "timestamp", "good", "total", "errors", "latency", "status", "start", "end", "lost_share",
)  # fmt: skip
_NAMES = {  # in the order of preference
    "timestamp": "timestamp time ts datetime date_time date minute interval_start bucket "
    "_time @timestamp timestamp_utc time_utc event_time window_start period_start epoch unixtime",
    "total": "total valid requests count all total_requests total_events total_count valid_events "
    "valid_count request_count requests_total hits events calls n",
    "good": "good success successes successful ok good_events good_count good_requests succeeded "
    "success_count passed",
    "errors": "errors bad failed failures error error_count errors_total bad_events bad_count "
    "failed_requests failure_count bad_requests",
    "latency": "latency response_time duration elapsed request_time took",
    "status": "status status_code code http_status http_code response_code",
    "start": "started_at start_utc started start created_at began_at",
    "end": "resolved_at resolved_utc resolved ended ended_at end full_restore_utc closed_at",
    "lost_share": "lost_share lost share_lost loss_share impact_share",
}
_UNITS = {
    "s": 1, "sec": 1, "seconds": 1, "ms": 1000, "msec": 1000, "millis": 1000,
    "milliseconds": 1000, "us": 10**6, "micros": 10**6, "microseconds": 10**6, "ns": 10**9,
    "nanos": 10**9, "nanoseconds": 10**9,
}  # fmt: skip
"""How many of a unit make one second, by the end of a column's name."""


class Columns(NamedTuple):
    """The columns of one table.

    Parameters
    ----------
    kind
        ``counts``, ``samples`` or ``incidents``.
    names
        The table's own name of each role that it has.
    per_second
        Units of the latency column in one second.
    unit_stated
        Whether the latency column (or the person) says its unit.
    """

    kind: str
    names: Mapping[str, str]
    per_second: int = 1
    unit_stated: bool = True


def fold(name: str) -> str:
    """Bring a column's name into one form.

    Examples
    --------
    >>> fold(" Latency (ms)"), fold("Resolved At")
    ('latency_ms', 'resolved_at')
    """
    words = re.sub(r"[\s\-./()\[\]]+", "_", name.strip().lower())
    return words.rstrip("_") if words.strip("_") else words


def find_columns(
    found: Sequence[str], asked: Mapping[str, str], file: str, line: int
) -> Columns | Problem:
    """Find the roles of a table's columns.

    Parameters
    ----------
    found
        The names of the table's columns.
    asked
        ``--columns``: name by role; a latency may end in its unit, ``latency=took:ms``.
    file, line
        Where the names stand; 0 for a form without lines.

    Returns
    -------
    Columns or Problem
        The roles, or what is missing.
    """
    names: dict[str, str] = {}
    for role, wanted in asked.items():
        name = _named(found, wanted if role != "latency" else _bare(found, wanted))
        if name is None:
            return Problem(
                f"there is no column '{wanted}' for the {role} (found: {_listed(found)})",
                f"name one of them: --columns {role}={_nearest(wanted, found)}",
                file,
                line,
            )
        names[role] = name
    taken = set(names.values())
    for role, known in _NAMES.items():
        name = _known(role, known.split(), [each for each in found if each not in taken])
        if role not in names and name is not None:
            names[role] = name
    return _kind(names, asked, found, Problem("", "", file, line))


def _kind(
    names: dict[str, str], asked: Mapping[str, str], found: Sequence[str], place: Problem
) -> Columns | Problem:
    """Tell what the roles make of the table, or what is missing."""
    if _is_incidents(names):
        return Columns("incidents", names)
    counted = sum(role in names for role in ("good", "errors", "total"))
    if "timestamp" not in names:
        return Problem(
            f"no column for the time (found: {_listed(found)})",
            "name it: --columns timestamp=NAME",
            place.file,
            place.line,
        )
    pair = 2
    if counted >= pair and not (asked.get("latency") and "total" not in asked):
        return Columns("counts", names)
    if "latency" in names:
        per_second = _unit(asked.get("latency", names["latency"]), names["latency"])
        return Columns("samples", names, per_second or 1, per_second is not None)
    missing = "total" if "total" not in names else "good (or the errors)"
    return Problem(
        f"no column for the {missing} (found: {_listed(found)})",
        f"name it: --columns {missing.split(maxsplit=1)[0]}=NAME",
        place.file,
        place.line,
    )


def _is_incidents(names: Mapping[str, str]) -> bool:
    """Tell an incident table: a start and an end or a lost share, and no counts."""
    counts = any(role in names for role in ("good", "total", "errors"))
    return "start" in names and ("lost_share" in names or "end" in names) and not counts


def _known(role: str, known: Sequence[str], found: Sequence[str]) -> str | None:
    """Find the first known name among a table's; a latency's may end in a unit."""
    for name in known:
        for each in found:
            folded = fold(each)
            if folded == name:
                return each
            head, _, tail = folded.rpartition("_")
            if role == "latency" and head == name and tail in _UNITS:
                return each
    return None


def _named(found: Sequence[str], wanted: str) -> str | None:
    """Find a column by the name that a person gave: exactly, else whatever its case."""
    if wanted in found:
        return wanted
    return next((each for each in found if fold(each) == fold(wanted)), None)


def _bare(found: Sequence[str], wanted: str) -> str:
    """Take the unit off ``took:ms``."""
    head, colon, tail = wanted.rpartition(":")
    return head if colon and tail in _UNITS and wanted not in found else wanted


def _unit(asked: str, name: str) -> int | None:
    """Return the units in one second that ``took:ms`` or ``latency_ms`` states; None: unknown."""
    head, colon, tail = asked.rpartition(":")
    if colon and head and tail in _UNITS:
        return _UNITS[tail]
    return _UNITS.get(fold(name).rpartition("_")[2])


def _listed(found: Sequence[str]) -> str:
    """List column names for a message, not more than fit."""
    most = 12
    more = f", and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(found[:most]) + more


def _nearest(wanted: str, found: Sequence[str]) -> str:
    """Return the most similar column name."""
    near = get_close_matches(wanted, found, n=1, cutoff=0)
    return near[0] if near else "NAME"
