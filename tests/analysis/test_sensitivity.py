"""Drivers: first-order indices of known functions, and the inputs of an escalation in words."""

import math

import numpy as np
import pytest

from impactcalc.analysis.inputs import inputs
from impactcalc.analysis.sensitivity import effects
from impactcalc.stats.conditional import bin_means, ends, first_order
from impactcalc.stats.streams import REPLICATES, Streams

POINTS = 1024


def draws(*names, points=POINTS, seed=1):
    streams = Streams(seed, names)
    return [streams.draw(name, 0, points) for name in names]


def indices(values, us):
    means = np.stack([bin_means(values, u) for u in us])
    return first_order(means, float(values.var()))


@pytest.mark.parametrize("seed", range(4))
def test_the_indices_of_ishigami_are_the_published_ones(seed):
    # y = sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, x uniform on [-pi, pi] (Ishigami and Homma, 1990)
    us = draws("x1", "x2", "x3", seed=seed)
    x1, x2, x3 = (np.pi * (2 * u - 1) for u in us)
    y = np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)
    a, b = 7.0, 0.1
    v1 = 0.5 * (1 + b * np.pi**4 / 5) ** 2
    v2 = a**2 / 8
    total = v1 + v2 + b**2 * np.pi**8 * (1 / 18 - 1 / 50)
    assert indices(y, us) == pytest.approx([v1 / total, v2 / total, 0.0], abs=0.02)


@pytest.mark.parametrize("seed", range(4))
def test_the_indices_of_the_g_function_are_the_published_ones(seed):
    # y = prod (|4 x - 2| + a) / (1 + a) (Sobol, 1993), a from the usual set of eight
    weights = [0, 1, 4.5, 9, 99, 99, 99, 99]
    us = draws(*(f"x{k}" for k in range(8)), seed=seed)
    parts = [(np.abs(4 * u - 2) + a) / (1 + a) for u, a in zip(us, weights, strict=True)]
    variances = [1 / 3 / (1 + a) ** 2 for a in weights]
    total = math.prod(1 + v for v in variances) - 1
    assert indices(np.prod(parts, axis=0), us) == pytest.approx(
        [v / total for v in variances], abs=0.02
    )


def test_an_input_without_effect_has_no_index_however_noisy_the_figure_is():
    # a square of bin means would give 15/512 of pure noise; products of two replicates give 0
    rng = np.random.default_rng(3)
    u = rng.random((REPLICATES, 512))
    found = [float(indices(rng.standard_normal(u.shape), [u])[0]) for _ in range(20)]
    assert np.mean(found) < 0.003


def test_a_straight_line_explains_all_and_its_ends_are_exact():
    (u,) = draws("x")
    means = bin_means(3 + 5 * u, u)
    assert float(first_order(means, (3 + 5 * u).var())) == pytest.approx(1.0, abs=1e-3)
    found = ends(means)
    assert (float(found.low), float(found.high)) == pytest.approx((3.5, 7.5), abs=1e-3)
    assert float(found.error) < 1e-3


def test_the_mean_of_an_empty_bin_is_its_replicates_own():
    u = np.full((2, 4), 0.01)
    means = bin_means(np.array([[1.0, 2, 3, 4], [5, 6, 7, 8]]), u)
    assert means.tolist() == [[2.5] * 16, [6.5] * 16]


def test_a_figure_that_never_varies_has_no_index():
    (u,) = draws("x")
    assert indices(np.ones_like(u), [u]).tolist() == [0.0]


def test_a_constant_added_moves_no_index_and_a_factor_none_either():
    us = draws("x", "y")
    values = us[0] + us[1] ** 3
    plain = indices(values, us)
    assert indices(1e6 + values, us) == pytest.approx(plain, abs=1e-6)
    assert indices(-40 * values, us) == pytest.approx(plain, rel=1e-9)


# the inputs of a scenario


CERTAIN_TIMES = """
impactcalc: 1
incident: {started: 2026-03-01T00:00Z, as_of: 2026-03-01T00:00Z, lost_share: 'uniform(20%, 60%)'}
recovery: {dependence: 0, stages: [{name: Mend, duration: 'uniform(2 h, 6 h)'}]}
business: {currency: EUR, revenue_at_risk: 24 K EUR/day}
"""


