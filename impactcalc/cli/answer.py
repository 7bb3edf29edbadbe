"""The answer of ``estimate`` on standard output: all computed, all written, then said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from impactcalc.cli import console
from impactcalc.cli.options import Style
from impactcalc.cli.outcome import Outcome
from impactcalc.cli.progress import progress_line
from impactcalc.errors import InputError
from impactcalc.usecases.estimate import (
    boxes,
    estimate,
    record,
    unmarked,
    with_track_record,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.cli.options import Wish
    from impactcalc.domain.result import Estimate
    from impactcalc.errors import Problem
    from impactcalc.report.layout import Layout
    from impactcalc.usecases.request import Request

DEFAULT_FOLDER = Path("reports")


def answer(
    wish: Wish,
    request: Request,
    forms: Sequence[str],
    out: Path | None,
    layout: Layout | None = None,
) -> Outcome:
    """Answer every source, write the files, and say it in the wished style.

    Nothing is written or said unless every source can be answered.

    Parameters
    ----------
    wish
        The sources, the style and the conditions.
    request
        The options that change an answer.
    forms
        Of `report.forms.FORMS`.
    out
        Folder of the files; None: `DEFAULT_FOLDER` when there are forms, else no files.
    layout
        Paper, template and logo of the brief; None: A4, the bundled one, none.
    """
    estimates = _estimates(wish, request)
    met = _met(wish, estimates)
    folder = out if out is not None else DEFAULT_FOLDER
    estimates, faults = with_track_record(estimates, folder)
    paths: list[Path] = []
    if forms or out is not None:
        paths = write(estimates, forms, folder, layout)
    said = () if wish.quiet else (*_kept(estimates, paths), *(f"wrote {path}" for path in paths))
    warnings = (*boxes(estimates, forms), *unmarked(estimates, paths, layout), *faults)
    return Outcome(
        text=_text(wish, estimates, paths),
        utf8=wish.style is Style.JSON,
        notes=(*(f"warning: {words}" for words in warnings), *said),
        met=met,
    )


def _kept(estimates: Sequence[Estimate], paths: Sequence[Path]) -> Iterator[str]:
    """Say which names were taken by files that are not ours to replace."""
    if not paths:
        return
    from impactcalc.report.output import report_name

    used = {path.stem for path in paths}
    for name in map(report_name, estimates):
        if name not in used:
            yield f"kept what lies under {name}.*: not ours, changed since, or protected"


def _estimates(wish: Wish, request: Request) -> list[Estimate]:
    """Answer every source, or raise the problems of all of them."""
    estimates: list[Estimate] = []
    problems: list[Problem] = []
    watch = None if wish.quiet else progress_line()
    for source in wish.sources:
        try:
            estimates.append(estimate(source, request, progress=watch))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(*problems)
    return estimates


def _met(wish: Wish, estimates: Sequence[Estimate]) -> str:
    """Say which condition of ``--fail-if`` holds for which answer; empty when none does."""
    if not wish.conditions:
        return ""
    documents = [record(each) for each in estimates]
    said = [condition.met_by(each) for condition in wish.conditions for each in documents]
    return "; ".join(words for words in said if words)


def _text(wish: Wish, estimates: Sequence[Estimate], paths: Sequence[Path]) -> str:
    """Say the answers in the wished style."""
    if wish.style is Style.JSON:
        from impactcalc.report.export import to_json

        return to_json(record(estimates[0])).rstrip("\n") + "\n"
    if wish.style is Style.PATHS:
        return "".join(f"{path}\n" for path in paths)
    from impactcalc.report.terminal import render, summary_line

    if wish.style is Style.SUMMARY:
        return "".join(f"{summary_line(each)}\n" for each in estimates)
    face = console.face()
    pages = [
        render(each, width=face.width, colour=face.colour, unicode=face.unicode)
        for each in estimates
    ]
    return "\n".join(page.rstrip("\n") + "\n" for page in pages)
