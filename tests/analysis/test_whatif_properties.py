"""Properties of actions that hold in every trial, whatever the action (MODEL.md section 7)."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

FEW = settings(max_examples=8, deadline=None, derandomize=True)
factors = st.floats(0.0, 1.0).map(lambda x: round(x, 3))
hours = st.floats(0.0, 200.0).map(lambda x: round(x, 2))
stages = st.sampled_from(["Repair", "Move"])
LOSS, END = "exposed", "full_recovery_h"


def length(stage):
    return f"recovery.stages.{stage}.{'window' if stage == 'Repair' else 'duration'}"


def changed(by_trial, busy, entry, name):
    return by_trial(busy, entry, trials=512)(name)


@FEW
@given(pair=st.tuples(factors, factors), stage=stages)
def test_the_smaller_factor_never_loses_more_nor_ends_later(by_trial, busy, pair, stage):
    small, large = sorted(pair)
    for name in (LOSS, END):
        base, less = changed(by_trial, busy, f"scale: {{{length(stage)}: {small}}}", name)
        _, more = changed(by_trial, busy, f"scale: {{{length(stage)}: {large}}}", name)
        assert np.all(less <= more * (1 + 1e-12))
        assert np.all(more <= base * (1 + 1e-12))


@FEW
@given(pair=st.tuples(hours, hours), stage=stages)
def test_the_longer_delay_never_loses_less_nor_ends_earlier(by_trial, busy, pair, stage):
    short, long = sorted(pair)
    for name in (LOSS, END):
        base, less = changed(by_trial, busy, f"delay: {{{stage}: {short} h}}", name)
        _, more = changed(by_trial, busy, f"delay: {{{stage}: {long} h}}", name)
        assert np.all(base <= less * (1 + 1e-12))
        assert np.all(less <= more * (1 + 1e-12))
    assert np.all(more - base <= long + 1e-6)


@FEW
@given(factor=factors)
def test_the_lost_share_scales_the_exposed_loss_and_no_other(by_trial, busy, factor):
    before, after = changed(by_trial, busy, f"scale: {{incident.lost_share: {factor}}}", LOSS)
    assert np.allclose(after, factor * before, rtol=1e-12)
    assert np.array_equal(
        *changed(by_trial, busy, f"scale: {{incident.lost_share: {factor}}}", "lost")
    )
    assert np.array_equal(
        *changed(by_trial, busy, f"scale: {{incident.lost_share: {factor}}}", END)
    )


@FEW
@given(share=factors, ready=hours)
def test_relief_saves_at_most_its_share_of_what_is_avoidable(by_trial, busy, share, ready):
    entry = f"relief: {{share: {share:.3f}, ready: {ready} h}}"
    before, after = changed(by_trial, busy, entry, LOSS)
    avoidable = changed(by_trial, busy, entry, "avoidable")[0]
    saved = before - after
    assert np.all(saved >= -1e-6 * before)
    assert np.all(saved <= share * avoidable * (1 + 1e-9) + 1e-6 * before)


@FEW
@given(chances=st.tuples(factors, factors), key=st.sampled_from(["fails", "relapse"]))
def test_the_smaller_chance_of_a_setback_never_loses_more(by_trial, busy, chances, key):
    small, large = sorted(chances)
    entry = "set: {{recovery.stages.Repair.{}: {:.1f}%}}"
    _, less = changed(by_trial, busy, entry.format(key, 100 * small), LOSS)
    _, more = changed(by_trial, busy, entry.format(key, 100 * large), LOSS)
    assert np.all(less <= more * (1 + 1e-12))
