"""The track record: kept forecasts against what came true.

A record keeps eight quantiles of each distribution. Whether its ranges held is read off them
exactly; CRPS and PIT come from the law between them (`stats.known_quantiles`). Forecasts of one
incident stand or fall together: each incident counts once in the verdict, and the band is that of
as many independent forecasts as there are incidents.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.analysis.backtest import FEWEST
from impactcalc.domain.backtest import LEVELS, SHOWN_LEVELS, Asked, Shown, Verdict
from impactcalc.domain.track_record import (
    QUANTILES,
    KeptForecast,
    LossScores,
    RecordBacktest,
    SkippedForecast,
)
from impactcalc.named import NamedTuple
from impactcalc.stats.known_quantiles import KnownQuantiles
from impactcalc.stats.scoring import binomial_band, crps_quantiles, crps_sample, ks_p

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from impactcalc.domain.track_record import Actual

    Array = NDArray[np.float64]

_HOUR = timedelta(hours=1)
_FINE = (np.arange(200) + 0.5) / 200  # levels by which a forecast is scored
_SHOWN = 30
_FEWEST_EARLIER = 5
"""Fewer earlier ends make no plain forecast to compare with."""
_ENDS = {50: (25, 75), 80: (10, 90), 90: (5, 95)}


class _Met(NamedTuple):
    """A forecast and the line that says what came true."""

    forecast: KeptForecast
    actual: Actual


class _Scores(NamedTuple):
    """Scores of forecasts, one a row; ``inside`` by level."""

    crps: Array
    pit: Array
    excess: Array
    width: Array
    inside: dict[int, NDArray[np.bool_]]


def score_records(
    forecasts: Sequence[KeptForecast], actuals: Sequence[Actual], names: tuple[str, str]
) -> RecordBacktest:
    """Compare kept forecasts with what came true.

    Parameters
    ----------
    forecasts
        In any order.
    actuals
        What came true; a line without a moment concerns every forecast of its incident.
    names
        Of the folder and of the file of actuals, for messages.
    """
    matched, waiting, skipped = _match(forecasts, actuals, names[1])
    ends, late = _ends(matched)
    losses, foreign = _losses(matched, names[1])
    scores = _scores(
        [one.forecast.rest_h for one in ends], [_rest(one) for one in ends] if ends else []
    )
    ids = [one.forecast.id for one in ends]
    pooled, band, verdict = _judge(ids, scores)
    told = {one.forecast for one in (*ends, *losses, *late)}
    return RecordBacktest(
        folder=names[0],
        actuals=names[1],
        incidents=len({one.id for one in forecasts if one.id}),
        scored=len(set(ids)),
        forecasts=len(ends),
        waiting=waiting + sum(1 for one in matched if one.forecast not in told),
        ends=_asked(ends, scores, band),
        loss=_loss_scores(losses),
        verdict=verdict,
        pooled80=pooled,
        band80=band,
        skipped=(*skipped, *(_too_late(one, names[1]) for one in late), *foreign),
        last=_last(ends),
        remarks=(),
    )


def _match(
    forecasts: Sequence[KeptForecast], actuals: Sequence[Actual], file: str
) -> tuple[list[_Met], int, list[SkippedForecast]]:
    """Join forecasts with lines, count those without any, and list what cannot be joined."""
    found: list[_Met] = []
    waiting = 0
    skipped: list[SkippedForecast] = []
    used: set[int] = set()
    seen: dict[tuple[str, object], str] = {}
    by_id: dict[str, list[Actual]] = {}
    for line in actuals:
        by_id.setdefault(line.id, []).append(line)
    for one in sorted(forecasts, key=lambda each: (each.as_of, each.file)):
        fitting = [line for line in by_id.get(one.id, ()) if _fits(line, one)]
        why = _unfit(one, seen)
        if why:
            skipped.append(SkippedForecast(one.file, 0, why))
        elif fitting:  # the line of this very forecast goes before that of all
            found.append(_Met(one, min(fitting, key=lambda line: line.first is None)))
        else:
            waiting += 1
        used |= {line.line for line in fitting}
    for line in actuals:
        if line.line not in used:
            when = "" if line.first is None else f" as of {line.first.isoformat()}"
            skipped.append(
                SkippedForecast(file, line.line, f"there is no record of {line.id}{when}")
            )
    return found, waiting, skipped


def _fits(line: Actual, one: KeptForecast) -> bool:
    return line.first is None or line.last is None or line.first <= one.as_of <= line.last


def _unfit(one: KeptForecast, seen: dict[tuple[str, object], str]) -> str:
    """Say why a record cannot be scored whatever came true; empty when it can."""
    if not one.id:
        return "has no incident id, so that nothing can be matched: give incident.id"
    first = seen.setdefault((one.id, one.as_of), one.file)
    if first != one.file:
        return f"is the forecast of {first} once more"
    return "" if one.open else "said that all service was back: nothing was forecast"


def _rest(one: _Met) -> float:
    """Hours from a forecast to the actual end."""
    if one.actual.ended is None:
        raise AssertionError("asked of an incident that is open")
    hours: float = (one.actual.ended - one.forecast.as_of) / _HOUR
    return hours


def _ends(matched: Sequence[_Met]) -> tuple[list[_Met], list[_Met]]:
    """Split those with an end into ends after the forecast, and ends before it."""
    ended = [one for one in matched if one.actual.ended is not None]
    return [one for one in ended if _rest(one) > 0], [one for one in ended if _rest(one) <= 0]


def _too_late(one: _Met, file: str) -> SkippedForecast:
    why = f"{one.forecast.id} ended before the forecast of {one.forecast.file}"
    return SkippedForecast(file, one.actual.line, why)


def _losses(matched: Sequence[_Met], file: str) -> tuple[list[_Met], list[SkippedForecast]]:
    """Find those with a loss on either side, in one currency."""
    both = [one for one in matched if one.actual.loss is not None and one.forecast.loss is not None]
    found, skipped = [], []
    for one in both:
        currency = one.forecast.currency or ""
        if one.actual.currency in {"", currency}:
            found.append(one)
        else:
            why = f"the loss is in {one.actual.currency}, the record is in {currency}"
            skipped.append(SkippedForecast(file, one.actual.line, why))
    return found, skipped


def _scores(quantiles: Sequence[tuple[float, ...]], actual: Sequence[float]) -> _Scores:
    """Score laws by their kept quantiles."""
    known = np.array(quantiles, dtype=np.float64).reshape(-1, len(QUANTILES))
    happened = np.array(actual, dtype=np.float64)
    law = KnownQuantiles(np.array(QUANTILES) / 100, known)
    at = {percent: known[:, place] for place, percent in enumerate(QUANTILES)}
    return _Scores(
        crps=crps_quantiles(law.values(_FINE), happened),
        pit=law.pit(happened),
        excess=at[50] - happened,
        width=at[90] - at[10],
        inside={
            level: (at[low] <= happened) & (happened <= at[high])
            for level, (low, high) in _ENDS.items()
        },
    )


def _judge(
    ids: Sequence[str], scores: _Scores
) -> tuple[float | None, tuple[float, float] | None, Verdict]:
    """Judge the 80% coverage: each incident counts once."""
    number = len(set(ids))
    if number < FEWEST:
        return None, None, Verdict.TOO_FEW
    shares: dict[str, list[bool]] = {}
    for name, inside in zip(ids, scores.inside[80].tolist(), strict=True):
        shares.setdefault(name, []).append(inside)
    held = float(np.mean([np.mean(each) for each in shares.values()]))
    band = binomial_band(number, 0.8)
    if held < band.low:
        return held, band, Verdict.OVERCONFIDENT
    return held, band, Verdict.UNDERCONFIDENT if held > band.high else Verdict.CALIBRATED


def _asked(ends: Sequence[_Met], scores: _Scores, band: tuple[float, float] | None) -> Asked:
    """Lay the scores of all ends out, whenever they were asked."""
    if not ends:
        return Asked(0.0, 0)
    return Asked(
        elapsed_h=float(np.median([one.forecast.elapsed_h for one in ends])),
        n=len(ends),
        crps_h=float(scores.crps.mean()),
        skill=_skill(ends, scores.crps),
        bias_h=float(np.median(scores.excess)),
        coverage={level: float(scores.inside[level].mean()) for level in LEVELS},
        width80_h=float(scores.width.mean()),
        pit_ks_p=ks_p(scores.pit),
        band80=band,
        pit=tuple(scores.pit.tolist()),
    )


def _skill(ends: Sequence[_Met], crps: Array) -> float | None:
    """Gain over the rests of other incidents that were over by then; None where few are known."""
    asked = np.array([one.forecast.as_of.timestamp() for one in ends])
    rest = np.array([_rest(one) for one in ends])
    over = asked + rest * _HOUR.total_seconds()
    ids = np.array([one.forecast.id for one in ends])
    ours, plain = 0.0, 0.0
    number = 0
    for row in range(len(ends)):
        earlier = rest[(over <= asked[row]) & (ids != ids[row])]
        if earlier.size >= _FEWEST_EARLIER:
            number += 1
            ours += float(crps[row])
            plain += float(crps_sample(earlier, rest[row]))
    return None if number < FEWEST or not plain else 1.0 - ours / plain


def _loss_scores(losses: Sequence[_Met]) -> LossScores | None:
    if not losses:
        return None
    scores = _scores(
        [one.forecast.loss or () for one in losses], [one.actual.loss or 0.0 for one in losses]
    )
    currencies = {one.forecast.currency for one in losses}
    return LossScores(
        n=len(losses),
        crps=float(scores.crps.mean()),
        bias=float(np.median(scores.excess)),
        coverage={level: float(scores.inside[level].mean()) for level in LEVELS},
        width80=float(scores.width.mean()),
        pit_ks_p=ks_p(scores.pit),
        currency=currencies.pop() if len(currencies) == 1 else None,
    )


def _last(ends: Sequence[_Met]) -> tuple[Shown, ...]:
    """Forecasts of the newest incidents and what happened, in hours from the forecast."""
    newest = ends[-_SHOWN:]
    if not newest:
        return ()
    known = np.array([one.forecast.rest_h for one in newest])
    found = KnownQuantiles(np.array(QUANTILES) / 100, known).values(np.array(SHOWN_LEVELS))
    return tuple(
        Shown(one.forecast.as_of.timestamp(), tuple(values), _rest(one))
        for one, values in zip(newest, found.tolist(), strict=True)
    )
