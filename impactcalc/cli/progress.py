"""The progress line of a long run: on a terminal alone, after half a second, wiped at the end."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY_S = 0.5
_MINUTE_S, _HOUR_S = 60, 3600


class Line:
    """Whether the line stands on the screen."""

    shown = False


def progress_line(trials_a_point: int = 16) -> Callable[[int, int], None] | None:
    """Give a function that shows trials done and time left; None where nobody watches.

    Parameters
    ----------
    trials_a_point
        Trials behind a point of the run.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    begun = last = time.monotonic()

    def show(done: int, most: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _EVERY_S:
            return
        last = now
        left = (now - begun) * (most - done) / done
        line = f"{done * trials_a_point:,} of at most {most * trials_a_point:,} trials"
        sys.stderr.write(f"\r{line}, {time_left(left)} left (Ctrl-C stops) \x1b[K")
        sys.stderr.flush()
        Line.shown = True

    return show


def wipe() -> None:
    """Take the line off the screen, when it is there."""
    if not Line.shown or sys.stderr is None:
        return
    Line.shown = False
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def time_left(seconds: float) -> str:
    """Write a rest of time in one unit.

    Examples
    --------
    >>> time_left(8.2), time_left(200), time_left(9000)
    ('8 s', '3 min', '2.5 h')
    """
    if seconds < _MINUTE_S:
        return f"{seconds:.0f} s"
    if seconds < _HOUR_S:
        return f"{seconds / _MINUTE_S:.0f} min"
    return f"{seconds / _HOUR_S:.1f} h"
