"""What changed since an earlier estimate, in words: the parts of the bridge and its two ends."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple
from impactcalc.report.escape import escape, shorten
from impactcalc.report.phrases import Clock, seconds, signed
from impactcalc.units.money import short_money

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate
    from impactcalc.domain.since import Change, Since

_NOTE_MOST = 120
_NOTHING = 5e-4  # of the larger end: a part that rounds to nothing beside it
_HOUR_S = 3600.0
_LABELS = {
    "time passed": "time passed",
    "news of status": "news of status",
    "corrected facts": "corrected facts",
    "changed model version": "model version",
}


class ChangeRow(NamedTuple):
    """One part: its name, the change as a number (0 where none is seen), in words, and why.

    ``end`` is what the part does to the mean time to full recovery.
    """

    label: str
    value: float
    words: str
    end: str
    note: str


def change_rows(estimate: Estimate) -> tuple[ChangeRow, ...]:
    """Write the parts in the bridge's order; none without an earlier estimate."""
    since = estimate.since
    if since is None:
        return ()
    return tuple(_row(estimate, since, one) for one in estimate.changes)


def _row(estimate: Estimate, since: Since, one: Change) -> ChangeRow:
    scale = max(abs(since.before), abs(since.after))
    moved = abs(one.mean) > _NOTHING * scale
    value = one.mean if moved else 0.0
    end = one.full_recovery_h or 0.0
    later = abs(end) > 1.0 / 60.0
    return ChangeRow(
        label=_LABELS.get(one.part, one.part),
        value=value,
        words=signed(value_words(estimate, abs(value)), value),
        end=signed(seconds(abs(end) * _HOUR_S), end) if later else "0",
        note=shorten(escape(one.note), _NOTE_MOST),
    )


def ends(estimate: Estimate) -> tuple[str, str]:
    """Write the earlier figure and today's."""
    since = estimate.since
    if since is None:
        return "", ""
    return value_words(estimate, since.before), value_words(estimate, since.after)


def value_words(estimate: Estimate, value: float, digits: int = 2) -> str:
    """Write a value of the bridged figure: money, or hours to full recovery."""
    if of_money(estimate):
        return short_money(value, estimate.currency or "", digits).strip()
    return seconds(value * _HOUR_S, digits)


def of_money(estimate: Estimate) -> bool:
    """Tell whether the bridge is of money."""
    return estimate.since is not None and estimate.since.figure == "customer.total"


def changes_heading(estimate: Estimate) -> str:
    """Name the earlier moment: ``"What changed since 23 Jan 2024 12:00 UTC"``."""
    since = estimate.since
    if since is None:
        return ""
    return f"What changed since {Clock.of(estimate)._replace(as_of=since.as_of).now()}"


def moment(estimate: Estimate) -> str:
    """Write the earlier moment in short: ``"23 Jan 12:00"``."""
    since = estimate.since
    return "" if since is None else Clock.of(estimate).exact(since.as_of)


def changes_sentence(estimate: Estimate) -> str:
    """Say how the answer moved and what moved it most."""
    rows = change_rows(estimate)
    if not rows:
        return ""
    what = "The average loss" if of_money(estimate) else "The average time to full recovery"
    before, after = ends(estimate)
    largest = max(rows, key=lambda row: abs(row.value))
    if math.isclose(largest.value, 0.0, abs_tol=1e-12):
        return f"{what} is as it was, {after}."
    if before == after:
        return f"{what} stays near {after}; {largest.label} alone: {largest.words}."
    return f"{what} went from {before} to {after}; most of it by {largest.label} ({largest.words})."


def surprise_words(estimate: Estimate) -> tuple[str, ...]:
    """Say where today's facts fell in the earlier forecast."""
    since = estimate.since
    if since is None:
        return ()
    said = []
    for one in since.surprises:
        name = shorten(escape(one.stage), 40)
        if one.low == one.high:
            place = f"at its {_ordinal(one.percentile)} percentile"
        elif one.high >= 100:  # noqa: PLR2004 - percent
            place = f"beyond its {_ordinal(one.low)} percentile"
        else:
            place = f"before its {_ordinal(one.high)} percentile"
        said.append(f"{name}: {'open' if one.fact.startswith('still') else 'over'} {place}")
    return tuple(said)


def _ordinal(percentile: float) -> str:
    """Write a percentile as an ordinal number.

    Examples
    --------
    >>> [_ordinal(one) for one in (1.2, 2.0, 23.4, 11.0, 99.9, 0.0)]
    ['1st', '2nd', '23rd', '11th', '99th', '0th']
    """
    number = min(99, math.floor(percentile + 0.5))
    teen = 10 < number % 100 < 14  # noqa: PLR2004 - 11th, 12th, 13th
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
