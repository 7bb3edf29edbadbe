"""Projection: further incidents until the period's end, beside the one that is open.

Arrivals are uniform over the rest of the period, each incident is a total outage under every
reading, cut at the period's end; moments in which several are open, or this incident's own downtime
runs too, count once (proportional: as min(1, sum of L), and a total outage is 1).

Source: contracts, scenario file, ``future``; MODEL.md section 4 (Poisson, or from a history the
negative binomial law, whose variance exceeds its mean).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.models.outage import DowntimeHours, downtime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from impactcalc.models.outage import Service

    Array = NDArray[np.float64]

YEAR_H = 365 * 24.0
_RAREST = 2.0**-34
"""Chance that is left out above the largest count: no draw of 32 bits reaches it."""
_MOST = 1000


def poisson_distribution(mean: float) -> Array:
    """P(N <= k) for k = 0, 1, ..., up to where less than 2^-34 is left.

    Examples
    --------
    >>> np.round(poisson_distribution(0.5)[:3], 6).tolist()
    [0.606531, 0.909796, 0.985612]
    """
    terms, total, k = [math.exp(-mean)], math.exp(-mean), 0
    while 1.0 - total > _RAREST and k < _MOST:
        k += 1
        terms.append(terms[-1] * mean / k)
        total += terms[-1]
    return np.asarray(np.minimum(np.cumsum(terms), 1.0))


def negative_binomial_distribution(mean: float, size: float) -> Array:
    """P(N <= k) of a count with variance mean + mean^2 / size, as far as `poisson_distribution`.

    Size 1 is the geometric law.

    Examples
    --------
    >>> np.round(negative_binomial_distribution(1.0, 1.0)[:3], 6).tolist()
    [0.5, 0.75, 0.875]
    """
    ratio = mean / (size + mean)
    term = math.exp(-size * math.log1p(mean / size))
    total, k, sums = term, 0, [term]
    while 1.0 - total > _RAREST and k < _MOST:
        term *= (size + k) / (k + 1) * ratio
        k += 1
        total += term
        sums.append(total)
    return np.asarray(np.minimum(sums, 1.0))


def further_counts(per_year: float, monthly_size: float | None, hours: float) -> Array:
    """P(N <= k) of the incidents of some hours.

    Parameters
    ----------
    per_year
        Mean count over 365 days.
    monthly_size
        Size k of the negative binomial count of a month; over E months it is k max(1, E), for the
        counts of months vary each alone, and a part of a month as its whole. None: Poisson.
    hours
        Length of the time that is left.
    """
    mean = per_year * hours / YEAR_H
    if monthly_size is None:
        return poisson_distribution(mean)
    return negative_binomial_distribution(mean, monthly_size * max(1.0, 12.0 * hours / YEAR_H))


def counts(distribution: Array, u: Array) -> NDArray[np.intp]:
    """Give counts at uniform draws: the smallest k with P(N <= k) >= u."""
    return np.minimum(np.searchsorted(distribution, u), distribution.size - 1)


def further_downtime(
    service: Service,
    low: Array,
    period: tuple[float, float],
    threshold: float,
    outages: Sequence[tuple[Array, Array]],
) -> DowntimeHours:
    """Hours of downtime that further outages add, under the three readings.

    Parameters
    ----------
    service
        This incident's lost share over time.
    low
        Later of the period's and the incident's start by trial, hours since the origin.
    period
        Moment of the forecast (or the period's start, if later) and the period's end.
    threshold
        Share of the ``threshold`` reading.
    outages
        Start and end of each further outage by trial; infinite where there is none.

    Returns
    -------
    What they add to this incident's own downtime; overlaps count once.
    """
    first, last = period
    added = DowntimeHours(*(np.zeros_like(low) for _ in range(3)))
    for start, end in _apart(outages, first, last):
        some = np.flatnonzero(end > start)
        if not some.size:
            continue
        part = _of(service, some)
        until, since = (
            downtime(part, low[some], np.maximum(moment[some], low[some]), threshold)
            for moment in (end, start)
        )
        for total, a, b in zip(added, since, until, strict=True):
            total[some] += (end[some] - start[some]) - (b - a)
    return added


def _apart(
    outages: Sequence[tuple[Array, Array]], first: float, last: float
) -> list[tuple[Array, Array]]:
    """Cut outages to the period and to what no earlier one covers, in order of their start."""
    if not outages:
        return []
    starts, ends = np.stack([s for s, _ in outages]), np.stack([e for _, e in outages])
    order = np.argsort(starts, axis=0, kind="stable")
    starts, ends = (np.take_along_axis(x, order, axis=0) for x in (starts, ends))
    covered = np.full(starts.shape[1], first)
    found = []
    for start, end in zip(starts, ends, strict=True):
        begin = np.clip(start, covered, last)
        stop = np.clip(end, begin, last)
        found.append((begin, stop))
        covered = np.maximum(covered, stop)
    return found


def _of(service: Service, trials: NDArray[np.intp]) -> Service:
    """Take some trials of a service."""
    from dataclasses import replace

    times = service.times
    stages = [
        replace(
            stage,
            start=stage.start[trials],
            finish=stage.finish[trials],
            ready=stage.ready[trials],
            fallback=None if stage.fallback is None else stage.fallback[trials],
            relapsed=None if stage.relapsed is None else stage.relapsed[trials],
            no_time=None,
        )
        for stage in times.stages
    ]
    shares = [s if isinstance(s, float) else s[trials] for s in service.shares]
    cut = times._replace(
        incident_started=times.incident_started[trials],
        plan_started=times.plan_started[trials],
        stages=stages,
    )
    return service._replace(times=cut, shares=shares, initial=service.initial[trials])
