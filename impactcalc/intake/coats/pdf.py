"""A PDF as its reader sees it, if it holds text; pypdf is loaded only for one."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from impactcalc.domain.sourced import Caution
from impactcalc.errors import InputError, Problem
from impactcalc.intake.coats import Uncoated

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES = 50
_AS_TEXT = "copy its words into a .txt file"


def read_pdf(data: bytes, name: str) -> Uncoated:
    """Read the text of a PDF, at most 50 pages.

    Parameters
    ----------
    data
        The file.
    name
        Its name for messages.

    Raises
    ------
    InputError
        The file is encrypted, broken, or holds pictures of text only.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is odd shows in the text
    try:
        document = PdfReader(io.BytesIO(data))
        _refuse_locked(document, name)
        count = len(document.pages)
        pages = [page.extract_text() for page in document.pages[:_MOST_PAGES]]
    except InputError:
        raise
    except Exception as error:
        raise InputError(Problem("is a broken PDF", _AS_TEXT, name)) from error
    text = "\n\n".join(pages)
    if not text.strip():
        raise InputError(Problem("the PDF holds no text: its pages are pictures", _AS_TEXT, name))
    if count <= _MOST_PAGES:
        return Uncoated(text)
    message = f"the PDF has {count} pages: only the first {_MOST_PAGES} are read"
    return Uncoated(text, (Caution("", message, 0),))


def _refuse_locked(document: PdfReader, name: str) -> None:
    """Refuse a PDF that opens with a password only."""
    if document.is_encrypted and not document.decrypt(""):
        raise InputError(Problem("the PDF is encrypted", "save a copy without password", name))
