"""CPU of the commands as ratios to importing numpy (or matplotlib), measured in one run.

    python benchmarks/cpu_ratios.py [ROUNDS]

Prints one line a figure: median CPU (user + system of the child) over ROUNDS rounds, the median
of the base command, their ratio and the ratio to reach. All commands take turns in every round,
so that a busy machine slows both alike. Every round has its own seed, because the trials that an
accuracy needs differ by seed (r1 to 0.1%: 65,536 to 262,144) and one seed may be a lucky one.
Exit 1 when a ratio is above its bound. It is not a test: a timed test would fail on a busy machine.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
TEXT = HERE.parent / "scenarios" / "stratton.txt"
WHAT_IF = HERE.parent / "scenarios" / "stratton-what-if.yaml"
THREE_STAGES = HERE.parent / "tests" / "data" / "reference" / "r1-three-stages.yaml"
TOOL = [str(Path(sys.executable).with_name("impactcalc"))]
NUMPY = [sys.executable, "-c", "import numpy"]
SEED = "{seed}"
PANDAS = [sys.executable, "-c", "import numpy, pandas"]
PYPLOT = [sys.executable, "-c", "import numpy, matplotlib.pyplot"]


def five_years(folder: str) -> str:
    """Write a history of 779 incidents in five years, as long as those of a status page."""
    draw = random.Random(1)
    moment = datetime(2022, 1, 1, tzinfo=UTC)
    rows = ["id,start_utc,resolved_utc"]
    for number in range(779):
        moment += timedelta(minutes=1 + int(draw.expovariate(1 / 3400)))
        end = moment + timedelta(minutes=1 + int(60 * draw.lognormvariate(0.216, 1.125)))
        rows.append(f"{number},{moment:%Y-%m-%dT%H:%MZ},{end:%Y-%m-%dT%H:%MZ}")
    path = Path(folder) / "five-years.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return str(path)


def twelve(folder: str) -> str:
    """Write the seed as a scenario, with the first twelve questions that are asked about it."""
    path = Path(folder) / "twelve.yaml"
    subprocess.run([*TOOL, "read", str(TEXT), "-o", str(path)], check=True, capture_output=True)
    entries = WHAT_IF.read_text("utf-8").split("what_if:\n")[1].split("  - name")[1:13]
    with path.open("a", encoding="utf-8") as file:
        file.write("what_if:\n" + "".join(f"  - name{entry}" for entry in entries))
    return str(path)


def figures(folder: str) -> dict[str, tuple[list[str], list[str], float]]:
    """Name, command, base command and highest ratio."""
    estimate = [*TOOL, "estimate"]
    answer = [*estimate, "--seed", SEED]
    one = [*TOOL, "estimate", str(TEXT), "--json"]
    exact = [*answer, str(THREE_STAGES), "--accuracy", "0.1%", "--json"]
    return {
        "estimate --help": ([*estimate, "--help"], NUMPY, 1),
        "read TEXT --json": ([*TOOL, "read", str(TEXT), "--json"], NUMPY, 1.5),
        "estimate TEXT": ([*answer, str(TEXT)], NUMPY, 3),
        "estimate three stages to 0.1%": (exact, NUMPY, 4),
        "whatif of twelve alternatives": ([*TOOL, "whatif", twelve(folder), "--json"], one, 4),
        "estimate TEXT --pdf": ([*answer, str(TEXT), "--pdf", "--out", folder], PYPLOT, 4),
        "backtest of five years": ([*TOOL, "backtest", five_years(folder), "--json"], PANDAS, 10),
    }


def cpu(command: tuple[str, ...], seed: int) -> float:
    """CPU seconds of one run with this seed, its own children included."""
    words = [str(seed) if word == SEED else word for word in command]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True, capture_output=True, env={**os.environ, "COLUMNS": "80"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(rounds: int) -> int:
    """Measure and print; return the number of ratios above their bound."""
    with tempfile.TemporaryDirectory() as folder:
        table = figures(folder)
        commands = {tuple(words) for row in table.values() for words in row[:2]}
        spent: dict[tuple[str, ...], list[float]] = {command: [] for command in commands}
        for seed in range(1, rounds + 1):
            for words, seconds in spent.items():
                seconds.append(cpu(words, seed))
    above = 0
    for name, (command, base, bound) in table.items():
        ours, theirs = (statistics.median(spent[tuple(words)]) for words in (command, base))
        ratio = ours / theirs
        above += ratio > bound
        verdict = "ok" if ratio <= bound else "ABOVE"
        print(f"{name:32} {ours:6.3f} s / {theirs:.3f} s = {ratio:5.2f}  (<= {bound}) {verdict}")
    return above


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 7) else 0)
