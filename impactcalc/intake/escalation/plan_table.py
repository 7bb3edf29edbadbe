"""A plan in a table: a column for the window and one for the actions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.block import Block, Role
from impactcalc.intake.escalation.sections import Topic
from impactcalc.intake.escalation.vocabulary import word_set
from impactcalc.intake.escalation.windows import find_span, length_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.passages import Passage
    from impactcalc.intake.escalation.span import Span
    from impactcalc.intake.escalation.statements import Statement
from impactcalc.intake.escalation.stages import (
    Action,
    Head,
    PlannedStage,
    action_of,
    blocks_of,
    name_and_span,
    stage_of,
)

_NAME_COLUMNS = frozenset({"phase", "stage", "step", "name", "term", "block", "wave", "horizon"})


_TIME_COLUMNS = word_set(
    "window when timeframe time timing timeline duration due period hours target deadline by eta"
)
_FROM_COLUMNS = word_set("from start begin begins starting after earliest")
_TO_COLUMNS = word_set("to until end ends till latest before")


_ACTION_COLUMNS = word_set(
    "actions action what steps tasks task measures measure activities activity work todo"
)


_STATE_COLUMNS = frozenset({"status", "state", "progress", "done", "where", "standing"})


def stages_of_tables(statements: Sequence[Statement]) -> list[PlannedStage]:
    """Read a table with a column for the window and one for the actions."""
    stages: list[PlannedStage] = []
    columns: dict[str, int] = {}
    for block in blocks_of(statements, frozenset({Topic.PLAN, Topic.NONE, Topic.DESCRIPTION})):
        if block.role is not Role.ROW:
            columns = {}
            continue
        names = [cell.text.strip().lower() for cell in block.cells]
        header = _columns(names)
        if "from" in header and "to" not in header:
            header.setdefault("time", header.pop("from"))
        if "to" in header and "from" not in header:
            header.setdefault("time", header.pop("to"))
        if "actions" in header and not {"time", "name", "from"}.isdisjoint(header):
            columns = header
        elif columns and len(block.cells) > max(
            at for role, at in columns.items() if role != "state"
        ):
            _add_row(stages, block, columns)
    return stages


def _columns(names: Sequence[str]) -> dict[str, int]:
    """Tell the roles of a table's columns by their names."""
    roles: dict[str, int] = {}
    for number, name in enumerate(names):
        words = set(re.findall(r"[a-z]+", name))
        for role, known in (
            ("from", _FROM_COLUMNS),
            ("to", _TO_COLUMNS),
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
    if len(actions) == 1 and columns.get("state", len(cells)) < len(cells):
        actions = [actions[0]._replace(mark=cells[columns["state"]].text.lower())]
    title = cells[columns["name"]] if "name" in columns else None
    window = cells[columns["time"]] if "time" in columns else None
    name, span = name_and_span(title) if title is not None and title.text else (None, None)
    if window is not None and window.text:
        span = find_span(window.text) or length_of(window.text) or span
        if name is None and span is not None and span.calendar:
            name = window.written()
    if "from" in columns:
        span = _between(cells[columns["from"]].text, cells[columns["to"]].text) or span
    again = bool(stages) and (
        (not (title and title.text) and not (window and window.text))
        or (name is not None and name == stages[-1].name)
        or (name is None and span is not None and _has_window(stages[-1], span))
    )
    if again:
        stages[-1] = stages[-1]._replace(actions=(*stages[-1].actions, *actions))
        return
    where = next((cell for cell in (title, window, *cells) if cell is not None and cell.text), None)
    if where is None:
        return
    stages.append(stage_of(Head(name, span, where, None), actions))


def _has_window(stage: PlannedStage, span: Span) -> bool:
    """Whether a nameless stage has the window of the next row, too."""
    window = (stage.earliest, stage.latest)
    return stage.name is None and window == (span.earliest, span.latest) != (None, None)


def _between(first: str, last: str) -> Span | None:
    """Read a window whose ends stand in two columns."""
    return find_span(f"{first.strip(' +')} to {last.strip(' +')}")


def _cell_actions(cell: Passage) -> Iterator[Action]:
    """Cut the actions of a table cell at line breaks and semicolons."""
    start = 0
    for piece in re.split(r"[\n;]", cell.text):
        part = cell.part(start, start + len(piece))
        start += len(piece) + 1
        part = part.part(len(part.text) - len(part.text.lstrip("-*\u2022 ")))
        if part.text.strip(" .;,"):
            yield action_of(part)
