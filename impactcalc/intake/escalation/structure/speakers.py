"""A speaker: the head of a message, and the turns of a talk that has no times."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.dates import clock_at, find_stamps
from impactcalc.intake.escalation.states.state_words import (
    DONE_WORDS,
    IN_PROGRESS_WORDS,
    NOT_STARTED_WORDS,
)
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement
    from impactcalc.intake.escalation.text.lines import Line

EVENTS: dict[str, Topic] = {
    **dict.fromkeys(
        ("plan", "decision", "decided", "agreed", "plan agreed", "action plan", "proposal"),
        Topic.PLAN,
    ),
    **dict.fromkeys(
        (
            "work",
            "action",
            "fix",
            "progress",
            "update",
            "ops",
            "change",
            "working",
            "repair",
            "did",
        ),
        Topic.STATUS,
    ),
    **dict.fromkeys(
        ("note", "info", "fact", "facts", "comment", "call", "mail", "msg", "detail", "details"),
        Topic.NONE,
    ),
    **dict.fromkeys(("customer", "client", "account", "partner", "support", "vendor"), Topic.NONE),
    **dict.fromkeys(("mood", "sentiment", "tone"), Topic.SENTIMENT),
    "next": Topic.NEXT,
    "impact": Topic.IMPACT,
}
"""Event words that announce what the entry speaks of, and say nothing themselves."""
SPEAKING = frozenset({"customer", "client", "account", "partner", "support", "vendor"})
VERBS = word_set(
    "opened open created raised logged reported registered escalated escalation esc escal"
)
"""Event words that are the report: they stay with the words."""
STATES = frozenset((*NOT_STARTED_WORDS, *IN_PROGRESS_WORDS, *DONE_WORDS))
LONGEST_HEAD = 90  # characters in which time, speaker and event word stand


@cache
def _person() -> re.Pattern[str]:
    """Compile the name of a person, or a handle, with an optional role in brackets."""
    name = r"[A-Z][\w.'-]{0,20}(?: (?:[A-Z][\w.'-]{0,20}|van|de|von|der|la)){1,3}"
    role = r"[(\[][\w ,./&-]{1,40}[)\]]"
    return re.compile(
        rf"@?({name}|[a-z][\w.-]{{1,24}}|[A-Z][\w.'-]{{1,20}}(?= [(\[]))(?: ?{role})?:?$"
    )


@cache
def _head_end() -> re.Pattern[str]:
    """Compile what may stand between a name and the time behind it."""
    return re.compile(
        r"(?:,|:| -{1,3}| \||[ ]{2,8}(?! )|\t| \u2022){0,4}"
        r"(?: (?:wrote|commented|replied|posted|added a comment|said|noted|updated|reported))?"
        r"(?: on| at|,|:| -{1,3}){0,4} {0,8}[(\[]?"
        r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,? )?$"
    )


def is_speaker_head(text: str) -> bool:
    """Whether a line is the head of a message: a person and a date with a time, nothing else.

    Examples
    --------
    >>> [is_speaker_head(line) for line in ("[4 May 2026 09:02] Marit Oden (Service Desk)",
    ...  "Marit Oden wrote on 4 May 2026 at 09:02:", "4 May 2026 09:02 the queue is full")]
    [True, True, False]
    """
    words = text.strip().strip("_*")  # a wiki emphasises who writes
    if len(words) > LONGEST_HEAD or ":" not in words:
        return False
    if words[0] == "[" and words[-1] == ")" and clock_at(words, 1) is not None:
        after = words.partition("]")[2]
        return after[:1] == " " and _is_person(after.strip())  # "[10:41] Ana (account)"
    stamp = next((one for one in find_stamps(words) if one.clock is not None), None)
    if stamp is None or stamp.day is None:
        return False
    before = words[: stamp.start].lstrip("[( ")
    if _numbered_entry().match(before) and _author().match(words[stamp.end :]):
        return True
    after = words[stamp.end :].lstrip(" )]:,|-\t")
    if after:
        return not before and _is_person(after)
    end = _head_end().search(before)
    before = before.removeprefix("Comment by ").removeprefix("comment by ")
    return bool(before) and end is not None and _is_person(before[: end.start()].strip())


@cache
def _numbered_entry() -> re.Pattern[str]:
    """Compile the number of an entry before its time: ``Entry 3, ``, ``Update #2 - ``."""
    return re.compile(
        r"(?:log |status |shift )?(?:entry|update|note|comment|post|message|memo|record)"
        r" ?(?:no\.?|nr\.?|#)? ?[0-9]{1,3}[,:.)]?(?: -+)? ?[\[(]?$",
        re.IGNORECASE,
    )


@cache
def _author() -> re.Pattern[str]:
    """Compile what may stand behind the time of a numbered entry: who wrote it."""
    return re.compile(r"[\])]?(?:,? (?:by|from|-+|\|) ?[\w.' -]{2,40}(?: ?\([^()]{1,40}\))?)?:?$")


