"""Names of organisations in running text, and how much speaks for each being the customer's."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, offer
from impactcalc.intake.escalation.facts.houses import is_house, name_pattern, whole_name
from impactcalc.intake.escalation.facts.persons import SEARCHED, is_closing, is_person, persons_of
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.sections import Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_ENOUGH = 2  # points from which a name is worth a hint


_LONGEST = 6  # words of a name
_SEATS = ("present", "attendees", "participants", "caller", "contact", "from", "customer contact")
_DOING = (
    r"reports?|reported|called|calls|complains?|complained|escalated|escalates|cannot|can't|could|"
    r"sees|says|said|has|have|had|is|are|was|were|wrote|raised|raises|experiences?|opens|opened|lost|loses|"
    r"needs?|asked|told|informed|estimates?|expects?|uses?|runs|suffers?|filed|operates|noticed|"
    r"finds|gets|got|claims?|wants?|threatens?|demands?|depends|relies|pays|rang|phoned|insists|confirms|confirmed|here\\b|"
    r"feels|remains|on the line"
)


@cache
def _kind_before() -> re.Pattern[str]:
    """Compile what calls the next words a customer: ``our client``, ``the parcel carrier``."""
    return re.compile(
        r"\b(?:customer|client|account|company|firm|tenant|subscriber|caller)(?: in question| "
        r"concerned)?(?: is| was| called| named|,|:| -)?(?: the)?$"
        r"|\b(?:this is|speaking for|we at)$"
    )


@cache
def _noun_before() -> re.Pattern[str]:
    """Compile an article and one or two small nouns: ``the parcel carrier``."""
    return re.compile(r"(?:^|[.,;:] |\b)(?:the|our|a|an) (?:[a-z-]{3,20} ){0,2}[a-z-]{4,20}$")


@cache
def _joint_before() -> re.Pattern[str]:
    """Compile the small words before the one that it is about."""
    return re.compile(
        r"\b(?:behalf of|story of|escalation (?:of|for|by|from)|(?:call|meeting|talk) with|"
        r"problem at|severity [0-9] at|for|of|at|from|with|by|about|on)(?: the)?$|"
        r"\b(?:call|meeting|talk) w/$"
    )


@cache
def _case_before() -> re.Pattern[str]:
    """Compile the number of a case: ``Case 77-120, Alder Foods.``."""
    return re.compile(r"\b(?:case|ticket|incident) (?:no\.? )?#?[a-z0-9/-]{0,20}[0-9][,:]?$")


@cache
def _case_after() -> re.Pattern[str]:
    """Compile the number of a case behind its customer: ``Alder Foods, case 77-120``."""
    return re.compile(r",? \(?(?:case|ticket|incident) (?:no\.? |number )?#?[\w/-]{0,20}[0-9]")


@cache
def _matter_after() -> re.Pattern[str]:
    """Compile what is about a customer: ``the Alder Foods affair``."""
    return re.compile(r" (?:matter|affair|case|escalation|account|story|complaint|thing)\b")


@cache
def _acts_after() -> re.Pattern[str]:
    """Compile what a customer does."""
    return re.compile(rf",? (?:now |still |just |also )?(?:{_DOING})\b")


def in_full(found: Candidate, votes: Mapping[str, tuple[float, Candidate]]) -> Candidate:
    """Give a shortened name as the text writes it in full: ``Alder`` for ``Alder Foods``."""
    short = str(found.value).casefold()
    if is_house(short):
        return found
    longer = [one for key, (_, one) in votes.items() if key.startswith(f"{short} ")]
    whole = next((one for one in longer if is_house(str(one.value))), None)
    return found if whole is None else whole._replace(weight=found.weight)


def named_customers(votes: Mapping[str, tuple[float, Candidate]]) -> Iterator[Candidate]:
    """Give the names that may be the customer's, the best supported first."""
    for points, found in sorted(votes.values(), key=lambda pair: -pair[0]):
        if points >= _ENOUGH:
            yield found


