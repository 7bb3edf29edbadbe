"""The grid: the steps between scrapes, as intervals of one length.

The step from t to the next sample belongs to the interval that starts at t. A step across a gap
counts as events of its first interval, and every interval in the gap is unknown, for all series:
a gap hides when, not how many. Before its first sample, and after its last, a series says nothing.

Source: slo/README.md, semantics 14 and 15; `increase` without extrapolation.
"""

from __future__ import annotations

from statistics import median_low
from typing import TYPE_CHECKING

from impactcalc.domain.observation import SECOND_NS, Remark
from impactcalc.errors import InputError, Problem
from impactcalc.intake.prometheus.series import Number, Series, moment, written
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_INTERVALS = 50_000_000
_MINUTE_NS = 60 * SECOND_NS
_MOST_NAMED = 3


class Grid(NamedTuple):
    """Intervals ``[origin + k step, origin + (k + 1) step)``."""

    origin_ns: int
    step_ns: int
    length: int

    def slot(self, at_ns: int) -> int:
        """Index of the interval that starts nearest to an instant (scrapes jitter)."""
        return (2 * (at_ns - self.origin_ns) + self.step_ns) // (2 * self.step_ns)


class Step(NamedTuple):
    """An increase between two samples: its first interval, and the one after its last."""

    first: int
    after: int
    increase: Number
    reset: bool


def grid_of(series: Sequence[Series], file: str) -> Grid:
    """Find the grid of all series.

    Raises
    ------
    InputError
        When no series has two samples, or the step is so small that the grid has no bounds.
    """
    gaps = [
        later - earlier
        for one in series
        for earlier, later in zip(one.scrapes, one.scrapes[1:], strict=False)
    ]
    if not gaps:
        what = "no series has two samples: an increase needs two"
        raise InputError(Problem(what, "ask for a longer time", file))
    instants = [at_ns for one in series for at_ns in (*one.scrapes[:1], *one.scrapes[-1:])]
    origin, step = min(instants), median_low(gaps)
    count = (max(instants) - origin) // step + 1
    if count > MOST_INTERVALS:
        what = f"{count:,} steps of {step / 1e9:g} s are too many"
        raise InputError(Problem(what, "ask with a longer step", file))
    return Grid(origin, step, count)


def steps_of(series: Series, grid: Grid) -> Iterator[Step]:
    """Go through the increases of a series; the first sample is a baseline, never one."""
    previous = None
    for sample in series.samples:
        if previous is not None:
            reset = sample.restarted or sample.value < previous.value
            increase = sample.value if reset else sample.value - previous.value
            yield Step(grid.slot(previous.at_ns), grid.slot(sample.at_ns), increase, reset)
        previous = sample


class Coverage:
    """Which intervals are covered by a step, and which lie in a gap of some series."""

    def __init__(self, grid: Grid) -> None:
        self.covered, self.hidden = bytearray(grid.length), bytearray(grid.length)
        self.resets = self.gaps = 0

    def take(self, step: Step) -> None:
        """Note one step."""
        self.covered[step.first] = 1
        if step.after - step.first > 1:
            self.gaps += 1
            self.hide(step.first, step.after)

    def hide(self, first: int, after: int) -> None:
        """Mark intervals of a gap."""
        self.hidden[first:after] = b"\1" * (after - first)

    def hide_ends(self, series: Series, grid: Grid) -> None:
        """Hide the intervals before a series' first value and after its last that scrapes cover.

        NaN there means that the series existed, but not how many events it had counted.
        """
        if series.scrapes and series.samples:
            first, last = series.samples[0].at_ns, series.samples[-1].at_ns
            self.hide(grid.slot(series.scrapes[0]), grid.slot(first))
            self.hide(grid.slot(last), grid.slot(series.scrapes[-1]))


def remarks_of(series: Sequence[Series], grid: Grid, coverage: Coverage, file: str) -> list[Remark]:
    """Say what is odd about the scrapes: resets, gaps, late and vanished series, the step."""
    words = []
    if grid.step_ns != _MINUTE_NS:
        words.append(f"the step is {grid.step_ns / 1e9:g} s: every interval is that long")
    if coverage.resets:
        words.append(f"{_many(coverage.resets, 'counter reset')}: the value after it is the step")
    if coverage.gaps:
        missing = grid.length - len({grid.slot(at) for one in series for at in one.scrapes})
        words.append(
            f"{_many(coverage.gaps, 'gap')} ({_many(missing, 'missing scrape')}, NaN): their "
            "events count, their time is unknown"
        )
    words += _lone(series, grid)
    return [Remark(text, file) for text in words]


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _lone(series: Sequence[Series], grid: Grid) -> Iterator[str]:
    """Name series that appear late, vanish early or have no sample."""
    late, gone = [], []
    for one in series:
        if not one.samples:
            yield f"{written(one.labels)} has no value at all"
            continue
        first, last = one.samples[0], one.samples[-1]
        if grid.slot(first.at_ns) > 0:
            late.append(
                f"{written(one.labels)} at {moment(first.at_ns)} with {_short(first.value)}"
            )
        if grid.slot(last.at_ns) < grid.length - 1:
            gone.append(f"{written(one.labels)} at {moment(last.at_ns)}")
    if late:
        yield (f"{_many(len(late), 'late series')}: {_some(late)}; a first value is a baseline, "
               "not an increase")  # fmt: skip
    if gone:
        yield f"{len(gone)} series ended early: {_some(gone)}; nothing is known of them after that"


def _some(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return "; ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _short(value: Number) -> str:
    return str(value) if isinstance(value, int) else f"{float(value):g}"
