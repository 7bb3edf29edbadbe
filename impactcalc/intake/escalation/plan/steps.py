"""A step: one line of a plan that holds both its window and what is done in it."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.running import event_of
from impactcalc.intake.escalation.figures.windows import find_span, is_all_window, length_of
from impactcalc.intake.escalation.plan.titles import tidy
from impactcalc.intake.escalation.words.verbs import is_work
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds, may_hold, word_set
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.figures.span import Span
    from impactcalc.intake.escalation.structure.passages import Passage


class Step(NamedTuple):
    """A window and the words of its action, both from one line.

    Parameters
    ----------
    name
        Name of the stage: an ordinal word, or a calendar phrase as written; None for neither.
    span
        The window.
    title, action
        Where the window stands, and what is done.
    """

    name: str | None
    span: Span
    title: Passage
    action: Passage


_LONGEST_WINDOW = 48  # characters
_FEWEST = 2  # words of an action, or letters that are no window
_NAME_WORDS = 4
_TAGS = word_set("plan action actions measures step todo next agreed note utc cet")  # name no stage
_ORDERING = word_set(
    "first firstly second secondly third thirdly then next finally last lastly afterwards now "
    "immediate immediately today tomorrow later soon short-term mid-term long-term step phase stage"
)


_STAGES = word_set("contain repair recover restore prevent fix mend stabilise harden follow-up")


@cache
def _joint() -> re.Pattern[str]:
    """Compile what parts a window from an action beside it."""
    return re.compile(r" +-+>? +| *[:|=] +| +/ +| *\u2192 *|[ ]{2,}|\t+")


@cache
def _promise() -> re.Pattern[str]:
    """Compile a window that ends a clause of a promise: ``double the servers within 8 hours``."""
    return re.compile(
        r"\b(?:within|in|in the next|during the next|in the first)(?: the next| the first)?"
        r"(?: about| around| roughly)? (?=[0-9a-z])"
    )


def read_step(passage: Passage) -> Step | None:
    """Read ``0-1 h - Disable the rule``, ``Restart it - 0-8 hours``, ``Replay (8-24h)``.

    Parameters
    ----------
    passage
        The words of one item or line of a plan.

    Returns
    -------
    Step or None
        None when the line does not hold a window and an action.
    """
    step = _window_first(passage) or _window_last(passage) or behind_label(passage)
    if step is None or is_hope(passage.text, step.span) or is_report(step.action.text):
        return None
    return step


def is_report(action: str) -> bool:
    """Whether words tell how something is, or what somebody heard, and order nothing.

    Examples
    --------
    >>> is_report("the export was paused"), is_report("understand that it is paused")
    (True, True)
    >>> is_report("check that the export is paused"), is_report("pause the export")
    (False, False)
    """
    first, *rest = action.lower().split()[:_REPORTED] or [""]
    if first in _HEARD or first in _NOTHING:
        return True
    planned = " to be " in f" {' '.join(rest)} "  # "the cache is to be replaced"
    told = not _TOLD.isdisjoint(rest) and not planned
    return not is_work(first) and told and first not in _NO_SUBJECT


_REPORTED = 6  # words among which the verb of a report stands
_TOLD = word_set("is are was were has have had isn't aren't wasn't weren't hasn't haven't")
_HEARD = word_set(
    "understand gather hear heard learn learnt learned believe know assume gathered "
    "hope think guess"
)
_NOTHING = word_set("none nothing nobody tbd tba unknown")
_NO_SUBJECT = word_set("ensure so when if once until after before while where which who that as")


_SHORTEST_STAGE = 60  # seconds: what takes less is an answer and no stage
_HOPED = ("back to normal", "normal again", "hopes", "hope to", "recovered within")


def is_hope(words: str, span: Span) -> bool:
    """Whether a time is a response time, or a guess of when it is over, and no window."""
    latest = span.latest
    brief = latest is not None and not latest.business and latest.amount < _SHORTEST_STAGE
    return brief or holds(words.lower(), _HOPED) or is_graded(words)


_REACTIONS = ("answer", "respon", "acknowledg", "restor", "resol", "call back", "callback", "react")


@cache
def _graded() -> re.Pattern[str]:
    """Compile what is promised to every ticket of a grade: ``P1: answer within 15 min``."""
    return re.compile(
        r"\W{0,3}(?:p|sev(?:erity)? ?-?|prio(?:rity)? )[1-5](?: ?[:=|]| -| tickets?| is| are) ?"
        rf"(?:first )?(?:{'|'.join(_REACTIONS)})",
        re.IGNORECASE,
    )


def is_graded(words: str) -> bool:
    """Whether words promise something to every ticket of a grade, and plan no work."""
    numbered = not DIGITS.isdisjoint(words[:14])  # "severity -1"
    return numbered and may_hold(words.lower(), _REACTIONS) and bool(_graded().match(words))


@cache
def _stage_label() -> re.Pattern[str]:
    """Compile ``phase_1 = "``, ``Step 2: ``, ``D3 `` before a window and an action."""
    return re.compile(
        r"(?:(phase|step|stage|wave|block)[_ ]?[0-9a-z]{1,3}|[A-Z][0-9]{1,2}) *[=:]? *\"?",
        re.IGNORECASE,
    )


