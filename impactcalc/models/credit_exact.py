"""The credit of one availability, in exact ratios: what a contract pays at its very bounds.

The tiers' bands are defined here for the simulation too (`impactcalc.models.credits`), which judges
arrays of downtime; this module judges one availability with rational numbers and loads no numpy.

Source: contracts, "Meaning of a trial", 6; the worked examples of real schedules in tests/data.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from impactcalc.domain.credit import Credit
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from impactcalc.domain.contract import CreditSchedule, CreditTier

_HALF = Fraction(1, 2)


class Bound(NamedTuple):
    """A lower bound of availability; ``ratio`` None: everything down to 0."""

    ratio: Decimal | None
    inclusive: bool


def lower_bound(tier: CreditTier, tiers: tuple[CreditTier, ...]) -> Bound:
    """Lower bound of a tier: its own, else the next lower tier's bound, inclusive.

    Examples
    --------
    >>> from impactcalc.domain.contract import CreditTier
    >>> ten, half = (CreditTier(Decimal(b), Decimal(c)) for b, c in ((".99", ".1"), (".95", ".5")))
    >>> lower_bound(ten, (ten, half)), lower_bound(half, (ten, half))
    (Bound(ratio=Decimal('0.95'), inclusive=True), Bound(ratio=None, inclusive=True))
    """
    if tier.lower is not None:
        return Bound(tier.lower, tier.lower_inclusive)
    below = [other.upper for other in tiers if other.upper < tier.upper]
    return Bound(max(below) if below else None, inclusive=True)


def holds(tier: CreditTier, tiers: tuple[CreditTier, ...], availability: Fraction) -> bool:
    """Whether the tier's band holds an availability."""
    low, high = lower_bound(tier, tiers), Fraction(tier.upper)
    under = availability <= high if tier.upper_inclusive else availability < high
    if low.ratio is None:
        return under
    least = Fraction(low.ratio)
    return under and (availability >= least if low.inclusive else availability > least)


def has_gap(schedule: CreditSchedule) -> bool:
    """Whether an availability below the highest bound, be it one point, lies in no tier's band."""
    tiers = sorted(schedule.tiers, key=lambda t: (t.upper, t.upper_inclusive), reverse=True)
    if not tiers:
        return False
    reach, held = tiers[0].upper, True  # the lowest availability so far, and whether it is held
    for tier in tiers:
        if tier.upper < reach or (tier.upper == reach and not held and not tier.upper_inclusive):
            return True
        low = lower_bound(tier, schedule.tiers)
        least = low.ratio or Decimal(0)
        if least < reach:
            reach, held = least, low.inclusive
        elif least == reach:
            held = held or low.inclusive
    return reach > 0 or not held


def rounded(availability: Fraction, step: Decimal | None) -> Fraction:
    """Availability rounded half up to the contract's step.

    Examples
    --------
    >>> rounded(Fraction("0.9985"), Decimal("0.001"))
    Fraction(999, 1000)
    """
    if step is None:
        return availability
    unit = Fraction(step)
    return (availability / unit + _HALF) // 1 * unit


def credit(schedule: CreditSchedule, target: Decimal | None, availability: Fraction) -> Credit:
    """Judge what a contract pays for an availability.

    Parameters
    ----------
    schedule
        Tiers, or a multiplier k that pays k x (1 - availability) below the target.
    target
        The promise; needed for a multiplier alone.
    availability
        Of the period, in [0, 1]; rounded half up first where the contract rounds.

    Raises
    ------
    ValueError
        When a multiplier has no target.
    """
    judged = rounded(availability, schedule.rounding)
    if schedule.multiplier is not None:
        share, tier, gap, overlap = _multiplied(schedule, target, judged), None, False, False
    else:
        tier, gap, overlap = _paid_tier(schedule.tiers, judged)
        share = Fraction(tier.credit) if tier else Fraction(0)
    cap = share if schedule.cap is None else Fraction(schedule.cap)
    return Credit(min(share, cap), tier, gap, overlap, share > cap, judged)


def _multiplied(
    schedule: CreditSchedule, target: Decimal | None, availability: Fraction
) -> Fraction:
    if target is None:
        raise ValueError("a multiplier needs the target below which it pays; add the target")
    if availability >= Fraction(target):
        return Fraction(0)
    return Fraction(schedule.multiplier or 0) * (1 - availability)


def _paid_tier(
    tiers: tuple[CreditTier, ...], availability: Fraction
) -> tuple[CreditTier | None, bool, bool]:
    """Find the tier that is paid, whether for a gap, and whether it was one of several."""
    found = [tier for tier in tiers if holds(tier, tiers, availability)]
    if found:
        overlap = len({tier.credit for tier in found}) > 1
        return max(found, key=lambda tier: tier.credit), False, overlap
    if all(availability >= Fraction(tier.upper) for tier in tiers):
        return None, False, False
    above = [
        (low.ratio, -tier.credit, number)
        for number, tier in enumerate(tiers)
        if (low := lower_bound(tier, tiers)).ratio is not None
        and availability <= Fraction(low.ratio)
    ]
    return (tiers[min(above)[2]], True, False) if above else (None, False, False)


def paid(schedule: CreditSchedule, amount: Fraction) -> bool:
    """Whether an amount reaches the contract's minimum; smaller credits are not paid."""
    if schedule.minimum is None:
        return True
    least = Fraction(schedule.minimum)
    return amount > least if schedule.minimum_exclusive else amount >= least
