"""The options of a reading: what a person says about files beside their names."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from impactcalc.domain.observation import Window
    from impactcalc.intake.period import Period

PARTIAL = "partial"
DEFAULT_WEIGHTS = {PARTIAL: Fraction(3, 10)}


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person says about files.

    Parameters
    ----------
    zone
        Of times without an offset (``--tz``); None: such times are refused.
    columns
        Names of columns by role (``--columns good=ok``): good, total, errors, timestamp,
        latency, status.
    errors
        Label matchers that tell which counters are errors (``--errors 'code=~"5.."'``), as
        written; None: not said.
    threshold_s
        Latency up to which an event is good (``--threshold 500ms``).
    weights
        Lost share by state (``--incident-weight partial=0.3``).
    component
        Code or name of one component of a status page.
    format
        Kind that overrides the recognition (``--format``); None: by content.
    period
        The asked window (``--period``).
    as_of_ns
        ``--as-of``; None: not said.
    slice_ns
        Width of a time slice; cells of samples divide it.
    slice_stated
        Whether a person stated that width.
    excluded
        Maintenance: latencies inside it are left out of quantiles.
    """

    zone: tzinfo | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    errors: str | None = None
    threshold_s: Fraction | None = None
    weights: Mapping[str, Fraction] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    component: str | None = None
    format: str | None = None
    period: Period | None = None
    as_of_ns: int | None = None
    slice_ns: int = 300 * 1_000_000_000
    excluded: tuple[Window, ...] = ()
    slice_stated: bool = False
