"""Availability of a whole of which some services must be up: what promises make together.

The product is for promises of independent services. What was measured is never multiplied: the
downtime of a whole is the union of its services' down minutes (`state_downtime`).

Source: Barlow and Proschan (1975), Statistical Theory of Reliability: k-out-of-n structures.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def availability_of(services: Sequence[Fraction], at_least: int | None = None) -> Fraction:
    """Give the chance that at least so many of several independent services are up.

    Parameters
    ----------
    services
        Availability of each, from 0 to 1.
    at_least
        How many must be up; None: all of them.

    Returns
    -------
    Fraction
        Exactly; 1 when none must be up.

    Raises
    ------
    ValueError
        When an availability lies outside 0 to 1, or more services are needed than there are.

    Examples
    --------
    >>> availability_of([Fraction("0.999"), Fraction("0.9995")])
    Fraction(1997001, 2000000)
    >>> availability_of([Fraction("0.999")] * 2, at_least=1)
    Fraction(999999, 1000000)
    """
    needed = len(services) if at_least is None else at_least
    if not 0 <= needed <= len(services):
        raise ValueError(f"{needed} services are needed; there are {len(services)}")
    chances = [Fraction(1)]  # that exactly so many of the first services are up
    for up in services:
        if not 0 <= up <= 1:
            raise ValueError(f"an availability is {up}; 0 to 1 is wanted")
        fewer, more = [*chances, Fraction(0)], [Fraction(0), *chances]
        chances = [(1 - up) * a + up * b for a, b in zip(fewer, more, strict=True)]
    return sum(chances[needed:], Fraction(0))