def tally(
    statements: Sequence[Statement], is_name: Callable[[str], bool]
) -> dict[str, tuple[float, Candidate]]:
    """Count what speaks for each name: points and first mention by the name in small letters."""
    votes: dict[str, tuple[float, Candidate]] = {}
    people = persons_of(statements)
    spoken_of = _spoken_of(statements)
    closing = False
    for statement in statements[:SEARCHED]:
        if statement.is_past or statement.topic is Topic.PLAN or statement.role is Role.SPEAKER:
            continue
        if is_closing(statement):
            closing = True
            continue
        for start, end in _spans(statement):
            name = statement.text[start:end]
            key = name.casefold()
            if is_person(statement, start, end):
                people.add(key)
                continue
            if not is_name(name):
                continue
            points = _points(statement, start, end)
            if closing and key not in votes and points < _ENOUGH:
                points = _signed(name)
                people.add(key) if not points else None
            before = votes.get(key)
            if before is None:
                spans = (start, end)
                value = statement.passage.written(*spans)
                found = offer(statement, "customer", value, Weight.HINT, spans)
                points += is_house(name) + (_RECALLED if _nouns(key) & spoken_of else 0)
                votes[key] = (points, found)
            else:
                votes[key] = (before[0] + max(points, 0.5), before[1])
    return {key: vote for key, vote in votes.items() if key not in people}


_RECALLED = 1.5  # points of a name whose noun stands for it: "The society opened"


def _nouns(name: str) -> set[str]:
    """Give the words of a longer name that may stand for it: ``society``, ``university``."""
    words = name.split()
    return {words[-1], *(words[:1] if "of" in words else ())} if len(words) > 1 else set()


def _spoken_of(statements: Sequence[Statement]) -> set[str]:
    """Gather the small nouns that sentences speak of: ``The society opened the case``."""
    spoken = (_the_noun().findall(one.text) for one in statements[:SEARCHED])
    return {noun for nouns in spoken for noun in nouns}


@cache
def _the_noun() -> re.Pattern[str]:
    """Compile ``the society``: a noun in small letters with its article."""
    return re.compile(r"\b[Tt]he ([a-z]{4,20})\b")


def _signed(name: str) -> float:
    """Give the points of a line below a mail's closing: the first is a person."""
    return 2 if is_house(name) else 0


def _spans(statement: Statement) -> Iterator[tuple[int, int]]:
    """Find stretches that may be names, without the words that only open the sentence."""
    for match in name_pattern().finditer(statement.text):
        start, end = whole_name(statement.text, *match.span())
        words = statement.text[start:end].split(" ")
        if words[0][:1].isupper() and len(words) <= _LONGEST:
            yield start, end


_CROWDS = ("ers", "ors", "ists", "ees", "staff", "patients", "agents", "clients", "guests")
_FIRST = 3  # statements that name who it is about


def _points(statement: Statement, start: int, end: int) -> float:
    """Count what the words around a name say for it."""
    before = statement.lower[:start].rstrip(" \"'(")
    bracket = statement.text[:start].endswith("(")
    after = statement.text[end : end + 40]
    lone = " " not in statement.text[start:end]
    points = _announced(before, after, lone=lone)
    if after.startswith("'s "):
        crowd = after[3:].partition(" ")[0].endswith(_CROWDS)
        points += 1.5 if lone and not crowd else 2
    elif _acts_after().match(after) and not (lone and before):
        points += 1 if lone else 2
    if not lone and not before and after.startswith((", ", " (")):
        points += 1.5 + (statement.order < _FIRST) / 2
    if statement.label in _SEATS:
        behind = statement.text[:start].rstrip().endswith(",")
        points = 2 if bracket or (behind and is_house(statement.text[start:end])) else 0
    elif bracket:
        points += 1
    return points


def _announced(before: str, after: str, *, lone: bool) -> float:
    """Count what the words before a name say for it: ``our client``, ``case 77-120,``, ``of``."""
    if _kind_before().search(before):
        return 3
    if lone:
        acts = _noun_before().search(before) and _acts_after().match(after)
        return 2 if acts else 0
    if _case_before().search(before) or _case_after().match(after):
        return 2
    about = bool(_matter_after().match(after))
    return 1.5 + about if _joint_before().search(before) else float(about)
