"""The questions asked about the first escalation: their signs, orders and identities, by trial.

Source: the study of peers, section 4, without what the review of the mathematics calls false
("later by exactly 14 days" of a stage that has not started, for one).
"""

from pathlib import Path

import numpy as np
import pytest

from impactcalc.analysis.whatif import compare
from impactcalc.engine.detail import detail

FILE = Path(__file__).parents[2] / "scenarios" / "stratton-what-if.yaml"
TEXT = FILE.read_text("utf-8").split("what_if:")[0]
STEADY = TEXT.replace("relapse: 8%", "relapse: 0%")
RATE = 75_000 / 24
LOSS, END = "exposed", "full_recovery_h"
NOT_STARTED = "recovery.stages.Short-term.status: not_started"
RESTART = f"recovery.stages.Short-term.duration: 15 min, {NOT_STARTED}"
NOW = f"outage: {{lasts: 15 min}}, set: {{{RESTART}}}"
AT_TWO = (
    f"outage: {{at: '2024-01-24T02:00Z', lasts: 15 min}}, set: {{{RESTART}}}, "
    "delay: {Short-term: 14 h}"
)


@pytest.fixture(scope="module")
def listed(build, base_of):
    """Give the file's alternatives by name, and its base."""
    scenario = build(FILE.read_text("utf-8"))
    base = base_of(scenario, 2**14)
    return base, {one.name: one for one in compare(base, scenario.what_if).alternatives}


@pytest.fixture(scope="module")
def share_now(build, base_of):
    """Give the lost share at the forecast by trial, without a relapse."""
    base = base_of(build(STEADY), 4096)
    return detail(base.model, base.found)["now"]


@pytest.fixture
def saving(by_trial):
    """Give a function from an entry to the saving by trial."""

    def of(entry, text=STEADY, name=LOSS):
        before, after = by_trial(text, entry)(name)
        return before - after

    return of


def test_every_question_is_compared(listed):
    _, found = listed
    assert len(found) == 17


# 1 restart now, or wait


def test_with_a_flat_profile_to_restart_now_never_loses_to_waiting(by_trial, share_now):
    (before, now), (_, later) = (by_trial(STEADY, entry)(LOSS) for entry in (NOW, AT_TWO))
    so_far = by_trial(STEADY, NOW)("already_lost")[0]
    assert np.allclose(now - so_far, RATE * 0.25, rtol=1e-9)
    assert np.allclose(later - now, RATE * 14 * share_now, rtol=1e-9)
    assert np.all(later >= now)
    assert before.shape == now.shape


def test_with_a_daily_profile_waiting_wins_below_the_break_even_share(by_trial, share_now):
    weights = [1.0] * 24
    weights[12] = 8.0  # the hour of the forecast is dear
    weights[2] = 0.5
    text = STEADY.replace("reading: exposed", f"reading: exposed\n  profile: {weights}")
    mean = sum(weights) / 24
    hourly = [RATE * weight / mean for weight in weights]
    between = sum(hourly[12:]) + sum(hourly[:2])  # from 12:00 to 02:00
    now, later = (by_trial(text, entry)(LOSS)[1] for entry in (NOW, AT_TWO))
    gap = 0.25 * (hourly[12] - hourly[2])
    assert np.allclose(later - now, share_now * between - gap, rtol=1e-7, atol=1e-6)
    even = gap / between
    assert np.any(share_now < even)
    assert np.array_equal(now <= later, share_now >= even)


def test_a_planned_outage_is_downtime_of_every_definition(by_trial):
    both = by_trial(STEADY, "outage: {at: '2024-01-30T02:00Z', lasts: 15 min}")
    for name in ("all_fail", "threshold", "proportional"):
        before, after = both(name)
        assert np.all(after >= before)
        assert np.all(after - before <= 900 + 1e-6)
    before, after = both("all_fail")
    assert np.allclose(after - before, 900)


# 2 and 7: what is saved meanwhile


def test_read_replicas_save_more_the_earlier_they_work_and_move_no_end(by_trial, saving):
    early = saving("relief: {share: 40%, ready: 3 h}")
    late = saving("relief: {share: 40%, ready: 12 h}")
    assert np.all(early >= late - 1e-9)
    assert np.all(late >= -1e-9)
    assert early.mean() > late.mean() > 0
    whole = saving("relief: {share: 100%, ready: 3 h}")
    assert np.all(whole >= early - 1e-9)
    before, after = by_trial(STEADY, "relief: {share: 40%, ready: 3 h}")(END)
    assert np.array_equal(before, after)


