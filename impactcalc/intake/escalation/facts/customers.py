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
    named_customer,
)
from impactcalc.intake.escalation.structure.speakers import VERBS, speakers_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

from impactcalc.intake.escalation.facts.identity import is_title, unquoted
from impactcalc.intake.escalation.facts.names import (
    KINDS_OF_TEXT,
    WRITTEN_BY,
    is_closing,
    is_person,
    is_writer,
    named_customers,
    tally,
    whole_name,
)

_MOODS = word_set(
    "calm angry annoyed disappointed furious frustrated happy satisfied patient nervous upset "
    "understanding relaxed tense unhappy concerned worried friendly constructive"
)
_LONGEST_ACRONYM = 5
_SHORTEST_NAME = 3  # letters of a name of one word: "IT" is none
_HEADING_WORDS = 2  # a name of more words is a name although one of them heads sections


_NOT_LAST = word_set(
    "api apis cluster service services platform portal system systems database gateway server app "
    "application engineer engineers manager managers team director lead officer desk support "
    "helpdesk operations engineering status plan impact summary notes utc cet cest gmt"
)
"""Last words of what is a product, a role or a heading, and no customer."""


_CALENDAR = word_set(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep "
    "sept oct nov "
    "dec mon tue wed thu fri sat sun q1 q2 q3 q4 christmas easter"
)


_MAIL_HEAD = word_set("to from date cc bcc sent attendees author written by")


_TITLE_LABELS = frozenset({"", "id", "subject"})  # "Escalation: NAME - what happens"


_JOINTS = word_set("of and the de la le du van von der den & und et y e")


_DOING = word_set(
    "report reports reported called calls complains complained escalated cannot can sees says has "
    "is are have wrote raised experience experiences could had was were opened lost loses need "
    "needs asked told informed estimate estimates expect expects use uses runs suffer suffers does "
    "do went file files filed operates started noticed found finds gets got claim claims "
    "want wants "
    "threaten threatens demand demands escalates describe describes speaks put puts depends relies"
)


def _find_customer(statement: Statement) -> re.Match[str] | None:
    """Find a customer who is named as such, or who opens the sentence and does something."""
    text = statement.text
    named = None
    for match in named_customer().finditer(text) if holds(text, ("ustomer", "lient")) else ():
        if _is_name(match[1]) and match[1].split()[0].lower() not in _CALENDAR:
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
    stated = list(_labelled(statements))
    yield from stated
    if stated:
        return
    heard = speakers_of(statements)

    def may_be(part: str) -> bool:
        return _is_name(part) and part.casefold() not in heard

    votes = tally(statements, may_be)

    def support(one: Candidate) -> float:
        return -votes.get(str(one.value).casefold(), (0.0, one))[0]

    found = [*sorted(_titled(statements), key=support)]
    found.extend(_of_channel(statements))
    found.extend(sorted(_in_passing(statements), key=support))
    yield from (one for one in found if str(one.value).casefold() not in heard)
    yield from named_customers(votes)


