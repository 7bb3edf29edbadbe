"""Sampling: blocks of trials until mean, P95 and expected shortfall are accurate enough.

Points are doubled; blocks of 16 replicates x 512 points keep the working arrays in the cache. The
figures depend neither on the block's size nor on the order of the blocks.
"""

from __future__ import annotations

import math
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.engine.derived import Derived, event_names, value_names
from impactcalc.engine.trial import outcome, world
from impactcalc.named import NamedTuple
from impactcalc.stats.located import standard_error
from impactcalc.stats.risk import stopping_errors
from impactcalc.stats.streams import REPLICATES, Streams

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from impactcalc.engine.model import Model
    from impactcalc.engine.tally import Count, Tally

    Array = NDArray[np.float64]

DEFAULT_ACCURACY = 0.01
FIRST_POINTS = 1024
CAP_TRIALS = 2**20
BLOCK_POINTS = 512
_BLOCK_BYTES = 2**27


class Sample(NamedTuple):
    """A run: ``figures`` by name, each of shape (16, n).

    Of more than 2^20 trials the first are kept; ``tallies`` and ``counts`` then hold the derived
    figures of all of them, by name.
    """

    figures: dict[str, Array]
    points: int
    converged: bool
    error_reached: float
    streams: Streams
    tallies: Mapping[str, Tally] = MappingProxyType({})
    counts: Mapping[str, Count] = MappingProxyType({})

    @property
    def trials(self) -> int:
        """Number of trials."""
        return REPLICATES * self.points


class Target(NamedTuple):
    """When to stop.

    Parameters
    ----------
    accuracy
        Largest mc_error as a share of each watched figure; None: run the cap.
    cap
        Most points a replicate, a power of two.
    watched
        Names of the figures whose mean, P95 and expected shortfall decide.
    event
        Name of the event whose probability may have the error accuracy / 2, or None.
    progress
        Told the points done and the most that there can be.
    """

    accuracy: float | None
    cap: int
    watched: tuple[str, ...]
    event: str | None = None
    progress: Callable[[int, int], None] | None = None


def points_for(trials: int) -> int:
    """Points a replicate that hold ``trials``: the next power of two.

    Examples
    --------
    >>> points_for(2), points_for(512), points_for(16 * 1024 + 1)
    (1, 32, 2048)
    """
    return 1 << max(0, math.ceil(math.log2(max(1, math.ceil(trials / REPLICATES)))))


def block_points(model: Model, points: int) -> int:
    """Points a block: fewer for plans of very many stages, so that memory stays bounded."""
    each = REPLICATES * 8 * 6 * max(1, len(model.plan.stages))
    most = 1 << max(0, int(math.log2(max(1.0, _BLOCK_BYTES / each))))
    return min(BLOCK_POINTS, points, most)


def run_blocks(  # noqa: PLR0913, PLR0917 - what to run, from where to where, and who is told
    model: Model,
    streams: Streams,
    start: int,
    stop: int,
    into: dict[str, Array],
    told: Callable[[int], None] | None = None,
) -> None:
    """Run points ``start`` to ``stop`` of every replicate and keep their figures."""
    size = block_points(model, stop - start)
    for first in range(start, stop, size):
        draw = block_draw(streams, first, size)
        found = outcome(model, world(model, draw, REPLICATES * size), draw)
        for name, values in found.items():
            kept = into.get(name)
            if kept is None or kept.shape[1] < stop:
                kept = into[name] = _longer(kept, stop)
            kept[:, first : first + size] = values.reshape(REPLICATES, size)
        if told is not None:
            told(first + size)


def block_draw(streams: Streams, first: int, size: int) -> Callable[[str], Array]:
    """Draws of one block by name, flat over replicates; each name is drawn once."""
    drawn: dict[str, Array] = {}

    def draw(name: str) -> Array:
        found = drawn.get(name)
        if found is None:
            found = drawn[name] = streams.draw(name, first, size).ravel()
        return found

    return draw


def _longer(kept: Array | None, points: int) -> Array:
    longer = np.empty((REPLICATES, points))
    if kept is not None:
        longer[:, : kept.shape[1]] = kept
    return longer


def _streams(model: Model, seed: int) -> Streams:
    """Give the draws; those of an update know the news since the earlier forecast."""
    if model.plan.known_at is None:
        return Streams(seed, model.names)
    from impactcalc.engine.news import NewsStreams

    return NewsStreams(seed, model.names, model.plan)


