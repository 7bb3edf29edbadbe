"""The downtime of states over time: monitors, status pages, incident tables."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.domain.contract import Downtime
from impactcalc.domain.observation import MINUTE_NS, Window
from impactcalc.domain.service_level import TimeAccount
from impactcalc.models.sli.ledger import Used, allowed_time, judged
from impactcalc.models.sli.spans import length
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from impactcalc.domain.observation import States
    from impactcalc.domain.service_level import Demand, DowntimeAnswer


class Segment(NamedTuple):
    """A span with one lost share; None: unknown."""

    start_ns: int
    end_ns: int
    lost_share: Fraction | None


def segments(states: States, window: Window, excluded: Sequence[Window]) -> tuple[Segment, ...]:
    """Cut a window into spans of one state, without what is excluded.

    Where episodes overlap, the largest lost share counts once; what is known outweighs unknown.

    Parameters
    ----------
    states
        The episodes, and what holds between them.
    window
        Half-open.
    excluded
        Disjoint, inside the window, rising.
    """
    changes: list[tuple[int, int, Fraction | None]] = []
    for start, end, share in states.episodes:
        first, last = max(start, window.start_ns), min(end, window.end_ns)
        if first < last:
            changes += [(first, 1, share), (last, -1, share)]
    bounds = sorted(
        {*window, *(change[0] for change in changes), *(each for span in excluded for each in span)}
    )
    return tuple(
        _merged(_swept(sorted(changes, key=lambda change: change[0]), bounds, states, excluded))
    )


def _swept(
    changes: list[tuple[int, int, Fraction | None]],
    bounds: list[int],
    states: States,
    excluded: Sequence[Window],
) -> Iterator[Segment]:
    """Go from bound to bound, with what is active between them."""
    active: Counter[Fraction | None] = Counter()
    place, out = 0, 0
    for start, end in pairwise(bounds):
        while place < len(changes) and changes[place][0] <= start:
            _, sign, share = changes[place]
            active[share] += sign
            place += 1
        while out < len(excluded) and excluded[out].end_ns <= start:
            out += 1
        if out < len(excluded) and excluded[out].start_ns <= start:
            continue
        now = [share for share, number in active.items() if number > 0]
        known = [share for share in now if share is not None]
        worst = max(known) if known else (None if now else states.otherwise)
        yield Segment(start, end, worst)


def _merged(swept: Iterator[Segment]) -> Iterator[Segment]:
    """Join neighbours of one state."""
    held: Segment | None = None
    for segment in swept:
        if held and held.end_ns == segment.start_ns and held.lost_share == segment.lost_share:
            held = held._replace(end_ns=segment.end_ns)
            continue
        if held:
            yield held
        held = segment
    if held:
        yield held


def account(found: Sequence[Segment], excluded: Sequence[Window]) -> TimeAccount:
    """Divide a window's time into known and unknown; nothing is idle."""
    known = sum(each.end_ns - each.start_ns for each in found if each.lost_share is not None)
    unknown = sum(each.end_ns - each.start_ns for each in found if each.lost_share is None)
    return TimeAccount(known, 0, unknown, length(excluded))


def downtime(
    down: Mapping[Downtime, Sequence[tuple[Segment, Fraction]]],
    of_time: TimeAccount,
    demand: Demand,
) -> dict[str, DowntimeAnswer]:
    """Judge the window under all three readings; downtime accrues continuously."""
    return {reading.value: _judge(found, of_time, demand) for reading, found in down.items()}


def weights(
    found: Sequence[Segment], demand: Demand, reading: Downtime
) -> list[tuple[Segment, Fraction]]:
    """Give each segment that counts as down its weight.

    By the contract's slices, whose time a state has no events to judge: a slice counts when it
    is down at some moment, or throughout where whole slices alone count (``whole_slices``); unknown
    time counts where the contract makes silence downtime (``empty_slices: bad``), else never, and
    never before the first or after the last measurement.
    Runs (``min_consecutive``) are of slices, and of minutes where the contract names none.
    """
    told = [at for at, each in enumerate(found) if each.lost_share is not None]
    found = found[told[0] : told[-1] + 1] if told else ()
    weighed = [(each, _weight(each.lost_share, demand, reading)) for each in found]
    down = [(each, weight) for each, weight in weighed if weight]
    if reading is Downtime.PROPORTIONAL:
        return down
    if demand.down_slice_ns is not None:
        counted = [each for each in found if each.lost_share is not None or demand.silence_is_down]
        return _by_slices([each for each, _ in down], counted, demand, demand.down_slice_ns)
    if demand.min_consecutive <= 1:
        return down
    return _long_runs(down, demand.min_consecutive * MINUTE_NS)


