"""What-if: paired by trial, exact where nothing changes, and as the contract's trial 8 says."""

from pathlib import Path

import numpy as np
import pytest

from impactcalc.engine.alternative import compile_alternative
from impactcalc.errors import InputError
from impactcalc.models.recovery.evidence import CommonFactor

LOSS = "exposed"
END = "full_recovery_h"
NOW_H = 15.5  # as_of, hours since the start


@pytest.mark.parametrize(
    "entry",
    [
        "set: {}",
        "scale: {recovery.stages.Repair.window: 1}",
        "scale: {incident.lost_share: 1, business.revenue_at_risk: 1}",
        "set: {business.reading: exposed, recovery.stages.Repair.fails: 30%}",
        "set: {recovery.stages.Repair.window: 4 h to 24 h}",
        "delay: {Repair: 0 h}",
        "add: [{name: Review, duration: 2 h to 9 h, restores: 0%}]",
        "add: [{name: Review, duration: 2 h to 9 h}]",
        "cost: 5 K EUR",
        "credit: 5 K EUR",
    ],
)
def test_what_changes_nothing_saves_exactly_nothing_in_every_trial(busy, by_trial, entry):
    both = by_trial(busy, entry)
    for name in (LOSS, END, "proportional/credits", "all_fail"):
        before, after = both(name)
        assert np.array_equal(before, after), name


def test_a_scale_shortens_what_is_left_and_nothing_else(busy, by_trial):
    # one stage alone, by step: finish = now + 0.6 (finish - now)
    text = busy.replace("fails: 30%", "fails: 0%").replace("relapse: 20%", "relapse: 0%")
    before, after = by_trial(text, "scale: {recovery.stages.Repair.window: 0.6}")("stage/1")
    assert np.allclose(after, NOW_H + 0.6 * (before - NOW_H), rtol=1e-12)


@pytest.mark.parametrize(
    "entry", ["{recovery.stages.Repair.window: 0.6}", "{recovery.stages.3.duration: 0.2}"]
)
def test_a_scale_below_one_makes_no_loss_larger_and_no_finish_later(busy, by_trial, entry):
    both = by_trial(busy, f"scale: {entry}")
    for name in (LOSS, END, "stage/1", "stage/2", "proportional"):
        before, after = both(name)
        assert np.all(after <= before * (1 + 1e-12)), name
    before, after = both(LOSS)
    assert np.any(after < before)


def test_a_stage_that_waits_counts_from_its_own_start(busy, by_trial):
    both = by_trial(busy, "scale: {recovery.stages.Move.duration: 0.5}")
    repaired = np.maximum(both("stage/1")[0], NOW_H)
    before, after = both("stage/2")
    assert np.allclose(after, repaired + 0.5 * (before - repaired), rtol=1e-12)


def test_the_scale_of_further_tries_is_theirs_too(busy, by_trial):
    text = busy.replace("relapse: 20%", "relapse: 0%")
    both = by_trial(text, "scale: {recovery.stages.Repair.window: 0}")
    assert np.allclose(both("stage/1")[1], NOW_H)


def test_a_set_law_maps_the_same_draw_under_the_bases_evidence(busy, by_trial):
    # the same b/a: every conditional quantile is that of the other law, cut at the same time
    both = by_trial(busy, "set: {recovery.stages.Repair.window: 2 h to 12 h}")
    before, after = both("stage/1")
    assert np.all(after <= before + 1e-9)
    assert np.all(after >= NOW_H - 1e-9)
    order = np.argsort(before.ravel())
    assert np.corrcoef(np.argsort(order), np.argsort(np.argsort(after.ravel())))[0, 1] > 0.95


def test_the_common_factor_keeps_what_the_base_knows(busy, base_of, build):
    text = busy + "what_if: [{name: A, set: {recovery.stages.Repair.window: 10 min to 20 min}}]\n"
    scenario = build(text)
    base = base_of(scenario, 256)
    changed = compile_alternative(base.model, scenario.what_if[0])
    assert changed.plan.factor is base.model.plan.factor


def test_another_dependence_keeps_the_evidence(busy, by_trial):
    same = by_trial(busy, "set: {recovery.dependence: 0.5}")(END)
    assert np.array_equal(*same)
    other = by_trial(busy, "set: {recovery.dependence: 0.9}")(END)
    assert not np.array_equal(*other)


