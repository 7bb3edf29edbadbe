"""A plan in a table: a column for the window and one for the actions."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span
from impactcalc.intake.escalation.plan.columns import plan_columns, window_of
from impactcalc.intake.escalation.structure.block import Block, Role
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.verbs import is_work
from impactcalc.intake.escalation.words.vocabulary import holds, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.figures.span import Span
    from impactcalc.intake.escalation.structure.passages import Passage
    from impactcalc.intake.escalation.structure.statements import Statement
from impactcalc.intake.escalation.plan.stages import (
    Action,
    Head,
    PlannedStage,
    action_of,
    blocks_of,
    name_and_span,
    stage_of,
)

_TOPICS = frozenset({Topic.PLAN, Topic.NONE, Topic.DESCRIPTION})
_ELSEWHERE = frozenset(Topic) - {Topic.HISTORY, Topic.STATUS}
_FEWEST = 2  # stages with hours of a table under the heading of something else


def stages_of_tables(statements: Sequence[Statement]) -> list[PlannedStage]:
    """Read a table with a column for the window and one for the actions."""
    stages = _stages_under(statements, _TOPICS)
    if stages:
        return stages
    stages = _stages_under(statements, _ELSEWHERE)
    timed = [stage for stage in stages if stage.latest or stage.earliest]
    return stages if len(timed) >= _FEWEST else []


def _stages_under(statements: Sequence[Statement], topics: frozenset[Topic]) -> list[PlannedStage]:
    """Read the tables of some topics."""
    stages: list[PlannedStage] = []
    rows: list[Block] = []
    for block in blocks_of(statements, topics):
        if block.role is Role.ROW or (rows and _is_in_cell(block)):
            rows.append(block)
        elif rows:
            _add_table(stages, rows)
            rows = []
    _add_table(stages, rows)
    return stages


_LOOKED_AT = 40  # rows below a header that tell what its columns hold


def _add_table(stages: list[PlannedStage], rows: Sequence[Block]) -> None:
    """Add the stages of the rows that stand together; a plan may begin in the middle of them."""
    columns: dict[str, int] = {}
    header: Block | None = None
    spanned = 0  # cells of the row above that reach down
    for number, block in enumerate(rows):
        if block.role is Role.ITEM:
            if header is not None and stages:
                action = action_of(block.passage, block.marker)
                stages[-1] = stages[-1]._replace(actions=(*stages[-1].actions, action))
            continue
        below = [row for row in rows[number + 1 : number + 1 + _LOOKED_AT] if row.cells]
        found = plan_columns(block, below) if _may_head(block) else {}
        if found:
            columns, header = found, block
        elif header is not None:
            cells = _spread(_below(header, block), header, rows[number + 1 :][:1], spanned)
            bare = block.passage.text[:1] == "|" != header.passage.text[:1]
            if bare and len(cells) < len(header.cells):
                cells = [block.passage.part(0, 0), *cells]  # " |  | stop it": the first is empty
            spanned = block.passage.text.count("rowspan") or spanned
            if len(cells) > max(at for role, at in columns.items() if role != "state"):
                _add_row(stages, cells, columns, header)


def _is_in_cell(block: Block) -> bool:
    """Whether a block is an item of a list in the last cell of a wiki's table row."""
    return block.role is Role.ITEM and not block.after_blank and block.marker[:1] in {"*", "#"}


def _spread(
    cells: list[Passage], header: Block, following: Sequence[Block], spanned: int
) -> list[Passage]:
    """Add the empty cells of a row: below cells that span two, and before a list of its own."""
    missing = len(header.cells) - len(cells)
    if not cells or missing <= 0:
        return cells
    empty = [cells[0].part(0, 0)]
    if following and following[0].role is Role.ITEM:
        return cells + empty * missing
    return empty * missing + cells if missing == spanned else cells


