"""The registry of observation files: the kind of each file by its content, and its reader.

A reader is imported when its kind is met. Contracts of the readers (all raise `InputError` with
every problem at once, files named as the person wrote them; bytes are decompressed already):

==========================  ======================================================================
impactcalc.intake.tables    ``read_tables(csv, parquet, options) -> Observations``: CSV and
                            Parquet of counts, samples, incidents; reads the files itself
impactcalc.intake           ``read_prometheus(sources, options) -> Observations``: Counts or
.prometheus                 Histogram; every interval of the file, the window is cut later
impactcalc.intake           ``read_openmetrics(sources, options) -> Observations``: Counts or
.openmetrics                Histogram of the time between two scrapes
impactcalc.intake.monitors  ``read_monitors(sources, options) -> Observations``: States of
                            UptimeRobot (JSON, CSV), Pingdom (JSON), Statuspage (JSON)
impactcalc.intake           ``read_objectives(source) -> tuple[tuple[Objective, ...],
.objectives                 tuple[Remark, ...]]`` of one OpenSLO, Sloth or Pyrra document
==========================  ======================================================================

``sources`` are `ObservationFile` values (``name``, ``data``) of one kind in the order of the
command line; ``span`` of the result is the data's own span (Prometheus: first to last scrape;
OpenMetrics: the two scrapes; monitors: first event to the last event's end, for an open one its
start, or `ReadOptions.as_of_ns`). States are given unclipped: open episodes end at `FOREVER_NS`,
the model clips them to the window.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from impactcalc.domain.observation import Observations
from impactcalc.errors import InputError, Problem
from impactcalc.intake.observation_file import find
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from impactcalc.domain.contract import Sla
    from impactcalc.domain.observation import Objective, Remark
    from impactcalc.intake.observation_file import Found, ObservationFile
    from impactcalc.intake.read_options import ReadOptions

    SourcesReader = Callable[[Sequence[ObservationFile], ReadOptions], Observations]

CSV, PARQUET, PROMETHEUS, OPENMETRICS = "csv", "parquet", "prometheus", "openmetrics"
MONITORS, OBJECTIVES, SCENARIO = "monitors", "objectives", "scenario"
FORMATS = {
    "csv": CSV, "counts": CSV, "latency": CSV, "incidents": CSV, "parquet": PARQUET,
    "prometheus": PROMETHEUS, "openmetrics": OPENMETRICS, "uptimerobot": MONITORS,
    "pingdom": MONITORS, "statuspage": MONITORS, "openslo": OBJECTIVES, "sloth": OBJECTIVES,
    "pyrra": OBJECTIVES, "scenario": SCENARIO,
}  # fmt: skip
"""What ``--format`` may say, and the reader that it means."""

_WORDS = {
    "tables": "CSV or Parquet tables", PROMETHEUS: "Prometheus answers",
    OPENMETRICS: "OpenMetrics scrapes", MONITORS: "monitor exports",
}  # fmt: skip


class _Sorted(NamedTuple):
    """The files by the reader that they go to."""

    csv: list[Found]
    parquet: list[Found]
    others: dict[str, list[ObservationFile]]
    objectives: list[ObservationFile]
    scenarios: list[ObservationFile]


def read_observations(names: Sequence[str], options: ReadOptions) -> Observations:
    """Read all files of a command.

    Parameters
    ----------
    names
        Files, folders or patterns, as the person wrote them.
    options
        What the person says about them.

    Raises
    ------
    InputError
        With every problem of every file; when files of measurements are of several kinds.
    """
    with tempfile.TemporaryDirectory(prefix="impactcalc-") as scratch:
        found = _sort(_found(names, Path(scratch)), options)
        objectives, remarks = _objectives(found.objectives)
        observations = _measurements(found, _with_threshold(options, objectives))
    return observations._replace(
        objectives=objectives,
        remarks=(*remarks, *observations.remarks),
        sla=_sla(found.scenarios),
    )


def _with_threshold(options: ReadOptions, objectives: Sequence[Objective]) -> ReadOptions:
    """Take the threshold of the one latency objective, where none is asked for."""
    stated = {one.threshold_s for one in objectives} - {None}
    if options.threshold_s is not None or len(stated) != 1:
        return options
    return replace(options, threshold_s=stated.pop())


def _found(names: Sequence[str], scratch: Path) -> list[Found]:
    """Find every file, or raise the problems of all."""
    found: list[Found] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found += find(name, scratch)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(*problems)
    return found


def _sort(found: Sequence[Found], options: ReadOptions) -> _Sorted:
    """Give every file to the reader of its kind."""
    by_kind = _Sorted([], [], {}, [], [])
    for file in found:
        kind = FORMATS[options.format] if options.format else _kind(file)
        if file.is_parquet:
            by_kind.parquet.append(file)
        elif kind in {CSV, PARQUET}:
            by_kind.csv.append(file)
        elif kind == OBJECTIVES:
            by_kind.objectives.append(file.read())
        elif kind == SCENARIO:
            by_kind.scenarios.append(file.read())
        else:
            by_kind.others.setdefault(kind, []).append(file.read())
    return by_kind


def _kind(file: Found) -> str:
    """Tell the kind of a text file by its beginning."""
    text = file.head.decode("utf-8-sig", "replace").lstrip()
    return _kind_of_json(text) if text.startswith(("{", "[")) else _kind_of_lines(file, text)


def _kind_of_json(text: str) -> str:
    """Tell the kind of a JSON document by its keys."""
    if re.search(r'"(?:apiVersion|sla)"', text):
        return OBJECTIVES if "apiVersion" in text else SCENARIO
    answer = r'"(?:resultType|errorType|metric)"|"status"\s*:\s*"(?:success|error)"'
    return PROMETHEUS if re.search(answer, text) else MONITORS


def _kind_of_lines(file: Found, text: str) -> str:
    """Tell the kind of a text by its lines."""
    if re.search(r"^impactcalc\s*:", text, re.MULTILINE):
        return SCENARIO
    if re.search(r"^(?:- )?(?:apiVersion|version|kind)\s*:", text, re.MULTILINE):
        return OBJECTIVES
    if re.search(r"^# (?:TYPE|HELP|UNIT|EOF)\b", text, re.MULTILINE) or _is_bare_scrape(file):
        return OPENMETRICS
    if file.name.lower().endswith((".yaml", ".yml")):
        return OBJECTIVES
    if b"event" not in file.head.partition(b"\n")[0].lower():
        return CSV
    from impactcalc.intake.monitors import is_uptimerobot_csv

    return MONITORS if is_uptimerobot_csv(file.head) else CSV


def _is_bare_scrape(file: Found) -> bool:
    """Tell a scrape without comments, whose first line has labels in braces."""
    if b"{" not in file.head.partition(b"\n")[0]:
        return False
    from impactcalc.intake.openmetrics import is_openmetrics

    return is_openmetrics(file.head)


def _objectives(
    files: Sequence[ObservationFile],
) -> tuple[tuple[Objective, ...], tuple[Remark, ...]]:
    """Read the documents of objectives."""
    objectives: list[Objective] = []
    remarks: list[Remark] = []
    problems: list[Problem] = []
    for file in files:
        from impactcalc.intake.objectives import read_objectives

        try:
            read, said = read_objectives(file)
        except InputError as error:
            problems.extend(error.problems)
            continue
        objectives.extend(read)
        remarks.extend(said)
    if problems:
        raise InputError(*problems)
    return tuple(objectives), tuple(remarks)


def _sla(files: Sequence[ObservationFile]) -> Sla | None:
    """Read the contract of a scenario file."""
    if not files:
        return None
    if len(files) > 1:
        raise InputError(Problem("a second contract", "give one scenario file", files[1].name))
    from impactcalc.intake.scenario_file import read_scenario, to_sla

    file = files[0]
    sla, _ = to_sla(read_scenario(file.data, file.name), file=file.name)
    return sla


def _measurements(found: _Sorted, options: ReadOptions) -> Observations:
    """Read the measurements: files of one kind, or none."""
    kinds = [*(["tables"] if found.csv or found.parquet else []), *found.others]
    if len(kinds) > 1:
        words = " and ".join(_WORDS[kind] for kind in kinds)
        raise InputError(Problem(f"{words} cannot be read as one", "give one kind at a time"))
    if not kinds:
        return Observations()
    if kinds[0] == "tables":
        from impactcalc.intake.tables import read_tables

        return read_tables(
            [(file.name, file.paths[0]) for file in found.csv],
            [(file.name, file.paths) for file in found.parquet],
            options,
        )
    return _reader(kinds[0])(found.others[kinds[0]], options)


def _reader(kind: str) -> SourcesReader:
    """Import the reader of a kind."""
    if kind == PROMETHEUS:
        from impactcalc.intake.prometheus import read_prometheus

        return read_prometheus
    if kind == OPENMETRICS:
        from impactcalc.intake.openmetrics import read_openmetrics

        return read_openmetrics
    from impactcalc.intake.monitors import read_monitors

    return read_monitors
