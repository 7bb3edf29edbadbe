"""The outlook of a budget: further incidents drawn until the period's end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.observation import SECOND_NS, Window
from impactcalc.domain.outlook import Outlook
from impactcalc.models.laws import law_of, sample
from impactcalc.models.projection import YEAR_H, counts, poisson_distribution
from impactcalc.models.sli.ahead import (
    Drawn,
    negative_binomial_distribution,
    open_incident,
    used_ahead,
)
from impactcalc.models.sli.spans import length, union

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from impactcalc.domain.contract import FurtherIncidents
    from impactcalc.domain.outlook import SeenIncidents
    from impactcalc.domain.service_level import ServiceLevel

    Array = NDArray[np.float64]

_TRIALS, _FEWEST, _WORK = 4096, 256, 400_000
_MOMENTS = 60
_SEED = 1
_LEVELS = (5, 25, 50, 75, 95)


def outlook(
    level: ServiceLevel, further: FurtherIncidents | None = None, trials: int = _TRIALS
) -> Outlook | None:
    """Draw what is used at the period's end; the same answer each time.

    Parameters
    ----------
    level
        With the incidents that were seen; a reading without any, and without downtime outside
        of incidents, has no outlook.
    further
        The contract's own ``future``; it goes before what was seen.
    trials
        Fewer are run where many incidents lie ahead.
    """
    seen, demand = level.seen, level.demand
    if seen is None or demand is None or level.downtime is None:
        return None
    judged = {
        reading: answer
        for reading, answer in level.downtime.items()
        if further or seen.lengths_s or seen.background[reading] or not answer.meets_target
    }
    if not judged:  # no incident was seen: there is nothing to forecast from
        return None
    end = demand.window.end_ns
    moments = np.unique(np.linspace(seen.now_ns, end, _MOMENTS + 1).astype(np.int64))
    at = (moments - seen.now_ns) / 1e9
    free = _free(moments, union(demand.excluded, demand.window))
    draws = np.random.Generator(np.random.Philox(_SEED))
    drawn = _draw(seen, further, float(at[-1]), trials, draws)
    ahead = used_ahead(drawn, seen.background, at, free)
    used, breach, error = {}, {}, {}
    for reading, answer in judged.items():
        paths = _start(seen, reading, len(drawn.arrival), draws)[:, None] + ahead[reading]
        rows = np.percentile(paths, _LEVELS, axis=0, method="inverted_cdf")
        used[reading] = {f"p{p}": tuple(row.tolist()) for p, row in zip(_LEVELS, rows, strict=True)}
        allowed = float(answer.allowed / SECOND_NS) * (1 + 1e-12)
        share = float((paths[:, -1] > allowed).mean()) if answer.meets_target else 1.0
        breach[reading] = share
        error[reading] = float(np.sqrt(share * (1 - share) / len(paths)))
    number = len(seen.lengths_s)
    return Outlook(tuple(moments.tolist()), used, breach, error, number, further is None)


def _free(moments: NDArray[np.int64], excluded: tuple[Window, ...]) -> Array:
    """Give the share of each step that is no maintenance."""
    steps = [Window(*each) for each in pairwise(moments.tolist())]
    return np.array([1 - length(union(excluded, each)) / (each[1] - each[0]) for each in steps])


def _start(seen: SeenIncidents, reading: str, trials: int, draws: np.random.Generator) -> Array:
    """Give the downtime so far: unknown time is down in the known share of bad time of trials."""
    used = seen.to_date_s[reading]
    bad = draws.random(trials) < used / seen.known_s
    return used + seen.unknown_s * np.asarray(bad, dtype=np.float64)


def _draw(
    seen: SeenIncidents,
    further: FurtherIncidents | None,
    ahead_s: float,
    trials: int,
    draws: np.random.Generator,
) -> Drawn:
    """Draw the incidents ahead."""
    number = len(seen.lengths_s)
    if further is not None:
        mean = float(further.per_year) * ahead_s / 3600 / YEAR_H
        distribution = poisson_distribution(mean)
    elif number:
        mean = (number + 0.5) * ahead_s / seen.known_s
        distribution = negative_binomial_distribution(
            number + 0.5, ahead_s / (seen.known_s + ahead_s)
        )
    else:  # how long one lasts is not known
        mean, distribution = 0.0, np.ones(1)
    trials = int(np.clip(_WORK / (mean + 1), min(_FEWEST, trials), trials))
    many = counts(distribution, draws.random(trials))
    shape = (trials, int(many.max(initial=0)))
    here = np.arange(shape[1]) < many[:, None]
    arrival = np.where(here, draws.random(shape) * ahead_s, np.inf)
    if further is not None:
        lengths = np.asarray(sample(law_of(further.duration), draws.random(shape)))
        drawn = Drawn(arrival, lengths, dict.fromkeys(seen.used_s, lengths))
    else:
        which = draws.integers(max(number, 1), size=shape)
        drawn = Drawn(
            arrival,
            _taken(seen.lengths_s, which),
            {reading: _taken(used, which) for reading, used in seen.used_s.items()},
        )
    return _with_open(seen, drawn, draws) if seen.is_open else drawn


def _taken(values: tuple[float, ...], which: NDArray[np.int64]) -> Array:
    """Take the values of incidents that were seen."""
    return np.asarray(values or (0.0,), dtype=np.float64)[which]


def _with_open(seen: SeenIncidents, drawn: Drawn, draws: np.random.Generator) -> Drawn:
    """Add the incident that runs now."""
    used = {reading: each[-1] for reading, each in seen.used_s.items()}
    u = 1.0 - draws.random(len(drawn.arrival))
    now = open_incident(seen.lengths_s[-1], used, u)
    joined: Mapping[str, Array] = {
        reading: np.concatenate([now.used[reading], drawn.used[reading]], axis=1)
        for reading in used
    }
    return Drawn(
        np.concatenate([now.arrival, drawn.arrival], axis=1),
        np.concatenate([now.length, drawn.length], axis=1),
        joined,
    )
