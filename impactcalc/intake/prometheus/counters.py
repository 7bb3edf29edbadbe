"""The counters: increases of good and of all events by interval."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from impactcalc.domain.observation import Counts
from impactcalc.intake.prometheus.grid import Coverage, steps_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from impactcalc.intake.prometheus.grid import Grid
    from impactcalc.intake.prometheus.series import Number, Series

_LARGEST = 2**62


def add_up(
    series: Iterable[Series],
    grid: Grid,
    coverage: Coverage,
    counts_resets: Callable[[Series], bool] = lambda _: True,
) -> list[Number]:
    """Sum the increases of series by interval, and note what they cover.

    Parameters
    ----------
    counts_resets
        Which series' resets are counted: all buckets of a histogram restart together.
    """
    total: list[Number] = [0] * grid.length
    for one in series:
        counted = counts_resets(one)
        for step in steps_of(one, grid):
            total[step.first] += step.increase
            coverage.take(step)
            coverage.resets += step.reset and counted
        coverage.hide_ends(one, grid)
    return total


def common_scale(columns: Iterable[Sequence[Number]]) -> int:
    """Smallest whole number that turns every count into a whole one."""
    return math.lcm(1, *(n.denominator for column in columns for n in column if n.denominator > 1))


def whole(column: Sequence[Number], scale: int) -> NDArray[Any]:
    """Give counts in units of 1 / scale; Python's own integers where 64 bits are too few."""
    import numpy as np

    scaled = [int(number * scale) for number in column] if scale > 1 else list(column)
    kind = np.int64 if not scaled or max(scaled) < _LARGEST else object
    return np.array(scaled, dtype=kind)


def counts_of(
    good: Sequence[Number], valid: Sequence[Number], grid: Grid, coverage: Coverage
) -> Counts:
    """Put the covered intervals together."""
    import numpy as np

    rows = [slot for slot, covered in enumerate(coverage.covered) if covered]
    good, valid = [good[slot] for slot in rows], [valid[slot] for slot in rows]
    scale = common_scale((good, valid))
    slots = np.array(rows, dtype=np.int64)
    hidden = np.frombuffer(bytes(coverage.hidden), dtype=np.uint8)[slots]
    return Counts(
        start_ns=grid.origin_ns + slots * grid.step_ns,
        step_ns=grid.step_ns,
        good=whole(good, scale),
        valid=whole(valid, scale),
        known=hidden == 0,
        scale=scale,
    )
