"""Observed incidents by trial: the model's own path measured, shares, parts, and a fine grid."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactcalc.engine.observed_budget import observed_consumption
from impactcalc.engine.sampling import block_draw
from impactcalc.engine.trial import compile_model, outcome, world
from impactcalc.stats.streams import REPLICATES, Streams
from tests.engine.observed_case import POINTS, answer, case, money, seen


def block(model, points=POINTS):
    draw = block_draw(Streams(1, model.names), 0, points)
    here = world(model, draw, REPLICATES * points)
    return here, outcome(model, here, draw)


def test_with_a_drawn_start_the_observed_part_is_taken_from_it_on(build):
    drawn = seen(case(build, started="2026-03-11"), (-9, 0, 0), (0, 4, 0.5))
    model = compile_model(drawn)
    here, found = block(model)
    started = here.times.incident_started - 9.0
    assert started.min() < -5
    assert started.max() > 3
    lost = 0.5 * (4.0 - np.maximum(started, 0.0))
    np.testing.assert_allclose(found["already_lost"], 1000 * lost, rtol=1e-9)
    earlier = 0.5 * np.maximum(started, 0.0)
    np.testing.assert_allclose(found["before/proportional"], 3600 * earlier, atol=1e-6)
    assert answer(drawn).sla.readings["proportional"].consumed_s == pytest.approx(7200)


def test_measurements_take_the_place_of_no_random_number(build):
    scenario = case(build, ("{name: Repair, duration: 2 h to 30 h}",), lost="10% to 60%")
    plain, watched = compile_model(scenario), compile_model(seen(scenario, (0, 4, 0.5)))
    assert watched.names == plain.names


OPEN = (
    "{name: Contain, duration: 2 h to 30 h, restores: 55%}",
    "{name: Repair, duration: 1 h to 9 h, restores: 25%}",
    "{name: Rest, duration: 1 h to 40 h, shape: linear, restores: 20%}",
)


@pytest.mark.parametrize("reading", ["exposed", "lost"])
@pytest.mark.parametrize("stages", [OPEN[:2], OPEN[:2] + OPEN[2:]])
def test_the_models_own_path_gives_the_models_own_answer(build, stages, reading):
    if len(stages) == 2:
        stages = (stages[0], stages[1].replace("25%", "45%"))
    told = case(
        build,
        stages,
        lost="40%",
        dependence=0.5,
        profile="business-hours",
        deferred="30%",
        reading=reading,
        more=", future: {per_year: 40, duration: 0.5 h to 8 h}",
    )
    # before the forecast no stage is over: the share is the one told
    plain, watched = answer(told), answer(seen(told, (0, 4, 0.4)))
    for part in ("revenue_loss", "already_lost", "avoidable"):
        ours, theirs = getattr(watched.customer, part), getattr(plain.customer, part)
        assert ours[:10] == pytest.approx(theirs[:10], rel=1e-9)
    for name, theirs in plain.sla.readings.items():
        ours = watched.sla.readings[name]
        assert ours.availability[:10] == pytest.approx(theirs.availability[:10], rel=1e-12)
        assert ours.consumed_s == pytest.approx(theirs.consumed_s)
        assert ours.exhausted_at == theirs.exhausted_at
    assert watched.recovery.fan == plain.recovery.fan


def test_a_done_stages_path_gives_the_models_own_answer_too(build):
    stages = (
        "{name: One, window: 0 h to 3 h, status: done, finished: 2026-03-11T11:00Z, restores: 50%}",
        "{name: Two, duration: 3 h to 9 h, restores: 50%}",
    )
    told = case(build, stages, lost="60%", profile="business-hours", target="99.5%")
    plain, watched = answer(told), answer(seen(told, (0, 2, 0.6), (2, 4, 0.3)))
    assert watched.customer.total[:10] == pytest.approx(plain.customer.total[:10])
    assert watched.sla.readings["threshold"].exhausted_at == (
        plain.sla.readings["threshold"].exhausted_at
    )


def test_nothing_observed_means_nothing_lost(build):
    found = answer(seen(case(build, lost="90%"), (-5, 0, 0.3), (0, 4, 0)))
    assert money(found) == pytest.approx((0, 0, 0))
    assert found.customer.readings["lost"].mean == 0
    assert found.sla.readings["threshold"].downtime_s.mean == 0


RELAPSING = (
    "{name: Contain, window: 0 h to 4 h, restores: 50%, status: done, relapse: 40%}",
    "{name: Repair, duration: 2 h to 24 h, restores: 30%, status: in_progress, relapse: 30%}",
    "{name: Move, duration: 2 h to 9 h, restores: 20%, shape: linear, status: in_progress}",
)


@pytest.mark.parametrize("share", [0.0, 0.35, 0.9, 1.0])
def test_the_lost_share_stays_a_share_and_its_integrals_are_exact(build, share):
    told = case(build, RELAPSING, lost="20% to 90%", profile="business-hours", target="95%")
    pieces = ((-30, -20, 0.5), (-20, 0.5, 0), (0.5, 1.5, 1), (2.25, 3.0, 0.1), (3.5, 3.75, share))
    model = compile_model(seen(told, *pieces))
    here, found = block(model, 2)
    edges = np.linspace(0.0, 744.0, 744 * 120 + 1)
    middle = 0.5 * (edges[1:] + edges[:-1])
    share_lost = here.lost_share(middle[:, np.newaxis])
    assert share_lost.min() >= 0.0
    assert share_lost.max() <= 1.0 + 1e-12
    revenue = np.diff(model.money.clock.revenue(edges))
    exposed = 1000 * (revenue[:, np.newaxis] * share_lost).sum(axis=0)
    late = here.end < 700
    np.testing.assert_allclose(found["exposed"][late], exposed[late], rtol=2e-3, atol=15.0)
    now = middle < model.plan.as_of
    so_far = 1000 * (revenue[now, np.newaxis] * share_lost[now]).sum(axis=0)
    np.testing.assert_allclose(found["already_lost"], so_far, rtol=2e-3, atol=15.0)
    inside = middle < model.contract.end
    step = edges[1]
    for name, down in (
        ("all_fail", share_lost >= 1 - 1e-12),
        ("threshold", share_lost > 0.3 + 1e-12),
        ("proportional", share_lost),
    ):
        hours = down[inside].sum(axis=0) * step
        np.testing.assert_allclose(found[name] / 3600, hours, atol=0.05)


@pytest.mark.parametrize("target", ["99.9%", "98.5%", "98%", "95%"])
def test_the_budget_is_gone_when_a_fine_grid_says_so(build, target):
    told = case(build, RELAPSING, lost="20% to 90%", target=target)
    pieces = ((-30, -20, 0.5), (-20, 0.5, 0), (0.5, 1.5, 1), (2.25, 3.0, 0.1), (3.5, 3.75, 0.6))
    model = compile_model(seen(told, *pieces))
    draw = block_draw(Streams(1, model.names), 0, 2)
    here = world(model, draw, REPLICATES * 2)
    found = observed_consumption(model, model.contract, here, draw)
    edges = np.linspace(model.contract.start, model.contract.end, 744 * 120 + 1)
    middle, step = 0.5 * (edges[1:] + edges[:-1]), edges[1] - edges[0]
    before = np.where((middle >= -30) & (middle < -20), 0.5, 0.0)[:, np.newaxis]
    lost = np.where(middle[:, np.newaxis] < 0, before, here.lost_share(middle[:, np.newaxis]))
    allowed = float(model.contract.budget.allowed_s) / 3600
    for name, down in (
        ("all_fail", lost >= 1 - 1e-12),
        ("threshold", lost > 0.3 + 1e-12),
        ("proportional", lost),
    ):
        used_h = np.cumsum(down * step, axis=0)
        now = np.searchsorted(middle, model.plan.as_of)
        np.testing.assert_allclose(found[f"{name}/consumed"] / 3600, used_h[now], atol=0.05)
        gone = used_h[-1] > allowed + 0.05
        moments = edges[1:][np.argmax(used_h >= allowed, axis=0)]
        # at the grid's own errors, which a small lost share stretches
        slack = 0.05 if name != "proportional" else 1.0
        np.testing.assert_allclose(found[f"{name}/exhausted"][gone], moments[gone], atol=slack)
        never = used_h[-1] < allowed - 0.05
        assert np.isinf(found[f"{name}/exhausted"][never]).all()


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(1, 40), st.integers(0, 100)),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_was_measured_the_parts_of_the_loss_add_up(build, parts):
    pieces, at = [], -2.0
    for gap, minutes, share in parts:
        at += gap / 6
        pieces.append((at, at + minutes / 60, share / 100))
        at += minutes / 60
    model = compile_model(seen(case(build, OPEN, lost="20% to 90%"), *pieces))
    here, found = block(model, 4)
    assert (found["already_lost"] >= 0).all()
    assert (found["avoidable"] >= -1e-9).all()
    np.testing.assert_allclose(
        found["exposed"], found["already_lost"] + found["avoidable"], rtol=1e-9, atol=1e-9
    )
    assert (found["all_fail"] <= found["threshold"] + 1e-6).all()
    assert (found["all_fail"] <= found["proportional"] + 1e-6).all()
    t = np.linspace(0.0, 80.0, 400)[:, np.newaxis]
    share_lost = here.lost_share(t)
    assert ((share_lost >= 0) & (share_lost <= 1 + 1e-12)).all()
