"""Boxes of a printed form: options of which one is ticked, characters in a box each."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import blank, compose, trimmed
from impactcalc.intake.escalation.states.state_labels import state_label
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.verbs import WORK
from impactcalc.intake.escalation.words.vocabulary import holds, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 2  # options
_SECTION = 7  # level of a heading: as one that only its words make
_TICKS = frozenset("xX\u2713\u2714\u2611\u2612*")
_LONGEST_LEAD = 3  # words before a colon that only say that something is given
_OWN_SIGNS = frozenset("/~>!-")
_ASKED = word_set("priority level status service sla users revenue customer errors")
"""Facts whose options may stand one below the other."""
_CROSSED = ("[crossed out]", "[struck out]", "(crossed out)", "(struck out)")


@cache
def _box() -> re.Pattern[str]:
    """Compile a box: empty, ticked, or with a sign of its own."""
    return re.compile(
        r"\[[ xX\u2713\u2714*/~>!-]?\]|\([ xX*~/]\)|"
        r"[\u2610\u2611\u2612\u25d0\u2714\u2718\u2705\u274c]"
    )


@cache
def _characters() -> re.Pattern[str]:
    """Compile characters in a box each: ``[ 0 0 7 7 1 9 ]``, and what they say: ``-> 007719``."""
    return re.compile(
        r"\[ ?((?:[A-Za-z0-9/-][ |]{1,3}){2,30}[A-Za-z0-9]) ?\](?:\s{0,20}[-=]*> ?(\w[\w-]{0,30}))?"
    )


@cache
def _number() -> re.Pattern[str]:
    """Compile the number of a question in a form."""
    return re.compile(r"[ \t]*(?:[-*] |\(?[0-9A-Za-z]{1,2}[.)] )?[ \t]*")


def with_boxes(lines: Sequence[Line]) -> Sequence[Line]:
    """Write each question of a form with the option that is ticked."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        boxes = list(_box().finditer(line.text)) if line.text else []
        end = index + 1
        if len(boxes) >= _FEWEST and not _is_legend(line, boxes):
            result.append(_chosen(line, boxes, _question(lines, index)))
        elif len(boxes) >= _FEWEST:
            result.extend(_parted(line, boxes[0].start()))
        elif len(boxes) == 1 and (end := _column(lines, index)) - index >= _FEWEST:
            result.extend(_listed(lines[index:end], _question(lines, index)))
        else:
            end = index + 1
            result.extend(
                _parted(line, len(line.text)) if _is_headed(line.text) else [_spelt(_kept(line))]
            )
        index = end
    return result


def _label(text: str, start: int, end: int) -> tuple[int, int]:
    """Give where the words of a question stand, without its number and the dots behind it."""
    match = _number().match(text, start, end)
    start = match.end() if match and match.end() < end else start
    while start < end and text[end - 1] in " .:?\t_=":
        end -= 1
    return start, end


def _options(text: str, boxes: Sequence[re.Match[str]]) -> Iterator[tuple[bool, int, int]]:
    """Give of each option whether it is ticked, and where its words stand."""
    for number, box in enumerate(boxes):
        stop = boxes[number + 1].start() if number + 1 < len(boxes) else len(text)
        start, end = trimmed(text, box.end(), stop)
        while start < end and text[end - 1] in "|/;,":
            start, end = trimmed(text, start, end - 1)
        yield not _TICKS.isdisjoint(box[0]), start, end


def _is_legend(line: Line, boxes: Sequence[re.Match[str]]) -> bool:
    """Whether boxes are explained, not ticked: ``[x] done  [/] begun  [ ] not begun``."""
    lower = line.text.lower()
    before = lower[: boxes[0].start()]
    if holds(before, ("legend", "key:")):
        return True
    if field_of(line.text[slice(*_label(line.text, 0, boxes[0].start()))]):
        return False
    if before.rstrip().endswith("?"):
        return False
    words = [lower[start:end] for _, start, end in _options(line.text, boxes)]
    named = sum(state_label(word) is not None for word in words)
    return (named >= _FEWEST and 2 * named >= len(words)) or any(
        box[0][1:2] in _OWN_SIGNS for box in boxes
    )


def _is_headed(text: str) -> bool:
    """Whether a gap and a legend without boxes stand behind a heading."""
    return holds(text.lower(), ("  legend:", "  key:"))


