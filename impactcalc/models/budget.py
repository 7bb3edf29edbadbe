"""The error budget: the contract's period, what it allows, and what has been consumed.

Source: MODEL.md section 4; contracts, "Defaults of moments and periods". Lengths are exact:
99.9% of January 2024 allows 2,678.4 s.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.domain.contract import PeriodKind
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from datetime import tzinfo

    from impactcalc.domain.contract import PeriodRule, Sla
    from impactcalc.domain.moment import Moment

_MICROSECOND = timedelta(microseconds=1)
_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


class ErrorBudget(NamedTuple):
    """A period, half-open, and the downtime that the target allows in it.

    ``length_s`` is the period without the agreed maintenance; both it and ``allowed_s`` are exact.
    """

    start: datetime
    end: datetime
    length_s: Decimal
    allowed_s: Decimal


def error_budget(sla: Sla, started: Moment) -> ErrorBudget:
    """Budget of the period that holds the incident's start.

    Parameters
    ----------
    sla
        The contract.
    started
        When the incident started; a bare date counts as its 12:00 for calendar periods and as
        its 00:00 for periods of a fixed length.

    Raises
    ------
    ValueError
        When the agreed maintenance takes the whole period.
    """
    start, end = period_bounds(sla.period.value, sla.timezone.value, started)
    length = exact_seconds(end - start) - sla.excluded_s.value
    if length <= 0:
        raise ValueError(f"the agreed maintenance of {sla.excluded_s.value} s fills the period")
    return ErrorBudget(start, end, length, length * (1 - sla.target.value))


def exact_seconds(span: timedelta) -> Decimal:
    """Length in seconds, exactly.

    Examples
    --------
    >>> exact_seconds(timedelta(days=31))
    Decimal('2678400')
    """
    return Decimal(span // _MICROSECOND) / 1_000_000


def period_bounds(rule: PeriodRule, timezone: str, started: Moment) -> tuple[datetime, datetime]:
    """Start and end of the period, UTC; calendar periods begin at local midnight.

    Examples
    --------
    >>> from impactcalc.domain.contract import PeriodRule
    >>> from impactcalc.domain.moment import Moment
    >>> day = datetime(2024, 3, 10, 12, tzinfo=UTC)
    >>> rule = PeriodRule(PeriodKind.MONTH)
    >>> [b.isoformat() for b in period_bounds(rule, "America/New_York", Moment(day, day))]
    ['2024-03-01T05:00:00+00:00', '2024-04-01T04:00:00+00:00']
    """
    if rule.kind is PeriodKind.FIXED and rule.start is not None and rule.end is not None:
        return rule.start.earliest, rule.end.earliest
    if rule.kind is PeriodKind.ROLLING and rule.length_s is not None:
        length = timedelta(microseconds=int(rule.length_s * 1_000_000))
        return started.earliest, started.earliest + length
    return _calendar(rule.kind, timezone, started.middle)


def _calendar(kind: PeriodKind, timezone: str, moment: datetime) -> tuple[datetime, datetime]:
    zone: tzinfo = UTC
    if timezone != "UTC":
        from zoneinfo import ZoneInfo

        zone = ZoneInfo(timezone)
    day = moment.astimezone(zone).date()
    if kind is PeriodKind.WEEK:
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=7)
    else:
        months = _MONTHS[kind]
        first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
        after = first.month - 1 + months
        last = first.replace(year=first.year + after // 12, month=after % 12 + 1)
    midnights = (datetime(d.year, d.month, d.day, tzinfo=zone) for d in (first, last))
    start, end = (midnight.astimezone(UTC) for midnight in midnights)
    return start, end
