"""The failing product or platform, in the words of the text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, offer
from impactcalc.intake.escalation.facts.causes import product_of_cause
from impactcalc.intake.escalation.facts.letters import letter_head, without_houses
from impactcalc.intake.escalation.facts.moods import PEOPLE
from impactcalc.intake.escalation.facts.no_names import other_parties
from impactcalc.intake.escalation.facts.persons import is_letterhead
from impactcalc.intake.escalation.facts.rivals import with_rival
from impactcalc.intake.escalation.facts.service_words import GENERAL, HEADS, PAPERS, STOPS, VERBS
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.untold import is_untold
from impactcalc.intake.escalation.words.vocabulary import holds, may_hold, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_TELLING = frozenset({Topic.DESCRIPTION, Topic.NONE, Topic.PERFORMANCE, Topic.IMPACT})
_SPARE = 2  # phrases of one statement: the first may be the customer's own name
_ENOUGH = 20  # hints; the first of them counts
_TITLE_DEPTH = 2
_MOST_MODIFIERS = 3
_LONGEST_LABELLED = 8  # words of a labelled value that is a name and no sentence


@cache
def _tokens() -> re.Pattern[str]:
    """Compile a word with its joints: ``Wi-Fi``, ``CI/CD``, ``.NET``."""
    return re.compile(r"\.?\w(?:[\w.+&'-]{0,60}\w)?(?:/\w{1,30}){0,4}")


_AFFECTED = frozenset({"affected", "impacted", "concerned", "failing", "hit"})


@cache
def _what_fails() -> re.Pattern[str]:
    """Compile ``what fails is the``, ``the failing service is the``."""
    return re.compile(
        r"\b(?:what (?:fails|is failing|is broken|is down|is affected|broke|is slow) is|"
        r"the (?:failing|affected|broken) (?:service|product|platform|system|component) is) "
        r"(?:(?:the|their|our|its) )?([A-Za-z][\w-]*(?: [A-Za-z][\w-]*){0,4})",
        re.IGNORECASE,
    )


_FAILING = ("what ", "the failing ", "the affected ", "the broken ")


def _field(statement: Statement) -> str:
    """Give the fact that a statement's label announces; of ``Affected:`` without figures, too."""
    if statement.label in _AFFECTED and statement.start and not statement.has_figures:
        return "service"
    return statement.field if statement.start else ""


def _named_failing(statement: Statement) -> Iterator[Candidate]:
    """Find ``what fails is the dispatch gateway``."""
    told = " is " in statement.lower and may_hold(statement.lower, _FAILING)
    match = _what_fails().search(statement.text) if told else None
    if match:
        span = match.span(1)
        yield offer(statement, "service", statement.passage.written(*span), Weight.LIKELY, span)


@cache
def _called() -> re.Pattern[str]:
    """Compile how a contract calls what it is about: ``(the "Service")``."""
    return re.compile(
        r" \((?:the |hereinafter |hereafter |herein ){0,3}\"(?:[Tt]he )?"
        r"(?:Service|Platform|System|Product|Software|Application|Solution)s?\"\)"
    )


def _defined(statement: Statement) -> Iterator[Candidate]:
    """Find ``the document search (the "Service")``."""
    match = _called().search(statement.text) if '")' in statement.text else None
    tokens = list(_tokens().finditer(statement.text[: match.start()])) if match else []
    if tokens:
        first = _leftmost(statement.text, tokens, len(tokens) - 1)
        span = tokens[first].start(), tokens[-1].end()
        yield offer(statement, "service", statement.passage.written(*span), Weight.LIKELY, span)


