"""The lost share: published failing shares, the seed's routes, and what must not matter."""

from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.domain.incident import Cluster, Incident, Latency
from impactcalc.domain.moment import Moment
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.domain.sourced import Sourced
from impactcalc.models.degradation import (
    PERCENTAGE,
    TABLETS,
    draw_names,
    failing_share,
    lost_share,
    retained_use,
    way_of,
)
from impactcalc.stats.streams import Streams

STARTED = Sourced(
    Moment(datetime(2024, 1, 22, tzinfo=UTC), datetime(2024, 1, 23, tzinfo=UTC)), "line 7"
)


def said(value):
    return Sourced(value, "line 1")


def seconds(*values):
    law = Law.FIXED if len(values) == 1 else Law.INTERVAL
    return said(Quantity(law, tuple(map(Decimal, values)), Dimension.DURATION))


def share(*values, dimension=Dimension.SHARE):
    law = Law.FIXED if len(values) == 1 else Law.INTERVAL
    return said(Quantity(law, tuple(Decimal(str(v)) for v in values), dimension))


FOURFOLD = share(4, dimension=Dimension.INCREASE)
SLOW = Latency(normal=seconds(2), now=seconds(20, 45), increase=FOURFOLD)
TABLETS_DOWN = Cluster(leaderless_tablets=said(15), corrupt_tablets=said(3))
SEED = Incident(STARTED, latency=SLOW, cluster=TABLETS_DOWN)


def drawn(incident, points=2048):
    streams = Streams(1, draw_names(incident))
    return lost_share(incident, lambda name: streams.draw(name, 0, points).ravel())


def quantiles(values):
    return np.percentile(values, [5, 50, 95])


@pytest.mark.parametrize(
    ("tablets", "shares"),
    [(112, (0.134, 0.251, 0.353, 0.520, 0.696)), (56, (0.268, 0.468, 0.615, 0.804, 0.933))],
)
def test_failing_shares_are_the_published_ones(tablets, shares):
    touched = np.array([1.0, 2.0, 3.0, 5.0, 8.0])
    h = failing_share(np.full(5, float(tablets)), 15.0, touched)
    assert h == pytest.approx(shares, abs=5e-4)


def test_all_tablets_without_a_leader_fail_everything():
    assert failing_share(np.full(2, 15.0), 15.0, np.array([1.0, 3.0])).tolist() == [1.0, 1.0]


def test_retained_use_falls_to_the_captive_share():
    one = np.ones(1)
    assert retained_use(2 * one, 2 * one, 0.4 * one, 0.2 * one)[0] == 1.0
    assert retained_use(500 * one, 2 * one, 0.4 * one, 0.2 * one)[0] == pytest.approx(0.4)
    # c + (1 - c) exp(-0.2 x 5)
    expected = 0.4 + 0.6 * np.exp(-1)
    assert retained_use(7 * one, 2 * one, 0.4 * one, 0.2 * one)[0] == pytest.approx(expected)


def test_the_seed_has_its_published_shares_by_either_route_and_between():
    found = drawn(SEED)
    assert quantiles(found.routes[TABLETS].initial) == pytest.approx([0.22, 0.37, 0.59], abs=0.01)
    assert quantiles(found.routes[TABLETS].after) == pytest.approx([0.10, 0.19, 0.33], abs=0.01)
    assert quantiles(found.routes[PERCENTAGE].initial) == pytest.approx(
        [0.05, 0.14, 0.34], abs=0.01
    )
    assert quantiles(found.routes[PERCENTAGE].after) == pytest.approx([0.01, 0.03, 0.07], abs=0.006)
    assert quantiles(found.initial) == pytest.approx([0.09, 0.24, 0.47], abs=0.01)
    assert quantiles(found.after) == pytest.approx([0.02, 0.07, 0.21], abs=0.01)