def _weight(share: Fraction | None, demand: Demand, reading: Downtime) -> Fraction:
    """Return how much of a moment counts as down."""
    if share is None:
        return Fraction(demand.silence_is_down)
    match reading:
        case Downtime.ALL_FAIL:
            return Fraction(share == 1)
        case Downtime.THRESHOLD:
            return Fraction(share > demand.threshold)
        case Downtime.PROPORTIONAL:
            return share


def _by_slices(
    down: Sequence[Segment], counted: Sequence[Segment], demand: Demand, width_ns: int
) -> list[tuple[Segment, Fraction]]:
    """Count whole slices, or those that are touched, in runs that are long enough."""
    origin = demand.window.start_ns
    ranges: list[tuple[int, int]] = []
    for start, end in _joined(down):
        first, last = (start - origin) // width_ns, -(-(end - origin) // width_ns)
        if demand.whole_slices:
            first, last = -(-(start - origin) // width_ns), (end - origin) // width_ns
        if ranges and first <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(last, ranges[-1][1]))
        elif first < last:
            ranges.append((first, last))
    spans = [
        Window(origin + first * width_ns, origin + last * width_ns)
        for first, last in ranges
        if last - first >= demand.min_consecutive
    ]
    pieces = cut(counted, sorted({bound for span in spans for bound in span}))
    starts = [span.start_ns for span in spans]
    places = [bisect_right(starts, each.start_ns) - 1 for each in pieces]
    return [
        (each, Fraction(1))
        for each, place in zip(pieces, places, strict=True)
        if place >= 0 and each.end_ns <= spans[place].end_ns
    ]


def _joined(found: Sequence[Segment]) -> Iterator[Window]:
    """Join neighbours, whatever their shares."""
    held: Window | None = None
    for start, end, _ in found:
        if held is not None and held.end_ns == start:
            held = Window(held.start_ns, end)
            continue
        if held is not None:
            yield held
        held = Window(start, end)
    if held is not None:
        yield held


def cut(found: Sequence[Segment], bounds: Sequence[int]) -> list[Segment]:
    """Cut segments at rising bounds.

    Examples
    --------
    >>> cut([Segment(0, 5, None)], [2, 5])
    [Segment(start_ns=0, end_ns=2, lost_share=None), Segment(start_ns=2, end_ns=5, lost_share=None)]
    """
    pieces = []
    for start, end, share in found:
        first, last = bisect_right(bounds, start), bisect_left(bounds, end)
        edges = [start, *bounds[first:last], end]
        pieces += [Segment(low, high, share) for low, high in pairwise(edges)]
    return pieces


def _long_runs(
    down: list[tuple[Segment, Fraction]], least_ns: int
) -> list[tuple[Segment, Fraction]]:
    """Keep the runs of adjacent segments that last long enough."""
    runs: list[list[tuple[Segment, Fraction]]] = []
    for each in down:
        if runs and runs[-1][-1][0].end_ns == each[0].start_ns:
            runs[-1].append(each)
        else:
            runs.append([each])
    return [
        each for run in runs if run[-1][0].end_ns - run[0][0].start_ns >= least_ns for each in run
    ]


def _judge(
    down: Sequence[tuple[Segment, Fraction]], of_time: TimeAccount, demand: Demand
) -> DowntimeAnswer:
    """Add the weighed time, and find the moment at which the budget is gone."""
    allowed = allowed_time(of_time, demand.target)
    used = Fraction(0)
    exhausted: int | None = None
    breached: int | None = None
    for segment, weight in down:
        gain = weight * (segment.end_ns - segment.start_ns)
        if used + gain >= allowed and exhausted is None:
            exhausted = segment.start_ns + _ceiling((allowed - used) / weight)
        if used + gain > allowed and breached is None:
            breached = max(segment.start_ns, segment.start_ns + _ceiling((allowed - used) / weight))
        used += gain
    silent = sum(each.end_ns - each.start_ns for each, _ in down if each.lost_share is None)
    return judged(Used(used, silent), of_time, demand.target, exhausted, breached)


def _ceiling(value: Fraction) -> int:
    """Round up to a whole nanosecond."""
    return -(-value.numerator // value.denominator)
