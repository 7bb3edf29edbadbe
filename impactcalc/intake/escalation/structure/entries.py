"""The entries of a log, chat or transcript."""

from __future__ import annotations

import re
from collections import Counter
from datetime import time
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.dates import Stamp, clock_at, find_stamps
from impactcalc.intake.escalation.figures.windows import find_span
from impactcalc.intake.escalation.structure.entry import Entry
from impactcalc.intake.escalation.structure.speakers import (
    EVENTS,
    LONGEST_HEAD,
    SPEAKING,
    STATES,
    VERBS,
    is_speaker_head,
    read_handles,
    read_turns,
)
from impactcalc.intake.escalation.words.entry_states import entry_state, is_entry_state
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS, joins_digits, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from impactcalc.intake.escalation.text.lines import Line


FEWEST = 2  # entries that make a log
_LONGEST_NAME = 4  # words
_FINDING = frozenset({"investigating", "identified"})
"""States in which an entry tells what is wrong and what is planned."""
_MANY = 6  # lines that open with a time make a log, whatever stands above them
_LONG_LINE = 60  # an unfinished line of so many characters goes on in the next
_SPOKEN = 4  # words that make a value more than the value of a field
_OPENS = frozenset("[(<0123456789")
_STARTS = word_set("jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun")


@cache
def _lead() -> re.Pattern[str]:
    """Compile what may stand before the time: indentation, a bullet, a bracket, a weekday."""
    return re.compile(
        r"[ \t]*(?:[-*+|\u2022][ \t]+)?(?:<@?[\w.-]{1,24}>[ \t]+)?[\[(<]?"
        r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,? )?",
    )


@cache
def _speaker_first() -> re.Pattern[str]:
    """Compile who speaks, before the time: ``<kes> 09:14 ``."""
    return re.compile(r"[ \t]*<@?([\w.-]{1,24})>[ \t]")


@cache
def _joint() -> re.Pattern[str]:
    """Compile what parts the time from the words."""
    return re.compile(r"[\])>]{0,2}([ \t]*(?:[-|:,>\u2022]{1,2}|\u2192)[ \t]+|[ \t]+|:)")


@cache
def _named() -> re.Pattern[str]:
    """Compile who speaks, with a role in brackets, up to a colon: ``Farid (support): ``."""
    return re.compile(
        r"(?:[<\[]([\w@.' -]{1,40})[>\]]:?|@?([\w.'/&-]{1,30}(?: [\w.'/&-]{1,30}){0,4}?)"
        r"( ?\([^()]{1,40}\)| ?\[[^\[\]]{1,30}\])?(?: wrote| says| said)?(?::|>))(?:[ \t]+|$)"
    )


@cache
def _columned() -> re.Pattern[str]:
    """Compile a column between the time and the words: ``WORK      node 7 drained``."""
    name = r"[\w@.'/&()-]{1,24}(?: [\w.'/&()-]{1,20}){0,2}"
    return re.compile(rf"[\[(]?({name})[\])]?(?: *\| *|[ ]{{2,}}(?:\| *|>{{1,2}} +)?|\t+)")


@cache
def _event() -> re.Pattern[str]:
    """Compile a word in capitals or brackets before the words: ``PLAN ``, ``[Plan] ``."""
    return re.compile(
        r"(?:\[([A-Za-z ]{2,20})\]|([A-Z]{2,14}(?: [A-Z]{2,14})?))(?:[ \t]*[:|-]+)?[ \t]+"
    )


def read_entries(lines: Sequence[Line]) -> Mapping[int, Entry]:
    r"""Find the entries of a text, by the index of their line.

    A time of day at the begin of one line makes no log: there must be more of them, or a speaker.

    Examples
    --------
    >>> from impactcalc.intake.escalation.text.lines import split_lines
    >>> lines = split_lines("10:31 PLAN restart it\n10:40 Ann (ops): restarted")
    >>> [(one.stamp.clock.hour, one.topic.name, one.speaker)
    ...  for one in read_entries(lines).values()]
    [(10, 'PLAN', ''), (10, 'NONE', 'ann')]
    """
    shaped = {
        index: found
        for index, line in enumerate(lines)
        if line.text and (found := _timed(line.text)) is not None
    }
    bare = {index: found for index, line in enumerate(lines) if (found := _bare(line.text))}
    if len(bare) >= _MANY_BARE:
        shaped.update(bare)
    timed = {
        index: found
        for index, found in shaped.items()
        if not (_is_wrapped(lines, index, shaped) or _is_record(lines, index))
    }
    names = _names(lines, timed)
    entries = {
        index: _entry(lines[index].text, stamp, start, names)
        for index, (stamp, start) in timed.items()
    }
    if len(entries) < FEWEST:
        entries = {index: one for index, one in entries.items() if one.speaker}
    for index, name, start in (*read_turns(lines, FEWEST), *read_handles(lines)):
        entries.setdefault(index, Entry(None, start, name))
    entries.update(dated_below(lines))
    return entries


