"""Coverage: how often the true value lies inside the half-width that the report shows.

    python -m benchmarks.coverage [SEEDS]

Five scenarios, each answered with SEEDS seeds (200 unless said) in two ways: 16 x 1,024 trials,
and stopped at an accuracy of 1%. Prints, in Markdown, the share of seeds whose half-width holds the
true value. A cell below the bound is measured again with 400 fresh seeds: of 100 cells
whose coverage is exactly 95%, three fall below 92% by chance. Exit 1 when a second look
stays below. The true values come from a long run of other seeds; how far that lies from the answer
of the brute-force program, which owes nothing to the package, is printed in its standard errors.
"""

from __future__ import annotations

import json
import math
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from impactcalc.engine.simulate import Effort, simulate
from impactcalc.stats.risk import T15_975
from impactcalc.usecases.request import Request
from impactcalc.usecases.source import read_source, scenario_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from impactcalc.domain.result import Estimate, Summary
    from impactcalc.domain.scenario import Scenario

    Array = NDArray[np.float64]
    Figures = dict[tuple[str, str], tuple[float, float]]

TOP = Path(__file__).resolve().parent.parent
REFERENCE = TOP / "tests" / "data" / "reference"
SOURCES = {
    "r1": REFERENCE / "r1-three-stages.yaml",
    "r2": REFERENCE / "r2-windows-under-way.yaml",
    "r3": REFERENCE / "r3-relapse-calendar.yaml",
    "r5": REFERENCE / "r5-month-end.yaml",
    "text": TOP / "scenarios" / "stratton.txt",
}
NOW = datetime(2026, 6, 1, tzinfo=UTC)
BOUND = 0.92
WAYS = {
    "16 x 1,024 trials": Effort(trials=16 * 1024),
    "stopped at 1%": Effort(accuracy=0.01),
}
NAMES = ("mean", "p5", "p50", "p95", "expected_shortfall_95")
SCALED = ("mean", "expected_shortfall_95")
"""The figures whose half-width carries the factor f of heavy durations."""

LONG_SEEDS = range(900_001, 900_017)
LONG_TRIALS = 2**18
SECOND_LOOK = range(500_001, 500_401)
BRUTE_NAMES = {"total": "revenue_loss", "availability": "projected_availability"}


class Truth(NamedTuple):
    """A true value, and the standard error with which the long run knows it."""

    value: float
    error: float


def scenario(path: Path) -> Scenario:
    """Read one of the sources."""
    return scenario_of(read_source(str(path)), Request(), NOW)


def summaries(answer: Estimate) -> Mapping[str, Summary | None]:
    """The distributions that a reader sees, by name; the contract's where it defines downtime."""
    sla = answer.sla
    reading = None if sla is None else sla.readings[sla.basis or "threshold"]
    return {
        "total": answer.customer.total,
        "full_recovery_h": answer.recovery.full_recovery_h,
        "first_relief_h": answer.recovery.first_relief_h,
        "already_lost": answer.customer.already_lost,
        "avoidable": answer.customer.avoidable,
        "availability": None if reading is None else reading.availability,
        "credits": None if reading is None else reading.credits,
    }


def figures(answer: Estimate) -> Figures:
    """Value and shown half-width (DESIGN.md section 5) of every figure of an answer."""
    found: Figures = {}
    for quantity, summary in summaries(answer).items():
        for name in NAMES:
            value = None if summary is None else getattr(summary, name)
            if summary is None or value is None:
                continue
            factor = summary.half_width_factor if name in SCALED else 1.0
            error = getattr(summary.mc_error, name)
            found[quantity, name] = value, factor * T15_975 * error
    return found


def is_constant(found: Figures, quantity: str) -> bool:
    """Whether a quantity is the same in every trial: then there is nothing to cover."""
    return found[quantity, "mean"][1] == 0 and found[quantity, "p5"] == found[quantity, "p95"]


def true_values(question: Scenario) -> dict[tuple[str, str], Truth]:
    """Every figure from a long run.

    Quantiles by the median over seeds, so that a quantile on an atom stays on it; means and
    expected shortfalls by the mean, whose estimates are skewed where durations are heavy.
    """
    runs = [figures(simulate(question, trials=LONG_TRIALS, seed=seed)) for seed in LONG_SEEDS]
    truths = {}
    constant = {quantity for quantity, _ in runs[0] if is_constant(runs[0], quantity)}
    for key in runs[0]:
        if key[0] in constant:
            continue
        values = np.array([run[key][0] for run in runs])
        middle = values.mean() if key[1] in SCALED else np.median(values)
        truths[key] = Truth(float(middle), float(values.std(ddof=1)) / math.sqrt(values.size))
    return truths