def run(model: Model, target: Target, seed: int) -> Sample:
    """Run trials until the watched figures are accurate enough, or the cap is reached.

    Parameters
    ----------
    model
        The compiled scenario.
    target
        When to stop.
    seed
        Seed of the random shifts.
    """
    streams = _streams(model, seed)
    figures: dict[str, Array] = {}
    kept = min(target.cap, CAP_TRIALS // REPLICATES)
    done, points = 0, kept if target.accuracy is None else min(kept, FIRST_POINTS)
    told = None if target.progress is None else partial(_tell, target)
    while True:
        run_blocks(model, streams, done, points, figures, told)
        reached = _error(model, figures, target)
        if points >= kept or (target.accuracy is not None and reached <= target.accuracy):
            break
        done, points = points, 2 * points
    for values in figures.values():
        values.flags.writeable = False
    found = Sample(figures, points, _enough(reached, target), reached, streams)
    met = target.accuracy is not None and found.converged
    return found if met or points >= target.cap else run_on(model, target, found)


def _tell(target: Target, done: int) -> None:
    """Tell how many points are done, and how many there can be."""
    if target.progress is not None:
        target.progress(done, target.cap)


def run_on(model: Model, target: Target, kept: Sample) -> Sample:
    """Run all trials again through tallies, and on beyond those that are kept."""
    from impactcalc.engine.tally import Count, Tally

    tallies = {name: Tally(kept.figures[name]) for name in kept.figures}
    first = Derived(model, kept.figures)
    tallies |= {name: Tally(first.values(name)) for name in value_names(model)}
    counts = {name: Count() for name in event_names(model)}
    done, points = 0, 2 * kept.points if target.accuracy is not None else target.cap
    while True:
        for start in range(done, points, BLOCK_POINTS):
            _tally_block(model, kept.streams, start, tallies, counts)
            if target.progress is not None:
                target.progress(start + BLOCK_POINTS, target.cap)
        reached = _tallied_error(tallies, counts, target)
        if points >= target.cap or (target.accuracy is not None and reached <= target.accuracy):
            break
        done, points = points, 2 * points
    return kept._replace(
        points=points,
        converged=_enough(reached, target),
        error_reached=reached,
        tallies=tallies,
        counts=counts,
    )


def _tally_block(
    model: Model,
    streams: Streams,
    start: int,
    tallies: Mapping[str, Tally],
    counts: Mapping[str, Count],
) -> None:
    figures: dict[str, Array] = {}
    size = block_points(model, BLOCK_POINTS)
    for first in range(start, start + BLOCK_POINTS, size):
        draw = block_draw(streams, first, size)
        found = outcome(model, world(model, draw, REPLICATES * size), draw)
        figures = {name: values.reshape(REPLICATES, size) for name, values in found.items()}
        derived = Derived(model, figures)
        for name, tally in tallies.items():
            tally.add(derived.values(name))
        for name, count in counts.items():
            count.add(derived.event(name))


def _enough(reached: float, target: Target) -> bool:
    return reached <= (DEFAULT_ACCURACY if target.accuracy is None else target.accuracy)


def _error(model: Model, figures: dict[str, Array], target: Target) -> float:
    """Largest error of the watched figures, as a share of the figure."""
    pairs = [pair for name in target.watched for pair in stopping_errors(figures[name])]
    if target.event is None:
        return _worst(pairs)
    hits = Derived(model, figures).event(target.event)
    return max(_worst(pairs), 2.0 * standard_error(hits.mean(axis=1)))


def _tallied_error(
    tallies: Mapping[str, Tally], counts: Mapping[str, Count], target: Target
) -> float:
    pairs = []
    for name in target.watched:
        found = tallies[name].figures()
        pairs.append((found.mean, found.errors["mean"]))
        pairs.append((found.quantiles[95], found.errors["p95"]))
        pairs.append((found.expected_shortfall_95, found.errors["expected_shortfall_95"]))
    if target.event is None:
        return _worst(pairs)
    return max(_worst(pairs), 2.0 * standard_error(counts[target.event].shares()))


def _worst(pairs: list[tuple[float, float]]) -> float:
    """Largest error as a share of its figure; figures whose replicates agree count as met."""
    shares = [error / abs(figure) if figure else math.inf for figure, error in pairs if error]
    return max(shares, default=0.0)