def test_between_the_routes_every_trial_lies_between_them():
    found = drawn(SEED)
    low = np.minimum(found.routes[TABLETS].initial, found.routes[PERCENTAGE].initial)
    high = np.maximum(found.routes[TABLETS].initial, found.routes[PERCENTAGE].initial)
    assert np.all(found.initial >= np.maximum(low, 0.001) - 1e-12)
    assert np.all(found.initial <= high + 1e-12)


def test_restarts_never_raise_the_lost_share():
    found = drawn(SEED)
    assert np.all(found.after <= found.initial)


def test_more_tablets_without_a_leader_raise_the_share_in_every_trial():
    more = Incident(STARTED, latency=SLOW, cluster=Cluster(leaderless_tablets=said(30)))
    less = Incident(STARTED, latency=SLOW, cluster=Cluster(leaderless_tablets=said(15)))
    assert np.all(drawn(more).routes[TABLETS].initial >= drawn(less).routes[TABLETS].initial)


def test_the_priority_changes_nothing_when_the_share_can_be_derived():
    low = Incident(STARTED, priority=said("low"), latency=SLOW, cluster=TABLETS_DOWN)
    assert np.array_equal(drawn(low).initial, drawn(SEED).initial)


@pytest.mark.parametrize(
    ("priority", "low", "high"),
    [
        ("critical", 0.40, 0.95),
        ("high", 0.15, 0.70),
        ("medium", 0.05, 0.40),
        ("low", 0.01, 0.15),
        (None, 0.05, 0.80),
        ("moderate", 0.05, 0.80),
    ],
)
def test_nothing_but_a_priority_gives_its_range(priority, low, high):
    incident = Incident(STARTED, priority=None if priority is None else said(priority))
    found = drawn(incident)
    assert way_of(incident) == "priority"
    assert np.percentile(found.initial, [5, 95]) == pytest.approx([low, high], rel=0.02)


def test_a_latency_pair_alone_takes_what_patience_leaves_from_the_priority_range():
    plain = drawn(Incident(STARTED, priority=said("high")))
    slow = drawn(
        Incident(STARTED, priority=said("high"), latency=Latency(seconds(2), seconds(20, 45)))
    )
    assert np.all(slow.initial < plain.initial)


def test_a_stated_error_rate_is_a_lower_bound():
    found = drawn(Incident(STARTED, priority=said("low"), error_rate=share(0.34)))
    assert found.initial.min() == pytest.approx(0.34)


def test_a_stated_share_is_drawn_as_written_and_alone():
    incident = Incident(STARTED, lost_share=share(0.21, 0.53), latency=SLOW, cluster=TABLETS_DOWN)
    found = drawn(incident)
    assert quantiles(found.initial)[[0, 2]] == pytest.approx([0.21, 0.53], rel=0.01)
    assert found.routes == {}
    assert found.after is None


def test_a_stated_usual_latency_is_not_a_bound():
    bound = drawn(Incident(STARTED, latency=SLOW))
    value = drawn(Incident(STARTED, latency=Latency(SLOW.normal, SLOW.now, False, SLOW.increase)))
    # s = (x - 1) d0 / (d - d0): the full two seconds against 0.5 to 2 s
    by_value, by_bound = value.routes or {PERCENTAGE: value}, bound.routes or {PERCENTAGE: bound}
    ratio = np.median(by_value[PERCENTAGE].initial) / np.median(by_bound[PERCENTAGE].initial)
    assert 1.4 < ratio < 1.8


@given(st.integers(0, 60), st.integers(1, 400), st.booleans(), st.booleans())
def test_the_share_always_lies_between_0_and_1(leaderless, slow, increase, errors):
    incident = Incident(
        STARTED,
        latency=Latency(seconds(2), seconds(slow), True, FOURFOLD if increase else None),
        error_rate=share(0.9) if errors else None,
        cluster=Cluster(leaderless_tablets=said(leaderless), corrupt_tablets=said(2)),
    )
    found = drawn(incident, 64)
    assert np.all((found.initial >= 0) & (found.initial <= 1))
    assert np.all((found.after >= 0) & (found.after <= found.initial * (1 + 1e-12)))
