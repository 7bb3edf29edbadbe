"""The engine: exact answers, the same bytes, honest errors, and the properties of every trial."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactcalc.engine import sampling
from impactcalc.engine.derived import Derived
from impactcalc.engine.sampling import block_draw, points_for, run_blocks
from impactcalc.engine.simulate import byte_probe, simulate
from impactcalc.engine.trial import compile_model, world
from impactcalc.errors import InputError
from impactcalc.stats.distributions import Z75
from impactcalc.stats.normal import ndtr, ndtri
from impactcalc.stats.risk import standard_error
from impactcalc.stats.streams import REPLICATES, Streams

REFERENCE = """
impactcalc: 1
incident: {started: 2026-03-01T09:00Z, as_of: 2026-03-01T09:00Z, lost_share: 100%}
recovery:
  dependence: 0
  stages:
    - {name: Relief, duration: "pert(0.5 h, 2 h, 4 h)", restores: 40%}
    - {name: Repair, duration: "pert(4 h, 10 h, 24 h)", restores: 55%, fails: 20%, retry: 100%,
       max_tries: 8}
    - {name: Rest, duration: 24 h to 168 h, restores: 5%}
business: {currency: USD, revenue_at_risk: 75 K USD/day}
sla:
  target: 99.9%
  period: 30 d
  downtime: threshold 30%
  monthly_fee: 40 K USD
  credits: [{below: 99.9%, credit: 10%}, {below: 99%, credit: 25%}, {below: 95%, credit: 50%}]
"""

BUSY = """
impactcalc: 1
incident: {{started: {started}, as_of: 2026-05-04T18:00Z, lost_share: {lost}}}
recovery:
  started: 2026-05-04T06:00Z
  dependence: {dependence}
  stages:
    - {{name: Contain, window: 0 h to 4 h, restores: 50%, status: done, relapse: {relapse}}}
    - {{name: Repair, window: 4 h to 24 h, restores: 30%, status: in_progress, fails: {fails}}}
    - {{name: Move, duration: 2 h to 9 h, restores: 20%, shape: linear}}
business: {{currency: EUR, revenue_at_risk: {revenue}, profile: business-hours, reading: {reading}}}
sla:
  target: 99.5%
  period: month
  downtime: proportional
  monthly_fee: 18 K EUR
  cap: 30%
  credits: [{{below: 99.5%, credit: 5%}}, {{below: 99%, credit: 15%}}, {{below: 97%, credit: 40%}}]
"""


def busy(**changed):
    values = {
        "started": "2026-05-04T02:30Z",
        "lost": "25% to 60%",
        "dependence": "0.5",
        "relapse": "20%",
        "fails": "30%",
        "revenue": "120 K EUR/day",
        "reading": "exposed",
    }
    return BUSY.format(**(values | changed))


def trials_of(scenario, points=256, seed=1):
    model = compile_model(scenario)
    figures = {}
    run_blocks(model, Streams(seed, model.names), 0, points, figures)
    return figures


def test_the_reference_incident_has_its_exact_recovery_and_breach_figures(build):
    found = simulate(build(REFERENCE), accuracy=0.0005)
    end = found.recovery.full_recovery_h
    exact = {"mean": 91.887579, "p50": 80.09624, "p90": 152.52019, "p95": 184.98204}
    for figure, value in exact.items():
        assert getattr(end, figure) == pytest.approx(value, rel=0.002)
    tiers = {tier.below: tier.prob for tier in found.sla.credit_tiers}
    assert tiers[0.99] == pytest.approx(0.9819121, abs=5e-4)
    assert tiers[0.95] == pytest.approx(0.02651571, abs=5e-4)
    assert found.provider.credits.mean == pytest.approx(10_156.6296, rel=1e-3)


def test_geometric_retries_of_a_lognormal_keep_their_mean(build):
    # each further try with chance .2, fresh: mean x (1 + .2 + .04 + ...)
    text = REFERENCE.replace("pert(4 h, 10 h, 24 h)", "lognormal(3 h, 9 h)").replace(
        "max_tries: 8", "max_tries: 12"
    )
    found = simulate(build(text), accuracy=0.001)
    sigma = math.log(3) / 1.2815515655446004
    repair = 3 * math.exp(sigma**2 / 2) / 0.8
    relief = (0.5 + 8 + 4) / 6
    stage = found.recovery.stages[1].finish_h
    assert stage.mean == pytest.approx(relief + repair, abs=5 * stage.mc_error.mean + 1e-3)


def test_a_stage_under_way_has_its_exact_remaining_time(build):
    # lognormal, median 3 h, log-sd .9, 4 h elapsed: median remaining 2.67 h, P90 10.9 h
    p90 = 3 * math.exp(0.9 * 1.2815515655446004)
    text = f"""
