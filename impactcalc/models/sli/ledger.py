"""The ledger of a budget: what a reading of downtime consumes, and when the budget is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.service_level import DowntimeAnswer
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

    from impactcalc.domain.service_level import TimeAccount


def allowed_time(time: TimeAccount, target: Fraction) -> Fraction:
    """Return the downtime in nanoseconds that a target allows in the counted time.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from impactcalc.domain.service_level import TimeAccount
    >>> allowed_time(TimeAccount(2_678_400 * 10**9, 0, 0, 0), Fraction("0.999"))
    Fraction(2678400000000, 1)
    """
    return (1 - target) * time.counted


class Used(NamedTuple):
    """Downtime in nanoseconds; ``silent`` of it is unknown time that the contract counts."""

    whole: Fraction
    silent: int


def judged(
    used: Used,
    time: TimeAccount,
    target: Fraction,
    exhausted_ns: int | None,
    breached_ns: int | None,
) -> DowntimeAnswer:
    """Judge the downtime of a period.

    Parameters
    ----------
    used
        Downtime of the period.
    time
        The period's; its counted part must not be empty.
    target
        Exact ratio; meeting it exactly is meeting it.
    exhausted_ns, breached_ns
        When the used time reached what is allowed, and when it went beyond; None: never.
    """
    allowed, counted = allowed_time(time, target), time.counted
    return DowntimeAnswer(
        downtime=used.whole,
        availability=1 - used.whole / counted,
        availability_if_unknown_is_down=1 - (used.whole + time.unknown - used.silent) / counted,
        allowed=allowed,
        remaining=allowed - used.whole,
        consumed_share=used.whole / allowed if allowed else None,
        meets_target=breached_ns is None,
        exhausted_ns=exhausted_ns,
        breached_ns=breached_ns,
    )
