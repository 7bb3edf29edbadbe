"""The state of an action: how far it is."""

from __future__ import annotations

import enum


class State(enum.Enum):
    """How far an action is."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"

    __hash__ = object.__hash__  # members are looked up in sets all the time; by name is slow