def test_the_evidence_under_another_dependence_is_the_bases(busy, base_of, build):
    scenario = build(busy + "what_if: [{name: A, set: {recovery.dependence: 0.9}}]\n")
    base = base_of(scenario, 256)
    changed = compile_alternative(base.model, scenario.what_if[0])
    u = np.array([0.1, 0.5, 0.9])
    known = CommonFactor(0.9, base.model.plan.evidence)
    assert np.array_equal(changed.plan.factor.draw(u), known.draw(u))
    assert not np.allclose(changed.plan.factor.draw(u), CommonFactor(0.9, ()).draw(u), atol=0.05)


CERTAIN = """
impactcalc: 1
incident: {started: 2026-03-01T00:00Z, as_of: 2026-03-01T00:00Z, lost_share: 50%}
recovery: {stages: [{name: Mend, duration: 4 h, relapse: 0%}]}
business: {currency: EUR, revenue_at_risk: 24 K EUR/day}
sla: {target: 99%, downtime: threshold 30%}
"""


def test_a_redo_is_as_fast_as_the_stage(by_trial):
    text = CERTAIN.replace("relapse: 0%", "relapse: 100%")
    before, after = by_trial(text, "scale: {recovery.stages.Mend.duration: 0.5}", trials=32)(END)
    assert np.allclose(before, 8)  # once, and all of it again
    assert np.allclose(after, 4)


def test_relief_is_exact_in_money_and_under_every_definition(by_trial):
    # half fails for an hour, then a quarter for three: above 30% for the first hour alone
    both = by_trial(CERTAIN, "relief: {share: 50%, ready: 1 h}", trials=32)
    expected = {
        LOSS: (2000, 500 + 750),
        "threshold": (4 * 3600, 3600),
        "proportional": (2 * 3600, 1.25 * 3600),
        "all_fail": (0, 0),
    }
    for name, (before, after) in expected.items():
        assert np.allclose(both(name)[0], before), name
        assert np.allclose(both(name)[1], after), name


def test_an_outage_is_exact_in_money_and_under_every_definition(by_trial):
    # from 3 h to 5 h nothing works: an hour of it while half fails, an hour after the repair
    both = by_trial(
        CERTAIN, "outage: {at: '2026-03-01T03:00Z', lasts: 2 h}, relief: {share: 20%}", trials=32
    )
    assert np.allclose(both(LOSS)[1], 3 * 400 + 2 * 1000)
    assert np.allclose(both("all_fail")[1], 2 * 3600)
    assert np.allclose(both("threshold")[1], 5 * 3600)  # 40% is above 30%
    assert np.allclose(both("proportional")[1], (3 * 0.4 + 2) * 3600)
    lost = by_trial(
        CERTAIN.replace("24 K EUR/day", "24 K EUR/day, reading: lost"),
        "outage: {at: '2026-03-01T03:00Z', lasts: 2 h}",
        trials=32,
    )("lost")[1]
    assert np.allclose(lost, 3 * 1000 + 2 * 2000)  # half the service is what 1,000 an hour are


def test_a_delay_moves_a_running_stage_by_its_length(busy, by_trial):
    before, after = by_trial(busy, "delay: {Repair: 12 h}")("stage/1")
    # the further tries come behind the delayed first one, unchanged
    assert np.allclose(after - before, 12.0, rtol=1e-12)


def test_a_delayed_window_that_has_not_started_still_waits_for_those_before_it(busy, by_trial):
    text = busy.replace("duration: 2 h to 9 h", "window: 8 h to 30 h").replace(
        "status: in_progress, fails: 30%", "status: in_progress"
    )
    both = by_trial(text, "delay: {Move: 12 h}")
    before, after = both("stage/2")
    moved = after - before
    assert np.all(moved >= -1e-9)
    assert np.all(moved <= 12 + 1e-9)
    assert np.any(np.isclose(moved, 12))
    repaired = both("stage/1")[1]
    assert np.all(after >= repaired - 1e-9)
    # a window that is over before the stage can start absorbs some of the delay
    absorbed = moved < 12 - 1e-6
    assert np.any(absorbed)
    assert np.allclose(before[absorbed], repaired[absorbed])


