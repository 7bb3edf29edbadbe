"""A track record: how one's own kept forecasts met what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from impactcalc.domain.backtest import Asked, Shown, Verdict


class Actual(NamedTuple):
    """What really happened after a forecast.

    Parameters
    ----------
    line
        Of the file, from 1.
    id
        Of the incident.
    first, last
        Moments between which the forecast was made, both inside; equal when it is stated to the
        second, None when the line concerns every forecast of the incident.
    ended
        When all service was back; None: not stated.
    loss
        The customer's whole loss; None: not stated.
    currency
        Of the loss; empty when a bare number stands there.
    """

    line: int
    id: str
    first: datetime | None
    last: datetime | None
    ended: datetime | None
    loss: float | None
    currency: str = ""


class KeptForecast(NamedTuple):
    """One record, as far as it can be compared with what came true.

    Parameters
    ----------
    file
        Of the record, as the person wrote its folder.
    id
        Of the incident; empty when the input stated none.
    as_of
        The moment of the forecast.
    elapsed_h
        Hours from the incident's start to it, in the mean.
    open
        Whether any service was still to come back.
    rest_h
        Hours from then to full recovery, at `QUANTILES`.
    loss
        The customer's total at `QUANTILES`; None without one.
    currency
        Of the loss.
    """

    file: str
    id: str
    as_of: datetime
    elapsed_h: float
    open: bool
    rest_h: tuple[float, ...]
    loss: tuple[float, ...] | None
    currency: str | None


QUANTILES = (5, 10, 25, 50, 75, 90, 95, 99)
"""Percents of a distribution that a record keeps."""


class SkippedForecast(NamedTuple):
    """What was not scored: the file, its line (0: the whole file), and why."""

    file: str
    line: int
    why: str


class LossScores(NamedTuple):
    """Forecasts of the customer's total against actual losses.

    As `Asked`, in units of ``currency``; ``currency`` is None where the records have several.
    """

    n: int
    crps: float
    bias: float
    coverage: dict[int, float]
    width80: float
    pit_ks_p: float
    currency: str | None


class RecordBacktest(NamedTuple):
    """The answer of ``backtest DIR``.

    Parameters
    ----------
    folder, actuals
        As the person wrote them.
    incidents
        Distinct incidents of the records that were read.
    scored
        Distinct incidents of which an end was scored: forecasts of one incident stand or fall
        together, so that they are judged as one.
    forecasts
        Records whose end was scored.
    waiting
        Records without an actual end or loss yet.
    ends
        Scores of the ends.
    loss
        Scores of the losses; None without any.
    verdict, pooled80, band80
        From the 80% coverage of the ends; the band is that of as many independent forecasts as
        there are incidents. None below 30.
    skipped
        Records and lines that could not be used.
    last
        The newest forecasts, for the picture.
    remarks
        What a reader should know about the files.
    """

    folder: str
    actuals: str
    incidents: int
    scored: int
    forecasts: int
    waiting: int
    ends: Asked
    loss: LossScores | None
    verdict: Verdict
    pooled80: float | None
    band80: tuple[float, float] | None
    skipped: tuple[SkippedForecast, ...]
    last: tuple[Shown, ...]
    remarks: tuple[str, ...]


class TrackRecord(NamedTuple):
    """What an estimate says of the forecasts before it.

    Parameters
    ----------
    scored, forecasts
        Incidents and forecasts whose end was compared.
    held
        Share of the 80% ranges that held; None below 30 incidents.
    band
        Where it lies in 95% of cases when the ranges are right.
    verdict
        In words.
    """

    scored: int
    forecasts: int
    held: float | None
    band: tuple[float, float] | None
    verdict: str
