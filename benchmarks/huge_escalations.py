"""CPU of reading 1 MB, by structure, above the start-up of the same command.

    python benchmarks/huge_escalations.py [ROUNDS]

Writes a text of 1 MB of each structure: documents composed by chance one after the other, and
texts of nothing but one shape of line, which cost most. Prints the median CPU (user + system of
the child) of ``impactcalc read FILE`` above that of a text of one line, both taking turns in
every round. Exit 1 when one is above the bound. It is not a test: a timed test would fail on a
busy machine.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from composed.structures import STRUCTURES, compose
from cpu_ratios import TOOL, cpu

SIZE = 1_000_000
BOUND_S = 1.0
WORDS = (
    *("node", "queue", "cache", "index", "customer", "team", "error", "value", "order"),
    *("report", "request", "batch", "shard", "region", "latency", "hour", "day", "gateway"),
)

Write = Callable[[random.Random], str]


def some(chance: random.Random, count: int) -> str:
    """Write words drawn by chance."""
    return " ".join(chance.choice(WORDS) for _ in range(count))


LINES: dict[str, Write] = {
    "assignments": lambda c: (
        f"u_{some(c, 1)}_{c.randrange(9999)}={some(c, 3)} {c.randrange(999)}\n"
    ),
    "three fields a line": lambda c: (
        f"Case: C-{c.randrange(9999)}   State: open {some(c, 1)}   Owner: {some(c, 2)}\n"
    ),
    "dense sentences": lambda c: (
        f"The {some(c, 5)} took {c.randrange(1, 99)} seconds and {c.randrange(1, 99)}% of "
        f"{some(c, 2)} failed within {c.randrange(1, 9)} hours.\n"
    ),
    "long paragraphs": lambda c: (
        "".join(f"The {some(c, 4)} took {c.randrange(1, 99)} s. " for _ in range(25)) + "\n"
    ),
    "prose": lambda c: some(c, 12).capitalize() + ".\n",
    "log": lambda c: (
        f"2026-02-03T{c.randrange(24):02}:{c.randrange(60):02}:01Z INFO {some(c, 6)}\n"
    ),
    "chat": lambda c: f"[{c.randrange(24):02}:{c.randrange(60):02}] Ann (team): {some(c, 8)}\n",
    "table": lambda c: f"| {some(c, 2)} | {c.randrange(999)} s | {some(c, 1)} |\n",
    "quoted mail": lambda c: (
        f"> From: A B\n> Date: Tue, 3 Feb 2026 16:{c.randrange(60):02} +0100\n>\n> {some(c, 8)}\n"
    ),
    "bullets": lambda c: f"- {some(c, 5)} in {c.randrange(9)} hours\n",
    "blank lines": lambda _: "\n",
    "letters": lambda c: c.choice("abcdefghij") + "\n",
}


def composed(name: str) -> Write:
    """Write documents of a structure."""
    return lambda chance: compose(chance, name).text + "\n"


def main(rounds: int) -> int:
    """Measure and print; return the number of structures above the bound."""
    table = LINES | {f"composed: {name}": composed(name) for name in STRUCTURES}
    above = 0
    with tempfile.TemporaryDirectory() as folder:
        short = Path(folder, "short.txt")
        short.write_text("Customer: Alder\n", encoding="utf-8")
        for name, write in table.items():
            chance = random.Random(name)
            pieces, size = ["Customer: Alder\n"], 0
            while size < SIZE:
                pieces.append(write(chance))
                size += len(pieces[-1].encode())
            long = Path(folder, "long.txt")
            long.write_bytes("".join(pieces).encode()[:SIZE])
            seconds = statistics.median(
                cpu((*TOOL, "read", str(long)), 1) - cpu((*TOOL, "read", str(short)), 1)
                for _ in range(rounds)
            )
            above += seconds > BOUND_S
            print(
                f"{name:28} {seconds:5.2f} s  {'ok' if seconds <= BOUND_S else 'ABOVE'}", flush=True
            )
    return above


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 5) else 0)