def coverage(
    question: Scenario,
    effort: Effort,
    seeds: Iterable[int],
    truths: Mapping[tuple[str, str], Truth],
) -> dict[tuple[str, str], float]:
    """Share of seeds whose half-width holds the true value, by figure."""
    inside: dict[tuple[str, str], list[bool]] = {key: [] for key in truths}
    for seed in seeds:
        answer = simulate(question, accuracy=effort.accuracy, trials=effort.trials, seed=seed)
        found = figures(answer)
        for key, truth in truths.items():
            (value, half_width), true = found[key], truth.value
            inside[key].append(abs(value - true) <= half_width + 1e-9 * abs(true))
    return {key: float(np.mean(hits)) for key, hits in inside.items()}


def brute_force_gaps(path: Path, truths: Mapping[tuple[str, str], Truth]) -> dict[str, float]:
    """Distance of the long run from the brute-force answer, in standard errors of both."""
    beside = path.with_name(f"{path.stem}.expected.json")
    if not beside.exists():
        return {}
    expected = json.loads(beside.read_text(encoding="utf-8"))
    gaps = {}
    for (quantity, name), truth in truths.items():
        brute = expected.get(BRUTE_NAMES.get(quantity, quantity)) or {}
        error = math.hypot(brute.get("se", {}).get(name, 0.0), truth.error)
        if name in brute and error:
            gaps[f"{quantity} {name}"] = (truth.value - brute[name]) / error
    return gaps


def percent(share: float) -> str:
    """A share in percent with one digit; marked when below the bound."""
    return f"{100 * share:.1f}" if share >= BOUND else f"**{100 * share:.1f}**"


def print_table(title: str, found: Mapping[str, Mapping[tuple[str, str], float]]) -> None:
    """Print one way's coverage, a line a scenario and quantity."""
    print(f"\n### {title}\n", flush=True)
    print("| scenario | quantity | mean | P5 | P50 | P95 | ES95 |")
    print("|---|---|---|---|---|---|---|")
    for source, cells in found.items():
        for quantity in dict.fromkeys(key[0] for key in cells):
            row = [cells.get((quantity, name)) for name in NAMES]
            shown = " | ".join("-" if cell is None else percent(cell) for cell in row)
            print(f"| {source} | {quantity} | {shown} |")


def look_again(
    questions: Mapping[str, Scenario],
    truths: Mapping[str, Mapping[tuple[str, str], Truth]],
    below: Mapping[tuple[str, str], list[tuple[str, str]]],
) -> int:
    """Measure the cells below the bound with fresh seeds; return how many stay below."""
    print(f"\n### Second look, {len(SECOND_LOOK)} fresh seeds\n")
    print("| way | scenario | figure | coverage, % |\n|---|---|---|---|")
    stay = 0
    for (way, source), keys in below.items():
        again = coverage(questions[source], WAYS[way], SECOND_LOOK, truths[source])
        for key in keys:
            stay += again[key] < BOUND
            print(f"| {way} | {source} | {' '.join(key)} | {percent(again[key])} |")
    return stay


def main(seeds: int) -> int:
    """Measure and print; return the number of cells that stay below the bound."""
    questions = {name: scenario(path) for name, path in SOURCES.items()}
    truths = {name: true_values(question) for name, question in questions.items()}
    for name, path in SOURCES.items():
        gaps = brute_force_gaps(path, truths[name])
        for key in sorted(gaps, key=lambda key: -abs(gaps[key]))[:3]:
            print(f"{name}: long run - brute force, {key}: {gaps[key]:+.1f} standard errors")
    below: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for way, effort in WAYS.items():
        found = {
            name: coverage(question, effort, range(1, seeds + 1), truths[name])
            for name, question in questions.items()
        }
        print_table(f"{way}, {seeds} seeds", found)
        for name, cells in found.items():
            if low := [key for key, share in cells.items() if share < BOUND]:
                below[way, name] = low
    return look_again(questions, truths, below) if below else 0


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 200) else 0)
