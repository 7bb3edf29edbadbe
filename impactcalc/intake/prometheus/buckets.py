"""The buckets: increases of a classic histogram by upper bound and interval.

Source: slo/README.md, semantics 16: reset and increase per bucket, bounds by their number in any
order.
"""

from __future__ import annotations

import functools
from fractions import Fraction
from typing import TYPE_CHECKING

from impactcalc.domain.observation import Histogram
from impactcalc.errors import InputError, Problem
from impactcalc.intake.machine_number import INFINITE, parse_machine_number
from impactcalc.intake.prometheus.counters import add_up, common_scale, whole
from impactcalc.intake.prometheus.series import LE, NAME, moment, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.prometheus.grid import Coverage, Grid
    from impactcalc.intake.prometheus.series import Number, Series

    Bound = Fraction | None
    Group = dict[Bound, list[Series]]
    Key = tuple[tuple[str, str], ...]

SUFFIX = "_bucket"


def is_bucket(series: Series) -> bool:
    """Whether a series is a bucket of a classic histogram."""
    return LE in series.labels and (not series.name or series.name.endswith(SUFFIX))


def bound_of(series: Series) -> Bound:
    """Upper bound of a bucket; None for +Inf."""
    text = series.labels[LE]
    try:
        value = parse_machine_number(text)
    except ValueError:
        value = ""
    if value == INFINITE:
        return None
    if isinstance(value, str):
        what = f'{series.where}: le "{text}" is no upper bound'
        raise InputError(Problem(what, 'write a number or "+Inf"', series.file))
    return Fraction(value)


def _rising(bound: Bound) -> tuple[bool, Fraction]:
    return bound is None, bound or Fraction(0)


def histogram_of(
    series: Sequence[Series], grid: Grid, coverage: Coverage, threshold_s: Fraction
) -> Histogram:
    """Sum the buckets of all instances by bound.

    Raises
    ------
    InputError
        When buckets are not cumulative, one set has no +Inf, or instances differ in their bounds.
    """
    import numpy as np

    groups, bounds = checked(series)
    columns = [
        add_up(
            [one for group in groups.values() for one in group[bound]],
            grid,
            coverage,
            functools.partial(_is_last, bound=bound),
        )
        for bound in bounds
    ]
    rows = [slot for slot, covered in enumerate(coverage.covered) if covered]
    columns = [[column[slot] for slot in rows] for column in columns]
    scale = common_scale(columns)
    slots = np.array(rows, dtype=np.int64)
    hidden = np.frombuffer(bytes(coverage.hidden), dtype=np.uint8)[slots]
    return Histogram(
        start_ns=grid.origin_ns + slots * grid.step_ns,
        step_ns=grid.step_ns,
        bounds_s=bounds,
        increases=np.column_stack([whole(column, scale) for column in columns]),
        known=hidden == 0,
        threshold_s=threshold_s,
        scale=scale,
    )


def _is_last(_series: Series, bound: Bound) -> bool:
    """Count the resets of the +Inf bucket alone."""
    return bound is None


def checked(series: Sequence[Series]) -> tuple[dict[Key, Group], tuple[Bound, ...]]:
    """Gather buckets by their other labels, and check that each set is a whole histogram.

    Raises
    ------
    InputError
        As `histogram_of`.
    """
    groups = _groups(series)
    bounds = _common_bounds(groups)
    for group in groups.values():
        _refuse_falling(group, bounds)
    return groups, bounds


def _groups(series: Sequence[Series]) -> dict[Key, Group]:
    """Gather buckets by their other labels."""
    groups: dict[Key, Group] = {}
    for one in series:
        key = tuple(sorted((name, text) for name, text in one.labels.items() if name != LE))
        groups.setdefault(key, {}).setdefault(bound_of(one), []).append(one)
    return groups


def _common_bounds(groups: dict[Key, Group]) -> tuple[Bound, ...]:
    """Bounds of every set of buckets, which must agree and end with +Inf."""
    sets = [tuple(sorted(group, key=_rising)) for group in groups.values()]
    for bounds, group in zip(sets, groups.values(), strict=True):
        first = next(iter(group.values()))[0]
        name = written({key: text for key, text in first.labels.items() if key != LE})
        if bounds[-1] is not None:
            what = f'{name} has no bucket le="+Inf": the number of all events is not known'
            raise InputError(Problem(what, "query all buckets, +Inf too", first.file))
        if bounds != sets[0]:
            what = f"{name} has other bounds than the first histogram: they cannot be added up"
            raise InputError(Problem(what, "query one of them", first.file))
    return sets[0]


def _refuse_falling(group: Group, bounds: tuple[Bound, ...]) -> None:
    """Refuse buckets that hold fewer events than a smaller one: they are not cumulative."""
    below: dict[int, Number] = {}
    smallest = ""
    for bound in bounds:
        le = group[bound][0].labels[LE]
        here = {sample.at_ns: sample.value for one in group[bound] for sample in one.samples}
        for at_ns, value in here.items():
            smaller = below.get(at_ns, 0)
            if value < smaller:
                one = group[bound][0]
                name = one.labels.get(NAME, "")
                what = (
                    f'{name} le="{le}" is {value} at {moment(at_ns)}, less than the {smaller} of '
                    f'le="{smallest}": the buckets are not cumulative'
                )
                raise InputError(Problem(what, "query the ..._bucket series as they are", one.file))
        below, smallest = here, le
