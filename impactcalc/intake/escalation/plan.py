"""The plan: its stages with window and actions, from a list, a table or sentences."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from impactcalc.intake.escalation.blocks import Block, Role
from impactcalc.intake.escalation.sections import Topic
from impactcalc.intake.escalation.vocabulary import word_set
from impactcalc.intake.escalation.windows import Edge, Span, find_span, is_all_window, may_hold_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.passages import Passage
    from impactcalc.intake.escalation.statements import Statement


_LONGEST_WINDOW = 48  # characters before the colon


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


class _Head(NamedTuple):
    """A heading of a stage, before its actions are known."""

    name: str | None
    span: Span | None
    passage: Passage
    rest: Passage | None  # words after the heading on the same line: actions


_NAME_COLUMNS = frozenset({"phase", "stage", "step", "name", "term", "block", "wave", "horizon"})
_TIME_COLUMNS = word_set(
    "window when timeframe time timing timeline duration due period hours target deadline"
)
_ACTION_COLUMNS = word_set(
    "actions action what steps tasks task measures measure activities activity work todo"
)
_STATE_COLUMNS = frozenset({"status", "state", "progress", "done"})


@cache
def _mark_pattern() -> re.Pattern[str]:
    """Compile signs of state before an action: emoji and their names."""
    return re.compile(
        r"\s*(:[a-z_0-9+-]{1,40}:|[\u2705\u2611\u2714\u2713\u274c\u2717\u2718\u23f3\u231b\u2610"
        r"\u2b1c\u25b6\U0001f504\U0001f6a7\U0001f7e1\U0001f7e2\U0001f534\u26a0]\ufe0f?)\s*"
    )


def leading_mark(text: str) -> tuple[str, int]:
    """Give the sign of state that opens a text and where the words begin."""
    first = text.lstrip()[:1]
    if first.isascii() and first != ":":
        return "", 0
    match = _mark_pattern().match(text)
    return (match[1], match.end()) if match else ("", 0)


def read_plan(statements: Sequence[Statement]) -> tuple[PlannedStage, ...]:
    """Find the stages of the plan; empty when the text has none."""
    stages = _from_tables(statements) or _from_lists(statements)
    return tuple(stages or _from_sentences(statements))


def _blocks(statements: Sequence[Statement], topics: frozenset[Topic]) -> list[Block]:
    """Give the blocks of some topics, each once, in order."""
    found: dict[int, Block] = {}
    for statement in statements:
        if statement.topic in topics:
            found.setdefault(id(statement.block), statement.block)
    return list(found.values())


def _from_lists(statements: Sequence[Statement]) -> list[PlannedStage]:
    """Read headings of stages with the items below them."""
    blocks = _blocks(statements, frozenset({Topic.PLAN}))
    stages: list[PlannedStage] = []
    head: _Head | None = None
    depth = 0
    actions: list[Action] = []
    floor = 0
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        found = _head(block, following, inside=head is not None and block.depth > depth)
        if found is not None:
            if head is not None:
                stages.append(_stage(head, actions))
            head, depth = found, block.depth if block.role is not Role.HEADING else -1
            actions, floor = ([*_split_actions(found.rest)] if found.rest else []), 0
        elif head is not None and block.role is Role.ITEM:
            if not actions:
                floor = block.depth
            if block.depth <= max(floor, depth + 1) and block.depth >= floor:
                actions.append(_action(block.passage, block.marker))
    if head is not None:
        stages.append(_stage(head, actions))
    return [stage for stage in stages if stage.actions or stage.earliest or stage.latest]


def _head(block: Block, following: Block | None, *, inside: bool) -> _Head | None:
    """Read a block as the heading of a stage, if it is one."""
    if block.role not in {Role.HEADING, Role.ITEM, Role.TEXT} or not block.passage.text:
        return None
    title, rest = _title_and_rest(block)
    if leading_mark(block.passage.text)[0] or not title.text:
        return None
    has_children = following is not None and (
        (following.role is Role.ITEM and following.depth > block.depth)
        or (block.role is not Role.ITEM and following.role is Role.ITEM)
    )
    name, span = _name_and_span(title)
    if has_children and name is None and rest is not None:  # "0-4 h: Containment"
        name, rest = _tidy(rest.written()), None
    alone = span is None or rest is None
    if (not has_children and (inside or alone)) or (block.role is Role.TEXT and span is None):
        return None
    return _Head(name, span, title, rest)


def _title_and_rest(block: Block) -> tuple[Passage, Passage | None]:
    """Cut a block into the stage's title and the actions after a colon."""
    text = block.passage.text
    if block.label_end:
        rest = block.passage.part(block.value_start)
        if not rest.text:
            return block.passage.part(0, block.label_end), None
        span = find_span(rest.text)
        if span is not None and is_all_window(rest.text, span):
            return block.passage, None
        if find_span(text[: block.label_end]) is not None:
            return block.passage.part(0, block.label_end), rest
    return block.passage.part(0, len(text.rstrip(" :"))), None


