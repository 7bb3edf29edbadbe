"""Names of organisations in running text, and how much speaks for each being the customer's."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, offer
from impactcalc.intake.escalation.figures.dates import find_stamps
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_ENOUGH = 2  # points from which a name is worth a hint
_MOST_REPEATS = 2  # further mentions that count
_LONGEST = 6  # words of a name
_SEARCHED = 400  # statements; who is not named by then is not the customer

_OPENERS = word_set(
    "the a an our their your his her its this that these those today yesterday tomorrow now since "
    "at on in for from of with by to and but if as when while because so yes no there here it he "
    "she they we i you who what which where why how dear hi hello hey mr mrs ms miss dr prof sir "
    "also then after before until during between both all some each every please thanks thank "
    "customer client account company firm caller subject re fwd fw topic heads-up note update "
    "affected"
)
"""Words in capitals that begin a sentence, and no name."""
_ZONES = word_set("utc gmt cet cest bst est edt cst cdt pst pdt jst ist am pm")
_TITLES = word_set("mr mrs ms miss dr prof sir herr frau monsieur madame")
_ROLES = word_set(
    "manager managers director directors head officer desk management team lead engineer engineers "
    "engineering chief president partner support account accounts operations service staff council "
    "governor owner agent duty office department division board group-lead vp ceo cio coo cto cfo "
    "ciso it regards sincerely faithfully region north south east west emea amer apac"
)
"""Words of a role; a name that ends in one is a person's function."""
_SHORT_ROLES = word_set("eng csm ops dev devops sre qa tam ae pm am fd cs tech legal sales")
"""What stands in brackets behind a person's name, and may end the name of a house."""
_HOUSES = word_set(
    "ltd limited plc llp llc inc corp corporation gmbh ag kg se sa bv nv oy ab spa pty co bank "
    "university college school hospital clinic clinics foods group holdings holding insurance "
    "assurance mutual council city county ministry museum museums railways rail airways airlines "
    "logistics freight shipping telecom energy utilities motors pharma laboratories labs studios "
    "media networks partners brothers sons stores retail hotels resorts trust foundation institute "
    "society association authority agency exchange auctions fitness transit dairy farms brewery "
    "works industries manufacturing capital finance financial savings credit union broadcasting "
    "publishing press games online outdoor outfitters services solutions systems technologies"
)
"""Words that end the names of organisations."""
_SEATS = ("present", "attendees", "participants", "caller", "contact", "from", "customer contact")
_DOING = (
    r"reports?|reported|called|calls|complains?|complained|escalated|escalates|cannot|can't|could|"
    r"sees|says|said|has|have|had|is|are|was|were|wrote|raised|experiences?|opened|lost|loses|"
    r"needs?|asked|told|informed|estimates?|expects?|uses?|runs|suffers?|filed|operates|noticed|"
    r"finds|gets|got|claims?|wants?|threatens?|demands?|depends|relies|pays|rang|phoned|insists|"
    r"feels|remains|on the line"
)


KINDS_OF_TEXT = word_set(
    "escalation escalations summary notes note memo status page call incident handover hand-over "
    "report update customer case ticket private internal confidential urgent fwd fw re topic "
    "minutes meeting brief briefing review post-mortem postmortem outage problem issue "
    "hello hi hey dear team all everyone everybody folks colleagues morning afternoon evening good "
    "greetings regards thanks thank who what when how why where money card sheet transcript bridge "
    "weekly daily monthly account log timeline document form template title draft version "
    "success care relations memorandum post-call resolved monitoring "
    "identified investigating mitigated record export chat history dossier situation heads-up "
    "sitrep overview "
    "aw wg tr rv antw sv vs re: fw: please help attention warning important information info "
    "teams slack jira servicenow zendesk confluence whatsapp zoom webex pagerduty opsgenie "
    "statuspage salesforce sharepoint outlook "
    "news newsletter intranet extranet blog wiki "
    "eskalation vorgang auftrag anfrage ticket meldung protokoll board item agenda esc"
)
"""Words of what kind of text it is, of a salutation, of a tool: none is a part of a name."""


@cache
def _name() -> re.Pattern[str]:
    """Compile words in capitals with small joints between them."""
    return re.compile(
        r"(?<![\w@./-])(?:St\. )?[A-Z][\w&'-]{0,30}"
        r"(?:(?: (?:&|of|and|de|van|der|for|the)){0,2} [A-Z][\w&'-]{0,30}){0,5}(?![\w@])"
    )


@cache
def _kind_before() -> re.Pattern[str]:
    """Compile what calls the next words a customer: ``our client``, ``the parcel carrier``."""
    return re.compile(
        r"\b(?:customer|client|account|company|firm|tenant|subscriber)(?: in question| concerned)?"
        r"(?: is| called| named|,|:| -)?$|\b(?:this is|speaking for|we at)$"
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
        r"problem at|severity [0-9] at|for|of|at|from|with|by|about|on)$|"
        r"\b(?:call|meeting|talk) w/$"
    )


@cache
def _acts_after() -> re.Pattern[str]:
    """Compile what a customer does."""
    return re.compile(rf",? (?:now |still |just |also )?(?:{_DOING})\b")


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
    people = _persons(statements)
    closing = False
    for statement in statements[:_SEARCHED]:
        if statement.is_past or statement.topic is Topic.PLAN:
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
                votes[key] = (points + _suffix(name), found)
            else:
                votes[key] = (before[0] + max(points, 0.5), before[1])
    return {key: vote for key, vote in votes.items() if key not in people}


