"""An uncertain quantity as the scenario file writes it (contracts, scenario file)."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal


class Law(enum.StrEnum):
    """The distribution behind a written quantity."""

    FIXED = "fixed"
    INTERVAL = "interval"  # 5% below, 5% above: lognormal; for a share logit-normal
    NORMAL = "normal"  # by the same 90% interval
    UNIFORM = "uniform"
    PERT = "pert"
    TRIANGULAR = "triangular"
    LOGNORMAL = "lognormal"  # median and P90
    HISTORY = "history"  # of a category: the shipped prior, until a history is fitted
    FITTED = "fitted"  # to a history: Student's t on logarithms


class Dimension(enum.StrEnum):
    """What a number measures, and the unit that its parameters are kept in."""

    DURATION = "duration"  # seconds
    SHARE = "share"  # ratio in [0, 1]
    INCREASE = "increase"  # ratio >= 0, may exceed 1
    MONEY = "money"  # units of its currency
    MONEY_RATE = "money rate"  # units of its currency per day
    COUNT = "count"


class Quantity(NamedTuple):
    """An exact or uncertain quantity.

    Parameters
    ----------
    law
        The distribution.
    parameters
        Exact numbers in the dimension's unit, in the order in which they are written:
        ``(value,)``, ``(p5, p95)``, ``(low, high)``, ``(low, mode, high)``, ``(median, p90)``;
        empty for `Law.HISTORY`; median, scale of the logarithm and degrees of freedom for
        `Law.FITTED`.
    dimension
        What the numbers measure.
    currency
        ISO code for money, else empty.
    category
        Category of a history, else empty.

    Examples
    --------
    >>> from decimal import Decimal
    >>> Quantity(Law.FIXED, (Decimal(7200),), Dimension.DURATION).fixed
    Decimal('7200')
    """

    law: Law
    parameters: tuple[Decimal, ...]
    dimension: Dimension
    currency: str = ""
    category: str = ""

    @property
    def fixed(self) -> Decimal | None:
        """The exact value, or None when the quantity is uncertain."""
        return self.parameters[0] if self.law is Law.FIXED else None
