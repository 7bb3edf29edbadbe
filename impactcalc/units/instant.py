"""The instant as text: whole nanoseconds since 1970 in UTC, as ISO 8601."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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
