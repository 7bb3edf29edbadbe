"""The engine against answers computed by brute force from the contract alone."""

import json
from pathlib import Path

import pytest

from impactcalc.engine.simulate import simulate

FOLDER = Path(__file__).parents[1] / "data" / "reference"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
FIGURES = ("mean", "p5", "p50", "p95", "expected_shortfall_95")
TRIALS = 2**17
# 4.5 standard errors: some 1,200 figures are compared
WIDE = 4.5


def parts_of(estimate):
    return {
        "revenue_loss": estimate.customer.revenue_loss,
        "already_lost": estimate.customer.already_lost,
        "avoidable": estimate.customer.avoidable,
        "credits": estimate.provider.credits,
        "full_recovery_h": estimate.recovery.full_recovery_h,
        "first_relief_h": estimate.recovery.first_relief_h,
        "projected_availability": estimate.sla.projected_availability,
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_that_of_brute_force(name, build):
    expected = json.loads((FOLDER / f"{name}.expected.json").read_text("utf-8"))
    scenario = build((FOLDER / f"{name}.yaml").read_text("utf-8"))
    estimate = simulate(scenario, trials=TRIALS)
    wrong = []
    for part, found in parts_of(estimate).items():
        for figure in FIGURES:
            if part == "projected_availability" and figure.startswith("expected"):
                continue
            theirs = expected[part]["se"].get(figure, expected[part]["se"]["p95"])
            ours = getattr(found.mc_error, figure) or 0.0
            ours *= found.half_width_factor
            exact, value = expected[part][figure], getattr(found, figure)
            size = 1 - exact if part == "projected_availability" else exact
            allowed = max(WIDE * (theirs**2 + ours**2) ** 0.5, 1e-3 * abs(size), 1e-9)
            if abs(value - exact) > allowed:
                wrong.append(f"{part}.{figure}: {value}, expected {exact} within {allowed}")
    breach = expected["breach_prob"]
    if abs(estimate.sla.breach_prob.value - breach["value"]) > WIDE * breach["se"] + 0.001:
        wrong.append(f"breach_prob: {estimate.sla.breach_prob.value}, expected {breach['value']}")
    tiers = {round(t.below, 9): t.prob for t in estimate.sla.credit_tiers or ()}
    for tier in expected["credit_tiers"]:
        below = round(float(tier["below"].rstrip("%")) / 100, 9)
        if abs(tiers[below] - tier["prob"]) > 0.002:
            wrong.append(f"tier {tier['below']}: {tiers[below]}, expected {tier['prob']}")
    assert wrong == []
