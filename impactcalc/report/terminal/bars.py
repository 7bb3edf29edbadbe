"""Pictures in text: an interval on an axis, and a bar from the middle to either side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.domain.result import Summary
    from impactcalc.report.narrative.drivers import DriverRow
    from impactcalc.report.terminal.ink import Ink

_LABEL, _AT = 36, 8


class Marks(NamedTuple):
    """Characters of a bar."""

    line: str
    half: str
    mean: str
    nothing: str


_UNICODE = Marks("─", "█", "●", "│")
_ASCII = Marks("-", "=", "o", "|")


def interval_bar(
    figure: Summary, dot: float, ends: tuple[float, float], room: int, *, unicode: bool
) -> str:
    """Draw P5 to P95 as a line, P25 to P75 as a bar, a dot, and where 0 lies.

    Parameters
    ----------
    figure, dot
        What is drawn, and where its dot stands.
    ends
        Of the axis; 0 lies between them.
    room
        Columns.
    unicode
        Whether more than ASCII may be written.
    """
    marks = _UNICODE if unicode else _ASCII
    cells = [" "] * room
    for low, high, mark in (
        (figure.p5, figure.p95, marks.line),
        (figure.p25, figure.p75, marks.half),
    ):
        for place in range(_place(low, ends, room), _place(high, ends, room) + 1):
            cells[place] = mark
    nothing = _place(0.0, ends, room)
    if cells[nothing] == " ":
        cells[nothing] = marks.nothing
    cells[_place(dot, ends, room)] = marks.mean
    return "".join(cells)


def bar_key(*, unicode: bool) -> str:
    """Say what the marks of `interval_bar` are."""
    marks = _UNICODE if unicode else _ASCII
    return (
        f"{marks.line} 9 in 10, {marks.half} half of the cases, {marks.mean} average, "
        f"{marks.nothing} no saving"
    )


def swing_bar(
    values: tuple[float, float, float], ends: tuple[float, float], room: int, *, unicode: bool
) -> str:
    """Draw a bar from the lower to the higher of two values, and the middle as a line.

    Parameters
    ----------
    values
        The answer at the input's P10 and at its P90, and the answer itself.
    ends, room, unicode
        As of `interval_bar`.
    """
    marks = _UNICODE if unicode else _ASCII
    low, high = sorted(values[:2])
    cells = [" "] * room
    for place in range(_place(low, ends, room), _place(high, ends, room) + 1):
        cells[place] = marks.half
    cells[_place(values[2], ends, room)] = marks.nothing
    return "".join(cells)


def tornado_lines(rows: Sequence[DriverRow], middle: float, ink: Ink, width: int) -> Iterator[str]:
    """Yield a tornado: a heading, and a bar for every input from its lower to its higher answer.

    Parameters
    ----------
    rows
        Inputs in words, the strongest first.
    middle
        The answer itself.
    ink, width
        What the terminal can show, and its columns.
    """
    values = [value for row in rows for value in (row.low, row.high)]
    ends = (min(middle, *values), max(middle, *values))
    room = width - _LABEL - 2 * _AT - 2
    yield ink.paint(
        ink.cut("What moves it most: the average at each input's P10 and P90", width), "dim"
    )
    for row in rows:
        bar = swing_bar((row.low, row.high, middle), ends, room, unicode=ink.unicode)
        left, right = (
            (row.low_at, row.high_at) if row.low <= row.high else (row.high_at, row.low_at)
        )
        label = ink.left(f"  {row.label}", _LABEL)
        yield f"{label}{ink.right(left, _AT)} {ink.paint(bar, 'blue')} {ink.left(right, _AT)}"


def _place(value: float, ends: tuple[float, float], room: int) -> int:
    """Give the column of a value; one beyond the axis stands at its end."""
    span = (ends[1] - ends[0]) or 1.0
    return max(0, min(room - 1, round((value - ends[0]) / span * (room - 1))))
