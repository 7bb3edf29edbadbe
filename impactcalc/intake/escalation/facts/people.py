"""How many people are affected."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.affected import (
    CUES,
    PARTING,
    PLAIN_CUES,
    affected_of,
    is_inner,
)
from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.facts.compared import of_incident
from impactcalc.intake.escalation.facts.counted import (
    FOLLOWING_WORDS,
    counted_before,
    is_person,
    what_is_counted,
    words_after,
)
from impactcalc.intake.escalation.figures.mention import Kind, Mention
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.sentences import word_pattern
from impactcalc.intake.escalation.words.vocabulary import holds, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_FIELD = "users_affected"
_MANKIND = Decimal(9) * 10**9
_NOT_AFFECTED = frozenset({"licensed", "registered", "unaffected", "subscribed", "enrolled"})
_ON_PAPER = (*_NOT_AFFECTED, "licen", "exist", "accounts", "on the books", "on file", "signed up")
"""Words after a figure that make it a number of people on paper."""
_WHOLES = word_set(
    "all each total excess upwards group team number one know knows knew heard hear speak speaks "
    "spoke talk talking aware think thinking learned report reports tell tells told"
)
"""Words before ``of`` and a figure that is no whole of which only a part is meant."""
_FEWEST_IN_WORDS = 10  # "two nurses complained" counts who called
_OWNING = frozenset({"expect", "expects", "expecting", "has", "have", "employs", "employing"})
_UNTOUCHED = (
    *("not affected", "unaffected", "nobody is", "nobody was", "no longer affected"),
    *("as always", "as usual", "as before"),
    *("not notice", "notice nothing", "noticed nothing", "not feel", "not concerned", "not hit"),
)
_NOBODY = ("nobody is", "nobody was")
_TOPICS = frozenset({Topic.NONE, Topic.DESCRIPTION, Topic.IMPACT, Topic.PERFORMANCE})
_ASIDE = frozenset({Topic.STATUS, Topic.SENTIMENT, Topic.NEXT, Topic.TECHNICAL})
"""Topics of sections whose counts of people only dispute others."""
_UNKNOWN = ("unknown", "not known", "unclear", "to be confirmed", "tbd", "tbc", "n/a")


def user_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the number of affected people: from its label, or from a sentence about them."""
    asked = ""  # a question right before: "How many bidders does it hit?"
    told = known = False  # whether the last figures, or any so far, were a count of people
    for statement in statements:
        question, asked = asked, statement.lower if statement.text.endswith("?") else ""
        if statement.is_past or not statement.has_figures or statement.role is Role.SPEAKER:
            continue
        if holds(question, ("how many", "who ")) and (answer := _answer(statement, question)):
            found = [answer]
        elif statement.start and (statement.field == "users" or _is_people_label(statement)):
            found = list(_labelled(statement))
        elif told and statement.is_correction and (bare := _bare(statement)) is not None:
            found = [bare]
        elif statement.is_hypothetical:
            continue
        elif known and _is_newer(statement):
            found = [  # "it is 650 drivers now" puts a newer count in place of an older one
                one._replace(weight=Weight.CORRECTED)
                for one in _in_sentence(statement, Weight.LIKELY)
            ]
        elif statement.topic in _TOPICS or statement.is_correction:
            found = list(_in_sentence(statement, Weight.HINT))
        elif statement.topic in _ASIDE:
            yield from _beside(statement)
            continue
        else:
            continue
        told = bool(found) or (told and statement.text.endswith("?"))
        known = known or told
        yield from found


def _beside(statement: Statement) -> Iterator[Candidate]:
    """Take a count in another section, which only disputes; ``Tablet Leaders: 15`` counts none."""
    for one in _in_sentence(statement, Weight.HINT):
        if one.figure and what_is_counted(statement, one.figure) == "people":
            yield one._replace(aside=True)


def _is_newer(statement: Statement) -> bool:
    """Whether a sentence tells the count of this moment: ``it is 650 drivers now``.

    A section on the status tells who is left, not who was affected.
    """
    if "now" not in statement.words or statement.field:
        return False
    return statement.topic not in _ASIDE or holds(statement.lower, ("it is ", "it's "))


