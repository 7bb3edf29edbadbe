"""A passage: words that may run over several lines, each character with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line


class Passage(NamedTuple):
    """Searchable words with their place in the text.

    Parameters
    ----------
    text
        The searched form; lines are joined by one blank.
    pieces
        For each line: where its words begin in `text`, the line, and where they begin in it.
    """

    text: str
    pieces: tuple[tuple[int, Line, int], ...]

    @property
    def line(self) -> int:
        """Number of the line on which the passage begins."""
        return self.pieces[0][1].number

    @property
    def lines(self) -> tuple[int, ...]:
        """Numbers of all lines of the passage."""
        return tuple(line.number for _, line, _ in self.pieces)

    def _piece(self, position: int) -> int:
        """Give the number of the piece that holds a character."""
        for number in range(len(self.pieces) - 1, 0, -1):
            if self.pieces[number][0] <= position:
                return number
        return 0

    def excerpt(self, start: int, end: int) -> tuple[int, str]:
        """Give line and written words of a stretch; the words occur in that line.

        A stretch over several lines is cut at the end of its first line.
        """
        number = self._piece(start)
        begin, line, offset = self.pieces[number]
        stop = self._end_of(number)
        words = line.excerpt(start - begin + offset, min(end, stop) - begin + offset)
        return line.number, words.strip()

    def _end_of(self, number: int) -> int:
        """Give where the words of a piece end in `text`."""
        if number + 1 < len(self.pieces):
            return self.pieces[number + 1][0] - 1
        return len(self.text)

    def written(self, start: int = 0, end: int | None = None) -> str:
        """Give a stretch in the person's own characters, white space collapsed."""
        stop = len(self.text) if end is None else end
        words: list[str] = []
        for number, (begin, line, offset) in enumerate(self.pieces):
            first, last = max(start, begin), min(stop, self._end_of(number))
            if first < last:
                words.append(line.written(first - begin + offset, last - begin + offset))
        return " ".join(" ".join(words).split())

    def place_of(self, part: Passage) -> int:
        """Give where a part of the passage begins in it."""
        _, own, start = part.pieces[0]
        begin, _, offset = next(piece for piece in self.pieces if piece[1] is own)
        return begin + start - offset

    def part(self, start: int, end: int | None = None) -> Passage:
        """Cut out a stretch; blanks at its ends are left out."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        stop = start + len(words)
        number = self._piece(start)
        pieces: list[tuple[int, Line, int]] = []
        for begin, line, offset in self.pieces[number:]:
            if begin >= stop and pieces:
                break
            first = max(start, begin)
            pieces.append((first - start, line, offset + first - begin))
        return Passage(words, tuple(pieces))


def passage_of(line: Line, start: int = 0, end: int | None = None) -> Passage:
    """Make a passage of one line's words."""
    words = line.text[start:end]
    start += len(words) - len(words.lstrip())
    return Passage(words.strip(), ((0, line, start),))


def join(passages: Sequence[Passage]) -> Passage:
    """Join passages with a blank between them."""
    pieces: list[tuple[int, Line, int]] = []
    length = 0
    for passage in passages:
        pieces.extend((begin + length, line, offset) for begin, line, offset in passage.pieces)
        length += len(passage.text) + 1
    return Passage(" ".join(passage.text for passage in passages), tuple(pieces))
