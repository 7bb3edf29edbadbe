"""Nested dumps: names with values below names, as YAML and JSON write them."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.compared import PRESENT_WORDS, USUAL_WORDS
from impactcalc.intake.escalation.facts.other_times import OTHER_TIMES
from impactcalc.intake.escalation.figures.measures import label_unit
from impactcalc.intake.escalation.records.composing import TELLING, blank, compose, key_words
from impactcalc.intake.escalation.records.entries import Entry, inline, named, read_entries, remark
from impactcalc.intake.escalation.records.schedules import (
    gathered,
    holds_schedule,
    is_schedule,
    is_stage,
    log_line,
    schedule_lines,
    state_key,
)
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 5  # names one below the other that make a dump
_MOSTLY = 0.8
_MOST_BRACED = 3  # lines in braces; more of them are a log
_SECTION = 2  # level of the first headings
_DEEPEST = 6  # level of the last
_ROOTS = word_set(
    "escalation ticket incident case issue record header head meta general details data report "
    "fields result attributes properties info basics main root item"
)
_CALLED = word_set("name label key title field id attribute question")
_AMOUNTS = frozenset({"amount", "value", "sum", "figure", "number", "estimate"})
_UNITS = frozenset({"currency", "unit", "units", "uom", "iso"})
_PERIODS = frozenset({"per", "period", "every", "interval", "basis"})


@cache
def _plain_name() -> re.Pattern[str]:
    """Compile a name as programs write it: quoted, or one word in small letters."""
    return re.compile(
        r"[ \t]*(?:- +)?(?:[\"'][^\"']+[\"']|[a-z][a-z0-9_.\-]*|[a-z]+[A-Z]\w*)[ \t]?:"
    )


def with_trees(lines: Sequence[Line]) -> Sequence[Line]:
    """Write nested dumps as headings, labels with values, and lists."""
    lines = _unwrapped(lines)
    braced = [line for line in lines if line.text[:1] == "{" and line.text.rstrip()[-1] == "}"]
    if 0 < len(braced) <= _MOST_BRACED:
        lines = [one for line in lines for one in (_braced(line) if line in braced else [line])]
    marks = [_is_named(line.text) for line in lines]
    if not any(marks):
        return lines
    result: list[Line] = []
    index = 0
    while index < len(lines):
        end, entries = _run(lines, marks, index) if marks[index] else (index + 1, [])
        if entries:
            result.extend(written(entries, _SECTION, ""))
            result.append(blank(lines[end - 1]))
        else:
            result.extend(lines[index:end])
        index = end
    return result


def _unwrapped(lines: Sequence[Line]) -> Sequence[Line]:
    """Write a dump in braces one entry a line, where a map goes on in the next line.

    Most dumps are written so; of these only the indentation would change, and they stay.
    """
    worded = [line.text.strip() for line in lines if line.text.strip()]
    if not worded or len(worded) > _LONGEST_DUMP:
        return lines
    first, last = "".join(worded[:2])[:2], "".join(worded[-2:])[-2:]
    if first[0] + last[-1] != "{}" and first + last != "[{}]":
        return lines
    result: list[Line] = []
    depth = wrapped = 0
    for line in lines:
        pieces, after = _pieces(line.text, depth)
        opened = after != depth and len(pieces) > 1
        wrapped += opened and any(one[2] - one[1] > 1 for one in pieces[1:])
        result += [compose(line, "  " * deep, (start, end)) for deep, start, end in pieces]
        depth = after
    return result if wrapped and depth == 0 else lines


_LONGEST_DUMP = 2000  # lines


def _pieces(text: str, depth: int) -> tuple[list[tuple[int, int, int]], int]:
    """Cut a line of a dump at the brackets that it leaves open or closes from above.

    Returns
    -------
    tuple
        Depth, begin and end of each piece, and the depth behind the line.
    """
    opened, closed, commas = _brackets(text)
    cuts: set[int] = set()
    if opened or closed or not depth:
        cuts = {at + 1 for at in opened} | set(closed)
        cuts |= {at + 1 for at, level in commas if level == len([o for o in opened if o < at])}
    pieces: list[tuple[int, int, int]] = []
    for begin, stop in pairwise([0, *sorted(cuts), len(text)]):
        start = begin + len(text[begin:stop]) - len(text[begin:stop].lstrip())
        end = len(text[:stop].rstrip())
        depth -= sum(begin <= at < stop for at in closed)
        if end > start:
            pieces.append((depth, start, end))
        depth += sum(begin <= at < stop for at in opened)
    return pieces, depth


def _brackets(text: str) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Find the brackets that a line leaves open, those it closes from above, and its commas.

    Returns
    -------
    tuple
        Places of both kinds of brackets; of the commas place and number of open brackets.
    """
    opened: list[int] = []
    closed: list[int] = []
    commas: list[tuple[int, int]] = []
    quoted = False
    for at, character in enumerate(text):
        if character == '"' and text[at - 1 : at] != "\\":
            quoted = not quoted
        elif quoted:
            continue
        elif character in "{[":
            opened.append(at)
        elif character in "}]" and opened:
            opened.pop()
        elif character in "}]":
            closed.append(at)
        elif character == ",":
            commas.append((at, len(opened)))
    return opened, closed, commas


