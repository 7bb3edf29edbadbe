"""Who writes, speaks, signs and is greeted: persons and roles, and no customer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.houses import ROLES, TITLES, is_house, is_role, name_pattern
from impactcalc.intake.escalation.facts.no_names import is_given
from impactcalc.intake.escalation.figures.dates import find_stamps
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

SEARCHED = 400  # statements; who is not named by then is not the customer
_FIRST = 3  # statements in which a text names the house that writes

_SHORT_ROLES = word_set("eng csm ops dev devops sre qa tam ae pm am fd cs tech legal sales")
"""What stands in brackets behind a person's name, and may end the name of a house."""


def is_closing(statement: Statement) -> bool:
    """Whether a line ends a letter: ``Kind regards,``; below it stand those who sign."""
    words = statement.lower.strip(" ,.!-").split()
    if statement.lower.strip() == "--" or _signs_off(statement.lower):
        return True
    return 0 < len(words) <= _CLOSING_WORDS and words[-1] in _CLOSINGS and not statement.label


def _signs_off(lower: str) -> bool:
    """Whether a line closes a letter and signs it: ``Kind regards, Ada``."""
    closing, comma, name = lower.partition(", ")
    words = closing.split()
    short = 0 < len(words) < _CLOSING_WORDS and words[-1] in _CLOSINGS - {"thanks"}
    return bool(comma) and short and 0 < len(name.split()) <= _CLOSING_WORDS


_CLOSING_WORDS = 3


_CLOSINGS = frozenset(
    {"regards", "sincerely", "faithfully", "cheers", "wishes", "thanks", "best"}
) | {
    *(
        "cordialement",
        "gruesse",
        "gr\u00fc\u00dfe",
        "gr\u00fcssen",
        "gr\u00fc\u00dfen",
        "saludos",
        "rgds",
        "greetings",
    ),
}


def persons_of(statements: Sequence[Statement]) -> set[str]:
    """Gather the names of those who write, speak or are greeted, in small letters."""
    people: set[str] = set()
    for statement in statements[:SEARCHED]:
        words: list[str] = []
        if statement.label in _CORRESPONDENTS:
            words = statement.value.split("<")[0].split("(")[0].split()
        elif statement.role is Role.SPEAKER:
            words = re.split(r"[0-9(]", statement.text)[0].split()
        elif statement.order and statement.label.isalpha() and not statement.field:
            words = [statement.label] if topic_of(statement.label) is Topic.NONE else []
        elif statement.lower.startswith(_WRITTEN):
            words = statement.text.strip(" ,!.").split(",")[0].split()[2:]
        elif statement.lower.startswith(_GREETINGS):
            words = statement.text.strip(" ,!.").split()[1:3]
        named = [word.strip(",;.:'\"").casefold() for word in words]
        people.update(named)
        people.add(" ".join(named))
    return people


_CORRESPONDENTS = frozenset(
    {"from", "to", "cc", "von", "an", "de", "sent by", "author", "written by"}
)


_WRITTEN = tuple(f"{verb} by " for verb in ("posted", "published", "compiled", "prepared"))


_GREETINGS = ("hi ", "hello ", "dear ", "hey ")


def is_person(statement: Statement, start: int, end: int) -> bool:
    """Whether a name is a person's, a role, or of the house that writes, and no customer's."""
    words = statement.lower[start:end].split(" ")
    before = statement.lower[:start].rstrip(" .").rpartition(" ")[2]
    after = statement.lower[end : end + 1 + 12].lstrip()
    told = re.findall(r"[a-z]+", after) if after.startswith("(") else []
    role = not (ROLES.isdisjoint(told) and _SHORT_ROLES.isdisjoint(told))
    return (
        not TITLES.isdisjoint(words)
        or before in TITLES
        or statement.lower[:start].endswith(_WRITTEN)
        or role
        or is_role(statement.text[start:end])
        or is_given(statement.text[start:end])
        or is_letterhead(statement, end)
    )


def is_letterhead(statement: Statement, end: int) -> bool:
    """Whether a text opens with the house that writes: ``Linnet Systems, Customer Care``."""
    if statement.order >= _FIRST or statement.role is Role.HEADING:
        return False
    return statement.lower[end:].lstrip(" ,|-").startswith(_DEPARTMENTS)


_DEPARTMENTS = tuple(
    f"customer {name}"
    for name in ("care", "relations", "service", "support", "success", "operations")
)


def is_writer(statement: Statement) -> bool:
    """Whether a first name says who took the notes, or a place where a letter was written.

    ``notes: Ada, typed live`` and ``Millbrook, 4 May 2026`` name no customer.
    """
    first = statement.value.strip().partition(",")[0]
    if not first.isalpha():
        return False
    return statement.label in _TAKEN_DOWN or is_dateline(statement)


def is_dateline(statement: Statement) -> bool:
    """Whether a line is where and when a letter was written: ``Tarn House, 4 May 2026``."""
    place, comma, rest = statement.text.strip().partition(",")
    if not (comma and statement.has_digits) or statement.label or is_house(place):
        return False
    return _is_all_date(rest.strip())


def house_of(statement: Statement) -> str:
    """Give a line that is a name and nothing else, without what follows a comma."""
    name = statement.text.partition(",")[0].strip()
    match = name_pattern().match(name)
    return name if match and match.end() == len(name) else ""


_TAKEN_DOWN = frozenset({"notes", "note", "minutes", "protocol", "memo", "typed"})


WRITTEN_BY = tuple(f" {word}:" for word in sorted(_TAKEN_DOWN))


def _is_all_date(words: str) -> bool:
    """Whether words are a date and nothing else."""
    stamps = find_stamps(words)
    return any(stamp.start == 0 and stamp.end >= len(words) - 1 for stamp in stamps)
