"""The credit: what a contract pays for one availability."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

    from impactcalc.domain.contract import CreditTier


class Credit(NamedTuple):
    """What a schedule pays for one availability, exactly.

    Parameters
    ----------
    share
        Of the fee; 0 when nothing is paid. A multiplier may pay more than the fee.
    tier
        The tier that is paid; None when none is, or for a multiplier.
    gap
        Whether no tier states the availability, so that the nearest one above is paid.
    overlap
        Whether several tiers hold it and differ, so that the largest credit is paid.
    capped
        Whether the contract's cap lowered the share.
    availability
        The availability that was judged: rounded, where the contract rounds.
    """

    share: Fraction
    tier: CreditTier | None
    gap: bool
    overlap: bool
    capped: bool
    availability: Fraction


class CreditAnswer(NamedTuple):
    """The answer of ``credit``.

    Parameters
    ----------
    credit
        What is paid; its share is 0 when the amount stays below the contract's minimum.
    amount
        Money in `currency`; None without a fee.
    currency
        ISO code; empty without a fee.
    remarks
        Warnings, one sentence each.
    """

    credit: Credit
    amount: Fraction | None
    currency: str
    remarks: tuple[str, ...]
