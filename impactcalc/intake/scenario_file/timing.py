"""The timing: the zone of bare dates, the starts, and the moment of the forecast."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from typing import TYPE_CHECKING

from impactcalc.domain.moment import Moment
from impactcalc.domain.sourced import Sourced
from impactcalc.errors import Problem
from impactcalc.intake.document import Node, Path
from impactcalc.intake.moments import is_bare_date, noon_or_instant, parse_span, parse_zone
from impactcalc.intake.scenario_file.section import Section
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEWEST = "the newest moment that is stated"
_NOW = "no moment is stated that lies in the past: now"
_DAY = "a bare date is some moment of that day, each equally likely"
_UNSTATED = "no start is stated: some moment of the 24 h before the forecast [A]"
_WITH_INCIDENT = "no start of the plan is stated: it starts with the incident"


class Timing(NamedTuple):
    """The moments that everything else is counted from.

    Parameters
    ----------
    zone
        The zone of bare dates: ``business.timezone``, else UTC.
    as_of
        The moment of the forecast, UTC.
    incident_started, plan_started
        As stated: an interval of a bare date is not cut here; ``plan_started`` None: with the
        incident.
    """

    zone: tzinfo
    as_of: Sourced[datetime]
    incident_started: Sourced[Moment]
    plan_started: Sourced[Moment] | None


def read_timing(
    root: Section, now: datetime, as_of: datetime | None, moments: tuple[Node, ...]
) -> Timing:
    """Read the starts and settle the moment of the forecast.

    Parameters
    ----------
    root
        The whole scenario.
    now
        The present moment.
    as_of
        ``--as-of``, which overrides the file.
    moments
        Further dated lines (`Document.moments`).
    """
    zone = _zone(root.node)
    moment = partial(parse_span, zone=zone)
    incident = root.section("incident") or _empty(root, "incident")
    recovery = root.section("recovery") or _empty(root, "recovery")
    started = incident.read("started", moment)
    plan_started = recovery.read("started", moment)
    newest = newest_moment(root.node, moments, now, zone)
    forecast = _as_of(incident, now, as_of, newest, zone)
    if started is None:
        started = _unstated(incident, forecast.value)
    else:
        _note_bare_date(incident, started)
        _refuse_early(incident, started, forecast)
    if plan_started is None:
        if not recovery.has("started"):
            recovery.findings.assume("recovery.started", "incident.started", _WITH_INCIDENT)
            recovery.findings.default(("recovery", "started"), "incident.started", _WITH_INCIDENT)
    else:
        _note_bare_date(recovery, plan_started)
        _refuse_odd_plan_start(recovery, started, plan_started, forecast)
    return Timing(zone, forecast, started, plan_started)


def _empty(root: Section, key: str) -> Section:
    """Return an empty section, for keys that are not written."""
    return Section(root.findings, Node({}, root.node.source), (key,), key)


def _zone(tree: Node) -> tzinfo:
    """Return business.timezone, else UTC; its problems are named where business is mapped."""
    node = tree.at(("business", "timezone"))
    if node is None or node.text is None:
        return UTC
    try:
        return parse_zone(node.text)
    except ValueError:
        return UTC


def _dated(tree: Node) -> Iterator[Node]:
    """Yield the nodes that state when something happened."""
    paths: list[Path] = [("incident", "started"), ("recovery", "started")]
    for number in range(len((tree.at(("recovery", "stages")) or tree).items)):
        paths += [("recovery", "stages", number, key) for key in ("finished", "seen")]
    for number in range(len((tree.at(("incident", "milestones")) or tree).items)):
        paths.append(("incident", "milestones", number, "at"))
    for path in paths:
        node = tree.at(path)
        if node is not None and node.text is not None:
            yield node


def newest_moment(
    tree: Node, moments: tuple[Node, ...], now: datetime, zone: tzinfo | None = None
) -> tuple[datetime, Node] | None:
    """Find the newest moment that is stated and not after now.

    Parameters
    ----------
    tree
        The whole scenario.
    moments
        Further dated lines (`Document.moments`).
    now
        The present moment.
    zone
        The zone of bare dates; left out: the tree's own.

    Returns
    -------
    tuple or None
        The instant (a bare date counts as 12:00) and the node that states it.
    """
    found = _past([*_dated(tree), *moments], now, zone or _zone(tree))
    return max(found, default=None, key=lambda pair: pair[0])


def _as_of(
    incident: Section,
    now: datetime,
    option: datetime | None,
    newest: tuple[datetime, Node] | None,
    zone: tzinfo,
) -> Sourced[datetime]:
    """Settle the moment of the forecast: option, stated, newest stated, now."""
    stated = incident.read("as_of", partial(noon_or_instant, zone=zone))
    if option is not None:
        moment = option.astimezone(UTC)
        incident.findings.default(("incident", "as_of"), moment.isoformat(), "--as-of")
        return Sourced(moment, "--as-of", option.isoformat())
    if stated is not None:
        if is_bare_date(stated.text):
            noon = "a bare date counts as 12:00"
            incident.findings.assume("incident.as_of", _shown(stated.value), noon, stated.source)
        return stated
    if newest is None:
        incident.findings.assume("incident.as_of", _shown(now), _NOW)
        incident.findings.default(("incident", "as_of"), _shown(now), _NOW)
        return Sourced(now.astimezone(UTC), f"default: {_NOW}")
    moment, node = newest
    why = _NEWEST + ("; a bare date counts as 12:00" if is_bare_date(node.text or "") else "")
    incident.findings.assume("incident.as_of", _shown(moment), why, node.source)
    incident.findings.default(("incident", "as_of"), _shown(moment), f"{why} ({node.source})")
    return Sourced(moment, node.source, node.as_written or node.text or "")


def _past(dated: list[Node], now: datetime, zone: tzinfo) -> Iterator[tuple[datetime, Node]]:
    """Yield the stated moments that are not after now."""
    for node in dated:
        try:
            moment = _single(node.text or "", zone)
        except ValueError:
            continue  # its problem is named where its section is mapped
        if moment <= now:
            yield moment, node


def _single(text: str, zone: tzinfo) -> datetime:
    """Read one instant: 12:00 of a bare date, the middle of two moments."""
    return parse_span(text, zone).middle if " to " in text else noon_or_instant(text, zone)


def _shown(moment: datetime) -> str:
    """Write an instant."""
    return moment.astimezone(UTC).isoformat()


def _unstated(incident: Section, as_of: datetime) -> Sourced[Moment]:
    """Take a start within the day before the forecast."""
    if not incident.has("started"):
        incident.findings.assume("incident.started", "as_of - 24 h to as_of", _UNSTATED)
        incident.findings.default(("incident", "started"), "as_of - 24 h to as_of", _UNSTATED)
    return Sourced(Moment(as_of - timedelta(hours=24), as_of), f"default: {_UNSTATED}")


def _note_bare_date(section: Section, started: Sourced[Moment]) -> None:
    """Say that a bare date stays an interval."""
    if not started.value.exact:
        label = section.label_of("started")
        section.findings.assume(label, f"some moment of {started.text}", _DAY, started.source)


def _refuse_early(incident: Section, started: Sourced[Moment], as_of: Sourced[datetime]) -> None:
    """Refuse a forecast from before the earliest possible start."""
    earliest = started.value.earliest
    if as_of.value >= earliest:
        return
    what = f"lies before the incident can have started ({_shown(earliest)})"
    if as_of.source == "--as-of":
        incident.findings.problems.append(
            Problem(f"--as-of: '{as_of.text}' {what}", "give a later moment")
        )
    elif incident.has("as_of"):
        incident.problem("as_of", f"'{as_of.text}' {what}; give a later moment")
    else:
        incident.problem("started", f"'{started.text}' lies in the future; mend it or give as_of")


def _refuse_odd_plan_start(
    recovery: Section,
    started: Sourced[Moment],
    plan_started: Sourced[Moment],
    as_of: Sourced[datetime],
) -> None:
    """Refuse a plan that started before the incident, or on a day that has not come."""
    plan = plan_started.value
    if plan.latest < started.value.earliest:
        recovery.problem(
            "started",
            f"'{plan_started.text}' lies before the incident's start "
            f"('{started.text or _shown(started.value.earliest)}'); mend one of them",
        )
    elif plan.earliest > as_of.value and plan.exact:
        recovery.caution("started", f"the plan starts at '{plan_started.text}', after the forecast")
    elif plan.earliest > as_of.value:
        recovery.problem(
            "started",
            f"'{plan_started.text}' lies after the forecast ({_shown(as_of.value)}); "
            "give a later as_of, or the plan's start with its time",
        )
