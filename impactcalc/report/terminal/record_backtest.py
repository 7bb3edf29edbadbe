"""The backtest of records on one screen of at most 100 columns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from impactcalc.domain.backtest import LEVELS, Verdict
from impactcalc.report.terminal.backtest import VERDICTS
from impactcalc.report.terminal.ink import Ink
from impactcalc.report.terminal.sheet import ended, fitting
from impactcalc.report.terminal.table import Column, Table
from impactcalc.units.duration import short_duration
from impactcalc.units.money import short_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from impactcalc.domain.backtest import Asked
    from impactcalc.domain.track_record import LossScores, RecordBacktest

_HOUR_S = 3600.0
_LEGEND = (
    "off by: mean CRPS, the distance of a forecast range from what happened; of a single figure it "
    "is the plain error. 80% wide: mean width of the range that is said to hold 80%. bias: median "
    "of even-chance figure less what happened; below 0: too hopeful."
)


def render_record_backtest(
    found: RecordBacktest, *, width: int = 80, colour: bool, unicode: bool
) -> str:
    """Write the answer of ``backtest DIR`` for a terminal or a pipe.

    Parameters
    ----------
    found
        The whole answer.
    width
        Columns; 60 to 100 are used.
    colour
        Whether escape codes may be written.
    unicode
        Whether the output can show more than ASCII.

    Returns
    -------
    str
        Lines of at most `width` columns, the last one ended.
    """
    ink = Ink(colour, unicode)
    lines = _lines(found, fitting(width), ink)
    return ended(lines)


def _lines(found: RecordBacktest, width: int, ink: Ink) -> Iterator[str]:
    for text, style in (
        (record_verdict_words(found), "bold"),
        (_meaning(found), ""),
        (_count_words(found), "dim"),
    ):
        for line in ink.wrap(text, width):
            yield ink.paint(line, *filter(None, [style]))
    if not found.forecasts and found.loss is None:
        return
    columns = [
        Column("  Compared"),
        Column("forecasts", 10),
        Column("off by", 9),
        Column("bias", 10),
    ]
    columns += [Column(f"{level}%", 6) for level in LEVELS]
    table = Table(ink, width, (*columns, Column("80% wide", 10, spare=True)))
    yield ""
    yield table.head()
    if found.ends.crps_h is not None:
        yield table.row("  hours to the end", *_ends(found.ends))
    if found.loss is not None:
        yield table.row("  loss", *_losses(found.loss))
    yield ""
    for line in ink.wrap(_LEGEND, width):
        yield ink.paint(line, "dim")


def _ends(ends: Asked) -> Iterator[str]:
    yield f"{ends.n:,}"
    yield _hours(ends.crps_h)
    yield _hours(ends.bias_h)
    yield from _shares(ends.coverage)
    yield _hours(ends.width80_h)


def _hours(value: float | None) -> str:
    if value is None:
        return "-"
    sign = "-" if value < 0 else ""
    return sign + (short_duration(abs(value) * _HOUR_S, 2) if value else "0 min")


def _losses(loss: LossScores) -> Iterator[str]:
    yield f"{loss.n:,}"
    yield _money(loss.crps, loss)
    yield _money(loss.bias, loss)
    yield from _shares(loss.coverage)
    yield _money(loss.width80, loss)


def _money(value: float, loss: LossScores) -> str:
    return short_money(value, loss.currency or "", 2).strip()


def _shares(coverage: Mapping[int, float | None]) -> Iterator[str]:
    for level in LEVELS:
        share = coverage[level]
        yield "-" if share is None else f"{share:.0%}"


def _meaning(found: RecordBacktest) -> str:
    if found.verdict is not Verdict.TOO_FEW:
        return VERDICTS[found.verdict]
    return "Fewer than 30 incidents with an end: that says nothing yet."


def record_verdict_words(found: RecordBacktest) -> str:
    """Say the verdict with the figures that it rests on."""
    name = found.verdict.value[0].upper() + found.verdict.value[1:]
    if found.pooled80 is None or found.band80 is None:
        return f"{name}: {found.scored} of the 30 incidents that are needed"
    low, high = found.band80
    return (
        f"{name}: of {found.forecasts:,} ranges said to hold 80%, {found.pooled80:.0%} held "
        f"({math.floor(100 * low)}% to {math.ceil(100 * high)}% when they are right)"
    )


def _count_words(found: RecordBacktest) -> str:
    several = "" if found.forecasts == found.scored else ", each counted once"
    counted = f"{_number(found.forecasts, 'forecast')} of {_number(found.scored, 'incident')}"
    parts = [f"{found.folder}: {counted}{several}"]
    if found.waiting:
        verb = "waits for its" if found.waiting == 1 else "wait for their"
        parts.append(f"{found.waiting:,} {verb} end")
    if found.skipped:
        parts.append(f"{len(found.skipped):,} not used")
    return "; ".join(parts)


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