_LABELS = ("phase", "step", "stage", "wave", "block")


def behind_label(passage: Passage) -> Step | None:
    """Read a line whose window stands behind the name of its stage."""
    head = passage.text[:5].lower()
    labelled = head[1:2] in DIGITS or head.startswith(_LABELS) or not head.isascii()
    match = _stage_label().match(passage.text) if labelled else None
    if match is None:
        return None
    end = len(passage.text.rstrip('" '))
    rest = passage.part(match.end(), end)
    step = _window_first(rest) or _window_last(rest)
    if step is None:
        return None
    name = passage.part(0, match.end()).written().strip(' =:"')
    return step._replace(name=name if match[1] else step.name)


def step_of_cells(cells: Sequence[Passage]) -> Step | None:
    """Read a table row without a header: one cell is a window, the longest other one the action."""
    windows = [(cell, span) for cell in cells if (span := _window_of(cell)) is not None]
    windows = windows or _of_two_cells(cells)
    if len(windows) > 1:  # "open" may be a window, and beside hours is a state
        windows = [(cell, span) for cell, span in windows if not span.calendar]
    if len(windows) != 1:
        return None
    window, span = windows[0]
    others = [cell for cell in cells if cell is not window and cell.text]
    at = next(number for number, cell in enumerate(cells) if cell is window)
    behind = [cell for cell in cells[at + 1 :] if len(cell.text.split()) >= _FEWEST]
    action = max(behind or others, key=lambda cell: len(cell.text), default=None)
    if action is None or len(action.text.split()) < _FEWEST:
        return None
    name = _name_before(cells, window, action)
    name = window.written() if name is None and span.calendar else name
    if _window_of(window) is span and not is_all_window(window.text, span):
        boxed = window.text.endswith(")") and "(" in window.text
        name = window.written(0, window.text.rindex("(") if boxed else span.start).strip()
    name = name or _named_before(cells, window, action)
    end = name_before_action(action.text, plural=True) if name else 0  # "... | Lewis: stop it"
    return Step(name, span, window, action.part(end + 1) if end else action)


def _of_two_cells(cells: Sequence[Passage]) -> list[tuple[Passage, Span]]:
    """Read a window whose ends stand in two cells: ``T+0 | T+3h``."""
    found: list[tuple[Passage, Span]] = []
    for first, last in pairwise(cells):
        words = f"{first.text} to {last.text}"
        counted = first.text[-1:].isalnum() and any(map(str.isdigit, first.text))
        span = find_span(words) if counted and len(words) <= _LONGEST_WINDOW else None
        if span is not None and not span.calendar and is_all_window(words, span):
            found.append((first, span))
    return found


