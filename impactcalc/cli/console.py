"""The console: what it can show, and the only two places that write to it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from typing import TYPE_CHECKING, TextIO

from impactcalc.errors import OutputError
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

NARROWEST, WIDEST, PIPED = 20, 100, 80  # columns
MOST_LINES, MOST_CHARACTERS, LONGEST_LINE = 36, 7_500, 800  # of messages on standard error
BLOCKS = "▁█·±"  # what the terminal answer wants beyond ASCII


class Face(NamedTuple):
    """What standard output can show: columns, colour, characters beyond ASCII."""

    width: int
    colour: bool
    unicode: bool


def face() -> Face:
    """Look at standard output and the environment.

    Colour needs a terminal, ``NO_COLOR`` unset or empty and ``TERM`` other than dumb;
    ``FORCE_COLOR`` forces it.
    """
    terminal = sys.stdout is not None and sys.stdout.isatty()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    forced = bool(os.environ.get("FORCE_COLOR")) and not os.environ.get("NO_COLOR")
    columns = shutil.get_terminal_size((PIPED, 24)).columns if terminal else _columns()
    return Face(
        width=min(max(columns, NARROWEST), WIDEST),
        colour=forced or (terminal and not plain),
        unicode=_encodes(sys.stdout, BLOCKS),
    )


def _columns() -> int:
    """``COLUMNS`` when output is piped: what a person sets, else 80."""
    text = os.environ.get("COLUMNS", "")
    return int(text) if text.isascii() and text.isdigit() and int(text) > 0 else PIPED


def _encodes(stream: TextIO | None, text: str) -> bool:
    """Whether a stream's encoding has these characters."""
    try:
        text.encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def emit(text: str, *, utf8: bool = False) -> None:
    """Write an answer to standard output and flush it, so that a full disk is noticed.

    Parameters
    ----------
    text
        The answer with its line ends.
    utf8
        JSON and YAML are UTF-8 whatever the console speaks; other text takes the console's
        encoding, with ``?`` for what it lacks.

    Raises
    ------
    OutputError
        When standard output is closed or full.
    BrokenPipeError
        When the reader has gone.
    """
    if not text:
        return
    if sys.stdout is None:
        raise OutputError("standard output is closed")
    encoding = "utf-8" if utf8 else (sys.stdout.encoding or "utf-8")
    try:
        sys.stdout.buffer.write(text.encode(encoding, "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"standard output: {error.strerror}") from error


def abandon() -> None:
    """Point standard output to nowhere, so that the interpreter's own last flush is silent."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # closed, or no file at all
        output = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, output)
        os.close(nowhere)


def complain(messages: Iterable[str]) -> None:
    """Write one line a message to standard error; never more than a screen or two.

    A standard error that cannot be written to changes nothing: the exit code says it all.
    """
    from impactcalc.report.escape import escape

    lines = [_cut(escape(message)) for message in messages]
    shown, size = 0, 0
    while shown < min(len(lines), MOST_LINES) and size + len(lines[shown]) < MOST_CHARACTERS:
        size += len(lines[shown]) + 1
        shown += 1
    rest = len(lines) - shown
    if rest:
        lines[shown:] = [f"... and {rest} more"]
    if sys.stderr is None:
        return
    encoding = sys.stderr.encoding or "ascii"
    text = "".join(f"{line}\n" for line in lines).encode(encoding, "backslashreplace")
    with contextlib.suppress(OSError):
        sys.stderr.write(text.decode(encoding))
        sys.stderr.flush()


def _cut(line: str) -> str:
    """Shorten a line that quotes too much."""
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 4] + " ..."
