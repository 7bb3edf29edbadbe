"""The check of a scenario file: its problems are raised, its warnings returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.errors import Problem
from impactcalc.intake.scenario_file import check_scenario, read_scenario
from impactcalc.intake.source import SCENARIO_LIMIT, read_bytes
from impactcalc.usecases.source import present

if TYPE_CHECKING:
    from datetime import datetime

    from impactcalc.domain.sourced import Caution
    from impactcalc.intake.document import Document


def check(name: str, now: datetime | None = None) -> tuple[str, ...]:
    """Validate a scenario file.

    Parameters
    ----------
    name
        Its path, or ``-`` for standard input.
    now
        The present moment; aware.

    Returns
    -------
    tuple of str
        Its warnings, ``file:line:column: warning: ...``, in the order of the lines.

    Raises
    ------
    InputError
        With every problem at once.
    """
    document = read_scenario(read_bytes(name, SCENARIO_LIMIT), name)
    cautions = check_scenario(document, now=now or present(), file=name)
    in_order = sorted(cautions, key=lambda caution: caution.line)
    return tuple(_words(caution, document, name) for caution in in_order)


def _words(caution: Caution, document: Document, name: str) -> str:
    """Write a warning as a problem is written."""
    column = _column(caution, document)
    return str(Problem(f"warning: {caution.message}", "", name, caution.line, column))


def _column(caution: Caution, document: Document) -> int:
    """Find the column of a warning's value: of the named field, else the first on its line."""
    from impactcalc.intake.document import dotted, walk

    on_line = [(path, node) for path, node in walk(document.tree) if node.line == caution.line]
    named = [node.column for path, node in on_line if dotted(path) == caution.field]
    return min(named or [node.column for _, node in on_line], default=0)
