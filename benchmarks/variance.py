"""Variance and CPU at equal error: the engine on r1 beside plain numpy Monte Carlo.

    python -m benchmarks.variance [SEEDS [TRIALS]]

Variance of a figure over SEEDS seeds of the engine (200 unless said; 16 replicates, error bars
included) and over twice as many runs of plain Monte Carlo, at TRIALS trials (65,536 unless said).
Then CPU: the trials with the error bars that decide when to stop, and the whole answer with all its
summaries, each beside plain Monte Carlo of that loss alone, which needs as many times the trials
as its variance is larger. All take turns in every round, so that a busy machine slows all alike.
Exit 1 when a wanted ratio is missed.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks import plain
from benchmarks.coverage import SOURCES, scenario, summaries
from impactcalc.engine.simulate import Effort, sample, simulate
from impactcalc.engine.trial import compile_model

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from impactcalc.domain.scenario import Scenario

    Array = NDArray[np.float64]
    Key = tuple[str, str]

QUANTITIES = ("total", "full_recovery_h", "availability", "credits")
NAMES = ("mean", "p95", "expected_shortfall_95")
WANTED = {"mean": 150.0, "p95": 7.0, "expected_shortfall_95": 20.0}
"""Least variance ratios of the customer's loss at 65,536 trials."""

WANTED_CPU = 0.25
ROUNDS = 15
RESAMPLES = 2000


class Ratio(NamedTuple):
    """A ratio of variances and its 95% interval by bootstrap over the runs."""

    value: float
    low: float
    high: float


def ours(question: Scenario, trials: int, seeds: int) -> dict[Key, Array]:
    """Figures of the engine, one entry a seed."""
    found: dict[Key, list[float]] = {}
    for seed in range(1, seeds + 1):
        answer = summaries(simulate(question, trials=trials, seed=seed))
        for quantity in QUANTITIES:
            for name in NAMES:
                value = getattr(answer[quantity], name)
                if value is not None:
                    found.setdefault((quantity, name), []).append(value)
    return {key: np.array(values) for key, values in found.items()}


def theirs(trials: int, runs: int) -> dict[Key, Array]:
    """Figures of plain Monte Carlo, one entry a run."""
    rng = np.random.default_rng(1)
    found: dict[Key, list[float]] = {}
    for _ in range(runs):
        drawn = plain.simulate(rng, trials)
        for quantity in QUANTITIES:
            answer = plain.answer(getattr(drawn, quantity))
            for name in NAMES:
                found.setdefault((quantity, name), []).append(getattr(answer, name))
    return {key: np.array(values) for key, values in found.items()}


def ratio(plain_values: Array, our_values: Array) -> Ratio | None:
    """Variance of the first over that of the second; None where either has none (an atom)."""
    if not plain_values.var() or not our_values.var():
        return None
    rng = np.random.default_rng(2)

    def variances(values: Array) -> Array:
        drawn = values[rng.integers(values.size, size=(RESAMPLES, values.size))]
        return np.asarray(drawn.var(axis=1, ddof=1))

    spread = np.sort(variances(plain_values) / variances(our_values))
    low, high = spread[[RESAMPLES // 40, RESAMPLES - RESAMPLES // 40]]
    return Ratio(float(plain_values.var(ddof=1) / our_values.var(ddof=1)), low, high)


def print_variance(
    our_values: Mapping[Key, Array], plain_values: Mapping[Key, Array]
) -> dict[Key, Ratio]:
    """Print one line a figure; return the ratios."""
    print("| quantity | figure | plain sd | our sd | variance ratio | 95% interval | wanted |")
    print("|---|---|---|---|---|---|---|")
    ratios = {}
    for key, values in our_values.items():
        found = ratio(plain_values[key], values)
        sds = f"{plain_values[key].std(ddof=1):.4g} | {values.std(ddof=1):.4g}"
        bound = f">= {WANTED[key[1]]:.0f}" if key[0] == "total" else ""
        if found is None:
            print(f"| {key[0]} | {key[1]} | {sds} | - | - | {bound} |")
            continue
        ratios[key] = found
        span = f"{found.low:.1f} to {found.high:.1f}"
        print(f"| {key[0]} | {key[1]} | {sds} | {found.value:.1f} | {span} | {bound} |")
    return ratios


def cpu_of(jobs: Mapping[str, Callable[[int], object]], rounds: int) -> dict[str, list[float]]:
    """CPU seconds of every job in every round, the jobs taking turns; the first round is lost."""
    spent: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(rounds + 1):
        for name, job in jobs.items():
            begun = time.process_time()
            job(turn + 1)
            if turn:
                spent[name].append(time.process_time() - begun)
    return spent


def jobs_of(question: Scenario, trials: int) -> dict[str, Callable[[int], object]]:
    """What is timed, each from a compiled model or from nothing, by seed."""
    model = compile_model(question)
    return {
        "sampling": lambda seed: sample(model, Effort(trials=trials, seed=seed)),
        "whole answer": lambda seed: simulate(question, trials=trials, seed=seed),
        "plain": lambda seed: plain.answer(plain.loss(np.random.default_rng(seed), trials)),
    }


def print_cpu(spent: Mapping[str, list[float]], ratios: Mapping[Key, Ratio]) -> int:
    """Print CPU at equal error; return how many figures of sampling miss the wanted share."""
    base = statistics.median(spent["plain"])
    print("\n| job | CPU, ms (quartiles) | x plain, same trials | same error: mean | P95 | ES95 |")
    print("|---|---|---|---|---|---|")
    missed = 0
    for name, seconds in spent.items():
        low, middle, high = statistics.quantiles(seconds, n=4)
        times = middle / base
        same = [times / ratios["total", figure].value for figure in NAMES]
        if name == "sampling":
            missed = sum(share > WANTED_CPU for share in same)
        shares = " | ".join("1" if name == "plain" else f"{share:.3f}" for share in same)
        print(
            f"| {name} | {1e3 * middle:.1f} ({1e3 * low:.1f} to {1e3 * high:.1f}) "
            f"| {times:.2f} | {shares} |"
        )
    return missed


def main(seeds: int, trials: int) -> int:
    """Measure and print; return the number of wanted ratios that are missed."""
    question = scenario(SOURCES["r1"])
    print(
        f"r1, {trials:,} trials, {seeds} seeds of ours, {2 * seeds} runs of plain; numpy", end=" "
    )
    print(f"{np.__version__}\n")
    ratios = print_variance(ours(question, trials, seeds), theirs(trials, 2 * seeds))
    missed = sum(ratios["total", name].value < least for name, least in WANTED.items())
    return missed + print_cpu(cpu_of(jobs_of(question, trials), ROUNDS), ratios)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(1 if main(*given, *(200, 65_536)[len(given) :]) else 0)
