"""A part of a text that is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Part(NamedTuple):
    """Lines that are not read.

    Parameters
    ----------
    begin, end
        Indices of the first line and of that behind the last one.
    disputed
        The fact of which the text gives two versions, none of them called valid; empty where the
        text itself sets the part aside.
    """

    begin: int
    end: int
    disputed: str = ""


def parts_in(count: int, end_of: Callable[[int], int]) -> Iterator[Part]:
    """Give the parts of so many lines, one behind the other.

    Parameters
    ----------
    count
        How many lines there are.
    end_of
        Gives the index behind the part that a line opens; 0 when it opens none.

    Examples
    --------
    >>> [one[:2] for one in parts_in(6, lambda at: {1: 3, 2: 4, 4: 5}.get(at, 0))]
    [(1, 3), (4, 5)]
    """
    at = 0
    while at < count:
        end = end_of(at)
        if end:
            yield Part(at, end)
        at = max(at + 1, end)
