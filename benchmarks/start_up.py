"""Start-up: which packages each command loads, and what their import costs.

    python -m benchmarks.start_up

Runs every command ROUNDS times under `-X importtime` and prints, in Markdown, the packages from
outside the standard library and the dearest parts of it: own time of all modules of a package
together, the least of the rounds, in milliseconds, and how many modules. The tracing's
own cost is in them; the list is exact.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
TEXT = TOP / "scenarios" / "stratton.txt"
CASE = TOP / "tests" / "data" / "reference" / "r1-three-stages.yaml"
LINE = re.compile(r"import time:\s*(\d+) \|\s*\d+ \|\s*(\S+)")
ROUNDS = 5
SHOWN_US = 1500
"""Parts of the standard library below this are left out."""


def commands(folder: str) -> dict[str, list[str]]:
    """Every command of the tool."""
    return {
        "--help": ["--help"],
        "estimate --help": ["estimate", "--help"],
        "read TEXT --json": ["read", str(TEXT), "--json"],
        "check CASE": ["check", str(CASE)],
        "schema": ["schema"],
        "estimate TEXT": ["estimate", str(TEXT)],
        "estimate CASE --json": ["estimate", str(CASE), "--json"],
        "estimate TEXT --pdf": ["estimate", str(TEXT), "--pdf", "--out", folder],
    }


def imports(arguments: list[str]) -> tuple[dict[str, int], Counter[str]]:
    """Least microseconds of the rounds, and modules, by top-level package."""
    line = [sys.executable, "-X", "importtime", "-m", "impactcalc", *arguments]
    least: dict[str, int] = {}
    modules: Counter[str] = Counter()
    for _ in range(ROUNDS):
        done = subprocess.run(line, check=True, capture_output=True, text=True)
        spent: Counter[str] = Counter()
        modules.clear()
        for own, name in LINE.findall(done.stderr):
            package = name.split(".", maxsplit=1)[0]
            spent[package] += int(own)
            modules[package] += 1
        least = {name: min(us, least.get(name, us)) for name, us in spent.items()}
    return least, modules


def foreign(package: str) -> bool:
    """Whether a package comes from outside the standard library."""
    private = package.startswith("_") or package in {"org", "sitecustomize"}
    return not private and package not in sys.stdlib_module_names


def main() -> None:
    """Print one line a command."""
    print("| command | modules, ms | packages: ms (modules) | dearest of the standard library |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, arguments in commands(folder).items():
            least, modules = imports(arguments)
            dearest = sorted(least, key=lambda package: -least[package])
            shown = {p: f"{p} {least[p] / 1000:.1f} ({modules[p]})" for p in dearest}
            own = ", ".join(shown[p] for p in dearest if foreign(p))
            rest = [shown[p] for p in dearest if not foreign(p) and least[p] > SHOWN_US]
            total = f"{modules.total()}, {sum(least.values()) / 1000:.0f}"
            print(f"| `{name}` | {total} | {own} | {', '.join(rest)} |")


if __name__ == "__main__":
    main()