def test_read_replicas_that_need_leaders_save_nothing_before_they_hold(saving):
    assert np.allclose(saving("relief: {share: 40%, ready: 3 h, needs: Short-term}"), 0, atol=1e-6)
    # a relapse is over when the stage is done again, too
    held = saving("relief: {share: 40%, ready: 3 h, needs: Short-term}", TEXT)
    free = saving("relief: {share: 40%, ready: 3 h}", TEXT)
    assert np.all(free >= held - 1e-6)


def test_to_throttle_scans_saves_a_quarter_of_what_is_still_to_come(by_trial):
    both = by_trial(TEXT, "relief: {share: 25%}")
    before, after = both(LOSS)
    still, left = both("avoidable")
    assert np.allclose(before - after, 0.25 * still, rtol=1e-9, atol=1e-9)
    assert np.allclose(left, 0.75 * still, rtol=1e-9, atol=1e-9)
    assert np.array_equal(*both("already_lost"))
    assert np.array_equal(*both(END))


def test_relief_is_downtime_of_its_share(by_trial):
    both = by_trial(STEADY, "relief: {share: 100%}")
    for name in ("all_fail", "threshold", "proportional"):
        before, after = both(name)
        assert np.all(after <= before + 1e-6), name
    half = by_trial(STEADY, "relief: {share: 50%}")("proportional")
    whole = both("proportional")
    assert np.allclose(half[0] - half[1], 0.5 * (whole[0] - whole[1]))


# 3 an insurance


def test_to_calm_the_flapping_zone_pays_in_the_tail_alone(listed, saving):
    base, found = listed
    one = found["Move leaders off the flapping zone"]
    assert one.saving.p50 == 0
    assert one.saving.mean > 4 * one.saving.mc_error.mean > 0
    values = saving("set: {recovery.stages.Short-term.relapse: 2%}", TEXT)
    assert np.all(values >= 0)
    assert 0.04 < (values > 0).mean() < 0.08
    assert one.earlier_prob < 0.08
    assert base.loss is not None


# 4 more hands


def test_more_hands_are_better_always_a_hand_over_takes_some_of_it(listed, saving):
    alone = saving("scale: {recovery.stages.Short-term.window: 0.7}")
    assert np.all(alone >= 0)
    handed = saving("scale: {recovery.stages.Short-term.window: 0.7}, delay: {Short-term: 24 min}")
    assert 0.5 < (handed > 0).mean() < 1
    two = saving("scale: {recovery.stages.Short-term.window: 0.5}, delay: {Short-term: 24 min}")
    assert np.all(two >= handed - 1e-9)
    found = listed[1]
    assert (
        found["Two more engineers"].saving.mean > found["Second engineer of the vendor"].saving.mean
    )


# 5 another way


def test_to_restore_from_the_backup_makes_the_late_ends_earlier_by_more(listed):
    base, found = listed
    one = found["Restore from the backup instead"]
    before = np.quantile(base.kept.values(END), (0.5, 0.9))
    assert before[1] - one.full_recovery_h.p90 > before[0] - one.full_recovery_h.p50 > 0
    assert 0.5 < one.better_prob < 1
    assert one.saving.p5 < 0


# 6 a promise


def test_a_promise_is_earlier_exactly_as_often_as_the_repair_would_take_longer(build, base_of):
    text = FILE.read_text("utf-8").replace("relapse: 8%", "relapse: 0%")
    scenario = build(text)
    base = base_of(scenario, 2**14)
    found = {one.name: one for one in compare(base, scenario.what_if).alternatives}
    one = found["Done in 18 hours, as promised"]
    remaining = base.kept.values("remaining")
    assert one.earlier_prob == (remaining > 18).mean()
    assert one.better_prob == one.earlier_prob
    assert one.saving.mean > 0 > one.saving.p50
    assert one.disagree


# 8 goodwill