def _is_person(words: str) -> bool:
    """Whether words may be the name of who speaks, and announce neither fact nor section."""
    match = _person().match(words)
    if match is None:
        return False
    name = match[1].lower()
    first = name.split()[0]
    known = field_of(name) or topic_of(name) is not Topic.NONE or name in EVENTS
    return not known and first not in VERBS and first not in STATES and not field_of(first)


@cache
def _untimed() -> re.Pattern[str]:
    """Compile who speaks at the begin of a line: ``AGENT:  ``, ``Ms Orde: ``."""
    return re.compile(
        r"([A-Z][\w.'-]{0,20}(?: [A-Z][\w.'-]{0,20}){0,2})(?: \([^()]{1,30}\))?:[ \t]+(?=\S)"
    )


_MAIL_HEAD = word_set("from to cc bcc date sent subject re reply-to importance attachments")
_TURNS = 3  # times that each of two speakers has the word


def read_turns(lines: Sequence[Line], fewest: int) -> Iterator[tuple[int, str, int]]:
    """Find the turns of a talk without times: names before a colon that come again and again.

    Parameters
    ----------
    lines
        All of a text.
    fewest
        Speakers that make a talk.

    Returns
    -------
    iterator
        Index of the line, speaker in small letters, and where the words begin.
    """
    spoken = [(n, line.text) for n, line in enumerate(lines) if ":" in line.text[:_LONGEST_TURN]]
    heads = Counter(text.partition(" (")[0].partition(":")[0].lower() for _, text in spoken)
    if sum(count >= _TURNS for count in heads.values()) < fewest:
        return
    turns = [
        (index, match[1].lower(), match.end())
        for index, text in spoken
        if (match := _untimed().match(text))
    ]
    turns = [turn for turn in turns if _may_speak(turn[1])]
    counts = Counter(name for _, name, _ in turns)
    said = [turn for turn in turns if counts[turn[1]] > 1]
    sentences = [index for index, _, _ in said if lines[index].text.endswith((".", "?", "!"))]
    often = sum(count >= _TURNS for count in counts.values())
    if often < fewest or len(sentences) * 2 < len(said):
        return
    yield from said


@cache
def _handle() -> re.Pattern[str]:
    """Compile a handle in brackets that opens a line: ``[kim] ``, ``<joe> ``."""
    return re.compile(r"[ \t]*[\[<]@?([a-z][\w.-]{2,20})[\]>] +(?=[\w@])")


def read_handles(lines: Sequence[Line]) -> Iterator[tuple[int, str, int]]:
    """Find the turns of a chat whose lines open with a handle in brackets: ``[kim] ``.

    Parameters
    ----------
    lines
        All of a text.

    Returns
    -------
    iterator
        Index of the line, speaker, and where the words begin; none where nobody speaks twice.
    """
    turns = [
        (index, match[1], match.end())
        for index, line in enumerate(lines)
        if line.text.lstrip()[:1] in {"[", "<"} and (match := _handle().match(line.text))
    ]
    names = {name for _, name, _ in turns}
    plain = all(_may_speak(name) and _is_person(name) for name in names)
    if plain and len(turns) >= _TURNS and len(names) < len(turns):
        yield from turns


_LONGEST_TURN = 60  # characters of a name, role and colon


def _may_speak(name: str) -> bool:
    """Whether a label may be a person or a side: it announces no fact, section or mail."""
    if name in _MAIL_HEAD:
        return False
    return name in SPEAKING or not (field_of(name) or topic_of(name) is not Topic.NONE)


_AUTHORS = frozenset({"from", "von", "de", "author", "written by", "posted by", "reporter"})


@cache
def _capitalised() -> re.Pattern[str]:
    """Compile the words in capitals that open the head of a message."""
    return re.compile(r"@?([A-Z][\w.'-]{0,20}(?: [A-Z][\w.'-]{0,20}){0,3})")


def speakers_of(statements: Sequence[Statement]) -> frozenset[str]:
    """Give who speaks in a text, in small letters: whole names, and the first word of each.

    Parameters
    ----------
    statements
        All of the text.
    """
    names: set[str] = set()
    for statement in statements:
        entry = statement.block.entry
        if entry is not None and entry.speaker:
            names.add(entry.speaker)
        elif entry is not None and _is_alone(statement):
            names.update(_names_at(statement.text))
        elif statement.role is Role.SPEAKER:
            names.update(_names_at(statement.text.lstrip("[(0123456789.:/- ])T")))
        elif statement.label in _AUTHORS and statement.start:
            names.update(name.split()[0] for name in _names_at(statement.value.lstrip()))
    return frozenset((*names, *(name.split()[0] for name in names)))


def _is_alone(statement: Statement) -> bool:
    """Whether an entry holds nothing but a name, whose words stand below: ``[17:02] Ada Lund``."""
    whole = statement.block.passage.text == statement.text and not statement.block.label_end
    few = len(statement.text.split()) <= _PERSONAL
    return whole and few and statement.text.istitle()


_PERSONAL = 3  # words of the name of a person


def _names_at(words: str) -> list[str]:
    """Give the name that opens words, in small letters; none when there is none."""
    match = _capitalised().match(words)
    return [match[1].casefold()] if match else []
