"""The observed share: how much work failed, stretch by stretch, in the time that was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from impactcalc.domain.observation import Window


class ObservedShare(NamedTuple):
    """Known time up to the forecast, in disjoint rising stretches; all other time is unknown.

    Parameters
    ----------
    start_ns, end_ns
        int64, UTC nanoseconds.
    lost_share
        float64: bad / valid; 0 where nothing was asked (idle).
    judged
        bool: False where nothing was asked, so that nothing could fail.
    readings
        float64 by reading of downtime (all_fail, threshold, proportional): the share of each
        stretch that counts as down by the contract's rule.
    span
        The data's own span, cut to what is used.
    files
        Names as the person wrote them.
    beyond
        Whether the data go on after the forecast; that part is not used.
    """

    start_ns: NDArray[Any]
    end_ns: NDArray[Any]
    lost_share: NDArray[Any]
    judged: NDArray[Any]
    readings: Mapping[str, NDArray[Any]]
    span: Window
    files: tuple[str, ...] = ()
    beyond: bool = False
