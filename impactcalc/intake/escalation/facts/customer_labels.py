"""The customer behind a label: ``Customer: Alder Foods``, without what is remarked on it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.facts.houses import is_house
from impactcalc.intake.escalation.facts.identity import unquoted
from impactcalc.intake.escalation.facts.literal import literal, marked
from impactcalc.intake.escalation.facts.name_words import (
    behind_person,
    behind_title,
    is_clause,
    is_name,
)
from impactcalc.intake.escalation.facts.persons import is_person
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.untold import is_untold
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_MOODS = word_set(
    "calm angry annoyed disappointed furious frustrated happy satisfied patient nervous upset "
    "understanding relaxed tense unhappy concerned worried friendly constructive"
)


def labelled_customers(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Take the value of ``Customer:``, or of ``Who:`` where it is a name."""
    for statement in statements:
        if statement.is_past or not statement.start:
            continue
        first = re.split(r", | \(", statement.value.strip())[0].rstrip(".")
        who = statement.label.strip(" ?.") in {"who", "whose"} or _is_of_customer(statement)
        if statement.field == "customer" or (who and is_name(first)):
            yield from _labelled(statement)


_CALLERS = frozenset(
    [
        "caller",
        "requester",
        "reporter",
        "reported by",
        "raised by",
        "opened by",
        "requested by",
        "contact",
        "customer contact",
        "contact person",
        "their contact",
        "with",
        "for",
        "call with",
        "meeting with",
        "visit to",
        "complainant",
        "contact at the customer",
        "spoke to",
        "spoke with",
        "site",
        "where",
        "location",
        "premises",
    ]
)


_AT = frozenset({"site", "where", "location", "premises"})
"""Labels of places, behind which only a house may be the customer."""


def houses_of_callers(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Take the house of who called: ``Caller: Ms Orde, Alder Foods``, ``With: Alder Foods``."""
    for statement in statements:
        start, end = _caller(statement)
        if not start or statement.is_past:
            continue
        role = statement.text[start:end].rpartition(" - ")
        start += len(role[0] + role[1])  # "Head Baker - Alder Foods"
        value = statement.text[start:end]
        first = re.split(r" \(|, | {2,}|\t", value)[0]
        stretch: tuple[int, int] | None = (0, len(first))
        if not is_house(first):
            stretch = behind_title(value) or behind_person(value)
        if stretch is not None and is_name(value[slice(*stretch)]):
            span = start + stretch[0], start + stretch[1]
            placed = statement.label in _AT and not is_house(value[slice(*stretch)])
            if not (placed or is_person(statement, *span)):
                name = statement.passage.written(*span)
                yield offer(statement, "customer", name, Weight.LIKELY, span)


def _caller(statement: Statement) -> tuple[int, int]:
    """Give the value of a label for who called, at the begin of a line or inside of it."""
    if statement.label in _CALLERS and statement.start:
        return statement.start, statement.stop
    if not holds(statement.text, _INSIDE):
        return 0, 0
    match = _inside().search(statement.text)
    return match.span(1) if match else (0, 0)


_INSIDE = ("Caller: ", "Contact: ", "Requester: ", "Reporter: ")


@cache
def _inside() -> re.Pattern[str]:
    """Compile a label for who called behind a gap: ``Line: 4    Caller: Ms Orde, Alder Foods``."""
    return re.compile(
        r"(?:^| {2}|\t|\| ?|; )(?:Caller|Contact|Requester|Reporter): "
        r"([^|;\t]{3,80}?)(?= {2}|[|;\t]|\.?$)"
    )


def _labelled(statement: Statement) -> Iterator[Candidate]:
    """Take one label's value; a sentence behind it is what the customer says, and no name."""
    span = _without_remark(statement, *unquoted(statement, statement.start))
    name = literal(statement, *span)
    if not name or _is_mood(name) or is_untold(name) or _is_number(name):
        return
    if _is_label(name):
        return
    note = marked(statement, *span)
    found = offer(statement, "customer", name, Weight.STATED, span)._replace(note=note)
    if not _speaks(statement, name):
        yield found
    elif statement.block.entry is None:
        yield doubtful(found, f"'{found.text}' is read as no name")._replace(weight=Weight.HINT)


def _is_label(name: str) -> bool:
    """Whether another label stands where a name should: ``Priority: High``, ``<td>ARR</td>``."""
    if name.lower().startswith(_CELLS):
        return bool(field_of(name[len(_CELLS[0]) :].partition("<")[0].lower()))
    return ": " in name and bool(field_of(name.partition(": ")[0]))


_CELLS = ("<td>", "<th>")


def _is_number(name: str) -> bool:
    """Whether a name holds no letter, and no sign of a formula either: ``=1+1`` is one."""
    return not any(map(str.isalpha, name)) and not name.startswith(_FORMULAS)


_FORMULAS = ("=", "{", "@", "<", "$", "%")


def _speaks(statement: Statement, name: str) -> bool:
    """Whether words behind the customer's label are theirs: in a log only a name is none."""
    if is_clause(name):
        return True
    return statement.block.entry is not None and name[:1].islower()


def _is_of_customer(statement: Statement) -> bool:
    """Whether a label speaks of the customer: ``Customers concerned``."""
    who, _, which = statement.label.partition(" ")
    named = who in {"customer", "customers", "client", "clients", "account"}
    return named and which in {"concerned", "involved", "in question", "at risk", "affected", "hit"}


def _without_remark(statement: Statement, start: int, end: int) -> tuple[int, int]:
    """Leave out what a label's value says beyond the name: ``Alder Foods, opened on ...``."""
    value = statement.text[start:end]
    house = behind_title(value)
    if house is not None:
        start, value = start + house[0], value[slice(*house)]
    remark = _remark().search(value) if holds(value, _REMARKS) else None
    if remark and is_name(value[: remark.start()].strip("\"'")) and _is_remark(remark):
        value = value[: remark.start()]
        if value[:1] == value[-1:] and value[:1] in {'"', "'"}:
            start, value = start + 1, value[1:-1]
    if value.endswith(".") and value.rpartition(" ")[2].lower() not in _SHORTENED:
        value = value[:-1]
    return start, start + len(value.rstrip())


_SHORTENED = frozenset({"ltd.", "inc.", "co.", "corp.", "plc.", "s.a.", "gmbh.", "llc."})


_REMARKS = ("(", ", ", "; ", "- ")


@cache
def _remark() -> re.Pattern[str]:
    """Compile what sets a remark off: brackets at the end, a comma, a semicolon, a dash."""
    return re.compile(
        r" *\(([^()]{1,120})\)\.?$|, (?!inc|ltd|llc|s\.a)()|(?<!amp); (?=[a-z])()| +-+ (?=[a-z])()"
    )


def _is_remark(found: re.Match[str]) -> bool:
    """Whether words set off are no part of the name, as ``(UK)`` and ``, Legal Services`` are.

    ``(the "Operator")``, ``(since 2019)``, ``(gold support)`` are remarks.
    """
    words = found[1]
    if words is None:
        rest = found.string[found.end() :]
        return found[0] != ", " or rest[:1].islower() or not rest[:1].isalpha()
    plain = words[:1].isupper() and DIGITS.isdisjoint(words) and ", " not in words
    return not plain or words.split()[0].lower() in _RANKS


_RANKS = word_set("gold silver bronze platinum premium strategic enterprise vip key standard")


def _is_mood(name: str) -> bool:
    """Whether what stands behind ``Customer:`` tells how they feel."""
    return name[:1].islower() and not _MOODS.isdisjoint(re.findall(r"[a-z]+", name))
