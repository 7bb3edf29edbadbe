"""The source: the bytes of a named input, or of standard input.

What a path names is looked at before it is opened: a folder, a pipe or a device is refused, and
so is a file larger than its kind allows, without reading it.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from impactcalc.errors import InputError, Problem

STANDARD_INPUT = "-"
TEXT_LIMIT = 20_000_000
SCENARIO_LIMIT = 2_000_000
_MEGABYTE = 1_000_000

_KINDS = (
    (stat.S_ISDIR, "is a folder", "name a file in it"),
    (stat.S_ISFIFO, "is a pipe", "name a file, or - for standard input"),
    (stat.S_ISCHR, "is a device", "name a file, or - for standard input"),
    (stat.S_ISBLK, "is a device", "name a file"),
    (stat.S_ISSOCK, "is a socket", "name a file"),
)


def read_bytes(name: str, limit: int) -> bytes:
    """Read a whole input.

    Parameters
    ----------
    name
        A path, or ``"-"`` for standard input.
    limit
        The largest size that is accepted, in bytes.

    Returns
    -------
    bytes
        The content; empty for an empty file.

    Raises
    ------
    InputError
        When there is no such file, it is no regular file, it may not be read, or is larger.
    """
    if name == STANDARD_INPUT:
        return _read_standard_input(limit)
    try:
        status = os.stat(name)  # noqa: PTH116 - also answers for names that Path would normalise
        _refuse_odd_kind(name, status.st_mode)
        _refuse_large(name, status.st_size, limit)
        with Path(name).open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise InputError(_unreadable(name, error)) from error
    _refuse_large(name, len(data), limit)  # it may have grown since
    return data


def _read_standard_input(limit: int) -> bytes:
    """Read standard input to its end."""
    if sys.stdin is None:  # closed by the caller: `command <&-`
        raise InputError(Problem("standard input is closed", "name a file", STANDARD_INPUT))
    data = sys.stdin.buffer.read(limit + 1)
    _refuse_large(STANDARD_INPUT, len(data), limit)
    return data


def _refuse_odd_kind(name: str, mode: int) -> None:
    """Refuse what is no regular file."""
    for is_kind, what, remedy in _KINDS:
        if is_kind(mode):
            raise InputError(Problem(what, remedy, name))


def _refuse_large(name: str, size: int, limit: int) -> None:
    """Refuse more than `limit` bytes."""
    if size > limit:
        shown = f"{size / _MEGABYTE:,.1f} MB" if size > limit + 1 else "more"
        raise InputError(
            Problem(
                f"is too large: {shown}, {limit // _MEGABYTE} MB is the limit",
                "keep the part that matters",
                name,
            )
        )


def _unreadable(name: str, error: OSError | ValueError) -> Problem:
    """Say in a person's words why a path cannot be read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        near = _nearest_file(name)
        remedy = f"did you mean '{near}'?" if near else "check its name and folder"
        return Problem("there is no such file", remedy, name)
    if isinstance(error, PermissionError):
        return Problem("may not be read: permission denied", "ask for the right to read it", name)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Problem(f"cannot be read: {reason[:1].lower()}{reason[1:]}", "name another file", name)


def _nearest_file(name: str) -> str:
    """Return the file of the same folder with the most similar name; empty when none is near."""
    from difflib import get_close_matches

    path = Path(name)
    try:
        names = [entry.name for entry in os.scandir(path.parent) if entry.is_file()]
    except (OSError, ValueError):
        return ""
    near = get_close_matches(path.name, names, n=1, cutoff=0.75)
    return str(path.parent / near[0]) if near else ""