def _named_before(cells: Sequence[Passage], window: Passage, action: Passage) -> str | None:
    """Give the name of a stage in the cell right before its window; a number names none."""
    at = cells.index(window)
    before = cells[at - 1] if at else None
    if before is action and at == _FEWEST:  # "Contain | stop it | 0-2 h"
        few = len(cells[0].text.split()) < _FEWEST
        return tidy(cells[0].written()) if few and cells[0].text.isalpha() else None
    if before is None or before is action or not any(map(str.isalpha, before.text)):
        return None
    return tidy(before.written())


def _name_before(cells: Sequence[Passage], window: Passage, action: Passage) -> str | None:
    """Give the name that stands in the cell before the window: ``PLAN | Contain | 0-2 h | ...``."""
    at = next(number for number, cell in enumerate(cells) if cell is window)
    words = cells[at - 1].text if at else ""
    code = re.match(r"\[?\(?(?:[A-Z]|[A-Z]{2,5}-)?[0-9]{1,4}[\]).:]*(?: +|$)", words)
    words = words[code.end() :] if code else words
    named = cells[at - 1] is not action and 0 < len(words.split()) <= _NAME_WORDS
    if not named or not words[:1].isalpha() or _TAGS.issuperset(words.lower().split()):
        return None
    return cells[at - 1].written(len(cells[at - 1].text) - len(words))


def _window_of(cell: Passage) -> Span | None:
    """Read a cell that is a window, or ends in one in brackets: ``Relief (0-4 h)``."""
    text = cell.text
    span = find_span(text)
    if span is None or is_all_window(text, span):
        return span
    named = text[:1].isalpha() and len(text[: span.start].split()) < _NAME_WORDS
    if named and span.end == len(text):
        return span  # "Contain 0-2 h"
    opening = text.rfind("(") if text.endswith(")") else -1
    inner = find_span(text[opening + 1 : -1]) if opening > 0 else None
    return inner if inner is not None and is_all_window(text[opening + 1 : -1], inner) else None


@cache
def _bare_window() -> re.Pattern[str]:
    """Compile ``(0-1 h) `` and ``4-72h `` right before an action."""
    return re.compile(
        r"(?:[(\[]?\+?[0-9.]{1,5} ?(?:h|hours|min|d|days)? ?(?:-|to) ?\+?[0-9.]{1,5} ?"
        r"(?:business )?(?:h|hrs|hours?|min|minutes?|d|days?|w|wks?|weeks?|months?)[)\]]?|"
        r"([HDJW])\+?[0-9]{1,3} ?(?:-|to) ?\1\+?[0-9]{1,3}):? +(?=[A-Za-z])",
        re.IGNORECASE,
    )


_FIGURED = DIGITS | {"."}  # one is in the first three characters of a bare window: "(+4 h", "D+2"


def _window_first(passage: Passage) -> Step | None:
    """Read a line that opens with its window."""
    text = passage.text
    boxed = re.match(r"[(\[]([^()\[\]]{2,48})[)\]]:? +(?=\w)", text)
    if boxed is not None:
        span = find_span(boxed[1])
        if span is not None and is_all_window(boxed[1], span):
            return _step(passage, boxed.span(1), (boxed.end(), len(text)), span)
    bare = None if _FIGURED.isdisjoint(text[:3]) else _bare_window().match(text)
    if bare is not None:
        span = find_span(bare[0].strip("()[]: "))
        if span is not None and not span.calendar:
            return _step(passage, (0, bare.end()), (bare.end(), len(text)), span)
    joints = [
        match
        for match in _joint().finditer(text[: _LONGEST_WINDOW + _FEWEST])
        if text[: match.start()].strip()
    ]
    for read in (find_span, length_of, event_of):
        for match in reversed(joints):  # "now - 4 h   restart it": the longest window
            head = text[: match.start()]
            span = read(head)
            if span is not None and is_all_window(head, span):
                return _step(passage, (0, match.start()), (match.end(), len(text)), span)
    return None


