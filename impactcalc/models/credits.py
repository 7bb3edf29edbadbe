"""Service credits: the availability of a period decides which tier is paid.

A tier holds a band of availability whose bounds are each open or closed; an ordinary tier
(``below``) holds from the next lower tier's bound inclusive to its own exclusive. Of the tiers that
hold the availability the largest credit is paid, in a gap between bands the nearest tier above.
Comparisons are of downtime in seconds with a slack of a nanosecond: in floating point 70 of 154
exact cases would look broken. What a band is, is said once, in `impactcalc.models.credit_exact`.

Source: contracts, "Meaning of a trial", 6; MODEL.md section 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

    from numpy.typing import NDArray

    from impactcalc.domain.contract import CreditSchedule, CreditTier, Sla
    from impactcalc.models.credit_exact import Bound

    Array = NDArray[np.float64]

NANOSECOND = 1e-9
NO_TIER = -1


class Band(NamedTuple):
    """A tier's band in seconds of downtime: ``least`` <= or < downtime <= or < ``most``."""

    credit: float
    least: float
    least_open: bool
    most: float
    most_open: bool


def bands(schedule: CreditSchedule, length_s: Decimal) -> tuple[Band, ...]:
    """Bands of a schedule's tiers, in the schedule's order.

    Parameters
    ----------
    schedule
        The contract's tiers.
    length_s
        Seconds of the period without agreed maintenance.
    """
    if not schedule.tiers:
        return ()
    from impactcalc.models.credit_exact import lower_bound

    return tuple(
        _band(tier, lower_bound(tier, schedule.tiers), length_s) for tier in schedule.tiers
    )


def _band(tier: CreditTier, lower: Bound, length_s: Decimal) -> Band:
    bound, inclusive = lower
    most = float("inf") if bound is None else float((1 - bound) * length_s)
    least = float((1 - tier.upper) * length_s)
    return Band(float(tier.credit), least, not tier.upper_inclusive, most, not inclusive)


def holds(band: Band, downtime_s: Array) -> NDArray[np.bool_]:
    """Whether the band holds each downtime; its bounds are compared to a nanosecond."""
    low, high = band.least, band.most
    above = downtime_s > low + NANOSECOND if band.least_open else downtime_s >= low - NANOSECOND
    under = downtime_s < high - NANOSECOND if band.most_open else downtime_s <= high + NANOSECOND
    return np.asarray(above & under)


def paid_tier(found: tuple[Band, ...], downtime_s: Array) -> NDArray[np.intp]:
    """Index of the tier that is paid, or -1, by trial.

    Examples
    --------
    >>> found = (Band(0.1, 10.0, True, 100.0, False), Band(0.5, 100.0, True, np.inf, False))
    >>> paid_tier(found, np.array([10.0, 11.0, 100.0, 101.0])).tolist()
    [-1, 0, 0, 1]
    """
    paid = np.full(downtime_s.shape, NO_TIER, dtype=np.intp)
    best = np.full(downtime_s.shape, -1.0)
    for index, band in enumerate(found):
        better = holds(band, downtime_s) & (band.credit > best)
        paid[better], best[better] = index, band.credit
    gap = (paid == NO_TIER) & (downtime_s > min((b.least for b in found), default=np.inf))
    if gap.any():
        # the nearest band above in availability: the one with the most downtime still passed
        for index, band in sorted(enumerate(found), key=lambda item: item[1].most):
            passed = gap & (downtime_s >= band.most - NANOSECOND)
            paid[passed] = index
    return paid


def rounded_downtime(downtime_s: Array, length_s: Decimal, step: Decimal | None) -> Array:
    """Downtime that the availability means once it is rounded half up to ``step``.

    Examples
    --------
    >>> from decimal import Decimal
    >>> rounded_downtime(np.array([4.0, 6.0]), Decimal(1000), Decimal("0.01")).tolist()
    [0.0, 10.0]
    """
    if step is None:
        return downtime_s
    unit = float(step * length_s)
    # half up in availability is half down in downtime
    return np.asarray(np.ceil((downtime_s - NANOSECOND) / unit - 0.5) * unit + 0.0)


def credit_share(schedule: CreditSchedule, sla: Sla, length_s: Decimal, downtime_s: Array) -> Array:
    """Credit as a share of the monthly fee by trial, capped.

    Parameters
    ----------
    schedule, sla
        The contract; a multiplier pays k x (1 - availability) below the target.
    length_s
        Seconds of the period without agreed maintenance.
    downtime_s
        Downtime of the period, rounded as the contract says, shape (n_trials,).
    """
    if schedule.multiplier is not None:
        allowed = float((1 - sla.target.value) * length_s)
        missing = downtime_s / float(length_s)
        share = np.where(
            downtime_s > allowed + NANOSECOND, float(schedule.multiplier) * missing, 0.0
        )
    else:
        credits_ = np.array([*(float(t.credit) for t in schedule.tiers), 0.0])
        share = credits_[paid_tier(bands(schedule, length_s), downtime_s)]
    return share if schedule.cap is None else np.minimum(share, float(schedule.cap))


def credit_owed(schedule: CreditSchedule, fee: float, share: Array) -> Array:
    """Money by trial: share x fee, nothing below the contract's minimum."""
    owed = share * fee
    if schedule.minimum is not None:
        owed = np.where(owed < float(schedule.minimum) - NANOSECOND, 0.0, owed)
    return np.asarray(owed)
