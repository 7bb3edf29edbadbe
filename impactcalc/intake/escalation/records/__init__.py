"""Records: dumps, forms and tables whose fields stand in a shape of their own.

Each style of record is recognised by its shape in several lines, and its lines are composed anew
in the one form that all later rules understand: ``label: value``, headings, and lists of actions.
What was written, and its place, stays known of every character. A style is loaded only when a
text may hold it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from impactcalc.intake.escalation.lines import Line

_FEWEST = 3  # lines with the sign of a style
_BOXES = ("[ ", "[x", "[X", "( )", "(x)", "(X)", "\u2610", "\u2611", "\u2612", "ed out")


def unfolded(lines: Sequence[Line]) -> Sequence[Line]:
    """Compose the lines of records anew; all others stay as they are.

    Parameters
    ----------
    lines
        The lines of a text.

    Returns
    -------
    Sequence of Line
        Several of them may stand on the same line of the text.
    """
    for style in _styles(lines):
        written: Callable[[Sequence[Line]], Sequence[Line]] = getattr(
            import_module(f"{__name__}.{style}"), f"with_{style}"
        )
        lines = written(lines)
    return lines


def folded(lines: Sequence[Line], plain: Sequence[Line]) -> frozenset[int]:
    """Give the numbers of the lines that have no words of their own any more."""
    if plain is lines:
        return frozenset()
    kept = {line.number for line in plain if line.text}
    return frozenset(line.number for line in lines if line.text and line.number not in kept)


def _styles(lines: Sequence[Line]) -> Iterator[str]:
    """Name the styles that a text may hold, by signs that cost next to nothing to look for."""
    texts = [line.text for line in lines]
    if sum(text.count("=") for text in texts if text.strip(" =-")) >= _FEWEST:
        yield "assignments"
    if sum(map(_may_be_named, texts)) >= _FEWEST or any(text[:2] == '{"' for text in texts):
        yield "trees"
    if sum("</" in text for text in texts) > 0:
        yield "markup"
    if any(text[:3] == "** " or ".. list-table" in text for text in texts):
        yield "outlines"
    if any(_has(text, _BOXES) for text in texts):
        yield "boxes"
    if sum(_has(text, (">", "\u2192", "::", "*", "|")) for text in texts) >= _FEWEST:
        yield "leaders"
    if any(_has(text, ("   ", "\t", " | ", " / ")) for text in texts):
        yield "pairs"
    if any(sum(mark in text for text in texts) > 1 for mark in ";,\t|"):
        yield "delimited"
    if any("-- " in text or "== " in text for text in texts):
        yield "ruled"
    yield "terms"
    yield "stacked"


def _has(text: str, signs: Sequence[str]) -> bool:
    """Whether any of the signs stands in a text."""
    return any(map(text.__contains__, signs))


def _may_be_named(text: str) -> bool:
    """Whether a line may open with a name as programs write it: small letters, or quoted."""
    head = text.partition(":")[0].lstrip(" \t-{")
    first = head[:1]
    return len(head) < len(text) and (first in {'"', "'"} or (first.islower() and " " not in head))
