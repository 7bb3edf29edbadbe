"""Rivals: what another line says of the same fact, so that a person looks at both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, equal
from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAID_ONCE = frozenset(
    {
        *("priority", "status", "created", "escalated", "sentiment"),
        *("escalation_level", "renewal_date"),
    }
)
"""Facts that a text tells once: it is strange when another line says otherwise."""


def same_instant(first: Candidate, second: Candidate) -> bool:
    """Whether two dates agree: the same words, or the same moment in two zones."""
    if equal(first.value, second.value):
        return True
    one, two = first.stamp, second.stamp
    if one is None or two is None or not (one.exact and two.exact):
        return False
    return one.bounds() == two.bounds()


def same_day(first: Candidate, second: Candidate) -> bool:
    """Whether two values agree; a day does with a time of that day."""
    one, two = str(first.value), str(second.value)
    return one.startswith(f"{two}T") or two.startswith(f"{one}T") or same_instant(first, second)


def with_rival(found: Sequence[Candidate], core: Candidate) -> Iterator[Candidate]:
    """Note beside each product that another line names one which shares no word with the cause's.

    Parameters
    ----------
    found
        The products of all lines, `core` among them.
    core
        The product that the heading of the cause names.
    """
    other = _rival(found, core)
    for one in found:
        rival = core if one is other else other
        if rival is None:
            yield one
        else:
            where = f"'{rival.text}' in line {rival.line}"
            note = f"'{one.text}' shares no word with {where}: which of them fails?"
            yield one._replace(note=note)


def _rival(found: Sequence[Candidate], core: Candidate) -> Candidate | None:
    """Find another product: one behind a label, or any where nothing else supports the cause's."""
    own = _words(core)
    if own <= _COMMON:
        return None
    others = [one for one in found if _words(one) - _COMMON and own.isdisjoint(_words(one))]
    supported = any(one.line != core.line and not own.isdisjoint(_words(one)) for one in found)
    stated = [one for one in others if one.weight >= Weight.STATED]
    return next(iter(stated or (() if supported else others)), None)


def _words(one: Candidate) -> set[str]:
    """Give the words of a name in the singular; those that many products bear only if alone."""
    words = {word.removesuffix("s") for word in re.findall(r"\w+", str(one.value).casefold())}
    return words - _COMMON or words


_COMMON = word_set("service system platform api app application software server portal engine")