@cache
def _four_digits() -> re.Pattern[str]:
    """Compile a time of day without a colon: ``1405 - ``, ``0730 hrs: ``."""
    return re.compile(r"[ \t]*([01][0-9]|2[0-3])([0-5][0-9])(?: ?h(?:rs|ours)?)? ?[-:|] +(?=\S)")


_MANY_BARE = 3  # lines that open with four digits make them times of day


def _bare(text: str) -> tuple[Stamp, int] | None:
    """Read a time of day in four digits, and where what follows begins."""
    match = _four_digits().match(text) if text.lstrip()[:4].isdigit() else None
    if match is None:
        return None
    clock = time(int(match[1]), int(match[2]))
    return Stamp(match.start(1), match.end(2), None, clock), match.end()


def _is_alone(stamp: Stamp, text: str) -> bool:
    """Whether nothing but a date with its time stands in a line."""
    return not (text[: stamp.start] + text[stamp.end :]).strip(" ()[].-|")


@cache
def _state_first() -> re.Pattern[str]:
    """Compile the state that opens an entry whose date stands below: ``Resolved - It works.``."""
    return re.compile(r"[ \t]*([A-Z][a-z]{3,15}(?: [a-z]{3,12})?) -+ +(?=\S)")


_BELOW = 5  # lines within which the date of an entry stands


def dated_below(lines: Sequence[Line]) -> Iterator[tuple[int, Entry]]:
    """Find the entries that open with a state and have their date in a line below the words."""
    for index, line in enumerate(lines):
        head, dash, _ = line.text[:LONGEST_HEAD].partition(" -")
        bare = dash and head.replace(" ", "").strip().isalpha()
        match = _state_first().match(line.text) if bare else None
        state = match[1].lower() if match else ""
        if match is None or not (is_entry_state(state) or state in {"update", *VERBS}):
            continue
        for below in lines[index + 1 : index + _BELOW]:
            stamps = find_stamps(below.text) if below.text else ()
            if not below.text.strip() or _state_first().match(below.text):
                break
            if stamps and stamps[0].clock and _is_alone(stamps[0], below.text):
                said = stamps[0]._replace(start=0, end=0)
                span = match.span(1) if is_entry_state(state) else (0, 0)
                finding = state in _FINDING or state in VERBS
                topic = Topic.NONE if finding else Topic.STATUS
                yield index, Entry(said, match.end(), topic=topic, state=span)
                break


def _timed(text: str) -> tuple[Stamp, int] | None:
    """Read the time that opens a line, and where what follows begins."""
    words, head = text.lstrip(" \t-*+|\u2022"), text[:LONGEST_HEAD]
    opens = words[:1] in _OPENS or words[:3].lower() in _STARTS
    if not opens or not (find_stamps(head) or joins_digits(head, ":")):
        return None
    lead = _lead().match(text)
    begin = lead.end() if lead else 0
    stamp = next((one for one in find_stamps(head) if one.start <= begin <= one.end), None)
    if stamp is None and ":" in head[begin : begin + 3]:
        stamp = clock_at(head, begin)
    if stamp is None or stamp.readings:
        return None
    joint = _joint().match(text, stamp.end)
    if joint is None or joint.end() >= len(text):
        return None
    weak = joint[1].strip() == "" and len(joint[1]) == 1 and joint.end() - stamp.end == 1
    if stamp.clock is None and weak:
        return None  # "3 March was a bad day"
    rest = text[joint.end() :]
    if not _opens_words(rest) or entry_state(text) or is_speaker_head(text):
        return None
    return stamp, joint.end()


def _opens_words(rest: str) -> bool:
    """Whether what stands behind a time may be an entry: no second time, no range, no unit."""
    first = rest[:1]
    if first in DIGITS and clock_at(rest, 0) is not None:
        return False
    lower = rest.lower()
    return not lower.startswith(("to ", "until ", "till ", "- ", "on ", "and ", "utc", "or "))


def _is_wrapped(lines: Sequence[Line], index: int, shaped: Mapping[int, object]) -> bool:
    """Whether a line goes on with a sentence of the line above: ``... at / 14:30 on Monday``."""
    if not index or index - 1 in shaped or len(shaped) >= _MANY:
        return False
    above, own = lines[index - 1].text.rstrip(), lines[index].text
    deeper = len(above) - len(above.lstrip()) > len(own) - len(own.lstrip())
    open_ended = above[-1:].isalnum() or above[-1:] == ","
    return len(above) >= _LONG_LINE and open_ended and not deeper


