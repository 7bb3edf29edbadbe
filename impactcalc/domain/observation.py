"""What was measured: events per interval, samples, histograms, states over time, objectives.

Instants are whole nanoseconds since 1970 in UTC (``_ns``), every span is half-open, and counts
are whole numbers over a common ``scale`` (a file with 12.5 requests has scale 10), so that
nothing has to be rounded before the last division.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from numpy.typing import NDArray

    from impactcalc.domain.contract import Sla

SECOND_NS = 1_000_000_000
MINUTE_NS = 60 * SECOND_NS
DAY_NS = 24 * 3600 * SECOND_NS


class Window(NamedTuple):
    """A half-open span of time, UTC nanoseconds."""

    start_ns: int
    end_ns: int


class Remark(NamedTuple):
    """A warning about an input: the answer stands, but the reader should know.

    Parameters
    ----------
    message
        One sentence.
    file
        As the person wrote its name; empty when it concerns the whole.
    line
        From 1; 0 when there is no one line.
    """

    message: str
    file: str = ""
    line: int = 0


class Counts(NamedTuple):
    """Good and valid events of intervals ``[start, start + step)``.

    Parameters
    ----------
    start_ns
        int64, strictly rising. An instant that no interval covers is unknown.
    step_ns
        Length of every interval; where the next one starts earlier, that ends it.
    good, valid
        int64 (or object holding Python's integers where 64 bits are too few), in units of
        1 / ``scale`` events; 0 <= good <= valid.
    known
        bool: False where the time is unknown although a row is there (an empty cell, NaN, a gap
        between two scrapes). Its events, if any, count as events all the same (a gap hides when,
        not how many); its time counts as unknown.
    scale
        Denominator of good and valid.
    """

    start_ns: NDArray[Any]
    step_ns: int
    good: NDArray[Any]
    valid: NDArray[Any]
    known: NDArray[Any]
    scale: int = 1


class Samples(NamedTuple):
    """Single measurements of latency, gathered into cells; a cell without samples is absent.

    Parameters
    ----------
    cells
        Samples per cell: valid and good; ``known`` is True everywhere. Cells divide the window,
        its time slices and its burn windows exactly.
    threshold_s
        A sample at most this slow is good; None: none was asked for, all present ones are good.
    quantiles_s
        Of the present latencies inside the window, nearest rank (numpy's ``inverted_cdf``), by
        the level as text: ``"0.5"`` to ``"0.999"``, ``"1"`` the maximum; empty without any.
    """

    cells: Counts
    threshold_s: Fraction | None
    quantiles_s: Mapping[str, float]


class Histogram(NamedTuple):
    """A classic histogram: increases by upper bound over intervals.

    Parameters
    ----------
    start_ns, step_ns, known, scale
        As in `Counts`.
    bounds_s
        Upper bounds (``le``) in rising order; None, the last one, is +Inf.
    increases
        int64 (intervals, bounds), cumulative over the bounds, in units of 1 / ``scale`` events.
    threshold_s
        The latency that the objective asks for; None: none was asked for.
    """

    start_ns: NDArray[Any]
    step_ns: int
    bounds_s: tuple[Fraction | None, ...]
    increases: NDArray[Any]
    known: NDArray[Any]
    threshold_s: Fraction | None = None
    scale: int = 1


class Episode(NamedTuple):
    """A span in which a share of the service was lost: 0 up, 1 down, None unknown."""

    start_ns: int
    end_ns: int
    lost_share: Fraction | None


class States(NamedTuple):
    """States over time: monitors, status pages, incident tables.

    Parameters
    ----------
    episodes
        In any order; where they overlap the largest lost share counts once, and unknown gives
        way to what is known.
    otherwise
        Lost share of the time that no episode covers: 0 (up: incident tables, status pages) or
        None (unknown: monitors).
    """

    episodes: tuple[Episode, ...]
    otherwise: Fraction | None


class Method(enum.StrEnum):
    """How an objective counts."""

    OCCURRENCES = "occurrences"
    TIMESLICES = "timeslices"
    RATIO_TIMESLICES = "ratio_timeslices"


class ObjectiveWindow(NamedTuple):
    """The window of an objective: rolling, or calendar periods.

    Parameters
    ----------
    rolling_s
        Length of a rolling window; None for calendar periods.
    unit
        ``week``, ``month``, ``quarter`` or ``year`` of a calendar period; empty when rolling.
    zone
        IANA name of the calendar's zone.
    start
        Wall time at which the first calendar period starts, as written; empty: periods start at
        midnight of the unit's first day.
    units
        Units in one period.
    """

    rolling_s: Fraction | None = None
    unit: str = ""
    zone: str = "UTC"
    start: str = ""
    units: int = 1


class Objective(NamedTuple):
    """One objective of an OpenSLO, Sloth or Pyrra document, or of a contract's ``sla`` part.

    Parameters
    ----------
    name, service
        As contracts/outputs.md; ``service`` None where there is none.
    target
        Exact ratio.
    window
        None when the document gives none.
    method, indicator, op
        As contracts/outputs.md: ``indicator`` ratio | threshold | latency; ``op`` lt | lte | gt |
        gte or None.
    slice_target, slice_s
        Of time slices; None otherwise.
    threshold
        The number as written (its unit is the document's); None for ratios.
    threshold_s
        The same in seconds where the unit is known.
    """

    name: str | None
    service: str | None
    target: Fraction
    window: ObjectiveWindow | None
    method: Method
    indicator: str
    slice_target: Fraction | None = None
    slice_s: Fraction | None = None
    threshold: Fraction | None = None
    op: str | None = None
    threshold_s: Fraction | None = None


class Observations(NamedTuple):
    """What a set of files holds.

    Parameters
    ----------
    data
        The measurements; None when the files hold objectives alone.
    span
        The measurements' own span: from the first interval's start to the last one's end; None
        without data.
    files
        Names of the files of the measurements, as the person wrote them.
    objectives
        Of the documents among the files.
    remarks
        Warnings, in the order of the files.
    sla
        The contract of a scenario file among the files; None without one.
    """

    data: Counts | Samples | Histogram | States | None = None
    span: Window | None = None
    files: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sla: Sla | None = None
