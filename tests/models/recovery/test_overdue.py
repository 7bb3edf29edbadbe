"""A stage is overdue when it is open beyond the P90 of its own forecast, and only then."""

import math
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from scipy.stats import norm

from impactcalc.domain.incident import Incident, RecoveryPlan, Stage, Status, Window
from impactcalc.domain.moment import Moment
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.domain.sourced import Sourced
from impactcalc.models.recovery.overdue import overdue_stages
from impactcalc.models.recovery.plan import compile_plan

DAY = datetime(2026, 5, 4, tzinfo=UTC)
OPEN, DONE = Status.IN_PROGRESS, Status.DONE
SIGMA = math.log(24 / 4) / (2 * norm.ppf(0.75))
WINDOW_P90 = math.exp(math.log(4) + (norm.ppf(0.75) + norm.ppf(0.9)) * SIGMA)


def sourced(value):
    return Sourced(value, "line 1")


def share(value):
    return sourced(Quantity(Law.FIXED, (Decimal(value),), Dimension.SHARE))


def stage(name, status=OPEN, **more):
    law = Quantity(Law.LOGNORMAL, (Decimal(3600), Decimal(4 * 3600)), Dimension.DURATION)
    length = {"window": None, "duration": sourced(law)}
    return Stage(
        name=name,
        source="line 1",
        status=sourced(status),
        fails=share(0),
        retry=share("0.6"),
        relapse=share(0),
        **({"after": (), "restores": None} | length | more),
    )


def window(name, status=OPEN, **more):
    planned = sourced(Window(Decimal(4 * 3600), Decimal(24 * 3600)))
    return stage(name, status, window=planned, duration=None, **more)


def found(*stages, as_of_h, started=None):
    incident = Incident(sourced(started or Moment(DAY, DAY)))
    plan = RecoveryPlan(stages, sourced(Decimal("0.5")))
    return overdue_stages(compile_plan(incident, plan, DAY + timedelta(hours=as_of_h)))


def hours(number):
    return sourced(Decimal(number) * 3600)


def test_a_window_is_overdue_beyond_its_p90_from_the_plan_s_start():
    assert found(window("a"), as_of_h=WINDOW_P90 - 0.01) == ()
    (late,) = found(window("a"), as_of_h=WINDOW_P90 + 0.01)
    assert (late.place, late.spent_h) == (0, pytest.approx(WINDOW_P90 + 0.01))
    assert late.late_h == pytest.approx(WINDOW_P90)


def test_a_duration_counts_from_its_own_start():
    assert found(stage("a", elapsed_s=hours("3.9")), as_of_h=90) == ()
    (late,) = found(stage("a", elapsed_s=hours("4.1")), as_of_h=90)
    assert (late.spent_h, late.late_h) == (pytest.approx(4.1), pytest.approx(4.0))


def test_a_sighting_proves_as_much_as_has_passed_since():
    def sighted(hour):
        moment = DAY + timedelta(hours=hour)
        return stage("a", seen=sourced(Moment(moment, moment)))

    assert found(sighted(8), as_of_h=11) == ()
    assert [one.spent_h for one in found(sighted(8), as_of_h=13)] == [pytest.approx(5)]
    assert found(stage("a"), as_of_h=99) == ()  # since when it runs nobody knows


def test_what_waits_or_is_over_is_not_overdue():
    first = window("a")
    assert [one.place for one in found(first, window("b", after=("a",)), as_of_h=99)] == [0]
    assert found(window("a", DONE), as_of_h=99) == ()
    assert found(stage("a", Status.NOT_STARTED), as_of_h=99) == ()


def test_an_unknown_start_counts_from_its_latest_moment():
    day = Moment(DAY, DAY + timedelta(hours=24))
    assert found(window("a"), as_of_h=WINDOW_P90 + 23, started=day) == ()
    assert len(found(window("a"), as_of_h=WINDOW_P90 + 25, started=day)) == 1
