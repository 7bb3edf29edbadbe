"""The tornado of a slide: what each uncertain input does to the answer, as a native bar chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.report.narrative.drivers import driver_rows, tornado_middle
from impactcalc.report.number_format import axis_format
from impactcalc.report.slides.chart import Layer, Stack, bar_chart
from impactcalc.report.slides.deck import BLUE, MID_BLUE, MUTED, Box, Look, Page, Run

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate

_MOST = 6
_HEAD, _AXIS, _BAR = 0.5, 0.35, 0.2  # inches


def bars_for(height: float) -> int:
    """Count the bars that find room in so many inches."""
    return min(_MOST, int((height - _HEAD - _AXIS) / _BAR))


def add_tornado(
    page: Page, estimate: Estimate, words: dict[str, Any], box: Box, most: int = _MOST
) -> None:
    """Draw the strongest inputs into a box, each from the answer at its P10 to that at its P90."""
    title = words["drivers"]["title"]
    note = "The average with one input low (P10), then high (P90); light below it, dark above"
    head = [[Run(title, 13, bold=True)], [Run(note, 11, MUTED)]]
    page.text(box._replace(height=_HEAD), head, title, Look(space=0))
    place = box._replace(top=box.top + _HEAD, height=box.height - _HEAD)
    bar_chart(page, place, _bars(estimate, most), f"{title}. {note}.")


def _bars(estimate: Estimate, most: int) -> Stack:
    """Lay the inputs out as an invisible base, what lies below the average, and what above."""
    rows, middle = driver_rows(estimate, most), tornado_middle(estimate)
    ends = [(min(row.low, row.high), max(row.low, row.high)) for row in rows]
    layers = (
        Layer("base", [low for low, _ in ends], None),
        Layer("below the average", [max(0.0, min(middle, high) - low) for low, high in ends],
              MID_BLUE),
        Layer("above the average", [max(0.0, high - max(middle, low)) for low, high in ends], BLUE),
    )  # fmt: skip
    labels = [f"{row.label}: {row.low_at} to {row.high_at}" for row in rows]
    money = estimate.drivers[0].output == "customer.total"
    return Stack(labels, layers, axis_format(estimate.currency) if money else 'General" h"')
