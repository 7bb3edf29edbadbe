"""Notes on observations: what was taken from the data, and where they contradict the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.check import Check
from impactcalc.domain.sourced import Assumption
from impactcalc.units.ratio import percent
from impactcalc.units.rounding import plain, significant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from impactcalc.engine.model import Contract, Earlier, Model, Sight

    Array = NDArray[np.float64]

_FAR_APART = 2.0
_NOTABLE_SHARE = 0.01
_NOTABLE_S = 60.0
_LINE = re.compile(r"(?:line |:)(\d+)$")


def needs_model(model: Model, sight: Sight) -> bool:
    """Whether the told lost share still matters: in unknown time of the incident or after it."""
    latest = model.plan.incident_started.high
    gaps = sight.record.gaps(model.plan.incident_started.low, model.plan.as_of) > 0
    return gaps or sight.record.last_end <= latest


def assumptions(model: Model, sight: Sight) -> Iterator[Assumption]:
    """Say what the data gave, and what fills their gaps."""
    seen = model.scenario.incident.observed
    if seen is None:
        return
    record = sight.record
    if record.last_end > model.plan.incident_started.low:
        yield Assumption(
            "incident.lost_share",
            f"{record.last_share:.3g} when last measured",
            seen.source,
            "measured: failed events over all, per interval; after the forecast it falls as the "
            "plan restores",
        )
    gaps = record.gaps(model.plan.incident_started.low, model.plan.as_of)
    if gaps > 0:
        yield Assumption(
            "incident.lost_share/unknown_time",
            f"{plain(significant(gaps, 3))} h of the incident",
            seen.source,
            "not measured: the lost share of the text and the plan fills it",
        )
    if record.idle:
        yield Assumption(
            "incident.lost_share/idle_time",
            "0%",
            "default: no events",
            "where nothing was asked nothing failed [A]",
        )
    if sight.earlier is not None and model.contract is not None:
        yield from _earlier(model.contract, sight, sight.earlier, seen.source)


def _earlier(
    contract: Contract, sight: Sight, earlier: Earlier, source: str
) -> Iterator[Assumption]:
    if earlier.uncovered >= 1:
        return
    yield Assumption(
        "sla.to_date/observed",
        f"{1.0 - earlier.uncovered:.0%} of the period before the incident",
        source,
        "measured, by each reading of downtime; the stated earlier downtime counts for the rest",
    )
    if sight.record.gaps(earlier.first, min(earlier.last, 0.0)) > 0:
        chance = earlier.down_prob[contract.basis or "proportional"]
        yield Assumption(
            "sla.to_date/unknown_time",
            f"down with {chance:.2%}",
            "default: the known share of bad time",
            "time before the incident that was not measured is down with this chance [A]",
        )


def checks(model: Model, sight: Sight, details: Mapping[str, Array]) -> tuple[Check, ...]:
    """Find where the data contradict what is told."""
    return (
        *_lost_share(model, sight, details),
        *_last_interval(model, sight),
        *_to_date(model, sight),
    )


def _lost_share(model: Model, sight: Sight, details: Mapping[str, Array]) -> Iterator[Check]:
    seen, told = model.scenario.incident.observed, float(np.median(details["told"]))
    if seen is None or sight.record.last_end <= model.plan.incident_started.low:
        return
    measured = sight.record.last_share
    if not _apart(measured, told, _NOTABLE_SHARE):
        return
    stated = model.scenario.incident.lost_share
    yield Check(
        "observations disagree",
        f"the measurements say that {percent(measured)} of the work fails now, the text and the "
        f"plan {percent(told)} (median): the measurements count ({seen.source})",
        () if stated is None else _lines(stated.source),
    )


def _last_interval(model: Model, sight: Sight) -> Iterator[Check]:
    """Warn when one interval, from which the forecast starts, is unlike the hour before."""
    record = sight.record
    first = max(record.last_end - 1.0, model.plan.incident_started.low)
    known = record.known_hours(first, record.last_end) if first < record.last_end else 0.0
    if not known:
        return
    mean = record.down_hours("proportional", first, record.last_end) / known
    if _apart(record.last_share, mean, _NOTABLE_SHARE):
        yield Check(
            "last interval",
            f"the last interval with events lost {percent(record.last_share)}, the hour up to it "
            f"{percent(mean)} on average: the forecast starts from the last interval",
            (),
        )


def _to_date(model: Model, sight: Sight) -> Iterator[Check]:
    contract, earlier = model.contract, sight.earlier
    if contract is None or earlier is None or not contract.sla.to_date.stated:
        return
    started = model.plan.incident_started.low
    if earlier.uncovered > _NOTABLE_SHARE or started <= contract.start:
        return
    told = float(contract.to_date.from_normal(np.zeros(1))[0])
    hours = {
        name: sight.record.down_hours(name, contract.start, started) for name in sight.record.down
    }
    wanted = hours if contract.basis is None else {contract.basis: hours[contract.basis]}
    if not all(_apart(value * 3600.0, told, _NOTABLE_S) for value in wanted.values()):
        return
    words = ", ".join(f"{name}: {value * 60.0:.4g} min" for name, value in wanted.items())
    yield Check(
        "observations disagree",
        f"the stated earlier downtime is {told / 60.0:.4g} min, the measurements say {words}: "
        "the measurements count",
        _lines(contract.sla.to_date.source),
    )


def _apart(one: float, other: float, least: float) -> bool:
    """Whether two figures differ by more than twice, and the larger one matters."""
    low, high = sorted((one, other))
    return high > _FAR_APART * low and high >= least


def _lines(source: str) -> tuple[int, ...]:
    found = _LINE.search(source)
    return (int(found[1]),) if found else ()
