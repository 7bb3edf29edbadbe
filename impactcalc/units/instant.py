"""The instant as text: as ISO 8601 in UTC, and as people write it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SECOND_NS = 1_000_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant_text(instant_ns: int) -> str:
    """Write an instant in UTC; a fraction of a second only where there is one.

    Examples
    --------
    >>> instant_text(1_705_881_600_000_000_000), instant_text(1_705_881_600_500_000_000)
    ('2024-01-22T00:00:00Z', '2024-01-22T00:00:00.5Z')
    """
    seconds, rest = divmod(instant_ns, _SECOND_NS)
    whole = (_EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{whole}{f'.{rest:09d}'.rstrip('0') if rest else ''}Z"


def date_words(day: date) -> str:
    """Write a date with its month in letters, never 01/02: ``"24 Jan 2024"``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_words(moment: datetime) -> str:
    """Write an aware moment in UTC to the minute.

    Examples
    --------
    >>> moment_words(datetime(2024, 2, 1, tzinfo=UTC))
    '1 Feb 2024 00:00 UTC'
    """
    there = moment.astimezone(UTC)
    return f"{date_words(there)} {there:%H:%M} UTC"
