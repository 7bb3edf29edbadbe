"""The wall time: clocks without an offset, turned into instants of a zone, many at once."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from impactcalc.domain.observation import SECOND_NS
from impactcalc.intake.instants import local_ns, wall_ns

if TYPE_CHECKING:
    from numpy.typing import NDArray

QUARTER_NS = 900 * SECOND_NS
"""Clock changes happen at whole quarters of an hour."""


def apply_zone(start_ns: NDArray[Any], wall: NDArray[Any], zone: tzinfo | None) -> NDArray[Any]:
    """Turn the wall times among instants into instants.

    Parameters
    ----------
    start_ns
        int64; where `wall` is true, the clock read as UTC.
    wall
        bool.
    zone
        Of the clocks; None when there are none.

    Raises
    ------
    ValueError
        When a clock time does not exist in the zone, or exists twice.
    """
    import numpy as np

    if zone is None or zone is UTC or not wall.any():
        return start_ns
    quarters, place = np.unique(start_ns[wall] // QUARTER_NS, return_inverse=True)
    shifts = np.array([shift_ns(int(quarter), zone) for quarter in quarters], dtype=np.int64)
    instants = start_ns.copy()
    instants[wall] += shifts[place]
    return instants


def shift_ns(quarter: int, zone: tzinfo) -> int:
    """Return what to add to the clock times of one quarter of an hour to make them UTC."""
    clock = datetime.fromtimestamp(quarter * 900, UTC).replace(tzinfo=None)
    return local_ns(clock, zone, clock.isoformat(" ")) - wall_ns(clock)
