"""The figure of a service level, written as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from impactcalc.domain.service_level import ServiceLevel


def write_plot(level: ServiceLevel, path: Path) -> Path:
    """Write availability by day and the error budget as PNG; an older file is replaced whole.

    Raises
    ------
    InputError
        When the kind of the files has no downtime, or the path cannot be a PNG file.
    OutputError
        When the file could not be written.
    """
    if path.suffix.lower() != ".png":
        raise InputError(Problem(f"--plot: '{path}' is no PNG file", "e.g. --plot budget.png"))
    if path.is_dir() or not path.parent.is_dir():
        raise InputError(Problem(f"--plot: '{path}' cannot be written", "name a file in a folder"))
    if level.history is None:
        what = "--plot: these files say nothing about downtime over time"
        raise InputError(Problem(what, "leave --plot out"))
    import logging

    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # of caches, to standard error
    from impactcalc.report.figures.budget import render_png
    from impactcalc.report.output import write_file

    return write_file(path, render_png(level))
