"""The drivers in words: which input moves the answer most, and between which ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple
from impactcalc.report.escape import beginning, breadth, escape, shorten
from impactcalc.report.phrases import amount, length, seconds
from impactcalc.units.money import short_money
from impactcalc.units.ratio import percent

if TYPE_CHECKING:
    from collections.abc import Callable

    from impactcalc.domain.result import Comparison, Driver, Estimate

_LABEL_MOST, _FEWEST = 34, 6
_LEAST = 0.03  # of the widest swing: a bar that is narrower is no bar to be seen
_DAY_H, _MOST_HOURS = 24.0, 72.0
_MONEY = "customer.total"

_SHORTER = {  # beside a stage's name that would have no room
    "time until it is done": "finish",
    "time until it was done": "finish",
    "remaining repair time": "time left",
    "since when it runs": "running since",
    "time to do it again": "doing it again",
}


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


def driver_rows(estimate: Estimate | Comparison, most: int) -> tuple[DriverRow, ...]:
    """Write the strongest inputs, the first one first; one that moves next to nothing is none."""
    chosen = estimate.drivers[:most]
    widest = max((abs(one.high.value - one.low.value) for one in chosen), default=0.0)
    shown = [one for one in chosen if abs(one.high.value - one.low.value) >= _LEAST * widest]
    labels = [_label(escape(one.input)) for one in shown]
    return tuple(
        _row(
            estimate, one, label if labels.count(label) == 1 else _label(escape(one.input), shorten)
        )
        for one, label in zip(shown, labels, strict=True)
    )


def _row(estimate: Estimate | Comparison, driver: Driver, label: str) -> DriverRow:
    low, high = driver.low.value, driver.high.value
    return DriverRow(
        label=label,
        low=low,
        high=high,
        low_at=at_words(driver.low.at, driver.unit),
        high_at=at_words(driver.high.at, driver.unit),
        low_words=value_words(estimate, low, digits=2),
        high_words=value_words(estimate, high, digits=2),
        swing=value_words(estimate, abs(high - low), digits=2),
        share=percent(driver.first_order, 2),
    )


def _label(name: str, cut: Callable[[str, int], str] = beginning) -> str:
    """Shorten an input's name; of a stage's name in brackets the beginning tells most.

    Where another one begins alike, `cut` keeps the end, too.

    Examples
    --------
    >>> _label("time until it is done (Step 12 of the migration plan)")
    'finish (Step 12 of the migration…)'
    >>> _label("time until it was done (Isolate the network segment 6)", shorten)
    'finish (Isolate the…rk segment 6)'
    """
    if breadth(name) <= _LABEL_MOST:
        return name
    what, bracket, stage = name.partition(" (")
    what = _SHORTER.get(what, what) if bracket else what
    room = _LABEL_MOST - len(what) - len(" ()")
    if not bracket or not stage.endswith(")") or room < _FEWEST:
        return shorten(name, _LABEL_MOST)
    return f"{what} ({cut(stage[:-1], room)})"


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
    if unit in {"count", "factor", "per s", ""}:
        number = f"{at:.2g}" if abs(at) < 100 else f"{at:.0f}"  # noqa: PLR2004 - two digits
        return f"{number}/s" if unit == "per s" else number
    return short_money(at, unit, 2)


def value_words(estimate: Estimate | Comparison, value: float, digits: int = 3) -> str:
    """Write a value of the answer that the drivers move: money, or hours to full recovery."""
    if _of_money(estimate):
        return short_money(value, estimate.currency or "", digits).strip()
    return seconds(value * 3600.0, digits)


def tick_unit(estimate: Estimate, end: float) -> float:
    """Choose the one unit of an axis to `end`: of money 1, else hours, or days of a long one."""
    return 1.0 if _of_money(estimate) or end <= _MOST_HOURS else _DAY_H


def tick_words(estimate: Estimate, value: float, unit: float) -> str:
    """Write a round value of an axis in its unit."""
    if _of_money(estimate):
        return value_words(estimate, value)
    return f"{value / unit:g} {'h' if unit < _DAY_H else 'd'}"


def tornado_middle(estimate: Estimate) -> float:
    """Give the mean of the answer that the drivers move."""
    total = estimate.customer.total
    if estimate.drivers and estimate.drivers[0].output != _MONEY:
        return estimate.recovery.full_recovery_h.mean
    return 0.0 if total is None else total.mean


def middle_words(estimate: Estimate) -> str:
    """Write that mean as the key figures do."""
    total = estimate.customer.total
    if total is None or not _of_money(estimate):
        return length(estimate.recovery.full_recovery_h, "mean")
    return amount(total, "mean", estimate.currency)


def base_middle(comparison: Comparison) -> float:
    """Give the mean of the base's answer that the drivers move."""
    base = comparison.base
    if base.total is None or not _of_money(comparison):
        return base.full_recovery_h.mean
    return base.total.mean


def drivers_sentence(estimate: Estimate) -> str:
    """Say which one or two inputs move the answer most; empty without drivers."""
    rows = driver_rows(estimate, 2)
    if not rows:
        return ""
    said = [f"{row.label} ({row.low_words} to {row.high_words} on average)" for row in rows]
    return f"What moves it most: {' and '.join(said)}."


def driver_sentence(estimate: Estimate) -> str:
    """Say which input moves the answer most, in a line; empty without drivers."""
    rows = driver_rows(estimate, 1)
    return "".join(
        f"What moves it most: {row.label}, {row.low_words} to {row.high_words} on average."
        for row in rows
    )


def tornado_title(estimate: Estimate) -> str:
    """Write the finding of the tornado."""
    (first,) = driver_rows(estimate, 1)
    return f"What moves {_moved(estimate)} most: {first.label}"


def tornado_note(estimate: Estimate | Comparison) -> str:
    """Say what the bars of the tornado are."""
    average = f"Average {'loss' if _of_money(estimate) else 'time to full recovery'}"
    return f"{average} with one input low (P10, blue), then high (P90, red)"


def _moved(estimate: Estimate) -> str:
    """Name the answer that the drivers move."""
    return "the loss" if _of_money(estimate) else "the end"


def _of_money(estimate: Estimate | Comparison) -> bool:
    """Tell whether the drivers move an amount of money."""
    return not estimate.drivers or estimate.drivers[0].output == _MONEY
