"""Laws: from a quantity as written to a distribution of the kernel, in the model's units."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from impactcalc.domain.quantity import Dimension, Law
from impactcalc.stats.distributions import (
    Z75,
    Z90,
    Z95,
    Constant,
    Distribution,
    LogitNormal,
    LogNormal,
    Normal,
    Uniform,
    pert,
    triangular,
)
from impactcalc.stats.normal import ndtri

if TYPE_CHECKING:
    from impactcalc.domain.incident import Window
    from impactcalc.domain.quantity import Quantity

Draw = Callable[[str], NDArray[np.float64]]
"""Uniform draws in (0, 1) by name, shape (n_trials,)."""

HOUR_S = 3600.0
DAY_H = 24.0
HORIZON_H = 90 * 24.0
"""Where a fitted law is cut: without a cut it has no mean (MODEL.md section 2)."""
OPEN_WINDOW_SIGMA = 1.25
"""Log-sd of a window that starts at 0 or has no stated end (MODEL.md section 2) [E]."""

PRIORS: dict[str, tuple[float, float]] = {
    "config": (2.4, 1.40),
    "overload": (3.1, 1.54),
    "software": (3.9, 1.69),
    "network": (4.4, 1.54),
    "coordination": (7.5, 1.14),
    "dependency": (9.5, 1.33),
    "data loss": (13.6, 2.14),
    "database": (15.8, 1.89),
    "power": (24.0, 1.36),
    "all": (4.0, 1.67),
}
"""Median in hours and log-sd of repair times by category (MODEL.md section 2) [E]."""


def law_of(quantity: Quantity) -> Distribution:
    """Distribution of a written quantity.

    Durations come out in the unit of their parameters (seconds); see `hours_law`.

    Parameters
    ----------
    quantity
        As written (contracts, scenario file, "Uncertain quantities").

    Examples
    --------
    >>> from decimal import Decimal
    >>> from impactcalc.domain.quantity import Quantity
    >>> law_of(Quantity(Law.FIXED, (Decimal(2),), Dimension.COUNT))
    Constant(value=2.0, log_sd=0.0)
    """
    if quantity.law in {Law.HISTORY, Law.FITTED}:
        return hours_law(quantity)
    return _law(quantity.law, [float(p) for p in quantity.parameters], quantity.dimension)


def hours_law(quantity: Quantity) -> Distribution:
    """Distribution of a duration in hours."""
    if quantity.law is Law.HISTORY:
        return prior(quantity.category)
    if quantity.law is Law.FITTED:
        return _fitted(quantity)
    values = [float(p / 3600) for p in quantity.parameters]
    return _law(quantity.law, values, quantity.dimension)


def _fitted(quantity: Quantity) -> Distribution:
    """Law of repair times in hours, fitted to a history."""
    from impactcalc.stats.student import LogStudent

    median, scale, freedom = (float(p) for p in quantity.parameters)
    return LogStudent(math.log(median / 3600.0), scale, freedom, HORIZON_H)


def _law(law: Law, values: list[float], dimension: Dimension) -> Distribution:
    if law is Law.FIXED or values[0] == values[-1]:
        return Constant(values[0])
    if law is Law.INTERVAL:
        bounded = dimension is Dimension.SHARE
        family = LogitNormal.from_quantiles if bounded else LogNormal.from_quantiles
        return family(values[0], values[1], Z95)
    if law is Law.NORMAL:
        high = 1.0 if dimension is Dimension.SHARE else math.inf
        middle, spread = (values[0] + values[1]) / 2, (values[1] - values[0]) / (2 * Z95)
        return Normal(middle, spread, 0.0, high)
    if law is Law.UNIFORM:
        return Uniform(values[0], values[1])
    if law is Law.LOGNORMAL:
        return LogNormal(math.log(values[0]), math.log(values[1] / values[0]) / Z90)
    return (pert if law is Law.PERT else triangular)(*values)


def prior(category: str) -> LogNormal:
    """Shipped prior of repair times in hours; an unknown category gets that of all."""
    median, sigma = PRIORS.get(category, PRIORS["all"])
    return LogNormal(math.log(median), sigma)


def window_law(window: Window) -> LogNormal:
    """Planned finish in hours from the plan's start: P25 to P75 (MODEL.md section 2).

    Examples
    --------
    >>> from decimal import Decimal
    >>> from impactcalc.domain.incident import Window
    >>> law = window_law(Window(Decimal(4 * 3600), Decimal(24 * 3600)))
    >>> round(law.mu, 4), round(law.sigma, 4)
    (2.2822, 1.3282)
    >>> round(math.exp(window_law(Window(Decimal(0), Decimal(4 * 3600))).mu), 2)
    1.72
    """
    low = float(window.earliest_s / 3600)
    if window.latest_s is None:
        return LogNormal(math.log(low) + Z75 * OPEN_WINDOW_SIGMA, OPEN_WINDOW_SIGMA)
    high = float(window.latest_s / 3600)
    if not low:
        return LogNormal(math.log(high) - Z75 * OPEN_WINDOW_SIGMA, OPEN_WINDOW_SIGMA)
    return LogNormal.from_quantiles(low, high, Z75)


def sample(law: Distribution, u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values of a law at uniform draws (inverse CDF)."""
    if isinstance(law, Constant):
        return np.full(u.shape, law.value)
    if isinstance(law, Uniform):
        return law.low + (law.high - law.low) * u
    return law.from_normal(ndtri(u))
