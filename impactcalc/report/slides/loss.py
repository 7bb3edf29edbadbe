"""Slide 3: the money, as a chance of losing more, and both ledgers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.report.narrative.drivers import drivers_sentence
from impactcalc.report.narrative.unclear import begun, no_revenue_reason
from impactcalc.report.number_format import axis_format
from impactcalc.report.slides.chart import Curve, curve_chart
from impactcalc.report.slides.deck import (
    BLUE,
    INNER,
    MARGIN,
    MUTED,
    Box,
    Deck,
    Grid,
    Look,
    Page,
    Run,
)
from impactcalc.report.slides.drivers import add_tornado, bars_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.domain.result import Estimate

Words = dict[str, Any]
_CHART, _FLOOR = 5.9, 6.85  # inches
_MOST_POINTS = 100
_MOST_ROWS = 11
_LINE, _FEWEST_BARS = 95, 3  # characters of a line beside the curve


def add_loss(deck: Deck, estimate: Estimate, words: Words) -> None:
    """Add the slide."""
    dots = words["dots"]
    title = dots["title"] if dots is not None else _nothing(estimate)
    page = deck.page(f"{title}.", _notes(words, title))
    left, width = MARGIN + _CHART + 0.3, INNER - _CHART - 0.3
    if dots is not None and len(estimate.customer.exceedance) > 1:
        _curve(page, estimate)
    elif estimate.drivers:
        add_tornado(page, estimate, words, Box(MARGIN, 1.55, _CHART, 5.2))
    else:
        left, width = MARGIN, INNER
    note = "Two ledgers, never added: even chance, 9 in 10, average"
    rows = list(_rows(words))[:_MOST_ROWS]
    grid = Grid(("", "Even chance", "9 in 10", "On average"), rows, (3.1, 1, 1.5, 1), size=11)
    if rows:
        page.text(Box(left, 1.55, width, 0.3), [[Run(note, 13, MUTED)]], note)
        page.table(Box(left, 1.9, width, 4.0), grid, "Both ledgers")
    top = 2.05 + 0.36 * (1 + len(rows)) if rows else 1.55
    told = [one for one in (words["exposure"], words["skew"], *_missing(words)) if one]
    lower = top + 0.3 + 0.22 * sum(-(-len(one) // _LINE) for one in told)
    bars = bars_for(_FLOOR - lower)
    room = dots is not None and bool(estimate.drivers) and bars >= _FEWEST_BARS
    if estimate.drivers and dots is not None and not room:
        told.insert(1, drivers_sentence(estimate))
    paragraphs = [[Run(one, 12, MUTED)] for one in told]
    page.text(Box(left, min(top, 5.6), width, 1.2), paragraphs, "What to know", Look(space=3))
    if room:
        add_tornado(page, estimate, words, Box(left, lower, width, _FLOOR - lower), bars)


def _nothing(estimate: Estimate) -> str:
    """Say why there is no loss to show."""
    if estimate.customer.total is None:
        return f"{begun(no_revenue_reason(estimate))}, so the loss is not computed"
    return "No loss of revenue"


def _curve(page: Page, estimate: Estimate) -> None:
    """Draw the chance of losing more than an amount."""
    total = estimate.customer.total
    points = [
        point for point in estimate.customer.exceedance if total is None or point[0] <= total.p99
    ]
    step = max(1, len(points) // _MOST_POINTS)
    note = "Chance of losing more than an amount"
    page.text(Box(MARGIN, 1.55, _CHART, 0.3), [[Run(note, 13, MUTED)]], note)
    box = Box(MARGIN - 0.1, 1.85, _CHART, 4.9)
    money = axis_format(estimate.currency)
    curve_chart(page, box, Curve(note.lower(), points[::step], money, BLUE), f"{note}.")


def _rows(words: Words) -> Iterator[tuple[str, ...]]:
    """Yield the computed rows of both ledgers."""
    for ledger in words["ledgers"]:
        for row in ledger["rows"]:
            if not row["missing"]:
                yield (f"{ledger['name']}: {_low(row['label'])}", *row["cells"][:3])


def _missing(words: Words) -> Iterator[str]:
    """Yield what is not computed, and why."""
    for ledger in words["ledgers"]:
        for row in ledger["rows"]:
            if row["missing"]:
                label, name = row["label"], ledger["name"]
                named = label.startswith(name)  # "Customer's loss" says whose it is
                yield f"{label if named else f'{name}, {_low(label)}'}: {row['missing']}."


def _low(label: str) -> str:
    return label[:1].lower() + label[1:]


def _notes(words: Words, title: str) -> list[str]:
    """Write every amount with its range, and where the amounts come from."""
    notes = [title]
    notes += [f"{row[0]}: {row[1]}, 9 in 10 {row[2]}, average {row[3]}" for row in _rows(words)]
    notes += list(_missing(words))
    if words["dots"] is not None:
        notes += [
            f"chance of losing more than {sum_}: {odds}" for odds, sum_ in words["dots"]["more"]
        ]
    notes += [f"{one['label']}: {one['value']}, {one['range']}" for one in words["readings"]]
    money = ("revenue", "amount", "lost", "failing", "fee")
    notes += [
        f"{one['label']}: {one['value']} ({one['source']})"
        for one in words["proof"]["figures"]
        if any(word in one["label"].lower() for word in money)
    ]
    return notes
