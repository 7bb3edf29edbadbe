"""A partial restoration that was seen, and how long incidents run on after one.

ln(rest) = -0.14 + 0.94 ln t_p, residual sd 1.13, over the incidents of which both moments are
known; given that the rest has already taken some time, conditional on more than that.

Source: MODEL.md section 2 (49 public incidents; leave-one-out CRPS 5.8 h against 8.5 h of the total
length truncated at the elapsed time).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.stats.normal import upper_tail_draw

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

INTERCEPT, SLOPE, RESIDUAL_SD = -0.14, 0.94, 1.13


def rest_h(reached_h: Array, waited_h: Array, u: Array) -> Array:
    """Hours from a partial restoration to the full one.

    Parameters
    ----------
    reached_h
        t_p: hours from the incident's start to the partial restoration, above 0.
    waited_h
        Hours since then, in which service was not yet full; 0 or less: nothing is known.
    u
        Draws in (0, 1): the rest is its quantile at u, given that it exceeds ``waited_h``.

    Examples
    --------
    >>> six, half = np.array([6.0]), np.array([0.5])
    >>> [round(float(rest_h(six, np.array([waited]), half)[0]), 1) for waited in (0.0, 6.0)]
    [4.7, 11.8]
    """
    middle = INTERCEPT + SLOPE * np.log(reached_h)
    known = waited_h > 0
    bound = (np.log(np.where(known, waited_h, 1.0)) - middle) / RESIDUAL_SD
    z = upper_tail_draw(np.where(known, bound, -np.inf), u)
    return np.asarray(np.exp(middle + RESIDUAL_SD * z))
