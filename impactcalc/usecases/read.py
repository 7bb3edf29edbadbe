"""The facts of an escalation text: shown, or written as a scenario that can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.intake.source import STANDARD_INPUT
from impactcalc.usecases.source import Source, document_of, read_source, reading_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def facts_of(name: str) -> Mapping[str, object]:
    """Read the facts of a text as the document of ``read --json``.

    Raises
    ------
    InputError
        When it cannot be read, or is a scenario file.
    """
    return reading_of(_read_text(name)).to_document()


def write_scenario_of(name: str, output: Path) -> None:
    """Write the scenario of a text, with its lines as comments; an older file is replaced whole.

    Raises
    ------
    InputError
        When the text cannot be read, or ``output`` is the text itself.
    OutputError
        When the file could not be written; the older one is intact.
    """
    from impactcalc.intake.scenario_file import write_scenario
    from impactcalc.report.output import write_file

    source = _read_text(name)
    _refuse_output(output, name)
    write_file(output, write_scenario(document_of(source)).encode())


def _refuse_output(output: Path, name: str) -> None:
    """Refuse a file that cannot be written, or that would overwrite the input."""
    where, remedy = str(output), "name another file after -o"
    if output.is_dir():
        raise InputError(Problem("is a folder", remedy, where))
    if not output.parent.is_dir():
        raise InputError(Problem("there is no such folder", "make it first", str(output.parent)))
    if name != STANDARD_INPUT and output.exists() and output.samefile(name):
        raise InputError(Problem("is the input itself", remedy, where))


def _read_text(name: str) -> Source:
    """Read a source that must be a text."""
    source = read_source(name)
    if source.is_scenario:
        raise InputError(
            Problem("is a scenario file, not an escalation text", f"impactcalc check {name}", name)
        )
    return source