def test_drivers_have_their_exact_ends_and_indices(build, base_of):
    # loss = 1000 L T, L in [.2, .6], T in [2, 6] h: V(E|L) = 1e6 16 (.4^2/12)
    base = base_of(build(CERTAIN_TIMES), 2**14)
    found = {one.driver.input: one.driver for one in effects(base.model, base.found)}
    share, time = found["lost share at the start"], found["time until it is done (Mend)"]
    by_share, by_time = 16 * 0.4**2 / 12, 0.4**2 * 4**2 / 12
    total = by_share + by_time + 0.4**2 / 12 * 4**2 / 12
    assert share.first_order == pytest.approx(by_share / total, abs=0.005)
    assert time.first_order == pytest.approx(by_time / total, abs=0.005)
    assert (share.low.at, share.high.at) == pytest.approx((0.24, 0.56))
    assert (share.low.value, share.high.value) == pytest.approx((960, 2240), rel=2e-3)
    assert (time.low.at, time.high.at) == pytest.approx((2.4, 5.6))
    assert (time.low.value, time.high.value) == pytest.approx((960, 2240), rel=2e-3)
    assert (share.unit, time.unit, time.output) == ("share", "h", "customer.total")


def test_without_money_the_drivers_move_the_time_to_recovery(build, base_of):
    text = CERTAIN_TIMES.replace("business: {currency: EUR, revenue_at_risk: 24 K EUR/day}", "")
    base = base_of(build(text + "sla: {target: 99%}\n"), 4096)
    (only,) = effects(base.model, base.found)
    assert only.driver.output == "recovery.full_recovery_h"
    assert only.driver.low.value == pytest.approx(2.4, rel=1e-3)
    assert only.driver.first_order == pytest.approx(1.0, abs=2e-3)


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_seeds_first_drivers_are_the_route_and_the_repair(stratton, base_of, seed):
    base = base_of(stratton, 2**14, seed)
    first, second, *_ = [one.driver for one in effects(base.model, base.found)]
    assert first.input == "route to the lost share"
    assert second.input == "remaining repair time (Short-term)"
    assert first.low.value < first.high.value
    assert 0 < second.low.at < 4
    assert second.high.at > 20


def test_what_lies_nearer_to_now_is_the_lower_end_of_a_time_since(stratton, base_of):
    base = base_of(stratton, 2**14)
    found = {one.driver.input: one.driver for one in effects(base.model, base.found)}
    since = found["time since the start"]  # 22 January, forecast at 12:00 of the 23rd
    assert (since.low.at, since.high.at) == pytest.approx((14.4, 33.6))
    assert since.low.value < since.high.value
    tablets = found["number of tablets"]
    assert tablets.low.value > tablets.high.value


def test_a_scenario_in_which_nothing_is_uncertain_has_no_drivers(build, base_of):
    text = CERTAIN_TIMES.replace("'uniform(20%, 60%)'", "50%").replace("'uniform(2 h, 6 h)'", "4 h")
    base = base_of(build(text), 512)
    assert effects(base.model, base.found) == ()


def test_chances_revenue_and_hand_over_have_words(busy, build, base_of):
    text = busy.replace("duration: 2 h to 9 h", "duration: 2 h to 9 h, hand_over: 1 h to 8 h")
    found = {one.words: one for one in inputs(base_of(build(text), 16).model)}
    assert found["revenue a day"].unit == "EUR"
    assert found["revenue a day"].at[0] == pytest.approx(95_200, rel=0.01)
    assert found["hand-over (Move)"].unit == "h"
    assert 1 < found["hand-over (Move)"].at[0] < found["hand-over (Move)"].at[1] < 8
    assert {
        "failed tries (Repair)",
        "falling back (Contain)",
        "remaining repair time (Repair)",
    } <= (set(found))


def test_a_stage_alone_goes_together_with_none(build, base_of):
    model = base_of(build(CERTAIN_TIMES.replace("dependence: 0,", "dependence: 0.5,")), 16).model
    words = {one.words for one in inputs(model)}
    assert "how slow such repairs are" in words
    assert "all stages slow or fast together" not in words


def test_where_no_mean_exists_nothing_drives_it(build, base_of):
    text = CERTAIN_TIMES.replace("'uniform(2 h, 6 h)'", "'lognormal(4 h, 4000 h)'")
    base = base_of(build(text), 512)
    assert effects(base.model, base.found) == ()


MANY = """
impactcalc: 1
incident: {started: 2026-03-02T06:30Z, as_of: 2026-03-03T09:00Z, lost_share: 10% to 60%}
recovery:
  started: 2026-03-02T08:00Z
  stages:
"""


def test_an_input_that_proves_weak_at_a_closer_look_is_not_listed_twice(build, base_of):
    stages = "".join(
        f"    - {{name: S{k}, window: {2 * k} h to {2 * k + 3} h, restores: 2.5%, "
        f"status: {'done' if k < 6 else 'in_progress' if k == 6 else 'not_started'}}}\n"
        for k in range(40)
    )
    base = base_of(build(MANY + stages + "business: {revenue_at_risk: 2.4 M EUR/day}\n"), 16_384, 2)
    found = [one.input.name for one in effects(base.model, base.found)]
    assert len(found) > 4
    assert len(set(found)) == len(found)
