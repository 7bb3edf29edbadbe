"""A quantity that a text mentions: money, time, share or count, with its place and its bounds."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal


class Kind(enum.Enum):
    """What a mention measures."""

    MONEY = "money"
    TIME = "time"  # seconds
    BUSINESS_DAYS = "business days"
    SHARE = "share"  # ratio
    COUNT = "count"  # anything else

    __hash__ = object.__hash__  # members are looked up in sets all the time; by name is slow


class Bound(enum.Enum):
    """What the words around a figure make of it."""

    EXACT = ""
    ABOUT = "about"
    UPPER = "at most"
    LOWER = "at least"


class Mention(NamedTuple):
    """One quantity of a text.

    Parameters
    ----------
    kind
        What it measures.
    low, high
        Amount, seconds, days, ratio or count; `high` None unless a range is written. A range
        that runs backwards is kept as written.
    start, end
        Where it stands, sign and unit included.
    unit
        Currency code of money; else the unit's word in small letters.
    bound
        A sign or word right before (``<``, ``under``, ``about``) or a ``+`` right after.
    bare
        A number alone: no unit, no currency, no magnitude.
    in_words
        Written as ``three``.
    """

    kind: Kind
    low: Decimal
    high: Decimal | None
    start: int
    end: int
    unit: str = ""
    bound: Bound = Bound.EXACT
    bare: bool = False
    in_words: bool = False

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The figure, or both ends of the range."""
        return (self.low,) if self.high is None else (self.low, self.high)