def _parted(line: Line, start: int) -> Iterator[Line]:
    """Part a heading from the legend behind it: ``Measures   legend: [x] finished``."""
    lower = line.text.lower()
    at = max(lower.rfind(word, 0, start) for word in ("legend", "key:"))
    at = at if at > 0 else start
    label = _label(line.text, 0, at)
    end = len(line.text[: label[1]].rstrip(" ([-,"))
    if label[0] < end and topic_of(line.text[label[0] : end]) in {Topic.PLAN, Topic.STATUS}:
        yield compose(line, (label[0], end), level=_SECTION)
        yield compose(line, "" if at < start else "legend: ", (at, len(line.text)))
        yield blank(line)
    else:
        yield line


def _question(lines: Sequence[Line], index: int) -> tuple[str, bool]:
    """Give the question above a line of options, and whether it asks for a fact."""
    above = lines[index - 1].text if index else ""
    label = above[slice(*_label(above, 0, len(above)))]
    known = field_of(label) in _ASKED or topic_of(label) is Topic.SENTIMENT
    return label, known


def _chosen(line: Line, boxes: Sequence[re.Match[str]], question: tuple[str, bool]) -> Line:
    """Write a question with what is ticked: nothing when no option is."""
    text = line.text
    label = _label(text, 0, boxes[0].start())
    ticked = [(start, end) for on, start, end in _options(text, boxes) if on and start < end]
    if label[0] >= label[1] and not question[1]:
        return line
    if not ticked:
        return blank(line)
    lead: tuple[int, int] | str = label if label[0] < label[1] else question[0]
    told = _led().search(text, *label) is not None  # "SLA ..... 99.9%  [ ] met  [x] missed"
    parts: list[tuple[int, int] | str] = [lead, ", " if told else ": "]
    for number, (start, end) in enumerate(ticked):
        parts += [", "] if number else []
        parts.append((_given(text, start, end), end))
    return compose(line, *parts)


@cache
def _led() -> re.Pattern[str]:
    """Compile what leads from a label to a value that stands before the boxes."""
    return re.compile(r"(?:\.{3,}|: ) *\w")


def _given(text: str, start: int, end: int) -> int:
    """Give where the words begin that an option is completed with: ``yes: 540 cashiers``."""
    head, colon, rest = text[start:end].partition(":")
    if not colon or not rest.strip() or len(head.split()) > _LONGEST_LEAD or head[-1:].isdigit():
        return start
    return start + len(head) + 1 + len(rest) - len(rest.lstrip())


def _column(lines: Sequence[Line], index: int) -> int:
    """Give where the options end that stand one below the other; the same line when none do."""
    _, known = _question(lines, index)
    end = index
    while known and end < len(lines):
        text = lines[end].text
        boxes = list(_box().finditer(text)) if text else []
        if len(boxes) != 1 or text[: boxes[0].start()].strip(" -*"):
            break
        end += 1
    return index if _are_tasks(lines[index:end]) else end


def _are_tasks(lines: Sequence[Line]) -> bool:
    """Whether boxes stand before things to do, and not before the answers to one question."""
    boxes = [box for line in lines if (box := _box().search(line.text)) is not None]
    if any(box[0][1:2] in _OWN_SIGNS for box in boxes):
        return True
    words = [box.string[box.end() :].lower().split() for box in boxes]
    tasks = sum(len(one) > 1 and one[0] in WORK for one in words)
    return 2 * tasks > len(lines)


def _listed(lines: Sequence[Line], question: tuple[str, bool]) -> Iterator[Line]:
    """Write the ticked ones of options that stand one below the other."""
    for line in lines:
        boxes = list(_box().finditer(line.text))
        if _TICKS.isdisjoint(boxes[0][0]):
            yield blank(line)
        else:
            yield _chosen(line, boxes, question)


def _kept(line: Line) -> Line:
    """Leave out what somebody has crossed out: ``C$ 8,000 [crossed out]   US$ 8,400``."""
    lower = line.text.lower()
    mark = next((mark for mark in _CROSSED if mark in lower), "")
    if not mark:
        return line
    at = lower.index(mark)
    begin = max(lower.rfind(gap, 0, len(lower[:at].rstrip())) for gap in ("  ", ": ", "\t"))
    if begin < 0:
        return line
    return compose(line, (0, begin + 2), (at + len(mark), len(line.text)))


def _spelt(line: Line) -> Line:
    """Write characters that stand in a box each as a word."""
    match = _characters().search(line.text) if "[ " in line.text else None
    if match is None or not line.text[: match.start()].strip():
        return line
    label = _label(line.text, 0, match.start())
    if match[2]:
        return compose(line, label, ": ", match.span(2))
    spans = [(at, at + 1) for at in range(*match.span(1)) if line.text[at] not in " |"]
    return compose(line, label, ": ", *spans)
