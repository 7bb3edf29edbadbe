"""The error budget: periods to the second, in the contract's time zone."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.domain.contract import PeriodKind, PeriodRule, Sla
from impactcalc.domain.moment import Moment
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.domain.sourced import Sourced
from impactcalc.models.budget import error_budget, exact_seconds, period_bounds

EARLIEST, LATEST = (datetime(year, 1, 1) for year in (1990, 2060))  # noqa: DTZ001 - hypothesis
DAY = Moment(datetime(2024, 1, 22, tzinfo=UTC), datetime(2024, 1, 23, tzinfo=UTC))


def sla(target="0.999", rule=None, zone="UTC", excluded=0):
    nothing = Quantity(Law.FIXED, (Decimal(0),), Dimension.DURATION)
    return Sla(
        target=Sourced(Decimal(target), "line 45"),
        period=Sourced(rule or PeriodRule(PeriodKind.MONTH), "default"),
        timezone=Sourced(zone, "default"),
        downtime=None,
        to_date=Sourced(nothing, "default"),
        excluded_s=Sourced(Decimal(excluded), "default"),
    )


def test_three_nines_of_january_2024_allow_2678_4_seconds():
    budget = error_budget(sla(), DAY)
    assert budget.allowed_s == Decimal("2678.4")
    assert (budget.start, budget.end) == (
        datetime(2024, 1, 1, tzinfo=UTC),
        datetime(2024, 2, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("zone", "month", "hours"),
    [
        ("America/New_York", 3, 743),
        ("America/New_York", 11, 721),
        ("Australia/Lord_Howe", 4, 720.5),
        ("Asia/Kolkata", 2, 672),
        ("UTC", 2, 672),
    ],
)
def test_months_have_their_true_length_across_clock_changes(zone, month, hours):
    moment = datetime(2026, month, 15, tzinfo=UTC)
    start, end = period_bounds(PeriodRule(PeriodKind.MONTH), zone, Moment(moment, moment))
    assert (end - start) / timedelta(hours=1) == hours


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        (PeriodKind.WEEK, (2024, 1, 22), (2024, 1, 29)),
        (PeriodKind.MONTH, (2024, 1, 1), (2024, 2, 1)),
        (PeriodKind.QUARTER, (2024, 1, 1), (2024, 4, 1)),
        (PeriodKind.YEAR, (2024, 1, 1), (2025, 1, 1)),
    ],
)
def test_calendar_periods_hold_the_start_of_the_incident(kind, start, end):
    found = period_bounds(PeriodRule(kind), "UTC", DAY)
    assert found == (datetime(*start, tzinfo=UTC), datetime(*end, tzinfo=UTC))


def test_december_ends_in_the_next_year():
    moment = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    _, end = period_bounds(PeriodRule(PeriodKind.QUARTER), "UTC", Moment(moment, moment))
    assert end == datetime(2026, 1, 1, tzinfo=UTC)


def test_the_contracts_zone_decides_the_month():
    moment = datetime(2026, 1, 31, 12, tzinfo=UTC)  # already February in Auckland
    start, _ = period_bounds(
        PeriodRule(PeriodKind.MONTH), "Pacific/Auckland", Moment(moment, moment)
    )
    assert start == datetime(2026, 1, 31, 11, tzinfo=UTC)


def test_a_rolling_period_starts_with_the_incident_a_bare_date_with_its_midnight():
    start, end = period_bounds(PeriodRule(PeriodKind.ROLLING, Decimal(30 * 86_400)), "UTC", DAY)
    assert (start, end - start) == (DAY.earliest, timedelta(days=30))


def test_two_instants_are_taken_as_they_are():
    a, b = (datetime(2026, 4, day, tzinfo=UTC) for day in (20, 22))
    rule = PeriodRule(PeriodKind.FIXED, start=Moment(a, a), end=Moment(b, b))
    assert period_bounds(rule, "UTC", DAY) == (a, b)


def test_agreed_maintenance_shortens_the_period():
    budget = error_budget(sla(excluded=4 * 3600), DAY)
    assert budget.length_s == 744 * 3600 - 4 * 3600
    assert budget.allowed_s == Decimal(2664)


def test_maintenance_that_fills_the_period_is_refused():
    with pytest.raises(ValueError, match="fills the period"):
        error_budget(sla(excluded=32 * 86_400), DAY)


@given(st.datetimes(min_value=EARLIEST, max_value=LATEST), st.sampled_from(list(PeriodKind)[:4]))
def test_every_moment_lies_in_its_period_and_the_next_begins_at_its_end(naive, kind):
    moment = naive.replace(tzinfo=UTC)
    rule = PeriodRule(kind)
    start, end = period_bounds(rule, "Europe/Berlin", Moment(moment, moment))
    assert start <= moment < end
    assert period_bounds(rule, "Europe/Berlin", Moment(end, end))[0] == end


def test_seconds_are_exact():
    assert exact_seconds(timedelta(microseconds=1)) == Decimal("0.000001")
