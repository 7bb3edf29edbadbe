"""The answer on one screen of at most 80 columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from impactcalc.report.narrative import (
    actions,
    drivers,
    findings,
    money,
    recovery,
    run,
    sla,
    sources,
    subject,
)
from impactcalc.report.narrative.headline import headline
from impactcalc.report.narrative.labels import source_file
from impactcalc.report.narrative.track_record import track_record_words
from impactcalc.report.phrases import Clock
from impactcalc.report.terminal import bars
from impactcalc.report.terminal.ink import Ink
from impactcalc.report.terminal.sheet import ended, fitting
from impactcalc.report.terminal.table import Cell, Column, Table
from impactcalc.report.width import width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from impactcalc.domain.result import Estimate

_MOST_LINES = 44  # above it, the screen is written once more without what can be missed
_NO_CURVE, _TIGHTEST = 3, 4
_STAGES, _FEW_STAGES, _FIGURES, _STATED, _STEPS, _OPEN, _CHECKS, _LEFT = 6, 4, 6, 2, 3, 3, 3, 3
_DRIVERS, _FEW_DRIVERS = 4, 2
_NAME = 60  # characters of a stage's name; the table cuts it at its end
_SPARK_LABEL = 20
_ODDS_STYLES = {
    "0%": ("green",),
    "100%": ("red",),
    "over 99%": ("red",),
    "99%": ("red",),
}
_STATE_STYLES = {"done": ("green",), "overdue": ("red",)}
_MONEY = (
    Column("Customer"),
    Column("even chance", 12),
    Column(" 9 in 10", 24, right=False),
    Column("on average", 10, spare=True),
)
_SERVICE = (
    Column("Service back"),
    Column("restores", 9, spare=True),
    Column("state", 14, right=False),
    Column("planned by", 13, spare=True),
    Column("even chance", 13),
    Column("9 in 10 by", 13),
)
_CONTRACT = (
    Column("  Downtime if"),
    Column("so far", 8, spare=True),
    Column("whole period", 27, right=False),
    Column("broken", 9),
)


def render(estimate: Estimate, *, width: int = 80, colour: bool, unicode: bool) -> str:
    """Write the whole answer for a terminal or a pipe.

    Parameters
    ----------
    estimate
        The whole answer.
    width
        Columns; 60 to 100 are used.
    colour
        Whether escape codes may be written: a terminal, and NO_COLOR is not set.
    unicode
        Whether the output can show more than ASCII.

    Returns
    -------
    str
        Lines of at most `width` columns, the last one ended.
    """
    screen = _Screen(estimate, fitting(width), Ink(colour, unicode))
    lines = list(screen.lines())
    while len(lines) > _MOST_LINES and screen.tight < _TIGHTEST:
        screen.tight += not screen.roomy
        screen.roomy = False
        lines = list(screen.lines())
    return ended(lines)


class _Screen:
    """One estimate, laid out for one terminal."""

    def __init__(self, estimate: Estimate, width: int, ink: Ink) -> None:
        self.estimate = estimate
        self.width = width
        self.ink = ink
        self.roomy = True  # whether there is room for four drivers, not two
        self.tight = 0  # how much that can be missed the screen does without, 0 to _TIGHTEST
        self.drawn: dict[str, tuple[str, ...]] = {}

    def lines(self) -> Iterator[str]:
        """Yield every line of the screen."""
        yield from self.once(self.head)
        yield from self.once(self.changes)
        yield from self.customer()
        yield from self.once(self.provider)
        yield from self.recovery()
        yield from self.curve()
        yield from self.once(self.contract)
        yield from self.drivers()
        yield from self.once(self.steps)
        yield from self.once(self.figures)
        yield from self.open_points()
        yield from self.left_open()
        yield from self.checks()
        if self.tight < _TIGHTEST or self.estimate.track_record is not None:
            yield from self.prose(f"Track record: {track_record_words(self.estimate)}", "dim")
        yield from self.prose(run.run_words(self.estimate, digest=False), "dim")

    def once(self, part: Callable[[], Iterator[str]]) -> tuple[str, ...]:
        """Give the lines of a part that is the same on a tighter screen; drawn at the first."""
        name = part.__name__
        if name not in self.drawn:
            self.drawn[name] = tuple(part())
        return self.drawn[name]

    def table(self, columns: Sequence[Column]) -> Table:
        """Lay columns out for this terminal."""
        return Table(self.ink, self.width, columns)

    def painted(self, text: str, *styles: str) -> str:
        """Write one line, cut to the width."""
        return self.ink.paint(self.ink.cut(text, self.width), *styles)

    def prose(self, text: str, *styles: str) -> Iterator[str]:
        """Yield a text in lines; none for an empty text."""
        for line in self.ink.wrap(text, self.width):
            yield self.ink.paint(line, *styles)

    def head(self) -> Iterator[str]:
        """Yield who, when, and the finding."""
        moment = f"as of {Clock.of(self.estimate).now()}"
        names = " · ".join(
            filter(None, (subject.title(self.estimate), subject.service(self.estimate)))
        )
        yield f"{self.ink.left(names, self.width - len(moment) - 2)}  {moment}"
        yield ""
        yield from self.prose(headline(self.estimate), "bold")
        yield from self.prose(run.convergence_warning(self.estimate), "red")
        yield ""

    def changes(self) -> Iterator[str]:
        """Yield what changed since an earlier estimate; loaded for those who ask."""
        if self.estimate.since is not None:
            from impactcalc.report.terminal.bridge import bridge

            yield from bridge(self.estimate, self.ink, self.width)

    def customer(self) -> Iterator[str]:
        """Yield the customer's ledger and both readings of the stated amount."""
        table = self.table(_MONEY)
        yield table.head()
        for row in money.customer_rows(self.estimate):
            yield self.ledger_line(table, row)
        if self.estimate.customer.total is None:
            return
        for row in self.other_readings():
            yield self.ledger_line(table, row)
        if not self.tight:
            yield from self.prose(money.sum_note(self.estimate), "dim")
            yield from self.prose(money.losing_more_sentence(self.estimate))
        if self.tight < _TIGHTEST:  # which figure holds is also the first thing to ask
            yield from self.prose(money.routes_sentence(self.estimate))
        for sentence in (money.exposure_sentence, money.skew_sentence):
            yield from self.prose(sentence(self.estimate))

    def other_readings(self) -> list[money.MoneyRow]:
        """Give the loss by the readings of the stated amount that are not in force."""
        force = money.reading_in_force(self.estimate)
        used = "" if force is None else money.READING_WORDS[force]
        return [row for row in money.reading_rows(self.estimate) if row.label != used]

    def provider(self) -> Iterator[str]:
        """Yield the provider's ledger; never added to the customer's."""
        missing = money.provider_sentence(self.estimate)
        if missing:
            yield from self.prose(f"Ours: {missing}")
        else:
            yield self.painted("Ours, apart from the customer's loss", "dim")
            table = self.table(_MONEY)
            yield from (self.ledger_line(table, row) for row in money.provider_rows(self.estimate))
        yield from self.prose(sla.credit_words(self.estimate))
        yield ""

    def ledger_line(self, table: Table, row: money.MoneyRow, mark: str = "") -> str:
        """Write one row of a ledger."""
        name = f"{'  ' if row.level else ''}{row.label}{mark}"
        if row.figure is None:
            room = max(width_of(name), min(30, self.width - width_of(row.missing) - 1))
            return self.ink.cut(f"{self.ink.left(name, room)} {row.missing}", self.width)
        middle = Cell(row.middle, () if row.level else ("bold",))
        return table.row(name, middle, f" {row.span}", Cell(row.mean, ("dim",)))

    def recovery(self) -> Iterator[str]:
        """Yield when service is back, by clock, and stage by stage."""
        table, clock = self.table(_SERVICE), Clock.of(self.estimate)
        yield table.head()
        stages = self.estimate.recovery.stages
        shown = recovery.shown_stages(self.estimate, _FEW_STAGES if self.tight > 1 else _STAGES)
        for row in recovery.stage_rows(self.estimate, _NAME, shown):
            done = row.status == "done"
            yield table.row(
                f"  {row.name}",
                row.restores,
                Cell(row.status, _STATE_STYLES.get(row.status, ())),
                row.planned_by,
                Cell(row.middle, () if done else ("bold",)),
                row.late_by,
            )
        if len(stages) > len(shown):
            yield f"  and {len(stages) - len(shown)} more stages"
        planned = recovery.plan_sentence(self.estimate) if self.tight < _NO_CURVE else ""
        told = (self.back(clock), planned, recovery.promise_sentence(self.estimate))
        yield from self.prose(" ".join(filter(None, told)))
        for words in () if self.tight > 1 else recovery.under_way_words(self.estimate):
            yield from self.prose(words)

    def back(self, clock: Clock) -> str:
        """Say by when all service is back."""
        promise = self.estimate.promise
        if not self.estimate.recovery.open:
            return f"All service was back by {clock.full(promise.p50)}."
        half = f"{clock.brief(promise.p50)} ({recovery.from_now(self.estimate)})"
        rest = f"8 of 10 by {clock.brief(promise.p80)}, 9 of 10 by {clock.brief(promise.p90)}"
        return f"All service back: half of the cases by {half}, {rest}, {clock.zone_name}."

    def curve(self) -> Iterator[str]:
        """Yield the service over time as two rows of blocks; nothing when it has no time."""
        fan, clock = self.estimate.recovery.fan, Clock.of(self.estimate)
        room = self.width - _SPARK_LABEL - 8
        if len(fan.hours) > 1 and self.estimate.recovery.open and self.tight < _NO_CURVE:
            floor = max(0.0, (int(min(fan.p5) * 10 - 1e-9)) / 10)
            points = _points(fan.hours, room)
            rows = (("  bad case, 1 in 20", fan.p5), ("  even chance", fan.p50))
            for (name, values), edge in zip(rows, (f"{floor:.0%}", "to 100%"), strict=True):
                drawn = self.ink.blocks([values[i] for i in points], floor)
                yield f"{self.ink.left(name, _SPARK_LABEL)}{self.ink.paint(drawn, 'blue')} {edge}"
            first, last = clock.brief(fan.at[0]), clock.brief(fan.at[-1])
            yield " " * _SPARK_LABEL + self.ink.left(first, room - len(last)) + last
        yield ""

    def contract(self) -> Iterator[str]:
        """Yield the SLA under each reading of downtime."""
        text, answer = sla.sla_heading(self.estimate), self.estimate.sla
        if answer is None:
            yield from (text, "")
            return
        basis = "; downtime is not defined" if answer.basis is None else " (> applies)"
        yield from self.prose(text + basis, "bold")
        table = self.table(_CONTRACT)
        yield table.head()
        for row in sla.sla_rows(self.estimate):
            span = "" if row.span == row.whole else f" ({row.span})"
            whole = re.sub(r" days?\b", " d", f"{row.whole}{span}")
            style = _ODDS_STYLES.get(row.broken, ())
            mark = ">" if row.in_force else " "
            yield table.row(f"{mark} {row.label}", row.so_far, whole, Cell(row.broken, style))
        earlier = sla.earlier_words(self.estimate)
        yield from (f"  {earlier}", "") if earlier else ("",)

    def drivers(self) -> Iterator[str]:
        """Yield what moves the answer most: four inputs, two, or a sentence as there is room."""
        rows = drivers.driver_rows(self.estimate, _DRIVERS if self.roomy else _FEW_DRIVERS)
        if self.tight == _TIGHTEST:
            yield from self.prose(drivers.driver_sentence(self.estimate))
        elif rows:
            middle = drivers.tornado_middle(self.estimate)
            yield from bars.tornado_lines(rows, middle, self.ink, self.width)
        if rows and self.roomy:
            yield ""

    def steps(self) -> Iterator[str]:
        """Yield what can be done and what it saves, the best first."""
        rows = actions.action_rows(self.estimate)
        if not rows:
            return
        if all(row.figure is None for row in rows):
            table = self.table((Column("What to do"), Column("all back after", 16)))
            lines = [table.row(f"  {row.name}", row.back) for row in rows]
        else:
            table = self.table(self.savings())
            lines = [self.step(table, row) for row in rows]
        yield table.head()
        yield from lines[:_STEPS]
        if len(lines) > _STEPS:
            yield f"  and {len(lines) - _STEPS} more: impactcalc whatif"
        yield ""

    def savings(self) -> tuple[Column, ...]:
        """Lay out what the steps save."""
        odds = actions.odds_heading(self.estimate).lower().removesuffix(" in")
        return (
            Column("What to do"),
            Column("saves", 8),
            Column(" 9 in 10", 18, right=False, spare=True),
            Column(f"{odds} in 100", 13),
            Column("cost", 7, spare=True),
            Column("net", 7),
        )

    def step(self, table: Table, row: actions.ActionRow) -> str:
        """Write what one step saves."""
        tone = {"teal": ("green", "bold"), "red": ("red", "bold")}.get(row.tone, ("bold",))
        odds = row.odds.removesuffix(" in 100")
        cells = (row.saves, f" {row.span}", odds, row.cost, Cell(row.net, tone))
        return table.row(f"  {row.name}", *cells)

    def figures(self) -> Iterator[str]:
        """Yield what the answer rests on, and from which line."""
        stated = [row for row in sources.key_rows(self.estimate, _FIGURES) if row.stated]
        file = source_file(self.estimate)
        where = f" of {file}" if file else ""
        told = [
            f"{row.label} {row.value} ({row.source}{'' if number else where})"
            for number, row in enumerate(stated[:_STATED])
        ]
        count = len(self.estimate.assumptions)
        told.append(f"{count} assumption{'' if count == 1 else 's'}")
        yield from self.prose(f"Rests on {', '.join(told)}; all with sources: --pdf, --json.")

    def open_points(self) -> Iterator[str]:
        """Yield what to ask first."""
        points = findings.open_points(self.estimate)[: _OPEN - (self.tight > 1)]
        if points:
            yield self.painted("Ask first", "dim")
        for ask, why in points:
            mark = "" if ask.endswith("?") else ":"
            text = f"{ask}{mark} {why}"
            if self.tight:
                short, _, whom = text.partition(" (ask ")
                fits = len(text) <= self.width - 2 or not whom
                yield self.painted(f"  {text if fits else short}")
                continue
            yield from self.hung(text)

    def left_open(self) -> Iterator[str]:
        """Yield what the text says of figures that could not be counted with, in full."""
        found = findings.left_open(self.estimate)
        if found:
            more = f"; {len(found) - _LEFT} more: --json" if len(found) > _LEFT else ""
            yield self.painted(f"Left open by the text{more}", "dim")
        for text in found[:_LEFT]:
            yield from self.hung(text)

    def hung(self, text: str) -> Iterator[str]:
        """Yield a paragraph of a list, its further lines deeper."""
        first, *rest = self.ink.wrap(text, self.width - 4)
        yield f"  {first}"
        yield from (f"    {line}" for line in rest)

    def checks(self) -> Iterator[str]:
        """Yield what the plan forgets and what does not fit, one line each."""
        beside = () if self.tight > 1 else recovery.UNDER_WAY  # the stages, in full
        found = findings.checks(self.estimate, {*beside, findings.LEFT_OPEN})
        most = max(1, _CHECKS - self.tight)
        if found:
            more = f"; {len(found) - most} more: --json" if len(found) > most else ""
            yield self.painted(f"Checks of plan and text{more}", "dim")
        for text, place in found[:most]:
            shown = self.ink.cut(text, self.width - len(place) - 5)
            yield self.painted(f"  {shown} ({place})" if place else f"  {shown}")


def _points(hours: Sequence[float], room: int) -> list[int]:
    """Choose the point of a curve that holds at each of `room` evenly spaced hours."""
    first, last = hours[0], hours[-1]
    spaced = (first + (last - first) * i / (room - 1) for i in range(room))
    return [max(0, bisect_right(hours, hour + 1e-9) - 1) for hour in spaced]
