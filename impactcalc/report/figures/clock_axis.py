"""A time axis in hours from a first moment, with ticks at whole hours, days and weeks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from impactcalc.units.instant import MONTHS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HOUR = timedelta(hours=1)
_HOUR_STEPS = (1, 2, 3, 6, 12)
_DAY_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MOST_TICKS = 7
_DAY_H = 24


def hours_between(first: datetime, moment: datetime) -> float:
    """Count the hours from the first moment."""
    return (moment - first) / HOUR


def set_clock_ticks(ax: Axes, first: datetime, start: float, end: float) -> None:
    """Put ticks at round local times.

    Parameters
    ----------
    ax
        Its x data are hours from `first`.
    first
        Moment of x = 0, in the zone of the labels.
    start, end
        Limits of the axis in hours.
    """
    moments = clock_ticks(first + start * HOUR, first + end * HOUR)
    ax.set_xlim(start, end)
    ax.set_xticks(
        [hours_between(first, moment) for moment in moments],
        labels=[_label(moment, i, moments) for i, moment in enumerate(moments)],
    )


def hourly(length: float) -> bool:
    """Tell whether an axis of so many hours is labelled by hours, with dates below them."""
    return length / _HOUR_STEPS[-1] <= _MOST_TICKS


def clock_ticks(start: datetime, end: datetime) -> list[datetime]:
    """Choose at most eight round local times between two moments."""
    length = hours_between(start, end)
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    for step in _HOUR_STEPS:
        if length / step <= _MOST_TICKS:
            return _between(midnight, timedelta(hours=step), start, end)
    step = next((days for days in _DAY_STEPS if length / _DAY_H / days <= _MOST_TICKS), 2000)
    return _between(midnight, timedelta(days=step), start, end)


def _between(first: datetime, step: timedelta, start: datetime, end: datetime) -> list[datetime]:
    """List the multiples of a step inside the limits."""
    count = int((end - first) / step) + 1
    moments = (first + i * step for i in range(count + 1))
    return [moment for moment in moments if start <= moment <= end]


def _label(moment: datetime, number: int, moments: list[datetime]) -> str:
    """Write the hour, and the date where a day begins; dates alone on a longer axis."""
    date = f"{moment.day} {MONTHS[moment.month - 1]}"
    hourly = len(moments) > 1 and moments[1] - moments[0] < timedelta(days=1)
    if not hourly:
        return date
    new_day = number == 0 or moment.date() != moments[number - 1].date()
    return f"{moment:%H:%M}\n{date}" if new_day else f"{moment:%H:%M}"
