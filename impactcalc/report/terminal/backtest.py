"""The backtest on one screen of at most 100 columns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from impactcalc.domain.backtest import Verdict
from impactcalc.report.terminal.ink import Ink
from impactcalc.report.terminal.sheet import ended, fitting
from impactcalc.report.terminal.table import Cell, Column, Table
from impactcalc.units.duration import short_duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.domain.backtest import Asked, Backtest

_HOUR_S = 3600.0
VERDICTS = {
    Verdict.CALIBRATED: "The ranges are as wide as they should be.",
    Verdict.OVERCONFIDENT: "The ranges are too narrow: more incidents than they say end outside.",
    Verdict.UNDERCONFIDENT: "The ranges are wider than need be: fewer incidents end outside.",
    Verdict.TOO_FEW: "Fewer than 30 incidents could be forecast: that says nothing yet.",
}
_LEGEND = (
    "off by: mean CRPS, the distance of a forecast range from what happened; of a single figure "
    "it is the plain error. gain: how much smaller that is than with the lengths of earlier "
    "incidents alone. right: where the 80% column lies in 19 of 20 cases when the ranges are right."
)


def render_backtest(found: Backtest, *, width: int = 80, colour: bool, unicode: bool) -> str:
    """Write the answer of ``backtest`` for a terminal or a pipe.

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
    screen = _Screen(found, fitting(width), Ink(colour, unicode))
    return ended(screen.lines())


class _Screen:
    """One answer, laid out for one terminal."""

    def __init__(self, found: Backtest, width: int, ink: Ink) -> None:
        self.found, self.width, self.ink = found, width, ink

    def lines(self) -> Iterator[str]:
        """Yield every line of the screen."""
        yield from self.prose(verdict_words(self.found), "bold")
        yield from self.prose(VERDICTS[self.found.verdict])
        yield from self.prose(exception_words(self.found))
        yield from self.prose(count_words(self.found), "dim")
        if self.found.scored:
            yield ""
            yield from self.table()
            yield ""
            yield from self.prose(_LEGEND, "dim")

    def prose(self, text: str, *styles: str) -> Iterator[str]:
        """Yield a text in lines."""
        for line in self.ink.wrap(text, self.width):
            yield self.ink.paint(line, *styles)

    def table(self) -> Iterator[str]:
        """Yield one line an asked time."""
        table = Table(
            self.ink,
            self.width,
            (
                Column("  Asked"),
                Column("forecasts", 10),
                Column("off by", 9),
                Column("gain", 8, spare=True),
                Column("50%", 6),
                Column("80%", 6),
                Column("right", 13),
                Column("90%", 6),
                Column("80% wide", 10, spare=True),
            ),
        )
        yield table.head()
        for one in self.found.asked:
            yield self.row(table, one)

    @staticmethod
    def row(table: Table, one: Asked) -> str:
        """Write the scores at one asked time."""
        when = f"  {one.elapsed_h:g} h in" if one.elapsed_h else "  at start"
        if one.crps_h is None or one.band80 is None or one.width80_h is None:
            return table.row(when, "0", *["-"] * 7)
        low, high = one.band80
        held = one.coverage[80] or 0.0
        return table.row(
            when,
            f"{one.n:,}",
            short_duration(one.crps_h * _HOUR_S, 2),
            "-" if one.skill is None else f"{one.skill:+.1%}",
            f"{one.coverage[50]:.0%}",
            Cell(f"{held:.0%}", ("green",) if low <= held <= high else ("red",)),
            f"{low:.0%} to {high:.0%}",
            f"{one.coverage[90]:.0%}",
            short_duration(one.width80_h * _HOUR_S, 2),
        )


def verdict_words(found: Backtest) -> str:
    """Say the verdict with the figures that it rests on."""
    verdict = found.verdict.value
    name = verdict[0].upper() + verdict[1:]
    if found.pooled80 is None or found.band80 is None:
        return f"{name}: {_incidents(found.scored)} scored, 30 are needed"
    low, high = found.band80
    number = sum(one.n for one in found.asked)
    return (
        f"{name}: of {number:,} ranges said to hold 80%, {found.pooled80:.0%} held "
        f"({math.floor(100 * low)}% to {math.ceil(100 * high)}% when they are right)"
    )


def exception_words(found: Backtest) -> str:
    """Name the asked times at which the pooled verdict does not hold; empty when there is none."""
    if found.verdict is not Verdict.CALIBRATED:
        return ""
    parts = [
        f"{one.coverage[80]:.0%} {_when(one)}"
        for one in found.asked
        if one.band80 is not None
        and not one.band80[0] <= (one.coverage[80] or 0.0) <= one.band80[1]
    ]
    return f"But not at every asked time: {', '.join(parts)} held." if parts else ""


def _when(one: Asked) -> str:
    return f"after {one.elapsed_h:g} h" if one.elapsed_h else "at the start"


def _incidents(number: int) -> str:
    return f"{number:,} {'incident' if number == 1 else 'incidents'}"


def count_words(found: Backtest) -> str:
    """Say how many incidents were learned from, scored and skipped."""
    skipped = len(found.skipped)
    rows = f"; {skipped} {'row' if skipped == 1 else 'rows'} skipped" if skipped else ""
    first = f"the first {found.burn_in:,} only learned from, " if found.burn_in else ""
    return (
        f"{found.file}: {_incidents(found.incidents)}, {first}{found.scored:,} forecast from the "
        f"newest {found.window:,} known at that moment{rows}"
    )
