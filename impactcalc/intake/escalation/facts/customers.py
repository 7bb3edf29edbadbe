"""The customer's name: labelled, in the title, or in a sentence about them."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, offer
from impactcalc.intake.escalation.facts.customer_phrases import (
    NAME_JOINTS,
    customer_behind,
    customer_who,
    customer_wrote,
    defined_customer,
    named_customer,
    numbered_name,
)
from impactcalc.intake.escalation.structure.speakers import VERBS, speakers_of
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.untold import is_untold
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

from impactcalc.intake.escalation.facts.customer_labels import houses_of_callers, labelled_customers
from impactcalc.intake.escalation.facts.houses import KINDS_OF_TEXT, is_house, whole_name
from impactcalc.intake.escalation.facts.identity import is_title
from impactcalc.intake.escalation.facts.letters import addressed_house, sender_names
from impactcalc.intake.escalation.facts.name_words import CALENDAR, NOT_LAST, is_name
from impactcalc.intake.escalation.facts.no_names import is_given, other_parties
from impactcalc.intake.escalation.facts.persons import WRITTEN_BY, is_closing, is_person, is_writer

_MAIL_HEAD = word_set("to from date cc bcc sent attendees author written by")


_TITLE_LABELS = frozenset({"", "id", "subject"})  # "Escalation: NAME - what happens"


_DOING = word_set(
    "report reports reported called calls complains complained escalated cannot can sees says has "
    "is are have wrote opens raises raised experience experiences could had was were opened lost "
    "loses need needs asked told informed estimate estimates expect expects use uses runs suffer "
    "suffers confirmed confirms insists does do went file files filed operates started noticed "
    "found finds gets got claim claims want wants threaten threatens demand demands escalates "
    "describe describes speaks put puts depends relies"
)


def _find_customer(statement: Statement) -> re.Match[str] | None:
    """Find a customer who is named as such, or who opens the sentence and does something."""
    text = statement.text
    named = None
    for match in named_customer().finditer(text) if holds(text, ("ustomer", "lient")) else ():
        if is_name(match[1]) and match[1].split()[0].lower() not in CALENDAR:
            named = match
            break
    if (named is not None and named.start() == 0) or not text[:1].isupper():
        return named
    if statement.words.isdisjoint(_DOING):
        return named
    second = text.split(" ", 2)[1:2]
    if second and (second[0][:1].isupper() or second[0].startswith(("&", *NAME_JOINTS))):
        return customer_who().match(text) or named
    if _has_name_inside(text):
        return customer_who().search(text) or named
    return named


def customer_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the customer's name: labelled, else the best supported one of title and sentences."""
    stated = list(labelled_customers(statements))
    yield from stated
    if any(one.value for one in stated):
        return
    from impactcalc.intake.escalation.facts.names import in_full, named_customers, tally

    heard = speakers_of(statements) | sender_names(statements) | other_parties(statements)

    def may_be(part: str) -> bool:
        return is_name(part) and part.casefold() not in heard

    votes = tally(statements, may_be)

    def support(one: Candidate) -> float:
        return -votes.get(str(one.value).casefold(), (0.0, one))[0]

    found = [
        *_defined(statements),
        *addressed_house(statements),
        *_beside_number(statements),
        *houses_of_callers(statements),
    ]
    found.extend(sorted(_titled(statements), key=support))
    found.extend(_of_channel(statements))
    found.extend(sorted(_in_passing(statements), key=support))
    found = [one for one in found if str(one.value).casefold() not in heard]
    note = _NOBODY if any(map(_names_nobody, statements)) else ""
    for one in (*found, *named_customers(votes)):
        yield in_full(one, votes)._replace(note=note)


_NOBODY = "the customer's own label names nobody: this name stands elsewhere"


def _names_nobody(statement: Statement) -> bool:
    """Whether the customer's label is followed by ``?`` or ``tbd``."""
    return statement.field == "customer" and statement.start > 0 and is_untold(statement.value)


