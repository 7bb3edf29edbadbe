"""What each stage restores: stated shares, a derived first share, or the default division."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.models.recovery.gating import gating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from impactcalc.domain.incident import Stage

    Array = NDArray[np.float64]

FIRST_SHARE = 0.6
"""Share that the first gating stage restores when nothing is stated [A]."""


def restored_shares(
    stages: Sequence[Stage], initial: Array | None = None, after: Array | None = None
) -> list[Array | float]:
    """Share of the initial loss that each stage gives back; they add up to 1.

    Parameters
    ----------
    stages
        In plan order.
    initial, after
        Derived lost share at the start and after the first gating stage, shape (n_trials,): they
        set that stage's share to 1 - after/initial where nothing is stated.

    Returns
    -------
    One number or one array a stage.

    Examples
    --------
    >>> restored_shares(())
    []
    """
    gates = gating(stages)
    stated: list[float | None] = [
        float(s.restores.value) if s.restores is not None else None for s in stages
    ]
    shares: list[Array | float] = [0.0 if s is None else s for s in stated]
    open_ = [i for i, gate in enumerate(gates) if gate and stated[i] is None]
    if not open_:
        return shares
    # exact: the stated shares are decimals
    rest: Array | float = float(
        1 - sum((s.restores.value for s in stages if s.restores is not None), start=0)
    )
    nothing_stated = all(s is None or not gates[i] for i, s in enumerate(stated))
    if nothing_stated and len(open_) > 1:
        first = open_.pop(0)
        shares[first] = _first_share(initial, after)
        rest = 1.0 - shares[first]
    for index in open_:
        shares[index] = rest / len(open_)
    return shares


def _first_share(initial: Array | None, after: Array | None) -> Array | float:
    if initial is None or after is None:
        return FIRST_SHARE
    return np.clip(1.0 - after / np.maximum(initial, 1e-12), 0.0, 1.0)
