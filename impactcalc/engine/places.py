"""Places of the draws in the table of Sobol columns.

A draw keeps its column whatever is added behind it: the stages take theirs in the plan's order,
and what does not belong to a stage has columns of its own that no stage can take. So a stage at the
end, a further key of the business or of the contract changes no other draw. The first columns are
the most even ones: a stated share and the moments lie first, then the stages; the many small
unknowns of a derived share weigh less than one duration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

KEPT_FREE = range(10, 42)
"""Columns of the single draws: no stage takes them."""
FURTHER = range(192, 224)
"""Columns of further incidents; those past them are drawn by counter."""
LATE = range(224, 256)
"""Columns of third and later tries whose chance is uncertain; those past them by counter."""


def places(
    first: Sequence[str],
    stages: Iterable[str],
    single: Sequence[str],
    further: Sequence[str],
    late: Iterable[str],
) -> tuple[str | None, ...]:
    """Lay the names of the draws out by column.

    Parameters
    ----------
    first
        Draws before all stages, at most 10.
    stages
        Draws of the stages that every trial rests on, in the plan's order.
    single
        Draws that belong to no stage, at most 32.
    further
        Draws of further incidents.
    late
        Draws of third and later tries, in the plan's order.

    Returns
    -------
    The name of each column, None where it is free. Names that find none are left out: they are
    drawn by counter.

    Examples
    --------
    >>> places(["z"], ["a", "b"], ["share"], [], [])[:4]
    ('z', 'a', 'b', None)
    >>> places(["z"], ["a", "b"], ["share"], [], []).index("share")
    10
    """
    named = dict(enumerate(first))
    named |= dict(zip(_of_stages(len(named)), stages, strict=False))
    named |= dict(zip(KEPT_FREE, single, strict=False))
    named |= dict(zip(FURTHER, further, strict=False))
    named |= dict(zip(LATE, late, strict=False))
    return tuple(named.get(column) for column in range(max(named, default=-1) + 1))


def _of_stages(begin: int) -> Iterator[int]:
    yield from range(begin, KEPT_FREE.start)
    yield from range(KEPT_FREE.stop, FURTHER.start)
