"""Furniture of printed pages: their numbers, running heads and feet, form feeds.

They cut through lists and sentences and belong to none; a list goes on across the page.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.text.logs import LONG
from impactcalc.intake.escalation.text.page_numbers import (
    DECORATION,
    LIST_MARKS,
    head_parting,
    is_listed,
    is_page_number,
    may_hold_page_number,
    without_page_number,
)
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_LONGEST = 160  # characters of a head or foot
_DEEP = 20  # blanks before a number that stands alone
_HEADS = 3  # lines with words of a running head or foot
_FEED = "\f"
_CUES = ("pag", "pg", "p.", "seite", "blatt", "sheet", "contin", "cont", "overleaf", "turn over")
_ZEROS = str.maketrans("123456789", "0" * 9)


def without_furniture(lines: Sequence[Line]) -> tuple[Sequence[Line], frozenset[int]]:
    r"""Leave the furniture of pages out, with the blank lines around it where a list goes on.

    Parameters
    ----------
    lines
        All lines of a text.

    Returns
    -------
    tuple
        The lines that are read, and the numbers of those left out. One head that tells more than
        its page is kept, as the number of the case may stand nowhere else.

    Examples
    --------
    >>> from impactcalc.intake.escalation.text.lines import split_lines
    >>> lines, left = without_furniture(split_lines("- drain\n\nPage 2 of 3\n\n- refill"))
    >>> [line.text for line in lines], sorted(left)
    (['- drain', '- refill'], [3])
    """
    if len(lines) >= LONG:
        return lines, frozenset()
    fed = any(_FEED in line.raw for line in lines)
    lines = [_behind_feed(line) for line in lines] if fed else lines
    paper = _Paper(lines)
    paper.find()
    if not paper.left:
        return lines, frozenset()
    kept = _without(lines, paper.left)
    left = frozenset(lines[at].number for at in paper.left)
    heads = ((at, without_page_number(lines[at])) for at in paper.numbered)
    told = next(
        (head for at, head in heads if head and _tells(head, first=at == paper.first)), None
    )
    if told is None:
        return kept, left
    left -= {told.number}
    if told.number == lines[paper.first].number:
        return [told, *kept], left
    return [*kept, lines[-1].unsearched(), told], left


def _behind_feed(line: Line) -> Line:
    """Leave a form feed out of the searched words that it opens."""
    fed = len(line.raw) - len(line.raw.lstrip(_FEED))
    if not fed or not line.text or line.origin is not None:
        return line
    return line._replace(text=line.text[fed:], origin=tuple(range(fed, len(line.text))))


class _Paper:
    """The lines of a text, and which of them belong to its pages."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.left: set[int] = set()
        self.numbered: list[int] = []
        self._worded = [at for at, line in enumerate(lines) if line.text.strip()]
        self.first = self._worded[0] if self._worded else -1

    def find(self) -> None:
        """Find the lines that number a page, and the heads and feet beside them."""
        self.numbered = sorted(self._numbers())
        self.left.update(self.numbered)
        edges = sorted({*self.left, *self._fed()})
        if edges:
            self.left.update(self._heads(edges))
            self.left.update(self._rules())
        self.left.update(self._repeated())

    def _fed(self) -> Iterator[int]:
        """Give the first lines of pages, by their form feeds."""
        return (at for at, line in enumerate(self.lines) if _FEED in line.raw)

    def _numbers(self) -> Iterator[int]:
        """Give the lines that number a page."""
        texts = [(at, self.lines[at].text) for at in self._worded]
        shapes: Counter[str] = Counter()
        maybe: list[tuple[int, str]] = []
        for at, text in texts:
            if len(text) > _LONGEST or (text[-1].isalpha() and not holds(text.lower(), _CUES)):
                continue
            sure = is_page_number(text) and not _heads_section(text)
            if sure or (text.strip().isdecimal() and self._stands_apart(at)):
                yield at
            elif may_hold_page_number(text):
                shapes[_shape(text)] += 1
                maybe.append((at, text))
        yield from (at for at, text in maybe if shapes[_shape(text)] > 1)

    def _stands_apart(self, at: int) -> bool:
        """Whether a number stands in the middle of a line, or at the edge of a page."""
        text = self.lines[at].text
        below = next((line for line in self.lines[at + 1 :] if line.raw.strip(" ")), None)
        return text[:_DEEP].isspace() or (below is not None and _FEED in below.raw)

    def _heads(self, edges: Sequence[int]) -> Iterator[int]:
        """Give the lines beside the edges of pages that stand beside others, too."""
        ends = {*self._worded[:_HEADS], *self._worded[-_HEADS:]}
        beside = [{*self._beside(edge, 1), *self._beside(edge, -1)} for edge in edges]
        shapes = Counter(_shape(self.lines[at].text) for at in ends.union(*beside))
        for edge in edges:
            for step in (1, -1):
                for at in self._beside(edge, step):
                    text = self.lines[at].text
                    again = self._is_title(text) or self._is_resumed(at)
                    if not (again or shapes[_shape(text)] > 1) or is_listed(text):
                        break
                    own = _is_rule(text) or (not again and _heads_section(text))
                    if at != self.first and not own:
                        yield at

    def _beside(self, edge: int, step: int) -> list[int]:
        """Give the lines with words next to the edge of a page, on one side."""
        found = [edge] if _FEED in self.lines[edge].raw and step > 0 else []
        found = [at for at in found if self.lines[at].text.strip() and at not in self.left]
        at = edge + step
        while 0 <= at < len(self.lines) and len(found) < _HEADS:
            if self.lines[at].text.strip() and at not in self.left:
                found.append(at)
            at += step
        return found

    def _is_title(self, text: str) -> bool:
        """Whether a line is the title of the whole text once more."""
        return text.strip() == self.lines[self.first].text.strip()

    def _is_resumed(self, at: int) -> bool:
        """Whether a title says that its section goes on: ``Action Plan (continued)``."""
        match = _resumed().match(self.lines[at].text)
        if match is None:
            return False
        title = match[1].strip(DECORATION).lower()
        return any(
            self.lines[above].text.strip(DECORATION).lower() == title
            for above in self._worded
            if above < at
        )

    def _rules(self) -> Iterator[int]:
        """Give the drawn rules above and below what is left out."""
        for at in sorted(self.left - {self.first}):
            if at + 1 < len(self.lines) and _is_rule(self.lines[at + 1].text):
                yield at + 1
            if at > 1 and _is_rule(self.lines[at - 1].text):
                above = self.lines[at - 2].text
                if not above.strip() or above[:1] in {" ", "\t"} or is_listed(above):
                    yield at - 1

    def _repeated(self) -> Iterator[int]:
        """Give lines that stand several times in the text and cut lists in two."""
        apart = [at for at in self._worded if at not in self.left and self._is_apart(at)]
        shapes = Counter(self.lines[at].text for at in apart)
        for at in apart:
            text = self.lines[at].text
            if shapes[text] > 1 and _is_stamp(text) and not _heads_section(text) and self._cuts(at):
                yield at

    def _is_apart(self, at: int) -> bool:
        """Whether a line in the left margin has blank ones above and below it."""
        line = self.lines[at]
        around = (self.lines[one].text.strip() for one in (at - 1, at + 1) if self._has(one))
        plain = line.text[0] not in " \t" and not is_listed(line.text)
        return plain and any(map(str.isalpha, line.text)) and not any(around)

    def _has(self, at: int) -> bool:
        return 0 <= at < len(self.lines)

    def _cuts(self, at: int) -> bool:
        """Whether items of one list stand above and below a line."""
        above = next(
            (self.lines[one].text for one in range(at - 1, -1, -1) if self._is_worded(one)), ""
        )
        below = next((one for one in range(at + 1, len(self.lines)) if self._is_worded(one)), -1)
        if below < 0 or not above:
            return False
        text = self.lines[below].text
        deep = len(text) - len(text.lstrip())
        same = len(above) - len(above.lstrip()) == deep
        return same and text.lstrip()[0] in LIST_MARKS and text.lstrip()[0] == above.lstrip()[0]

    def _is_worded(self, at: int) -> bool:
        return bool(self.lines[at].text.strip())


