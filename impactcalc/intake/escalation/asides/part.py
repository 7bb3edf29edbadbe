"""A part of a text that is set aside."""

from __future__ import annotations

from impactcalc.named import NamedTuple


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
