"""The event: counts by their instant, the occurrence SLI, and sums over spans of time."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from impactcalc.domain.service_level import Occurrence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from impactcalc.domain.observation import Counts, Window

_SAFE = 2**62


def roomy(array: NDArray[Any], factor: int = 1) -> NDArray[Any]:
    """Return whole numbers that can be multiplied by `factor` and summed without overflow.

    Parameters
    ----------
    array
        int64 or object, 0 or more.
    factor
        What they will be multiplied by, also the number of them that will be added.
    """
    if array.dtype == object or not len(array):
        return array
    return array if int(array.max()) * max(1, abs(factor)) < _SAFE else array.astype(object)


def total(array: NDArray[Any]) -> int:
    """Add whole numbers exactly."""
    return int(roomy(array, len(array)).sum())


def inside(counts: Counts, window: Window, excluded: Sequence[Window] = ()) -> Counts:
    """Keep the intervals whose events belong to a window: an interval's belong to its start.

    Parameters
    ----------
    counts
        All intervals.
    window
        Half-open.
    excluded
        Spans whose events are left out.
    """
    kept = (counts.start_ns >= window.start_ns) & (counts.start_ns < window.end_ns)
    for span in excluded:
        kept &= (counts.start_ns < span.start_ns) | (counts.start_ns >= span.end_ns)
    return counts if kept.all() else only(counts, kept)


def only(counts: Counts, kept: NDArray[Any]) -> Counts:
    """Keep the intervals that a mask or an index names."""
    return counts._replace(
        start_ns=counts.start_ns[kept],
        good=counts.good[kept],
        valid=counts.valid[kept],
        known=counts.known[kept],
    )


def occurrence(counts: Counts, target: Fraction) -> Occurrence:
    """Judge the events of intervals: sum of good over sum of valid.

    Parameters
    ----------
    counts
        The intervals of the window without what is excluded. Intervals of unknown time count
        with the events that they have: a gap hides when, not how many.
    target
        Exact ratio.
    """
    good, valid = (Fraction(total(array), counts.scale) for array in (counts.good, counts.valid))
    sli = good / valid if valid else None
    return Occurrence(
        good,
        valid,
        sli,
        burn_rate(valid - good, valid, target),
        valid * (1 - target),
        None if sli is None else sli >= target,
    )


def burn_rate(bad: Fraction, valid: Fraction, target: Fraction) -> Fraction | None:
    """Return the error ratio over what the target allows; None without events or allowance.

    Examples
    --------
    >>> burn_rate(Fraction(1), Fraction(1000), Fraction("0.999"))
    Fraction(1, 1)
    """
    return bad / valid / (1 - target) if valid and target < 1 else None
