"""The brute-force program against cruder computations still: rejection, fine grids, quadrature."""

import importlib.util
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from scipy.special import ndtr

HERE = Path(__file__).resolve().parent
REFERENCE = HERE.parent / "data" / "reference"
SPEC = importlib.util.spec_from_file_location("brute_force", HERE / "brute_force.py")
assert SPEC is not None
assert SPEC.loader is not None
brute_force = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = brute_force
SPEC.loader.exec_module(brute_force)

TIMELINES = (
    "s06-parallel-lost", "s08-linear-relapse-deferral", "s09-relapse-on-done",
    "s13-period-starts-late", "s20-half-hour-dst", "s22-all-done",
)  # fmt: skip


def document_of(name: str) -> Any:
    return yaml.safe_load((REFERENCE / f"{name}.yaml").read_text("utf-8"))


def plan_of(stages: list[dict[str, str]], rho: float, now: float) -> Any:
    """A plan that starts with an exact incident at hour 48 of the clock, asked ``now`` h later."""
    clock = brute_force.Clock(
        brute_force.datetime(2026, 1, 1, tzinfo=brute_force.UTC), brute_force.ZoneInfo("UTC")
    )
    recovery = {"dependence": rho, "stages": stages}
    return brute_force.read_plan(recovery, brute_force.Moment(48.0, 48.0), clock, 48.0 + now)


def run(plan: Any, n: int, seed: int = 5) -> Any:
    rng = np.random.default_rng(seed)
    start = np.full(n, 48.0)
    factor = brute_force.sample_common_factor(plan, rng, n)
    trial = brute_force.Trial(plan, rng, start, start, factor)
    for stage in brute_force.in_order(plan.stages):
        trial.run(stage)
    return trial


def test_evidence_above_and_below_agrees_with_rejection() -> None:
    stages = [
        {"name": "A", "window": "2 h to 12 h", "status": "done", "restores": "30%"},
        {"name": "B", "window": "4 h to 24 h", "status": "in_progress", "restores": "40%"},
        {"name": "C", "duration": "3 h to 30 h", "restores": "30%"},
    ]
    n, rho, now = 200_000, 0.7, 30.0
    trial = run(plan_of(stages, rho, now), n)
    rng = np.random.default_rng(6)
    factor = rng.standard_normal(3_000_000)
    a, b, c = (
        stage.law.at(
            math.sqrt(rho) * factor + math.sqrt(1 - rho) * rng.standard_normal(len(factor))
        )
        for stage in trial.plan.stages
    )
    keep = (a < now) & (b > now)
    crude = {"A": a[keep], "B": b[keep], "C": (np.maximum(a, b) + c)[keep]}
    for name, values in crude.items():
        ours = np.log(trial.courses[name].finish - 48.0)
        theirs = np.log(values)
        error = math.hypot(ours.std() / math.sqrt(n), theirs.std() / math.sqrt(keep.sum()))
        assert abs(ours.mean() - theirs.mean()) < 4 * error
        assert ours.std() == pytest.approx(theirs.std(), rel=0.02)


def test_a_known_length_moves_the_factor_as_a_regression_does() -> None:
    stages = [
        {"name": "A", "window": "4 h to 24 h", "status": "done", "restores": "50%",
         "finished": "2026-01-05T00:00Z"},
        {"name": "B", "duration": "3 h to 30 h", "restores": "50%"},
    ]  # fmt: skip
    plan, n = plan_of(stages, 0.6, 60.0), 200_000
    z = float(plan.stages[0].law.score(np.array([48.0]))[0])
    factor = brute_force.sample_common_factor(plan, np.random.default_rng(1), n)
    assert factor.mean() == pytest.approx(math.sqrt(0.6) * z, abs=4 * math.sqrt(0.4 / n))
    assert factor.var() == pytest.approx(0.4, rel=0.02)


def test_a_pert_law_and_its_score_are_inverse_and_the_plain_draw_is_the_same_law() -> None:
    law = brute_force.pert(4, 10, 24)
    z = np.linspace(-4, 4, 81)
    assert law.score(law.at(z)) == pytest.approx(z, abs=1e-8)
    drawn = law.fresh(np.random.default_rng(2), 100_000)
    assert drawn.mean() == pytest.approx(11.33333333, abs=4 * 3.64277933 / math.sqrt(1e5))
    assert float(law.at(np.array([brute_force.Z95]))[0]) == pytest.approx(17.83102035, abs=1e-6)
    assert ndtr(law.score(np.array([17.83102035]))[0]) == pytest.approx(0.95, abs=1e-8)


def test_a_half_hour_clock_change_makes_a_local_hour_of_six_quarters() -> None:
    scenario = brute_force.read_scenario(document_of("s20-half-hour-dst"))
    night = scenario.revenue.weights[(48 + 12) * 4 : (48 + 18) * 4]
    assert (night == night.max()).sum() == 6


@pytest.mark.parametrize("name", TIMELINES)
def test_losses_and_downtime_agree_with_a_fine_grid(name: str) -> None:
    document = document_of(name)
    scenario = brute_force.read_scenario(document)
    plan, n, steps = scenario.plan, 25, 10_000
    trial = scenario.recover(np.random.default_rng(7), n)
    whole, early, _ = scenario.weighted_hours(trial)
    lost = np.linspace(0.3, 1.0, n)
    down = brute_force.downtime(plan, trial.courses, lost, trial.incident, scenario.sla)
    end = np.max([course.free for course in trial.courses.values()], axis=0)
    step = (end - trial.incident) / steps
    absent, so_far, dark = (np.zeros(n) for _ in range(3))
    for i in range(steps):
        t = trial.incident + (i + 0.5) * step
        gone = 1 - brute_force.restored_at(plan, trial.courses, t)[0]
        weight = scenario.revenue.cell(t)[2]
        absent += weight * gone * step
        so_far += weight * gone * step * (t < plan.now)
        level = lost * gone
        dark_now = level if scenario.sla.definition == "proportional" else (
            level > scenario.sla.threshold + 1e-12
        )  # fmt: skip
        dark += step * dark_now * ((t >= scenario.sla.start) & (t < scenario.sla.end))
    coarse = 12 * float(step.max()) * float(scenario.revenue.weights.max())
    assert whole == pytest.approx(absent, abs=coarse)
    assert early == pytest.approx(so_far, abs=coarse)
    assert down == pytest.approx(dark, abs=coarse)


@pytest.mark.parametrize("name", ["s08-linear-relapse-deferral", "s20-half-hour-dst"])
def test_what_comes_back_agrees_with_quadrature(name: str) -> None:
    revenue = brute_force.read_scenario(document_of(name)).revenue
    since, s, t = np.array([60.3]), np.array([62.1]), np.array([71.7])
    returns = np.linspace(s[0], t[0], 961)
    inner = []
    for moment in returns:
        x = np.linspace(since[0], moment, 4001)
        middle = (x[1:] + x[:-1]) / 2
        kernel = np.exp(-(moment - middle) / revenue.tau)
        inner.append(float(np.sum(revenue.cell(middle)[2] * kernel) * (x[1] - x[0])))
    expected = float(np.trapezoid(inner, returns)) / (t[0] - s[0])
    assert revenue.discounted(since, s, t)[0] == pytest.approx(expected, rel=2e-3)
    assert revenue.discounted(since, t, t)[0] == pytest.approx(inner[-1], rel=2e-3)