def _name_and_span(title: Passage) -> tuple[str | None, Span | None]:
    """Part a title into name and window."""
    text = title.text
    for match in re.finditer(r"\(([^()]*)\)", text) if "(" in text else ():
        span = find_span(match[1])
        if span is not None:
            rest = _tidy(title.written(0, match.start()) + " " + title.written(match.end()))
            return rest, span
    parts = _cut_off(title)
    if parts is not None:
        return parts
    span = find_span(text)
    if span is None:
        return _tidy(title.written()), None
    if span.calendar:
        return _tidy(title.written()), span
    if span.start and not re.search(r"[\w)]", text[span.end :]):
        return _tidy(title.written(0, span.start)), span
    return _tidy(title.written(0, span.start) + " " + title.written(span.end)), span


def _cut_off(title: Passage) -> tuple[str | None, Span] | None:
    """Part a title at a dash or comma beside which there is nothing but a window.

    Hours beat a calendar phrase, and the later phrase beats the earlier: ``Afterwards - no date``.
    """
    found: list[tuple[bool, str | None, Span]] = []
    for mark in (" - ", ": ", ", ", " | "):
        for at in dict.fromkeys((title.text.rfind(mark), title.text.find(mark))):
            pieces = ((at + len(mark), len(title.text)), (0, at))
            for (start, end), (other, stop) in (pieces, pieces[::-1]) if at > 0 else ():
                span = find_span(title.text[start:end])
                if span is not None and is_all_window(title.text[start:end], span):
                    found.append((span.calendar, _tidy(title.written(other, stop)), span))
    best = min(found, key=lambda one: one[0], default=None)
    return None if best is None else (best[1], best[2])


def _tidy(name: str) -> str | None:
    """Strip separators from a name; None when nothing is left."""
    return " ".join(name.split()).strip(" -:;,.()[]\u2013\u2014") or None


def _stage(head: _Head, actions: Sequence[Action]) -> PlannedStage:
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


def _action(passage: Passage, marker: str = "") -> Action:
    """Read one action: no bullet, checkbox, sign or final full stop."""
    mark, start = leading_mark(passage.text)
    box = re.search(r"\[(.)\]", marker) if "[" in marker else None
    end = len(passage.text.rstrip(" \t\n.;,"))
    line, excerpt = passage.excerpt(start, end)
    return Action(
        passage.written(start, end), line, excerpt, mark or (f"[{box[1].lower()}]" if box else "")
    )


def _split_actions(rest: Passage) -> Iterator[Action]:
    """Cut ``restart the service, disable the preview`` into actions."""
    text = rest.text
    marks = "\n" if "\n" in text else ";" if ";" in text else ","
    pieces = text.split(marks)
    if marks == "," and any(len(piece.split()) < 2 for piece in pieces):  # noqa: PLR2004 - an action has a verb and an object
        pieces = [text]
    start = 0
    for piece in pieces:
        part = rest.part(start, start + len(piece))
        start += len(piece) + 1
        lead = re.match(r"(?:and |then )+", part.text)
        if lead:
            part = part.part(lead.end())
        if part.text.strip(" .;,"):
            yield _action(part)


def _from_tables(statements: Sequence[Statement]) -> list[PlannedStage]:
    """Read a table with a column for the window and one for the actions."""
    stages: list[PlannedStage] = []
    columns: dict[str, int] = {}
    for block in _blocks(statements, frozenset({Topic.PLAN, Topic.NONE, Topic.DESCRIPTION})):
        if block.role is not Role.ROW:
            columns = {}
            continue
        names = [cell.text.strip().lower() for cell in block.cells]
        header = _columns(names)
        if "actions" in header and ("time" in header or "name" in header):
            columns = header
        elif columns and len(block.cells) > max(columns.values()):
            _add_row(stages, block, columns)
    return stages


