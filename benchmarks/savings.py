"""The error of a paired saving beside that of independent runs, on the reference incident.

    python -m benchmarks.savings [SEEDS]

The second stage is shortened by 30% at 16,384 trials. Paired: standard deviation of the mean saving
over SEEDS seeds (40 unless said) of the engine. Independent: two runs of plain Monte Carlo with as
many trials, one of the base and one of the changed scenario; the variance of the difference of
their means is the sum of both losses' variances over the trials. Exit 1 when the ratio of the
variances is below 1,000, of the errors below 31.6.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

from impactcalc.analysis.whatif import Base
from impactcalc.engine.alternative import Paired, compile_alternative, run_alternative
from impactcalc.engine.derived import Derived
from impactcalc.engine.simulate import Effort, prepare, sample
from impactcalc.stats.streams import Streams
from impactcalc.usecases.request import Request
from impactcalc.usecases.source import Source, present, scenario_of

REFERENCE = Path(__file__).resolve().parents[1] / "tests/data/reference/r1-three-stages.yaml"
SHORTER = "what_if: [{name: Shorter, scale: {recovery.stages.2.duration: 0.7}}]\n"
TRIALS = 16_384
WANTED = 1000.0**0.5


class Errors(NamedTuple):
    """Standard deviations of the mean saving: paired, and of independent plain runs."""

    paired: float
    independent: float

    @property
    def ratio(self) -> float:
        """How many times smaller the paired one is."""
        return self.independent / self.paired


def errors(seeds: int) -> dict[str, Errors]:
    """Measure the customer's loss alone, and with the credits as the reference adds them."""
    text = REFERENCE.read_bytes() + SHORTER.encode()
    scenario = scenario_of(Source("reference.yaml", text), Request(), present())
    means: dict[str, list[float]] = {"loss": [], "loss and credit": []}
    spread: dict[str, list[float]] = {name: [] for name in means}
    for seed in range(1, seeds + 1):
        effort = Effort(trials=TRIALS, seed=seed)
        model = prepare(scenario, effort)
        base = Base(model, sample(model, effort), seed)
        changed = compile_alternative(model, scenario.what_if[0])
        draws = Paired(base.found.streams, model.names, Streams(seed, changed.names))
        after = Derived(changed, run_alternative(changed, draws, base.points))
        losses = [(kept.values("exposed"), kept.values("threshold/credits"))
                  for kept in (base.kept, after)]  # fmt: skip
        for name, pair in (
            ("loss", [loss for loss, _ in losses]),
            ("loss and credit", [loss + credit for loss, credit in losses]),
        ):
            means[name].append(float((pair[0] - pair[1]).mean()))
            spread[name].append(sum(float(one.var()) for one in pair))
    return {
        name: Errors(
            float(np.std(means[name], ddof=1)), float(np.sqrt(np.mean(spread[name]) / TRIALS))
        )
        for name in means
    }


def main(seeds: int) -> int:
    """Print one line a figure; return whether the saving's own ratio misses.

    The saving is the customer's; the sum with credits, which jump at each tier, is shown beside it.
    """
    found = errors(seeds)
    for name, one in found.items():
        print(f"{name}: paired {one.paired:.2f}, independent {one.independent:.1f}, "
              f"ratio {one.ratio:.1f} (wanted {WANTED:.1f})")  # fmt: skip
    return int(found["loss"].ratio < WANTED)


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)))
