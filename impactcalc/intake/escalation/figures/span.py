"""A span: the window of a stage as its words state it, and where they stand.

The annotations are no text here (no ``from __future__``): a `NamedTuple` compiles each that is.
"""

from decimal import Decimal

from impactcalc.named import NamedTuple


class Edge(NamedTuple):
    """One end of a window.

    Parameters
    ----------
    amount
        Seconds, or a number of business days.
    business
        Whether `amount` counts business days.
    """

    amount: Decimal
    business: bool = False


class Span(NamedTuple):
    """A window as a plan states it.

    Parameters
    ----------
    earliest, latest
        Its ends, counted from the plan's start; None when not stated.
    start, end
        Where its words stand.
    calendar
        Whether the words are a calendar phrase that cannot be turned into hours.
    problem
        Why its ends were left out.
    """

    earliest: Edge | None
    latest: Edge | None
    start: int
    end: int
    calendar: bool = False
    problem: str = ""
