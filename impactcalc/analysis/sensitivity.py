"""The drivers: which uncertain input moves the answer most, from the trials already run.

The wanted output is the customer's total loss, without money the time to full recovery. Inputs are
the independent draws: of a plan the common factor ("all stages slow or fast together") and each
stage's own part; lengths of stages themselves go together, their indices would add up to more than
1 (MODEL.md section 5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.analysis.inputs import inputs
from impactcalc.domain.result import Driver, DriverEnd
from impactcalc.engine.sampling import BLOCK_POINTS
from impactcalc.engine.trials import HEAVY_LOG_SD
from impactcalc.models.recovery.plan import largest_open_log_sd
from impactcalc.named import NamedTuple
from impactcalc.stats.conditional import BINS, bin_means, ends, first_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from impactcalc.analysis.inputs import Input
    from impactcalc.engine.model import Model
    from impactcalc.engine.sampling import Sample

    Array = NDArray[np.float64]

FEW_POINTS, POINTS = 256, 1024
"""Points a replicate: few tell which inputs matter, more then place those to a hundredth."""
REFINED = 4
MOST = 8
_ERRORS = 2.0
_LEAST = 5e-4


class Effect(NamedTuple):
    """What one input does to the output."""

    input: Input
    driver: Driver


def wanted(model: Model, found: Sample) -> tuple[str, Array]:
    """Choose the output, money before time: its name in the document, and its trials (16, n)."""
    loss = model.total
    name = "recovery.full_recovery_h" if loss is None else "customer.total"
    kept = found.figures["full_recovery_h" if loss is None else loss]
    return name, kept[:, :POINTS]


def effects(model: Model, found: Sample) -> tuple[Effect, ...]:
    """Measure every input's effect, the strongest first.

    Inputs whose effect the trials cannot tell from none are left out: a swing inside two errors and
    an index below 0.05%.
    """
    if largest_open_log_sd(model.plan) >= HEAVY_LOG_SD:
        return ()  # no mean exists that an input could move
    output = wanted(model, found)
    rough = _measured(output, tuple(inputs(model)), found, FEW_POINTS)
    best = _measured(output, tuple(one.input for one in rough[:REFINED]), found, POINTS)
    # the refined ones stay in front: what is behind them is weaker than the noise that is left
    return (*best, *rough[REFINED:])


def draws(found: Sample, name: str, points: int) -> Array:
    """First draws of an input, by the blocks in which the trials have drawn it already."""
    parts = [_block(found, name, first) for first in range(0, points, BLOCK_POINTS)]
    return parts[0][:, :points] if len(parts) == 1 else np.concatenate(parts, axis=1)


def _block(found: Sample, name: str, first: int) -> Array:
    return found.streams.draw(name, first, min(BLOCK_POINTS, found.points))


def _means(values: Array, found: Sample, name: str) -> Array:
    """Bin means of a figure, block by block: small arrays stay in the cache."""
    points = values.shape[1]
    blocks = range(0, points, BLOCK_POINTS)
    means = np.zeros((values.shape[0], BINS))
    for first in blocks:
        last = min(first + BLOCK_POINTS, points)
        means += bin_means(values[:, first:last], _block(found, name, first)[:, : last - first])
    return means / len(blocks)


def _measured(
    output: tuple[str, Array], there: tuple[Input, ...], found: Sample, points: int
) -> tuple[Effect, ...]:
    """Measure inputs on the first points of every replicate, the strongest first."""
    name, values = output[0], output[1][:, :points]
    variance = float(values.var())
    if not (variance > 0 and there):
        return ()
    means = np.stack([_means(values, found, one.name) for one in there])
    indices, swings = first_order(means, variance), ends(means)
    felt = (indices >= _LEAST) | (np.abs(swings.high - swings.low) > _ERRORS * swings.error)
    measured = []
    for k in np.argsort(-indices, kind="stable").tolist():
        if not felt[k]:
            continue
        one = there[k]
        pair = DriverEnd(one.at[0], swings.low.item(k)), DriverEnd(one.at[1], swings.high.item(k))
        low, high = pair if one.at[0] <= one.at[1] else reversed(pair)  # its own lower value first
        driver = Driver(one.words, low, high, indices.item(k), one.unit, name)
        measured.append(Effect(one, driver))
    return tuple(measured)