def test_goodwill_costs_what_it_costs_and_changes_nothing_else(listed, by_trial):
    one = listed[1]["Goodwill"]
    assert (one.provider_saving.mean, one.provider_saving.sd) == (-5000, 0)
    assert (one.cost, one.net_saving.mean, one.saving.sd) == (5000, -5000, 0)
    both = by_trial(TEXT, "credit: 5 K USD")
    for name in (LOSS, END, "threshold/credits"):
        assert np.array_equal(*both(name))


# 9 what is not part of the outage


def test_the_upgrade_may_wait_without_harm_to_this_incident(by_trial):
    both = by_trial(TEXT, "delay: {Long-term: 14 d}")
    for name in (LOSS, END, "threshold/availability"):
        assert np.array_equal(*both(name))
    before, after = both("stage/2")
    assert np.all(after - before >= -1e-9)
    assert np.all(after - before <= 14 * 24 + 1e-9)


# 10 it falls back


def test_a_fall_back_never_helps_and_the_first_relief_stays(listed, by_trial):
    both = by_trial(TEXT, "set: {recovery.stages.Short-term.relapse: 100%}")
    before, after = both(LOSS)
    assert np.all(after >= before)
    assert (after > before).mean() > 0.9
    assert np.array_equal(*both("first_relief_h"))
    assert listed[1]["It falls back tonight"].saving.mean < -1000


# 11 the clause


def test_the_clause_changes_the_sla_alone(listed, by_trial):
    _, found = listed
    chances = []
    for name in ("Only a total outage counts", "Each failing share counts"):
        one = found[name]
        assert (one.saving.mean, one.saving.sd) == (0, 0)
        chances.append(one.breach_prob.value)
    assert chances[0] == 0 < chances[1]
    both = by_trial(TEXT, "set: {sla.downtime: all_fail}")
    none, share, above = (
        both(f"{name}/availability")[1] for name in ("all_fail", "proportional", "threshold")
    )
    assert np.all(none >= share)
    assert np.all(none >= above)
    assert np.all(both("all_fail/credits")[1] <= both("proportional/credits")[1])


# 12 later, or twice


def test_twelve_hours_later_costs_twelve_hours_of_what_fails_now(by_trial, share_now):
    both = by_trial(STEADY, "delay: {Short-term: 12 h}")
    before, after = both(LOSS)
    assert np.allclose(after - before, 12 * RATE * share_now, rtol=1e-9)
    before, after = both(END)
    assert np.allclose(after - before, 12)


def test_a_failed_first_try_costs_a_second_one_in_every_trial(by_trial):
    entry = "set: {recovery.stages.Short-term.fails: 100%, recovery.stages.Short-term.max_tries: 2}"
    both = by_trial(STEADY, entry)
    for name in (LOSS, END):
        before, after = both(name)
        assert np.all(after > before)


# where these are refused


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("users: 15000", "deferred: 50%"), "not computed with deferred demand"),
        (
            ("users: 15000", "users: 15000\n  productivity: {dependency: 10%, wage: 50 USD/h}"),
            "change revenue alone",
        ),
    ],
)
def test_what_is_not_computed_under_relief_is_refused(alternatives, change, said):
    from impactcalc.errors import InputError

    with pytest.raises(InputError, match=said):
        alternatives(TEXT.replace(*change), "  - {name: A, relief: {share: 10%}}\n", 64)


def test_relief_and_outage_are_checked_where_they_are_written(alternatives):
    from impactcalc.errors import InputError

    entries = (
        "  - {name: A, relief: {ready: 3 h}}\n"
        "  - {name: B, relief: {share: 120%, needs: Short}}\n"
        "  - {name: C, outage: {at: 2024-01-24, lasts: 15}}\n"
    )
    with pytest.raises(InputError) as caught:
        alternatives(TEXT, entries, 64)
    said = [str(problem) for problem in caught.value.problems]
    for words in (
        "what_if.1.relief.share is missing",
        "what_if.B.relief.share: '120%'",
        "what_if.B.relief.needs: no stage is called 'Short'; did you mean 'Short-term'?",
        "what_if.C.outage.at: '2024-01-24' is a whole day",
        "what_if.C.outage.lasts: '15' has no unit",
    ):
        assert any(words in one for one in said), (words, said)
    with pytest.raises(InputError, match="lies before the forecast"):
        alternatives(TEXT, "  - {name: A, outage: {at: '2024-01-23T02:00Z', lasts: 15 min}}\n", 64)
