"""A moment in time that may be known to the day only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, or an interval in which it lies with equal density.

    A bare date is some moment of that day: unknown times of day stay intervals and are drawn.

    Parameters
    ----------
    earliest, latest
        Aware datetimes, kept in UTC; equal when the instant is known.

    Examples
    --------
    >>> day = Moment(datetime(2024, 1, 22, tzinfo=UTC), datetime(2024, 1, 23, tzinfo=UTC))
    >>> day.exact, day.middle.isoformat()
    (False, '2024-01-22T12:00:00+00:00')
    """

    earliest: datetime
    latest: datetime

    def __post_init__(self) -> None:
        """Refuse naive datetimes and intervals that run backwards; keep UTC."""
        if self.earliest.tzinfo is None or self.latest.tzinfo is None:
            raise ValueError(f"{self.earliest} has no time zone; give one, e.g. +00:00")
        if self.latest < self.earliest:
            raise ValueError(f"{self.latest} lies before {self.earliest}; swap them")
        object.__setattr__(self, "earliest", self.earliest.astimezone(UTC))
        object.__setattr__(self, "latest", self.latest.astimezone(UTC))

    @property
    def exact(self) -> bool:
        """Whether the instant is known."""
        return self.earliest == self.latest

    @property
    def middle(self) -> datetime:
        """The instant, or 12:00 of a bare date (the middle of the interval)."""
        return self.earliest + (self.latest - self.earliest) / 2

    @property
    def width_h(self) -> float:
        """Length of the interval in hours; 0 when the instant is known."""
        return (self.latest - self.earliest) / timedelta(hours=1)
