"""The progress line shows on a terminal alone, with the time left."""

import io
import sys

import pytest

from impactcalc.cli.options import read_trials
from impactcalc.cli.progress import progress_line, time_left, wipe
from impactcalc.errors import InputError


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_nobody_watches_a_pipe(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert progress_line() is None
    monkeypatch.setattr(sys, "stderr", None)
    assert progress_line() is None


def test_a_terminal_sees_trials_and_time_left(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    show = progress_line()
    show(256, 1024)  # within the first half second: not shown
    now[0] += 0.6
    show(512, 1024)
    show(513, 1024)  # within half a second: not shown again
    lines = screen.getvalue()
    assert lines.count("trials") == 1
    assert "8,192 of at most 16,384 trials, 1 s left" in lines
    assert "Ctrl-C" in lines
    wipe()
    wipe()
    assert screen.getvalue() == lines + "\r\x1b[K"


def test_time_left_is_written_in_one_unit():
    assert time_left(59.4) == "59 s"
    assert time_left(7200) == "2.0 h"


def test_a_billion_trials_may_be_written_as_1e9():
    assert read_trials("1e9") == 1_000_000_000
    assert read_trials("512") == 512
    for wrong in ("1e", "e9", "1e99", "1.5e3"):
        with pytest.raises(InputError, match="--trials"):
            read_trials(wrong)
