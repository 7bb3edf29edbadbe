"""The backtest: each past incident forecast with nothing but what was known at that moment.

At an asked moment the fit sees the incidents that had begun by then; those that still ran are
right-censored at that moment, whatever is known of them today. Fits of all moments are made at
once, one a row of a matrix.

Source: Tashman (2000), Out-of-sample tests of forecasting accuracy, for the rolling origin;
MODEL.md section 6 for what is counted.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.analysis.calibration import HORIZON_H, WINDOW, shipped_prior
from impactcalc.domain.backtest import LEVELS, SHOWN_LEVELS, Asked, Backtest, Shown, Verdict
from impactcalc.domain.incident_history import ALL
from impactcalc.named import NamedTuple
from impactcalc.stats.normal import ndtr, upper_tail_draw
from impactcalc.stats.scoring import binomial_band, covered_by_pit, crps_quantiles, ks_p
from impactcalc.stats.student import student_table
from impactcalc.stats.survival import fit_lognormal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from impactcalc.domain.incident_history import IncidentHistory
    from impactcalc.stats.survival import StudentFit

    Array = NDArray[np.float64]

ASKED_H = (0.0, 1.0, 2.0, 4.0)
BURN_IN = 100
FEWEST = 30
"""Fewer scored incidents say nothing about calibration."""

_SHOWN = 30
_BLOCK = 256  # forecasts that are made at once
_EARLIER = 5000  # incidents before a block that the plain forecast looks back to
_LEVELS = 200  # quantiles by which a forecast is scored: the CRPS is right to 0.1%


class _Times(NamedTuple):
    """Starts and ends in hours since the first start; an open incident ends at infinity."""

    start: Array
    end: Array

    @property
    def length(self) -> Array:
        """Hours from start to end."""
        return self.end - self.start


class _Forecasts(NamedTuple):
    """Forecasts of some incidents' total length, all asked at the same elapsed time."""

    fit: StudentFit
    elapsed_h: float

    def quantiles(self, levels: Array) -> Array:
        """Quantiles in hours, shape (rows, levels)."""
        bound = self.score(np.full(self.fit.middle.size, self.elapsed_h))
        z = upper_tail_draw(bound[:, np.newaxis], levels)
        t = np.empty_like(z)
        for freedom in np.unique(self.fit.freedom):
            rows = self.fit.freedom == freedom
            t[rows] = student_table(float(freedom)).value(z[rows])
        logs = self.fit.middle[:, np.newaxis] + self.fit.scale[:, np.newaxis] * t
        return np.asarray(np.exp(np.minimum(logs, math.log(HORIZON_H))))

    def score(self, hours: Array) -> Array:
        """Give normal scores of lengths, one a forecast, before anything has elapsed."""
        with np.errstate(divide="ignore"):
            t = (np.log(hours) - self.fit.middle) / self.fit.scale
        found = np.full(t.size, -np.inf)
        for freedom in np.unique(self.fit.freedom):
            rows = (self.fit.freedom == freedom) & (hours > 0)
            found[rows] = student_table(float(freedom)).score(t[rows])
        return found

    def pit(self, actual: Array) -> Array:
        """Chance of a shorter length than the actual one, given that it lasted so long."""
        before = self.score(np.full(actual.size, self.elapsed_h))
        return 1.0 - ndtr(-self.score(actual)) / ndtr(-before)


class _Scores(NamedTuple):
    """Scores of forecasts, one a row; ``empirical`` is the CRPS of the plain forecast."""

    crps: Array
    empirical: Array
    excess: Array
    width: Array
    pit: Array


def backtest(
    history: IncidentHistory,
    *,
    burn_in: int = BURN_IN,
    window: int = WINDOW,
    asked_h: Sequence[float] = ASKED_H,
) -> Backtest:
    """Forecast every past incident's total length as it could have been forecast then.

    Parameters
    ----------
    history
        The incidents.
    burn_in
        The first incidents, which are only learned from.
    window
        Newest incidents that a fit rests on, at least 1.
    asked_h
        Hours since an incident's start at which it is forecast, rising.

    Returns
    -------
    Backtest
        Open incidents are learned from, never scored.
    """
    starts = np.array([one.start_s for one in history.incidents]) / 3600.0
    ends = [math.inf if one.end_s is None else one.end_s / 3600.0 for one in history.incidents]
    times = _Times(starts - starts[0], np.array(ends) - starts[0])
    ended = np.flatnonzero(np.isfinite(times.end))
    scored = ended[ended >= burn_in]
    asked = tuple(_ask(times, scored, elapsed, window) for elapsed in asked_h)
    pooled, band, verdict = _judge(asked, scored.size)
    return Backtest(
        file=history.file,
        incidents=len(history.incidents),
        scored=int(scored.size),
        skipped=history.skipped,
        asked=asked,
        verdict=verdict,
        pooled80=pooled,
        band80=band,
        burn_in=burn_in,
        window=window,
        last=_last(history, times, scored, window),
        remarks=history.remarks,
    )


