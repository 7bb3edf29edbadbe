"""When: opened, escalated, renewed, and every moment that the text dates."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.facts.dating import YEARS, dated, one_of
from impactcalc.intake.escalation.facts.renewals import is_about, is_renewal
from impactcalc.intake.escalation.figures.dates import Stamp, find_stamps
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import holds, may_hold, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from impactcalc.intake.escalation.structure.statements import Statement

_HEAD_LINES = 6
_FACT_BY_LABEL = {"created": "created", "escalated": "escalated", "renewal": "renewal_date"}
_OPEN_TOPICS = frozenset({Topic.NONE, Topic.DESCRIPTION, Topic.ACCOUNT, Topic.IMPACT})


_VERBS = (
    *("opened", "created", "raised", "logged", "reported", "registered", "filed", "submitted"),
    *("came in on", "reached us on"),
    *("escalat", "renew", "open since", "report", "notice", "rang ", "phoned", "complained"),
    *("contacted us", "informed us", "notified us", "called us", "wrote to us", "dates from"),
    *("r management", "since", "told you"),
)

_TODAY = ("today", "this morning", "this afternoon", "just now", "call", "right now")


@cache
def _verbs() -> re.Pattern[str]:
    """Compile the words that say what happened on a date."""
    return re.compile(
        r"\b(?:(?P<created>opened|open(?= since)|created|raised|logged|reported|"
        r"registered|filed|submitted)"
        r"|(?P<contacted>dates from|(?:case|ticket|incident|complaint)\b[^.;:]{0,30}?"
        r"\b(?:came in|reached us)(?= on)|"
        r"first report|first notice|rang|(?:tele)?phoned|complained|"
        r"contacted us|called us|wrote to us|told (?:you|your [a-z -]{3,20})|(?:on|in|with) "
        r"(?:[a-z']+ ){1,4}(?:list|queue|desk|support|backlog|books)(?= since))"
        r"|(?P<escalated>escalated|(?:took|brought) it to (?:our|your) management|"
        r"escalation(?! (?:meeting|call|board|sheet|team|path|manager|"
        r"plan|form|process|review|record|deadline|target|threshold|policy|matrix|window)))"
        r"|(?P<renewal_date>renew|renews|renewal|renewed))\b",
        re.IGNORECASE,
    )


@cache
def _same_day() -> re.Pattern[str]:
    """Compile words for the day on which a dated text was written, before or behind the verb."""
    day = r"(?:today|this morning|this afternoon|just now|on (?:the|this) call|right now)"
    return re.compile(
        r"\b(?P<what>(?:raised|declared|asked for|demanded|requested) (?:the|an) escalation|"
        r"opened|raised|created|reported|escalated?|escalating|"
        r"new (?:case|ticket|incident|report))\b"
        r"(?:(?!\b(?:escalat|opened|raised|until|till|before)).(?<![.;,])){0,80}?"
        rf",? ?\b{day}\b"
        rf"|\b(?:{day},?|as of today,?)(?: \([^()]{{4,30}}\),?)? (?:[a-z']+ ){{1,4}}?"
        r"(?P<then>opened|raised|escalated|escalating|escalation)\b",
        re.IGNORECASE,
    )


def document_day(statements: Sequence[Statement]) -> Stamp | None:
    """Give the date of the text itself: a ``Date`` field, or the date of its title."""
    for statement in statements:
        if statement.label in {"date", "sent", "written", "dated", "date of call", "call date"}:
            stamps = [stamp for stamp in find_stamps(statement.text) if not stamp.yearless]
            if stamps:
                return stamps[0]
    for statement in statements[:_HEAD_LINES]:
        if statement.field or (statement.order and statement.role is Role.ITEM):
            continue
        stamps = [stamp for stamp in find_stamps(statement.text) if not stamp.yearless]
        if stamps:
            return stamps[0]
    return None


def reference_day(statements: Sequence[Statement]) -> date | None:
    """Give a date whose year the dates without one share: the text's own, or the first."""
    own = document_day(statements)
    if own is not None and own.day is not None:
        return own.day
    for statement in statements:
        if statement.field not in {"created", "escalated"} and statement.start:
            continue
        for stamp in find_stamps(statement.text):
            if stamp.day is not None and not stamp.yearless:
                return stamp.day
    return None