def service_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the name of the failing service, which is not that of a house that serves."""
    houses = other_parties(statements)
    core = product_of_cause(statements)
    found = [
        one for one in _candidates(statements, core) if str(one.value).casefold() not in houses
    ]
    yield from found if core is None else with_rival(found, core)


def _candidates(statements: Sequence[Statement], core: Candidate | None) -> Iterator[Candidate]:
    """Find what may be the name of the failing service."""
    hints = 0
    head = len(letter_head(statements))
    for statement in (one for one in statements if one.label not in _MAIL_HEAD):
        field = _field(statement)
        if field == "service":
            yield from _labelled(statement, core)
        elif field == "subject":
            yield from _phrases(statement, Weight.LIKELY)
        elif statement.role is Role.HEADING and statement.block.depth <= _TITLE_DEPTH:
            yield from _phrases(statement, Weight.HINT)
        elif statement.role not in {Role.HEADING, Role.SPEAKER} and not statement.is_past:
            yield from _named_failing(statement)
            yield from _defined(statement)
            if core is not None and statement.topic in {Topic.DESCRIPTION, Topic.NONE}:
                yield from _around(statement, core)
            if statement.topic in _TELLING and hints < _ENOUGH:
                for found in without_houses(statement, _phrases(statement, Weight.HINT), head):
                    hints += 1
                    yield found
    if core is not None:
        yield core
    yield from _subjects(statements)
    yield from _behind_name(statements)
    yield from _what_is_down(statements)


@cache
def _down() -> re.Pattern[str]:
    """Compile a few plain words and what tells that they fail: ``till printing is down``."""
    return re.compile(
        r"(?:^|(?<=[:/|\u2022-] ))(?:(?:the|our|their|all) )?"
        r"((?:[A-Z]?[a-z][a-z-]{1,18}|[A-Z]{2,5})(?: [a-z][a-z-]{1,18}){0,3}?) "
        r"(?:(?:at|of|in|for) (?:the )?[A-Z][\w&'-]*(?: (?:[A-Z&][\w&'-]*|of|and)){0,4} )?"
        r"(?:(?:is|are|has|have|still|again|completely|been|was|were) ){0,3}"
        r"(?:down|out of order|not working|unavailable|offline|failed|failing|fails?|dropped out|"
        r"stopped|crash(?:es|ed|ing)|hangs|freezes|freezing|broken|dead|"
        r"cannot (?:be|print|open|load|send|connect|start)|"
        r"(?:does|do|did)(?: not|n't) (?:open|start|load|work|print|respond|"
        r"answer|connect|send|sync|update|show))\b"
    )


_DOWN = (
    *("down", "out of", "not ", "unavail", "offline", "fail", "dropped", "stopped"),
    *("crash", "hangs", "freezes", "freezing", "broken", "dead", "n't"),
)


def _what_is_down(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Take what a title or a first sentence says to be down, if it is no crowd of people."""
    for statement in statements[:_EARLY]:
        if statement.is_past or statement.topic not in _TELLING:
            continue
        for match in _down().finditer(statement.text) if holds(statement.lower, _DOWN) else ():
            words = match[1].lower().split()
            if (
                STOPS.isdisjoint(words)
                and words[-1] not in GENERAL
                and PEOPLE.isdisjoint(words[-1:])
                and VERBS.isdisjoint(words)
            ):
                span = match.span(1)
                value = statement.passage.written(*span)
                yield offer(statement, "service", value, Weight.HINT, span)
                return


_EARLY = 8  # statements that tell what it is about
_TITLE_LINES = 3
_LONGEST_PART = 4  # words of a title's part


