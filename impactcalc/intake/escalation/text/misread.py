"""Signs beside digits that were spoilt on the way: misread bytes, entities, struck digits."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = {
    **{sign: sign for sign in "\u20ac\u00a3\u00a5"},
    **dict.fromkeys("\u00a0\u202f\u2009", " "),
    **dict.fromkeys("\u2012\u2013\u2212", "-"),
}
"""Signs of currencies, blanks between thousands, dashes of ranges; what each of them means."""


def misread(raw: str) -> Iterator[tuple[int, int, str]]:
    r"""Give where such a sign stands in a line, and what it was.

    Words are kept as they are written: only beside a digit it matters.

    Examples
    --------
    >>> [plain for *_, plain in misread("1\u00c2\u00a0800, \u00c2\u00a320, caf\u00c3\u00a9")]
    [' ', '\xa3']
    """
    for match in _pattern().finditer(raw):
        yield *match.span(), _spoilt()[match[0].replace(" ", "\u00a0")]


@cache
def _spoilt() -> dict[str, str]:
    """Give what each spoilt sign means, for both encodings that are taken for UTF-8."""
    return {
        sign.encode().decode(encoding): plain
        for sign, plain in _SIGNS.items()
        for encoding in ("latin-1", "cp1252")
    }


@cache
def _pattern() -> re.Pattern[str]:
    """Compile a spoilt sign beside a digit; its no-break space may have become a blank."""
    signs = "|".join(re.escape(sign).replace("\u00a0", "[\u00a0 ]") for sign in _spoilt())
    return re.compile(
        rf"(?<=[0-9])(?:{signs})|(?<=[0-9][ \u00a0])(?:{signs})|(?:{signs})(?=[ \u00a0]?[-0-9])"
    )


def entities(raw: str) -> Iterator[tuple[int, int, str]]:
    r"""Give where an entity of HTML stands beside a digit, and what it means.

    Examples
    --------
    >>> [plain for *_, plain in entities("&pound;20, 9&nbsp;%, A &amp; B")]
    ['\xa3', ' ']
    """
    from html import unescape

    for match in _entity().finditer(raw):
        sign = unescape(match[0])
        plain = _SIGNS.get(sign, sign if sign in ".,%$'-" else "")
        if plain:
            yield *match.span(), plain


@cache
def _entity() -> re.Pattern[str]:
    """Compile an entity beside a digit."""
    return re.compile(r"(?<=[0-9])&#?\w{1,8};|&#?\w{1,8};(?=[0-9])")


def unreadable(raw: str) -> Iterator[tuple[int, int]]:
    """Give the digits that nobody can read: below a combining mark, or turned around.

    Behind a mark that turns the direction of writing figures are shown backwards; a backspace
    takes back what stands before it.

    Examples
    --------
    >>> list(unreadable("8\u0336,1\u0336 or \u202e0081\u202c"))
    [(0, 2), (3, 5), (10, 11), (11, 12), (12, 13), (13, 14)]
    """
    turned = False
    for index, character in enumerate(raw):
        turned = character == _TURNED or (turned and character != _TURNED_BACK)
        if "0" <= character <= "9":
            marked = "\u0300" <= raw[index + 1 : index + 2] <= "\u036f"
            if marked or turned:
                yield index, index + 1 + marked
        elif character in "\x08\x7f":
            yield index, index + 1


_TURNED, _TURNED_BACK = "\u202e", "\u202c"
