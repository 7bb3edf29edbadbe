"""The drivers: which uncertain input moves the answer most, from the trials already run.

The wanted output is the customer's total loss, without money the time to full recovery. Inputs are
the independent draws: of a plan the common factor ("all stages slow or fast together") and each
stage's own part; lengths of stages themselves go together, their indices would add up to more than
1 (MODEL.md section 5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from impactcalc.analysis.inputs import inputs
from impactcalc.domain.result import Driver, DriverEnd
from impactcalc.stats.conditional import bin_means, ends, first_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from impactcalc.analysis.inputs import Input
    from impactcalc.engine.model import Model
    from impactcalc.engine.sampling import Sample

    Array = NDArray[np.float64]

POINTS = 512
"""Points a replicate: 8,192 trials place indices to about a hundredth, for a millisecond."""
MOST = 8
_ERRORS = 2.0
_LEAST = 5e-4


class Wanted(NamedTuple):
    """The output that the drivers move: its name in the document, and its trials (16, n)."""

    name: str
    values: Array


class Effect(NamedTuple):
    """What one input does to the output."""

    input: Input
    driver: Driver


def wanted(model: Model, found: Sample) -> Wanted:
    """Choose the output: money before time."""
    loss = model.total
    name = "recovery.full_recovery_h" if loss is None else "customer.total"
    kept = found.figures["full_recovery_h" if loss is None else loss]
    return Wanted(name, kept[:, :POINTS])


def effects(model: Model, found: Sample) -> tuple[Effect, ...]:
    """Measure every input's effect, the strongest first.

    Inputs whose effect the trials cannot tell from none are left out: a swing inside two errors and
    an index below 0.05%.
    """
    output = wanted(model, found)
    values = np.ascontiguousarray(output.values)
    variance, points = float(values.var()), values.shape[1]
    there = tuple(inputs(model))
    if not (variance > 0 and there):
        return ()
    means = np.stack([bin_means(values, found.streams.draw(one.name, 0, points)) for one in there])
    indices, swings = first_order(means, variance), ends(means)
    felt = (indices >= _LEAST) | (np.abs(swings.high - swings.low) > _ERRORS * swings.error)
    order = [k for k in np.argsort(-indices, kind="stable").tolist() if felt[k]]
    felt_ones = []
    for k in order:
        one = there[k]
        pair = DriverEnd(one.at[0], swings.low.item(k)), DriverEnd(one.at[1], swings.high.item(k))
        low, high = pair if one.at[0] <= one.at[1] else reversed(pair)  # its own lower value first
        driver = Driver(one.words, low, high, indices.item(k), one.unit, output.name)
        felt_ones.append(Effect(one, driver))
    return tuple(felt_ones)