def _judge(
    asked: Sequence[Asked], scored: int
) -> tuple[float | None, tuple[float, float] | None, Verdict]:
    """Judge the 80% coverage, pooled over the asked times, by its binomial band."""
    number = sum(one.n for one in asked)
    if scored < FEWEST:
        return None, None, Verdict.TOO_FEW
    pooled = sum(one.n * (one.coverage[80] or 0.0) for one in asked) / number
    band = binomial_band(number, 0.8)
    if pooled < band.low:
        return pooled, band, Verdict.OVERCONFIDENT
    return pooled, band, Verdict.UNDERCONFIDENT if pooled > band.high else Verdict.CALIBRATED


def _ask(times: _Times, scored: NDArray[np.intp], elapsed_h: float, window: int) -> Asked:
    """Score the forecasts of the incidents that lasted longer than the elapsed time."""
    rows = scored[times.length[scored] > elapsed_h]
    if not rows.size:
        return Asked(elapsed_h, 0)
    parts = [
        _score(times, rows[first : first + _BLOCK], elapsed_h, window)
        for first in range(0, rows.size, _BLOCK)
    ]
    scores = _Scores(*(np.concatenate(each) for each in zip(*parts, strict=True)))
    crps, empirical = float(scores.crps.mean()), float(scores.empirical.mean())
    return Asked(
        elapsed_h=elapsed_h,
        n=int(rows.size),
        crps_h=crps,
        skill=1.0 - crps / empirical if empirical else None,
        bias_h=float(np.median(scores.excess)),
        coverage={level: covered_by_pit(scores.pit, level / 100.0) for level in LEVELS},
        width80_h=float(scores.width.mean()),
        pit_ks_p=ks_p(scores.pit),
        band80=binomial_band(int(rows.size), 0.8),
        pit=tuple(scores.pit.tolist()),
    )


def _score(times: _Times, rows: NDArray[np.intp], elapsed_h: float, window: int) -> _Scores:
    """Score the forecasts of some incidents."""
    made = _forecasts(times, rows, elapsed_h, window)
    actual = times.length[rows]
    levels = (np.arange(_LEVELS) + 0.5) / _LEVELS
    low, median, high = made.quantiles(np.array([0.1, 0.5, 0.9])).T
    return _Scores(
        crps=crps_quantiles(made.quantiles(levels), actual),
        empirical=_empirical_crps(times, rows, elapsed_h),
        excess=median - actual,
        width=high - low,
        pit=made.pit(actual),
    )


def _forecasts(times: _Times, rows: NDArray[np.intp], elapsed_h: float, window: int) -> _Forecasts:
    """Fit the lengths known at each asked moment: the newest incidents that had begun by then."""
    now = times.start[rows] + elapsed_h
    begun = np.searchsorted(times.start, now, side="left")  # those before it, by their start
    place = begun[:, np.newaxis] - 1 - np.arange(min(window, times.start.size) + 1)
    used = (place >= 0) & (place != rows[:, np.newaxis])
    used &= np.cumsum(used, axis=1) <= window  # the asked incident leaves its place to an older one
    place = np.maximum(place, 0)
    ended = times.end[place] <= now[:, np.newaxis]
    seen = np.minimum(times.end[place], now[:, np.newaxis]) - times.start[place]
    logs = np.log(np.where(used, seen, 1.0))
    return _Forecasts(fit_lognormal(logs, ended, shipped_prior(ALL), used).predictive(), elapsed_h)


def _empirical_crps(times: _Times, rows: NDArray[np.intp], elapsed_h: float) -> Array:
    """CRPS of the plain forecast: the lengths of earlier incidents that lasted longer.

    Where no earlier one did, it says that the incident ends at once.
    """
    now = times.start[rows] + elapsed_h
    first = max(int(rows[0]) - _EARLIER, 0)
    last = int(np.searchsorted(times.start, now[-1]))
    near = np.arange(first, last)
    near = near[np.isfinite(times.end[near]) & (times.length[near] > elapsed_h)]
    near = near[np.argsort(times.length[near], kind="stable")]
    length = times.length[near]
    taken = (times.end[near] <= now[:, np.newaxis]) & (near != rows[:, np.newaxis])
    number = np.count_nonzero(taken, axis=1)
    most = np.maximum(number, 1)
    actual = times.length[rows]
    distance = np.where(taken, np.abs(length - actual[:, np.newaxis]), 0.0).sum(axis=1) / most
    weight = 2.0 * np.cumsum(taken, axis=1) - number[:, np.newaxis] - 1.0
    spread = np.where(taken, weight * length, 0.0).sum(axis=1) / most**2
    return np.where(number > 0, distance - spread, actual - elapsed_h)


def _last(
    history: IncidentHistory, times: _Times, scored: NDArray[np.intp], window: int
) -> tuple[Shown, ...]:
    """Forecasts at the start of the newest scored incidents, for the picture."""
    rows = scored[-_SHOWN:]
    if not rows.size:
        return ()
    found = _forecasts(times, rows, 0.0, window).quantiles(np.array(SHOWN_LEVELS))
    return tuple(
        Shown(history.incidents[row].start_s, tuple(values), float(times.length[row]))
        for row, values in zip(rows.tolist(), found.tolist(), strict=True)
    )
