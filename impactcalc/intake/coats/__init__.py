"""The coats of an escalation: plain text, mail, web page, Word, PDF; under each there is a text.

What comes out is the text as its reader sees it, line by line: the lines that the facts name are
its lines. Nothing that a coat holds is run, fetched or written; attachments are only named.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.intake.escalation.text.decoding import decode
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from impactcalc.domain.sourced import Caution

__all__ = ["Uncoated", "kind_of", "uncoat"]

_SUFFIXES = {
    ".eml": "mail",
    ".html": "page",
    ".htm": "page",
    ".docx": "word",
    ".pdf": "pdf",
    ".msg": "outlook",
    ".doc": "old word",
    ".odt": "odt",
    ".rtf": "rtf",
}
_REFUSED = {
    "outlook": ("Outlook's own mail format is not read", "save the mail as .eml, or as text"),
    "old word": ("a Word file of before 2007, or with a password", "save it as .docx or as text"),
    "odt": ("OpenDocument text is not read", "save it as .docx or as text"),
    "rtf": ("rich text is not read", "save it as .docx or as text"),
}
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "word"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old word"),
    (b"{\\rtf", "rtf"),
)
_BEGINNING = 2048  # bytes in which a page or a mail shows itself


class Uncoated(NamedTuple):
    """The text of an escalation, freed from its coat.

    Parameters
    ----------
    text
        As its reader sees it.
    cautions
        What a reader should know: a guessed encoding, attachments that were not read.
    """

    text: str
    cautions: tuple[Caution, ...] = ()


def kind_of(data: bytes, name: str) -> str:
    """Tell the coat of a file: by its first bytes, then by its suffix.

    Parameters
    ----------
    data
        The whole file.
    name
        Its name; ``-`` for standard input.

    Returns
    -------
    str
        ``"text"``, ``"mail"``, ``"page"``, ``"word"``, ``"pdf"``, or a kind that is refused.
    """
    named = _SUFFIXES.get(PurePath(name).suffix.lower(), "")
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return "odt" if named == "odt" else kind
    if named:
        return named
    start = data[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:15].lower().startswith((b"<!doctype html", b"<html")):
        return "page"
    if re.match(rb"[A-Za-z-]+:", start) and re.search(rb"(?mi)^(?:mime-version|received):", start):
        return "mail"
    return "text"


def uncoat(data: bytes, name: str) -> Uncoated:
    """Take the text out of its coat.

    Parameters
    ----------
    data
        The whole file. Its size is the caller's concern.
    name
        Name for messages; its suffix helps to tell the coat.

    Raises
    ------
    InputError
        The file is empty, binary, encrypted, broken, of a kind that is not read, or holds no text.
    """
    kind = kind_of(data, name)
    if kind in _REFUSED:
        raise InputError(Problem(*_REFUSED[kind], name))
    found = _reader(kind)(data, name)
    if not found.text.strip():
        raise InputError(Problem("holds no text to read", "paste the text into a .txt file", name))
    return found


def _reader(kind: str) -> Callable[[bytes, str], Uncoated]:
    """Give the reader of a coat; each is loaded only when it is needed."""
    if kind == "mail":
        from impactcalc.intake.coats.mail import read_mail

        return read_mail
    if kind == "page":
        from impactcalc.intake.coats.page import read_page

        return read_page
    if kind == "word":
        from impactcalc.intake.coats.word import read_word

        return read_word
    if kind == "pdf":
        from impactcalc.intake.coats.pdf import read_pdf

        return read_pdf
    return _plain


def _plain(data: bytes, name: str) -> Uncoated:
    """Decode a plain text."""
    return Uncoated(*decode(data, name))