def _shape(text: str) -> str:
    """Give the words of a line with its digits made alike."""
    return " ".join(text.translate(_ZEROS).lower().split())


def _is_rule(text: str) -> bool:
    """Whether a line is drawn."""
    words = text.strip()
    return len(words) > _HEADS and words == words[0] * len(words) and not words[0].isalnum()


_STAMPS = (
    *("confidential", "internal", "private", "restricted", "copy", "copies", "printed", "property"),
    *("proprietary", "classified", "controlled", "do not", "not for", "intended", "copyright"),
    *("(c)", "\u00a9", "all rights", "version", "rev.", "revision", "retention", "issue no"),
)
"""What is printed on each sheet, in small letters."""


def _is_stamp(text: str) -> bool:
    """Whether words may be printed on each sheet; ``Details`` is a title of its own."""
    parted = head_parting().search(text.strip()) is not None
    return parted or not DIGITS.isdisjoint(text) or holds(text.lower(), _STAMPS)


def _heads_section(text: str) -> bool:
    """Whether a line may announce or state something of its own: a title, a field."""
    label = text.partition(":")[0]
    return (
        topic_of(text) is not Topic.NONE
        or text.rstrip().endswith(":")
        or bool(label != text and field_of(label))
    )


@cache
def _resumed() -> re.Pattern[str]:
    """Compile a title that goes on."""
    return re.compile(
        r"(.{3,60}?)[ \t]*[-,(\[ ] ?(?i:continued|cont'?d\.?|cont\.?|ctd\.?)[)\]]?:?$"
    )


def _tells(head: Line, *, first: bool) -> bool:
    """Whether a head may tell the number of the case, or is the title of the text."""
    return first or not DIGITS.isdisjoint(head.text)


def _without(lines: Sequence[Line], left: set[int]) -> list[Line]:
    """Leave furniture out; of the blank lines around it one stays where nothing goes on."""
    kept: list[Line] = []
    for gap, group in groupby(
        range(len(lines)), lambda one: one in left or not lines[one].text.strip()
    ):
        several = list(group)
        at = several[-1] + 1
        if not gap or left.isdisjoint(several):
            kept.extend(lines[one] for one in several)
            continue
        blank = next((lines[one] for one in several if one not in left), None)
        if blank is not None and kept and at < len(lines) and not _goes_on(lines[at].text):
            kept.append(blank)
    return kept


def _goes_on(text: str) -> bool:
    """Whether a line may go on with what stands above it: an item, a row, the rest of a line."""
    return text[:1] in {" ", "\t"} or text[:1].islower() or is_listed(text)
