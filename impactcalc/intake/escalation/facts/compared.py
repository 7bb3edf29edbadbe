"""Labels and columns that part what is normal from what is so during the incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import holds
from impactcalc.units.dimension import SECONDS_BY_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from impactcalc.intake.escalation.figures.mention import Mention
    from impactcalc.intake.escalation.structure.statements import Statement

NOW_WORDS = ("now", "current", "currently", "today", "actual", "at the moment")
"""Words for what is so during the incident."""
USUAL_WORDS = ("normal", "ordinar", "peacetime", "usual", "baseline", "before", "typical")
"""Words that call a column or a part of a label normal."""
PRESENT_WORDS = (*NOW_WORDS, "during", "incident", "after", "observed", "measured")
"""Beginnings of the names of columns that hold what is so during the incident."""
_DURING = ("now", "present", "current", "today", "actual", "incident", "during", "degraded")
_EARLIER = ("last ", "previous", "prior", "ago", "good day", "quiet", "healthy", "reference")
_LABEL_MARKS = str.maketrans("()[]_/", "      ")
_PAIR = 2


def is_usual_column(name: str) -> bool:
    """Whether a column holds what was so before the incident: ``Normal``, ``Last month``."""
    return name.startswith(USUAL_WORDS) or holds(name, _EARLIER)


def half_of_label(label: str) -> str:
    """Tell which half of a pair a label ends or begins with; empty when neither.

    Examples
    --------
    >>> half_of_label("look-up now"), half_of_label("normal (p95)"), half_of_label("look-up")
    ('now', 'normal', '')
    """
    words = label.translate(_LABEL_MARKS).split()
    if len(words) > 1 and words[-1] in SECONDS_BY_UNIT:
        words.pop()  # "normal response (s)"
    for word in (words[-1], words[0]) if words else ():
        if word in USUAL_WORDS or word in _DURING:
            return "normal" if word in USUAL_WORDS else "now"
    return ""


def things_with_usual(labels: Iterable[str]) -> frozenset[str]:
    """Give the things of which some labels tell what is usual: the label alone tells the present.

    Examples
    --------
    >>> sorted(things_with_usual(["print time", "print time normal", "usual wait", "wait"]))
    ['print time', 'wait']
    """
    usual = (label.translate(_LABEL_MARKS).split() for label in labels if label)
    return frozenset(
        " ".join(words[:-1] if words[-1] in USUAL_WORDS else words[1:])
        for words in usual
        if len(words) > 1 and (words[0] in USUAL_WORDS or words[-1] in USUAL_WORDS)
    )


def pair_of_label(statement: Statement, times: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """Read ``Response time now/normal: 12 s / 3 s`` in the order of its label."""
    now, usual = _place(statement.label, NOW_WORDS), _place(statement.label, USUAL_WORDS)
    if min(now, usual) < 0 or len(times) != _PAIR or not statement.start:
        return None
    return (times[0], times[1]) if usual < now else (times[1], times[0])


def _place(label: str, words: Sequence[str]) -> int:
    """Give where the first of some words stands in a label; -1 when none does."""
    return min((at for word in words if (at := label.find(word)) >= 0), default=-1)


def pair_of_columns(
    statement: Statement, times: Sequence[Mention]
) -> tuple[Mention, Mention] | None:
    """Read a row of a table whose columns are called ``Before`` and ``Now``."""
    if not statement.columns:
        return None
    named = [(mention, statement.column(mention)) for mention in times]
    usual = [one for one, name in named if is_usual_column(name)]
    now = [one for one, name in named if name.startswith(PRESENT_WORDS)]
    now = of_incident(statement, now) if len(now) > 1 else now
    if not now and len(usual) == 1:  # columns called by their days: the first is the incident's
        now = [one for one, name in named if one is not usual[0] and not _is_later(name)][:1]
    return (usual[0], now[0]) if len(usual) == len(now) == 1 else None


def of_incident(statement: Statement, figures: list[Mention]) -> list[Mention]:
    """Leave out the figures of a row whose columns tell what was before the incident, or after.

    Parameters
    ----------
    statement
        The row of a table, or any other statement: then all of them stay.
    figures
        Its figures.
    """
    if not any(name.startswith(_INSIDE) for name in statement.columns):
        return figures
    return [one for one in figures if statement.column(one).startswith(_INSIDE)] or figures


_INSIDE = ("during", "now", "current", "incident", "in the incident", "today")


def _is_later(name: str) -> bool:
    """Whether a column holds what is promised, or what is so after the mitigation."""
    return holds(name, ("target", "goal", "limit", "agreed", "promised", "after", "since", "fix"))