def _braced(line: Line) -> list[Line]:
    """Write a record that stands on one line: ``{"id": "J-9", "state": "open"}``."""
    entries = inline(line, 0, len(line.text.rstrip()))
    below = [one for entry in entries for one in (entry, *entry.below)]
    known = {field_of(key_words(entry.key)) for entry in below} - {""}
    whole = len(known) > 1 or holds_schedule(entries)
    return [*written(entries, _SECTION, ""), blank(line)] if whole else [line]


def _is_named(text: str) -> bool:
    """Whether a line opens with the name of an entry, as a program writes it, or is a map."""
    if text.rstrip(" ,")[-1:] == "}" and text.lstrip(" \t-")[:1] == "{" and ":" in text:
        return True
    return ":" in text and _plain_name().match(text) is not None and bool(named().match(text))


def _run(lines: Sequence[Line], marks: Sequence[bool], start: int) -> tuple[int, list[Entry]]:
    """Give where the dump that begins with a line would end, and its entries; none for no dump."""
    first = _indent(lines[start].text)
    index = end = start
    names = worded = 0
    while index < len(lines):
        text = lines[index].text
        stripped = text.strip()
        inside = marks[index] or _indent(text) > first or stripped[:1] in _INSIDE
        if stripped and not inside:
            break
        if stripped and stripped[0] != "#":
            worded += marks[index] or not (stripped[0] in "{}[]-" or _is_inner(stripped))
            names += marks[index]
            end = index + 1
        index += 1
    if names < _MOSTLY * worded:
        return end, []
    opened = start > 0 and lines[start - 1].text.strip() == "{"  # the first map of a list
    entries = gathered(read_entries(lines[start - opened : end]))
    dump = names >= _FEWEST and _is_nested(lines[start:end], marks[start:end])
    return end, entries if dump or holds_schedule(entries) else []


_INSIDE = frozenset("#{}[]-")


def _is_inner(words: str) -> bool:
    """Whether a line is an item of a list in quotation marks, or opens a map: ``Relief:``."""
    return words[-1] == ":" or (words[0] == '"' and words.rstrip(",")[-1] == '"')


def _indent(text: str) -> int:
    """Give the column in which a line begins."""
    return len(text) - len(text.lstrip())


def _is_nested(lines: Sequence[Line], marks: Sequence[bool]) -> bool:
    """Whether some names stand below others, or several values are quoted, or maps themselves."""
    signs = 0
    known: set[str] = set()
    for number, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        match = named().match(line.text) if mark else None
        if match is None:
            continue
        value = line.text[match.end() :].strip()
        below = lines[number + 1].text if number + 1 < len(lines) else ""
        deeper = _indent(below) > _indent(line.text) or below.lstrip()[:2] == "- "
        signs += (value in _OPENS and deeper) or value[:1] in _QUOTES or value == "~"
        known.add(field_of(key_words(next(filter(None, match.groups())))))
    return signs > 0 and len(known - {""}) > 1 and not known.isdisjoint(TELLING)


