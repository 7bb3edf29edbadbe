"""What each stage restores: stated shares, a derived first share, or the default division."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.models.recovery.gating import gating
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from impactcalc.domain.incident import Stage

    Array = NDArray[np.float64]

FIRST_SHARE = 0.6
"""Share that the first gating stage restores when nothing is stated [A]."""
_ROUNDING = 1e-12


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


class Division(NamedTuple):
    """How a plan with added or removed stages divides what the stages of the base restore.

    Parameters
    ----------
    base
        The plan as it stands.
    kept
        Indices of the stages that remain.
    added
        Stated share of each added stage, behind the others; None: not stated.
    """

    base: Sequence[Stage]
    kept: tuple[int, ...]
    added: tuple[float | None, ...]


def divided_shares(
    division: Division, initial: Array | None = None, after: Array | None = None
) -> list[Array | float]:
    """Share of the initial loss that each stage of a changed plan gives back.

    Added stages restore what they state; without a statement they take over what is removed,
    evenly. The stages that remain share the rest in proportion to what they restore in the base:
    so a removed stage's share goes to the other gating stages in proportion.

    Raises
    ------
    ValueError
        When no stage is left that restores anything.
    """
    base = restored_shares(division.base, initial, after)
    kept = [base[index] for index in division.kept]
    removed = [share for index, share in enumerate(base) if index not in division.kept]
    added = _added_shares(division.added, _total(removed))
    rest, whole = 1.0 - _total(added), _total(kept)
    restoring = sum(1 for share in kept if np.any(np.asarray(share) > 0))
    if not restoring:
        if np.any(np.asarray(rest) > _ROUNDING):
            raise ValueError("no stage is left that gives service back")
        return [*kept, *added]
    return [*(_part(share, whole, rest, restoring) for share in kept), *added]


def _total(shares: Sequence[Array | float]) -> Array | float:
    total: Array | float = 0.0
    for share in shares:
        total = total + share
    return total


def _added_shares(added: tuple[float | None, ...], removed: Array | float) -> list[Array | float]:
    """Give the stages without a stated share what is removed, as far as the others leave it."""
    stated = [share for share in added if share is not None]
    silent = len(added) - len(stated)
    taken: Array | float = np.minimum(removed, 1.0 - sum(stated)) / max(silent, 1)
    return [taken if share is None else share for share in added]


def _part(
    share: Array | float, whole: Array | float, rest: Array | float, restoring: int
) -> Array | float:
    """Scale what a stage restores so that all of them restore the rest, evenly where none did."""
    if isinstance(share, float) and not share:
        return share
    if isinstance(whole, float) and isinstance(rest, float):
        return share if whole == rest else share * (rest / whole)
    some = np.asarray(whole) > 0
    scaled = share * (rest / np.where(some, whole, 1.0))
    return np.where(some, scaled, np.asarray(rest) / restoring)