def _behind_name(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Take what stands behind the name in a title: ``Alder Foods / meter readings / SEV2``."""
    for statement in statements[:_TITLE_LINES]:
        if statement.topic is Topic.PLAN:
            continue
        begin = statement.start
        for number, part in enumerate(re.split(r"( - | \| | / |: )", statement.value)):
            start, begin = begin, begin + len(part)
            words = part.split()
            plain = part[:1].islower() and part.replace(" ", "").replace("-", "").isalpha()
            if number and plain and 1 < len(words) <= _LONGEST_PART and _is_thing(words):
                value = statement.passage.written(start, begin)
                weight = Weight.LIKELY if statement.label in _TOPICS else Weight.HINT
                yield offer(statement, "service", value, weight, (start, begin))
                return


_TOPICS = frozenset({"topic", "pinned"})
"""Labels of what a channel is for: its customer, what fails, and its grade."""


def _is_thing(words: Sequence[str]) -> bool:
    """Whether none of some words is small, or says what kind of text it is."""
    return STOPS.isdisjoint(words) and GENERAL.isdisjoint(words)


_FIRST = 4  # statements of the description in which its subject is looked for
_LONGEST_SUBJECT = 5  # words


def _subjects(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Take what a first sentence of the description is about: ``The crane control drops ...``."""
    told = [
        statement
        for statement in statements
        if statement.topic in {Topic.DESCRIPTION, Topic.NONE}
        and statement.role in {Role.TEXT, Role.ITEM}
        and not statement.is_past
    ]
    for statement in told[:_FIRST]:
        tokens = list(_tokens().finditer(statement.text, statement.start))
        words = [token[0].lower() for token in tokens[: _LONGEST_SUBJECT + 2]]
        if words[:1] and words[0] in {"the", "our", "their"}:
            ends = [number for number, word in enumerate(words) if word in VERBS]
            name = words[1 : ends[0]] if ends else []
            placed = name[-1:] and name[-1] in _PLACES and not _PLACED.isdisjoint(name)
            placed = placed or any("." in word for word in name if word[0].isdigit())
            if name and not placed and GENERAL.isdisjoint(name) and STOPS.isdisjoint(name):
                span = (tokens[1].start(), tokens[ends[0] - 1].end())
                value = statement.passage.written(*span)
                yield offer(statement, "service", value, Weight.HINT, span)
                return


def _labelled(statement: Statement, core: Candidate | None) -> Iterator[Candidate]:
    """Take the value of a label, if it is a name; a component is but a part of a product."""
    technical = core is not None or statement.topic is Topic.TECHNICAL
    part = technical and "component" in statement.label
    weight = Weight.HINT if part else Weight.STATED
    remark = statement.value.find(" (")
    span = (statement.start, statement.start + remark if remark > 0 else statement.stop)
    value = statement.passage.written(*span)
    if is_untold(value) or field_of(value.lower()):
        return  # "Component | Nodes | Zones" heads a table
    if len(value.split()) <= _LONGEST_LABELLED:
        yield offer(statement, "service", value, weight, span)
    else:
        yield from _phrases(statement, weight)


def _around(statement: Statement, core: Candidate) -> Iterator[Candidate]:
    """Find the product's name in a sentence, with the words that belong to it."""
    name = str(core.value)
    at = statement.lower.find(name.lower())
    if at < 0:
        return
    tokens = list(_tokens().finditer(statement.text))
    inside = [i for i, token in enumerate(tokens) if at <= token.start() < at + len(name)]
    if not inside:
        return
    first, last = inside[0], inside[-1]
    while last + 1 < len(tokens) and _joined(statement.text, tokens[last : last + 2]):
        if tokens[last + 1][0].lower() not in HEADS:
            break
        last += 1
    first = _leftmost(statement.text, tokens, first)
    span = (tokens[first].start(), tokens[last].end())
    value = statement.passage.written(*span)
    yield offer(statement, "service", value, Weight.LIKELY, span)


def _phrases(statement: Statement, weight: Weight) -> Iterator[Candidate]:
    """Find a head noun with the words before it: ``managed PostgreSQL service``."""
    if statement.words.isdisjoint(HEADS):
        return
    begin = 0 if statement.label and not statement.field else statement.start
    tokens = list(_tokens().finditer(statement.text, begin))
    found = 0
    for index, token in enumerate(tokens):
        following = tokens[index + 1][0].lower() if index + 1 < len(tokens) else ""
        if token[0].lower() not in HEADS:
            continue
        if following in _GOING_ON and _joined(statement.text, tokens[index : index + 2]):
            continue  # "message queue service", "service agreement"
        if token[0].lower() in _PLACES and tokens[max(0, index - 1)][0].lower() in _PLACED:
            continue  # "support centre"
        first = _leftmost(statement.text, tokens, index)
        before = statement.text[: tokens[first].start()]
        name, after = statement.text[len(before) : token.end()], statement.text[token.end() :]
        if name.lower() in _AT_HOME or _is_office(before) or _is_somebody(before, name, after):
            continue
        well = _is_well(statement.lower, token.end()) or is_letterhead(statement, token.end())
        standing_in = tokens[first][0].lower() in _STAND_INS  # "it runs on the spare system"
        if first < index and not (well or standing_in):
            span = (tokens[first].start(), token.end())
            ours = statement.lower[: span[0]].endswith(_DRIVEN)
            heavy = max(weight, Weight.LIKELY) if ours else weight
            yield offer(statement, "service", statement.passage.written(*span), heavy, span)
            found += 1
            if found == _SPARE:
                return


_FORMS = word_set("ltd limited plc llp llc inc corp gmbh ag sa bv nv oy ab")
_GOING_ON = HEADS | PAPERS | _FORMS
"""Words behind a head noun with which the phrase goes on: ``message queue service``."""
_PLACES = frozenset({"centre", "center"})
_PLACED = word_set("support data operations service distribution conference medical town city")
_STAND_INS = word_set("spare standby stand-by fallback interim temporary substitute replacement")
"""Words for what runs in place of the service that fails."""


def _is_office(before: str) -> bool:
    """Whether words belong to an office, or to a name with a saint: ``Head of Tax Services``."""
    words = before.split()
    led = words[-1:] == ["of"] and not _OFFICES.isdisjoint(word.lower() for word in words[-3:-1])
    return led or words[-1:] == ["St."]


def _is_somebody(before: str, name: str, after: str) -> bool:
    """Whether a name in capitals is where it happens, a channel, or of a place: ``at Elm App``."""
    if before.lower().endswith(_REACHING) and not _denied().search(before):
        return True  # "the positions reach the control centre too late"
    capitals = all(word[:1].isupper() for word in name.split())
    placed = after.startswith(" of ") and after[4:5].isupper()
    placed = placed or (" by " in before.lower() and before.endswith((" by ", ", ")))
    return capitals and (placed or before.endswith((" at ", 'channel "', "channel #")))


@cache
def _denied() -> re.Pattern[str]:
    """Compile what cannot be reached, and so is what fails."""
    return re.compile(r"(?:not|n't|never|to|nobody|unable|hardly)(?: even)? [a-z]+ (?:at )?the $")


_REACHING = tuple(f"{verb} the " for verb in ("reach", "reaches", "reached", "arrive at"))
_AT_HOME = frozenset(
    f"{kind} service"
    for kind in word_set("room customer building after-sales civil cleaning church self")
)
"""Services that people render, and that no program does."""
_OFFICES = word_set("director head manager vp chief lead leader president chair secretary minister")
_MAIL_HEAD = frozenset({"from", "to", "cc", "bcc", "sent", "present", "attendees", "taking part"})


def _is_well(lower: str, end: int) -> bool:
    """Whether the words behind a name say that it works: ``the web terminals are ok``."""
    return lower.startswith((*_WELL, *_WORKED_ON), end)


_WORKED_ON = tuple(
    f" {was} {done}"
    for was in ("was", "were", "has been", "have been", "is being", "are being", "is", "are")
    for done in ("updated", "rebuilt", "restarted", "replaced", "rolled", "moved", "restored")
)
"""What is said of a thing that the plan works on: ``the lock gateway was updated``."""
_DRIVEN = tuple(
    f"{verb} {our} "
    for verb in ("driven by", "powered by", "run by", "runs on", "run on", "served by", "fed by")
    for our in ("our", "your")
)
"""What leads from a thing that people touch to the product behind it."""
_WELL = tuple(
    f" {verb} {state}"
    for verb in ("is", "are", "remain", "remains")
    for state in ("ok", "fine", "healthy", "not affected", "unaffected", "not concerned", "well")
)


def _leftmost(text: str, tokens: list[re.Match[str]], index: int) -> int:
    """Go left over the modifiers of a noun."""
    first = index
    while first > 0 and index - first < _MOST_MODIFIERS:
        before = tokens[first - 1]
        if (
            before[0].lower() in STOPS
            or before[0].lower() in VERBS
            or not _joined(text, tokens[first - 1 : first + 1])
        ):
            break
        if before[0][0].isdigit():
            break
        first -= 1
    return first


def _joined(text: str, pair: list[re.Match[str]]) -> bool:
    """Whether only a blank stands between two words."""
    return text[pair[0].end() : pair[1].start()] == " "
