"""Peers: the reference incident r1 in squigglepy, monaco and pyfair beside numpy and the engine.

    python -m benchmarks.peers [FOLDER]

Run by hand: it makes a virtual environment for each peer, in FOLDER (kept, and used again) or in a
temporary folder, and installs the versions named below. Prints, in one run, what each costs and
says of the customer's loss (`benchmarks.peer_worker` shows how far each can express it): CPU to
load, CPU a trial, how far its mean, P95 and worst 5% lie from the brute-force answer, and the CPU
that a standard error of 0.1% takes, whole process, as a ratio to ours. That CPU is the one measured
times (error reached / 0.1%)^2: exact for random draws, and too high for Sobol points where it
scales down from few trials, theirs and ours alike.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

TOP = Path(__file__).resolve().parent.parent
EXPECTED = TOP / "tests" / "data" / "reference" / "r1-three-stages.expected.json"
NAMES = ("mean", "p95", "expected_shortfall_95")
VERSIONS = {"squigglepy": "0.30", "monaco": "0.23.0", "pyfair": "0.1a13"}
RUNS: dict[str, tuple[int, int]] = {
    "impactcalc": (65_536, 100),
    "numpy": (65_536, 200),
    "squigglepy": (65_536, 200),
    "monaco random": (2_048, 80),
    "monaco sobol_random": (4_096, 40),
    "pyfair": (65_536, 40),
}
"""Trials and runs; monaco makes one Python object a trial, so it gets fewer."""

WANTED_ERROR = 0.001


class Cost(NamedTuple):
    """What one peer costs and says; tuples follow `NAMES`."""

    name: str
    versions: str
    loaded_s: float
    run_s: float
    trials: int
    off: tuple[float, ...]  # relative distance of the mean answer from the truth
    off_error: tuple[float, ...]  # its standard error
    error: tuple[float, ...]  # relative standard error of one run

    def cpu_s(self, figure: int) -> float | None:
        """CPU of a whole process to the wanted error; None when the answer is another one."""
        biased = abs(self.off[figure]) > max(WANTED_ERROR, 5 * self.off_error[figure])
        if biased:
            return None
        return self.loaded_s + self.run_s * (self.error[figure] / WANTED_ERROR) ** 2


def environment(folder: Path, package: str) -> str:
    """Python of the peer's own environment, made unless it is there."""
    place = folder / f"{package}-{VERSIONS[package]}"
    python = place / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        wanted = f"{package}=={VERSIONS[package]}"
        subprocess.run([str(python), "-m", "pip", "install", "-q", wanted], check=True)
    return str(python)


def measure(name: str, python: str, truth: dict[str, float]) -> Cost:
    """Run one peer in its environment."""
    trials, runs = RUNS[name]
    command = [python, "-m", "benchmarks.peer_worker", name, str(trials), str(runs)]
    variables = {**os.environ, "PYTHONPATH": str(TOP), "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, check=True, capture_output=True, env=variables, cwd=TOP)
    found = json.loads(done.stdout)
    true = np.array([truth[figure] for figure in NAMES])
    answers = np.array(found["answers"]) / true - 1
    error = answers.std(axis=0, ddof=1)
    return Cost(
        name=name,
        versions=", ".join(f"{package} {number}" for package, number in found["versions"].items()),
        loaded_s=found["loaded_s"],
        run_s=statistics.median(found["seconds"]),
        trials=trials,
        off=tuple(answers.mean(axis=0).tolist()),
        off_error=tuple((error / np.sqrt(runs)).tolist()),
        error=tuple(error.tolist()),
    )


def print_table(costs: list[Cost]) -> None:
    """Print a line a peer."""
    print("| tool | load, s | us a trial | off the truth: mean, P95, ES95, % ", end="")
    print("| CPU to 0.1%: mean, P95, ES95, s | x ours, simulation | x ours, process |")
    print("|---|---|---|---|---|---|---|")
    ours = costs[0]
    for cost in costs:
        off = ", ".join(f"{100 * share:+.2f}" for share in cost.off)
        totals = [cost.cpu_s(figure) for figure in range(len(NAMES))]
        seconds = ", ".join("never" if total is None else f"{total:.2f}" for total in totals)
        whole, alone = [], []
        for figure, total in enumerate(totals):
            base = ours.cpu_s(figure)
            if total is None or base is None:
                whole.append("-")
                alone.append("-")
                continue
            whole.append(f"{total / base:.2g}")
            alone.append(f"{(total - cost.loaded_s) / (base - ours.loaded_s):.2g}")
        print(f"| {cost.name} ({cost.versions}) | {cost.loaded_s:.2f} ", end="")
        print(f"| {1e6 * cost.run_s / cost.trials:.2f} | {off} | {seconds} ", end="")
        print(f"| {', '.join(alone)} | {', '.join(whole)} |")


def main(folder: Path) -> None:
    """Make the environments, measure, print."""
    truth = json.loads(EXPECTED.read_text(encoding="utf-8"))["revenue_loss"]
    pythons = {package: environment(folder, package) for package in VERSIONS}
    costs = []
    for name in RUNS:
        python = pythons.get(name.split()[0], sys.executable)
        costs.append(measure(name, python, truth))
    print_table(costs)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made))
