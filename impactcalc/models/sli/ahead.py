"""The budget ahead: downtime from the end of the measurements to the end of the period.

Further incidents are like those that were seen: their number is negative binomial (a Poisson count
whose rate has Jeffreys' prior and k incidents seen in the known time T: Gamma(k + 1/2, T)), their
lengths and downtimes are those of incidents seen, each equally likely, their arrivals even. An
incident that runs now goes on for e (1/u - 1) more, e what it has lasted: as likely as not as long
again (the scale-free prior, density 1/t) [A]. Downtime accrues evenly inside an incident; where
several run, a moment counts once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_RAREST = 1e-9
_MOST = 20_000
_SHORTEST_S = 1e-9


class Drawn(NamedTuple):
    """Incidents ahead by trial, each shape (trials, incidents): seconds from now.

    Parameters
    ----------
    arrival
        Infinite where a trial has fewer incidents.
    length
        From the first to the last moment.
    used
        Downtime, by reading.
    """

    arrival: Array
    length: Array
    used: Mapping[str, Array]


def negative_binomial_distribution(size: float, ratio: float) -> Array:
    """P(N <= n) for n = 0, 1, ... of a Poisson count with a Gamma(size, T) rate over R.

    Parameters
    ----------
    size
        Incidents seen plus 1/2.
    ratio
        R / (T + R): of the time ahead to all.

    Examples
    --------
    >>> negative_binomial_distribution(1.0, 0.5)[:3].tolist()
    [0.5, 0.75, 0.875]
    """
    terms = [(1.0 - ratio) ** size]
    total = terms[0]
    while 1.0 - total > _RAREST and len(terms) < _MOST:
        n = len(terms)
        terms.append(terms[-1] * ratio * (n - 1 + size) / n)
        total += terms[-1]
    return np.asarray(np.minimum(np.cumsum(terms), 1.0))


def open_incident(length_s: float, used_s: Mapping[str, float], u: Array) -> Drawn:
    """Let the incident that runs now go on: P(longer than x more) = e / (e + x).

    Parameters
    ----------
    length_s
        What it has lasted, e.
    used_s
        Downtime so far, by reading: it goes on at that rate.
    u
        Even draws in (0, 1), one a trial.
    """
    left = (length_s * (1.0 / u - 1.0))[:, None]
    rate = {reading: used / length_s for reading, used in used_s.items()}
    return Drawn(np.zeros(left.shape), left, {each: left * rate[each] for each in rate})


def used_ahead(
    drawn: Drawn, background: Mapping[str, float], at: Array, free: Array
) -> Mapping[str, Array]:
    """Sum the downtime from now up to each moment, by reading, shape (trials, moments).

    Parameters
    ----------
    drawn
        Incidents of each trial.
    background
        Downtime of each second without an incident.
    at
        Rising seconds from now, the first 0.
    free
        Share of the time between two moments that is no maintenance.
    """
    steps = np.diff(at)
    found = {}
    for reading, used in drawn.used.items():
        gain = np.broadcast_to(background[reading] * steps, (len(drawn.arrival), len(steps)))
        gain = gain.copy()
        for arrival, length, each in zip(drawn.arrival.T, drawn.length.T, used.T, strict=True):
            some = np.flatnonzero(arrival < at[-1])
            span = np.maximum(length[some], _SHORTEST_S)[:, None]
            part = np.clip((at - arrival[some, None]) / span, 0.0, 1.0)
            gain[some] += each[some, None] * np.diff(part, axis=1)
        sums = np.cumsum(np.minimum(gain, steps) * free, axis=1)
        found[reading] = np.concatenate([np.zeros((len(sums), 1)), sums], axis=1)
    return found
