"""The measured share: observations to the lost share of known time, stretch by stretch.

bad / valid per interval (MODEL.md section 1, way 1), and beside it what each reading of downtime
counts by the contract's rule, as `models.sli` counts it.
"""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from impactcalc.domain.contract import Downtime
from impactcalc.domain.observation import Counts, States, Window
from impactcalc.domain.observed import ObservedShare
from impactcalc.domain.service_level import Demand
from impactcalc.models.sli import counted_downtime, spans, state_downtime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from impactcalc.domain.contract import DowntimeRule
    from impactcalc.domain.observation import Observations

DEFAULT_THRESHOLD = Fraction(1, 20)


def measured_share(
    observations: Observations, window: Window, rule: DowntimeRule | None
) -> ObservedShare:
    """Lost share of the known time of a window.

    Parameters
    ----------
    observations
        With counts or states.
    window
        From the period's (or, if earlier, the incident's) start to the forecast.
    rule
        The contract's own; None: the default threshold.

    Raises
    ------
    ValueError
        When the measurements are of another kind, or none lies inside the window.
    """
    demand = _demand(window, rule)
    span = observations.span or window
    cut = Window(max(span.start_ns, window.start_ns), min(span.end_ns, window.end_ns))
    match observations.data:
        case Counts() as counts:
            found = _of_counts(counts, demand, cut)
        case States() as states:
            found = _of_states(states, demand, cut)
        case _:
            raise ValueError("these measurements tell no lost share")
    if not len(found.start_ns):
        raise ValueError("no time is known")
    return found._replace(files=observations.files, beyond=span.end_ns > window.end_ns)


def _demand(window: Window, rule: DowntimeRule | None) -> Demand:
    """Ask for downtime alone; targets and slices are not looked at."""
    threshold = None if rule is None else rule.threshold
    return Demand(
        window=window,
        target=Fraction(1),
        excluded=(),
        rule=rule,
        threshold=DEFAULT_THRESHOLD if threshold is None else Fraction(threshold),
        min_consecutive=1 if rule is None else rule.min_consecutive,
        min_events=0 if rule is None else rule.min_events,
        slice_ns=1,
        slice_target=Fraction(1),
        as_of_ns=window.end_ns,
    )


def _of_counts(counts: Counts, demand: Demand, span: Window) -> ObservedShare:
    time = spans.stretches(counts, demand.window, ())
    known = counts.known[time.row]
    row = time.row[known]
    valid = counts.valid[row]
    judged = np.asarray(valid > 0, dtype=bool)
    bad = np.where(judged, valid - counts.good[row], 0)
    stretches = counted_downtime.judged_stretches(counts, time, demand)
    readings = {}
    for reading in Downtime:
        lost = counted_downtime.lost(stretches, demand, reading)
        down = np.zeros(len(stretches.rows.known))
        down[lost.places] = _ratio(lost.sums.parts, lost.sums.wholes)
        readings[reading.value] = down[stretches.rows.known]
    return ObservedShare(
        time.start_ns[known],
        time.end_ns[known],
        _ratio(bad, np.where(judged, valid, 1)),
        judged,
        readings,
        span,
    )


def _ratio(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(part / whole, dtype=np.float64)


def _of_states(states: States, demand: Demand, span: Window) -> ObservedShare:
    segments = state_downtime.segments(states, demand.window, ())
    known = [each for each in segments if each.lost_share is not None]
    down = {one: state_downtime.weights(known, demand, one) for one in Downtime}
    bounds = {each for found in down.values() for piece, _ in found for each in piece[:2]}
    known = state_downtime.cut(known, sorted(bounds))
    readings = {one.value: _weights_of(known, found) for one, found in down.items()}
    return ObservedShare(
        np.array([each.start_ns for each in known], dtype=np.int64),
        np.array([each.end_ns for each in known], dtype=np.int64),
        np.array([float(each.lost_share or 0) for each in known]),
        np.ones(len(known), dtype=bool),
        readings,
        # where silence means "up", all of the window is told of
        span if states.otherwise is None else demand.window,
    )


def _weights_of(
    known: Sequence[state_downtime.Segment], down: Sequence[tuple[state_downtime.Segment, Fraction]]
) -> NDArray[np.float64]:
    """Look up the weight of each segment; those that count as down cover whole ones."""
    starts = [piece.start_ns for piece, _ in down]
    found = np.zeros(len(known))
    for at, each in enumerate(known):
        place = bisect_right(starts, each.start_ns) - 1
        if place >= 0 and each.end_ns <= down[place][0].end_ns:
            found[at] = float(down[place][1])
    return found
