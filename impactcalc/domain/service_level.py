"""The service level: what measurements mean under a target, exactly.

Shares, budgets and times are fractions and whole nanoseconds; they become floats where they are
printed. A part that does not apply to a kind of measurement is None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.observation import MINUTE_NS, SECOND_NS, Method
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo
    from fractions import Fraction

    from impactcalc.domain.contract import DowntimeRule
    from impactcalc.domain.observation import Objective, Remark, Window
    from impactcalc.domain.outlook import Outlook, SeenIncidents


class Demand(NamedTuple):
    """What is asked of measurements.

    Parameters
    ----------
    window
        The period.
    target
        Exact ratio in (0, 1].
    excluded
        Agreed maintenance; may overlap and reach beyond the window.
    rule
        The contract's downtime rule; None: not stated, and no definition is in force.
    threshold
        Of the threshold reading: a share strictly above which an interval is down.
    min_consecutive
        Only runs of at least so many adjacent down intervals count.
    min_events
        An interval with fewer events is never down.
    slice_ns, slice_target
        Of the time-slice SLI.
    as_of_ns
        End of the burn windows.
    method
        How the objective counts; it decides when no definition of downtime is in force.
    """

    window: Window
    target: Fraction
    excluded: tuple[Window, ...]
    rule: DowntimeRule | None
    threshold: Fraction
    min_consecutive: int
    min_events: int
    slice_ns: int
    slice_target: Fraction
    as_of_ns: int
    method: Method = Method.OCCURRENCES

    @property
    def down_slice_ns(self) -> int | None:
        """Width of the slices by which the contract counts downtime; None: it names none.

        A contract that counts whole slices alone, without their width, means minutes.
        """
        if self.rule is None or self.rule.slice_s is None:
            return MINUTE_NS if self.whole_slices else None
        return int(self.rule.slice_s * SECOND_NS)

    @property
    def whole_slices(self) -> bool:
        """Whether a slice counts only when it is down from its start to its end."""
        return self.rule is not None and self.rule.whole_slices

    @property
    def silence_is_down(self) -> bool:
        """Whether a slice in which nothing was measured counts as down."""
        return self.rule is not None and self.rule.empty_slices == "bad"


class TimeAccount(NamedTuple):
    """How the window's time divides, in nanoseconds; ``idle`` is part of ``known``."""

    known: int
    idle: int
    unknown: int
    excluded: int

    @property
    def counted(self) -> int:
        """The period without what is excluded."""
        return self.known + self.unknown


class Occurrence(NamedTuple):
    """The SLI by events; ``sli`` None without events, ``burn_rate`` also for a target of 100%."""

    good: Fraction
    valid: Fraction
    sli: Fraction | None
    burn_rate: Fraction | None
    allowed_bad: Fraction
    meets_target: bool | None


class DowntimeAnswer(NamedTuple):
    """One reading of downtime; times in nanoseconds, instants None when they are never reached.

    ``consumed_share`` is None for a target of 100%, where nothing is allowed.
    """

    downtime: Fraction
    availability: Fraction
    availability_if_unknown_is_down: Fraction
    allowed: Fraction
    remaining: Fraction
    consumed_share: Fraction | None
    meets_target: bool
    exhausted_ns: int | None
    breached_ns: int | None


class TimeSlices(NamedTuple):
    """The SLI by slices of time; shares None where no slice is left to divide by."""

    slice_ns: int
    slice_target: Fraction
    good: int
    bad: int
    empty: int
    ratio_sum: Fraction

    @property
    def sli_empty_excluded(self) -> Fraction | None:
        """Good slices among those with events."""
        return _share(self.good, self.good + self.bad)

    @property
    def sli_empty_good(self) -> Fraction | None:
        """Good and empty slices among all."""
        return _share(self.good + self.empty, self.good + self.bad + self.empty)

    @property
    def sli_empty_bad(self) -> Fraction | None:
        """Good slices among all."""
        return _share(self.good, self.good + self.bad + self.empty)

    @property
    def ratio_empty_excluded(self) -> Fraction | None:
        """Unweighted mean of the ratios of the slices with events."""
        return _share(self.ratio_sum, self.good + self.bad)

    @property
    def ratio_empty_good(self) -> Fraction | None:
        """The same mean, an empty slice counting 1."""
        return _share(self.ratio_sum + self.empty, self.good + self.bad + self.empty)


