"""The backtest: read a history, forecast its past, write the picture."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from impactcalc.analysis.backtest import BURN_IN, backtest
from impactcalc.analysis.calibration import WINDOW
from impactcalc.errors import InputError, Problem
from impactcalc.intake.history import HistoryOptions, read_history
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from impactcalc.domain.backtest import Backtest
    from impactcalc.domain.incident_history import IncidentHistory


__all__ = ["BURN_IN", "WINDOW", "BacktestRequest", "backtest_history", "write_picture"]


class BacktestRequest(NamedTuple):
    """What is asked of a history.

    Parameters
    ----------
    history
        CSV or Parquet file as the person wrote it; ``-``: standard input.
    options
        What the person says about it.
    burn_in
        The first incidents, which are only learned from.
    window
        Newest incidents that a fit rests on.
    """

    history: str
    options: HistoryOptions
    burn_in: int = BURN_IN
    window: int = WINDOW


def backtest_history(request: BacktestRequest) -> Backtest:
    """Forecast every incident of a history with what was known then, and score it.

    Raises
    ------
    InputError
        When the file is no history, or no row of it can be used.
    """
    history = read_history(request.history, request.options)
    found = backtest(history, burn_in=request.burn_in, window=request.window)
    if all(one.end_s is None for one in history.incidents):
        return found._replace(remarks=(*found.remarks, _all_open(history)))
    return found


def _all_open(history: IncidentHistory) -> str:
    """Say that no incident has an end, and where they stand."""
    lines = sorted(one.line for one in history.incidents)
    where = f"line {lines[0]}" if len(lines) == 1 else f"lines {lines[0]} to {lines[-1]}"
    return (
        f"no incident has an end ({where}): nothing to compare with; write the ends that are known"
    )


def write_picture(found: Backtest, folder: Path) -> Path:
    """Write the picture of a backtest as ``backtest-NAME.png``; an older one is replaced whole.

    Raises
    ------
    InputError
        When nothing was forecast, or the folder cannot be one.
    OutputError
        When the file could not be written.
    """
    if not found.scored:
        what = f"--png: no incident was forecast: {found.incidents} known, {found.burn_in} burn-in"
        lower = (
            "give a smaller --burn-in" if found.incidents <= found.burn_in else "write more ends"
        )
        raise InputError(Problem(what, f"{lower}, or leave --png out"))
    import logging

    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # of caches, to standard error
    from impactcalc.report.figures.backtest import render_png
    from impactcalc.report.output import write_reports

    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", Path(found.file).stem).strip("-") or "history"
    return write_reports(folder, {f"backtest-{stem}.png": render_png(found)})[0]
