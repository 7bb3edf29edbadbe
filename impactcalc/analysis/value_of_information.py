"""What an answer is worth: the expected value of partial perfect information on the actions.

Without the answer one action is chosen for all cases; with it the best one for each answer. Both
choices are made on 15 replicates and valued on the 16th, in turn: a maximum over means of the same
trials would count their noise as gain (.014 to .076 standard deviations where the truth is 0).

Source: MODEL.md section 5; Strong, Oakley and Brennan (2014) for the quantity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.named import NamedTuple
from impactcalc.stats.conditional import bin_means
from impactcalc.stats.risk import T15_975

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


class Worth(NamedTuple):
    """An expected value and its standard error over the replicates."""

    value: float
    error: float

    @property
    def shown(self) -> float:
        """The value, 0 where it lies inside its own half-width: no decision surely changes."""
        return self.value if self.value > T15_975 * self.error else 0.0


def worth_of_knowing(nets: Sequence[Array], u: Array) -> Worth:
    """Give the expected value of knowing an input before the action is chosen.

    Parameters
    ----------
    nets
        Net saving by trial of each action, shape (16, n); to do nothing is always possible too.
    u
        Uniform draws of the input in (0, 1), same shape.

    Examples
    --------
    >>> u = np.tile((np.arange(1600) + 0.5) / 1600, (16, 1))
    >>> round(worth_of_knowing([u - 0.5], u).value, 4)  # E max(0, U - 1/2) - 0
    0.125
    """
    nothing = np.zeros((u.shape[0], 16))
    means = np.stack([nothing, *(bin_means(net, u) for net in nets)])
    with_answer = _chosen_and_valued(means).mean(axis=-1)
    without = _chosen_and_valued(means.mean(axis=-1, keepdims=True))[..., 0]
    gains = with_answer - without
    return Worth(float(gains.mean()), float(np.std(gains, ddof=1) / np.sqrt(gains.size)))


def _chosen_and_valued(means: Array) -> Array:
    """Choose the best action on all other replicates, and value it on this one.

    Parameters
    ----------
    means
        By action, replicate and bin.

    Returns
    -------
    By replicate and bin.
    """
    others = means.sum(axis=1, keepdims=True) - means
    best = np.argmax(others, axis=0)[np.newaxis]
    return np.asarray(np.take_along_axis(means, best, axis=0)[0])


def worth_of_either(here: Sequence[float], there: Sequence[float]) -> float:
    """Give the expected value of knowing which of two readings holds, each equally likely [A].

    Parameters
    ----------
    here, there
        Mean net saving of every action under either reading; nothing done saves 0.

    Examples
    --------
    >>> worth_of_either([-1000.0], [3000.0])
    500.0
    """
    best = 0.5 * (max(0.0, *here) + max(0.0, *there))
    return best - max(0.0, *(0.5 * (a + b) for a, b in zip(here, there, strict=True)))
