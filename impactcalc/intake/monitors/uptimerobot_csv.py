"""UptimeRobot's CSV: the events of monitors, as its pages export them.

Its durations are rounded, so a state lasts from its event to the next one; the newest event lasts
as long as its rounded duration may mean. Its times have no offset: a zone must be given.

Source: slo/README.md, semantics 19.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from impactcalc.domain.observation import SECOND_NS
from impactcalc.intake.foreign_json import Complaints, shown
from impactcalc.intake.instants import date_order, parse_instant
from impactcalc.intake.monitors.timeline import DOWN, UNKNOWN, UP, Event
from impactcalc.intake.monitors.uptimerobot import Monitor, oldest_first

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo
    from fractions import Fraction

    from impactcalc.intake.observation_file import ObservationFile

    Row = dict[str, str]

_EVENTS: dict[str, Fraction | None] = {
    "down": DOWN, "up": UP, "started": UP, "resumed": UP, "paused": UNKNOWN,
}  # fmt: skip
_EVENT, _TIME, _DURATION, _MONITOR = "event", "time", "duration", "monitor"
_COLUMNS = {
    "event": _EVENT, "date-time": _TIME, "datetime": _TIME, "date time": _TIME,
    "duration": _DURATION, "monitor": _MONITOR, "monitor name": _MONITOR,
}  # fmt: skip
_UNITS = {"d": 86_400, "h": 3600, "m": 60, "s": 1}


def _column(name: str) -> str:
    """Role of a column, whatever its case and what stands in brackets behind it."""
    plain = name.strip().strip('"').lower()
    return _COLUMNS.get(re.sub(r"\s*\((?!in).*\)$", "", plain), plain)


def is_uptimerobot_csv(data: bytes) -> bool:
    r"""Tell by the header whether a CSV file is an export of UptimeRobot's events.

    Examples
    --------
    >>> is_uptimerobot_csv(b"Event,Date-Time,Reason,Duration\n"), is_uptimerobot_csv(b"a,b")
    (True, False)
    """
    head = data[:4096].decode("utf-8-sig", "replace").partition("\n")[0]
    return {_EVENT, _TIME} <= {_column(name) for name in re.split("[,;\t]", head)}


def read_uptimerobot_csv(
    source: ObservationFile, zone: tzinfo | None, complaints: Complaints
) -> list[Monitor]:
    """Read the events of every monitor in the file; problems go to `complaints`."""
    rows = list(_rows(source, complaints))
    order = next(filter(None, (date_order(row[_TIME]) for _, row in rows)), "")
    monitors: dict[str, list[Event]] = {}
    for line, row in rows:
        events = monitors.setdefault(row.get(_MONITOR, ""), [])
        event = _event(line, row, zone, order, complaints)
        if event is not None:
            events.append(event)
    if not rows and not complaints.problems:
        complaints.add("", "no rows after the header: nothing to measure", "export it again")
    return [Monitor(name, name, oldest_first(events)) for name, events in monitors.items()]


def _rows(source: ObservationFile, complaints: Complaints) -> Iterator[tuple[int, Row]]:
    """Yield rows by the role of their columns, with the line on which each ends."""
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        complaints.add("", "is not UTF-8", "save the file as UTF-8")
        return
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [_column(name) for name in next(reader, [])]
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) == len(header):
                yield reader.line_num, dict(zip(header, map(str.strip, cells), strict=True))
            else:
                what = f"{len(cells)} cells where the header has {len(header)}"
                complaints.add("", what, "quote cells that hold the separator", reader.line_num)
    except csv.Error as error:
        complaints.add("", f"broken quotes ({error})", "export it again", reader.line_num)


def _event(
    line: int, row: Row, zone: tzinfo | None, order: str, complaints: Complaints
) -> Event | None:
    """Read one row."""
    kind, at_ns = row[_EVENT].lower(), None
    if kind not in _EVENTS:
        what = f"event {shown(row[_EVENT])} is not known"
        complaints.add("", what, "known are Up, Down, Started, Paused", line)
    try:
        at_ns = parse_instant(row[_TIME], zone, order)
    except ValueError as error:
        complaints.add("", str(error), "", line)
    if at_ns is None or kind not in _EVENTS:
        return None
    length = _longest(row.get(_DURATION, ""))
    return Event(at_ns, _EVENTS[kind], None if length is None else at_ns + length * SECOND_NS)


def _longest(text: str) -> int | None:
    """Read a rounded duration as the longest time in seconds that it may mean.

    Examples
    --------
    >>> _longest("26 hrs, 5 mins"), _longest("")
    (93960, None)
    """
    found = re.findall(r"([0-9]{1,7})\s*([dhms])", text.lower())
    if not found:
        return None
    exact = sum(int(number) * _UNITS[unit] for number, unit in found)
    return exact + min(_UNITS[unit] for _, unit in found)
