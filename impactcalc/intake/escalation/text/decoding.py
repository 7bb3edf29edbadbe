"""Bytes to text: byte order mark, UTF-8, Windows-1252, and the refusals."""

from __future__ import annotations

import codecs

from impactcalc.domain.sourced import Caution
from impactcalc.errors import InputError, Problem

# UTF-32's mark begins with UTF-16's, so it is looked for first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BEGINNING = 4096  # bytes by which an encoding is told
_SAVE_AS_TEXT = "save it as plain text in UTF-8"


def decode(data: bytes, name: str) -> tuple[str, tuple[Caution, ...]]:
    """Turn the bytes of an escalation into text.

    Parameters
    ----------
    data
        The whole file. Its size is the caller's concern.
    name
        Name of the file for messages.

    Returns
    -------
    tuple
        The text with its line ends as they are, and a warning when the encoding had to be
        guessed.

    Raises
    ------
    InputError
        The file is empty, holds white space only, or is binary.

    Notes
    -----
    A byte order mark decides; then strict UTF-8; else Windows-1252 with a warning that names it,
    because guessing libraries take French Latin-1 for Polish. A NUL byte means binary.
    """
    text, cautions = _text(data, name)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError(Problem("binary data (a NUL byte): not a text", _SAVE_AS_TEXT, name, line))
    if not text.strip():
        raise InputError(Problem("the file is empty, no text to read", "paste the text", name))
    return text, cautions


def _wide_encoding(data: bytes) -> str:
    """Tell UTF-16 without a mark: half of its bytes, all even or all odd ones, are zero."""
    start = data[:_BEGINNING]
    if start.count(0) < len(start) // 3 or len(data) % 2:
        return ""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if min(even, odd):
        return ""
    return "utf-16-le" if odd else "utf-16-be"


def _text(data: bytes, name: str) -> tuple[str, tuple[Caution, ...]]:
    """Decode by mark, as UTF-8 or as Windows-1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError as error:
                message = f"cannot be read as text: {encoding} is promised by its first bytes"
                raise InputError(Problem(message, _SAVE_AS_TEXT, name)) from error
    wide = _wide_encoding(data)
    if wide:
        message = f"no byte order mark, but every second byte is zero: read as {wide.upper()}"
        return data.decode(wide, errors="replace"), (Caution("", message, 1),)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if b"\0" in data:
            return data.decode("latin-1"), ()
        line = data.count(b"\n", 0, error.start) + 1
        message = (
            f"not UTF-8 from line {line} on: read as Windows-1252 (a superset of ISO-8859-1); "
            "check names with accents"
        )
        return data.decode("cp1252", errors="replace"), (Caution("", message, line),)
