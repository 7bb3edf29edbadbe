"""The estimate: read a source, simulate it, write the reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from impactcalc.analysis.decisions import decide
from impactcalc.engine.simulate import Effort
from impactcalc.errors import InputError, Problem
from impactcalc.usecases.files import with_files
from impactcalc.usecases.source import Source, present, read_source, scenario_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from impactcalc.domain.result import Estimate
    from impactcalc.domain.scenario import Scenario
    from impactcalc.report.layout import Layout
    from impactcalc.usecases.request import Request

EXAMPLE = Path(__file__).with_name("example") / "stratton.txt"


def estimate(
    name: str | None,
    request: Request,
    now: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Estimate:
    """Answer one source.

    Parameters
    ----------
    name
        Path of an escalation text or a scenario file, ``-`` for standard input, None for the
        bundled escalation.
    request
        The options that change the answer.
    now
        The present moment, for sources that state none; aware.
    progress
        Told the points done and the most that there can be.

    Returns
    -------
    Estimate
        The answer with its sources.

    Raises
    ------
    InputError
        With every problem of the source and the options at once.
    """
    source = read_source(name) if name is not None else read_example()
    scenario = scenario_of(source, request, now or present())
    scenario = with_files(scenario, request, source.name)
    effort = Effort(request.accuracy, request.trials, request.seed, progress)
    if request.since is not None:
        return _since(request.since, scenario, request, source.name, effort)
    return decide(scenario, effort)


def _since(
    name: str, scenario: Scenario, request: Request, source: str, effort: Effort
) -> Estimate:
    """Answer with what an earlier estimate knew, and say what changed."""
    from impactcalc.analysis.changes import explain
    from impactcalc.usecases.since import continued, earlier_estimate

    kept = earlier_estimate(name, scenario, request, source)
    return explain(kept, decide(continued(scenario, kept), effort))


def read_example() -> Source:
    """Read the bundled escalation under the name of its file alone."""
    return Source(EXAMPLE.name, EXAMPLE.read_bytes())


def record(estimate: Estimate) -> dict[str, object]:
    """Return the answer as the JSON document of ``--json``."""
    from impactcalc.report.export import to_document

    return to_document(estimate)


def write(
    estimates: Sequence[Estimate],
    forms: Sequence[str],
    folder: Path,
    layout: Layout | None = None,
) -> list[Path]:
    """Write the record and the asked reports of every answer into one folder.

    Parameters
    ----------
    estimates
        The answers.
    forms
        Of `report.forms.FORMS`; the JSON record always goes with them.
    folder
        Made when it is missing. A file in it that is not ours, or that was changed or protected,
        is never replaced: the set then takes a name with ``-2``.
    layout
        Paper, template and logo of the brief; None: A4, the bundled one, none.

    Returns
    -------
    list of Path
        The files, the records last.

    Raises
    ------
    InputError
        When two answers would have one name, the folder cannot be one, or the template fails.
    OutputError
        When a file could not be written; what was there before is intact.
    """
    from impactcalc.report.output import report_name, write_reports
    from impactcalc.report.ownership import free_name

    named: dict[str, Estimate] = {}
    for answer in estimates:
        if named.setdefault(report_name(answer), answer) is not answer:
            raise InputError(
                Problem(
                    f"two sources give reports of one name, {report_name(answer)}",
                    "give their incidents an id each",
                )
            )
    files: dict[str, bytes] = {}
    for name, answer in named.items():
        files |= _files(free_name(folder, name, (*forms, "json")), answer, forms, layout)
    return write_reports(folder, files)


def with_track_record(
    estimates: Sequence[Estimate], folder: Path
) -> tuple[list[Estimate], tuple[str, ...]]:
    """Tell answers how the forecasts kept in a folder met what came true.

    Parameters
    ----------
    estimates
        The answers.
    folder
        Where records are kept; ``backtest`` leaves its summary there.

    Returns
    -------
    tuple
        The answers, and what is wrong with the summary: then no track record is told.
    """
    from impactcalc.domain.record import TRACK_FILE

    if not (folder / TRACK_FILE).is_file():
        return list(estimates), ()
    from impactcalc.intake.track_record import read_track_record

    try:
        found = read_track_record(folder)
    except InputError as error:
        return list(estimates), tuple(str(problem) for problem in error.problems)
    return [each._replace(track_record=found) for each in estimates], ()


def boxes(estimates: Sequence[Estimate], forms: Sequence[str]) -> list[str]:
    """Say which letters of the briefs no font has, each sentence once."""
    if not {"pdf", "png"} & set(forms):
        return []
    from impactcalc.report.pdf import letters_note

    return list(dict.fromkeys(filter(None, map(letters_note, estimates))))


def unmarked(
    estimates: Sequence[Estimate], paths: Sequence[Path], layout: Layout | None
) -> list[str]:
    """Say why the briefs of one's own template do not claim PDF/UA-1, each sentence once."""
    if layout is None or layout.template is None:
        return []
    from impactcalc.report.pdf import mark_note

    briefs = [path for path in paths if path.suffix == ".pdf"]
    notes = (
        mark_note(each, layout, path.read_bytes())
        for each, path in zip(estimates, briefs, strict=False)
    )
    return list(dict.fromkeys(filter(None, notes)))


def _files(
    name: str, answer: Estimate, forms: Sequence[str], layout: Layout | None
) -> Mapping[str, bytes]:
    """Render the files of one answer by name, the record last."""
    from impactcalc.report.export import to_document, to_json
    from impactcalc.report.forms import render_forms

    made = render_forms(answer, forms, layout) if forms else {}
    files = {f"{name}.{form}": data for form, data in made.items()}
    return files | {f"{name}.json": to_json(to_document(answer)).encode()}