_OPENS = frozenset({"", "{", "[", "|", ">", "|-", ">-"})
_QUOTES = frozenset('"{[')


def written(entries: Sequence[Entry], level: int, parent: str) -> Iterator[Line]:
    """Write entries: those of one line first, so that they stand in no section of another.

    Parameters
    ----------
    entries
        What stands below one name, or at the top.
    level
        Level of the headings that names with entries below become.
    parent
        The name above in words; empty at the top.
    """
    topic = topic_of(parent)
    for entry in entries:
        if entry.value and not entry.below:
            yield from _plain(entry, parent)
        elif entry.below:
            yield from _figure(entry)
    staged = is_schedule(entries, Topic.NONE)
    if staged:
        yield compose(entries[0].line, "Plan", level=level)
    for entry in entries:
        if not entry.below or any(_figure(entry)):
            continue
        if entry.value:
            yield from _wrapped(entry)
        elif staged and is_stage(entry):
            yield from schedule_lines([entry], level + 1)
        elif entry.listed and not entry.key:
            yield from _item(entry, level, topic)
        else:
            yield from _section(entry, level)


def _plain(entry: Entry, parent: str) -> Iterator[Line]:
    """Write an entry of one line."""
    if entry.value and entry.key:
        yield compose(entry.line, f"{_label(entry.key, parent)}: ", entry.value)
        yield from _remark(entry)
    elif entry.value:
        yield compose(entry.line, "- " if entry.listed else "", entry.value)


def _remark(entry: Entry) -> Iterator[Line]:
    """Write a comment that is a field itself: ``delay: 3 h  # normal: 10 min``."""
    found = remark(entry)
    words = key_words(found.key) if found is not None else ""
    timed = words.startswith(USUAL_WORDS) and field_of(key_words(entry.key)) == "now"
    label = f"latency normal ({words})" if timed else words
    if found is not None and found.value and field_of(label):
        yield compose(entry.line, f"{label}: ", found.value)


def _wrapped(entry: Entry) -> Iterator[Line]:
    """Write a value that goes on in the next lines."""
    if entry.value:
        lead = f"{key_words(entry.key)}: " if entry.key else "- " if entry.listed else ""
        yield compose(entry.line, lead, entry.value)
    for one in entry.below:
        if one.value:
            yield compose(one.line, "    ", one.value)


def _label(key: str, parent: str) -> str:
    """Give the label of an entry: what it is called in its section says which fact it is."""
    words = key_words(key)
    above = parent if parent not in _ROOTS else ""
    if not above:
        return words
    if field_of(above) and words in _OWN:
        return above
    for label in (f"{above} {words}", f"{words} {above}"):
        if field_of(label):
            return label
    if words in _AMOUNTS | _GENERIC or above in _PROMISES:
        return f"{above} {words}"
    return words


_PROMISES = word_set("sla slo slas targets target objectives commitments")
"""What stands below these is promised, and no time of the incident."""
_OWN = _AMOUNTS | word_set(
    "affected impacted total count current now objective target promised agreed"
)
"""What is called so in the section of a fact is the fact itself."""
_GENERIC = word_set(
    "id number name type status state date level start end key title since no code kind"
)


def _section(entry: Entry, level: int) -> Iterator[Line]:
    """Write a name with entries below: a heading, a plan, a report, or a text."""
    words = key_words(entry.key)
    topic = topic_of(words)
    start = entry.line.text.index(entry.key)
    scheduled = is_schedule(entry.below, topic)
    lead = "" if topic in {Topic.PLAN, Topic.NEXT} or not scheduled else "Plan: "
    yield compose(entry.line, lead, (start, start + len(entry.key)), level=min(level, _DEEPEST))
    if scheduled:
        yield from schedule_lines(entry.below, level + 1)
    elif topic in {Topic.STATUS, Topic.NEXT} and any(one.below for one in entry.below):
        yield from (line for one in entry.below for line in log_line(one))
    else:
        yield from written(entry.below, level + 1, words)