def _share(part: Fraction | int, whole: int) -> Fraction | None:
    """Divide, exactly; None when there is nothing to divide by."""
    from fractions import Fraction

    return Fraction(part) / whole if whole else None


class BurnWindow(NamedTuple):
    """The burn over one window up to ``as_of``."""

    bad: Fraction
    valid: Fraction
    burn_rate: Fraction | None
    coverage: Fraction | None


class BurnAlert(NamedTuple):
    """A pair of windows that must both burn faster than ``factor``."""

    long: str
    short: str
    factor: Fraction
    firing: bool
    first_fired_ns: int | None


class Burn(NamedTuple):
    """Burn rates by window, and the alerts."""

    as_of_ns: int
    windows: Mapping[str, BurnWindow]
    alerts: tuple[BurnAlert, ...]


class Latency(NamedTuple):
    """Events up to a threshold; for a histogram a threshold off its bounds leaves a range.

    ``threshold_s`` and the counts are None when no threshold was asked for.
    """

    threshold_s: Fraction | None
    good_at_least: Fraction | None
    good_at_most: Fraction | None
    good_interpolated: Fraction | None
    quantiles_s: Mapping[str, float]


class CreditDue(NamedTuple):
    """What the contract pays; ``amount`` None without a fee, ``tier`` the bound or None.

    ``currency`` is the ISO code of the amount, empty without one.
    """

    share: Fraction
    amount: Fraction | None
    tier: Fraction | None
    claim_by: str | None
    currency: str = ""


class LinePace(NamedTuple):
    """The straight line to the period's end: never shown alone."""

    availability: Fraction
    meets_target: bool


class History(NamedTuple):
    """What was consumed up to some moments, in seconds, for the figure.

    Parameters
    ----------
    moments_ns
        Rising.
    known_s
        Known time up to each.
    used_s
        Downtime up to each, by reading.
    zone
        Whose midnights divide the window into days.
    """

    moments_ns: tuple[int, ...]
    known_s: tuple[float, ...]
    used_s: Mapping[str, tuple[float, ...]]
    zone: tzinfo | None = None


class ServiceLevel(NamedTuple):
    """The whole answer of ``sli``.

    ``demand`` None: the files hold objectives alone. ``downtime`` has all three readings or is
    None; ``time`` is None for samples, whose silence may be idle or unknown; ``history`` is there
    when it was asked for, ``seen`` and ``outlook`` where the period goes on after the data.
    """

    demand: Demand | None
    files: tuple[str, ...] = ()
    time: TimeAccount | None = None
    occurrence: Occurrence | None = None
    downtime: Mapping[str, DowntimeAnswer] | None = None
    slices: TimeSlices | None = None
    burn: Burn | None = None
    latency: Latency | None = None
    objectives: tuple[Objective, ...] = ()
    credit: CreditDue | None = None
    pace: LinePace | None = None
    history: History | None = None
    seen: SeenIncidents | None = None
    outlook: Outlook | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def coverage(self) -> Fraction | None:
        """Known share of the counted time."""
        return None if self.time is None else _share(self.time.known, self.time.counted)

    @property
    def slices_meet_target(self) -> bool | None:
        """Whether slices of time meet the target; None where the objective counts events."""
        if self.slices is None or self.demand is None:
            return None
        share = {
            Method.TIMESLICES: self.slices.sli_empty_excluded,
            Method.RATIO_TIMESLICES: self.slices.ratio_empty_excluded,
        }.get(self.demand.method)
        return None if share is None else share >= self.demand.target

    @property
    def meets_target(self) -> bool | None:
        """Whether the target is met: by the definition in force, else by slices or events.

        None when neither is there and the three readings of downtime disagree.
        """
        rule = None if self.demand is None else self.demand.rule
        if rule is not None and self.downtime is not None:
            return self.downtime[rule.definition.value].meets_target
        if self.slices is not None and self.slices_meet_target is not None:
            return self.slices_meet_target
        if self.occurrence is not None:
            return self.occurrence.meets_target
        found = {each.meets_target for each in (self.downtime or {}).values()}
        return found.pop() if len(found) == 1 else None
