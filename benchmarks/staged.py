"""Backtest of staged plans on simulated truths, split by overdue and on time.

    python -m benchmarks.staged [TRUTHS]

A plan of three stages (0-4 h, 4-24 h, 1-7 days) with stages that move together (dependence 0.5) is
lived through TRUTHS times (2,000 unless said) by plain random numbers, and forecast at 24 h and at
60 h from what is known then: which stages are done, and when. Errors of opposite sign in the two
groups would cancel in a pooled backtest, so each group must be calibrated by itself: how often the
last stage ends after 168 h as said and as seen, the share of outcomes inside the 80% interval and
above the P90, and the Brier score. Beside it the same forecasts with a dependence of 0, which learn
nothing from one stage about another. Exit 1 when a group is off by more than 4 standard errors.
"""

from __future__ import annotations

import math
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from impactcalc.engine.sampling import run_blocks
from impactcalc.engine.trial import compile_model
from impactcalc.intake.document import Document
from impactcalc.intake.scenario_file import to_scenario
from impactcalc.intake.yaml_tree import parse_yaml
from impactcalc.stats.streams import Streams

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

RHO = 0.5
WINDOWS = ((0.0, 4.0), (4.0, 24.0), (24.0, 168.0))
LATE_H = 168.0
START = datetime(2026, 5, 4, tzinfo=UTC)
Z75 = 0.6744897501960817
_POINTS = 64
_CASE = """
impactcalc: 1
incident: {{started: 2026-05-04T00:00Z, as_of: "{now}", lost_share: 50%}}
recovery:
  dependence: {rho}
  stages:
    - {{name: Contain, window: 0 h to 4 h, restores: 40%{first}}}
    - {{name: Repair, window: 4 h to 24 h, restores: 40%{second}}}
    - {{name: Harden, window: 24 h to 168 h, restores: 20%{third}}}
business: {{currency: EUR, revenue_at_risk: 24 K EUR/day}}
"""


class Scores(NamedTuple):
    """How a group of forecasts met its outcomes.

    ``said`` and ``seen`` are the chance and the share of ends after 168 h, ``error`` the standard
    error of their difference; ``inside`` the share inside the 80% interval, ``above`` that above
    the P90.
    """

    number: int
    said: float
    seen: float
    error: float
    inside: float
    above: float
    brier: float


def truths(number: int, seed: int) -> Array:
    """Finishes of the three stages in hours, shape (number, 3), by plain random numbers."""
    draw = np.random.default_rng(seed)
    common, own = draw.standard_normal((number, 1)), draw.standard_normal((number, 3))
    z = math.sqrt(RHO) * common + math.sqrt(1 - RHO) * own
    finish = np.empty((number, 3))
    for k, (low, high) in enumerate(WINDOWS):
        sigma = math.log(high / low) / (2 * Z75) if low else 1.25
        finish[:, k] = np.exp(math.log(high) - Z75 * sigma + sigma * z[:, k])
    return np.maximum.accumulate(finish, axis=1)


def forecast(finishes: Sequence[float], now_h: float, rho: float = RHO) -> Array:
    """Trials of the plan's end in hours, from what is known at ``now_h`` of one truth."""
    words, open_before = [], False
    for finish in finishes:
        if finish <= now_h:
            words.append(f', status: done, finished: "{_clock(finish)}"')
        else:
            words.append("" if open_before else ", status: in_progress")
            open_before = True
    text = _CASE.format(now=_clock(now_h), rho=rho, first=words[0], second=words[1], third=words[2])
    document = Document(parse_yaml(text.encode(), "case.yaml"))
    model = compile_model(
        to_scenario(document, now=START + timedelta(days=99), as_of=None, file="", digest="")
    )
    figures: dict[str, Array] = {}
    run_blocks(model, Streams(1, model.names), 0, _POINTS, figures)
    return figures["full_recovery_h"].ravel()


def _clock(hours: float) -> str:
    return (START + timedelta(seconds=round(hours * 3600))).isoformat()


def scored(lives: Array, now_h: float, rho: float = RHO) -> Scores:
    """Forecast some truths at ``now_h`` and score what was said of the last stage."""
    said, low, high = np.empty(len(lives)), np.empty(len(lives)), np.empty(len(lives))
    for i, life in enumerate(lives):
        trials = forecast(life.tolist(), now_h, rho)
        said[i] = np.mean(trials > LATE_H)
        low[i], high[i] = np.quantile(trials, (0.1, 0.9))
    end = lives[:, 2]
    late = end > LATE_H
    return Scores(
        number=len(lives),
        said=float(said.mean()),
        seen=float(late.mean()),
        error=float(np.sqrt(np.sum(said * (1 - said))) / len(lives)),
        inside=float(np.mean((low <= end) & (end <= high))),
        above=float(np.mean(end > high)),
        brier=float(np.mean((said - late) ** 2)),
    )


def groups(lives: Array, now_h: float) -> dict[str, Array]:
    """Split truths whose last stage is open by whether the second is."""
    running = lives[lives[:, 2] > now_h]
    overdue = running[:, 1] > now_h
    return {"overdue": running[overdue], "on time": running[~overdue]}


def calibrated(found: Scores) -> bool:
    """Whether what was said lies within 4 standard errors of what was seen, by all three shares."""
    shares = ((found.inside, 0.8), (found.above, 0.1))
    near = all(
        abs(share - wanted) <= 4 * math.sqrt(wanted * (1 - wanted) / found.number) + 1 / 64
        for share, wanted in shares
    )
    return near and abs(found.said - found.seen) <= 4 * found.error


def main(number: int = 2000) -> int:
    """Print the table; the exit code says whether every group is calibrated."""
    lives, good = truths(number, seed=5), True
    print("| at | repair | n | said | seen | inside 80% | above P90 | Brier | dependence 0: said |")
    print("|---|---|---|---|---|---|---|---|---|")
    for now_h in (24.0, 60.0):
        for name, group in groups(lives, now_h).items():
            found, alone = scored(group, now_h), scored(group, now_h, 0.0)
            good = good and calibrated(found)
            print(
                f"| {now_h:.0f} h | {name} | {found.number} | {found.said:.3f} | {found.seen:.3f} "
                f"| {found.inside:.3f} | {found.above:.3f} | {found.brier:.3f} "
                f"| {alone.said:.3f}, Brier {alone.brier:.3f} |"
            )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
