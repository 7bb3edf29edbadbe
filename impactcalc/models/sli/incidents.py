"""The incidents in measurements: stretches of downtime that belong together, and what is between.

An incident is a run of stretches that the threshold reading counts, with pauses shorter than an
hour inside [A]; under every reading it takes what that reading counts between its ends. What a
reading counts outside of incidents (a few failed requests all the time) is its background.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.contract import Downtime
from impactcalc.domain.outlook import SeenIncidents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from impactcalc.domain.observation import Window
    from impactcalc.models.sli.accrual import Accrual

PAUSE_NS = 3600 * 10**9


def seen_incidents(
    accruals: Mapping[str, Accrual], known: Accrual, seen: Window, excluded_ns: int
) -> SeenIncidents:
    """Find the incidents of the time that was measured.

    Parameters
    ----------
    accruals
        What each reading counts.
    known
        The known time.
    seen
        From the period's start to the end of the measurements.
    excluded_ns
        Maintenance inside it.
    """
    starts, ends = _bounds(accruals[Downtime.THRESHOLD.value])
    whole = float(known.upto([seen.end_ns])[0])
    outside = whole - float((known.upto(ends) - known.upto(starts)).sum())
    used, to_date, background = {}, {}, {}
    for reading, accrual in accruals.items():
        each = accrual.upto(ends) - accrual.upto(starts)
        used[reading] = tuple(each.tolist())
        to_date[reading] = float(accrual.upto([seen.end_ns])[0])
        rest = max(to_date[reading] - float(each.sum()), 0.0)
        background[reading] = min(rest / outside, 1.0) if outside > 0 else 0.0
    length = (seen.end_ns - seen.start_ns - excluded_ns) / 1e9
    return SeenIncidents(
        now_ns=seen.end_ns,
        known_s=whole,
        unknown_s=max(length - whole, 0.0),
        lengths_s=tuple(((ends - starts) / 1e9).tolist()),
        used_s=used,
        to_date_s=to_date,
        background=background,
        is_open=bool(len(ends)) and int(ends[-1]) >= seen.end_ns,
    )


def _bounds(down: Accrual) -> tuple[np.ndarray, np.ndarray]:
    """Join stretches of downtime; return starts and ends of the incidents."""
    if not len(down.start_ns):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing
    apart = np.flatnonzero(down.start_ns[1:] - down.end_ns[:-1] >= PAUSE_NS) + 1
    first = np.concatenate([[0], apart])
    last = np.concatenate([apart - 1, [len(down.end_ns) - 1]])
    return down.start_ns[first], down.end_ns[last]
