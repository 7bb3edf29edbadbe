"""Items that a narrow mail gateway wrapped: the rest of each stands in the left margin below it.

The rest is hung below the item's words, as people write it, so that all later rules join the two.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.states.state_labels import state_label
from impactcalc.intake.escalation.structure.joining import labelled
from impactcalc.intake.escalation.text.logs import LONG
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS, word_set
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_WIDEST = 80  # columns of a text that was wrapped
_HANG = 4  # columns by which the rest of a field is hung
_FEWEST = 3  # rests by which a text counts as wrapped
_LABEL_WORDS = 4
_ENDED = frozenset(".!?:;")
_LEADING = word_set(
    "the a an of to in at by for with from and or that which who are were as than their its our "
    "your his her my this these every into via per between during without when where if while "
    "because until under"
)
"""Words with which no sentence ends."""


class _Rest(NamedTuple):
    """A line that may be the rest of what stands above it.

    Parameters
    ----------
    at, start
        The line, and the column to which it is hung.
    told
        Whether its own words or those above show that it is no line of its own.
    open_ended
        Whether the words above cannot end where they do, and small ones go on.
    """

    at: int
    start: int
    told: bool
    open_ended: bool


def with_rests_hung(lines: Sequence[Line]) -> Sequence[Line]:
    r"""Hang the rest of each item below its words, in a text that was evidently wrapped.

    Parameters
    ----------
    lines
        The lines of a text.

    Examples
    --------
    >>> from impactcalc.intake.escalation.text.lines import split_lines
    >>> items = ("- Drain the eastern bay of the\nharbour", "- Lower the gates of the\nlock")
    >>> lines = with_rests_hung(split_lines("\n".join((*items, "- Tell the captains of\nboth"))))
    >>> [line.text for line in lines[:2]]
    ['- Drain the eastern bay of the', '  harbour']
    """
    if len(lines) >= LONG or not any(_may_be_rest(line.text) for line in lines):
        return lines
    worded = [line.text for line in lines if line.text.strip() and " " in line.text.strip()]
    width = max(map(len, worded), default=0)
    rests = list(_rests(lines, width)) if width <= _WIDEST else []
    if not _is_wrapped(rests):
        rests = [rest for rest in rests if rest.open_ended]
    if not rests:
        return lines
    hung = list(lines)
    for rest in rests:
        above = hung[rest.at - 1]
        hung[rest.at] = _hung(lines[rest.at], rest.start)._replace(quoted=above.quoted)
    return hung


def _is_wrapped(rests: Sequence[_Rest]) -> bool:
    """Whether so many lines are evidently rests of others that all of them will be."""
    told = sum(rest.told for rest in rests) + any(rest.open_ended for rest in rests)
    return told >= _FEWEST and 2 * told >= len(rests)


def _may_be_rest(text: str) -> bool:
    """Whether a line in the left margin may be the rest of the one above."""
    return text[:1].islower() or text[:1] == "(" or text[:1] in DIGITS


def _hung(line: Line, start: int) -> Line:
    """Write a line below the words of what it belongs to."""
    own = len(line.text) - len(line.text.lstrip())
    origin = line.origin or tuple(range(len(line.text)))
    places = (origin[own],) * start + origin[own:]
    return line._replace(text=" " * start + line.text[own:], origin=places)


def _rests(lines: Sequence[Line], width: int) -> Iterator[_Rest]:
    """Give the lines that may be the rest of an item or a field above."""
    start = 0
    for index, line in enumerate(lines):
        text = line.text
        if not text.strip():
            start = 0
        elif (begin := _begin(text)) or not start or not _is_beside(lines, index):
            start = begin
        elif len(text) - len(text.lstrip()) < start:
            rest = _rest(lines, index, start, width)
            if rest is None:
                start = 0
            else:
                yield rest


def _begin(text: str) -> int:
    """Give where what belongs to an item, or to a known field, may be hung; 0 for another line."""
    match = _marker().match(text)
    if match is not None:
        return match.end()
    label = labelled(text.lstrip())
    return len(text) - len(text.lstrip()) + _HANG if label and field_of(label) else 0


@cache
def _marker() -> re.Pattern[str]:
    """Compile bullets and list numbers."""
    return re.compile(r"[ \t]*(?:[-*+o\u2022]|\(?(?:[0-9]{1,2}|[a-z])[.)])[ \t]+")


def _is_beside(lines: Sequence[Line], index: int) -> bool:
    """Whether a line and the one above it were written at once; wrapping may lose a ``>``."""
    own, above = lines[index].quoted, lines[index - 1].quoted
    if own or not above:
        return own == above
    below = next((line for line in lines[index + 1 :] if line.text.strip()), None)
    return below is None or below.quoted == above


def _rest(lines: Sequence[Line], index: int, start: int, width: int) -> _Rest | None:
    """Read a line below an item as its rest, if it can be one."""
    text, above = lines[index].text.strip(), lines[index - 1].text.rstrip()
    below = lines[index + 1].text if index + 1 < len(lines) else ""
    if above[-1] in _ENDED or _is_own(text) or _is_drawn(below):
        return None
    unended = _is_open(above)
    filled = len(above) + 1 + len(text.partition(" ")[0]) > width
    beside = lines[index].quoted == lines[index - 1].quoted
    if not (unended or filled or (beside and _may_be_rest(text))):
        return None
    small = not text[0].isdigit() and not text[0].isupper() and state_label(text) is None
    likely = beside and 2 * len(above) >= width and _capital(lines, index)
    told = unended or (small and (filled or likely))
    return _Rest(index, start, told, unended and text[0].islower())


def _capital(lines: Sequence[Line], index: int) -> bool:
    """Whether the words above open with a capital or a digit: their writer uses both."""
    match = _marker().match(lines[index - 1].text)
    first = lines[index - 1].text[match.end() :][:1] if match else ""
    return match is None or not first.islower()


def _is_open(words: str) -> bool:
    """Whether words cannot end there: with an article, a comma, an open bracket."""
    last = words.rpartition(" ")[2].lower()
    return (
        last in _LEADING or last[-1:] in {",", "(", "/", "&"} or words.count("(") > words.count(")")
    )


def _is_own(text: str) -> bool:
    """Whether a line says something of its own: a field, a title, an entry."""
    label = text.partition(":")[0]
    labels = label != text and len(label.split()) <= _LABEL_WORDS
    labels = labels and label.count("(") == label.count(")")
    return labels or text[:1] in "[|#>" or (text[:1].isupper() and topic_of(text) is not Topic.NONE)


def _is_drawn(text: str) -> bool:
    """Whether a line is a rule."""
    words = text.strip()
    return len(words) > 2 and words == words[0] * len(words) and not words[0].isalnum()  # noqa: PLR2004 - three strokes
