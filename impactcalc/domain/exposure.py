"""What hangs on the service in money: the customer's revenue and its profile over the week."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

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


class Productivity(NamedTuple):
    """The users' own lost work: share of it that needs the service, and its wage per day."""

    dependency: Sourced[Quantity]
    wage: Sourced[Quantity]


class Backlog(NamedTuple):
    """Deferred work that piles up: usual utilisation, and cost per day of working it off.

    ``cost`` None: not stated, and there is no default for it.
    """

    utilisation: Sourced[Quantity]
    cost: Sourced[Quantity] | None


class Churn(NamedTuple):
    """The customer leaving: chance a year without the incident, and seconds looked ahead."""

    base: Sourced[Quantity]
    horizon_s: Sourced[Decimal]


class RecoveryCost(NamedTuple):
    """People who mend: how many, rate per day of 24 h, seconds until overtime, and its factor."""

    staff: Sourced[Quantity]
    rate: Sourced[Quantity]
    overtime_after: Sourced[Quantity]
    overtime: Sourced[Quantity]


class Exposure(NamedTuple):
    """Money that depends on the service.

    ``revenue_at_risk`` is per day, None when the text states no amount. ``deferred`` is the share
    of lost demand that comes back, ``deferred_for_s`` its time constant in seconds. ``arr`` is the
    recurring revenue a year. Parts that nobody asked for are None.
    """

    currency: str
    revenue_at_risk: Sourced[Quantity] | None
    reading: Sourced[Reading]
    profile: Sourced[Profile]
    timezone: Sourced[str]
    deferred: Sourced[Quantity]
    deferred_for_s: Sourced[Decimal]
    users: Sourced[int] | None = None
    productivity: Productivity | None = None
    backlog: Backlog | None = None
    arr: Sourced[Quantity] | None = None
    churn: Churn | None = None
    recovery_cost: RecoveryCost | None = None
