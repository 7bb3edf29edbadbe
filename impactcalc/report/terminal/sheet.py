"""The sheet that every screen is written on: how wide it is, and how its lines end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NARROWEST, WIDEST = 60, 100


def fitting(width: int) -> int:
    """Columns that are used of a terminal's: 60 to 100.

    Examples
    --------
    >>> fitting(40), fitting(80), fitting(200)
    (60, 80, 100)
    """
    return max(NARROWEST, min(WIDEST, width))


def ended(lines: Iterable[str]) -> str:
    r"""Text of the lines, each without blanks at its end, the last one ended too.

    Examples
    --------
    >>> ended(["one  ", "two"])
    'one\ntwo\n'
    """
    return "".join(f"{line.rstrip()}\n" for line in lines)
