"""The service level on one screen of at most 100 columns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from impactcalc.report.level_words import (
    SECOND_NS,
    alert_words,
    burn_words,
    credit_words,
    event_share,
    head_words,
    latency_words,
    objective_words,
    outlook_words,
    percentage,
    reading_words,
    rule_words,
    slice_words,
    time_move,
    used_words,
)
from impactcalc.report.terminal.ink import Ink
from impactcalc.report.terminal.sheet import ended, fitting
from impactcalc.report.terminal.table import Cell, Column, Table
from impactcalc.units.duration import exact_duration, short_duration
from impactcalc.units.instant import MONTHS
from impactcalc.units.rounding import plain, significant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.domain.service_level import DowntimeAnswer, ServiceLevel

_UNDEFINED = (
    "The contract's definition of downtime was not given, and it decides: ask for it "
    '(usually under "Definitions: Downtime").'
)
_AGREED = "The contract's definition of downtime was not given; all three readings agree: {}."


def render_level(level: ServiceLevel, *, width: int = 80, colour: bool, unicode: bool) -> str:
    """Write the answer of ``sli`` for a terminal or a pipe.

    Parameters
    ----------
    level
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
    screen = _Screen(level, fitting(width), Ink(colour, unicode))
    return ended(screen.lines())


class _Screen:
    """One answer, laid out for one terminal."""

    def __init__(self, level: ServiceLevel, width: int, ink: Ink) -> None:
        self.level = level
        self.width = width
        self.ink = ink

    def lines(self) -> Iterator[str]:
        """Yield every line of the screen."""
        if self.level.demand is not None:
            yield from self.prose(head_words(self.level), "bold")
            yield from self.events()
            yield from self.downtime()
            yield from self.prose(outlook_words(self.level))
            yield from self.prose(slice_words(self.level))
            yield from self.burn()
            yield from self.prose(latency_words(self.level))
            yield from self.prose(credit_words(self.level))
        for objective in self.level.objectives:
            yield from self.prose(objective_words(objective))

    def prose(self, text: str, *styles: str) -> Iterator[str]:
        """Yield a text in lines; none for an empty text."""
        for line in self.ink.wrap(text, self.width):
            yield self.ink.paint(line, *styles)

    def events(self) -> Iterator[str]:
        """Yield the SLI by events."""
        events, demand = self.level.occurrence, self.level.demand
        if events is None or demand is None:
            return
        yield ""
        good, valid = f"{float(events.good):,.12g}", f"{float(events.valid):,.12g}"
        if events.sli is None:
            yield from self.prose(f"No events: {good} good of {valid}.")
            return
        met = "met" if events.meets_target else "missed"
        rate = events.burn_rate
        burn = "" if rate is None else f", burn rate {plain(significant(float(rate), 3))}"
        share = event_share(events, demand.target)
        yield from self.prose(
            f"Events: {good} good of {valid}, {share}; "
            f"target {percentage(demand.target, demand.target)} {met}{burn}",
            "green" if events.meets_target else "red",
        )

    def downtime(self) -> Iterator[str]:
        """Yield the downtime under each definition, side by side."""
        if self.level.downtime is None or self.level.demand is None:
            return
        yield ""
        allowed = next(iter(self.level.downtime.values())).allowed
        table = Table(
            self.ink,
            self.width,
            (
                Column("  If downtime means"),
                Column("down", 9),
                Column("availability", 13),
                Column("unknown = down", 15, spare=True),
                Column("budget", 10),
                Column("gone at", 13),
            ),
        )
        yield table.head()
        rule = self.level.demand.rule
        for reading, answer in self.level.downtime.items():
            mark = ">" if rule is not None and rule.definition.value == reading else " "
            yield self.row(table, f"{mark} {reading_words(self.level, reading)}", answer)
        yield from self.prose(
            f"The budget is {exact_duration(float(allowed / SECOND_NS))}"
            + (" of the period." if rule is None else ", > is in force.")
        )
        yield from self.prose(rule_words(self.level))
        if rule is None:
            met = {answer.meets_target for answer in self.level.downtime.values()}
            agreed = _AGREED.format("met" if met == {True} else "missed")
            yield from self.prose(agreed if len(met) == 1 else _UNDEFINED)

    def row(self, table: Table, name: str, answer: DowntimeAnswer) -> str:
        """Write one reading of downtime."""
        demand = self.level.demand
        if demand is None:
            raise AssertionError("a reading of downtime without a demand")
        move = time_move(self.level)
        share = percentage(answer.availability, demand.target, move)
        bound = percentage(answer.availability_if_unknown_is_down, demand.target, move)
        style = ("green",) if answer.meets_target else ("red",)
        return table.row(
            name,
            short_duration(float(answer.downtime / SECOND_NS), 3) if answer.downtime else "none",
            Cell(share, style),
            bound,
            used_words(answer),
            _clock(answer.exhausted_ns),
        )

    def burn(self) -> Iterator[str]:
        """Yield burn rates and alerts."""
        if self.level.burn is None:
            return
        yield ""
        yield from self.prose(burn_words(self.level.burn))
        for words in alert_words(self.level.burn, _clock):
            yield from self.prose(words)


def _clock(instant_ns: int | None) -> str:
    """Write an instant as a day and a clock, UTC."""
    if instant_ns is None:
        return "-"
    moment = datetime.fromtimestamp(instant_ns // SECOND_NS, UTC)
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment:%H:%M}"
