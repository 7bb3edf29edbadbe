"""The service level of observations: every part that their kind supports."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.contract import Downtime
from impactcalc.domain.observation import Counts, Histogram, Samples, States, Window
from impactcalc.domain.service_level import History, Latency, LinePace, ServiceLevel
from impactcalc.models.sli import counted_downtime, spans, state_downtime
from impactcalc.models.sli.accrual import Accrual
from impactcalc.models.sli.burn import burn
from impactcalc.models.sli.events import inside, occurrence
from impactcalc.models.sli.incidents import seen_incidents
from impactcalc.models.sli.latency import latency, to_counts
from impactcalc.models.sli.slices import time_slices
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from impactcalc.domain.observation import Observations
    from impactcalc.domain.outlook import SeenIncidents
    from impactcalc.domain.service_level import Demand, DowntimeAnswer, TimeAccount


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
    course: _Course | None
    match observations.data:
        case States() as states:
            level, course = _of_states(states, demand, excluded)
        case Samples() as samples:
            level, course = _of_samples(samples, demand, excluded), None
        case Histogram() as histogram:
            level, course = _of_counts(to_counts(histogram), demand, excluded)
            level = level._replace(latency=latency(histogram, demand.window, excluded))
        case Counts() as counts:
            level, course = _of_counts(counts, demand, excluded)
        case None:
            return ServiceLevel(None, (), objectives=observations.objectives)
    return level._replace(
        files=observations.files,
        objectives=observations.objectives,
        pace=_pace(level.downtime, level.time, demand),
        history=_history(course, moments_ns),
        seen=_seen(course, observations, demand, excluded),
    )


class _Course(NamedTuple):
    """How downtime and known time go over time; made only where it is asked for."""

    readings: Callable[[], Mapping[str, Accrual]]
    known: Callable[[], Accrual]


def _of_counts(
    counts: Counts, demand: Demand, excluded: Sequence[Window]
) -> tuple[ServiceLevel, _Course]:
    """Judge counted intervals."""
    time = spans.stretches(counts, demand.window, excluded)
    of_time = spans.account(counts, time, demand.window, excluded)
    known = _known(counts, time)
    level = _of_events(inside(counts, demand.window, excluded), known, demand)
    found = counted_downtime.judged_stretches(counts, time, demand)
    lost = {reading: counted_downtime.lost(found, demand, reading) for reading in Downtime}
    level = level._replace(
        time=of_time, downtime=counted_downtime.downtime(found, lost, of_time, demand)
    )
    return level, _Course(
        lambda: {reading.value: _accrual(each, found.time) for reading, each in lost.items()},
        lambda: Accrual(known.start_ns, known.end_ns, np.ones(len(known.start_ns))),
    )


def _known(counts: Counts, time: spans.Stretches) -> spans.Stretches:
    """Keep the stretches whose time is known."""
    kept = counts.known[time.row]
    if kept.all():
        return time
    return spans.Stretches(time.start_ns[kept], time.end_ns[kept], time.row[kept])


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
    states: States, demand: Demand, excluded: Sequence[Window]
) -> tuple[ServiceLevel, _Course]:
    """Judge states over time."""
    found = state_downtime.segments(states, demand.window, excluded)
    of_time = state_downtime.account(found, excluded)
    down = {reading: state_downtime.weights(found, demand, reading) for reading in Downtime}
    known = [(each, Fraction(1)) for each in found if each.lost_share is not None]
    level = ServiceLevel(
        demand, time=of_time, downtime=state_downtime.downtime(down, of_time, demand)
    )
    return level, _Course(
        lambda: {reading.value: _state_accrual(each) for reading, each in down.items()},
        lambda: _state_accrual(known),
    )


def _pace(
    downtime: Mapping[str, DowntimeAnswer] | None, time: TimeAccount | None, demand: Demand
) -> LinePace | None:
    """Draw the straight line: the known time's share of downtime, until the period's end."""
    if demand.rule is None or downtime is None or time is None or not time.known:
        return None
    availability = 1 - downtime[demand.rule.definition.value].downtime / time.known
    return LinePace(availability, availability >= demand.target)


def _accrual(found: counted_downtime.Lost, time: spans.Stretches) -> Accrual:
    """Give the lost share of each stretch as a float, for pictures."""
    share = np.asarray(found.sums.parts / found.sums.wholes, dtype=float)
    return Accrual(time.start_ns[found.places], time.end_ns[found.places], share)


def _state_accrual(
    down: Sequence[tuple[state_downtime.Segment, Fraction]],
) -> Accrual:
    """Accrue weighed segments."""
    return Accrual(
        np.array([each.start_ns for each, _ in down], dtype=np.int64),
        np.array([each.end_ns for each, _ in down], dtype=np.int64),
        np.array([float(weight) for _, weight in down]),
    )


def _history(course: _Course | None, moments_ns: Sequence[int]) -> History | None:
    """Sum what was consumed and known up to each moment, in seconds."""
    if course is None or not moments_ns:
        return None
    used = {name: tuple(each.upto(moments_ns).tolist()) for name, each in course.readings().items()}
    return History(tuple(moments_ns), tuple(course.known().upto(moments_ns).tolist()), used)


def _seen(
    course: _Course | None,
    observations: Observations,
    demand: Demand,
    excluded: Sequence[Window],
) -> SeenIncidents | None:
    """Find the incidents so far, where the period goes on after the measurements.

    Nothing lies ahead where silence means "up": such a source tells of the whole period.
    """
    start, end = demand.window
    now = end if observations.span is None else observations.span.end_ns
    silent = isinstance(observations.data, States) and observations.data.otherwise is not None
    if course is None or silent or not start < now < end:
        return None
    known = course.known()
    seen = Window(start, now)
    if not known.upto([now])[0]:
        return None
    return seen_incidents(course.readings(), known, seen, spans.length(spans.union(excluded, seen)))
