"""The reader: monitor files of one kind to states over time."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from impactcalc.domain.observation import Episode, Observations, Remark, States, Window
from impactcalc.errors import InputError, Problem
from impactcalc.intake.foreign_json import Complaints
from impactcalc.intake.json_tree import parse_json
from impactcalc.intake.monitors import pingdom, statuspage, uptimerobot
from impactcalc.intake.monitors.timeline import chained, span_of, worst_of
from impactcalc.intake.monitors.uptimerobot_csv import (
    is_uptimerobot_csv,
    read_uptimerobot_csv,
)
from impactcalc.intake.scenario_file.section import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.monitors.statuspage import Page
    from impactcalc.intake.monitors.uptimerobot import Monitor
    from impactcalc.intake.observation_file import ObservationFile
    from impactcalc.intake.read_options import ReadOptions

UPTIMEROBOT, PINGDOM, STATUSPAGE = "uptimerobot", "pingdom", "statuspage"


def monitor_kind(document: object) -> str | None:
    """Tell which service exported a JSON document; None for none of them.

    Examples
    --------
    >>> monitor_kind({"monitors": []}), monitor_kind({"status": "success"})
    ('uptimerobot', None)
    """
    if isinstance(document, list) and document and isinstance(document[0], dict):
        return STATUSPAGE if "incident_updates" in document[0] else None
    if not isinstance(document, dict):
        return None
    if "monitors" in document or document.get("stat") == "fail":
        return UPTIMEROBOT
    summary, error = document.get("summary"), document.get("error")
    if (isinstance(summary, dict) and "states" in summary) or (
        isinstance(error, dict) and "errormessage" in error
    ):
        return PINGDOM
    return STATUSPAGE if "incidents" in document else None


def read_monitors(sources: Sequence[ObservationFile], options: ReadOptions) -> Observations:
    """Read monitor files of one service.

    Parameters
    ----------
    sources
        JSON of the three services, or CSV of UptimeRobot.
    options
        ``component`` names one monitor or component, else the worst over all; ``weights`` are of
        Statuspage's states, ``zone`` of times without offset.

    Raises
    ------
    InputError
        With every problem of a file at once; when the files are of several services, or there is
        no such component.
    """
    documents = [(source, _document(source)) for source in sources]
    kinds = {kind for _, (kind, _) in documents}
    if len(kinds) > 1:
        names = ", ".join(sorted(str(kind) for kind in kinds))
        raise InputError(Problem(f"the files are of several services: {names}", "give one's files"))
    if kinds == {STATUSPAGE}:
        return _read_pages([(source, data) for source, (_, data) in documents], options)
    if kinds == {PINGDOM}:
        return _read_checks([(source, data) for source, (_, data) in documents], options)
    return _read_robots([(source, data) for source, (_, data) in documents], options)


def _document(source: ObservationFile) -> tuple[str, Any]:
    """Return the kind of a file and its document; None for CSV."""
    if is_uptimerobot_csv(source.data):
        return UPTIMEROBOT, None
    document = parse_json(source.data, source.name)
    kind = monitor_kind(document)
    if kind is None:
        what = "is no export of UptimeRobot, Pingdom or Statuspage"
        raise InputError(Problem(what, "say the kind with --format", source.name))
    return kind, {"incidents": document} if isinstance(document, list) else document


def _read_robots(
    documents: list[tuple[ObservationFile, Any]], options: ReadOptions
) -> Observations:
    """Read UptimeRobot's files; the logs of one monitor may be spread over several."""
    monitors: list[Monitor] = []
    remarks: list[Remark] = []
    for source, document in documents:
        complaints = Complaints(source.name)
        if document is None:
            found = read_uptimerobot_csv(source, options.zone, complaints)
        else:
            found, more = uptimerobot.read_json(document, complaints)
            remarks += more
        complaints.finish()
        monitors += found
    chosen = _chosen_monitors(monitors, options.component, documents[0][0].name)
    by_name: dict[tuple[str, str], list[Any]] = {}
    for one in chosen:
        by_name.setdefault((one.id, one.name), []).extend(one.events)
    chains = [chained(events) for events in by_name.values()]
    if len(chains) > 1:
        names = ", ".join(f"'{name}'" for _, name in by_name)
        words = f"several monitors ({names}): the worst of them counts; choose with --component"
        remarks.append(Remark(words, documents[0][0].name))
    return _observations(worst_of(chains), None, documents, remarks, options)


def _chosen_monitors(monitors: list[Monitor], wanted: str | None, file: str) -> list[Monitor]:
    """Choose monitors by id or name; without a wish those with events."""
    if wanted is not None:
        found = [one for one in monitors if wanted in {one.id, one.name}]
        if not found:
            raise InputError(_no_component("monitor", wanted, [one.name for one in monitors], file))
        monitors = found
    filled = [one for one in monitors if one.events]
    if not filled:
        raise InputError(Problem("holds no event of a monitor", "export it with its logs", file))
    return filled


def _no_component(what: str, wanted: str, known: list[str], file: str) -> Problem:
    near = nearest(wanted, known)
    remedy = f"did you mean '{near}'?" if near else f"known are {', '.join(known) or 'none'}"
    return Problem(f"--component: there is no {what} '{wanted}'", remedy, file)


def _read_checks(
    documents: list[tuple[ObservationFile, Any]], options: ReadOptions
) -> Observations:
    """Read Pingdom's files: of one check, in several spans of time."""
    episodes: list[Episode] = []
    for source, document in documents:
        complaints = Complaints(source.name)
        episodes += pingdom.read_pingdom(document, complaints)
        complaints.finish()
    if not episodes:
        raise InputError(Problem("holds no state", "ask for a longer time", documents[0][0].name))
    return _observations(episodes, None, documents, [], options)


def _read_pages(documents: list[tuple[ObservationFile, Any]], options: ReadOptions) -> Observations:
    """Read Statuspage's files."""
    pages = []
    for source, document in documents:
        complaints = Complaints(source.name)
        page = statuspage.read_statuspage(document, options.weights, options.zone, complaints)
        complaints.finish()
        pages.append(page)
    found = _components(pages, options.component, documents[0][0].name)
    moments = [moment for page in pages for moment in page.moments]
    remarks = [remark for page in pages for remark in page.remarks]
    observed = _observations(found, Fraction(0), documents, remarks, options)
    span = Window(min(moments), max(*moments, options.as_of_ns or 0)) if moments else None
    return observed._replace(span=span)


def _components(pages: list[Page], wanted: str | None, file: str) -> list[Episode]:
    """Episodes of the wanted component, or of all."""
    if wanted is None:
        return [one for page in pages for own in page.episodes.values() for one in own]
    found = [(page, code) for page in pages for code in statuspage.members(page, wanted)]
    if not found:
        known = sorted({name for page in pages for name in page.names.values()})
        raise InputError(_no_component("component", wanted, known, file))
    return [one for page, code in found for one in page.episodes.get(code, ())]


def _observations(
    episodes: list[Episode],
    otherwise: Fraction | None,
    documents: list[tuple[ObservationFile, Any]],
    remarks: list[Remark],
    options: ReadOptions,
) -> Observations:
    return Observations(
        data=States(tuple(episodes), otherwise),
        span=span_of(episodes, options.as_of_ns),
        files=tuple(source.name for source, _ in documents),
        remarks=tuple(remarks),
    )
