"""The latency of a histogram: counts up to a threshold, and interpolated quantiles.

Source: Prometheus' ``histogram_quantile``: linear inside the bucket, the first one from 0 (or its
own bound when that is not positive), +Inf answers with the last finite bound.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from impactcalc.domain.observation import Counts
from impactcalc.domain.service_level import Latency
from impactcalc.models.sli.events import total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.domain.observation import Histogram, Window

LEVELS = ("0.5", "0.9", "0.95", "0.99", "0.999", "1")


def good_column(bounds: Sequence[Fraction | None], threshold: Fraction) -> int | None:
    """Return the place of the largest bound up to a threshold; None when all are above it.

    Examples
    --------
    >>> good_column([Fraction(1, 10), Fraction(1, 2), None], Fraction(1, 2))
    1
    """
    places = [at for at, bound in enumerate(bounds) if bound is not None and bound <= threshold]
    return places[-1] if places else None


def to_counts(histogram: Histogram) -> Counts:
    """Count the events that are surely good: those up to the largest bound within the threshold.

    Without a threshold every event is good.
    """
    valid = histogram.increases[:, -1]
    good = valid
    if histogram.threshold_s is not None:
        place = good_column(histogram.bounds_s, histogram.threshold_s)
        good = valid * 0 if place is None else histogram.increases[:, place]
    return Counts(
        histogram.start_ns, histogram.step_ns, good, valid, histogram.known, histogram.scale
    )


def latency(histogram: Histogram, window: Window, excluded: Sequence[Window]) -> Latency:
    """Give a window's counts around the threshold, and its quantiles.

    Parameters
    ----------
    histogram
        Increases by bucket.
    window
        Half-open; an interval's events belong to its start.
    excluded
        Spans whose events are left out.
    """
    kept = (histogram.start_ns >= window.start_ns) & (histogram.start_ns < window.end_ns)
    for span in excluded:
        kept &= (histogram.start_ns < span.start_ns) | (histogram.start_ns >= span.end_ns)
    upto = [
        Fraction(total(histogram.increases[kept, at]), histogram.scale)
        for at in range(len(histogram.bounds_s))
    ]
    quantiles = {level: quantile(histogram.bounds_s, upto, Fraction(level)) for level in LEVELS}
    shown = {level: float(value) for level, value in quantiles.items() if value is not None}
    threshold = histogram.threshold_s
    if threshold is None:
        return Latency(None, None, None, None, shown)
    return Latency(threshold, *between(histogram.bounds_s, upto, threshold), shown)


def between(
    bounds: Sequence[Fraction | None], upto: Sequence[Fraction], threshold: Fraction
) -> tuple[Fraction, Fraction, Fraction]:
    """Return how many events are at least, at most and, interpolated, within a threshold.

    Parameters
    ----------
    bounds
        Rising; None, the last one, is +Inf.
    upto
        Events up to each bound.
    threshold
        Exact on a bound; above the last finite one nothing can be interpolated.
    """
    place = good_column(bounds, threshold)
    low, least = (Fraction(0), Fraction(0)) if place is None else (bounds[place], upto[place])
    if low == threshold and place is not None:
        return least, least, least
    above = 0 if place is None else place + 1
    high, most = bounds[above], upto[above]
    if high is None or low is None:
        return least, most, least
    return least, most, least + (most - least) * (threshold - low) / (high - low)


def quantile(
    bounds: Sequence[Fraction | None], upto: Sequence[Fraction], level: Fraction
) -> Fraction | None:
    """Return a quantile as ``histogram_quantile`` does; None without events.

    Examples
    --------
    >>> bounds = [Fraction(1, 10), Fraction(1, 2), Fraction(1), None]
    >>> quantile(bounds, [Fraction(n) for n in (10, 60, 90, 100)], Fraction(1, 2))
    Fraction(21, 50)
    """
    finite = [bound for bound in bounds if bound is not None]
    if not upto[-1] or not finite:
        return None
    rank = level * upto[-1]
    place = next(at for at, number in enumerate(upto) if number >= rank)
    bound = bounds[place]
    if bound is None:
        return finite[-1]
    if place == 0 and bound <= 0:
        return bound
    low = Fraction(0) if place == 0 else finite[place - 1]
    before = Fraction(0) if place == 0 else upto[place - 1]
    inside = upto[place] - before
    return low + (bound - low) * (rank - before) / inside if inside else bound
