"""The comparison with an earlier estimate: read its record, see that it is of the same incident."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from impactcalc.analysis.changes import Kept, Means
from impactcalc.analysis.sightings import carried
from impactcalc.errors import InputError, Problem
from impactcalc.intake.record import read_record
from impactcalc.intake.recorded_scenario import is_measured, recorded_scenario
from impactcalc.usecases.files import with_files

if TYPE_CHECKING:
    from impactcalc.domain.scenario import Scenario
    from impactcalc.domain.sourced import Sourced
    from impactcalc.intake.record import Record
    from impactcalc.usecases.request import Request

_ASK = "give the record of this incident"


def earlier_estimate(name: str, today: Scenario, request: Request, source: str) -> Kept:
    """Read the record of an earlier estimate of the same incident.

    Parameters
    ----------
    name
        The record's file.
    today
        The question of now.
    request, source
        Where today's files of measurements and history are named: what was known of them at the
        earlier moment is read again.

    Raises
    ------
    InputError
        When it is no record, was changed, is of another customer or incident, or of a later
        moment.
    """
    record = read_record(name)
    problems = [*_strangers(record, today), *_later(record, today), *_uncounted(record)]
    if problems:
        raise InputError(*problems)
    return Kept(
        name=PurePath(name).name,
        scenario=_with_files(recorded_scenario(record), record, today, request, source),
        means=Means(
            record.figure("customer.total.mean"),
            record.figure("recovery.full_recovery_h.mean"),
            record.figure("sla.breach_prob.value"),
        ),
        version=str(record.figure("run.version")),
        trials=int(record.figure("run.trials")),
        seed=int(record.figure("run.seed")),
    )


def _with_files(
    earlier: Scenario, record: Record, today: Scenario, request: Request, source: str
) -> Scenario:
    """Let the files speak for the earlier question as far as it had any, up to its moment."""
    if not is_measured(record):
        request = request._replace(observations=())
    else:  # the record shows what was measured in the place of what was told: today's is taken
        incident = earlier.incident._replace(lost_share=today.incident.lost_share)
        earlier = earlier._replace(incident=incident)
        if not request.observations:
            earlier = _naming(earlier, today, "observations")
    told = "" if today.history is None else today.history.value
    if not _is_taught(record, request.history or told):
        request = request._replace(history=None)
    elif request.history is None:
        earlier = _naming(earlier, today, "history")
    if not earlier.observations and not request.observations:
        request = request._replace(reading=None)
    return with_files(earlier, request, source)


def _naming(earlier: Scenario, today: Scenario, key: str) -> Scenario:
    """Name the files of today in the earlier question, too: they are no news."""
    figures = {**earlier.figures, key: today.figures[key]} if key in today.figures else {}
    return earlier._replace(figures=figures or earlier.figures, **{key: getattr(today, key)})


def _is_taught(record: Record, history: str) -> bool:
    """Tell whether the answer rested on a history of incidents: its assumptions name the file."""
    name, noted = PurePath(history).name, record.document.get("assumptions")
    return bool(name) and isinstance(noted, list) and any(name in str(one) for one in noted)


def continued(today: Scenario, kept: Kept) -> Scenario:
    """Carry the earlier sightings into the question of now, and digest that it rests on them."""
    digest = hashlib.sha256(
        f"{today.inputs_sha256}\0{kept.scenario.inputs_sha256}\0{kept.scenario.as_of.value}".encode()
    )
    return carried(today, kept.scenario)._replace(inputs_sha256=digest.hexdigest())


def _strangers(record: Record, today: Scenario) -> list[Problem]:
    """Name what shows that the record is of another incident."""
    incident, problems = today.incident, []
    pairs: tuple[tuple[str, str, Sourced[str] | None], ...] = (
        ("customer", "customer", incident.customer),
        ("id", "incident", incident.id),
    )
    for key, word, now in pairs:
        before = record.figure(f"scenario.incident.{key}.value")
        if now is None or before is None or _same(str(before), now.value):
            continue
        what = f"is of {word} '{before}', this estimate of '{now.value}'"
        problems.append(Problem(what, _ASK, record.name))
    return problems


def _same(one: str, other: str) -> bool:
    """Whether two names are the same but for blanks and capitals."""
    return one.casefold().split() == other.casefold().split()


def _uncounted(record: Record) -> list[Problem]:
    """Name a record that does not say how it was computed."""
    if all(type(record.figure(f"run.{key}")) is int for key in ("trials", "seed")):
        return []
    remedy = "take the file that estimate --out wrote"
    return [Problem("has no number of trials and no seed", remedy, record.name)]


def _later(record: Record, today: Scenario) -> list[Problem]:
    """Name a record of a later moment."""
    if record.as_of <= today.as_of.value:
        return []
    moment = today.as_of.value.isoformat()
    what = f"is of {record.as_of.isoformat()}, later than this estimate ({moment})"
    return [Problem(what, "give an earlier record, or a later --as-of", record.name)]