def test_a_removed_stages_share_goes_to_the_others_in_proportion(by_trial):
    # certain: half at 2 h, 30% at 4 h, 20% at 10 h; without the last: 62.5% and 37.5%
    text = """
impactcalc: 1
incident: {started: 2026-03-01T00:00Z, as_of: 2026-03-01T00:00Z, lost_share: 50%}
recovery:
  stages:
    - {name: A, duration: 2 h, restores: 50%}
    - {name: B, duration: 2 h, restores: 30%}
    - {name: C, duration: 6 h, restores: 20%}
business: {currency: EUR, revenue_at_risk: 24 K EUR/day}
"""
    before, after = by_trial(text, "remove: [C]", trials=32)(LOSS)
    assert np.allclose(before, 500 * (2 * 0.5 + 4 * 0.3 + 10 * 0.2))
    assert np.allclose(after, 500 * (2 * 0.625 + 4 * 0.375))
    # what waited for a removed stage waits for what that one waited for
    before, after = by_trial(text, "remove: [B]", trials=32)("stage/1")
    assert np.allclose(after, 8.0)
    assert np.allclose(before, 4.0)
    # an added stage takes its share from all others, and comes at the end
    _, after = by_trial(text, "add: [{name: D, duration: 1 h, restores: 50%}]", trials=32)(LOSS)
    assert np.allclose(after, 500 * (2 * 0.25 + 4 * 0.15 + 10 * 0.1 + 11 * 0.5))
    # one in place of another
    entry = "remove: [C], add: [{name: D, duration: 1 h, restores: 20%, after: [B]}]"
    _, after = by_trial(text, entry, trials=32)(LOSS)
    assert np.allclose(after, 500 * (2 * 0.5 + 4 * 0.3 + 5 * 0.2))
    _, after = by_trial(text, entry.replace(", restores: 20%", ""), trials=32)(LOSS)
    assert np.allclose(after, 500 * (2 * 0.5 + 4 * 0.3 + 5 * 0.2))


def test_the_order_of_the_list_changes_nothing(busy, alternatives):
    entries = [
        "  - {name: Team, scale: {recovery.stages.Repair.window: 0.6}, cost: 5 K to 8 K EUR}\n",
        "  - {name: Late, delay: {Move: 5 h}}\n",
        "  - {name: More, add: [{name: Review, duration: 2 h to 9 h, restores: 10%}]}\n",
        "  - {name: Other, add: [{name: Check, duration: 2 h to 9 h, restores: 10%}]}\n",
        "  - {name: Fails, set: {recovery.stages.Move.fails: 50%}}\n",
    ]
    first = alternatives(busy, "".join(entries), 1024)
    second = alternatives(busy, "".join(reversed(entries)), 1024)
    assert list(first) == list(second)
    assert first == second
    alone = alternatives(busy, entries[3], 1024)
    assert alone["Other"].saving == first["Other"].saving


def test_the_columns_of_the_figures_belong_to_the_base(busy, base_of, build):
    plain = base_of(build(busy), 1024)
    more = base_of(
        build(busy + "what_if: [{name: A, set: {recovery.stages.Move.fails: 9%}}]\n"), 1024
    )
    for name, values in plain.found.figures.items():
        assert np.array_equal(values, more.found.figures[name]), name


def test_saving_cost_and_break_even_are_one_arithmetic(busy, alternatives):
    found = alternatives(
        busy,
        "  - {name: A, scale: {recovery.stages.Repair.window: 0.6}, cost: 3 K EUR,"
        " credit: 2 K EUR}\n",
    )["A"]
    assert found.cost == 5000
    assert found.net_saving.mean == pytest.approx(found.saving.mean - 5000, rel=1e-12)
    assert found.net_saving.p50 == pytest.approx(found.saving.p50 - 5000)
    assert found.break_even_cost == found.saving.mean
    assert found.better_prob > found.pays_prob > 0
    plain = alternatives(busy, "  - {name: A, scale: {recovery.stages.Repair.window: 0.6}}\n")["A"]
    assert (plain.cost, plain.saving) == (None, found.saving)
    assert found.provider_saving.mean == pytest.approx(plain.provider_saving.mean - 2000)


