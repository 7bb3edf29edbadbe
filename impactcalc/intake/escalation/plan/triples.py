"""A stage on one line: its name, its window and what is done, whatever parts the three."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.running import event_of
from impactcalc.intake.escalation.figures.windows import find_span, is_all_window
from impactcalc.intake.escalation.plan.stages import name_and_span
from impactcalc.intake.escalation.plan.steps import Step, is_report
from impactcalc.intake.escalation.plan.titles import may_name
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.verbs import WORK
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.figures.span import Span
    from impactcalc.intake.escalation.structure.passages import Passage

_NAME_WORDS = 4
_LONGEST_HEAD = 60  # characters of a name and a window
_FEWEST = 2  # words of an action; stages that one line strings


@cache
def _number() -> re.Pattern[str]:
    """Compile the number before the name of a stage: ``1. ``, ``stage2: ``."""
    return re.compile(
        r"(?:\(?[0-9]{1,2}[.)]|(?:stage|phase|step)[ _]?[0-9]{1,2} ?[:.|=]) +", re.IGNORECASE
    )


@cache
def _joint() -> re.Pattern[str]:
    """Compile what parts a name and a window from the action behind them."""
    return re.compile(
        r"(?: ?[)\]](?: ?(?:->|[:=\u2192-]))?| ?(?:[|/=\u2192]|:(?![0-9]))| -+>?|,|\.(?= [A-Z])|"
        r" (?=\()) *(?=[^\s:=|-])"
    )


_NUMBERED = 5  # characters of the longest word before a number


def triple_of(passage: Passage) -> Step | None:
    """Read ``Contain, 0-3 h: pin it``, ``Contain[0-3h] = pin it``, ``Contain: pin it (0-3 h)``.

    Parameters
    ----------
    passage
        The words of a line, or of a part of it.

    Returns
    -------
    Step or None
        None when one of the three is missing.
    """
    head = passage.text[:_NUMBERED].lower()
    numbered = head.startswith(("stage", "phase", "step")) or not DIGITS.isdisjoint(head[:2])
    may_be = numbered or not head.isascii()
    number = _number().match(passage.text) if may_be else None
    words = passage.part(number.end() if number else 0)
    return _window_amid(words) or _window_last(words)


_JOINTS = (")", "]", "|", "/", "=", "\u2192", ":", " -", ",", ". ", " (")


def _window_amid(words: Passage) -> Step | None:
    """Read a line whose window stands between name and action, or right before the name."""
    head = words.text[:_LONGEST_HEAD]
    for match in _joint().finditer(head) if holds(head, _JOINTS) else ():
        stop = match.start() + (match[0].lstrip()[:1] in {")", "]"})
        if words.text.count("(", 0, stop) != words.text.count(")", 0, stop):
            continue  # "Repair (30 min - 10 h): mend it"
        name, span = name_and_span(words.part(0, stop))
        whole = span is not None and span.calendar and name == words.text[:stop]
        if span is None or name is None or whole:
            continue
        boxed = words.text[match.end() :].startswith("(") and words.text.rstrip(" .;")[-1:] == ")"
        if not (words.text.startswith(name) or boxed or "(" in words.text[:stop]):
            continue  # "Within one week: cache the lists, upgrade the engine"
        step = _step(words.part(0, stop), name, span, words.part(match.end()))
        if step is not None:
            return step
    return None


def _window_last(words: Passage) -> Step | None:
    """Read a line that ends in its window, behind a name with a colon or dash and an action."""
    text = words.text.rstrip(" .;")
    cut = max(text.rfind(mark) for mark in (" (", ", ", " - ", " | ", " / "))
    window = text[cut:].strip(" (),-|/") if cut > 0 else ""
    span = (find_span(window) or event_of(window)) if 0 < len(window) < _LONGEST_HEAD else None
    if span is None or not is_all_window(window, span):
        return None
    head = re.match(r"([^:]{2,30}?)(?::| -| \||/) +", text[:cut])
    if head is None or find_span(head[1]) is not None:
        return None
    title = words.part(cut + text[cut:].index(window), len(text))
    return _step(title, words.written(0, head.end(1)), span, words.part(head.end(), cut))


@cache
def _owner() -> re.Pattern[str]:
    """Compile who does it, before the action: ``owner Maria: ``."""
    return re.compile(
        r"(?i:owner|lead|led by|responsible|assignee|by):? [A-Z][\w.'-]+(?: [A-Z][\w.'-]+)?: +"
    )


def _step(title: Passage, name: str, span: Span, action: Passage) -> Step | None:
    """Make a step of the three, if they may be what they are taken for."""
    first, *rest = name.lower().split()
    order = bool(rest) and first in WORK  # "Restart the pool, within 2 hours, and drain it"
    owner = _owner().match(action.text)
    action = action.part(owner.end()) if owner else action
    boxed = action.text.startswith("(") and action.text.rstrip(" .;").endswith(")")
    if boxed:
        action = action.part(1, len(action.text.rstrip(" .;)")))
    few = len(action.text.split()) < _FEWEST or find_span(action.text) is not None
    named = len(rest) < _NAME_WORDS and first[:1].isalpha() and may_name(name)
    if order or few or not named or field_of(name.lower()) or is_report(action.text):
        return None
    return Step(name, span, title, action)


def strung_triples(passage: Passage) -> list[Step]:
    """Read stages that one line strings: ``Contain 0-3 h (pin it) / Repair 3-9 h (mend it)``.

    What stands between two marks and has no window goes on with the stage before it.

    Returns
    -------
    list of Step
        Empty when the line does not hold two of them or more.
    """
    found = (_strung(passage, [*_cuts(passage.text, mark)]) for mark in _MARKS)
    return max(found, key=len, default=[])


_MARKS = (" / ", " | ", " -> ", " \u2192 ", "; ", "), ", ". ", "")
"""What may part the stages of one line; empty for their numbers."""


@cache
def _inline() -> re.Pattern[str]:
    """Compile the number of a stage within a line: ``... block the bot 2. Repair``."""
    return re.compile(r",? \(?[1-9][.)] ")


def _cuts(text: str, mark: str) -> Iterator[tuple[int, int]]:
    """Give where the marks of a line begin and end."""
    if not mark:
        yield from (match.span() for match in _inline().finditer(text))
        return
    at = text.find(mark)
    while at >= 0:
        yield at + mark.startswith(")"), at + len(mark)
        at = text.find(mark, at + len(mark))


def _strung(passage: Passage, cuts: Sequence[tuple[int, int]]) -> list[Step]:
    """Read the stages between marks."""
    begins = [0, *(end for _, end in cuts)]
    stops = [*(start for start, _ in cuts), len(passage.text)]
    steps: list[Step] = []
    place = 0
    for begin, stop in zip(begins, stops, strict=True):
        step = triple_of(passage.part(begin, stop))
        if step is not None:
            steps.append(step)
            place = begin
        elif steps and find_span(passage.text[begin:stop]) is None:
            longer = triple_of(passage.part(place, stop))
            steps[-1] = longer or steps[-1]
        elif begin < stop:
            return []
    return steps if len(steps) >= _FEWEST else []
