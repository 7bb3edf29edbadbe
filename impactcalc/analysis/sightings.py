"""Sightings carried forward: what an earlier estimate saw, the next one still knows.

An update that forgets yesterday is too hopeful: elapsed time drawn anew each day shortens the
remaining time of a running repair by a quarter (evidence: contracts, "updates keep it"). So a stage
in progress keeps its first sighting and its elapsed time, a stage that is done by now keeps the
moments between which it must have ended, and a start that is known to the day only keeps that it
lay before the earlier forecast. With these the forecasts are coherent in time: the earlier mean is
the mean over what may be seen later.
"""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from impactcalc.domain.incident import Status
from impactcalc.domain.moment import Moment
from impactcalc.domain.sourced import Assumption, Sourced
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from impactcalc.domain.incident import Stage
    from impactcalc.domain.scenario import Scenario

T = TypeVar("T")
_KEYS = {"elapsed_s": "elapsed"}
_WHY = {
    "seen": "an update keeps the first sighting of a stage in progress",
    "elapsed_s": "an update keeps the elapsed time and adds what has passed",
    "finished": "an update keeps a finish that was stated before",
    "open_at": "the earlier estimate knew the stage to be open: it ended later",
    "done_by": "the earlier estimate knew the stage to be done: it ended before",
    "started": "the earlier estimate knew it to have begun",
    "known_at": "the first estimate: what came since is news about start and pace",
}


class _Carried(NamedTuple):
    """A value that is carried: its path in the figures, its value, and the field for people."""

    path: tuple[str | int, ...]
    key: str
    value: Sourced[Any]


def carried(today: Scenario, earlier: Scenario) -> Scenario:
    """Carry forward into a scenario what an earlier one of the same incident knew.

    Parameters
    ----------
    today
        The question of now; what it states itself goes before.
    earlier
        That of a moment not after it.

    Returns
    -------
    Scenario
        With ``seen``, ``elapsed``, ``finished``, ``open_at``, ``done_by`` of its stages and the
        bounds of its starts filled in, in its alternatives, too; each is a figure with the earlier
        moment as its source, and an assumption.
    """
    found = [*_starts(today, earlier), *_first(today, earlier), *_stages(today, earlier)]
    for one in found:
        today = _with(today, one)
    notes = tuple(_assumption(today, one) for one in found)
    noted = {note.field for note in notes}
    return today._replace(
        assumptions=(*(one for one in today.assumptions if one.field not in noted), *notes),
        what_if=tuple(
            one._replace(scenario=carried(one.scenario, earlier)) for one in today.what_if
        ),
    )


def _source(earlier: Scenario) -> str:
    return f"estimate as of {earlier.as_of.value.astimezone(UTC):%Y-%m-%dT%H:%M}Z"


def _starts(today: Scenario, earlier: Scenario) -> Iterator[_Carried]:
    """Bound the starts: what had begun by then did not begin later."""
    pairs = (
        ("incident", today.incident.started, earlier.incident.started),
        ("recovery", today.recovery.started, earlier.recovery.started),
    )
    for part, now, before in pairs:
        if now is None or before is None or now.value.exact or before.value.exact:
            continue
        same = now.value.earliest == before.value.earliest
        if not same and (now.stated or before.stated):
            continue  # corrected: a fact of today
        low = before.value.earliest
        high = max(low, min(before.value.latest, earlier.as_of.value))
        if (low, high) != (now.value.earliest, now.value.latest):
            moment = Moment(low, high)
            yield _Carried(
                (part, "started"), "started", Sourced(moment, _source(earlier), _span(moment))
            )


def _first(today: Scenario, earlier: Scenario) -> Iterator[_Carried]:
    """Carry the moment of the first estimate."""
    if today.recovery.known_at is None:
        known = earlier.recovery.known_at or _instant(earlier)
        yield _Carried(("recovery", "known_at"), "known_at", known)


def _stages(today: Scenario, earlier: Scenario) -> Iterator[_Carried]:
    """Carry what is known of each stage that both plans have by name."""
    before = {stage.name: stage for stage in earlier.recovery.stages}
    for number, stage in enumerate(today.recovery.stages):
        known = before.get(stage.name)
        if known is None:
            continue
        for key, value in _of_stage(stage, known, today, earlier):
            yield _Carried(("recovery", "stages", number, key), key, value)


