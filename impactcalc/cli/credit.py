"""The command ``credit``: its parameters, and its answer on standard output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from impactcalc.cli.outcome import Outcome
from impactcalc.cli.parameters import INPUTS

Schedule = Annotated[
    Path,
    typer.Argument(
        metavar="SCHEDULE",
        help="Contract: a scenario file with 'sla', or a list of schedules (.json, .yaml).",
    ),
]
Availability = Annotated[
    str,
    typer.Option(
        metavar="RATIO",
        help="Of the period: 99.2%, 0.992 or 9999/10000.",
        rich_help_panel=INPUTS,
    ),
]
Id = Annotated[
    str | None,
    typer.Option("--id", metavar="ID", help="One of a list of schedules.", rich_help_panel=INPUTS),
]
Fee = Annotated[
    str | None,
    typer.Option(
        metavar="MONEY", help="Fee of the period, e.g. '10 K USD'.", rich_help_panel=INPUTS
    ),
]


def answer(
    schedule: str, availability: str, wanted: str | None, fee: str | None, *, as_json: bool
) -> Outcome:
    """Judge one availability, and say what is paid."""
    from impactcalc.report.credit import credit_document, credit_lines
    from impactcalc.usecases.credit import credit_for

    found = credit_for(schedule, availability, wanted, fee)
    if as_json:
        import json

        document = json.dumps(credit_document(found), ensure_ascii=False, indent=2)
        return Outcome(f"{document}\n", utf8=True)
    return Outcome(credit_lines(found), notes=tuple(f"warning: {one}" for one in found.remarks))
