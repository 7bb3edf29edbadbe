"""The alternatives on a terminal: a table, their intervals drawn in text, and what to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.escape import escape, shorten
from impactcalc.report.narrative.drivers import base_middle, driver_rows
from impactcalc.report.narrative.what_if import saving_rows, sentences
from impactcalc.report.phrases import Clock, amount, amount_range, chance, length, length_range
from impactcalc.report.terminal.bars import bar_key, interval_bar, tornado_lines
from impactcalc.report.terminal.ink import Ink
from impactcalc.report.terminal.sheet import ended, fitting
from impactcalc.report.terminal.table import Cell, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.domain.result import Comparison
    from impactcalc.report.narrative.what_if import SavingRow

MOST, _DRIVERS = 40, 5
_SAVINGS = (
    Column("Saves, less its cost"),
    Column("average", 9),
    Column("even chance", 13, spare=True),
    Column(" 9 in 10", 19, right=False),
    Column("pays in", 11),
)
_TIMES = (
    Column("Service back after"),
    Column("even chance", 13),
    Column(" 9 in 10", 19, right=False),
    Column("SLA broken", 11),
)
_BAR_LABEL = 30


def render_comparison(
    comparison: Comparison, *, width: int = 80, colour: bool, unicode: bool
) -> str:
    """Write a comparison for a terminal or a pipe; see `screen.render` for the parameters."""
    screen = _Screen(comparison, fitting(width), Ink(colour, unicode))
    return ended(screen.lines())


class _Screen:
    """One comparison, laid out for one terminal."""

    def __init__(self, comparison: Comparison, width: int, ink: Ink) -> None:
        self.comparison, self.width, self.ink = comparison, width, ink

    def lines(self) -> Iterator[str]:
        """Yield every line of the screen."""
        yield from self.head()
        yield from self.savings()
        yield from self.times()
        for sentence in sentences(self.comparison):
            yield from self.ink.wrap(sentence, self.width)
        rows = driver_rows(self.comparison, _DRIVERS)
        if rows:
            yield ""
            yield from tornado_lines(rows, base_middle(self.comparison), self.ink, self.width)
        yield ""
        run = self.comparison.run
        words = f"impactcalc {run.version} · {run.trials:,} trials, seed {run.seed}, paired"
        yield self.ink.paint(self.ink.cut(words, self.width), "dim")

    def head(self) -> Iterator[str]:
        """Yield who, when, and how things stand."""
        answer = self.comparison
        moment = f"as of {Clock(answer.as_of, answer.as_of.tzinfo).now()}"
        title = self.ink.left(escape(answer.title), self.width - len(moment) - 2)
        yield f"{title}  {moment}"
        base = answer.base
        parts = []
        if base.total is not None:
            middle = amount(base.total, "p50", answer.currency)
            span = amount_range(base.total, answer.currency)
            mean = amount(base.total, "mean", answer.currency)
            parts.append(f"the customer loses {middle} (9 in 10: {span}; on average {mean})")
        parts.append(f"service is fully back after {length(base.full_recovery_h, 'p50')}")
        if base.breach_prob is not None:
            parts.append(f"the SLA is broken in {chance(base.breach_prob)} of the cases")
        yield from self.ink.wrap(f"As it stands, {', '.join(parts)}.", self.width)
        yield ""

    def savings(self) -> Iterator[str]:
        """Yield the savings as a table, then as intervals on one axis."""
        rows = saving_rows(self.comparison, MOST)
        if not rows:
            return
        table = Table(self.ink, self.width, _SAVINGS)
        yield table.head()
        for row in rows:
            mark = "> " if row.recommended else "= " if row.tied else "  "
            mean = Cell(row.mean if row.dot == row.figure.mean else "none", (_colour(row),))
            yield table.row(f"{mark}{_named(row)}", mean, row.middle, f" {row.span}", row.pays)
        if any(row.tied for row in rows):
            words = "= ties with its neighbours: the simulation cannot tell which saves more"
            yield self.ink.paint(self.ink.cut(words, self.width), "dim")
        yield ""
        yield from self.bars(rows)
        yield ""

    def bars(self, rows: tuple[SavingRow, ...]) -> Iterator[str]:
        """Yield one line an alternative: 9 cases in 10, the middle half, the average."""
        room = self.width - _BAR_LABEL - 1
        low = min(0.0, *(row.figure.p5 for row in rows))
        high = max(0.0, *(row.figure.p95 for row in rows))
        yield self.ink.paint(
            self.ink.cut(f"  {bar_key(unicode=self.ink.unicode)}", self.width), "dim"
        )
        for row in rows:
            bar = interval_bar(row.figure, row.dot, (low, high), room, unicode=self.ink.unicode)
            label = self.ink.left(f"  {_named(row)}", _BAR_LABEL)
            yield f"{label} {self.ink.paint(bar, _colour(row))}"

    def times(self) -> Iterator[str]:
        """Yield when service is back, and how often the SLA is broken."""
        table = Table(self.ink, self.width, _TIMES)
        yield table.head()
        base = self.comparison.base
        entries = [("as it stands", base.full_recovery_h, base.breach_prob)]
        entries += [
            (one.name, one.full_recovery_h, one.breach_prob)
            for one in self.comparison.what_if[:MOST]
        ]
        for name, end, breach in entries:
            yield table.row(
                f"  {shorten(escape(name), 40)}",
                length(end, "p50"),
                f" {length_range(end)}",
                "" if breach is None else chance(breach),
            )
        yield ""


def _named(row: SavingRow) -> str:
    """Write the whole name: the table cuts it at its end."""
    return shorten(escape(row.name), 60)


def _colour(row: SavingRow) -> str:
    return "red" if row.dot < 0 else "green"
