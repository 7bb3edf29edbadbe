"""The drivers in words: which input moves the answer most, and between which ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from impactcalc.report.escape import escape, shorten
from impactcalc.report.phrases import seconds
from impactcalc.units.money import short_money
from impactcalc.units.ratio import percent

if TYPE_CHECKING:
    from impactcalc.domain.result import Driver, Estimate

_LABEL_MOST = 34
_MONEY = "customer.total"


class DriverRow(NamedTuple):
    """One input: its name, the answer at its P10 and P90, and those ends in words.

    ``swing`` says how far the answer moves between them, ``share`` how much of the answer's
    variance the input explains alone.
    """

    label: str
    low: float
    high: float
    low_at: str
    high_at: str
    low_words: str
    high_words: str
    swing: str
    share: str


def driver_rows(estimate: Estimate, most: int) -> tuple[DriverRow, ...]:
    """Write the strongest inputs, the first one first."""
    return tuple(_row(estimate, driver) for driver in estimate.drivers[:most])


def _row(estimate: Estimate, driver: Driver) -> DriverRow:
    low, high = driver.low.value, driver.high.value
    return DriverRow(
        label=shorten(escape(driver.input), _LABEL_MOST),
        low=low,
        high=high,
        low_at=at_words(driver.low.at, driver.unit),
        high_at=at_words(driver.high.at, driver.unit),
        low_words=value_words(estimate, low, digits=2),
        high_words=value_words(estimate, high, digits=2),
        swing=value_words(estimate, abs(high - low), digits=2),
        share=percent(driver.first_order, 2),
    )


def at_words(at: float, unit: str) -> str:
    """Write an input's value in its unit.

    Examples
    --------
    >>> at_words(0.9, "share"), at_words(17.3, "h"), at_words(3.0, "count")
    ('90%', '17 h', '3')
    """
    if unit == "share":
        return percent(at, 2)
    if unit in {"h", "s"}:
        return seconds(at * (3600.0 if unit == "h" else 1.0), 2)
    if unit in {"count", "factor", ""}:
        return f"{at:.2g}" if abs(at) < 100 else f"{at:.0f}"  # noqa: PLR2004 - two digits
    return short_money(at, unit, 2)


def value_words(estimate: Estimate, value: float, digits: int = 3) -> str:
    """Write a value of the answer that the drivers move: money, or hours to full recovery."""
    if not estimate.drivers or estimate.drivers[0].output == _MONEY:
        return short_money(value, estimate.currency or "", digits).strip()
    return seconds(value * 3600.0, digits)


def tornado_middle(estimate: Estimate) -> float:
    """Give the mean of the answer that the drivers move."""
    total = estimate.customer.total
    if estimate.drivers and estimate.drivers[0].output != _MONEY:
        return estimate.recovery.full_recovery_h.mean
    return 0.0 if total is None else total.mean


def drivers_sentence(estimate: Estimate) -> str:
    """Say which one or two inputs move the answer most; empty without drivers."""
    rows = driver_rows(estimate, 2)
    if not rows:
        return ""
    said = [f"{row.label} ({row.low_words} to {row.high_words} on average)" for row in rows]
    verb = "moves" if len(rows) == 1 else "move"
    return f"What {verb} it most: {' and '.join(said)}."
