"""Which letters the brief can show: the bundled font's, the system's, and what no font has."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from impactcalc.report.figures.style import font_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

BUNDLED = "Source Sans 3"
FALLBACK_FONTS = ("Noto Sans", "Noto Sans CJK SC", "Noto Sans Arabic", "DejaVu Sans")
_LOWEST = 0x20
_SHOWN = 8
_PROBE = b"""\
#set document(title: "letters")
#set text(font: json(bytes(sys.inputs.fonts)), lang: "en")
#for one in json(bytes(sys.inputs.letters)) [#one #parbreak()]
"""
_REFUSED = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")
_FIRST_PICTURE, _LAST_PICTURE = 0x1F000, 0x1FAFF


@cache
def _characters() -> frozenset[int]:
    """List the characters of the bundled font."""
    from importlib import resources

    from matplotlib.ft2font import FT2Font

    with resources.as_file(font_folder().joinpath("SourceSans3-Regular.ttf")) as path:
        return frozenset(FT2Font(str(path)).get_charmap())


def covered(text: str) -> bool:
    """Tell whether the bundled font has every character of a text."""
    return not foreign(text)


def foreign(text: str) -> list[str]:
    """List the characters of a text that the bundled font lacks, each once, in their order."""
    known = _characters()
    return [one for one in dict.fromkeys(text) if ord(one) >= _LOWEST and ord(one) not in known]


def homeless(letters: Sequence[str]) -> list[str]:
    """List the characters that no font of this system has either.

    Typst is asked, for it chooses the fonts of the page: under PDF/UA-1 it refuses such letters and
    names them all. A letter is asked alone, so joining marks are as they are on their own.

    Parameters
    ----------
    letters
        Characters that the bundled font lacks.
    """
    if not letters:
        return []
    import json

    import typst

    make: Any = typst.Compiler
    compiler = make(
        input=_PROBE,
        font_paths=[str(font_folder())],
        sys_inputs={
            "fonts": json.dumps([BUNDLED, *FALLBACK_FONTS]),
            "letters": json.dumps(list(letters)),
        },
    )
    try:
        compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        refused = "".join(_REFUSED.findall(error.diagnostic))
        return [one for one in letters if one in refused or f"\\u{{{ord(one):x}}}" in refused]
    return []


def missing_words(letters: Sequence[str]) -> str:
    """Say which letters are shown as empty boxes, and which package brings a font.

    Examples
    --------
    >>> missing_words(["東"])
    'no font has 東 (U+6771): shown as an empty box; install fonts-noto-cjk'
    """
    named = ", ".join(f"{one} (U+{ord(one):04X})" for one in letters[:_SHOWN])
    more = f" and {len(letters) - _SHOWN} more" if len(letters) > _SHOWN else ""
    packages = ", ".join(sorted({_package(one) for one in letters}))
    boxes = "shown as an empty box" if len(letters) == 1 else "shown as empty boxes"
    return f"no font has {named}{more}: {boxes}; install {packages}"


def _package(letter: str) -> str:
    """Name the Debian package whose font has a letter."""
    if unicodedata.name(letter, "").startswith(_EAST_ASIAN):
        return "fonts-noto-cjk"
    if _FIRST_PICTURE <= ord(letter) <= _LAST_PICTURE:
        return "fonts-noto-color-emoji"
    return "fonts-noto-core"
