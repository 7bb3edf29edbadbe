"""Incidents in measurements, and the distributions of those ahead."""

import numpy as np
import pytest
from scipy import stats

from impactcalc.domain.observation import SECOND_NS, Window
from impactcalc.models.sli.accrual import Accrual
from impactcalc.models.sli.ahead import (
    Drawn,
    negative_binomial_distribution,
    open_incident,
    used_ahead,
)
from impactcalc.models.sli.incidents import seen_incidents


def accrual(*spans):
    start, end, share = (np.array(each) for each in zip(*spans, strict=True))
    return Accrual(start * SECOND_NS, end * SECOND_NS, share.astype(float))


def test_runs_with_short_pauses_are_one_incident():
    down = accrual((1000, 1060, 1), (4659, 4719, 1), (8319, 8379, 1))  # 3,599 s, then 3,600 s
    lost = accrual((500, 600, 0.1), (1000, 1060, 0.5), (4659, 4719, 1), (8319, 8379, 1))
    whole = accrual((1000, 1030, 1))
    known = accrual((0, 10_000, 1))
    found = seen_incidents(
        {"all_fail": whole, "threshold": down, "proportional": lost},
        known,
        Window(0, 20_000 * SECOND_NS),
        2_000 * SECOND_NS,
    )
    assert found.lengths_s == (3719.0, 60.0)
    assert found.used_s["threshold"] == (120.0, 60.0)
    assert found.used_s["proportional"] == pytest.approx((90.0, 60.0))
    assert found.used_s["all_fail"] == (30.0, 0.0)
    assert found.to_date_s["proportional"] == pytest.approx(160)
    assert found.background == pytest.approx(
        {"all_fail": 0, "threshold": 0, "proportional": 10 / (10_000 - 3779)}
    )
    assert (found.known_s, found.unknown_s, found.is_open) == (10_000, 8_000, False)


def test_an_incident_that_reaches_the_end_is_open():
    down = accrual((100, 200, 1))
    readings = dict.fromkeys(("all_fail", "threshold", "proportional"), down)
    at_end = seen_incidents(readings, accrual((0, 200, 1)), Window(0, 200 * SECOND_NS), 0)
    assert at_end.is_open
    later = seen_incidents(readings, accrual((0, 201, 1)), Window(0, 201 * SECOND_NS), 0)
    assert not later.is_open


@pytest.mark.parametrize(("size", "ratio"), [(0.5, 0.1), (3.5, 320 / 720), (40.5, 0.9)])
def test_counts_are_negative_binomial(size, ratio):
    found = negative_binomial_distribution(size, ratio)
    wanted = stats.nbinom.cdf(np.arange(len(found)), size, 1 - ratio)
    assert found == pytest.approx(wanted, abs=1e-12)
    assert found[-1] > 1 - 1e-8


def test_an_open_incident_goes_on_at_its_rate():
    found = open_incident(100.0, {"a": 100.0, "b": 20.0}, np.array([0.5, 0.25]))
    assert found.length[:, 0].tolist() == [100.0, 300.0]
    assert found.used["b"][:, 0].tolist() == [20.0, 60.0]


def test_downtime_ahead_accrues_inside_incidents_and_never_beyond_the_time():
    drawn = Drawn(
        np.array([[10.0, 15.0], [90.0, np.inf]]),
        np.array([[10.0, 10.0], [40.0, 10.0]]),
        {"a": np.array([[10.0, 5.0], [20.0, 10.0]])},
    )
    at = np.array([0.0, 10.0, 20.0, 30.0, 100.0])
    found = used_ahead(drawn, {"a": 0.01}, at, np.array([1.0, 1.0, 0.5, 1.0]))["a"]
    # 0.1; then 10 + 2.5 + 0.1, at most 10; then half of 2.5 + 0.1; then 0.7
    assert found[0] == pytest.approx([0, 0.1, 10.1, 11.4, 12.1])
    assert found[1] == pytest.approx([0, 0.1, 0.2, 0.25, 5.95])
