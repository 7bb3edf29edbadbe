"""A letter: who writes it, the customer or the house that serves them."""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, offer
from impactcalc.intake.escalation.facts.houses import TITLES, is_house, is_role
from impactcalc.intake.escalation.facts.persons import house_of, is_closing, is_dateline
from impactcalc.intake.escalation.words.vocabulary import holds, word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_HEAD = 16  # statements before the salutation of a letter
_SALUTATIONS = ("dear ", "to whom it may", "sehr geehrte")


def sender_names(statements: Sequence[Statement]) -> frozenset[str]:
    """Give the names in a letter, in small letters, that are its sender's and no customer's.

    The place above a letter's date is nobody's name, nor is a department below a house. The house
    in the first line and below the closing is the customer's where they complain, and not where
    their provider answers.
    """
    head = letter_head(statements)
    if not head:
        return frozenset()
    names = {statement.text.partition(",")[0] for statement in head if is_dateline(statement)}
    names.update(filter(_is_unit, (one.text.partition(",")[0] for one in head[1:])))
    if _is_by_provider(statements[len(head) :]):
        names.update(house_of(statement) for statement in head[:1])
        for statement in _below_closing(statements):
            names.update((house_of(statement), statement.text.rpartition(", ")[2].strip(" .")))
    return frozenset(name.casefold() for name in names if name)


def letter_head(statements: Sequence[Statement]) -> list[Statement]:
    """Give what stands above the salutation of a letter; empty where a text is none."""
    head = [*takewhile(_is_before_salutation, statements[: _HEAD + 1])]
    return [] if len(head) in {len(statements), _HEAD + 1} else head


def addressed_house(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Take the house below the person to whom a provider writes: ``Ms Orde`` / ``Alder Foods``."""
    head = letter_head(statements)
    if not head or not _is_by_provider(statements[len(head) :]):
        return
    persons = [at for at, one in enumerate(head) if _names_person(one)]
    for statement in head[persons[0] + 1 if persons else 1 :]:
        name = house_of(statement)
        lone = name == statement.text.strip(" ,") and not statement.field
        if name and lone and (is_house(name) if not persons else not _is_function(name)):
            span = 0, len(name)
            yield offer(statement, "customer", name, Weight.LIKELY, span)
            return


def without_houses(
    statement: Statement, named: Iterable[Candidate], head: int
) -> Iterator[Candidate]:
    """Leave out what stands in capitals in the head of a letter: houses, and no service.

    Parameters
    ----------
    statement, named
        Where names stand, and these.
    head
        Statements above the salutation.
    """
    for one in named:
        if statement.order >= head or not str(one.value).istitle():
            yield one


def _is_unit(name: str) -> bool:
    """Whether a line below the house names a part of it: ``Box Office Administration``."""
    return name.rpartition(" ")[2].lower() in _UNITS


_UNITS = word_set(
    "administration department office division directorate secretariat unit section branch "
    "purchasing procurement accounting accounts finance logistics management bureau"
)


def _names_person(statement: Statement) -> bool:
    """Whether a line of a letter's head names a person by a title: ``Mr R. Orde, Director``."""
    return statement.lower.partition(" ")[0].rstrip(".") in TITLES


def _is_function(name: str) -> bool:
    """Whether a line tells what a person does: ``Managing Director``, ``Head of Retail``."""
    return is_role(name) or is_role(name.partition(" of ")[0])


def _is_before_salutation(statement: Statement) -> bool:
    """Whether a statement does not greet the one to whom a letter goes."""
    return not statement.lower.startswith(_SALUTATIONS)


def _below_closing(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Give the lines below ``Yours sincerely,``."""
    closed = False
    for statement in statements:
        if closed:
            yield statement
        closed = closed or is_closing(statement)


def _answers_for_it(lower: str) -> bool:
    """Whether a sentence is one of who serves: ``I apologise``, ``your Mr Ode reported it``."""
    return holds(lower, _SERVING) and _serving().search(lower) is not None


_WEIGHTY = 2  # times what a word of either side counts
_SERVING = ("apolog", "your ", "you ", "undert")


@cache
def _serving() -> re.Pattern[str]:
    """Compile what only the house says that owes something to the reader."""
    return re.compile(
        r"\b(?:i|we) (?:(?:sincerely|deeply|again|must|can only|wish to) ){0,2}apologi[sz]e\b"
        r"|\b(?:my|our) (?:[a-z]+ )?apolog(?:y|ies)\b"
        r"|\b(?:i|we) (?:have )?(?:undertook|undertaken|undertake|promised you|owe you)\b"
        r"|\byour (?:mr|mrs|ms|dr)\.? [a-z'-]+ (?:reported|raised|opened|logged|notified)\b"
        r"|\byou (?:are|were|will be) (?:credited|owed)\b"
    )


@cache
def _sides() -> re.Pattern[str]:
    """Compile ``our platform`` and ``your users``: which side has what."""
    return re.compile(
        r"\b(?:(our|my)|your) (?:[a-z-]+ ){0,2}?(?:(platform|service|services|system|systems|"
        r"engineers?|support|engine|portal|product|developers|operators|technicians|on-call)|"
        r"(?:users?|people|staff|customers|clerks|clients|employees|members|agents|advisers|"
        r"practices|branches|stores|shops|sites|colleagues|case|escalation|complaint))\b"
    )


def _is_by_provider(body: Sequence[Statement]) -> bool:
    """Whether a letter speaks of its own product or of the reader's users more than of others."""
    balance = 0
    for statement in body:
        balance += _WEIGHTY * _answers_for_it(statement.lower)
        if not holds(statement.lower, ("our ", "my ")):
            continue
        for ours, product in _sides().findall(statement.lower):
            balance += 1 if bool(ours) == bool(product) else -1
    return balance > 0
