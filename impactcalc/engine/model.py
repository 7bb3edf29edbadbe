"""What a trial works on: the scenario compiled to laws, clocks and hours since the origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.models.outage import downtime
from impactcalc.models.recovery.shares import divided_shares, restored_shares
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from impactcalc.domain.contract import Sla
    from impactcalc.domain.exposure import Exposure
    from impactcalc.domain.scenario import Scenario
    from impactcalc.models.backlog import CompiledBacklog
    from impactcalc.models.budget import ErrorBudget
    from impactcalc.models.churn import CompiledChurn
    from impactcalc.models.degradation import LostShare
    from impactcalc.models.observed import Clocks, Record, Watched
    from impactcalc.models.outage import DowntimeHours, Service
    from impactcalc.models.productivity import CompiledProductivity
    from impactcalc.models.recovery.plan import CompiledPlan
    from impactcalc.models.recovery.shares import Division
    from impactcalc.models.recovery.timeline import Timeline
    from impactcalc.models.recovery_cost import CompiledRecoveryCost
    from impactcalc.models.revenue import RevenueClock
    from impactcalc.stats.distributions import Distribution

    Array = NDArray[np.float64]

KEPT_STAGES = 6
"""Plans of up to this many stages keep every trial of each finish, others the first ones."""


class Earlier(NamedTuple):
    """The period before the incident, compiled.

    Parameters
    ----------
    first, last
        Part of it, in hours since the origin, that the data's span covers; the same moment twice
        when there is none. ``last`` is the span's own end: the incident's start may come first.
    uncovered
        Share of it that the data do not cover: as much of ``to_date`` counts.
    down_prob
        Chance that its unknown time was down, by reading.
    """

    first: float
    last: float
    uncovered: float
    down_prob: Mapping[str, float]


class Sight(NamedTuple):
    """What was measured, compiled: the record, its revenue clocks, the period before."""

    record: Record
    clocks: Clocks | None
    earlier: Earlier | None


class Further(NamedTuple):
    """Further incidents, compiled: distribution of their count, law, and when they can come."""

    numbers: Array
    duration: Distribution
    first: float
    last: float


class Contract(NamedTuple):
    """The SLA in hours since the origin, compiled."""

    sla: Sla
    budget: ErrorBudget
    start: float
    end: float
    threshold: float
    to_date: Distribution
    basis: str | None
    further: Further | None


class Money(NamedTuple):
    """The exposure, compiled: its law per day, its clock and the deferral."""

    business: Exposure
    per_day: Distribution
    clock: RevenueClock
    deferred: Distribution


class Parts(NamedTuple):
    """Parts of the ledgers beside lost revenue and credits; None where not asked or supported."""

    productivity: CompiledProductivity | None
    backlog: CompiledBacklog | None
    churn: CompiledChurn | None
    recovery_cost: CompiledRecoveryCost | None


class Overlay(NamedTuple):
    """What an action lays over the lost share, in hours since the origin.

    Parameters
    ----------
    share, ready
        Part of what is still lost that is saved, and from when on at the earliest.
    needs
        Index of the stage that must be finished before; None: none.
    outage
        Start and end of a planned total outage; the same moment twice: none.
    """

    share: float
    ready: float
    needs: int | None
    outage: tuple[float, float]


class Model(NamedTuple):
    """A scenario compiled for trials.

    ``names`` are its draws by their column, None where a column is free.
    ``sight`` is what was measured; None without observations. ``parts`` are those of the ledgers
    beside lost revenue and credits; None when there is none. ``division`` says how an action that
    adds or removes stages divides what they restore, ``lost_factor`` by how much one changes the
    lost share, ``overlay`` what one saves meanwhile and the outage that it needs.
    """

    scenario: Scenario
    plan: CompiledPlan
    gates: tuple[bool, ...]
    linear: tuple[bool, ...]
    names: tuple[str | None, ...]
    money: Money | None
    contract: Contract | None
    sight: Sight | None = None
    parts: Parts | None = None
    division: Division | None = None
    lost_factor: float = 1.0
    overlay: Overlay | None = None

    @property
    def total(self) -> str | None:
        """Name of the figure that is the customer's total; None where no revenue is stated."""
        if self.money is None:
            return None
        parts = self.parts
        more = parts is not None and (parts.productivity or parts.backlog)
        return "total" if more else self.money.business.reading.value.value

    def shares(self, initial: Array, after: Array | None) -> list[Array | float]:
        """Share of the initial loss that each stage gives back."""
        if self.division is not None:
            return divided_shares(self.division, initial, after)
        return restored_shares(self.scenario.recovery.stages, initial, after)

    @property
    def kept(self) -> bool:
        """Whether every trial of each stage's finish is kept."""
        return len(self.plan.stages) <= KEPT_STAGES


class World(NamedTuple):
    """What is common to all figures of a block of trials."""

    times: Timeline
    lost: LostShare
    shares: list[Array | float]
    service: Service
    end: Array  # full recovery, hours since the origin
    relief: Array  # first relief, hours since the origin
    watched: Watched | None = None

    def lost_share(self, t: Array) -> Array:
        """L at t: measured where it was, else the model's."""
        return (self.watched or self.service).lost_share(t)

    @property
    def ahead(self) -> Service:
        """The service from the forecast on."""
        return self.service if self.watched is None else self.watched.future

    def downtime(self, low: Array, high: float, threshold: float) -> DowntimeHours:
        """Hours of downtime inside [low, high) under the three readings."""
        if self.watched is None:
            return downtime(self.service, low, high, threshold)
        from impactcalc.models.observed import observed_downtime

        return observed_downtime(self.watched, low, high, threshold)