def _labelled(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Take the value of ``Customer:``, or of ``Who:`` where it is a name."""
    for statement in statements:
        if statement.is_past or not statement.start:
            continue
        first = statement.value.strip().partition(", ")[0].rstrip(".")
        who = statement.label.strip(" ?.") in {"who", "whose"} or _is_of_customer(statement)
        if statement.field == "customer" or (who and _is_name(first)):
            span = _without_remark(statement, *unquoted(statement, statement.start))
            name = _as_written(statement, *span)
            if name and not _is_mood(name):
                yield offer(statement, "customer", name, Weight.STATED, span)


def _as_written(statement: Statement, start: int, end: int) -> str:
    """Give a name with the marks that stand inside it: ``Otter **and** Spa``."""
    plain = statement.passage.written(start, end)
    raw = statement.passage.excerpt(start, end)[1]
    return (
        raw
        if "*" in raw.strip("*_' ") and raw[:1] == plain[:1] and raw[-1:] == plain[-1:]
        else plain
    )


def _is_of_customer(statement: Statement) -> bool:
    """Whether a label speaks of the customer: ``Customers concerned``."""
    who, _, which = statement.label.partition(" ")
    named = who in {"customer", "customers", "client", "clients", "account"}
    return named and which in {"concerned", "involved", "in question", "at risk", "affected", "hit"}


def _without_remark(statement: Statement, start: int, end: int) -> tuple[int, int]:
    """Leave out what a label's value says beyond the name: ``Alder Foods, opened on ...``."""
    value = statement.text[start:end]
    definition = _defined().search(value)
    if definition and _is_name(value[: definition.start()]):
        value = value[: definition.start()]
    name, comma, rest = value.partition(", ")
    remark = rest[:1].islower() or not rest[:1].isalpha()
    if comma and remark and _is_name(name) and not rest.startswith(_MORE_OF_NAME):
        value = name
    if value.endswith(".") and value.rpartition(" ")[2].lower() not in _SHORTENED:
        value = value[:-1]
    return start, start + len(value.rstrip())


_MORE_OF_NAME = ("inc", "ltd", "llc", "s.a")
_SHORTENED = frozenset({"ltd.", "inc.", "co.", "corp.", "plc.", "s.a.", "gmbh.", "llc."})


@cache
def _defined() -> re.Pattern[str]:
    """Compile how a contract calls a party: ``(the "Operator")``."""
    return re.compile(r" ?\((?:the |hereinafter |herein )?[\"'][^()]{1,40}[\"']\)\.?$")


def _titled(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the names in the title and the subject."""
    for statement in statements:
        if is_closing(statement):
            return  # what follows is who signs
        if statement.order <= 1 and not statement.field and statement.label:
            yield from _from_label(statement)
        titled = is_title(statement) or statement.label in {"re", "subject"}
        other = bool(statement.label) and statement.field not in {"id", "subject"}
        plain = _is_kind_of_text(statement.label) or _is_repeated(statement)
        other = other and (statement.label in _GATHERED or not plain)
        if titled and not other and not statement.is_past and not is_writer(statement):
            yield from _from_title(statement)


def _is_repeated(statement: Statement) -> bool:
    """Whether a label is what the name ends with: ``Bank: Alder Savings Bank``."""
    label = statement.label
    if statement.field or not statement.lower.endswith(f" {label}") or label in _NOT_LAST:
        return False
    return label not in KINDS_OF_TEXT


def _of_channel(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Take the name of a channel, ``Channel: Alder Inns``, if the messages speak of ``Alder``."""
    for statement in statements[:_EARLY]:
        start = statement.lower.find(_CHANNEL) + len(_CHANNEL)
        name = statement.text[start:].strip()
        if start < len(_CHANNEL) or " " not in name or not _is_name(name):
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
    if _is_name(statement.text[:end]) and " " in statement.text[:end]:
        name = statement.passage.written(0, end)
        yield offer(statement, "customer", name, Weight.LIKELY, (0, end))


def _in_passing(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the names in sentences that tell what the customer does."""
    for statement in statements:
        if statement.is_past or statement.topic not in {Topic.NONE, Topic.DESCRIPTION}:
            continue
        match = _find_customer(statement) or _behind(statement)
        if match and _is_name(match[1]):
            span = whole_name(statement.text, *match.span(1))
            name = statement.passage.written(*span)
            if not is_person(statement, *span):
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
        if _CALENDAR.isdisjoint(words) and words[-1] not in _NOT_LAST and _is_name(match[1]):
            return match
    if statement.text.endswith(":") and holds(statement.lower, ("wrote", "schrieb")):
        return customer_wrote().search(statement.text)
    return None


def _from_title(statement: Statement) -> Iterator[Candidate]:
    """Take the first part of a title that may be a name: ``Call notes - NAME - 9 July``."""
    begin = statement.start
    if statement.value.endswith((",", "!", "?", ".")) or ". " in statement.value:
        return  # a salutation or a sentence
    for part in re.split(
        r"(^\[[^\[\]]*\] *| {3,}| +- +| +\| +| +/{1,2} +|:+ +| :: |, +| +\(|\)+)", statement.value
    ):
        end = begin + len(part)
        start = begin + _announced(part)
        written = statement.text[:start].rstrip().endswith(WRITTEN_BY)  # "15:00 notes: Ada, live"
        named = _is_name(statement.text[start:end].strip()) and not written
        if named and not is_person(statement, start, end):
            name = statement.passage.written(start, end)
            yield offer(statement, "customer", name, Weight.LIKELY, (start, end))
        begin = end


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


def _is_mood(name: str) -> bool:
    """Whether what stands behind ``Customer:`` tells how they feel."""
    return name[:1].islower() and not _MOODS.isdisjoint(re.findall(r"[a-z]+", name))


def _is_acronym(word: str) -> bool:
    """Whether a word is short and in capitals: ``NOC``, ``EMEA``."""
    return word.isupper() and len(word) <= _LONGEST_ACRONYM


def _is_common(words: Sequence[str]) -> bool:
    """Whether words name a product, a role or a heading: ``IT``, ``Payments API``."""
    last = words[-1].lower().strip(".,:;")
    if len(words) == 1 and (len(last) < _SHORTEST_NAME or _is_acronym(words[0])):
        return True
    return last in _NOT_LAST and len(words) <= _HEADING_WORDS


_POINTING = word_set("here there that this these those it what so he she they we you i")
"""Words that open a sentence and point at something."""


def _is_no_name(part: str, words: Sequence[str]) -> bool:
    """Whether words point at something, or are a title in capitals: ``RECORD OF PROCEEDINGS``."""
    if part.isupper() and not {"OF", "THE", "ON"}.isdisjoint(words):
        return True
    return len(words) == 1 and part.lower().partition("'")[0] in _POINTING | VERBS


_TRADES = frozenset({"card", "money", "care", "news", "record", "board", "relations"})
"""Words that say what text it is, but inside a name what they trade in: ``Alder Card Services``."""


def _is_name(part: str) -> bool:
    """Whether every word may belong to a name: capitals, or a small joint between them."""
    words = part.split()
    if not words or _is_common(words) or _is_no_name(part, words):
        return False
    if not part[:1].isupper() or any(character.isdigit() for character in part):
        return False
    if len(words) <= _HEADING_WORDS and topic_of(part) is not Topic.NONE:
        return False
    kinds = KINDS_OF_TEXT.intersection(word.lower().strip(":,.!?*") for word in words)
    if kinds - _TRADES.intersection(word.lower() for word in words[1:-1]):
        return False
    if _CALENDAR.intersection(word.lower().strip(",.") for word in words[:1]):
        return False
    return all(word[0].isupper() or word in _JOINTS or not word[0].isalpha() for word in words)
