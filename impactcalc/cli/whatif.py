"""The command ``whatif``: its parameters, and its answer on standard output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from impactcalc.cli.outcome import Outcome
from impactcalc.cli.parameters import WRITE

if TYPE_CHECKING:
    from impactcalc.usecases.request import Request

Source = Annotated[
    Path,
    typer.Argument(
        metavar="SCENARIO", help="Scenario (.yaml) or escalation text, or - for standard input."
    ),
]
Second = Annotated[
    Path | None,
    typer.Argument(metavar="SECOND", help="Another scenario, compared with the first."),
]
Plot = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.png", help="The savings side by side, as a picture.", rich_help_panel=WRITE
    ),
]


def answer(
    source: Path, second: Path | None, request: Request, plot: Path | None, *, as_json: bool
) -> Outcome:
    """Compare the alternatives, write the picture, and say what came out."""
    from impactcalc.cli.progress import progress_line
    from impactcalc.usecases.whatif import document_of, whatif, write_plot

    other = None if second is None else str(second)
    comparison = whatif(str(source), other, request, progress=progress_line())
    notes = [f"warning: {one.message}" for one in comparison.warnings]
    if plot is not None:
        notes.append(f"wrote {write_plot(comparison, plot)}")
    if as_json:
        from impactcalc.report.export import to_json

        return Outcome(to_json(document_of(comparison)), utf8=True, notes=tuple(notes))
    from impactcalc.cli import console
    from impactcalc.report.terminal.whatif import render_comparison

    face = console.face()
    text = render_comparison(comparison, width=face.width, colour=face.colour, unicode=face.unicode)
    return Outcome(text, notes=tuple(notes))
