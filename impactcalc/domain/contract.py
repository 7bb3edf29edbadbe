"""What was promised: the SLA with its downtime rule, period, credit tiers and cap."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

    from impactcalc.domain.moment import Moment
    from impactcalc.domain.quantity import Quantity
    from impactcalc.domain.sourced import Sourced


class Downtime(enum.StrEnum):
    """The three readings of "downtime"."""

    ALL_FAIL = "all_fail"  # the whole service unreachable: L = 100%
    THRESHOLD = "threshold"  # L above a stated share
    PROPORTIONAL = "proportional"  # L times time


class DowntimeRule(NamedTuple):
    """The contract's own definition of downtime.

    ``threshold`` is a ratio, strictly above which a moment counts; the other fields apply to
    observations. ``source`` names the clause.
    """

    definition: Downtime
    threshold: Decimal | None = None
    slice_s: Decimal | None = None
    min_consecutive: int = 1
    min_events: int = 0
    whole_slices: bool = False
    empty_slices: str = "excluded"
    clause: str = ""


class PeriodKind(enum.StrEnum):
    """How the period of the contract is cut."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ROLLING = "rolling"  # a length that starts at the incident's start
    FIXED = "fixed"  # two instants


class PeriodRule(NamedTuple):
    """A rule that gives the period's bounds, once the incident's start is known."""

    kind: PeriodKind
    length_s: Decimal | None = None
    start: Moment | None = None
    end: Moment | None = None


class CreditTier(NamedTuple):
    """A band of availability and the share of the fee that it pays.

    Ordinary tier ``below: 99.9%``: only ``upper`` set, exclusive. Long form: ``from`` is an
    inclusive lower bound, ``above`` an exclusive one; ``below`` an exclusive upper bound,
    ``up_to`` an inclusive one. All are exact ratios.
    """

    upper: Decimal
    credit: Decimal
    upper_inclusive: bool = False
    lower: Decimal | None = None
    lower_inclusive: bool = True
    source: str = ""


class CreditSchedule(NamedTuple):
    """What the contract pays: tiers or a multiplier, with a cap and a minimum.

    ``cap`` is a share of the monthly fee, ``minimum`` an amount in the fee's currency below which
    nothing is paid (``minimum_exclusive``: nor is exactly that amount), ``rounding`` the step to
    which availability is rounded half up first.
    """

    tiers: tuple[CreditTier, ...] = ()
    multiplier: Decimal | None = None
    cap: Decimal | None = None
    minimum: Decimal | None = None
    rounding: Decimal | None = None
    minimum_exclusive: bool = False


class FurtherIncidents(NamedTuple):
    """Incidents that are expected besides this one until the period's end.

    ``per_year`` is the mean count over 365 days; ``duration`` is in seconds. ``monthly_size`` None:
    the count is Poisson, else the size of the negative binomial count of a month.
    """

    per_year: Decimal
    duration: Quantity
    monthly_size: Decimal | None = None


class Sla(NamedTuple):
    """The service level agreement.

    ``downtime`` None: the contract is silent, so all three readings are shown and none is in
    force. ``to_date`` is the downtime of this period before the incident (seconds), ``excluded_s``
    the agreed maintenance taken out of the period's length.
    """

    target: Sourced[Decimal]
    period: Sourced[PeriodRule]
    timezone: Sourced[str]
    downtime: Sourced[DowntimeRule] | None
    to_date: Sourced[Quantity]
    excluded_s: Sourced[Decimal]
    credits: CreditSchedule | None = None
    monthly_fee: Sourced[Decimal] | None = None
    currency: str = ""
    claim: Sourced[str] | None = None
    further: FurtherIncidents | None = None
