"""What falls into the next period, without observations."""

import math

import pytest
from scipy import stats

from impactcalc.engine.next_period import next_period_detail
from impactcalc.engine.sampling import block_draw
from impactcalc.engine.simulate import simulate
from impactcalc.engine.trial import compile_model, world
from impactcalc.stats.streams import REPLICATES, Streams

CASE = """impactcalc: 1
incident: {{started: 2024-01-31T22:00Z, as_of: 2024-01-31T22:00Z, lost_share: {lost}}}
recovery: {{stages: [{{name: A, duration: "{duration}"}}]}}
sla: {{target: 99.9%, downtime: {downtime}, period: month}}
"""


def said(scenario, **options):
    found = simulate(scenario, **options)
    return [one.message for one in found.checks if one.kind == "next period"]


@pytest.mark.parametrize(
    ("downtime", "hours"),
    [("all_fail", "0 min"), ("threshold 30%", "8 h"), ("proportional", "4 h")],
)
def test_what_falls_into_the_next_period_is_said_by_the_reading_in_force(build, downtime, hours):
    scenario = build(CASE.format(lost="50%", duration="10 h", downtime=downtime))
    (words,) = said(scenario, trials=64)
    assert words.startswith("in 100% of the trials the incident outlasts the period, which ends")
    assert f"1 Feb 2024 00:00 UTC: on average {hours} of downtime fall into the next" in words


def test_the_chance_and_the_hours_are_those_of_the_law(build):
    median, p90 = 1.0, 4.0
    sigma = math.log(p90 / median) / stats.norm.ppf(0.9)
    law = stats.lognorm(sigma, scale=median)
    text = CASE.format(lost="100%", duration="lognormal(1 h, 4 h)", downtime="all_fail")
    model = compile_model(build(text))
    here = world(model, block_draw(Streams(1, model.names), 0, 4096), REPLICATES * 4096)
    found = next_period_detail(model.contract, here)
    assert found["next/outlasts"].mean() == pytest.approx(law.sf(2.0), abs=5e-4)
    tail = law.expect(lambda x: x - 2.0, lb=2.0)
    assert found["next/hours"].mean() == pytest.approx(tail, rel=0.01)


def test_an_incident_inside_its_period_says_nothing_of_the_next(build):
    assert said(build(CASE.format(lost="100%", duration="2 h", downtime="all_fail"))) == []
