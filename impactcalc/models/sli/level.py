"""The service level of observations: every part that their kind supports."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from impactcalc.domain.contract import Downtime
from impactcalc.domain.observation import Counts, Histogram, Samples, States
from impactcalc.domain.service_level import History, Latency, LinePace, ServiceLevel
from impactcalc.models.sli import counted_downtime, spans, state_downtime
from impactcalc.models.sli.burn import burn
from impactcalc.models.sli.events import inside, occurrence
from impactcalc.models.sli.latency import latency, to_counts
from impactcalc.models.sli.slices import time_slices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from impactcalc.domain.observation import Observations, Window
    from impactcalc.domain.service_level import Demand, DowntimeAnswer, TimeAccount


class _Accrual(NamedTuple):
    """Stretches of time and the share of each that a reading counts as down."""

    start_ns: NDArray[Any]
    end_ns: NDArray[Any]
    share: NDArray[Any]


def service_level(
    observations: Observations, demand: Demand, moments_ns: Sequence[int] = ()
) -> ServiceLevel:
    """Judge observations.

    Parameters
    ----------
    observations
        With data.
    demand
        What is asked of them.
    moments_ns
        Rising instants at which the history is wanted; none: no history.

    Raises
    ------
    ValueError
        When the excluded time fills the window.
    """
    excluded = spans.union(demand.excluded, demand.window)
    if spans.length(excluded) >= demand.window.end_ns - demand.window.start_ns:
        raise ValueError("the excluded time fills the window")
    match observations.data:
        case States() as states:
            level = _of_states(states, demand, excluded, moments_ns)
        case Samples() as samples:
            level = _of_samples(samples, demand, excluded)
        case Histogram() as histogram:
            level = _of_counts(to_counts(histogram), demand, excluded, moments_ns)
            level = level._replace(latency=latency(histogram, demand.window, excluded))
        case Counts() as counts:
            level = _of_counts(counts, demand, excluded, moments_ns)
        case None:
            return ServiceLevel(None, (), objectives=observations.objectives)
    return level._replace(
        files=observations.files,
        objectives=observations.objectives,
        pace=_pace(level.downtime, level.time, demand),
    )


def _of_counts(
    counts: Counts, demand: Demand, excluded: Sequence[Window], moments_ns: Sequence[int]
) -> ServiceLevel:
    """Judge counted intervals."""
    time = spans.stretches(counts, demand.window, excluded)
    of_time = spans.account(counts, time, demand.window, excluded)
    known = time._replace(**_known(counts, time))
    level = _of_events(inside(counts, demand.window, excluded), known, demand)
    accruals = {}
    if moments_ns:
        found = counted_downtime.judged_stretches(counts, time, demand)
        for reading in Downtime:
            lost = counted_downtime.lost(found, demand, reading)
            accruals[reading.value] = _accrual(lost, found.time)
    return level._replace(
        time=of_time,
        downtime=counted_downtime.downtime(counts, time, of_time, demand),
        history=_history(accruals, _known_accrual(known), moments_ns),
    )


def _known(counts: Counts, time: spans.Stretches) -> Mapping[str, NDArray[Any]]:
    """Keep the stretches whose time is known."""
    kept = counts.known[time.row]
    return {"start_ns": time.start_ns[kept], "end_ns": time.end_ns[kept], "row": time.row[kept]}


def _of_events(counts: Counts, time: spans.Stretches | None, demand: Demand) -> ServiceLevel:
    """Judge the events: occurrence, slices, burn."""
    return ServiceLevel(
        demand,
        occurrence=occurrence(counts, demand.target),
        slices=time_slices(counts, demand.window, demand.slice_ns, demand.slice_target),
        burn=burn(counts, demand.window, time, demand.target, demand.as_of_ns),
    )


def _of_samples(samples: Samples, demand: Demand, excluded: Sequence[Window]) -> ServiceLevel:
    """Judge latency samples: whether silence is idle or unknown cannot be told."""
    cells = inside(samples.cells, demand.window, excluded)
    level = _of_events(cells, None, demand)
    seconds, events = samples.threshold_s, level.occurrence
    good = None if seconds is None or events is None else events.good
    return level._replace(latency=Latency(seconds, good, good, good, samples.quantiles_s))


def _of_states(
    states: States, demand: Demand, excluded: Sequence[Window], moments_ns: Sequence[int]
) -> ServiceLevel:
    """Judge states over time."""
    found = state_downtime.segments(states, demand.window, excluded)
    of_time = state_downtime.account(found, excluded)
    accruals = {
        reading.value: _state_accrual(state_downtime.weights(found, demand, reading))
        for reading in (Downtime if moments_ns else ())
    }
    known = [(each, Fraction(1)) for each in found if each.lost_share is not None]
    return ServiceLevel(
        demand,
        time=of_time,
        downtime=state_downtime.downtime(found, of_time, demand),
        history=_history(accruals, _state_accrual(known), moments_ns),
    )


def _pace(
    downtime: Mapping[str, DowntimeAnswer] | None, time: TimeAccount | None, demand: Demand
) -> LinePace | None:
    """Draw the straight line: the known time's share of downtime, until the period's end."""
    if demand.rule is None or downtime is None or time is None or not time.known:
        return None
    availability = 1 - downtime[demand.rule.definition.value].downtime / time.known
    return LinePace(availability, availability >= demand.target)


def _accrual(found: counted_downtime.Lost, time: spans.Stretches) -> _Accrual:
    """Give the lost share of each stretch as a float, for pictures."""
    share = np.asarray(found.sums.parts / found.sums.wholes, dtype=float)
    return _Accrual(time.start_ns[found.places], time.end_ns[found.places], share)


def _known_accrual(time: spans.Stretches) -> _Accrual:
    """Accrue the known time itself."""
    return _Accrual(time.start_ns, time.end_ns, np.ones(len(time.start_ns)))


def _state_accrual(
    down: Sequence[tuple[state_downtime.Segment, Fraction]],
) -> _Accrual:
    """Accrue weighed segments."""
    return _Accrual(
        np.array([each.start_ns for each, _ in down], dtype=np.int64),
        np.array([each.end_ns for each, _ in down], dtype=np.int64),
        np.array([float(weight) for _, weight in down]),
    )


def _history(
    accruals: Mapping[str, _Accrual], known: _Accrual, moments_ns: Sequence[int]
) -> History | None:
    """Sum what was consumed and known up to each moment, in seconds."""
    if not moments_ns:
        return None
    used = {name: _upto(each, moments_ns) for name, each in accruals.items()}
    return History(tuple(moments_ns), _upto(known, moments_ns), used)


def _upto(accrual: _Accrual, moments_ns: Sequence[int]) -> tuple[float, ...]:
    """Integrate the share of time up to each moment, in seconds; linear within a stretch."""
    if not len(accrual.start_ns):
        return (0.0,) * len(moments_ns)
    seconds = (accrual.end_ns - accrual.start_ns) / 1e9 * accrual.share
    reached = np.cumsum(seconds)
    times = np.column_stack([accrual.start_ns, accrual.end_ns]).ravel()
    values = np.column_stack([reached - seconds, reached]).ravel()
    return tuple(np.interp(np.array(moments_ns, dtype=float), times.astype(float), values))
