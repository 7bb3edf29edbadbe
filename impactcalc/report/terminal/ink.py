"""Columns and colour of a terminal: display width, padding, and an ASCII fallback."""

from __future__ import annotations

import unicodedata

from impactcalc.named import NamedTuple
from impactcalc.report.escape import visible
from impactcalc.report.width import width_of

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "blue": "34"}
_PLAIN = {
    "\u00b7": "-",  # middle dot
    "\u00b1": "+-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2026": "~",  # ellipsis
    "\u2212": "-",  # minus
    "\u20ac": "EUR ",
    "\u00a3": "GBP ",
    "\u00a5": "JPY ",
    "\u20b9": "INR ",
    "\u20a9": "KRW ",
}
_BLOCKS = "▁▂▃▄▅▆▇█"
_ASCII_BLOCKS = "_.-=+*#@"


class Ink(NamedTuple):
    """What the terminal can show.

    Parameters
    ----------
    colour
        Whether escape codes may be written.
    unicode
        Whether more than ASCII may be written.
    """

    colour: bool
    unicode: bool

    def paint(self, text: str, *styles: str) -> str:
        """Give a text styles such as ``"bold"`` or ``"red"``; plain without colour."""
        if not self.colour or not text.strip() or not styles:
            return text
        codes = ";".join(_CODES[style] for style in styles)
        return f"\x1b[{codes}m{text}\x1b[0m"

    def plain(self, text: str) -> str:
        """Make a text visible; spell it in ASCII if need be: accents fall, unknown is ``?``."""
        text = visible(text)
        if self.unicode or text.isascii():
            return text
        spelled = "".join(_PLAIN.get(one, one) for one in text)
        bare = (one for one in unicodedata.normalize("NFKD", spelled) if not _is_mark(one))
        return "".join(bare).encode("ascii", "replace").decode("ascii")

    def cut(self, text: str, width: int) -> str:
        """Cut a text to a number of columns, with an ellipsis at its end when it is longer."""
        text = self.plain(text)
        if width_of(text) <= width:
            return text
        kept = ""
        for one in text:
            if width_of(kept + one) > width - 1:
                break
            kept += one
        mark = self.plain("…")
        return kept.rstrip(f" {mark}") + mark

    def left(self, text: str, width: int) -> str:
        """Pad or cut a text to a column, flush left."""
        text = self.cut(text, width)
        return text + " " * (width - width_of(text))

    def right(self, text: str, width: int) -> str:
        """Pad or cut a text to a column, flush right."""
        text = self.cut(text, width)
        return " " * (width - width_of(text)) + text

    def wrap(self, text: str, width: int) -> list[str]:
        """Break a text into lines of at most `width` columns, at blanks; a longer word is cut."""
        lines: list[str] = []
        for word in self.plain(text).split():
            if lines and width_of(lines[-1]) + 1 + width_of(word) <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(self.cut(word, width))
        return lines

    def blocks(self, shares: list[float], floor: float) -> str:
        """Draw shares of [floor, 1] as one row of blocks."""
        steps = _BLOCKS if self.unicode else _ASCII_BLOCKS
        top = len(steps) - 1
        span = 1 - floor
        return "".join(
            steps[max(0, min(top, round((share - floor) / span * top)))] for share in shares
        )


def _is_mark(character: str) -> bool:
    """Tell whether a character only combines with the one before it."""
    return unicodedata.category(character) in {"Mn", "Me"}
