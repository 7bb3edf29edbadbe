"""Narrow texts: an export that cuts every line at the same column leaves half figures behind."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.blanks import masked
from impactcalc.intake.escalation.words.vocabulary import DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_NARROWEST = 40  # columns
_FEWEST = 3  # lines that end there
_LOOKED_AT = 1_000  # lines that tell how wide a text is
_BREAKS = frozenset("-*\u2022#|")


def cut_width(lines: Sequence[Line]) -> int:
    """Give the column at which a text is cut off; 0 when it is not.

    Several lines end there and none goes further, and what follows them is not their rest.
    """
    width = max((len(line.raw) for line in lines[:_LOOKED_AT]), default=0)
    if width < _NARROWEST or any(len(line.raw) > width for line in lines[_LOOKED_AT:]):
        return 0
    full = [
        (line, following)
        for line, following in pairwise(lines)
        if len(line.raw) == width and line.raw[-1].isalnum()
    ]
    ended = sum(_begins_anew(following.raw) for _, following in full)
    return width if len(full) >= _FEWEST and 4 * ended >= 3 * len(full) else 0


def _begins_anew(raw: str) -> bool:
    """Whether a line is not the rest of the one above: blank, an item, a label, or a sentence."""
    words = raw.strip()
    return not words or words[0] in _BREAKS or words[0].isdigit() or words[0].isupper()


def without_half_figures(lines: Sequence[Line]) -> tuple[Sequence[Line], tuple[int, ...]]:
    r"""Blank a figure at the column where a text is cut off; name the lines that reach it.

    Examples
    --------
    >>> from impactcalc.intake.escalation.text.lines import split_lines
    >>> words = ("- A, so", "- B, so", "- C, about 14", "- D.")
    >>> lines, cut = without_half_figures(split_lines("\n".join(f"{one:>40}" for one in words)))
    >>> "14" in lines[2].text, cut
    (False, (1, 2, 3))
    """
    width = cut_width(lines)
    if not width:
        return lines, ()
    cut = tuple(line.number for line in lines if len(line.raw) == width and line.raw[-1].isalnum())
    return [_without_end(line) if line.number in cut else line for line in lines], cut


def _without_end(line: Line) -> Line:
    """Blank the last word of a line if it holds a digit: ``about 14`` may have been 14,000."""
    start = line.text.rfind(" ") + 1
    if DIGITS.isdisjoint(line.text[start:]):
        return line
    return line._replace(text=masked(line.text, start, len(line.text)))
