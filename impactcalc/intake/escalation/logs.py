"""A log inside an escalation: hundreds of lines of one shape are no report and are not searched."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.lines import Line

LONG = 1_500  # lines; a shorter text is searched whole
OFTEN = 5  # lines of one shape that are searched
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
    >>> from impactcalc.intake.escalation.lines import split_lines
    >>> lines, left = without_logs(split_lines("It is slow.\n" + "10:02 ping 3 ms\n" * 2000))
    >>> left, lines[-2].text, lines[0].text
    (1995, '', 'It is slow.')
    """
    if len(lines) < LONG:
        return lines, 0
    counts: Counter[str] = Counter()
    kept: list[Line] = []
    left = 0
    for line in lines:
        if line.text:
            shape = line.text.translate(_DIGITS)
            counts[shape] += 1
            if counts[shape] > OFTEN:
                left += 1
                line = line._replace(text="")  # noqa: PLW2901 - the same line, not searched
        kept.append(line)
    return kept, left
