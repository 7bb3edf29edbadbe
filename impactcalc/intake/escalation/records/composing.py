"""A line composed anew: stretches of what was written, with words between them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.states.states import State

if TYPE_CHECKING:
    from impactcalc.intake.escalation.text.lines import Line

SIGNS = {State.DONE: "\u2705 ", State.IN_PROGRESS: "\u23f3 ", State.NOT_STARTED: "\u2b1c "}
"""What stands before an action whose state a record tells in a place of its own."""


def compose(line: Line, *parts: tuple[int, int] | str, level: int = 0) -> Line:
    r"""Compose the words of a line anew; each character keeps its place in what was written.

    Parameters
    ----------
    line
        The line as it is searched so far.
    parts
        Stretches of its text, and words of ours, which stand where the next stretch begins.
    level
        Level of the heading that the line becomes; 0 for none.

    Examples
    --------
    >>> from impactcalc.intake.escalation.text.lines import Line
    >>> made = compose(Line(3, "cmdb_ci=till", "cmdb_ci=till"), "service: ", (8, 12))
    >>> made.text, made.excerpt(0, 13), made.number
    ('service: till', 'till', 3)
    """
    origin = line.origin or tuple(range(len(line.raw)))
    text = ""
    places: list[int] = []
    waiting = 0
    for part in parts:
        if isinstance(part, str):
            waiting += len(part)
            text += part
            continue
        own = origin[part[0] : part[1]]
        if own:
            places += [own[0]] * waiting
            waiting = 0
        places += own
        text += line.text[part[0] : part[1]]
    last = places[-1] if places else 0
    places += [last] * waiting
    return line._replace(text=text, origin=tuple(places), level=level)


TELLING = frozenset(
    {"id", "customer", "subject", "created", "escalated", "revenue", "sla", "arr", "fee", "service"}
)
"""Facts of which a record of a case tells at least one; settings of a program tell none."""


def blank(line: Line) -> Line:
    """Give an empty line in the place of another: what follows is a paragraph of its own."""
    return line._replace(text="", origin=None)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Narrow a stretch to its words: no blanks, no quotation marks around all of it.

    Examples
    --------
    >>> trimmed(' "a b", ', 0, 7), trimmed("x", 0, 1)
    ((2, 5), (0, 1))
    """
    while start < end and text[start] in " \t":
        start += 1
    while start < end and text[end - 1] in " \t,":
        end -= 1
    if end - start > 1 and text[start] in "\"'" and text[end - 1] == text[start]:
        return start + 1, end - 1
    return start, end


@cache
def _humps() -> re.Pattern[str]:
    """Compile where a word ends in a name that is written as one: ``openedAt``, ``opened_at``."""
    return re.compile(r"(?<=[a-z])(?=[A-Z])|[_.\-/]+")


_PREFIXES = frozenset({"u", "x", "cf", "sn", "custom", "fld", "field", "attr", "sys"})


def key_words(key: str) -> str:
    """Write the name of a field as words, in small letters, without a tool's own prefix.

    Examples
    --------
    >>> key_words("u_revenue_at_risk"), key_words("shortDescription"), key_words("Opened")
    ('revenue at risk', 'short description', 'opened')
    """
    if " " in key.strip():
        return " ".join(key.lower().split())  # a person wrote it
    words = [word for word in _humps().split(key) if word]
    while len(words) > 1 and words[0].lower() in _PREFIXES:
        words.pop(0)
    return " ".join(words).lower()
