"""The table of docs/calibration.md: our forecasts and the usual ones, on one history.

    python benchmarks/calibration.py tests/data/incidents/github_status_incidents.csv

Every forecaster is asked at the same moments and sees the same: incidents that had begun by then,
those that still ran censored at that moment. ``--all`` lets the others learn from every earlier
incident instead of the newest 120.
"""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import optimize, special, stats

from impactcalc.analysis.backtest import ASKED_H, BURN_IN, backtest
from impactcalc.intake.history import HistoryOptions, read_history
from impactcalc.stats.scoring import covered_by_pit, crps_quantiles, ks_p

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

LEVELS = (np.arange(400) + 0.5) / 400


def lognormal(seen: Array, ended: Array) -> Any:
    mu, sigma = np.log(seen).mean(), np.log(seen).std()
    if not ended.all():
        data = stats.CensoredData.right_censored(seen, ~ended)
        sigma, _, scale = stats.lognorm.fit(data, sigma, floc=0, scale=math.exp(mu))
        mu = math.log(scale)
    return stats.lognorm(sigma, scale=math.exp(mu))


def exponential(seen: Array, ended: Array) -> Any:
    return stats.expon(scale=seen.sum() / ended.sum())


def weibull(seen: Array, ended: Array) -> Any:
    """Maximum likelihood: one equation in the shape."""

    def slope(shape: float) -> float:
        power = seen**shape
        return (power * np.log(seen)).sum() / power.sum() - 1 / shape - np.log(seen[ended]).mean()

    shape = optimize.brentq(slope, 0.05, 20)
    return stats.weibull_min(shape, scale=((seen**shape).sum() / ended.sum()) ** (1 / shape))


def pert(seen: Array, ended: Array) -> Any:
    """Plain PERT through P5, P50, P95 of what has ended, as low, mode and high."""
    low, mode, high = np.quantile(seen[ended], [0.05, 0.5, 0.95])
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    return stats.beta(a, b, loc=low, scale=high - low)


def conditional(law: Any, elapsed: float, actual: float) -> tuple[Array, float]:
    """Quantiles and PIT of a total length, given that it exceeds the elapsed time."""
    rest = law.sf(elapsed)
    if rest <= 0:  # beyond the maximum: it says "at any moment"
        return np.full(LEVELS.size, elapsed), 1.0
    return law.isf(rest * (1 - LEVELS)), 1 - law.sf(actual) / rest


def restarted(law: Any, elapsed: float, actual: float) -> tuple[Array, float]:
    """Start again: a fresh incident from now on."""
    return elapsed + law.isf(1 - LEVELS), law.cdf(actual - elapsed)


FORECASTERS = {
    "lognormal, conditional (ML)": (lognormal, conditional),
    "Weibull, conditional": (weibull, conditional),
    "exponential": (exponential, conditional),
    "plain PERT(P5, P50, P95)": (pert, conditional),
    'lognormal, "start again"': (lognormal, restarted),
}


def known(start: Array, end: Array, row: int, elapsed: float, window: int) -> tuple[Array, Array]:
    """What had been seen at the asked moment, by a plain loop."""
    now = start[row] + elapsed
    rows = [j for j in range(len(start)) if j != row and start[j] < now][-window:]
    ended = np.array([end[j] <= now for j in rows])
    return np.array([min(end[j], now) - start[j] for j in rows]), ended


def scores(start: Array, end: Array, window: int) -> dict[tuple[str, float], tuple[float, ...]]:
    """CRPS, 50% and 80% coverage, KS p by forecaster and asked time."""
    table = {}
    for elapsed in ASKED_H:
        rows = [
            row
            for row in range(BURN_IN, len(start))
            if math.isfinite(end[row]) and end[row] - start[row] > elapsed
        ]
        found = {name: ([], []) for name in FORECASTERS}
        for row in rows:
            seen, ended = known(start, end, row, elapsed, window)
            actual = end[row] - start[row]
            for name, (fit, ask) in FORECASTERS.items():
                quantiles, pit = ask(fit(seen, ended), elapsed, actual)
                found[name][0].append(float(crps_quantiles(quantiles, actual)))
                found[name][1].append(float(pit))
        for name, (crps, pit) in found.items():
            table[name, elapsed] = (
                np.mean(crps),
                covered_by_pit(pit, 0.5),
                covered_by_pit(pit, 0.8),
                ks_p(np.clip(pit, 0, 1)),
            )
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("history")
    parser.add_argument("--all", action="store_true")
    asked = parser.parse_args()
    history = read_history(asked.history, HistoryOptions())
    start = np.array([one.start_s for one in history.incidents]) / 3600
    end = np.array([np.inf if one.end_s is None else one.end_s for one in history.incidents]) / 3600
    found = backtest(history)
    table = scores(start, end, len(start) if asked.all else found.window)
    ours = {
        ("impactcalc", one.elapsed_h): (
            one.crps_h,
            one.coverage[50],
            one.coverage[80],
            one.pit_ks_p,
        )
        for one in found.asked
    }
    print(f"| forecaster | {' | '.join(f'{h:g} h' for h in ASKED_H)} | mean CRPS |")
    print("|---|---|---|---|---|---|")
    for name in ("impactcalc", *FORECASTERS):
        cells = [(ours if name == "impactcalc" else table)[name, elapsed] for elapsed in ASKED_H]
        words = [f"{c:.3f} / {h:.0%} / {e:.0%} / {p:.2f}" for c, h, e, p in cells]
        print(f"| {name} | {' | '.join(words)} | {np.mean([c[0] for c in cells]):.4f} |")


if __name__ == "__main__":
    special.seterr(all="ignore")
    main()
