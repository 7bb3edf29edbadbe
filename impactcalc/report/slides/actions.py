"""Slide 4: what to do and what it saves; below it the SLA under each reading of downtime."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.report.narrative import sla
from impactcalc.report.narrative.actions import action_sentence
from impactcalc.report.slides.chart import Layer, Stack, bar_chart
from impactcalc.report.slides.deck import (
    INK,
    INNER,
    MARGIN,
    MID_BLUE,
    MUTED,
    PALE_BLUE,
    Box,
    Deck,
    Grid,
    Look,
    Page,
    Run,
)

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate

Words = dict[str, Any]
_ALONE = 11  # steps on a slide of their own
_SHORT = {"days": "d", "hours": "h", "minutes": "min"}
_UNITS = ((48 * 3600.0, 86400.0, "days"), (600 * 60.0, 3600.0, "hours"), (0.0, 60.0, "minutes"))


def add_actions(deck: Deck, estimate: Estimate, words: Words) -> None:
    """Add the slide."""
    page = deck.page(_title(estimate), _notes(estimate, words))
    top = 1.55
    if words.get("actions"):
        top = _table(page, words["actions"], top, alone=estimate.sla is None)
    if estimate.sla is not None:
        _contract(page, estimate, words, top)
    elif not words.get("actions"):
        asks = [[Run(f"{ask} ", 16, bold=True), Run(why, 16)] for ask, why in words["open"]]
        page.text(Box(MARGIN, 1.7, INNER, 4), asks or [[Run("Nothing is open.", 16)]],
                  "What to ask", Look(space=8))  # fmt: skip


def _title(estimate: Estimate) -> str:
    """Say what to do; without steps what the SLA says."""
    step = action_sentence(estimate)
    if step:
        return step
    title = sla.sla_title(estimate)
    return f"{title}." if estimate.sla is not None else f"{title}, and no step was compared."


def _table(page: Page, actions: Words, top: float, *, alone: bool) -> float:
    """Write the steps, more of them where nothing stands below; give the place below them."""
    steps, more, rest = actions["rows"], actions["more"], actions["rest"]
    if alone and rest is not None and rest["heads"] == actions["heads"]:
        steps, more = [*steps, *rest["rows"]][:_ALONE], max(0, more - (_ALONE - len(steps)))
    rows = [(f"{n}. {row['name']}", *row["cells"]) for n, row in enumerate(steps, 1)]
    note = actions["title"] + (f"; {more} more in the record" if more else "")
    page.text(Box(MARGIN, top, INNER, 0.3), [[Run(note, 13, MUTED)]], note)
    widths = (3.2, *(1.0 for _ in actions["heads"]))
    page.table(
        Box(MARGIN, top + 0.3, INNER, 2), Grid(("Step", *actions["heads"]), rows, widths), note
    )
    return top + 0.3 + 0.36 * (len(rows) + 1) + 0.25


def _contract(page: Page, estimate: Estimate, words: Words, top: float) -> None:
    """Draw downtime against what is allowed, and say how often the SLA is broken."""
    width = 7.2
    title = sla.sla_title(estimate)
    head = [] if _title(estimate) == f"{title}." else [[Run(title, 14, INK, bold=True)]]
    note = f"{words['sla']['note']}; bars: 9 in 10, their seam the even chance"
    page.text(
        Box(MARGIN, top, INNER, 0.55),
        [*head, [Run(note, 12, MUTED)]], title, Look(space=0),
    )  # fmt: skip
    room = max(1.9, 6.85 - top - 0.6)
    stack, unit = _bars(estimate)
    alt = f"{title}. Downtime in {unit} under each reading, against what the SLA allows."
    bar_chart(page, Box(MARGIN - 0.1, top + 0.6, width, room), stack, alt)
    rows = [(row.label, row.whole, row.broken) for row in sla.sla_rows(estimate)]
    place = Box(MARGIN + width + 0.2, top + 0.65, INNER - width - 0.2, 1.5)
    grid = Grid(("Downtime if", "In all", "Broken in"), rows, (2.3, 0.9, 0.9), bold=2, size=11)
    page.table(place, grid, "How often the SLA is broken under each reading")
    credit = words["sla"]["credits"]
    if credit:
        box = place._replace(top=place.top + 0.38 * (len(rows) + 1), height=0.8)
        page.text(box, [[Run(credit, 11, MUTED)]], "Credits")


def _bars(estimate: Estimate) -> tuple[Stack, str]:
    """Lay the readings out as bars from P5 over P50 to P95, and a bar of what is allowed."""
    answer = estimate.sla
    assert answer is not None  # noqa: S101 - the caller looked
    allowed = answer.budget.allowed_s
    figures = [one.downtime_s for one in answer.readings.values()]
    most = max([one.p95 for one in figures] + [allowed])
    _, unit_s, unit = next(one for one in _UNITS if most >= one[0])
    labels = ["allowed", *(row.label for row in sla.sla_rows(estimate))]
    layers = (
        Layer("allowed", _scaled(unit_s, allowed, *(0.0 for _ in figures)), INK),
        Layer("below 9 in 10", _scaled(unit_s, 0.0, *(one.p5 for one in figures)), None),
        Layer("up to the even chance",
              _scaled(unit_s, 0.0, *(one.p50 - one.p5 for one in figures)), MID_BLUE),
        Layer("above the even chance",
              _scaled(unit_s, 0.0, *(one.p95 - one.p50 for one in figures)), PALE_BLUE),
    )  # fmt: skip
    return Stack(labels, layers, f'General" {_SHORT[unit]}"'), unit


def _scaled(unit_s: float, *seconds: float) -> list[float]:
    """Write seconds in another unit."""
    return [value / unit_s for value in seconds]


def _notes(estimate: Estimate, words: Words) -> list[str]:
    """Write every step and every reading."""
    notes = [_title(estimate)]
    actions = words.get("actions")
    if actions:
        for row in actions["rows"]:
            cells = zip(actions["heads"], row["cells"], strict=True)
            notes.append(f"{row['name']}: {', '.join(f'{h.lower()} {c}' for h, c in cells if c)}")
    if estimate.sla is not None:
        notes.append(sla.sla_heading(estimate))
        notes += [
            f"{row.label}: {row.so_far} so far, {row.whole} in all (9 in 10: {row.span}), "
            f"broken in {row.broken}"
            for row in sla.sla_rows(estimate)
        ]
    notes += [
        f"{one['label']}: {one['value']} ({one['source']})"
        for one in words["proof"]["figures"]
        if one["label"].startswith("SLA") or "downtime" in one["label"].lower()
    ]
    return notes
