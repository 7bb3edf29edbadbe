"""The CSV file: its dialect, its header, and its rows with the lines on which they begin."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DELIMITERS = ",;\t|"
_HEAD = 1 << 16
_LONGEST_CELL = 1 << 20
_CHUNK = 1 << 20


class CsvFile(NamedTuple):
    """A CSV file, ready to be read.

    Parameters
    ----------
    name
        As the person wrote it.
    path
        Where its plain text lies: the file itself, or what a compressed one holds.
    delimiter
        Between its fields.
    header
        The names of its columns, without blanks around them.
    header_line
        Line of the header's last line, from 1.
    even
        Where the text lies with LF as its only line end: the file itself, or a copy.
    line_ends
        How many there are in the whole file.
    """

    name: str
    path: Path
    delimiter: str
    header: tuple[str, ...]
    header_line: int
    even: Path
    line_ends: int


class Row(NamedTuple):
    """One row of a file: the line on which it begins, and its fields."""

    line: int
    fields: list[str]


def open_csv(name: str, path: Path, scratch: Path) -> CsvFile:
    """Look at the beginning of a file, and at its line ends.

    Parameters
    ----------
    name
        As the person wrote it.
    path
        Of its plain text.
    scratch
        Folder for a copy, where line ends are mixed.

    Raises
    ------
    InputError
        When it is empty, no UTF-8 text, or has no header.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    text = _decoded(name, head)
    if not text.strip():
        raise InputError(Problem("is empty: no header and no rows", "give its measurements", name))
    newline = next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")
    skipped, text = _preamble(text)
    first = text.split(newline, 1)[0]
    stated = re.fullmatch(r"sep=(.)", first.strip('"\r\n '))
    if stated:
        skipped, text = skipped + 1, text.split(newline, 1)[-1]
        first = text.split(newline, 1)[0]
    delimiter = stated[1] if stated else max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = next(reader, [])
    names = _names(header, name, skipped + 1)
    plain, number = _count_ends(path)
    even = path if plain else _evened(path, scratch)
    return CsvFile(name, path, delimiter, names, skipped + reader.line_num, even, number)


def _count_ends(path: Path) -> tuple[bool, int]:
    """Tell whether every line end of a file is LF, and how many there are of any kind."""
    feeds = returns = pairs = 0
    last = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            feeds += chunk.count(b"\n")
            if last or b"\r" in chunk:
                returns += chunk.count(b"\r")
                pairs += (last + chunk).count(b"\r\n")
            last = chunk[-1:] if chunk.endswith(b"\r") else b""
    return returns == 0, feeds + returns - pairs


def _evened(path: Path, scratch: Path) -> Path:
    """Copy a text with LF alone: where line ends are mixed, DuckDB loses rows silently."""
    even = scratch / f"even-{len(list(scratch.iterdir()))}.csv"
    held = b""
    with path.open("rb") as old, even.open("wb") as new:
        while read := old.read(_CHUNK):
            chunk, held = held + read, b""
            if chunk.endswith(b"\r"):  # its LF may stand in the next chunk
                chunk, held = chunk[:-1], b"\r"
            new.write(chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
        new.write(held.replace(b"\r", b"\n"))
    return even


def _decoded(name: str, head: bytes) -> str:
    """Decode the beginning of a file; only UTF-8 is read."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(Problem("is UTF-16 text", "save it as UTF-8", name))
    if b"\0" in head:
        raise InputError(
            Problem("is no text: it holds a NUL byte", "export it as CSV in UTF-8", name)
        )
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.end >= len(head) - 4 and len(head) == _HEAD:  # a letter cut at the buffer's end
            return head[: error.start].decode("utf-8-sig")
        line = head.count(b"\n", 0, error.start) + 1
        raise InputError(Problem("is not UTF-8 text", "save it as UTF-8", name, line)) from None


def _preamble(text: str) -> tuple[int, str]:
    """Take blank lines and lines of comments off the beginning; count them."""
    skipped = 0
    while text:
        line, end, rest = _first_line(text)
        if line.strip() and not line.startswith("#"):
            break
        skipped += 1 if end else 0
        text = rest
    return skipped, text


def _first_line(text: str) -> tuple[str, str, str]:
    """Split off the first line: its words, its end, the rest."""
    found = re.search(r"\r\n|\n|\r", text)
    if found is None:
        return text, "", ""
    return text[: found.start()], found[0], text[found.end() :]


def _names(header: list[str], name: str, line: int) -> tuple[str, ...]:
    """Strip the names of a header; refuse a header of data, and a name that stands twice."""
    names = tuple(each.strip().removeprefix("\ufeff") for each in header)
    if all(re.fullmatch(r"[0-9][0-9T:.+\-/ Z]*", each) or not each for each in names):
        raise InputError(
            Problem(
                f"has no header: its first line is '{','.join(names)[:60]}'",
                "put the names of the columns into the first line, e.g. timestamp,good,total",
                name,
                line,
            )
        )
    twice = sorted({each for each in names if each and names.count(each) > 1})
    if twice:
        raise InputError(
            Problem(f"column '{twice[0]}' stands twice in the header", "rename one", name, line)
        )
    return names


def rows(file: CsvFile) -> Iterator[Row]:
    """Yield the rows after the header; blank lines are none.

    Raises
    ------
    InputError
        For an unclosed quote, a quote inside a field, or bytes that are no UTF-8.
    """
    csv.field_size_limit(_LONGEST_CELL)
    with file.path.open(encoding="utf-8-sig", newline="") as stream:
        for _ in range(file.header_line):
            stream.readline()
        reader = csv.reader(stream, delimiter=file.delimiter, strict=True)
        begins = file.header_line + 1
        try:
            for fields in reader:
                if fields:
                    yield Row(begins, fields)
                begins = file.header_line + reader.line_num + 1
        except csv.Error as error:
            raise InputError(_broken(file, begins, str(error))) from error
        except UnicodeDecodeError:
            raise InputError(_not_utf8(file)) from None


def _broken(file: CsvFile, line: int, reason: str) -> Problem:
    """Say that the rows cannot be told apart from some line on."""
    if "field larger" in reason or "unexpected end" in reason:
        what = "a quote that is opened here is never closed"
    else:
        what = f"a quote stands where none may ({reason})"
    return Problem(what, 'close it, or write "" for a quote inside a quoted field', file.name, line)


def _not_utf8(file: CsvFile) -> Problem:
    """Find the first line that is no UTF-8."""
    with file.path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return Problem("is not UTF-8 text", "save it as UTF-8", file.name, number)
    return Problem("is not UTF-8 text", "save it as UTF-8", file.name)
