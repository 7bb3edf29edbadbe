"""A sentence of a plan, cut into steps: each window with what is done in it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.running import windows_in
from impactcalc.intake.escalation.figures.windows import NOW
from impactcalc.intake.escalation.plan.steps import Step, name_before_action
from impactcalc.intake.escalation.words.verbs import is_work
from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.figures.span import Span
    from impactcalc.intake.escalation.structure.passages import Passage

_FEWEST = 2  # letters of an action
_LONGEST_NAME = 48  # characters
_NAME_WORDS = 5
_NO_NAME = word_set(
    "and then next finally lastly also after that we they the plan is a an our to "
    "for will so but in within by until at on of"
)
"""Words that alone name no stage."""


@cache
def _opening() -> re.Pattern[str]:
    """Compile what may stand between the mark that ends a clause and a window that opens one."""
    return re.compile(
        r"(?:^|[,;:.!?(\n]|-(?= )|\band|\bthen|\bfirst|\bnext|\bfinally|\blast(?:ly)?|\bplus|\bbut|"
        r"\bthat)[ \"'(]{0,3}(?:(?:and|then|next|finally|lastly|also|later|after that|afterwards|"
        r"only|second(?:ly)?|third(?:ly)?|first(?:ly)?|last(?:ly)?|ideally|hopefully|"
        r"at the latest),? |, ){0,4}(?:- |\(?(?:[a-z]|[0-9]{1,2})[.)] +)?$",
        re.IGNORECASE,
    )


@cache
def _closing() -> re.Pattern[str]:
    """Compile what may stand behind a window that ends a clause."""
    return re.compile(
        r"[)\]]?(?: \([^()]{1,40}\))?(?: at the latest)?[)\]]?[\"']?\s*"
        r"(?:$|[,;.!]|- |(?:and|then|but|while|after which|followed by)\b)",
        re.IGNORECASE,
    )


@cache
def _due() -> re.Pattern[str]:
    """Compile a label right before a window that belongs to the action before it: ``Due: ``."""
    return re.compile(
        r"[\s,;.(\[-]*\b(?:due(?: date)?|eta|deadline|target(?: date)?|timing|when|window|"
        r"time ?frame|duration|planned|expected|to be done|done)(?: by)?[ :=]*$",
        re.IGNORECASE,
    )


_SEQUENCE = (
    r"(?:and|then|also|so|but|finally|lastly|afterwards|after that|after which|first|second|third|"
    r"next)\b[ ,]*"
)
_PRONOUN = (
    r"(?:we|they|i|you|he|she|somebody|someone|engineering|operations|ops|support|sre|devops)"
)
_GROUP = (
    r"(?:(?:the|our|your|their|its|his|her|an?) (?:[\w-]+ ){0,2}(?:team|engineers?|engineering|"
    r"vendor|developers?|experts?|people|side|colleagues?|supplier|specialists?|crew|lead|dba|"
    r"administrators?|technicians?|manufacturer|provider|contractor|processor|licensor|company|department|office))"
)
_NAME = r"(?-i:(?:(?:Mr|Ms|Mrs|Dr)\.? )?[A-Z][a-z'-]+(?: [A-Z][a-z'-]+)?)"
_MODAL = (
    r"(?:'ll|'d| will| would| shall| should| must| can| could| (?:is|are|am)(?: going)? to|"
    r" (?:plan|intend|want|need|commit|hope|aim|expect|undertake|promise)s? to|"
    r" (?:has|have|promised|agreed|undertook|committed|wanted|offered|planned) to)"
    r"(?: (?:also|then|now|first|have|be able to|start to|try to))*(?![\w'])"
)


@cache
def _doer() -> re.Pattern[str]:
    """Compile who does it and will: words before an action that are no part of it."""
    return re.compile(
        rf"[\s:,;.)\]\"'\u2192-]*(?:{_SEQUENCE}|"
        r"\(?(?:[a-z]|[0-9]{1,2}|[ivx]{1,4})[.)] +){0,4}"
        rf"(?:(?:{_PRONOUN}|{_GROUP}|{_NAME}|it){_MODAL}|{_PRONOUN}(?![\w'])|{_GROUP}(?![\w'])|"
        r"(?:will|would|going to|(?:the )?(?:plan|idea|aim) is to|to|go(?:es)? (?:in)?to)\b)?"
        r"(?: (?:then|also|first)\b)?[\s:,]*",
        re.IGNORECASE,
    )


@cache
def _term() -> re.Pattern[str]:
    """Compile the name that a contract gives to what stands before it: ``("Containment")``."""
    return re.compile(r" *\((?:the )?\"(?P<name>[A-Z][\w -]{2,30})\"\)[.;, ]*(?:and)?$")


@cache
def _numbered() -> re.Pattern[str]:
    """Compile the name of a stage before its action: ``Phase 1 is to ``, ``Step 2 - ``."""
    return re.compile(
        r"[\s,;]*(?P<name>(?:phase|step|stage|part|wave|block) (?:[0-9]{1,2}|[a-z]|one|two|three|"
        r"four|five))(?: is to| is| will be| means|:| -|,)(?: to)? ",
        re.IGNORECASE,
    )


def is_numbered(text: str) -> bool:
    """Whether words open with the number of a stage: ``Step 1 - ``, ``Phase two is to ``."""
    return _numbered().match(text) is not None


def steps_in(passage: Passage, *, loose: bool = False, closing: bool = True) -> list[Step]:
    """Cut ``today: drain it; by Friday: refill it`` or ``drain it today and refill it by Friday``.

    Parameters
    ----------
    passage
        A sentence or a line, without the label that announces the plan.
    loose
        Whether phrases of the calendar are windows: in a text that is known to be a plan.
    closing
        Whether a window may stand behind its action.
    """
    spans = [span for span in windows_in(passage.text) if loose or _is_counted(passage.text, span)]
    spans = _said_once(passage.text, spans)
    return list(_cut(passage, spans, 0, closing=closing)) if spans else []


_AGAIN = (", that is ", " (that is ", ", i.e. ", ", in other words ", ", which is ", ", or rather ")


def _said_once(text: str, spans: Sequence[Span]) -> list[Span]:
    """Take two windows for one where the second explains the first: ``that is 72 to 240 h``."""
    found: list[Span] = []
    for span in spans:
        if found and text[found[-1].end : span.start].lower() in _AGAIN and not span.calendar:
            found[-1] = span._replace(start=found[-1].start)
        else:
            found.append(span)
    return found


def _is_counted(text: str, span: Span) -> bool:
    """Whether a window is one in figures or units: no phrase of the calendar, no ``now``."""
    return not span.calendar and (
        span.latest is not None or text[span.start : span.end].lower() not in NOW
    )


def _cut(passage: Passage, spans: Sequence[Span], begin: int, *, closing: bool) -> Iterator[Step]:
    """Cut at the windows: before each that opens a clause, behind each that ends one."""
    text = passage.text
    index = 0
    while index < len(spans):
        span = spans[index]
        due = _due().search(text[max(begin, span.start - _LONGEST_NAME) : span.start])
        head = None if due and closing else _head(text, span, begin)
        if head is not None and closing and _ends(text, span, spans, index, begin):
            head = None  # "roll it back, by hour 6."
        if head is not None:
            stop = _next_opening(text, spans, index)
            inner = spans[index + 1 : stop] if closing else ()
            end = _begin(text, spans[stop], span.end) if stop < len(spans) else len(text)
            name = passage.written(*head).strip('"\u201c\u2022 ') if head[1] > head[0] else None
            yield from _opened(passage.part(0, end), span, inner, name)
            begin, index = end, stop
            continue
        if closing and _closing().match(text, span.end) and begin < span.start:
            step = _step(passage, span, begin, span.start - (len(due[0]) if due else 0))
            if step is not None:
                yield step
                begin = len(text) if due else span.end
        index += 1


def _ends(text: str, span: Span, spans: Sequence[Span], index: int, begin: int) -> bool:
    """Whether nothing stands behind a window up to the next one, and an action before it."""
    stop = spans[index + 1].start if index + 1 < len(spans) else len(text)
    before = re.sub(r"(?:and|then|finally)\b", "", text[begin : span.start].lower())
    return not text[span.end : stop].strip(" .,;:)]\"'") and bool(before.strip(" .,;:([\"'"))


def _head(text: str, span: Span, floor: int) -> tuple[int, int] | None:
    """Find where the name of a stage stands before a window that opens a clause.

    Returns
    -------
    tuple or None
        Begin and end of the name, the same for none; None for a window that opens no clause.
    """
    named = _named_before(text, span, floor)
    if named is not None:
        return named
    boxed = text[: span.start].endswith(("(", "["))
    if boxed and _closing().match(text, span.end) and text[floor : span.start].strip(" ([,;."):
        return None  # "stop the labels (0 to 3 hours)."
    return (span.start, span.start) if opens(text, span.start, floor) else None


def _begin(text: str, span: Span, floor: int) -> int:
    """Give where a clause begins: at the name of its stage, or at its window."""
    head = _head(text, span, floor)
    return span.start if head is None else min(head[0], span.start)


@cache
def _name() -> re.Pattern[str]:
    """Compile a name of a stage before its window: ``Part one, ``, ``Phase B (``."""
    return re.compile(
        r"(?:^|[;,.:!?] +|\n|\band +|\bthen +)"
        r"(?P<name>[^\s;,.:!?()][^;,.:!?()]{1,40}?)(?: - ?| / |,? *[(\[]|, +| +)$"
    )


@cache
def _behind() -> re.Pattern[str]:
    """Compile what parts a window from the action that a name announces."""
    return re.compile(r" ?[)\]]?(?: {0,20}:| -(?= )| ?=| \u2192)")


def _named_before(text: str, span: Span, floor: int) -> tuple[int, int] | None:
    """Find the name before a window: few words, and a colon or a dash behind the window."""
    if _behind().match(text, span.end) is None:
        return None
    match = _name().search(text[max(floor, span.start - _LONGEST_NAME) : span.start])
    if match is None or len(match["name"].split()) > _NAME_WORDS:
        return None
    first, *others = match["name"].lower().split()
    if _NO_NAME.issuperset((first, *others)) or (len(others) > 1 and is_work(first)):
        return None  # "prepare Stage 2 (2-8 h)"
    offset = max(floor, span.start - _LONGEST_NAME)
    return match.start("name") + offset, match.end("name") + offset


def opens(text: str, start: int, floor: int = 0) -> bool:
    """Whether a clause begins at a place: nothing but small words since the last mark."""
    return _opening().search(text[max(floor, start - 40) : start]) is not None or (
        not text[floor:start].strip(" (\"'")
    )


def _next_opening(text: str, spans: Sequence[Span], index: int) -> int:
    """Give the number of the next window that opens a clause."""
    for number in range(index + 1, len(spans)):
        if _head(text, spans[number], spans[index].end) is not None:
            return number
    return len(spans)


def _opened(
    passage: Passage, span: Span, inner: Sequence[Span], name: str | None
) -> Iterator[Step]:
    """Read what stands behind a window; a further window ends a clause of its own."""
    text = passage.text
    ending = [one for one in inner if _closing().match(text, one.end)]
    cut = 0
    if ending:
        cut = max(text.rfind(mark, span.end, ending[0].start) for mark in (", ", "; ", " and "))
    if cut <= span.end:
        ending, cut = [], len(text)
    step = _step(passage, span, span.end, cut)
    if step is not None:
        yield step if name is None else step._replace(name=name)
    if ending:
        yield from _cut(passage, ending, cut + 1, closing=True)


def _step(passage: Passage, span: Span, begin: int, stop: int) -> Step | None:
    """Make a step of a window and the words of its action, without those that say who does it."""
    text = passage.text
    name = passage.written(span.start, span.end) if span.calendar else None
    numbered = _numbered().match(text, begin, stop)
    if numbered is not None:
        name, begin = passage.written(*numbered.span("name")), numbered.end()
    term = _term().search(text, begin, stop) if '")' in text else None
    if term is not None:
        name, stop = passage.written(*term.span("name")), term.start()
    doer = _doer().match(text, begin, stop)
    start = doer.end() if doer else begin
    if name is None and (end := name_before_action(text[start:stop])):
        name, start = passage.written(start, start + end), start + end + 2
    words = text[start:stop]
    end = start + len(
        re.sub(
            r"(?:[\s,;.(\[\"'-]|\b(?:and|then|finally|but|next)|"
            r"(?<=[,;] )\(?[a-z0-9]{1,2}\)|(?<=and )\([a-z0-9]\)){1,24}$",
            "",
            words,
        )
    )
    if end - start < _FEWEST:
        return None
    return Step(name, span, passage.part(span.start, span.end), passage.part(start, end))
