"""The figures against their kept drawings: what a change moves must be seen and meant.

``RENEW_FIGURES=1 pytest tests/report/test_figure_goldens.py`` writes them anew; look at the
difference. Ids are left out, numbers compare to a twentieth of a point.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from impactcalc.domain.result import Estimate
from impactcalc.report.figures import (
    plot_changes,
    plot_exceedance,
    plot_loss_dots,
    plot_recovery_fan,
    plot_savings,
    plot_sla_readings,
    plot_tornado,
    save_svg,
)

FOLDER = Path(__file__).parents[1] / "data" / "golden" / "figures"
RENEW = "RENEW_FIGURES" in os.environ
DRAWN = {
    "fan": (plot_recovery_fan, "seed"),
    "fan-of-twelve-stages": (plot_recovery_fan, "twelve stages"),
    "fan-of-a-closed-incident": (plot_recovery_fan, "closed"),
    "dots": (plot_loss_dots, "seed"),
    "exceedance": (plot_exceedance, "seed"),
    "readings": (plot_sla_readings, "seed"),
    "readings-of-a-defined-contract": (plot_sla_readings, "defined"),
    "tornado": (plot_tornado, "seed"),
    "savings": (plot_savings, "seed"),
    "changes": (plot_changes, "changed"),
}
NUMBER = re.compile(r"(?<![\w#])-?\d+(?:\.\d+)?(?:e-?\d+)?")
NAME = re.compile(r"\b[a-z]?[0-9a-f]{10}\b")


def skeleton(svg: str) -> str:
    """Leave out every number and every made-up id."""
    return NUMBER.sub("0", NAME.sub("id", svg))


def numbers(svg: str) -> list[float]:
    return [float(one) for one in NUMBER.findall(NAME.sub("id", svg))]


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_is_drawn_as_it_was(variant: Callable[[str], Estimate], name: str) -> None:
    plot, case = DRAWN[name]
    drawn, file = save_svg(plot(variant(case))), FOLDER / f"{name}.svg"
    if RENEW:
        FOLDER.mkdir(exist_ok=True)
        file.write_text(drawn, encoding="utf-8")
    kept = file.read_text(encoding="utf-8")
    assert skeleton(drawn) == skeleton(kept)
    assert numbers(drawn) == pytest.approx(numbers(kept), abs=0.05)


def test_a_moved_mark_is_seen() -> None:
    svg = '<path id="m0123456789" d="M 10.5 3 L 4 5"/>'
    assert skeleton(svg) == '<path id="id" d="M 0 0 L 0 0"/>'
    assert numbers(svg) == [10.5, 3, 4, 5]