def _is_record(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the only row below the drawn names of columns: the date is a field."""
    above, row, below = (
        lines[at].text.strip() if 0 <= at < len(lines) else ""
        for at in (index - 1, index, index + 1)
    )
    ruled = above[:1] == "|" and not any(map(str.isalnum, above))
    return ruled and row[:1] == "|" and below[:1] != "|"


def _names(lines: Sequence[Line], timed: Mapping[int, tuple[Stamp, int]]) -> frozenset[str]:
    """Give the names that open more than one entry."""
    counts: Counter[str] = Counter()
    for index, (_, start) in timed.items():
        text = lines[index].text
        match = _named().match(text, start) or _columned().match(text, start)
        if match and not _is_measured(text, match):
            counts[_name(match)] += 1
    return frozenset(name for name, count in counts.items() if count > 1)


def _is_measured(text: str, match: re.Match[str]) -> bool:
    """Whether a figure stands behind the name of a thing or a deed: ``Moving lockers: 9 of 20``."""
    name = next(group for group in match.groups() if group).strip(" @")
    measured = not DIGITS.isdisjoint(text[match.end() :][:1])
    return measured and " " in name and not name.istitle()


def _name(match: re.Match[str]) -> str:
    """Give the name of a match in small letters, without role."""
    return str(next(group for group in match.groups() if group)).strip(" @").lower()


def _entry(text: str, stamp: Stamp, start: int, names: frozenset[str]) -> Entry:
    """Read speaker and event word behind the time."""
    lead = _speaker_first().match(text)
    entry = Entry(stamp, start, lead[1].lower() if lead else "")
    for _ in range(2):
        found = _after_speaker(text, entry, names)
        if found is None and entry.topic is not Topic.PLAN:  # "PLAN  Repair (4-9 h): ..."
            found = _after_event(text, entry)
        if found is None:
            break
        entry = found
        if entry.label_end:
            break
    return entry


def _after_speaker(text: str, entry: Entry, names: frozenset[str]) -> Entry | None:
    """Leave out who speaks: ``Farid (support): ``, ``<ann> ``, ``jdewitt     ``."""
    match = _named().match(text, entry.start)
    if match is None and entry.topic is not Topic.PLAN:  # a column there names a stage
        match = _columned().match(text, entry.start)
    if entry.speaker or match is None or match.end() >= len(text):
        return None
    name = _name(match)
    known = name in VERBS or name in STATES or len(name.split()) > _LONGEST_NAME
    if known or not name[:1].isalpha():
        return None  # "[0-1h] restart it"
    meant = len(text[match.end() :].split()) >= _SPOKEN
    if match.re is _named() and name in SPEAKING and meant:
        return entry._replace(start=match.end(), speaker=name)
    announces = field_of(name) or topic_of(name) is not Topic.NONE or name in EVENTS
    if announces or _is_stage(match):
        return None
    sure = name in names or (match.re is _named() and bool(match[1] or match[3]))
    handle = " " not in name and name in text[entry.start : match.end()]
    if not sure and not (handle and (meant or match.re is _columned())):
        return None
    return entry._replace(start=match.end(), speaker=name)


def _is_stage(match: re.Match[str]) -> bool:
    """Whether the role behind a name is a window: ``Relief (0-4 h): `` is a stage of a plan."""
    role = match[3] if match.re is _named() else None
    timed = role is not None and not DIGITS.isdisjoint(role)
    return timed and find_span(str(role).strip(" ()[]")) is not None


def _after_event(text: str, entry: Entry) -> Entry | None:
    """Leave out an event word, or note it as a label: ``PLAN``, ``STATUS      Recovering``."""
    match, strong = _event_word(text, entry.start)
    if match is None or match.end() >= len(text):
        return None
    word = _name(match)
    bare = word.rstrip("0123456789#/-. ")  # "PLAN/1"
    word = bare if bare in EVENTS else word
    group = next(number for number, one in enumerate(match.groups(), 1) if one)
    begin = match.start(group)
    # "Customer: Alder Mills" is a fact, and a plan behind a colon is read with its label.
    called = match.re is _named() and (word in SPEAKING or EVENTS.get(word) is Topic.PLAN)
    if word in EVENTS and not called:
        speaker = word if word in SPEAKING else entry.speaker
        return entry._replace(start=match.end(), topic=EVENTS[word], speaker=speaker)
    topic = Topic.STATUS if entry.topic is Topic.NONE else entry.topic
    if is_entry_state(word) and not entry.state[1]:
        kept = entry.topic if word in _FINDING else topic
        return entry._replace(start=match.end(), topic=kept, state=match.span(group))
    if word in VERBS or (word in STATES and topic is not entry.topic):
        plain = entry if word in VERBS else entry._replace(topic=topic)
        told = word in VERBS
        return None if told and entry.told else plain._replace(start=begin, told=told)
    known = field_of(word) if word not in STATES else ""
    if known and (strong or known in {"status", "priority"}):
        label_end, value_start = match.end(group) - begin, match.end() - begin
        return entry._replace(start=begin, label_end=label_end, value_start=value_start)
    return None


def _event_word(text: str, start: int) -> tuple[re.Match[str] | None, bool]:
    """Find what may be an event word, and whether more than a blank sets it off."""
    match = _columned().match(text, start)
    if match is not None:
        return match, True
    match = _event().match(text, start)
    if match is not None:
        return match, bool(match[1])
    match = _named().match(text, start)
    return match, match is not None and not match[1]
