"""The incident section: what broke, by the contract's keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from impactcalc.domain.incident import Cluster, Incident, Latency, Milestone
from impactcalc.domain.quantity import Dimension
from impactcalc.domain.sourced import Sourced
from impactcalc.intake.moments import parse_moment
from impactcalc.intake.quantities import parse_quantity, parse_share
from impactcalc.intake.scenario_file.section import Section, one_of
from impactcalc.units.number import parse_count

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from impactcalc.domain.moment import Moment

share = partial(parse_quantity, dimension=Dimension.SHARE)
duration = partial(parse_quantity, dimension=Dimension.DURATION)
increase = partial(parse_quantity, dimension=Dimension.INCREASE)

PRIORITIES = ("critical", "high", "medium", "low")
SENTIMENTS = ("positive", "neutral", "negative")


def map_incident(
    section: Section, started: Sourced[Moment], as_of: datetime, zone: tzinfo
) -> Incident:
    """Map the section.

    Parameters
    ----------
    section
        ``incident``.
    started
        Its start, which `timing` has read already.
    as_of
        The moment of the forecast.
    zone
        The zone of bare dates.
    """
    moment = partial(parse_moment, zone=zone)
    return Incident(
        started=started,
        id=section.read("id", words),
        customer=section.read("customer", words),
        service=section.read("service", words),
        priority=section.read("priority", one_of(*PRIORITIES)),
        lost_share=section.read("lost_share", share),
        latency=_latency(section.section("latency")),
        error_rate=section.read("error_rate", share),
        cluster=_cluster(section.section("cluster")),
        milestones=_milestones(section, moment, started.value, as_of),
        sentiment=section.read("sentiment", one_of(*SENTIMENTS)),
        escalation_level=section.read("escalation_level", parse_count),
    )


def words(text: str) -> str:
    """Read a name: any text that is not blank.

    Examples
    --------
    >>> words(" Stratton ")
    'Stratton'
    """
    if not text.strip():
        raise ValueError("is empty; write a name or delete the line")
    return text.strip()


def _latency(section: Section | None) -> Latency | None:
    """Map ``latency``; a single normal value is a bound unless ``normal_is: value``."""
    if section is None:
        return None
    normal = section.read("normal", duration)
    now = section.read("now", duration)
    stated = section.read("normal_is", one_of("bound", "value"))
    bound = normal is not None and normal.value.fixed is not None
    if stated is not None:
        bound = stated.value == "bound"
    elif bound:
        why = (
            "a single normal latency is a bound: the value lies between a quarter of it and it [A]"
        )
        section.findings.default((*section.path, "normal_is"), "bound", why)
    _compare_latencies(section, normal, now)
    return Latency(normal, now, bound, section.read("increase", increase))


def _compare_latencies(section: Section, normal: object, now: object) -> None:
    """Warn when the latency now does not exceed the normal one."""
    if not isinstance(normal, Sourced) or not isinstance(now, Sourced):
        return
    before, after = normal.value.parameters, now.value.parameters
    if before and after and max(after) <= min(before):
        section.caution(
            "now", f"'{now.text}' does not exceed the normal latency of '{normal.text}'"
        )


def _cluster(section: Section | None) -> Cluster | None:
    """Map ``cluster``; parts of the tablets cannot exceed them."""
    if section is None:
        return None
    cluster = Cluster(
        nodes=section.read("nodes", _positive_count),
        zones=section.read("zones", _positive_count),
        replication_factor=section.read("replication_factor", _positive_count),
        tablets=section.read("tablets", _positive_count),
        leaderless_tablets=section.read("leaderless_tablets", parse_count),
        corrupt_tablets=section.read("corrupt_tablets", parse_count),
    )
    for key in ("leaderless_tablets", "corrupt_tablets"):
        part = getattr(cluster, key)
        if part and cluster.tablets and part.value > cluster.tablets.value:
            section.problem(
                key, f"'{part.text}' exceeds the {cluster.tablets.text} tablets; mend one of them"
            )
    return cluster


def _positive_count(text: str) -> int:
    """Read a whole number of 1 or more."""
    count = parse_count(text)
    if not count:
        raise ValueError(f"'{text}' is not possible here; write 1 or more, or delete the line")
    return count


def _milestones(
    section: Section, moment: Callable[[str], Moment], started: Moment, as_of: datetime
) -> tuple[Sourced[Milestone], ...]:
    """Map ``milestones``: the newest is compared with the plan."""
    found = []
    for item in section.sections("milestones"):
        item.require("at", "2024-01-23T10:00Z")
        at, restored = item.read("at", moment), item.read("restored", parse_share)
        if at is None or (restored is None and item.has("restored")):
            continue
        what = _misplaced(at, started, as_of)
        if not what:
            share = None if restored is None else restored.value
            found.append(Sourced(Milestone(at.value, share), item.node.source, at.text))
        elif at.source.startswith("line "):  # of a text: nobody wrote it as a milestone
            item.caution("at", f"{what}: it is not compared with the plan")
        else:
            item.problem("at", what)
    return tuple(found)


def _misplaced(at: Sourced[Moment], started: Moment, as_of: datetime) -> str:
    """Say what is wrong with the moment of a milestone; empty when nothing is."""
    if at.value.earliest > as_of:
        return f"'{at.text}' lies after as_of; a milestone has been seen"
    if at.value.latest < started.earliest:
        return f"'{at.text}' lies before incident.started; mend one of them"
    return ""
