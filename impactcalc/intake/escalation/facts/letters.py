"""A letter: who writes it, the customer or the house that serves them."""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.persons import house_of, is_closing, is_dateline
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_HEAD = 16  # statements before the salutation of a letter
_SALUTATIONS = ("dear ", "to whom it may", "sehr geehrte")


def sender_names(statements: Sequence[Statement]) -> frozenset[str]:
    """Give the names in a letter, in small letters, that are its sender's and no customer's.

    The place above a letter's date is nobody's name. The house in the first line and below the
    closing is the customer's where they complain, and not where their provider answers.
    """
    head = [*takewhile(_is_before_salutation, statements[: _HEAD + 1])]
    if len(head) in {len(statements), _HEAD + 1}:
        return frozenset()
    names = {statement.text.partition(",")[0] for statement in head if is_dateline(statement)}
    if _is_by_provider(statements[len(head) :]):
        names.update(house_of(statement) for statement in head[:1])
        for statement in _below_closing(statements):
            names.update((house_of(statement), statement.text.rpartition(", ")[2].strip(" .")))
    return frozenset(name.casefold() for name in names if name)


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
        if not holds(statement.lower, ("our ", "my ")):
            continue
        for ours, product in _sides().findall(statement.lower):
            balance += 1 if bool(ours) == bool(product) else -1
    return balance > 0
