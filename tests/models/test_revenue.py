"""Revenue over time: closed forms, quadrature, and the clock's jumps."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.domain.exposure import Profile
from impactcalc.models.revenue import RevenueClock

ORIGIN = datetime(2026, 3, 6, 22, 17, 13, tzinfo=UTC)
FLAT = Profile("flat")


def weights(values):
    return Profile("weights", tuple(Decimal(repr(float(v))) for v in values))


RANDOM_DAY = weights(np.random.default_rng(1).uniform(0.2, 3, 24))
RANDOM_WEEK = weights(np.random.default_rng(2).uniform(0.2, 3, 168))


def rate_at(profile, zone, moment):
    local = moment.astimezone(ZoneInfo(zone))
    values = [float(w) for w in profile.weights]
    hour = local.hour if len(values) == 24 else local.weekday() * 24 + local.hour
    return values[hour] / np.mean(values)


def test_a_daily_sine_costs_its_exact_revenue_at_whole_hours():
    # r(t) = 3125 (1 + 0.6 sin(2 pi t/24)), t from 9:00; an hour's weight is its exact mean
    edges = np.arange(25.0)
    area = edges - 0.6 * 24 / (2 * np.pi) * np.cos(2 * np.pi * edges / 24)
    hourly = np.roll(np.diff(area), 9)
    clock = RevenueClock(weights(hourly), "UTC", datetime(2024, 1, 22, 9, tzinfo=UTC))
    loss = 3125 * clock.revenue(np.array([6.0, 12.0, 24.0]))
    assert loss == pytest.approx([25_911.97243914, 51_823.94487827, 75_000], rel=1e-9)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])
@pytest.mark.parametrize("profile", [RANDOM_DAY, RANDOM_WEEK], ids=["24", "168"])
def test_the_antiderivatives_agree_with_sums_over_the_local_clock(zone, profile):
    clock = RevenueClock(profile, zone, ORIGIN, return_h=6.0)
    step = 1 / 60
    middles = np.arange(0, 24 * 26, step) + step / 2
    rate = np.array([rate_at(profile, zone, ORIGIN + timedelta(hours=float(t))) for t in middles])
    at = np.array([5.0, 100.0, 300.0, 600.0])
    index = np.round(at / step).astype(int)
    f = np.concatenate(([0.0], np.cumsum(rate) * step))
    assert clock.revenue(at) == pytest.approx(f[index], abs=0.05)
    g = np.concatenate(([0.0], np.cumsum(0.5 * (f[1:] + f[:-1])) * step))
    assert clock.revenue_moment(at) == pytest.approx(g[index], rel=2e-3, abs=0.05)
    fade = [
        np.sum(rate[:i] * np.exp(-(t - middles[:i]) / 6.0)) * step
        for t, i in zip(at, index, strict=True)
    ]
    assert clock.returned(at) == pytest.approx(fade, abs=0.05)


def test_a_whole_week_of_a_profile_is_168_mean_hours():
    clock = RevenueClock(Profile("business-hours"), "UTC", ORIGIN)
    t = np.array([0.0, 24.0, 55.5])
    assert clock.revenue(t + 168) - clock.revenue(t) == pytest.approx(np.full(3, 168.0))


def test_business_hours_weigh_three_times_the_others():
    monday = datetime(2026, 3, 9, 0, tzinfo=UTC)
    f = RevenueClock(Profile("business-hours"), "UTC", monday).revenue(np.arange(0.0, 169.0))
    hourly = np.diff(f)
    assert hourly[8] == pytest.approx(3 * hourly[7])
    assert hourly[17] == pytest.approx(3 * hourly[18])
    assert hourly[5 * 24 + 10] == pytest.approx(hourly[7])


def test_equal_weights_are_flat():
    clock = RevenueClock(weights(np.full(24, 2.0)), "Europe/Berlin", ORIGIN)
    assert clock.revenue(np.array([7.25])).tolist() == [7.25]


def test_the_long_day_of_the_clock_change_repeats_an_hour():
    profile = weights([1.0] * 1 + [10.0] + [1.0] * 22)
    night = datetime(2026, 11, 1, 4, tzinfo=UTC)  # midnight in New York; 25 hours to the next
    clock = RevenueClock(profile, "America/New_York", night)
    hours = np.diff(clock.revenue(np.arange(0.0, 26.0))) * (33 / 24)
    assert np.sum(np.isclose(hours, 10.0)) == 2
    assert np.sum(hours) == pytest.approx(43)


def test_far_beyond_the_table_the_mean_rate_holds():
    clock = RevenueClock(RANDOM_DAY, "UTC", ORIGIN)
    far = 24.0 * 366 * 100
    assert clock.revenue(np.array([far, far + 24.0])) == pytest.approx([far, far + 24], rel=1e-5)


CLOCKS = st.sampled_from(
    [
        RevenueClock(FLAT, "UTC", ORIGIN, 6.0),
        RevenueClock(RANDOM_DAY, "America/New_York", ORIGIN, 6.0),
        RevenueClock(RANDOM_WEEK, "Asia/Kolkata", ORIGIN, 3.0),
    ]
)
HOURS = st.floats(0, 400)


@given(CLOCKS, HOURS, HOURS)
def test_revenue_never_falls_and_its_moment_is_convex(clock, a, b):
    low, high = sorted((a, b))
    f = clock.revenue(np.array([low, high]))
    assert f[0] <= f[1] + 1e-12
    mean = clock.mean_revenue(np.array([low]), np.array([high]))[0]
    assert f[0] - 1e-9 <= mean <= f[1] + 1e-9


@given(CLOCKS, HOURS, HOURS)
def test_what_comes_back_is_part_of_what_was_lost(clock, a, b):
    low, high = sorted((a, b))
    back = clock.deferred(np.array([low]), np.array([high]))[0]
    lost = clock.revenue(np.array([high]))[0] - clock.revenue(np.array([low]))[0]
    assert -1e-9 <= back <= lost + 1e-9


@given(CLOCKS, HOURS, st.floats(0.1, 100), st.floats(0.1, 100))
def test_deferral_over_a_ramp_is_the_mean_over_its_moments_of_return(clock, start, wait, width):
    low, high = start + wait, start + wait + width
    points = low + (np.arange(2000) + 0.5) / 2000 * width
    by_points = clock.deferred(np.full(2000, start), points).mean()
    exact = clock.mean_deferred(np.array([start]), np.array([low]), np.array([high]))[0]
    assert exact == pytest.approx(by_points, rel=1e-3, abs=1e-3)


def test_flat_deferral_has_its_closed_form():
    clock = RevenueClock(FLAT, "UTC", ORIGIN, 6.0)
    back = clock.deferred(np.array([2.0]), np.array([12.0]))[0]
    assert back == pytest.approx(6 * (1 - np.exp(-10 / 6)))
