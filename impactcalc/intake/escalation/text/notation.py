"""The decimal mark of a text: where it is a comma, a point groups thousands before units, too."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_UNIT = (
    r" ?(?:[%\u2030\u20ac\u00a3$]|per ?cent\b|m?s\b|secs?\b|seconds?\b|min\b|minutes?\b|h\b"
    r"|hours?\b|[A-Z]{3}\b|euros?\b|million\b|k\b)"
)
_SWAPPED = str.maketrans(",.", ".,")


def in_one_notation(lines: Sequence[Line]) -> Sequence[Line]:
    """Write ``1.200 ms`` as ``1,200 ms`` where a text has decimal commas, each in its place.

    Three digits behind a lone mark are thousands or thousandths: the other figures tell.

    Parameters
    ----------
    lines
        All of a text.
    """
    text = "\n".join(line.text for line in lines)
    if not has_decimal_commas(text):
        return lines
    return [
        line._replace(text=_lone_mark().sub(lambda match: match[0].translate(_SWAPPED), line.text))
        for line in lines
    ]


def has_decimal_commas(text: str) -> bool:
    """Whether the figures of a text have commas for decimal marks, and none has a point.

    Examples
    --------
    >>> [has_decimal_commas(text) for text in ("17,5 s", "1,250 s", "0,5 %, 0.5 %")]
    [True, False, False]
    """
    if not _may_be_decimal(text) or _decimals(",").search(text) is None:
        return False
    return _decimals(".").search(text) is None


def _may_be_decimal(text: str) -> bool:
    """Whether a comma stands before one or two digits, or before three of a share."""
    for left, right in pairwise(text.split(",")):
        if left[-1:].isdigit():
            rest = right.lstrip("0123456789")
            digits = len(right) - len(rest)
            if 0 < digits < _GROUP or (digits == _GROUP and rest.lstrip(" ")[:1] == "%"):
                return True
    return False


_GROUP = 3  # digits between two signs of thousands


@cache
def _decimals(mark: str) -> re.Pattern[str]:
    """Compile a figure that shows its decimal mark: ``17,5 s``, ``1.250,50``."""
    point, comma = re.escape(mark), re.escape(mark.translate(_SWAPPED))
    return re.compile(
        rf"(?<![0-9.,])[0-9]{{1,6}}{point}[0-9]{{1,2}}(?![0-9.,][0-9]?){_UNIT}"
        rf"|[0-9]{comma}[0-9]{{3}}{point}[0-9]{{1,2}}(?![0-9])"
        rf"|(?<![0-9.,])9[0-9]{point}[0-9]{{3}} ?%"  # an availability
    )


@cache
def _lone_mark() -> re.Pattern[str]:
    """Compile a time or share with one mark and three digits behind it."""
    return re.compile(
        r"(?<![0-9.,])[0-9]{1,3}[.,][0-9]{3}(?= ?(?:%|per ?cent\b|m?s\b|secs?\b|seconds?\b|"
        r"min\b|minutes?\b|milliseconds?\b))"
    )
