"""Whether a file that lies where a report shall go is a report of ours, so that it may be replaced.

Only what this program wrote, and nobody changed or protected since, may be replaced. Each form
carries its mark: the creator of a PDF, the software of a PNG, creator *and* last editor of an
office file (so that slides that a person edited are kept), the schema of a JSON or CSV record, the
generator of a page.
"""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MARK = "impactcalc"
_LARGEST = 16_000_000  # bytes; nothing of ours comes near
_MARKS = {
    ".pdf": rb"<dc:creator><rdf:Seq><rdf:li>impactcalc</rdf:li>",
    ".png": rb"Software\0impactcalc",
    ".json": rb'\A\{\s*"schema":\s*"impactcalc/estimate/',
    ".csv": rb"\Asection,[^\n]*\r?\nanswer,schema,[^\n]*impactcalc/estimate/",
    ".html": rb'<meta name="generator" content="impactcalc',
}
_OFFICE = frozenset({".pptx", ".xlsx"})
_EDITORS = re.compile(rb"<(dc:creator|cp:lastModifiedBy)>([^<]*)</")


def free_name(folder: Path, name: str, endings: Sequence[str]) -> str:
    """Choose a name for a set of files under which nothing of a stranger lies.

    Parameters
    ----------
    folder
        Where the files go; need not exist.
    name
        The wanted name, without ending.
    endings
        Of the files of the set, without the dot.

    Returns
    -------
    str
        `name`, or it with ``-2``, ``-3`` ...: the first one whose existing files are all ours.
    """
    number, chosen = 1, name
    while not all(replaceable(folder / f"{chosen}.{ending}") for ending in endings):
        number += 1
        chosen = f"{name}-{number}"
    return chosen


def replaceable(path: Path) -> bool:
    """Tell whether a path is free, or holds a file of ours that nobody changed or protected."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return True  # what the folder does not even let us look at is said when it is written
    if not stat.S_ISREG(status.st_mode) or not status.st_mode & stat.S_IWUSR:
        return False
    if status.st_size > _LARGEST:
        return False
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return is_ours(path.suffix, content)


def is_ours(ending: str, content: bytes) -> bool:
    """Tell whether the content of a file bears the mark of its form."""
    if ending in _OFFICE:
        return _office_is_ours(content)
    mark = _MARKS.get(ending)
    return mark is not None and re.search(mark, content) is not None


def _office_is_ours(content: bytes) -> bool:
    """Look at creator and last editor in the properties of an office file."""
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            properties = parts.read("docProps/core.xml")
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError):
        return False
    found = dict(_EDITORS.findall(properties))
    ours = MARK.encode()
    return found.get(b"dc:creator") == found.get(b"cp:lastModifiedBy") == ours


def marked_png(png: bytes) -> bytes:
    """Add the name of the software to a PNG: a tEXt chunk behind its header."""
    import struct
    import zlib

    header_end = 8 + 8 + 13 + 4
    body = b"Software\0" + MARK.encode()
    chunk = b"tEXt" + body
    written = struct.pack(">I", len(body)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:header_end] + written + png[header_end:]
