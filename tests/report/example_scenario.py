"""The scenario of the seed escalation, as a reader of its text would build it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from impactcalc.domain.contract import PeriodKind, PeriodRule, Sla
from impactcalc.domain.exposure import Exposure, Profile, Reading
from impactcalc.domain.incident import Incident, RecoveryPlan, Stage, Status, Window
from impactcalc.domain.moment import Moment
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.domain.scenario import Scenario
from impactcalc.domain.sourced import Assumption, Sourced

DAY = datetime(2024, 1, 22, tzinfo=UTC)
AS_OF = DAY + timedelta(hours=36)


def sourced(value: Any, source: str, text: str = "") -> Sourced[Any]:
    """Shorten `Sourced`."""
    return Sourced(value, source, text)


def fixed(value: str, dimension: Dimension) -> Quantity:
    """Build an exact quantity."""
    return Quantity(Law.FIXED, (Decimal(value),), dimension)


def stage(name: str, first: int, last: int, status: Status, source: str) -> Stage:
    """Build one stage of the plan with a window in hours."""
    none = sourced(fixed("0", Dimension.SHARE), "default: off unless stated")
    return Stage(
        name=name,
        source=source,
        window=sourced(Window(Decimal(first * 3600), Decimal(last * 3600)), source),
        duration=None,
        after=(),
        restores=None,
        status=sourced(status, source),
        fails=none,
        retry=sourced(fixed("0.6", Dimension.SHARE), "default: 60% of a fresh try"),
        relapse=none,
    )


def seed_figures() -> dict[str, object]:
    """Write the scenario's figures as the scenario file nests them."""
    default = "default: off unless stated"

    def one(name: str, window: str, status: str, line: int) -> dict[str, object]:
        return {
            "name": sourced(name, f"line {line}"),
            "window": sourced(window, f"line {line}"),
            "status": sourced(status, f"line {line + 17}"),
            "fails": sourced("0%", default),
            "relapse": sourced("0%", default),
        }

    return {
        "incident": {
            "id": sourced("CE1004", "line 1"),
            "customer": sourced("Stratton", "line 4"),
            "service": sourced("YugabyteDB cluster", "line 12"),
            "priority": sourced("high", "line 5"),
            "started": sourced("2024-01-22", "line 7"),
            "as_of": sourced("2024-01-23T12:00:00+00:00", "line 8"),
            "latency": {
                "normal": sourced("2 s", "line 24"),
                "now": sourced("20 s to 45 s", "line 24"),
                "increase": sourced("400%", "line 13"),
            },
            "cluster": {
                "nodes": sourced(7, "line 29"),
                "zones": sourced(3, "line 29"),
                "replication_factor": sourced(3, "line 30"),
                "leaderless_tablets": sourced(15, "line 36"),
                "corrupt_tablets": sourced(3, "line 37"),
            },
        },
        "recovery": {
            "started": sourced("2024-01-23", "line 8"),
            "dependence": sourced("0.5", "default: measured log-correlations .41-.68 [E]"),
            "stages": [
                one("Immediate", "0 h to 4 h", "done", 49),
                one("Short-term", "4 h to 24 h", "in_progress", 54),
                one("Long-term", "24 h to 168 h", "not_started", 59),
            ],
        },
        "business": {
            "currency": sourced("USD", "line 44"),
            "revenue_at_risk": sourced("75 K USD/day", "line 44"),
            "reading": sourced("exposed", "default: 'at risk' read as revenue that passes [A]"),
            "profile": sourced("flat", "default: no hours of trade stated [A]"),
            "deferred": sourced("0%", "default: no demand returns unless stated [A]"),
            "users": sourced(15000, "line 43"),
        },
        "sla": {
            "target": sourced("99.9%", "line 45"),
            "period": sourced("month", "default: the text names no period [A]"),
            "timezone": sourced("UTC", "default: no zone stated"),
        },
    }


def seed_scenario() -> Scenario:
    """Build the scenario of the seed escalation."""
    window = Moment(DAY, DAY + timedelta(days=1))
    none = sourced(fixed("0", Dimension.SHARE), "default: no demand returns unless stated [A]")
    rate = Quantity(Law.FIXED, (Decimal(75000),), Dimension.MONEY_RATE, "USD")
    return Scenario(
        incident=Incident(
            started=sourced(window, "line 7", "2024-01-22"),
            id=sourced("CE1004", "line 1"),
            customer=sourced("Stratton", "line 4"),
            service=sourced("YugabyteDB cluster", "line 12"),
            priority=sourced("high", "line 5"),
            escalation_level=sourced(2, "line 85"),
        ),
        recovery=RecoveryPlan(
            stages=(
                stage("Immediate", 0, 4, Status.DONE, "line 49"),
                stage("Short-term", 4, 24, Status.IN_PROGRESS, "line 54"),
                stage("Long-term", 24, 168, Status.NOT_STARTED, "line 59"),
            ),
            dependence=sourced(Decimal("0.5"), "default: measured log-correlations .41-.68 [E]"),
        ),
        as_of=sourced(AS_OF, "line 8", "2024-01-23"),
        business=Exposure(
            currency="USD",
            revenue_at_risk=sourced(rate, "line 44", "$75K"),
            reading=sourced(Reading.EXPOSED, "default: read as exposed [A]"),
            profile=sourced(Profile("flat"), "default: no hours of trade stated [A]"),
            timezone=sourced("UTC", "default: no zone stated"),
            deferred=none,
            deferred_for_s=sourced(Decimal(21600), "default: 6 h [A]"),
            users=sourced(15000, "line 43"),
        ),
        sla=Sla(
            target=sourced(Decimal("0.999"), "line 45", "99.9%"),
            period=sourced(PeriodRule(PeriodKind.MONTH), "default: the text names no period [A]"),
            timezone=sourced("UTC", "default: no zone stated"),
            downtime=None,
            to_date=sourced(fixed("0", Dimension.DURATION), "default: none stated"),
            excluded_s=sourced(Decimal(0), "default: none stated"),
        ),
        figures=seed_figures(),
        assumptions=seed_assumptions(),
        currency="USD",
        inputs_sha256="4f9c2a71" * 8,
    )


def seed_assumptions() -> tuple[Assumption, ...]:
    """List what the reader of the seed had to assume."""
    rows = (
        (
            "business.reading",
            "exposed",
            "line 44",
            "$75K a day passes through the service, it is not read as already lost [A]",
        ),
        (
            "incident.lost_share",
            "9% to 47%",
            "lines 13, 24, 36",
            "Two figures in the message disagree; the truth may lie anywhere between them [A]",
        ),
        ("incident.started", "some moment of 2024-01-22", "line 7", "No hour is stated [A]"),
        (
            "recovery.stages.window",
            "the middle half of finish times",
            "default: windows",
            "779 public incidents spread that much [E]",
        ),
        (
            "sla.downtime",
            "all three readings are shown",
            "default: not stated",
            "The text does not define downtime",
        ),
        ("sla.period", "month", "default: the text names no period", "Calendar month, UTC [A]"),
        (
            "recovery.dependence",
            "0.5",
            "default: dependence",
            "Log-correlations of .41 to .68 between stages were measured [E]",
        ),
        ("sla.monthly_fee", "not stated", "default: missing", "Credits in money are not computed"),
    )
    return tuple(Assumption(*row) for row in rows)
