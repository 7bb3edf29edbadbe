"""The example scenarios against their kept answers: what a change moves must be seen and meant.

The files in tests/data/golden are our own answers: they guard against change, they prove nothing.
Figures compare to 1e-9: exp, log and power differ by an ulp between kinds of CPU.
"""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from pathlib import Path

import pytest

from impactcalc.usecases.estimate import estimate, record
from impactcalc.usecases.request import Request

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "data" / "golden"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
SOURCES = sorted([*ROOT.glob("scenarios/*.txt"), *ROOT.glob("scenarios/*.yaml")])
# discontinuous where an ulp decides, or about the machine
LEFT_OUT = {"run", "exceedance"}


def _differences(ours, kept, path=""):
    if isinstance(kept, dict):
        assert set(ours) == set(kept), path
        for key in kept:
            yield from (
                () if key in LEFT_OUT else _differences(ours[key], kept[key], f"{path}.{key}")
            )
    elif isinstance(kept, list):
        assert len(ours) == len(kept), path
        for index, (one, other) in enumerate(zip(ours, kept, strict=True)):
            yield from _differences(one, other, f"{path}[{index}]")
    elif isinstance(kept, float):
        if not math.isclose(ours, kept, rel_tol=1e-9, abs_tol=1e-9):
            yield f"{path}: {ours}, kept {kept}"
    elif ours != kept:
        yield f"{path}: {ours!r}, kept {kept!r}"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_an_example_gives_its_kept_answer(source, monkeypatch):
    monkeypatch.chdir(ROOT)
    name = str(source.relative_to(ROOT))
    document = record(estimate(name, Request(seed=1), NOW))
    kept = json.loads((GOLDEN / f"{source.stem}.json").read_text("utf-8"))
    assert list(_differences(json.loads(json.dumps(document)), kept)) == []
