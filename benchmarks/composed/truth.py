"""The truth of a composed document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composed.story import Stage


class Truth(NamedTuple):
    """A document and what it states.

    Parameters
    ----------
    text
        The document.
    facts
        What it states; a fact that is not here is not stated.
    unsure
        Facts for which no value is right, too.
    stages, states
        The plan, and how far each of its actions has come.
    skipped
        Facts that are not judged.
    """

    text: str
    facts: Mapping[str, Any]
    unsure: frozenset[str] = frozenset()
    stages: tuple[Stage, ...] = ()
    states: Mapping[str, str] = {}
    skipped: frozenset[str] = frozenset()