def _of_stage(
    stage: Stage, known: Stage, today: Scenario, earlier: Scenario
) -> Iterator[tuple[str, Sourced[Any]]]:
    """Carry what is known of one stage."""
    status, was = stage.status.value, known.status.value
    if status is Status.IN_PROGRESS and was is Status.IN_PROGRESS:
        if stage.seen is None:
            yield "seen", known.seen or _instant(earlier)
        if stage.elapsed_s is None and known.elapsed_s is not None:
            passed = today.as_of.value - earlier.as_of.value
            seconds = known.elapsed_s.value + Decimal(str(passed.total_seconds()))
            yield "elapsed_s", Sourced(seconds, _source(earlier), f"{seconds.normalize():f} s")
    elif status is Status.DONE and was is Status.DONE:
        yield from _of_done(stage, known, earlier)
    elif status is Status.DONE and stage.open_at is None and not _is_exact(stage):
        yield "open_at", _instant(earlier)
        if was is Status.IN_PROGRESS and stage.duration is not None:
            yield from _since_when(stage, known, earlier)


def _since_when(
    stage: Stage, known: Stage, earlier: Scenario
) -> Iterator[tuple[str, Sourced[Any]]]:
    """Carry since when a stage had been under way at the moment of ``open_at``."""
    if stage.elapsed_s is None and known.elapsed_s is not None:
        yield "elapsed_s", known.elapsed_s
    if stage.seen is None:
        yield "seen", known.seen or _instant(earlier)


def _of_done(stage: Stage, known: Stage, earlier: Scenario) -> Iterator[tuple[str, Sourced[Any]]]:
    """Carry when a stage that was done already had ended."""
    if _is_exact(stage):
        return
    if stage.finished is None and known.finished is not None:
        yield "finished", known.finished
        if known.finished.value.exact:
            return
    if stage.open_at is None and known.open_at is not None:
        yield "open_at", known.open_at
        if stage.elapsed_s is None and known.elapsed_s is not None:
            yield "elapsed_s", known.elapsed_s
        if stage.seen is None and known.seen is not None:
            yield "seen", known.seen
    if stage.done_by is None:
        yield "done_by", known.done_by or _instant(earlier)


def _is_exact(stage: Stage) -> bool:
    return stage.finished is not None and stage.finished.value.exact


def _instant(earlier: Scenario) -> Sourced[Moment]:
    """Give the moment of the earlier forecast."""
    moment = Moment(earlier.as_of.value, earlier.as_of.value)
    return Sourced(moment, _source(earlier), _span(moment))


def _span(moment: Moment) -> str:
    """Write a moment as the scenario file does."""
    ends = dict.fromkeys((_iso(moment.earliest), _iso(moment.latest)))
    return " to ".join(ends)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _with(scenario: Scenario, one: _Carried) -> Scenario:
    """Put one carried value into the scenario and its figures."""
    scenario = _with_value(scenario, one)
    shown = Sourced(one.value.text or str(one.value.value), one.value.source)
    path = (*one.path[:-1], _KEYS.get(one.key, one.key))
    return scenario._replace(figures=_put(scenario.figures, path, shown))


def _with_value(scenario: Scenario, one: _Carried) -> Scenario:
    if one.path[0] == "incident":
        return scenario._replace(incident=scenario.incident._replace(started=one.value))
    plan = scenario.recovery
    if one.key == "started":
        return scenario._replace(recovery=plan._replace(started=one.value))
    if one.key == "known_at":
        return scenario._replace(recovery=plan._replace(known_at=one.value))
    number = one.path[2]
    changed: dict[str, Any] = {one.key: one.value}
    stages = tuple(
        stage._replace(**changed) if index == number else stage
        for index, stage in enumerate(plan.stages)
    )
    return scenario._replace(recovery=plan._replace(stages=stages))


def _put(
    node: Mapping[str, object], path: tuple[str | int, ...], leaf: object
) -> dict[str, object]:
    """Return figures with a leaf at a path; what is not on the path stays as it is."""
    step, rest = str(path[0]), path[1:]
    below = node.get(step)
    if not rest:
        return {**node, step: leaf}
    if isinstance(below, (list, tuple)) and isinstance(rest[0], int):
        items = list(below)
        if rest[0] < len(items) and isinstance(items[rest[0]], dict):
            items[rest[0]] = _put(items[rest[0]], rest[1:], leaf)
        return {**node, step: items}
    return {**node, step: _put(below if isinstance(below, dict) else {}, rest, leaf)}


def _assumption(scenario: Scenario, one: _Carried) -> Assumption:
    """Note what was carried."""
    place = one.path[0]
    if one.path[1] == "stages":
        place = f"recovery.stages.{scenario.recovery.stages[int(one.path[2])].name}"
    value, source = one.value.value, one.value.source
    shown = _in_words(value) if isinstance(value, Moment) else one.value.text
    return Assumption(f"{place}.{_KEYS.get(one.key, one.key)}", shown, source, _WHY[one.key])


def _in_words(moment: Moment) -> str:
    """Write a moment for people: ``"2024-01-23 00:00 to 2024-01-23 12:00 UTC"``."""
    ends = (moment.earliest, moment.latest)
    return " to ".join(dict.fromkeys(f"{end:%Y-%m-%d %H:%M}" for end in ends)) + " UTC"