def _bare(statement: Statement) -> Candidate | None:
    """Take the lone figure that corrects a count of people: ``make that 180``."""
    figures = [one for one in statement.mentions if one.kind is Kind.COUNT]
    if len(figures) != 1 or words_after(statement, figures[0]):
        return None
    return _candidate(statement, figures[0], Weight.LIKELY)


def _answer(statement: Statement, question: str) -> Candidate | None:
    """Take the count that answers a question about people: ``430 milkers and vets.``."""
    named = any(map(is_person, word_pattern().findall(question)))
    counted = [one for one in statement.mentions if _counts(statement, one)]
    people = [one for one in counted if what_is_counted(statement, one) == "people"]
    if len(people) > 1:
        return _candidate(statement, affected_of(statement, people)[0], Weight.LIKELY)
    for mention in counted:
        noun = what_is_counted(statement, mention)
        if noun == "people" or (named and noun == "" and _stands_alone(statement, mention)):
            return _candidate(statement, mention, Weight.LIKELY)
    return None


def _stands_alone(statement: Statement, mention: Mention) -> bool:
    """Whether a figure is all that its clause says: ``550, give or take``."""
    begin, end = statement.clause_span(mention)
    words = statement.lower[max(begin, statement.start) : end]
    return words.strip(" .~\"'") == statement.lower[mention.start : mention.end].strip(" ~")


def _is_people_label(statement: Statement) -> bool:
    """Whether a label names people and what they suffer: ``Viewers hit``, ``Nurses locked out``.

    A name of people alone is a label where the section speaks of the impact.
    """
    words = word_pattern().findall(statement.label)
    if statement.field or not any(map(is_person, words)) or holds(statement.label, _ON_PAPER):
        return False
    if len(words) == 1:
        asked = " ".join(statement.headings).lower()
        return statement.topic is Topic.IMPACT or holds(asked, ("who ", "how many"))
    if holds(statement.label, ("who cannot", "who can't", "who could not", "unable to")):
        return True
    return len(words) <= _LONGEST_LABEL and not _SUFFERING.isdisjoint(words)


_LONGEST_LABEL = 5  # words
_SUFFERING = word_set(
    "affected impacted hit concerned waiting without locked blocked stuck touched suffering number "
    "offline disrupted idle stranded delayed held"
)


def _labelled(statement: Statement) -> Iterator[Candidate]:
    """Take the first figure of the label that counts people."""
    if _is_unknown(statement.value.lower().strip()):
        return
    counted = [
        mention
        for mention in statement.mentions
        if mention.start >= statement.start - 1 and _counts(statement, mention)
    ]
    counted = _of_label(statement, of_incident(statement, counted))
    # What stands in brackets is a remark: "52,000 (410,000 subscribers)".
    persons = [one for one in counted if what_is_counted(statement, one) != "things"]
    plain = [one for one in persons if not _is_in_brackets(statement, one)] or persons
    groups = _groups(statement, counted, plain)
    if len(groups) > 1:
        found = _candidate(statement, groups[0], Weight.STATED)
        yield doubtful(found, f"'{statement.value.strip()}' counts several groups of people")
        return
    if not statement.field:  # "Patients: 0 harmed" counts who is not affected
        groups = [one for one in groups if one.low != 0]
    for mention in groups or [one for one in counted[:1] if one.low < 0]:
        yield _candidate(statement, mention, Weight.STATED)


def _is_unknown(value: str) -> bool:
    """Whether a value says that nobody knows, and guesses nothing: ``not known, 52 crews``."""
    return value.startswith(_UNKNOWN) and not holds(value, _GUESSING)


_GUESSING = ("~", "about", "around", "least", "some ", "roughly", "estimate", "exact", "precise")


def _of_label(statement: Statement, counted: list[Mention]) -> list[Mention]:
    """Read ``Users (total / affected): 2,100 / 640`` in the order of its label."""
    parts = statement.label.split("/")
    told = [holds(part, ("affected", "impacted", "hit", "concerned")) for part in parts]
    if len(counted) == len(parts) > 1 and told.count(True) == 1:
        return [counted[told.index(True)]]
    return counted


