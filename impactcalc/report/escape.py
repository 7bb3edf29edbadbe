"""Foreign text, made harmless before it reaches a screen or a page."""

from __future__ import annotations

import re
from functools import cache

from impactcalc.report.width import width_of

_ELLIPSIS = "…"
_BREAKS = dict.fromkeys(map(ord, "\t\n\v\f\r"), " ")
_WIDE, _WIDER = "WM@%", 0.6  # letters that are wider than others, by so much


@cache
def _harmful() -> re.Pattern[str]:
    """Control characters, bidirectional controls, line separators, surrogates, non-characters."""
    return re.compile(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad"  # C0 but tab and line ends, C1, soft hyphen
        "\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they reorder or hide what is read
        "\u2028\u2029\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
    )


def escape(text: str) -> str:
    r"""Make foreign text printable on one line.

    White space becomes one blank; control, bidirectional and invalid characters become the
    escapes that Python writes for them, so that nothing is hidden and nothing acts.

    Examples
    --------
    >>> escape("a\x1b[31m red\n\u202eline")
    'a\\x1b[31m red \\u202eline'
    """
    if not text.isprintable():
        text = _harmful().sub(lambda found: _written(found.group()), text)
    return " ".join(text.split())


def visible(text: str) -> str:
    r"""Keep a line's blanks, but write what would act as its escape: for text of any origin.

    Examples
    --------
    >>> visible("  a\x1b[31m.csv"), visible("of\ntwo")
    ('  a\\x1b[31m.csv', 'of two')
    """
    if text.isprintable():
        return text
    return _harmful().sub(lambda found: _written(found.group()), text.translate(_BREAKS))


def _written(character: str) -> str:
    r"""Write one character as an escape: ``\x1b``, ``\u202e``."""
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004 - one byte


def shorten(text: str, most: int = 60) -> str:
    """Cut the middle out of a text that is wider than `most` characters of usual width.

    Examples
    --------
    >>> shorten("Consolidated Analytics of the North", 20), shorten("W" * 300, 16)
    ('Consolidat…the North', 'WWWWW…WWWW')
    """
    if breadth(text) <= most:
        return text
    tail = (most - 1) // 2
    return (
        _start(text, most - 1 - tail).rstrip() + _ELLIPSIS + _start(text[::-1], tail)[::-1].lstrip()
    )


def beginning(text: str, most: int) -> str:
    """Cut the end off a text that is wider than `most` characters of usual width.

    Examples
    --------
    >>> beginning("Step 12 of the plan", 10), beginning("Repair", 10)
    ('Step 12 o…', 'Repair')
    """
    return text if breadth(text) <= most else _start(text, most - 1).rstrip() + _ELLIPSIS


def breadth(text: str) -> float:
    """Measure a text in letters of usual width: W and M are wider, East Asian ones twice as wide.

    Examples
    --------
    >>> breadth("Stratton"), breadth("MW"), breadth("東京")
    (8.0, 3.2, 4.0)
    """
    wide = sum(text.count(one) for one in _WIDE)
    return (len(text) if text.isascii() else width_of(text)) + _WIDER * wide


def _start(text: str, most: float) -> str:
    """Keep the beginning of a text that is no wider than `most`."""
    kept = text[: int(most)]
    while breadth(kept) > most:
        kept = kept[:-1]
    return kept