def _item(entry: Entry, level: int, topic: Topic) -> Iterator[Line]:
    """Write an item of a list that is a map itself."""
    called = (one for one in entry.below if key_words(one.key) in _CALLED)
    named_so = next((one for one in called if not one.words.isdigit()), None)
    value = next((one for one in entry.below if key_words(one.key) in _AMOUNTS), None)
    if named_so is not None and value is not None and named_so.value and value.value:
        yield compose(value.line, f"{key_words(named_so.words)}: ", value.value)
        return
    if topic is Topic.CREDITS and len(entry.below) == _PAIR:
        band, credit = sorted(entry.below, key=lambda one: key_words(one.key).startswith("credit"))
        if band.value and credit.value:
            lead = "- below " if band.words[0] in DIGITS and _is_upper(band) else "- "
            yield compose(credit.line, f"{lead}{band.words}: ", credit.value)
            return
    if topic in {Topic.STATUS, Topic.NEXT} or any(
        one.value and state_key(one) for one in entry.below
    ):
        yield from log_line(entry)
    else:
        yield from written(entry.below, level, "")


def _is_upper(band: Entry) -> bool:
    """Whether a band of credits is told by its upper limit alone: ``below: 99.5 %``."""
    single = not holds(band.words, ("-", " to ", "\u2013"))
    return single and not key_words(band.key).startswith(("from", "min", "at least", "above"))


_PAIR = 2  # entries of a band and its credit
_MOST_PARTS = 5  # entries of a map that is one figure


def _measured(roles: Mapping[str, Entry]) -> tuple[Entry | None, Entry | None]:
    """Find the usual and the present value of the same thing: ``normal_s`` and ``now_s``."""
    usual = next((key for key in roles if key.startswith(USUAL_WORDS)), "")
    now = next((key for key in roles if key.startswith(PRESENT_WORDS)), "")
    things = {tuple(key.split()[1:]) for key in (usual, now)} - {()}
    return (roles.get(usual), roles.get(now)) if len(things) <= 1 else (None, None)


def _figure(entry: Entry) -> Iterator[Line]:
    """Put ``{amount: 12, currency: EUR, per: hour}`` or ``{normal: 2 s, now: 40 s}`` together."""
    roles = {key_words(one.key): one for one in entry.below if one.value and one.key}
    words = key_words(entry.key)
    usual, now = _measured(roles) if len(entry.below) <= _MOST_PARTS else (None, None)
    if usual is not None and now is not None and usual.value and now.value:
        unit = next((unit for key in roles if (unit := label_unit(f"({key})"))), "")
        if usual.line is now.line and not unit:
            yield compose(entry.line, f"{words} ", now.value, " instead of ", usual.value)
        else:
            name = words if any(word in words.split() for word in OTHER_TIMES) else "latency"
            told = f"{words} {unit}".rstrip()
            yield compose(usual.line, f"{name} normal ({told}): ", usual.value)
            yield compose(now.line, f"{name} now ({told}): ", now.value)
        return
    amount = next((one for key, one in roles.items() if key in _AMOUNTS), None)
    code = next((one for key, one in roles.items() if key in _UNITS), None)
    period = next((one for key, one in roles.items() if key in _PERIODS), None)
    if amount is None or amount.value is None or not (code or period):
        return
    per = period.words if period else ""
    per = f" per {per.removeprefix('per ')}" if per and not per.endswith("ly") else f" {per}"
    behind = f" {code.words}" if code else ""
    yield compose(amount.line, f"{words}: ", amount.value, f"{behind}{per}".rstrip())