def _below(header: Block, row: Block) -> list[Passage]:
    """Give the cells of a row in the columns of its header, where both are drawn by gaps."""
    cells = list(row.cells)
    drawn = not holds(header.passage.text, ("|", ";", "! "))
    if not drawn or len(cells) == len(header.cells):
        return cells
    starts = [cell.pieces[0][2] for cell in header.cells]
    placed: list[Passage] = [row.passage.part(0, 0)] * len(starts)
    for cell in cells:
        begin = cell.pieces[0][2]
        placed[min(range(len(starts)), key=lambda at: abs(starts[at] - begin))] = cell
    return placed


def _may_head(block: Block) -> bool:
    """Whether the cells of a row may be names of columns: short, and no window among them."""
    return all(len(cell.text.split()) <= _LONGEST_NAME for cell in block.cells)


_LONGEST_NAME = 4  # words


def _add_row(
    stages: list[PlannedStage], cells: Sequence[Passage], columns: dict[str, int], header: Block
) -> None:
    """Add a row: a new stage, or one more action of the stage above."""
    actions = list(_cell_actions(cells[columns["actions"]]))
    if len(actions) == 1 and columns.get("state", len(cells)) < len(cells):
        told = _moment().sub(" ", cells[columns["state"]].text.lower())
        actions = [actions[0]._replace(mark=" ".join(told.split()) or actions[0].mark)]
    title = cells[columns["name"]] if "name" in columns else None
    window = cells[columns["time"]] if "time" in columns else None
    name, span = name_and_span(title) if title is not None and title.text else (None, None)
    if window is not None and window.text:
        names = header.cells[columns["time"]].text.lower()
        span = window_of(window.text, names) or span
        if name is None and span is not None and span.calendar:
            name = window.written()
    if "from" in columns:
        span = _between(cells[columns["from"]].text, cells[columns["to"]].text) or span
    timed = any(cells[columns[role]].text for role in ("time", "from") if role in columns)
    again = bool(stages) and (
        (not (title and title.text) and not timed)
        or (name is not None and name == stages[-1].name)
        or (name is None and span is not None and _has_window(stages[-1], span))
    )
    if again:
        known = stages[-1].actions
        if known and actions and not timed and _is_rest(actions[0].text, known[-1].text):
            whole = f"{known[-1].text} {actions[0].text}"
            known, actions = (*known[:-1], known[-1]._replace(text=whole)), actions[1:]
        stages[-1] = stages[-1]._replace(actions=(*known, *actions))
        return
    where = next((cell for cell in (title, window, *cells) if cell is not None and cell.text), None)
    if where is None:
        return
    stages.append(stage_of(Head(name, span, where, None), actions))


def _is_rest(words: str, above: str) -> bool:
    """Whether the words of a cell go on with those above: ``off the`` above ``shared switch``."""
    first = words.partition(" ")[0]
    cut = above.rpartition(" ")[2].lower() in _OPEN_ENDS
    return cut or (first.islower() and not is_work(first) and above[:1].isupper())


_OPEN_ENDS = word_set("the a an of to for in on at and or with from by into its their our all")
"""Words that end no action."""


@cache
def _moment() -> re.Pattern[str]:
    """Compile when a state was told: ``3/4 14:20`` is a day and no share."""
    return re.compile(r"\b(?:[0-9]{1,2}[/.][0-9]{1,2}\.? +)?[0-9]{1,2}:[0-9]{2}\b")


def _has_window(stage: PlannedStage, span: Span) -> bool:
    """Whether a stage has the window of the next row, which has no name."""
    return (stage.earliest, stage.latest) == (span.earliest, span.latest) != (None, None)


def _between(first: str, last: str) -> Span | None:
    """Read a window whose ends stand in two columns."""
    return find_span(f"{first.strip(' +')} to {last.strip(' +')}")


@cache
def _breaks() -> re.Pattern[str]:
    """Compile what parts the actions of a cell."""
    return re.compile(r"[\n;]")


def _cell_actions(cell: Passage) -> Iterator[Action]:
    """Cut the actions of a table cell at line breaks and semicolons."""
    start = 0
    for piece in _breaks().split(cell.text):
        part = cell.part(start, start + len(piece))
        start += len(piece) + 1
        part = part.part(len(part.text) - len(part.text.lstrip("-*\u2022 ")))
        if part.text.strip(" .;,"):
            yield action_of(part)