def _groups(
    statement: Statement, counted: Sequence[Mention], plain: Sequence[Mention]
) -> list[Mention]:
    """Give the figures behind a label that count people, each another group."""
    inner = [one for one in counted if _is_named(statement, one) and is_inner(statement, one)]
    if inner:
        return inner  # "1,900 users, of these 600 cannot log in"
    named = [one for one in plain if _is_named(statement, one)]
    if plain[:1] != named[:1] and not (named and words_after(statement, plain[0])):
        return [*plain[:1], *_alike(statement, plain)]  # "410" behind "Users affected"
    return [one for one in named if not _is_share_of_whole(statement, one)]


def _is_named(statement: Statement, mention: Mention) -> bool:
    """Whether the words at a figure say that it counts people."""
    return what_is_counted(statement, mention) == "people"


def _alike(statement: Statement, plain: Sequence[Mention]) -> list[Mention]:
    """Give the figures that, as the first, have one word behind them: ``320 internal``."""
    behind = [len(words_after(statement, one)) for one in plain]
    return [
        one for one, count in list(zip(plain, behind, strict=True))[1:] if behind[0] == count == 1
    ]


def _is_in_brackets(statement: Statement, mention: Mention) -> bool:
    """Whether a figure stands in brackets: a remark on what stands before them."""
    before = statement.text[statement.start : mention.start]
    return before.rfind("(") > before.rfind(")")


def _is_share_of_whole(statement: Statement, mention: Mention) -> bool:
    """Whether a group is a part of one counted before: ``300 of them``, ``including 40 nurses``."""
    before = statement.lower[: mention.start].rstrip("~ (").split()[-2:]
    inside = {"including", "incl.", "incl", "which", "whom", "them", "mostly", "or", "at", "in"}
    after = statement.lower[mention.end :].split()[:2]
    placed = before[-1:] in (["at"], ["across"], ["in"])  # "at 310 merchants"
    return placed or bool(inside.intersection(before)) or after in (["of", "them"], ["of", "which"])


def _in_sentence(statement: Statement, least: Weight) -> Iterator[Candidate]:
    """Take a count of people in a sentence that says what happened to them.

    Parameters
    ----------
    statement
        The sentence.
    least
        How plainly it is stated at least, whatever the words.
    """
    if holds(statement.lower, PLAIN_CUES):
        weight = Weight.STATED
    elif statement.topic is Topic.IMPACT or statement.is_correction or holds(statement.lower, CUES):
        weight = Weight.LIKELY
    else:
        weight = least
    if (
        statement.text.startswith("<")
        or "<script" in statement.lower
        or (holds(statement.label, _ON_PAPER) and "affected" not in statement.label)
    ):
        return
    fewest = 1 if weight is Weight.STATED else _FEWEST_IN_WORDS
    people = [
        mention
        for mention in statement.mentions
        if not (_is_of_house(statement, mention) and weight is not Weight.STATED)
        and not (mention.in_words and mention.low <= fewest)
        and _counts(statement, mention)
        and not statement.denies(mention)
        and not holds(_half(statement, mention), _UNTOUCHED)
        and not holds(statement.lower[: mention.start], _NOBODY)
        and (
            (what_is_counted(statement, mention) or counted_before(statement, mention)) == "people"
            or is_inner(statement, mention)
        )
    ]
    for mention in affected_of(statement, people):
        if weight is not Weight.HINT or _is_subject(statement, mention):
            yield _candidate(statement, mention, weight)


def _is_of_house(statement: Statement, mention: Mention) -> bool:
    """Whether a figure counts seats: of a house, or on a contract."""
    return words_after(statement, mention)[:1] == ["seats"]


def _half(statement: Statement, mention: Mention) -> str:
    """Give the words of a sentence that tell of these people, and not of others beside them."""
    begin, end = 0, len(statement.lower)
    for other in statement.mentions:
        if other is mention or what_is_counted(statement, other) != "people":
            continue
        if other.end <= mention.start:
            begin = _parted(statement.lower, other.end, mention.start)
        elif end == len(statement.lower):
            end = _parted(statement.lower, mention.end, other.start)
    before = statement.lower[begin : mention.start]
    before = before[max(before.rfind(mark) for mark in _AGAINST) + 1 :]
    after = statement.lower[mention.end : end]
    return (
        before
        + after[: min((at for mark in _AGAINST if (at := after.find(mark)) >= 0), default=None)]
    )


_AGAINST = ("; ", " while ", " whereas ")
"""What sets others against those before: ``320 wait while the rest notice nothing``."""


