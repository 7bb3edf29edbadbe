"""Spoiling: lines shuffled, doubled, cut; and facts whose words are not in their line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation import read_escalation

if TYPE_CHECKING:
    import random

JUNK = "\u200b\u202e\x00\x1b[31m\ufeff|*_#>-=~`'\"()[]{}<>%$\u20ac,.;:/\\0123456789 \t"


def spoil(chance: random.Random, text: str) -> str:
    """Shuffle, double, cut and spoil the lines of a text."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(lines))
        line = lines[at]
        kind = chance.randrange(7)
        if kind == 0:
            lines.insert(chance.randrange(len(lines)), line)
        elif kind == 1:
            del lines[at]
        elif kind == 2:
            lines[at] = line[: chance.randrange(len(line) + 1)]
        elif kind == 3:
            spot = chance.randrange(len(line) + 1)
            lines[at] = line[:spot] + chance.choice(JUNK) + line[spot:]
        elif kind == 4:
            lines[at] = chance.choice(("> ", "  - ", "| ", "## ", "1. ", "[x] ", "\t")) + line
        elif kind == 5:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], line
        else:
            lines[at] = line.replace(" ", chance.choice(("  ", "\u00a0", "_", "\u2009")))
        lines = lines or [""]
    return chance.choice(("\n", "\n", "\r\n", "\r")).join(lines)


def unfounded(text: str) -> list[str]:
    """Name the facts of a text whose words do not stand in the line that they name."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reading = read_escalation(text)
    named = {one.field for one in reading.provenance}
    missing = [
        field
        for field, value in reading.facts.to_mapping().items()
        if value is not None and field not in named
    ]
    return missing + [
        f"{one.field}: {one.text!r} is not in line {one.line}"
        for one in reading.provenance
        if not one.text or one.text not in lines[one.line - 1]
    ]
