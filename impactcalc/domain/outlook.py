"""The outlook: how much of the budget may be gone at the period's end, by what was seen so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class SeenIncidents(NamedTuple):
    """What measurements tell about incidents, up to their end.

    Parameters
    ----------
    now_ns
        End of the measurements, UTC nanoseconds; it lies before the period's end.
    known_s, unknown_s
        Of the period up to now, maintenance left out.
    lengths_s
        Of each incident, from its first to its last moment.
    used_s
        Downtime that each incident took, by reading.
    to_date_s
        All downtime so far, by reading.
    background
        Downtime outside the incidents as a share of the known time outside them, by reading.
    is_open
        Whether the last incident runs on now.
    """

    now_ns: int
    known_s: float
    unknown_s: float
    lengths_s: tuple[float, ...]
    used_s: Mapping[str, tuple[float, ...]]
    to_date_s: Mapping[str, float]
    background: Mapping[str, float]
    is_open: bool


class Outlook(NamedTuple):
    """Downtime until the period's end, by trial.

    Parameters
    ----------
    moments_ns
        From the end of the measurements to that of the period.
    used_s
        Downtime since the period's start at each moment: by reading, by percentile (p5, p25,
        p50, p75, p95).
    breach_prob
        Chance that more than what is allowed is used at the end, by reading.
    mc_error
        Standard error of each chance.
    incidents
        That were seen.
    observed
        Whether further incidents are drawn from what was seen; False: from the contract's own
        ``future``.
    """

    moments_ns: tuple[int, ...]
    used_s: Mapping[str, Mapping[str, tuple[float, ...]]]
    breach_prob: Mapping[str, float]
    mc_error: Mapping[str, float]
    incidents: int
    observed: bool