def _window_last(passage: Passage) -> Step | None:
    """Read a line that ends in its window: in brackets, behind a dash, or ``within 2 hours``."""
    text = passage.text.rstrip(" .;,")
    begin = text.rfind("(") if text.endswith(")") else -1
    if begin > 0:
        return _at_end(passage, begin, begin + 1, len(text) - 1, len(text))
    joints = [match for match in _joint().finditer(text) if match.start() > 0]
    for match in joints[-1:]:
        found = _at_end(passage, match.start(), match.end(), len(text), len(text))
        if found is not None:
            return found
    leads = list(_promise().finditer(text.lower()))
    for lead in leads[-1:]:
        span = find_span(text[lead.start() :])
        if span is not None and not span.calendar and span.end == len(text) - lead.start():
            return _step(passage, (lead.start(), len(text)), (0, lead.start()), span)
    return None


def _at_end(passage: Passage, stop: int, start: int, end: int, whole: int) -> Step | None:
    """Read the action before a window that fills ``text[start:end]``."""
    if whole - stop > _LONGEST_WINDOW:
        return None
    words = passage.text[start:end]
    span = find_span(words) or event_of(words)
    if span is None or not is_all_window(words, span):
        return None
    head, dash, _ = passage.text[:stop].partition(" - ")
    if dash and words != head and _is_name(head):  # "Contain - drain it (0-2 h)"
        step = _step(passage, (start, end), (len(head) + len(dash), stop), span)
        return None if step is None else step._replace(name=passage.written(0, len(head)))
    return _step(passage, (start, end), (0, stop), span)


def _is_name(words: str) -> bool:
    """Whether words before a dash may name a stage: few, no window, no code."""
    return len(words.split()) < _NAME_WORDS and words[:1].isalpha() and find_span(words) is None


def _step(
    passage: Passage, window: tuple[int, int], action: tuple[int, int], span: Span
) -> Step | None:
    """Make a step of the places of window and action."""
    done = passage.part(*action)
    done = done.part(len(done.text) - len(done.text.lstrip(" :=")))
    if len(done.text) < _FEWEST:
        return None
    title = passage.part(*window)
    name = title.written().rstrip(" :") if span.calendar else None
    end = name_before_action(done.text)
    if end:
        name, done = done.written(0, end), done.part(end + 1)
    return Step(name, span, title, done)


def name_before_action(words: str, *, plural: bool = False) -> int:
    """Give where a name ends before an action; 0 when there is none.

    Parameters
    ----------
    words
        What stands behind a window.
    plural
        Whether it may end as a plural does: ``Operations: stop it`` names no stage.

    Examples
    --------
    >>> [name_before_action(words) for words in ("Contain: stop it", "Next: it", "DBA: stop it")]
    [7, 4, 0]
    """
    head, colon, rest = words.partition(": ")
    if words.partition(", ")[0].lower() in _STAGES:
        return len(words.partition(", ")[0])  # "Contain, stop it"
    first, *others = head.lower().split() or [""]
    if not (colon and first and rest) or len(others) >= _FEWEST:
        return 0
    if first in _ORDERING:
        return len(head)
    titled = head.istitle() and head.isalpha() and (plural or not first.endswith("s"))
    verb, _, object_ = rest.lower().partition(" ")
    return len(head) if titled and bool(object_) and is_work(verb) else 0


@cache
def _next_promise() -> re.Pattern[str]:
    """Compile where the next promise of a sentence begins: ``, to move``, ``and to review``."""
    return re.compile(r"(?:,? and then |,? then |, and |, | and )(?=(?:to|we|we'll|they) )")


def promised(passage: Passage, start: int) -> Iterator[Step]:
    """Read ``to double the servers within 8 hours, to move the files within 3 days``.

    Parameters
    ----------
    passage
        A sentence.
    start
        Where the first promise begins, after the words that announce it.
    """
    text = passage.text
    cuts = [match.span() for match in _next_promise().finditer(text, start)]
    begins = (start, *(end for _, end in cuts))
    stops = (*(begin for begin, _ in cuts), len(text))
    for begin, stop in zip(begins, stops, strict=True):
        clause = passage.part(begin, stop)
        lead = re.match(r"(?:(?:we|they)(?:'ll| will| shall)? |to |will )+", clause.text)
        step = read_step(clause.part(lead.end() if lead else 0))
        if step is not None:
            yield step
