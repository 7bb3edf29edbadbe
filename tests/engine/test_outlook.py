"""The outlook of a budget against closed forms; tolerances are five standard errors."""

import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from impactcalc.domain.contract import FurtherIncidents
from impactcalc.domain.observation import SECOND_NS, Episode, Observations, States, Window
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.domain.service_level import Demand
from impactcalc.engine.outlook import outlook
from impactcalc.models.sli.level import service_level

HOUR_NS, DAY_H = 3600 * SECOND_NS, 24
PERIOD_H = 30 * DAY_H
NEVER = FurtherIncidents(Decimal(0), Quantity(Law.FIXED, (Decimal(60),), Dimension.DURATION))


def level_of(downs, now_h, target="0.999", **changes):
    """Judge 30 days, monitored up to `now_h`; downs are (start, end, lost share) in hours."""
    episodes = [Episode(0, int(now_h * HOUR_NS), Fraction(0))]
    episodes += [
        Episode(int(a * HOUR_NS), int(b * HOUR_NS), None if c is None else Fraction(c))
        for a, b, c in downs
    ]
    asked = {
        "window": Window(0, PERIOD_H * HOUR_NS),
        "target": Fraction(target),
        "excluded": (),
        "rule": None,
        "threshold": Fraction(1, 20),
        "min_consecutive": 1,
        "min_events": 0,
        "slice_ns": 300 * SECOND_NS,
        "slice_target": Fraction("0.95"),
        "as_of_ns": PERIOD_H * HOUR_NS,
    }
    span = Window(0, int(now_h * HOUR_NS))
    return service_level(
        Observations(States(tuple(episodes), None), span), Demand(**asked | changes)
    )


def near(share, trials=4096):
    return pytest.approx(share, abs=5 * math.sqrt(share * (1 - share) / trials))


def fixed(per_year, seconds):
    return FurtherIncidents(
        Decimal(per_year), Quantity(Law.FIXED, (Decimal(seconds),), Dimension.DURATION)
    )


def test_the_chance_of_no_further_incident_is_that_of_the_negative_binomial():
    # three incidents of 10 min in 400 h; 43.2 min allowed: two more break it
    level = level_of([(50, 50 + 1 / 6, 1), (150, 150 + 1 / 6, 1), (250, 250 + 1 / 6, 1)], 400)
    found = outlook(level)
    stay = 400 / 720
    none = stay**3.5
    one = none * 3.5 * (1 - stay)
    assert found.incidents == 3
    for reading in ("all_fail", "threshold", "proportional"):
        assert found.breach_prob[reading] == near(1 - none - one)
    assert found.mc_error["threshold"] == pytest.approx(
        math.sqrt((none + one) * (1 - none - one) / 4096), rel=0.05
    )
    used = found.used_s["threshold"]
    assert used["p5"][0] == used["p95"][0] == pytest.approx(1800)
    # P(none) is .13 and P(at most one) .33, P(at most two) .53
    assert used["p5"][-1] == pytest.approx(1800)
    assert used["p25"][-1] == pytest.approx(2400)
    assert used["p50"][-1] == pytest.approx(3000)


def test_the_contracts_own_incidents_go_before_those_seen():
    level = level_of([(50, 51, 1)], 355, target="0.99")  # 7.2 h allowed, 6.2 left, 365 h ahead
    found = outlook(level, fixed(48, 7200))  # a Poisson mean of 2 incidents of 2 h
    three = 1 - math.exp(-2) * (1 + 2 + 2)
    four = three - math.exp(-2) * 8 / 6
    # the fourth breaks it; rarely three of them do not fit or overlap
    assert four - 0.02 < found.breach_prob["all_fail"] < four + 0.02
    assert not found.observed
    assert three > four


def test_an_open_incident_lasts_as_long_again_as_likely_as_not():
    level = level_of([(399, 400, 1)], 400, target="0.995")  # 3.6 h allowed, 1 used
    found = outlook(level, NEVER)
    assert found.breach_prob["all_fail"] == near(1 / (1 + 2.6))
    half_lost = level_of([(398, 400, "0.5")], 400, target="0.995")
    found = outlook(half_lost, NEVER)
    assert found.breach_prob["all_fail"] == 0
    assert found.breach_prob["threshold"] == near(2 / (2 + 1.6))
    assert found.breach_prob["proportional"] == near(2 / (2 + 5.2))


def test_what_fails_all_the_time_goes_on_evenly():
    level = level_of([(0, 400, "0.0005")], 400)
    found = outlook(level)
    assert found.incidents == 0
    for percent in ("p5", "p50", "p95"):
        path = found.used_s["proportional"][percent]
        assert path[0] == pytest.approx(720)
        assert path[-1] == pytest.approx(0.0005 * PERIOD_H * 3600)
        assert path[30] == pytest.approx(0.0005 * 560 * 3600)
    assert found.breach_prob == {"proportional": 0.0}  # nothing tells of outages


def test_without_an_incident_nothing_is_forecast():
    assert outlook(level_of([], 400)) is None
    assert outlook(level_of([], 400), fixed(6, 3600)).breach_prob["all_fail"] > 0


def test_unknown_time_is_down_in_the_known_share_of_bad_time():
    seen = [(0, 200, 0), (10, 30, 1), (300, 400, 0)]
    bare = States(
        tuple(Episode(a * HOUR_NS, b * HOUR_NS, Fraction(share)) for a, b, share in seen), None
    )
    level = level_of([], 400)
    asked = level.demand._replace(target=Fraction(9, 10))  # 72 h allowed, 20 used
    level = service_level(Observations(bare, Window(0, 400 * HOUR_NS)), asked)
    found = outlook(level, NEVER)
    assert found.breach_prob["all_fail"] == near(20 / 300)
    assert found.used_s["all_fail"]["p95"][0] == pytest.approx(120 * 3600)
    assert found.used_s["all_fail"]["p50"][0] == pytest.approx(20 * 3600)


def test_maintenance_ahead_takes_nothing_and_moments_count_once():
    level = level_of([(0, 400, 1)], 400, excluded=(Window(500 * HOUR_NS, 700 * HOUR_NS),))
    found = outlook(level, fixed(5000, 3600 * 24 * 30))  # down without end, many at once
    used = found.used_s["all_fail"]["p50"]
    assert used[-1] == pytest.approx((400 + 120) * 3600, rel=0.01)
    assert max(b - a for a, b in pairwise(used)) <= 320 * 60 * 1.0001


def test_what_is_broken_stays_broken():
    found = outlook(level_of([(10, 20, 1)], 400), NEVER)
    assert set(found.breach_prob.values()) == {1.0}
    assert set(found.mc_error.values()) == {0.0}


def test_many_incidents_ahead_are_tried_in_fewer_trials():
    downs = [(at, at + 1 / 60, 1) for at in range(0, 400, 2)]
    found = outlook(level_of(downs, 400, target="0.99"))
    assert found.incidents == 200
    # 200.5 * 320 / 400 minutes more, give or take 5 standard errors of 2,484 trials
    more = 200.5 * 320 / 400
    spread = math.sqrt(more * (1 + 320 / 400))
    assert found.used_s["all_fail"]["p50"][-1] / 60 == pytest.approx(200 + more, abs=spread / 4)
    assert found.used_s["all_fail"]["p95"][-1] / 60 == pytest.approx(
        200 + more + 1.645 * spread, abs=spread / 3
    )


def test_no_outlook_where_the_measurements_reach_the_end():
    assert outlook(level_of([], PERIOD_H)) is None
