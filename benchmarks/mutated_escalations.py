"""Reads thousands of spoilt copies of escalations through the command line.

Usage: python benchmarks/mutated_escalations.py FOLDER... [--count N] [--seed N] [--show N]

Each copy of a `*.txt` of the folders suffers one to four accidents: lines deleted, paragraphs
swapped or doubled, cut at any byte, joined with another document, other line ends, control
characters, other digits, other encodings. `impactcalc read FILE --json` must leave with exit
code 0 or 2, print no traceback, and name for every value words that stand in the named line.

Prints a JSON object: copies read, refused (exit 2), tracebacks, other exit codes, values without
their words in the named line, figures in whose words no figure stands.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import io
import json
import pathlib
import random
import re
import sys
import tempfile
import traceback
from typing import TYPE_CHECKING

from impactcalc.cli.guard import run
from impactcalc.errors import InputError
from impactcalc.intake.coats import uncoat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONTROLS = "\x01\x07\x08\x0b\x0c\x1b\x1c\x1d\x1e\x85\u2028\u2029\u200b\u202e\u2066\ufeff\u00ad"
FIGURES = re.compile(
    r"[0-9\u00bd\u00bc\u00be]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"[a-z]+teen|[a-z]+ty|hundred|thousand|million|half|third|quarter|fifth|tenth|[a-z]+th|nines?|"
    r"none|no|single|every|dozen|couple|a|an|now|first|second|immediate\w*|level \w+)\b",
    re.IGNORECASE,
)
NUMBERS = frozenset(
    [
        "users_affected",
        "revenue_at_risk_per_day",
        "sla_objective",
        "latency_normal_s",
        "latency_now_s",
        "latency_increase_percent",
        "error_rate",
        "nodes",
        "zones",
        "replication_factor",
        "escalation_level",
        "monthly_fee",
        "arr",
    ]
)


def spoilt(chance: random.Random, text: str, other: str) -> bytes:
    """Let a text suffer some accidents."""
    accidents: list[Callable[[], str]] = [
        lambda: _without_lines(chance, text),
        lambda: _swapped(chance, text),
        lambda: _doubled(chance, text),
        lambda: text[: chance.randrange(len(text) + 1)],
        lambda: text[chance.randrange(len(text) + 1) :],
        lambda: text + chance.choice(("\n", "\n\n", "", "\f")) + other,
        lambda: text.replace("\n", chance.choice(("\r\n", "\r", "\n\n", "\n\r"))),
        lambda: _sprinkled(chance, text, CONTROLS),
        lambda: re.sub(r"[0-9]", lambda _: chance.choice("0123456789"), text),
        lambda: _sprinkled(chance, text, "0123456789-%$,. "),
        lambda: text.replace(" ", chance.choice(("  ", "\u00a0", "\t", "\u2009", ""))),
        lambda: "\n".join(
            chance.choice(("> ", "| ", "  ", "# ", "")) + one for one in _lines(text)
        ),
        lambda: chance.choice((str.upper, str.lower, str.title))(text),
    ]
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(accidents)()
    encodings = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252", "utf-16-le")
    data = text.encode(chance.choice(encodings), errors="replace")
    return data[: chance.randrange(len(data) + 1)] if data and chance.random() < 0.15 else data


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _without_lines(chance: random.Random, text: str) -> str:
    share = chance.choice((0.02, 0.1, 0.3, 0.7))
    return "\n".join(line for line in _lines(text) if chance.random() > share)


def _swapped(chance: random.Random, text: str) -> str:
    parts = text.split("\n\n")
    chance.shuffle(parts)
    return "\n\n".join(parts)


def _doubled(chance: random.Random, text: str) -> str:
    parts = text.split("\n\n")
    parts.insert(chance.randrange(len(parts) + 1), chance.choice(parts))
    return "\n\n".join(parts)


def _sprinkled(chance: random.Random, text: str, marks: str) -> str:
    characters = list(text)
    for _ in range(chance.randint(1, 20)):
        characters.insert(chance.randrange(len(characters) + 1), chance.choice(marks))
    return "".join(characters)


def _stream() -> io.TextIOWrapper:
    """Give a stream with a buffer below, as the standard ones have."""
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    """Give what was written."""
    stream.flush()
    buffer = stream.buffer
    return buffer.getvalue().decode() if isinstance(buffer, io.BytesIO) else ""


def findings(data: bytes, path: pathlib.Path) -> Iterator[tuple[str, str]]:
    """Read a copy; give what is wrong, each with its kind."""
    path.write_bytes(data)
    out, err = _stream(), _stream()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(["read", str(path), "--json"])
    except BaseException:  # noqa: BLE001 - whatever it is, it is a finding
        yield "tracebacks", traceback.format_exc()
        return
    if "Traceback" in _written(err):
        yield "tracebacks", _written(err)
    elif code == 2:
        yield "refused", ""
    elif code:
        yield "other exits", f"{code}: {_written(err)}"
    else:
        yield from _unfounded(json.loads(_written(out)), data, path)


def _unfounded(document: dict, data: bytes, path: pathlib.Path) -> Iterator[tuple[str, str]]:
    """Give the values whose words are not in their line, or hold no figure."""
    try:
        text = uncoat(data, path.name).text
    except InputError:
        yield "unfounded", "read, but without its coat no text"
        return
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    named = {one["field"] for one in document["provenance"]}
    for field, value in document["facts"].items():
        if value is not None and field not in named:
            yield "unfounded", f"{field}: {value!r} names no line"
    for one in document["provenance"]:
        line = lines[one["line"] - 1] if 0 < one["line"] <= len(lines) else ""
        if not one["text"] or one["text"] not in line:
            yield "unfounded", f"{one} is not in {line!r}"
        if one["field"] in NUMBERS and not FIGURES.search(one["text"]):
            yield "no figure", f"{one} in {line!r}"


def main() -> int:
    """Read the copies; exit 1 at any finding."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5, help="findings that are shown")
    options = parser.parse_args()
    texts = [
        path.read_bytes().decode("utf-8", errors="replace")
        for folder in options.folders
        for path in sorted(folder.glob("*.txt"))
    ]
    counts: collections.Counter[str] = collections.Counter(
        dict.fromkeys(("refused", "tracebacks", "other exits", "unfounded", "no figure"), 0)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "copy.txt"
        for number in range(options.count):
            chance = random.Random(f"{options.seed}|{number}")
            data = spoilt(chance, chance.choice(texts), chance.choice(texts))
            found = [*findings(data, path)]
            counts.update({kind for kind, _ in found})
            for kind, words in found:
                if kind != "refused" and sum(counts.values()) - counts["refused"] <= options.show:
                    print(f"--- {number} {kind}: {words}", file=sys.stderr)
    print(json.dumps({"copies": options.count, "documents": len(texts), **counts}))
    return 1 if sum(counts.values()) > counts["refused"] else 0


if __name__ == "__main__":
    sys.exit(main())
