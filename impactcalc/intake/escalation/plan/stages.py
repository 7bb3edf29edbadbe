"""A stage of the plan as written: name, window, actions, and how a title is parted into them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.running import event_of
from impactcalc.intake.escalation.figures.span import Edge, Span
from impactcalc.intake.escalation.figures.windows import (
    find_span,
    is_all_window,
    length_of,
    may_time,
)
from impactcalc.intake.escalation.plan.titles import STATE_PHRASES, tidy
from impactcalc.intake.escalation.words.vocabulary import holds, lowered
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from impactcalc.intake.escalation.plan.steps import Step
    from impactcalc.intake.escalation.structure.block import Block
    from impactcalc.intake.escalation.structure.passages import Passage
    from impactcalc.intake.escalation.structure.statements import Statement
    from impactcalc.intake.escalation.words.sections import Topic


class Action(NamedTuple):
    """One action of a stage: its words, where they stand, and a mark of its state."""

    text: str
    line: int
    excerpt: str
    mark: str = ""


class PlannedStage(NamedTuple):
    """One stage of the plan as written.

    Parameters
    ----------
    name
        Heading without list number and window; None when nothing is left.
    earliest, latest
        Ends of the window; None when not stated.
    actions
        In plan order.
    line, excerpt
        Where the heading stands, and its words.
    problem
        Why the window was left out.
    """

    name: str | None
    earliest: Edge | None
    latest: Edge | None
    actions: tuple[Action, ...]
    line: int
    excerpt: str
    problem: str = ""


class Head(NamedTuple):
    """A heading of a stage, before its actions are known."""

    name: str | None
    span: Span | None
    passage: Passage
    rest: Passage | None  # words after the heading on the same line: actions


@cache
def _mark_pattern() -> re.Pattern[str]:
    """Compile signs of state before an action: emoji and their names."""
    return re.compile(
        r"\s*(:[a-z_0-9+-]{1,40}:|\([/xynXYN!]\)(?=\s)|\[[A-Za-z][A-Za-z ]{1,15}\]|"
        r"[\u2705\u2611\u2714\u2713\u274c\u2717\u2718\u23f3\u231b\u2610"
        r"\u2b1c\u25b6\u25d0\u25d1\u25d2\u25d3\u25d4\u25d5\u2612\u2716\u26aa\U0001f504\U0001f6a7"
        r"\U0001f7e1\U0001f7e2\U0001f534\u26a0\U0001f527"
        r"\U0001f7e5\U0001f7e8\U0001f7e9]\ufe0f?)\s*"
    )


def leading_mark(text: str) -> tuple[str, int]:
    """Give the sign of state that opens a text and where the words begin."""
    first = text.lstrip()[:1]
    if first.isascii() and first not in {":", "[", "("}:
        return "", 0
    match = _mark_pattern().match(text)
    return (match[1], match.end()) if match else ("", 0)


def blocks_of(statements: Sequence[Statement], topics: frozenset[Topic]) -> list[Block]:
    """Give the blocks of some topics, each once, in order."""
    found: dict[int, Block] = {}
    for statement in statements:
        if statement.topic in topics:
            found.setdefault(id(statement.block), statement.block)
    return list(found.values())


def add_step(stages: list[PlannedStage], step: Step, marker: str, state: str = "") -> None:
    """Add the stage of one line; a window that the line before had, too, is the same stage."""
    actions = [
        action._replace(mark=action.mark or state or box_of(marker))
        for action in split_actions(step.action)
    ]
    add_stage(stages, stage_of(Head(step.name, step.span, step.title, None), actions))


def add_stage(stages: list[PlannedStage], stage: PlannedStage) -> None:
    """Add a stage; one with the window of the last, and its name or none, is the same stage."""
    last = stages[-1] if stages else None
    if last is not None and _goes_on(last, stage):
        stages[-1] = last._replace(actions=(*last.actions, *stage.actions))
    else:
        stages.append(stage)


def _goes_on(last: PlannedStage, stage: PlannedStage) -> bool:
    """Whether a stage has the window of the last one, and its name or none."""
    timed = stage.earliest is not None or stage.latest is not None
    return timed and last[1:3] == stage[1:3] and stage.name in {None, last.name}


def box_of(marker: str) -> str:
    """Give the checkbox of a list mark; empty when it has none."""
    box = re.search(r"[\[(]([ xX~/>!voO-])[\])]", marker) if marker[-1:] in {"]", ")"} else None
    return box[0].lower() if box else ""


def _without_window(title: Passage) -> tuple[str | None, Span | None]:
    """Part a title from a bracket that means a window but cannot be read, or holds no word."""
    empty = _empty_bracket().search(title.text) if title.text[-1:] in {")", "]"} else None
    if empty is not None and empty.start():
        return tidy(title.written(0, empty.start())), None
    bracket = _bracket().search(title.text) if "(" in title.text or "[" in title.text else None
    if bracket is None or bracket.start() == 0:
        return tidy(title.written()), None
    unread = Span(None, None, *bracket.span(), problem="the window is not understood")
    return tidy(title.written(0, bracket.start())), unread


@cache
def _bracket() -> re.Pattern[str]:
    """Compile a bracket at the end of a title that begins with a figure: it means a window."""
    return re.compile(r" *[(\[] *[-~<>]*[0-9][^()\[\]]*[)\]]?$")


@cache
def _empty_bracket() -> re.Pattern[str]:
    """Compile a bracket at the end of a title that leaves the window open: ``Long term (-)``."""
    return re.compile(r" *[(\[][^()\[\]0-9A-Za-z]*[)\]]$")


def _says_again(before: str, after: str) -> bool:
    """Whether a bracket only explains a window: ``Until 6 hours (0 to 6 hours)``."""
    if after.strip(" :") or not any(map(str.isdigit, before)):
        return False
    span = find_span(before)
    return span is not None and not span.calendar and is_all_window(before, span)


def name_and_span(title: Passage) -> tuple[str | None, Span | None]:
    """Part a title into name and window."""
    text = title.text
    whole = find_span(text) if " - " in text else None
    if whole is not None and not whole.calendar and is_all_window(text, whole):
        return None, whole  # "2 h - 1 day" is no "2 h" with a name
    for match in _boxes().finditer(text) if "(" in text else ():
        span = find_span(match[1]) or _noted(match[1])
        if span is not None:
            again = _says_again(text[: match.start()].rstrip(), text[match.end() :])
            rest = title.written(0, match.start()) + " " + title.written(match.end())
            return None if again else tidy(rest), span
    parts = _cut_off(title, find_span) or _named_behind(title)
    if parts is not None:
        return parts
    span = find_span(text)
    if span is None:
        parts = _cut_off(title, length_of) if may_time(lowered(text)) else None
        parts = parts or _cut_off(title, event_of)
        span = event_of(text)
    if span is None or parts is not None:
        return parts or _without_window(title)
    if span.calendar:
        return tidy(title.written()), span
    before, behind = title.written(0, span.start), title.written(span.end)
    owned = before.endswith("/") and behind.startswith("/")  # "Contain / 0-4 h / Priya"
    return tidy(before if owned else f"{before} {behind}"), span


@cache
def _boxes() -> re.Pattern[str]:
    """Compile brackets, with one pair inside: ``(within four (4) hours)``."""
    return re.compile(r"\(((?:[^()]|\([^()]{0,8}\))*)\)")


def _noted(words: str) -> Span | None:
    """Read the hours in a bracket that says more: ``(this week, 3-18 h)``, ``(today, 3 h)``."""
    pieces = words.split(", ")
    if len(pieces) == 1:
        return None  # "Repair (2 days)" tells how long it takes
    spans = [find_span(piece) or length_of(piece) for piece in pieces]
    return next((one for one in spans if one and not one.calendar), None) if all(spans) else None


def _named_behind(title: Passage) -> tuple[str | None, Span] | None:
    """Part a time that no hours tell from the name in brackets behind it."""
    head, bracket, name = title.text.partition(" (")
    named = name.endswith(")") and name[:1].isalpha() and not head.lower().endswith("term")
    span = find_span(head) or event_of(head) if bracket and named else None
    if span is None or not span.calendar or not is_all_window(head, span):
        return None
    return tidy(title.written(len(head))), span


def _cut_off(title: Passage, read: Callable[[str], Span | None]) -> tuple[str | None, Span] | None:
    """Part a title at a dash or comma beside which there is nothing but a window.

    Hours beat a calendar phrase, and the later phrase beats the earlier: ``Afterwards - no date``.

    Parameters
    ----------
    title
        The words of a stage's heading.
    read
        What finds a window: a range, a mere length (``Never again, 30 days``), an event.
    """
    best = min(_cuts(title, read), key=lambda one: one[0], default=None)
    return None if best is None else best[1:]


def _cuts(
    title: Passage, read: Callable[[str], Span | None]
) -> Iterator[tuple[bool, str | None, Span]]:
    """Give each way to part a title into a window and the rest."""
    for mark in (" - ", ": ", ", ", " | ", " / ", ". ", " -> ", "  "):
        if mark not in title.text:
            continue
        for at in dict.fromkeys((title.text.rfind(mark), title.text.find(mark))):
            pieces = ((at + len(mark), len(title.text)), (0, at))
            for (start, end), (other, stop) in (pieces, pieces[::-1]) if at > 0 else ():
                words = title.text[start:end]
                span = read(words)
                if span is not None and is_all_window(words, span):
                    when = title.written(start, end) if span.calendar else ""
                    yield span.calendar, tidy(title.written(other, stop)) or tidy(when), span


def stage_of(head: Head, actions: Sequence[Action]) -> PlannedStage:
    """Finish a stage."""
    span = head.span
    line, excerpt = head.passage.excerpt(0, len(head.passage.text))
    return PlannedStage(
        head.name,
        span.earliest if span else None,
        span.latest if span else None,
        tuple(actions),
        line,
        excerpt,
        span.problem if span else "",
    )


@cache
def _share() -> re.Pattern[str]:
    """Compile how far an action is, in brackets at its end: ``(44 of 130 stores)``, ``(60 %)``."""
    return re.compile(r" +\((?:[0-9][0-9,.]* (?:of|out of) [0-9][^()]*|[0-9.,]{1,5} ?%[^()]*)\)$")


@cache
def _code() -> re.Pattern[str]:
    """Compile the code of an action, parted from it: ``A1  Freeze the plan``."""
    return re.compile(r"[A-Z][0-9]{1,2}(?:[.):] +|  +)(?=\S)")


def action_of(passage: Passage, marker: str = "") -> Action:
    """Read one action: no bullet, checkbox, sign or final full stop."""
    mark, start = leading_mark(passage.text)
    coded = passage.text[start + 1 : start + 2].isdigit()
    code = _code().match(passage.text, start) if coded else None
    start = code.end() if code else start
    start += 2 * passage.text.startswith(("= ", ": "), start)  # "Relief 0-4 h = drain it"
    end = len(passage.text.rstrip(" \t\n.;,"))
    boxed = passage.text.endswith(")", start, end)
    share = _share().search(passage.text, start, end) if boxed else None
    if share is not None:
        mark, end = mark or box_of(marker) or "in progress", share.start()
    line, excerpt = passage.excerpt(start, end)
    return Action(passage.written(start, end), line, excerpt, mark or box_of(marker))


@cache
def _lead() -> re.Pattern[str]:
    """Compile what stands before an action: who has to do it by contract, its letter."""
    return re.compile(
        r"(?:and |then |the [A-Z][a-z]+ shall )*(?:\(?[a-e]\) |\((?:i{1,3}|iv|v)\) )?"
    )


def split_actions(rest: Passage) -> Iterator[Action]:
    """Cut ``restart the service, disable the preview`` into actions."""
    from impactcalc.intake.escalation.plan.parting import parted

    rest, state = _with_state(_without_remark(rest))
    for start, stop in parted(rest.text):
        part = rest.part(start, stop)
        lead = _lead().match(part.text)
        if lead:
            part = part.part(lead.end())
        if part.text.strip(" .;,").lower() not in {"", "and", "or", "then"}:
            yield action_of(part)._replace(mark=state) if state else action_of(part)


@cache
def _remark() -> re.Pattern[str]:
    """Compile a sentence behind the actions that is none of them."""
    return re.compile(
        r"[.;,(] *(?:Owner|Owned by|Responsible|Assignee|Assigned to|Lead|Who)"
        r"(?: ?:| is|(?= [A-Z]))|"
        r"\. +(?:There (?:is|are|may|might|will)|Nothing|No (?:one|body|further|date)|Nobody|"
        r"This (?:is|was|will|may)|That (?:is|was|will|may)|More (?:is|will|may)) "
    )


_REMARKED = (". ", "Own", "Responsible", "Assign", "Lead", "Who")


def _without_remark(words: Passage) -> Passage:
    """Leave out a remark behind the actions: ``Stop it, drain it. There may be more.``."""
    match = _remark().search(words.text) if holds(words.text, _REMARKED) else None
    return words if match is None or match.start() == 0 else words.part(0, match.start())


def _with_state(words: Passage) -> tuple[Passage, str]:
    """Part an action from the state behind it: ``restart of the farm, completed``."""
    text = words.text.rstrip(" .;")
    box, closing, _ = text.partition("): ")
    if closing and text[:1] == "(" and box[1:].lower() in STATE_PHRASES:
        return words.part(len(box) + len(closing)), box[1:].lower()
    for mark in (", ", " - ", ": ", " ("):
        head, found, tail = text.rpartition(mark)
        if found and len(head.split()) > 1 and tail.rstrip(")").lower() in STATE_PHRASES:
            return words.part(0, len(head)), tail.rstrip(")").lower()
    return words, ""
