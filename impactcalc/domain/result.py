"""The answers: one frozen value a part of the ``impactcalc/estimate/1`` document.

Names and order of the fields are those of the JSON contract (DESIGN.md 4.3); a report reads them
and computes nothing. Durations named ``_h`` are hours since the incident's start, ``_s`` seconds;
instants are aware datetimes in the contract's time zone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from impactcalc.domain.check import Check
    from impactcalc.domain.scenario import Scenario
    from impactcalc.domain.since import Change, Since
    from impactcalc.domain.sourced import Assumption, Caution
    from impactcalc.domain.track_record import TrackRecord


class MonteCarloError(NamedTuple):
    """Standard error of the figures of a `Summary`, from 16 replicates."""

    mean: float
    p5: float
    p50: float
    p95: float
    expected_shortfall_95: float | None


class Summary(NamedTuple):
    """A simulated distribution in numbers (S of the contract).

    ``pX`` is the smallest x with share(<= x) >= X%; ``expected_shortfall_95`` the mean of the worst
    5% of trials exactly, None for availability. ``half_width_factor`` is f of DESIGN.md section 5:
    text shows f x 2.13 x mc_error for mean and expected shortfall (f = 1 for quantiles).
    """

    mean: float
    sd: float
    p5: float
    p10: float
    p25: float
    p50: float
    p75: float
    p90: float
    p95: float
    p99: float
    expected_shortfall_95: float | None
    mc_error: MonteCarloError
    half_width_factor: float = 1.0


class Probability(NamedTuple):
    """A simulated probability (P of the contract)."""

    value: float
    mc_error: float


class TierChance(NamedTuple):
    """One credit tier.

    ``prob`` = P(availability < below), ``paid_prob`` = P(this tier is the one that is paid).
    """

    below: float
    credit: float
    prob: float
    paid_prob: float


class DowntimeReading(NamedTuple):
    """The SLA under one reading of downtime (R of the contract).

    ``downtime_s`` is this incident's inside the period; ``consumed_s`` a mean at ``as_of``.
    ``definition`` says the reading in words with its threshold, ``threshold`` is that ratio.
    """

    availability: Summary
    breach_prob: Probability
    downtime_s: Summary
    consumed_s: float
    exhausted_at: datetime | None
    credits: Summary | None
    credit_tiers: tuple[TierChance, ...]
    no_credit_prob: float | None = None
    threshold: float | None = None


class Period(NamedTuple):
    """The contract's period, half-open, in the contract's zone."""

    start: datetime
    end: datetime


class Budget(NamedTuple):
    """The error budget in seconds at ``as_of`` (means over trials), and median moments."""

    allowed_s: float
    consumed_s: float | None
    remaining_s: float | None
    burn_rate: float | None
    exhausted_at: datetime | None
    breached_at: datetime | None


class Pace(NamedTuple):
    """The straight line to the period's end: never shown alone."""

    availability: float
    meets_target: bool


class SlaAnswer(NamedTuple):
    """The contract's answer; ``basis`` None when the contract does not define downtime."""

    target: float
    period: Period
    basis: str | None
    availability_to_date: float | None
    projected_availability: Summary | None
    breach_prob: Probability | None
    budget: Budget
    credits: Summary | None
    credit_tiers: tuple[TierChance, ...] | None
    no_credit_prob: float | None
    claim_by: str | None
    coverage: float | None
    at_this_pace: Pace | None
    readings: Mapping[str, DowntimeReading]  # all_fail, threshold, proportional


class StageAnswer(NamedTuple):
    """One stage's finish.

    ``no_time_prob`` is the share of trials in which it gets no time, ``critical_prob`` that in
    which it lies on the longest path to full recovery; ``overdue``: still open beyond its P90;
    ``late_prob``: chance that it ends after ``planned_at``'s end, None without a window.
    """

    name: str
    finish_h: Summary
    critical_prob: float
    status: str
    restores: float
    finish_at: Mapping[str, datetime]  # p10, p25, p50, p75, p90
    planned_at: tuple[datetime, datetime] | None
    no_time_prob: float
    overdue: bool = False
    late_prob: Probability | None = None


class Fan(NamedTuple):
    """Share of service, 1 - L(t): quantiles over trials at fixed instants.

    ``hours`` count from the stated start (a bare date: its 12:00); ``at`` are the instants.
    """

    hours: tuple[float, ...]
    p5: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p95: tuple[float, ...]
    at: tuple[datetime, ...]


class RecoveryAnswer(NamedTuple):
    """When service is back. ``open`` is False when all restoring stages are done."""

    first_relief_h: Summary
    full_recovery_h: Summary
    rto_prob: Probability | None
    mtpd_prob: Probability | None
    stages: tuple[StageAnswer, ...]
    fan: Fan
    remaining_h: Summary  # full recovery, counted from as_of
    open: bool


class Promise(NamedTuple):
    """Clock times that can be promised with 50, 80 and 90 of 100."""

    p50: datetime
    p80: datetime
    p90: datetime
    next_update: datetime | None


class Route(NamedTuple):
    """One way to the lost share, alone: the answer if only that way held."""

    name: str
    words: str
    initial: Summary
    now: Summary
    revenue_loss: Summary | None


class LostShareAnswer(NamedTuple):
    """The lost share at the start, at ``as_of`` and after the first gating stage."""

    initial: Summary
    now: Summary
    after_first_stage: Summary | None
    way: str  # stated | derived | priority
    routes: tuple[Route, ...]


