"""The facts of ``read``: as a table, as JSON, or as an editable scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.cli.outcome import Outcome
from impactcalc.errors import InputError, Problem
from impactcalc.usecases.read import facts_of, write_scenario_of

if TYPE_CHECKING:
    from pathlib import Path

NARROWEST = 60


def facts(source: str, output: Path | None, *, as_json: bool) -> Outcome:
    """Read one escalation text and say what was found.

    Raises
    ------
    InputError
        When the text cannot be read, or both a file and JSON are asked for.
    """
    if output is not None and as_json:
        raise InputError(Problem("-o and --json exclude each other", "leave one out"))
    if output is not None:
        write_scenario_of(source, output)
        return Outcome()
    document = facts_of(source)
    if as_json:
        import json

        return Outcome(json.dumps(document, ensure_ascii=False, indent=2) + "\n", utf8=True)
    from impactcalc.cli import console
    from impactcalc.report.terminal.reading import render_reading

    face = console.face()
    return Outcome(
        render_reading(
            document,
            source=source,
            width=max(face.width, NARROWEST),
            colour=face.colour,
            unicode=face.unicode,
        )
    )
