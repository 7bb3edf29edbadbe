"""Actual ends and losses: a CSV file of what came true, one line a forecast or an incident."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from impactcalc.domain.track_record import Actual, SkippedForecast
from impactcalc.errors import InputError, Problem
from impactcalc.intake.moments import is_bare_date, noon_or_instant, parse_moment
from impactcalc.intake.source import read_bytes
from impactcalc.intake.tables.csv_file import open_csv, rows
from impactcalc.named import NamedTuple
from impactcalc.units.money import parse_money
from impactcalc.units.number import parse_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

COLUMNS = ("id", "as_of", "ended", "loss")
LARGEST = 5_000_000
_HEADER = "write its first line: id,as_of,ended,loss"
_SECOND = timedelta(seconds=1)


class Actuals(NamedTuple):
    """The lines that can be used, those that cannot, and what a reader should know."""

    file: str
    lines: tuple[Actual, ...]
    skipped: tuple[SkippedForecast, ...]
    remarks: tuple[str, ...]


class _RefusedError(ValueError):
    """A line that cannot be used, with the reason."""


def read_actuals(name: str) -> Actuals:
    """Read what came true; a line that cannot be used is listed, never guessed.

    Parameters
    ----------
    name
        CSV file with the columns ``id``, ``as_of`` (empty: every forecast of the incident),
        ``ended`` (empty: still open) and ``loss`` (empty: not known); ``-``: standard input.

    Raises
    ------
    InputError
        When it is no such table, or no line of it can be used.
    """
    data = read_bytes(name, LARGEST)
    with tempfile.TemporaryDirectory(prefix="impactcalc-") as scratch:
        plain = Path(scratch) / "actuals.csv"
        plain.write_bytes(data)
        opened = open_csv(name, plain, Path(scratch))
        places = _places(opened.header, name, opened.header_line)
        kept: list[Actual] = []
        skipped: list[SkippedForecast] = []
        dated = 0  # ends that are known to the day alone
        for row in rows(opened):
            try:
                cells = _cells(row.fields, places, len(opened.header))
                kept.append(_actual(row.line, cells, kept))
                dated += is_bare_date(cells.get("ended", ""))
            except _RefusedError as reason:
                skipped.append(SkippedForecast(name, row.line, str(reason)))
    if not kept:
        raise InputError(*_nothing(name, skipped))
    words = f"ends without a time of day: {dated}, taken as 12:00 UTC"
    return Actuals(name, tuple(kept), tuple(skipped), (words,) if dated else ())


def _nothing(name: str, skipped: Sequence[SkippedForecast]) -> list[Problem]:
    if not skipped:
        return [Problem("no lines after the header: nothing came true yet", "", name)]
    return [Problem(one.why, "", name, one.line) for one in skipped[:20]]


def _places(header: Sequence[str], name: str, line: int) -> Mapping[str, int]:
    """Find the columns by their names."""
    lower = [column.strip().lower() for column in header]
    places = {key: lower.index(key) for key in COLUMNS if key in lower}
    missing = [key for key in ("id", "ended") if key not in places]
    if missing and not ("id" in places and "loss" in places):
        words = " and ".join(f"'{key}'" for key in missing)
        raise InputError(Problem(f"has no column {words}", _HEADER, name, line))
    return places


def _cells(fields: Sequence[str], places: Mapping[str, int], width: int) -> Mapping[str, str]:
    if len(fields) != width:
        raise _RefusedError(f"{len(fields)} fields, the header has {width}; remove or add a field")
    return {key: fields[place].strip() for key, place in places.items()}


def _actual(line: int, cells: Mapping[str, str], before: Sequence[Actual]) -> Actual:
    """Read one line, or refuse it with its reason."""
    number = cells["id"]
    if not number:
        raise _RefusedError("id is empty; write the incident's id as its records have it")
    first, last = _asked(cells.get("as_of", ""))
    ended = _ended(cells.get("ended", ""))
    loss, currency = _loss(cells.get("loss", ""))
    found = Actual(line, number, first, last, ended, loss, currency)
    twice = next((one for one in before if (one.id, one.first) == (number, first)), None)
    if twice is not None:
        raise _RefusedError(f"{number} stands already on line {twice.line}; keep one of them")
    if ended is not None and first is not None and ended < first:
        raise _RefusedError(
            f"ended {cells['ended']} lies before as_of {cells['as_of']}; mend one of them"
        )
    return found


def _asked(text: str) -> tuple[datetime | None, datetime | None]:
    """Read the moment of a forecast: to the second, or any of that day."""
    if not text:
        return None, None
    try:
        moment = parse_moment(text)
    except ValueError as error:
        raise _RefusedError(f"as_of: {error}") from None
    last = moment.latest if moment.exact else moment.latest - _SECOND
    return moment.earliest, last


def _ended(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return noon_or_instant(text)
    except ValueError as error:
        raise _RefusedError(f"ended: {error}") from None


def _loss(text: str) -> tuple[float | None, str]:
    """Read a loss: a bare number, or an amount with its currency."""
    if not text:
        return None, ""
    try:
        amount, currency = parse_number(text), ""
    except ValueError:
        try:
            money = parse_money(text)
        except ValueError as error:
            raise _RefusedError(f"loss: {error}") from None
        amount, currency = money.amount, money.currency
    if amount < 0:
        raise _RefusedError(f"loss: '{text}' is negative; write what was lost as 0 or more")
    return float(amount), currency
