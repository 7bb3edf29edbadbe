"""What hangs on the service in money: the customer's revenue and its profile over the week."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

    from impactcalc.domain.quantity import Quantity
    from impactcalc.domain.sourced import Sourced


class Reading(enum.StrEnum):
    """What "revenue at risk" means."""

    EXPOSED = "exposed"  # revenue that passes through the service: loss rate = r(t) L(t)
    LOST = "lost"  # what the initial outage already loses: loss rate = r(t) L(t) / L(0)


class Profile(NamedTuple):
    """Relative revenue by local hour: 24 weights (hours of the day) or 168 (from Monday 0 h).

    Empty weights: flat. The weights are divided by their plain mean when they are used.
    """

    name: str
    weights: tuple[Decimal, ...] = ()


class Exposure(NamedTuple):
    """Money that depends on the service.

    ``revenue_at_risk`` is per day, None when the text states no amount. ``deferred`` is the share
    of lost demand that comes back, ``deferred_for_s`` its time constant in seconds.
    """

    currency: str
    revenue_at_risk: Sourced[Quantity] | None
    reading: Sourced[Reading]
    profile: Sourced[Profile]
    timezone: Sourced[str]
    deferred: Sourced[Quantity]
    deferred_for_s: Sourced[Decimal]
    users: Sourced[int] | None = None
