"""UptimeRobot: the event logs of its monitors, from the API's JSON.

A state lasts from its event to the next one; the newest one's duration ends it. Paused time is
unknown, "started" is up.

Source: UptimeRobot's API v2, getMonitors, "log types"; slo/README.md, semantics 19.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from impactcalc.domain.observation import SECOND_NS, Remark
from impactcalc.intake.foreign_json import Complaints, Item, shown
from impactcalc.intake.monitors.timeline import DOWN, UNKNOWN, UP, Event
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

_TYPES: dict[str, Fraction | None] = {"1": DOWN, "2": UP, "98": UP, "99": UNKNOWN}


class Monitor(NamedTuple):
    """One monitor: its names, and its events in the order in which they happened."""

    id: str
    name: str
    events: list[Event]


def read_json(
    document: dict[str, object], complaints: Complaints
) -> tuple[list[Monitor], list[Remark]]:
    """Read the answer of getMonitors."""
    root = Item(document, "", complaints)
    if root.text("stat") == "fail":
        error = root.item("error")
        what = error.text("message", "type") or "no reason is given"
        complaints.add("", f"UptimeRobot answered with an error: {what}", "ask it again")
    monitors = [_monitor(one) for one in root.items("monitors")]
    page, remarks = root.item("pagination"), []
    total = page.text("total")
    if total.isdigit() and int(total) > len(monitors):
        words = f"holds {len(monitors)} of {total} monitors: further pages are missing"
        remarks.append(Remark(words, complaints.file))
    return monitors, remarks


def _monitor(part: Item) -> Monitor:
    """Read the logs of one monitor, which come newest first."""
    if part.fields.get("logs") is None:
        part.refuse("logs", "is missing", "ask getMonitors with logs=1")
    events = [event for log in part.items("logs") if (event := _log(log)) is not None]
    return Monitor(part.text("id"), part.text("friendly_name", "url", "id"), oldest_first(events))


def _log(log: Item) -> Event | None:
    at_ns, kind = log.instant("datetime"), log.read("type", str)
    if kind is not None and kind not in _TYPES:
        log.refuse("type", f"{shown(kind)} is no kind of log", "known are 1, 2, 98 and 99")
    duration = log.read("duration", _seconds) if log.fields.get("duration") is not None else None
    if at_ns is None or kind not in _TYPES:
        return None
    return Event(at_ns, _TYPES[kind], None if duration is None else at_ns + duration * SECOND_NS)


def _seconds(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,12}", text):
        raise ValueError(f"'{text}' is no duration in whole seconds")
    return int(text)


def oldest_first(events: list[Event]) -> list[Event]:
    """Turn a list that runs backwards, so that events of one instant keep their order."""
    backwards = bool(events) and events[0].at_ns > events[-1].at_ns
    return events[::-1] if backwards else events
