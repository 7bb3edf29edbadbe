"""The timeline: events and spans of monitors, brought into episodes."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING

from impactcalc.domain.observation import Episode, Window
from impactcalc.intake.observation_file import FOREVER_NS
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

UP, DOWN, UNKNOWN = Fraction(0), Fraction(1), None


class Event(NamedTuple):
    """A change of state: from `at_ns` on the lost share is this; None is unknown.

    ``end_ns`` is when the export says that the state ended; None: it does not say.
    """

    at_ns: int
    lost_share: Fraction | None
    end_ns: int | None = None


def chained(events: Iterable[Event]) -> list[Episode]:
    """Let every state last until the next event; the last one until its own stated end.

    Parameters
    ----------
    events
        In the order in which events of one instant happened.
    """
    ordered = sorted(events, key=lambda event: event.at_ns)
    ends = [event.at_ns for event in ordered[1:]]
    if ordered:
        last = ordered[-1].end_ns
        ends.append(FOREVER_NS if last is None else last)
    return [
        Episode(event.at_ns, end, event.lost_share)
        for event, end in zip(ordered, ends, strict=True)
        if end > event.at_ns
    ]


def worst_of(monitors: Sequence[Sequence[Episode]]) -> list[Episode]:
    """Merge several monitors: down when one is, unknown when one is and none is down.

    Within one monitor the largest share counts where episodes overlap, and unknown gives way to
    what is known; time that no episode covers is unknown.
    """
    if len(monitors) == 1:
        return list(monitors[0])
    cuts = sorted({cut for each in monitors for one in each for cut in (one.start_ns, one.end_ns)})
    merged = []
    queues = [sorted(each, key=lambda one: one.start_ns, reverse=True) for each in monitors]
    running: list[list[Episode]] = [[] for _ in monitors]
    for start, end in itertools.pairwise(cuts):
        for number, queue in enumerate(queues):
            while queue and queue[-1].start_ns <= start:
                running[number].append(queue.pop())
            running[number] = [one for one in running[number] if one.end_ns > start]
        merged.append(Episode(start, end, _worst([_share(each) for each in running])))
    return merged


def _share(running: list[Episode]) -> Fraction | None:
    """Lost share of one monitor at a moment."""
    known = [one.lost_share for one in running if one.lost_share is not None]
    return max(known) if known else UNKNOWN


def _worst(shares: list[Fraction | None]) -> Fraction | None:
    """Worst of several monitors at a moment."""
    known = [share for share in shares if share is not None]
    worst = max(known, default=UP)
    return worst if worst > 0 or len(known) == len(shares) else UNKNOWN


def span_of(episodes: Iterable[Episode], as_of_ns: int | None) -> Window | None:
    """Span from the first start to the last end; an open episode ends at its start or as-of."""
    found = list(episodes)
    if not found:
        return None
    ends = [one.end_ns if one.end_ns < FOREVER_NS else one.start_ns for one in found]
    end = max(*ends, ends[0], as_of_ns or 0)
    return Window(min(one.start_ns for one in found), end)
