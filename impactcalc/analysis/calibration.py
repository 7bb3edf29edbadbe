"""Laws from a history: repair times by category, and how often incidents come.

A category's law is the shipped prior of that category, updated by the newest incidents of it that
had begun by the moment of the forecast; those that still ran then are right-censored.

Source: MODEL.md sections 2 ("history given") and 4; `stats.survival` for the update.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.incident_history import ALL
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.models.laws import HORIZON_H, PRIORS
from impactcalc.named import NamedTuple
from impactcalc.stats.distributions import Z95
from impactcalc.stats.student import LogStudent
from impactcalc.stats.survival import Prior, fit_lognormal

if TYPE_CHECKING:
    from impactcalc.domain.incident_history import IncidentHistory

__all__ = ["HORIZON_H", "WINDOW", "Arrivals", "CategoryFit", "arrivals", "fit_category"]

WINDOW = 120
"""Newest incidents that a fit rests on: repair times drift over the years [E]."""

_FEWEST_MONTHS = 3
_YEAR_S = 365 * 86400.0


class CategoryFit(NamedTuple):
    """A category's law and what it rests on.

    Parameters
    ----------
    category
        In small letters.
    quantity
        The law, as a quantity of the scenario.
    ended, running
        Incidents that it was fitted to, and how many of its rows still ran.
    known
        Incidents of the category that had begun by the moment of the forecast.
    prior
        Category of the shipped prior: its own, else ``all``.
    p5_h, median_h, p95_h
        Hours.
    share_cut
        Chance of a length beyond the horizon, which counts as it.
    """

    category: str
    quantity: Quantity
    ended: int
    running: int
    known: int
    prior: str
    p5_h: float
    median_h: float
    p95_h: float
    share_cut: float


class Arrivals(NamedTuple):
    """How often incidents came: mean a year, and the size of the monthly count's law.

    ``monthly_size`` None: their counts vary no more than those of a Poisson law, or there are too
    few whole months to tell.
    """

    per_year: float
    monthly_size: float | None
    months: int
    variance: float | None


def shipped_prior(category: str) -> Prior:
    """Return the shipped prior of log repair times in hours; of an unknown category that of all."""
    median, sigma = PRIORS.get(category, PRIORS[ALL])
    return Prior(math.log(median), sigma)


def fit_category(history: IncidentHistory, category: str, as_of_s: float) -> CategoryFit | None:
    """Fit a category's repair times with what was known at a moment.

    Parameters
    ----------
    history
        The incidents.
    category
        In small letters; ``all``: every incident.
    as_of_s
        Seconds since 1970: later starts are not known, later ends are still to come.

    Returns
    -------
    CategoryFit or None
        None when no incident of the category had begun: the shipped prior stands alone.
    """
    known = [one for one in history.of(category) if one.start_s < as_of_s]
    if not known:
        return None
    rows = known[-WINDOW:]
    end = np.array([math.inf if one.end_s is None else one.end_s for one in rows])
    ended = end <= as_of_s
    seen = np.minimum(end, as_of_s) - np.array([one.start_s for one in rows])
    fit = fit_lognormal(np.log(seen / 3600.0), ended, shipped_prior(category))
    told = fit.predictive()
    middle, scale, freedom = (float(each[0]) for each in told)
    quantity = Quantity(
        Law.FITTED,
        tuple(Decimal(repr(each)) for each in (math.exp(middle) * 3600.0, scale, freedom)),
        Dimension.DURATION,
        category=category,
    )
    law = LogStudent(middle, scale, freedom, HORIZON_H)
    p5, median, p95 = law.from_normal(np.array([-Z95, 0.0, Z95]))
    return CategoryFit(
        category=category,
        quantity=quantity,
        ended=int(np.count_nonzero(ended)),
        running=int(np.count_nonzero(~ended)),
        known=len(known),
        prior=category if category in PRIORS else ALL,
        p5_h=float(p5),
        median_h=float(median),
        p95_h=float(p95),
        share_cut=law.share_cut,
    )


def arrivals(history: IncidentHistory, as_of_s: float) -> Arrivals | None:
    """Count incidents by whole calendar months (UTC) up to a moment.

    Returns
    -------
    Arrivals or None
        None when no incident had begun by then. With fewer than three whole months: the plain
        rate since the first start.
    """
    starts = [one.start_s for one in history.incidents if one.start_s < as_of_s]
    if not starts:
        return None
    edges = _months(starts[0], as_of_s)
    if len(edges) <= _FEWEST_MONTHS:
        span = max(as_of_s - starts[0], 86400.0)
        return Arrivals(len(starts) * _YEAR_S / span, None, max(len(edges) - 1, 0), None)
    counts = np.diff(np.searchsorted(starts, edges)).astype(np.float64)
    mean, variance = float(counts.mean()), float(counts.var(ddof=1))
    size = mean**2 / (variance - mean) if variance > mean else None
    length = (edges[-1] - edges[0]) / counts.size
    return Arrivals(mean * _YEAR_S / length, size, counts.size, variance)


def _months(first_s: float, last_s: float) -> list[float]:
    """First moments of the whole calendar months between two moments, and the end of the last."""
    moment = datetime.fromtimestamp(first_s, UTC)
    year, month = moment.year, moment.month
    edges: list[float] = []
    while True:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004
        edge = datetime(year, month, 1, tzinfo=UTC).timestamp()
        if edge > last_s:
            return edges
        edges.append(edge)