def _parted(lower: str, start: int, stop: int) -> int:
    """Give where the words on one figure end and those on the next begin."""
    at = max(lower.rfind(mark, start, stop) for mark in PARTING)
    return at if at >= 0 else stop


def _is_subject(statement: Statement, mention: Mention) -> bool:
    """Whether a sentence is about a crowd, not about helpers: ``1,350 guests stood outside``."""
    begin = statement.start if statement.label else 0
    before = statement.lower[begin : mention.start].rpartition(" says ")[2]
    words = before.replace("~", " ").split()
    opens = all(word.strip("([:") in _BEFORE_SUBJECT for word in words)
    following = words_after(statement, mention)[:FOLLOWING_WORDS]
    if not _SEATS.isdisjoint((*following, statement.label)):
        return False
    helping = not _HELPERS.isdisjoint(following) or not _HELPING.isdisjoint(statement.words)
    return opens and min(mention.values) >= _CROWD and not helping


_SEATS = frozenset({"seats", "headcount", "workforce"})  # of the house, or on the contract
_CROWD = 20  # people; fewer may be those who work on it
_BEFORE_SUBJECT = word_set(
    "between about around roughly some nearly almost over circa ca approximately the our their "
    "all fact "
    "and an estimated more than at least up to"
)
_HELPERS = word_set("employees staff engineers experts colleagues developers technicians attendees")
_HELPING = word_set(
    "joined join called complained asked reported wrote work working attended voted signed employ "
    "employs licensed registered follow subscribed wear"
)


def _counts(statement: Statement, mention: Mention) -> bool:
    """Whether a figure may be a number of affected people: no share, no part ``of 2,100``."""
    if mention.kind is not Kind.COUNT:
        return False
    before = statement.lower[: mention.start].rstrip("~ (").split()
    while before and before[-1] in _DETERMINERS:
        before.pop()
    if before[-1:] == ["of"] and not _WHOLES.intersection(before[-2:-1]):
        return False
    if before[-1:] and before[-1] in _OWNING and not _is_present(statement, mention):
        return False  # "the firm has 70 employees"
    words = words_after(statement, mention)
    if words[1:2] and words[1] in _OF_CUSTOMERS:
        return False  # "26-0917 - Customer Escalation Summary"
    if words[1:2] == ["per"] and not _OFTEN.intersection(words[2:3]):
        return False  # "450 members per branch"
    return not (words[:1] == ["total"] or holds(" ".join(words), _ON_PAPER))


_OFTEN = frozenset({"day", "hour", "minute", "week", "month", "second"})
_NEAR = 40  # characters after a figure in which the words stand that tell of those people


def _is_present(statement: Statement, mention: Mention) -> bool:
    """Whether the people are there as it happens: ``they have 900 guests inside right now``."""
    return holds(statement.lower[mention.end :][:_NEAR], _PRESENT)


_PRESENT = (
    *("right now", "at the moment", " waiting", " stuck", " inside", " in the queue"),
    *(" who cannot", " who can't", " who can not", " that cannot", " that can't", " unable to"),
)
_OF_CUSTOMERS = frozenset({"escalation", "escalations", "summary", "success", "care", "relations"})
"""What the word before is of: ``customer escalation``, ``client relations``."""
_DETERMINERS = frozenset({"the", "their", "our", "its", "his", "her", "about", "all", "some"})


def _candidate(statement: Statement, mention: Mention, weight: Weight) -> Candidate:
    """Make a candidate; refuse negative, broken and inhuman numbers."""
    value = mention.low if mention.high is None else mention.values
    found = offer(statement, _FIELD, value, weight, (mention.start, mention.end))
    if any(number < 0 for number in mention.values):
        return doubtful(found, f"'{found.text}' people is below zero")
    if any(number != number.to_integral_value() for number in mention.values) or (
        mention.bare and "." in str(mention.low)  # "18,00"
    ):
        return doubtful(found, f"'{found.text}' is no whole number of people")
    if max(mention.values) > _MANKIND:
        return doubtful(found, f"'{found.text}' is more people than live on earth")
    if mention.high is not None and mention.high < mention.low:
        return doubtful(found, f"the range '{found.text}' runs backwards")
    return found._replace(figure=mention)
