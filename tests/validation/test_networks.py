"""Plans whose end has a closed form, through the engine's own timeline.

Exponential durations stand in for the stages' laws; the rest is the product: `after`, streams,
tries, figures. Rows 12, 18, 18b and 19 of the validation cases.
"""

import math

import numpy as np
import pytest
from scipy import integrate

STAGE = "    - {{name: {name}, duration: 1 h, restores: {share}, after: [{after}]{more}}}\n"
PLAN = """
impactcalc: 1
incident: {started: 2026-03-01T09:00Z, as_of: 2026-03-01T09:00Z, lost_share: 100%}
recovery:
  dependence: 0
  stages:
"""
MONEY = "business: {currency: USD, revenue_at_risk: 75 K USD/day"


def plan(*stages, money="}"):
    """Write a plan: names with what they wait for; the first restores what the others leave."""
    shares = [100 - 10 * (len(stages) - 1), *[10] * (len(stages) - 1)]
    lines = [
        STAGE.format(name=name, share=f"{share}%", after=after, more=more)
        for (name, after, more), share in zip(stages, shares, strict=True)
    ]
    return PLAN + "".join(lines) + MONEY + money + "\n"


def test_a_bridge_of_five_exponential_stages_has_its_exact_end(run, wrong, exponential):
    # arcs a: s-1, b: s-2, c: 1-2, d: 1-t, e: 2-t
    text = plan(("a", "", ""), ("b", "", ""), ("c", "a", ""), ("d", "a", ""), ("e", "b, c", ""))
    end = run(text, laws=[exponential(1.0)] * 5)["full_recovery_h"]
    exact = {"mean": 3.45833333333, "sd": 1.69916238, "P<=4": 0.68627976, "p95": 6.66445658}
    assert wrong(end, exact) == []


def test_two_stages_at_once_end_with_the_later_one(run, wrong, exponential):
    text = plan(("a", "", ""), ("b", "", ""))
    trials = run(text, laws=[exponential(2.0), exponential(3.0)])
    assert wrong(trials["full_recovery_h"], {"mean": 3.8}) == []
    # the earlier one: exponential with the sum of the rates
    assert wrong(trials["first_relief_h"], {"mean": 1.2, "p95": 1.2 * math.log(20)}) == []


def test_three_stages_one_after_the_other_add_up(run, wrong, exponential):
    text = plan(("a", "", ""), ("b", "a", ""), ("c", "b", ""))
    end = run(text, laws=[exponential(mean) for mean in (1.0, 2.0, 3.0)])["full_recovery_h"]
    assert wrong(end, {"mean": 6.0, "var": 14.0, "P<=10": 0.8663961180}) == []


def test_failed_tries_of_an_exponential_stage_make_a_longer_exponential(run, wrong, exponential):
    text = plan(("a", "", ", fails: 20%, retry: 100%, max_tries: 14"))
    end = run(text, 2**14, laws=[exponential(10.0)])["full_recovery_h"]
    exact = {"mean": 12.5, "p95": 37.44665342, "es95": 49.94665342, "P<=36": 1 - 0.0561347628}
    assert wrong(end, exact) == []


OMEGA = 2 * math.pi / 24
HOURLY = [
    1 + 0.6 / OMEGA * (math.cos(OMEGA * hour) - math.cos(OMEGA * (hour + 1))) for hour in range(24)
]
"""Exact hourly means of 1 + 0.6 sin(2 pi t/24), t from 9:00."""


def local_weights():
    return [HOURLY[(hour - 9) % 24] for hour in range(24)]


def test_an_exponential_outage_costs_its_exact_revenue(run, wrong, exponential):
    weights = ", ".join(repr(weight) for weight in local_weights())
    text = plan(("a", "", ""), money=f", profile: [{weights}]}}")
    trials = run(text, laws=[exponential(12.0)])
    # under the sine itself: E[loss] = integral of r(t) P(T > t)
    end = trials["stage/0"]
    sine = 3125 * (end + 0.6 / OMEGA * (1 - np.cos(OMEGA * end)))
    exact, _ = integrate.quad(
        lambda t: 3125 * (1 + 0.6 * math.sin(OMEGA * t)) * math.exp(-t / 12), 0, 720, limit=400
    )
    assert exact == pytest.approx(44_003.07335, rel=1e-9)
    assert wrong(sine, {"mean": 44_003.07335}) == []
    # under its hourly means: each hour's revenue counts with the chance of being away in it
    first_day = sum(
        mean * 12 * (math.exp(-hour / 12) - math.exp(-(hour + 1) / 12))
        for hour, mean in enumerate(HOURLY)
    )
    hourly = 3125 * first_day / (1 - math.exp(-2))
    assert abs(hourly - exact) < 20
    assert wrong(trials["exposed"], {"mean": hourly}) == []