impactcalc: 1
incident: {{started: 2026-03-01T08:00Z, as_of: 2026-03-01T12:00Z, lost_share: 50%}}
recovery:
  stages:
    - {{name: Repair, duration: "lognormal(3 h, {p90:.9f} h)", status: in_progress, elapsed: 4 h}}
business: {{currency: USD, revenue_at_risk: 1 K USD/day}}
"""
    left = simulate(build(text), accuracy=0.002).recovery.remaining_h
    assert left.p50 == pytest.approx(2.67, abs=0.01)
    assert left.p90 == pytest.approx(10.9, abs=0.05)


def test_an_unconditioned_window_has_its_quartiles_at_its_ends(build):
    text = REFERENCE.replace("duration: 24 h to 168 h", "window: 24 h to 168 h").replace(
        "restores: 5%}", "restores: 5%, after: []}"
    )
    finish = simulate(build(text), accuracy=0.002).recovery.stages[2].finish_h
    assert (finish.p25, finish.p75) == (pytest.approx(24, rel=0.01), pytest.approx(168, rel=0.01))


def test_the_same_seed_gives_the_same_answer_and_another_seed_another(build):
    scenario = build(busy())
    first, again = (simulate(scenario, trials=4096, seed=7) for _ in range(2))
    other = simulate(scenario, trials=4096, seed=8)
    still = first.run._replace(seconds=0.0)
    assert first._replace(run=still) == again._replace(run=still)
    assert other.customer.total.mean != first.customer.total.mean


@pytest.mark.parametrize("size", [16, 64, 512])
def test_blocks_of_any_size_give_the_same_trials(build, monkeypatch, size):
    scenario = build(busy())
    whole = trials_of(scenario, 1024)
    monkeypatch.setattr(sampling, "BLOCK_POINTS", size)
    parts = trials_of(scenario, 1024)
    for name, values in whole.items():
        assert np.array_equal(values, parts[name]), name


def test_more_points_begin_with_the_same_trials(build):
    scenario = build(busy())
    few, many = trials_of(scenario, 64), trials_of(scenario, 256)
    assert np.array_equal(few["exposed"], many["exposed"][:, :64])


@pytest.mark.parametrize(("asked", "run"), [(2, 16), (16, 16), (17, 32), (512, 512), (5000, 8192)])
def test_trials_are_rounded_up_to_16_times_a_power_of_two(build, asked, run):
    assert simulate(build(busy()), trials=asked).run.trials == run
    assert REPLICATES * points_for(asked) == run


def test_accuracy_stops_the_trials_and_the_cap_says_so(build):
    loose = simulate(build(busy()), accuracy=0.05)
    assert loose.run.converged
    assert loose.run.trials == 16 * 1024
    capped = simulate(build(busy()), accuracy=0.0005, trials=4096)
    assert not capped.run.converged
    assert capped.run.trials == 4096
    assert capped.run.error_reached > 0.0005


def test_the_error_reached_is_the_largest_of_the_watched_figures(build):
    found = simulate(build(busy()), trials=2**15)
    errors = []
    for part in (found.customer.total, found.recovery.full_recovery_h):
        errors += [
            part.mc_error.mean / part.mean,
            part.mc_error.p95 / part.p95,
            part.mc_error.expected_shortfall_95 / part.expected_shortfall_95,
        ]
    errors.append(2 * found.sla.breach_prob.mc_error)
    assert found.run.error_reached == pytest.approx(max(errors), rel=1e-6)


def test_both_readings_of_at_risk_differ_by_the_lost_share(build):
    exposed, lost = (
        simulate(build(busy(reading=reading, lost="40%")), trials=4096)
        for reading in ("exposed", "lost")
    )
    assert exposed.customer.readings["lost"].mean == pytest.approx(lost.customer.total.mean)
    assert exposed.customer.total.mean == pytest.approx(0.4 * lost.customer.total.mean)


def test_a_silent_contract_has_three_readings_and_none_in_force(build):
    text = busy().replace("  downtime: proportional\n", "")
    sla = simulate(build(text), trials=4096).sla
    assert sla.basis is None
    assert sla.breach_prob is None
    assert sla.credits is None
    assert sla.budget.allowed_s == pytest.approx(31 * 86_400 * 0.005)
    assert sla.budget.consumed_s is None
    assert set(sla.readings) == {"all_fail", "threshold", "proportional"}
    assert sla.readings["threshold"].threshold == 0.05


def test_paid_tiers_and_no_credit_add_up_to_one(build):
    sla = simulate(build(busy()), trials=4096).sla
    assert sum(t.paid_prob for t in sla.credit_tiers) + sla.no_credit_prob == pytest.approx(1)


def test_credits_never_exceed_the_cap(build):
    credits_ = simulate(build(busy()), trials=4096).provider.credits
    assert credits_.p99 <= 0.3 * 18_000


def test_the_seven_in_ten_promise_lies_between_the_others(build):
    promise = simulate(build(busy()), trials=4096).promise
    assert promise.p50 <= promise.p80 <= promise.p90
    assert promise.next_update <= promise.p50


def test_the_longest_path_goes_through_the_last_stage(build):
    stages = simulate(build(REFERENCE), trials=4096).recovery.stages
    # one after the other: each waits for the one before it
    assert [stage.critical_prob for stage in stages] == [1.0, 1.0, 1.0]


def test_the_last_stage_and_full_recovery_tell_the_same_times(build):
    for text in (busy(relapse="0%"), busy(relapse="0%", started="2026-05-04")):
        found = simulate(build(text), trials=2**16)
        last = found.recovery.stages[2]
        assert last.finish_h.p90 == pytest.approx(found.recovery.full_recovery_h.p90)
        assert last.finish_at["p90"] == found.promise.p90


def test_a_chain_of_done_windows_conditions_what_follows_exactly(build):
    text = """
