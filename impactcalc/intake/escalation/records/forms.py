"""A form with running numbers before its fields: ``7  Status      Supplier on site``."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import compose
from impactcalc.intake.escalation.words.labels import field_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 4  # fields
_FEWEST_KNOWN = 2  # labels; the rows of a plan have none


@cache
def _row() -> re.Pattern[str]:
    """Compile a number, a label, a gap, and where the value begins."""
    return re.compile(
        r"[ \t]{0,8}(?P<number>[0-9]{1,2})[.)]?[ \t]{1,4}"
        r"(?P<label>[A-Z](?:\S| (?! )){1,40}?):?[ \t]{2,}(?=\S)"
    )


def with_forms(lines: Sequence[Line]) -> Sequence[Line]:
    """Write the numbered fields of a form as ``label: value``, where their values share a column.

    Numbers that do not rise, or labels of which hardly one is known, make no form.
    """
    found = [_row().match(line.text) for line in lines]
    rows = [match for match in found if match is not None]
    columns = {match.end() for match in rows}
    known = sum(bool(field_of(match["label"].lower())) for match in rows)
    if len(rows) < _FEWEST or len(columns) > 1 or known < _FEWEST_KNOWN:
        return lines
    if any(int(one["number"]) >= int(other["number"]) for one, other in pairwise(rows)):
        return lines
    return [
        line
        if match is None
        else compose(line, match.span("label"), ": ", (match.end(), len(line.text)))
        for line, match in zip(lines, found, strict=True)
    ]
