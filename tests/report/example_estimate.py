"""A plausible estimate of the seed, made by a toy simulation: for layout, not for truth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from impactcalc.domain.check import Check
from impactcalc.domain.result import (
    Alternative,
    Budget,
    CustomerAnswer,
    DowntimeReading,
    Driver,
    DriverEnd,
    Estimate,
    Fan,
    LostShareAnswer,
    MonteCarloError,
    Period,
    Probability,
    Promise,
    ProviderAnswer,
    Question,
    RecoveryAnswer,
    Route,
    Run,
    SlaAnswer,
    StageAnswer,
    Summary,
    TierChance,
)
from impactcalc.domain.sourced import Caution

if TYPE_CHECKING:
    from impactcalc.domain.scenario import Scenario

DAY = datetime(2024, 1, 22, tzinfo=UTC)
TRIALS = 4096
ALLOWED_S = 2678.4
MONTH_S = 2678400.0
Array = np.ndarray[Any, np.dtype[np.float64]]


def summary(values: Array, *, shortfall: bool = True, relative_error: float = 0.002) -> Summary:
    """Summarise draws as the engine does."""
    points = np.quantile(
        values, [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99], method="inverted_cdf"
    )
    p5, p10, p25, p50, p75, p90, p95, p99 = (float(point) for point in points)
    worst = float(np.sort(values)[-max(1, values.size // 20) :].mean()) if shortfall else None
    mean = float(values.mean())
    error = MonteCarloError(
        relative_error * abs(mean),
        relative_error * abs(p5),
        relative_error * abs(p50),
        2 * relative_error * abs(p95),
        None if worst is None else 3 * relative_error * abs(worst),
    )
    sd = float(values.std())
    return Summary(mean, sd, p5, p10, p25, p50, p75, p90, p95, p99, worst, error, 1.3)


def constant(value: float, *, shortfall: bool = True) -> Summary:
    """Summarise a figure that is the same in every trial."""
    return summary(np.full(20, value), shortfall=shortfall, relative_error=0.0)


class Draws:
    """The toy simulation of the seed."""

    def __init__(self) -> None:
        random = np.random.default_rng(20240123)
        z = random.standard_normal((8, TRIALS))
        logit = -1.15 + 0.62 * z[0]
        self.before = 1 / (1 + np.exp(-logit))
        self.after = np.minimum(
            self.before, 1 / (1 + np.exp(2.55 - 0.75 * (0.6 * z[0] + 0.8 * z[1])))
        )
        self.started = random.uniform(0, 24, TRIALS)  # hours after DAY
        self.first = np.clip(24 + 12 * random.uniform(0, 1, TRIALS) ** 2, self.started, 36.0)
        self.repair = 36 + 16 * np.exp(1.2 * z[3])
        self.upgrade = np.maximum(self.repair, 24 + 64 * np.exp(1.44 * (0.5 * z[3] + 0.87 * z[4])))

    def loss(self, until: Array | float) -> Array:
        """Integrate the lost revenue up to a moment in hours after DAY (USD)."""
        first = np.minimum(self.first, until) - self.started
        second = np.minimum(self.repair, until) - np.minimum(self.first, until)
        lost: Array = 3125 * (self.before * first + self.after * second)
        return lost

    def service(self, hour: float) -> Array:
        """Share of service at an hour after DAY."""
        lost = np.where(hour < self.first, self.before, self.after)
        lost = np.where((hour < self.started) | (hour >= self.repair), 0.0, lost)
        share: Array = 1 - lost
        return share


def at(hours: float) -> datetime:
    """Give the instant that lies so many hours after DAY."""
    return DAY + timedelta(hours=hours)


def stage_answer(
    name: str, finish: Array, status: str, restores: float, plan: tuple[float, float] | None
) -> StageAnswer:
    """Summarise one stage whose finish is given in hours after DAY."""
    points = summary(finish)
    return StageAnswer(
        name=name,
        finish_h=summary(finish - 12),
        critical_prob=1.0 if restores and status != "done" else 0.0,
        status=status,
        restores=restores,
        finish_at={key: at(getattr(points, key)) for key in ("p10", "p25", "p50", "p75", "p90")},
        planned_at=None if plan is None else (at(plan[0]), at(plan[1])),
        no_time_prob=0.02,
        late_prob=None if plan is None else Probability(float((finish > plan[1]).mean()), 0.002),
    )


def seed_recovery(draws: Draws) -> RecoveryAnswer:
    """Summarise the toy recovery."""
    hours = np.linspace(0, 240, 161)
    fans = np.array(
        [np.quantile(draws.service(h + 12), [0.05, 0.25, 0.5, 0.75, 0.95]) for h in hours]
    ).T
    low, quarter, middle, three, high = (tuple(float(v) for v in row) for row in fans)
    fan = Fan(
        tuple(float(h) for h in hours),
        low,
        quarter,
        middle,
        three,
        high,
        tuple(at(float(h) + 12) for h in hours),
    )
    return RecoveryAnswer(
        first_relief_h=summary(draws.first - draws.started),
        full_recovery_h=summary(draws.repair - draws.started),
        rto_prob=None,
        mtpd_prob=None,
        stages=(
            stage_answer("Immediate", draws.first, "done", 0.7, (24.0, 28.0)),
            stage_answer("Short-term", draws.repair, "in_progress", 0.3, (28.0, 48.0)),
            stage_answer("Long-term", draws.upgrade, "not_started", 0.0, (48.0, 192.0)),
        ),
        fan=fan,
        remaining_h=summary(draws.repair - 36),
        open=True,
    )


def reading(downtime_s: Array, consumed_s: Array) -> DowntimeReading:
    """Summarise the SLA under one reading."""
    availability = np.clip(1 - downtime_s / MONTH_S, 0, 1)
    breach = float((availability < 0.999).mean())
    spent = float(np.mean(consumed_s > ALLOWED_S)) > 0.5
    lower = float((availability < 0.99).mean())
    return DowntimeReading(
        availability=summary(availability, shortfall=False, relative_error=1e-7),
        breach_prob=Probability(breach, 0.0008 if 0 < breach < 1 else 0.0),
        downtime_s=summary(downtime_s),
        consumed_s=float(consumed_s.mean()),
        exhausted_at=at(14.5) if spent else None,
        credits=None,
        credit_tiers=(
            TierChance(0.999, 0.1, breach, breach - lower),
            TierChance(0.99, 0.25, lower, lower),
        ),
        no_credit_prob=1 - breach,
    )


def seed_sla(draws: Draws) -> SlaAnswer:
    """Summarise the toy SLA, whose contract does not define downtime."""
    first = (draws.first - draws.started) * 3600
    second = (draws.repair - draws.first) * 3600
    so_far = (36 - draws.first) * 3600
    slow = draws.after > 0.05
    none = np.zeros(TRIALS)
    threshold = reading(first + second * slow, first + so_far * slow)._replace(threshold=0.05)
    return SlaAnswer(
        target=0.999,
        period=Period(datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)),
        basis=None,
        availability_to_date=None,
        projected_availability=None,
        breach_prob=None,
        budget=Budget(ALLOWED_S, None, None, None, None, None),
        credits=None,
        credit_tiers=None,
        no_credit_prob=None,
        claim_by=None,
        coverage=None,
        at_this_pace=None,
        readings={
            "all_fail": reading(none, none),
            "threshold": threshold,
            "proportional": reading(
                first * draws.before + second * draws.after,
                first * draws.before + so_far * draws.after,
            ),
        },
    )


def seed_customer(draws: Draws) -> CustomerAnswer:
    """Summarise the toy loss."""
    whole, so_far = draws.loss(1e9), draws.loss(36.0)
    quantiles = np.quantile(whole, (np.arange(20) + 0.5) / 20)
    curve = np.quantile(whole, np.linspace(0, 0.995, 200))
    return CustomerAnswer(
        exposure_per_day=75000.0,
        revenue_loss=summary(whole),
        already_lost=summary(so_far),
        avoidable=summary(whole - so_far),
        productivity_loss=None,
        backlog=None,
        total=summary(whole),
        exceedance=tuple((float(x), float((whole > x).mean())) for x in curve),
        readings={"exposed": summary(whole), "lost": summary(whole / draws.before)},
        dots=tuple(float(q) for q in quantiles),
        exposure=constant(75000.0),
    )


def seed_lost_share(draws: Draws) -> LostShareAnswer:
    """Summarise the lost share by both routes."""
    whole = draws.loss(1e9)
    return LostShareAnswer(
        initial=summary(draws.before),
        now=summary(draws.after),
        after_first_stage=summary(draws.after),
        way="derived",
        routes=(
            Route(
                "tablets",
                "15 tablets without a leader, and 20 to 45 s a query",
                summary(np.minimum(draws.before * 1.5, 0.9)),
                summary(draws.after * 2),
                summary(whole * 2),
            ),
            Route(
                "percentage",
                "+400% taken as the average over all queries",
                summary(draws.before * 0.55),
                summary(draws.after * 0.4),
                summary(whole * 0.4),
            ),
        ),
    )


def seed_questions() -> tuple[Question, ...]:
    """Ask what the toy answer leaves open."""
    asked = (
        ("incident.latency.increase", "Which figure holds",
         "two figures disagree about the failing share", 0.12),
        ("sla.downtime", "The definition of downtime", "decides whether the SLA is broken", 0.9),
        ("business.reading", "Does the amount pass, or is it lost?",
         "two readings, both are shown", 0.45),
        ("sla.monthly_fee", "The monthly fee", "turns the odds of a credit into money", None),
        ("incident.started", "The hour it began", "the start is known to the day only", 0.08),
    )  # fmt: skip
    return tuple(Question(field, ask, why, None, narrows) for field, ask, why, narrows in asked)


def seed_drivers() -> tuple[Driver, ...]:
    """Give the strongest inputs of the toy answer."""
    ends = (
        ("route to the lost share", 0.1, 13_800, 0.9, 36_400, 0.13, "share"),
        ("remaining repair time (Short-term)", 1.4, 17_900, 31.0, 32_700, 0.105, "h"),
        ("all stages slow or fast together", 0.1, 18_300, 0.9, 31_200, 0.09, "share"),
        ("hours from the start to the forecast", 14.0, 15_400, 33.0, 32_000, 0.061, "h"),
        ("number of tablets", 36, 32_700, 262, 17_400, 0.06, "count"),
        ("users who wait however long it takes", 0.24, 28_600, 0.56, 18_900, 0.023, "share"),
        ("tablets that a query touches", 1, 20_500, 3, 26_600, 0.019, "count"),
    )
    return tuple(
        Driver(name, DriverEnd(low, y), DriverEnd(high, z), share, unit)
        for name, low, y, high, z, share, unit in ends
    )


def alternative(name: str, values: Array, cost: float | None, rank: int) -> Alternative:
    """Lay out one alternative by the draws of its saving."""
    net = values - (cost or 0.0)
    end = summary(np.full(TRIALS, 40.0) + values / 1000)
    return Alternative(
        name=name, set={}, saving=summary(values), better_prob=float((values > 0).mean()),
        cost=cost, net_saving=summary(net), provider_saving=None, full_recovery_h=end,
        breach_prob=None, break_even_cost=float(values.mean()), rank=rank, tied=rank == 2,
        pays_prob=float((net > 0).mean()), recommended=rank == 1,
    )  # fmt: skip


def seed_alternatives() -> tuple[Alternative, ...]:
    """Give four alternatives, the last one harmful."""
    rest = np.random.default_rng(5).lognormal(7.9, 1.4, TRIALS)
    return (
        alternative("Second repair team", 0.5 * rest, 900.0, 1),
        alternative("Throttle heavy analytics scans", 0.25 * rest, None, 2),
        alternative("Restore from the backup instead of repairing", rest - 5_200, 400.0, 2),
        alternative("Wait for the maintenance window", -0.3 * rest, None, 4),
    )


def seed(scenario: Scenario) -> Estimate:
    """Build the estimate of the seed escalation."""
    draws = Draws()
    recovery = seed_recovery(draws)
    repair = summary(draws.repair)
    eighty = float(np.quantile(draws.repair, 0.8))
    return Estimate(
        scenario=scenario,
        as_of=scenario.as_of.value,
        currency="USD",
        assumptions=scenario.assumptions,
        sla=seed_sla(draws),
        recovery=recovery,
        promise=Promise(at(repair.p50), at(eighty), at(repair.p90), at(repair.p50)),
        customer=seed_customer(draws),
        provider=ProviderAnswer(None, None, None, None),
        lost_share=seed_lost_share(draws),
        warnings=(
            Caution("incident.cluster.tablets", "how many tablets there are is not stated", 36),
        ),
        checks=(
            Check("routes", "the ways by tablets and by the percentage differ 5 times", (13, 24)),
        ),
        questions=seed_questions(),
        run=Run(65536, 1, 0.01, True, "0.1.0", "4f9c2a71" * 8, lambda: "ab12", 0.31, 0.006),
        drivers=seed_drivers(),
        what_if=seed_alternatives(),
    )
