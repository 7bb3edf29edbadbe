"""Reads thousands of invented escalations and looks for figures that nobody wrote.

Usage: python benchmarks/invented_escalations.py [COUNT] [--seed N] [--show N] [--only NAME]

Half of the documents are composed, each in one of the structures that people use (dumps, exports,
forms, boxes, tables, logs, chats, mails, minutes, letters), labels, units and order drawn by
chance, with distractors (ARR, credits, earlier incidents, timeouts, licensed users), negations,
hypotheticals and orders to a program between, so that it is known what each states. The other
half are composed ones with lines shuffled, doubled, cut and spoilt.

Prints a JSON object: documents read, tracebacks, facts without words in their line, and for the
composed half the facts right, missed, flagged, wrong (another value than the stated one) and
invented (a value where none is stated), in sum, by structure and by fact.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

from composed.judging import verdicts
from composed.spoiling import spoil, unfounded
from composed.structures import STRUCTURES, compose

from impactcalc.intake.escalation import read_escalation

if TYPE_CHECKING:
    from composed.truth import Truth

WORDS = ("right", "missed", "flagged", "wrong", "invented")
BAD = frozenset({"wrong", "invented"})


class Tally:
    """Counts of verdicts, by structure and by fact."""

    def __init__(self) -> None:
        self.counts: collections.Counter[tuple[str, str, str]] = collections.Counter()

    def add(self, name: str, told: dict[str, str]) -> None:
        """Count the verdicts of a document; what is not stated and not read is no fact."""
        for field, verdict in told.items():
            word = verdict.split()[0].rstrip(":,")
            if verdict != "right, not stated":
                self.counts[name, field.partition(".")[0], word] += 1

    def table(self, at: int | None) -> dict[str, dict[str, int]]:
        """Sum the counts by structure (0), by fact (1) or all (None)."""
        sums: dict[str, dict[str, int]] = {}
        for key, count in sorted(self.counts.items()):
            row = sums.setdefault("all" if at is None else key[at], dict.fromkeys(WORDS, 0))
            row[key[2]] += count
        return sums


def read(truth: Truth, *, spoilt: str = "") -> tuple[list[str], dict[str, str]]:
    """Read a document or its spoilt text; give what has no words, and the verdicts."""
    if spoilt:
        return unfounded(spoilt), {}
    return unfounded(truth.text), verdicts(truth, read_escalation(truth.text))


def main() -> int:
    """Read the documents; exit 1 at a traceback or a figure without words."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("count", nargs="?", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5, help="documents that are shown as examples")
    parser.add_argument("--only", choices=STRUCTURES, help="the structure of all documents")
    parser.add_argument("--field", default="", help="show only findings on this fact")
    options = parser.parse_args()
    totals = dict.fromkeys(("documents", "tracebacks", "unfounded"), 0)
    tally = Tally()
    shown = 0
    for number in range(options.count):
        chance = random.Random(f"{options.seed}|{number}")
        name = options.only or chance.choice([*STRUCTURES])
        truth = compose(chance, name)
        text = spoil(chance, truth.text) if number % 2 else ""
        totals["documents"] += 1
        try:
            bad, told = read(truth, spoilt=text)
        except Exception:  # noqa: BLE001 - whatever it is, it is a finding
            totals["tracebacks"] += 1
            bad, told = [traceback.format_exc()], {}
        totals["unfounded"] += bool(bad)
        tally.add(name, told)
        odd = [f"{field} {word}" for field, word in told.items() if word.split(":")[0] in BAD]
        odd = [*bad, *(one for one in odd if one.startswith(options.field))]
        if odd and shown < options.show:
            shown += 1
            print(f"--- {number} {name}: {odd}\n{text or truth.text}", file=sys.stderr)
    sums = {"by structure": tally.table(0), "by fact": tally.table(1)}
    print(json.dumps({**totals, **tally.table(None).get("all", {}), **sums}))
    return 1 if totals["tracebacks"] or totals["unfounded"] else 0


if __name__ == "__main__":
    sys.exit(main())