class CustomerAnswer(NamedTuple):
    """The customer's ledger. ``already_lost`` and ``avoidable`` are before deferral.

    ``dots`` are 20 quantiles of ``total`` (2.5%, 7.5%, ...), ``exceedance`` pairs of a loss and the
    share of trials above it. ``comes_back`` is the deferred revenue: already_lost + avoidable -
    revenue_loss by trial; None where none is deferred.
    """

    exposure_per_day: float | None
    revenue_loss: Summary | None
    already_lost: Summary | None
    avoidable: Summary | None
    productivity_loss: Summary | None
    backlog: Summary | None
    total: Summary | None
    exceedance: tuple[tuple[float, float], ...]
    readings: Mapping[str, Summary | None]  # exposed, lost
    dots: tuple[float, ...]
    exposure: Summary | None
    comes_back: Summary | None = None


class ProviderAnswer(NamedTuple):
    """The provider's ledger; null parts are not computed, with a reason in the assumptions."""

    credits: Summary | None
    churn: Summary | None
    recovery_cost: Summary | None
    total: Summary | None


class Question(NamedTuple):
    """One thing to ask, why, and whom.

    ``worth`` is what the answer is worth before the actions are chosen (expected value of partial
    perfect information), 0 when it changes no decision, None without actions that cost something.
    ``narrows`` is the share by which the answer narrows the range of what it concerns.
    """

    field: str
    ask: str
    why: str
    worth: float | None
    narrows: float | None
    whom: str = ""


class DriverEnd(NamedTuple):
    """An uncertain input at its P10 or P90 (``at``), and the wanted output there (``value``)."""

    at: float
    value: float


class Driver(NamedTuple):
    """One uncertain input: what its P10 and P90 do to the answer, and its first-order index.

    ``input`` names it in words; ``unit`` is that of ``at``: "h", "s", "share", "factor", "count",
    "per s" or the currency's code. ``value`` is the mean of ``output``: "customer.total" in money,
    without money "recovery.full_recovery_h" in hours.
    """

    input: str
    low: DriverEnd
    high: DriverEnd
    first_order: float
    unit: str = ""
    output: str = "customer.total"


class Alternative(NamedTuple):
    """A what-if beside the base, paired by trial; savings are the customer's, positive is better.

    ``set`` maps the changed paths to what was written, ``changes`` says every change in words;
    ``break_even_cost`` is the cost at which the mean net saving is nil. ``rank`` counts from 1 by
    the mean net saving, alternatives that lie within two errors of one another share it
    (``tied``). ``pays_prob`` is the chance that the saving exceeds the cost, ``earlier_prob`` that
    of a full recovery earlier than the base's; ``disagree`` says whether mean and median of the
    saving differ in sign, ``recommended`` whether it is the best one and surely better than none.
    """

    name: str
    set: Mapping[str, object]
    saving: Summary | None
    better_prob: float | None
    cost: float | None
    net_saving: Summary | None
    provider_saving: Summary | None
    full_recovery_h: Summary
    breach_prob: Probability | None
    break_even_cost: float | None
    changes: tuple[str, ...] = ()
    rank: int = 1
    tied: bool = False
    pays_prob: float | None = None
    earlier_prob: float = 0.0
    disagree: bool = False
    recommended: bool = False


class Run(NamedTuple):
    """How the answer was computed."""

    trials: int
    seed: int
    accuracy: float
    converged: bool
    version: str
    inputs_sha256: str
    probe: Callable[[], str]
    seconds: float
    error_reached: float | None

    @property
    def byte_probe(self) -> str:
        """Which kind of CPU answers; only records say it, so it is found (5 ms) when they ask."""
        return self.probe()


class Estimate(NamedTuple):
    """The whole answer, and the scenario that it answers."""

    scenario: Scenario
    as_of: datetime
    currency: str | None
    assumptions: tuple[Assumption, ...]
    sla: SlaAnswer | None
    recovery: RecoveryAnswer
    promise: Promise
    customer: CustomerAnswer
    provider: ProviderAnswer
    lost_share: LostShareAnswer
    warnings: tuple[Caution, ...]
    checks: tuple[Check, ...]
    questions: tuple[Question, ...]
    run: Run
    drivers: tuple[Driver, ...] = ()
    what_if: tuple[Alternative, ...] = ()
    changes: tuple[Change, ...] = ()
    track_record: TrackRecord | None = None
    since: Since | None = None

    def __repr__(self) -> str:
        """Write the main figures on a line: all that is in an answer fills many pages."""
        total, when = self.customer.total, "%Y-%m-%d %H:%M %Z"
        loss = ""
        if total is not None:
            loss = f" loss {total.p50:,.0f} {self.currency} ({total.p5:,.0f} to {total.p95:,.0f}),"
        return (
            f"<Estimate as of {self.as_of:{when}}:{loss} back by {self.promise.p50:{when}} in half "
            f"of the cases, {self.run.trials:,} trials>"
        )


class BaseFigures(NamedTuple):
    """The scenario as it stands: what every alternative is compared with."""

    revenue_loss: Summary | None
    total: Summary | None
    full_recovery_h: Summary
    breach_prob: Probability | None


class Comparison(NamedTuple):
    """Alternatives beside one base, paired by trial, the best first.

    ``title`` is the incident's number and customer, ``recommended`` names the best alternative when
    its mean net saving lies more than two errors above 0.
    """

    title: str
    as_of: datetime
    currency: str | None
    base: BaseFigures
    what_if: tuple[Alternative, ...]
    recommended: str | None
    warnings: tuple[Caution, ...]
    run: Run
    drivers: tuple[Driver, ...] = ()
