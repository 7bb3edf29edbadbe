"""An incident under way: what is overdue is said and moves the rest; updates stay coherent."""

import importlib.util
import sys
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from impactcalc.engine.simulate import simulate

ROOT = Path(__file__).parents[2]
LATE = """
impactcalc: 1
incident: {{started: 2026-05-04T00:00Z, as_of: "{as_of}", lost_share: 50%{incident}}}
recovery:
  dependence: {rho}
  stages:
    - {{name: Repair, window: 4 h to 24 h, restores: 60%, status: in_progress}}
    - {{name: Harden, window: 24 h to 168 h, restores: 40%}}
business: {{currency: EUR, revenue_at_risk: 24 K EUR/day}}
"""


@pytest.fixture(scope="module")
def staged():
    """Give the backtest of staged plans, as `python -m benchmarks.staged` runs it."""
    spec = importlib.util.spec_from_file_location("staged", ROOT / "benchmarks" / "staged.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["staged"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["staged"]


def answer(build, as_of, incident="", rho="0.5", trials=4096):
    text = LATE.format(as_of=as_of, incident=incident, rho=rho)
    return simulate(build(text), trials=trials)


def checks_of(found, kind):
    return [one for one in found.checks if one.kind == kind]


def test_an_overdue_stage_is_named_with_its_line_and_its_consequence(build):
    found = answer(build, "2026-05-06T12:00Z")
    (check,) = checks_of(found, "overdue")
    assert check.message == (
        "'Repair' is overdue: it is still open 2.5 days after the plan's start, and 9 in 10 such "
        "stages end within 2.2 days; the other open stages are forecast later, too (dependence 0.5)"
    )
    assert check.lines == (7,)
    assert [stage.overdue for stage in found.recovery.stages] == [True, False]
    (alone,) = checks_of(answer(build, "2026-05-06T12:00Z", rho="0"), "overdue")
    assert alone.message.endswith("with a dependence of 0 the other stages are not moved by it")


def test_nothing_is_overdue_within_the_p90(build):
    found = answer(build, "2026-05-06T05:00Z")
    assert checks_of(found, "overdue") == []
    assert not any(stage.overdue for stage in found.recovery.stages)


def test_after_an_overdue_and_after_a_timely_stage_the_rest_is_calibrated(staged):
    split = staged.groups(staged.truths(500, seed=11), 24.0)
    assert min(len(group) for group in split.values()) > 100
    late, timely = (staged.scored(split[name], 24.0) for name in ("overdue", "on time"))
    assert staged.calibrated(late)
    assert staged.calibrated(timely)
    # pooled, errors of a model that learns nothing would cancel; apart, they do not
    alone = staged.scored(split["overdue"], 24.0, rho=0.0)
    assert alone.seen - alone.said > 4 * alone.error
    assert late.brier < alone.brier


def test_a_scenario_s_forecasts_form_a_martingale(staged):
    # the mean over what may be seen at 24 h of P(end > x) is P(end > x) at 0 h; ends that are
    # over by then count as what they were
    lives = staged.truths(700, seed=3)
    at_start = staged.forecast([1e9, 1e9, 1e9], 0.0)
    trials = [
        staged.forecast(life.tolist(), 24.0) if life[2] > 24 else np.array([life[2]])
        for life in lives
    ]
    for limit in (48.0, 100.0, 168.0, 400.0):
        later = np.array([np.mean(each > limit) for each in trials])
        error = later.std() / np.sqrt(later.size)
        assert later.mean() == pytest.approx(np.mean(at_start > limit), abs=4 * error + 0.005)


SERIAL = """
impactcalc: 1
incident: {{started: 2026-05-04T00:00Z, as_of: "{now}", lost_share: 50%}}
recovery:
  stages:
    - {{name: Find, duration: "lognormal(3 h, 12 h)", restores: 40%{first}}}
    - {{name: Mend, duration: "lognormal(5 h, 20 h)", restores: 60%{second}}}
business: {{currency: EUR, revenue_at_risk: 24 K EUR/day}}
"""


def test_durations_with_stated_elapsed_form_a_martingale_too(build, trials_of, staged):
    draw = np.random.default_rng(17)
    shared, own = draw.standard_normal((400, 1)), draw.standard_normal((400, 2))
    z = np.sqrt(0.5) * shared + np.sqrt(0.5) * own
    lengths = np.array([3.0, 5.0]) * np.exp(np.log(4.0) / 1.2815515655446 * z)
    now_h, limits = 6.0, (12.0, 30.0)

    def late(now, first, second):
        text = SERIAL.format(now=staged._clock(now), first=first, second=second)
        return trials_of(build(text), 64)["full_recovery_h"]

    seen = []
    for find, mend in lengths:
        if find + mend <= now_h:
            seen.append([0.0] * len(limits))
            continue
        first, second = f", status: in_progress, elapsed: {now_h} h", ""
        if find <= now_h:
            first = f', status: done, finished: "{staged._clock(find)}"'
            second = f", status: in_progress, elapsed: {now_h - find:.6f} h"
        end = late(now_h, first, second)
        seen.append([float(np.mean(end > limit)) for limit in limits])
    before = late(0.0, "", "")
    for limit, chances in zip(limits, np.array(seen).T, strict=True):
        error = chances.std() / np.sqrt(chances.size)
        assert chances.mean() == pytest.approx(np.mean(before > limit), abs=4 * error + 0.01)


def test_a_partial_restoration_is_set_beside_the_plan(build):
    seen = ", milestones: [{at: 2026-05-04T03:00Z, restored: 10%}, "
    seen += "{at: 2026-05-04T06:00Z, restored: 40%}]"
    found = answer(build, "2026-05-04T12:00Z", seen)
    (check,) = checks_of(found, "milestone")
    # seen at 6 h, six hours ago: the median rest is 11.8 h in all, so 5.8 h from now
    assert check.message.startswith(
        "40% was back at 2026-05-04T06:00Z: after such a partial restoration all is back in 5.8 h "
        "from now in half of the cases, in "
    )
    now = found.as_of
    half = (found.promise.p50 - now) / timedelta(days=1)
    most = (found.promise.p80 - now) / timedelta(days=1)
    assert f"the plan says {half:.2g} days and {most:.2g} days" in check.message
    assert check.lines == (3,)


def test_a_partial_restoration_of_unknown_size_is_compared_too(build):
    seen = ", milestones: [{at: 2026-05-04T06:00Z}]"
    (check,) = checks_of(answer(build, "2026-05-04T12:00Z", seen), "milestone")
    assert check.message.startswith("Part of the service was back at 2026-05-04T06:00Z: after")


def test_a_partial_restoration_changes_no_figure(build):
    seen = ", milestones: [{at: 2026-05-04T06:00Z, restored: 40%}]"
    with_it, without = (answer(build, "2026-05-04T12:00Z", words) for words in (seen, ""))
    assert with_it.customer == without.customer
    assert with_it.recovery == without.recovery


def test_a_milestone_of_all_service_contradicts_an_open_plan(build):
    seen = ", milestones: [{at: 2026-05-04T06:00Z, restored: 100%}]"
    (check,) = checks_of(answer(build, "2026-05-04T12:00Z", seen), "milestone")
    assert "all service was back at 2026-05-04T06:00Z" in check.message
    none = ", milestones: [{at: 2026-05-04T06:00Z, restored: 0%}]"
    assert checks_of(answer(build, "2026-05-04T12:00Z", none), "milestone") == []


PARALLEL = """
impactcalc: 1
incident: {started: 2026-05-04T00:00Z, as_of: 2026-05-04T00:00Z, lost_share: 50%}
recovery:
  dependence: 0
  stages:
    - {name: Left, duration: "uniform(0 h, 10 h)", restores: 60%, after: []}
    - {name: Right, duration: "uniform(0 h, 10 h)", restores: 40%, after: []}
business: {currency: EUR, revenue_at_risk: 24 K EUR/day}
"""


def test_news_come_by_the_next_update_in_half_of_the_trials(build):
    # the first of two uniform ends: P(min > t) = (1 - t/10)^2 = 1/2
    found = simulate(build(PARALLEL), trials=2**14)
    first = (found.promise.next_update - found.as_of) / timedelta(hours=1)
    assert first == pytest.approx(10 * (1 - np.sqrt(0.5)), rel=0.01)
    assert found.promise.next_update < found.recovery.stages[0].finish_at["p50"]


def test_a_promise_of_8_in_10_is_kept_in_8_of_10(build, trials_of):
    text = LATE.format(as_of="2026-05-04T12:00Z", incident="", rho="0.5")
    found, trials = simulate(build(text), trials=4096), trials_of(build(text), seed=9, points=1024)
    started = found.as_of - timedelta(hours=12)
    for promised, share in ((found.promise.p50, 0.5), (found.promise.p80, 0.8)):
        hours = (promised - started) / timedelta(hours=1)
        assert np.mean(trials["full_recovery_h"] <= hours) == pytest.approx(share, abs=0.01)
