"""The command ``backtest``: its parameters, and its answer on standard output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from impactcalc.cli.outcome import Outcome
from impactcalc.cli.parameters import INPUTS, WRITE
from impactcalc.errors import InputError, Problem
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from impactcalc.cli.options import Findings
    from impactcalc.domain.backtest import Backtest
    from impactcalc.intake.history import HistoryOptions
    from impactcalc.usecases.backtest import BacktestRequest

T = TypeVar("T")
LEARNING = "What is learned from"
REPORTS = Path("reports")
_MOST = 1_000_000

History = Annotated[
    Path,
    typer.Argument(
        metavar="HISTORY|DIR",
        help="Incidents with start and end (CSV, Parquet), - for standard input, or a folder of "
        "records.",
    ),
]
Actuals = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="What came true of a folder's records: CSV of id, as_of, ended, loss.",
        rich_help_panel=INPUTS,
    ),
]
Columns = Annotated[
    str | None,
    typer.Option(
        metavar="ROLE=NAME,...",
        help="Columns, e.g. start=opened,end=closed.",
        rich_help_panel=INPUTS,
    ),
]
Zone = Annotated[
    str | None,
    typer.Option(
        "--tz", metavar="ZONE", help="Of times without an offset.  [UTC]", rich_help_panel=INPUTS
    ),
]
LearnedFirst = Annotated[
    str | None,
    typer.Option(
        metavar="N", help="First incidents, never forecast.  [100]", rich_help_panel=LEARNING
    ),
]
Window = Annotated[
    str | None,
    typer.Option(
        metavar="N", help="Newest incidents that a fit rests on.  [120]", rich_help_panel=LEARNING
    ),
]
Png = Annotated[
    bool,
    typer.Option("--png", help="The pictures: PIT, coverage, last 30.", rich_help_panel=WRITE),
]


class Asked(NamedTuple):
    """The words of the command line."""

    history: str
    columns: str | None
    zone: str | None
    burn_in: str | None
    window: str | None
    actuals: Path | None = None


class Write(NamedTuple):
    """How the answer is to be said."""

    as_json: bool
    png: bool
    out: Path | None


def answer(asked: Asked, write: Write) -> Outcome:
    """Test the model on a history, and say it."""
    from impactcalc.usecases.backtest import backtest_history, write_picture

    found = backtest_history(_request(asked, write))
    notes = [f"{found.file}: warning: {words}" for words in found.remarks]
    notes += [f"{found.file}:{row.line}: warning: skipped: {row.why}" for row in found.skipped]
    if write.png:
        notes.append(f"wrote {write_picture(found, write.out or REPORTS)}")
    return Outcome(_text(found, as_json=write.as_json), utf8=write.as_json, notes=tuple(notes))


def _request(asked: Asked, write: Write) -> BacktestRequest:
    """Read the options, or raise the problems of all."""
    from impactcalc.cli.options import Findings, whole
    from impactcalc.usecases.backtest import BURN_IN, WINDOW, BacktestRequest

    findings = Findings()
    if asked.actuals is not None:
        findings.refuse("--actuals belongs to a folder of records", "name the folder, e.g. reports")
    if write.out is not None and not write.png:
        findings.refuse("--out is the folder of the pictures", "give --png, too")
    request = BacktestRequest(
        asked.history,
        _options(findings, asked),
        findings.read(
            lambda text: whole("--burn-in", text, (0, _MOST), "--burn-in 100"),
            asked.burn_in,
            BURN_IN,
        ),
        findings.read(
            lambda text: whole("--window", text, (1, _MOST), "--window 120"), asked.window, WINDOW
        ),
    )
    findings.finish()
    return request


def _options(findings: Findings, asked: Asked) -> HistoryOptions:
    """Read what is said about the file; problems go to `findings`."""
    from impactcalc.cli.sli import read_columns, read_zone
    from impactcalc.intake.history import ROLES, HistoryOptions

    def columns(text: str) -> dict[str, str]:
        return _worded("--columns", lambda: read_columns(text, ROLES))

    def zone(text: str) -> tzinfo | None:
        return _worded("--tz", lambda: read_zone(text))

    return HistoryOptions(
        columns=findings.read(columns, asked.columns, {}),
        zone=findings.read(zone, asked.zone, None),
    )


def _worded(option: str, reader: Callable[[], T]) -> T:
    """Turn a reader's finding into a problem that names the option."""
    try:
        return reader()
    except ValueError as error:
        words, _, remedy = str(error).partition("; ")
        raise InputError(Problem(f"{option}: {words}", remedy)) from error


def _text(found: Backtest, *, as_json: bool) -> str:
    """Write the document or the screen."""
    if as_json:
        import json

        from impactcalc.report.backtest import backtest_document

        document = backtest_document(found)
        return json.dumps(document, allow_nan=False, ensure_ascii=False, indent=1) + "\n"
    from impactcalc.cli import console
    from impactcalc.report.terminal.backtest import render_backtest

    face = console.face()
    return render_backtest(found, width=face.width, colour=face.colour, unicode=face.unicode)
