"""How many digits of a simulated figure are shown: never more than its error allows.

The half-width of a figure is f x 2.13 x mc_error (f for mean and expected shortfall alone): 95% of
Student's t with 15 degrees of freedom over 16 replicates (DESIGN.md section 5).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from impactcalc.domain.result import Probability, Summary

STUDENT = 2.13
PROSE_DIGITS = 2
_ERROR_OF = {  # a quantile without an error of its own borrows that of its neighbour
    "p10": "p5",
    "p25": "p50",
    "p75": "p50",
    "p90": "p95",
    "p99": "p95",
}
_SCALED = frozenset({"mean", "expected_shortfall_95"})


def half_width(summary: Summary, name: str) -> float:
    """Half the width of the 95% interval that the simulation leaves around a figure.

    Parameters
    ----------
    summary
        The simulated distribution.
    name
        A field of it, such as ``"p50"``.

    Returns
    -------
    float
        In the figure's own unit; 0 when no error is known.
    """
    error: float | None = getattr(summary.mc_error, _ERROR_OF.get(name, name))
    factor = summary.half_width_factor if name in _SCALED else 1.0
    return factor * STUDENT * (error or 0.0)


def digits(value: float, error: float, most: int = PROSE_DIGITS) -> int:
    """Count the significant digits whose last one is worth at least the error.

    Parameters
    ----------
    value, error
        In one unit; the error is a half-width, at least 0.
    most
        What prose allows.

    Examples
    --------
    >>> digits(27_432, 300), digits(27_432, 3_000), digits(0.0, 1.0)
    (2, 1, 1)
    """
    if not value or not math.isfinite(value) or not math.isfinite(error):
        return 1
    if error <= 0:
        return most
    allowed = math.floor(math.log10(abs(value))) - math.ceil(math.log10(error)) + 1
    return max(1, min(most, allowed))


def digits_of(summary: Summary, name: str, most: int = PROSE_DIGITS) -> int:
    """Count the digits in which one figure of a summary is shown."""
    return digits(getattr(summary, name), half_width(summary, name), most)


def percent_step(chance: Probability) -> int:
    """Give the step, in percent, to which a probability is rounded: 1, 5 or 10."""
    error = 100 * STUDENT * chance.mc_error
    return next((step for step in (1, 5) if error <= step), 10)
