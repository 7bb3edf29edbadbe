"""A log inside an escalation: hundreds of lines of one shape are no report and are not searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

LONG = 1_500  # lines; a shorter text holds no log
OFTEN = 5  # lines of one shape that are searched
WHOLE = (140_000, 2_000)  # characters and lines with words of a text that is searched whole
FIRST, LAST = (36_000, 560), (16_000, 220)  # characters and lines searched at both ends
LABELLED = (12_000, 250)  # characters and lines between them that are kept for their labels
_DIGITS = str.maketrans("123456789", "0" * 9)


def without_logs(lines: Sequence[Line]) -> tuple[Sequence[Line], int]:
    r"""Leave the words of a pasted log out of the search, the first of its lines excepted.

    Parameters
    ----------
    lines
        All lines of a text.

    Returns
    -------
    tuple
        The lines, those of a log without searched words, and how many were left out.

    Examples
    --------
    >>> from impactcalc.intake.escalation.text.lines import split_lines
    >>> lines, left = without_logs(split_lines("It is slow.\n" + "10:02 ping 3 ms\n" * 2000))
    >>> left, lines[-2].text, lines[0].text
    (1995, '', 'It is slow.')
    """
    if len(lines) < LONG:
        return lines, 0
    counts: dict[str, int] = {}
    kept: list[Line] = []
    left = 0
    for line in lines:
        if text := line.text:
            shape = text if text.isalpha() else text.translate(_DIGITS)
            counts[shape] = count = counts.get(shape, 0) + 1
            if count > OFTEN:
                left += 1
                line = line.unsearched()  # noqa: PLW2901 - the same line
        kept.append(line)
    return kept, left


def without_excess(lines: Sequence[Line]) -> tuple[Sequence[Line], tuple[int, int, int]]:
    r"""Leave lines between the beginning and the end of a huge text out of the search.

    An escalation fits into the two ends many times over; the first lines with a known label and a
    figure are kept.

    Parameters
    ----------
    lines
        All lines of a text.

    Returns
    -------
    tuple
        The lines, and how many were left out with the numbers of the first and last of them.

    Examples
    --------
    >>> from impactcalc.intake.escalation.text.lines import split_lines
    >>> text = "It took 7 s.\n" * 20_000 + "Customer: Alder 2\n" + "The end.\n" * 900
    >>> lines, (left, first, _) = without_excess(split_lines(text))
    >>> left > 5_000, lines[first - 1].text, lines[20_000].text
    (True, '', 'Customer: Alder 2')
    """
    sizes = [len(line.text) for line in lines]
    if sum(sizes) <= WHOLE[0] and len(sizes) - sizes.count(0) <= WHOLE[1]:
        return lines, (0, 0, 0)
    begin = _reach(sizes, FIRST)
    end = len(lines) - _reach(sizes[::-1], LAST)
    if begin >= end:
        return lines, (0, 0, 0)
    kept = list(lines)
    numbers: list[int] = []
    characters, spared = LABELLED
    for index in range(begin, end):
        if not sizes[index]:
            continue
        if sizes[index] <= characters and spared and _is_labelled(lines[index].text):
            characters, spared = characters - sizes[index], spared - 1
            continue
        kept[index] = lines[index].unsearched()
        numbers.append(lines[index].number)
    return kept, (len(numbers), numbers[0], numbers[-1]) if numbers else (0, 0, 0)


def _is_labelled(text: str) -> bool:
    """Whether a line with a figure opens with a known label."""
    label, colon, _ = text[:_LABEL].partition(":")
    return bool(colon) and not DIGITS.isdisjoint(text) and bool(field_of(label))


def without_gaps(lines: Sequence[Line]) -> Sequence[Line]:
    r"""Leave out lines that were struck; of blank ones in a row in a long text keep one.

    Examples
    --------
    >>> from impactcalc.intake.escalation.text.lines import split_lines
    >>> [line.number for line in without_gaps(split_lines("Hello" + "\n" * 2000 + "end"))]
    [1, 2, 2001]
    """
    if len(lines) < LONG:
        return [line for line in lines if line.text or not line.struck]
    kept: list[Line] = []
    for line in lines:
        if line.text or not (line.struck or (kept and not kept[-1].text)):
            kept.append(line)
    return kept


_LABEL = 40  # characters in which a label ends


def _reach(sizes: Sequence[int], most: tuple[int, int]) -> int:
    """Give how many lines hold at most so many characters and are so many, blank ones apart."""
    characters, worded = most
    for index, size in enumerate(sizes):
        characters -= size
        worded -= size > 0
        if characters < 0 or worded < 0:
            return index
    return len(sizes)
