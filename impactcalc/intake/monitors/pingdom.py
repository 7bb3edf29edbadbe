"""Pingdom: the states of a check, from ``summary.outage``; what no state covers is unknown.

Source: Pingdom's API 3.1, "Get a list of status changes for a specified check".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.observation import Episode
from impactcalc.intake.foreign_json import Complaints, Item, shown
from impactcalc.intake.monitors.timeline import DOWN, UNKNOWN, UP

if TYPE_CHECKING:
    from fractions import Fraction

_STATES: dict[str, Fraction | None] = {
    "up": UP, "down": DOWN, "unknown": UNKNOWN, "unconfirmed_down": UNKNOWN, "paused": UNKNOWN,
}  # fmt: skip


def read_pingdom(document: dict[str, object], complaints: Complaints) -> list[Episode]:
    """Read the states of one check; an answer that is an error is a problem."""
    root = Item(document, "", complaints)
    error = root.item("error")
    if error.fields:
        what = error.text("errormessage", "statusdesc") or "no reason is given"
        complaints.add("", f"Pingdom answered with an error: {what}", "ask it again")
        return []
    summary = root.item("summary")
    if not isinstance(summary.fields.get("states"), list):
        summary.refuse("states", "is missing", "ask for /summary.outage/CHECK")
    states = [_state(one) for one in summary.items("states")]
    return [state for state in states if state is not None]


def _state(part: Item) -> Episode | None:
    """Read one state; an empty span is none."""
    status = part.read("status", str)
    start, end = part.instant("timefrom"), part.instant("timeto")
    if status is not None and status.lower() not in _STATES:
        part.refuse("status", f"{shown(status)} is not known", f"known are {', '.join(_STATES)}")
        return None
    if start is None or end is None or status is None:
        return None
    if end < start:
        part.refuse("timeto", f"{shown(part.text('timeto'))} lies before timefrom", "swap them")
        return None
    return Episode(start, end, _STATES[status.lower()]) if end > start else None
