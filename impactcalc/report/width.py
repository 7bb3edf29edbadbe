"""How many columns a text takes on a screen, in any script."""

from __future__ import annotations

import unicodedata


def width_of(text: str) -> int:
    """Count the columns that a text takes: wide characters two, combining ones none.

    Examples
    --------
    >>> width_of("abc"), width_of("東京"), width_of("e\u0301")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(one) or unicodedata.category(one) in {"Mn", "Me", "Cf"}
        else 1 + (unicodedata.east_asian_width(one) in "WF")
        for one in text
    )
