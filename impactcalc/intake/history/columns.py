"""The columns of a history: which one plays which role, by its name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.intake.tables.columns import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NAMES = {  # in the order of preference (contracts, outputs)
    "start": "start_utc started started_at start created_at began_at",
    "end": "resolved_utc resolved resolved_at ended end full_restore_utc ended_at closed_at",
    "category": "category",
    "impact": "impact",
    "stage": "stage",
    "id": "id incident_id",
    "evidence": "evidence",
}
ROLES = tuple(_NAMES)
"""What ``--columns ROLE=NAME`` can name."""

_LISTED = 12


def find_columns(
    found: Sequence[str], asked: Mapping[str, str], file: str, line: int
) -> dict[str, str]:
    """Find the table's own name of each role.

    Parameters
    ----------
    found
        The names of the table's columns.
    asked
        Name by role, as a person gave it.
    file, line
        Where the names stand; line 0 for a form without lines.

    Raises
    ------
    InputError
        When a named column is missing, or there is none for the start or the end.
    """
    folded: dict[str, str] = {}
    for name in found:
        folded.setdefault(fold(name), name)
    problems: list[Problem] = []
    names: dict[str, str] = {}
    for role, known in _NAMES.items():
        if role in asked:
            wanted = asked[role]
            names[role] = wanted if wanted in found else folded.get(fold(wanted), "")
            if not names[role]:
                what = f"there is no column '{wanted}' for the {role} (found: {_listed(found)})"
                near = (get_close_matches(wanted, found, n=1, cutoff=0) or ["NAME"])[0]
                problems.append(Problem(what, f"try --columns {role}={near}", file, line))
            continue
        for each in known.split():
            if each in folded:
                names[role] = folded[each]
                break
    problems += [
        Problem(
            f"no column for the {role} of an incident (found: {_listed(found)})",
            f"name it: --columns {role}=NAME",
            file,
            line,
        )
        for role in ("start", "end")
        if role not in names
    ]
    if problems:
        raise InputError(*problems)
    return names


def _listed(found: Sequence[str]) -> str:
    more = f", and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return ", ".join(found[:_LISTED]) + more
