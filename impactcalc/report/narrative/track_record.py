"""The track record in words: how earlier forecasts met what came true, or that none has yet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate

NONE_YET = "none yet; no earlier forecast was compared with what came true"


def track_record_words(estimate: Estimate) -> str:
    """Say how many earlier forecasts were compared, and how many of their ranges held."""
    record = estimate.track_record
    if record is None or not record.scored:
        return NONE_YET
    number = f"{record.scored:,} {'incident' if record.scored == 1 else 'incidents'}"
    if record.held is None or record.band is None:
        return f"{number} compared so far, too few to judge (30 are needed)"
    low, high = record.band
    return (
        f"{record.verdict}: over {number}, {record.held:.0%} of the ranges said to hold 80% did "
        f"({math.floor(100 * low)}% to {math.ceil(100 * high)}% when they are right)"
    )
