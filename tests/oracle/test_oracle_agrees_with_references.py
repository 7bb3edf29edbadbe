"""The brute-force program gives the published answers: it may judge the engine."""

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).resolve().parent
REFERENCE = HERE.parent / "data" / "reference"
PUBLIC = sorted(path.stem for path in REFERENCE.glob("r[1-5]-*.yaml"))
FIGURES = (
    "revenue_loss", "already_lost", "avoidable", "credits", "full_recovery_h", "first_relief_h",
    "projected_availability",
)  # fmt: skip
SPEC = importlib.util.spec_from_file_location("brute_force", HERE / "brute_force.py")
assert SPEC is not None
assert SPEC.loader is not None
brute_force = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = brute_force
SPEC.loader.exec_module(brute_force)


def distance(ours: dict[str, Any], theirs: dict[str, Any], name: str) -> float:
    """Deviation in standard errors of the difference; figures without an error must be equal."""
    error = float((ours["se"][name] ** 2 + theirs["se"][name] ** 2) ** 0.5)
    gap = float(abs(ours[name] - theirs[name]))
    if gap <= 1e-9 * abs(theirs[name]) + 1e-12:
        return 0.0
    return gap / error if error > 0 else float("inf")


def test_all_five_public_files_are_here() -> None:
    assert len(PUBLIC) == 5


@pytest.mark.parametrize("name", PUBLIC)
def test_every_published_figure_is_met_within_five_standard_errors(name: str) -> None:
    document = yaml.safe_load((REFERENCE / f"{name}.yaml").read_text("utf-8"))
    theirs = json.loads((REFERENCE / f"{name}.expected.json").read_text("utf-8"))
    ours = brute_force.answer(document, trials=100_000, seed=20260301)
    far = [
        (figure, key)
        for figure in FIGURES
        for key in ("mean", "p5", "p50", "p95", "expected_shortfall_95")
        if key in theirs[figure] and distance(ours[figure], theirs[figure], key) > 5
    ]
    assert far == []


@pytest.mark.parametrize("name", PUBLIC)
def test_breach_and_tier_probabilities_are_met(name: str) -> None:
    document = yaml.safe_load((REFERENCE / f"{name}.yaml").read_text("utf-8"))
    theirs = json.loads((REFERENCE / f"{name}.expected.json").read_text("utf-8"))
    ours = brute_force.answer(document, trials=100_000, seed=20260302)
    assert ours["breach_prob"]["value"] == pytest.approx(theirs["breach_prob"]["value"], abs=0.008)
    assert [tier["below"] for tier in ours["credit_tiers"]] == [
        tier["below"] for tier in theirs["credit_tiers"]
    ]
    assert [tier["prob"] for tier in ours["credit_tiers"]] == pytest.approx(
        [tier["prob"] for tier in theirs["credit_tiers"]], abs=0.008
    )