def _columns(names: Sequence[str]) -> dict[str, int]:
    """Tell the roles of a table's columns by their names."""
    roles: dict[str, int] = {}
    for number, name in enumerate(names):
        words = set(re.findall(r"[a-z]+", name))
        for role, known in (
            ("name", _NAME_COLUMNS),
            ("time", _TIME_COLUMNS),
            ("actions", _ACTION_COLUMNS),
            ("state", _STATE_COLUMNS),
        ):
            if words & known and role not in roles:
                roles[role] = number
                break
    return roles


def _add_row(stages: list[PlannedStage], block: Block, columns: dict[str, int]) -> None:
    """Add a row: a new stage, or one more action of the stage above."""
    cells = block.cells
    actions = list(_cell_actions(cells[columns["actions"]]))
    if "state" in columns and len(actions) == 1:
        actions = [actions[0]._replace(mark=cells[columns["state"]].text.lower())]
    title = cells[columns["name"]] if "name" in columns else None
    window = cells[columns["time"]] if "time" in columns else None
    name, span = _name_and_span(title) if title is not None and title.text else (None, None)
    if window is not None and window.text:
        span = find_span(window.text) or span
        if name is None and span is not None and span.calendar:
            name = window.written()
    again = bool(stages) and (
        (not (title and title.text) and not (window and window.text))
        or (name is not None and name == stages[-1].name)
    )
    if again:
        stages[-1] = stages[-1]._replace(actions=(*stages[-1].actions, *actions))
        return
    where = next((cell for cell in (title, window, *cells) if cell is not None and cell.text), None)
    if where is None:
        return
    stages.append(_stage(_Head(name, span, where, None), actions))


def _cell_actions(cell: Passage) -> Iterator[Action]:
    """Cut the actions of a table cell at line breaks and semicolons."""
    start = 0
    for piece in re.split(r"[\n;]", cell.text):
        part = cell.part(start, start + len(piece))
        start += len(piece) + 1
        part = part.part(len(part.text) - len(part.text.lstrip("-*\u2022 ")))
        if part.text.strip(" .;,"):
            yield _action(part)


@cache
def _in_sentence() -> re.Pattern[str]:
    """Compile a window that opens a clause of a plan: ``within the next 2 hours we ...``."""
    return re.compile(
        r"(?:^|(?<=[,;:.] )|(?<=and )|(?<=then ))(?:in |within |after |from |between |during |"
        r"over |for )"
        r"(?:the )?(?:next |first |about |coming )*(?=[0-9a-z])",
        re.IGNORECASE,
    )


@cache
def _doer() -> re.Pattern[str]:
    """Compile who does it and will: words between the window and the action."""
    return re.compile(
        r"[\s:,-]*(?:(?:we|they|engineering|the team|our team|our engineers|support|the vendor)"
        r"(?: will| are going to| plan to| intend to|'ll| want to| shall)? |to )?",
        re.IGNORECASE,
    )


def _from_sentences(statements: Sequence[Statement]) -> list[PlannedStage]:
    """Read a plan told in sentences; at least two windows make it a plan."""
    stages: list[PlannedStage] = []
    for statement in statements:
        if statement.role in {Role.HEADING, Role.ROW, Role.SPEAKER} or statement.is_past:
            continue
        if not may_hold_span(statement.text):
            continue
        starts = [match.start() for match in _in_sentence().finditer(statement.text)]
        if not starts and _opens_with_window(statement):
            starts = [statement.start]
        for number, start in enumerate(starts):
            stop = starts[number + 1] if number + 1 < len(starts) else len(statement.text)
            stage = _sentence_stage(statement, start, stop)
            if stage is not None:
                stages.append(stage)
    return stages if len(stages) > 1 else []


def _opens_with_window(statement: Statement) -> bool:
    """Whether a sentence opens with a window and a colon: ``first 30 min: roll back``."""
    head, colon, _ = statement.value[:_LONGEST_WINDOW].partition(": ")
    span = find_span(head) if colon else None
    return span is not None and not span.calendar and is_all_window(head, span)


def _sentence_stage(statement: Statement, start: int, stop: int) -> PlannedStage | None:
    """Read one clause ``within the next 2 hours we deploy a fix``."""
    clause = statement.text[start:stop]
    head = clause.split(":")[0] if ":" in clause else clause
    span = find_span(head)
    if span is None or span.start > 1 or span.calendar:
        return None
    begin = start + span.end
    doer = _doer().match(statement.text, begin)
    begin = doer.end() if doer else begin
    end = start + len(re.sub(r"(?:[\s,;.]|\b(?:and|then))+$", "", clause))
    if end <= begin:
        return None
    passage = statement.passage
    title = passage.part(start, start + span.end)
    return _stage(_Head(None, span, title, None), [_action(passage.part(begin, end))])
