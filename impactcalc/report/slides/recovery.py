"""Slide 2: when it is over, the plan against its forecast."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from impactcalc.report.figures.fan import MOST_STAGES
from impactcalc.report.narrative.recovery import fan_title, shown_stages, stage_rows
from impactcalc.report.phrases import Clock
from impactcalc.report.slides.chart import Layer, Stack, area_chart
from impactcalc.report.slides.deck import (
    BLUE,
    INNER,
    MARGIN,
    MID_BLUE,
    MUTED,
    PALE_BLUE,
    Box,
    Deck,
    Grid,
    Look,
    Run,
)

if TYPE_CHECKING:
    from datetime import datetime

    from impactcalc.domain.result import Estimate

Words = dict[str, Any]
_FEWEST_POINTS, _MOST_POINTS = 12, 90
_BEYOND = 1.2
_STEPS = (timedelta(hours=1), timedelta(minutes=15), timedelta(minutes=1))
_CHART = 6.3  # inches
_NAME, _TITLE = 32, 110  # characters of a stage's name beside it, and of the slide's title


def add_recovery(deck: Deck, estimate: Estimate, words: Words) -> None:
    """Add the slide."""
    title = fan_title(estimate, _TITLE)
    page = deck.page(f"{title}.", _notes(estimate, words))
    if len(estimate.recovery.fan.hours) > 1:
        note = "Share of the work that succeeds, and how it returns"
        page.text(Box(MARGIN, 1.55, _CHART, 0.3), [[Run(note, 13, MUTED)]], note)
        box = Box(MARGIN - 0.1, 1.85, _CHART, 4.9)
        area_chart(page, box, _bands(estimate), f"{title}. {note}.")
    left = MARGIN + _CHART + 0.25
    width = INNER - _CHART - 0.25
    rows = stage_rows(estimate, _NAME, shown_stages(estimate, MOST_STAGES))
    if rows:
        more = len(estimate.recovery.stages) - len(rows)
        zone = words["proof"]["zone"]
        head = f"Plan and forecast, {zone}" + (f"; {more} more stages in the brief" if more else "")
        page.text(Box(left, 1.55, width, 0.3), [[Run(head, 13, MUTED)]], head)
        grid = Grid(
            ("Stage", "Planned by", "Even chance", "9 in 10 by"),
            [(row.name, row.planned_by, row.middle, row.late_by or row.status) for row in rows],
            (2.4, 1.05, 1.05, 1.05), bold=2, size=11,
        )  # fmt: skip
        page.table(Box(left, 1.9, width, 3.0), grid, "Plan and forecast by stage")
    promised = [
        [Run(f"{label}: ", 13, MUTED), Run(when, 13, bold=True)]
        for label, when in words["proof"]["promise"].items()
    ]
    top = 2.4 + 0.36 * (len(rows) + 1)
    page.text(
        Box(left, min(top, 5.1), width, 1.6),
        [[Run("All service is back in", 13, bold=True)], *promised], "Times that can be promised",
        Look(space=3),
    )  # fmt: skip


def _bands(estimate: Estimate) -> Stack:
    """Lay the curve out as a base, three bands on it, and the line of the even chance."""
    fan, clock = estimate.recovery.fan, Clock.of(estimate)
    shown = _shown(estimate)
    chosen = range(0, shown, max(1, -(-shown // _MOST_POINTS)))
    base = [fan.p5[i] for i in chosen]
    layers = (
        Layer("base", base, None),
        Layer("9 cases in 10", [fan.p25[i] - fan.p5[i] for i in chosen], PALE_BLUE),
        Layer("half of the cases", [fan.p75[i] - fan.p25[i] for i in chosen], MID_BLUE),
        Layer("9 cases in 10, upper part", [fan.p95[i] - fan.p75[i] for i in chosen], PALE_BLUE),
        Layer("even chance", [fan.p50[i] for i in chosen], BLUE),
    )
    labels = [clock.exact(_whole(fan.at[i], _step(estimate))) for i in chosen]
    return Stack(labels, layers, low=min(0.9, int(min(base) * 10) / 10))


def _step(estimate: Estimate) -> timedelta:
    """Choose how finely the axis tells moments: no finer than its points lie."""
    fan = estimate.recovery.fan
    apart = (fan.at[-1] - fan.at[0]) / max(1, len(fan.at) - 1)
    return next((step for step in _STEPS if step <= apart), _STEPS[-1])


def _whole(moment: datetime, step: timedelta) -> datetime:
    """Round a moment to whole steps of the day in its zone."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return day + round((moment - day) / step) * step


def _shown(estimate: Estimate) -> int:
    """Count the points up to a little after 9 in 10 cases are over; the rest is one flat line."""
    fan = estimate.recovery.fan
    sure = max(estimate.promise.p90, estimate.as_of) - fan.at[0]
    last = fan.at[0] + sure * _BEYOND
    return min(len(fan.at), max(_FEWEST_POINTS, sum(moment <= last for moment in fan.at)))


def _notes(estimate: Estimate, words: Words) -> list[str]:
    """Write the plan, its forecast and their sources."""
    sources = {stage.name: stage.source for stage in estimate.scenario.recovery.stages}
    notes = [words["fan"]["title"], words["failing"]]
    for row, stage in zip(stage_rows(estimate, 60), estimate.recovery.stages, strict=True):
        planned = f"planned {row.planned}" if row.planned else "no window planned"
        planned += f" ({row.later} run later)" if row.later else ""
        source = sources.get(stage.name, "")
        place = f" ({source})" if source else ""
        span = f", 8 in 10 {row.span}" if row.span else ""
        notes.append(f"{row.name}: {row.status}, {planned}{place}; even chance {row.middle}{span}")
    notes += [f"{label}: {when}" for label, when in words["proof"]["promise"].items()]
    return notes
