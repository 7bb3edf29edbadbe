"""A Word file as its reader sees it: paragraphs, headings, lists and tables, one line each."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from impactcalc.errors import InputError, Problem
from impactcalc.intake.coats import Uncoated

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOCUMENT = "word/document.xml"
_MOST = 20_000_000  # bytes of the document when unpacked
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADINGS = {**{f"heading{level}": "#" * level + " " for level in range(1, 7)}, "title": "# "}
_AS_TEXT = "save it as a .txt file"


def read_word(data: bytes, name: str) -> Uncoated:
    """Read a ``.docx`` file.

    Parameters
    ----------
    data
        The file.
    name
        Its name for messages.

    Raises
    ------
    InputError
        The file is no Word file, is broken, encrypted, or larger than 20 MB when unpacked.
    """
    xml = _unpacked(data, name)
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
        raise InputError(Problem("declares entities, which no Word file does", _AS_TEXT, name))
    try:
        body = ET.fromstring(xml).find(f"{_W}body")  # noqa: S314 - entities were refused above
    except (ET.ParseError, RecursionError) as error:
        raise InputError(Problem("is a broken Word file", _AS_TEXT, name)) from error
    return Uncoated("\n".join(_lines(body)) if body is not None else "")


def _unpacked(data: bytes, name: str) -> bytes:
    """Unpack the document of the archive, its size looked at first."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _DOCUMENT not in archive.namelist():
                problem = Problem("is an archive, and no Word file", "name a text file", name)
                raise InputError(problem)
            size = archive.getinfo(_DOCUMENT).file_size
            if size > _MOST:
                shown = f"{size / 1e6:,.0f} MB when unpacked, {_MOST // 10**6} MB is the limit"
                raise InputError(Problem(f"is too large: {shown}", "keep what matters", name))
            with archive.open(_DOCUMENT) as part:
                return part.read(_MOST + 1)
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError) as error:
        raise InputError(Problem("is a broken or encrypted Word file", _AS_TEXT, name)) from error


def _lines(body: ET.Element) -> Iterator[str]:
    """Give the lines of a document: a blank one around headings and tables."""
    for block in body:
        if block.tag == f"{_W}p":
            yield from _paragraph(block)
        elif block.tag == f"{_W}tbl":
            yield ""
            yield from _table(block)
            yield ""
        elif block.tag == f"{_W}sdt":
            content = block.find(f"{_W}sdtContent")
            yield from _lines(content) if content is not None else ()


def _paragraph(paragraph: ET.Element) -> Iterator[str]:
    """Give the lines of a paragraph, with the mark of a heading or list item."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    named = (style.get(f"{_W}val") or "").lower().replace(" ", "") if style is not None else ""
    heading = _HEADINGS.get(named, "")
    level = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None or named.startswith("list")
    depth = int(level.get(f"{_W}val") or 0) if level is not None else 0
    mark = heading or ("  " * min(depth, 9) + "- " if listed else "")
    first, *more = _words(paragraph).split("\n")
    if heading:
        yield ""
    yield f"{mark}{first}".rstrip() if first.strip() else ""
    yield from (line.rstrip() for line in more)
    if heading:
        yield ""


def _words(element: ET.Element) -> str:
    """Give the words below an element; what was deleted or moved under review is no text.

    Words with a line through them are marked so: the reader of the text leaves them out.
    """
    pieces: list[str] = []
    moved = {node for away in element.iter(f"{_W}moveFrom") for node in away.iter()}
    struck = False
    for node in element.iter():
        if node in moved:
            continue
        if node.tag == f"{_W}r" and _is_struck(node) is not struck:
            struck = not struck
            pieces.append("<s>" if struck else "</s>")
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag in {f"{_W}br", f"{_W}cr"}:
            pieces.append("\n")
        elif node.tag == f"{_W}tab" and node.get(f"{_W}val") is None:
            pieces.append("\t")
        elif node.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
    return "".join(pieces) + "</s>" * struck


def _is_struck(run: ET.Element) -> bool:
    """Whether a run of words has a line through it."""
    marks = (run.find(f"{_W}rPr/{_W}{name}") for name in ("strike", "dstrike"))
    return any(mark is not None and mark.get(f"{_W}val") not in _OFF for mark in marks)


_OFF = {"0", "false", "off"}


def _table(table: ET.Element) -> Iterator[str]:
    """Give the rows of a table; the paragraphs of a cell are parted by a break."""
    for row in table.iter(f"{_W}tr"):
        cells = []
        for cell in row.findall(f"{_W}tc"):
            words = (_words(paragraph) for paragraph in cell.iter(f"{_W}p"))
            lines = [line for text in words for line in text.split("\n") if line.strip()]
            cells.append("<br>".join(lines).replace("|", "/"))
        if any(cells):
            yield f"| {' | '.join(cells)} |"