def _defined(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Take the name that a contract or notice calls so: ``Alder Foods (the "Customer")``."""
    for statement in statements:
        if not holds(statement.lower, _PARTIES):
            continue
        for match in defined_customer().finditer(statement.text):
            span = whole_name(statement.text, *match.span(match.lastindex or 0))
            if is_name(statement.text[slice(*span)]):
                name = statement.passage.written(*span)
                yield offer(statement, "customer", name, Weight.LIKELY, span)


def _beside_number(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Take the name behind the number that answers a question: ``A-77, Alder Foods.``."""
    for statement in statements[:_SEARCHED]:
        behind = statement.field == "id" and "?" in statement.text[: statement.start]
        match = numbered_name().match(statement.text, statement.start) if behind else None
        if match and is_name(match[1]) and not is_person(statement, *match.span(1)):
            name = statement.passage.written(*match.span(1))
            yield offer(statement, "customer", name, Weight.LIKELY, match.span(1))


_PARTIES = ('customer"', 'client"', "customer:", "client:", "customer name:", "client name:")


def _titled(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the names in the title and the subject."""
    above: Statement | None = None
    for statement in statements:
        if is_closing(statement):
            return  # what follows is who signs
        greeted = above is not None and above.lower.startswith("dear ") and bool(statement.label)
        above = statement
        if greeted and not statement.field:
            yield from _from_label(statement)  # "Dear Ms Orde, / Alder Foods: the shop is slow"
        if statement.topic is Topic.PLAN and statement.order:
            continue  # the name of a stage
        if statement.order <= 1 and not statement.field and statement.label:
            yield from _from_label(statement)
        titled = is_title(statement) or statement.label in {"re", "subject"}
        other = bool(statement.label) and statement.field not in {"id", "subject"}
        plain = _is_kind_of_text(statement.label) or _is_repeated(statement)
        other = other and (statement.label in _GATHERED or not plain)
        numbered = statement.block.marker[:1].isdigit() and " " not in statement.text.strip()
        other = other or numbered or is_writer(statement)  # "2. Extent" is a heading
        if titled and not other and not statement.is_past:
            found = _from_title(statement)
            yield from found if statement.block.entry is None else _opening(statement, found)


def _opening(statement: Statement, found: Iterator[Candidate]) -> Iterator[Candidate]:
    """Keep the names with which an entry opens, behind its verb: ``opened  Alder Foods, sev1``."""
    for one in found:
        before = statement.text.partition(one.text)[0].lower()
        if VERBS.issuperset(before.split()):
            yield one


def _is_repeated(statement: Statement) -> bool:
    """Whether a label is what the name ends with: ``Bank: Alder Savings Bank``."""
    label = statement.label
    if statement.field or not statement.lower.endswith(f" {label}") or label in NOT_LAST:
        return False
    return label not in KINDS_OF_TEXT


def _of_channel(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Take the name of a channel, ``Channel: Alder Inns``, if the messages speak of ``Alder``."""
    for statement in statements[:_EARLY]:
        start = statement.lower.find(_CHANNEL) + len(_CHANNEL)
        name = statement.text[start:].strip()
        if start < len(_CHANNEL) or " " not in name or not is_name(name):
            continue
        first = name.split()[0]
        if any(first in one.text.split() for one in statements[:_SEARCHED] if one is not statement):
            span = (start, start + len(name))
            yield offer(statement, "customer", name, Weight.LIKELY, span)


_CHANNEL = "channel: "
_SEARCHED = 100  # statements


_FEWEST_TOLD = 2  # words behind the colon of a title


def _from_label(statement: Statement) -> Iterator[Candidate]:
    """Take the name before the colon of a title: ``Alder Foods: the shop is slow``."""
    end = statement.text.find(":")
    told = sum(word.isalpha() for word in statement.value.split())
    if told < _FEWEST_TOLD or not 0 < end < statement.start:
        return  # "Response SLA: 20 minutes"
    name = statement.text[:end]
    if is_name(name) and " " in name and not is_given(name):
        name = statement.passage.written(0, end)
        yield offer(statement, "customer", name, Weight.LIKELY, (0, end))


def _in_passing(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the names in sentences that tell what the customer does."""
    for statement in statements:
        if statement.is_past or statement.topic not in {Topic.NONE, Topic.DESCRIPTION}:
            continue
        match = _find_customer(statement) or _behind(statement)
        if match and is_name(match[1]):
            span = whole_name(statement.text, *match.span(1))
            bare = statement.text[slice(*span)]  # without the article: "The SLA is ..."
            if (" " in bare or is_name(bare)) and not is_person(statement, *span):
                name = statement.passage.written(*span)
                yield offer(statement, "customer", name, Weight.HINT, span)


_GATHERED = frozenset({"on the call", "in the call", "on call", "in the meeting", "on the bridge"})
"""Labels of who took part."""
_FORWARDING = frozenset({"fwd", "fw", "re", "aw", "wg", "tr"})
_KINDS = KINDS_OF_TEXT | word_set("service view public desk our the for of on")


def _is_kind_of_text(label: str) -> bool:
    """Whether a label says only what kind of text it is: ``Service status - customer view``."""
    words = re.findall(r"[a-z]+", label)
    if label in _FORWARDING:
        return True
    return len(words) > 1 and _KINDS.issuperset(words)


def _has_name_inside(text: str) -> bool:
    """Whether two words in capitals follow a comma or colon: asked before a pattern is compiled."""
    for mark in (", ", ": ", "; ", "! "):
        for piece in text.split(mark)[1:]:
            first, _, rest = piece.partition(" ")
            if first[:1].isupper() and rest[:1].isupper():
                return True
    return False


_EARLY = 8  # statements in which a name behind "for" or "of" is likely the customer's


def _behind(statement: Statement) -> re.Match[str] | None:
    """Find the customer behind a small word, in one of the first statements."""
    if statement.order >= _EARLY or statement.label in _MAIL_HEAD:
        return None
    words = statement.text[statement.start :].split()
    named = any(one[:1].isupper() and two[:1].isupper() for one, two in pairwise(words[1:]))
    for match in customer_behind().finditer(statement.text, statement.start) if named else ():
        words = match[1].lower().split()
        if CALENDAR.isdisjoint(words) and words[-1] not in NOT_LAST and is_name(match[1]):
            return match
    if statement.text.endswith(":") and holds(statement.lower, ("wrote", "schrieb")):
        return customer_wrote().search(statement.text)
    return None


def _from_title(statement: Statement) -> Iterator[Candidate]:
    """Take the first part of a title that may be a name: ``Call notes - NAME - 9 July``."""
    begin = statement.start
    if statement.value.endswith((",", "!", "?", ".")) or _has_sentences(statement.value):
        yield from _before_dash(statement)
        return  # a salutation or a sentence
    for part in _parts().split(statement.value):
        end = begin + len(part)
        start = begin + _announced(part)
        before = statement.text[:start].rstrip()
        written = before.endswith(WRITTEN_BY)  # "15:00 notes: Ada, live"
        told = before.endswith(":") and field_of(before.rpartition(" ")[2][:-1]) not in _NAMING
        led = statement.text[end:].lstrip()[:1] in _LEADS or before.endswith(_LEADS)
        aside = led and (end < statement.stop or " " not in part.strip())
        named = is_name(statement.text[start:end].strip()) and not (written or told or aside)
        if named and not is_person(statement, start, end):
            name = statement.passage.written(start, end)
            yield offer(statement, "customer", name, Weight.LIKELY, (start, end))
        begin = end


def _before_dash(statement: Statement) -> Iterator[Candidate]:
    """Take the house before the dash that a sentence follows: ``Alder Inns - tills down. Now.``."""
    head = re.split(r" -{1,2} ", statement.value)[0]
    span = statement.start, statement.start + len(head)
    if len(head) < len(statement.value) and is_house(head) and is_name(head):
        yield offer(statement, "customer", statement.passage.written(*span), Weight.LIKELY, span)


_LEADS = (">", "\u203a")
"""Marks of a path, ``Intranet > Cases > Alder Mills``: only its end may be a house."""


@cache
def _parts() -> re.Pattern[str]:
    """Compile what cuts a title: brackets, quotation marks, dashes, bars, colons, wide gaps."""
    return re.compile(
        r"(^\[[^\[\]]*\] *| \"|\"(?=[, ]|$)| {3,}| +-{1,2} +| +:\w+:(?= |$)"
        r"| +[>|\u203a] +| +/{1,2} +|:+ +| :: |, +| +\(|\)+)"
    )


def _has_sentences(value: str) -> bool:
    """Whether a sentence ends inside of some words; ``call no. 3`` is none."""
    return any(not after[:1].isdigit() for after in value.split(". ")[1:])


def _announced(part: str) -> int:
    """Give where a name begins behind the words that announce it: ``Escalation meeting NAME``."""
    start = 0
    words = part.split(" ")
    while words and (
        words[0].lower().strip(":,.!?*") in KINDS_OF_TEXT or not DIGITS.isdisjoint(words[0])
    ):
        start += len(words.pop(0)) + 1
    if start and words and words[0] in _WITH:
        start += len(words.pop(0)) + 1
    if words and (words[0].lower().strip(".:") in _ADDRESSING or "of" in words[1:]):
        return _behind_role(part, start)
    return start if start and len(" ".join(words).split()) > 1 else 0


_NAMING = frozenset({"", "id", "customer", "subject"})
"""Labels, or none, before a name in a title; ``State: Stable`` names nobody."""
_WITH = frozenset({"w/", "with"})
_ADDRESSING = frozenset({"to", "attn", "attention", "for"})


def _behind_role(part: str, start: int) -> int:
    """Give where the house begins behind the role that a letter goes to: ``To the Head of X``."""
    match = _addressed().match(part, start)
    return match.end() if match else start


@cache
def _addressed() -> re.Pattern[str]:
    """Compile the role of the one to whom a letter goes: ``To the Managing Director of ``."""
    return re.compile(
        r"(?:(?:To|Attn\.?|Attention|For):? (?:the )?"
        r"(?:[A-Z][a-z]+ ){0,3}(?:Board|Management|Team|Department)"
        r"|(?:(?:To|Attn\.?|Attention|For):? )?(?:[Tt]he )?(?:[A-Z][a-z]+ ){0,3}"
        r"(?:Directors?|Officer|Managers?|Head|President|Chair(?:man|woman)?|"
        r"Owners?|Partners?|Secretary))"
        r"(?: of (?:Operations|Directors|IT|Finance|Service|Procurement))?"
        r"(?: of|,| at) (?:the )?"
    )
