"""A web page as the text that its reader sees: block elements are lines, tables are rows.

``html.parser`` of the standard library: linear in 100,000 nested elements, where faster parsers
are not. Scripts, styles and what is hidden leave no text.
"""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from impactcalc.intake.coats import Uncoated
from impactcalc.intake.escalation.text.decoding import decode
from impactcalc.intake.escalation.words.vocabulary import word_set

_SILENT = frozenset({"script", "style", "head", "template", "noscript", "svg", "object", "iframe"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col", "source", "area"})
_BLOCKS = word_set(
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure "
    "footer form header hr html legend li main nav ol p pre section summary table tbody tfoot "
    "thead tr ul h1 h2 h3 h4 h5 h6"
)
_UNSTRUCK = _VOID | {"table", "thead", "tbody", "tfoot", "tr"}
_CELLS = frozenset({"td", "th"})
_LISTS = frozenset({"ul", "ol"})
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_LOOSE = frozenset({"p", "ul", "ol", "table", "blockquote", "pre", "dl", *_HEADINGS})
# Elements whose end may go without saying, with what ends them.
_ENDING = {
    **dict.fromkeys(("td", "th"), frozenset({"td", "th", "tr", "table"})),
    **dict.fromkeys(("dt", "dd"), frozenset({"dt", "dd", "dl"})),
    "li": frozenset({"li", "ul", "ol"}),
    "p": _LOOSE | {"p", "div", "li", "td"},
}
_STRIKES = frozenset({"s", "del", "strike"})
_DEEPEST = 12  # levels of lists and quotes that are shown by indents
_BEGINNING = 2048  # bytes in which a page names its encoding


def read_page(data: bytes, name: str) -> Uncoated:
    """Read a web page.

    Parameters
    ----------
    data
        The file.
    name
        Its name for messages.

    Raises
    ------
    InputError
        The file is empty or binary.
    """
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
    named = None if marked else _charset().search(data[:_BEGINNING])
    if named is not None:
        try:
            return Uncoated(page_text(data.decode(named[1].decode("ascii"))))
        except (LookupError, UnicodeDecodeError):
            pass  # the page names another encoding than its own
    text, cautions = decode(data, name)
    return Uncoated(page_text(text), cautions)


@cache
def _charset() -> re.Pattern[bytes]:
    """Compile the name that a page gives its encoding."""
    return re.compile(rb"charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)


def page_text(markup: str) -> str:
    r"""Give the text of some markup.

    Examples
    --------
    >>> page_text("<h2>Plan</h2><ul><li>drain &amp; refill<li>test</ul><script>x()</script>")
    '## Plan\n\n- drain & refill\n- test'
    """
    page = _Page()
    page.feed(markup)
    page.close()
    return page.text()


class _Page(HTMLParser):
    """Gathers the lines of a page while its elements go by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._mark = ""
        self._hidden: list[str] = []  # open elements below, and with, one that is not shown
        self._struck: list[str] = []  # likewise below one that is crossed out
        self._lists: list[int] = []  # of each open list the last number; -1 for bullets
        self._quotes = 0
        self._verbatim = 0
        self._row: list[str] | None = None
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if self._hidden or tag in _SILENT or _is_hidden(attrs):
            if tag not in _VOID and (not self._hidden or tag == self._hidden[0]):
                self._hidden.append(tag)
            return
        if tag in _ENDING.get((self._struck or [""])[0], ()):
            self._close_struck()
        if tag == "br":
            self._break_line()
        elif tag in _CELLS:
            self._open_cell()
        elif tag in _BLOCKS:
            self._open_block(tag)
        if tag not in _UNSTRUCK:
            self._open_struck(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close an element; one that was never opened is passed over."""
        if self._hidden:
            if tag == self._hidden[-1]:
                self._hidden.pop()
            return
        if tag in _ENDING.get((self._struck or [""])[0], ()):
            self._close_struck()
        elif tag == (self._struck or [""])[-1]:
            self._struck.pop()
            self._line.extend([] if self._struck else ["</s>"])
        if tag in _CELLS:
            self._end_cell()
        elif tag in _BLOCKS:
            self._close_block(tag)

    def handle_data(self, data: str) -> None:
        """Take words."""
        if self._hidden:
            return
        if self._verbatim and self._row is None:
            first, *more = data.split("\n")
            self._line.append(first)
            for line in more:
                self._end_line(keep=True)
                self._line.append(line)
        else:
            self._line.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def text(self) -> str:
        """Give all lines; never more than one blank line in a row."""
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def _open_struck(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Mark where crossed out words begin: the reader of the text leaves them out."""
        if self._struck:
            self._struck.extend([tag] if tag == self._struck[0] else [])
        elif tag in _STRIKES or _has_style(attrs, "line-through"):
            self._struck.append(tag)
            self._line.append("<s>")

    def _close_struck(self) -> None:
        """Mark where crossed out words end."""
        self._struck.clear()
        self._line.append("</s>")

    def _open_block(self, tag: str) -> None:
        """Begin a new line for an element that stands on its own."""
        if self._row is not None and tag not in {"tr", "table"}:
            self._break_line()
            return
        if self._row is not None:
            self._end_row()
        self._end_line()
        if tag in _LOOSE and not (tag in _LISTS and self._lists):
            self._blank()
        if tag in _LISTS:
            self._lists.append(0 if tag == "ol" else -1)
        elif tag == "li":
            self._mark = self._bullet()
        elif tag == "blockquote":
            self._quotes = min(self._quotes + 1, _DEEPEST)
        elif tag == "pre":
            self._verbatim += 1
        elif tag in _HEADINGS:
            self._mark = _HEADINGS[tag]
        elif tag == "tr":
            self._row = []

    def _close_block(self, tag: str) -> None:
        """End the line of an element, and what it changed."""
        if tag == "tr" or (tag == "table" and self._row is not None):
            self._end_row()
            return
        if self._row is not None:
            self._break_line()
            return
        self._end_line()
        if tag in _LISTS and self._lists:
            self._lists.pop()
        elif tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "pre":
            self._verbatim = max(0, self._verbatim - 1)
        if tag in _LOOSE and not (tag in _LISTS and self._lists):
            self._blank()

    def _bullet(self) -> str:
        """Give the mark of a list item, indented by the depth of its list."""
        indent = "  " * min(len(self._lists) - 1, _DEEPEST)
        if self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
            return f"{indent}{self._lists[-1]}. "
        return f"{indent}- "

    def _break_line(self) -> None:
        """Break a line; inside a table cell the break stays in the row."""
        if self._row is None:
            self._end_line()
        elif "".join(self._line).strip() and self._line[-1] != "<br>":
            self._line.append("<br>")

    def _open_cell(self) -> None:
        """Begin a cell; one that was never closed ends here."""
        self._end_cell()
        self._row = [] if self._row is None else self._row
        self._line, self._in_cell = [], True

    def _end_cell(self) -> None:
        """Finish a cell, if one is open."""
        if self._in_cell and self._row is not None:
            words = "".join(self._line).strip().removesuffix("<br>")
            self._row.append(words.strip().replace("|", "/"))
            self._line = []
        self._in_cell = False

    def _end_row(self) -> None:
        """Write a row of a table."""
        self._end_cell()
        row, self._row = self._row or [], None
        if any(row):
            self._lines.append(f"| {' | '.join(row)} |")

    def _end_line(self, *, keep: bool = False) -> None:
        """Write the gathered words as a line, with its mark and its marks of quotation."""
        words = "".join(self._line)
        words = words.rstrip() if self._verbatim else " ".join(words.split(" ")).strip()
        self._line = []
        if words or keep:
            self._lines.append("> " * self._quotes + self._mark + words)
            self._mark = ""

    def _blank(self) -> None:
        """Leave a blank line, unless there is one."""
        if self._lines and self._lines[-1]:
            self._lines.append("")


def _has_style(attrs: list[tuple[str, str | None]], words: str) -> bool:
    """Whether the style of an element holds some words."""
    return any(name == "style" and value and words in value.lower() for name, value in attrs)


def _is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    """Whether an element is not shown."""
    for name, value in attrs:
        if name == "hidden":
            return True
        if name == "style" and value and ("none" in value or "hidden" in value):
            plain = value.lower().replace(" ", "")
            if "display:none" in plain or "visibility:hidden" in plain:
                return True
    return False
