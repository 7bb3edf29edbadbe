"""A backtest: how forecasts that were made with what was known then met what happened."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from impactcalc.domain.incident_history import SkippedRow

LEVELS = (50, 80, 90)
"""Percents of the central intervals whose coverage is counted."""


SHOWN_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Levels of the quantiles that a picture shows."""


class Verdict(enum.StrEnum):
    """What the 80% intervals say, pooled over the asked times."""

    CALIBRATED = "well calibrated"
    OVERCONFIDENT = "overconfident"
    UNDERCONFIDENT = "underconfident"
    TOO_FEW = "too few to judge"


class Asked(NamedTuple):
    """Forecasts of the total length, asked after an incident had lasted ``elapsed_h`` hours.

    Parameters
    ----------
    elapsed_h
        Hours since the incident's start.
    n
        Forecasts that could be scored: incidents that lasted longer.
    crps_h, skill
        Mean CRPS in hours, and 1 - CRPS / CRPS(empirical): against the lengths of earlier
        incidents that had lasted as long. None without forecasts.
    bias_h
        Median over the forecasts of (median forecast - actual), in hours.
    coverage
        Share of the outcomes inside their central intervals, by `LEVELS`.
    width80_h
        Mean width of the 80% interval.
    pit_ks_p
        P value of Kolmogorov's test that the PIT is uniform.
    band80
        Where the 80% coverage of n forecasts lies in 95% of cases when they are right.
    pit
        Probability integral transform of each outcome, in the order of the incidents.
    """

    elapsed_h: float
    n: int
    crps_h: float | None = None
    skill: float | None = None
    bias_h: float | None = None
    coverage: Mapping[int, float | None] = dict.fromkeys(LEVELS)
    width80_h: float | None = None
    pit_ks_p: float | None = None
    band80: tuple[float, float] | None = None
    pit: tuple[float, ...] = ()


class Shown(NamedTuple):
    """One forecast at an incident's start and what happened, in hours; for the picture.

    ``quantiles_h`` stands at `SHOWN_LEVELS`.
    """

    start_s: float
    quantiles_h: tuple[float, ...]
    actual_h: float


class Backtest(NamedTuple):
    """The answer of ``backtest HISTORY``.

    Parameters
    ----------
    file
        The history as the person wrote it.
    incidents
        Usable ones, those still open included.
    scored
        Those whose total length was forecast at their start, after the burn-in.
    skipped
        Rows that could not be used.
    asked
        By elapsed time.
    verdict
        From the 80% coverage, pooled over the asked times.
    pooled80, band80
        That coverage, and its binomial 95% band; None below 30 scored.
    burn_in, window
        Incidents that are only learned from, and the newest ones that a fit rests on.
    last
        The newest forecasts.
    remarks
        What the reader of the file noticed.
    own
        Whether the forecasts are kept records: asked whenever, of the hours that were left.
    """

    file: str
    incidents: int
    scored: int
    skipped: tuple[SkippedRow, ...]
    asked: tuple[Asked, ...]
    verdict: Verdict
    pooled80: float | None
    band80: tuple[float, float] | None
    burn_in: int
    window: int
    last: tuple[Shown, ...] = ()
    remarks: tuple[str, ...] = ()
    own: bool = False