def is_closing(statement: Statement) -> bool:
    """Whether a line ends a letter: ``Kind regards,``; below it stand those who sign."""
    words = statement.lower.strip(" ,.!-").split()
    if statement.lower.strip() == "--":
        return True
    return 0 < len(words) <= _CLOSING_WORDS and words[-1] in _CLOSINGS and not statement.label


_CLOSING_WORDS = 3
_CLOSINGS = frozenset({"regards", "sincerely", "faithfully", "cheers", "wishes", "thanks", "best"})


def _persons(statements: Sequence[Statement]) -> set[str]:
    """Gather the names of those who write, speak or are greeted, in small letters."""
    people: set[str] = set()
    for statement in statements[:_SEARCHED]:
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


def _signed(name: str) -> float:
    """Give the points of a line below a mail's closing: the first is a person."""
    return 2 if _suffix(name) else 0


def _spans(statement: Statement) -> Iterator[tuple[int, int]]:
    """Find stretches that may be names, without the words that only open the sentence."""
    for match in _name().finditer(statement.text):
        start, end = whole_name(statement.text, *match.span())
        words = statement.text[start:end].split(" ")
        if words[0][:1].isupper() and len(words) <= _LONGEST:
            yield start, end


def whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    """Give a name without the words that only open its sentence, with ``plc`` behind it.

    Examples
    --------
    >>> [("Today Alder Foods plc"[a:b]) for a, b in [whole_name("Today Alder Foods plc", 0, 17)]]
    ['Alder Foods plc']
    """
    words = text[start:end].split(" ")
    while words and (words[0][:1].islower() or _opens(words[0].lower())):
        start += len(words.pop(0)) + 1
    while words and (words[-1].islower() or words[-1] == "&"):
        end -= len(words.pop()) + 1
    if words and words[-1].endswith("'s"):
        end -= 2
    form = re.match(r" (plc|ltd|llp|inc|gmbh|limited)\b", text[end:])
    return (start, end + len(form[0])) if form and words else (start, max(start, end))


def _opens(word: str) -> bool:
    """Whether a word in capitals only opens a sentence or a title."""
    return word not in _TITLES and (word in _OPENERS or word in KINDS_OF_TEXT or word in _ZONES)


def is_person(statement: Statement, start: int, end: int) -> bool:
    """Whether a name is a person's, a role, or of the house that writes, and no customer's."""
    words = statement.lower[start:end].split(" ")
    before = statement.lower[:start].rstrip(" .").rpartition(" ")[2]
    after = statement.lower[end : end + 1 + 12].lstrip()
    told = re.findall(r"[a-z]+", after) if after.startswith("(") else []
    role = not (_ROLES.isdisjoint(told) and _SHORT_ROLES.isdisjoint(told))
    return (
        not _TITLES.isdisjoint(words)
        or before in _TITLES
        or statement.lower[:start].endswith(_WRITTEN)
        or role
        or _is_role(statement.text[start:end])
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
    first, comma, rest = statement.value.strip().partition(",")
    if not first.isalpha():
        return False
    if statement.label in _TAKEN_DOWN:
        return True
    dated = bool(comma) and statement.has_digits and not statement.label
    return dated and _is_all_date(rest.strip())


_TAKEN_DOWN = frozenset({"notes", "note", "minutes", "protocol", "memo", "typed"})


WRITTEN_BY = tuple(f" {word}:" for word in sorted(_TAKEN_DOWN))


def _is_all_date(words: str) -> bool:
    """Whether words are a date and nothing else."""
    stamps = find_stamps(words)
    return any(stamp.start == 0 and stamp.end >= len(words) - 1 for stamp in stamps)


def _is_role(name: str) -> bool:
    """Whether the last word of a name is that of a role: ``Managing Partner``."""
    return name.rpartition(" ")[2].lower().strip(".,'") in _ROLES


def _suffix(name: str) -> float:
    """Give a point to a name that ends, or begins, as those of organisations do."""
    words = name.lower().replace(".", "").split(" ")
    house = len(words) > 1 and (words[-1] in _HOUSES or words[0] in {"city", "university", "bank"})
    return 1 if house else 0


_CROWDS = ("ers", "ors", "ists", "ees", "staff", "patients", "agents", "clients", "guests")
_FIRST = 3  # statements that name who it is about


def _points(statement: Statement, start: int, end: int) -> float:
    """Count what the words around a name say for it."""
    before = statement.lower[:start].rstrip(" \"'(")
    bracket = statement.text[:start].endswith("(")
    after = statement.text[end : end + 40]
    lone = " " not in statement.text[start:end]
    points = 0.0
    if _kind_before().search(before):
        points += 3
    elif not lone and _joint_before().search(before):
        points += 1.5
    elif lone and _noun_before().search(before) and _acts_after().match(after):
        points += 2
    if after.startswith("'s "):
        crowd = after[3:].partition(" ")[0].endswith(_CROWDS)
        points += 1.5 if lone and not crowd else 2
    elif _acts_after().match(after) and not (lone and before):
        points += 1 if lone else 2
    if not lone and not before and after.startswith((", ", " (")):
        points += 1.5 + (statement.order < _FIRST) / 2
    if statement.label in _SEATS:
        points = 2 if bracket or statement.text[:start].rstrip().endswith(",") else 0
    elif bracket:
        points += 1
    return points
