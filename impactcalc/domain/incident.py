"""What broke, and how it is mended: the incident and its staged recovery plan."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

    from impactcalc.domain.moment import Moment
    from impactcalc.domain.observed import ObservedShare
    from impactcalc.domain.quantity import Quantity
    from impactcalc.domain.sourced import Sourced


class Status(enum.StrEnum):
    """Where a stage of the plan stands at the moment of the forecast."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"


class Shape(enum.StrEnum):
    """How a stage gives service back."""

    STEP = "step"  # all at its finish
    LINEAR = "linear"  # evenly from its start to its finish


class Latency(NamedTuple):
    """A pair of response times.

    Parameters
    ----------
    normal, now
        Seconds.
    normal_is_bound
        Whether ``normal`` was stated as a bound ("normally < 2 s").
    increase
        Stated increase of the average as a ratio: +400% is 4.
    """

    normal: Sourced[Quantity] | None = None
    now: Sourced[Quantity] | None = None
    normal_is_bound: bool = True
    increase: Sourced[Quantity] | None = None


class Cluster(NamedTuple):
    """A replicated store, as far as the text describes it."""

    nodes: Sourced[int] | None = None
    zones: Sourced[int] | None = None
    replication_factor: Sourced[int] | None = None
    tablets: Sourced[int] | None = None
    leaderless_tablets: Sourced[int] | None = None
    corrupt_tablets: Sourced[int] | None = None


class Milestone(NamedTuple):
    """A partial restoration that was seen; ``restored`` None: part of the service."""

    at: Moment
    restored: Decimal | None


class Incident(NamedTuple):
    """The incident itself.

    ``lost_share`` None: it is derived from the other fields (MODEL.md section 1). ``observed`` is
    what was measured up to the forecast; it goes before all else.
    """

    started: Sourced[Moment]
    id: Sourced[str] | None = None
    customer: Sourced[str] | None = None
    service: Sourced[str] | None = None
    priority: Sourced[str] | None = None
    lost_share: Sourced[Quantity] | None = None
    latency: Latency | None = None
    error_rate: Sourced[Quantity] | None = None
    cluster: Cluster | None = None
    milestones: tuple[Sourced[Milestone], ...] = ()
    sentiment: Sourced[str] | None = None
    escalation_level: Sourced[int] | None = None
    observed: Sourced[ObservedShare] | None = None


class Window(NamedTuple):
    """A planned finish, counted from the plan's start: P25 to P75.

    Parameters
    ----------
    earliest_s, latest_s
        Seconds. ``latest_s`` None: unknown; then P25 = ``earliest_s`` and sigma 1.25.
    """

    earliest_s: Decimal
    latest_s: Decimal | None


class Stage(NamedTuple):
    """One stage of the plan; it has either a window or a duration of its own.

    ``restores`` None: the share is divided by the rules of MODEL.md section 2. ``after`` holds
    names of stages. ``elapsed_s`` in seconds. A done stage whose finish is not stated
    finished after ``open_at``, when it was last known to be open, and before ``done_by``, when it
    was first known to be done, as earlier estimates say.
    """

    name: str
    source: str
    window: Sourced[Window] | None
    duration: Sourced[Quantity] | None
    after: tuple[str, ...]
    restores: Sourced[Decimal] | None
    status: Sourced[Status]
    fails: Sourced[Quantity]
    retry: Sourced[Quantity]
    relapse: Sourced[Quantity]
    shape: Shape = Shape.STEP
    finished: Sourced[Moment] | None = None
    elapsed_s: Sourced[Decimal] | None = None
    seen: Sourced[Moment] | None = None
    max_tries: int = 3
    hand_over: Sourced[Quantity] | None = None
    actions: tuple[Sourced[str], ...] = ()
    open_at: Sourced[Moment] | None = None
    done_by: Sourced[Moment] | None = None


class RecoveryPlan(NamedTuple):
    """The staged plan.

    ``started`` None: the plan starts with the incident (one draw for both). ``dependence`` is the
    correlation of the stages' normal scores. Stages come in plan order; ``after`` has no cycle.
    ``known_at`` is the moment of the first estimate, where this one is an update of it.
    """

    stages: tuple[Stage, ...]
    dependence: Sourced[Decimal]
    started: Sourced[Moment] | None = None
    rto_s: Sourced[Decimal] | None = None
    mtpd_s: Sourced[Decimal] | None = None
    known_at: Sourced[Moment] | None = None