def date_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find when the case was opened and escalated and when the contract renews."""
    known = reference_day(statements)
    own = document_day(statements)
    for statement in statements:
        fact = _FACT_BY_LABEL.get(statement.field) if statement.start else None
        if paired := _paired(statement, known):
            yield from paired
        elif fact is not None:
            yield from _labelled(statement, fact, known)
        elif statement.role is Role.HEADING and statement.text.startswith("["):
            yield from _tagged(statement)
        elif statement.topic is Topic.STATUS and not statement.is_past:
            yield from _entered(statement, known)
            if statement.start:  # "Timeline: opened on 2 March, escalated on 3 March"
                yield from _told_plainly(statement, known)
        elif statement.topic in _OPEN_TOPICS and not statement.is_past:
            entered = list(_entered(statement, known))
            yield from entered or _in_sentence(statement, known)
            day = statement.said if statement.said and is_known(statement.said) else own
            if day is not None:
                yield from _on_the_day(statement, day)


def _labelled(statement: Statement, fact: str, known: date | None) -> Iterator[Candidate]:
    """Take the date of a label."""
    known_stamps = find_stamps(statement.text)
    stamps = [stamp for stamp in known_stamps if stamp.start >= statement.start]
    if statement.role is Role.ROW and not stamps:
        stamps = [stamp for stamp in known_stamps if stamp.start <= 1]  # the time of the entry
    told = any(word in statement.label for word in ("report", "raised", "logged", "since"))
    if stamps:
        weight = Weight.LIKELY if told else Weight.STATED
        yield one_of(statement, fact, stamps, weight, known)
    elif not statement.value.lower().startswith("today") and any(map(str.isdigit, statement.value)):
        found = offer(statement, fact, None, Weight.STATED, (statement.start, statement.stop))
        yield doubtful(found, f"'{found.text}' is read as no date; write it as 2024-01-23")


def _paired(statement: Statement, known: date | None) -> list[Candidate]:
    """Read ``Opened / escalated: 4 May 2026 / 5 May 2026`` in the order of its label."""
    names = statement.label.split("/")
    if not statement.start or len(names) < 2:  # noqa: PLR2004 - a pair
        return []
    stamps = [stamp for stamp in find_stamps(statement.text) if stamp.start >= statement.start]
    facts = [_FACT_BY_LABEL.get(field_of(name.strip())) for name in names]
    if len(stamps) != len(names) or None in facts:
        return []
    pairs = zip(facts, stamps, strict=True)
    return [dated(statement, fact, stamp, Weight.STATED, known) for fact, stamp in pairs if fact]


def _tagged(statement: Statement) -> Iterator[Candidate]:
    """Take the time of a log entry ``[Opened]`` or ``[Escalated]``."""
    tag = statement.lower[1:].partition("]")[0]
    stamps = find_stamps(statement.text)
    for fact in ("created", "escalated"):
        if field_of(tag) == fact and stamps:
            yield dated(statement, fact, stamps[0], Weight.STATED, None)


def _in_sentence(statement: Statement, known: date | None) -> Iterator[Candidate]:
    """Find ``was opened on DATE and escalated on DATE`` in a sentence."""
    begin = 0
    stamps = find_stamps(statement.text)
    cued = may_hold(statement.lower, _VERBS)
    for number, stamp in enumerate(stamps):
        stop = stamps[number + 1].start if number + 1 < len(stamps) else len(statement.text)
        led = cued and _LEADING.issuperset(statement.lower[: stamp.start].rstrip("( ").split()[-1:])
        verbs = list(_verbs().finditer(statement.text, begin, stamp.start)) if cued else []
        after = _told_after(statement, stamp, stop) if led and not verbs else ""
        begin = stop if after else stamp.end
        if after:
            weight = Weight.LIKELY if after == "escalated" else Weight.HINT
            yield dated(statement, after, stamp, weight, known)
        elif verbs and verbs[-1].lastgroup:
            yield from _of_verb(statement, verbs[-1], stamp, known)
        elif "renewal" in statement.lower[stamp.end :] and is_renewal().match(
            statement.lower, stamp.end
        ):
            yield dated(statement, "renewal_date", stamp, Weight.LIKELY, known)


def _told_after(statement: Statement, stamp: Stamp, stop: int) -> str:
    """Tell the fact that the words after a date announce: ``on 4 May they filed the ticket``."""
    if _escalated_then().match(statement.lower, stamp.end, stop):
        return "escalated"
    return "created" if _opened_then().match(statement.lower, stamp.end, stop) else ""


def _of_verb(
    statement: Statement, verb: re.Match[str], stamp: Stamp, known: date | None
) -> Iterator[Candidate]:
    """Take a date for what the verb before it says."""
    fact = verb.lastgroup or ""
    if fact == "renewal_date" and (stamp.yearless or is_about(statement, verb, stamp)):
        return
    if fact == "created" and statement.field not in _DATED:
        return  # "Affected users: 310 (first reported as 130, corrected on 3 March)"
    before = statement.lower[: verb.start()].split()[-3:]
    if fact == "created" and not _REPLACING.isdisjoint(before):
        return
    told = statement.lower[verb.end() : stamp.start].split()
    if fact == "created" and "escalation" in before[-1:]:
        fact = "escalated"  # "escalation raised", not "escalation 9917, opened"
    if fact in {"created", "escalated"} and _is_other_event(statement.lower[: verb.start()], told):
        return
    if fact == "contacted":
        yield dated(statement, "created", stamp, Weight.HINT, known)
        return
    yield dated(statement, fact, stamp, Weight.LIKELY, known)


def _is_other_event(before: str, behind: Sequence[str]) -> bool:
    """Whether a verb tells an intent, or that a hall or gate opens: no case behind the verb."""
    words = before.split()[-3:]
    if not _COMING.isdisjoint(words):
        return True
    if len(behind) > 1:
        return False  # "our office opened the case on"
    things = [word for word in words if word not in {"was", "were", "is", "has", "been", "are"}]
    return things[-1:] != [] and things[-1] in _OPENED


_DATED = frozenset({"", "id", "status", "created", "escalated", "customer", "service", "priority"})
"""Labels beside which a sentence may tell when the case was opened."""
_REPLACING = frozenset({"supersedes", "replaces", "follows", "duplicates", "predecessor"})
"""Words before the number of an older case: ``supersedes K-0071 opened 2 January``."""
_COMING = frozenset({"will", "would", "shall", "should", "could", "might", "won't", "if"})
_OPENED = word_set(
    "hall museum shop store branch exhibition restaurant hotel bridge door doors gate gates valve "
    "breaker window site factory plant version file page station line school centre office season "
    "lock"
)
"""What is opened or created on a date, and no case."""
_DAYS = (
    *("morning", "afternoon", "evening", "today", "yesterday"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_LEADING = frozenset({"on", *(f"{day}{comma}" for day in _DAYS for comma in ("", ","))})


@cache
def _escalated_then() -> re.Pattern[str]:
    """Compile who escalates after a date: ``on 4 May their director escalated it``."""
    return re.compile(
        r"\)?,? (?:[a-z']+ ){0,5}(?:for an? (?:formal |executive )?escalation|this is (?:now )?an? "
        r"(?:formal |executive )?escalation|escalated (?:it|this|the case|the ticket|to us)|"
        r"(?:it|this|the case|the ticket) was (?:formally )?escalated|"
        r"(?:it|this|the case|the ticket) (?:came|went|got|moved|landed)(?: [a-z]+){0,5} as an? "
        r"(?:level [0-9] |formal |executive )?escalation|"
        r"(?:it|this|the case|the ticket) (?:became|turned into) an? "
        r"(?:level [0-9] |formal |executive )?escalation|"
        r"(?:made|turned|declared) (?:it|this|that|the case|the ticket) (?:into )?an? "
        r"(?:level [0-9] |formal |executive )?escalation|"
        r"(?:asked for|demanded|requested|declared|called for) (?:an |a )?"
        r"(?:formal |executive )?escalation)\b"
    )


@cache
def _opened_then() -> re.Pattern[str]:
    """Compile who opens a case after a date: ``on 4 May they filed the ticket``."""
    return re.compile(
        r"\)?,? (?:[a-z']+ ){1,4}(?:(?:opened|filed|raised|logged|created) (?:it|this|"
        r"(?:the |a |an )?(?:case|ticket|incident))|(?:informed|notified|called) us|rang|"
        r"(?:tele)?phoned|complained|reported (?:to us|it|this|that|the|an?))\b|"
        r"\)?,? (?:it|this|the case|the ticket|the incident) (?:was|had been) (?:first |formally )?"
        r"(?:opened|raised|logged|reported|created|filed)\b|,? [^.;0-9]{2,60}?\breported to you\b"
    )


def _entered(statement: Statement, known: date | None) -> Iterator[Candidate]:
    """Read a log entry that opens or escalates: ``2026-03-11 09:30 CET - Escalated by them``."""
    for stamp in find_stamps(statement.text)[:1]:
        if stamp.start > 1:
            return
        told = _verbs().match(statement.text, _words_from(statement.text, stamp.end))
        if told and told.lastgroup in {"created", "escalated"}:
            yield dated(statement, told.lastgroup, stamp, Weight.LIKELY, known)


def _told_plainly(statement: Statement, known: date | None) -> Iterator[Candidate]:
    """Take ``opened`` and ``escalated`` of a labelled report; other verbs have other subjects."""
    for found in _in_sentence(statement, known):
        verbs = ("opened", "created") if found.field == "created" else ("escalated",)
        if found.field != "renewal_date" and holds(statement.lower, verbs):
            yield found


def is_known(said: Stamp) -> bool:
    """Whether the day of a message is known, its year, too."""
    return said.day is not None and not said.yearless


def _words_from(text: str, start: int) -> int:
    """Give where the words after the date of a log entry begin."""
    while start < len(text) and not text[start].isalpha():
        start += 1
    match = _parties().match(text, start)
    return match.end() if match else start


@cache
def _parties() -> re.Pattern[str]:
    """Compile who opens or escalates a case, or what is opened."""
    return re.compile(
        r"(?:(?:the|their|our|by|it|is|was|has|been|they|we|case|ticket|incident|customer|client|"
        r"call|formally|also|now)\b ?){1,5}",
        re.IGNORECASE,
    )


def _on_the_day(statement: Statement, own: Stamp) -> Iterator[Candidate]:
    """Find ``escalated today`` in a dated text."""
    if not (may_hold(statement.lower, _VERBS) and may_hold(statement.lower, _TODAY)):
        return
    if not statement.words.isdisjoint(_DENYING):
        return
    for match in _same_day().finditer(statement.text):
        full = (one for one in find_stamps(statement.text) if not one.yearless)
        own = next((one for one in full if 0 <= one.start - match.end() < _SOON), own)
        said = (match["what"] or match["then"]).lower()
        fact = "escalated" if "escalat" in said else "created"
        value = own.day.isoformat() if own.day else None
        found = offer(statement, fact, value, Weight.HINT, match.span())
        yield found._replace(stamp=own._replace(clock=None, zone=None))


_SOON = 4  # characters between "today" and its date: "today, 4 May 2026"
_DENYING = frozenset({"not", "never", "nobody", "until", "won't", "wasn't", "hasn't"})


def dated_stamps(statements: Sequence[Statement]) -> tuple[tuple[Stamp, int], ...]:
    """Give every date that tells how far the story has come, with its line.

    Dates of the plan, of next steps, of renewals and of other incidents do not count.
    """
    known = reference_day(statements)
    found: list[tuple[Stamp, int]] = []
    for statement in statements:
        label = statement.field
        told = label in {"created", "escalated"} or statement.topic in {Topic.STATUS, Topic.NONE}
        told = told or (statement.role is Role.HEADING and statement.topic is not Topic.PLAN)
        if not told or statement.is_past or label == "renewal":
            continue
        told_then = _entry_stamp(statement)
        if told_then is not None:
            found.append(told_then)
        for stamp in find_stamps(statement.text):
            in_year = stamp.in_year_near(known) if known is not None else stamp
            known_year = in_year.day is not None and in_year.day.year in YEARS
            if known_year and not in_year.yearless and not _is_future(statement, stamp):
                found.append((in_year, statement.passage.excerpt(stamp.start, stamp.end)[0]))
    return tuple(found)


def _entry_stamp(statement: Statement) -> tuple[Stamp, int] | None:
    """Give the time before an entry with its line, when the text tells the day."""
    said, entry = statement.said, statement.block.entry
    if said is None or said.day is None or said.yearless or entry is None or entry.stamp is None:
        return None
    return (said, statement.passage.line) if said.day.year in YEARS else None


def _is_future(statement: Statement, stamp: Stamp) -> bool:
    """Whether the words right before a date look ahead: due, until, by, next, renewal."""
    before = statement.lower[max(0, stamp.start - 40) : stamp.start].split()
    ahead = {"until", "by", "due", "before", "next", "expected", "planned", "scheduled"}
    return bool(ahead.intersection(before[-2:])) or any(
        word.startswith("renew") or word == "will" for word in before
    )
