"""Sampling: blocks of trials until mean, P95 and expected shortfall are accurate enough.

Points are doubled; blocks of 16 replicates x 512 points keep the working arrays in the cache. The
figures depend neither on the block's size nor on the order of the blocks.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from impactcalc.engine.trial import outcome, world
from impactcalc.stats.risk import standard_error, stopping_errors
from impactcalc.stats.streams import REPLICATES, Streams

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from impactcalc.engine.trial import Model

    Array = NDArray[np.float64]

FIRST_POINTS = 1024
CAP_TRIALS = 2**20
BLOCK_POINTS = 512
_BLOCK_BYTES = 2**27


class Sample(NamedTuple):
    """All trials: ``figures`` by name, each of shape (16, n_points)."""

    figures: dict[str, Array]
    points: int
    converged: bool
    error_reached: float | None
    streams: Streams

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
    breached
        Gives the breaches (0 or 1) by trial, or None; their error may be accuracy / 2.
    """

    accuracy: float | None
    cap: int
    watched: tuple[str, ...]
    breached: Callable[[dict[str, Array]], Array | None]


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


def run_blocks(
    model: Model, streams: Streams, start: int, stop: int, into: dict[str, Array]
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
    accuracy, cap = target.accuracy, target.cap
    streams = Streams(seed, model.names)
    figures: dict[str, Array] = {}
    done, points = 0, cap if accuracy is None else min(cap, FIRST_POINTS)
    while True:
        run_blocks(model, streams, done, points, figures)
        reached = _error(figures, target)
        met = accuracy is None or reached <= accuracy
        if met or points >= cap:
            break
        done, points = points, 2 * points
    for values in figures.values():
        values.flags.writeable = False
    enough = reached <= (0.01 if accuracy is None else accuracy)
    return Sample(figures, points, enough, reached, streams)


def _error(figures: dict[str, Array], target: Target) -> float:
    """Largest error of the watched figures, as a share of the figure."""
    worst = 0.0
    for name in target.watched:
        for figure, error in stopping_errors(figures[name]):
            if error:
                worst = max(worst, error / abs(figure) if figure else math.inf)
    breaches = target.breached(figures)
    if breaches is not None:
        worst = max(worst, 2.0 * standard_error(breaches.mean(axis=1)))
    return worst
