"""A check: what does not fit together in a plan or a text, as its reader or the engine found."""

from __future__ import annotations

from impactcalc.named import NamedTuple


class Check(NamedTuple):
    """A finding about the plan or the text itself; ``lines`` of the input."""

    kind: str
    message: str
    lines: tuple[int, ...]
