"""The engine: exact answers, the same bytes, honest errors."""

import math

import numpy as np
import pytest

from impactcalc.engine import sampling
from impactcalc.engine.derived import Derived
from impactcalc.engine.sampling import points_for, run_blocks
from impactcalc.engine.simulate import byte_probe, simulate
from impactcalc.engine.trial import compile_model
from impactcalc.errors import InputError
from impactcalc.stats.distributions import Z75
from impactcalc.stats.located import standard_error
from impactcalc.stats.normal import ndtr
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


def test_the_same_seed_gives_the_same_answer_and_another_seed_another(build, busy):
    scenario = build(busy())
    first, again = (simulate(scenario, trials=4096, seed=7) for _ in range(2))
    other = simulate(scenario, trials=4096, seed=8)
    still = first.run._replace(seconds=0.0)
    assert first._replace(run=still) == again._replace(run=still)
    assert other.customer.total.mean != first.customer.total.mean


@pytest.mark.parametrize("size", [16, 64, 512])
def test_blocks_of_any_size_give_the_same_trials(build, busy, trials_of, monkeypatch, size):
    scenario = build(busy())
    whole = trials_of(scenario, 1024)
    monkeypatch.setattr(sampling, "BLOCK_POINTS", size)
    parts = trials_of(scenario, 1024)
    for name, values in whole.items():
        assert np.array_equal(values, parts[name]), name


def test_more_points_begin_with_the_same_trials(build, busy, trials_of):
    scenario = build(busy())
    few, many = trials_of(scenario, 64), trials_of(scenario, 256)
    assert np.array_equal(few["exposed"], many["exposed"][:, :64])


@pytest.mark.parametrize(("asked", "run"), [(2, 16), (16, 16), (17, 32), (512, 512), (5000, 8192)])
def test_trials_are_rounded_up_to_16_times_a_power_of_two(build, busy, asked, run):
    assert simulate(build(busy()), trials=asked).run.trials == run
    assert REPLICATES * points_for(asked) == run


def test_accuracy_stops_the_trials_and_the_cap_says_so(build, busy):
    loose = simulate(build(busy()), accuracy=0.05)
    assert loose.run.converged
    assert loose.run.trials == 16 * 1024
    capped = simulate(build(busy()), accuracy=0.0005, trials=4096)
    assert not capped.run.converged
    assert capped.run.trials == 4096
    assert capped.run.error_reached > 0.0005


def test_the_error_reached_is_the_largest_of_the_watched_figures(build, busy):
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


def test_both_readings_of_at_risk_differ_by_the_lost_share(build, busy):
    exposed, lost = (
        simulate(build(busy(reading=reading, lost="40%")), trials=4096)
        for reading in ("exposed", "lost")
    )
    assert exposed.customer.readings["lost"].mean == pytest.approx(lost.customer.total.mean)
    assert exposed.customer.total.mean == pytest.approx(0.4 * lost.customer.total.mean)


def test_a_silent_contract_has_three_readings_and_none_in_force(build, busy):
    text = busy().replace("  downtime: proportional\n", "")
    sla = simulate(build(text), trials=4096).sla
    assert sla.basis is None
    assert sla.breach_prob is None
    assert sla.credits is None
    assert sla.budget.allowed_s == pytest.approx(31 * 86_400 * 0.005)
    assert sla.budget.consumed_s is None
    assert set(sla.readings) == {"all_fail", "threshold", "proportional"}
    assert sla.readings["threshold"].threshold == 0.05


def test_paid_tiers_and_no_credit_add_up_to_one(build, busy):
    sla = simulate(build(busy()), trials=4096).sla
    assert sum(t.paid_prob for t in sla.credit_tiers) + sla.no_credit_prob == pytest.approx(1)


def test_credits_never_exceed_the_cap(build, busy):
    credits_ = simulate(build(busy()), trials=4096).provider.credits
    assert credits_.p99 <= 0.3 * 18_000


def test_the_seven_in_ten_promise_lies_between_the_others(build, busy):
    promise = simulate(build(busy()), trials=4096).promise
    assert promise.p50 <= promise.p80 <= promise.p90
    assert promise.next_update <= promise.p50


def test_the_longest_path_goes_through_the_last_stage(build):
    stages = simulate(build(REFERENCE), trials=4096).recovery.stages
    # one after the other: each waits for the one before it
    assert [stage.critical_prob for stage in stages] == [1.0, 1.0, 1.0]


def test_the_last_stage_and_full_recovery_tell_the_same_times(build, busy):
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


def test_without_money_or_contract_their_parts_are_empty(build, busy):
    no_money = "\n".join(line for line in busy().splitlines() if "business" not in line)
    found = simulate(build(no_money.replace("EUR", "EUR")), trials=1024)
    assert found.customer.total is None
    assert found.sla is not None
    no_contract = busy().split("sla:")[0]
    found = simulate(build(no_contract), trials=1024)
    assert found.sla is None
    assert found.provider.total is None
    assert found.customer.total is not None


def test_maintenance_that_fills_the_period_is_an_input_error(build, busy):
    with pytest.raises(InputError, match="fills the period"):
        simulate(build(busy().replace("  target:", "  excluded: 40 d\n  target:")), trials=16)


@pytest.mark.parametrize(
    "effort", [{"trials": 1}, {"trials": 0}, {"accuracy": 0.0}, {"accuracy": 1.5}, {"seed": -1}]
)
def test_an_effort_that_cannot_be_is_refused(build, busy, effort):
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


# beyond the trials that are kept


@pytest.mark.parametrize("changed", [{}, {"started": "2026-05-04", "relapse": "0%"}])
def test_beyond_the_kept_trials_the_figures_are_those_of_all_of_them(
    build, monkeypatch, busy, changed
):
    text = busy(**changed)
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


def test_accuracy_goes_on_beyond_the_kept_trials_until_it_is_met(build, busy, monkeypatch):
    scenario = build(busy())
    monkeypatch.setattr(sampling, "CAP_TRIALS", 2**14)
    found = simulate(scenario, accuracy=0.004, trials=2**20)
    assert found.run.converged
    assert 2**14 < found.run.trials < 2**20
    monkeypatch.undo()
    exact = simulate(scenario, trials=found.run.trials)
    assert found.customer.total.mean == pytest.approx(exact.customer.total.mean, rel=1e-9)
    assert found.sla.breach_prob == exact.sla.breach_prob


def test_an_astronomically_heavy_mean_is_said_and_not_printed(build, busy):
    text = busy(relapse="0%").replace("window: 4 h to 24 h", "window: 1 s to 8000000 h")
    found = simulate(build(text), trials=4096)
    assert math.isinf(found.customer.total.mean)
    assert math.isinf(found.recovery.full_recovery_h.expected_shortfall_95)
    assert math.isfinite(found.customer.total.p50)
    assert math.isfinite(found.provider.credits.mean)
    assert math.isfinite(found.customer.already_lost.p95)
    assert any("no mean is shown" in caution.message for caution in found.warnings)


def test_further_incidents_add_downtime_to_the_projection_alone(build, busy):
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


def test_a_period_that_is_over_has_no_further_incidents(build, busy):
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


def test_the_breach_probability_may_err_by_half_the_accuracy(build, busy):
    model = compile_model(build(busy()))
    figures = {}
    run_blocks(model, Streams(1, model.names), 0, 1024, figures)
    hits = Derived(model, figures).event("proportional/breach")
    target = sampling.Target(0.01, 1024, (), "proportional/breach")
    error = standard_error(hits.mean(axis=1))
    assert error > 0
    assert sampling._error(model, figures, target) == pytest.approx(2 * error)