def test_an_uncertain_cost_is_drawn_by_trial(busy, alternatives):
    scale = "scale: {recovery.stages.Repair.window: 0.6}"
    entry = f'  - {{name: A, {scale}, cost: "uniform(2 K EUR, 6 K EUR)"}}\n'
    found = alternatives(busy, entry)["A"]
    assert found.cost == pytest.approx(4000, rel=1e-3)
    assert found.net_saving.mean == pytest.approx(found.saving.mean - found.cost)
    assert found.net_saving.sd != found.saving.sd


def test_mean_and_median_of_opposite_sign_are_marked(busy, alternatives):
    found = alternatives(
        busy.replace("fails: 30%", "fails: 0%"),
        "  - {name: A, set: {recovery.stages.Repair.duration: 22 h, "
        "recovery.stages.Repair.status: not_started}}\n"
        "  - {name: B, scale: {recovery.stages.Repair.window: 0.6}}\n",
    )
    assert found["A"].saving.mean > 0 > found["A"].saving.p50
    assert found["A"].disagree
    assert not found["B"].disagree


def test_the_error_of_a_saving_is_thirty_times_smaller_than_that_of_independent_runs(
    alternatives, base_of, build
):
    # the reference incident at 16,384 trials; independent runs: plain draws, whose variances add
    reference = Path(__file__).parents[1] / "data" / "reference" / "r1-three-stages.yaml"
    text, trials = reference.read_text("utf-8"), 2**14
    entry = "  - {name: A, scale: {recovery.stages.Repair.duration: 0.7}}\n"
    found = [alternatives(text, entry, trials, seed)["A"].saving for seed in range(1, 33)]
    shorter = text.replace("pert(4 h, 10 h, 24 h)", "pert(2.8 h, 7 h, 16.8 h)")
    variance = sum(base_of(build(one), trials).loss.var() for one in (text, shorter))
    independent = np.sqrt(variance / trials)
    paired = np.std([one.mean for one in found], ddof=1)
    assert independent > 1000**0.5 * paired
    # and the answer says its own error
    claimed = np.sqrt(np.mean([one.mc_error.mean**2 for one in found]))
    assert 0.6 * paired < claimed < 1.8 * paired


def test_nothing_that_restores_is_left(busy, alternatives):
    text = (
        busy.replace(", restores: 50%", "")
        .replace(", restores: 30%", "")
        .replace(", restores: 20%", ", restores: 100%")
    )
    with pytest.raises(InputError) as caught:
        alternatives(text, "  - {name: Nothing, remove: [Move]}\n")
    (problem,) = caught.value.problems
    assert str(problem).startswith("case.yaml:")
    assert "what_if.Nothing: no stage is left that gives service back" in str(problem)


def test_every_stage_can_not_be_removed(busy, alternatives):
    with pytest.raises(InputError, match=r"what_if\.None: no stage is left"):
        alternatives(busy, '  - {name: "None", remove: [Contain, Repair, Move]}\n')


def test_a_change_of_a_done_stage_and_a_crossing_law_are_remarked(busy, base_of, build):
    from impactcalc.analysis.whatif import compare

    scenario = build(
        busy
        + "what_if:\n"
        + "  - {name: A, scale: {recovery.stages.Contain.window: 0.5}}\n"
        + "  - {name: B, set: {recovery.stages.Repair.window: 4 h to 12 h}}\n"
        + "  - {name: C, set: {recovery.stages.Repair.window: 2 h to 12 h}}\n"
    )
    warnings = compare(base_of(scenario, 256), scenario.what_if).warnings
    said = {one.field: one for one in warnings}
    assert list(said) == ["what_if.A", "what_if.B"]
    assert "'Contain' is done" in said["what_if.A"].message
    assert "another spread" in said["what_if.B"].message
    assert said["what_if.B"].line > 0


def test_a_saving_without_a_mean_is_compared_by_its_middle(alternatives):
    text = CERTAIN.replace("duration: 4 h", "duration: 'lognormal(4 h, 4000 h)'")
    entry = "  - {name: A, scale: {recovery.stages.Mend.duration: 0.5}, cost: 1 EUR}\n"
    found = alternatives(text, entry, 512)["A"]
    assert np.isinf(found.saving.mean)
    assert found.saving.p50 > 0
    assert not found.disagree
    assert not found.recommended
