"""Properties of every trial (MODEL.md section 7)."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactcalc.engine.sampling import block_draw
from impactcalc.engine.simulate import simulate
from impactcalc.engine.trial import compile_model, world
from impactcalc.stats.normal import ndtr, ndtri
from impactcalc.stats.streams import REPLICATES, Streams

SHARES = st.sampled_from(["25% to 60%", "100%", "5%", "0.1% to 99%"])
STARTS = st.sampled_from(["2026-05-04T02:30Z", "2026-05-03", "2026-05-04T06:00Z"])
CASES = st.fixed_dictionaries(
    {
        "lost": SHARES,
        "started": STARTS,
        "dependence": st.sampled_from(["0", "0.5", "0.95"]),
        "relapse": st.sampled_from(["0%", "20%", "100%"]),
        "fails": st.sampled_from(["0%", "30%"]),
    }
)
SLACK = 1e-12


@settings(max_examples=25)
@given(case=CASES)
def test_the_loss_is_what_is_lost_and_what_can_be_avoided(build, busy, trials_of, case):
    found = trials_of(build(busy(**case)))
    assert np.all(found["already_lost"] >= 0)
    whole = found["already_lost"] + found["avoidable"]
    assert np.allclose(found["exposed"], whole, rtol=SLACK, atol=1e-9)
    assert np.all(found["all_fail"] <= found["threshold"] * (1 + SLACK) + 1e-6)
    assert np.all(found["all_fail"] <= found["proportional"] * (1 + SLACK) + 1e-6)


@settings(max_examples=25)
@given(case=CASES)
def test_open_stages_finish_after_the_forecast(build, busy, case):
    scenario = build(busy(**case))
    model = compile_model(scenario)
    streams = Streams(1, model.names)
    here = world(model, block_draw(streams, 0, 64), 64 * REPLICATES)
    for stage, times in zip(model.plan.stages, here.times.stages, strict=True):
        if stage.open:
            assert np.all(times.finish >= model.plan.as_of)
        else:
            assert np.all(times.finish <= model.plan.as_of)
        assert np.all(times.ready >= times.finish)
    for t in (model.plan.as_of, model.plan.as_of + 30.0):
        lost = here.service.lost_share(np.array([t]))
        assert np.all((lost >= 0) & (lost <= here.lost.initial + SLACK))


@settings(max_examples=15)
@given(case=CASES, factor=st.sampled_from([2, 5]))
def test_twice_the_revenue_loses_twice_as_much(build, busy, trials_of, case, factor):
    one = trials_of(build(busy(**case)))
    more = trials_of(build(busy(**case, revenue=f"{120 * factor} K EUR/day")))
    assert np.allclose(more["exposed"], factor * one["exposed"], rtol=SLACK)
    assert np.array_equal(more["full_recovery_h"], one["full_recovery_h"])


@settings(max_examples=15)
@given(case=CASES)
def test_half_the_lost_share_halves_the_exposed_loss_alone(build, busy, trials_of, case):
    whole = trials_of(build(busy(**(case | {"lost": "80%"}))))
    half = trials_of(build(busy(**(case | {"lost": "40%"}))))
    assert np.allclose(2 * half["exposed"], whole["exposed"], rtol=SLACK)
    assert np.allclose(half["lost"], whole["lost"], rtol=SLACK)


@settings(max_examples=15)
@given(case=CASES)
def test_fewer_failures_and_relapses_never_lose_more(build, busy, trials_of, case):
    worse = trials_of(build(busy(**(case | {"fails": "40%", "relapse": "60%"}))))
    better = trials_of(build(busy(**(case | {"fails": "10%", "relapse": "20%"}))))
    assert np.all(better["exposed"] <= worse["exposed"] * (1 + SLACK))
    assert np.all(better["full_recovery_h"] <= worse["full_recovery_h"] * (1 + SLACK))


LATER = """
impactcalc: 1
incident: {{started: 2026-05-04T00:00Z, as_of: 2026-05-04T{hour}:00Z, lost_share: 50%}}
recovery:
  dependence: {dependence}
  stages:
    - {{name: Repair, window: 4 h to 24 h, restores: 60%, status: in_progress}}
    - {{name: Rest, duration: 3 h to 9 h, restores: 40%}}
business: {{currency: EUR, revenue_at_risk: 24 K EUR/day}}
"""


@pytest.mark.parametrize("dependence", ["0", "0.5", "0.9"])
def test_a_later_forecast_of_the_same_open_stages_ends_no_earlier(build, trials_of, dependence):
    finishes = [
        trials_of(build(LATER.format(hour=hour, dependence=dependence)))["full_recovery_h"]
        for hour in ("06", "12", "20")
    ]
    assert np.all(finishes[0] <= finishes[1] * (1 + SLACK))
    assert np.all(finishes[1] <= finishes[2] * (1 + SLACK))


def test_dependence_moves_no_mean_of_a_single_stage(build):
    text = """
impactcalc: 1
incident: {{started: 2026-05-04T00:00Z, as_of: 2026-05-04T00:00Z, lost_share: 50%}}
recovery: {{dependence: {rho}, stages: [{{name: Repair, duration: 4 h to 24 h}}]}}
business: {{currency: EUR, revenue_at_risk: 24 K EUR/day}}
"""
    means = [
        simulate(build(text.format(rho=rho)), trials=2**15).recovery.full_recovery_h
        for rho in ("0", "0.5", "0.9")
    ]
    for other in means[1:]:
        error = math.hypot(means[0].mc_error.mean, other.mc_error.mean)
        assert abs(other.mean - means[0].mean) < 4 * error + 1e-3


def test_the_martingale_over_updates_holds(build, trials_of):
    # the mean over what may be seen at 12 h of P(end > 60 h) is P(end > 60 h) at 0 h; the last
    # stage is hardly ever over by then, so Repair alone decides what is seen
    text = """
impactcalc: 1
incident: {{started: 2026-05-04T00:00Z, as_of: 2026-05-04T{hour}:00Z, lost_share: 50%}}
recovery:
  stages:
    - {{name: Repair, window: 4 h to 24 h, restores: 60%{seen}}}
    - {{name: Rest, window: 40 h to 72 h, restores: 40%}}
business: {{currency: EUR, revenue_at_risk: 24 K EUR/day}}
"""
    points = 4096

    def late(hour, seen):
        end = trials_of(build(text.format(hour=hour, seen=seen)), points)["full_recovery_h"]
        return float(np.mean(end > 60.0))

    before = late("00", "")
    law = compile_model(build(text.format(hour="00", seen=""))).plan.stages[0].law
    # Repair's finish in 24 equal slices up to 12 h, else still open
    done = _cdf(law, 12.0)
    slices = (np.arange(24) + 0.5) / 24 * done
    finishes = law.from_normal(ndtri(slices))
    seen = np.mean([late("12", f", status: done, finished: {_clock(f)}") for f in finishes])
    still = late("12", ", status: in_progress")
    assert done * seen + (1 - done) * still == pytest.approx(before, abs=0.004)


def _cdf(law, hours):
    return float(ndtr(law.score(hours)))


def _clock(hours):
    seconds = round(hours * 3600)
    return f"2026-05-04T{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}Z"
