"""The burn rate: how fast the budget goes over windows up to a moment, and the alerts.

Pairs and factors: SRE workbook, "Alerting on SLOs"; an alert fires strictly above its factor.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from impactcalc.domain.observation import MINUTE_NS, Window
from impactcalc.domain.service_level import Burn, BurnAlert, BurnWindow
from impactcalc.models.sli.events import burn_rate, roomy, total
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from impactcalc.domain.observation import Counts
    from impactcalc.models.sli.spans import Stretches

WINDOWS = {
    "5m": 5 * MINUTE_NS,
    "30m": 30 * MINUTE_NS,
    "1h": 60 * MINUTE_NS,
    "2h": 120 * MINUTE_NS,
    "6h": 360 * MINUTE_NS,
    "1d": 1440 * MINUTE_NS,
    "3d": 4320 * MINUTE_NS,
}
PAIRS = (
    ("1h", "5m", Fraction(72, 5)),
    ("6h", "30m", Fraction(6)),
    ("1d", "2h", Fraction(3)),
    ("3d", "6h", Fraction(1)),
)
_MOST_MOMENTS = 4_000_000
_SAFE = 2**62
_BLOCK = 8192


def burn(
    counts: Counts, window: Window, time: Stretches | None, target: Fraction, as_of_ns: int
) -> Burn:
    """Compute the burn over every window that ends at a moment, and the alerts.

    Parameters
    ----------
    counts
        The intervals of the window without what is excluded.
    window
        The period; burn windows longer than it use what there is.
    time
        The window's measured time, for the coverage; None: unknown coverage (samples).
    target
        Exact ratio; for 100% there is no burn rate and no alert.
    as_of_ns
        End of the burn windows.
    """
    windows = {
        name: _burn_window(counts, time, target, Window(as_of_ns - width, as_of_ns))
        for name, width in WINDOWS.items()
    }
    alerts = _alerts(windows, target, _Course.of(counts, window, as_of_ns))
    return Burn(as_of_ns, windows, alerts)


def _burn_window(
    counts: Counts, time: Stretches | None, target: Fraction, span: Window
) -> BurnWindow:
    """Compute the burn over one window."""
    first, last = np.searchsorted(counts.start_ns, np.array(span), side="left")
    good, valid = (
        Fraction(total(each[first:last]), counts.scale) for each in (counts.good, counts.valid)
    )
    coverage = None if time is None else _coverage(time, span)
    return BurnWindow(valid - good, valid, burn_rate(valid - good, valid, target), coverage)


def _coverage(time: Stretches, span: Window) -> Fraction:
    """Return the known share of a burn window."""
    first = np.searchsorted(time.end_ns, span.start_ns, side="right")
    last = np.searchsorted(time.start_ns, span.end_ns, side="left")
    start = np.maximum(time.start_ns[first:last], span.start_ns)
    end = np.minimum(time.end_ns[first:last], span.end_ns)
    known = int(np.maximum(end - start, 0).sum())
    return Fraction(known, span.end_ns - span.start_ns)


class _Course(NamedTuple):
    """The events up to every moment at which alerts are judged.

    Parameters
    ----------
    moments_ns
        The window's start, then the ends of its intervals up to ``as_of``.
    step_ns
        Between them, when they are even; 0 otherwise.
    bad, valid
        Events before each moment, in units of the counts' scale.
    """

    moments_ns: NDArray[Any]
    step_ns: int
    bad: NDArray[Any]
    valid: NDArray[Any]

    @classmethod
    def of(cls, counts: Counts, window: Window, as_of_ns: int) -> _Course:
        """Sum the events of a window up to each of its moments."""
        end, step = min(window.end_ns, as_of_ns), counts.step_ns
        number = max(0, end - window.start_ns) // step
        if number <= _MOST_MOMENTS:
            moments = window.start_ns + step * np.arange(number + 1)
        else:
            ends = counts.start_ns + step
            first = np.array([window.start_ns])
            moments, step = np.concatenate([first, ends[ends <= end]]), 0
        valid = roomy(counts.valid, len(counts.valid))
        sums = [_running(each) for each in (valid - counts.good, valid)]
        if not np.array_equal(moments[:-1], counts.start_ns):  # gaps, or intervals after as_of
            upto = np.searchsorted(counts.start_ns, moments, side="left")
            sums = [each[upto] for each in sums]
        return cls(moments, step, *sums)

    def first_above(self, widths_ns: tuple[int, int], bound: Fraction) -> int | None:
        """Return the first moment at which both windows' error ratio is strictly above a bound.

        The moments are looked at in blocks, which stay in the processor's cache.
        """
        long, short = sorted(widths_ns, reverse=True)
        for start in range(0, len(self.moments_ns), _BLOCK):
            block = slice(start, min(start + _BLOCK, len(self.moments_ns)))
            above = self._above(long, bound, block)
            if above.any():
                above &= self._above(short, bound, block)
                found = np.flatnonzero(above)
                if len(found):
                    return int(self.moments_ns[start + found[0]])
        return None

    def _above(self, width_ns: int, bound: Fraction, block: slice) -> NDArray[Any]:
        """Judge one window at some moments; what is before the course's start is none."""
        before = self._before(width_ns, block)
        bad, valid = (sums[block] - sums[before] for sums in (self.bad, self.valid))
        if self._is_large(max(bound.numerator, bound.denominator)):
            bad, valid = bad.astype(object), valid.astype(object)
        return np.asarray(bad * bound.denominator > valid * bound.numerator, dtype=bool)

    def _before(self, width_ns: int, block: slice) -> slice | NDArray[Any]:
        """Return the places of the moments at which each window starts."""
        if self.step_ns and width_ns % self.step_ns == 0:
            shift = width_ns // self.step_ns
            if block.start >= shift:
                return slice(block.start - shift, block.stop - shift)
            return np.maximum(np.arange(block.start - shift, block.stop - shift), 0)
        starts = self.moments_ns[block] - width_ns
        places = np.searchsorted(self.moments_ns, starts, side="right") - 1
        return np.asarray(np.maximum(places, 0))

    def _is_large(self, factor: int) -> bool:
        """Tell whether 64 bits are too few for a product with a window's events."""
        return self.valid.dtype == object or int(self.valid[-1]) * factor >= _SAFE


def _running(array: NDArray[Any]) -> NDArray[Any]:
    """Sum up to and without each element, and all."""
    return np.concatenate([np.zeros(1, array.dtype), np.cumsum(array)])


def _alerts(
    windows: dict[str, BurnWindow], target: Fraction, course: _Course
) -> tuple[BurnAlert, ...]:
    """Judge every pair of windows, now and at every moment so far."""
    alerts = []
    for long, short, factor in PAIRS:
        rates = [windows[name].burn_rate for name in (long, short)]
        firing = all(rate is not None and rate > factor for rate in rates)
        widths = (WINDOWS[long], WINDOWS[short])
        fired = course.first_above(widths, factor * (1 - target)) if target < 1 else None
        alerts.append(BurnAlert(long, short, factor, firing, fired))
    return tuple(alerts)