impactcalc: 1
incident: {started: 2026-05-04T00:00Z, as_of: 2026-05-05T12:00Z, lost_share: 50%}
recovery:
  stages:
    - {name: A, window: 0 h to 4 h, restores: 30%, status: done}
    - {name: B, window: 4 h to 24 h, restores: 30%, status: done}
    - {name: C, window: 24 h to 72 h, restores: 40%, status: in_progress}
business: {currency: EUR, revenue_at_risk: 24 K EUR/day}
"""
    end = simulate(build(text), accuracy=0.002).recovery.full_recovery_h
    assert end.p50 == pytest.approx(_rejected_chain(50), rel=0.02)
    assert end.p95 == pytest.approx(_rejected_chain(95), rel=0.02)


def _rejected_chain(level):
    rng = np.random.default_rng(4)
    z, half = rng.normal(size=2_000_000), math.sqrt(0.5)
    laws = [(math.log(4) - 1.25 * Z75, 1.25)]
    laws += [
        ((math.log(a) + math.log(b)) / 2, math.log(b / a) / 2 / Z75) for a, b in ((4, 24), (24, 72))
    ]
    a, b, c = (np.exp(mu + sigma * half * (z + rng.normal(size=z.size))) for mu, sigma in laws)
    return np.percentile(c[(a < 36) & (b < 36) & (c > 36)], level)


def test_without_money_or_contract_their_parts_are_empty(build):
    no_money = "\n".join(line for line in busy().splitlines() if "business" not in line)
    found = simulate(build(no_money.replace("EUR", "EUR")), trials=1024)
    assert found.customer.total is None
    assert found.sla is not None
    no_contract = busy().split("sla:")[0]
    found = simulate(build(no_contract), trials=1024)
    assert found.sla is None
    assert found.provider.total is None
    assert found.customer.total is not None


def test_maintenance_that_fills_the_period_is_an_input_error(build):
    with pytest.raises(InputError, match="fills the period"):
        simulate(build(busy().replace("  target:", "  excluded: 40 d\n  target:")), trials=16)


@pytest.mark.parametrize(
    "effort", [{"trials": 1}, {"trials": 0}, {"accuracy": 0.0}, {"accuracy": 1.5}, {"seed": -1}]
)
def test_an_effort_that_cannot_be_is_refused(build, effort):
    with pytest.raises(InputError, match=next(iter(effort))):
        simulate(build(busy()), **effort)


def test_the_byte_probe_is_a_short_digest():
    assert byte_probe() == byte_probe()
    assert len(byte_probe()) == 16


def test_a_stage_beyond_its_maximum_is_forecast_and_named(build):
    text = REFERENCE.replace(
        'duration: "pert(0.5 h, 2 h, 4 h)"',
        'duration: "pert(0.5 h, 2 h, 4 h)", status: in_progress, elapsed: 9 h',
    ).replace("as_of: 2026-03-01T09:00Z", "as_of: 2026-03-01T18:00Z")
    found = simulate(build(text), trials=4096)
    assert [check.kind for check in found.checks] == ["overrun"]
    assert found.recovery.first_relief_h.p5 > 9


# properties of every trial (MODEL.md section 7)

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
def test_the_loss_is_what_is_lost_and_what_can_be_avoided(build, case):
    found = trials_of(build(busy(**case)))
    assert np.all(found["already_lost"] >= 0)
    whole = found["already_lost"] + found["avoidable"]
    assert np.allclose(found["exposed"], whole, rtol=SLACK, atol=1e-9)
    assert np.all(found["all_fail"] <= found["threshold"] * (1 + SLACK) + 1e-6)
    assert np.all(found["all_fail"] <= found["proportional"] * (1 + SLACK) + 1e-6)


@settings(max_examples=25)
@given(case=CASES)
def test_open_stages_finish_after_the_forecast(build, case):
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
def test_twice_the_revenue_loses_twice_as_much(build, case, factor):
    one = trials_of(build(busy(**case)))
    more = trials_of(build(busy(**case, revenue=f"{120 * factor} K EUR/day")))
    assert np.allclose(more["exposed"], factor * one["exposed"], rtol=SLACK)
    assert np.array_equal(more["full_recovery_h"], one["full_recovery_h"])


@settings(max_examples=15)
@given(case=CASES)
def test_half_the_lost_share_halves_the_exposed_loss_alone(build, case):
    whole = trials_of(build(busy(**(case | {"lost": "80%"}))))
    half = trials_of(build(busy(**(case | {"lost": "40%"}))))
    assert np.allclose(2 * half["exposed"], whole["exposed"], rtol=SLACK)
    assert np.allclose(half["lost"], whole["lost"], rtol=SLACK)


@settings(max_examples=15)
@given(case=CASES)
def test_fewer_failures_and_relapses_never_lose_more(build, case):
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
def test_a_later_forecast_of_the_same_open_stages_ends_no_earlier(build, dependence):
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


def test_the_martingale_over_updates_holds(build):
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


# beyond the trials that are kept


@pytest.mark.parametrize("text", [busy(), busy(started="2026-05-04", relapse="0%")])
def test_beyond_the_kept_trials_the_figures_are_those_of_all_of_them(build, monkeypatch, text):
    scenario = build(text.replace("  stages:", "  rto: 30 h\n  stages:"))
    exact = simulate(scenario, trials=2**16)
    monkeypatch.setattr(sampling, "CAP_TRIALS", 2**14)
    seen = []
    found = simulate(scenario, trials=2**16, progress=lambda done, most: seen.append((done, most)))
    assert found.run.trials == 2**16
    assert found.run.error_reached == pytest.approx(exact.run.error_reached, rel=0.05)
    assert seen[-1] == (4096, 4096)
    for part in (
        lambda e: e.customer.total,
        lambda e: e.customer.avoidable,
        lambda e: e.recovery.full_recovery_h,
        lambda e: e.recovery.remaining_h,
        lambda e: e.recovery.stages[1].finish_h,
        lambda e: e.sla.projected_availability,
        lambda e: e.provider.credits,
    ):
        ours, whole = part(found), part(exact)
        assert ours.mean == pytest.approx(whole.mean, rel=1e-9)
        # to a bin of the brackets, which a few kept trials leave wide in the tail
        for figure, wide in (("p5", 2e-3), ("p50", 2e-3), ("p95", 2e-3), ("p99", 1e-2)):
            assert getattr(ours, figure) == pytest.approx(getattr(whole, figure), rel=wide)
    assert found.sla.breach_prob == exact.sla.breach_prob
    assert found.sla.credit_tiers == exact.sla.credit_tiers
    assert found.recovery.rto_prob == exact.recovery.rto_prob


def test_accuracy_goes_on_beyond_the_kept_trials_until_it_is_met(build, monkeypatch):
    scenario = build(busy())
    monkeypatch.setattr(sampling, "CAP_TRIALS", 2**14)
    found = simulate(scenario, accuracy=0.004, trials=2**20)
    assert found.run.converged
    assert 2**14 < found.run.trials < 2**20
    monkeypatch.undo()
    exact = simulate(scenario, trials=found.run.trials)
    assert found.customer.total.mean == pytest.approx(exact.customer.total.mean, rel=1e-9)
    assert found.sla.breach_prob == exact.sla.breach_prob


def test_an_astronomically_heavy_mean_is_said_and_not_printed(build):
    text = busy(relapse="0%").replace("window: 4 h to 24 h", "window: 1 s to 8000000 h")
    found = simulate(build(text), trials=4096)
    assert math.isinf(found.customer.total.mean)
    assert math.isinf(found.recovery.full_recovery_h.expected_shortfall_95)
    assert math.isfinite(found.customer.total.p50)
    assert math.isfinite(found.provider.credits.mean)
    assert math.isfinite(found.customer.already_lost.p95)
    assert any("no mean is shown" in caution.message for caution in found.warnings)


def test_further_incidents_add_downtime_to_the_projection_alone(build):
    plain = simulate(build(busy()), trials=4096)
    text = busy().replace(
        "  target:", "  future: {per_year: 24, duration: 0.5 h to 8 h}\n  target:"
    )
    more = simulate(build(text), trials=4096)
    assert more.customer.total == plain.customer.total
    assert more.sla.budget.consumed_s == plain.sla.budget.consumed_s
    for name, reading in more.sla.readings.items():
        assert reading.downtime_s == plain.sla.readings[name].downtime_s
        assert reading.availability.mean < plain.sla.readings[name].availability.mean
    # 24 a year over the 27 days and 6 hours that are left of May, 2.9 h each on average
    law_mean = 2.0 * math.exp((math.log(16) / 2 / 1.6448536269514722) ** 2 / 2)
    added = 24 * (27.25 / 365) * law_mean / (31 * 24)
    fall = plain.sla.readings["all_fail"].availability.mean
    fall -= more.sla.readings["all_fail"].availability.mean
    assert fall == pytest.approx(added, rel=0.03)


def test_a_period_that_is_over_has_no_further_incidents(build):
    text = busy().replace(
        "  target:", "  future: {per_year: 24, duration: 0.5 h to 8 h}\n  target:"
    )
    over = text.replace(
        "period: month", "period: {start: 2026-05-01T00:00Z, end: 2026-05-04T12:00Z}"
    )
    model = compile_model(build(over))
    assert model.contract.further is None


CERTAIN = """
impactcalc: 1
incident: {started: 2026-05-04T00:00Z, as_of: 2026-05-04T00:00Z, lost_share: 50%}
recovery: {rto: 5 h, mtpd: 3 h, stages: [{name: Repair, duration: 4 h}]}
business: {currency: EUR, revenue_at_risk: 24 K EUR/day}
sla: {target: 99%, period: 30 d, downtime: proportional, to_date: 2 h to 9 h}
"""


def test_objectives_are_kept_or_missed(build):
    recovery = simulate(build(CERTAIN), trials=1024).recovery
    assert (recovery.rto_prob.value, recovery.mtpd_prob.value) == (1.0, 0.0)


def test_the_breach_probability_is_exact_where_one_draw_decides(build):
    # all but the downtime to date is certain: 2 h of it are this incident's, 7.2 h are allowed
    found = simulate(build(CERTAIN), trials=2048)
    law = (math.log(2) + math.log(9)) / 2, math.log(4.5) / 2 / 1.6448536269514722
    exact = 1 - float(ndtr((math.log(5.2) - law[0]) / law[1]))
    error = found.sla.breach_prob.mc_error
    assert error >= 1 / 2048
    assert found.sla.breach_prob.value == pytest.approx(exact, abs=4 * error)


def test_the_breach_probability_may_err_by_half_the_accuracy(build):
    model = compile_model(build(busy()))
    figures = {}
    run_blocks(model, Streams(1, model.names), 0, 1024, figures)
    hits = Derived(model, figures).event("proportional/breach")
    target = sampling.Target(0.01, 1024, (), "proportional/breach")
    error = standard_error(hits.mean(axis=1))
    assert error > 0
    assert sampling._error(model, figures, target) == pytest.approx(2 * error)
